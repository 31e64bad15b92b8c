//! What the tests have in common: a folder to work in, the program to run in it, and a record made by hand.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chancery::claim::{Claim, Evidence, Origin, Polarity, Slot, Value};
use chancery::entity::{Entities, Entity, EntityId, Kind, Office};
use chancery::graph::{self, Base, Graph, Identity};
use chancery::knowledge::{self, Knowledge};
use chancery::mention::Tenure;
use chancery::source::{self, Item, Options};
use chancery::store::Format;
use chancery::text::{Date, Document, Sentence, Span};
use oxigraph::io::{JsonLdProfileSet, RdfFormat};
use tempfile::TempDir;

/// A folder of its own for a test, gone with it.
pub(crate) struct Folder(TempDir);

/// What the program has answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().expect("the system has a folder for temporary files"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file, and the folders on the way to it.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("it is below the folder"))
            .expect("a folder can be made");
        fs::write(path, content).expect("a file can be written");
    }

    /// Runs the program in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Answer {
        self.run_with(arguments, "")
    }

    /// Runs the program in the folder with something on standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], input: &str) -> Answer {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdin = child.stdin.take().expect("it was piped");
        // The program may not read it.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        let output = child.wait_with_output().expect("the program ends");
        Answer {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("its output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("its words are UTF-8"),
        }
    }

    /// The program in the folder, untouched by the environment of whoever runs the tests.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
        command
            .args(arguments)
            .current_dir(self.0.path())
            .env_remove("CHANCERY_STORE")
            .env_remove("CHANCERY_ONTOLOGY");
        command
    }

    /// What the shell fish is offered after `words`, the last of them unfinished.
    pub(crate) fn completed(&self, words: &[&str]) -> String {
        let mut arguments = vec!["--", "chancery"];
        arguments.extend(words);
        let output = self
            .command(&arguments)
            .env("COMPLETE", "fish")
            .output()
            .expect("the program starts");
        String::from_utf8(output.stdout).expect("it is UTF-8")
    }

    /// Runs the program, which must do what it is asked, and gives its standard output.
    pub(crate) fn done(&self, arguments: &[&str]) -> String {
        let answer = self.run(arguments);
        assert_eq!(answer.code, Some(0), "{arguments:?}: {}", answer.stderr);
        answer.stdout
    }
}

/// The names of what is in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let names = entries.map(|entry| entry.expect("it can be read").file_name());
    let mut names: Vec<String> = names
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The formats with what reads them back.
pub(crate) const FORMATS: [(Format, RdfFormat); 6] = [
    (Format::Turtle, RdfFormat::Turtle),
    (Format::NTriples, RdfFormat::NTriples),
    (Format::NQuads, RdfFormat::NQuads),
    (Format::TriG, RdfFormat::TriG),
    (Format::RdfXml, RdfFormat::RdfXml),
    (
        Format::JsonLd,
        RdfFormat::JsonLd {
            profile: JsonLdProfileSet::empty(),
        },
    ),
];

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The built-in knowledge, which has no faults.
pub(crate) fn knowledge() -> Knowledge {
    let (knowledge, errors) = knowledge::load(&[]);
    assert_eq!(errors, []);
    knowledge
}

/// A text with everything that makes offsets go wrong: a byte order mark, CRLF, letters of two and three bytes, one beyond the basic
/// plane, a combining accent, quotes.
pub(crate) const TEXT: &str = "\u{feff}---\r\ntitle: Вiзит «мiнiстра»\r\ndate: 2014-10-27\r\n---\r\n\r\n\
    Министр Сергей Лавров arrived in Pyongyang\u{301} on Monday \u{1f4f0}.\r\n\r\n\
    \"They \\ violate human rights,\" said Ri Su Yong,\r\nthe foreign minister. The DPRK rejected that as \u{201c}propaganda\u{201d}.\r\n";

