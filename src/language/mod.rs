//! Step 2: how do the words hang together?
//!
//! [`analyse`] gives each token its lemma, tags, head and relation in Universal Dependencies.

mod tree;

pub use tree::{Analysis, Upos, Word};

/// Stand-in.
pub const MODEL: &str = "none";

/// Stand-in.
pub fn analyse(document: &crate::text::Document) -> Analysis {
    Analysis::new(
        document
            .tokens
            .iter()
            .map(|token| Word {
                lemma: token.form.to_lowercase(),
                upos: Upos::X,
                xpos: "FW",
                head: None,
                deprel: "root",
            })
            .collect(),
    )
}

/// Stand-in.
pub fn to_conllu(document: &crate::text::Document, analysis: &Analysis) -> String {
    let lines = document.tokens.iter().zip(&analysis.words).enumerate();
    lines.map(|(number, (token, word))| format!("{}\t{}\t{}\n", number + 1, token.form, word.lemma)).collect()
}
