//! Verbs and what belongs to them: auxiliaries, objects, infinitives, deeds that somebody is accused of, and what something is called.

use super::{Tree, lists};
use crate::language::tree::Upos;

/// Verbs that take somebody and `of` a deed (Huddleston and Pullum 2002, The Cambridge Grammar of the English Language, 14.5.6).
const OF_DOING: &str = "accuse acquit convict suspect";

/// Verbs that take somebody and a deed behind `for` or `with`.
const FOR_DOING: &str = "blame charge condemn criticise criticize denounce punish rebuke thank";

/// Verbs that take an object and what they call it (Quirk et al. 1985, chapter 16 on complex transitive verbs).
const CALLING: &str =
    "brand call consider declare deem dub judge label proclaim pronounce style tag term";

/// Verbs that take an object and, behind `as`, what it is to somebody (Huddleston and Pullum 2002, chapter 4 on predicative complements).
const WITH_AS: &str = "act appoint assail blast brand characterise characterize choose condemn consider count criticise criticize decry \
    define denounce deride describe designate dismiss elect hail label name nominate portray praise present recognise \
    recognize regard reject see serve slam treat use view";

/// Verbs that take an infinitive.
const WITH_INFINITIVE: &str = "agree aim attempt begin conspire continue decide decline fail hope intend offer plan plot prepare pretend promise \
    refuse scheme seek threaten try want wish";

