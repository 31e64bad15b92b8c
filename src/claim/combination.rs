//! Who with whom: the ways to fill the roles that tell claims of a class apart.

use std::ops::Range;

use super::build::words;
use super::matching::{Match, Matcher, Party};
use super::origin;
use super::{Slot, Value};
use crate::entity::{self, EntityId};
use crate::knowledge::lexicon::Abroad;
use crate::knowledge::office::Trait;
use crate::knowledge::vocabulary::Class;
use crate::mention::Tenure;

/// Roles with the party chosen for each.
type Bound<'a> = Vec<(&'a str, Party)>;

/// One way to fill the properties that identify claims of a class.
pub(super) struct Combination {
    pub(super) slots: Vec<Slot>,
    /// The words that identify it, where words do.
    pub(super) text: Option<Range<usize>>,
    /// The tokens of its parties.
    pub(super) tokens: Vec<usize>,
}

/// Every way to choose one party or text for each of the properties that identify claims of `class`.
pub(super) fn combinations(reader: Matcher, class: &Class, found: &Match) -> Vec<Combination> {
    let mut combinations: Vec<(Bound, Option<Range<usize>>)> = vec![(Vec::new(), None)];
    for property in &class.identified_by {
        if let Some((role, parties)) = found.parties.iter().find(|(role, _)| role == property) {
            combinations = combinations
                .iter()
                .flat_map(|(bound, text)| {
                    parties.iter().map(move |&party| {
                        let mut bound = bound.clone();
                        bound.push((*role, party));
                        (bound, text.clone())
                    })
                })
                .collect();
        }
        if let Some((_, texts)) = found.texts.iter().find(|(role, _)| role == property) {
            combinations = combinations
                .iter()
                .flat_map(|(bound, _)| {
                    texts
                        .iter()
                        .map(move |range| (bound.clone(), Some(range.clone())))
                })
                .collect();
        }
    }
    combinations
        .into_iter()
        .filter(|(bound, _)| sensible(reader, found, bound))
        .map(|(bound, text)| {
            let mut slots: Vec<Slot> = bound
                .iter()
                .map(|(role, party)| {
                    let origin = origin::of_party(reader, found, *party);
                    Slot::new(role, Value::Entity(party.entity), origin)
                })
                .collect();
            if let Some(range) = &text {
                let role = found
                    .texts
                    .iter()
                    .find(|(_, texts)| texts.contains(range))
                    .map_or("", |(role, _)| *role);
                let origin = origin::of_words(reader, found, role, range.clone());
                let words = Value::Text(words(reader, range.clone()));
                slots.push(Slot::new(role, words, origin));
            }
            let tokens = bound.iter().map(|(_, party)| party.token).collect();
            Combination {
                slots,
                text,
                tokens,
            }
        })
        .collect()
}

/// Whether someone lives where they are: an envoy in the country that they are sent to; one of whom the text does not say where to
/// (`surely` false: that they went there) may live anywhere.
fn posted(reader: Matcher, envoy: EntityId, place: EntityId, surely: bool) -> bool {
    let country = |id: EntityId| reader.entities.get(id).country.as_deref();
    let offices = &reader.knowledge.offices;
    reader.entities.get(envoy).offices.iter().any(|office| {
        let sent =
            (office.role.as_deref()).is_some_and(|role| offices.has(role, Trait::SentAbroad));
        office.tenure == Tenure::Current
            && sent
            && match office.to {
                Some(to) => country(to).is_some() && country(to) == country(place),
                None => surely,
            }
    })
}

/// Nobody fills two roles of one claim, and what must lie abroad does.
fn sensible(reader: Matcher, found: &Match, bound: &[(&str, Party)]) -> bool {
    let country = |id: EntityId| reader.entities.get(id).country.as_deref();
    let vocabulary = &reader.knowledge.vocabulary;
    let class = vocabulary.classes.get(&found.frame.class);
    let is_event = class.is_some_and(|class| !class.status.is_empty());
    for (index, (role, party)) in bound.iter().enumerate() {
        if bound[..index]
            .iter()
            .any(|(_, other)| other.entity == party.entity)
        {
            return false;
        }
        let argument = found
            .frame
            .arguments
            .iter()
            .filter(|argument| argument.role == *role)
            .find_map(|argument| argument.abroad.as_ref());
        let Some(Abroad { from, surely }) = argument else {
            continue;
        };
        let Some((_, home)) = bound.iter().find(|(role, _)| role == from) else {
            continue;
        };
        // An ambassador who is received lives there, too.
        let received = vocabulary
            .receiving()
            .any(|(host, _)| found.frame.has_role(host));
        let known = country(home.entity).is_some() && country(party.entity).is_some();
        if known && country(home.entity) == country(party.entity)
            || *surely && !known
            || is_event && posted(reader, home.entity, party.entity, *surely || received)
        {
            return false;
        }
    }
    // Nobody who speaks for a country accuses it, or its forces.
    let parties: Vec<EntityId> = bound.iter().map(|(_, party)| party.entity).collect();
    let collective = |id: EntityId| {
        matches!(
            reader.entities.get(id).kind,
            entity::Kind::Country | entity::Kind::Group
        )
    };
    !(parties.len() == 2
        && parties.iter().any(|&id| collective(id))
        && found
            .parties
            .iter()
            .any(|(_, parties)| parties.iter().any(|party| party.token == found.predicate))
        && country(parties[0]).is_some()
        && country(parties[0]) == country(parties[1]))
}
