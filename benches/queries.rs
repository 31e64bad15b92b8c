//! What the named queries cost in a large store:
//!
//! ```text
//! cargo bench --locked --bench queries [-- DOCUMENTS]
//! ```
//!
//! Reads 500 made-up news items, and writes copies of their records under names of their own, as many documents as are asked for (5,000
//! unless said, for a quick look; 100,000 for figures to publish, with 10 GB of disk and half an hour), to a new store in the folder for
//! temporary files, which it then compacts. Reading that many texts would take hours and give queries no more to do, except that there
//! would be more names: here each name is that of as many documents as there are copies.
//!
//! Asks each query with each of its parameters set, to what some of the record has, and those without parameters as they are. Prints
//! milliseconds to the last row, how many rows there are and microseconds a row, the slowest first; the fastest of three. `--all` asks all of them without
//! parameters, too, which gives the whole record.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::collections::BTreeMap;
use std::time::Instant;

use chancery::graph::Graph;
use chancery::knowledge::{self, Knowledge};
use chancery::store::{
    BATCH, CancellationToken, Kind, Parameter, QUERIES, Store, parameters, plain,
};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{Literal, NamedNode, Term, Triple};
use oxigraph::sparql::QueryResults;
use tempfile::TempDir;

use records::copy;

mod generate;
mod records;

const SEED: u64 = 11;

/// How many items are read.
const READ: usize = 500;

const PASSES: usize = 3;

fn main() {
    let documents = std::env::args().find_map(|argument| argument.parse().ok());
    let documents: usize = documents.unwrap_or(5_000);
    let all = std::env::args().any(|argument| argument == "--all");
    let folder = TempDir::new().expect("there is a folder for temporary files");
    let path = folder.path().join("store");
    let (knowledge, _) = knowledge::load(&[]);
    let originals: Vec<Graph> = (0..READ.min(documents))
        .map(|number| read(number, &knowledge))
        .collect();
    let store = Store::open(&path).expect("it can be made");
    write(&originals, documents, &store);
    store.compact().expect("it can be compacted");
    drop(store);

    let store = Store::open_read_only(&path).expect("it was written");
    let mut lines = Vec::new();
    for (name, text) in QUERIES {
        let parameters = parameters(text).expect("its head can be read");
        if all || parameters.is_empty() {
            let (time, rows) = ask(&store, text, &BTreeMap::new());
            lines.push((time, rows, (*name).to_owned()));
        }
        for parameter in parameters {
            let value = value(&parameter, &store, &originals[0]);
            let shown = format!("{name} --set {}={}", parameter.name, value);
            let value = match &parameter.kind {
                Kind::Document => NamedNode::new_unchecked(value).into(),
                _ => Literal::new_simple_literal(value).into(),
            };
            let (time, rows) = ask(&store, text, &BTreeMap::from([(parameter.name, value)]));
            lines.push((time, rows, shown));
        }
    }
    lines.sort_by(|one, other| other.0.total_cmp(&one.0));
    println!("{documents} documents: ms, rows, µs a row, query");
    for (time, rows, query) in lines {
        let each = 1000.0 * time / rows.max(1) as f64;
        println!("{time:9.1} {rows:9} {each:9.0} {query}");
    }
}

/// A value of the parameter that something of the record has.
fn value(parameter: &Parameter, store: &Store, original: &Graph) -> String {
    let value = match (&parameter.kind, parameter.name.as_str()) {
        (Kind::Country, _) => "KE",
        (Kind::Date, "until") => "1995-01",
        (Kind::Date, _) => "2024-12",
        (Kind::Words, "title") => "minister of trade",
        (Kind::Words, "called") => "railway bridge",
        (Kind::Words, _) => return family_name(original),
        (Kind::Number, _) => "1",
        (Kind::Document, _) => return copy(original, 0).document.into_string(),
        (Kind::Concept(property), _) => {
            let query = format!("SELECT ?it {{ ?fact ch:{property}/skos:notation ?it }} LIMIT 1");
            let Ok(QueryResults::Solutions(mut rows)) = store.query(&query) else {
                panic!("it gives rows");
            };
            let row = rows
                .next()
                .and_then(Result::ok)
                .expect("the record has one");
            return plain(&row[0]);
        }
    };
    value.to_owned()
}

/// The last word of the name of somebody of the record.
fn family_name(graph: &Graph) -> String {
    let person = |triple: &&Triple| {
        triple.predicate == rdf::TYPE && triple.object.to_string().ends_with("/Person>")
    };
    let people = graph.triples.iter().filter(person);
    let names = people.filter_map(|person| {
        let of_them = |triple: &&Triple| triple.subject == person.subject;
        let mut labels = (graph.triples.iter().filter(of_them))
            .filter(|triple| triple.predicate.as_str().ends_with("#prefLabel"));
        Some(plain(&labels.next()?.object))
    });
    let name = names.max().expect("somebody is named");
    name.split(' ').next_back().unwrap_or_default().to_owned()
}

/// The record of the item of that number.
fn read(number: usize, knowledge: &Knowledge) -> Graph {
    records::read(&generate::Item::new(SEED, number).to_string(), knowledge)
}

/// Writes copies, batch by batch.
fn write(originals: &[Graph], documents: usize, store: &Store) {
    let mut batch: Vec<Graph> = Vec::new();
    let mut triples = 0;
    for number in 0..documents {
        let original = &originals[number % originals.len()];
        batch.push(copy(original, number / originals.len()));
        triples += original.triples.len();
        if triples >= BATCH {
            store.replace_all(&batch).expect("they can be kept");
            batch.clear();
            triples = 0;
        }
    }
    store.replace_all(&batch).expect("they can be kept");
}

/// Milliseconds to the last row, and how many rows there are.
fn ask(store: &Store, text: &str, values: &BTreeMap<String, Term>) -> (f64, usize) {
    let pass = |_| {
        let start = Instant::now();
        let results = store.query_with(text, values, CancellationToken::new());
        let Ok(QueryResults::Solutions(rows)) = results else {
            panic!("it gives rows");
        };
        let rows = rows
            .inspect(|row| assert!(row.is_ok(), "the store can be read"))
            .count();
        (start.elapsed().as_secs_f64() * 1000.0, rows)
    };
    (0..PASSES)
        .map(pass)
        .reduce(|one, other| if one.0 < other.0 { one } else { other })
        .unwrap_or_default()
}
