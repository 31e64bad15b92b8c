//! What a sentence leaves out because its neighbours say it.

use super::matching::{Match, Matcher, Party};
use super::modality::Modality;
use super::place;
use super::{Claim, Value};
use crate::entity::EntityId;
use crate::knowledge::vocabulary;
use crate::language::Upos;

/// How many sentences back a party that is not said again is looked for.
const REACH: usize = 2;

/// Fills the one identifying role that the sentence leaves open, where the class allows it: a [place], or a person with whom the last claim
/// of the class in the paragraph is about (`A second trip led to …`).
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
    if !class.context.contains(property) {
        return found;
    }
    let said_not_to_be = reader.syntax.modality(found.predicate) == Modality::Negated;
    let party = if kinds.iter().any(|kind| kind == "place") {
        place(reader, &found, kinds, property, previous, said_not_to_be)
    } else if said_not_to_be || attempted(reader, &found, property) {
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

/// `The trip was called off`: where a definite noun that evokes an event says neither whose nor where, the one told last, with all who take
/// part in it.
pub(super) fn pointed<'a>(
    reader: Matcher<'a>,
    found: &Match<'a>,
    previous: &[Claim],
) -> Option<Match<'a>> {
    let vocabulary = &reader.knowledge.vocabulary;
    let class = vocabulary.classes.get(&found.frame.class)?;
    let analysis = reader.syntax.analysis;
    let word = &analysis.words[found.predicate];
    let definite = analysis.children(found.predicate).iter().any(|&child| {
        let lemma = analysis.words[child].lemma.as_str();
        matches!(lemma, "the" | "this" | "that" | "both" | "these")
    });
    let told = matches!(word.relation(), "nsubj" | "obj") && reader.is_noun(found.predicate);
    let open = class.identified_by.iter().all(|property| {
        class.context.contains(property)
            && !found.parties.iter().any(|(role, _)| role == property)
            && !attempted(reader, found, property)
    });
    if !definite || !told || !open || class.identified_by.is_empty() {
        return None;
    }
    let sentence = reader.document.sentence_of(found.predicate);
    // `he called the trip off`: his own.
    let agents: Vec<EntityId> = (reader.syntax.functions(word.head?).iter())
        .filter(|filler| filler.function == "nsubj" && filler.token != found.predicate)
        .flat_map(|filler| reader.entities.at(filler.token).iter().copied())
        .collect();
    let last = (previous.iter().rev())
        .find(|claim| claim.class == found.frame.class)
        .filter(|claim| sentence.saturating_sub(claim.evidence[0].sentence) <= REACH)
        .filter(|claim| {
            let takes_part = |id: &EntityId| {
                (class.identified_by.iter())
                    .any(|property| super::parties(&claim.slots, property).any(|own| own == *id))
            };
            agents.is_empty() || agents.iter().any(takes_part)
        })?;
    let together = (previous.iter())
        .filter(|claim| claim.class == last.class && claim.evidence[0] == last.evidence[0]);
    let mut known = found.clone();
    for claim in together {
        for property in &class.identified_by {
            for entity in super::parties(&claim.slots, property) {
                let party = Party {
                    entity,
                    token: found.predicate,
                    argument: None,
                };
                match known.parties.iter_mut().find(|(role, _)| role == property) {
                    Some((_, parties)) if parties.contains(&party) => {}
                    Some((_, parties)) => parties.push(party),
                    None => known.parties.push((property.as_str(), vec![party])),
                }
            }
        }
    }
    known.from_context = true;
    Some(known)
}

