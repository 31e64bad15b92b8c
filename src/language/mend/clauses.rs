//! Clauses that belong elsewhere: around and beside what somebody says, behind the noun that they tell of, behind a phrase that opens them.

use super::{Tree, lists};
use crate::language::tree::Upos;

/// Verbs of what is done with words; what others are said to do is seldom told by these and by another verb at once.
const SPEAKING: &str = "accuse add admit announce appeal ask blame call caution claim condemn criticise criticize declare demand denounce deny \
    deplore dismiss express insist invite pledge praise promise propose protest reaffirm recall reiterate reject request \
    stress thank underline urge vow warn welcome wish";

/// Verbs that want an object.
const TRANSITIVE: &str = "build impose make pay send sign take undertake";

/// Somebody says something amid a clause.
pub(super) struct Said {
    /// Of the clause.
    pub(super) subject: usize,
    /// Who says it.
    pub(super) speaker: usize,
    /// The predicate of what is said.
    pub(super) clause: usize,
}

impl Tree<'_> {
    /// What the token, a verb between two commas, says of whom, if the subject of the clause around it was taken for a part of its own.
    pub(super) fn said_amid(&self, verb: usize) -> Option<Said> {
        let is_finite =
            |token: usize| matches!(self.words[token].xpos, "VBD" | "VBP" | "VBZ" | "MD");
        if !is_finite(verb) {
            return None;
        }
        let is_comma = |&token: &usize| self.words[token].lemma == ",";
        let opens = (self.tokens.start..verb).rev().find(is_comma)?;
        let closes = (verb + 1..self.tokens.end).find(is_comma)?;
        let clause = self
            .dependents_by(verb, ["ccomp", "parataxis"])
            .find(|&clause| clause > closes)?;
        let mut auxiliaries = self.dependents_by(clause, ["aux", "aux:pass", "cop"]);
        let subjects =
            |head: usize| self.dependents_by(head, ["nsubj", "nsubj:pass", "csubj", "expl"]);
        let is_whole = self.has(clause, "mark") || subjects(clause).any(|it| it > closes);
        if is_whole || !is_finite(clause) && !auxiliaries.any(is_finite) {
            return None;
        }
        let subject = self
            .dependents_by(verb, ["vocative", "nsubj"])
            .find(|&subject| subject < opens)?;
        let speaker = subjects(verb)
            .find(|&speaker| (opens..verb).contains(&speaker))
            .or_else(|| {
                let heads = [Some(verb), Some(clause)];
                (verb + 1..closes).find(|&token| {
                    let word = &self.words[token];
                    heads.contains(&word.head) && matches!(word.deprel, "nsubj" | "obj")
                })
            })?;
        Some(Said {
            subject,
            speaker,
            clause,
        })
    }

    /// The noun of which the token, the predicate of a relative clause, tells, if it was taken for what somebody says between the two.
    pub(super) fn told_of_beyond_saying(&self, token: usize) -> Option<usize> {
        let word = &self.words[token];
        let saying = word.head.filter(|_| word.deprel == "ccomp")?;
        let is_comma = |it: usize| self.words[it].lemma == ",";
        let opening =
            (saying + 1..token).find(|&it| self.words[it].head == Some(token) && !is_comma(it))?;
        let relative = is_comma(opening - 1)
            && matches!(self.words[opening].xpos, "WDT" | "WP")
            && self.words[opening].relation() == "nsubj";
        let amid = &self.words[saying];
        amid.head.filter(|&noun| {
            relative
                && amid.deprel == "parataxis"
                && noun < saying
                && matches!(self.words[noun].upos, Upos::Noun | Upos::Propn)
        })
    }

    /// The verb of saying beside which the token, another, stands, if it was joined to what is said: `said that the talks had failed and accused Chile`.
    pub(super) fn says_beside(&self, token: usize) -> Option<usize> {
        let word = &self.words[token];
        let said = word.head.filter(|_| {
            word.deprel == "conj"
                && word.xpos == "VBD"
                && lists(SPEAKING, &word.lemma)
                && self
                    .dependents_by(token, ["nsubj", "nsubj:pass", "aux", "aux:pass", "mark"])
                    .next()
                    .is_none()
        })?;
        let saying = self.words[said].head.filter(|&saying| {
            self.words[said].deprel == "ccomp" && saying < said && self.words[saying].xpos == "VBD"
        })?;
        let has_auxiliary = self.dependents(said, "aux").any(|it| it < said);
        has_auxiliary.then_some(saying)
    }

    /// The pronoun of the token, the predicate of a relative clause that was taken for another.
    pub(super) fn is_relative(&self, token: usize) -> Option<usize> {
        let noun = self.words[token]
            .head
            .filter(|_| self.words[token].deprel == "acl")?;
        let arguments = self.dependents_by(token, ["nsubj", "nsubj:pass", "obj"]);
        // `the visit that he was to make`: who makes something makes something.
        let whole = ["obj", "ccomp", "xcomp", "aux:pass"]
            .iter()
            .any(|it| self.has(token, it));
        let lacks_object = lists(TRANSITIVE, &self.words[token].lemma) && !whole;
        let marks = self.dependents(token, "mark").filter(|_| lacks_object);
        (arguments.chain(marks))
            .find(|&it| (noun + 1..token).contains(&it) && self.words[it].lemma == "that")
    }

    /// The predicate behind the token, a phrase with a preposition that was taken for its modifier, and the copula between them, which may
    /// have been taken for the phrase's own.
    pub(super) fn opens_clause(&self, token: usize) -> Option<(usize, usize)> {
        let word = &self.words[token];
        let predicate = (word.head).filter(|&predicate| {
            word.deprel == "nmod" && self.has(token, "case") && token < predicate
        })?;
        let mut copulas = [predicate, token]
            .into_iter()
            .flat_map(|it| self.dependents(it, "cop"));
        copulas
            .find(|copula| (token..predicate).contains(copula))
            .map(|copula| (predicate, copula))
    }
}
