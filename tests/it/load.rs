use std::fs;

use serde_json::{Value as Json, json};

use crate::support::{Answer, Folder};

/// A report of a visit, with front matter.
const VISIT: &str = "---\ntitle: Visit\ndate: 2022-01-28\n---\n\nForeign Minister Wang Yi visited Kenya on Thursday.\n";

/// A text that says nothing of note.
const POEM: &str = "---\ndate: 2022-01-28\n---\n\nRoses are red.\n";

/// Five documents in JSON Lines: two good ones, one without text, one that is no JSON, and a copy of the first.
fn lines() -> String {
    let visit = json!({"id": "visit", "date": "2022-01-28", "text": "Foreign Minister Wang Yi visited Kenya on Thursday."});
    let poem = json!({"id": "poem", "date": "2022-01-28", "text": "Roses are red."});
    let empty = json!({"id": "empty", "date": "2022-01-28"});
    format!("{visit}\n{poem}\n\n{empty}\n{{\"id\":\n{visit}\n")
}

/// What is said last of all.
fn sum(answer: &Answer) -> &str {
    let mut lines = answer.stderr.lines();
    lines
        .rfind(|line| line.contains(" read = "))
        .unwrap_or_else(|| panic!("there are sums: {}", answer.stderr))
}

fn report(folder: &Folder, name: &str) -> Json {
    let text = fs::read_to_string(folder.path(name)).expect("there is a report");
    serde_json::from_str(&text).expect("it is JSON")
}

/// Values of a key, of each document of a report.
fn each<'a>(report: &'a Json, key: &str) -> Vec<&'a Json> {
    let documents = report["documents"].as_array().expect("it is a list");
    documents.iter().map(|document| &document[key]).collect()
}

#[test]
fn what_was_read_is_loaded_replaced_unchanged_or_rejected() {
    let folder = Folder::new();
    folder.write("texts/a.txt", VISIT);
    folder.write("texts/b.txt", POEM);
    folder.write("texts/c.txt", VISIT);
    folder.done(&["load", "texts/a.txt", "texts/b.txt"]);
    folder.write("texts/b.txt", VISIT);
    folder.write("texts/d.txt", b"\0");
    let answer = folder.run(&["load", "texts", "missing.txt"]);
    assert_eq!(answer.code, Some(1), "{}", answer.stderr);
    assert_eq!(
        sum(&answer),
        "5 read = 1 loaded + 1 replaced + 1 unchanged + 2 rejected: 3 officials, 3 visits, 0 projects, 0 accusations"
    );
    // Once all is in, it is done.
    let answer = folder.run(&["load", "texts/a.txt", "texts/b.txt", "texts/c.txt"]);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    assert!(
        sum(&answer).contains("= 0 loaded + 0 replaced + 3 unchanged + 0 rejected: 3 officials")
    );
}

#[test]
fn documents_without_a_fact_are_named() {
    let folder = Folder::new();
    folder.write("a.txt", VISIT);
    for number in 0..12 {
        folder.write(&format!("poems/{number:02}.txt"), POEM);
    }
    let answer = folder.run(&["load", "a.txt", "poems"]);
    let named: Vec<String> = (0..10)
        .map(|number| format!("`poems/{number:02}.txt`"))
        .collect();
    let line = format!("0 facts in 12 of them: {}, and 2 more\n", named.join(", "));
    assert!(answer.stderr.ends_with(&line), "{}", answer.stderr);
}

