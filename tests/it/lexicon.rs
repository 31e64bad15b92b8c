//! The lexicon: each frame is tried on the sentences that it gives itself, and a user's file adds an event type.

use std::fmt::Write as _;
use std::fs;

use chancery::claim::{Claim, Value};
use chancery::entity::{Entities, EntityId};
use chancery::knowledge::lexicon::{Abroad, Example, Frame};
use chancery::knowledge::vocabulary::Range;
use chancery::knowledge::{self, Knowledge, Source};
use chancery::pipeline::{self, Reading};
use chancery::text::Date;

use crate::support::{Folder, knowledge, root};

/// A kind of event that the built-in ontology does not have, as a user would add it.
const SIGNING: &str = r#"
@prefix ch: <https://w3id.org/chancery#> .
@prefix frame: <https://w3id.org/chancery/frame/> .
@prefix lex: <https://w3id.org/chancery/lexicon/> .
@prefix lexinfo: <http://www.lexinfo.net/ontology/3.0/lexinfo#> .
@prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix words: <https://w3id.org/chancery/words/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

ch:Signing a owl:Class ; ch:identifiedBy ch:instrument ; ch:requires ch:signatory ;
	ch:statusWhen [ ch:modality "past" ; ch:notation "occurred" ] , [ ch:modality "future" ; ch:notation "planned" ] .
ch:signatory a owl:ObjectProperty ; rdfs:domain ch:Signing ; ch:accepts "country" , "organisation" , "person" .
ch:instrument a owl:DatatypeProperty ; rdfs:domain ch:Signing ; rdfs:range xsd:string .

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

/// What fills a slot, in all the words that it goes by.
fn words(value: &Value, reading: &Reading, knowledge: &Knowledge) -> Vec<String> {
    match value {
        Value::Entity(id) => names(*id, &reading.entities, knowledge),
        Value::Concept(notation) => vec![notation.clone()],
        Value::Text(text) => vec![text.clone()],
        Value::Date(date) => vec![iso(*date)],
        Value::Claim(index) => vec![reading.claims[*index].class.clone()],
    }
}

/// Names and titles of a party, as written and as the gazetteer has them.
fn names(id: EntityId, entities: &Entities, knowledge: &Knowledge) -> Vec<String> {
    let entity = entities.get(id);
    let mut names = vec![entity.name.clone()];
    names.extend(entity.aliases.iter().cloned());
    names.extend(entity.offices.iter().map(|office| office.title.clone()));
    let entry = entity.gazetteer.as_deref();
    names.extend(
        entry
            .and_then(|iri| knowledge.gazetteer.entry(iri))
            .map(|entry| entry.label.clone()),
    );
    names.retain(|name| !name.is_empty());
    names.dedup();
    names
}

fn iso(date: Date) -> String {
    let part = |part: Option<u8>| part.map_or(String::new(), |number| format!("-{number:02}"));
    format!("{:04}{}{}", date.year, part(date.month), part(date.day))
}

/// Whether a claim has a slot: a party by any of its names, words that contain those asked for, anything else exactly.
fn has(
    claim: &Claim,
    (role, label): &(String, String),
    reading: &Reading,
    knowledge: &Knowledge,
) -> bool {
    let label = label.to_lowercase();
    claim
        .slots
        .iter()
        .filter(|slot| slot.property == *role)
        .any(|slot| {
            let contain = matches!(slot.value, Value::Text(_));
            words(&slot.value, reading, knowledge).iter().any(|word| {
                let word = word.to_lowercase();
                word == label || contain && word.contains(&label)
            })
        })
}

/// The claims in the form of the examples, for messages.
fn told(reading: &Reading, knowledge: &Knowledge) -> String {
    if reading.claims.is_empty() {
        return "    found nothing\n".to_owned();
    }
    let mut told = String::new();
    for claim in &reading.claims {
        let slots: Vec<String> = claim
            .slots
            .iter()
            .map(|slot| {
                format!(
                    "{}: {}",
                    slot.property,
                    words(&slot.value, reading, knowledge).join(" = ")
                )
            })
            .collect();
        let frame = local_name(&claim.frame);
        let _ = writeln!(
            told,
            "    found {} by {frame} [{}]",
            claim.class,
            slots.join("; ")
        );
    }
    told
}

fn local_name(iri: &str) -> &str {
    iri.rsplit(['/', '#']).next().unwrap_or_default()
}

