//! A match becomes claims: one for each combination of the parties that tell claims of its class apart.

use std::collections::BTreeMap;
use std::ops::Range;

use super::combination::{Combination, combinations};
use super::concept;
use super::context;
use super::matching::{Match, Matcher, Party};
use super::mechanism;
use super::modality::{Modality, dated};
use super::origin;
use super::when::{self, When};
use super::{Claim, Evidence, Origin, Polarity, Slot, Value, parties};
use crate::entity::{self, Entities, EntityId};
use crate::knowledge::Vocabulary;
use crate::knowledge::vocabulary::{self, Class};
use crate::mention::time::calendar;
use crate::text::Date;

/// The claims that `found` states; none where the text denies or only supposes something whose class has no word for that.
pub(super) fn claims(reader: Matcher, found: &Match) -> Vec<Claim> {
    let Some(class) = reader.knowledge.vocabulary.classes.get(&found.frame.class) else {
        return Vec::new();
    };
    let is_event = !class.status.is_empty();
    let time = if is_event {
        when::time(reader, found.predicate, found.frame.closes)
    } else {
        When::default()
    };
    let modality = dated(
        reader.syntax.modality(found.predicate),
        time.any(),
        reader.document.metadata.date,
    );
    if modality == Modality::Supposed {
        return Vec::new();
    }
    // What someone denies did not take place, where the class has a word for that.
    let deniable = class.status.contains_key(Modality::Negated.as_str());
    let modality = match modality {
        Modality::Cancelled => modality,
        _ if deniable && reader.syntax.is_denied(found.predicate) => Modality::Negated,
        _ => modality,
    };
    // `has not been to Oslo since 2018` says when they were there last.
    if modality == Modality::Negated && deniable && reader.syntax.looks_back(found.predicate) {
        return Vec::new();
    }
    let modality = undated(reader, class, found, modality);
    let modality = match modality {
        Modality::Future | Modality::Proposed if reader.syntax.is_given_up(found.predicate) => {
            Modality::Cancelled
        }
        Modality::Past if just_arrived(reader, found, time) => Modality::Present,
        Modality::Present if sets_out(reader, found, time) => Modality::Future,
        _ => modality,
    };
    // Who wants or tries to do wrong is charged with it.
    let told_by_modality = !found.frame.stated_when.is_empty();
    let unsaid = match modality {
        _ if told_by_modality => {
            !(found.frame.stated_when.iter()).any(|stated| stated == modality.as_str())
        }
        Modality::Negated | Modality::Cancelled => true,
        Modality::Proposed => !reader.syntax.is_intended(found.predicate),
        _ => reader.syntax.is_supposed(found.predicate) || asked(reader, found.predicate),
    };
    if unsaid && !is_event {
        return Vec::new();
    }
    let mut shared = shared_slots(reader, class, found, modality, time);
    let borrowed = borrowed_slots(reader, class, found, &shared);
    let borrows = !borrowed.is_empty();
    shared.extend(borrowed);
    let evidence = evidence(reader, found);
    combinations(reader, class, found)
        .into_iter()
        .map(|combination| slots(reader, class, found, combination, &shared))
        .filter(|slots| {
            let has = |property: &String| slots.iter().any(|slot| slot.property == *property);
            class.requires.iter().all(has)
        })
        .map(|slots| {
            let mechanisms = mechanism::mechanisms(reader, found, &slots, borrows);
            (slots, mechanisms)
        })
        .map(|(slots, mechanisms)| Claim {
            class: found.frame.class.clone(),
            speaker: speaker(reader, found, &slots),
            slots,
            // What is not lifted is affirmed to be in force.
            polarity: if modality == Modality::Negated
                && !told_by_modality
                && !found.frame.status.contains_key(modality.as_str())
            {
                Polarity::Denied
            } else {
                Polarity::Affirmed
            },
            evidence: vec![evidence.clone()],
            frame: found.iri.to_owned(),
            entry: found.entry.map(|entry| entry.iri.clone()),
            word: reader.document.tokens[found.predicate].span,
            confidence: mechanism::confidence(&mechanisms),
            mechanisms,
        })
        .collect()
}

