//! Did it happen, does it, will it, or not?
//!
//! Read off the tree: tense and auxiliaries, the verbs that govern the evoking word (`plans to`, `cancelled`), its adjectives (`upcoming`).

use std::cmp::Ordering;

use super::Origin;
use super::syntax::Syntax;
use crate::language::Upos;
use crate::text::Date;

/// How the text presents an event. The names are those of the ontology's `ch:modality`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Modality {
    /// A noun that nothing dates: what it means is the class's affair (a visit took place, a project is under way).
    Unstated,
    Past,
    Present,
    /// It was begun; whether it is over depends on the class.
    Begun,
    /// It was brought to its end.
    Finished,
    Future,
    Proposed,
    Suspended,
    Cancelled,
    Negated,
    /// Only under a condition that does not hold (`would go if he were asked`): nothing is stated.
    Supposed,
}

impl Modality {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Unstated => "unstated",
            Self::Past => "past",
            Self::Present => "present",
            Self::Begun => "begun",
            Self::Finished => "finished",
            Self::Future => "future",
            Self::Proposed => "proposed",
            Self::Suspended => "suspended",
            Self::Cancelled => "cancelled",
            Self::Negated => "negated",
            Self::Supposed => "supposed",
        }
    }

    /// Says of a slot that it was filled by this.
    pub(super) fn origin(self) -> Origin {
        Origin::Modality {
            modality: self.as_str().to_owned(),
        }
    }
}

/// How many governing words are asked.
const DEPTH: usize = 5;

/// Word classes of governing verbs and of modifiers, with what they say.
const CLASSES: [(&str, Modality); 5] = [
    ("cancelling", Modality::Cancelled),
    ("suspending", Modality::Suspended),
    ("proposing", Modality::Proposed),
    ("planning", Modality::Future),
    ("under-way", Modality::Present),
];

