//! What a charge is about: the topics of one sentence each.

use chancery::claim::{Claim, Value};
use chancery::pipeline;

use crate::support::knowledge;

/// The topics of the first accusation of `text`.
fn topics(text: &str) -> Vec<String> {
    let reading = pipeline::read(text.as_bytes(), &knowledge()).expect("it is a text");
    let claim = (reading.claims.iter()).find(|claim| claim.class == "Accusation");
    let claim: &Claim = claim.unwrap_or_else(|| panic!("no accusation in: {text}"));
    let mut topics: Vec<String> = (claim.slots.iter())
        .filter(|slot| slot.property == "topic")
        .filter_map(|slot| match &slot.value {
            Value::Concept(notation) => Some(notation.clone()),
            _ => None,
        })
        .collect();
    topics.sort_unstable();
    topics
}

#[test]
fn a_charge_is_filed_by_what_was_done() {
    let cases: [(&str, &[&str]); 15] = [
        // A verb and its object say together what neither says.
        (
            "Peru accused Chile of jailing a reporter.",
            &["human-rights"],
        ),
        ("Peru accused Chile of buying votes.", &["corruption"]),
        ("Peru accused Chile of seizing two islets.", &["territory"]),
        // The tagger takes the gerund for a noun.
        ("Peru accused Chile of bugging its embassy.", &["espionage"]),
        // What stands in a class as two words.
        (
            "Peru accused Chile of harbouring armed groups.",
            &["aggression", "subversion"],
        ),
        (
            "Peru accused Chile of denying overflight to its president.",
            &["territory", "treaty-violation"],
        ),
        (
            "Peru accused Chile of stationing gunners in a hospital.",
            &["aggression", "war-crimes"],
        ),
        (
            "Peru accused Chile of enticing conscripts to desert.",
            &["subversion"],
        ),
        // Two honest topics.
        (
            "Peru accused Chile of arming rebels.",
            &["aggression", "subversion"],
        ),
        // The deed, and how it is to be judged.
        (
            "Peru accused Chile of enriching uranium in breach of the treaty.",
            &["nuclear", "treaty-violation"],
        ),
        // An act of force, and of what kind.
        (
            "Peru accused Chile of firing shells filled with poison gas.",
            &["aggression", "war-crimes"],
        ),
        // A deed of which nothing is known.
        (
            "Peru accused Chile of painting the bridge in violation of the treaty.",
            &["other", "treaty-violation"],
        ),
        // Nothing is named.
        ("Peru accused Chile of arrogance.", &["other"]),
        ("Peru accused Chile of counting the llamas.", &["other"]),
        // What an empty charge points to stands before it.
        (
            "Two spies were arrested in Lima. Peru accused Chile of such acts.",
            &["espionage"],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(topics(text), expected, "{text}");
    }
}
