//! Times: which words tell when, and which day, month or year they mean.
//!
//! [`find`] reads expressions off the tokens by a small [grammar](expression), leaves out those that only name something (`the
//! 2009 agreement`), and [resolves](resolve) the others against the document's date, the [tense] around them and the time spoken
//! of last. The classes of values are those of TIMEX3 dates (<https://timeml.github.io/site/publications/timeMLdocs/timeml_1.2.1.html>), without weeks,
//! seasons and durations, which are no dates.

mod calendar;
mod expression;
mod resolve;
mod tense;

use std::ops::Range;

use expression::{Expression, Grammar, Point, Side, Year};
use resolve::Context;
use tense::Tense;

use super::{Kind, Mention, TimeSpan};
use crate::knowledge::Knowledge;
use crate::language::{Analysis, Upos};
use crate::text::Document;

/// The times of a document, in text order, each with the precision the text gives.
///
/// A mention's tokens are the expression without its preposition (`8 to 10 September`). Relative expressions need the document's
/// date. Limits (`by Friday`, `before the end of the year`) do not tell when something happens and are left out.
pub fn find(document: &Document, analysis: &Analysis, knowledge: &Knowledge) -> Vec<Mention> {
    let grammar = Grammar::new(&knowledge.words, document);
    let mut context = Context {
        document: document
            .metadata
            .date
            .or_else(|| document.dateline.as_ref().and_then(|dateline| dateline.date)),
        narrative: None,
        tense: Tense::Past,
    };
    let mut mentions = Vec::new();
    for sentence in &document.sentences {
        let mut at = sentence.tokens.start;
        // Where the last accepted expression ends: `January and March` share their preposition.
        let mut accepted = None;
        while at < sentence.tokens.end {
            let Some(mut expression) = grammar.read(at, sentence.tokens.end) else {
                at += 1;
                continue;
            };
            let place = Place {
                grammar: &grammar,
                document,
                analysis,
                sentence: sentence.tokens.clone(),
                expression: &expression,
                listed: accepted.is_some_and(|end| end + 1 == at && grammar.has(end, "and-word")),
            };
            if !place.tells_when() {
                at = expression.tokens.end;
                continue;
            }
            let preposition = place.preposition();
            let is = |class| preposition.is_some_and(|preposition| grammar.has(preposition, class));
            let head = place.head();
            context.tense = if is("time-ahead") { Tense::Future } else { tense::around(analysis, &knowledge.words, head) };
            let (span, next) = resolve::span(&expression, context);
            if let Some(span) = span {
                context.narrative = Some(span);
                expression.tokens.end = match span.end {
                    Some(_) => expression.tokens.end,
                    None => next_or_joint(&expression, next),
                };
                if span.end.is_some() || !is("time-limit") {
                    mentions.push(mention(document, analysis, expression.tokens.clone(), span));
                }
                accepted = Some(expression.tokens.end);
            }
            at = next.max(at + 1);
        }
    }
    mentions
}

/// The end of an expression whose second time turned out to be a time of its own.
fn next_or_joint(expression: &Expression, next: usize) -> usize {
    match expression.end {
        Some(end) if end.from == next => next - 1,
        _ => expression.tokens.end,
    }
}

fn mention(document: &Document, analysis: &Analysis, tokens: Range<usize>, span: TimeSpan) -> Mention {
    Mention {
        head: head(analysis, tokens.clone()),
        span: document.span_of(tokens.clone()),
        tokens,
        kind: Kind::Time(span),
    }
}

/// The first token whose head lies outside, signs and function words last.
fn head(analysis: &Analysis, tokens: Range<usize>) -> usize {
    let leads = |token: &usize| analysis.words[*token].head.is_none_or(|head| !tokens.contains(&head));
    let minor = |token: &usize| matches!(analysis.words[*token].upos, Upos::Punct | Upos::Adp | Upos::Cconj | Upos::Det | Upos::Sym);
    tokens.clone().filter(leads).min_by_key(|token| (minor(token), *token)).unwrap_or(tokens.start)
}

