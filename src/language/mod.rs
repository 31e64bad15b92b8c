//! Step 2: how do the words hang together?
//!
//! [`analyse`] gives each token its lemma, tags, head and relation in Universal Dependencies.

mod tree;

pub use tree::{Analysis, Upos, Word};
