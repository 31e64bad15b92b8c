//! The first four promises and the sixth; the fifth, that the vocabulary is data, is tested with the lexicon.

use std::collections::BTreeMap;

use chancery::store::{Store, plain};
use oxigraph::model::{NamedOrBlankNode, Triple};
use oxigraph::sparql::QueryResults;

use crate::support::{Folder, TEXT, graph, reading};

const CH: &str = "https://w3id.org/chancery#";
const NIF: &str = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#";

const EDITION_ONE: &str = "---\ntitle: One\ndate: 2022-01-28\n---\n\nForeign Minister Wang Yi visited Kenya on Thursday.\n";
const EDITION_TWO: &str =
    "---\ntitle: One\ndate: 2022-01-28\n---\n\nPresident Uhuru Kenyatta of Kenya stayed at home.\n";

/// The triples by subject.
fn by_subject(triples: &[Triple]) -> BTreeMap<String, Vec<&Triple>> {
    let mut subjects: BTreeMap<String, Vec<&Triple>> = BTreeMap::new();
    for triple in triples {
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else {
            panic!("{triple} has no IRI");
        };
        subjects
            .entry(subject.as_str().to_owned())
            .or_default()
            .push(triple);
    }
    subjects
}

/// The values of a property in the triples of one subject.
fn values(triples: &[&Triple], property: &str) -> Vec<String> {
    let of_property = triples
        .iter()
        .filter(|triple| triple.predicate.as_str() == property);
    of_property.map(|triple| plain(&triple.object)).collect()
}

