//! Inputs that mean harm, or come out of an accident, through the whole program: it ends, with what is good or with words.

use std::fmt::Write as _;
use std::fs;

use serde_json::Value as Json;

use crate::support::{Answer, Folder};

/// Ends the program, should it have one, with words in place of a panic or a signal.
fn ends(answer: &Answer) {
    assert!(
        answer.code.is_some(),
        "a signal has ended it: {}",
        answer.stderr
    );
    assert!(
        answer.code.is_some_and(|code| code <= 2),
        "{}",
        answer.stderr
    );
    assert!(!answer.stderr.contains("panicked"), "{}", answer.stderr);
}

/// The graph of a text, as N-Triples.
fn extracted(folder: &Folder, text: &str) -> Answer {
    let answer = folder.run_with(&["extract", "--format", "nt", "-"], text);
    ends(&answer);
    answer
}

/// Texts on which a step has failed once.
#[test]
fn what_has_gone_wrong_once_does_not_again() {
    let folder = Folder::new();
    // A list of companions that ends with a paragraph without a sentence.
    let text = "---\ngenre: interview\n---\n\nQUESTION: Wang Yi led the delegation, which included:\n\nANSWER:";
    let answer = extracted(&folder, text);
    assert_eq!(answer.code, Some(0), "{text:?}: {}", answer.stderr);
    assert!(answer.stdout.contains("isString"));
    // A value that is none, of letters of two bytes, with white space behind it: found by fuzzing.
    let answer = extracted(&folder, "---\ndate: \u{b2}014 \n---\n\nText.\n");
    assert_eq!(answer.code, Some(2), "{}", answer.stderr);
    assert!(
        answer.stderr.contains("line 2, column 7: "),
        "{}",
        answer.stderr
    );
}

/// Shapes that no prose has, in a size at which a step that takes the square of it would not end.
#[test]
fn texts_without_shape_are_read_to_their_end() {
    let folder = Folder::new();
    let names = "Wang Yi, Ana Lima, Boyko Borissov and Hina Khar, ".repeat(40);
    for text in [
        format!("{names} visited Kenya."),
        format!("The minister {}", "who visited Kenya ".repeat(200)),
        format!(
            "Kenya {}",
            "accused Peru of theft; Peru accused Chad of lies; ".repeat(30)
        ),
        format!("{}Lavrov said.", "( ".repeat(2000)),
        format!("{} said Lavrov.", "\"We go. ".repeat(500)),
        "Name: Is it so?\n\nOther: No.\n\n".repeat(300),
        "x".repeat(300_000),
        "e\u{301}\u{323}".repeat(50_000),
        "\u{202e}زار\u{202c} الوزير Kenya 北京 ".repeat(200),
        "\u{1b}[2J\u{7}Kenya\u{8}\u{85} ".repeat(200),
        format!("---\ntitle: {}\n---\n\nKenya.", "t".repeat(300_000)),
    ] {
        let answer = extracted(&folder, &text);
        assert_eq!(answer.code, Some(0), "{}", answer.stderr);
        assert!(answer.stdout.contains("isString"));
    }
}

#[test]
fn front_matter_of_any_size_is_read() {
    let folder = Folder::new();
    let mut text = "---\ntitle: One\n".to_owned();
    for number in 0..10_000 {
        let _ = writeln!(text, "key {number}: value");
    }
    text.push_str("---\n\nWang Yi visited Kenya.\n");
    assert!(extracted(&folder, &text).stdout.contains("\"One\""));
    let twice = text.replace("key 9999:", "key 17:");
    let answer = extracted(&folder, &twice);
    assert!(answer.stderr.contains("line 10002"), "{}", answer.stderr);
}

