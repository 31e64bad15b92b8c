//! Crashes, full disks, damaged files: what is good is not lost, and what is wrong is told.
//!
//! `CHANCERY_CRASHES=50` kills a load fifty times where a usual run does so a few times.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use chancery::store::Store;
use oxigraph::model::{NamedNode, Triple};
use serde_json::json;

use crate::support::{Answer, Folder, names};

/// A folder with texts.
fn with_texts() -> Folder {
    let folder = Folder::new();
    let mut numbers = Numbers(7);
    for number in 0..40 {
        folder.write(&format!("texts/{number:03}.txt"), visits(&mut numbers));
    }
    folder
}

/// A few sentences about visits.
fn visits(numbers: &mut Numbers) -> String {
    let mut text = String::new();
    for _ in 0..=numbers.below(4) {
        let who = ["Wang Yi", "Sergei Lavrov", "Penny Wong", "Sameh Shoukry"][numbers.below(4)];
        let place = ["Kenya", "Oman", "Peru", "Fiji", "Norway"][numbers.below(5)];
        let day = 1 + numbers.below(28);
        let _ = write!(
            text,
            "Foreign Minister {who} visited {place} on {day} January 2022. "
        );
    }
    text
}

/// Numbers that look as if by chance, the same in every run: Marsaglia's xorshift64.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

type Record = BTreeMap<NamedNode, BTreeSet<String>>;

/// What a store has of each of its documents.
fn record(store: &Store) -> Record {
    let documents = store.documents().expect("the store can be read");
    let triples = |document: &NamedNode| {
        let triples = store.triples(document).expect("the store can be read");
        triples.iter().map(Triple::to_string).collect()
    };
    let record = documents.into_iter();
    record
        .map(|document| (document.clone(), triples(&document)))
        .collect()
}

/// All that a store holds, in the order of an export.
fn export(folder: &Folder, store: &str) -> String {
    folder.done(&["--store", store, "export", "--format", "nq"])
}

/// Starts a load and kills it after some time.
fn kill(folder: &Folder, store: &str, texts: &str, after: Duration) {
    let mut load = folder
        .command(&["--store", store, "--quiet", "load", texts])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    thread::sleep(after);
    load.kill().expect("it can be killed");
    load.wait().expect("it ends");
}

/// Loads, and says how long it took.
fn load(folder: &Folder, store: &str, texts: &str) -> Duration {
    let start = Instant::now();
    folder.done(&["--store", store, "--quiet", "load", texts]);
    start.elapsed()
}

#[test]
fn a_load_that_is_killed_leaves_whole_documents_and_ends_as_if_it_had_not_been() {
    // Enough documents for two batches, most of them short; of the second edition some are other texts.
    const TEXTS: usize = 1150;
    let folder = Folder::new();
    let mut numbers = Numbers(2022);
    let mut editions = [String::new(), String::new()];
    for number in 0..TEXTS {
        let mut text = match number % 20 {
            0 => visits(&mut numbers),
            _ => format!("Roses are red, all {number} of them."),
        };
        for (edition, lines) in editions.iter_mut().enumerate() {
            if edition == 1 && number % 9 == 0 {
                text = format!("{text} {}", visits(&mut numbers));
            }
            let line =
                json!({ "id": format!("text-{number}"), "date": "2022-01-28", "text": text });
            let _ = writeln!(lines, "{line}");
        }
    }
    folder.write("one.jsonl", &editions[0]);
    folder.write("two.jsonl", &editions[1]);
    let time_of_one = load(&folder, "one.db", "one.jsonl");
    folder.done(&["--store", "one.db", "backup", "two.db"]);
    let time_of_two = load(&folder, "two.db", "two.jsonl");
    let opened = |name: &str| Store::open(&folder.path(name)).expect("it is a store");
    let (one, two) = (record(&opened("one.db")), record(&opened("two.db")));
    assert_eq!((one.len(), two.len()), (TEXTS, TEXTS));
    let (export_of_one, export_of_two) = (export(&folder, "one.db"), export(&folder, "two.db"));
    assert!(export_of_one != export_of_two);

    let crashes = env::var("CHANCERY_CRASHES").ok();
    let crashes = crashes.map_or(4, |crashes| crashes.parse().expect("it is a number"));
    for crash in 0..crashes {
        let part = numbers.below(1000) as f64 / 1000.0;
        let is_first = crash % 2 == 0;
        let _ = fs::remove_dir_all(folder.path("crash.db"));
        // New documents come in batches, others are replaced one by one.
        let (texts, time, expected) = if is_first {
            ("one.jsonl", time_of_one, &export_of_one)
        } else {
            folder.done(&["--store", "one.db", "--quiet", "backup", "crash.db"]);
            ("two.jsonl", time_of_two, &export_of_two)
        };
        kill(&folder, "crash.db", texts, time.mul_f64(part));
        let store = opened("crash.db");
        let kept = record(&store);
        for (document, triples) in &kept {
            let known = Some(triples) == one.get(document)
                || !is_first && Some(triples) == two.get(document);
            assert!(known, "crash {crash} at {part}: {document} is torn");
        }
        assert!(
            is_first || kept.len() == one.len(),
            "crash {crash} at {part}"
        );
        let all: BTreeSet<&String> = kept.values().flatten().collect();
        assert_eq!(
            store.figures().expect("the store can be read").triples,
            all.len(),
            "crash {crash} at {part}: all documents together are what each is"
        );
        drop(store);
        let files = names(&folder.path("crash.db"));
        let orphan = files.iter().find(|file| file.starts_with("bulk-"));
        assert_eq!(orphan, None, "crash {crash} at {part}");
        load(&folder, "crash.db", texts);
        assert!(
            export(&folder, "crash.db") == *expected,
            "crash {crash} at {part}: another record"
        );
    }
}

