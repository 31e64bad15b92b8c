//! One event told twice is one claim with two pieces of evidence.

use std::collections::BTreeSet;

use super::build;
use super::link::allied;
use super::modality::Modality;
use super::{Claim, Mechanism, Value, WINDOW, around, label, last, parties};
use crate::entity::{self, Entities, EntityId};
use crate::knowledge::gazetteer::EntryKind;
use crate::knowledge::vocabulary::{Bound, Class, Range, ReadFrom};
use crate::knowledge::{Knowledge, Vocabulary};
use crate::mention::time::calendar;
use crate::text::Date;

/// How many sentences apart one charge is told twice in almost the same words.
const NEAR: usize = 3;

/// Joins claims that say the same, keeping text order. A claim about something that is only pointed to (`the bridge`) adds to the last
/// one that it can point to; where there is none, nobody knows what it is about.
pub(super) fn join(claims: Vec<Claim>, knowledge: &Knowledge, entities: &Entities) -> Vec<Claim> {
    let vocabulary = &knowledge.vocabulary;
    let mut joined: Vec<Claim> = Vec::new();
    for claim in claims {
        let pointer = pointer(&claim, knowledge);
        let known = joined
            .iter_mut()
            .rev()
            .take(WINDOW)
            .find(|known| match &pointer {
                Some((property, noun)) => {
                    known.class == claim.class
                        && label::points_to(noun, &text(known, property), &knowledge.words)
                }
                None => same(known, &claim, knowledge, entities),
            });
        match (known, pointer) {
            (Some(known), pointer) => {
                let mut claim = claim;
                if let Some((property, _)) = pointer {
                    let class = vocabulary.classes.get(&claim.class);
                    let status = class.and_then(|class| class.status_property.as_ref());
                    // `The treaty was signed in Rome in 1957`: what the sentence says of it counts, not what stands around.
                    let told = !claim.mechanisms.contains(&Mechanism::Context);
                    claim.slots.retain(|slot| {
                        let says = matches!(slot.value, Value::Entity(_) | Value::Date(_));
                        status == Some(&slot.property) || slot.property == property || told && says
                    });
                }
                absorb(known, claim, vocabulary);
            }
            (None, None) => joined.push(claim),
            (None, Some(_)) => {}
        }
    }
    joined
}

/// Adds what `claim` says to the last claim of the same parties: of its days only those that are not known yet.
pub(super) fn add_to_last(claims: &mut [Claim], claim: Claim, vocabulary: &Vocabulary) {
    let Some(class) = vocabulary.classes.get(&claim.class) else {
        return;
    };
    let alike = |known: &&mut Claim| {
        known.class == claim.class
            && class
                .identified_by
                .iter()
                .all(|property| parties(&known.slots, property).eq(parties(&claim.slots, property)))
    };
    let Some(known) = claims.iter_mut().rev().take(WINDOW).find(alike) else {
        return;
    };
    let mut claim = claim;
    let [start, end] = dates(known, class);
    claim.slots.retain(|slot| match slot.value {
        Value::Date(day) => {
            let last = class.end_property.as_ref() == Some(&slot.property);
            end.is_none() && start.is_none_or(|start| last && day > start)
        }
        _ => true,
    });
    absorb(known, claim, vocabulary);
}

/// Leaves out what a finer claim says: a journey to a part of the world where the same party is told to go to countries of it.
pub(super) fn refine(claims: Vec<Claim>, knowledge: &Knowledge, entities: &Entities) -> Vec<Claim> {
    let gazetteer = &knowledge.gazetteer;
    let holds = |region: EntityId, place: EntityId| {
        let region = entities.get(region).gazetteer.as_deref();
        let country =
            (entities.get(place).country.as_deref()).and_then(|country| gazetteer.country(country));
        let is_region = |iri: &&str| {
            gazetteer
                .entry(iri)
                .is_some_and(|entry| entry.kind == EntryKind::WorldRegion)
        };
        region
            .filter(is_region)
            .zip(country)
            .is_some_and(|(region, country)| country.within.iter().any(|within| within == region))
    };
    let finer = |claim: &Claim, other: &Claim| {
        let Some(class) = knowledge.vocabulary.classes.get(&claim.class) else {
            return false;
        };
        let mut wider = false;
        claim.class == other.class
            && class.identified_by.iter().all(|property| {
                parties(&claim.slots, property).any(|a| {
                    parties(&other.slots, property).any(|b| {
                        wider |= holds(a, b);
                        a == b || holds(a, b)
                    })
                })
            })
            && wider
    };
    let coarse: Vec<bool> = (claims.iter())
        .map(|claim| {
            let near = around(&claims, claim.evidence[0].sentence);
            claims[near].iter().any(|other| finer(claim, other))
        })
        .collect();
    (claims.into_iter().zip(coarse))
        .filter(|(_, coarse)| !coarse)
        .map(|(claim, _)| claim)
        .collect()
}

