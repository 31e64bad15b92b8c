//! Classes of words that rules ask for: verbs of saying, honorifics, months, group nouns.

use std::collections::{BTreeMap, BTreeSet};

use super::turtle::{CH, File};

/// Word classes by their local name (`speech-verb`), each with its lemmas in lower case.
///
/// In Turtle a class is one paragraph:
///
/// ```turtle
/// words:speech-verb a ch:WordClass ;
///     skos:prefLabel "verbs of saying"@en ;
///     skos:definition "Verbs whose subject utters their clause."@en ;
///     ch:lemma "add", "say", "tell" .
/// ```
#[derive(Clone, Debug, Default)]
pub struct Words {
    classes: BTreeMap<String, BTreeSet<String>>,
}

impl Words {
    /// Adds the word classes of `file`; what it says of a known class takes the place of what was known.
    pub(crate) fn read(&mut self, file: &File) {
        for class in file.instances(&format!("{CH}WordClass")) {
            let name = class.local_name().to_owned();
            self.classes.insert(name, BTreeSet::new());
            for lemma in class.values(&format!("{CH}lemma")) {
                self.insert(class.local_name(), &lemma);
            }
        }
    }

    /// Adds `lemma` (one word, or several with single spaces) to `class`.
    pub fn insert(&mut self, class: &str, lemma: &str) {
        self.classes
            .entry(class.to_owned())
            .or_default()
            .insert(lemma.to_lowercase());
    }

    /// Whether there is a word class of that local name.
    pub(crate) fn knows(&self, class: &str) -> bool {
        self.classes.contains_key(class)
    }

    /// Whether `lemma` belongs to `class`; case does not count.
    pub fn has(&self, class: &str, lemma: &str) -> bool {
        self.classes.get(class).is_some_and(|lemmas| {
            if lemma.chars().any(char::is_uppercase) {
                lemmas.contains(&lemma.to_lowercase())
            } else {
                lemmas.contains(lemma)
            }
        })
    }

    /// The lemmas of `class` in alphabetical order.
    pub fn of(&self, class: &str) -> impl Iterator<Item = &str> {
        self.classes
            .get(class)
            .into_iter()
            .flatten()
            .map(String::as_str)
    }
}
