//! `check`: what it finds in knowledge and data that are broken on purpose, and what it says of it.

use std::collections::BTreeSet;
use std::fs;

use chancery::check::{KNOWLEDGE, RECORD, SHAPES};
use serde_json::Value;

use crate::lexicon::SIGNING;
use crate::support::{Folder, root};

/// What `check` says of [`SIGNING`] with a mistake in it, without the built-in knowledge's share.
fn said(from: &str, to: &str) -> String {
    assert!(SIGNING.contains(from), "{from}");
    let folder = Folder::new();
    folder.write("mine.ttl", SIGNING.replacen(from, to, 1));
    let answer = folder.run(&["check", "--ontology", "mine.ttl"]);
    assert_eq!(answer.code, Some(1), "{}", answer.stdout);
    answer.stdout
}

/// What is written wrongly in [`SIGNING`], how, and what must be said of it.
const MISTAKES: [(&str, &str, &[&str]); 14] = [
    (
        "ch:required true ] ,",
        "ch:requird true ] ,",
        &[
            "there is no property `ch:requird`",
            "did you mean `ch:required`?",
            "^",
        ],
    ),
    (
        "skos:definition \"Who signs.\"",
        "skos:defintion \"Who signs.\"",
        &[
            "`skos:defintion` is no term that is known",
            "did you mean `skos:definition`?",
            "the property has no `skos:definition`",
        ],
    ),
    (
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n",
        "",
        &[
            "mine.ttl:12:",
            "ch:Signing a owl:Class ; skos:prefLabel",
            "^",
        ],
    ),
    (
        "rdfs:range xsd:string .",
        "rdfs:range xsd:string",
        &["mine.ttl:21:1: expected `.`, `;` or `,` before this", "^"],
    ),
    (
        "ch:role ch:signatory ;",
        "ch:role ch:signatry ;",
        &[
            "`ch:signatry` is no property",
            "did you mean `ch:signatory`?",
            "ch:role ch:signatry",
        ],
    ),
    (
        "ch:head words:treaty-noun",
        "ch:head words:treaty-nuon",
        &[
            "`words:treaty-nuon` is no word class",
            "did you mean `words:treaty-noun`?",
        ],
    ),
    (
        "ch:notation \"planned\"",
        "ch:notation \"plannd\"",
        &[
            "`plannd` is no notation of a status",
            "did you mean `planned`?",
        ],
    ),
    (
        "ch:example [",
        "ch:exampel [",
        &[
            "the frame has no `ch:example`",
            "there is no property `ch:exampel`",
            "did you mean `ch:example`?",
        ],
    ),
    (
        "\"instrument: fisheries treaty\"",
        "\"instrument: peace treaty\"",
        &[
            "the example yields a claim of `Signing` without `instrument: peace treaty`",
            "found Signing by `frame:signing`: ",
            "instrument: fisheries treaty",
        ],
    ),
    (
        "skos:prefLabel \"signatory\"@en",
        "skos:prefLabel \"signatory\"@en , \"signer\"@en",
        &["the entry has another `skos:prefLabel` in the same file"],
    ),
    (
        "\"nsubj\" \"obl(with)\"",
        "\"nsubj\" \"olb(with)\"",
        &[
            "`olb(with)` is no way through a tree",
            "did you mean `obl(",
            "\"olb(with)\"",
        ],
    ),
    (
        "Norway signed a footballer from Chile.",
        "Norway signed a treaty with Chile.",
        &["the counter-example yields a claim of `Signing`"],
    ),
    (
        "lexinfo:verb",
        "lexinfo:werb",
        &[
            "its part of speech is not one of",
            "did you mean `lexinfo:verb`?",
        ],
    ),
    (
        "ontolex:evokes frame:signing",
        "ontolex:evokes frame:singing",
        &[
            "`frame:singing` is no frame",
            "did you mean `frame:signing`?",
        ],
    ),
];

#[test]
fn the_usual_mistakes_are_told_with_their_line_and_what_may_be_meant() {
    for (from, to, parts) in MISTAKES {
        let said = said(from, to);
        for part in parts {
            assert!(said.contains(part), "{to}: {part} is not in\n{said}");
        }
    }
}

