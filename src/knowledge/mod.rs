//! What does chancery know beforehand?
//!
//! Everything it knows about the world is Turtle in `ontology/`: [`load`] reads it, through sophia's `Resource` API,
//! into the shapes that the steps ask.

mod built_in;
mod error;
pub mod gazetteer;
pub mod lexicon;
pub mod office;
mod turtle;
pub mod vocabulary;
pub mod words;

pub use error::Error;
pub use gazetteer::Gazetteer;
pub use lexicon::Lexicon;
pub use office::Offices;
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
    let mut errors = Vec::new();
    let built_in = built_in::FILES.iter().map(|(name, text)| Source {
        name: (*name).to_owned(),
        text: (*text).to_owned(),
    });
    for (name, text) in built_in::GAZETTEER {
        errors.extend(places(&mut knowledge.gazetteer, name, text));
    }
    for (number, source) in built_in.chain(user.iter().cloned()).enumerate() {
        match File::parse(&source) {
            Ok(file) => {
                knowledge.vocabulary.read(&file);
                errors.extend(knowledge.lexicon.read(&file));
                knowledge.offices.read(&file);
                knowledge.words.read(&file);
                // The built-in places have files of their own; a user's file may mix them with anything.
                if number >= built_in::FILES.len() {
                    errors.extend(places(&mut knowledge.gazetteer, &source.name, &source.text));
                }
            }
            Err(error) => errors.push(error),
        }
    }
    knowledge.vocabulary.finish();
    errors.extend(knowledge.lexicon.finish());
    (knowledge, errors)
}

/// Reads the places and organisations of a Turtle text.
fn places(gazetteer: &mut Gazetteer, name: &str, text: &str) -> Vec<Error> {
    let error = |message: String| Error {
        file: name.to_owned(),
        position: None,
        message,
    };
    match gazetteer.read(turtle::stream(text)) {
        Ok(problems) => problems
            .into_iter()
            .map(|problem| error(format!("`{}`: {}", problem.iri, problem.message)))
            .collect(),
        Err(problem) => vec![error(problem.to_string())],
    }
}