#[test]
fn of_several_loads_at_once_one_writes_and_the_others_say_that_they_did_not() {
    let folder = with_texts();
    folder.done(&["--store", "alone.db", "--quiet", "load", "texts"]);
    let loads: Vec<_> = (0..3)
        .map(|_| {
            folder
                .command(&["--quiet", "load", "texts"])
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .expect("the program starts")
        })
        .collect();
    let mut done = 0;
    for load in loads {
        let output = load.wait_with_output().expect("it ends");
        let words = String::from_utf8_lossy(&output.stderr);
        match output.status.code() {
            Some(0) => done += 1,
            Some(2) => assert!(
                words.starts_with("error: the store `chancery.db` is in use by "),
                "{words}"
            ),
            code => panic!("{code:?}: {words}"),
        }
    }
    assert!(done > 0);
    assert_eq!(export(&folder, "chancery.db"), export(&folder, "alone.db"));
}

/// A file of a store in another state than it was written in.
const FAULTS: [&str; 5] = ["gone", "empty", "half", "one byte less", "one bit turned"];

/// Does that to a file; one that is empty already cannot be made less.
fn damage(file: &Path, fault: &str, numbers: &mut Numbers) {
    let mut bytes = fs::read(file).expect("it can be read");
    match fault {
        "gone" => return fs::remove_file(file).expect("it can be removed"),
        "empty" => bytes.clear(),
        "half" => bytes.truncate(bytes.len() / 2),
        "one byte less" => _ = bytes.pop(),
        _ => {
            let place = numbers.below(bytes.len().max(1));
            if let Some(byte) = bytes.get_mut(place) {
                *byte ^= 1 << numbers.below(8);
            }
        }
    }
    fs::write(file, bytes).expect("it can be written");
}