/// A text may hold what makes a terminal do something; data keeps it, words and tables do not.
#[test]
fn a_text_cannot_steer_the_terminal() {
    let folder = Folder::new();
    let title = "\u{1b}]0;pwned\u{7}\u{1b}[31m red \u{202e}txt.\u{9b}";
    let text = |words: &str| {
        format!("---\ntitle: {title}\nsource: {title}\ndate: 2022-01-28\n---\n\n{words}\n")
    };
    folder.write(
        "one.txt",
        text("President \u{1b}[2JRuto\u{7} of Kenya visited \u{202e}Peru on Thursday."),
    );
    let mut told = Vec::new();
    told.push(folder.run(&["load", "one.txt"]));
    // Another title: a warning tells the one before.
    folder.write("one.txt", text("Nothing.").replacen("red", "green", 1));
    told.push(folder.run(&["load", "one.txt"]));
    folder.write(
        "one.txt",
        text("President \u{1b}[2JRuto\u{7} of Kenya visited \u{202e}Peru on Thursday."),
    );
    told.push(folder.run(&["load", "one.txt"]));
    for arguments in [
        &["documents"][..],
        &["query", "visits"],
        &["query", "-e", "SELECT * { ?s dcterms:title ?title }"],
        &["query", "\u{1b}[31m"],
        &["query", "-e", "SELECT \u{1b}[31m"],
        &["show", "--why", "--near", "one.txt"],
        &["show", "--stage", "mentions", "one.txt"],
        &["show", "--stage", "entities", "one.txt"],
        &["export", "--document", "\u{1b}[31m"],
        &["forget", "\u{1b}[31m"],
        &["load", "\u{1b}[31m.txt"],
    ] {
        told.push(folder.run(arguments));
    }
    for answer in told {
        ends(&answer);
        for steering in ['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}'] {
            assert!(!answer.stdout.contains(steering), "{:?}", answer.stdout);
            assert!(!answer.stderr.contains(steering), "{:?}", answer.stderr);
        }
    }
    let rows = folder.done(&[
        "query",
        "-e",
        "SELECT ?title { ?s dcterms:title ?title }",
        "--format",
        "json",
    ]);
    let rows: Json = serde_json::from_str(&rows).expect("it is JSON");
    let bindings = rows["results"]["bindings"]
        .as_array()
        .expect("there are rows");
    assert!(
        bindings.iter().any(|row| row["title"]["value"] == title),
        "{rows}"
    );
}

/// Values of parameters are terms: whatever stands in them is looked for and never read as SPARQL.
#[test]
fn a_value_is_never_read_as_part_of_a_query() {
    let folder = Folder::new();
    folder.write(
        "one.txt",
        "---\ndate: 2022-01-28\n---\n\nForeign Minister Wang Yi visited Kenya on Thursday.\n",
    );
    folder.done(&["load", "one.txt"]);
    folder.write("mine/said.rq", "# Who is called so?\n#\n# $name (words) only of that name\nSELECT ?who ?name { ?who rdfs:label ?label OPTIONAL { ?who rdfs:label ?name } }\n");
    let rows = |value: &str| {
        let setting = format!("name={value}");
        let answer = folder.run(&[
            "--ontology",
            "mine",
            "query",
            "said",
            "--set",
            &setting,
            "--format",
            "csv",
        ]);
        ends(&answer);
        answer.stdout.lines().count()
    };
    assert!(rows("Wang Yi") > 1);
    for value in [
        "Wang Yi\" } UNION { ?who ?p ?name } #",
        "'''",
        "\\",
        "\"@en",
        "\"^^xsd:string",
        "<https://w3id.org/chancery#Visit>",
        "?name",
        "} ; DROP ALL",
        "\n} #",
    ] {
        assert!(rows(value) <= 1, "{value}");
    }
    for value in [
        "country=KE\" } #",
        "country=?x",
        "since=2021' #",
        "since=2021-01-01\"^^xsd:date",
        "country=",
    ] {
        let answer = folder.run(&["query", "visits", "--set", value, "--format", "csv"]);
        ends(&answer);
        assert!(
            answer.stdout.lines().count() <= 1,
            "{value}: {}",
            answer.stdout
        );
    }
}

