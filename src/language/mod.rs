//! Step 2: how do the words hang together?
//!
//! [`analyse`] gives each token its lemma, tags, head and relation in Universal Dependencies.
//!
//! The model is a small neural network of our own training, part of the program: hashed word features and two
//! bidirectional LSTM layers (`encoder`), a linear tagger (`tags`), the biaffine parser of Dozat and Manning with a
//! maximum spanning tree (`parser`, `spanning_tree`) in which a predicate has one subject and one object (`arguments`), rules of grammar
//! where that errs (`mend`), and learnt rules for lemmas (`lemma`). `model/SOURCE.md` says what it was trained on, its
//! licence and its scores; `tools/language-model` trains it. The same text gives the same trees on every machine
//! (`arithmetic` says how).

mod analyse;
mod arguments;
mod arithmetic;
mod conllu;
mod encoder;
mod evaluate;
mod features;
mod lemma;
mod mend;
mod model;
mod parser;
mod spanning_tree;
mod tags;
mod tree;

pub use analyse::analyse;
pub use conllu::to_conllu;
pub use evaluate::{Count, LENGTHS, RELATIONS, Scores, compare, evaluate, evaluate_text};
pub use tree::{Analysis, Upos, Word};

/// Name and version of the embedded model, as its file's first line gives them.
pub const MODEL: &str = "chancery english 1";
