//! What does not conform.

use serde::Serialize;

use crate::knowledge::Error;
use crate::knowledge::definition::Definition;

/// Namespace of the shapes, and of what is checked without one.
pub const SHAPES: &str = "https://w3id.org/chancery/shape/";

/// A node that breaks a constraint; in the order of their places.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// Where it is.
    #[serde(flatten)]
    pub place: Place,
    /// IRI of the entry or of the node of the record; of a file that cannot be read its name.
    pub focus: String,
    /// IRI of the constraint.
    pub shape: String,
    /// What is wrong about it: an IRI or the words of a literal.
    pub value: Option<String>,
    /// What is wrong, lower case, no full stop.
    pub message: String,
    /// What helps to mend it.
    pub notes: Vec<String>,
}

/// Where something is: in a file of knowledge or in a document of the record.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Its line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The column in characters, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// IRI of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentence: Option<String>,
}

impl Place {
    pub(super) fn of_definition(definition: Option<Definition>) -> Self {
        definition.map_or_else(Self::default, |definition| Self {
            file: Some(definition.file),
            line: Some(definition.line),
            column: Some(definition.column),
            ..Self::default()
        })
    }
}

impl Finding {
    /// What is wrong with a file or, where that has a place, with an entry of it.
    pub(super) fn of_file(error: &Error) -> Self {
        Self {
            place: Place {
                file: Some(error.file.clone()),
                line: error.position.map(|(line, _)| line),
                column: error.position.map(|(_, column)| column),
                ..Place::default()
            },
            focus: error.file.clone(),
            shape: format!("{SHAPES}turtle"),
            message: error.message.clone(),
            ..Self::default()
        }
    }
}