#[test]
fn a_damaged_store_is_told_and_gives_nothing_wrong() {
    let folder = with_texts();
    folder.done(&[
        "--quiet",
        "load",
        "texts/000.txt",
        "texts/001.txt",
        "texts/002.txt",
    ]);
    // One document comes by way of a transaction and its log, which the others need not.
    folder.write(
        "texts/002.txt",
        "Foreign Minister Wang Yi visited Chad on Monday.",
    );
    folder.done(&["--quiet", "load", "texts/002.txt"]);
    folder.write("chancery.db/notes.txt", "mine");
    let whole: BTreeSet<String> = export(&folder, "chancery.db")
        .lines()
        .map(str::to_owned)
        .collect();
    let files = names(&folder.path("chancery.db"));
    let mut numbers = Numbers(99);
    let is_table = |file: &str| {
        Path::new(file)
            .extension()
            .is_some_and(|ending| ending == "sst")
    };
    let tables = files.iter().filter(|file| is_table(file)).count();
    for (number, file) in files.iter().enumerate() {
        // There are many tables, and each is damaged in one way.
        let is_table = is_table(file);
        if ["LOCK", "LOG", "notes.txt"].contains(&file.as_str()) {
            continue;
        }
        for (turn, fault) in FAULTS.into_iter().enumerate() {
            if is_table && number % FAULTS.len() != turn {
                continue;
            }
            let hurt = folder.path("hurt");
            let _ = fs::remove_dir_all(&hurt);
            copy(&folder.path("chancery.db"), &hurt);
            damage(&hurt.join(file), fault, &mut numbers);
            let case = format!("{file} {fault}");
            let answer = folder.run(&["--store", "hurt", "export", "--format", "nq"]);
            told(&answer, &case);
            // What is written is of the record, even where it ends too early.
            for line in answer.stdout.lines() {
                assert!(whole.contains(line), "{case}: {line}");
            }
            if answer.code == Some(0) {
                let kept = record(&Store::open_read_only(&hurt).expect("it was read"));
                let of_good = record(
                    &Store::open_read_only(&folder.path("chancery.db")).expect("it is good"),
                );
                for (document, triples) in kept {
                    assert_eq!(Some(&triples), of_good.get(&document), "{case}: {document}");
                }
            }
            // Up to 0.5, oxigraph repeats for ever that a table cannot be read, which a query that joins would collect until memory is short.
            if !is_table {
                told(&folder.run(&["--store", "hurt", "query", "visits"]), &case);
            }
            told(
                &folder.run(&["--store", "hurt", "--quiet", "load", "texts/003.txt"]),
                &case,
            );
            told(
                &folder.run(&["--store", "hurt", "--quiet", "compact"]),
                &case,
            );
            let notes = fs::read_to_string(hurt.join("notes.txt")).expect("it is there");
            assert_eq!(notes, "mine", "{case}");
        }
    }
    assert!(tables > 4, "{files:?}");
}

/// That the program has done what it was asked, or has said why not and what to do.
fn told(answer: &Answer, case: &str) {
    match answer.code {
        Some(0) => {}
        Some(2) => {
            assert!(
                answer.stderr.starts_with("error: "),
                "{case}: {}",
                answer.stderr
            );
            assert!(
                answer.stderr.contains("\nhint: "),
                "{case}: {}",
                answer.stderr
            );
        }
        code => panic!("{case}: {code:?} {}", answer.stderr),
    }
}

/// Before every script: `try NAME ARGUMENTS` runs the program on the store `disk/db`, keeps what it says in `NAME.words` and what it gives in
/// `NAME.out`, and tells its exit status.
#[cfg(target_os = "linux")]
const TRY: &str = r#"
    chancery=$1
    try() {
        name=$1
        shift
        "$chancery" --store disk/db --quiet "$@" 2>"$name.words" >"$name.out"
        echo "$name $?"
    }
"#;

/// Runs a script in the folder where it may mount file systems, which are gone with it, on `disk`. None where the system does not let it.
#[cfg(target_os = "linux")]
fn mounting(folder: &Folder, script: &str) -> Option<Vec<(String, String)>> {
    let run = |script: &str| {
        let mut command = Command::new("unshare");
        command
            .args(["--mount", "--map-root-user", "sh", "-uc", script, "sh"])
            .arg(env!("CARGO_BIN_EXE_chancery"))
            .current_dir(folder.path("."))
            .env_remove("CHANCERY_STORE")
            .env_remove("CHANCERY_ONTOLOGY");
        command.output().ok()
    };
    fs::create_dir_all(folder.path("disk")).expect("a folder can be made");
    let can = run("mount -t tmpfs -o size=1m tmpfs disk").is_some_and(|done| done.status.success());
    if !can {
        tell("skipped: no file system can be mounted here");
        return None;
    }
    let output = run(&[TRY, script].concat()).expect("it ran before");
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words}");
    let lines = String::from_utf8(output.stdout).expect("it is UTF-8");
    let codes = lines.lines().filter_map(|line| line.split_once(' '));
    Some(
        codes
            .map(|(name, code)| (name.to_owned(), code.to_owned()))
            .collect(),
    )
}

