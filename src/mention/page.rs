//! A document under reading: its tokens, what is known of them, and what they have been found to name so far.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::knowledge::Knowledge;
use crate::language::{Analysis, Upos};
use crate::text::Document;

use super::{Kind, Mention, OfficeTitle};

/// A document, its analysis, and the mentions found in it so far.
pub(crate) struct Page<'a> {
    pub(crate) document: &'a Document,
    pub(crate) analysis: &'a Analysis,
    pub(crate) knowledge: &'a Knowledge,
    /// Mentions so far; none where a better reading has taken its words.
    mentions: Vec<Option<Mention>>,
    /// For each token, the name, office or time that covers it.
    covering: Vec<Option<usize>>,
    /// The offices whose phrase begins at a token.
    office_starts: BTreeMap<usize, Vec<usize>>,
    /// The offices whose phrase ends before a token.
    office_ends: BTreeMap<usize, Vec<usize>>,
    /// Forms in lower case, by token.
    lower: Vec<String>,
}

impl<'a> Page<'a> {
    pub(crate) fn new(
        document: &'a Document,
        analysis: &'a Analysis,
        knowledge: &'a Knowledge,
    ) -> Self {
        Self {
            document,
            analysis,
            knowledge,
            mentions: Vec::new(),
            covering: vec![None; document.tokens.len()],
            office_starts: BTreeMap::new(),
            office_ends: BTreeMap::new(),
            lower: document
                .tokens
                .iter()
                .map(|token| token.form.to_lowercase())
                .collect(),
        }
    }

    /// The mentions in text order.
    pub(super) fn into_mentions(self) -> Vec<Mention> {
        let mut mentions: Vec<Mention> = self.mentions.into_iter().flatten().collect();
        mentions
            .sort_by_key(|mention| (mention.tokens.start, std::cmp::Reverse(mention.tokens.end)));
        mentions
    }

    /// Adds a mention whose head is the highest of its tokens in the tree. A name or time takes its words from those found before; an office leaves
    /// them the names in its complements.
    pub(super) fn add(&mut self, tokens: Range<usize>, kind: Kind) {
        let head = self.head_of(tokens.clone());
        self.add_with_head(tokens, head, kind);
    }

    /// Adds a mention with that head.
    pub(super) fn add_with_head(&mut self, tokens: Range<usize>, head: usize, kind: Kind) {
        let number = self.mentions.len();
        if !matches!(kind, Kind::Pronoun | Kind::Group) {
            for token in tokens.clone() {
                if matches!(kind, Kind::Office(_)) && self.covering[token].is_some() {
                    continue;
                }
                if let Some(earlier) = self.covering[token].replace(number)
                    && let Some(replaced) = self.mentions.get_mut(earlier).and_then(Option::take)
                {
                    for token in replaced.tokens {
                        if self.covering[token] == Some(earlier) {
                            self.covering[token] = None;
                        }
                    }
                }
            }
        }
        self.add_again(tokens, head, kind);
    }

    /// Adds a further mention of the same words (one title for several countries).
    pub(super) fn add_again(&mut self, tokens: Range<usize>, head: usize, kind: Kind) {
        if let Kind::Office(office) = &kind {
            let number = self.mentions.len();
            let Range { start, end } = office.phrase;
            self.office_starts.entry(start).or_default().push(number);
            self.office_ends.entry(end).or_default().push(number);
        }
        let span = self.document.span_of(tokens.clone());
        self.mentions.push(Some(Mention {
            tokens,
            head,
            span,
            kind,
        }));
    }

    /// The name, office or time that covers `token`.
    pub(super) fn covering(&self, token: usize) -> Option<&Mention> {
        self.covering
            .get(token)
            .copied()
            .flatten()
            .and_then(|number| self.mentions[number].as_ref())
    }

    /// The gazetteer name that covers `token`.
    pub(super) fn named(&self, token: usize) -> Option<&Mention> {
        self.covering(token)
            .filter(|mention| matches!(mention.kind, Kind::Named { .. }))
    }

    /// The offices found so far whose phrase begins at `token`.
    pub(super) fn offices_starting_at(&self, token: usize) -> impl Iterator<Item = &OfficeTitle> {
        self.offices(self.office_starts.get(&token))
    }

    /// The offices found so far whose phrase ends right before `token`.
    pub(super) fn offices_ending_at(&self, token: usize) -> impl Iterator<Item = &OfficeTitle> {
        self.offices(self.office_ends.get(&token))
    }