fn read(text: &str, knowledge: &Knowledge) -> Reading {
    pipeline::read(text.as_bytes(), knowledge).expect("it is a text")
}

/// What is wrong with one example of a frame; nothing where one claim of its class has all that it promises.
fn fault(frame: &Frame, example: &Example, knowledge: &Knowledge) -> Option<String> {
    let reading = read(&example.text, knowledge);
    let fits = |claim: &Claim| {
        claim.class == frame.class
            && example
                .slots
                .iter()
                .all(|slot| has(claim, slot, &reading, knowledge))
    };
    if reading.claims.iter().any(fits) {
        return None;
    }
    let wanted: Vec<String> = example
        .slots
        .iter()
        .map(|(role, label)| format!("{role}: {label}"))
        .collect();
    Some(format!(
        "  {}\n    wanted {} [{}]\n{}",
        example.text,
        frame.class,
        wanted.join("; "),
        told(&reading, knowledge)
    ))
}

/// What is wrong with the examples and counter-examples of frames.
fn faults<'a>(
    frames: impl Iterator<Item = (&'a String, &'a Frame)>,
    knowledge: &Knowledge,
) -> String {
    let mut faults = String::new();
    for (iri, frame) in frames {
        let name = local_name(iri);
        assert!(!frame.examples.is_empty(), "{iri} has no `ch:example`");
        assert!(
            !frame.counter_examples.is_empty(),
            "{iri} has no `ch:counterExample`"
        );
        for example in &frame.examples {
            assert!(
                !example.slots.is_empty(),
                "{iri}: nothing is asked of `{}`",
                example.text
            );
            if let Some(fault) = fault(frame, example, knowledge) {
                let _ = write!(faults, "{name}\n{fault}");
            }
        }
        for text in &frame.counter_examples {
            let reading = read(text, knowledge);
            // By whichever frame: what is no visit is none under another name either.
            let mut claims = reading.claims.iter();
            if claims.any(|claim| claim.class == frame.class) {
                let told = told(&reading, knowledge);
                let _ = write!(
                    faults,
                    "{name}\n  {text}\n    wanted no {}\n{told}",
                    frame.class
                );
            }
        }
    }
    faults
}

#[test]
fn every_frame_keeps_what_its_examples_promise() {
    let knowledge = knowledge();
    let faults = faults(knowledge.lexicon.frames.iter(), &knowledge);
    assert!(faults.is_empty(), "examples that fail:\n{faults}");
}

#[test]
fn each_worked_addition_keeps_what_its_examples_promise() {
    for name in ["agreements", "expulsions", "sanctions"] {
        let file = |ending: &str| {
            let path = root().join(format!("ontology/examples/{name}.{ending}"));
            path.to_str().expect("its name is text").to_owned()
        };
        let source = Source {
            name: format!("{name}.ttl"),
            text: fs::read_to_string(file("ttl")).expect("it is text"),
        };
        let (knowledge, errors) = knowledge::load(&[source]);
        assert_eq!(errors, []);
        let built_in = self::knowledge().lexicon.frames;
        let own = || {
            let frames = knowledge.lexicon.frames.iter();
            frames.filter(|(iri, _)| !built_in.contains_key(*iri))
        };
        assert!(own().count() > 2, "{name}");
        for (iri, frame) in own() {
            check(iri, frame, &knowledge);
        }
        let faults = faults(own(), &knowledge);
        assert!(faults.is_empty(), "{name}, examples that fail:\n{faults}");

        // Its query asks for what it finds.
        let folder = Folder::new();
        let example = own().next().map(|(_, frame)| &frame.examples[0].text);
        folder.write("text.txt", example.expect("it has frames"));
        folder.done(&["--ontology", &file("ttl"), "load", "text.txt"]);
        let rows = folder.done(&["query", &file("rq"), "--format", "csv"]);
        assert!(rows.lines().count() > 1, "{name}: {rows}");
    }
}

/// `nsubj`, `obl(to|in)`: functions that the trees are asked for, see `src/claim/syntax.rs`.
fn is_function(step: &str) -> bool {
    const PLAIN: [&str; 12] = [
        "nsubj",
        "obj",
        "iobj",
        "nmod:poss",
        "amod",
        "appos",
        "compound",
        "ccomp",
        "xcomp",
        "advcl",
        "relcl",
        "advmod",
    ];
    let name = step.split('(').next().unwrap_or_default();
    PLAIN.contains(&step) || step.ends_with(')') && ["obl", "comp"].contains(&name)
}

