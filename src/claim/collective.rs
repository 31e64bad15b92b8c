//! `the delegation`, `the travellers`, `the presidential party`: a phrase for those who were told to travel.
//!
//! Such a phrase names nobody. What is said of it is said of each of those whom the claim next to it tells of, and of whoever the
//! same sentences tell of with them.

use super::company;
use super::matching::{self, Matcher};
use super::{Claim, Origin, Value, parties};
use crate::entity::{self, Entity, EntityId};
use crate::knowledge::Words;

/// How many sentences back those are looked for whom the phrase means.
const REACH_BACK: usize = 12;

/// How many sentences ahead, where the phrase opens the text.
const REACH_AHEAD: usize = 2;

/// Whether `entity` is a definite group whose noun says no more than that they travel together, or a number of people.
pub(super) fn is_collective(words: &Words, entity: &Entity) -> bool {
    let mut parts = entity.name.split_whitespace();
    let definite = parts
        .next()
        .is_some_and(|first| words.has("pointing-word", first));
    entity.kind == entity::Kind::Group
        && definite
        && parts
            .next_back()
            .is_some_and(|noun| words.has("travelling-party", noun))
}

/// `claims` with those of a collective told of its members instead, or beside it where it is a party of its own (`the Danish
/// delegation`). Nobody knows whom it means where nobody was told to travel.
pub(super) fn expand(reader: Matcher, claims: &[Claim]) -> Vec<Claim> {
    let mut expanded = Vec::new();
    for claim in claims {
        let collective = shared_properties(reader).find_map(|property| {
            let party = parties(&claim.slots, property).find(|&party| {
                is_collective(&reader.knowledge.words, reader.entities.get(party))
            })?;
            Some((property, party))
        });
        let Some((property, party)) = collective else {
            expanded.push(claim.clone());
            continue;
        };
        let group = reader.entities.get(party);
        let members = members(reader, claims, claim, property, group);
        let words = &reader.knowledge.words;
        let body = group
            .name
            .split_whitespace()
            .next_back()
            .is_some_and(|noun| words.has("delegation-noun", noun));
        if matching::identifiable(group) && (body || members.is_empty()) {
            expanded.push(claim.clone());
        }
        for member in members {
            let mut own = claim.clone();
            for slot in &mut own.slots {
                if slot.property == property {
                    slot.value = Value::Entity(member);
                    slot.origin = Origin::Company;
                }
            }
            expanded.push(own);
        }
    }
    expanded
}

/// The properties that a company shares.
fn shared_properties(reader: Matcher<'_>) -> impl Iterator<Item = &str> {
    let properties = &reader.knowledge.vocabulary.properties;
    properties
        .values()
        .filter_map(|property| property.shares_in.as_deref())
}

/// The people whom the claim next to `claim` tells of, with whoever the same words tell of, of the group's country if it has one.
fn members(
    reader: Matcher,
    claims: &[Claim],
    claim: &Claim,
    property: &str,
    group: &Entity,
) -> Vec<EntityId> {
    let entities = reader.entities;
    let fits = |party: &EntityId| {
        let entity = entities.get(*party);
        entity.kind == entity::Kind::Person
            && (group.country.is_none() || entity.country == group.country)
    };
    let sentence = claim.evidence[0].sentence;
    let distance = |other: &Claim| {
        let told = other.evidence.iter().map(|evidence| evidence.sentence);
        told.filter(|&told| {
            if told <= sentence {
                sentence - told <= REACH_BACK
            } else {
                told - sentence <= REACH_AHEAD
            }
        })
        .map(|told| (told > sentence, told.abs_diff(sentence)))
        .min()
    };
    let told = |other: &&Claim| {
        other.class == claim.class && parties(&other.slots, property).any(|party| fits(&party))
    };
    let claims = &claims[super::around(claims, sentence)];
    let nearest = (claims.iter().filter(told))
        .filter_map(|other| Some((distance(other)?, other)))
        .min_by_key(|(distance, _)| *distance);
    let Some((_, nearest)) = nearest else {
        return Vec::new();
    };
    let mut members: Vec<EntityId> = Vec::new();
    for other in claims.iter().filter(told) {
        let together = (other.evidence.iter()).any(|evidence| nearest.evidence.contains(evidence));
        let at_home = |party| company::stays_at_home(entities, claim, party, property);
        for party in parties(&other.slots, property).filter(fits) {
            if together && !members.contains(&party) && !at_home(party) {
                members.push(party);
            }
        }
    }
    members
}
