//! Does what a user's file points to exist?
//!
//! Only what is cheap to ask is asked whenever the knowledge is read, since an entry that points to nothing is passed over in silence;
//! `crate::check` asks the rest.

use super::scan::{self, Term};
use super::turtle::{CH, File, SKOS, local_name};
use super::{Error, Knowledge, Source};

/// What the file, which `source` is the text of, points to although nothing of `knowledge` is it: properties, classes, word classes and
/// schemes, each once.
pub(super) fn dangling(file: &File, source: &Source, knowledge: &Knowledge) -> Vec<Error> {
    let mut missing: Vec<(&str, &str)> = (file.links())
        .filter_map(|(property, target)| Some((target, wanted(property, target, knowledge)?)))
        .collect();
    missing.sort_unstable();
    missing.dedup();
    if missing.is_empty() {
        return Vec::new();
    }
    let written = scan::occurrences(&source.text);
    let errors = missing.into_iter().map(|(target, kind)| {
        let place = written
            .iter()
            .find(|found| matches!(&found.term, Term::Iri(iri) if iri == target));
        Error {
            file: source.name.clone(),
            position: place.map(|found| scan::position(&source.text, found.start)),
            message: format!("`{target}` is no {kind}"),
        }
    });
    let mut errors: Vec<Error> = errors.collect();
    errors.sort_by_key(|error| error.position);
    errors
}

/// What `property` (an IRI) asks for, where `target` is not it.
fn wanted(property: &str, target: &str, knowledge: &Knowledge) -> Option<&'static str> {
    let vocabulary = &knowledge.vocabulary;
    let name = local_name(target);
    let ours = property.strip_prefix(CH);
    let (known, kind) = match ours.or_else(|| property.strip_prefix(SKOS))? {
        "role" | "abroadFrom" | "surelyAbroadFrom" | "requires" | "identifiedBy" | "notWithin"
        | "filledFromContext" => (vocabulary.properties.contains_key(name), "property"),
        "evokes" => (vocabulary.classes.contains_key(name), "class of claims"),
        "head" | "dependent" | "evokedBy" | "evokedUnless" | "excludes" => {
            (knowledge.words.knows(name), "word class")
        }
        "scheme" | "inScheme" => (vocabulary.schemes.contains(target), "concept scheme"),
        _ => return None,
    };
    (!known).then_some(kind)
}
