//! Why a fact is there, and why another is not: `show --why` and `show --near`.

use std::cmp::Reverse;

use chancery::claim::{Missing, Origin};
use chancery::pipeline;

use crate::support::{Folder, knowledge, root};

const TEXT: &str = "---\ndate: 2024-05-02\n---\nThe Finnish foreign minister met reporters. He arrived in Peru on Monday for talks.\n";

#[test]
fn every_slot_says_how_it_was_filled() {
    let reading = pipeline::read(TEXT.as_bytes(), &knowledge()).expect("it is a text");
    let claim = reading.claims.first().expect("there is a visit");
    let origin = |property: &str| {
        let mut slots = claim.slots.iter();
        let slot = slots.find(|slot| slot.property == property);
        slot.unwrap_or_else(|| panic!("no {property} in {claim:?}"))
            .origin
            .clone()
    };
    let written = |origin: Origin| match origin {
        Origin::Argument { path, span } => format!("{path} {}", reading.document.text(span)),
        Origin::Time { span } => format!("time {}", reading.document.text(span)),
        Origin::Modality { modality } => modality,
        other => format!("{other:?}"),
    };
    assert_eq!(written(origin("visitor")), "nsubj He");
    assert!(
        written(origin("destination")).starts_with("obl("),
        "{claim:?}"
    );
    assert!(
        written(origin("destination")).ends_with(" Peru"),
        "{claim:?}"
    );
    assert_eq!(written(origin("start")), "time Monday");
    assert_eq!(written(origin("status")), "past");
    assert_eq!(written(origin("kind")), "Default");
    assert_eq!(reading.document.text(claim.word), "arrived");
    assert!(
        claim
            .entry
            .as_deref()
            .is_some_and(|entry| entry.contains("/arrive"))
    );
}

/// What the first frame near a claim of `class` lacks.
fn lacks(class: &str, text: &str) -> Missing {
    let knowledge = knowledge();
    let reading = pipeline::read(text.as_bytes(), &knowledge).expect("it is a text");
    let near = reading.near(&knowledge);
    let first = near.iter().find(|near| near.class == class);
    let first = first.unwrap_or_else(|| panic!("nothing is near in: {text}\n{near:?}"));
    first.missing[0].clone()
}

#[test]
fn what_almost_matched_says_what_was_missing() {
    let nothing = lacks("Denial", "Chad rejected on Monday.");
    assert!(
        matches!(&nothing, Missing::Nothing { property, .. } if property == "denied"),
        "{nothing:?}"
    );
    let word = lacks("Denial", "Chad rejected the offer of mediation.");
    assert!(
        matches!(&word, Missing::WrongWord { property, path, class: Some(class), .. }
            if property == "denied" && path == "obj" && class == "charge-noun"),
        "{word:?}"
    );
    let party = lacks("Visit", "The Finnish foreign minister visited a bakery.");
    assert!(
        matches!(&party, Missing::WrongParty { property, path, .. } if property == "destination" && path == "obj"),
        "{party:?}"
    );
    let property = lacks("Visit", "Visited by nobody, Peru waited.");
    assert!(
        matches!(&property, Missing::Property { property } if property == "visitor"),
        "{property:?}"
    );
    let unsaid = lacks("Accusation", "Does Sudan accuse Chad of arming the rebels?");
    assert_eq!(unsaid, Missing::Unsaid);
}

#[test]
fn what_became_a_claim_is_not_near_one() {
    let knowledge = knowledge();
    let text = "The Finnish foreign minister visited Peru.";
    let reading = pipeline::read(text.as_bytes(), &knowledge).expect("it is a text");
    assert!(!reading.claims.is_empty());
    let near = reading.near(&knowledge);
    assert!(near.iter().all(|near| near.class != "Visit"), "{near:?}");
}

#[test]
fn what_lacks_least_comes_first_and_before_it_what_the_user_wrote() {
    let folder = Folder::new();
    folder.write(
        "text.txt",
        "The Danish minister said that Iceland closed the office. Does Sudan accuse Chad of arming the rebels? Norway expelled on Friday.\n",
    );
    let file = root().join("ontology/examples/expulsions.ttl");
    let near = |ontology: &[&str]| {
        let show = ["show", "--near", "--format", "json", "text.txt"];
        let json = folder.done(&[ontology, &show].concat());
        let value: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        let near = value["near"].as_array().expect("it is a list").iter();
        near.map(|near| {
            let list = |name: &str| near[name].as_array().expect("it is a list").len();
            let class = near["class"].as_str().expect("it has a class").to_owned();
            (class, list("missing"), list("found"))
        })
        .collect::<Vec<_>>()
    };
    let users = near(&["--ontology", file.to_str().expect("it is UTF-8")]);
    assert_eq!(users[0].0, "Expulsion", "{users:?}");
    let built_in = near(&[]);
    assert!(built_in.len() > 2, "{built_in:?}");
    assert!(
        built_in.is_sorted_by_key(|(_, missing, found)| (*missing, Reverse(*found))),
        "{built_in:?}"
    );
}

#[test]
fn reasons_are_shown_with_file_and_line_and_without_colours_in_a_pipe() {
    let folder = Folder::new();
    folder.write("text.txt", TEXT);
    let shown = folder.done(&["show", "--why", "text.txt"]);
    for expected in [
        "ontology/lexicon/en/visit.ttl:",
        "[nsubj: \"He\"]",
        "[time: \"Monday\"]",
        "[modality: past]",
        "rests on: coreference 0.85",
    ] {
        assert!(shown.contains(expected), "no `{expected}` in:\n{shown}");
    }
    assert!(!shown.contains('\u{1b}'), "{shown}");
    let plain = folder.done(&["show", "--stage", "claims", "text.txt"]);
    assert!(!plain.contains("[nsubj"), "{plain}");
}

#[test]
fn colours_come_where_they_are_wanted() {
    let folder = Folder::new();
    folder.write("text.txt", TEXT);
    let shown = |name: &str| {
        let mut command = folder.command(&["show", "--why", "text.txt"]);
        command.env_remove("NO_COLOR").env(name, "1");
        let output = command.output().expect("it runs");
        String::from_utf8(output.stdout).expect("it is text")
    };
    let (colours, plain) = (shown("CLICOLOR_FORCE"), shown("NO_COLOR"));
    assert!(colours.contains('\u{1b}'), "{colours}");
    assert!(!plain.contains('\u{1b}'), "{plain}");
}

#[test]
fn reasons_are_shown_as_json_too() {
    let folder = Folder::new();
    folder.write("text.txt", TEXT);
    let json = folder.done(&["show", "--why", "--near", "--format", "json", "text.txt"]);
    let value: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let claim = &value["claims"][0];
    let frame = claim["frame"].as_str().expect("it has a frame");
    let place = value["definitions"][frame].as_str();
    assert!(
        place.is_some_and(|place| place.contains("visit.ttl:")),
        "{json}"
    );
    assert!(value["near"].is_array(), "{json}");
    let slots = claim["slots"].as_array().expect("it has slots");
    assert!(
        slots.iter().all(|slot| slot["origin"]["by"].is_string()),
        "{json}"
    );
}

#[test]
fn only_claims_have_reasons() {
    let folder = Folder::new();
    folder.write("text.txt", TEXT);
    let answer = folder.run(&["show", "--stage", "tokens", "--why", "text.txt"]);
    assert_eq!(answer.code, Some(2), "{answer:?}");
    assert!(answer.stderr.contains("hint: "), "{answer:?}");
}