/// Who utters a claim: who tells the evoking word; where the narrator does but tells its words as those of one who takes part in it, they
/// (`he charged that Chad had lied`).
fn speaker(reader: Matcher, found: &Match, slots: &[Slot]) -> Option<EntityId> {
    let takes_part = |speaker: &EntityId| {
        let party = Value::Entity(*speaker);
        slots.iter().any(|slot| slot.value == party)
    };
    let said = (found.texts.iter()).flat_map(|(_, texts)| texts);
    (reader.entities.teller_of(found.predicate)).or_else(|| {
        said.filter_map(|text| reader.entities.speaker_of(text.start))
            .find(takes_part)
    })
}

/// For how many days whoever arrives in a place is still there, as far as the text says.
const STAY: i32 = 2;

/// Whether the text tells of an arrival a day or two before it was written.
fn just_arrived(reader: Matcher, found: &Match, time: When) -> bool {
    let day = |date: Option<Date>| date.and_then(calendar::number);
    let days = day(reader.document.metadata.date).zip(day(time.start));
    time.end.is_none()
        && days.is_some_and(|(today, start)| (0..=STAY).contains(&(today - start)))
        && reader.syntax.is_arrival(found.predicate)
}

/// Whether a journey that is told in the simple present begins today or later (`flies to Rome on Friday`).
fn sets_out(reader: Matcher, found: &Match, time: When) -> bool {
    let analysis = reader.syntax.analysis;
    let word = &analysis.words[found.predicate];
    let day = |date: Option<Date>| date.and_then(calendar::number);
    matches!(word.xpos, "VBZ" | "VBP")
        && analysis.dependents(found.predicate, "aux").next().is_none()
        && reader.knowledge.words.has("setting-out", &word.lemma)
        && day(time.start)
            .zip(day(reader.document.metadata.date))
            .is_some_and(|(start, today)| start >= today)
}

/// Whether `predicate` is the verb of a question.
fn asked(reader: Matcher, predicate: usize) -> bool {
    let sentence = &reader.document.sentences[reader.document.sentence_of(predicate)].tokens;
    let word = &reader.syntax.analysis.words[predicate];
    let form = |token: usize| reader.document.tokens[token].form.as_str();
    // `"Who spies on whom?" asked the minister`
    let mark =
        (predicate..sentence.end).find(|&token| matches!(form(token), "?" | ";" | "\"" | "”"));
    form(sentence.end - 1) == "?" && word.relation() == "root"
        || mark.is_some_and(|mark| form(mark) == "?" && mark + 1 < sentence.end)
}

/// What the tense of the evoking word says nothing of: whoever reviews a project, or speaks of one in the past tense, does not finish it.
fn undated(reader: Matcher, class: &Class, found: &Match, modality: Modality) -> Modality {
    let noun = class.joint && reader.is_noun(found.predicate);
    match modality {
        Modality::Past | Modality::Present if noun || found.frame.undated => Modality::Unstated,
        Modality::Future | Modality::Begun if found.frame.undated => Modality::Unstated,
        // What somebody paid for need not be finished.
        Modality::Past if found.frame.unfinished => Modality::Unstated,
        // `is completing the bridge`: it is still being built.
        Modality::Present
            if class.joint && reader.syntax.analysis.words[found.predicate].xpos == "VBG" =>
        {
            Modality::Begun
        }
        _ => modality,
    }
}

/// What all claims of the match have in common: time, status, and the roles that do not tell them apart.
fn shared_slots(
    reader: Matcher,
    class: &Class,
    found: &Match,
    modality: Modality,
    time: When,
) -> Vec<Slot> {
    let identifies = |role: &str| class.identified_by.iter().any(|property| property == role);
    let mut shared = Vec::new();
    for (property, date) in [
        (&class.start_property, time.start),
        (&class.end_property, time.end),
    ] {
        if let Some((property, date)) = property.as_deref().zip(date) {
            let origin = origin::of_date(reader, found.predicate, date);
            shared.push(Slot::new(property, Value::Date(date), origin));
        }
    }
    if let Some(property) = &class.status_property {
        let status = status(class, property, found, modality);
        shared.extend(status.map(|status| {
            let set = found
                .frame
                .sets
                .contains(&(property.clone(), status.clone()));
            let origin = if set {
                Origin::Frame
            } else {
                modality.origin()
            };
            Slot::new(property, Value::Concept(status), origin)
        }));
    }
    for (role, texts) in found.texts.iter().filter(|(role, _)| !identifies(role)) {
        shared.extend(texts.iter().map(|range| {
            let origin = origin::of_words(reader, found, role, range.clone());
            Slot::new(role, Value::Text(words(reader, range.clone())), origin)
        }));
    }
    for (role, parties) in found.parties.iter().filter(|(role, _)| !identifies(role)) {
        for party in parties {
            let entity = if class.joint && !takes_places(reader, role) {
                undertaker(reader, found, *party)
            } else {
                Some(party.entity)
            };
            let origin = origin::of_party(reader, found, *party);
            let slot = entity.map(|entity| Slot::new(role, Value::Entity(entity), origin));
            shared.extend(slot.filter(|slot| !shared.contains(slot)));
        }
    }
    shared
}

