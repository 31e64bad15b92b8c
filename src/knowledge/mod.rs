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
mod reference;
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
    /// Its name in records, which says nothing of the machine: its path from the folder that the user has named, that folder's name first;
    /// of a file that the user has named itself its own name.
    pub recorded: String,
    /// Its content.
    pub text: String,
}

/// Reads the built-in files and then `user`'s, which add to them or override entries of the same IRI.
///
/// Gives what could be read together with what is wrong; one broken file does not keep the others from being read.
pub fn load(user: &[Source]) -> (Knowledge, Vec<Error>) {
    let mut knowledge = Knowledge::default();
    // What users say of an entry without giving it a class anew, its file must know when it is read.
    let (readable, additions): (Vec<&Source>, Vec<File>) = (user.iter())
        .filter_map(|source| Some((source, File::parse(&source.name, &source.text).ok()?)))
        .unzip();
    // Names of places are the better half of it all, so a second thread reads them meanwhile.
    let (gazetteer, mut errors) = thread::scope(|scope| {
        let places = scope.spawn(|| {
            let mut places = Knowledge::default();
            let errors = places.read_all(built_in::GAZETTEER, &additions);
            (places.gazetteer, errors)
        });
        let mut errors = knowledge.read_all(built_in::FILES, &additions);
        let (gazetteer, more) = places.join().unwrap_or_else(|panic| resume_unwind(panic));
        errors.extend(more);
        (gazetteer, errors)
    });
    knowledge.gazetteer = gazetteer;
    for source in user {
        match File::parse(&source.name, &source.text) {
            Ok(file) => {
                knowledge.definitions.add(source);
                errors.extend(knowledge.read(&file.with(&additions), &source.recorded));
            }
            Err(error) => errors.push(error),
        }
    }
    knowledge.vocabulary.finish();
    let problems = knowledge.lexicon.finish().into_iter();
    errors.extend(problems.map(|problem| knowledge.definitions.locate(problem)));
    for (source, file) in readable.into_iter().zip(&additions) {
        errors.extend(reference::dangling(file, source, &knowledge));
    }
    (knowledge, errors)
}

impl Knowledge {
    /// Adds what built-in files say, each given by its path and text, and what `additions` say of their entries; gives what is wrong with
    /// them.
    fn read_all(&mut self, files: &[(&str, &str)], additions: &[File]) -> Vec<Error> {
        let mut errors = Vec::new();
        for (path, text) in files {
            let name = built_in::name(path);
            match File::parse(&name, text) {
                Ok(file) => errors.extend(self.read(&file.with(additions), &name)),
                Err(error) => errors.push(error),
            }
        }
        errors
    }

    /// Adds what a file says, which is called `name` in records; gives what is wrong with its entries.
    fn read(&mut self, file: &File, name: &str) -> Vec<Error> {
        self.vocabulary.read(file);
        let mut problems = self.lexicon.read(file, name);
        self.offices.read(file, name);
        self.people.read(file);
        self.words.read(file);
        problems.extend(self.gazetteer.read(file));
        let located = (problems.into_iter()).map(|problem| self.definitions.locate(problem));
        located.collect()
    }
}