fn check(iri: &str, frame: &Frame, knowledge: &Knowledge) {
    let vocabulary = &knowledge.vocabulary;
    let class = vocabulary
        .classes
        .get(&frame.class)
        .unwrap_or_else(|| panic!("{iri} evokes `{}`, which is no class", frame.class));
    let roles: Vec<&str> = frame
        .arguments
        .iter()
        .map(|argument| argument.role.as_str())
        .collect();
    let belongs = |role: &str| {
        let property = vocabulary
            .properties
            .get(role)
            .unwrap_or_else(|| panic!("{iri}: `{role}` is no property"));
        let domain = property.domain.as_deref();
        assert!(
            domain.is_none_or(|domain| domain == frame.class),
            "{iri}: `{role}` belongs to `{domain:?}`"
        );
    };
    if let Some(class) = &frame.evoked_by {
        assert!(
            knowledge.words.of(class).next().is_some(),
            "{iri}: there is no word class `{class}`"
        );
    }
    for argument in &frame.arguments {
        if argument.role.is_empty() {
            assert!(
                argument.required,
                "{iri}: an argument without a role must be required"
            );
        } else {
            belongs(&argument.role);
        }
        if let Some(head) = &argument.head {
            assert!(
                knowledge.words.of(head).next().is_some(),
                "{iri}: there is no word class `{head}`"
            );
        }
        if let Some(Abroad { from, .. }) = &argument.abroad {
            assert!(
                roles.contains(&from.as_str()),
                "{iri}: `{from}` is no role of it"
            );
        }
        let path: Vec<&str> = argument.path.iter().map(String::as_str).collect();
        let way = match path.as_slice() {
            ["self" | "speaker"] => &[],
            [way @ .., "country"] | way => way,
        };
        assert!(
            !path.is_empty() && way.iter().all(|step| is_function(step)),
            "{iri}: {path:?} is no way"
        );
    }
    for (role, notation) in &frame.sets {
        belongs(role);
        assert!(
            vocabulary.concept(role, notation).is_some(),
            "{iri}: `{role}` has no concept `{notation}`"
        );
    }
    for (role, _) in frame.examples.iter().flat_map(|example| &example.slots) {
        belongs(role);
    }
    for required in &class.requires {
        let range = &vocabulary.properties[required].range;
        assert!(
            roles.contains(&required.as_str())
                || class.context.contains(required)
                || matches!(range, Range::Concept(_)),
            "{iri}: nothing can fill `{required}`, which each {} must have",
            frame.class
        );
    }
}

#[test]
fn frames_ask_only_for_what_there_is() {
    let (knowledge, errors) = knowledge::load(&[]);
    // An entry that evokes a frame which no file defines is one of these errors.
    assert_eq!(errors, []);
    assert!(!knowledge.lexicon.frames.is_empty());
    for (iri, frame) in &knowledge.lexicon.frames {
        check(iri, frame, &knowledge);
    }
}

#[test]
fn an_entry_that_evokes_nothing_is_told() {
    let source = |text: &str| Source {
        name: "mine.ttl".to_owned(),
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
        text: SIGNING.to_owned(),
    };
    let (knowledge, errors) = knowledge::load(&[source]);
    assert_eq!(errors, []);
    let (iri, frame) = knowledge
        .lexicon
        .frames
        .iter()
        .find(|(_, frame)| frame.class == "Signing")
        .expect("the file defines it");
    check(iri, frame, &knowledge);
    assert_eq!(fault(frame, &frame.examples[0], &knowledge), None);
    let counter = read(&frame.counter_examples[0], &knowledge);
    assert!(counter.claims.iter().all(|claim| claim.class != "Signing"));

    let folder = Folder::new();
    folder.write("mine/signing.ttl", SIGNING);
    folder.write("text.txt", &frame.examples[0].text);
    folder.done(&["--ontology", "mine", "load", "text.txt"]);
    let query = "SELECT ?what ?who { ?signing a ch:Signing ; ch:instrument ?what ; ch:signatory/rdfs:label ?who } ORDER BY ?who";
    assert_eq!(
        folder.done(&["query", "-e", query, "--format", "csv"]),
        "what,who\r\nfisheries treaty,Chile\r\nfisheries treaty,Norway\r\n"
    );
}
