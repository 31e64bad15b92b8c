//! Undertakings: one pair for each project, by its label.

use super::compare::{
    PARTY, best_overlap, first, groups, holds, is_party, is_quoted, value, values,
};
use super::gold::Project;
use super::pairing::pair;
use super::{Differences, Row, Tally};

pub(super) fn score(rows: &[Row], gold: &[Project], tally: &mut Tally) -> Differences {
    let found = groups(rows, &["project"]);
    let pairs = pair(&found, gold, |rows, project| likeness(rows, project));
    for &(i, j) in &pairs {
        let (rows, project) = (&found[i], &gold[j]);
        let statuses = values(rows, &["status"]);
        tally.slot("status", statuses.contains(project.status.as_str()));
        let sectors = values(rows, &["sector"]);
        let sector = project
            .sectors
            .iter()
            .any(|sector| sectors.contains(sector.as_str()));
        tally.slot("sector", sector);
        if !project.parties.is_empty() {
            let parties = values(rows, &["party", "partyCountry"]);
            let all = project
                .parties
                .iter()
                .all(|party| is_party(&parties, party, PARTY));
            tally.slot("parties", all);
        }
    }
    let false_one = |rows: &Vec<&Row>| {
        let [label, evidence] = ["label", "evidence"].map(|name| value(rows[0], name));
        (label.to_owned(), evidence.to_owned())
    };
    let missed = |project: &Project| (first(&project.labels), first(&project.quotes));
    tally.settle((&found, gold), &pairs, |_| false, false_one, missed)
}

/// How alike a project found and one of gold are; 0 where neither half of the label's words agree nor the label found holds all of
/// gold's; a third of them is enough in a sentence that gold quotes.
fn likeness(rows: &[&Row], project: &Project) -> f64 {
    let labels = values(rows, &["label"]);
    let words = best_overlap(&labels, &project.labels);
    let quoted = is_quoted(&values(rows, &["evidence"]), &project.quotes);
    if words >= 0.5 || holds(&labels, &project.labels) || quoted && words >= 0.3 {
        words + f64::from(u8::from(quoted))
    } else {
        0.0
    }
}
