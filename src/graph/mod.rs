//! Step 6: how is the record written as RDF?
//!
//! [`build`] writes the entities and claims of a document as triples with their provenance; [`crate::store`] keeps them.
//!
//! It is plain RDF 1.1 without blank nodes. Every fact is a node of its own (an office held, a visit, a charge) that leads to the
//! document (`prov:hadPrimarySource`), to the exact characters that support it (`ch:evidence`) and from there to their sentence
//! (`nif:sentence`), and to whoever says so (`prov:wasAttributedTo`; the narrator where nobody is named). Offsets count Unicode
//! characters of the body.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, Triple};

use crate::claim::{Claim, Value};
use crate::entity::{Entities, EntityId};
use crate::knowledge::Knowledge;
use crate::text::{Document, Note};
use draft::Draft;

mod claims;
mod draft;
mod iri;
mod parties;
mod source;
pub mod vocabulary;

pub use iri::{Base, DEFAULT_BASE};

/// The record of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graph {
    /// The document's IRI, which is also the name of its graph in a store.
    pub document: NamedNode,
    /// Its triples, sorted and without doubles.
    pub triples: Vec<Triple>,
}

/// Writes the record of the document that is called `iri` (see [`Base::identify`]). Entities and claims refer to one another by
/// index, as [`crate::entity::resolve`] and [`crate::claim::extract`] give them.
pub fn build(
    document: &Document,
    entities: &Entities,
    claims: &[Claim],
    knowledge: &Knowledge,
    base: &Base,
    iri: &NamedNode,
) -> (Graph, Vec<Note>) {
    let mut draft = Draft::new(document, knowledge, iri);
    let entity_iris = parties::iris(iri, entities);
    let claim_iris = claims::iris(iri, claims, &entity_iris);
    source::describe(&mut draft, base);
    parties::describe(&mut draft, entities, &entity_iris, &participants(claims));
    claims::describe(&mut draft, claims, &claim_iris, entities, &entity_iris);

    let Draft {
        mut triples, notes, ..
    } = draft;
    triples.sort_by_cached_key(ToString::to_string);
    triples.dedup();
    let document = iri.clone();
    (Graph { document, triples }, notes)
}

/// The entities that take part in a claim or utter it.
fn participants(claims: &[Claim]) -> BTreeSet<EntityId> {
    let slots = claims.iter().flat_map(|claim| &claim.slots);
    let in_slots = slots.filter_map(|slot| match slot.value {
        Value::Entity(id) => Some(id),
        _ => None,
    });
    in_slots
        .chain(claims.iter().filter_map(|claim| claim.speaker))
        .collect()
}