/// Reads [`TEXT`] and makes by hand what the steps between text and graph could find in it.
pub(crate) fn reading() -> (Document, Entities, Vec<Claim>) {
    let item = Item::text(TEXT.as_bytes());
    let (document, _) = source::read(&item, &Options::default()).expect("it is a text");
    let mut entities = Entities::default();
    entities.all = vec![
        person("Сергей Лавров", "RU", "Министр", &document),
        Entity {
            gazetteer: Some(chosen_country().iri),
            ..entity(Kind::Country, "DPRK", "KP", &document)
        },
        entity(Kind::Place, "Pyongyang\u{301}", "KP", &document),
        person("", "KP", "foreign minister", &document),
    ];
    entities.all[3].offices[0].of = Some(EntityId(1));
    let visit = claim(
        "Visit",
        "arrived",
        &document,
        vec![
            slot("visitor", Value::Entity(EntityId(0))),
            slot("destination", Value::Entity(EntityId(2))),
            slot(
                "start",
                Value::Date(Date {
                    year: 2014,
                    month: Some(10),
                    day: None,
                }),
            ),
            slot("kind", Value::Concept("official".into())),
            slot("status", Value::Concept("occurred".into())),
            slot("purpose", Value::Text("talks\r\nwith \"friends\"".into())),
        ],
    );
    let mut accusation = claim(
        "Accusation",
        "violate human rights",
        &document,
        vec![
            slot("accuser", Value::Entity(EntityId(3))),
            slot("accused", Value::Entity(EntityId(1))),
            slot("charge", Value::Text("violate human rights".into())),
            slot("topic", Value::Concept("human-rights".into())),
        ],
    );
    accusation.speaker = Some(EntityId(3));
    let denial = claim(
        "Denial",
        "rejected that",
        &document,
        vec![
            slot("denier", Value::Entity(EntityId(1))),
            slot("denies", Value::Claim(1)),
        ],
    );
    (document, entities, vec![visit, accusation, denial])
}

/// The graph of [`reading`].
pub(crate) fn graph() -> Graph {
    let (document, entities, claims) = reading();
    let base = Base::default();
    let iri = base.identify(&document.metadata, "sample");
    let identity = Identity::new(iri, TEXT.as_bytes());
    let (graph, notes) = graph::build(
        &document,
        &entities,
        &claims,
        &knowledge(),
        &base,
        &identity,
    );
    assert_eq!(notes, []);
    graph
}

/// Some country of the gazetteer.
pub(crate) fn chosen_country() -> knowledge::gazetteer::Entry {
    knowledge()
        .gazetteer
        .country("KP")
        .expect("the gazetteer has all countries")
        .clone()
}

fn person(name: &str, country: &str, title: &str, document: &Document) -> Entity {
    Entity {
        offices: vec![Office {
            title: title.into(),
            role: None,
            of: None,
            to: None,
            tenure: Tenure::Current,
            span: find(title, document),
        }],
        ..entity(Kind::Person, name, country, document)
    }
}

fn entity(kind: Kind, name: &str, country: &str, document: &Document) -> Entity {
    Entity {
        kind,
        name: name.into(),
        aliases: Vec::new(),
        country: Some(country.into()),
        gazetteer: None,
        offices: Vec::new(),
        mentions: if name.is_empty() {
            Vec::new()
        } else {
            vec![find(name, document)]
        },
    }
}

fn claim(class: &str, words: &str, document: &Document, slots: Vec<Slot>) -> Claim {
    let span = find(words, document);
    let inside = |sentence: &Sentence| sentence.span.overlaps(span);
    Claim {
        class: class.into(),
        slots,
        speaker: None,
        polarity: Polarity::Affirmed,
        evidence: vec![Evidence {
            span,
            sentence: document
                .sentences
                .iter()
                .position(inside)
                .expect("it stands in a sentence"),
        }],
        frame: format!("https://w3id.org/chancery/frame/{class}"),
        entry: None,
        word: span,
        mechanisms: Vec::new(),
        confidence: 0.8,
    }
}

fn slot(property: &str, value: Value) -> Slot {
    Slot::new(property, value, Origin::Context)
}

/// The characters of `words` in the body.
fn find(words: &str, document: &Document) -> Span {
    let byte = document
        .body
        .find(words)
        .unwrap_or_else(|| panic!("`{words}` is in the text"));
    let start = document.body[..byte].chars().count();
    Span {
        start,
        end: start + words.chars().count(),
    }
}
