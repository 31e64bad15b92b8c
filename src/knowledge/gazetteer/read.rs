//! Triples become entries and their names.

use super::name::Pieces;
use super::{Entry, EntryKind, Gazetteer, Meaning, NameKind};
use crate::knowledge::Problem;
use crate::knowledge::turtle::{CH, File, SKOS, Value};

/// What one file says of an entry.
#[derive(Debug, Default)]
struct Draft<'f> {
    kind: Option<EntryKind>,
    label: Option<&'f str>,
    country: Option<&'f str>,
    alpha2: Option<&'f str>,
    alpha3: Option<&'f str>,
    codes: Vec<&'f str>,
    capitals: Vec<&'f str>,
    seat: Option<&'f str>,
    within: Vec<&'f str>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    population: Option<u64>,
    exact_match: Vec<&'f str>,
    names: Vec<(&'f str, NameKind)>,
    ambiguous: Vec<&'f str>,
    leaders: Vec<&'f str>,
    dissolved: Option<i32>,
    successors: Vec<&'f str>,
    deprecated: bool,
    problems: Vec<String>,
}

/// How many letters surnames have that too many people bear.
const LONGEST_COMMON_SURNAME: usize = 4;

const SCHEMA: &str = "http://schema.org/";
const ORG: &str = "http://www.w3.org/ns/org#";
const REPLACED_BY: &str = "http://purl.org/dc/terms/isReplacedBy";
const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const DEPRECATED: &str = "http://www.w3.org/2002/07/owl#deprecated";

impl Gazetteer {
    /// Takes over the entries that `file` describes. An entry that is known already is given anew where the file gives it a class; else it
    /// gets the further names, and the label, country, codes and figures given here instead of its earlier ones. Gives what is wrong with
    /// single entries.
    pub(crate) fn read(&mut self, file: &File) -> Vec<Problem> {
        let mut problems = Vec::new();
        for node in file.subjects() {
            let mut draft = Draft::default();
            for (property, value) in node.statements() {
                draft.note(property, value);
            }
            self.take(node.iri(), draft, &mut problems);
        }
        self.settle_countries();
        problems
    }

    /// Makes an entry of a draft, or adds the draft to the entry of that IRI.
    fn take(&mut self, iri: &str, draft: Draft, problems: &mut Vec<Problem>) {
        let known = self.by_iri.get(iri).copied();
        if known.is_none() && draft.kind.is_none() {
            // The header of a file, or a resource of another kind.
            return;
        }
        problems.extend((draft.problems.iter()).map(|message| Problem::new(iri, message)));
        let index = if let Some(index) = known {
            if draft.deprecated || draft.kind.is_some() {
                self.forget(index);
            }
            index
        } else if draft.label.is_some() {
            self.entries.push(Entry {
                iri: iri.to_owned(),
                ..Entry::default()
            });
            self.by_iri.insert(iri.to_owned(), self.entries.len() - 1);
            self.entries.len() - 1
        } else {
            let message = "it has no `skos:prefLabel`, so it is left out";
            problems.push(Problem::new(iri, message));
            return;
        };
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let entry = &mut self.entries[index];
        replace(&mut entry.kind, draft.kind);
        replace(&mut entry.label, owned(draft.label));
        replace_optional(&mut entry.alpha3, owned(draft.alpha3));
        replace_optional(&mut entry.seat, owned(draft.seat));
        replace_optional(&mut entry.latitude, draft.latitude);
        replace_optional(&mut entry.longitude, draft.longitude);
        replace_optional(&mut entry.population, draft.population);
        replace_optional(&mut entry.dissolved, draft.dissolved);
        let successors = draft.successors.iter().map(|state| (*state).to_owned());
        self.former.extend(successors.map(|state| (state, index)));
        let add = |list: &mut Vec<String>, texts: &[&str]| {
            list.extend(texts.iter().map(|text| (*text).to_owned()));
        };
        add(&mut entry.codes, &draft.codes);
        add(&mut entry.within, &draft.within);
        add(&mut entry.exact_match, &draft.exact_match);
        add(&mut entry.capitals, &draft.capitals);
        for city in draft.capitals {
            self.by_capital.entry(city.to_owned()).or_insert(index);
        }
        if let Some(alpha2) = draft.alpha2 {
            entry.country = Some(alpha2.to_owned());
            self.by_alpha2.insert(alpha2.to_owned(), index);
        }
        if let Some(country) = draft.country {
            self.awaiting_country.push((index, country.to_owned()));
        }
        for name in &draft.leaders {
            self.add_leader(index, name);
        }
        let label = draft.label.map(|label| (label, NameKind::Name));
        for (name, kind) in label.into_iter().chain(draft.names) {
            let ambiguous = draft.ambiguous.contains(&name);
            if !self.add_name(index, name, kind, ambiguous) {
                let message = format!("its name `{name}` holds a mark that no name may hold");
                problems.push(Problem::new(iri, message));
            }
        }
    }

