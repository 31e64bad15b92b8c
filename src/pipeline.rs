//! Steps 1 to 6 in a row.

use crate::claim::Claim;
use crate::entity::Entities;
use crate::language::Analysis;
use crate::mention::Mention;
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
