//! Verbs of saying and their subjects.

use std::ops::Range;

use super::Source;
use super::quotation::Quotation;
use crate::knowledge::Words;
use crate::language::{Analysis, Upos};
use crate::text::Document;

/// What the rules of attribution look at.
pub(super) struct Attribution<'a> {
    pub(super) document: &'a Document,
    pub(super) analysis: &'a Analysis,
    pub(super) words: &'a Words,
    pub(super) quotations: Vec<Quotation>,
}

impl Attribution<'_> {
    /// Whether `token` is a verb whose clause its subject utters (`say`, `go on`).
    pub(super) fn reports(&self, token: usize) -> bool {
        self.is_verb_of(token, "speech-verb")
    }

    /// Whether `token` is a verb that introduces words in quotation marks or beside commas, though it may report no clause
    /// (`call`, `plead`).
    pub(super) fn introduces(&self, token: usize) -> bool {
        self.reports(token) || self.is_verb_of(token, "quotation-verb")
    }

    /// Whether `token` is a verb that tells who speaks when it stands between commas (`…, the report goes on, …`).
    pub(super) fn is_parenthetical(&self, token: usize) -> bool {
        self.is_verb_of(token, "parenthetical-verb")
    }

    fn is_verb_of(&self, token: usize, class: &str) -> bool {
        let word = &self.analysis.words[token];
        if word.upos != Upos::Verb || self.is_name(token) {
            return false;
        }
        let particle = self.analysis.children(token).iter().find(|&&child| {
            child == token + 1
                && matches!(self.analysis.words[child].deprel, "compound:prt" | "advmod")
        });
        self.words.has(class, &word.lemma)
            || particle.is_some_and(|&particle| {
                self.words.has(
                    class,
                    &format!("{} {}", word.lemma, self.analysis.words[particle].lemma),
                )
            })
    }

    /// Whether a capital letter inside a clause makes a name of what the parser takes for a verb (`Said` as a given name).
    fn is_name(&self, token: usize) -> bool {
        self.document.tokens[token]
            .form
            .starts_with(char::is_uppercase)
            && token > self.sentence(token).start
            && !self
                .quotations
                .iter()
                .any(|quotation| quotation.tokens.start == token)
    }

    /// Whether the verb is negated (`did not say`).
    pub(super) fn is_negated(&self, verb: usize) -> bool {
        self.analysis.dependents(verb, "advmod").any(|adverb| {
            self.words
                .has("negation", &self.analysis.words[adverb].lemma)
        })
    }

    /// Who says what `verb` reports: its subject, the agent of a passive, or whoever a participle, infinitive or second verb shares
    /// with the verb above it.
    pub(super) fn source(&self, verb: usize) -> Option<Source> {
        self.speaker(verb)
            .filter(|&speaker| {
                !self
                    .words
                    .has("non-speaker", &self.analysis.words[speaker].lemma)
            })
            .map(Source::Phrase)
    }

    fn speaker(&self, verb: usize) -> Option<usize> {
        let analysis = self.analysis;
        let mut verb = verb;
        // Each step goes up the tree, so there are at most as many as the sentence has words.
        loop {
            let word = &analysis.words[verb];
            if self.is_passive(verb) {
                return self.agent(verb);
            }
            if let Some(subject) = self.subject(verb) {
                return Some(self.antecedent(subject, verb));
            }
            if let Some(subject) = self.inverted_subject(verb) {
                return Some(subject);
            }
            let above = word.head?;
            match word.relation() {
                "conj" | "cop" => verb = above,
                // `a statement saying that …`, `the minister warning that …`
                "acl" if word.deprel == "acl:relcl" || word.xpos != "VBN" => return Some(above),
                "xcomp" | "advcl" | "ccomp" | "parataxis" => {
                    let object = analysis
                        .dependents(above, "obj")
                        .next()
                        .filter(|_| word.relation() == "xcomp" && word.xpos == "VB");
                    if object.is_some() {
                        return object;
                    }
                    if let Some(subject) = self.subject(above) {
                        return Some(self.antecedent(subject, above));
                    }
                    verb = above;
                    if self.is_passive(verb) {
                        return None;
                    }
                }
                _ => return None,
            }
        }
    }

    /// The subject of `verb`, which stands on the same side of quotation marks.
    fn subject(&self, verb: usize) -> Option<usize> {
        let crosses = |subject: usize| {
            let around = self
                .quotations
                .iter()
                .filter(|quotation| quotation.tokens.contains(&subject));
            around
                .into_iter()
                .any(|quotation| !quotation.tokens.contains(&verb))
        };
        self.analysis
            .dependents(verb, "nsubj")
            .find(|&subject| !crosses(subject))
    }

    /// By whom something is done, of a passive.
    pub(super) fn agent(&self, verb: usize) -> Option<usize> {
        let analysis = self.analysis;
        analysis.dependents(verb, "obl").find(|&noun| {
            analysis.words[noun].deprel == "obl:agent"
                || analysis.dependents(noun, "case").any(|case| {
                    self.words
                        .has("agent-preposition", &analysis.words[case].lemma)
                })
        })
    }

    pub(super) fn is_passive(&self, verb: usize) -> bool {
        let word = &self.analysis.words[verb];
        self.analysis.dependents(verb, "aux:pass").next().is_some()
            || (word.deprel == "acl" && word.xpos == "VBN")
    }

    /// Of `said the minister` the parser sometimes makes an object of the subject.
    fn inverted_subject(&self, verb: usize) -> Option<usize> {
        let before = verb.checked_sub(1);
        let after_quotation = self
            .quotations
            .iter()
            .any(|quotation| Some(quotation.tokens.end) == before);
        let after_mark =
            before.is_some_and(|before| self.is_punctuation(before)) && self.reports(verb);
        let finite = matches!(self.analysis.words[verb].xpos, "VBD" | "VBZ" | "VBP");
        let objects = ["obj", "iobj"]
            .into_iter()
            .flat_map(|relation| self.analysis.dependents(verb, relation));
        objects.into_iter().find(|&object| {
            finite
                && (after_quotation || after_mark)
                && self.analysis.extent(object).start == verb + 1
                && matches!(
                    self.analysis.words[object].upos,
                    Upos::Noun | Upos::Propn | Upos::Pron
                )
        })
    }

    /// What a relative pronoun stands for: the noun that the clause of `verb` describes.
    pub(super) fn antecedent(&self, subject: usize, verb: usize) -> usize {
        let relative = matches!(self.analysis.words[subject].xpos, "WP" | "WDT");
        if !relative {
            return subject;
        }
        std::iter::once(verb)
            .chain(self.analysis.ancestors(verb))
            .find(|&token| self.analysis.words[token].deprel == "acl:relcl")
            .and_then(|clause| self.analysis.words[clause].head)
            .unwrap_or(subject)
    }

    /// The sentence of `token`.
    pub(super) fn sentence(&self, token: usize) -> Range<usize> {
        self.document.sentences[self.document.sentence_of(token)]
            .tokens
            .clone()
    }

    /// The innermost quotation around `token`.
    pub(super) fn quotation(&self, token: usize) -> Option<&Quotation> {
        self.quotations
            .iter()
            .filter(|quotation| quotation.tokens.contains(&token))
            .min_by_key(|quotation| quotation.tokens.len())
    }

    pub(super) fn is_punctuation(&self, token: usize) -> bool {
        self.analysis.words[token].upos == Upos::Punct
    }

    /// Whether `token` heads a clause.
    pub(super) fn is_predicate(&self, token: usize) -> bool {
        self.analysis.words[token].upos == Upos::Verb
            || self.analysis.dependents(token, "cop").next().is_some()
    }
}