/// What a user may write of entries, each with a slip, and what must be said of it.
const REFERENCES: [(&str, &[&str]); 9] = [
    (
        "mine:wharf a schema:City ; skos:prefLabel \"Sandwharf\"@en ; ch:inCountry country:XQ .",
        &["`country:XQ` is no country"],
    ),
    (
        "mine:wharf a schema:City ; skos:prefLabel \"Sandwharf\"@en ; ch:inCountry <https://w3id.org/chancery/country/KE> .",
        &[
            "is no country",
            "did you mean `<https://w3id.org/chancery/gazetteer/country/KE>`?",
        ],
    ),
    (
        "mine:wharf a schema:City ; skos:prefLabel \"Sandwharf\"@en ; ch:inCountry \"PE\" .",
        &["`PE` is no country", "did you mean `country:PE`?"],
    ),
    (
        "mine:almoner a org:Role ; skos:prefLabel \"lord almoner\"@en ; skos:broader office:offic .",
        &[
            "`office:offic` is no office",
            "did you mean `office:office`?",
        ],
    ),
    (
        "concept:espionge ch:trigger \"snuffling\" .",
        &[
            "no file defines `concept:espionge`",
            "did you mean `concept:espionage`?",
        ],
    ),
    (
        "lex:vist-verb-visiting owl:deprecated true .",
        &[
            "no file defines `lexicon:vist-verb-visiting`",
            "did you mean `lexicon:visit-verb-visiting`?",
        ],
    ),
    (
        "mine:wharf a <https://schema.org/City> ; skos:prefLabel \"Sandwharf\"@en .",
        &[
            "nothing is read from what is a `https://schema.org/City`",
            "did you mean `<http://schema.org/City>`?",
        ],
    ),
    (
        "mine:wharf a schema:City ; <https://www.w3.org/2004/02/skos/core#prefLabel> \"Sandwharf\"@en .",
        &[
            "`https://www.w3.org/2004/02/skos/core#prefLabel` is no term that is known",
            "did you mean `<http://www.w3.org/2004/02/skos/core#prefLabel>`?",
        ],
    ),
    (
        "lex:tour-noun-tour owl:deprecated \"yes\" .",
        &["`yes` is neither `true` nor `false`"],
    ),
];

/// The prefixes that users write entries with.
const PREFIXES: &str = "@prefix ch: <https://w3id.org/chancery#> .
@prefix concept: <https://w3id.org/chancery/concept/> .
@prefix country: <https://w3id.org/chancery/gazetteer/country/> .
@prefix lex: <https://w3id.org/chancery/lexicon/> .
@prefix mine: <https://example.org/mine/> .
@prefix office: <https://w3id.org/chancery/office/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix schema: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
";

#[test]
fn a_reference_to_nothing_is_told() {
    for (entry, parts) in REFERENCES {
        let folder = Folder::new();
        folder.write("mine.ttl", format!("{PREFIXES}{entry}\n"));
        let answer = folder.run(&["check", "--ontology", "mine.ttl"]);
        assert_eq!(answer.code, Some(1), "{entry}");
        for part in parts.iter().chain(&["mine.ttl:11:", "^"]) {
            assert!(
                answer.stdout.contains(part),
                "{entry}: {part} is not in\n{}",
                answer.stdout
            );
        }
    }
}

#[test]
fn what_the_user_takes_out_breaks_no_example_that_is_built_in() {
    for entry in [
        "lex:tour-noun-tour owl:deprecated true .",
        "concept:espionage ch:trigger \"snuffling\" .",
        "mine:wharf a schema:City ; skos:prefLabel \"Sandwharf\"@en ; ch:inCountry country:PE .",
    ] {
        let folder = Folder::new();
        folder.write("mine.ttl", format!("{PREFIXES}{entry}\n"));
        let answer = folder.run(&["check", "--ontology", "mine.ttl"]);
        assert_eq!(answer.code, Some(0), "{entry}: {}", answer.stdout);
    }
    // Of a frame that the user gives, the examples still count.
    let mine = SIGNING
        .replace("lex:sign-verb-signing a", "lex:tour-noun-tour a")
        .replace("writtenRep \"sign\"", "writtenRep \"initial\"");
    let folder = Folder::new();
    folder.write("mine.ttl", mine);
    let answer = folder.run(&["check", "--ontology", "mine.ttl"]);
    assert_eq!(answer.code, Some(1), "{}", answer.stdout);
    assert!(
        answer
            .stdout
            .contains("the example yields no claim of `Signing`"),
        "{}",
        answer.stdout
    );
    assert!(!answer.stdout.contains("ontology/"), "{}", answer.stdout);
}

/// What `check` finds, as the names of the constraints with the nodes that break them.
fn broken(arguments: &[&str]) -> BTreeSet<(String, String)> {
    let folder = Folder::new();
    let answer = folder.run(&[&["check", "--format", "json"], arguments].concat());
    assert_eq!(answer.code, Some(1), "{}", answer.stderr);
    let report: Value = serde_json::from_str(&answer.stdout).expect("it is JSON");
    assert_eq!(report["conforms"], false);
    let results = report["results"].as_array().expect("it is a list").iter();
    let text = |value: &Value| value.as_str().expect("it is text").to_owned();
    let found = results.map(|result| {
        let shape = text(&result["shape"]);
        let name = shape.strip_prefix(SHAPES).expect("it is one of ours");
        (name.to_owned(), text(&result["focus"]))
    });
    found.collect()
}

