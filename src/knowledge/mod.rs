//! What does chancery know beforehand?
//!
//! Everything it knows about the world is Turtle in `ontology/`: [`load`] reads it into the shapes that the steps ask.

mod built_in;
pub mod definition;
mod error;
pub mod gazetteer;
pub mod lexicon;
pub mod office;
pub mod people;
mod plain;
mod scan;
mod triples;
mod turtle;
pub mod vocabulary;
pub mod words;

pub use definition::Definitions;
pub use error::{Error, Problem};
pub use gazetteer::Gazetteer;
pub use lexicon::Lexicon;
pub use office::Offices;
pub use people::People;
pub use vocabulary::Vocabulary;
pub use words::Words;

use std::panic::resume_unwind;
use std::thread;

use turtle::File;

/// All that is known beforehand.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    /// Classes, properties and concepts.
    pub vocabulary: Vocabulary,
    /// Frames and the words that evoke them.
    pub lexicon: Lexicon,
    /// Countries, places and organisations by name.
    pub gazetteer: Gazetteer,
    /// Titles of public offices.
    pub offices: Offices,
    /// Persons that go by several names.
    pub people: People,
    /// Word classes that rules ask for.
    pub words: Words,
    /// Where all these are written.
    pub definitions: Definitions,
}

/// A Turtle file of knowledge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name, for messages.
    pub name: String,
    /// Its content.
    pub text: String,
}

impl Source {
    /// Its name without the folders that it stands in.
    fn file_name(&self) -> &str {
        self.name.rsplit(['/', '\\']).next().unwrap_or_default()
    }
}

/// Reads the built-in files and then `user`'s, which add to them or override entries of the same IRI.
///
/// Gives what could be read together with what is wrong; one broken file does not keep the others from being read.
pub fn load(user: &[Source]) -> (Knowledge, Vec<Error>) {
    let mut knowledge = Knowledge::default();
    // Of what users say of an entry without giving it a class anew, its file must know when it is read.
    let own = user
        .iter()
        .filter_map(|source| File::parse(&source.name, &source.text).ok());
    let own: Vec<File> = own.collect();
    // Names of places are the better half of it all, so a second thread reads them meanwhile.
    let (gazetteer, mut faults) = thread::scope(|scope| {
        let places = scope.spawn(|| {
            let mut places = Knowledge::default();
            let faults = places.read_all(built_in::GAZETTEER, &own);
            (places.gazetteer, faults)
        });
        let mut faults = knowledge.read_all(built_in::FILES, &own);
        let (gazetteer, more) = places.join().unwrap_or_else(|panic| resume_unwind(panic));
        faults.extend(more);
        (gazetteer, faults)
    });
    knowledge.gazetteer = gazetteer;
    for source in user {
        let more = knowledge.read(&source.name, source.file_name(), &source.text, &own);
        if more.errors.is_empty() {
            knowledge.definitions.add(source);
        }
        faults.extend(more);
    }
    knowledge.vocabulary.finish();
    let Faults {
        mut errors,
        mut problems,
    } = faults;
    problems.extend(knowledge.lexicon.finish());
    let told = problems.into_iter();
    errors.extend(told.map(|problem| knowledge.definitions.locate(problem)));
    (knowledge, errors)
}

impl Knowledge {
    /// Adds what the files say, each given by its path below `ontology/` and its text; gives what is wrong with them.
    fn read_all(&mut self, files: &[(&str, &str)], additions: &[File]) -> Faults {
        let mut faults = Faults::default();
        for (path, text) in files {
            let name = built_in::name(path);
            faults.extend(self.read(&name, &name, text, additions));
        }
        faults
    }

    /// Adds what a file says, which is called `name` in messages and `short` in records, and what `additions` say of its entries; gives what
    /// is wrong with it.
    fn read(&mut self, name: &str, short: &str, text: &str, additions: &[File]) -> Faults {
        let mut faults = Faults::default();
        let file = match File::parse(name, text) {
            Ok(file) => file.with(additions),
            Err(error) => {
                faults.errors.push(error);
                return faults;
            }
        };
        self.vocabulary.read(&file);
        self.offices.read(&file, short);
        self.people.read(&file);
        self.words.read(&file);
        faults.problems.extend(self.lexicon.read(&file, short));
        faults.problems.extend(self.gazetteer.read(&file));
        faults
    }
}

/// What is wrong with files.
#[derive(Default)]
struct Faults {
    errors: Vec<Error>,
    problems: Vec<Problem>,
}

impl Faults {
    fn extend(&mut self, other: Self) {
        self.errors.extend(other.errors);
        self.problems.extend(other.problems);
    }
}
