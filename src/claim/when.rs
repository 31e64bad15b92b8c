//! When did it happen?
//!
//! A clause gives its time itself, or shares that of the clause that it hangs on; a word of ending (`concluded`, `left`) says that the time
//! is the last day, and a duration (`a three-day visit`) gives the other end.

use super::matching::Matcher;
use crate::language::Upos;
use crate::mention::time::calendar::{self, Unit};
use crate::mention::{Kind, Mention, TimeSpan};
use crate::text::Date;

/// First and last day (month, year) of an event, as far as the text gives them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct When {
    pub(super) start: Option<Date>,
    pub(super) end: Option<Date>,
}

impl When {
    /// A date that the event has.
    pub(super) fn any(self) -> Option<Date> {
        self.start.or(self.end)
    }
}

/// How many governing clauses are asked for the time that a clause does not give itself.
const DEPTH: usize = 3;

/// When what `predicate` evokes takes place; `closes` says whether its time is that of the end, if the frame knows.
pub(super) fn time(reader: Matcher, predicate: usize, closes: Option<bool>) -> When {
    let clock = Clock::new(reader, predicate);
    let Some(time) = clock.time() else {
        return When::default();
    };
    let days = clock.days();
    let last = |first: Date| days.and_then(|days| calendar::shift(first, Unit::Day, days - 1));
    if closes.unwrap_or_else(|| clock.closes()) && time.end.is_none() {
        let end = Some(time.start);
        let start = days.and_then(|days| calendar::shift(time.start, Unit::Day, 1 - days));
        return When { start, end };
    }
    When {
        start: Some(time.start),
        end: time
            .end
            .filter(|&end| end >= time.start)
            .or_else(|| last(time.start)),
    }
}

/// The time that stands behind `token` in its phrase, or between it and the `next` of several parties where the sentence gives several
/// times (`to Chad on 3 May and to Mali on the 5th`).
pub(super) fn of_phrase(reader: Matcher, token: usize, next: Option<usize>) -> Option<Date> {
    let clock = Clock::new(reader, token);
    let several = clock.times.len() > 1;
    let words = &reader.syntax.analysis.words;
    let own = clock.times.iter().find(|(mention, _)| {
        let head = mention.head;
        let between = || {
            several
                && next.is_none_or(|next| head < next)
                && (token..head).all(|token| words[token].upos != Upos::Verb)
        };
        head > token && (clock.within(head, token) || between())
    });
    own.map(|&(_, time)| time.start)
}

/// The times of one sentence, and what stands around one event in it.
struct Clock<'a> {
    reader: Matcher<'a>,
    predicate: usize,
    /// The verb of the clause that it stands in.
    clause: usize,
    times: Vec<(&'a Mention, TimeSpan)>,
}

impl<'a> Clock<'a> {
    fn new(reader: Matcher<'a>, predicate: usize) -> Self {
        let words = &reader.syntax.analysis.words;
        // `the first to visit since 2013` came later, `has been here since Monday` came then.
        let stays = (reader.syntax.words).has("staying", &words[predicate].lemma);
        let before = |mention: &Mention| {
            let preposition = mention.tokens.start.checked_sub(1);
            !stays && preposition.is_some_and(|token| words[token].lemma == "since")
        };
        let times = reader
            .mentions_beside(predicate)
            .iter()
            .filter_map(|mention| match mention.kind {
                Kind::Time(time) if !before(mention) => Some((mention, time)),
                _ => None,
            })
            .collect();
        let mut clock = Self {
            reader,
            predicate,
            clause: predicate,
            times,
        };
        clock.clause = clock.clause_of(predicate);
        clock
    }

    fn time(&self) -> Option<TimeSpan> {
        let nominal = !self.verbal(self.predicate);
        // `landed on Friday after a stop in Oslo`, `called off on Friday a trip to Oslo`: the clause has a time of its own.
        let apart = nominal && (self.relative_in_time() || self.called_off());
        self.nearest(self.predicate)
            .or_else(|| self.behind_subject())
            .or_else(|| self.of_clause().filter(|_| !apart))
            .or_else(|| self.named_after())
            .or_else(|| self.when_clause().filter(|_| !apart))
            .or_else(|| self.shared(self.clause, DEPTH).filter(|_| !apart))
    }

