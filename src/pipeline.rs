//! Steps 1 to 6 in a row.

use crate::claim::{self, Claim, Near};
use crate::entity::{self, Entities};
use crate::graph::{self, Base, Graph, Identity};
use crate::knowledge::Knowledge;
use crate::language::{self, Analysis};
use crate::mention::{self, Mention};
use crate::source::{self, Item, Options};
use crate::text::{Document, Note};

/// Everything that reading one text gives, step by step.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Step 1.
    pub document: Document,
    /// Step 2.
    pub analysis: Analysis,
    /// Step 3.
    pub mentions: Vec<Mention>,
    /// Step 4.
    pub entities: Entities,
    /// Step 5.
    pub claims: Vec<Claim>,
    /// What the steps could not decide.
    pub notes: Vec<Note>,
}

/// Reads the bytes of a plain text: steps 1 to 5. Only bytes that are no text fail.
pub fn read(bytes: &[u8], knowledge: &Knowledge) -> Result<Reading, source::Error> {
    let (document, notes) = source::read(&Item::text(bytes), &Options::default())?;
    Ok(analyse(document, notes, knowledge))
}

/// Analyses a document: steps 2 to 5. `notes` is what could not be decided before.
pub fn analyse(document: Document, notes: Vec<Note>, knowledge: &Knowledge) -> Reading {
    let analysis = language::analyse(&document);
    let mentions = mention::find(&document, &analysis, knowledge);
    let entities = entity::resolve(&document, &analysis, &mentions, knowledge);
    let claims = claim::extract(&document, &analysis, &mentions, &entities, knowledge);
    Reading {
        document,
        analysis,
        mentions,
        entities,
        claims,
        notes,
    }
}

impl Reading {
    /// What almost became a claim, see [`claim::near`].
    pub fn near(&self, knowledge: &Knowledge) -> Vec<Near> {
        claim::near(
            &self.document,
            &self.analysis,
            &self.mentions,
            &self.entities,
            knowledge,
        )
    }

    /// Writes the record of the reading as RDF: step 6.
    pub fn graph(
        &self,
        knowledge: &Knowledge,
        base: &Base,
        identity: &Identity,
    ) -> (Graph, Vec<Note>) {
        graph::build(
            &self.document,
            &self.entities,
            &self.claims,
            knowledge,
            base,
            identity,
        )
    }
}
