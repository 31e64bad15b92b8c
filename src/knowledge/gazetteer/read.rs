//! Triples become entries and their names.

use std::collections::BTreeMap;
use std::fmt;

use sophia::api::prelude::*;

use super::name::Pieces;
use super::{Entry, EntryKind, Gazetteer, Meaning, NameKind};

/// Something in a file that makes no entry; the rest is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// IRI of the entry.
    pub iri: String,
    /// What is wrong with it.
    pub message: String,
}

/// What one file says of an entry.
#[derive(Debug, Default)]
struct Draft {
    kind: Option<EntryKind>,
    label: Option<String>,
    country: Option<String>,
    alpha2: Option<String>,
    alpha3: Option<String>,
    codes: Vec<String>,
    capitals: Vec<String>,
    seat: Option<String>,
    within: Vec<String>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    population: Option<u64>,
    exact_match: Vec<String>,
    names: Vec<(String, NameKind)>,
    ambiguous: Vec<String>,
    leaders: Vec<String>,
    dissolved: Option<i32>,
    successors: Vec<String>,
    problems: Vec<String>,
}

/// How many letters surnames have that too many people bear.
const LONGEST_COMMON_SURNAME: usize = 4;

const CH: &str = "https://w3id.org/chancery#";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const SCHEMA: &str = "http://schema.org/";
const ORG: &str = "http://www.w3.org/ns/org#";
const REPLACED_BY: &str = "http://purl.org/dc/terms/isReplacedBy";
const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

impl Gazetteer {
    /// Takes over the entries that `triples` describe: the output of a Turtle parser, or a graph's `triples()`. An entry that is known already
    /// gets the further names, and the label, country, codes and figures given here instead of its earlier ones.
    ///
    /// Gives what is wrong with single entries, sorted by IRI. Fails only where the source of the triples does.
    // The built-in files hold some 60,000 triples. An indexed graph of them, which sophia's `Resource` would need, takes three times
    // as long to build as the stream takes to read, so this reads the stream.
    pub fn read<S: TripleSource>(&mut self, mut triples: S) -> Result<Vec<Problem>, S::Error> {
        let mut drafts: BTreeMap<String, Draft> = BTreeMap::new();
        let mut subject = String::new();
        let mut draft = Draft::default();
        triples.for_each_triple(|triple| {
            let [s, p, o] = triple.spo();
            let (Some(s), Some(p)) = (s.iri(), p.iri()) else {
                return;
            };
            // The triples of an entry stand together in a file, so the map is asked once for an entry.
            if s.as_str() != subject {
                let previous = std::mem::replace(&mut subject, s.as_str().to_owned());
                let next = drafts.remove(&subject).unwrap_or_default();
                drafts.insert(previous, std::mem::replace(&mut draft, next));
            }
            draft.note(p.as_str(), &o);
        })?;
        drafts.insert(subject, draft);

        let mut problems = Vec::new();
        for (iri, draft) in drafts {
            self.take(iri, draft, &mut problems);
        }
        self.settle_countries();
        Ok(problems)
    }

    /// Makes an entry of a draft, or adds the draft to the entry of that IRI.
    fn take(&mut self, iri: String, draft: Draft, problems: &mut Vec<Problem>) {
        let known = self.by_iri.get(&iri).copied();
        if known.is_none() && draft.kind.is_none() {
            // The header of a file, or a resource of another kind.
            return;
        }
        problems.extend(draft.problems.iter().map(|message| Problem {
            iri: iri.clone(),
            message: message.clone(),
        }));
        let index = if let Some(index) = known {
            index
        } else if draft.label.is_some() {
            self.entries.push(Entry {
                iri: iri.clone(),
                ..Entry::default()
            });
            self.by_iri.insert(iri.clone(), self.entries.len() - 1);
            self.entries.len() - 1
        } else {
            problems.push(Problem {
                iri,
                message: "it has no `skos:prefLabel`, so it is left out".to_owned(),
            });
            return;
        };
        let entry = &mut self.entries[index];
        replace(&mut entry.kind, draft.kind);
        replace(&mut entry.label, draft.label.clone());
        replace_optional(&mut entry.alpha3, draft.alpha3);
        replace_optional(&mut entry.seat, draft.seat);
        replace_optional(&mut entry.latitude, draft.latitude);
        replace_optional(&mut entry.longitude, draft.longitude);
        replace_optional(&mut entry.population, draft.population);
        entry.codes.extend(draft.codes);
        entry.within.extend(draft.within);
        entry.exact_match.extend(draft.exact_match);
        replace_optional(&mut entry.dissolved, draft.dissolved);
        self.former
            .extend(draft.successors.into_iter().map(|state| (state, index)));
        for city in draft.capitals {
            self.by_capital.entry(city.clone()).or_insert(index);
            entry.capitals.push(city);
        }
        if let Some(alpha2) = draft.alpha2 {
            entry.country = Some(alpha2.clone());
            self.by_alpha2.insert(alpha2, index);
        }
        if let Some(country) = draft.country {
            self.awaiting_country.push((index, country));
        }
        for name in &draft.leaders {
            self.add_leader(index, name);
        }
        let label = draft.label.map(|label| (label, NameKind::Name));
        for (name, kind) in label.into_iter().chain(draft.names) {
            let ambiguous = draft.ambiguous.contains(&name);
            if !self.add_name(index, &name, kind, ambiguous) {
                problems.push(Problem {
                    iri: iri.clone(),
                    message: format!("the name `{name}` holds a mark that no name may hold"),
                });
            }
        }
    }

