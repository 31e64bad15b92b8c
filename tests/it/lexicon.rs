//! The lexicon: each frame is tried on the sentences that it gives itself, and a user's file adds an event type.

use std::fmt::Write as _;
use std::fs;

use chancery::check;
use chancery::knowledge::{self, Error, Knowledge, Source};

use crate::support::{Folder, root};

/// A kind of event that the built-in ontology does not have, as a user would add it.
pub(crate) const SIGNING: &str = r#"
@prefix ch: <https://w3id.org/chancery#> .
@prefix frame: <https://w3id.org/chancery/frame/> .
@prefix lex: <https://w3id.org/chancery/lexicon/> .
@prefix lexinfo: <http://www.lexinfo.net/ontology/3.0/lexinfo#> .
@prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix words: <https://w3id.org/chancery/words/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

ch:Signing a owl:Class ; skos:prefLabel "signing"@en ; skos:definition "That a treaty is signed."@en ;
	ch:identifiedBy ch:instrument ; ch:requires ch:signatory ;
	ch:statusWhen [ ch:modality "past" ; ch:notation "occurred" ] , [ ch:modality "future" ; ch:notation "planned" ] .
ch:signatory a owl:ObjectProperty ; skos:prefLabel "signatory"@en ; skos:definition "Who signs."@en ;
	rdfs:domain ch:Signing ; ch:accepts "country" , "organisation" , "person" .
ch:instrument a owl:DatatypeProperty ; skos:prefLabel "instrument"@en ; skos:definition "What is signed."@en ;
	rdfs:domain ch:Signing ; rdfs:range xsd:string .

words:treaty-noun a ch:WordClass ; ch:lemma "accord" , "convention" , "treaty" .

frame:signing a ch:Frame ; ch:evokes ch:Signing ;
	ch:argument
		[ ch:role ch:signatory ; ch:path ( "nsubj" "obl(with)" ) ; ch:required true ] ,
		[ ch:role ch:instrument ; ch:path ( "obj" ) ; ch:required true ; ch:head words:treaty-noun ] ;
	ch:example [ ch:text "Norway and Chile signed a fisheries treaty." ;
		ch:yields "signatory: Norway" , "signatory: Chile" , "instrument: fisheries treaty" , "status: occurred" ] ;
	ch:counterExample "Norway signed a footballer from Chile." .

lex:sign-verb-signing a ontolex:Word ; ontolex:canonicalForm [ ontolex:writtenRep "sign"@en ] ;
	lexinfo:partOfSpeech lexinfo:verb ; ontolex:evokes frame:signing .
"#;

/// What `check` finds wrong with knowledge, a line each.
fn found(knowledge: &Knowledge, errors: &[Error]) -> String {
    let findings = check::knowledge(knowledge, errors).expect("memory takes it");
    let mut told = String::new();
    for finding in findings {
        let (place, focus, value) = (finding.place, finding.focus, finding.value);
        let _ = writeln!(told, "{place:?} {focus} {}: {value:?}", finding.message);
        for note in finding.notes {
            let _ = writeln!(told, "  {note}");
        }
    }
    told
}

#[test]
fn the_built_in_knowledge_hangs_together_and_every_frame_keeps_to_its_examples() {
    let (knowledge, errors) = knowledge::load(&[]);
    assert!(knowledge.lexicon.frames.len() > 100);
    let found = found(&knowledge, &errors);
    assert!(found.is_empty(), "{found}");
}

#[test]
fn each_worked_addition_keeps_to_its_examples_and_its_query_asks_for_what_it_finds() {
    for (name, text) in [
        ("agreements", "Norway and Chile signed a fisheries treaty."),
        ("expulsions", "Norway expelled two Russian diplomats."),
        ("sanctions", "Norway imposed an embargo on Chile."),
    ] {
        let file = |ending: &str| {
            let path = root().join(format!("ontology/examples/{name}.{ending}"));
            path.to_str().expect("its name is text").to_owned()
        };
        let source = Source {
            name: format!("{name}.ttl"),
            recorded: format!("{name}.ttl"),
            text: fs::read_to_string(file("ttl")).expect("it is text"),
        };
        let (knowledge, errors) = knowledge::load(&[source]);
        let found = found(&knowledge, &errors);
        assert!(found.is_empty(), "{found}");

        let folder = Folder::new();
        folder.write("text.txt", text);
        folder.done(&["--ontology", &file("ttl"), "load", "text.txt"]);
        let rows = folder.done(&["query", &file("rq"), "--format", "csv"]);
        assert!(rows.lines().count() > 1, "{name}: {rows}");
    }
}

#[test]
fn an_entry_that_evokes_nothing_is_told() {
    let source = |text: &str| Source {
        name: "mine.ttl".to_owned(),
        recorded: "mine.ttl".to_owned(),
        text: text.to_owned(),
    };
    let stray = SIGNING.replace(
        "ontolex:evokes frame:signing",
        "ontolex:evokes frame:singing",
    );
    let (_, errors) = knowledge::load(&[source(&stray)]);
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    let line = stray.lines().position(|line| line.starts_with("lex:"));
    assert_eq!(errors[0].file, "mine.ttl");
    assert_eq!(errors[0].position, line.map(|line| (line + 1, 1)));
    assert_eq!(
        messages,
        ["it evokes `https://w3id.org/chancery/frame/singing`, which no file defines"]
    );
}

#[test]
fn a_file_of_turtle_adds_an_event_type() {
    let source = Source {
        name: "signing.ttl".to_owned(),
        recorded: "signing.ttl".to_owned(),
        text: SIGNING.to_owned(),
    };
    let (knowledge, errors) = knowledge::load(&[source]);
    assert_eq!(errors, []);
    assert_eq!(found(&knowledge, &errors), "");

    let folder = Folder::new();
    folder.write("mine/signing.ttl", SIGNING);
    folder.write("text.txt", "Norway and Chile signed a fisheries treaty.");
    folder.done(&["--ontology", "mine", "load", "text.txt"]);
    let query = "SELECT ?what ?who { ?signing a ch:Signing ; ch:instrument ?what ; ch:signatory/rdfs:label ?who } ORDER BY ?who";
    assert_eq!(
        folder.done(&["query", "-e", query, "--format", "csv"]),
        "what,who\r\nfisheries treaty,Chile\r\nfisheries treaty,Norway\r\n"
    );
}
