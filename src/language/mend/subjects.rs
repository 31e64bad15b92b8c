//! Names and subjects: which word heads a name, and who does something together.

use super::{Tree, lists};
use crate::language::tree::Upos;

/// Words before a verb that say that its subject is several.
const ALL_OF_THEM: [&str; 3] = ["all", "both", "each"];

/// Honorifics that stand before names only.
const HONORIFICS: &str = "dr dr. messrs messrs. miss mme mr mr. mrs mrs. ms ms.";

impl Tree<'_> {
    /// Whether the name right behind the token, an honorific, was hung on it.
    pub(super) fn heads_its_name(&self, token: usize) -> bool {
        let name = token + 1;
        name < self.tokens.end
            && self.words[name].head == Some(token)
            && self.words[name].upos == Upos::Propn
            && lists(HONORIFICS, &self.document.tokens[token].form.to_lowercase())
    }

    /// The subject of the clause that the token, a name, opens though it was taken for no part of it, and all that is listed with it: the subject,
    /// and what is coordinated with that.
    pub(super) fn opens_list(&self, token: usize) -> Option<(usize, Vec<usize>)> {
        let word = &self.words[token];
        let verb = word.head.filter(|&verb| {
            matches!(word.deprel, "parataxis" | "dislocated")
                && word.upos == Upos::Propn
                && token < verb
        })?;
        let subject = self.dependents_by(verb, ["nsubj", "nsubj:pass"]).next()?;
        let listed: Vec<usize> = self.dependents(subject, "conj").collect();
        let joined = listed
            .iter()
            .any(|&other| other < verb && self.has(other, "cc"));
        let is_comma = |it: usize| self.words[it].lemma == ",";
        let between = || token + 1..subject;
        let close = between().all(|it| {
            is_comma(it)
                || self.words[it].head == Some(subject)
                || self.words[it].head == Some(token)
        });
        let alone = token == self.tokens.start || self.words[self.tokens.start].head == Some(token);
        (alone && joined && close && between().any(is_comma))
            .then(|| (subject, std::iter::once(subject).chain(listed).collect()))
    }

    /// What is joined to relative clauses of a subject that is one though its verb wants several: nouns before the verb, behind the
    /// coordination that an `and` has closed already.
    pub(super) fn joined_to_clause(&self, subject: usize) -> Vec<usize> {
        let word = &self.words[subject];
        let verb = word.head.filter(|&verb| {
            word.relation() == "nsubj"
                && matches!(word.xpos, "NN" | "NNP")
                && subject < verb
                && !self.has(subject, "conj")
        });
        let Some(verb) = verb.filter(|&verb| self.wants_several(subject, verb)) else {
            return Vec::new();
        };
        let mut joined = Vec::new();
        for clause in self.dependents(subject, "acl:relcl") {
            let is_noun = |&noun: &usize| matches!(self.words[noun].upos, Upos::Noun | Upos::Propn);
            let nouns = self.dependents(clause, "conj").filter(is_noun);
            let nouns: Vec<usize> = nouns.take_while(|&noun| noun < verb).collect();
            let has_and = |&noun: &usize| self.has(noun, "cc");
            let before_last = &nouns[..nouns.len().saturating_sub(1)];
            let closed = before_last.iter().rposition(has_and);
            joined.extend(&nouns[closed.map_or(0, |closed| closed + 1)..]);
        }
        joined
    }

    /// Whether `verb` or an auxiliary of it is plural, or `all` stands before them.
    fn wants_several(&self, subject: usize, verb: usize) -> bool {
        let is_auxiliary = |&token: &usize| {
            self.words[token].upos == Upos::Aux && self.words[token].head == Some(verb)
        };
        let auxiliaries: Vec<usize> = (subject + 1..verb).filter(is_auxiliary).collect();
        let start = auxiliaries.first().copied().unwrap_or(verb);
        let is_plural = |token: usize| {
            self.words[token].xpos == "VBP" || self.document.tokens[token].form == "were"
        };
        (start - 1..verb).any(|token| ALL_OF_THEM.contains(&self.words[token].lemma.as_str()))
            || auxiliaries.into_iter().chain([verb]).any(is_plural)
    }
}
