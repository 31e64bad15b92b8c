//! Times: which words tell when, and which day, month or year they mean.
//!
//! [`find`] reads expressions off the tokens by a small [grammar](expression), leaves out those that only name something (`the
//! 2009 agreement`), and [resolves](resolve) the others against the document's date, the [tense] around them and the time spoken
//! of last. The classes of values are those of TIMEX3 dates (<https://timeml.github.io/site/publications/timeMLdocs/timeml_1.2.1.html>), without weeks,
//! seasons and durations, which are no dates.

pub(crate) mod calendar;
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
        document: document.metadata.date.or_else(|| {
            document
                .dateline
                .as_ref()
                .and_then(|dateline| dateline.date)
        }),
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
            context.tense = match tense::around(analysis, &knowledge.words, head) {
                // `the talks set for May 3 were called off`
                Tense::Past if is("time-ahead") => Tense::Present,
                tense => tense,
            };
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

fn mention(
    document: &Document,
    analysis: &Analysis,
    tokens: Range<usize>,
    span: TimeSpan,
) -> Mention {
    Mention {
        head: head(analysis, tokens.clone()),
        span: document.span_of(tokens.clone()),
        tokens,
        kind: Kind::Time(span),
    }
}

/// The first token whose head lies outside, signs and function words last.
fn head(analysis: &Analysis, tokens: Range<usize>) -> usize {
    let leads = |token: &usize| {
        analysis.words[*token]
            .head
            .is_none_or(|head| !tokens.contains(&head))
    };
    let minor = |token: &usize| {
        matches!(
            analysis.words[*token].upos,
            Upos::Punct | Upos::Adp | Upos::Cconj | Upos::Det | Upos::Sym
        )
    };
    tokens
        .clone()
        .filter(leads)
        .min_by_key(|token| (minor(token), *token))
        .unwrap_or(tokens.start)
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
        if self.is_genitive() {
            // `by last year's vote`: it is the vote's.
            return None;
        }
        let mut of = None;
        let mut before = self.before(self.expression.tokens.start);
        while let Some(token) = before {
            let part_of =
                self.has(before, "of-word") && self.has(self.before(token), "part-of-time");
            let counts = of.is_some() && self.analysis.words[token].upos == Upos::Num;
            if part_of {
                of = before;
                before = self.before(token).and_then(|part| self.before(part));
            } else if counts
                || ["definite-article", "time-edge", "part-of-time"]
                    .iter()
                    .any(|class| self.has(before, class))
            {
                before = self.before(token);
            } else {
                break;
            }
        }
        before
            .filter(|&token| {
                [
                    "time-preposition",
                    "time-limit",
                    "time-ahead",
                    "range-opening",
                    "of-word",
                ]
                .iter()
                .any(|class| self.grammar.has(token, class))
            })
            .or(of)
    }

    /// Whether the expression tells when something happens, and does not name or count something.
    fn tells_when(&self) -> bool {
        let governed = self.preposition().is_some() || self.listed;
        match self.expression.start {
            Point::Shifted { .. }
            | Point::Weekday {
                side: Side::Before | Side::After,
                ..
            }
            | Point::Calendar {
                year: Year::Nearest(Side::Before | Side::After),
                ..
            } => true,
            Point::Season { side, .. } | Point::Weekend { side } => {
                let noun = |next: usize| {
                    matches!(self.analysis.words[next].upos, Upos::Noun | Upos::Propn)
                };
                let next = self.expression.tokens.end;
                (governed || side != Side::Either) && !(next < self.sentence.end && noun(next))
            }
            _ if self.modifies(governed) => false,
            Point::Weekday { .. } => governed || self.is_adverbial() || self.is_genitive(),
            Point::Calendar {
                month: Some(_),
                day: Some(_),
                ..
            } => true,
            Point::Calendar {
                month: Some(_),
                year,
                ..
            } => {
                governed
                    || !matches!(year, Year::Nearest(_))
                    || self.grammar.has(self.expression.tokens.end, "dated-noun")
            }
            Point::Calendar { .. } => governed || self.expression.end.is_some(),
        }
    }

    /// Whether it stands before a noun that it describes (`the 2009 agreement`, `the Tuesday talks`).
    fn modifies(&self, governed: bool) -> bool {
        let tokens = &self.expression.tokens;
        let upos = |token: usize| self.analysis.words[token].upos;
        let next = (tokens.end < self.sentence.end).then_some(tokens.end);
        let before_noun =
            next.is_some_and(|next| matches!(upos(next), Upos::Noun | Upos::Propn | Upos::Adj));
        let after_determiner = self.before(tokens.start).is_some_and(|before| {
            let own = matches!(
                self.expression.start,
                Point::Calendar {
                    month: None,
                    day: Some(_),
                    ..
                }
            );
            let word = &self.analysis.words[before];
            !own && (word.upos == Upos::Det
                || word.relation() == "amod"
                || word.deprel == "nmod:poss")
                && !self.grammar.has(before, "time-edge")
        });
        let dated = matches!(
            self.expression.start,
            Point::Calendar {
                month: Some(_),
                day: Some(_),
                ..
            }
        );
        // `her July trip`, `the May 3 visit`: what the time stands before happened then.
        let happens = next.is_some_and(|next| self.grammar.has(next, "dated-noun"));
        let monthly = matches!(
            self.expression.start,
            Point::Calendar { month: Some(_), .. }
        );
        if happens && monthly {
            return false;
        }
        if after_determiner {
            return before_noun || !dated;
        }
        let Some(next) = next.filter(|_| before_noun) else {
            return false;
        };
        let describes = {
            let word = &self.analysis.words[self.head()];
            matches!(word.relation(), "compound" | "nummod" | "amod")
                && word.head.is_some_and(|head| head >= next)
        };
        // After a preposition a capital letter opens a new phrase: `On January 25 Foreign Secretary …`.
        !governed
            || (describes
                && !self.document.tokens[next]
                    .form
                    .starts_with(char::is_uppercase))
    }

    fn is_adverbial(&self) -> bool {
        matches!(
            self.analysis.words[self.head()].relation(),
            "obl" | "advmod" | "nmod"
        )
    }

    fn is_genitive(&self) -> bool {
        let end = self.expression.tokens.end;
        end < self.sentence.end && self.analysis.words[end].xpos == "POS"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Date;

    /// The times of a text written on Wednesday, 10 September 2014, as `start` or `start/end`.
    fn times(text: &str) -> Vec<String> {
        let (knowledge, errors) = crate::knowledge::load(&[]);
        assert!(errors.is_empty(), "{errors:?}");
        let (document, _) =
            crate::text::read(&format!("---\ndate: 2014-09-10\n---\n\n{text}\n")).expect("a text");
        let analysis = crate::language::analyse(&document);
        let written = |date: Date| match (date.month, date.day) {
            (Some(month), Some(day)) => format!("{}-{month:02}-{day:02}", date.year),
            (Some(month), None) => format!("{}-{month:02}", date.year),
            _ => date.year.to_string(),
        };
        find(&document, &analysis, &knowledge)
            .iter()
            .filter_map(|mention| match mention.kind {
                Kind::Time(TimeSpan {
                    start,
                    end: Some(end),
                }) => Some(format!("{}/{}", written(start), written(end))),
                Kind::Time(TimeSpan { start, end: None }) => Some(written(start)),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn times_are_resolved_with_the_precision_of_the_text() {
        for (text, expected) in [
            (
                "The minister visited Oslo on 8 September 2013.",
                &["2013-09-08"][..],
            ),
            ("The minister visited Oslo on Sept. 8.", &["2014-09-08"]),
            (
                "The minister visited Oslo on 2 December and will return on 3 March.",
                &["2013-12-02", "2015-03-03"],
            ),
            (
                "They met in October and will meet again in May.",
                &["2013-10", "2015-05"],
            ),
            (
                "He stayed in Oslo from 8 to 10 September.",
                &["2014-09-08/2014-09-10"],
            ),
            (
                "He stayed in Oslo between August 30 and September 2, 2012.",
                &["2012-08-30/2012-09-02"],
            ),
            (
                "He stayed there from 30 December to 2 January 2013.",
                &["2012-12-30/2013-01-02"],
            ),
            (
                "They met on Monday and Tuesday.",
                &["2014-09-08/2014-09-09"],
            ),
            ("They met on 3 and 7 June.", &["2014-06-07"]),
            (
                "He arrived on Friday and will leave on Friday.",
                &["2014-09-05", "2014-09-12"],
            ),
            (
                "He arrived last Wednesday, left yesterday and returns tomorrow.",
                &["2014-09-03", "2014-09-09", "2014-09-11"],
            ),
            (
                "He was elected at the beginning of this year; the vote was held last month.",
                &["2014", "2014-08"],
            ),
            (
                "He arrived three days ago; his deputy had come two years ago.",
                &["2014-09-07", "2012"],
            ),
            (
                "The envoy came in June 2011. In October of the same year she left.",
                &["2011-06", "2011-10"],
            ),
            (
                "The envoy came on July 30. The next day she left, and a week later she fell ill.",
                &["2014-07-30", "2014-07-31", "2014-08"],
            ),
            ("Her July trip to Oslo was a success.", &["2014-07"]),
            (
                "He was in Oslo last week and will be in Rome next weekend.",
                &["2014-09", "2014-09-13/2014-09-14"],
            ),
            (
                "He came in the spring and will come back next summer.",
                &["2014", "2015"],
            ),
            (
                "He arrived the day before yesterday; his deputy had come two fortnights ago.",
                &["2014-09-08", "2014-08"],
            ),
            ("The minister begins a tour on Monday.", &["2014-09-15"]),
            ("Talks opened on 2014-09-08 in Oslo.", &["2014-09-08"]),
        ] {
            assert_eq!(times(text), expected, "{text}");
        }
    }

    #[test]
    fn names_counts_and_limits_are_no_times() {
        for text in [
            "They marked the 65th anniversary of the treaty.",
            "The council adopted Resolution 2231 on the matter.",
            "The state sent 2014 troops and 2,000 guns.",
            "The 2009 agreement was signed by the March 23 Movement.",
            "He may march on the town, said Theresa May.",
            "The works must be finished by 2030.",
            "He returned before the end of last year.",
            "It was a two-day visit in a single week.",
        ] {
            assert_eq!(times(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn without_a_date_only_full_dates_are_resolved() {
        let (knowledge, _) = crate::knowledge::load(&[]);
        let text =
            "They met on Monday. He came in July 2013 and left the next month, on 8 September.";
        let (document, _) = crate::text::read(text).expect("a text");
        let analysis = crate::language::analyse(&document);
        let found = find(&document, &analysis, &knowledge);
        let texts: Vec<&str> = found
            .iter()
            .map(|mention| document.text(mention.span))
            .collect();
        assert_eq!(texts, ["July 2013", "next month"]);
    }
}
