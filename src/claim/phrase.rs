//! The words of a slot that is filled with text.

use std::ops::Range;

use super::syntax::Syntax;

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

    /// The tokens of the clause headed by `token` with all that belongs to it, without its marker.
    pub(super) fn clause_text(self, token: usize) -> Range<usize> {
        self.stretch(token, &["case", "cc", "mark", "parataxis"])
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
        while start < token && punctuation(start) {
            start += 1;
        }
        while end > token + 1 && punctuation(end - 1) {
            end -= 1;
        }
        start..end
    }
}