impl Tree<'_> {
    /// Whether the token is a noun in -ing that has a form of `be` as its auxiliary.
    pub(super) fn is_progressive(&self, token: usize) -> bool {
        let form = &self.document.tokens[token].form;
        self.words[token].xpos == "NN"
            && form.ends_with("ing")
            && self.has_lemma(token, ["aux"], "be")
    }

    /// The participle behind the token, a form of `have` that was taken for a verb of its own.
    pub(super) fn is_auxiliary_of(&self, token: usize) -> Option<usize> {
        let word = &self.words[token];
        if word.lemma != "have" || word.relation() == "aux" {
            return None;
        }
        let behind = (token + 1..self.tokens.end).find(|&it| self.words[it].upos != Upos::Adv)?;
        let participle = &self.words[behind];
        let beside = participle.head == word.head && participle.deprel == word.deprel;
        let auxiliary = participle.xpos == "VBN"
            && (beside
                || participle.head == Some(token)
                    && matches!(participle.deprel, "ccomp" | "xcomp"))
            && !self.has(token, "obj");
        auxiliary.then_some(behind)
    }

    /// The verb that accuses of a deed in -ing and the object of the deed, where the token is the deed and the tree parts them.
    pub(super) fn deed(&self, token: usize) -> Option<(usize, usize)> {
        let before = token.checked_sub(1).filter(|_| token > self.tokens.start)?;
        let verbs = match self.words[before].lemma.as_str() {
            "of" => OF_DOING,
            "for" | "with" => FOR_DOING,
            _ => return None,
        };
        let parted = (self.as_modifier(token)).or_else(|| self.beside_object(token));
        parted.filter(|&(verb, _)| lists(verbs, &self.words[verb].lemma))
    }

    /// Where the deed was taken for a modifier of its object.
    fn as_modifier(&self, token: usize) -> Option<(usize, usize)> {
        let word = &self.words[token];
        let object = word.head.filter(|&object| {
            let of = &self.words[token.saturating_sub(1)];
            object > token
                && matches!(word.deprel, "compound" | "amod")
                && self.document.tokens[token].form.ends_with("ing")
                && (of.head == Some(object) && of.deprel == "case")
        })?;
        let role = &self.words[object];
        // The object may have been taken for an attribute of the accused.
        let verb = match role.relation() {
            "obl" => role.head,
            "nmod" => role.head.and_then(|accused| self.words[accused].head),
            _ => None,
        };
        verb.map(|verb| (verb, object))
    }

    /// Where the object was hung on the verb beside its deed, though no preposition stands before it.
    fn beside_object(&self, token: usize) -> Option<(usize, usize)> {
        let word = &self.words[token];
        let is_deed = self.document.tokens[token].form.ends_with("ing")
            && word.deprel == "advcl"
            && !self.has(token, "obj");
        let verb = word.head.filter(|_| is_deed)?;
        let object = self.directly_behind(token, verb)?;
        let prepositions = || self.dependents(object, "case").filter(|&it| it > token);
        let is_object = self.words[object].deprel == "obl" && prepositions().next().is_none();
        is_object.then_some((verb, object))
    }

    /// What hangs on `verb` and begins right behind `object`: `in a hospital`, `to desert`. It belongs to the deed that is done to the object.
    pub(super) fn directly_behind(&self, object: usize, verb: usize) -> Option<usize> {
        self.dependents_by(verb, ["obl", "advcl"])
            .find(|&adverbial| {
                let first = (object + 1..self.tokens.end)
                    .find(|&token| token == adverbial || self.words[token].head == Some(adverbial));
                first == Some(object + 1)
            })
    }

    /// The verb of accusing behind whose object the token, what somebody is accused of, was hung.
    pub(super) fn charge(&self, token: usize) -> Option<usize> {
        let word = &self.words[token];
        let is_of = |token: usize| self.has_lemma(token, ["case"], "of");
        let accused = word.head.filter(|_| {
            word.deprel == "nmod" && matches!(word.xpos, "NN" | "NNS") && is_of(token)
        })?;
        let verb = self.words[accused].head.filter(|&verb| {
            self.words[accused].deprel == "obj" && lists(OF_DOING, &self.words[verb].lemma)
        })?;
        let mut others = self.dependents_by(verb, ["obl", "advcl"]);
        let charged = others.any(|it| self.has_lemma(it, ["case", "mark"], "of"));
        let is_last = !self
            .dependents(accused, "nmod")
            .any(|it| it > token && is_of(it));
        (!charged && is_last).then_some(verb)
    }

    /// The object of the token, a verb of calling, and what it is called, if that was taken for something else: a noun with an indefinite article, else
    /// an adjective behind its noun.
    pub(super) fn calls(&self, verb: usize) -> Option<(usize, usize)> {
        let lemma = self.words[verb].lemma.as_str();
        let as_something = || {
            let mut phrases = self.dependents(verb, "obl");
            phrases.any(|phrase| self.has_lemma(phrase, ["case"], "as"))
        };
        if !lists(CALLING, lemma) || self.has(verb, "xcomp") || as_something() {
            return None;
        }
        let object = (self.dependents_by(verb, ["iobj", "obj"])).find(|&object| object > verb)?;
        let of_object = |token: usize| {
            let mut above = std::iter::successors(Some(token), |&it| self.words[it].head);
            above.any(|it| it == object)
        };
        let follows = |&token: &usize| {
            let word = &self.words[token];
            let beside = word.head == Some(verb)
                && matches!(
                    word.deprel,
                    "obj" | "obl" | "obl:unmarked" | "nmod:unmarked"
                );
            let inside = word
                .head
                .is_some_and(|head| head < token && of_object(head));
            beside || inside
        };
        let opens = |token: usize| {
            let opening =
                (object + 1..=token).find(|&it| it == token || self.words[it].head == Some(token));
            opening.filter(|&opening| self.words[opening - 1].lemma != ",")
        };
        let is_noun = |&token: &usize| {
            let is_article = |it: usize| matches!(self.words[it].lemma.as_str(), "a" | "an");
            matches!(self.words[token].xpos, "NN" | "NNS")
                && !self.has(token, "case")
                && opens(token).is_some_and(|it| it < token && is_article(it))
        };
        let is_adjective = |&token: &usize| {
            let word = &self.words[token];
            word.xpos == "JJ"
                && matches!(word.deprel, "amod" | "xcomp" | "acl")
                && opens(token).is_some()
        };
        let behind = || (object + 1..self.tokens.end).filter(follows);
        let called = behind()
            .find(is_noun)
            .or_else(|| behind().find(is_adjective))?;
        Some((object, called))
    }

    /// What the object of the token is to somebody, behind `as`, if it was hung on a clause within the object that takes none.
    pub(super) fn judges(&self, verb: usize) -> Option<usize> {
        let takes_as = |token: usize| lists(WITH_AS, &self.words[token].lemma);
        let behind_as = |&token: &usize| self.has_lemma(token, ["case", "mark"], "as");
        let phrases = |verb: usize| self.dependents_by(verb, ["obl", "advcl"]).filter(behind_as);
        let object =
            (self.dependents(verb, "obj")).find(|&object| object > verb && takes_as(verb))?;
        if phrases(verb).next().is_some() {
            return None;
        }
        let mut clauses = self
            .dependents(object, "acl")
            .filter(|&clause| !takes_as(clause));
        clauses.find_map(|clause| {
            phrases(clause).find(|&phrase| phrase > clause && !self.has(phrase, "nsubj"))
        })
    }

    /// The verb in -ing right before the token, an infinitive, that it completes if it was hung on the verb above.
    pub(super) fn completes(&self, token: usize) -> Option<usize> {
        let word = &self.words[token];
        let verb = token
            .checked_sub(2)
            .filter(|&verb| verb >= self.tokens.start)?;
        let above = &self.words[verb];
        let apart = matches!(word.deprel, "advcl" | "xcomp")
            && word.head == above.head
            && word.head != Some(verb);
        let infinitive = word.xpos == "VB" && self.words[token - 1].lemma == "to";
        let takes = above.xpos == "VBG" && lists(WITH_INFINITIVE, &above.lemma);
        (apart && infinitive && takes).then_some(verb)
    }

    /// Whether the token is a phrase without a preposition, of a verb with a particle and no object.
    pub(super) fn is_object_behind_particle(&self, token: usize) -> bool {
        let word = &self.words[token];
        word.deprel == "obl"
            && !self.has(token, "case")
            && word.head.is_some_and(|verb| {
                verb < token && self.has(verb, "compound:prt") && !self.has(verb, "obj")
            })
    }
}
