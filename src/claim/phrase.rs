//! The words of a slot that is filled with text.

use std::ops::Range;

use super::syntax::Syntax;
use crate::language::Upos;

impl Syntax<'_> {
    /// The tokens of the phrase headed by `token`, without its preposition, what only comments on it (relative clauses, appositions,
    /// parentheses) and what is coordinated with it.
    pub(super) fn phrase(self, token: usize) -> Range<usize> {
        self.stretch(
            token,
            &[
                "case",
                "mark",
                "cc",
                "conj",
                "appos",
                "acl:relcl",
                "parataxis",
                "punct",
                "cop",
                "nsubj",
                "expl",
                "aux",
            ],
        )
    }

    /// [`Self::phrase`] without its article; none where what is left names nothing by itself (`the project`, `his programme`).
    pub(super) fn name(self, token: usize) -> Option<Range<usize>> {
        let mut phrase = self.phrase(token);
        if self.analysis.words[phrase.start].xpos == "DT" && phrase.start < token {
            phrase.start += 1;
        }
        let telling = phrase
            .clone()
            .filter(|&token| {
                !matches!(
                    self.analysis.words[token].upos,
                    Upos::Det | Upos::Pron | Upos::Punct | Upos::Part
                )
            })
            .count();
        (telling > 1 || self.analysis.words[token].upos == Upos::Propn).then_some(phrase)
    }

    /// The tokens of the clause headed by `token` with all that belongs to it, without its marker.
    pub(super) fn clause_text(self, token: usize) -> Range<usize> {
        self.stretch(token, &["case", "cc", "mark", "parataxis"])
    }

    /// What the clause headed by `token` says of its subject.
    pub(super) fn predicate_text(self, token: usize) -> Range<usize> {
        self.stretch(
            token,
            &["case", "cc", "mark", "parataxis", "nsubj", "aux", "expl"],
        )
    }

    /// The unbroken run of tokens around `token` that belong to its subtree, leaving out children by the relations `without`; a
    /// punctuation mark at either end is dropped.
    fn stretch(self, token: usize, without: &[&str]) -> Range<usize> {
        let mut kept = vec![token];
        for &child in self.analysis.children(token) {
            let word = &self.analysis.words[child];
            if without.contains(&word.deprel)
                || without.contains(&word.relation()) && word.deprel != "acl"
            {
                continue;
            }
            kept.extend(self.analysis.subtree(child));
        }
        kept.sort_unstable();
        let position = kept.iter().position(|&kept| kept == token).unwrap_or(0);
        let gap = |a: usize, b: usize| {
            (a + 1..b).all(|between| self.analysis.words[between].relation() == "punct")
        };
        let mut first = position;
        while first > 0 && gap(kept[first - 1], kept[first]) {
            first -= 1;
        }
        let mut last = position;
        while last + 1 < kept.len() && gap(kept[last], kept[last + 1]) {
            last += 1;
        }
        let (mut start, mut end) = (kept[first], kept[last] + 1);
        let punctuation = |token: usize| self.analysis.words[token].relation() == "punct";
        // A clause is quoted without the word that joins it to its sentence (`and`, `which`, `when`).
        let joint =
            |token: usize| matches!(self.analysis.words[token].xpos, "CC" | "WP" | "WDT" | "WRB");
        while start < token && (punctuation(start) || joint(start)) {
            start += 1;
        }
        while end > token + 1 && punctuation(end - 1) {
            end -= 1;
        }
        start..end
    }
}
