//! Where an entry of the knowledge is written.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use super::scan::{self, Term};
use super::{Error, Problem, Source, built_in};
use crate::text::sha256;

/// The place where an entry of the knowledge is defined.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Definition {
    /// The file as the user named it; of a built-in one `ontology/` and its path below that.
    pub file: String,
    /// The line at which its statement begins, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Definition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.file, self.line)
    }
}

/// The files of knowledge, asked where their entries stand. Nothing is looked for before somebody asks.
#[derive(Clone, Debug)]
pub struct Definitions {
    files: Vec<File>,
    sha256: OnceLock<String>,
}

#[derive(Clone, Debug)]
struct File {
    name: String,
    /// Its name in records; none for a built-in one.
    recorded: Option<String>,
    text: Cow<'static, str>,
    places: OnceLock<BTreeMap<String, Place>>,
}

/// Line and column of what a file says of an IRI.
#[derive(Clone, Debug)]
struct Place {
    /// Of the first statement.
    said: (usize, usize),
    /// Of the statement that gives it its class.
    defined: Option<(usize, usize)>,
}

impl Default for Definitions {
    /// Those of the built-in files.
    fn default() -> Self {
        // The gazetteer is by far the largest, so it is asked last.
        let files = built_in::GAZETTEER.iter().chain(built_in::FILES);
        Self {
            files: files
                .map(|(path, text)| File::new(built_in::name(path), Cow::Borrowed(text)))
                .collect(),
            sha256: OnceLock::new(),
        }
    }
}

impl Definitions {
    /// Adds a file that was read after all others.
    pub(crate) fn add(&mut self, source: &Source) {
        let text = Cow::Owned(source.text.clone());
        let mut file = File::new(source.name.clone(), text);
        file.recorded = Some(source.recorded.clone());
        self.files.push(file);
        self.sha256 = OnceLock::new();
    }

    /// The SHA-256 digest of all files, which tells whether two readings know the same: of the name in records, the length and the text of
    /// each, in the order in which they count.
    pub fn sha256(&self) -> &str {
        self.sha256.get_or_init(|| {
            let heads = self.files.iter().map(|file| {
                let name = file.recorded.as_deref().unwrap_or(&file.name);
                format!("{name}\n{}\n", file.text.len())
            });
            let heads: Vec<String> = heads.collect();
            let texts = self.files.iter().map(|file| file.text.as_bytes());
            sha256(
                heads
                    .iter()
                    .zip(texts)
                    .flat_map(|(head, text)| [head.as_bytes(), text]),
            )
        })
    }

    /// Where the entry of that IRI gets its class; of several files the last, whose word counts.
    pub fn of(&self, iri: &str) -> Option<Definition> {
        self.files.iter().rev().find_map(|file| {
            let (line, column) = file.places().get(iri)?.defined?;
            let file = file.name.clone();
            Some(Definition { file, line, column })
        })
    }

    /// Where files of the user say something of the entry of that IRI, whether they define it or add to it; each with the file's name in
    /// records.
    pub fn by_user<'a>(&'a self, iri: &'a str) -> impl Iterator<Item = (&'a str, Definition)> + 'a {
        self.files.iter().filter_map(move |file| {
            let recorded = file.recorded.as_deref()?;
            let place = file.places().get(iri)?;
            let (line, column) = place.defined.unwrap_or(place.said);
            let file = file.name.clone();
            Some((recorded, Definition { file, line, column }))
        })
    }

    /// Whether a file of the user says something of the entry of that IRI.
    pub(crate) fn is_users(&self, iri: &str) -> bool {
        self.by_user(iri).next().is_some()
    }

    /// Where `term`, an IRI or the words of a literal, stands in what is said of the entry of that IRI (of any, where that is none, as a
    /// blank node is); where it does not stand there, where the entry is defined.
    pub(crate) fn find(&self, iri: &str, term: Option<&str>) -> Option<Definition> {
        let of_any = iri.is_empty() || iri.starts_with("_:");
        let inside = term.and_then(|term| {
            self.files.iter().rev().find_map(|file| {
                if !file.text.contains(last_part(term)) {
                    return None;
                }
                let found = scan::occurrences(&file.text).into_iter().find(|found| {
                    let (Term::Iri(written) | Term::Literal(written)) = &found.term;
                    written == term && (of_any || found.subject == iri)
                })?;
                let (line, column) = scan::position(&file.text, found.start);
                let file = file.name.clone();
                Some(Definition { file, line, column })
            })
        });
        inside.or_else(|| self.of(iri))
    }

    /// The text of the file of that name.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        let file = self.files.iter().find(|file| file.name == name)?;
        Some(&file.text)
    }

    /// The files that could be read, in their order: the name and text of each, and whether it is built in.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        let files = self.files.iter();
        files.map(|file| (file.name.as_str(), &*file.text, file.recorded.is_none()))
    }

    /// Says where the entry is that something is wrong with.
    pub(crate) fn locate(&self, problem: Problem) -> Error {
        match self.of(&problem.iri) {
            Some(Definition { file, line, column }) => Error {
                file,
                position: Some((line, column)),
                message: problem.message,
            },
            None => Error {
                file: problem.iri,
                position: None,
                message: problem.message,
            },
        }
    }
}

