//! The files of `ontology/`, compiled in; a test checks that the list is the folder.

/// Names the files, each by its path below `ontology/`, with their content.
macro_rules! files {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../ontology/", $path)))),*]
    };
}

/// Path below `ontology/`, and content.
pub(super) const FILES: &[(&str, &str)] = files![
    "core.ttl",
    "gazetteer/offices.ttl",
    "knowledge.ttl",
    "lexicon/en/accuse.ttl",
    "lexicon/en/deny.ttl",
    "lexicon/en/parties.ttl",
    "lexicon/en/project.ttl",
    "lexicon/en/rules.ttl",
    "lexicon/en/speech.ttl",
    "lexicon/en/time.ttl",
    "lexicon/en/visit.ttl",
    "lexicon/en/wrong.ttl",
    "record.ttl",
    "schemes.ttl",
    "topics.ttl",
];

/// The gazetteer's files, which are large and read as a stream.
pub(super) const GAZETTEER: &[(&str, &str)] = files![
    "gazetteer/cities.ttl",
    "gazetteer/countries.ttl",
    "gazetteer/former-states.ttl",
    "gazetteer/leaders.ttl",
    "gazetteer/organisations.ttl",
    "gazetteer/regions.ttl",
    "gazetteer/world-regions.ttl",
];

/// What a built-in file is called in messages.
pub(super) fn name(path: &str) -> String {
    format!("ontology/{path}")
}
