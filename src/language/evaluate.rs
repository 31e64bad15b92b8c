//! How good is an analysis, compared with a treebank?
//!
//! The measures are those of the `CoNLL` 2018 shared task, <https://universaldependencies.org/conll18/evaluation.html>:
//! words of both sides belong together where they cover the same characters, so that they can be compared even where the
//! text was cut differently.

use std::collections::{HashMap, HashSet};
use std::ops::{AddAssign, Range};

use super::analyse::analyse;
use super::conllu::{self, AnnotatedSentence, AnnotatedWord};
use super::tree::universal;
use crate::text::{self, Error};

/// The relations that are counted one by one, each without its subtypes: `nsubj` is not `nsubj:pass`.
pub const RELATIONS: [&str; 13] = [
    "nsubj",
    "nsubj:pass",
    "obj",
    "obl",
    "obl:agent",
    "nmod",
    "nmod:poss",
    "appos",
    "conj",
    "acl:relcl",
    "ccomp",
    "xcomp",
    "flat",
];

/// From how many words on a sentence of the treebank is longer than these.
pub const LENGTHS: [usize; 2] = [30, 40];

/// What was compared and how much of it is right. Punctuation counts like other words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    /// Words that are cut alike.
    pub words: Count,
    /// Sentences that are cut alike.
    pub sentences: Count,
    /// Universal part of speech.
    pub upos: Count,
    /// Penn tag.
    pub xpos: Count,
    /// Lemma, capitals included.
    pub lemma: Count,
    /// Head (unlabelled attachment score).
    pub uas: Count,
    /// Head and relation without subtypes (labelled attachment score).
    pub las: Count,
    /// Head and relation with subtypes.
    pub las_with_subtypes: Count,
    /// The labelled attachment score of sentences with more words than [`LENGTHS`] says.
    pub las_of_longer: [Count; LENGTHS.len()],
    /// Head and relation of the words that have each of [`RELATIONS`].
    pub relations: [Count; RELATIONS.len()],
}

/// How many there are on each side and how many agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// In the treebank.
    pub gold: usize,
    /// In the analysis.
    pub found: usize,
    /// In both.
    pub right: usize,
}

impl Count {
    /// The harmonic mean of precision and recall, from 0 to 1; over given tokens, the share that is right.
    pub fn f1(self) -> f64 {
        2.0 * self.right as f64 / (self.gold + self.found).max(1) as f64
    }

    fn add(&mut self, gold: bool, found: bool, right: bool) {
        self.gold += usize::from(gold);
        self.found += usize::from(found);
        self.right += usize::from(right);
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.gold += other.gold;
        self.found += other.found;
        self.right += other.right;
    }
}

impl AddAssign for Scores {
    fn add_assign(&mut self, other: Self) {
        for (count, more) in self.counts().into_iter().zip({ other }.counts()) {
            *count += *more;
        }
    }
}

impl Scores {
    fn counts(&mut self) -> Vec<&mut Count> {
        let mut counts = vec![
            &mut self.words,
            &mut self.sentences,
            &mut self.upos,
            &mut self.xpos,
            &mut self.lemma,
            &mut self.uas,
            &mut self.las,
            &mut self.las_with_subtypes,
        ];
        counts.extend(&mut self.las_of_longer);
        counts.extend(&mut self.relations);
        counts
    }
}

/// Analyses the sentences of `treebank` (CoNLL-U) from their tokens alone and compares the result with their annotation.
///
/// The error names a line that is no CoNLL-U.
pub fn evaluate(treebank: &str) -> Result<Scores, Error> {
    let gold = conllu::read(treebank)?;
    let document = conllu::document_of(gold.iter().map(|sentence| {
        let words = sentence.words.iter();
        words
            .map(|word| (word.form.clone(), word.space_after))
            .collect()
    }));
    let found = conllu::annotated(&document, &analyse(&document));
    Ok(compared(&gold, &found))
}

