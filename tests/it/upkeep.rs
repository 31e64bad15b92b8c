//! The commands around the store: what is in it, what leaves it, how it is copied and kept small, and who has it open.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};

use chancery::store::Store;
use serde_json::Value as Json;

use crate::support::{Folder, names};

/// A folder with three texts and a store that holds them.
fn loaded() -> Folder {
    let folder = Folder::new();
    for (name, title, date, sentence) in [
        (
            "kenya",
            "Wang Yi visits Kenya",
            "2022-01-28",
            "Foreign Minister Wang Yi visited Kenya on Thursday.",
        ),
        (
            "oman",
            "An Oman visit",
            "2022-03",
            "Foreign Minister Wang Yi visited Oman in February.",
        ),
        ("roses", "Roses", "", "Roses are red."),
    ] {
        let date = match date {
            "" => String::new(),
            date => format!("date: {date}\n"),
        };
        folder.write(
            &format!("texts/{name}.txt"),
            format!("---\ntitle: {title}\n{date}---\n\n{sentence}\n"),
        );
    }
    folder.done(&["load", "texts"]);
    folder
}

fn iri(name: &str) -> String {
    format!("https://chancery.invalid/document/{name}")
}

/// The names of the documents that `documents` lists.
fn listed(folder: &Folder, arguments: &[&str]) -> Vec<String> {
    let arguments = [&["documents", "--format", "csv"], arguments].concat();
    let list = folder.done(&arguments);
    let names = list.lines().skip(1).map(|line| {
        let document = line.split(',').next().unwrap_or_default();
        document.rsplit('/').next().unwrap_or_default().to_owned()
    });
    names.collect()
}

#[test]
fn documents_are_listed_with_what_was_found_in_them() {
    let folder = loaded();
    let expected = "document,title,date,officials,visits,projects,accusations\r\n\
        https://chancery.invalid/document/kenya,Wang Yi visits Kenya,2022-01-28,1,1,0,0\r\n\
        https://chancery.invalid/document/oman,An Oman visit,2022-03,1,1,0,0\r\n\
        https://chancery.invalid/document/roses,Roses,,0,0,0,0\r\n";
    assert_eq!(folder.done(&["documents", "--format", "csv"]), expected);
    let table = folder.done(&["documents"]);
    assert!(table.starts_with("document "), "{table}");
    assert_eq!(table.lines().count(), 5, "{table}");
    let json: Json =
        serde_json::from_str(&folder.done(&["documents", "--format", "json"])).expect("it is JSON");
    assert_eq!(
        json["results"]["bindings"][0]["visits"]["value"].as_str(),
        Some("1")
    );
}