/// The parser, the planner and the evaluation of queries go one call deeper for each part that stands in another.
#[test]
fn a_query_of_any_depth_is_answered_or_refused() {
    let folder = Folder::new();
    folder.write("one.txt", "Wang Yi visited Kenya.");
    folder.done(&["load", "one.txt"]);
    let cases = [
        ("SELECT (1", "+1", " AS ?x) {}"),
        ("SELECT * { FILTER(", "!", "true) }"),
        ("SELECT * { ?s ?p ?o FILTER(?s = 1", " || ?s = 1", ") }"),
        ("SELECT * { ?s ch:a", "|ch:a", " ?o }"),
        ("SELECT * { {?s ?p 1}", " UNION {?s ?p 1}", " }"),
        ("SELECT * { ", "FILTER(true) ", " }"),
        ("SELECT * { ?s ?p (", "1 ", ") }"),
        ("SELECT * ", "{", "}"),
    ];
    for (head, part, tail) in cases {
        for times in [100, 60_000] {
            folder.write("deep.rq", format!("{head}{}{tail}", part.repeat(times)));
            let answer = folder.run(&["query", "deep.rq", "--format", "csv"]);
            ends(&answer);
            if times > 100 {
                assert_eq!(answer.code, Some(2), "{part}");
                assert!(
                    answer.stderr.contains("more than"),
                    "{part}: {}",
                    answer.stderr
                );
            }
        }
    }
}

/// Classes that are their own subclasses, lists without end, and files that are no knowledge.
#[test]
fn an_ontology_of_any_shape_is_read_or_refused() {
    let folder = Folder::new();
    folder.write("one.txt", "Wang Yi visited Kenya.");
    let head = "@prefix ch: <https://w3id.org/chancery#> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
                @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n\
                @prefix words: <https://w3id.org/chancery/words/> .\n@prefix : <https://example.org/> .\n";
    let deep = |open: &str, close: &str| {
        format!(
            ":a :b {}1{} .\n",
            open.repeat(100_000),
            close.repeat(100_000)
        )
    };
    for body in [
        "ch:Visit rdfs:subClassOf ch:Summit . ch:Summit rdfs:subClassOf ch:Visit , ch:Summit .\n"
            .to_owned(),
        ":one skos:broader :two . :two skos:broader :one ; skos:inScheme :two .\n".to_owned(),
        "ch:visitor rdfs:subPropertyOf ch:host . ch:host rdfs:subPropertyOf ch:visitor .\n"
            .to_owned(),
        ":office a ch:Office ; skos:broader :office ; skos:prefLabel \"czar\"@en .\n".to_owned(),
        "_:list rdf:first 1 ; rdf:rest _:list . ch:Visit ch:identifiedBy _:list .\n".to_owned(),
        "words:speech-verb a ch:WordClass ; ch:lemma \"\", \" \", \"\\u0000\", \"a\\nb\" .\n"
            .to_owned(),
        format!(":a :b \"{}\" .\n", "x".repeat(1_000_000)),
        format!(":a {} .\n", ":b 1 ; ".repeat(20_000)),
        deep("(", ")"),
        deep("[ :b ", "]"),
        "<<:a :b :c>> :d :e .\n".to_owned(),
    ] {
        folder.write("mine.ttl", format!("{head}{body}"));
        for arguments in [
            &["--ontology", "mine.ttl", "extract", "one.txt"][..],
            &["--ontology", "mine.ttl", "check"],
        ] {
            ends(&folder.run(arguments));
        }
    }
}

