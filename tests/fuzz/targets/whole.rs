//! A text goes all the way: its graph leaves in every format and comes back the same.
#![no_main]

use std::sync::LazyLock;

use chancery::graph::{Base, Identity};
use chancery::knowledge::{self, Knowledge};
use chancery::pipeline;
use chancery::store::{Error, Format, Selection, Store};
use libfuzzer_sys::fuzz_target;

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| knowledge::load(&[]).0);

const FORMATS: [Format; 6] = [
    Format::Turtle,
    Format::NTriples,
    Format::NQuads,
    Format::TriG,
    Format::RdfXml,
    Format::JsonLd,
];

fuzz_target!(|text: &[u8]| {
    let Ok(reading) = pipeline::read(text, &KNOWLEDGE) else {
        return;
    };
    let base = Base::default();
    let iri = base.identify(&reading.document.metadata, "fuzz");
    let identity = Identity::new(iri, text);
    let (graph, _) = reading.graph(&KNOWLEDGE, &base, &identity);
    let store = Store::in_memory().expect("memory is there");
    store.replace(&graph).expect("it can be kept");
    for format in FORMATS {
        let mut written = Vec::new();
        match store.export(format, &Selection::default(), &mut written) {
            Ok(_) => {}
            Err(Error::Misfit(_)) if format == Format::RdfXml => continue,
            Err(error) => panic!("{format:?}: {error}"),
        }
        let copy = Store::in_memory().expect("memory is there");
        copy.import(format, &written, Some(&graph.document)).expect("it is read back");
        let mut triples = copy.triples(&graph.document).expect("it is there");
        triples.sort_by_cached_key(ToString::to_string);
        assert_eq!(triples, graph.triples, "{format:?}");
    }
});
