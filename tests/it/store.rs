use std::collections::BTreeSet;

use chancery::graph::Graph;
use chancery::store::{Error, OFFICIALS, Replaced, Store};
use oxigraph::model::{NamedNode, Triple};
use oxigraph::sparql::QueryResults;

use crate::support::{Folder, graph};

/// The same record under another name: another document that says the same of what documents share.
fn renamed(graph: &Graph, name: &str) -> Graph {
    let document = NamedNode::new_unchecked(format!("https://chancery.invalid/document/{name}"));
    let rename = |triple: &Triple| {
        let line = triple
            .to_string()
            .replace(graph.document.as_str(), document.as_str());
        let parser = oxigraph::io::RdfParser::from_format(oxigraph::io::RdfFormat::NTriples);
        let quad = parser.for_slice(format!("{line} .").as_bytes()).next();
        quad.expect("it is one triple")
            .expect("it is a triple")
            .into()
    };
    let triples = graph.triples.iter().map(rename).collect();
    Graph { document, triples }
}

fn count(store: &Store, query: &str) -> usize {
    match store.query(query).expect("it is a query") {
        QueryResults::Solutions(rows) => {
            let rows: Result<Vec<_>, _> = rows.collect();
            rows.expect("the store can be read").len()
        }
        _ => panic!("it gives rows"),
    }
}

#[test]
fn the_store_gives_back_what_the_graph_said() {
    let store = Store::in_memory().expect("memory is there");
    let graph = graph();
    assert_eq!(
        store.replace(&graph).expect("it can be kept"),
        Replaced::Added
    );
    let kept: BTreeSet<String> = store
        .triples(&graph.document)
        .expect("it is there")
        .iter()
        .map(ToString::to_string)
        .collect();
    let said: BTreeSet<String> = graph.triples.iter().map(ToString::to_string).collect();
    assert_eq!(kept, said, "the store writes some literals in another way");
    assert_eq!(
        store.replace(&graph).expect("it can be kept again"),
        Replaced::Unchanged
    );
}

#[test]
fn what_two_documents_share_is_counted_once_and_stays_until_both_are_forgotten() {
    let store = Store::in_memory().expect("memory is there");
    let one = graph();
    let two = renamed(&one, "two");
    store.replace(&one).expect("it can be kept");
    store.replace(&two).expect("it can be kept");
    let countries = "SELECT * WHERE { ?country a schema:Country ; rdfs:label ?label }";
    assert_eq!(count(&store, countries), 1);
    assert_eq!(count(&store, "SELECT * WHERE { ?visit a ch:Visit }"), 2);
    assert_eq!(
        count(
            &store,
            "SELECT ?visit WHERE { GRAPH <https://chancery.invalid/document/two> { ?visit a ch:Visit } }"
        ),
        1
    );
    assert!(store.forget(&one.document).expect("it can be forgotten"));
    assert!(!store.forget(&one.document).expect("it was"));
    assert_eq!(count(&store, countries), 1);
    assert_eq!(count(&store, "SELECT * WHERE { ?visit a ch:Visit }"), 1);
    store.forget(&two.document).expect("it can be forgotten");
    assert_eq!(count(&store, "SELECT * WHERE { ?s ?p ?o }"), 0);
    assert!(store.documents().expect("it can be read").is_empty());
}

#[test]
fn an_edited_document_leaves_nothing_of_the_one_before() {
    let store = Store::in_memory().expect("memory is there");
    let graph = graph();
    store.replace(&graph).expect("it can be kept");
    let shorter = Graph {
        triples: graph
            .triples
            .iter()
            .filter(|triple| !triple.to_string().contains("visit"))
            .cloned()
            .collect(),
        ..graph.clone()
    };
    assert!(shorter.triples.len() < graph.triples.len());
    assert_eq!(
        store.replace(&shorter).expect("it can be kept"),
        Replaced::Changed
    );
    assert_eq!(
        count(&store, "SELECT * WHERE { ?s ?p ?o }"),
        shorter.triples.len()
    );
}

#[test]
fn a_summary_counts_people_and_claims() {
    let store = Store::in_memory().expect("memory is there");
    let graph = graph();
    store.replace(&graph).expect("it can be kept");
    let summary = store
        .summary(&graph.document)
        .expect("it can be read")
        .expect("it is there");
    let expected = [
        ("Accusation", 1),
        ("Denial", 1),
        (OFFICIALS, 2),
        ("Visit", 1),
    ];
    assert_eq!(
        summary.counts,
        expected
            .map(|(class, count)| (class.to_owned(), count))
            .into()
    );
    assert_eq!(summary.date.as_deref(), Some("2014-10-27"));
    let other = NamedNode::new_unchecked("https://chancery.invalid/document/other");
    assert_eq!(store.summary(&other).expect("it can be read"), None);
}

#[test]
fn readers_share_a_store_and_a_writer_has_it_alone() {
    let folder = Folder::new();
    let path = folder.path("store");
    assert!(matches!(
        Store::open_read_only(&path),
        Err(Error::Missing(_))
    ));
    let writer = Store::open(&path).expect("it can be made");
    assert!(matches!(Store::open(&path), Err(Error::InUse(..))));
    assert!(matches!(
        Store::open_read_only(&path),
        Err(Error::InUse(..))
    ));
    drop(writer);
    let readers = [
        Store::open_read_only(&path).expect("one reads"),
        Store::open_read_only(&path).expect("two read"),
    ];
    assert!(matches!(Store::open(&path), Err(Error::InUse(..))));
    drop(readers);
    Store::open(&path).expect("it is free");
}

#[test]
fn what_is_no_store_is_left_alone() {
    let folder = Folder::new();
    folder.write("file", "");
    folder.write("letters/one.txt", "Dear");
    for open in [Store::open, Store::open_read_only] {
        assert!(matches!(open(&folder.path("file")), Err(Error::IsFile(_))));
        assert!(matches!(
            open(&folder.path("letters")),
            Err(Error::IsOther(_))
        ));
    }
    let left: Vec<_> = std::fs::read_dir(folder.path("letters"))
        .expect("it is there")
        .collect();
    assert_eq!(left.len(), 1);
}