#[test]
fn a_document_is_analysed_only_where_its_record_is_not_up_to_date() {
    let folder = Folder::new();
    folder.write("a.txt", VISIT);
    folder.write(
        "mine.ttl",
        "@prefix ch: <https://w3id.org/chancery#> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
         ch:Errand a <http://www.w3.org/2002/07/owl#Class> ; skos:prefLabel \"errand\"@en ; skos:definition \"A way to be gone.\"@en .\n",
    );
    let load = |arguments: &[&str]| {
        let arguments = [&["load", "--report", "r.json"], arguments, &["a.txt"]].concat();
        folder.done(&arguments);
        let report = report(&folder, "r.json");
        let outcome = each(&report, "outcome")[0].as_str().expect("it is a word");
        (outcome.to_owned(), folder.done(&["export"]))
    };
    let (outcome, first) = load(&[]);
    assert_eq!(outcome, "loaded");
    assert_eq!(load(&[]), ("unchanged".to_owned(), first.clone()));
    assert_eq!(load(&["--force"]), ("unchanged".to_owned(), first.clone()));
    // Other knowledge may find something else, so the record says what knowledge it was.
    let (outcome, with_mine) = load(&["--ontology", "mine.ttl"]);
    assert_eq!(outcome, "replaced");
    assert_ne!(with_mine, first);
    assert_eq!(load(&["--ontology", "mine.ttl"]).0, "unchanged");
    assert_eq!(load(&[]), ("replaced".to_owned(), first));
    // Another byte is another document, even where it says the same.
    folder.write("a.txt", format!("{VISIT}\n"));
    assert_eq!(load(&[]).0, "replaced");
    // Whatever makes other text of the same bytes.
    let two = r#"{"id": "x", "date": "2022-01-28", "text": "One.", "body": "Two."}"#;
    folder.write("a.txt", two);
    load(&["--input-format", "jsonl"]);
    let mapped = ["--input-format", "jsonl", "--map", "text=body"];
    assert_eq!(load(&mapped).0, "replaced");
    assert_eq!(load(&mapped).0, "unchanged");
}

/// What cannot be seen from outside: that a record which is up to date is not made anew. Here it is up to date but not what the analysis
/// would give.
#[test]
fn a_record_that_is_up_to_date_is_left_as_it_is() {
    let folder = Folder::new();
    folder.write("a.txt", VISIT);
    folder.write("b.txt", POEM);
    folder.done(&["load", "a.txt"]);
    let whole = folder.done(&["export"]);
    let path = folder.path("chancery.db");
    let store = chancery::store::Store::open(&path).expect("it is a store");
    let document = store.documents().expect("it can be read").remove(0);
    let mut triples = store.triples(&document).expect("it can be read");
    triples.retain(|triple| !triple.to_string().contains("/claim/"));
    let graph = chancery::graph::Graph { document, triples };
    store.replace(&graph).expect("it can be kept");
    drop(store);
    let answer = folder.run(&["load", "a.txt", "b.txt"]);
    assert!(
        answer.stderr.contains("unchanged `a.txt`"),
        "{}",
        answer.stderr
    );
    assert!(!folder.done(&["export"]).contains("ch:Visit"));
    folder.done(&["load", "--force", "a.txt"]);
    folder.done(&["forget", "b"]);
    assert_eq!(folder.done(&["export"]), whole);
}

#[test]
fn an_interrupted_load_goes_on_where_it_was() {
    let folder = Folder::new();
    folder.write("a.txt", VISIT);
    folder.write("b.txt", POEM);
    folder.write("c.txt", VISIT);
    // As if it had been killed after the second.
    folder.done(&["load", "a.txt", "b.txt"]);
    let answer = folder.run(&["load", "a.txt", "b.txt", "c.txt"]);
    assert!(sum(&answer).starts_with("3 read = 1 loaded + 0 replaced + 2 unchanged + 0 rejected"));
    let resumed = folder.done(&["export"]);
    folder.done(&["--store", "other.db", "load", "c.txt", "b.txt", "a.txt"]);
    assert_eq!(folder.done(&["--store", "other.db", "export"]), resumed);
}

