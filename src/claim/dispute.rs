//! Parties at odds: who has charged another with a wrong tells of its wrongs in whatever words.

use std::collections::BTreeSet;

use super::matching::{Match, Matcher};
use crate::entity::{EntityId, Kind};
use crate::knowledge::lexicon::Surroundings;

/// Two sides, by country or, of those who have none, by name; the lesser first.
type Pair = (String, String);

/// `matches` without those that only tell of a wrong where their parties are at odds, and are not: no other match has one side charge
/// the other. What a person does by themselves is not what their side does.
pub(super) fn settle<'a>(reader: Matcher<'a>, matches: Vec<Match<'a>>) -> Vec<Match<'a>> {
    let among = |matched: &Match| matched.frame.evoked_where == Surroundings::Adversaries;
    let classes: BTreeSet<&str> = (matches.iter().filter(|matched| among(matched)))
        .map(|matched| matched.frame.class.as_str())
        .collect();
    let at_odds: BTreeSet<Pair> = (matches.iter())
        .filter(|matched| !among(matched) && classes.contains(matched.frame.class.as_str()))
        .filter(|matched| matched.frame.stated_when.is_empty())
        .flat_map(|matched| pairs(reader, matched))
        .collect();
    let mut matches = matches;
    matches.retain_mut(|matched| {
        let settled = among(matched);
        matched.from_context |= settled;
        !settled
            || !alone(reader, matched)
                && (pairs(reader, matched).iter()).any(|pair| at_odds.contains(pair))
    });
    matches
}

/// The sides that stand against each other in a match of two roles: each of those in one with each in the other.
fn pairs(reader: Matcher, matched: &Match) -> Vec<Pair> {
    let [(_, first), (_, second)] = matched.parties.as_slice() else {
        return Vec::new();
    };
    let side = |id: EntityId| {
        let entity = reader.entities.get(id);
        entity
            .country
            .clone()
            .unwrap_or_else(|| entity.name.clone())
    };
    let pair = |a: String, b: String| if a < b { (a, b) } else { (b, a) };
    first
        .iter()
        .flat_map(|one| {
            second
                .iter()
                .map(move |other| pair(side(one.entity), side(other.entity)))
        })
        .filter(|(a, b)| a != b)
        .collect()
}

/// Whether somebody who is named elsewhere than where the words are uttered is a person.
fn alone(reader: Matcher, matched: &Match) -> bool {
    let parties = matched.parties.iter().flat_map(|(_, parties)| parties);
    parties
        .filter(|party| party.token != matched.predicate)
        .any(|party| reader.entities.get(party.entity).kind == Kind::Person)
}