/// Takes out guests whose place is only taken from their host, where the host is on a visit to the guests' country or the sentence says
/// where the guests are.
pub(super) fn drop_guests_of_travellers(
    claims: &mut Vec<Claim>,
    knowledge: &Knowledge,
    entities: &Entities,
) {
    let country = |id: EntityId| entities.get(id).country.as_deref();
    let vocabulary = &knowledge.vocabulary;
    let roles = vocabulary.receiving().flat_map(|(host, guest)| {
        let places = vocabulary.locating().filter(move |(_, who)| *who == guest);
        places.map(move |(place, _)| (host, guest, place))
    });
    for (host_role, guest_role, place_role) in roles {
        let travels = |host: EntityId, guest: EntityId, before: usize| {
            let last = last(&claims[..before])
                .iter()
                .rev()
                .find(|claim| parties(&claim.slots, guest_role).any(|guest| guest == host));
            last.is_some_and(|claim| {
                parties(&claim.slots, place_role)
                    .any(|place| country(place).is_some() && country(place) == country(guest))
            })
        };
        let told_elsewhere = |guest: EntityId, claim: &Claim| {
            let sentence = claim.evidence[0].sentence;
            claims[around(claims, sentence)].iter().any(|other| {
                other.frame != claim.frame
                    && other.evidence[0].sentence == sentence
                    && parties(&other.slots, guest_role).any(|other| other == guest)
            })
        };
        // What another sentence tells of a host may have been added to a journey that is told by itself.
        let by_host = |claim: &Claim| {
            let frame = knowledge.lexicon.frames.get(&claim.frame);
            frame.is_some_and(|frame| frame.has_role(host_role))
        };
        let guest_of_traveller = |(index, claim): (usize, &Claim)| {
            by_host(claim)
                && parties(&claim.slots, host_role).any(|host| {
                    // Only where the place is not said but taken from the host.
                    parties(&claim.slots, place_role).all(|place| {
                        entities.get(place).kind == entity::Kind::Country
                            && country(place) == country(host)
                    }) && parties(&claim.slots, guest_role)
                        .any(|guest| travels(host, guest, index) || told_elsewhere(guest, claim))
                })
        };
        let gone: Vec<bool> = claims.iter().enumerate().map(guest_of_traveller).collect();
        let mut gone = gone.into_iter();
        claims.retain(|_| gone.next() != Some(true));
    }
}

/// The property whose words only point to something said before, and the noun in them.
fn pointer(claim: &Claim, knowledge: &Knowledge) -> Option<(String, String)> {
    let class = knowledge.vocabulary.classes.get(&claim.class)?;
    claim
        .slots
        .iter()
        .filter(|slot| class.identified_by.contains(&slot.property))
        .find_map(|slot| match &slot.value {
            Value::Text(text) => {
                let noun = label::pointed(text, &knowledge.words)?;
                Some((slot.property.clone(), noun))
            }
            _ => None,
        })
}

/// Whether one of two parties is a country, the other a group without a name (`Chinese vessels`): both stand for the country.
fn of_country(entities: &Entities, a: EntityId, b: EntityId) -> bool {
    let is = |id: EntityId, kind: entity::Kind| entities.get(id).kind == kind;
    [(a, b), (b, a)]
        .into_iter()
        .any(|(one, other)| is(one, entity::Kind::Country) && is(other, entity::Kind::Group))
}

fn same(known: &Claim, claim: &Claim, knowledge: &Knowledge, entities: &Entities) -> bool {
    let vocabulary = &knowledge.vocabulary;
    if known.class != claim.class {
        return false;
    }
    let Some(class) = vocabulary.classes.get(&claim.class) else {
        return false;
    };
    let agree = class.identified_by.iter().all(|property| {
        let range = vocabulary
            .properties
            .get(property)
            .map(|property| &property.range);
        match range {
            Some(Range::Text) => {
                let labels = [text(known, property), text(claim, property)];
                label::same(&labels[0], &labels[1], &knowledge.words)
                    && (!labels.iter().any(|label| is_bare(label)) || share_party(known, claim))
            }
            Some(Range::Entity(kinds)) => {
                let places = kinds.iter().any(|kind| kind == "place");
                parties(&known.slots, property).any(|a| {
                    parties(&claim.slots, property).any(|b| {
                        a == b
                            || (places || of_country(entities, a, b)) && allied(entities, a, b)
                            || places
                                && on_the_way(entities, a, b)
                                && distance(known, claim) <= NEAR
                    })
                })
            }
            _ => true,
        }
    });
    // What has a name is the same at all times.
    let named = class.identified_by.iter().any(|property| {
        vocabulary
            .properties
            .get(property)
            .is_some_and(|property| property.range == Range::Text)
    });
    agree
        && (named
            || class.lasting
            || compatible(dates(known, class), dates(claim, class))
                && !(contradict(known, claim, vocabulary) && is_elsewhere(known, claim, class)))
        && words_agree(known, claim, vocabulary)
}

