//! What does chancery know beforehand?
//!
//! Everything it knows about the world is Turtle in `ontology/`: [`load`] reads it, through sophia's `Resource` API,
//! into the shapes that the steps ask.

pub mod gazetteer;

pub use gazetteer::Gazetteer;
