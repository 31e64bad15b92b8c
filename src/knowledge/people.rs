//! Persons under all the names that texts give them.

use std::collections::BTreeMap;

use super::gazetteer;
use super::turtle::{CH, File, SKOS};

const PERSON: &str = "http://xmlns.com/foaf/0.1/Person";

/// Persons that are known beforehand, so that each is one person under every spelling and in all documents. No built-in file has any;
/// a user's may:
///
/// ```turtle
/// <https://example.org/person/kim-yong-nam> a foaf:Person ;
///     skos:prefLabel "Kim Yong-nam"@en ; skos:altLabel "Kim Young Nam"@en ; ch:inCountry country:KP .
/// ```
#[derive(Clone, Debug, Default)]
pub struct People {
    by_iri: BTreeMap<String, Person>,
    /// The IRIs of those who have a name, by the name as [`gazetteer::key`] has it.
    by_name: BTreeMap<String, Vec<String>>,
}

/// A person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// Its IRI.
    pub iri: String,
    /// Its usual name.
    pub label: String,
    /// IRI of the country that it serves or comes from.
    pub country: Option<String>,
}

impl People {
    /// Adds the persons of `file`; what it says of a known one replaces what was known.
    pub(crate) fn read(&mut self, file: &File) {
        for node in file.instances(PERSON) {
            let iri = node.iri().to_owned();
            if self.by_iri.contains_key(&iri) {
                for bearers in self.by_name.values_mut() {
                    bearers.retain(|bearer| *bearer != iri);
                }
            }
            let mut names = node.values(&format!("{SKOS}altLabel"));
            let label = node.value(&format!("{SKOS}prefLabel"));
            names.extend(label.clone());
            for key in names.iter().filter_map(|name| gazetteer::key(name)) {
                let bearers = self.by_name.entry(key).or_default();
                if !bearers.contains(&iri) {
                    bearers.push(iri.clone());
                }
            }
            let person = Person {
                iri: iri.clone(),
                label: label
                    .or_else(|| names.into_iter().next())
                    .unwrap_or_default(),
                country: node.value(&format!("{CH}inCountry")),
            };
            self.by_iri.insert(iri, person);
        }
    }

    /// The only person of that name; accents, hyphens and case do not count.
    pub fn named(&self, name: &str) -> Option<&Person> {
        if self.by_name.is_empty() {
            return None;
        }
        match self.by_name.get(&gazetteer::key(name)?)?.as_slice() {
            [iri] => self.by_iri.get(iri),
            _ => None,
        }
    }
}