/// Whether a place fills `role` as the place that it is.
fn takes_places(reader: Matcher, role: &str) -> bool {
    let property = reader.knowledge.vocabulary.properties.get(role);
    property.is_some_and(|property| match &property.range {
        vocabulary::Range::Entity(kinds) => kinds.iter().any(|kind| kind == "place"),
        _ => false,
    })
}

/// Who takes part in an undertaking where `party` is named: for a town its country (`the road from Tripoli to Sirte`); nobody where an unknown
/// name stands in what the undertaking is called.
fn undertaker(reader: Matcher, found: &Match, party: Party) -> Option<EntityId> {
    let entity = reader.entities.get(party.entity);
    let country = || reader.entities.country(entity.country.as_deref()?);
    let called = |token: usize| {
        let mut texts = found.texts.iter().flat_map(|(_, texts)| texts);
        texts.any(|text| text.contains(&token) && text.start < token)
    };
    let placed = (reader.syntax.preposition(party.token)).is_some_and(|preposition| {
        reader
            .knowledge
            .words
            .has("endpoint-preposition", &preposition)
    });
    match entity.kind {
        entity::Kind::Place => country().or(Some(party.entity)),
        entity::Kind::Organisation if placed && called(party.token) => {
            entity.gazetteer.is_some().then_some(party.entity)
        }
        _ => Some(party.entity),
    }
}

/// The parties that only the sentences around name: not the country of a place that fills another role.
fn borrowed_slots(reader: Matcher, class: &Class, found: &Match, shared: &[Slot]) -> Vec<Slot> {
    let mut borrowed = Vec::new();
    for property in class
        .context
        .iter()
        .filter(|property| !class.identified_by.contains(property))
    {
        let named: Vec<EntityId> = parties(shared, property).collect();
        if found.frame.unilateral && !named.is_empty() {
            continue;
        }
        let places: Vec<EntityId> = (found.parties.iter())
            .filter(|(role, _)| role != property)
            .flat_map(|(_, parties)| parties.iter().map(|party| party.entity))
            .filter(|&id| reader.entities.get(id).kind == entity::Kind::Place)
            .collect();
        let lent = context::parties(reader, property, found.predicate, &named, &places);
        borrowed.extend(
            lent.into_iter()
                .map(|id| Slot::new(property, Value::Entity(id), Origin::Context)),
        );
    }
    borrowed
}

/// All slots of the claim of one combination.
fn slots(
    reader: Matcher,
    class: &Class,
    found: &Match,
    combination: Combination,
    shared: &[Slot],
) -> Vec<Slot> {
    let texts: Vec<(&str, Range<usize>)> = found
        .texts
        .iter()
        .flat_map(|(role, texts)| texts.iter().map(move |range| (*role, range.clone())))
        .filter(|(role, range)| {
            !class.identified_by.iter().any(|property| property == role)
                || combination.text.as_ref() == Some(range)
        })
        .collect();
    // Several parties may each have their own day: `to Chad on 3 May and to Mali on the 5th`.
    let several = found.parties.iter().any(|(_, parties)| parties.len() > 1);
    let own = (combination
        .tokens
        .iter()
        .filter(|_| several && !class.status.is_empty()))
    .find_map(|&token| {
        let others = found.parties.iter().flat_map(|(_, parties)| parties);
        let next = others
            .map(|party| party.token)
            .filter(|&other| other > token)
            .min();
        when::of_phrase(reader, token, next)
    });
    let mut slots = combination.slots;
    slots.extend(shared.iter().cloned());
    if let Some((own, start)) = own.zip(class.start_property.as_deref()) {
        let dated = [Some(start), class.end_property.as_deref()];
        slots.retain(|slot| !dated.contains(&Some(slot.property.as_str())));
        let origin = origin::of_date(reader, found.predicate, own);
        slots.push(Slot::new(start, Value::Date(own), origin));
    }
    slots.extend(concept::concepts(reader, found, &texts));
    slots
}

