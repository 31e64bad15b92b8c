//! A query is answered from a small record, refused, or stopped.
#![no_main]

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::thread;
use std::time::Duration;

use chancery::graph::{Base, Identity};
use chancery::knowledge;
use chancery::pipeline;
use chancery::store::{CancellationToken, Store};
use libfuzzer_sys::fuzz_target;
use oxigraph::sparql::QueryResults;

static STORE: LazyLock<Store> = LazyLock::new(|| {
    let (knowledge, _) = knowledge::load(&[]);
    let text = b"Wang Yi visited Kenya on Monday.";
    let reading = pipeline::read(text, &knowledge).expect("a text");
    let base = Base::default();
    let identity = Identity::new(base.document("a"), text);
    let (graph, _) = reading.graph(&knowledge, &base, &identity);
    let store = Store::in_memory().expect("memory is there");
    store.replace(&graph).expect("it can be kept");
    store
});

/// Rows that are looked at.
const ROWS: usize = 200;

fuzz_target!(|query: &str| {
    // Looked up before the clock starts.
    let store = &*STORE;
    let stop = CancellationToken::new();
    let timer = stop.clone();
    thread::spawn(move || {
        thread::sleep(Duration::from_millis(500));
        timer.cancel();
    });
    match store.query_with(query, &BTreeMap::new(), stop) {
        Ok(QueryResults::Solutions(rows)) => _ = rows.take(ROWS).count(),
        Ok(QueryResults::Graph(triples)) => _ = triples.take(ROWS).count(),
        Ok(QueryResults::Boolean(_)) | Err(_) => {}
    }
});
