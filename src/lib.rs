//! **chancery** reads English diplomatic text and keeps the record as a knowledge graph: which officials, which visits,
//! which projects, which accusations, who says so, and at which characters of which document it is written.
//!
//! # Steps
//!
//! A text flows one way. Each step is a folder, its product a type, its one public verb a function.
//!
//! 0. **Source**: an input (a text, a page, JSON Lines) is taken apart into its documents ([`source::items`], [`source::read`]).
//! 1. **Text**: a text becomes a [`text::Document`] of paragraphs, speaker turns, sentences and tokens ([`text::read`]).
//! 2. **Language**: each token gets its lemma, tags and place in a dependency tree ([`language::analyse`]).
//! 3. **Mention**: names, offices, places, organisations, dates and pronouns are found ([`mention::find`]).
//! 4. **Entity**: mentions of the same party become one entity, with its offices and country ([`entity::resolve`]).
//! 5. **Claim**: frames of the lexicon are matched on the trees; each match says what, who, when, how sure and who
//!    says so ([`claim::extract`]).
//! 6. **Graph**: claims and entities become RDF triples with provenance ([`graph::build`]).
//! 7. **Store**: triples are kept on disk, asked with SPARQL and written out as files ([`store::Store`]).
//!
//! What the steps know about the world (classes, words, names, offices) is not in the code: it is Turtle in
//! `ontology/`, read by [`knowledge::load`]. [`pipeline::read`] chains steps 1 to 6; [`evaluate`] measures what they find against gold, [`check`] what the knowledge and
//! the record promise;
//! [`cli::run`] is the program.
//!
//! Steps 1 to 6 do no input or output and never panic, and step 0 reads only from what it is given; arrows only point up this list: `claim` never sees RDF, `graph`
//! never sees trees. A test reads the `use crate::` lines against it.

pub mod source;

pub mod text;

pub mod language;

pub mod knowledge;

pub mod mention;

pub mod entity;

pub mod claim;

pub mod graph;

pub mod store;

pub mod check;
pub mod evaluate;

pub mod cli;
pub mod pipeline;