/// The words of `tokens`, line breaks as spaces.
pub(super) fn words(reader: Matcher, tokens: Range<usize>) -> String {
    if tokens.is_empty() {
        return String::new();
    }
    let text = reader.document.text(reader.document.span_of(tokens));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The notation of `property`, the status of `class`, where the text presents what is found in this way.
fn status(class: &Class, property: &str, found: &Match, modality: Modality) -> Option<String> {
    // `will lift the embargo`: it is in force.
    if let Some(own) = found.frame.status.get(modality.as_str()) {
        return Some(own.clone());
    }
    let fixed = found.frame.sets.iter().find(|(set, _)| set == property);
    match (fixed, modality) {
        (Some((_, notation)), Modality::Unstated | Modality::Past | Modality::Present) => {
            Some(notation.clone())
        }
        // `is not expected`: what was to come does not.
        (Some((_, notation)), Modality::Negated) if !class.joint => {
            let planned = class.status.get(Modality::Future.as_str()) == Some(notation);
            let denied = class.status.get(modality.as_str());
            denied.filter(|_| planned).cloned()
        }
        // `has not begun`: it has come as far as the stage before.
        (Some((_, notation)), Modality::Negated) => {
            let order = &class.status_order;
            let position = order.iter().position(|stage| stage == notation)?;
            match position.checked_sub(1) {
                Some(before) => order.get(before).cloned(),
                // `the idea will not be pursued`
                None => class.status.get(Modality::Cancelled.as_str()).cloned(),
            }
        }
        // `will be opened` is planned, `wants to propose` is proposed: of two stages the earlier; what stands still does so whenever.
        (Some((_, notation)), _) => {
            let stage = |notation: &String| {
                class
                    .status_order
                    .iter()
                    .position(|stage| stage == notation)
            };
            let other = class.status.get(modality.as_str());
            let finished = class
                .status
                .get(Modality::Finished.as_str())
                .and_then(stage);
            let off = |notation: &String| {
                [Modality::Suspended, Modality::Cancelled, Modality::Negated]
                    .iter()
                    .any(|modality| class.status.get(modality.as_str()) == Some(notation))
            };
            match other {
                Some(other) if off(notation) == off(other) => {
                    let earlier = stage(notation) <= finished && stage(other) < stage(notation);
                    Some(if earlier { other } else { notation }.clone())
                }
                Some(other) if off(other) => Some(other.clone()),
                _ => Some(notation.clone()),
            }
        }
        // Nothing dates it here; another sentence may, see `settle`.
        (None, Modality::Unstated) => None,
        _ => class.status.get(modality.as_str()).cloned(),
    }
}

/// Gives the claims that no sentence dates the status that their class has then.
pub(super) fn settle(claims: &mut [Claim], vocabulary: &Vocabulary) {
    for claim in claims {
        let Some(class) = vocabulary.classes.get(&claim.class) else {
            continue;
        };
        let status = class.status.get(Modality::Unstated.as_str());
        let Some((property, status)) = class.status_property.as_ref().zip(status) else {
            continue;
        };
        if !claim.slots.iter().any(|slot| slot.property == *property) {
            let status = Value::Concept(status.clone());
            let origin = Modality::Unstated.origin();
            claim.slots.push(Slot::new(property, status, origin));
        }
    }
}

/// Whether the status of `claim` is that which its class has for `modality`.
pub(super) fn has_status(claim: &Claim, modality: Modality, vocabulary: &Vocabulary) -> bool {
    let class = vocabulary.classes.get(&claim.class);
    class.is_some_and(|class| {
        let wanted = class.status.get(modality.as_str());
        claim.slots.iter().any(|slot| {
            class.status_property.as_ref() == Some(&slot.property)
                && matches!(&slot.value, Value::Concept(status) if Some(status) == wanted)
        })
    })
}

/// Whoever has gone on to another country since, or has left by `today`, is no longer in the one where the text told of their arrival.
pub(super) fn leave_behind(
    claims: &mut [Claim],
    vocabulary: &Vocabulary,
    entities: &Entities,
    today: Option<Date>,
) {
    let today = today.and_then(calendar::number);
    let start = |claim: &Claim| {
        let property = (vocabulary.classes.get(&claim.class))?
            .start_property
            .as_ref()?;
        let days = claim.slots.iter().filter_map(|slot| match slot.value {
            Value::Date(date) if slot.property == *property => calendar::number(date),
            _ => None,
        });
        days.min()
    };
    let end = |claim: &Claim| {
        let property = (vocabulary.classes.get(&claim.class))?
            .end_property
            .as_ref()?;
        claim.slots.iter().find_map(|slot| match slot.value {
            Value::Date(date) if slot.property == *property => calendar::number(date),
            _ => None,
        })
    };
    let goes_on = |claim: &Claim| has_status(claim, Modality::Present, vocabulary);
    let over = |claim: &Claim| has_status(claim, Modality::Past, vocabulary);
    for (place, who) in vocabulary.locating() {
        let country = |claim: &Claim| {
            let mut countries = parties(&claim.slots, place)
                .filter_map(|place| entities.get(place).country.clone());
            countries.next()
        };
        // The last day on which each traveller is told to have come somewhere, and where.
        let mut last: BTreeMap<EntityId, (i32, Option<String>)> = BTreeMap::new();
        for claim in claims.iter().filter(|claim| over(claim) || goes_on(claim)) {
            let Some(day) = start(claim) else {
                continue;
            };
            for traveller in parties(&claim.slots, who) {
                let known = last.entry(traveller).or_insert((day, country(claim)));
                if day > known.0 {
                    *known = (day, country(claim));
                }
            }
        }
        for claim in claims.iter_mut().filter(|claim| goes_on(claim)) {
            let left = end(claim).is_some_and(|end| Some(end) <= today);
            let ahead = today.is_some() && start(claim) > today;
            let moved_on = |day: i32| {
                parties(&claim.slots, who).any(|traveller| {
                    (last.get(&traveller)).is_some_and(|(later, place)| {
                        *later > day && place.is_some() && *place != country(claim)
                    })
                })
            };
            let gone = left || start(claim).is_some_and(moved_on);
            let modality = if ahead {
                Modality::Future
            } else {
                Modality::Past
            };
            let class = vocabulary
                .classes
                .get(&claim.class)
                .filter(|_| gone || ahead);
            let past = class.and_then(|class| class.status.get(modality.as_str()));
            for slot in &mut claim.slots {
                let status = class.and_then(|class| class.status_property.as_ref());
                if let Some(past) = past.filter(|_| status == Some(&slot.property)) {
                    slot.value = Value::Concept(past.clone());
                    slot.origin = Origin::Context;
                }
            }
        }
    }
}

/// The words that refer to a party; the evoking word for a speaker.
fn phrase(reader: Matcher, party: &Party) -> Range<usize> {
    let referring = reader.mentions_of(party.token);
    let widest = referring.max_by_key(|mention| mention.tokens.len());
    widest.map_or(party.token..party.token + 1, |mention| {
        mention.tokens.clone()
    })
}

/// The sentence, and in it the stretch from the first to the last of the evoking word and its arguments.
pub(super) fn evidence(reader: Matcher, found: &Match) -> Evidence {
    let sentence = reader.document.sentence_of(found.predicate);
    let bounds = &reader.document.sentences[sentence].tokens;
    let tokens = std::iter::once(found.predicate)
        .chain(
            found
                .parties
                .iter()
                .flat_map(|(_, parties)| parties.iter().flat_map(|party| phrase(reader, party))),
        )
        .chain(
            found
                .texts
                .iter()
                .flat_map(|(_, texts)| texts.iter().flat_map(Clone::clone)),
        )
        .filter(|token| bounds.contains(token));
    let (first, last) = tokens.fold(
        (found.predicate, found.predicate),
        |(first, last), token| (first.min(token), last.max(token)),
    );
    Evidence {
        span: reader.document.span_of(first..last + 1),
        sentence,
    }
}
