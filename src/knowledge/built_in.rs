//! The files of `ontology/`, compiled in; a test checks that the list is the folder.

/// Path below `ontology/`, and content.
pub(super) const FILES: &[(&str, &str)] = &[
    ("core.ttl", include_str!("../../ontology/core.ttl")),
    ("record.ttl", include_str!("../../ontology/record.ttl")),
    ("schemes.ttl", include_str!("../../ontology/schemes.ttl")),
];
