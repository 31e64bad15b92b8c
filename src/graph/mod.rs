//! Step 6: how is the record written as RDF?
//!
//! [`build`] writes the entities and claims of a document as triples with their provenance; [`crate::store`] keeps them.
//!
//! It is plain RDF 1.1 without blank nodes. Every fact is a node of its own (an office held, a visit, a charge) that leads to the
//! document (`prov:hadPrimarySource`), to the exact characters that support it (`ch:evidence`) and from there to their sentence
//! (`nif:sentence`), and to whoever says so (`prov:wasAttributedTo`; the narrator where nobody is named). Offsets count Unicode
//! characters of the body. The document itself says which bytes it is (`schema:sha256`) and what read them (`prov:wasGeneratedBy`).

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, Triple};

use crate::claim::{Claim, Value};
use crate::entity::{Entities, EntityId};
use crate::knowledge::Knowledge;
use crate::text::{Document, Note, sha256};
use draft::Draft;

mod claims;
mod draft;
mod iri;
mod parties;
mod source;
pub mod vocabulary;

pub use iri::{Base, DEFAULT_BASE};
pub use source::VERSION;

/// The record of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graph {
    /// The document's IRI, which is also the name of its graph in a store.
    pub document: NamedNode,
    /// Its triples, sorted and without doubles.
    pub triples: Vec<Triple>,
}

/// What a document is called, and which bytes it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its IRI, see [`Base::identify`].
    pub iri: NamedNode,
    /// The SHA-256 digest of its bytes as they stand in the input, in 64 hexadecimal digits.
    pub sha256: String,
}

impl Identity {
    /// The document of these bytes that is called `iri`.
    pub fn new(iri: NamedNode, bytes: &[u8]) -> Self {
        let sha256 = sha256([bytes]);
        Self { iri, sha256 }
    }
}

/// Writes the record of a document. Entities and claims refer to one another by index, as [`crate::entity::resolve`] and
/// [`crate::claim::extract`] give them.
pub fn build(
    document: &Document,
    entities: &Entities,
    claims: &[Claim],
    knowledge: &Knowledge,
    base: &Base,
    identity: &Identity,
) -> (Graph, Vec<Note>) {
    let mut draft = begin(document, knowledge, base, identity);
    let entity_iris = parties::iris(&identity.iri, entities);
    let claim_iris = claims::iris(&identity.iri, claims, &entity_iris);
    parties::describe(&mut draft, entities, &entity_iris, &participants(claims));
    claims::describe(&mut draft, claims, &claim_iris, entities, &entity_iris);
    draft.finish()
}

/// The part of a record that can be written before the document is analysed: what it is, its text, its bytes, and what program, model and
/// knowledge read it. All that follows is made from these, so two records that begin alike are alike.
pub fn head(document: &Document, knowledge: &Knowledge, base: &Base, identity: &Identity) -> Graph {
    begin(document, knowledge, base, identity).finish().0
}

fn begin<'a>(
    document: &'a Document,
    knowledge: &'a Knowledge,
    base: &Base,
    identity: &Identity,
) -> Draft<'a> {
    let mut draft = Draft::new(document, knowledge, &identity.iri);
    source::describe(&mut draft, base, &identity.sha256);
    draft
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