#[test]
fn documents_are_chosen_by_date_and_title() {
    let folder = loaded();
    for (arguments, expected) in [
        (&["--since", "2022-02"][..], &["oman"][..]),
        (&["--since", "2022-03-10"], &["oman"]),
        (&["--until", "2022-01-28"], &["kenya"]),
        (&["--since", "2022", "--until", "2022"], &["kenya", "oman"]),
        (&["--title", "VISIT"], &["kenya", "oman"]),
        (&["--title", "oman visit"], &["oman"]),
        (&["--title", "visit", "--until", "2022-02"], &["kenya"]),
    ] {
        assert_eq!(listed(&folder, arguments), expected, "{arguments:?}");
    }
    let none = folder.run(&["documents", "--title", "tulips"]);
    assert_eq!(none.code, Some(0));
    assert_eq!(none.stderr, "note: no document of the store is like that\n");
    let wrong = folder.run(&["documents", "--since", "spring"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.stderr.contains("it is no date"), "{}", wrong.stderr);
}

#[test]
fn documents_of_a_list_are_forgotten_and_a_slip_is_told() {
    let folder = loaded();
    folder.write(
        "list",
        format!("<{}>\n\nroses\r\n{}\nroses\n", iri("oman"), iri("kenja")),
    );
    let answer = folder.run(&["forget", "--from-file", "list"]);
    assert_eq!(answer.code, Some(1));
    let expected = format!(
        "forgot <{}>\nforgot <{}>\n\
         error: the store has no document `{}`\n\
         hint: did you mean <{}>?\n\
         2 of 3 documents forgotten\n",
        iri("oman"),
        iri("roses"),
        iri("kenja"),
        iri("kenya")
    );
    assert_eq!(answer.stderr, expected);
    assert_eq!(listed(&folder, &[]), ["kenya"]);
    // What was forgotten is as if it had never been there.
    let left = folder.done(&["export", "--format", "nq"]);
    folder.done(&["--store", "other.db", "load", "texts/kenya.txt"]);
    assert_eq!(
        left,
        folder.done(&["--store", "other.db", "export", "--format", "nq"])
    );
    let answer = folder.run_with(&["--quiet", "forget", "--from-file", "-"], "kenya\n");
    assert_eq!((answer.code, answer.stderr.as_str()), (Some(0), ""));
    assert_eq!(listed(&folder, &["--quiet"]), [""; 0]);
    let answer = folder.run(&["forget", "--from-file", "nowhere"]);
    assert_eq!(answer.code, Some(2));
    assert_eq!(folder.run(&["forget"]).code, Some(2));
}

#[test]
fn the_store_is_told_in_numbers() {
    let folder = loaded();
    let json: Json =
        serde_json::from_str(&folder.done(&["stats", "--format", "json"])).expect("it is JSON");
    assert_eq!(json["documents"], 3);
    assert_eq!(json["first"], "2022-01-28");
    assert_eq!(json["last"], "2022-03");
    assert_eq!(json["facts"]["Visit"], 2);
    assert_eq!(json["facts"]["Official"], 2);
    assert_eq!(json["entities"]["people"], 2);
    let reading = &json["readings"][0];
    assert_eq!(
        (&reading["software"], &reading["documents"]),
        (
            &format!("chancery {}", chancery::graph::VERSION).into(),
            &3.into()
        )
    );
    let triples = folder.done(&["export", "--format", "nt"]).lines().count();
    assert_eq!(json["triples"], triples);
    let files = fs::read_dir(folder.path("chancery.db")).expect("it is a folder");
    let bytes = files.map(|file| {
        file.and_then(|file| file.metadata())
            .expect("it is there")
            .len()
    });
    assert_eq!(json["bytes"], bytes.sum::<u64>());
    let table = folder.done(&["stats"]);
    for line in ["documents", "first date", "Visit", "triples", "on disk"] {
        assert!(table.contains(&format!("\n{line}  ")), "{table}");
    }
    // A store without any document has figures, too.
    drop(Store::open(&folder.path("empty.db")).expect("it can be made"));
    let empty = folder.done(&["--store", "empty.db", "stats", "--format", "json"]);
    let empty: Json = serde_json::from_str(&empty).expect("it is JSON");
    assert_eq!(
        (&empty["documents"], &empty["first"]),
        (&0.into(), &Json::Null)
    );
}

#[test]
fn a_backup_is_a_store_of_its_own() {
    let folder = loaded();
    let before = folder.done(&["export", "--format", "nq"]);
    let answer = folder.run(&["backup", "deep/copy.db"]);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    assert!(
        answer
            .stderr
            .starts_with("copied the store `chancery.db` to `deep/copy.db`: "),
        "{}",
        answer.stderr
    );
    let copy =
        |arguments: &[&str]| folder.done(&[&["--store", "deep/copy.db"], arguments].concat());
    assert_eq!(copy(&["export", "--format", "nq"]), before);
    // Neither changes with the other.
    folder.done(&["forget", "kenya"]);
    folder.done(&["compact"]);
    assert_eq!(copy(&["export", "--format", "nq"]), before);
    copy(&["forget", "oman"]);
    copy(&["compact"]);
    assert_eq!(listed(&folder, &[]), ["oman", "roses"]);
    assert_eq!(
        listed(&folder, &["--store", "deep/copy.db"]),
        ["kenya", "roses"]
    );
    assert!(folder.path("deep/copy.db/chancery.lock").is_file());
    assert_eq!(
        names(&folder.path("deep")),
        ["copy.db"],
        "nothing else is left"
    );
}

#[test]
fn a_backup_overwrites_nothing() {
    let folder = loaded();
    folder.write("letters/one.txt", "Dear");
    let refused = folder.run(&["backup", "letters"]);
    assert_eq!(refused.code, Some(2));
    assert_eq!(
        refused.stderr,
        "error: the folder `letters` is not empty\nhint: name a folder that is not there yet; it is created\n"
    );
    assert_eq!(names(&folder.path("letters")), ["one.txt"]);
    let refused = folder.run(&["backup", "letters/one.txt"]);
    assert_eq!(refused.code, Some(2), "{}", refused.stderr);
    assert_eq!(folder.run(&["backup", "chancery.db"]).code, Some(2));
    let nothing = folder.run(&["--store", "nowhere", "backup", "copy"]);
    assert_eq!(nothing.code, Some(2));
    assert!(!folder.path("nowhere").exists() && !folder.path("copy").exists());
    fs::create_dir(folder.path("empty")).expect("a folder can be made");
    folder.done(&["backup", "empty"]);
    assert_eq!(
        folder.done(&["--store", "empty", "export"]),
        folder.done(&["export"])
    );
}

#[test]
fn compacting_keeps_all_and_frees_what_was_forgotten() {
    let folder = Folder::new();
    let text = "Foreign Minister Wang Yi visited Kenya on Thursday. ".repeat(400);
    for number in 0..4 {
        folder.write(&format!("texts/{number}.txt"), &text);
    }
    folder.done(&["load", "texts"]);
    folder.done(&["forget", "0", "1", "2"]);
    let before = folder.done(&["export", "--format", "nq"]);
    let answer = folder.run(&["compact"]);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    assert!(
        answer.stderr.starts_with("the store `chancery.db` took "),
        "{}",
        answer.stderr
    );
    assert_eq!(folder.done(&["export", "--format", "nq"]), before);
    folder.done(&["compact"]);
    for command in [&["compact"][..], &["stats"], &["documents"]] {
        let missing = folder.run(&[&["--store", "nowhere"], command].concat());
        assert_eq!(missing.code, Some(2));
        assert!(!folder.path("nowhere").exists());
    }
}

/// A process that has the store open as long as this lives: it waits for a text on its standard input.
struct Holder(Child);

impl Holder {
    fn new(folder: &Folder) -> Self {
        let child = folder
            .command(&["-v", "load", "-", "texts/kenya.txt"])
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut holder = Self(child);
        let words = BufReader::new(holder.0.stderr.take().expect("it was piped"));
        let mut lines = words.lines().map_while(Result::ok);
        assert!(
            lines.any(|line| line.contains(" opened the store ")),
            "it opens the store"
        );
        holder
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn who_has_the_store_open_is_named_and_nobody_after_a_crash() {
    let folder = loaded();
    let holder = Holder::new(&folder);
    let process = holder.0.id();
    let expected = format!(
        "error: the store `chancery.db` is in use by process {process}, which has run for "
    );
    let refused = folder.run(&["forget", "nothing"]);
    assert_eq!(refused.code, Some(2), "{}", refused.stderr);
    assert!(refused.stderr.starts_with(&expected), "{}", refused.stderr);
    let rest = format!(
        "{} -v load - texts/kenya.txt`\nhint: ",
        env!("CARGO_BIN_EXE_chancery")
    );
    assert!(refused.stderr.contains(&rest), "{}", refused.stderr);
    let reader = folder.run(&["stats"]);
    assert!(reader.stderr.starts_with(&expected), "{}", reader.stderr);
    // It is killed.
    drop(holder);
    folder.done(&["stats"]);
    // Whoever reads is named, too: here this process itself.
    let reading = Store::open_read_only(&folder.path("chancery.db")).expect("it can be read");
    folder.done(&["stats"]);
    let refused = folder.run(&["compact"]);
    let expected = format!(
        "error: the store `chancery.db` is in use by process {}, ",
        std::process::id()
    );
    assert!(refused.stderr.starts_with(&expected), "{}", refused.stderr);
    drop(reading);
    folder.done(&["compact"]);
}
