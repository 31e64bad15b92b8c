//! Charges: one pair for each accuser and accused.

use super::compare::{PARTY, best_overlap, first, groups, is_party, is_quoted, value, values};
use super::gold::Accusation;
use super::pairing::pair;
use super::{Differences, Row, Tally};

pub(super) fn score(rows: &[Row], gold: &[Accusation], tally: &mut Tally) -> Differences {
    let mut found = groups(rows, &["accusation", "accuser", "accused"]);
    found.retain(|rows| !value(rows[0], "accused").is_empty());
    let pairs = pair(&found, gold, |rows, charge| likeness(rows, charge));
    for &(i, j) in &pairs {
        let (rows, gold) = (&found[i], &gold[j]);
        tally.slot(
            "topic",
            values(rows, &["topic"]).contains(gold.topic.as_str()),
        );
        let deniers = values(rows, &["deniedBy", "deniedByCountry"]);
        if !gold.denied_by.is_empty() || !values(rows, &["deniedBy"]).is_empty() {
            let right = gold
                .denied_by
                .iter()
                .any(|denier| is_party(&deniers, denier, PARTY));
            tally.slot("denied_by", right);
        }
        if !gold.speaker.is_empty() {
            let speakers = values(rows, &["speaker", "speakerCountry"]);
            tally.slot("speaker", is_party(&speakers, &gold.speaker, PARTY));
        }
    }
    // Another name of the same accuser or accused of one accusation is no error.
    let again = |rows: &Vec<&Row>| {
        let accusation = value(rows[0], "accusation");
        pairs.iter().any(|&(i, j)| {
            value(found[i][0], "accusation") == accusation && likeness(rows, &gold[j]) > 0.0
        })
    };
    let false_one = |rows: &Vec<&Row>| {
        let [from, against, charge, evidence] =
            ["accuser", "accused", "charge", "evidence"].map(|name| value(rows[0], name));
        (
            format!("{from} -> {against} | {charge}"),
            evidence.to_owned(),
        )
    };
    let missed = |gold: &Accusation| {
        let [from, against] = [&gold.accuser, &gold.accused].map(|strings| first(strings));
        (
            format!("{from} -> {against} | {}", gold.charge),
            first(&gold.quotes),
        )
    };
    tally.settle((&found, gold), &pairs, again, false_one, missed)
}

/// How alike a charge found and one of gold are; 0 where a party does not agree, or neither sentence nor charge do.
fn likeness(rows: &[&Row], gold: &Accusation) -> f64 {
    let accusers = values(rows, &["accuser", "accuserCountry"]);
    let accused = values(rows, &["accused", "accusedCountry"]);
    if !is_party(&accusers, &gold.accuser, PARTY) || !is_party(&accused, &gold.accused, PARTY) {
        return 0.0;
    }
    let quoted = is_quoted(&values(rows, &["evidence"]), &gold.quotes);
    let words = best_overlap(
        &values(rows, &["charge"]),
        std::slice::from_ref(&gold.charge),
    );
    if quoted || words >= 0.4 {
        1.0 + f64::from(u8::from(quoted)) + words
    } else {
        0.0
    }
}