/// The place of an event whose sentence does not tie one to it: a place abroad that follows a noun, the place where the text said last that
/// the same party is, for words of arrival a place abroad before them or that of the dateline.
fn place(
    reader: Matcher,
    found: &Match,
    kinds: &[String],
    property: &str,
    previous: &[Claim],
    said_not_to_be: bool,
) -> Option<Party> {
    let analysis = reader.syntax.analysis;
    let is =
        |class: &str| (reader.knowledge.words).has(class, &analysis.words[found.predicate].lemma);
    let noun = !matches!(analysis.words[found.predicate].upos, Upos::Verb | Upos::Aux);
    let homes = homes(reader, found);
    let entity = |entity: EntityId| Party::new(entity, found.predicate);
    let abroad = |id: EntityId| {
        reader.accepts(kinds, id)
            && (reader.entities.get(id).country.as_deref())
                .is_some_and(|country| !homes.contains(&country))
    };
    let definite = analysis.children(found.predicate).iter().any(|&child| {
        matches!(
            analysis.words[child].lemma.as_str(),
            "the" | "this" | "that"
        )
    });
    if said_not_to_be {
        // `did not make the trip` that others made.
        return last_place(reader, found, property, previous, false)
            .filter(|&id| definite && abroad(id))
            .map(entity);
    }
    let arrives = is("arrival-word");
    let sentence = &reader.document.sentences[reader.document.sentence_of(found.predicate)].tokens;
    let place = |token: usize| place_at(reader, token, &abroad);
    let follows = || {
        (noun || arrives)
            .then(|| (found.predicate + 1..sentence.end).find_map(place))
            .flatten()
    };
    // `the Malian minister came, too`: where the others are.
    let joins = analysis.children(found.predicate).iter().any(|&child| {
        // `as well` is one word to the tree, headed by its first.
        let last = analysis.dependents(child, "fixed").last().unwrap_or(child);
        (reader.knowledge.words).has("addition-word", &analysis.words[last].lemma)
    });
    if is("joining-word") && !joins {
        return None;
    }
    let known = || {
        last_place(reader, found, property, previous, !joins)
            .filter(|&id| !joins || abroad(id))
            .map(entity)
    };
    let near = || {
        arrives
            .then(|| (sentence.start..found.predicate).rev().find_map(place))
            .flatten()
    };
    let dateline = || {
        place::of_dateline(reader)
            .filter(|&id| arrives && !homes.is_empty() && abroad(id))
            .map(entity)
    };
    follows().or_else(known).or_else(near).or_else(dateline)
}

/// The countries of those who take part.
fn homes<'a>(reader: Matcher<'a>, found: &Match) -> Vec<&'a str> {
    found
        .parties
        .iter()
        .flat_map(|(_, parties)| parties)
        .filter_map(|party| reader.entities.get(party.entity).country.as_deref())
        .collect()
}

/// The place that the preposition before `token` makes the place of something, where it is `abroad`.
fn place_at(reader: Matcher, token: usize, abroad: &dyn Fn(EntityId) -> bool) -> Option<Party> {
    let preposition = reader.syntax.preposition(token)?;
    if !reader.knowledge.words.has("goal-preposition", &preposition) {
        return None;
    }
    let entity = (reader.entities.at(token).iter().copied()).find(|&id| abroad(id))?;
    Some(Party::new(entity, token))
}

/// Where the last claim of the class places the same party (or anybody, where the event is told by others'), in this sentence or the
/// few before it.
fn last_place(
    reader: Matcher,
    found: &Match,
    property: &str,
    previous: &[Claim],
    same: bool,
) -> Option<EntityId> {
    let sentence = reader.document.sentence_of(found.predicate);
    let claim = previous
        .iter()
        .rev()
        .filter(|claim| claim.class == found.frame.class)
        .take_while(|claim| sentence - claim.evidence[0].sentence.min(sentence) <= REACH)
        .find(|claim| {
            !same
                || found.parties.iter().any(|(role, bound)| {
                    super::parties(&claim.slots, role)
                        .any(|known| bound.iter().any(|party| party.entity == known))
                })
        })?;
    // Nobody arrives in a part of the world.
    super::parties(&claim.slots, property).find(|&id| reader.entities.get(id).country.is_some())
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
            Value::Entity(entity) if slot.property == property => {
                Some(Party::new(entity, found.predicate))
            }
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