/// An expression where it stands.
struct Place<'a> {
    grammar: &'a Grammar<'a>,
    document: &'a Document,
    analysis: &'a Analysis,
    sentence: Range<usize>,
    expression: &'a Expression,
    /// Whether it goes on a list of times.
    listed: bool,
}

impl Place<'_> {
    fn head(&self) -> usize {
        head(self.analysis, self.expression.tokens.clone())
    }

    fn before(&self, token: usize) -> Option<usize> {
        (token > self.sentence.start).then(|| token - 1)
    }

    fn has(&self, token: Option<usize>, class: &str) -> bool {
        token.is_some_and(|token| self.grammar.has(token, class))
    }

    /// The preposition of the expression, past `late`, `the end of` and the like.
    fn preposition(&self) -> Option<usize> {
        let mut before = self.before(self.expression.tokens.start);
        while let Some(token) = before {
            let part_of = self.has(before, "of-word") && self.has(self.before(token), "part-of-time");
            if part_of {
                before = self.before(token).and_then(|part| self.before(part));
            } else if ["definite-article", "time-edge", "part-of-time"].iter().any(|class| self.has(before, class)) {
                before = self.before(token);
            } else {
                break;
            }
        }
        before.filter(|&token| {
            ["time-preposition", "time-limit", "time-ahead", "range-opening", "of-word"]
                .iter()
                .any(|class| self.grammar.has(token, class))
        })
    }

    /// Whether the expression tells when something happens, and does not name or count something.
    fn tells_when(&self) -> bool {
        let governed = self.preposition().is_some() || self.listed;
        match self.expression.start {
            Point::Shifted { .. } => true,
            Point::Weekday { side: Side::Before | Side::After, .. } => true,
            Point::Calendar { year: Year::Nearest(Side::Before | Side::After), .. } => true,
            _ if self.modifies(governed) => false,
            Point::Weekday { .. } => governed || self.is_adverbial() || self.is_genitive(),
            Point::Calendar { month: Some(_), day: Some(_), .. } => true,
            Point::Calendar { month: Some(_), year, .. } => governed || !matches!(year, Year::Nearest(_)),
            Point::Calendar { .. } => governed || self.expression.end.is_some(),
        }
    }

    /// Whether it stands before a noun that it describes (`the 2009 agreement`, `the Tuesday talks`).
    fn modifies(&self, governed: bool) -> bool {
        let tokens = &self.expression.tokens;
        let upos = |token: usize| self.analysis.words[token].upos;
        let next = (tokens.end < self.sentence.end).then_some(tokens.end);
        let before_noun = next.is_some_and(|next| matches!(upos(next), Upos::Noun | Upos::Propn | Upos::Adj));
        let after_determiner = self.before(tokens.start).is_some_and(|before| {
            let own = matches!(self.expression.start, Point::Calendar { month: None, day: Some(_), .. });
            let word = &self.analysis.words[before];
            !own && (word.upos == Upos::Det || word.relation() == "amod" || word.deprel == "nmod:poss")
                && !self.grammar.has(before, "time-edge")
        });
        let dated = matches!(self.expression.start, Point::Calendar { month: Some(_), day: Some(_), .. });
        if after_determiner {
            return before_noun || !dated;
        }
        let Some(next) = next.filter(|_| before_noun) else {
            return false;
        };
        let describes = {
            let word = &self.analysis.words[self.head()];
            matches!(word.relation(), "compound" | "nummod" | "amod") && word.head.is_some_and(|head| head >= next)
        };
        // After a preposition a capital letter opens a new phrase: `On January 25 Foreign Secretary …`.
        !governed || (describes && !self.document.tokens[next].form.starts_with(char::is_uppercase))
    }

    fn is_adverbial(&self) -> bool {
        matches!(self.analysis.words[self.head()].relation(), "obl" | "advmod" | "nmod")
    }

    fn is_genitive(&self) -> bool {
        let end = self.expression.tokens.end;
        end < self.sentence.end && self.analysis.words[end].xpos == "POS"
    }
}
