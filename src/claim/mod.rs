//! Step 5: what does the text say happened, and who says so?
//!
//! [`extract`] matches the frames of the lexicon on the trees; [`crate::graph`] writes the claims down as RDF.

use crate::entity::EntityId;
use crate::text::{Date, Span};

/// Something the text says: an event or a charge with its participants.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Local name of its class in the ontology (`Visit`, `Project`, `Accusation`, `Denial`).
    pub class: String,
    /// Its participants and attributes; several slots may have the same property.
    pub slots: Vec<Slot>,
    /// Who utters it in this text; none where the narrator does.
    pub speaker: Option<EntityId>,
    /// Whether the text affirms it.
    pub polarity: Polarity,
    /// Sentences that support it, the best first; never empty.
    pub evidence: Vec<Evidence>,
    /// IRI of the lexicon entry that found it.
    pub frame: String,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

/// Whether something is said to be so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Polarity {
    /// It is.
    Affirmed,
    /// It is not.
    Denied,
}

/// A participant or attribute of a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// Local name of the property in the ontology (`visitor`, `destination`, `status`, `topic`, `start`).
    pub property: String,
    /// What fills it.
    pub value: Value,
}

/// What fills a slot.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A party of the document.
    Entity(EntityId),
    /// A concept of the ontology's schemes by its notation (`occurred`, `human-rights`); the property's range names the scheme.
    Concept(String),
    /// Words of the text (a charge, a purpose, a label).
    Text(String),
    /// A date.
    Date(Date),
    /// Another claim of the document, by its index (what a denial denies).
    Claim(usize),
}

/// Where a claim is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The words that evoke it with their arguments.
    pub span: Span,
    /// The sentence they stand in, an index into the document's sentences.
    pub sentence: usize,
}

/// Stand-in.
pub fn extract(
    _: &crate::text::Document,
    _: &crate::language::Analysis,
    _: &[crate::mention::Mention],
    _: &crate::entity::Entities,
    _: &crate::knowledge::Knowledge,
) -> (Vec<Claim>, Vec<crate::text::Note>) {
    (Vec::new(), Vec::new())
}
