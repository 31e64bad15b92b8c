use std::collections::BTreeSet;
use std::path::Path;

use chancery::graph::Graph;
use chancery::store::{Error, Format, OFFICIALS, Replaced, Selection, Store};
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

/// All that a store says, and how many triples its default graph holds.
fn content(store: &Store) -> (String, usize) {
    let mut written = Vec::new();
    store
        .export(Format::NQuads, &Selection::default(), &mut written)
        .expect("it can be written");
    let written = String::from_utf8(written).expect("it is text");
    (written, count(store, "SELECT * WHERE { ?s ?p ?o }"))
}

#[test]
fn a_store_is_the_same_however_many_documents_are_kept_at_once() {
    let one = graph();
    let two = renamed(&one, "two");
    let edited = |graph: &Graph| Graph {
        triples: graph.triples[..graph.triples.len() / 2].to_vec(),
        ..graph.clone()
    };
    let three = edited(&renamed(&one, "three"));
    // The second is edited later, within one batch or not; the last is known by then.
    let graphs = [
        one.clone(),
        two.clone(),
        three.clone(),
        edited(&two),
        one.clone(),
    ];
    let outcomes = [
        Replaced::Added,
        Replaced::Added,
        Replaced::Added,
        Replaced::Changed,
        Replaced::Unchanged,
    ];
    let folder = Folder::new();
    let mut contents = BTreeSet::new();
    for size in 1..=graphs.len() {
        let store = Store::open(&folder.path(&size.to_string())).expect("it can be made");
        let replaced: Vec<Replaced> = (graphs.chunks(size))
            .flat_map(|batch| store.replace_all(batch).expect("they can be kept"))
            .collect();
        assert_eq!(replaced, outcomes, "{size} at once");
        contents.insert(content(&store));
    }
    let in_memory = Store::in_memory().expect("memory is there");
    in_memory.replace_all(&graphs).expect("they can be kept");
    contents.insert(content(&in_memory));
    assert_eq!(contents.len(), 1);
    let said: BTreeSet<String> = [&one, &edited(&two), &three]
        .iter()
        .flat_map(|graph| &graph.triples)
        .map(ToString::to_string)
        .collect();
    let (_, default) = contents.pop_first().expect("there is one");
    assert_eq!(
        default,
        said.len(),
        "each triple is once in the default graph"
    );
}

#[test]
fn what_was_kept_is_there_when_the_store_is_opened_again() {
    let folder = Folder::new();
    let path = folder.path("store");
    let store = Store::open(&path).expect("it can be made");
    store
        .replace_all(&[graph(), renamed(&graph(), "two")])
        .expect("they can be kept");
    let before = content(&store);
    drop(store);
    let store = Store::open_read_only(&path).expect("it is there");
    assert_eq!(content(&store), before);
    assert_eq!(leftovers(&path), Vec::<String>::new());
}

/// The files in a store's folder that are called as the bulk loader calls its own.
fn leftovers(store: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(store).expect("it is there");
    let names = entries.map(|entry| {
        let name = entry.expect("it can be read").file_name();
        name.to_string_lossy().into_owned()
    });
    let mut names: Vec<String> = names.filter(|name| name.starts_with("bulk-")).collect();
    names.sort();
    names
}

#[test]
fn what_a_killed_program_has_left_behind_is_swept_by_the_next_that_writes() {
    let folder = Folder::new();
    let path = folder.path("store");
    drop(Store::open(&path).expect("it can be made"));
    let names = [
        "bulk-1.sst",
        "bulk-340282366920938463463374607431768211455.sst",
    ];
    let others = ["bulk-.sst", "bulk-1.sst.txt", "bulk-letters.sst"];
    for name in names.iter().chain(&others) {
        folder.write(&format!("store/{name}"), "unfinished");
    }
    drop(Store::open_read_only(&path).expect("it is there"));
    assert_eq!(leftovers(&path).len(), names.len() + others.len());
    drop(Store::open(&path).expect("it is there"));
    assert_eq!(leftovers(&path), others);
}
