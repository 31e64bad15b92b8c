//! What the holders of public office are called.

use std::collections::BTreeMap;

use super::turtle::{CH, File, SKOS};

/// Office titles by the words of their names.
#[derive(Clone, Debug, Default)]
pub struct Offices {
    by_iri: BTreeMap<String, Office>,
    /// Names as their pieces joined by spaces, with the IRI of their office.
    by_name: BTreeMap<String, String>,
}

/// An office: an `org:Role` of the ontology.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Office {
    /// Its IRI.
    pub iri: String,
    /// Its usual English title.
    pub label: String,
    /// IRIs of the offices that it is a kind of (`skos:broader`).
    pub broader: Vec<String>,
    /// What rules need to know of it.
    pub traits: Vec<Trait>,
    /// ISO 3166-1 alpha-2 code of the country that the title mostly means where none is written.
    pub usual_country: Option<String>,
    /// The name of the file that it stands in, without the folders of the user's machine.
    pub file: String,
}

/// What rules need to know of an office; the words of `ch:officeTrait`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trait {
    /// Its holder is sent to another country or body.
    SentAbroad,
    /// Its title is a public office only together with a country or a public body (`head`, `chairman`).
    OfBodyOnly,
    /// Right before a name its title is a public office even without a country or body.
    BeforeName,
    /// A country or body has one holder at a time.
    OnePerBody,
    /// Its holder stands in for the holder of another office.
    Deputy,
    /// A rank, which stands before a name.
    Rank,
    /// Its holder heads a country, a government or a body.
    Heads,
    /// It may stand for whatever office heads the country or body (`leader`).
    AnyHead,
    /// Its holder serves an international body rather than a country.
    ServesBody,
    /// It is told by someone else's office (`his counterpart`).
    LikeAnother,
    /// Its holder serves a country, never an international body.
    National,
    /// Its holder answers the press.
    MeetsPress,
}

impl Office {
    /// Whether it has that trait.
    pub fn has(&self, wanted: Trait) -> bool {
        self.traits.contains(&wanted)
    }
}

impl Offices {
    /// Adds the offices of `file`, called `name` in records; what it says of a known office takes the place of what was known.
    pub(crate) fn read(&mut self, file: &File, name: &str) {
        for node in file.instances("http://www.w3.org/ns/org#Role") {
            if self.by_iri.contains_key(node.iri()) {
                self.by_name.retain(|_, iri| iri != node.iri());
            }
            let label = node.value(&format!("{SKOS}prefLabel")).unwrap_or_default();
            let alternatives = node.values(&format!("{SKOS}altLabel"));
            for title in alternatives.iter().chain([&label]) {
                self.by_name
                    .insert(pieces(title).join(" "), node.iri().to_owned());
            }
            let office = Office {
                iri: node.iri().to_owned(),
                label,
                broader: node.values(&format!("{SKOS}broader")),
                traits: node
                    .values(&format!("{CH}officeTrait"))
                    .iter()
                    .filter_map(|name| office_trait(name))
                    .collect(),
                usual_country: node.value(&format!("{CH}usualCountry")),
                file: name.to_owned(),
            };
            self.by_iri.insert(office.iri.clone(), office);
        }
    }

    /// The office of that IRI.
    pub fn get(&self, iri: &str) -> Option<&Office> {
        self.by_iri.get(iri)
    }

    /// The longest title that begins with the first of `words` (in lower case and singular), with the number of words it has. Hyphens may be
    /// words of their own, or stand for spaces.
    pub fn find(&self, words: &[String]) -> Option<(usize, &Office)> {
        let mut best = None;
        let mut text = String::new();
        for (number, word) in words.iter().enumerate() {
            if word == "-" && number > 0 {
                continue;
            }
            let pieces = pieces(word);
            if pieces.is_empty() {
                break;
            }
            for piece in pieces {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(&piece);
            }
            let (name, iri) = self.by_name.range(text.clone()..).next()?;
            if *name == text {
                best = self.by_iri.get(iri).map(|office| (number + 1, office));
            } else if !name.starts_with(&text) {
                break;
            }
        }
        best
    }

    /// The office whose name is exactly `title`.
    pub fn named(&self, title: &str) -> Option<&Office> {
        self.by_name
            .get(&pieces(title).join(" "))
            .and_then(|iri| self.by_iri.get(iri))
    }

    /// Whether the office of that IRI, or one that it is a kind of, has a trait.
    pub fn has(&self, iri: &str, wanted: Trait) -> bool {
        self.by_iri.get(iri).is_some_and(|office| {
            office.has(wanted)
                || office
                    .broader
                    .iter()
                    .any(|parent| parent != iri && self.has(parent, wanted))
        })
    }

    /// Whether the office `narrow` is `broad` or a kind of it.
    pub fn is_kind_of(&self, narrow: &str, broad: &str) -> bool {
        narrow == broad
            || self.by_iri.get(narrow).is_some_and(|office| {
                (office.broader.iter())
                    .any(|parent| parent != narrow && self.is_kind_of(parent, broad))
            })
    }
}

fn office_trait(name: &str) -> Option<Trait> {
    Some(match name {
        "sentAbroad" => Trait::SentAbroad,
        "ofBodyOnly" => Trait::OfBodyOnly,
        "beforeName" => Trait::BeforeName,
        "onePerBody" => Trait::OnePerBody,
        "deputy" => Trait::Deputy,
        "rank" => Trait::Rank,
        "heads" => Trait::Heads,
        "anyHead" => Trait::AnyHead,
        "servesBody" => Trait::ServesBody,
        "likeAnother" => Trait::LikeAnother,
        "national" => Trait::National,
        "meetsPress" => Trait::MeetsPress,
        _ => return None,
    })
}

/// A title in lower case, cut at spaces and hyphens, without full stops.
fn pieces(title: &str) -> Vec<String> {
    (title
        .to_lowercase()
        .replace('\u{2019}', "'")
        .split([' ', '-', '.']))
    .filter(|piece| !piece.is_empty())
    .map(str::to_owned)
    .collect()
}