/// Whether one event took place or goes on and the other was called off or is denied.
fn contradict(a: &Claim, b: &Claim, vocabulary: &Vocabulary) -> bool {
    let has = |claim: &Claim, modalities: [Modality; 2]| {
        (modalities.into_iter()).any(|modality| build::has_status(claim, modality, vocabulary))
    };
    let off = [Modality::Cancelled, Modality::Negated];
    let on = [Modality::Past, Modality::Present];
    has(a, off) && has(b, on) || has(a, on) && has(b, off)
}

/// Whether two events that may be one are told of different parties, say of two towns of one country.
fn is_elsewhere(a: &Claim, b: &Claim, class: &Class) -> bool {
    class.identified_by.iter().any(|property| {
        !parties(&a.slots, property).any(|party| parties(&b.slots, property).any(|b| b == party))
    })
}

/// Whether a label is a single common noun, of which there are many (`railway`).
fn is_bare(label: &str) -> bool {
    label.split_whitespace().count() == 1 && label.chars().all(char::is_lowercase)
}

/// Whether one party takes part in both claims.
fn share_party(a: &Claim, b: &Claim) -> bool {
    let entity = |value: &Value| match value {
        Value::Entity(id) => Some(*id),
        _ => None,
    };
    (a.slots.iter().filter_map(|slot| entity(&slot.value)))
        .any(|id| b.slots.iter().any(|slot| entity(&slot.value) == Some(id)))
}

/// Whether one of two places is of no known country: a traveller who is just told of elsewhere is still in that country.
fn on_the_way(entities: &Entities, a: EntityId, b: EntityId) -> bool {
    [a, b].into_iter().any(|id| {
        let place = entities.get(id);
        place.gazetteer.is_none() && place.country.is_none()
    })
}

/// How many sentences lie between a claim and where the known one is told.
fn distance(known: &Claim, claim: &Claim) -> usize {
    let sentence = claim.evidence[0].sentence;
    let told_last = known.evidence.iter().rev().take(WINDOW);
    told_last
        .map(|evidence| evidence.sentence.abs_diff(sentence))
        .min()
        .unwrap_or(usize::MAX)
}

/// Where words tell claims of the same parties apart (charges), two are one if they stand near and their words agree, or one sentence makes
/// both.
fn words_agree(known: &Claim, claim: &Claim, vocabulary: &Vocabulary) -> bool {
    let telling: Vec<&String> = vocabulary
        .properties
        .iter()
        .filter(|(_, property)| {
            property.tells_apart && property.domain.as_ref() == Some(&claim.class)
        })
        .map(|(name, _)| name)
        .collect();
    if telling.is_empty() {
        return true;
    }
    let mut apart = telling
        .into_iter()
        .map(|name| (text(known, name), text(claim, name)))
        .filter(|(known, claim)| !known.is_empty() && !claim.is_empty());
    let distance = distance(known, claim);
    distance == 0 || distance <= NEAR && apart.all(|(known, claim)| agree(&known, &claim))
}

fn text(claim: &Claim, property: &str) -> String {
    claim
        .slots
        .iter()
        .find_map(|slot| match &slot.value {
            Value::Text(text) if slot.property == property => Some(text.clone()),
            _ => None,
        })
        .unwrap_or_default()
}

/// The longer words of a phrase.
fn content(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 3)
        .map(str::to_lowercase)
        .collect()
}

/// Whether two charges share half of the longer words of either.
fn agree(a: &str, b: &str) -> bool {
    let (a, b) = (content(a), content(b));
    let common = a.intersection(&b).count();
    common > 0 && 2 * common >= a.len().max(b.len())
}

/// First and last day, as far as they are given.
fn dates(claim: &Claim, class: &Class) -> [Option<Date>; 2] {
    [&class.start_property, &class.end_property].map(|property| {
        claim.slots.iter().find_map(|slot| match slot.value {
            Value::Date(date) if Some(&slot.property) == property.as_ref() => Some(date),
            _ => None,
        })
    })
}

