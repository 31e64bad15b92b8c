//! What is an undertaking of several parties, and one in particular?

use super::matching::{Match, Matcher};
use crate::language::Upos;

impl Matcher<'_> {
    /// Whether the text says that a party does it alone and for itself: `out of its own budget`, `by themselves`. Only asked of classes
    /// that are joint.
    pub(super) fn by_itself(self, found: &Match) -> bool {
        let class = self.knowledge.vocabulary.classes.get(&found.frame.class);
        if !class.is_some_and(|class| class.joint) {
            return false;
        }
        let words = &self.syntax.analysis.words;
        let mut tokens = vec![found.predicate];
        let mut next = 0;
        while next < tokens.len() {
            let above = tokens[next];
            tokens.extend(
                self.syntax
                    .analysis
                    .children(above)
                    .iter()
                    .filter(|&&child| {
                        above == found.predicate && words[child].deprel == "acl:relcl"
                            || !matches!(
                                words[child].deprel,
                                "acl:relcl" | "conj" | "ccomp" | "advcl" | "parataxis" | "appos"
                            )
                    }),
            );
            next += 1;
        }
        tokens.into_iter().any(|token| {
            let word = &words[token];
            let alone = self.knowledge.words.has("alone-word", &word.lemma);
            let reflexive = self
                .knowledge
                .words
                .has("reflexive", &self.document.tokens[token].form);
            let of_verb = || word.head.is_some_and(|head| words[head].upos == Upos::Verb);
            alone || reflexive && of_verb()
        })
    }

    /// Whether the noun `token` means a certain thing and no party: not `no bridge`, `such a road`, the `Bank` of a bank's name, nor the
    /// plain `power stations` of a clause that only gives a reason or says what another undertaking is made of.
    pub(super) fn is_particular(self, token: usize, predicate: usize) -> bool {
        let analysis = self.syntax.analysis;
        let words = &analysis.words;
        let unspecific = analysis.children(token).iter().any(|&child| {
            child < token
                && self
                    .knowledge
                    .words
                    .has("unspecific-determiner", &words[child].lemma)
        });
        let is_noun = matches!(
            words[token].upos,
            Upos::Noun | Upos::Propn | Upos::Sym | Upos::Num | Upos::Verb
        );
        if unspecific || !is_noun || self.is_known_party(token) {
            return false;
        }
        let plain = words[token].xpos == "NNS"
            && analysis
                .children(token)
                .iter()
                .all(|&child| matches!(words[child].relation(), "compound" | "punct" | "case"));
        // `two of the five berths` is a part of something, and told of with it.
        let part = words[token].upos == Upos::Num && self.syntax.measured(token).is_some();
        let aside = words[predicate].deprel == "advcl" || self.is_noun(predicate);
        let generic = plain && aside && self.belongs(token, "works-noun");
        !(generic || part || self.is_within(predicate))
    }

    /// Whether `predicate` stands in a clause about what a larger work is made of: `the corridor, under which dams were built`.
    fn is_within(self, predicate: usize) -> bool {
        let words = &self.syntax.analysis.words;
        let sentence = &self.document.sentences[self.document.sentence_of(predicate)].tokens;
        let pronoun = (sentence.start..predicate)
            .rev()
            .find(|&token| words[token].xpos == "WDT")
            .filter(|&pronoun| pronoun > sentence.start + 1);
        let Some(preposition) = pronoun.map(|pronoun| pronoun - 1) else {
            return false;
        };
        if !self
            .knowledge
            .words
            .has("framework-preposition", &words[preposition].lemma)
        {
            return false;
        }
        let whole = |token: usize| {
            let lemma = &words[token].lemma;
            self.knowledge.words.has("facility-noun", lemma)
                && !self.knowledge.words.has("undertaking-noun", lemma)
        };
        let Some(last) = (sentence.start..preposition)
            .rev()
            .find(|&token| matches!(words[token].upos, Upos::Noun | Upos::Propn))
        else {
            return false;
        };
        std::iter::once(last)
            .chain(self.syntax.analysis.ancestors(last))
            .take_while(|&noun| noun <= last)
            .any(whole)
    }

    /// What a label stands for: the thing that a noun in apposition or a predicate noun explains, unless that is a party.
    pub(super) fn explained(self, token: usize) -> usize {
        let explained = self.syntax.explained(token);
        if self.is_known_party(explained) {
            token
        } else {
            explained
        }
    }

    /// Whether `token` refers to a party of the gazetteer.
    fn is_known_party(self, token: usize) -> bool {
        let mut referents = self.entities.at(token).iter();
        referents.any(|&id| self.entities.get(id).gazetteer.is_some())
    }

    /// Whether `token` is spoken of (and not only the place where something happens) in a sentence with parties of two countries.
    pub(super) fn is_among_parties(self, token: usize) -> bool {
        let words = &self.syntax.analysis.words;
        let mut noun = token;
        while words[noun].relation() == "conj" || words[noun].relation() == "appos" {
            match words[noun].head {
                Some(head) => noun = head,
                None => break,
            }
        }
        let spoken_of = match words[noun].relation() {
            "nsubj" | "obj" | "root" => true,
            "obl" | "nmod" => self.syntax.preposition(noun).is_some_and(|preposition| {
                self.knowledge.words.has("about-preposition", &preposition) && preposition != "to"
            }),
            _ => false,
        };
        let owned = self
            .syntax
            .analysis
            .dependents(token, "nmod:poss")
            .any(|owner| words[owner].upos == Upos::Pron);
        let passing = words[noun]
            .head
            .is_some_and(|head| self.knowledge.words.has("passing-verb", &words[head].lemma));
        if !spoken_of || owned || passing {
            return false;
        }
        self.has_two_countries(token)
    }

    /// Whether the sentence of `token` speaks of two countries, by name or by who belongs to them.
    pub(super) fn has_two_countries(self, token: usize) -> bool {
        let sentence = &self.document.sentences[self.document.sentence_of(token)].tokens;
        let mut countries: Vec<&str> = Vec::new();
        for token in sentence.clone() {
            for &id in self.entities.at(token) {
                let entity = self.entities.get(id);
                if let Some(country) = entity.country.as_deref()
                    && !countries.contains(&country)
                {
                    countries.push(country);
                }
            }
        }
        countries.len() > 1
    }

    /// Whether the sentence of `token` asks about the certain thing that it names: `What about the dry dock?`
    pub(super) fn is_asked_about(self, token: usize) -> bool {
        let words = &self.syntax.analysis.words;
        let sentence = &self.document.sentences[self.document.sentence_of(token)].tokens;
        let asks = self.document.tokens[sentence.clone()]
            .iter()
            .rev()
            .take(2)
            .any(|token| token.form == "?");
        asks && self
            .syntax
            .analysis
            .dependents(token, "det")
            .any(|det| words[det].lemma == "the")
    }
}
