//! What the program says of itself: its manual pages, what the shell completes, and what `-v` tells.

use std::collections::BTreeSet;
use std::fs;

use crate::support::Folder;

/// The commands that the help lists.
fn commands(folder: &Folder) -> Vec<String> {
    let help = folder.done(&["--help"]);
    let (_, list) = help
        .split_once("Commands:\n")
        .expect("it lists the commands");
    let lines = list.lines().take_while(|line| !line.is_empty());
    let names = lines.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let names = names.filter(|name| !name.is_empty() && *name != "help");
    names.map(str::to_owned).collect()
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = Folder::new();
    let commands = commands(&folder);
    assert!(commands.len() > 10, "{commands:?}");
    assert_eq!(folder.done(&["man", "share/man1"]), "");
    let files = fs::read_dir(folder.path("share/man1")).expect("it is there");
    let files: BTreeSet<String> = files
        .map(|file| {
            file.expect("it can be read")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    let pages = commands
        .iter()
        .map(|command| format!("chancery-{command}.1"));
    let expected: BTreeSet<String> = pages.chain(["chancery.1".to_owned()]).collect();
    assert_eq!(files, expected);
    let main = fs::read_to_string(folder.path("share/man1/chancery.1")).expect("it is text");
    assert!(main.contains(".TH chancery 1"), "{main}");
    for command in &commands {
        assert!(
            main.contains(&format!("chancery\\-{command}(1)")),
            "{command}: {main}"
        );
    }
    let all = folder.done(&["man"]);
    for file in files {
        let page =
            fs::read_to_string(folder.path(&format!("share/man1/{file}"))).expect("it is text");
        assert!(all.contains(&page), "{file}");
    }
    assert_eq!(all.matches(".TH ").count(), commands.len() + 1);
    folder.write("file", "");
    let refused = folder.run(&["man", "file"]);
    assert_eq!(refused.code, Some(2));
    assert!(
        refused
            .stderr
            .starts_with("error: cannot write the pages into `file`\n"),
        "{}",
        refused.stderr
    );
}

#[test]
fn the_shell_completes_every_command() {
    let folder = Folder::new();
    let offered = folder.completed(&[""]);
    for command in commands(&folder) {
        assert!(
            offered
                .lines()
                .any(|line| line.split('\t').next() == Some(&command)),
            "{command}: {offered}"
        );
    }
    assert!(folder.completed(&["documents", "--"]).contains("--since"));
}

#[test]
fn what_is_done_is_told_on_demand() {
    let folder = Folder::new();
    folder.write("roses.txt", "Roses are red.\n");
    folder.done(&["load", "roses.txt"]);
    let query = ["query", "-e", "ASK {}", "--format", "csv"];
    let plain = folder.run(&query);
    assert_eq!(plain.stderr, "");
    let told = folder.run(&[&["-v"], &query[..]].concat());
    assert_eq!(told.stdout, plain.stdout);
    assert!(
        told.stderr
            .contains("opened the store `chancery.db` to read from it\n"),
        "{}",
        told.stderr
    );
    for line in told.stderr.lines() {
        let seconds = line.split_whitespace().next().unwrap_or_default();
        assert!(seconds.parse::<f64>().is_ok(), "{line}");
    }
    let more = folder.run(&["load", "--force", "roses.txt", "-vv"]);
    assert!(
        more.stderr.contains("/roses>: 1 sentences, 4 tokens"),
        "{}",
        more.stderr
    );
    assert_eq!(more.stdout, "");
    assert_eq!(folder.run(&["-v", "--quiet", "stats"]).code, Some(2));
}