    /// The time that hangs on `token` with no other clause between, the nearest first.
    fn nearest(&self, token: usize) -> Option<TimeSpan> {
        self.times
            .iter()
            .filter(|(mention, _)| self.within(mention.head, token))
            .min_by_key(|(mention, _)| mention.head.abs_diff(self.predicate))
            .map(|&(_, time)| time)
    }

    /// `the visit on Friday was called off`: what stands between a subject and its verb belongs to the subject, whatever the tree hangs it on.
    fn behind_subject(&self) -> Option<TimeSpan> {
        let words = &self.reader.syntax.analysis.words;
        let word = &words[self.predicate];
        let subject = word.relation() == "nsubj" && word.head == Some(self.clause);
        let apart = |mention: &Mention| {
            let mut between = self.predicate..mention.tokens.start;
            between.any(|token| words[token].upos == Upos::Punct)
        };
        self.times
            .iter()
            .filter(|(mention, _)| subject && self.within(mention.head, self.clause))
            .find(|(mention, _)| {
                (self.predicate..self.clause).contains(&mention.head) && !apart(mention)
            })
            .map(|&(_, time)| time)
    }

    /// The time of the clause; where that speaks of the event (`announced on Monday a visit`), only what it is planned for.
    fn of_clause(&self) -> Option<TimeSpan> {
        let words = &self.reader.syntax.analysis.words;
        let spoken_of = self.clause != self.predicate
            && matches!(words[self.predicate].relation(), "obj" | "nsubj")
            && self.is_arranged(self.clause);
        let ahead = |mention: &Mention| {
            (mention.tokens.start.checked_sub(1)).is_some_and(|token| words[token].lemma == "for")
        };
        (self.times.iter())
            .filter(|(mention, _)| self.within(mention.head, self.clause))
            .filter(|(mention, _)| !spoken_of || ahead(mention))
            .min_by_key(|(mention, _)| mention.head.abs_diff(self.predicate))
            .map(|&(_, time)| time)
    }

    /// Whether what a verb is about happens at another time than the verb tells (`invited him on Monday to come`).
    fn is_arranged(&self, verb: usize) -> bool {
        // `concluded a visit` is no speech.
        let speaks = self.is("speech-verb", verb)
            && !self.is("closing-verb", verb)
            && !self.is("support-verb", verb);
        self.is("arranging-verb", verb) || speaks
    }

    /// `in May 2019, when the minister visited Oslo`: the clause hangs on the time.
    fn named_after(&self) -> Option<TimeSpan> {
        let analysis = self.reader.syntax.analysis;
        let head = analysis.words[self.clause].head?;
        // Behind its comma the clause follows the time whatever the tree hangs it on.
        let opening = (analysis.children(self.clause).iter().copied())
            .find(|&child| analysis.words[child].lemma == "when")
            .and_then(|when| when.checked_sub(1));
        self.times
            .iter()
            .find(|(mention, _)| {
                mention.tokens.contains(&head) || Some(mention.tokens.end) == opening
            })
            .map(|&(_, time)| time)
    }

    /// `when the session was held in May, he received …`: the time of the clause that says when.
    fn when_clause(&self) -> Option<TimeSpan> {
        let analysis = self.reader.syntax.analysis;
        (analysis.dependents(self.clause, "advcl"))
            .filter(|&clause| clause < self.clause)
            .filter(|&clause| {
                let mut children = analysis.children(clause).iter();
                children.any(|&child| {
                    matches!(
                        analysis.words[child].lemma.as_str(),
                        "when" | "while" | "as"
                    )
                })
            })
            .find_map(|clause| self.nearest(clause))
    }