#[test]
fn a_dry_run_says_what_would_be_and_changes_nothing() {
    let folder = Folder::new();
    folder.write("a.txt", VISIT);
    folder.write("b.txt", POEM);
    let answer = folder.run(&["load", "--dry-run", "a.txt", "b.txt"]);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    let line = "would load `a.txt` as <https://chancery.invalid/document/a>: 1 official, 1 visit, 0 projects, 0 accusations\n";
    assert!(answer.stderr.contains(line), "{}", answer.stderr);
    assert!(sum(&answer).starts_with("dry run: 2 read = 2 to load + 0 to replace + 0 unchanged"));
    assert!(!folder.path("chancery.db").exists(), "no store is made");

    folder.done(&["load", "a.txt", "b.txt"]);
    let before = folder.done(&["export"]);
    folder.write("b.txt", VISIT);
    folder.write("c.txt", b"\0");
    let arguments = [
        "load",
        "--dry-run",
        "--force",
        "--report",
        "r.json",
        "a.txt",
        "b.txt",
        "c.txt",
    ];
    let answer = folder.run(&arguments);
    assert_eq!(answer.code, Some(1), "{}", answer.stderr);
    assert!(sum(&answer).contains("3 read = 0 to load + 1 to replace + 1 unchanged + 1 rejected"));
    let report = report(&folder, "r.json");
    assert_eq!(report["read_by"]["dry_run"], true);
    assert_eq!(
        each(&report, "outcome"),
        ["unchanged", "replaced", "rejected"]
    );
    assert_eq!(folder.done(&["export"]), before);
    assert_eq!(folder.run(&["load", "--dry-run", "c.txt"]).code, Some(2));
}

#[test]
fn a_report_keeps_what_became_of_each_document() {
    let folder = Folder::new();
    folder.write("a.jsonl", lines());
    folder.write("b.txt", "---\ntitle: B\ndate of it\n---\n\nText.\n");
    folder.write("c.txt", "Roses are red.\n");
    let arguments = [
        "load", "--report", "r.json", "a.jsonl", "b.txt", "c.txt", "none.txt",
    ];
    let answer = folder.run(&arguments);
    assert_eq!(answer.code, Some(1), "{}", answer.stderr);
    let first = report(&folder, "r.json");
    assert_eq!(
        each(&first, "outcome"),
        [
            "loaded",
            "loaded",
            "rejected",
            "rejected",
            "unchanged",
            "rejected",
            "loaded",
            "rejected"
        ]
    );
    let documents = &first["documents"];
    assert_eq!(documents[0]["input"], "a.jsonl");
    assert_eq!(each(&first, "line")[..5], [1, 2, 4, 5, 6]);
    assert_eq!(
        documents[0]["document"],
        "https://chancery.invalid/document/visit"
    );
    assert_eq!(documents[0]["facts"], json!({"Official": 1, "Visit": 1}));
    assert_eq!(documents[4]["copy_of"], "a.jsonl, line 1");
    // As `sha256sum` has it of the line without its end.
    let line = lines().lines().next().expect("there is one").to_owned();
    assert_eq!(
        documents[0]["sha256"],
        chancery::text::sha256([line.as_bytes()])
    );
    assert_eq!(documents[3]["error"]["line"], 5);
    let error = &documents[5]["error"];
    assert_eq!((&error["line"], &error["column"]), (&json!(3), &json!(1)));
    assert!(
        error["reason"]
            .as_str()
            .expect("it is text")
            .starts_with("cannot read `b.txt`: ")
    );
    assert!(error["hint"].is_string());
    let notes = documents[6]["notes"].as_array().expect("it is a list");
    assert!(
        notes[0]["message"]
            .as_str()
            .expect("it is text")
            .contains("no date")
    );
    assert_eq!(documents[7]["sha256"], Json::Null);
    assert_eq!(
        first["sums"],
        json!({
            "read": 8, "loaded": 3, "replaced": 0, "unchanged": 1, "rejected": 4, "without_facts": 2, "notes": notes.len(),
            "facts": {"Official": 1, "Visit": 1},
        })
    );
    let digest = first["read_by"]["knowledge"].as_str().expect("it is text");
    assert!(
        folder.done(&["export"]).contains(digest),
        "the record says so, too"
    );

    // The same load gives the same bytes, and a report that is there is replaced.
    folder.run(&arguments);
    let second = fs::read(folder.path("r.json")).expect("there is a report");
    folder.run(&[
        "load",
        "--threads",
        "1",
        "--report",
        "s.json",
        "a.jsonl",
        "b.txt",
        "c.txt",
        "none.txt",
    ]);
    assert_eq!(
        fs::read(folder.path("s.json")).expect("there is a report"),
        second
    );
    let left: Vec<_> = fs::read_dir(folder.path("."))
        .expect("it is a folder")
        .map(|entry| entry.expect("it can be read").file_name())
        .filter(|name| name.to_string_lossy().starts_with('.'))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_report_is_written_where_nothing_could_be_loaded() {
    let folder = Folder::new();
    folder.write("a.txt", b"\0");
    let answer = folder.run(&["load", "--report", "r.json", "a.txt"]);
    assert_eq!(answer.code, Some(2));
    assert_eq!(each(&report(&folder, "r.json"), "outcome"), ["rejected"]);
    let answer = folder.run(&["load", "--report", "none/r.json", "a.txt"]);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer
            .stderr
            .starts_with("error: cannot write `none/r.json`\n"),
        "{}",
        answer.stderr
    );
}

