//! Offices held: one pair for each office of each person.

use super::compare::{first, groups, is_party, overlap, plain, value, values};
use super::gold::{Office, Official};
use super::pairing::pair;
use super::{Differences, Row, Tally};

/// The share of words of a person's name that has to agree: of given and family names one may be left out.
const NAME: f64 = 0.67;

pub(super) fn score(rows: &[Row], gold: &[Official], tally: &mut Tally) -> Differences {
    let held = rows.iter().filter(|row| !value(row, "office").is_empty());
    let found = groups(held, &["person", "office", "ofCountry"]);
    let gold: Vec<(&Official, &Office)> = gold
        .iter()
        .flat_map(|official| {
            official
                .offices
                .iter()
                .map(move |office| (official, office))
        })
        .collect();
    let pairs = pair(&found, &gold, |rows, gold| likeness(rows, *gold));
    for &(i, j) in &pairs {
        let office = gold[j].1;
        tally.slot("country", serves(&found[i], office));
        tally.slot("tenure", value(found[i][0], "tenure") == office.tenure);
    }
    // Another wording of an office that was counted for the same person is neither right nor wrong.
    let again = |rows: &Vec<&Row>| {
        let person = value(rows[0], "person");
        pairs
            .iter()
            .any(|&(i, j)| value(found[i][0], "person") == person && likeness(rows, gold[j]) > 0.0)
    };
    let false_one = |rows: &Vec<&Row>| {
        let [name, office, evidence] =
            ["name", "office", "evidence"].map(|name| value(rows[0], name));
        let of = values(rows, &["ofCountry", "of"]);
        let of = of.first().copied().unwrap_or_default();
        (format!("{name} | {office} | {of}"), evidence.to_owned())
    };
    let missed = |(official, office): &(&Official, &Office)| {
        let [name, title, of] =
            [&official.names, &office.titles, &office.of].map(|strings| first(strings));
        (format!("{name} | {title} | {of}"), first(&official.quotes))
    };
    tally.settle((&found, &gold), &pairs, again, false_one, missed)
}

/// How alike an office found and one of gold are; 0 where the person or half of the title's words do not agree.
fn likeness(rows: &[&Row], (official, office): (&Official, &Office)) -> f64 {
    let names = values(rows, &["name"]);
    let is_person = if official.names.is_empty() {
        names.is_empty()
    } else {
        is_party(&names, &official.names, NAME)
    };
    let written = value(rows[0], "office");
    let title = (office.titles.iter())
        .map(|title| {
            if plain(title) == plain(written) {
                1.0
            } else {
                overlap(written, title)
            }
        })
        .fold(0.0, f64::max);
    let country = serves(rows, office);
    if !is_person || title < 0.5 || official.names.is_empty() && !country {
        return 0.0;
    }
    let tenure = value(rows[0], "tenure") == office.tenure;
    title + f64::from(u8::from(country)) + 0.5 * f64::from(u8::from(tenure))
}

fn serves(rows: &[&Row], office: &Office) -> bool {
    is_party(
        &values(rows, &["ofCountry", "of"]),
        &office.of,
        super::compare::PARTY,
    )
}