#[cfg(target_os = "linux")]
#[expect(
    clippy::print_stderr,
    reason = "a test that tests nothing should say so"
)]
fn tell(words: &str) {
    eprintln!("{words}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_loses_nothing_and_the_load_goes_on_when_there_is_room() {
    let folder = with_texts();
    folder.done(&["--quiet", "load", "texts"]);
    let undisturbed = export(&folder, "chancery.db");
    let lines: BTreeSet<&str> = undisturbed.lines().collect();
    // How much room there is when the load begins: none, enough to open the store, enough for some of the load's files.
    for room in ["0k", "300k", "900k"] {
        let script = format!(
            "mount -t tmpfs -o size=20m tmpfs disk
            try first load texts/000.txt texts/001.txt texts/002.txt
            head -c {room} /dev/zero >disk/room
            head -c 20m /dev/zero 2>/dev/null >disk/ballast
            rm disk/room
            try full load texts
            head -c 20m /dev/zero 2>/dev/null >disk/more
            try documents documents --format csv
            try export export --format nq
            try query query visits
            try compact compact
            try backup backup disk/copy
            ls -A disk >left.out
            rm disk/ballast disk/more
            mount -o remount,size=300m disk
            try again load texts
            try whole export --format nq
            ls -A disk/db >files.out"
        );
        let Some(codes) = mounting(&folder, &script) else {
            return;
        };
        let read = |name: &str| fs::read_to_string(folder.path(name)).expect("it is there");
        let words = |name: &str| read(&format!("{name}.words"));
        for (name, code) in codes {
            let expected = match name.as_str() {
                "first" | "documents" | "export" | "query" | "again" | "whole" => "0",
                _ => "2",
            };
            assert_eq!(code, expected, "{room}, {name}: {}", words(&name));
            if code == "2" {
                let words = words(&name);
                assert!(words.starts_with("error: "), "{room}, {name}: {words}");
                assert!(
                    words.contains("o space left on device"),
                    "{room}, {name}: {words}"
                );
                assert!(
                    words.contains("\nhint: make room "),
                    "{room}, {name}: {words}"
                );
            }
        }
        assert!(
            read("export.out").lines().all(|line| lines.contains(line)),
            "{room}"
        );
        assert_eq!(read("left.out"), "ballast\ndb\nmore\n", "{room}");
        assert!(read("documents.out").lines().count() >= 4, "{room}");
        assert!(read("whole.out") == undisturbed, "{room}");
        assert!(!read("files.out").contains("bulk-"), "{room}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_store_on_a_medium_that_nobody_can_write_to_can_be_read() {
    let folder = with_texts();
    folder.done(&["--quiet", "load", "texts/000.txt", "texts/001.txt"]);
    let script = "
        mount -t tmpfs -o size=100m tmpfs disk
        cp -r chancery.db disk/db
        mount -o remount,ro disk
        try export export --format nq
        try documents documents --format csv
        try stats stats
        try query query visits
        try load load texts
        try forget forget 000
        try compact compact
        try backup backup copy.db
    ";
    let Some(codes) = mounting(&folder, script) else {
        return;
    };
    let read = |name: &str| fs::read_to_string(folder.path(name)).expect("it is there");
    for (name, code) in codes {
        let words = read(&format!("{name}.words"));
        if ["export", "documents", "stats", "query"].contains(&name.as_str()) {
            assert_eq!(code, "0", "{name}: {words}");
            continue;
        }
        assert_eq!(code, "2", "{name}: {words}");
        assert!(
            words.starts_with("error: cannot open the store `disk/db`\n  read-only file system"),
            "{name}: {words}"
        );
    }
    assert_eq!(read("export.out"), export(&folder, "chancery.db"));
    assert!(!folder.path("copy.db").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_nobody_can_keep_is_told() {
    let folder = with_texts();
    folder.done(&["--quiet", "load", "texts/000.txt"]);
    for command in [
        &["export"][..],
        &["export", "--format", "nq"],
        &["query", "-e", "SELECT * { ?s ?p ?o }"],
        &["documents"],
        &["stats"],
        &["man"],
    ] {
        let full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .expect("Linux has it");
        let output = folder
            .command(command)
            .stdout(full)
            .output()
            .expect("the program starts");
        let words = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{command:?}: {words}");
        assert!(
            words.starts_with("error: cannot write the output\n  no space left on device"),
            "{command:?}: {words}"
        );
    }
}

/// Copies a folder of files.
fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).expect("a folder can be made");
    for name in names(from) {
        let file: PathBuf = from.join(&name);
        fs::copy(file, to.join(&name)).expect("it can be copied");
    }
}
