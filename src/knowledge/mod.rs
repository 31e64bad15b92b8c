//! What does chancery know beforehand?
//!
//! Everything it knows about the world is Turtle in `ontology/`: [`load`] reads it, through sophia's `Resource` API,
//! into the shapes that the steps ask.

pub mod gazetteer;
pub mod vocabulary;
pub mod words;

pub use gazetteer::Gazetteer;
pub use vocabulary::Vocabulary;
pub use words::Words;

/// All that is known beforehand.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    /// Countries, places and organisations by name.
    pub gazetteer: Gazetteer,
    /// Word classes that rules ask for.
    pub words: Words,
    /// Properties and concepts.
    pub vocabulary: Vocabulary,
}

/// A Turtle file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name, for messages.
    pub name: String,
    /// Its content.
    pub text: String,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The file's name.
    pub file: String,
    /// What is wrong.
    pub message: String,
}

impl std::fmt::Display for Error {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "`{}`: {}", self.file, self.message)
    }
}

/// Stand-in.
pub fn load(_user_files: &[Source]) -> (Knowledge, Vec<Error>) {
    (Knowledge::default(), Vec::new())
}
