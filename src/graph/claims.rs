//! What the text says happened.

use std::collections::BTreeMap;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, Term};

use super::draft::{Draft, date, decimal, label, text};
use super::iri;
use super::vocabulary::{ch, itsrdf, prov};
use crate::claim::{Claim, Polarity, Value};
use crate::entity::Entities;

/// The IRI of each claim, by its index: `<document>/claim/visit-<hash>`, the hash taken from what is said and by whom. Where two
/// claims say the same, their evidence is hashed too; should that be the same as well, they are one claim.
pub(super) fn iris(
    document: &NamedNode,
    claims: &[Claim],
    entities: &[NamedNode],
) -> Vec<NamedNode> {
    let said: Vec<String> = claims
        .iter()
        .map(|claim| content(claim, claims, entities))
        .collect();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for content in &said {
        *times.entry(content).or_default() += 1;
    }
    (claims.iter().zip(&said))
        .map(|(claim, content)| {
            let hash = if times[content.as_str()] > 1 {
                iri::hash(&format!("{content}|{:?}", claim.evidence))
            } else {
                iri::hash(content)
            };
            let class = iri::slug(&claim.class);
            NamedNode::new_unchecked(format!("{}/claim/{class}-{hash}", document.as_str()))
        })
        .collect()
}

/// All that a claim says, in one text. Its slots count in any order; another claim counts by its class and place only.
fn content(claim: &Claim, claims: &[Claim], entities: &[NamedNode]) -> String {
    let mut slots: Vec<String> = claim
        .slots
        .iter()
        .map(|slot| match &slot.value {
            Value::Entity(id) => format!("{} {}", slot.property, entities[id.0]),
            Value::Claim(index) => {
                let other = claims
                    .get(*index)
                    .map(|other| (&other.class, other.evidence.first()));
                format!("{} {other:?}", slot.property)
            }
            Value::Concept(notation) => format!("{} {notation}", slot.property),
            Value::Text(text) => format!("{} \"{text}\"", slot.property),
            Value::Date(day) => format!("{} {}", slot.property, date(*day)),
        })
        .collect();
    slots.sort_unstable();
    let speaker = claim.speaker.map(|id| &entities[id.0]);
    format!("{}|{slots:?}|{speaker:?}|{:?}", claim.class, claim.polarity)
}

/// Writes each claim: its class, participants, speaker, polarity, mechanisms, confidence, evidence, and the frame and lexical entry that
/// found it with the files that define them, and the user's files that define or add to what fills its slots.
pub(super) fn describe(
    draft: &mut Draft<'_>,
    claims: &[Claim],
    iris: &[NamedNode],
    entities: &Entities,
    entity_iris: &[NamedNode],
) {
    let knowledge = draft.knowledge;
    for (claim, node) in claims.iter().zip(iris) {
        draft.add(node, rdf::TYPE, ch::term(&claim.class));
        for slot in &claim.slots {
            let value: Term = match &slot.value {
                Value::Entity(id) => entity_iris[id.0].clone().into(),
                Value::Claim(index) => match iris.get(*index) {
                    Some(other) => other.clone().into(),
                    None => continue,
                },
                Value::Text(words) => label(words).into(),
                Value::Date(day) => date(*day).into(),
                Value::Concept(notation) => {
                    draft.add_concept(node, &slot.property, notation);
                    continue;
                }
            };
            draft.add(node, ch::term(&slot.property).as_ref(), value);
        }
        if let Some(speaker) = claim.speaker {
            draft.add(
                node,
                prov::WAS_ATTRIBUTED_TO,
                entity_iris[speaker.0].clone(),
            );
        }
        let polarity = match claim.polarity {
            Polarity::Affirmed => "affirmed",
            Polarity::Denied => "negated",
        };
        draft.add_concept(node, "polarity", polarity);
        for mechanism in &claim.mechanisms {
            draft.add_concept(node, "mechanism", mechanism.as_str());
        }
        draft.add(
            node,
            itsrdf::TA_CONFIDENCE,
            decimal(f64::from(claim.confidence), 3),
        );
        let entry = claim.entry.iter().map(|entry| (ch::ENTRY, entry));
        for (property, iri) in entry.chain([(ch::FRAME, &claim.frame)]) {
            if let Ok(iri) = NamedNode::new(iri) {
                draft.add(node, property, iri);
            }
            if let Some(file) = knowledge.lexicon.file_of(iri) {
                draft.add(node, ch::DEFINED_IN, text(file));
            }
        }
        let slots = claim.slots.iter();
        let used = slots.filter_map(|slot| slot.entry(entities, knowledge));
        for iri in used.chain(claim.entry.as_deref()).chain([&*claim.frame]) {
            for (file, _) in knowledge.definitions.by_user(iri) {
                draft.add(node, ch::DEFINED_IN, text(file));
            }
        }
        for evidence in &claim.evidence {
            draft.cite(node, evidence.span, Some(evidence.sentence));
        }
    }
}
