//! Whoever travels in company travels, too.
//!
//! Some matches say nothing but who goes with whom (`accompanied by`, `a delegation led by`, `his delegation included`). They make
//! no claims of their own: what is said of one of the company is said of the others.

use super::matching::{self, Match, Matcher, Party};
use super::modality::Modality;
use super::{Claim, Evidence, Origin, Slot, Value, build, parties};
use crate::entity::{self, Entities, EntityId};
use crate::knowledge::Vocabulary;
use crate::language::Upos;
use crate::mention::time::calendar;

/// How many sentences back the journey of a delegation is looked for that is not told by its name.
const REACH: usize = 4;

/// Within how many tokens a line of a list names the person whom it is about.
const OPENING: usize = 8;

/// How many lines of a list are read.
const LONGEST_LIST: usize = 200;

/// How many days may lie between the beginnings of two stops of one journey.
const JOURNEY: u32 = 8;

/// Who goes with whom, as one sentence says it.
struct Company<'a> {
    /// The property that all members fill (local name).
    property: &'a str,
    members: Vec<EntityId>,
    /// The members that are told well enough to be recorded.
    known: Vec<EntityId>,
    evidence: Evidence,
}

/// Whether `found` only says who belongs together.
pub(super) fn is_company(reader: Matcher, found: &Match) -> bool {
    shared_property(reader, found).is_some()
}

fn shared_property<'a>(reader: Matcher<'a>, found: &Match) -> Option<&'a str> {
    found.parties.iter().find_map(|(role, _)| {
        let property = reader.knowledge.vocabulary.properties.get(*role)?;
        property.shares_in.as_deref()
    })
}

/// Adds to `claims` those of the companions that `matches` name, behind the claim that they share.
pub(super) fn share(reader: Matcher, matches: &[Match], claims: Vec<Claim>) -> Vec<Claim> {
    let mut claims = claims;
    let mut companies: Vec<Company> = Vec::new();
    for found in matches {
        let Some(property) = shared_property(reader, found) else {
            continue;
        };
        let mut members: Vec<EntityId> = Vec::new();
        let mut known: Vec<EntityId> = Vec::new();
        for party in found.parties.iter().flat_map(|(_, parties)| parties) {
            let member = member(reader, *party);
            members.push(member);
            if matching::identifiable(reader.entities.get(member))
                || reader.public_group(party.token, member)
            {
                known.push(member);
            }
        }
        companies.push(Company {
            property,
            members,
            known,
            evidence: build::evidence(reader, found),
        });
    }
    let properties = reader.knowledge.vocabulary.properties.values();
    for property in properties.filter_map(|property| property.shares_in.as_deref()) {
        companies.extend(rosters(reader, property));
    }
    for company in companies {
        let near = super::around(&claims, company.evidence.sentence);
        let vocabulary = &reader.knowledge.vocabulary;
        let shared = company.shared(&claims[near.clone()], vocabulary, reader.entities);
        for (place, claim) in shared.into_iter().rev() {
            claims.insert(near.start + place + 1, claim);
        }
    }
    claims
}

/// The companies that a list names: behind the colon of a sentence of a delegation or of company, or in the paragraphs that follow it.
fn rosters<'a>(reader: Matcher<'a>, property: &'a str) -> Vec<Company<'a>> {
    let document = reader.document;
    let words = &reader.syntax.analysis.words;
    let person = |token: usize| {
        let mut referents = reader.entities.at(token).iter().copied();
        referents.find(|&id| {
            let entity = reader.entities.get(id);
            entity.kind == entity::Kind::Person && !entity.name.is_empty()
        })
    };
    let mut companies = Vec::new();
    for (sentence, bounds) in document.sentences.iter().enumerate() {
        let tokens = bounds.tokens.clone();
        let colon = tokens
            .clone()
            .find(|&token| document.tokens[token].form == ":");
        let Some(colon) = colon else {
            continue;
        };
        let tells = |token: usize| {
            let lemma = words[token].lemma.to_lowercase();
            ["delegation-noun", "company-verb"]
                .iter()
                .any(|class| reader.knowledge.words.has(class, &lemma))
        };
        if !(tokens.start..colon).any(tells) {
            continue;
        }
        let mut known: Vec<EntityId> = (colon..tokens.end).filter_map(person).collect();
        if colon + 1 == tokens.end {
            let following = document.paragraphs[bounds.paragraph + 1..].iter();
            let items = following.take(LONGEST_LIST);
            let first = |sentence: usize| {
                let tokens = document.sentences[sentence].tokens.clone();
                let verbal = tokens.clone().any(|token| {
                    words[token].relation() == "root" && words[token].upos == Upos::Verb
                });
                let mut opening = tokens.take(OPENING);
                opening.find_map(person).filter(|_| !verbal)
            };
            // A paragraph that is nothing but a label has no sentence.
            known.extend(items.map_while(|item| item.sentences.clone().next().and_then(first)));
        }
        known.dedup();
        if known.is_empty() {
            continue;
        }
        let heads =
            (tokens.start..colon).flat_map(|token| reader.entities.at(token).iter().copied());
        companies.push(Company {
            property,
            members: heads.chain(known.iter().copied()).collect(),
            known,
            evidence: Evidence {
                span: document.span_of(tokens),
                sentence,
            },
        });
    }
    companies
}

