//! Stand-in for the vocabulary of the ontology.

/// Stand-in.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary;

const NOTATIONS: [(&str, &[(&str, &str)]); 6] = [
    ("polarity", &[("affirmed", "https://w3id.org/chancery#affirmed"), ("denied", "https://w3id.org/chancery#denied")]),
    (
        "tenure",
        &[
            ("current", "https://w3id.org/chancery#current"),
            ("former", "https://w3id.org/chancery#former"),
            ("incoming", "https://w3id.org/chancery#incoming"),
        ],
    ),
    ("status", &[("occurred", "https://w3id.org/chancery#occurred"), ("completed", "https://w3id.org/chancery#completed")]),
    ("kind", &[("official", "https://w3id.org/chancery#official")]),
    ("sector", &[("transport", "https://w3id.org/chancery#transport")]),
    ("topic", &[("human-rights", "https://w3id.org/chancery#human-rights")]),
];

impl Vocabulary {
    /// The IRI of the concept with that notation in the scheme of that property.
    pub fn concept(&self, property: &str, notation: &str) -> Option<&str> {
        let (_, concepts) = NOTATIONS.iter().find(|(name, _)| *name == property)?;
        concepts.iter().find(|(name, _)| *name == notation).map(|(_, iri)| *iri)
    }
}
