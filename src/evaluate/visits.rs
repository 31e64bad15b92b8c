//! Travel: one pair for each visitor and destination.

use super::compare::{PARTY, first, groups, is_party, is_quoted, value, values};
use super::gold::Visit;
use super::pairing::pair;
use super::{Differences, Row, Tally};

/// A visit with one of its visitors and one of its destinations.
type Leg<'a> = (&'a Visit, &'a [String], &'a [String]);

pub(super) fn score(rows: &[Row], gold: &[Visit], tally: &mut Tally) -> Differences {
    let mut found = groups(rows, &["visit", "visitor", "destination"]);
    found.retain(|rows| !value(rows[0], "visitor").is_empty());
    let mut legs: Vec<Leg> = Vec::new();
    for visit in gold {
        for visitor in &visit.visitors {
            legs.extend(
                visit
                    .destinations
                    .iter()
                    .map(|place| (visit, visitor.as_slice(), place.as_slice())),
            );
        }
    }
    let pairs = pair(&found, &legs, |rows, leg| likeness(rows, *leg));
    for &(i, j) in &pairs {
        let (row, visit) = (found[i][0], legs[j].0);
        tally.slot("status", value(row, "status") == visit.status);
        tally.slot("kind", value(row, "kind") == visit.kind);
        if visit.start.is_some() || !value(row, "start").is_empty() {
            tally.slot("start", starts(row, visit));
        }
        let evidence = values(&found[i], &["evidence"]);
        tally.slot("evidence", is_quoted(&evidence, &visit.quotes));
    }
    // A second, finer place of the same visit, or another label of the same visitor, is no error.
    let again = |rows: &Vec<&Row>| {
        let visit = value(rows[0], "visit");
        pairs
            .iter()
            .any(|&(i, j)| value(found[i][0], "visit") == visit && likeness(rows, legs[j]) > 0.0)
    };
    let false_one = |rows: &Vec<&Row>| {
        let [visitor, place, evidence] =
            ["visitor", "destination", "evidence"].map(|name| value(rows[0], name));
        (format!("{visitor} -> {place}"), evidence.to_owned())
    };
    let missed = |(visit, visitor, place): &Leg| {
        let [from, to] = [visitor, place].map(|strings| first(strings));
        (format!("{from} -> {to}"), first(&visit.quotes))
    };
    tally.settle((&found, &legs), &pairs, again, false_one, missed)
}

/// How alike a visit found and one of gold are; 0 where visitor or destination do not agree.
fn likeness(rows: &[&Row], (visit, visitor, place): Leg) -> f64 {
    let visitors = values(rows, &["visitor", "visitorOffice", "visitorCountry"]);
    let places = values(rows, &["destination", "destinationCountry"]);
    if !is_party(&visitors, visitor, PARTY) || !is_party(&places, place, PARTY) {
        return 0.0;
    }
    let quoted = is_quoted(&values(rows, &["evidence"]), &visit.quotes);
    let status = value(rows[0], "status") == visit.status;
    let [quoted, status, starts] =
        [quoted, status, starts(rows[0], visit)].map(|agrees| f64::from(u8::from(agrees)));
    1.0 + 2.0 * quoted + status + starts
}

fn starts(row: &Row, visit: &Visit) -> bool {
    value(row, "start") == visit.start.as_deref().unwrap_or_default()
}
