//! What a sentence leaves out because its neighbours say it.

use super::matching::{Match, Matcher, Party};
use super::modality::Modality;
use super::{Claim, Value};
use crate::entity::EntityId;
use crate::knowledge::vocabulary;

/// How many sentences back a party that is not said again is looked for.
const REACH: usize = 2;

/// Fills the one identifying role that the sentence leaves open, where the class allows it: a place with the nearest place abroad that
/// follows in the sentence (`a visit from the speaker, who gave a lecture in Oslo`), a person with whom the last claim of the
/// class in the paragraph is about (`A second trip led to …`).
pub(super) fn complete<'a>(
    reader: Matcher<'a>,
    mut found: Match<'a>,
    previous: &[Claim],
) -> Match<'a> {
    let vocabulary = &reader.knowledge.vocabulary;
    let Some(class) = vocabulary.classes.get(&found.frame.class) else {
        return found;
    };
    let open: Vec<&'a String> = class
        .identified_by
        .iter()
        .filter(|property| !found.parties.iter().any(|(role, _)| role == property))
        .collect();
    let [property] = open.as_slice() else {
        return found;
    };
    let Some(vocabulary::Range::Entity(kinds)) = vocabulary
        .properties
        .get(*property)
        .map(|property| &property.range)
    else {
        return found;
    };
    let said_not_to_be = reader.syntax.modality(found.predicate) == Modality::Negated;
    if said_not_to_be || !class.context.contains(property) {
        return found;
    }
    let party = if kinds.iter().any(|kind| kind == "place") {
        following_place(reader, &found, kinds)
    } else if attempted(reader, &found, property) {
        None
    } else {
        last_party(reader, &found, property, previous)
    };
    if let Some(party) = party {
        found.parties.push((property.as_str(), vec![party]));
        found.from_context = true;
    }
    found
}

/// The nearest place behind the evoking word that a preposition of place goes before and that is not the others' own country.
fn following_place(reader: Matcher, found: &Match, kinds: &[String]) -> Option<Party> {
    let document = reader.document;
    let sentence = &document.sentences[document.sentence_of(found.predicate)].tokens;
    let country = |id: EntityId| reader.entities.get(id).country.as_deref();
    let homes: Vec<&str> = found
        .parties
        .iter()
        .flat_map(|(_, parties)| parties.iter().filter_map(|party| country(party.entity)))
        .collect();
    (found.predicate + 1..sentence.end)
        .filter(|&token| {
            let preposition = reader.syntax.preposition(token);
            preposition.is_some_and(|preposition| {
                reader.knowledge.words.has("goal-preposition", &preposition)
            })
        })
        .flat_map(|token| {
            reader
                .entities
                .at(token)
                .iter()
                .map(move |&entity| Party { entity, token })
        })
        .find(|party| {
            reader.accepts(kinds, party.entity)
                && country(party.entity).is_some_and(|country| !homes.contains(&country))
        })
}

/// Whether the sentence does name someone in the role, only nobody that is known.
fn attempted(reader: Matcher, found: &Match, property: &str) -> bool {
    let functions = reader.syntax.functions(found.predicate);
    found
        .frame
        .arguments
        .iter()
        .filter(|argument| argument.role == property && argument.path != ["amod"])
        .any(|argument| {
            !reader
                .follow(argument, &argument.path, &functions, found.predicate)
                .is_empty()
        })
}

fn last_party(reader: Matcher, found: &Match, property: &str, previous: &[Claim]) -> Option<Party> {
    let document = reader.document;
    let sentence = document.sentence_of(found.predicate);
    let paragraph = document.sentences[sentence].paragraph;
    previous
        .iter()
        .rev()
        .filter(|claim| claim.class == found.frame.class)
        .filter(|claim| {
            let told = claim.evidence[0].sentence;
            document.sentences[told].paragraph == paragraph
                && sentence - told.min(sentence) <= REACH
        })
        .flat_map(|claim| &claim.slots)
        .find_map(|slot| match slot.value {
            Value::Entity(entity) if slot.property == property => Some(Party {
                entity,
                token: found.predicate,
            }),
            _ => None,
        })
}

/// Parties that stand near by, where fewer than two are `named`: the countries that the sentence speaks of, else those of its paragraph,
/// else the two that the document speaks of most.
pub(super) fn parties(
    reader: Matcher,
    property: &str,
    predicate: usize,
    named: &[EntityId],
) -> Vec<EntityId> {
    let Some(vocabulary::Range::Entity(_)) = reader
        .knowledge
        .vocabulary
        .properties
        .get(property)
        .map(|property| &property.range)
    else {
        return Vec::new();
    };
    let country_of = |id: EntityId| reader.entities.get(id).country.clone();
    let mut known: Vec<String> = named.iter().filter_map(|&id| country_of(id)).collect();
    let mut filled = Vec::new();
    let document = reader.document;
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
            for &id in reader.entities.at(token) {
                let Some(country) = country_of(id).filter(|country| !known.contains(country))
                else {
                    continue;
                };
                if let Some(country_id) = reader.entities.country(&country) {
                    known.push(country);
                    filled.push(country_id);
                }
            }
        }
    }
    if named.len() + filled.len() < 2 {
        for &id in reader.entities.countries_in_focus() {
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