impl Syntax<'_> {
    /// The modality of what `predicate` evokes.
    pub(super) fn modality(self, predicate: usize) -> Modality {
        self.modality_within(predicate, DEPTH)
    }

    /// Whether the verb that governs `predicate` says that its subject means to do it (`seeks to overthrow`, `wants to dictate`).
    pub(super) fn is_intended(self, predicate: usize) -> bool {
        let word = &self.analysis.words[predicate];
        let governor = word.head.filter(|_| word.relation() == "xcomp");
        governor.is_some_and(|governor| {
            self.words
                .has("intending", &self.analysis.words[governor].lemma)
                && self.auxiliary(governor) != Some(Modality::Proposed)
                && !self.negated(governor)
        })
    }

    /// Whether the clause of `predicate` is what someone denies, or denies a report of (`denied a report that he had gone`).
    pub(super) fn is_denied(self, predicate: usize) -> bool {
        let words = &self.analysis.words;
        let denies = |token: usize| self.in_class("disclaiming", token) && !self.negated(token);
        // `a stop in Oslo was denied`; who dismisses a visit as a provocation does not say that there was none.
        let word = &words[predicate];
        let named = matches!(word.upos, Upos::Noun | Upos::Propn);
        let told = (word.head).filter(|&verb| {
            named
                && (word.relation() == "obj" || word.relation() == "nsubj" && self.passive(verb))
                && !(self.analysis.dependents(verb, "obl"))
                    .any(|phrase| self.preposition(phrase).as_deref() == Some("as"))
        });
        if told.is_some_and(denies) {
            return true;
        }
        let clause = std::iter::once(predicate)
            .chain(self.analysis.ancestors(predicate))
            .take(DEPTH)
            .find(|&token| matches!(words[token].relation(), "ccomp" | "acl"))
            .filter(|&clause| words[clause].deprel != "acl:relcl");
        let Some(head) = clause.and_then(|clause| words[clause].head) else {
            return false;
        };
        let reported = words[head].relation() == "obj";
        denies(head) || reported && words[head].head.is_some_and(denies)
    }

    /// Whether `predicate` stands in a clause that only supposes something (`if they attack`, `whether they attacked`).
    pub(super) fn is_supposed(self, predicate: usize) -> bool {
        std::iter::once(predicate)
            .chain(self.analysis.ancestors(predicate))
            .take(DEPTH)
            .any(|token| {
                self.analysis.dependents(token, "mark").any(|mark| {
                    self.words
                        .has("supposing", &self.analysis.words[mark].lemma)
                })
            })
    }

    /// Whether the sentence goes on to say that the journey of which `predicate` tells was called off: `had been due in Oslo, but put the
    /// trip off`.
    pub(super) fn is_given_up(self, predicate: usize) -> bool {
        let words = &self.analysis.words;
        let called_off = |verb: usize| {
            let journey = |token: usize| {
                let definite = self.analysis.children(token).iter().any(|&child| {
                    words[child].deprel == "nmod:poss"
                        || matches!(words[child].lemma.as_str(), "the" | "this" | "that")
                });
                let elsewhere = (self.analysis.dependents(token, "nmod"))
                    .any(|phrase| self.preposition(phrase).as_deref() == Some("to"));
                words[token].lemma == "it"
                    || definite && !elsewhere && self.words.has("dated-noun", &words[token].lemma)
            };
            let told = |relation: &str| self.analysis.dependents(verb, relation).any(journey);
            words[verb].upos == Upos::Verb
                && self.in_class("cancelling", verb)
                && !self.negated(verb)
                && (told("obj") || self.passive(verb) && told("nsubj"))
        };
        let beside = |token: usize| {
            (self.analysis.children(token).iter().copied()).filter(|&child| {
                matches!(
                    words[child].relation(),
                    "conj" | "advcl" | "parataxis" | "xcomp"
                )
            })
        };
        std::iter::once(predicate)
            .chain(self.analysis.ancestors(predicate).take(DEPTH))
            .any(|token| called_off(token) || beside(token).any(called_off))
    }

    /// Whether `predicate` says that its subject has just come to a place or has been there since: where nothing tells of leaving, they
    /// are still there.
    pub(super) fn is_arrival(self, predicate: usize) -> bool {
        let looks_back = (self.analysis.dependents(predicate, "aux"))
            .any(|auxiliary| self.analysis.words[auxiliary].xpos == "VBD");
        self.in_class("arriving", predicate) && !looks_back
    }

    fn modality_within(self, token: usize, depth: usize) -> Modality {
        let word = &self.analysis.words[token];
        if self.partly(token) {
            return Modality::Begun;
        }
        // A copula's auxiliaries and negation hang on the predicate nominal.
        let clause = if word.deprel == "cop" {
            word.head.unwrap_or(token)
        } else {
            token
        };
        if self.negated(clause) || self.awaited(clause) {
            return Modality::Negated;
        }
        // `cancelled a trip planned for June`: what was called off was planned before.
        if let Some(modality) = self.called_off(clause).or_else(|| self.classified(clause)) {
            return modality;
        }
        let verbal = matches!(word.upos, Upos::Verb | Upos::Aux);
        let predicative = self.analysis.dependents(clause, "cop").next().is_some();
        if (verbal || predicative)
            && let Some(modality) = self.auxiliary(clause)
        {
            // `decided that a bank should be founded`: it is more than proposed.
            let governor = word.head.filter(|_| word.relation() == "ccomp");
            let settled = governor.is_some_and(|governor| self.in_class("planning", governor));
            return match modality {
                Modality::Proposed if settled => Modality::Future,
                other => other,
            };
        }
        let infinitive = self
            .analysis
            .dependents(clause, "mark")
            .any(|mark| self.analysis.words[mark].xpos == "TO");
        match word.xpos {
            // `was due to have visited`, `is reported to have visited`
            "VBN" if infinitive && self.has_auxiliary(clause, "have") => {
                return self.perfect_infinitive(clause);
            }
            // `a bridge built by`, `being built by`, `to be built by`
            "VBN" if matches!(word.deprel, "acl" | "amod") || self.trailed(token).is_some() => {
                return self.participle(token);
            }
            "VBD" => return Modality::Past,
            "VBZ" | "VBP" => return Modality::Present,
            _ => {}
        }
        match self.analysis.words[clause].head.filter(|_| depth > 0) {
            Some(governor) if self.depends_on(clause) => self.governed(clause, governor, depth),
            _ if verbal => Modality::Past,
            _ => Modality::Unstated,
        }
    }

    /// Whether a negated clause tells since when it is so.
    pub(super) fn looks_back(self, predicate: usize) -> bool {
        let word = &self.analysis.words[predicate];
        let clause = (word.head)
            .filter(|_| word.deprel == "cop")
            .unwrap_or(predicate);
        (self.analysis.children(clause).iter()).any(|&child| {
            self.analysis.children(child).iter().any(|&mark| {
                let mark = &self.analysis.words[mark];
                matches!(mark.relation(), "case" | "mark") && mark.lemma == "since"
            })
        })
    }

    fn has_auxiliary(self, clause: usize, lemma: &str) -> bool {
        (self.analysis.dependents(clause, "aux"))
            .any(|auxiliary| self.analysis.words[auxiliary].lemma == lemma)
    }

    /// `has yet to begin`: the infinitive behind `yet` is still to come.
    fn awaited(self, clause: usize) -> bool {
        let words = &self.analysis.words;
        let mut marks = self.analysis.dependents(clause, "mark");
        marks.any(|mark| {
            words[mark].xpos == "TO"
                && (mark.checked_sub(1)).is_some_and(|before| words[before].lemma == "yet")
        })
    }

    /// `was due to have come` did not come about; `is said to have come` did.
    fn perfect_infinitive(self, clause: usize) -> Modality {
        let planned = self.analysis.words[clause].head.is_some_and(|governor| {
            self.in_class("planning", governor) || self.analysis.words[governor].lemma == "be"
        });
        if planned {
            Modality::Cancelled
        } else {
            Modality::Past
        }
    }

    /// What a participle says of the noun that it describes.
    fn participle(self, token: usize) -> Modality {
        let has = |relation: &str, form: &str| {
            self.analysis.dependents(token, relation).any(|child| {
                let word = &self.analysis.words[child];
                word.lemma == form || word.xpos == form
            })
        };
        if has("mark", "to") {
            Modality::Future
        } else if has("aux", "VBG") {
            Modality::Present
        } else if has("aux", "VB") {
            // `a suggestion that a school be founded`
            Modality::Proposed
        } else {
            Modality::Past
        }
    }

    /// What a governing word passes on: that it is planned, called off, negated; its tense.
    fn governed(self, clause: usize, governor: usize, depth: usize) -> Modality {
        let word = &self.analysis.words[governor];
        let infinitive = self
            .analysis
            .dependents(clause, "mark")
            .any(|mark| self.analysis.words[mark].lemma == "to");
        // `is to visit`, `is going to visit`
        if infinitive && (word.lemma == "be" || word.lemma == "go" && word.xpos == "VBG") {
            return Modality::Future;
        }
        let class = CLASSES
            .iter()
            .find(|(class, _)| self.in_class(class, governor));
        // `on the training of pilots and the repair of jets`: what is coordinated is told of alike.
        let nominal =
            |token: usize| matches!(self.analysis.words[token].upos, Upos::Noun | Upos::Propn);
        if self.analysis.words[clause].relation() == "conj" && nominal(clause) && nominal(governor)
        {
            return self.modality_within(governor, depth - 1);
        }
        if matches!(self.analysis.words[clause].relation(), "obl" | "nmod") {
            return self.of_adjunct(clause, governor, depth);
        }
        // `have played host`, where the tree takes the participle for an adjective.
        let perfect = word.lemma == "have"
            && (self.analysis.dependents(clause, "amod"))
                .any(|part| part + 1 == clause && self.analysis.words[part].xpos == "VBN");
        if perfect {
            return Modality::Past;
        }
        // `is ready to build`: it is only offered.
        if infinitive && self.in_class("willing", governor) {
            return Modality::Proposed;
        }
        // `undertook to build`; `undertook a visit` is no plan.
        if infinitive && self.in_class("committing", governor) {
            return Modality::Future;
        }
        // `speaking in Rome, he promised help`: what is promised is not that he speaks.
        let beside = self.analysis.words[clause].deprel == "advcl" && !infinitive;
        // `turned down an offer to build`: the infinitive says what is offered, whatever the tree hangs it on.
        if infinitive && let Some(modality) = self.of_noun_before(clause) {
            return modality;
        }
        if let Some((_, modality)) = class.filter(|_| !beside) {
            return *modality;
        }
        let modality = self.modality_within(governor, depth - 1);
        if self.in_class("beginning", governor) {
            return match modality {
                Modality::Unstated | Modality::Past => Modality::Begun,
                Modality::Negated => Modality::Future,
                Modality::Future if self.in_class("continuing", governor) => Modality::Begun,
                other => other,
            };
        }
        if self.is_brought_to("halting-noun", governor) {
            return Modality::Suspended;
        }
        if self.in_class("finishing", governor) || self.is_brought_to("closing-noun", governor) {
            return match modality {
                Modality::Past if self.partly(governor) => Modality::Begun,
                Modality::Past => Modality::Finished,
                // `is finished`; `is being finished` goes on.
                Modality::Present if self.is_done(governor) => Modality::Finished,
                Modality::Negated => Modality::Begun,
                other => other,
            };
        }
        // `remains an idea`, `lies idle`
        if self.analysis.words[clause].deprel == "nsubj"
            && self.in_class("keeping", governor)
            && let Some(modality) = self.complement_class(governor)
        {
            return modality;
        }
        // What works is there.
        if self.analysis.words[clause].deprel == "nsubj"
            && self.in_class("operating", governor)
            && matches!(modality, Modality::Past | Modality::Present)
        {
            return Modality::Finished;
        }
        // The tense of `praised the project` dates the praise.
        let nominal = !matches!(self.analysis.words[clause].upos, Upos::Verb | Upos::Aux);
        let lent = self.words.has("support-verb", &word.lemma);
        match modality {
            Modality::Past | Modality::Present if nominal && !lent => Modality::Unstated,
            _ => modality,
        }
    }

    /// What a word passes on to an adjunct of it. An adjunct (`after the visit`, `during the trip`) only shares the sentence with its verb;
    /// what is planned or called off is an object or stands behind one of a few prepositions (`agreed on`, `plans for`).
    fn of_adjunct(self, clause: usize, governor: usize, depth: usize) -> Modality {
        let nominal =
            |token: usize| matches!(self.analysis.words[token].upos, Upos::Noun | Upos::Propn);
        // `trains run on the line`: what is used is there.
        let over = (self.preposition(clause))
            .is_some_and(|preposition| self.words.has("path-preposition", &preposition));
        if over && self.in_class("operating", governor) {
            let modality = self.modality_within(governor, depth - 1);
            if matches!(modality, Modality::Past | Modality::Present) {
                return Modality::Finished;
            }
        }
        // In front of the verb it is never what the verb is about: `on his way home he stopped`.
        let about = clause > governor
            && self
                .preposition(clause)
                .is_some_and(|preposition| self.words.has("about-preposition", &preposition));
        if !about {
            return Modality::Unstated;
        }
        // `will lend a sum for the purchase`: what is to come with a noun is to come with what the noun is for.
        let shared = || {
            let word = &self.analysis.words[governor];
            let verb = (word.head)
                .filter(|_| nominal(governor) && matches!(word.relation(), "obj" | "nsubj"))?;
            Some(self.modality_within(verb, depth - 1))
                .filter(|modality| matches!(modality, Modality::Future | Modality::Proposed))
        };
        let class = CLASSES
            .iter()
            .find(|(class, _)| self.in_class(class, governor));
        class
            .map(|(_, modality)| *modality)
            .or_else(|| self.of_instrument(governor))
            .or_else(|| self.of_chain(governor, depth))
            .or_else(shared)
            .unwrap_or(Modality::Unstated)
    }

    /// What the complement of a verb says of its subject.
    fn complement_class(self, verb: usize) -> Option<Modality> {
        ["xcomp", "obj", "advmod"]
            .iter()
            .flat_map(|relation| self.analysis.dependents(verb, relation))
            .find_map(|complement| {
                let lemma = &self.analysis.words[complement].lemma;
                let class = CLASSES
                    .iter()
                    .find(|(class, _)| self.words.has(class, lemma));
                class.map(|(_, modality)| *modality)
            })
    }

    /// What the noun right before the `to` of an infinitive says of it.
    fn of_noun_before(self, clause: usize) -> Option<Modality> {
        let words = &self.analysis.words;
        let mark = (self.analysis.dependents(clause, "mark"))
            .find(|&mark| words[mark].xpos == "TO" && mark > 0)?;
        let noun = mark - 1;
        (words[noun].upos == Upos::Noun && words[clause].deprel == "advcl")
            .then(|| CLASSES.iter().find(|(class, _)| self.in_class(class, noun)))?
            .map(|(_, modality)| *modality)
    }

    /// Whether a passive in the present tense tells a state.
    fn is_done(self, verb: usize) -> bool {
        let going_on = (self.analysis.dependents(verb, "aux"))
            .any(|auxiliary| self.analysis.words[auxiliary].xpos == "VBG");
        self.analysis.words[verb].xpos == "VBN" && self.passive(verb) && !going_on
    }

    /// `was brought to a close`, `came to a standstill`: whether what a verb of moving leads to is a noun of that class.
    fn is_brought_to(self, class: &str, verb: usize) -> bool {
        self.words.has("bringing", &self.analysis.words[verb].lemma)
            && self.analysis.dependents(verb, "obl").any(|end| {
                self.preposition(end).as_deref() == Some("to")
                    && self.words.has(class, &self.analysis.words[end].lemma)
            })
    }

    /// Whether something is only so in part: `half finished`, `nearly complete`.
    fn partly(self, token: usize) -> bool {
        (token.saturating_sub(2)..token).any(|before| {
            let word = &self.analysis.words[before];
            word.head != self.analysis.words[token].head
                && self.words.has("partly-word", &word.lemma)
        })
    }

    /// What a document says that the verb is about: `memoranda were exchanged on the training`.
    fn of_instrument(self, verb: usize) -> Option<Modality> {
        ["nsubj", "obj"]
            .iter()
            .flat_map(|relation| self.analysis.dependents(verb, relation))
            .find_map(|document| {
                let lemma = &self.analysis.words[document].lemma;
                self.words
                    .has("agreement-noun", lemma)
                    .then_some(Modality::Future)
            })
    }

    /// What a verb further up says of what it asks or plans: `asked them to help with the repair`.
    fn of_chain(self, verb: usize, depth: usize) -> Option<Modality> {
        self.analysis
            .ancestors(verb)
            .take(depth)
            .zip(std::iter::once(verb).chain(self.analysis.ancestors(verb)))
            .take_while(|&(_, below)| {
                matches!(
                    self.analysis.words[below].relation(),
                    "xcomp" | "ccomp" | "obj" | "nmod" | "advcl"
                )
            })
            .find_map(|(governor, _)| {
                let lemma = &self.analysis.words[governor].lemma;
                CLASSES
                    .iter()
                    .find(|(class, _)| self.words.has(class, lemma))
                    .map(|(_, modality)| *modality)
            })
    }

    /// Whether the clause takes its time from its governor.
    fn depends_on(self, clause: usize) -> bool {
        !matches!(
            self.analysis.words[clause].deprel,
            "root" | "acl:relcl" | "parataxis"
        )
    }

    fn negated(self, clause: usize) -> bool {
        let negates = |token: usize| {
            let word = &self.analysis.words[token];
            matches!(word.relation(), "advmod" | "det" | "cc")
                && self.words.has("negating", &word.lemma)
        };
        // `no soldier crossed the border`, `neither the minister nor the president came`, `it has shown no respect`
        let party = |token: usize| {
            let word = &self.analysis.words[token];
            matches!(word.relation(), "nsubj" | "obj")
                && (self.words.has("negating", &word.lemma.to_lowercase())
                    || self
                        .analysis
                        .children(token)
                        .iter()
                        .any(|&child| negates(child)))
        };
        let mut children = self.analysis.children(clause).iter();
        children.any(|&child| negates(child) || party(child))
    }

    /// Whether the verb that has the noun as its subject or object calls it off or interrupts it.
    fn called_off(self, clause: usize) -> Option<Modality> {
        let word = &self.analysis.words[clause];
        // The tree takes many a particle for a preposition: `called off the trip`.
        let behind_particle = |verb| {
            word.relation() == "obl"
                && (self.analysis.dependents(clause, "case")).any(|case| case == verb + 1)
        };
        let governor = word
            .head
            .filter(|&verb| matches!(word.relation(), "obj" | "nsubj") || behind_particle(verb))?;
        // `had to be called off`
        let governor = (self.analysis.dependents(governor, "xcomp"))
            .find(|_| self.analysis.words[governor].lemma == "have")
            .unwrap_or(governor);
        CLASSES
            .iter()
            .filter(|(_, modality)| matches!(modality, Modality::Cancelled | Modality::Suspended))
            .find(|(class, _)| self.in_class(class, governor))
            .map(|(_, modality)| *modality)
    }

    /// Whether a word, with its particle or preposition if it has one (`call off`), belongs to a word class.
    pub(super) fn in_class(self, class: &str, token: usize) -> bool {
        let words = &self.analysis.words;
        let lemma = &words[token].lemma;
        let mut children = self.analysis.children(token).iter();
        if let Some(&particle) = children.find(|&&child| words[child].deprel == "compound:prt") {
            return self
                .words
                .has(class, &format!("{lemma} {}", words[particle].lemma));
        }
        // The tree takes many a particle for an adverb: `hit back at them`.
        let adverb = (self.analysis.dependents(token, "advmod"))
            .find(|&child| child == token + 1)
            .is_some_and(|child| {
                self.words
                    .has(class, &format!("{lemma} {}", words[child].lemma))
            });
        if adverb {
            return true;
        }
        // `struck from the programme`
        let behind = (self.analysis.dependents(token, "obl"))
            .filter_map(|phrase| self.preposition(phrase))
            .any(|preposition| self.words.has(class, &format!("{lemma} {preposition}")));
        behind || self.words.has(class, lemma)
    }

    /// What adjectives and adverbs say (`the planned visit`).
    fn classified(self, clause: usize) -> Option<Modality> {
        self.analysis.children(clause).iter().find_map(|&child| {
            let word = &self.analysis.words[child];
            if !matches!(word.relation(), "amod" | "advmod" | "acl" | "mark" | "case")
                || word.deprel == "acl:relcl"
            {
                return None;
            }
            CLASSES
                .iter()
                .find(|(class, _)| self.words.has(class, &word.lemma))
                .map(|(_, modality)| *modality)
        })
    }

    /// Whether a condition hangs on the clause.
    fn conditional(self, clause: usize) -> bool {
        (self.analysis.dependents(clause, "advcl")).any(|condition| {
            (self.analysis.dependents(condition, "mark"))
                .any(|mark| self.analysis.words[mark].lemma == "if")
        })
    }

    fn auxiliary(self, clause: usize) -> Option<Modality> {
        let auxiliaries: Vec<&crate::language::Word> = self
            .analysis
            .children(clause)
            .iter()
            .map(|&child| &self.analysis.words[child])
            .filter(|word| matches!(word.relation(), "aux" | "cop"))
            .collect();
        if let Some(modal) = auxiliaries.iter().find(|word| word.xpos == "MD") {
            let counterfactual = auxiliaries.iter().any(|word| word.lemma == "have");
            return Some(match modal.lemma.as_str() {
                _ if counterfactual => Modality::Negated,
                "would" if self.conditional(clause) => Modality::Supposed,
                "will" | "shall" | "would" | "'ll" => Modality::Future,
                "can" => Modality::Present,
                _ => Modality::Proposed,
            });
        }
        // `is to be built`, `was to supply`; `was to have been built` never was.
        let infinitive = self
            .analysis
            .dependents(clause, "mark")
            .any(|mark| self.analysis.words[mark].lemma == "to");
        if infinitive
            && let Some(be) = auxiliaries
                .iter()
                .find(|word| word.lemma == "be" && matches!(word.xpos, "VBZ" | "VBP" | "VBD"))
        {
            let perfect = auxiliaries.iter().any(|word| word.lemma == "have");
            return Some(if be.xpos == "VBD" && perfect {
                Modality::Cancelled
            } else {
                Modality::Future
            });
        }
        // `has been building` goes on; `has built` and `has been built` are done.
        let progressive = self.analysis.words[clause].xpos == "VBG";
        auxiliaries.iter().find_map(|word| match word.xpos {
            "VBD" => Some(Modality::Past),
            "VBZ" | "VBP" if word.lemma == "have" && !progressive => Some(Modality::Past),
            "VBZ" | "VBP" => Some(Modality::Present),
            _ => None,
        })
    }
}

/// A date says more than a tense: what lies after the document's date is planned, what lies before it is past.
pub(super) fn dated(modality: Modality, start: Option<Date>, document: Option<Date>) -> Modality {
    let (Some(start), Some(today)) = (start, document) else {
        return modality;
    };
    match (modality, compare(start, today)) {
        (
            Modality::Unstated | Modality::Past | Modality::Present | Modality::Finished,
            Ordering::Greater,
        ) => Modality::Future,
        _ => modality,
    }
}

/// Compares two dates by the parts that both have.
fn compare(a: Date, b: Date) -> Ordering {
    a.year
        .cmp(&b.year)
        .then_with(|| match (a.month, b.month) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => Ordering::Equal,
        })
        .then_with(|| match (a.month, b.month, a.day, b.day) {
            (Some(_), Some(_), Some(a), Some(b)) => a.cmp(&b),
            _ => Ordering::Equal,
        })
}
