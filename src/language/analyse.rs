//! The verb of the step: from tokens to words with lemma, tags, head and relation.

use std::collections::HashMap;

use super::arithmetic::Arithmetic;
use super::encoder::Batch;
use super::features::Features;
use super::mend::mend;
use super::model::{ENGLISH, Model};
use super::tree::{Analysis, Upos, Word};
use crate::text::{Document, Sentence};

/// Sentences computed together.
const BATCH: usize = 24;
/// Tokens after which the table of words begins anew, so that its memory does not grow with the text.
const PORTION: usize = 16_384;

/// Analyses every sentence of `document`.
///
/// Each sentence gets a tree with one root. Time and memory grow with the square of its length, which step 1 bounds.
///
/// The model is read at the first call. The same tokens give the same analysis on every machine.
pub fn analyse(document: &Document) -> Analysis {
    analyse_with(Arithmetic::native(), document)
}

fn analyse_with(arithmetic: Arithmetic, document: &Document) -> Analysis {
    let model = &*ENGLISH;
    let mut predictions = vec![Prediction::default(); document.tokens.len()];
    for portion in portions(&document.sentences) {
        predict(arithmetic, model, document, portion, &mut predictions);
    }
    let words = document
        .tokens
        .iter()
        .zip(predictions)
        .map(|(token, prediction)| Word {
            lemma: model.lemmatiser.lemma(&token.form, prediction.xpos),
            upos: prediction.upos,
            xpos: prediction.xpos,
            head: prediction.head,
            deprel: prediction.deprel,
        });
    Analysis::new(mend(document, &model.lemmatiser, words.collect()))
}

/// A [`Word`] without its lemma.
#[derive(Clone, Copy)]
struct Prediction {
    upos: Upos,
    xpos: &'static str,
    head: Option<usize>,
    deprel: &'static str,
}

impl Default for Prediction {
    /// What a token outside all sentences gets.
    fn default() -> Self {
        Self {
            upos: Upos::X,
            xpos: "FW",
            head: None,
            deprel: "root",
        }
    }
}

/// Runs of sentences with about [`PORTION`] tokens each.
fn portions(mut sentences: &[Sentence]) -> Vec<&[Sentence]> {
    let mut portions = Vec::new();
    while let Some(first) = sentences.first() {
        let last = first.tokens.start + PORTION;
        let end = sentences
            .partition_point(|sentence| sentence.tokens.end <= last)
            .max(1);
        let (portion, rest) = sentences.split_at(end);
        portions.push(portion);
        sentences = rest;
    }
    portions
}

/// Analyses `sentences` and enters the results by token.
fn predict(
    arithmetic: Arithmetic,
    model: &Model,
    document: &Document,
    sentences: &[Sentence],
    predictions: &mut [Prediction],
) {
    // Entry 0 of the lexicon is the artificial root.
    let mut features = vec![Features::default()];
    let mut entry_of = HashMap::new();
    let entries: Vec<Vec<usize>> = sentences
        .iter()
        .map(|sentence| {
            let words = document.tokens[sentence.tokens.clone()]
                .iter()
                .map(|token| {
                    *entry_of.entry(token.form.as_str()).or_insert_with(|| {
                        features.push(model.vocabulary.features(&token.form));
                        features.len() - 1
                    })
                });
            std::iter::once(0).chain(words).collect()
        })
        .collect();
    let lexicon = model.encoder.lexicon(arithmetic, &features);

    let mut longest_first: Vec<usize> = (0..sentences.len()).collect();
    longest_first.sort_by_key(|&sentence| std::cmp::Reverse(entries[sentence].len()));
    for members in longest_first.chunks(BATCH) {
        let batch = Batch::new(
            members
                .iter()
                .map(|&sentence| entries[sentence].len())
                .collect(),
        );
        let words: Vec<usize> = members
            .iter()
            .flat_map(|&sentence| &entries[sentence])
            .copied()
            .collect();
        let first = model.encoder.first(arithmetic, &batch, &lexicon, &words);
        let tags = model.tagger.tag(arithmetic, &first);
        let second = model.encoder.second(arithmetic, &batch, &first);
        let arcs = model.parser.parse(arithmetic, &batch, &second);
        for (&sentence, (start, _)) in members.iter().zip(batch.sentences()) {
            let tokens = sentences[sentence].tokens.clone();
            for (position, token) in (1..).zip(tokens.clone()) {
                let (upos, xpos) = tags[start + position];
                let arc = arcs[start + position];
                // Position 1 of the sentence is its first token.
                let head = arc.head.checked_sub(1).map(|head| tokens.start + head);
                predictions[token] = Prediction {
                    upos,
                    xpos,
                    head,
                    deprel: arc.relation,
                };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::analyse_with;
    use crate::language::arithmetic::Arithmetic;
    use crate::language::conllu;
    use crate::text::Document;

    /// A document of the given sentences; their tokens are divided by blanks.
    fn document(sentences: &[String]) -> Document {
        conllu::document_of(sentences.iter().map(|sentence| {
            sentence
                .split(' ')
                .map(|form| (form.to_owned(), true))
                .collect()
        }))
    }

    #[test]
    fn the_analysis_does_not_depend_on_the_instructions_of_the_processor() {
        let text = [
            "The foreign minister of Gabon , who had arrived on Monday , denied that any troops were sent .",
            "\" We have not yet been told , \" he said ; talks will be held in Vienna from 8 to 10 September .",
            "PRESIDENT VISITS 3 COUNTRIES",
            "Ὀδυσσεύς 北京 \u{301} 😀 x%/--",
        ];
        let document = document(&text.map(String::from));
        let native = analyse_with(Arithmetic::native(), &document);
        let portable = analyse_with(Arithmetic::Portable, &document);
        assert_eq!(native.words, portable.words);
        let root = native.words.iter().position(|word| word.head.is_none());
        assert_eq!(
            root.map(|token| native.words[token].lemma.as_str()),
            Some("deny")
        );
    }

    #[test]
    fn every_sentence_has_one_root_however_long_or_odd_it_is() {
        let endless = (0..1000)
            .map(|number| format!("w{}", number % 17))
            .collect::<Vec<_>>()
            .join(" ");
        let document = document(&[endless, "!".to_owned(), ") ) ) (".to_owned(), String::new()]);
        let analysis = analyse_with(Arithmetic::native(), &document);
        for sentence in &document.sentences {
            let roots = sentence
                .tokens
                .clone()
                .filter(|&token| analysis.words[token].head.is_none());
            assert_eq!(roots.count(), 1);
            for token in sentence.tokens.clone() {
                assert!(
                    analysis.ancestors(token).take(1001).count() < 1000,
                    "token {token} hangs on a cycle"
                );
                assert!(
                    analysis
                        .ancestors(token)
                        .all(|ancestor| sentence.tokens.contains(&ancestor))
                );
            }
        }
    }
}