#[test]
fn what_is_rejected_is_kept_to_be_mended_and_loaded_again() {
    let folder = Folder::new();
    folder.write("a.jsonl", lines());
    folder.write(
        "b/a.txt",
        "---\ntitle: B\ndate of it\n---\n\nWang Yi visited Kenya.\n",
    );
    folder.write("c/a.txt", VISIT);
    folder.write("d/a.txt", POEM);
    folder.write("bad/a.txt", "This was here before.\n");
    let arguments = [
        "load",
        "--rejects",
        "bad",
        "a.jsonl",
        "b",
        "c",
        "d",
        "none.txt",
    ];
    let answer = folder.run(&arguments);
    assert_eq!(answer.code, Some(1), "{}", answer.stderr);
    let read = |name: &str| fs::read_to_string(folder.path(name)).expect("it is there");
    assert_eq!(read("bad/a.txt"), "This was here before.\n");
    let given = lines();
    let rejected: Vec<&str> = given.lines().skip(3).take(2).collect();
    assert_eq!(read("bad/a.jsonl"), rejected.join("\n") + "\n");
    assert_eq!(
        read("bad/a-2.txt"),
        fs::read_to_string(folder.path("b/a.txt")).expect("it is there")
    );
    assert_eq!(read("bad/a-3.txt"), POEM);
    let index = read("bad/index.csv");
    let rows: Vec<Vec<String>> = csv::Reader::from_reader(index.as_bytes())
        .records()
        .map(|row| row.expect("it is CSV").iter().map(str::to_owned).collect())
        .collect();
    let places: Vec<String> = rows.iter().map(|row| row[..4].join(" ")).collect();
    assert_eq!(
        places,
        [
            "a.jsonl 1 a.jsonl 4",
            "a.jsonl 2 a.jsonl 5",
            "a-2.txt  b/a.txt ",
            "a-3.txt  d/a.txt ",
            "  none.txt "
        ]
    );
    assert!(
        rows[3][4].contains("it has the same IRI as `c/a.txt`"),
        "{}",
        rows[3][4]
    );

    // The same again overwrites nothing.
    folder.run(&arguments);
    assert_eq!(read("bad/a-2.jsonl"), read("bad/a.jsonl"));
    assert_eq!(read("bad/index.csv"), index);
    assert!(read("bad/index-2.csv").contains("a-2.jsonl,2,a.jsonl,5,"));

    // Mended, they are loaded as what they were called before.
    let mended = read("bad/a.jsonl")
        .replace("{\"id\":\n", "{\"id\":\"five\",\"text\":\"Five.\"}\n")
        .replace("\"id\":\"empty\"", "\"id\":\"empty\",\"text\":\"Four.\"");
    folder.write("bad/a.jsonl", mended);
    folder.done(&["load", "bad/a.jsonl"]);
    let documents = folder.done(&["documents", "--format", "csv"]);
    for name in ["empty", "five"] {
        assert!(
            documents.contains(&format!("document/{name},")),
            "{documents}"
        );
    }
}

