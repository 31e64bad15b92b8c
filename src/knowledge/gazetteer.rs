//! Countries, regions, cities and organisations by name.

use std::collections::BTreeMap;

/// Places and organisations, found by the words of their names.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    by_name: BTreeMap<String, Vec<(usize, NameKind)>>,
}

/// A country, place or organisation.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its IRI in the gazetteer.
    pub iri: String,
    /// What it is.
    pub kind: EntryKind,
    /// Its usual English name.
    pub label: String,
    /// ISO 3166-1 alpha-2 code of the country that it is or lies in; none for world regions and international organisations.
    pub country: Option<String>,
    /// All its codes.
    pub codes: Vec<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// The same thing elsewhere.
    pub exact_match: Vec<String>,
}

/// What an entry of the gazetteer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// A country or territory of ISO 3166-1.
    Country,
    /// A part of the world that is no country: Africa, the Middle East, the West.
    WorldRegion,
    /// A first-level division of a country: province, state, oblast.
    Region,
    /// A city or town.
    City,
    /// An organisation: international (no country) or of one country.
    Organisation,
}

/// How a name stands for its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A proper name, long or short, or an abbreviation (`DPRK`, `UN`).
    Name,
    /// An adjective or the name of its people (`Kenyan`, `Kenyans`).
    Demonym,
}

/// An entry whose name begins at some word.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// How many words its name has.
    pub words: usize,
    /// How the name stands for it.
    pub name: NameKind,
}

impl Gazetteer {
    /// All entries whose name is a prefix of `words` (token forms from some position on), longest name first; of equally long
    /// names countries first, then world regions, organisations, regions and cities (larger first).
    pub fn find<'a>(&'a self, words: &[&str]) -> Vec<Found<'a>> {
        let _ = (words, &self.entries, &self.by_name);
        Vec::new()
    }

    /// The entry of that IRI.
    pub fn entry(&self, iri: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.iri == iri)
    }
}
