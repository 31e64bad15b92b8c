//! Countries, regions, cities and organisations by name.
//!
//! It holds what `ontology/gazetteer/*.ttl` and the user's files say, later ones adding to earlier ones; [`Gazetteer::find`] says which
//! entries the words of a sentence name.

mod name;
mod read;

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;

use name::{Capitals, Pieces};

/// A name without what its spellings may differ in: accents, case, hyphens and full stops; none where it holds a mark that no name may hold.
pub(crate) fn key(name: &str) -> Option<String> {
    Some(Pieces::of(name)?.into_key())
}

/// Places and organisations, found by the words of their names.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    by_iri: HashMap<String, usize>,
    by_alpha2: HashMap<String, usize>,
    /// Countries by the IRI of their capital or seat of government.
    by_capital: HashMap<String, usize>,
    /// What each name, as its pieces joined by spaces (see [`name`]), stands for.
    by_name: BTreeMap<String, Vec<Meaning>>,
    /// Countries by the names of those who led them.
    by_leader: HashMap<String, Vec<usize>>,
    /// IRIs of countries, each with the number of a state that lay there before.
    former: Vec<(String, usize)>,
    /// Entries whose country has not been read yet: their index and the country's IRI.
    awaiting_country: Vec<(usize, String)>,
}

/// A country, place or organisation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Its IRI in the gazetteer.
    pub iri: String,
    /// What it is.
    pub kind: EntryKind,
    /// Its usual English name.
    pub label: String,
    /// ISO 3166-1 alpha-2 code of the country that it is or lies in; none for world regions and international organisations. A
    /// state that is no more has the code that it had (`SU`).
    pub country: Option<String>,
    /// ISO 3166-1 alpha-3 code, for countries.
    pub alpha3: Option<String>,
    /// All its codes: ISO 3166-1 alpha-2, alpha-3 and numeric for countries, ISO 3166-2 for regions, ISO 3166-3 for former states.
    pub codes: Vec<String>,
    /// IRIs of the cities that are the country's capital or the seat of its government.
    pub capitals: Vec<String>,
    /// IRI of the city where the organisation has its seat.
    pub seat: Option<String>,
    /// IRIs of the world regions that it lies in.
    pub within: Vec<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Inhabitants.
    pub population: Option<u64>,
    /// The year in which a state that is no more ended.
    pub dissolved: Option<i32>,
    /// The same thing elsewhere (the European Union's country authority).
    pub exact_match: Vec<String>,
}

/// What an entry of the gazetteer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// A country or territory of ISO 3166-1, or a state that is no more.
    #[default]
    Country,
    /// A part of the world that is no country: Africa, the Middle East, the West.
    WorldRegion,
    /// A first-level division of a country: province, state, oblast; also other well-known regions and disputed territories.
    Region,
    /// A city or town, or another usual venue.
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
    /// Whether the name is also an ordinary word or a usual name of persons (`Nice`, `Jordan`), so that other evidence is wanted.
    pub ambiguous: bool,
}

/// One meaning of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Meaning {
    entry: usize,
    name: NameKind,
    ambiguous: bool,
    capitals: Capitals,
}