    /// The time of the clause that `clause` hangs on: of the first of coordinated verbs with one subject, of the main clause for
    /// participles, adverbial and relative clauses. When something was said is no time of what was said.
    fn shared(&self, clause: usize, depth: usize) -> Option<TimeSpan> {
        let syntax = self.reader.syntax;
        let words = &syntax.analysis.words;
        let word = &words[clause];
        let head = word.head.filter(|_| depth > 0)?;
        let own_subject = || syntax.analysis.dependents(clause, "nsubj").next().is_some();
        // `arrives today in Chad, from where he will go on to Mali`
        let ahead = |token: usize| {
            (syntax.analysis.dependents(token, "aux")).any(|aux| words[aux].xpos == "MD")
        };
        let goes_on = match word.deprel {
            "conj" => !own_subject(),
            "acl" => true,
            "acl:relcl" => {
                return self
                    .opening(clause)
                    .or_else(|| self.where_clause(clause, head));
            }
            "advcl" | "xcomp" => !self.other_time(clause),
            _ => false,
        };
        if !goes_on {
            return None;
        }
        let above = self.clause_of(head);
        if above == clause || ahead(clause) && !ahead(above) || self.is_arranged(above) {
            return None;
        }
        // What follows the event in the sentence dates something else.
        let before = self
            .times
            .iter()
            .filter(|(mention, _)| mention.head < clause && self.within(mention.head, above))
            .min_by_key(|(mention, _)| mention.head.abs_diff(clause))
            .map(|&(_, time)| time);
        before.or_else(|| self.shared(above, depth - 1))
    }

    /// `signed it last month in Oslo, where the minister had flown`: the time of the clause that names the place, unless that tells of
    /// leaving it, or looks back from it.
    fn where_clause(&self, clause: usize, place: usize) -> Option<TimeSpan> {
        let syntax = self.reader.syntax;
        let words = &syntax.analysis.words;
        let here = (syntax.analysis.children(clause).iter())
            .any(|&child| words[child].lemma == "where" && syntax.preposition(child).is_none());
        let ahead = |token: usize| {
            (syntax.analysis.dependents(token, "aux")).any(|aux| words[aux].xpos == "MD")
        };
        let above = self.clause_of(place);
        let fits = here
            && above != clause
            && syntax.preposition(place).as_deref() != Some("from")
            && ahead(clause) == ahead(above)
            && !self.is("closing-verb", above)
            && !syntax.words.has("speech-verb", &words[above].lemma);
        self.nearest(above).filter(|_| fits)
    }

    /// The time that opens the sentence, for a relative clause without one of its own: `In June the minister, who was on a visit to
    /// Rome, met …`.
    fn opening(&self, clause: usize) -> Option<TimeSpan> {
        let syntax = self.reader.syntax;
        let words = &syntax.analysis.words;
        let root = syntax.analysis.ancestors(clause).last()?;
        let told = words[root].relation() == "root"
            && !syntax.words.has("speech-verb", &words[root].lemma);
        self.times
            .iter()
            .find(|(mention, _)| {
                told && words[mention.head].head == Some(root)
                    && mention.head < clause
                    && mention.head < root
            })
            .map(|&(_, time)| time)
    }

    /// Whether a subordinate clause tells what came before or after (`before he flew to Oslo`).
    fn other_time(&self, clause: usize) -> bool {
        let syntax = self.reader.syntax;
        syntax
            .analysis
            .children(clause)
            .iter()
            .any(|&child| self.is("other-time", child))
    }

    /// Whether the phrase of the event stands behind `after`, `before` and the like.
    fn relative_in_time(&self) -> bool {
        let analysis = self.reader.syntax.analysis;
        std::iter::once(self.predicate)
            .chain(analysis.ancestors(self.predicate))
            .take_while(|&token| token != self.clause)
            .any(|token| self.other_time(token))
    }

    /// Whether the clause says that the event does not take place: its time is that of the decision.
    fn called_off(&self) -> bool {
        let syntax = self.reader.syntax;
        syntax.in_class("cancelling", self.clause) || syntax.in_class("suspending", self.clause)
    }

    /// Whether the clause tells the end of the event.
    fn closes(&self) -> bool {
        self.at_the_end()
            || self.is("closing-verb", self.clause)
                && (self.clause == self.predicate
                    || matches!(
                        self.reader.syntax.analysis.words[self.predicate].relation(),
                        "obj" | "nsubj" | "obl"
                    ))
                && !self
                    .reader
                    .syntax
                    .analysis
                    .dependents(self.clause, "obl")
                    .any(
                        // `left for Oslo` begins a visit.
                        |phrase| {
                            let goal = self.reader.syntax.preposition(phrase);
                            self.clause == self.predicate
                                && goal.is_some_and(|goal| goal == "for" || goal == "to")
                        },
                    )
    }

