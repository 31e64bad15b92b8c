//! Step 5: what does the text say happened, and who says so?
//!
//! [`extract`] matches the frames of the lexicon on the trees; [`crate::graph`] writes the claims down as RDF.

mod build;
mod classify;
mod collective;
mod combination;
mod company;
mod concept;
mod context;
mod contradiction;
mod dispute;
mod joint;
mod label;
mod link;
mod list;
mod matching;
mod mechanism;
mod merge;
mod modality;
mod near;
mod origin;
mod phrase;
mod place;
mod syntax;
mod when;

use std::ops::Range;

use crate::entity::{Entities, EntityId};
use crate::knowledge::Knowledge;
use crate::language::Analysis;
use crate::mention::Mention;
use crate::text::{Date, Document, Span};

pub use mechanism::{Mechanism, PLAIN};
pub use near::{Missing, Near};
pub use origin::Origin;

/// Finds what the document says: every match of a frame becomes claims, claims that say the same are joined, and
/// denials are linked to what they deny. In text order.
pub fn extract(
    document: &Document,
    analysis: &Analysis,
    mentions: &[Mention],
    entities: &Entities,
    knowledge: &Knowledge,
) -> Vec<Claim> {
    let lists = list::Lists::find(document, analysis, mentions, entities, &knowledge.words);
    let reader = matching::Matcher::new(document, analysis, mentions, entities, &lists, knowledge);
    let matches = dispute::settle(reader, reader.matches());
    let (claims, _) = state(reader, &matches);
    let claims = merge::join(claims, knowledge, entities);
    let claims = company::share(reader, &matches, claims);
    let claims = collective::expand(reader, &claims);
    let mut claims = merge::join(claims, knowledge, entities);
    merge::drop_guests_of_travellers(&mut claims, knowledge, entities);
    let mut claims = merge::refine(claims, knowledge, entities);
    build::settle(&mut claims, &knowledge.vocabulary);
    build::leave_behind(
        &mut claims,
        &knowledge.vocabulary,
        entities,
        document.metadata.date,
    );
    let linker = link::Linker {
        document,
        entities,
        knowledge,
    };
    contradiction::add(reader, linker, &mut claims);
    linker.link(&mut claims);
    claims
}

/// Finds what almost is a claim of the document, for people who miss one: frames that words evoke with what they lack.
/// Those of the user's files come first, then those that lack least.
pub fn near(
    document: &Document,
    analysis: &Analysis,
    mentions: &[Mention],
    entities: &Entities,
    knowledge: &Knowledge,
) -> Vec<Near> {
    let lists = list::Lists::find(document, analysis, mentions, entities, &knowledge.words);
    let reader = matching::Matcher::new(document, analysis, mentions, entities, &lists, knowledge);
    near::near(reader)
}

/// How many claims before and after one are looked at for what goes with it. A text that tells of more has moved on; without a bound,
/// reading it would take a time that grows with the square of its length.
const WINDOW: usize = 400;

/// The claims told last.
fn last(claims: &[Claim]) -> &[Claim] {
    &claims[claims.len().saturating_sub(WINDOW)..]
}

/// Which of `claims`, in text order, are told around `sentence`.
fn around(claims: &[Claim], sentence: usize) -> Range<usize> {
    let place = claims.partition_point(|claim| claim.evidence[0].sentence < sentence);
    place.saturating_sub(WINDOW)..claims.len().min(place + WINDOW)
}

/// The claims that `matches` state, each match by itself, and the matches that state none.
fn state<'m>(
    reader: matching::Matcher<'m>,
    matches: &[matching::Match<'m>],
) -> (Vec<Claim>, Vec<matching::Match<'m>>) {
    let mut claims: Vec<Claim> = Vec::new();
    let mut silent = Vec::new();
    for found in reader.stated(matches) {
        if company::is_company(reader, found) {
            continue;
        }
        let found = context::complete(reader, found.clone(), last(&claims));
        if let Some(known) = context::pointed(reader, &found, last(&claims)) {
            for claim in build::claims(reader, &known) {
                merge::add_to_last(&mut claims, claim, &reader.knowledge.vocabulary);
            }
            continue;
        }
        let stated = build::claims(reader, &found);
        if stated.is_empty() {
            silent.push(found);
        }
        claims.extend(stated);
    }
    (claims, silent)
}

/// Something the text says: an event or a charge with its participants.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
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
    /// IRI of the frame that found it.
    pub frame: String,
    /// IRI of the lexical entry that evoked the frame; none where a word class or the sentences around did.
    pub entry: Option<String>,
    /// The word that evoked it.
    pub word: Span,
    /// What it rests on besides words that hang together in one sentence, in alphabetical order.
    pub mechanisms: Vec<Mechanism>,
    /// How sure, 0 to 1: what remains after each of its mechanisms may have gone wrong.
    pub confidence: f32,
}

/// Whether something is said to be so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    /// It is.
    Affirmed,
    /// It is not.
    Denied,
}

/// A participant or attribute of a claim.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Slot {
    /// Local name of the property in the ontology (`visitor`, `destination`, `status`, `topic`, `start`).
    pub property: String,
    /// What fills it.
    pub value: Value,
    /// How it was filled.
    pub origin: Origin,
}

impl Slot {
    /// A slot of the property of that local name.
    pub fn new(property: &str, value: Value, origin: Origin) -> Self {
        Self {
            property: property.to_owned(),
            value,
            origin,
        }
    }

    /// The IRI of the entry of the knowledge that its value is: of a concept, or of a party that the gazetteer or a list of persons knows.
    pub fn entry<'a>(&self, entities: &'a Entities, knowledge: &'a Knowledge) -> Option<&'a str> {
        match &self.value {
            Value::Entity(id) => entities.get(*id).gazetteer.as_deref(),
            Value::Concept(notation) => knowledge.vocabulary.concept(&self.property, notation),
            Value::Text(_) | Value::Date(_) | Value::Claim(_) => None,
        }
    }
}

/// Two slots are one that say the same, however each was filled.
impl PartialEq for Slot {
    fn eq(&self, other: &Self) -> bool {
        (&self.property, &self.value) == (&other.property, &other.value)
    }
}

/// The parties that fill `property` (a local name) among `slots`.
fn parties<'a>(slots: &'a [Slot], property: &'a str) -> impl Iterator<Item = EntityId> + 'a {
    slots
        .iter()
        .filter(move |slot| slot.property == property)
        .filter_map(|slot| match slot.value {
            Value::Entity(id) => Some(id),
            _ => None,
        })
}

/// What fills a slot.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
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
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Evidence {
    /// The words that evoke it with their arguments.
    pub span: Span,
    /// The sentence they stand in, an index into the document's sentences.
    pub sentence: usize,
}