#[test]
fn every_constraint_is_broken_by_the_node_of_its_name() {
    let file = |name: &str| root().join("tests/broken").join(name).display().to_string();
    let record = broken(&["--data", &file("record.ttl")]);
    for constraint in RECORD {
        let node = format!("https://example.org/broken/{}", constraint.name);
        assert!(
            record.contains(&(constraint.name.to_owned(), node)),
            "{}",
            constraint.name
        );
    }
    let knowledge = broken(&["--ontology", &file("knowledge.ttl")]);
    for constraint in KNOWLEDGE {
        let node = format!("https://w3id.org/chancery/broken/{}", constraint.name);
        assert!(
            knowledge.contains(&(constraint.name.to_owned(), node)),
            "{}",
            constraint.name
        );
    }
}

#[test]
fn shapes_and_constraints_have_the_same_names_and_messages() {
    let shapes = fs::read_to_string(root().join("ontology/shapes.ttl")).expect("it is text");
    let mut count = 0;
    for constraint in RECORD.iter().chain(KNOWLEDGE) {
        let opening = format!("\nshape:{}\n", constraint.name);
        let without = constraint
            .query
            .contains("\n# Not in ontology/shapes.ttl: ");
        assert_ne!(shapes.contains(&opening), without, "{}", constraint.name);
        if !without {
            let message = constraint.template().replace('"', "\\\"");
            let shape = shapes.split(&opening).nth(1).unwrap_or_default();
            let shape = shape.split("\n\t.\n").next().unwrap_or_default();
            assert!(
                shape.contains(&format!("sh:message \"{message}\"")),
                "{}",
                constraint.name
            );
            count += 1;
        }
    }
    assert_eq!(shapes.matches("\nshape:").count(), count);
    for (folder, constraints) in [("record", RECORD), ("knowledge", KNOWLEDGE)] {
        let files = fs::read_dir(root().join("queries/check").join(folder)).expect("it is there");
        assert_eq!(
            files.count(),
            constraints.len(),
            "a query of {folder} is not compiled in"
        );
        assert!(constraints.is_sorted_by_key(|constraint| constraint.name));
    }
}

#[test]
fn the_record_of_every_text_of_the_corpus_conforms() {
    let folder = Folder::new();
    for part in ["dev", "practice", "validation"] {
        let texts = root().join("tests/corpus").join(part);
        folder.done(&["load", texts.to_str().expect("its name is text")]);
    }
    let answer = folder.run(&["check"]);
    assert_eq!(answer.code, Some(0), "{}", answer.stdout);
}

#[test]
fn a_record_conforms_and_where_it_does_not_its_document_and_sentence_are_told() {
    let folder = Folder::new();
    folder.write(
        "visit.txt",
        "Chinese Foreign Minister Wang Yi visited Kenya on 3 May 2014. Norway accused Chile of spying.",
    );
    folder.done(&["load", "visit.txt"]);
    let answer = folder.run(&["check"]);
    assert_eq!(answer.code, Some(0), "{}", answer.stdout);
    assert_eq!(answer.stdout, "");
    assert!(
        answer.stderr.contains("nothing is wrong"),
        "{}",
        answer.stderr
    );
    let report = folder.done(&["check", "--format", "ttl"]);
    assert!(
        report.contains("sh:ValidationReport") || report.contains("shacl#ValidationReport"),
        "{report}"
    );

    let quads = folder.done(&["export", "--format", "nq"]);
    let without: String = quads
        .split_inclusive('\n')
        .filter(|line| !line.contains("chancery#destination>"))
        .collect();
    folder.write("broken.nq", without);
    let answer = folder.run(&["check", "--data", "broken.nq"]);
    assert_eq!(answer.code, Some(1));
    for part in [
        ": the visit has no destination\n",
        "\n  document: https://chancery.invalid/document/visit\n",
        "\n  sentence: Chinese Foreign Minister Wang Yi visited Kenya on 3 May 2014.\n",
    ] {
        assert!(answer.stdout.contains(part), "{part}: {}", answer.stdout);
    }
    let report = folder.run(&["check", "--data", "broken.nq", "--format", "ttl"]);
    assert_eq!(report.code, Some(1));
    assert!(
        report.stdout.contains("shape/visit-destination"),
        "{}",
        report.stdout
    );
}

#[test]
fn what_cannot_be_checked_is_told() {
    let folder = Folder::new();
    folder.write("bad.nq", "<a:b> <a:c> .\n");
    folder.write("data.csv", "");
    for (file, part) in [
        ("bad.nq", "line 1, column "),
        ("data.csv", "its name does not tell its format"),
        ("nowhere.ttl", "there is no such file or folder"),
    ] {
        let answer = folder.run(&["check", "--data", file]);
        assert_eq!(answer.code, Some(2), "{file}");
        assert!(answer.stderr.contains(part), "{file}: {}", answer.stderr);
    }
    // A store that is named must be there; without a name the knowledge is all there is.
    let answer = folder.run(&["--store", "nosuch.db", "check"]);
    assert_eq!(answer.code, Some(2), "{}", answer.stdout);
    assert!(answer.stderr.contains("nosuch.db"), "{}", answer.stderr);
    assert_eq!(folder.run(&["check"]).code, Some(0));
}