    /// `at the end of a journey`
    fn at_the_end(&self) -> bool {
        let syntax = self.reader.syntax;
        let word = &syntax.analysis.words[self.predicate];
        word.relation() == "nmod"
            && syntax.preposition(self.predicate).as_deref() == Some("of")
            && word.head.is_some_and(|head| self.is("closing-noun", head))
    }

    /// How many days it lasts: `a three-day visit`, `stayed for three days`, `spent three days`.
    fn days(&self) -> Option<i32> {
        let words = &self.reader.syntax.analysis.words;
        let sentence = self.reader.document.sentence_of(self.predicate);
        let tokens = self.reader.document.sentences[sentence].tokens.clone();
        tokens
            .filter(|&token| self.is("time-day", token))
            .filter(|&token| {
                self.times
                    .iter()
                    .all(|(mention, _)| !mention.tokens.contains(&token))
            })
            .filter(|&token| {
                self.within(token, self.predicate)
                    || self.within(token, self.clause)
                        && (matches!(
                            words[token].relation(),
                            "compound" | "amod" | "obj" | "nmod"
                        ) || self.reader.syntax.preposition(token).as_deref() == Some("for"))
            })
            .find_map(|token| self.count_before(token))
    }

    /// The number that stands before `token`: `three days`, `three-day`.
    fn count_before(&self, token: usize) -> Option<i32> {
        let form = |token: usize| self.reader.document.tokens[token].form.to_lowercase();
        let mut before = token.checked_sub(1)?;
        if form(before) == "-" {
            before = before.checked_sub(1)?;
        }
        // `thirty-two days` is not two.
        if before > 0 && form(before - 1) == "-" {
            return None;
        }
        let word = form(before);
        let number = word.parse().ok().or_else(|| {
            (2..=31).find(|number| {
                self.reader
                    .syntax
                    .words
                    .has(&format!("number-{number}"), &word)
            })
        })?;
        (1..=60).contains(&number).then_some(number)
    }

    fn is(&self, class: &str, token: usize) -> bool {
        let syntax = self.reader.syntax;
        syntax.words.has(class, &syntax.analysis.words[token].lemma)
    }

    fn verbal(&self, token: usize) -> bool {
        let analysis = self.reader.syntax.analysis;
        let word = &analysis.words[token];
        matches!(word.upos, Upos::Verb) || analysis.dependents(token, "cop").next().is_some()
    }

    /// The verb of the clause that `token` stands in.
    fn clause_of(&self, token: usize) -> usize {
        let words = &self.reader.syntax.analysis.words;
        let bound = |token: usize| {
            matches!(words[token].deprel, "xcomp" | "cop" | "amod") || !self.verbal(token)
        };
        let mut token = token;
        while bound(token) {
            match words[token].head {
                Some(head) => token = head,
                None => break,
            }
        }
        token
    }

    /// Whether `token` hangs on `above` with no other clause between.
    fn within(&self, token: usize, above: usize) -> bool {
        let syntax = self.reader.syntax;
        let start = token;
        let mut token = token;
        loop {
            if token == above {
                return true;
            }
            let word = &syntax.analysis.words[token];
            // `the visit she paid in May`
            if word.deprel == "acl:relcl"
                && word.head == Some(above)
                && syntax.words.has("support-verb", &word.lemma)
            {
                return true;
            }
            // `a trip planned for June`
            let planned = word.deprel == "acl" && word.head == Some(above);
            if token != start
                && !planned
                && (matches!(
                    word.deprel,
                    "acl" | "acl:relcl" | "ccomp" | "advcl" | "parataxis"
                ) || word.relation() == "conj" && word.upos == Upos::Verb)
            {
                return false;
            }
            match word.head {
                Some(head) => token = head,
                None => return false,
            }
        }
    }
}
