//! Whoever travels in company travels, too.
//!
//! Some matches say nothing but who goes with whom (`accompanied by`, `a delegation led by`, `his delegation included`). They make
//! no claims of their own: what is said of one of the company is said of the others.

use super::matching::{self, Match, Matcher, Party};
use super::{Claim, Evidence, Slot, Value, build, parties};
use crate::entity::{self, Entities, EntityId};

/// How many sentences back the journey of a delegation is looked for that is not told by its name.
const REACH: usize = 4;

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
        let company = Company {
            property,
            members,
            known,
            evidence: build::evidence(reader, found),
        };
        let shared = company.shared(reader.entities, &claims);
        for (place, claim) in shared.into_iter().rev() {
            claims.insert(place + 1, claim);
        }
    }
    claims
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
    /// What the members share: the claims of one of them, told for each of the others, with the place of the claim told from.
    fn shared(&self, entities: &Entities, claims: &[Claim]) -> Vec<(usize, Claim)> {
        let mut shared: Vec<(usize, Claim)> = Vec::new();
        for place in self.told(entities, claims) {
            let claim = &claims[place];
            for &member in &self.known {
                let mut own = claim.clone();
                for slot in &mut own.slots {
                    if slot.property == self.property {
                        slot.value = Value::Entity(member);
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
    fn told(&self, entities: &Entities, claims: &[Claim]) -> Vec<usize> {
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
        if among.is_empty() { there } else { among }
    }
}

/// Whether the place of `claim` is abroad for the party it is told of, but home for `member`: a host who shows a guest round has not travelled.
fn stays_at_home(entities: &Entities, claim: &Claim, member: EntityId, property: &str) -> bool {
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
