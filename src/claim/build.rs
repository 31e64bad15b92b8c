//! A match becomes claims: one for each combination of the parties that tell claims of its class apart.

use std::ops::Range;

use super::classify;
use super::context;
use super::matching::{Match, Matcher, Party};
use super::modality::{Modality, dated};
use super::when;
use super::{Claim, Evidence, Polarity, Slot, Value};
use crate::entity::{self, EntityId};
use crate::knowledge::vocabulary::{self, Class};
use crate::text::Date;

/// Confidence of a claim whose arguments all hang on the evoking word, of one with an inherited argument, and of one that was
/// filled from the context.
const CONFIDENCE: [f32; 3] = [0.9, 0.7, 0.5];

/// The claims that `matched` states; none where the text denies or only supposes something whose class has no word for that.
pub(super) fn claims(matcher: Matcher, matched: &Match) -> Vec<Claim> {
    let vocabulary = &matcher.knowledge.vocabulary;
    let Some(class) = vocabulary.classes.get(&matched.frame.class) else {
        return Vec::new();
    };
    let is_event = !class.status.is_empty();
    let time = if is_event {
        when::time(matcher.syntax, matcher.mentions, matched.predicate)
    } else {
        None
    };
    let modality = dated(
        matcher.syntax.modality(matched.predicate),
        time.map(|time| time.start),
        matcher.document.metadata.date,
    );
    if !is_event
        && matches!(
            modality,
            Modality::Negated | Modality::Proposed | Modality::Cancelled
        )
    {
        return Vec::new();
    }
    let mut shared: Vec<Slot> = Vec::new();
    if let Some(time) = time {
        shared.push(slot("start", Value::Date(time.start)));
        shared.extend(
            end(time.start, time.end, matcher, matched).map(|end| slot("end", Value::Date(end))),
        );
    }
    if let Some(status) = status(class, matched, modality) {
        shared.push(slot("status", Value::Concept(status)));
    }
    for (role, texts) in &matched.texts {
        if !class.identified_by.iter().any(|property| property == role) {
            shared.extend(
                texts
                    .iter()
                    .map(|range| slot(role, Value::Text(words(matcher, range.clone())))),
            );
        }
    }
    for (role, parties) in &matched.parties {
        if !class.identified_by.iter().any(|property| property == role) {
            shared.extend(
                parties
                    .iter()
                    .map(|party| slot(role, Value::Entity(party.entity))),
            );
        }
    }
    let mut confidence = match (matched.inherited, matched.from_context) {
        (_, true) => CONFIDENCE[2],
        (inherited, false) => CONFIDENCE[usize::from(inherited)],
    };
    for property in class.context.iter().filter(|property| !class.identified_by.contains(property)) {
        let named: Vec<EntityId> = shared
            .iter()
            .filter(|slot| slot.property == *property)
            .filter_map(|slot| match slot.value {
                Value::Entity(id) => Some(id),
                _ => None,
            })
            .collect();
        let filled = context::parties(matcher, property, matched.predicate, &named);
        if !filled.is_empty() {
            confidence = CONFIDENCE[2];
        }
        shared.extend(
            filled
                .into_iter()
                .map(|id| slot(property, Value::Entity(id))),
        );
    }
    let evidence = evidence(matcher, matched);
    let mut claims = Vec::new();
    for combination in combinations(matcher, class, matched) {
        let mut slots = combination.slots;
        let texts: Vec<(&str, Range<usize>)> = matched
            .texts
            .iter()
            .flat_map(|(role, texts)| texts.iter().map(move |range| (*role, range.clone())))
            .filter(|(role, range)| {
                !class.identified_by.iter().any(|property| property == role)
                    || combination.text.as_ref() == Some(range)
            })
            .collect();
        slots.extend(shared.iter().cloned());
        slots.extend(concepts(matcher, matched, &texts));
        let complete = class
            .requires
            .iter()
            .all(|property| slots.iter().any(|slot| slot.property == *property));
        if complete {
            claims.push(Claim {
                class: matched.frame.class.clone(),
                slots,
                speaker: matcher.entities.speaker_of(matched.predicate),
                polarity: if modality == Modality::Negated {
                    Polarity::Denied
                } else {
                    Polarity::Affirmed
                },
                evidence: vec![evidence.clone()],
                frame: matched.iri.to_owned(),
                confidence,
            });
        }
    }
    claims
}

fn slot(property: &str, value: Value) -> Slot {
    Slot {
        property: property.to_owned(),
        value,
    }
}

/// One way to fill the properties that identify claims of a class.
struct Combination {
    slots: Vec<Slot>,
    /// The words that identify it, where words do.
    text: Option<Range<usize>>,
}