    fn offices(&self, numbers: Option<&Vec<usize>>) -> impl Iterator<Item = &OfficeTitle> {
        let numbers = numbers.map_or(&[][..], Vec::as_slice);
        numbers
            .iter()
            .filter_map(|&number| match &self.mentions[number].as_ref()?.kind {
                Kind::Office(office) => Some(office),
                _ => None,
            })
    }

    /// The form of `token`; empty beyond the end.
    pub(crate) fn form(&self, token: usize) -> &str {
        self.document
            .tokens
            .get(token)
            .map_or("", |token| &token.form)
    }

    /// The form of `token` in lower case; empty beyond the end.
    pub(crate) fn lower(&self, token: usize) -> &str {
        self.lower.get(token).map_or("", String::as_str)
    }

    /// `token`, or the one behind it if it is `the`.
    pub(crate) fn past_article(&self, token: usize) -> usize {
        token + usize::from(self.lower(token) == "the")
    }

    /// The part of speech of `token`; punctuation beyond the end.
    pub(crate) fn upos(&self, token: usize) -> Upos {
        self.analysis
            .words
            .get(token)
            .map_or(Upos::Punct, |word| word.upos)
    }

    /// Whether the form or the lemma of `token` belongs to a word class.
    pub(crate) fn is(&self, class: &str, token: usize) -> bool {
        let words = &self.knowledge.words;
        words.has(class, self.lower(token))
            || self
                .analysis
                .words
                .get(token)
                .is_some_and(|word| words.has(class, &word.lemma))
            || (matches!(self.upos(token), Upos::Noun | Upos::Propn)
                && words.has(class, &singular(self.lower(token))))
    }

    /// Whether `token` begins with a capital.
    pub(crate) fn is_capital(&self, token: usize) -> bool {
        self.form(token)
            .chars()
            .next()
            .is_some_and(char::is_uppercase)
    }

    /// Whether `token` is an abbreviation in capitals.
    pub(crate) fn is_abbreviation(&self, token: usize) -> bool {
        let form = self.form(token);
        form.chars().filter(|letter| letter.is_uppercase()).count() >= 2
            && !form.chars().any(char::is_lowercase)
    }

    /// Whether `token` is the first word of its sentence (behind opening quotes).
    pub(crate) fn opens_sentence(&self, token: usize) -> bool {
        self.sentence(token)
            .take_while(|&other| other < token)
            .all(|other| self.upos(other) == Upos::Punct)
    }

    /// The tokens of the sentence of `token`.
    pub(crate) fn sentence(&self, token: usize) -> Range<usize> {
        self.document
            .sentences
            .get(self.document.sentence_of(token))
            .map_or(token..token, |sentence| sentence.tokens.clone())
    }

    /// Whether `token` is a genitive mark (`'s`, `'`).
    pub(crate) fn is_genitive(&self, token: usize) -> bool {
        matches!(self.form(token), "'s" | "'")
            && self
                .analysis
                .words
                .get(token)
                .is_some_and(|word| word.xpos == "POS" || word.deprel == "case")
    }

    /// Whether `token` is a hyphen that joins its neighbours.
    pub(crate) fn is_joint(&self, token: usize) -> bool {
        matches!(self.form(token), "-" | "\u{2010}" | "\u{2011}")
            && token > 0
            && !self.document.tokens[token - 1].space_after
    }

    /// The token of `tokens` that is highest in the tree; the first of several.
    pub(crate) fn head_of(&self, tokens: Range<usize>) -> usize {
        let outside = |token: &usize| {
            self.analysis.words[*token]
                .head
                .is_none_or(|head| !tokens.contains(&head))
        };
        let noun = |token: &usize| {
            matches!(
                self.upos(*token),
                Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj
            )
        };
        (tokens.clone().filter(outside).find(noun))
            .or_else(|| tokens.clone().find(outside))
            .unwrap_or(tokens.start)
    }

    /// The text of `tokens` as written.
    pub(crate) fn text(&self, tokens: Range<usize>) -> &'a str {
        if tokens.is_empty() {
            ""
        } else {
            self.document.text(self.document.span_of(tokens))
        }
    }
}

/// A noun in the singular, by the regular rules of English.
pub(crate) fn singular(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix("women") {
        format!("{stem}woman")
    } else if let Some(stem) = noun.strip_suffix("men") {
        format!("{stem}man")
    } else if let Some(stem) = noun.strip_suffix("ies") {
        format!("{stem}y")
    } else if noun.ends_with("ss") {
        noun.to_owned()
    } else {
        noun.strip_suffix('s').unwrap_or(noun).to_owned()
    }
}