impl Gazetteer {
    /// All entries whose name is a prefix of `words` (token forms from some position on), longest name first; of equally long names
    /// countries first, then world regions, organisations, national capitals, regions and cities (larger first).
    ///
    /// Accents, full stops and hyphens may be missing or stand apart (`Sao Tome`, `U.S`, `Guinea` `-` `Bissau`). A name asks for its
    /// first capital, an abbreviation for all of its capitals, so `us` is never the `US`.
    pub fn find<'a>(&'a self, words: &[&str]) -> Vec<Found<'a>> {
        let mut found = Vec::new();
        let mut text = Pieces::default();
        for (number, word) in words.iter().enumerate() {
            match text.push(word) {
                name::Pushed::Barrier => break,
                name::Pushed::Nothing if number == 0 => break,
                name::Pushed::Nothing => continue,
                name::Pushed::Pieces => {}
            }
            let from_here = (Bound::Included(text.key()), Bound::Unbounded);
            let Some((first, meanings)) = self.by_name.range::<str, _>(from_here).next() else {
                break;
            };
            if first == text.key() {
                found.extend(
                    meanings
                        .iter()
                        .filter(|meaning| text.satisfy(meaning.capitals))
                        .map(|meaning| Found {
                            entry: &self.entries[meaning.entry],
                            words: number + 1,
                            name: meaning.name,
                            ambiguous: meaning.ambiguous,
                        }),
                );
            } else if !first.starts_with(text.key()) {
                break;
            }
        }
        found.sort_by(|one, other| {
            (other.words.cmp(&one.words))
                .then_with(|| self.rank(one.entry).cmp(&self.rank(other.entry)))
                .then_with(|| other.entry.population.cmp(&one.entry.population))
                .then_with(|| one.entry.iri.cmp(&other.entry.iri))
                .then_with(|| (one.name, one.ambiguous).cmp(&(other.name, other.ambiguous)))
        });
        // Several spellings of one name may fit (`NATO`, `Nato`).
        found.dedup_by(|one, other| {
            one.words == other.words
                && one.name == other.name
                && std::ptr::eq(one.entry, other.entry)
        });
        found
    }

    /// The entry of that IRI.
    pub fn entry(&self, iri: &str) -> Option<&Entry> {
        self.by_iri.get(iri).map(|&index| &self.entries[index])
    }

    /// The country of that ISO 3166-1 alpha-2 code (`KE`).
    pub fn country(&self, alpha2: &str) -> Option<&Entry> {
        self.by_alpha2
            .get(alpha2)
            .map(|&index| &self.entries[index])
    }

    /// The state that in `year` lay where the country of that ISO 3166-1 alpha-2 code lies, if it was another one.
    pub fn state_before(&self, alpha2: &str, year: i32) -> Option<&Entry> {
        let country = self.country(alpha2)?;
        let mut former = (self.former.iter())
            .filter(|(successor, _)| *successor == country.iri)
            .map(|&(_, state)| &self.entries[state]);
        former.find(|state| state.dissolved.is_some_and(|ended| year < ended))
    }

    /// The country whose capital or seat of government the city of that IRI is; its name may stand for that country's government.
    pub fn capital_of(&self, city: &str) -> Option<&Entry> {
        self.by_capital.get(city).map(|&index| &self.entries[index])
    }

    /// The country that somebody of that name, or of that surname alone, is known to have led; none where there are several.
    pub fn led_by(&self, name: &str) -> Option<&Entry> {
        let key = Pieces::of(name)?.into_key();
        match self.by_leader.get(&key)?.as_slice() {
            [index] => Some(&self.entries[*index]),
            _ => None,
        }
    }

    /// Every entry, in the order in which they were read.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Entries that say that they lie in a country which no file describes: the entry and the country's IRI.
    pub fn without_country(&self) -> impl Iterator<Item = (&Entry, &str)> {
        self.awaiting_country
            .iter()
            .map(|(index, country)| (&self.entries[*index], country.as_str()))
    }

    /// Which of several entries of one name comes first.
    fn rank(&self, entry: &Entry) -> usize {
        match entry.kind {
            EntryKind::Country => 0,
            EntryKind::WorldRegion => 1,
            EntryKind::Organisation => 2,
            EntryKind::City if self.by_capital.contains_key(&entry.iri) => 3,
            EntryKind::Region => 4,
            EntryKind::City => 5,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::knowledge::Problem;
    use crate::knowledge::turtle::{File, local_name};

    const COUNTRIES: &str = include_str!("../../../ontology/gazetteer/countries.ttl");
    const FILES: [&str; 6] = [
        COUNTRIES,
        include_str!("../../../ontology/gazetteer/former-states.ttl"),
        include_str!("../../../ontology/gazetteer/world-regions.ttl"),
        include_str!("../../../ontology/gazetteer/organisations.ttl"),
        include_str!("../../../ontology/gazetteer/regions.ttl"),
        include_str!("../../../ontology/gazetteer/cities.ttl"),
    ];

    static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
        let mut gazetteer = Gazetteer::default();
        for file in FILES {
            assert_eq!(read(&mut gazetteer, file), []);
        }
        gazetteer
    });

    fn read(gazetteer: &mut Gazetteer, text: &str) -> Vec<Problem> {
        gazetteer.read(&File::parse("places.ttl", text).expect("Turtle"))
    }

    /// The label of the first find, and how many words it has.
    fn first(words: &str) -> Option<(&'static str, usize)> {
        let words: Vec<&str> = words.split(' ').collect();
        let found = GAZETTEER.find(&words);
        found
            .first()
            .map(|found| (found.entry.label.as_str(), found.words))
    }

    #[test]
    fn every_country_is_found_by_each_of_its_names_and_codes() {
        let mut names = 0;
        let file = File::parse("countries.ttl", COUNTRIES).expect("Turtle");
        for country in file.subjects() {
            for (property, value) in country.statements() {
                let kind = match local_name(property) {
                    "prefLabel" | "altLabel" => NameKind::Name,
                    "demonym" => NameKind::Demonym,
                    _ => continue,
                };
                let name = value.text().expect("literal");
                // As a tokenizer cuts it.
                let cut = name.replace("'s ", " 's ").replace('-', " - ");
                let words: Vec<&str> = cut.split(' ').collect();
                let found = GAZETTEER.find(&words);
                let by_all_words = |found: &Found| {
                    found.entry.iri == country.iri()
                        && found.name == kind
                        && found.words == words.len()
                };
                assert!(
                    found.iter().any(by_all_words),
                    "{name} does not name {}",
                    country.iri()
                );
                names += 1;
            }
        }
        assert!(names > 1000);

        let countries: Vec<&Entry> = (GAZETTEER.entries().iter())
            .filter(|entry| entry.kind == EntryKind::Country)
            .collect();
        let sovereign_or_not = countries
            .iter()
            .filter(|country| country.exact_match.len() == 1);
        assert_eq!(
            sovereign_or_not.count(),
            250,
            "249 of ISO 3166-1, and Kosovo"
        );
        for country in countries.iter().filter(|one| one.country.is_some()) {
            let alpha2 = country.country.as_deref().unwrap_or_default();
            assert_eq!(GAZETTEER.country(alpha2), Some(*country));
            assert!(country.alpha3.is_some());
        }
    }

    #[test]
    fn entries_point_to_entries() {
        assert_eq!(GAZETTEER.without_country().next(), None);
        for entry in GAZETTEER.entries() {
            let links = entry.capitals.iter().chain(&entry.seat);
            for iri in links.chain(&entry.within) {
                assert!(
                    GAZETTEER.entry(iri).is_some(),
                    "{} points to {iri}",
                    entry.iri
                );
            }
        }
        let havana = "https://w3id.org/chancery/gazetteer/city/havana-cu";
        let cuba = GAZETTEER.capital_of(havana).expect("a capital");
        assert_eq!(cuba.country.as_deref(), Some("CU"));
        assert_eq!(
            GAZETTEER.entry(havana).and_then(|it| it.country.as_deref()),
            Some("CU")
        );
    }

    #[test]
    fn a_former_state_lay_where_others_lie_since() {
        let before = |alpha2: &str, year: i32| {
            let state = GAZETTEER.state_before(alpha2, year);
            state.map(|state| state.label.as_str())
        };
        assert_eq!(before("UA", 1977), Some("Soviet Union"));
        assert_eq!(before("UA", 1995), None);
        assert_eq!(before("FR", 1977), None);
    }

    #[test]
    fn small_words_are_no_abbreviations() {
        assert_eq!(first("us all"), None);
        assert_eq!(first("US officials"), Some(("United States", 1)));
        assert_eq!(first("U.S. officials"), Some(("United States", 1)));
        assert_eq!(first("who said"), None);
        assert_eq!(first("I ran"), None);
        assert_eq!(first("nice of him"), None);
        assert!(GAZETTEER.find(&["Nice"])[0].ambiguous);
    }

    #[test]
    fn the_longest_name_wins_and_of_equals_the_country() {
        assert_eq!(first("North Korea 's"), Some(("North Korea", 2)));
        assert_eq!(
            first("Democratic People 's Republic of Korea ."),
            Some(("North Korea", 6))
        );
        assert_eq!(first("Republic of Korea"), Some(("South Korea", 3)));
        assert_eq!(first("Guinea - Bissau and"), Some(("Guinea-Bissau", 3)));
        assert_eq!(first("Guinea , Bissau"), Some(("Guinea", 1)));
        assert_eq!(
            first("Sao Tome and Principe"),
            Some(("São Tomé and Príncipe", 4))
        );
        assert_eq!(first("WASHINGTON , D.C. -"), Some(("Washington, D.C.", 3)));
        assert_eq!(first("Georgia and"), Some(("Georgia", 1)));
        assert_eq!(
            GAZETTEER.find(&["Georgia"])[0].entry.kind,
            EntryKind::Country
        );
        assert_eq!(first("Western officials"), Some(("West", 1)));
        assert_eq!(
            first("UN security council"),
            Some(("United Nations Security Council", 3))
        );
    }

    #[test]
    fn a_later_file_adds_to_an_entry_and_overrides_it() {
        let mut gazetteer = Gazetteer::default();
        read(&mut gazetteer, COUNTRIES);
        let more = r#"
            @prefix ch: <https://w3id.org/chancery#> .
            @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
            <https://w3id.org/chancery/gazetteer/country/KE> skos:prefLabel "Jamhuri ya Kenya" , "Kenia"@de ; ch:population "many" .
            <https://example.org/atlantis> a ch:WorldRegion .
        "#;
        let problems = read(&mut gazetteer, more);
        assert_eq!(problems.len(), 2, "{problems:?}");
        let found = gazetteer.find(&["Jamhuri", "ya", "Kenya"]);
        assert_eq!(found[0].words, 3);
        assert_eq!(found[0].entry.label, "Jamhuri ya Kenya");
        assert!(!gazetteer.find(&["Kenyan"]).is_empty());
        let anew = r#"
            @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
            <https://w3id.org/chancery/gazetteer/country/KE> a <http://schema.org/Country> ; skos:prefLabel "Jamhuri" .
        "#;
        assert_eq!(read(&mut gazetteer, anew), []);
        assert!(gazetteer.find(&["Kenyan"]).is_empty());
        assert_eq!(gazetteer.find(&["Jamhuri"]).len(), 1);
    }
}