/// How many days an event may last of which one sentence gives the first day and another the last.
const LONGEST: i32 = 21;

/// How many days may lie between two days of one event: nobody comes back to the same place at once.
const PAUSE: i32 = 3;

/// Whether two events may be one: their days are not given, or all lie so close together that they may be days of one stay.
fn compatible(a: [Option<Date>; 2], b: [Option<Date>; 2]) -> bool {
    let spans = |[start, end]: [Option<Date>; 2], [first, last]: [Option<Date>; 2]| match (
        start, end, first, last,
    ) {
        (None, None, _, _) => true,
        (Some(start), _, Some(first), _) if near(start, first) => true,
        (_, Some(end), _, Some(last)) if near(end, last) => true,
        // One lies within the other.
        (Some(start), Some(end), Some(first), _) if start <= first && first <= end => true,
        // One sentence tells of the first day, another of a later one.
        (Some(start), _, None, Some(last)) if near(start, last) || lasts(start, last, LONGEST) => {
            true
        }
        (start, end, first, _) => {
            let pause = |earlier: Option<Date>, later: Option<Date>| {
                (earlier.zip(later)).is_some_and(|(earlier, later)| lasts(earlier, later, PAUSE))
            };
            pause(end.or(start), first)
        }
    };
    spans(a, b) || spans(b, a)
}

/// Whether two dates agree in all that both give.
fn near(a: Date, b: Date) -> bool {
    let near = |a: Option<u8>, b: Option<u8>| a.is_none() || b.is_none() || a == b;
    a.year == b.year && near(a.month, b.month) && near(a.day, b.day)
}

/// Whether something that begins on the one day and ends on the other lasts no more than so many days.
fn lasts(start: Date, end: Date, days: i32) -> bool {
    match (calendar::number(start), calendar::number(end)) {
        (Some(start), Some(end)) => (0..=days).contains(&(end - start)),
        _ => false,
    }
}

/// Takes over the evidence and whatever `claim` knows better.
fn absorb(known: &mut Claim, claim: Claim, vocabulary: &Vocabulary) {
    let order = vocabulary
        .classes
        .get(&claim.class)
        .map_or(&[][..], |class| class.status_order.as_slice());
    for evidence in claim.evidence {
        let mut told_last = known.evidence.iter().rev().take(WINDOW);
        if told_last.all(|told| *told != evidence) {
            known.evidence.push(evidence);
        }
    }
    // Told twice, it is as sure as where it is told best.
    if claim.confidence > known.confidence {
        known.confidence = claim.confidence;
        known.mechanisms = claim.mechanisms;
    }
    for slot in claim.slots {
        let property = vocabulary.properties.get(&slot.property);
        let functional = property.is_some_and(|property| property.functional);
        let is_status =
            property.is_some_and(|property| property.read_from == Some(ReadFrom::Modality));
        let default = property.and_then(|property| property.default.clone());
        let is_default = |value: &Value| matches!(value, Value::Concept(notation) if Some(notation) == default.as_ref());
        if is_default(&slot.value)
            && known
                .slots
                .iter()
                .any(|known| known.property == slot.property)
        {
            continue;
        }
        known
            .slots
            .retain(|known| known.property != slot.property || !is_default(&known.value));
        if known.slots.contains(&slot) {
            continue;
        }
        let full = (property.and_then(|property| property.at_most)).is_some_and(|most| {
            let filled = (known.slots.iter()).filter(|known| known.property == slot.property);
            filled.count() >= most
        });
        if full {
            continue;
        }
        let existing = known
            .slots
            .iter_mut()
            .find(|known| functional && known.property == slot.property);
        match existing {
            Some(existing) => {
                let better = match (&existing.value, &slot.value) {
                    (Value::Date(old), Value::Date(new)) => {
                        let bound = property.and_then(|property| property.bound);
                        let earlier = bound == Some(Bound::Start) && new < old;
                        let later = bound == Some(Bound::End) && new > old;
                        finer(*new) > finer(*old)
                            || finer(*new) == finer(*old) && (earlier || later)
                    }
                    (Value::Concept(old), Value::Concept(new)) if is_status => {
                        let stage =
                            |notation: &String| order.iter().position(|stage| stage == notation);
                        stage(new) > stage(old)
                    }
                    _ => false,
                };
                if better {
                    existing.value = slot.value;
                }
            }
            None => known.slots.push(slot),
        }
    }
}

fn finer(date: Date) -> usize {
    usize::from(date.month.is_some()) + usize::from(date.day.is_some())
}
