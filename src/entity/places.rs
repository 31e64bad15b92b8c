//! Where do mentions stand? Looked up by token, so that no rule has to go through all of them.

use std::ops::Range;

use crate::mention::{Kind, Mention};

/// The mentions of a document by their first token, their end, their head, and the ends of the phrases of titles.
pub(super) struct Places {
    starts: Index,
    ends: Index,
    heads: Index,
    phrase_starts: Index,
    phrase_ends: Index,
}

impl Places {
    pub(super) fn of(mentions: &[Mention]) -> Self {
        let phrase = |mention: &Mention| match &mention.kind {
            Kind::Office(title) => Some(title.phrase.clone()),
            _ => None,
        };
        Self {
            starts: Index::of(mentions, |mention| Some(mention.tokens.start)),
            ends: Index::of(mentions, |mention| Some(mention.tokens.end)),
            heads: Index::of(mentions, |mention| Some(mention.head)),
            phrase_starts: Index::of(mentions, |mention| {
                phrase(mention).map(|tokens| tokens.start)
            }),
            phrase_ends: Index::of(mentions, |mention| phrase(mention).map(|tokens| tokens.end)),
        }
    }

    /// The mentions whose first token is `token`.
    pub(super) fn starting_at(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        self.starts.at(token)
    }

    /// The mentions whose last token stands right before `token`.
    pub(super) fn ending_at(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        self.ends.at(token)
    }

    /// The mentions whose head is `token`.
    pub(super) fn headed_by(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        self.heads.at(token)
    }

    /// The titles whose phrase begins at `token`.
    pub(super) fn titles_starting_at(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        self.phrase_starts.at(token)
    }

    /// The titles whose phrase ends right before `token`.
    pub(super) fn titles_ending_at(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        self.phrase_ends.at(token)
    }

    /// The numbers of the mentions that begin in `tokens`.
    pub(super) fn within(&self, tokens: Range<usize>) -> Range<usize> {
        // Mentions are in the order of their first tokens, so the places in this index are their numbers.
        self.starts.before(tokens.start)..self.starts.before(tokens.end)
    }
}

/// Mentions sorted by a token, those of one token in text order.
struct Index(Vec<(usize, usize)>);

impl Index {
    fn of(mentions: &[Mention], token: impl Fn(&Mention) -> Option<usize>) -> Self {
        let mut entries: Vec<(usize, usize)> = mentions
            .iter()
            .enumerate()
            .filter_map(|(number, mention)| Some((token(mention)?, number)))
            .collect();
        entries.sort_unstable();
        Self(entries)
    }

    /// How many entries lie before `token`.
    fn before(&self, token: usize) -> usize {
        self.0.partition_point(|&(other, _)| other < token)
    }

    fn at(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        self.0[self.before(token)..]
            .iter()
            .take_while(move |&&(other, _)| other == token)
            .map(|&(_, number)| number)
    }
}
