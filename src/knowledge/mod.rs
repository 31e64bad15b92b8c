//! What does chancery know beforehand?
//!
//! Everything it knows about the world is Turtle in `ontology/`: [`load`] reads it, through sophia's `Resource` API,
//! into the shapes that the steps ask.

mod built_in;
pub mod definition;
mod error;
pub mod gazetteer;
pub mod lexicon;
pub mod office;
pub mod people;
mod scan;
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

/// Reads the built-in files and then `user`'s, which add to them or override entries of the same IRI.
///
/// Gives what could be read together with what is wrong; one broken file does not keep the others from being read.
pub fn load(user: &[Source]) -> (Knowledge, Vec<Error>) {
    let mut knowledge = Knowledge::default();
    let mut errors = Vec::new();
    let mut problems = Vec::new();
    let built_in = built_in::FILES.iter().map(|(name, text)| Source {
        name: built_in::name(name),
        text: (*text).to_owned(),
    });
    for (_, text) in built_in::GAZETTEER {
        problems.extend(places(&mut knowledge.gazetteer, text));
    }
    for (number, source) in built_in.chain(user.iter().cloned()).enumerate() {
        match File::parse(&source) {
            Ok(file) => {
                knowledge.vocabulary.read(&file);
                problems.extend(knowledge.lexicon.read(&file));
                knowledge.offices.read(&file);
                knowledge.people.read(&file);
                knowledge.words.read(&file);
                if number >= built_in::FILES.len() {
                    // The built-in places have files of their own; a user's file may mix them with anything.
                    problems.extend(places(&mut knowledge.gazetteer, &source.text));
                    knowledge.definitions.add(&source);
                }
            }
            Err(error) => errors.push(error),
        }
    }
    knowledge.vocabulary.finish();
    problems.extend(knowledge.lexicon.finish());
    let told = problems.into_iter();
    errors.extend(told.map(|problem| knowledge.definitions.locate(problem)));
    (knowledge, errors)
}

/// Reads the places and organisations of a text that is known to be Turtle.
fn places(gazetteer: &mut Gazetteer, text: &str) -> Vec<Problem> {
    gazetteer.read(turtle::stream(text)).unwrap_or_default()
}