    /// Takes out what is known of entry number `entry`, whose IRI stays.
    fn forget(&mut self, entry: usize) {
        let iri = std::mem::take(&mut self.entries[entry].iri);
        self.entries[entry] = Entry {
            iri,
            ..Entry::default()
        };
        for meanings in self.by_name.values_mut() {
            meanings.retain(|meaning| meaning.entry != entry);
        }
        self.by_leader.retain(|_, led| {
            led.retain(|country| *country != entry);
            !led.is_empty()
        });
        self.by_capital.retain(|_, country| *country != entry);
        self.by_alpha2.retain(|_, country| *country != entry);
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

impl<'f> Draft<'f> {
    /// Notes one statement; statements with properties that mean nothing here are passed over.
    fn note(&mut self, property: &str, value: Value<'f>) {
        let (iri, text) = (value.iri(), value.text());
        let name = text.filter(|_| value.is_english());
        if let Some(term) = property.strip_prefix(SKOS) {
            match term {
                "prefLabel" => replace_optional(&mut self.label, name),
                "altLabel" | "hiddenLabel" => {
                    self.names.extend(name.map(|name| (name, NameKind::Name)));
                }
                "notation" => self.codes.extend(text),
                "exactMatch" => self.exact_match.extend(iri),
                _ => {}
            }
        } else if let Some(term) = property.strip_prefix(CH) {
            match term {
                "demonym" => self
                    .names
                    .extend(name.map(|name| (name, NameKind::Demonym))),
                "leader" => self.leaders.extend(name),
                "ambiguousName" => self.ambiguous.extend(name),
                "alpha2" => self.alpha2 = text,
                "alpha3" => self.alpha3 = text,
                "inCountry" => self.country = iri,
                "capital" | "seatOfGovernment" => self.capitals.extend(iri),
                "seat" => self.seat = iri,
                "inWorldRegion" => self.within.extend(iri),
                "population" => self.population = self.number("ch:population", text),
                _ => {}
            }
        } else if let Some(term) = property.strip_prefix(SCHEMA) {
            match term {
                "latitude" => self.latitude = self.number("schema:latitude", text),
                "longitude" => self.longitude = self.number("schema:longitude", text),
                "dissolutionDate" => {
                    self.dissolved = self.number("schema:dissolutionDate", text);
                }
                _ => {}
            }
        } else if property == REPLACED_BY {
            self.successors.extend(iri);
        } else if property == RDF_TYPE {
            self.kind = iri.and_then(kind).or(self.kind);
        } else if property == DEPRECATED {
            self.deprecated = text == Some("true");
        }
    }

    /// A number as written, or a problem.
    fn number<N: std::str::FromStr>(&mut self, property: &str, text: Option<&str>) -> Option<N> {
        let text = text.unwrap_or_default();
        let number = text.parse().ok();
        if number.is_none() {
            self.problems
                .push(format!("its `{property}` is no number: `{text}`"));
        }
        number
    }
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
