//! How good is the analysis, compared with a treebank?

use super::analyse::analyse;
use super::conllu;
use crate::text::Error;

/// Shares of words that are right, from 0 to 1, over given tokens; punctuation counts like other words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scores {
    /// How many words were compared.
    pub words: usize,
    /// Universal part of speech.
    pub upos: f64,
    /// Penn tag.
    pub xpos: f64,
    /// Lemma, capitals included.
    pub lemma: f64,
    /// Head (unlabelled attachment score).
    pub uas: f64,
    /// Head and relation without subtypes (labelled attachment score).
    pub las: f64,
    /// Head and relation with subtypes.
    pub las_with_subtypes: f64,
}

/// Analyses the sentences of `treebank` (CoNLL-U) from their tokens alone and compares the result with their annotation.
///
/// The error names a line that is no CoNLL-U.
pub fn evaluate(treebank: &str) -> Result<Scores, Error> {
    let gold = conllu::read(treebank)?;
    let document = conllu::document_of(gold.iter().map(|words| {
        words
            .iter()
            .map(|word| (word.form.clone(), word.space_after))
            .collect()
    }));
    let analysis = analyse(&document);
    let mut right = [0_usize; 6];
    for (sentence, words) in document.sentences.iter().zip(&gold) {
        for (token, gold) in sentence.tokens.clone().zip(words) {
            let word = &analysis.words[token];
            let head = word.head.map_or(0, |head| head - sentence.tokens.start + 1);
            let attached = head == gold.head;
            let universal = gold.deprel.split(':').next();
            let checks = [
                word.upos.as_str() == gold.upos,
                word.xpos == gold.xpos,
                word.lemma == gold.lemma,
                attached,
                attached && Some(word.relation()) == universal,
                attached && word.deprel == gold.deprel,
            ];
            for (count, check) in right.iter_mut().zip(checks) {
                *count += usize::from(check);
            }
        }
    }
    let words = document.tokens.len();
    let [upos, xpos, lemma, uas, las, las_with_subtypes] =
        right.map(|count| count as f64 / words.max(1) as f64);
    Ok(Scores {
        words,
        upos,
        xpos,
        lemma,
        uas,
        las,
        las_with_subtypes,
    })
}