#[test]
fn every_fact_leads_to_its_document_its_characters_and_their_sentence() {
    let graph = graph();
    let subjects = by_subject(&graph.triples);
    let facts =
        ["OfficeHolding", "Visit", "Accusation", "Denial"].map(|class| format!("{CH}{class}"));
    let mut found = 0;
    for (subject, triples) in &subjects {
        let types = values(triples, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type");
        if !types.iter().any(|class| facts.contains(class)) {
            continue;
        }
        found += 1;
        assert_eq!(
            values(triples, "http://www.w3.org/ns/prov#hadPrimarySource"),
            [graph.document.as_str()],
            "{subject}"
        );
        let evidence = values(triples, &format!("{CH}evidence"));
        assert!(!evidence.is_empty(), "{subject}");
        for span in evidence {
            let words = values(&subjects[&span], &format!("{NIF}anchorOf"));
            for sentence in values(&subjects[&span], &format!("{NIF}sentence")) {
                let sentence = values(&subjects[&sentence], &format!("{NIF}anchorOf"));
                assert!(
                    sentence[0].contains(&words[0]),
                    "{subject}: {words:?} in {sentence:?}"
                );
            }
        }
    }
    assert_eq!(found, 5);
}

#[test]
fn every_span_says_what_its_characters_are() {
    let graph = graph();
    let (document, ..) = reading();
    let characters: Vec<char> = document.body.chars().collect();
    assert!(
        TEXT.ends_with(&document.body),
        "the body is as it is in the file"
    );
    let mut spans = 0;
    for (subject, triples) in &by_subject(&graph.triples) {
        let Some((_, offsets)) = subject.split_once("#char=") else {
            continue;
        };
        let number = |property: &str| {
            values(triples, &format!("{NIF}{property}"))[0]
                .parse::<usize>()
                .expect("it is a number")
        };
        let (start, end) = (number("beginIndex"), number("endIndex"));
        assert_eq!(offsets, format!("{start},{end}"));
        let written: String = characters[start..end].iter().collect();
        for said in values(triples, &format!("{NIF}anchorOf")) {
            assert_eq!(said, written);
            spans += 1;
        }
        for said in values(triples, &format!("{NIF}isString")) {
            assert_eq!(said, written);
        }
    }
    assert!(spans > 8, "{spans}");
}

#[test]
fn a_accuses_and_b_denies_is_one_query() {
    let store = Store::in_memory().expect("memory is there");
    store.replace(&graph()).expect("it can be kept");
    let QueryResults::Solutions(rows) = store
        .query(include_str!("../../queries/accusations.rq"))
        .expect("it is a query")
    else {
        panic!("it gives rows");
    };
    let rows: Vec<BTreeMap<String, String>> = rows
        .map(|row| {
            let row = row.expect("the store can be read");
            row.iter()
                .map(|(name, term)| (name.as_str().to_owned(), plain(term)))
                .collect()
        })
        .collect();
    assert_eq!(rows.len(), 1, "{rows:#?}");
    for (column, expected) in [
        ("speaker", "foreign minister"),
        ("accuser", "foreign minister"),
        ("accuserCountry", "KP"),
        ("accused", "North Korea"),
        ("accusedCountry", "KP"),
        ("charge", "violate human rights"),
        ("topic", "human-rights"),
        ("deniedBy", "North Korea"),
        ("deniedByCountry", "KP"),
    ] {
        assert_eq!(
            rows[0].get(column).map(String::as_str),
            Some(expected),
            "{column}"
        );
    }
}

#[test]
fn loading_twice_changes_nothing() {
    let folder = Folder::new();
    folder.write("one.txt", EDITION_ONE);
    folder.write("two.txt", TEXT);
    folder.done(&["load", "one.txt", "two.txt"]);
    let first = folder.done(&["export"]);
    let again = folder.run(&["load", "two.txt", "one.txt"]);
    assert!(
        again.stderr.contains("unchanged `one.txt`"),
        "{}",
        again.stderr
    );
    assert_eq!(folder.done(&["export"]), first);
    assert_eq!(
        folder.done(&["export", "--format", "nq"]),
        folder.done(&["export", "--format", "nq"])
    );
}

#[test]
fn loading_an_edited_text_replaces_what_it_said() {
    let folder = Folder::new();
    folder.write("one.txt", EDITION_ONE);
    folder.done(&["load", "one.txt"]);
    folder.write("one.txt", EDITION_TWO);
    let answer = folder.run(&["load", "one.txt"]);
    assert!(
        answer.stderr.contains("replaced `one.txt`"),
        "{}",
        answer.stderr
    );
    assert!(!answer.stderr.contains("warning"), "{}", answer.stderr);
    let replaced = folder.done(&["export"]);
    assert!(!replaced.contains("Wang"), "{replaced}");
    // It is as if the first edition had never been.
    assert_eq!(
        replaced,
        folder.done(&["--store", "other.db", "extract", "one.txt"])
    );
}

#[test]
fn forget_removes_all_of_a_document_and_nothing_of_others() {
    let folder = Folder::new();
    folder.write("one.txt", EDITION_ONE);
    folder.write("two.txt", EDITION_TWO);
    folder.done(&["load", "one.txt"]);
    let before = folder.done(&["export", "--format", "nq"]);
    folder.done(&["load", "two.txt"]);
    folder.done(&["forget", "https://chancery.invalid/document/two"]);
    assert_eq!(folder.done(&["export", "--format", "nq"]), before);
    folder.done(&["forget", "one"]);
    assert_eq!(folder.done(&["export", "--format", "nq"]), "");
    assert_eq!(
        folder.done(&["query", "-e", "SELECT ?s { ?s ?p ?o }", "--format", "csv"]),
        "s\r\n"
    );
}

#[test]
fn the_same_text_gives_the_same_bytes_wherever_it_lies() {
    let folder = Folder::new();
    folder.write("here/one.txt", EDITION_ONE);
    folder.write("there/one.txt", EDITION_ONE);
    assert_eq!(
        folder.done(&["extract", "here/one.txt"]),
        folder.done(&["extract", "there/one.txt"])
    );
    let windows = EDITION_ONE.replace('\n', "\r\n");
    folder.write("windows.txt", format!("\u{feff}{windows}"));
    folder.done(&["extract", "windows.txt"]);
}

#[test]
fn no_facts_are_said_to_be_none() {
    let folder = Folder::new();
    folder.write("poem.txt", "---\ndate: 2022\n---\n\nRoses are red.\n");
    let answer = folder.run(&["load", "poem.txt"]);
    assert_eq!(answer.code, Some(0));
    assert_eq!(
        answer.stderr,
        "loaded `poem.txt` as <https://chancery.invalid/document/poem>: 0 facts\n"
    );
}

#[test]
fn a_crash_at_any_moment_leaves_each_document_wholly_in_or_out() {
    let folder = Folder::new();
    folder.write("texts/one.txt", EDITION_ONE);
    folder.write("texts/two.txt", EDITION_TWO);
    let whole = |document: &str| folder.done(&["extract", &format!("texts/{document}.txt")]);
    let expected = [whole("one"), whole("two")];
    for milliseconds in [1, 20, 60, 90, 120, 150, 180, 240, 400] {
        let store = format!("{milliseconds}.db");
        let mut load = folder
            .command(&["--store", &store, "load", "-q", "texts"])
            .spawn()
            .expect("the program starts");
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        // It may be done already.
        let _ = load.kill();
        load.wait().expect("it ends");
        for (document, expected) in ["one", "two"].iter().zip(&expected) {
            let answer = folder.run(&["--store", &store, "export", "--document", document]);
            match answer.code {
                Some(0) => assert_eq!(answer.stdout, *expected, "after {milliseconds} ms"),
                Some(1) => assert!(
                    answer.stderr.contains("the store has no document"),
                    "{}",
                    answer.stderr
                ),
                _ => assert!(
                    answer.stderr.contains("there is no store at"),
                    "{}",
                    answer.stderr
                ),
            }
        }
        folder.done(&["--store", &store, "load", "texts"]);
        assert_eq!(
            folder.done(&["--store", &store, "export", "--document", "two"]),
            expected[1]
        );
    }
}
