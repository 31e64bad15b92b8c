//! Places that are not called by their names: `here`, `there`, `the region`, `the Georgian village of M`.

use super::matching::Matcher;
use crate::entity::{EntityId, Kind};
use crate::knowledge::gazetteer::EntryKind;

/// How many sentences back a place that is not named again is looked for.
const REACH: usize = 2;

/// The country or place that `token` means, where it names none itself: an adverb of place, or a noun for a place with the country or
/// place that it lies in, or with the one that was spoken of last.
pub(super) fn at(reader: Matcher, token: usize) -> Option<EntityId> {
    let words = &reader.syntax.analysis.words;
    let lemma = words[token].lemma.to_lowercase();
    let class = |class: &str| reader.knowledge.words.has(class, &lemma);
    if class("here-word") {
        return here(reader, token);
    }
    if class("there-word") {
        return last(reader, token, |kind| {
            matches!(kind, Kind::Place | Kind::Country)
        });
    }
    if !class("place-noun") {
        return None;
    }
    let inside = reader
        .syntax
        .analysis
        .children(token)
        .iter()
        .flat_map(|&child| reader.entities.at(child))
        .copied()
        .find(|&id| is_place(reader, id));
    let definite = || {
        let the = |&child: &usize| matches!(words[child].lemma.as_str(), "the" | "that" | "this");
        let alone = reader
            .syntax
            .analysis
            .children(token)
            .iter()
            .all(|&child| matches!(words[child].relation(), "det" | "case" | "punct"));
        alone && reader.syntax.analysis.children(token).iter().any(the)
    };
    inside.or_else(|| {
        let region = class("region-noun");
        definite()
            .then(|| {
                last_where(reader, token, |id| {
                    is_place(reader, id) && is_world_region(reader, id) == region
                })
            })
            .flatten()
    })
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
    reader.entities.country(&code)
}

/// Where the words at `token` are uttered: the place that the clause of saying names, or that of the dateline.
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
    said_in.or_else(|| of_dateline(reader))
}

/// The party of such a kind that was spoken of last before `token`.
fn last(reader: Matcher, token: usize, fits: impl Fn(Kind) -> bool) -> Option<EntityId> {
    last_where(reader, token, |id| fits(reader.entities.get(id).kind))
}

fn last_where(reader: Matcher, token: usize, fits: impl Fn(EntityId) -> bool) -> Option<EntityId> {
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
            ) && reader.syntax.preposition(other).is_some()
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
