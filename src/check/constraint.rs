//! What must hold: the queries of `queries/check/`.

use super::finding::SHAPES;

/// A query whose rows break something that must hold: `?focus` is the node, `?value` what is wrong about it, `?instead` (one a row)
/// what could stand there. The first line is a comment with the message, in which `{?value}` stands for the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// Its name: that of the file, and of the shape in `ontology/shapes.ttl` where SHACL Core can say it.
    pub name: &'static str,
    /// The query with its comments.
    pub query: &'static str,
}

impl Constraint {
    /// The IRI of its shape.
    pub fn shape(&self) -> String {
        format!("{SHAPES}{}", self.name)
    }

    /// What is wrong, with `{?value}` where the value stands.
    pub fn template(&self) -> &'static str {
        let first = self.query.lines().next().unwrap_or_default();
        first.trim_start_matches('#').trim()
    }

    /// What is wrong about a value.
    pub(super) fn message(&self, value: Option<&str>) -> String {
        self.template()
            .replace("{?value}", value.unwrap_or_default())
    }
}

/// Names the queries of a folder below `queries/check/`, with their text.
macro_rules! constraints {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$(Constraint {
            name: $name,
            query: include_str!(concat!("../../queries/check/", $folder, "/", $name, ".rq")),
        }),*]
    };
}

/// What must hold of every record.
pub const RECORD: &[Constraint] = constraints!["record":
    "accusation-accused",
    "accusation-accuser",
    "accusation-charge",
    "accusation-topic",
    "claim-class",
    "claim-concept",
    "claim-confidence",
    "claim-confidence-range",
    "claim-end",
    "claim-end-form",
    "claim-evidence",
    "claim-frame",
    "claim-order",
    "claim-polarity",
    "claim-polarity-known",
    "claim-source",
    "claim-speaker",
    "claim-start",
    "claim-start-form",
    "claim-status",
    "concept-notation",
    "context-document",
    "context-text",
    "country-code",
    "country-single",
    "denial-accusation",
    "denial-denied",
    "denial-denier",
    "document-date",
    "document-date-form",
    "document-reading",
    "evidence-inside",
    "evidence-sentence",
    "evidence-sentence-span",
    "evidence-span",
    "evidence-words",
    "office-evidence",
    "office-member",
    "office-member-person",
    "office-source",
    "office-tenure",
    "office-tenure-known",
    "office-title",
    "party-class",
    "party-label",
    "project-label",
    "project-party",
    "project-sector",
    "project-status",
    "project-status-known",
    "sentence-words",
    "source-document",
    "span-begin",
    "span-begin-number",
    "span-context",
    "span-context-known",
    "span-end",
    "span-end-number",
    "span-order",
    "span-words",
    "visit-destination",
    "visit-kind",
    "visit-kind-known",
    "visit-status",
    "visit-status-known",
    "visit-visitor",
];

/// What must hold of the knowledge; each of its files is a graph of its own, and the default graph is all of them.
pub const KNOWLEDGE: &[Constraint] = constraints!["knowledge":
    "class-definition",
    "class-known",
    "class-label",
    "class-modality",
    "class-read",
    "class-slots",
    "class-status",
    "concept-broader",
    "concept-has-notation",
    "concept-label",
    "concept-notation-single",
    "concept-pair",
    "concept-scheme",
    "concept-scheme-known",
    "entry-known",
    "example-property",
    "example-slot",
    "example-text",
    "example-yields",
    "frame-abroad",
    "frame-argument",
    "frame-class",
    "frame-class-known",
    "frame-counter-example",
    "frame-example",
    "frame-fillable",
    "frame-path",
    "frame-requires",
    "frame-role",
    "frame-role-domain",
    "frame-roleless",
    "frame-sets",
    "frame-step",
    "frame-words",
    "label-single",
    "office-broader",
    "office-label",
    "office-trait",
    "place-city",
    "place-country",
    "place-region",
    "property-accepts",
    "property-default",
    "property-definition",
    "property-domain",
    "property-excludes",
    "property-label",
    "property-range",
    "property-scheme",
    "property-single-domain",
    "term-known",
    "word-form",
    "word-frame",
    "word-frame-known",
    "word-part-of-speech",
    "words-lemma",
    "yes-or-no",
];
