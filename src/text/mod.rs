//! Step 1: what is written, and where?
//!
//! [`read`] turns the bytes of a file into a [`Document`]; [`crate::language`] analyses its tokens.

mod document;
mod span;
mod stand_in;

pub use document::{Date, Dateline, Document, Genre, Metadata, Paragraph, Sentence, Token, Voice};
pub use span::Span;
pub use stand_in::read;

/// What is wrong with a file that is no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Line of the file, from 1, where one can be named.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
    /// What is wrong, lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// Something a step could not decide or found odd; the text is read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where in the body.
    pub span: Option<Span>,
    /// What, lower case, no full stop.
    pub message: String,
}
