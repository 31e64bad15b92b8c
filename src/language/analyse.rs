//! The verb of the step: from tokens to words with lemma, tags, head and relation.

use std::collections::HashMap;
use std::ops::Range;

use super::arithmetic::Arithmetic;
use super::encoder::Batch;
use super::features::Features;
use super::model::{ENGLISH, Model};
use super::tree::{Analysis, Upos, Word};
use crate::text::Document;

/// Sentences computed together.
const BATCH: usize = 24;
/// Tokens after which the table of words begins anew, so that its memory does not grow with the text.
const PORTION: usize = 16_384;
/// Tokens that are parsed as one; longer sentences are cut, as time and memory grow with the square of the length.
const LONGEST: usize = 300;
/// Relation of the later parts of a cut sentence to the first.
const NEXT_PART: &str = "parataxis";

/// Analyses every sentence of `document`.
///
/// Each sentence gets a tree with one root. A sentence of more than 300 tokens, which no text in English prose has, is
/// cut into parts that are analysed on their own; the roots of the later parts then hang on the root of the first as
/// `parataxis`.
///
/// The model is read at the first call. The same tokens give the same analysis on every machine.
pub fn analyse(document: &Document) -> Analysis {
    analyse_with(Arithmetic::native(), document)
}

fn analyse_with(arithmetic: Arithmetic, document: &Document) -> Analysis {
    let model = &*ENGLISH;
    let parts: Vec<Range<usize>> = document
        .sentences
        .iter()
        .flat_map(|sentence| parts_of(sentence.tokens.clone()))
        .collect();
    let mut predictions = vec![Prediction::default(); document.tokens.len()];
    for portion in portions(&parts) {
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
    let mut words: Vec<Word> = words.collect();
    for sentence in &document.sentences {
        join_parts(&mut words, sentence.tokens.clone());
    }
    Analysis::new(words)
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

/// A sentence in parts of about equal length, none longer than [`LONGEST`].
fn parts_of(sentence: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let length = sentence.len();
    let count = length.div_ceil(LONGEST);
    (0..count).map(move |part| {
        sentence.start + part * length / count..sentence.start + (part + 1) * length / count
    })
}

/// Runs of parts with about [`PORTION`] tokens each.
fn portions(mut parts: &[Range<usize>]) -> Vec<&[Range<usize>]> {
    let mut portions = Vec::new();
    while let Some(first) = parts.first() {
        let end = parts
            .partition_point(|part| part.end <= first.start + PORTION)
            .max(1);
        let (portion, rest) = parts.split_at(end);
        portions.push(portion);
        parts = rest;
    }
    portions
}

/// Analyses the sentences or parts of sentences `parts` and enters the results by token.
fn predict(
    arithmetic: Arithmetic,
    model: &Model,
    document: &Document,
    parts: &[Range<usize>],
    predictions: &mut [Prediction],
) {
    // Entry 0 of the lexicon is the artificial root.
    let mut features = vec![Features::default()];
    let mut entry_of = HashMap::new();
    let entries: Vec<Vec<usize>> = parts
        .iter()
        .map(|part| {
            let words = document.tokens[part.clone()].iter().map(|token| {
                *entry_of.entry(token.form.as_str()).or_insert_with(|| {
                    features.push(model.vocabulary.features(&token.form));
                    features.len() - 1
                })
            });
            std::iter::once(0).chain(words).collect()
        })
        .collect();
    let lexicon = model.encoder.lexicon(arithmetic, &features);

    let mut longest_first: Vec<usize> = (0..parts.len()).collect();
    longest_first.sort_by_key(|&part| std::cmp::Reverse(parts[part].len()));
    for members in longest_first.chunks(BATCH) {
        let batch = Batch::new(members.iter().map(|&part| entries[part].len()).collect());
        let words: Vec<usize> = members
            .iter()
            .flat_map(|&part| &entries[part])
            .copied()
            .collect();
        let first = model.encoder.first(arithmetic, &batch, &lexicon, &words);
        let tags = model.tagger.tag(arithmetic, &first);
        let second = model.encoder.second(arithmetic, &batch, &first);
        let arcs = model.parser.parse(arithmetic, &batch, &second);
        for (&part, (start, _)) in members.iter().zip(batch.sentences()) {
            let tokens = parts[part].clone();
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

/// Hangs all roots of a sentence but the first on the first.
fn join_parts(words: &mut [Word], sentence: Range<usize>) {
    let roots: Vec<usize> = sentence
        .filter(|&token| words[token].head.is_none())
        .collect();
    if let Some((&first, later)) = roots.split_first() {
        for &root in later {
            words[root].head = Some(first);
            words[root].deprel = NEXT_PART;
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
        let endless = (0..5000)
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
                    analysis.ancestors(token).take(6000).count() < 5000,
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
