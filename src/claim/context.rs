//! What a sentence leaves out because its neighbours say it.

use super::matching::{Match, Matcher, Party};
use super::modality::Modality;
use super::{Claim, Value};
use crate::entity::EntityId;
use crate::knowledge::vocabulary;

/// How many sentences back a party that is not said again is looked for.
const REACH: usize = 2;

/// Fills the one identifying role that the sentence leaves open, where the class allows it: a place with the nearest place abroad that
/// follows in the sentence (`a visit from the chairman, who attended the opening in Sochi`), a person with whom the last claim of the
/// class in the paragraph is about (`Trips were also made to …`).
pub(super) fn complete<'a>(matcher: Matcher<'a>, mut matched: Match<'a>, previous: &[Claim]) -> Match<'a> {
    let vocabulary = &matcher.knowledge.vocabulary;
    let Some(class) = vocabulary.classes.get(&matched.frame.class) else {
        return matched;
    };
    let open: Vec<&'a String> = class
        .identified_by
        .iter()
        .filter(|property| !matched.parties.iter().any(|(role, _)| role == property))
        .collect();
    let [property] = open.as_slice() else {
        return matched;
    };
    let Some(vocabulary::Range::Entity(kinds)) = vocabulary.properties.get(*property).map(|property| &property.range) else {
        return matched;
    };
    let said_not_to_be = matcher.syntax.modality(matched.predicate) == Modality::Negated;
    if said_not_to_be || !class.context.contains(property) {
        return matched;
    }
    let found = if kinds.iter().any(|kind| kind == "place") {
        following_place(matcher, &matched, kinds)
    } else if attempted(matcher, &matched, property) {
        None
    } else {
        last_party(matcher, &matched, property, previous)
    };
    if let Some(party) = found {
        matched.parties.push((property.as_str(), vec![party]));
        matched.from_context = true;
    }
    matched
}

/// The nearest place behind the evoking word that a preposition of place goes before and that is not the others' own country.
fn following_place(matcher: Matcher, matched: &Match, kinds: &[String]) -> Option<Party> {
    let document = matcher.document;
    let sentence = &document.sentences[document.sentence_of(matched.predicate)].tokens;
    let country = |id: EntityId| matcher.entities.get(id).country.as_deref();
    let homes: Vec<&str> = matched
        .parties
        .iter()
        .flat_map(|(_, parties)| parties.iter().filter_map(|party| country(party.entity)))
        .collect();
    (matched.predicate + 1..sentence.end)
        .filter(|&token| {
            let preposition = matcher.syntax.preposition(token);
            preposition.is_some_and(|preposition| matches!(preposition.as_str(), "in" | "at" | "to"))
        })
        .flat_map(|token| matcher.entities.at(token).iter().map(move |&entity| Party { entity, token }))
        .find(|party| {
            matcher.accepts(kinds, party.entity) && country(party.entity).is_some_and(|country| !homes.contains(&country))
        })
}

/// Whether the sentence does name someone in the role, only nobody that is known.
fn attempted(matcher: Matcher, matched: &Match, property: &str) -> bool {
    let functions = matcher.syntax.functions(matched.predicate);
    matched
        .frame
        .arguments
        .iter()
        .filter(|argument| argument.role == property && argument.path != ["amod"])
        .any(|argument| !matcher.follow(argument, &argument.path, &functions, matched.predicate).is_empty())
}

fn last_party(matcher: Matcher, matched: &Match, property: &str, previous: &[Claim]) -> Option<Party> {
    let document = matcher.document;
    let sentence = document.sentence_of(matched.predicate);
    let paragraph = document.sentences[sentence].paragraph;
    previous
        .iter()
        .rev()
        .filter(|claim| claim.class == matched.frame.class)
        .filter(|claim| {
            let told = claim.evidence[0].sentence;
            document.sentences[told].paragraph == paragraph && sentence - told.min(sentence) <= REACH
        })
        .flat_map(|claim| &claim.slots)
        .find_map(|slot| match slot.value {
            Value::Entity(entity) if slot.property == property => Some(Party {
                entity,
                token: matched.predicate,
            }),
            _ => None,
        })
}

/// Parties that stand near by, where fewer than two are `named`: the countries that the sentence speaks of, else those of its paragraph,
/// else the two that the document speaks of most.
pub(super) fn parties(
    matcher: Matcher,
    property: &str,
    predicate: usize,
    named: &[EntityId],
) -> Vec<EntityId> {
    let Some(vocabulary::Range::Entity(_)) = matcher
        .knowledge
        .vocabulary
        .properties
        .get(property)
        .map(|property| &property.range)
    else {
        return Vec::new();
    };
    let country_of = |id: EntityId| matcher.entities.get(id).country.clone();
    let mut known: Vec<String> = named.iter().filter_map(|&id| country_of(id)).collect();
    let mut filled = Vec::new();
    let document = matcher.document;
    let sentence = document.sentence_of(predicate);
    let paragraph = &document.paragraphs[document.sentences[sentence].paragraph].sentences;
    let stretches = [
        document.sentences[sentence].tokens.clone(),
        document.sentences[paragraph.start].tokens.start
            ..document.sentences[paragraph.end - 1].tokens.end,
    ];
    for stretch in stretches {
        if named.len() + filled.len() >= 2 {
            break;
        }
        for token in stretch {
            for &id in matcher.entities.at(token) {
                let Some(country) = country_of(id).filter(|country| !known.contains(country))
                else {
                    continue;
                };
                if let Some(country_id) = matcher.entities.country(&country) {
                    known.push(country);
                    filled.push(country_id);
                }
            }
        }
    }
    if named.len() + filled.len() < 2 {
        for id in matcher.entities.countries_in_focus() {
            if named.len() + filled.len() >= 2 {
                break;
            }
            if !named.contains(&id) && !filled.contains(&id) {
                filled.push(id);
            }
        }
    }
    filled
}
