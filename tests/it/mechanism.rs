//! What a claim says it rests on, one sentence for each mechanism.

use chancery::claim::Mechanism;
use chancery::pipeline;

use crate::support::knowledge;

/// What the first claim of `text` rests on, and how sure it is.
fn first_claim(text: &str) -> (Vec<Mechanism>, f32) {
    let reading = pipeline::read(text.as_bytes(), &knowledge()).expect("it is a text");
    let claim = reading
        .claims
        .first()
        .unwrap_or_else(|| panic!("no claim in: {text}"));
    (claim.mechanisms.clone(), claim.confidence)
}

#[test]
fn a_claim_names_each_mechanism_it_rests_on() {
    let cases: [(&str, &[Mechanism]); 4] = [
        ("The Finnish foreign minister flew to Peru.", &[]),
        (
            "The Finnish foreign minister is expected to visit Peru.",
            &[Mechanism::Control],
        ),
        (
            "The Finnish foreign minister met reporters. He flew to Peru on Monday.",
            &[Mechanism::Coreference],
        ),
        (
            "The Finnish foreign minister said: \"I flew to Peru on Monday.\"",
            &[Mechanism::Deixis],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(first_claim(text).0, expected, "{text}");
    }
}

#[test]
fn a_claim_is_less_sure_the_more_it_rests_on() {
    let (_, plain) = first_claim("The Finnish foreign minister flew to Peru.");
    let (_, raised) = first_claim("The Finnish foreign minister is expected to visit Peru.");
    assert!(
        raised < plain && raised > 0.0 && plain < 1.0,
        "{raised} {plain}"
    );
}