/// What stands of a term in a text, whatever its prefix is.
fn last_part(term: &str) -> &str {
    let end = if term.contains("://") {
        term.rfind(['#', '/']).map_or(0, |end| end + 1)
    } else {
        0
    };
    // Escapes stand for what follows them.
    term[end..]
        .split(['"', '\\', '\n', '\t'])
        .next()
        .unwrap_or_default()
}

impl File {
    fn new(name: String, text: Cow<'static, str>) -> Self {
        Self {
            name,
            recorded: None,
            text,
            places: OnceLock::new(),
        }
    }

    fn places(&self) -> &BTreeMap<String, Place> {
        self.places.get_or_init(|| {
            let mut places = BTreeMap::new();
            let (mut line, mut begin) = (1, 0);
            let mut said = (1, 1);
            for found in scan::occurrences(&self.text) {
                if found.opens {
                    let (down, column) = scan::position(&self.text[begin..], found.start - begin);
                    line += down - 1;
                    begin = self.text[..found.start]
                        .rfind('\n')
                        .map_or(0, |end| end + 1);
                    said = (line, column);
                }
                let defines = matches!(&found.term, Term::Iri(iri) if iri == scan::RDF_TYPE);
                if found.opens || defines {
                    let place: &mut Place = places.entry(found.subject).or_insert(Place {
                        said,
                        defined: None,
                    });
                    // Other statements only add to an entry of another file.
                    if defines {
                        place.defined.get_or_insert(said);
                    }
                }
            }
            places
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mine(text: &str) -> Source {
        Source {
            name: "mine.ttl".to_owned(),
            recorded: "mine.ttl".to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn whoever_knows_something_else_has_another_digest() {
        let built_in = Definitions::default().sha256().to_owned();
        assert_eq!(built_in, Definitions::default().sha256());
        let with = |text: &str| {
            let mut definitions = Definitions::default();
            assert_eq!(definitions.sha256(), built_in);
            definitions.add(&mine(text));
            definitions.sha256().to_owned()
        };
        assert_ne!(with(""), built_in);
        assert_ne!(with("<x:y> a <x:z> ."), with(""));
        assert_eq!(with(""), with(""));
    }

    #[test]
    fn an_entry_is_found_where_its_word_counts() {
        let visit = "https://w3id.org/chancery#Visit";
        let mut definitions = Definitions::default();
        let built_in = definitions.of(visit).expect("it is built in");
        assert_eq!(built_in.file, "ontology/core.ttl");
        let text = super::super::built_in::FILES
            .iter()
            .find_map(|(path, text)| (*path == "core.ttl").then_some(*text))
            .expect("it is built in");
        assert_eq!(text.lines().nth(built_in.line - 1), Some("ch:Visit"));

        definitions.add(&mine("\n<https://w3id.org/chancery#Visit> a <x:y> ."));
        let user = definitions.of(visit).expect("it is the user's");
        assert_eq!(user.to_string(), "mine.ttl:2");
        assert_eq!(definitions.of("https://w3id.org/chancery#Nothing"), None);
        let kenya = definitions.of("https://w3id.org/chancery/gazetteer/country/KE");
        assert_eq!(
            kenya.expect("it is built in").file,
            "ontology/gazetteer/countries.ttl"
        );
    }
}
