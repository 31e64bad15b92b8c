//! What is found against gold: kinds that the gold names, and classes of a user's own.

use serde_json::Value as Json;

use crate::support::Folder;

/// An event type as a user would add it.
const RECOGNITION: &str = r#"
@prefix ch: <https://w3id.org/chancery#> .
@prefix frame: <https://w3id.org/chancery/frame/> .
@prefix lex: <https://w3id.org/chancery/lexicon/> .
@prefix lexinfo: <http://www.lexinfo.net/ontology/3.0/lexinfo#> .
@prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

ch:Recognition a owl:Class ; ch:identifiedBy ch:recogniser , ch:recognised ; ch:requires ch:recogniser , ch:recognised ;
	ch:statusWhen [ ch:modality "past" ; ch:notation "occurred" ] , [ ch:modality "future" ; ch:notation "planned" ] .
ch:recogniser a owl:ObjectProperty ; rdfs:domain ch:Recognition ; ch:accepts "country" , "person" .
ch:recognised a owl:ObjectProperty ; rdfs:domain ch:Recognition ; ch:accepts "country" .

frame:recognising a ch:Frame ; ch:evokes ch:Recognition ;
	ch:argument
		[ ch:role ch:recogniser ; ch:path ( "nsubj" ) ; ch:required true ] ,
		[ ch:role ch:recognised ; ch:path ( "obj" ) ; ch:required true ] ;
	ch:example [ ch:text "Fiji recognised Kosovo." ; ch:yields "recogniser: Fiji" , "recognised: Kosovo" ] ;
	ch:counterExample "The mayor recognised the tune." .

lex:recognise-verb-recognising a ontolex:Word ; ontolex:canonicalForm [ ontolex:writtenRep "recognise"@en ] ;
	lexinfo:partOfSpeech lexinfo:verb ; ontolex:evokes frame:recognising .
"#;

const TEXT: &str = "---
title: Recognitions
date: 2010-01-05
---

Norway and Sweden recognised Kosovo in March 2008. Panama will recognise Armenia. The two sides never spoke of Chad.
";

const GOLD: &str = r#"{"Recognition": [
  {"recogniser": [["NO", "Norway"], ["SE", "Sweden"]], "recognised": [["XK", "Kosovo"]], "start": ["2008-03"], "status": ["planned"],
   "quotes": ["Norway and Sweden recognised Kosovo"]},
  {"recogniser": [["TD", "Chad"]], "recognised": [["Kosovo"]], "quotes": ["The two sides never spoke of Chad"]}
]}"#;

fn folder(gold: &str) -> Folder {
    let folder = Folder::new();
    folder.write("mine.ttl", RECOGNITION);
    folder.write("gold/one.txt", TEXT);
    folder.write("gold/one.gold.json", gold);
    folder
}

#[test]
fn a_class_of_ones_own_is_measured_by_what_tells_its_claims_apart() {
    let answer = folder(GOLD).done(&[
        "--ontology",
        "mine.ttl",
        "evaluate",
        "gold",
        "--misses",
        "--format",
        "json",
    ]);
    let answer: Json = serde_json::from_str(&answer).expect("it is JSON");
    let figures = &answer["Recognition"];
    // Norway and Sweden are right, Panama is no gold, Chad is not found.
    let near = |name: &str, wanted: f64| {
        let figure = figures[name].as_f64().expect("it is a number");
        assert!((figure - wanted).abs() < 1e-9, "{name}: {figures}");
    };
    near("precision", 2.0 / 3.0);
    near("recall", 2.0 / 3.0);
    assert_eq!(figures["gold"], 3);
    assert_eq!(figures["slots"]["start"], 1.0);
    assert_eq!(figures["slots"]["status"], 0.0);
    // What the gold does not name was not looked for.
    assert_eq!(answer["mean_f1"], figures["f1"]);
    assert!(answer["visits"].is_null(), "{answer}");
    let misses: Vec<&str> = (answer["misses"].as_array().expect("it is a list").iter())
        .filter_map(|miss| miss["what"].as_str())
        .collect();
    assert_eq!(
        misses,
        [
            "Recognition: recognised Armenia, recogniser Panama",
            "Recognition: recognised Kosovo, recogniser TD"
        ]
    );
}

#[test]
fn what_the_ontology_does_not_know_is_named() {
    let stray = folder(r#"{"Recognition": [], "Recognitions": []}"#);
    let answer = stray.run(&["--ontology", "mine.ttl", "evaluate", "gold"]);
    assert_eq!(answer.code, Some(2));
    let message = "`Recognitions` is neither a kind of record nor a class of the ontology, which has Accusation, Denial, Project, Recognition, Visit";
    assert!(answer.stderr.contains(message), "{}", answer.stderr);

    let stray = folder(r#"{"Recognition": [{"quotes": [], "recognizer": [["NO"]]}]}"#);
    let answer = stray.run(&["--ontology", "mine.ttl", "evaluate", "gold"]);
    let message = "`recognizer` is no property of `Recognition`";
    assert!(answer.stderr.contains(message), "{}", answer.stderr);
}