/// Reads and analyses the running text of `treebank` (CoNLL-U) and compares tokens, sentences and trees with its annotation.
///
/// Paragraphs are told to the reader where the treebank has them (`# newpar`, `# newdoc`).
pub fn evaluate_text(treebank: &str) -> Result<Scores, Error> {
    let gold = conllu::read(treebank)?;
    let (document, _) = text::read(&conllu::running_text(&gold))?;
    let found = conllu::annotated(&document, &analyse(&document));
    Ok(compared(&gold, &found))
}

/// Compares the annotation that another program made of a text with a treebank of the same text, both in CoNLL-U.
pub fn compare(treebank: &str, other: &str) -> Result<Scores, Error> {
    Ok(compared(&conllu::read(treebank)?, &conllu::read(other)?))
}

/// A word among those of its sentence.
#[derive(Clone, Copy)]
struct InTree<'a> {
    word: &'a AnnotatedWord,
    sentence: &'a [AnnotatedWord],
}

impl InTree<'_> {
    /// Where its head stands; nowhere if it is the root.
    fn head(&self) -> Option<&Range<usize>> {
        let head = self.word.head.checked_sub(1)?;
        self.sentence.get(head).map(|head| &head.place)
    }
}

fn in_trees(sentences: &[AnnotatedSentence]) -> impl Iterator<Item = InTree<'_>> {
    sentences
        .iter()
        .flat_map(|AnnotatedSentence { words, .. }| {
            words.iter().map(|word| InTree {
                word,
                sentence: words,
            })
        })
}

fn compared(gold: &[AnnotatedSentence], found: &[AnnotatedSentence]) -> Scores {
    let mut scores = Scores::default();
    let place = |sentence: &AnnotatedSentence| {
        let (first, last) = (sentence.words.first()?, sentence.words.last()?);
        Some(first.place.start..last.place.end)
    };
    let places: HashSet<_> = gold.iter().filter_map(place).collect();
    scores.sentences = Count {
        gold: places.len(),
        found: found.len(),
        right: found
            .iter()
            .filter_map(place)
            .filter(|at| places.contains(at))
            .count(),
    };

    let found_at: HashMap<&Range<usize>, InTree> = in_trees(found)
        .map(|other| (&other.word.place, other))
        .collect();
    let total = Count {
        gold: in_trees(gold).count(),
        found: in_trees(found).count(),
        right: 0,
    };
    for count in [
        &mut scores.words,
        &mut scores.upos,
        &mut scores.xpos,
        &mut scores.lemma,
        &mut scores.uas,
        &mut scores.las,
        &mut scores.las_with_subtypes,
    ] {
        *count = total;
    }
    for word in in_trees(gold) {
        let other = found_at.get(&word.word.place);
        let agree = |what: fn(&AnnotatedWord) -> &str| {
            other.is_some_and(|other| what(other.word) == what(word.word))
        };
        let attached = other.is_some_and(|other| other.head() == word.head());
        let labelled = attached && agree(|word| universal(&word.deprel));
        scores.words.right += usize::from(other.is_some());
        scores.upos.right += usize::from(agree(|word| &word.upos));
        scores.xpos.right += usize::from(agree(|word| &word.xpos));
        scores.lemma.right += usize::from(agree(|word| &word.lemma));
        scores.uas.right += usize::from(attached);
        scores.las.right += usize::from(labelled);
        scores.las_with_subtypes.right += usize::from(attached && agree(|word| &word.deprel));
        for (count, length) in scores.las_of_longer.iter_mut().zip(LENGTHS) {
            let long = word.sentence.len() > length;
            // What was found in other places has no length of the treebank's, so this is a recall.
            count.add(long, long, long && labelled);
        }
        for (count, relation) in scores.relations.iter_mut().zip(RELATIONS) {
            let gold = word.word.deprel == relation;
            count.add(gold, false, gold && attached && agree(|word| &word.deprel));
        }
    }
    for other in in_trees(found) {
        for (count, relation) in scores.relations.iter_mut().zip(RELATIONS) {
            count.add(false, other.word.deprel == relation, false);
        }
    }
    scores
}