fn combinations(matcher: Matcher, class: &Class, matched: &Match) -> Vec<Combination> {
    let mut combinations: Vec<(Vec<(&str, Party)>, Option<Range<usize>>)> =
        vec![(Vec::new(), None)];
    for property in &class.identified_by {
        if let Some((role, parties)) = matched.parties.iter().find(|(role, _)| role == property) {
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
        if let Some((_, texts)) = matched.texts.iter().find(|(role, _)| role == property) {
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
        .filter(|(bound, _)| sensible(matcher, matched, bound))
        .map(|(bound, text)| {
            let mut slots: Vec<Slot> = bound
                .iter()
                .map(|(role, party)| slot(role, Value::Entity(party.entity)))
                .collect();
            if let Some(range) = &text {
                let role = matched
                    .texts
                    .iter()
                    .find(|(_, texts)| texts.contains(range))
                    .map_or("", |(role, _)| *role);
                slots.push(slot(role, Value::Text(words(matcher, range.clone()))));
            }
            Combination { slots, text }
        })
        .collect()
}

/// Nobody fills two roles of one claim, and what must lie abroad does.
fn sensible(matcher: Matcher, matched: &Match, bound: &[(&str, Party)]) -> bool {
    let country = |id: EntityId| matcher.entities.get(id).country.as_deref();
    for (index, (role, party)) in bound.iter().enumerate() {
        if bound[..index]
            .iter()
            .any(|(_, other)| other.entity == party.entity)
        {
            return false;
        }
        let abroad_from = matched
            .frame
            .arguments
            .iter()
            .filter(|argument| argument.role == *role)
            .find_map(|argument| argument.abroad_from.as_deref());
        let home = abroad_from.and_then(|from| bound.iter().find(|(role, _)| *role == from));
        if let Some((_, home)) = home
            && country(home.entity).is_some()
            && country(home.entity) == country(party.entity)
        {
            return false;
        }
    }
    // Nobody accuses their own country by way of its government's name.
    let parties: Vec<EntityId> = bound.iter().map(|(_, party)| party.entity).collect();
    let country_itself = |id: EntityId| matcher.entities.get(id).kind == entity::Kind::Country;
    !(parties.len() == 2
        && parties.iter().any(|&id| country_itself(id))
        && matched
            .parties
            .iter()
            .any(|(_, parties)| parties.iter().any(|party| party.token == matched.predicate))
        && country(parties[0]).is_some()
        && country(parties[0]) == country(parties[1]))
}

fn words(matcher: Matcher, tokens: Range<usize>) -> String {
    if tokens.is_empty() {
        return String::new();
    }
    let text = matcher.document.text(matcher.document.span_of(tokens));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn status(class: &Class, matched: &Match, modality: Modality) -> Option<String> {
    let fixed = matched
        .frame
        .sets
        .iter()
        .find(|(property, _)| property == "status");
    match (fixed, modality) {
        (Some((_, notation)), Modality::Unstated | Modality::Past | Modality::Present) => Some(notation.clone()),
        _ => class.status.get(modality.as_str()).cloned(),
    }
}

/// A visit of one named day ends on that day only where the text says so: by a range.
fn end(start: Date, end: Option<Date>, _matcher: Matcher, _matched: &Match) -> Option<Date> {
    end.filter(|&end| end >= start)
}

/// Concepts that the frame sets, and those that words point to.
fn concepts(matcher: Matcher, matched: &Match, texts: &[(&str, Range<usize>)]) -> Vec<Slot> {
    let vocabulary = &matcher.knowledge.vocabulary;
    let mut slots = Vec::new();
    for (name, property) in &vocabulary.properties {
        let (vocabulary::Range::Concept(scheme), Some(source)) =
            (&property.range, &property.read_from)
        else {
            continue;
        };
        if property
            .domain
            .as_ref()
            .is_some_and(|domain| *domain != matched.frame.class)
        {
            continue;
        }
        let set: Vec<String> = matched
            .frame
            .sets
            .iter()
            .filter(|(property, _)| property == name)
            .map(|(_, notation)| notation.clone())
            .collect();
        let tokens: Vec<usize> = if source == "predicate" {
            modifiers(matcher, matched.predicate)
        } else {
            texts
                .iter()
                .filter(|(role, _)| role == source)
                .flat_map(|(_, range)| range.clone())
                .collect()
        };
        let mut notations = if set.is_empty() {
            classify::concepts(
                vocabulary,
                scheme,
                matcher.document,
                matcher.syntax.analysis,
                &tokens,
            )
        } else {
            set
        };
        if notations.is_empty() {
            notations.extend(property.default.clone());
        }
        if property.functional {
            notations.truncate(1);
        }
        slots.extend(
            notations
                .into_iter()
                .map(|notation| slot(name, Value::Concept(notation))),
        );
    }
    slots
}

/// The evoking word with its adjectives and what stands before it in its phrase.
fn modifiers(matcher: Matcher, predicate: usize) -> Vec<usize> {
    let mut tokens = vec![predicate];
    for &child in matcher.syntax.analysis.children(predicate) {
        let relation = matcher.syntax.analysis.words[child].relation();
        if matches!(relation, "amod" | "compound" | "advmod" | "nmod") && child < predicate {
            tokens.extend(matcher.syntax.analysis.subtree(child));
        }
    }
    tokens.sort_unstable();
    tokens
}

/// The sentence, and in it the stretch from the first to the last of the evoking word and its arguments.
fn evidence(matcher: Matcher, matched: &Match) -> Evidence {
    let sentence = matcher.document.sentence_of(matched.predicate);
    let bounds = &matcher.document.sentences[sentence].tokens;
    let tokens = std::iter::once(matched.predicate)
        .chain(
            matched
                .parties
                .iter()
                .flat_map(|(_, parties)| parties.iter().map(|party| party.token)),
        )
        .chain(
            matched
                .texts
                .iter()
                .flat_map(|(_, texts)| texts.iter().flat_map(Clone::clone)),
        )
        .filter(|token| bounds.contains(token));
    let (first, last) = tokens.fold(
        (matched.predicate, matched.predicate),
        |(first, last), token| (first.min(token), last.max(token)),
    );
    Evidence {
        span: matcher.document.span_of(first..last + 1),
        sentence,
    }
}
