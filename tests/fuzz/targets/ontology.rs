//! A user's Turtle is read or refused, and whatever was read serves to read a text.
#![no_main]

use chancery::knowledge::{self, Source};
use chancery::pipeline;
use libfuzzer_sys::fuzz_target;

const HEAD: &str = "@prefix ch: <https://w3id.org/chancery#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix frame: <https://w3id.org/chancery/frame/> .
@prefix words: <https://w3id.org/chancery/words/> .
@prefix : <https://example.org/> .
";

fuzz_target!(|turtle: &str| {
    let source = Source {
        name: "fuzz.ttl".to_owned(),
        recorded: "fuzz.ttl".to_owned(),
        text: format!("{HEAD}{turtle}"),
    };
    let (knowledge, _) = knowledge::load(&[source]);
    let _ = pipeline::read(b"The minister banned Peru from Kenya.", &knowledge);
});