/// Who `party` is in the company: of `his delegation` the one whose delegation it is.
fn member(reader: Matcher, party: Party) -> EntityId {
    let owner = reader
        .syntax
        .analysis
        .dependents(party.token, "nmod:poss")
        .flat_map(|owner| reader.entities.at(owner))
        .copied()
        .find(|&owner| reader.entities.get(owner).kind == entity::Kind::Person);
    owner
        .filter(|_| reader.entities.get(party.entity).kind == entity::Kind::Group)
        .unwrap_or(party.entity)
}

impl Company<'_> {
    /// What the members share: those of `claims` that are told of one of them, told for each of the others, with the place of the claim
    /// told from.
    fn shared(
        &self,
        claims: &[Claim],
        vocabulary: &Vocabulary,
        entities: &Entities,
    ) -> Vec<(usize, Claim)> {
        let mut shared: Vec<(usize, Claim)> = Vec::new();
        for place in self.told(claims, vocabulary, entities) {
            let claim = &claims[place];
            for &member in &self.known {
                let mut own = claim.clone();
                for slot in &mut own.slots {
                    if slot.property == self.property {
                        slot.value = Value::Entity(member);
                        slot.origin = Origin::Company;
                    }
                }
                own.evidence.push(self.evidence.clone());
                own.evidence.dedup();
                let known = claims
                    .iter()
                    .chain(shared.iter().map(|(_, claim)| claim))
                    .any(|known| known.class == own.class && known.slots == own.slots);
                if !known && !stays_at_home(entities, claim, member, self.property) {
                    shared.push((place, own));
                }
            }
        }
        shared
    }

    /// The claims of a member that the sentence speaks of: those in it, else those of the sentence next to it, the ones before first.
    fn told(&self, claims: &[Claim], vocabulary: &Vocabulary, entities: &Entities) -> Vec<usize> {
        let sentence = self.evidence.sentence;
        let of_members = |claim: &Claim| {
            parties(&claim.slots, self.property).any(|party| self.members.contains(&party))
        };
        // A delegation that nothing else is said of travels with whoever of its country was spoken of last, or whoever was at all.
        let of_country = |claim: &Claim| {
            let country = |id: EntityId| entities.get(id).country.as_deref();
            let near = |told: usize| told <= sentence && sentence - told <= REACH;
            (claim.evidence.iter()).any(|evidence| near(evidence.sentence))
                && parties(&claim.slots, self.property).any(|party| {
                    self.members
                        .iter()
                        .filter(|&&member| entities.get(member).kind == entity::Kind::Group)
                        .any(|&member| {
                            country(member).is_none() || country(member) == country(party)
                        })
                })
        };
        let distance = |place: usize| {
            let told = claims[place]
                .evidence
                .iter()
                .map(|evidence| evidence.sentence);
            told.map(|told| (told > sentence, told.abs_diff(sentence)))
                .min()
        };
        let fitting = |place: &usize| of_members(&claims[*place]) || of_country(&claims[*place]);
        let Some(best) = (0..claims.len()).filter(fitting).filter_map(distance).min() else {
            return Vec::new();
        };
        let there: Vec<usize> = (0..claims.len())
            .filter(fitting)
            .filter(|&place| distance(place) == Some(best))
            .collect();
        // Of several in the sentence itself, those whose words the company stands among.
        let among: Vec<usize> = (there.iter().copied())
            .filter(|_| best == (false, 0))
            .filter(|&place| {
                claims[place].evidence.iter().any(|evidence| {
                    evidence.span.start < self.evidence.span.end
                        && self.evidence.span.start < evidence.span.end
                })
            })
            .collect();
        let told = if among.is_empty() { there } else { among };
        let stops = |claim: &Claim| {
            told.iter()
                .any(|&place| self.goes_on(&claims[place], claim, vocabulary))
        };
        (0..claims.len())
            .filter(|place| told.contains(place) || stops(&claims[*place]))
            .collect()
    }

    /// Whether `other` is a stop of the journey that `claim` tells of: the same party's, told in the same words or a few days apart, and no
    /// stop that was called off.
    fn goes_on(&self, claim: &Claim, other: &Claim, vocabulary: &Vocabulary) -> bool {
        let number = |claim: &Claim| {
            let days = claim.slots.iter().filter_map(|slot| match slot.value {
                Value::Date(date) => calendar::number(date),
                _ => None,
            });
            days.min()
        };
        let off = [Modality::Cancelled, Modality::Negated]
            .into_iter()
            .any(|modality| build::has_status(other, modality, vocabulary));
        let near = || {
            let days = number(claim).zip(number(other));
            days.is_some_and(|(one, next)| one.abs_diff(next) <= JOURNEY)
        };
        let same_words = || (other.evidence.iter()).any(|told| claim.evidence.contains(told));
        let persons = parties(&other.slots, self.property)
            .all(|party| parties(&claim.slots, self.property).any(|own| own == party));
        other.class == claim.class && persons && !off && (near() || same_words())
    }
}

/// Whether the place of `claim` is abroad for the party it is told of, but home for `member`: a host who shows a guest round has not travelled.
pub(super) fn stays_at_home(
    entities: &Entities,
    claim: &Claim,
    member: EntityId,
    property: &str,
) -> bool {
    let Some(country) = entities.get(member).country.as_deref() else {
        return false;
    };
    let lies_in = |slot: &Slot| {
        let Value::Entity(place) = slot.value else {
            return false;
        };
        slot.property != property
            && matches!(
                entities.get(place).kind,
                entity::Kind::Country | entity::Kind::Place
            )
            && entities.get(place).country.as_deref() == Some(country)
    };
    claim.slots.iter().any(lies_in)
        && !parties(&claim.slots, property)
            .any(|party| entities.get(party).country.as_deref() == Some(country))
}
