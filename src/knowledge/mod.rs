//! What does chancery know beforehand?
//!
//! Everything it knows about the world is Turtle in `ontology/`: [`load`] reads it into the shapes that the steps ask.

mod built_in;
mod error;
pub mod gazetteer;
pub mod lexicon;
pub mod office;
mod plain;
mod triples;
mod turtle;
pub mod vocabulary;
pub mod words;

pub use error::Error;
pub use gazetteer::Gazetteer;
pub use lexicon::Lexicon;
pub use office::Offices;
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
    /// Word classes that rules ask for.
    pub words: Words,
}

/// A Turtle file of knowledge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name, for messages.
    pub name: String,
    /// Its content.
    pub text: String,
}

/// Reads the built-in files and then `user`'s, which add to them or override entries of the same IRI.
///
/// Gives what could be read together with what is wrong; one broken file does not keep the others from being read.
pub fn load(user: &[Source]) -> (Knowledge, Vec<Error>) {
    let mut knowledge = Knowledge::default();
    // Names of places are the better half of it all, so a second thread reads them meanwhile.
    let (gazetteer, mut errors) = thread::scope(|scope| {
        let places = scope.spawn(|| {
            let mut places = Knowledge::default();
            let errors = places.read_all(built_in::GAZETTEER);
            (places.gazetteer, errors)
        });
        let mut errors = knowledge.read_all(built_in::FILES);
        let (gazetteer, more) = places.join().unwrap_or_else(|panic| resume_unwind(panic));
        errors.extend(more);
        (gazetteer, errors)
    });
    knowledge.gazetteer = gazetteer;
    for Source { name, text } in user {
        errors.extend(knowledge.read(name, text));
    }
    knowledge.vocabulary.finish();
    errors.extend(knowledge.lexicon.finish());
    (knowledge, errors)
}

impl Knowledge {
    /// Adds what the files say, each given by its name and text; gives what is wrong with them.
    fn read_all(&mut self, files: &[(&str, &str)]) -> Vec<Error> {
        let files = files.iter();
        files
            .flat_map(|(name, text)| self.read(name, text))
            .collect()
    }

    /// Adds what a file says; gives what is wrong with it.
    fn read(&mut self, name: &str, text: &str) -> Vec<Error> {
        let file = match File::parse(name, text) {
            Ok(file) => file,
            Err(error) => return vec![error],
        };
        self.vocabulary.read(&file);
        let mut errors = self.lexicon.read(&file);
        self.offices.read(&file);
        self.words.read(&file);
        errors.extend(self.gazetteer.read(&file));
        errors
    }
}