/// Names of files as no office gives them.
#[test]
fn files_may_have_any_name() {
    let folder = Folder::new();
    let names = [
        "-dash.txt",
        "--help.txt",
        "a b.txt",
        "quote\"s'.txt",
        "<x>.txt",
        "a\nerror: b.txt",
        "\u{1b}[31m.txt",
        "\u{202e}txt.txt",
        "#1?.txt",
        "..txt",
        "%2e%2e.txt",
        "😀.txt",
        "a.b.c.txt",
        ".. .txt",
    ];
    for name in names {
        folder.write(
            &format!("texts/{name}"),
            format!("Wang Yi visited Kenya, says {name}."),
        );
    }
    let answer = folder.run(&["load", "texts"]);
    ends(&answer);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    for steering in ['\u{1b}', '\u{202e}'] {
        assert!(!answer.stderr.contains(steering));
    }
    assert!(!answer.stderr.contains("\nerror"), "{}", answer.stderr);
    let documents = folder.done(&["documents", "--format", "csv"]);
    // Hidden files are left out: `..txt` and `.. .txt`.
    assert_eq!(
        documents.lines().count(),
        1 + names.len() - 2,
        "{documents}"
    );
    folder.done(&["load", "--", "texts/-dash.txt"]);
    let dash = fs::read(folder.path("texts/-dash.txt")).expect("it is there");
    folder.write("-dash.txt", dash);
    ends(&folder.run(&["load", "-dash.txt"]));
    folder.done(&["load", "--", "-dash.txt"]);
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    use super::*;

    #[test]
    fn names_that_are_no_text_are_names() {
        let folder = Folder::new();
        folder.write("texts/one.txt", "Wang Yi visited Kenya.");
        let odd = folder
            .path("texts")
            .join(OsStr::from_bytes(b"na\xefve\xff.txt"));
        if fs::write(&odd, "Wang Yi visited Peru.").is_err() {
            // Some systems have no such names.
            return;
        }
        assert_eq!(folder.run(&["load", "texts"]).code, Some(0));
        assert_eq!(
            folder
                .done(&["documents", "--format", "csv"])
                .lines()
                .count(),
            3
        );
        let output = folder
            .command(&["extract"])
            .arg(&odd)
            .output()
            .expect("it runs");
        assert_eq!(output.status.code(), Some(0));
    }

    /// Whatever is no file is left out of a folder, and named where it is given itself.
    #[test]
    fn what_is_no_file_keeps_nobody_waiting() {
        let folder = Folder::new();
        folder.write("texts/one.txt", "Wang Yi visited Kenya.");
        let made = Command::new("mkfifo")
            .arg(folder.path("texts/pipe.txt"))
            .status();
        assert!(
            made.is_ok_and(|made| made.success()),
            "`mkfifo` makes a pipe"
        );
        let _socket = UnixListener::bind(folder.path("texts/socket.txt")).expect("a socket");
        for (target, link) in [
            (".", "texts/circle"),
            ("loop.txt", "texts/loop.txt"),
            ("nowhere", "texts/dangling.txt"),
            ("one.txt", "texts/again.txt"),
        ] {
            symlink(target, folder.path(link)).expect("a link");
        }
        fs::create_dir(folder.path("texts/folder.txt")).expect("a folder");
        let answer = folder.run(&["load", "texts"]);
        ends(&answer);
        assert_eq!(
            folder
                .done(&["documents", "--format", "csv"])
                .lines()
                .count(),
            2,
            "{}",
            answer.stderr
        );
        for file in [
            "texts/loop.txt",
            "texts/dangling.txt",
            "texts/socket.txt",
            "texts/folder.txt",
            "/dev/null",
        ] {
            let answer = folder.run(&["extract", file]);
            assert_eq!(answer.code, Some(2), "{file}: {}", answer.stderr);
            assert!(
                answer
                    .stderr
                    .starts_with(&format!("error: cannot read `{file}`")),
                "{}",
                answer.stderr
            );
        }
    }

    #[test]
    fn a_device_without_an_end_is_refused() {
        let folder = Folder::new();
        for command in ["extract", "load"] {
            let answer = folder.run(&[command, "/dev/zero"]);
            assert_eq!(answer.code, Some(2), "{}", answer.stderr);
            assert!(
                answer.stderr.contains("error: cannot read `/dev/zero`"),
                "{}",
                answer.stderr
            );
        }
    }

    #[test]
    fn what_may_not_be_read_is_named_and_the_others_are_read() {
        let folder = Folder::new();
        folder.write("texts/one.txt", "Wang Yi visited Kenya.");
        folder.write("texts/secret.txt", "Wang Yi visited Peru.");
        folder.write("texts/closed/two.txt", "Wang Yi visited Chad.");
        for (name, mode) in [("texts/secret.txt", 0o000), ("texts/closed", 0o000)] {
            fs::set_permissions(folder.path(name), fs::Permissions::from_mode(mode))
                .expect("it is ours");
        }
        // Who may do everything may read it all.
        let all = fs::read(folder.path("texts/secret.txt")).is_ok();
        let answer = folder.run(&["load", "texts"]);
        ends(&answer);
        assert_eq!(answer.code, Some(i32::from(!all)), "{}", answer.stderr);
        assert_eq!(
            answer.stderr.matches("permission denied").count(),
            if all { 0 } else { 2 }
        );
        fs::set_permissions(
            folder.path("texts/closed"),
            fs::Permissions::from_mode(0o700),
        )
        .expect("it is ours");
    }
}