#[test]
fn a_folder_for_rejects_is_made_and_one_that_cannot_be_is_named() {
    let folder = Folder::new();
    folder.write("a.txt", VISIT);
    folder.write("file", "");
    folder.done(&["load", "--rejects", "deep/bad", "a.txt"]);
    assert!(folder.path("deep/bad").is_dir());
    let answer = folder.run(&["load", "--rejects", "file", "a.txt"]);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer
            .stderr
            .starts_with("error: cannot write to the folder `file`\n"),
        "{}",
        answer.stderr
    );
}

#[test]
fn the_store_is_the_same_with_any_number_of_threads() {
    let folder = Folder::new();
    let texts = fs::read_dir(crate::support::root().join("tests/corpus/dev")).expect("it is there");
    let mut lines = Vec::new();
    for entry in texts {
        let path = entry.expect("it can be read").path();
        if path.extension().is_some_and(|ending| ending == "txt") {
            let name = path
                .file_stem()
                .expect("it has a name")
                .to_string_lossy()
                .into_owned();
            let text = fs::read_to_string(&path).expect("it is a text");
            let body = text.rsplit_once("---\n").map_or(&*text, |(_, body)| body);
            lines.push(json!({"id": name, "date": "2020-01-31", "text": body}).to_string());
        }
    }
    lines.sort();
    // One in between that cannot be read, and one that is another of the same name.
    lines.insert(3, "{".to_owned());
    lines.insert(
        9,
        json!({"id": "01-wang-mombasa", "text": "Nothing."}).to_string(),
    );
    folder.write("texts.jsonl", lines.join("\n"));
    let load = |threads: &str| {
        let store = format!("{threads}.db");
        let report = format!("{threads}.json");
        let arguments = [
            "--store",
            &store,
            "load",
            "--threads",
            threads,
            "--report",
            &report,
            "texts.jsonl",
        ];
        let answer = folder.run(&arguments);
        assert_eq!(answer.code, Some(1), "{}", answer.stderr);
        let written = fs::read_to_string(folder.path(&report)).expect("there is a report");
        (
            answer.stderr,
            written,
            folder.done(&["--store", &store, "export", "--format", "nq"]),
        )
    };
    let one = load("1");
    assert!(one.2.lines().count() > 5000);
    for threads in ["2", "5"] {
        let other = load(threads);
        assert_eq!(other.0, one.0);
        assert!(other.1 == one.1, "{threads} threads write another report");
        assert!(other.2 == one.2, "{threads} threads make another store");
    }
}

#[test]
fn of_many_documents_only_those_that_need_an_eye_are_named() {
    let folder = Folder::new();
    let line =
        |number: usize| json!({"id": number.to_string(), "text": "Roses are red."}).to_string();
    let many: Vec<String> = (0..70).map(line).collect();
    folder.write("many.jsonl", many.join("\n") + "\n{\n");
    let answer = folder.run(&["load", "many.jsonl"]);
    assert_eq!(answer.code, Some(1));
    let named = answer
        .stderr
        .lines()
        .filter(|line| line.starts_with("loaded "));
    assert_eq!(named.count(), 50);
    assert!(
        answer
            .stderr
            .contains("error: cannot read `many.jsonl`\n  line 71"),
        "{}",
        answer.stderr
    );
    assert!(
        answer
            .stderr
            .ends_with("\nnote: 20 notes more on these texts; `--report FILE` keeps them\n"),
        "{}",
        answer.stderr
    );
    // Of a folder it is known beforehand how many there are.
    for number in 0..51 {
        folder.write(&format!("texts/text-{number}.txt"), POEM);
    }
    let answer = folder.run(&["load", "texts"]);
    assert!(
        answer.stderr.starts_with("51 read = 51 loaded "),
        "{}",
        answer.stderr
    );
    let answer = folder.run(&["load", "--quiet", "texts"]);
    assert_eq!((answer.code, answer.stderr.as_str()), (Some(0), ""));
}
