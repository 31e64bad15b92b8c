//! What can be wrong with a file of knowledge.

use std::fmt;

/// Something wrong in a Turtle file; the rest of the file is read where that is possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The file's name as given.
    pub file: String,
    /// Line and column, from 1, where they are known.
    pub position: Option<(usize, usize)>,
    /// What is wrong, lower case, no full stop.
    pub message: String,
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.file)?;
        if let Some((line, column)) = self.position {
            write!(formatter, ":{line}:{column}")?;
        }
        write!(formatter, ": {}", self.message)
    }
}

impl std::error::Error for Error {}

/// What is wrong with an entry; the rest of its file is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// IRI of the entry.
    pub iri: String,
    /// What is wrong with it, of which `it` speaks: lower case, no full stop.
    pub message: String,
}

impl Problem {
    /// Says what is wrong with the entry of that IRI.
    pub(crate) fn new(iri: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            iri: iri.into(),
            message: message.into(),
        }
    }
}
