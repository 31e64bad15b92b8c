use chancery::store::{Format, Store, write_triples};
use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser};
use oxigraph::model::{Quad, Triple};
use sophia::api::source::TripleSource as _;
use sophia::api::term::SimpleTerm;

use crate::support::graph;

type Triples = Vec<[SimpleTerm<'static>; 3]>;

fn store() -> Store {
    let store = Store::in_memory().expect("memory is there");
    store.replace(&graph()).expect("it can be kept");
    store
}

fn export(store: &Store, format: Format) -> String {
    let mut bytes = Vec::new();
    store
        .export(format, None, &mut bytes)
        .expect("memory takes all");
    String::from_utf8(bytes).expect("it is UTF-8")
}

#[test]
fn turtle_is_isomorphic_to_the_store() {
    let turtle = export(&store(), Format::Turtle);
    let mut lines = Vec::new();
    write_triples(Format::NTriples, graph().triples, &mut lines).expect("memory takes all");
    // sophia's parsers share no code with the writer of the lines, nor with the store.
    let written: Triples = sophia::turtle::parser::turtle::parse_str(&turtle)
        .collect_triples()
        .expect("it is Turtle");
    let lines = String::from_utf8(lines).expect("it is UTF-8");
    let kept: Triples = sophia::turtle::parser::nt::parse_str(&lines)
        .collect_triples()
        .expect("it is N-Triples");
    assert!(kept.len() > 100);
    assert!(sophia::isomorphism::isomorphic_graphs(&written, &kept).expect("memory does not fail"));
}

#[test]
fn every_format_says_the_same() {
    let store = store();
    let mut expected: Vec<String> = graph().triples.iter().map(ToString::to_string).collect();
    expected.sort();
    for (format, syntax) in [
        (Format::Turtle, RdfFormat::Turtle),
        (Format::NTriples, RdfFormat::NTriples),
        (Format::NQuads, RdfFormat::NQuads),
        (Format::TriG, RdfFormat::TriG),
        (Format::RdfXml, RdfFormat::RdfXml),
        (
            Format::JsonLd,
            RdfFormat::JsonLd {
                profile: JsonLdProfileSet::empty(),
            },
        ),
    ] {
        let written = export(&store, format);
        assert_eq!(written, export(&store, format), "{format:?}");
        let quads = RdfParser::from_format(syntax).for_slice(written.as_bytes());
        let quads: Vec<Quad> = quads
            .map(|quad| quad.unwrap_or_else(|error| panic!("{format:?}: {error}")))
            .collect();
        let own = matches!(format, Format::NQuads | Format::TriG);
        assert!(
            quads
                .iter()
                .all(|quad| quad.graph_name.is_default_graph() != own),
            "{format:?}"
        );
        let mut read: Vec<String> = quads
            .into_iter()
            .map(|quad| Triple::from(quad).to_string())
            .collect();
        read.sort();
        assert_eq!(read, expected, "{format:?}");
    }
}

#[test]
fn turtle_is_made_to_be_read() {
    let turtle = export(&store(), Format::Turtle);
    let declared: Vec<&str> = turtle
        .lines()
        .filter(|line| line.starts_with("PREFIX"))
        .collect();
    for line in &declared {
        let prefix = line.split_whitespace().nth(1).expect("it has a name");
        assert!(turtle.contains(&format!(" {prefix}")), "{line} is not used");
    }
    let mut sorted = declared.clone();
    sorted.sort_unstable();
    assert_eq!(declared, sorted);
    let subjects: Vec<&str> = turtle
        .lines()
        .filter(|line| line.starts_with('<'))
        .collect();
    assert!(
        subjects[0].starts_with("<https://chancery.invalid/document/sample> a "),
        "{}",
        subjects[0]
    );
    let starts: Vec<usize> = subjects
        .iter()
        .filter_map(|line| line.split_once("#char=")?.1.split_once(',')?.0.parse().ok())
        .collect();
    assert!(starts.is_sorted(), "{starts:?}");
    assert!(!turtle.contains("_:"));
}