    /// Notes that somebody of that name led entry number `entry`: by the whole name, and by its last word where that is long enough to mean
    /// few others.
    fn add_leader(&mut self, entry: usize, name: &str) {
        let last = name.rsplit_once(' ').map(|(_, last)| last);
        let surname = last.filter(|last| last.chars().count() > LONGEST_COMMON_SURNAME);
        for name in std::iter::once(name).chain(surname) {
            if let Some(pieces) = Pieces::of(name) {
                let led = self.by_leader.entry(pieces.into_key()).or_default();
                if !led.contains(&entry) {
                    led.push(entry);
                }
            }
        }
    }

    /// Makes `name` stand for entry number `entry`; gives whether it can.
    fn add_name(&mut self, entry: usize, name: &str, kind: NameKind, ambiguous: bool) -> bool {
        let Some(pieces) = Pieces::of(name) else {
            return false;
        };
        let meaning = Meaning {
            entry,
            name: kind,
            ambiguous,
            capitals: pieces.demand(),
        };
        let meanings = self.by_name.entry(pieces.into_key()).or_default();
        let same = meanings.iter_mut().find(|other| {
            other.entry == entry && other.name == kind && other.capitals == meaning.capitals
        });
        match same {
            Some(other) => other.ambiguous |= ambiguous,
            None => meanings.push(meaning),
        }
        true
    }

    /// Gives every entry whose country is known by now that country's code.
    fn settle_countries(&mut self) {
        for (index, country) in std::mem::take(&mut self.awaiting_country) {
            match self
                .by_iri
                .get(&country)
                .and_then(|&country| self.entries[country].country.clone())
            {
                Some(alpha2) => self.entries[index].country = Some(alpha2),
                None => self.awaiting_country.push((index, country)),
            }
        }
    }
}

impl Draft {
    /// Notes one statement; statements with properties that mean nothing here are passed over.
    fn note<T: Term>(&mut self, property: &str, object: &T) {
        let text = || object.lexical_form().map(|form| form.to_string());
        let name = || text().filter(|_| is_english(object));
        let iri = || object.iri().map(|iri| iri.as_str().to_owned());
        if let Some(term) = property.strip_prefix(SKOS) {
            match term {
                "prefLabel" => replace_optional(&mut self.label, name()),
                "altLabel" | "hiddenLabel" => {
                    self.names.extend(name().map(|name| (name, NameKind::Name)));
                }
                "notation" => self.codes.extend(text()),
                "exactMatch" => self.exact_match.extend(iri()),
                _ => {}
            }
        } else if let Some(term) = property.strip_prefix(CH) {
            match term {
                "demonym" => self
                    .names
                    .extend(name().map(|name| (name, NameKind::Demonym))),
                "leader" => self.leaders.extend(name()),
                "ambiguousName" => self.ambiguous.extend(name()),
                "alpha2" => self.alpha2 = text(),
                "alpha3" => self.alpha3 = text(),
                "inCountry" => self.country = iri(),
                "capital" | "seatOfGovernment" => self.capitals.extend(iri()),
                "seat" => self.seat = iri(),
                "inWorldRegion" => self.within.extend(iri()),
                "population" => self.population = self.number("ch:population", text()),
                _ => {}
            }
        } else if let Some(term) = property.strip_prefix(SCHEMA) {
            match term {
                "latitude" => self.latitude = self.number("schema:latitude", text()),
                "longitude" => self.longitude = self.number("schema:longitude", text()),
                "dissolutionDate" => {
                    self.dissolved = self.number("schema:dissolutionDate", text());
                }
                _ => {}
            }
        } else if property == REPLACED_BY {
            self.successors.extend(iri());
        } else if property == RDF_TYPE {
            self.kind = object
                .iri()
                .and_then(|class| kind(class.as_str()))
                .or(self.kind);
        }
    }

    /// A number as written, or a problem.
    fn number<N: std::str::FromStr>(&mut self, property: &str, text: Option<String>) -> Option<N> {
        let text = text.unwrap_or_default();
        let number = text.parse().ok();
        if number.is_none() {
            self.problems
                .push(format!("its `{property}` is no number: `{text}`"));
        }
        number
    }
}

/// Whether a literal is English or of no language.
fn is_english<T: Term>(literal: &T) -> bool {
    literal
        .language_tag()
        .is_none_or(|tag| tag.as_str().to_ascii_lowercase().starts_with("en"))
}

/// What an instance of a class is; none for classes that are not of the gazetteer.
fn kind(class: &str) -> Option<EntryKind> {
    if let Some(name) = class.strip_prefix(SCHEMA) {
        match name {
            "Country" => Some(EntryKind::Country),
            "AdministrativeArea" => Some(EntryKind::Region),
            "City" => Some(EntryKind::City),
            _ => None,
        }
    } else if class.strip_prefix(CH) == Some("WorldRegion") {
        Some(EntryKind::WorldRegion)
    } else {
        matches!(
            class.strip_prefix(ORG),
            Some("FormalOrganization" | "Organization")
        )
        .then_some(EntryKind::Organisation)
    }
}

/// Puts what was given in the place of what was there.
fn replace<T>(place: &mut T, given: Option<T>) {
    if let Some(given) = given {
        *place = given;
    }
}

/// The same for what may be unknown.
fn replace_optional<T>(place: &mut Option<T>, given: Option<T>) {
    if given.is_some() {
        *place = given;
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "<{}>: {}", self.iri, self.message)
    }
}
