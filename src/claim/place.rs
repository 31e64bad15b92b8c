//! Places that are not called by their names: `here`, `there`, `the region`, `the Georgian village of M`.

use super::matching::Matcher;
use crate::entity::{EntityId, Kind};
use crate::knowledge::gazetteer::EntryKind;
use crate::language::Upos;

/// How many sentences back a place that is not named again is looked for.
const REACH: usize = 2;

/// The countries or places that `token` means, where it names none itself: an adverb of place, or a noun for a place with those that
/// it lies in or is made up of, or with the one that was spoken of last; a named airport is where the text is written.
pub(super) fn at(reader: Matcher, token: usize) -> Vec<EntityId> {
    let analysis = reader.syntax.analysis;
    let words = &analysis.words;
    let lemma = words[token].lemma.to_lowercase();
    let class = |class: &str| reader.knowledge.words.has(class, &lemma);
    if class("here-word") {
        return here(reader, token).into_iter().collect();
    }
    if class("there-word") {
        return last(reader, token, |id| is_place(reader, id))
            .into_iter()
            .collect();
    }
    if !class("place-noun") {
        return Vec::new();
    }
    let children = analysis.children(token);
    let mut inside: Vec<EntityId> = Vec::new();
    for &child in children
        .iter()
        .filter(|&&child| words[child].relation() != "conj")
    {
        for part in reader.syntax.conjuncts(child) {
            let places = reader.entities.at(part).iter().copied();
            inside.extend(places.filter(|&id| is_place(reader, id)));
        }
    }
    if !inside.is_empty() {
        return inside;
    }
    let named = children
        .iter()
        .any(|&child| words[child].upos == Upos::Propn);
    if class("arrival-noun") && named {
        return of_dateline(reader).into_iter().collect();
    }
    let definite = children
        .iter()
        .any(|&child| matches!(words[child].lemma.as_str(), "the" | "that" | "this"))
        && children
            .iter()
            .all(|&child| matches!(words[child].relation(), "det" | "case" | "punct"));
    let region = class("region-noun");
    let spoken_of = || {
        last(reader, token, |id| {
            is_place(reader, id) && is_world_region(reader, id) == region
        })
    };
    definite.then(spoken_of).flatten().into_iter().collect()
}

/// The country or place of the dateline.
pub(super) fn of_dateline(reader: Matcher) -> Option<EntityId> {
    let place = reader.document.dateline.as_ref()?.place?;
    let text = reader.document.text(place);
    let first = text.split(['/', ',']).next()?.trim();
    let words: Vec<&str> = first.split_whitespace().collect();
    let found = reader.knowledge.gazetteer.find(&words);
    let code = found
        .iter()
        .find(|found| found.words == words.len())
        .and_then(|found| found.entry.country.clone())?;
    let year = reader.document.metadata.date.map(|date| date.year);
    let gazetteer = &reader.knowledge.gazetteer;
    let state = year.and_then(|year| gazetteer.state_before(&code, year)?.country.clone());
    reader.entities.country(&state.unwrap_or(code))
}

/// Where the words at `token` are uttered: the place that the clause of saying names, that of the dateline, else the speaker's country.
fn here(reader: Matcher, token: usize) -> Option<EntityId> {
    let analysis = reader.syntax.analysis;
    let said_in = analysis.ancestors(token).skip(1).find_map(|above| {
        analysis
            .dependents(above, "obl")
            .filter(|&phrase| {
                reader
                    .syntax
                    .preposition(phrase)
                    .is_some_and(|preposition| {
                        reader.knowledge.words.has("goal-preposition", &preposition)
                    })
            })
            .flat_map(|phrase| reader.entities.at(phrase))
            .copied()
            .find(|&id| is_place(reader, id))
    });
    let own = || {
        let speaker = reader.entities.speaker_of(token)?;
        reader
            .entities
            .country(reader.entities.get(speaker).country.as_deref()?)
    };
    said_in.or_else(|| of_dateline(reader)).or_else(own)
}

/// The party that `fits` and stood last before `token` behind a preposition.
fn last(reader: Matcher, token: usize, fits: impl Fn(EntityId) -> bool) -> Option<EntityId> {
    let document = reader.document;
    let sentence = document.sentence_of(token);
    let first = document.sentences[sentence.saturating_sub(REACH)]
        .tokens
        .start;
    (first..token)
        .rev()
        .filter(|&other| {
            // Adjectives of nationality name no place.
            !matches!(
                reader.syntax.analysis.words[other].relation(),
                "amod" | "nmod:poss"
            ) && (reader.syntax.preposition(other).is_some()
                || reader.syntax.analysis.words[other].relation() == "obj")
        })
        .flat_map(|other| reader.entities.at(other))
        .copied()
        .find(|&id| fits(id))
}

fn is_place(reader: Matcher, id: EntityId) -> bool {
    matches!(reader.entities.get(id).kind, Kind::Place | Kind::Country)
}

fn is_world_region(reader: Matcher, id: EntityId) -> bool {
    let entry = reader.entities.get(id).gazetteer.as_deref();
    entry
        .and_then(|iri| reader.knowledge.gazetteer.entry(iri))
        .is_some_and(|entry| entry.kind == EntryKind::WorldRegion)
}
