//! What does chancery know beforehand?
//!
//! Everything it knows about the world is Turtle in `ontology/`: [`load`] reads it, through sophia's `Resource` API,
//! into the shapes that the steps ask.

pub mod gazetteer;
pub mod words;

pub use gazetteer::Gazetteer;
pub use words::Words;

/// All that is known beforehand.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    /// Countries, places and organisations by name.
    pub gazetteer: Gazetteer,
    /// Word classes that rules ask for.
    pub words: Words,
}
