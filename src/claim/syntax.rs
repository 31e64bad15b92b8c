//! Grammatical functions in the active voice: who does what to whom, whatever shape the sentence gives it.
//!
//! The tree says `nsubj:pass`, a relative clause, a participle, an infinitive, a shared subject; a frame asks for `nsubj`,
//! `obj`, `obl(to)`. [`Syntax::functions`] translates, after the rules by which Universal Dependencies derive enhanced
//! dependencies (<https://universaldependencies.org/u/overview/enhanced-syntax.html>): shared arguments of coordination, control and
//! raising, relative clauses; and three of its own: passives turned active, light verbs that lend their arguments
//! to their noun, and copulas.
//!
//! The functions: `nsubj`, `obj`, `iobj`; `obl(p)`, a phrase behind the preposition `p`, whether it hangs on a verb or on a noun
//! (parsers confuse the two); `nmod:poss`, `amod`, `compound`; `relcl`, a relative clause; what is done to whom by a noun of doing
//! (`the murder of …`) is its `obj`; `ccomp`, `xcomp`, `comp(p)` (a clause behind the preposition or conjunction `p`), `advmod`; of a verb
//! `cop` and `aux:pass`, by which it is told as what is to be done (`is to blame`) or as passive.

use std::collections::BTreeSet;

use crate::knowledge::Words;
use crate::language::{Analysis, Upos};
use crate::text::Document;

/// Trees with the word classes that the rules ask for.
#[derive(Clone, Copy)]
pub(super) struct Syntax<'a> {
    pub(super) document: &'a Document,
    pub(super) analysis: &'a Analysis,
    pub(super) words: &'a Words,
}

/// What fills a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Filler {
    /// `nsubj`, `obl(to)` …
    pub(super) function: String,
    /// Head token of the phrase.
    pub(super) token: usize,
    /// Whether it was taken over from a governing word, which is less sure.
    pub(super) inherited: bool,
}

impl Filler {
    fn own(function: impl Into<String>, token: usize) -> Self {
        Self {
            function: function.into(),
            token,
            inherited: false,
        }
    }
}

/// How many governors a subject may be inherited through; longer chains are loops of a wrong tree.
const DEPTH: usize = 6;

impl Syntax<'_> {
    /// The functions of `predicate`, its own before inherited ones.
    pub(super) fn functions(self, predicate: usize) -> Vec<Filler> {
        let mut fillers = match self.analysis.words[predicate].upos {
            Upos::Verb | Upos::Aux => self.of_verb(predicate),
            // `is due in Oslo`: where the tree takes the adjective for part of the preposition.
            Upos::Adj if self.analysis.words[predicate].relation() == "case" => {
                self.of_copula(predicate)
            }
            _ => self.of_nominal(predicate),
        };
        let mut seen = BTreeSet::new();
        fillers.retain(|filler| {
            filler.token != predicate && seen.insert((filler.function.clone(), filler.token))
        });
        fillers
    }

    /// `token`, its conjuncts and its examples (`regions including Amur`): the parties that share its function.
    pub(super) fn conjuncts(self, token: usize) -> Vec<usize> {
        let mut tokens = vec![token];
        let mut next = 0;
        while next < tokens.len() {
            let examples = self
                .analysis
                .dependents(tokens[next], "nmod")
                .filter(|&example| {
                    self.preposition(example)
                        .is_some_and(|preposition| self.words.has("exemplifying", &preposition))
                });
            // What is coordinated with a name may hang on its last part.
            let parts = (self.analysis.dependents(tokens[next], "flat"))
                .flat_map(|part| {
                    std::iter::once(part).chain(self.analysis.dependents(part, "flat"))
                })
                .flat_map(|part| self.analysis.dependents(part, "conj"));
            let found: Vec<usize> = (self.analysis.dependents(tokens[next], "conj"))
                .chain(examples)
                .chain(parts)
                .filter(|token| !tokens.contains(token))
                .collect();
            tokens.extend(found);
            next += 1;
        }
        tokens.sort_unstable();
        tokens
    }

    /// Whether `token` belongs to a word class by its lemma, together with the word before it (`double standard`), or, being light,
    /// by the noun behind its `of` or its adjective (`an act of piracy`, `an illegal act`).
    pub(super) fn is_of(self, class: &str, token: usize) -> bool {
        let lemma = |token: usize| self.analysis.words[token].lemma.as_str();
        let qualified = |token: usize| {
            let mut amods = self.analysis.dependents(token, "amod");
            amods.any(|amod| self.words.has(class, lemma(amod)))
        };
        let named = |token: usize| {
            self.words.has(class, lemma(token))
                || token
                    .checked_sub(1)
                    .map(|before| &self.analysis.words[before])
                    .filter(|before| matches!(before.relation(), "amod" | "compound"))
                    .is_some_and(|before| {
                        (self.words).has(class, &format!("{} {}", before.lemma, lemma(token)))
                    })
        };
        // `a textbook case of arrogance and of double standards`: one of them will do.
        let told = || {
            (self.analysis.dependents(token, "nmod"))
                .filter(|&told| self.preposition(told).as_deref() == Some("of"))
                .flat_map(|told| self.conjuncts(told))
                .any(|told| named(told) || qualified(told))
        };
        named(token) || self.words.has("light-noun", lemma(token)) && (told() || qualified(token))
    }

    /// The noun right before a relative pronoun.
    pub(super) fn relative_noun(self, token: usize) -> Option<usize> {
        let words = &self.analysis.words;
        if !matches!(words[token].xpos, "WDT" | "WP") {
            return None;
        }
        let noun = (token.saturating_sub(4)..token)
            .rev()
            .find(|&before| !matches!(words[before].upos, Upos::Punct | Upos::Adp))?;
        matches!(words[noun].upos, Upos::Noun | Upos::Propn).then_some(noun)
    }

    /// Whether the tree takes the name of a place behind `to` for a verb (`has been to Beirut`): it has a capital letter.
    fn name_behind_to(self, token: usize) -> bool {
        let word = &self.analysis.words[token];
        word.xpos == "VB"
            && (self.document.tokens[token].form).starts_with(char::is_uppercase)
            && (self.analysis.dependents(token, "mark"))
                .any(|mark| self.analysis.words[mark].xpos == "TO")
    }

    /// The preposition of a phrase in lower case, words of a fixed expression joined by spaces.
    pub(super) fn preposition(self, token: usize) -> Option<String> {
        let case = self
            .analysis
            .dependents(token, "case")
            .filter(|&case| self.analysis.words[case].xpos != "POS")
            .last();
        let Some(case) = case else {
            return self.name_behind_to(token).then(|| "to".to_owned());
        };
        let fixed = self.analysis.dependents(case, "fixed");
        Some(
            std::iter::once(case)
                .chain(fixed)
                .map(|token| self.analysis.words[token].lemma.to_lowercase())
                .collect::<Vec<_>>()
                .join(" "),
        )
    }

    /// Whether a verb form is passive.
    pub(super) fn passive(self, verb: usize) -> bool {
        let word = &self.analysis.words[verb];
        let has = |deprel: &str, lemma: &str| {
            self.analysis.children(verb).iter().any(|&child| {
                let child = &self.analysis.words[child];
                child.deprel == deprel && (lemma.is_empty() || child.lemma == lemma)
            })
        };
        // `was to have flown` has no auxiliary of the passive.
        has("aux:pass", "")
            || has("nsubj:pass", "") && !has("aux", "have")
            || word.xpos == "VBN"
                && self.analysis.dependents(verb, "aux").next().is_none()
                && matches!(word.relation(), "acl" | "advcl" | "amod")
            // `the minister, accompanied by an aide, left`: a past tense cannot hang on a noun without a pronoun.
            || word.xpos == "VBD" && word.deprel == "acl"
            || self.trailed(verb).is_some()
            || self.joined_to_passive(verb)
    }

    /// `was armed and sent`: a bare participle joined to a passive is one.
    fn joined_to_passive(self, verb: usize) -> bool {
        let word = &self.analysis.words[verb];
        let bare = ["aux", "nsubj", "obj"];
        let mut owned = bare
            .iter()
            .flat_map(|it| self.analysis.dependents(verb, it));
        word.xpos == "VBN"
            && word.relation() == "conj"
            && owned.next().is_none()
            && word.head.is_some_and(|first| self.passive(first))
    }

    /// By whom is done what the passive `verb` says, where the last of the verbs joined to it says so: `was armed, paid and sent by them`.
    fn shared_agent(self, verb: usize) -> Option<usize> {
        let words = &self.analysis.words;
        let mut joined: Vec<usize> = self.analysis.dependents(verb, "conj").collect();
        while let Some(next) = joined.pop() {
            if !self.joined_to_passive(next) {
                continue;
            }
            let mut phrases = self.analysis.dependents(next, "obl");
            let agent = phrases.find(|&noun| {
                words[noun].deprel == "obl:agent" || self.preposition(noun).as_deref() == Some("by")
            });
            if agent.is_some() {
                return agent;
            }
            joined.extend(self.analysis.dependents(next, "conj"));
        }
        None
    }

    /// The noun before the comma before a bare participle, which the participle is said of whatever the tree hangs it on: `was shown the
    /// dock, built with Danish loans`.
    pub(super) fn trailed(self, verb: usize) -> Option<usize> {
        let words = &self.analysis.words;
        let bare = ["aux", "nsubj", "cc", "obj"]
            .iter()
            .all(|relation| self.analysis.dependents(verb, relation).next().is_none());
        let noun = verb.checked_sub(2)?;
        let trails = words[verb].xpos == "VBN"
            && bare
            && words[verb - 1].lemma == ","
            && matches!(words[noun].upos, Upos::Noun | Upos::Propn)
            && matches!(words[verb].relation(), "conj" | "advcl" | "parataxis");
        trails.then_some(noun)
    }

    /// What [`Self::trailed`] may mean: the noun, those whose phrase it ends, the object before it.
    fn trailed_subjects(self, verb: usize) -> Vec<usize> {
        let Some(noun) = self.trailed(verb) else {
            return Vec::new();
        };
        let words = &self.analysis.words;
        let last = std::iter::once(noun)
            .chain(self.above(noun))
            .last()
            .unwrap_or(noun);
        let object = words[last].head.and_then(|head| {
            self.analysis
                .dependents(head, "obj")
                .find(|&object| object < noun)
        });
        let mut subjects = vec![noun];
        subjects.extend(self.above(noun));
        subjects.extend(object);
        subjects
    }

    fn of_verb(self, verb: usize) -> Vec<Filler> {
        if self.analysis.words[verb].deprel == "cop" {
            return self.of_copula(verb);
        }
        let passive = self.passive(verb);
        // Beside the auxiliary of a passive any subject is one of it.
        let has_auxiliary = self.analysis.dependents(verb, "aux:pass").next().is_some();
        let mut fillers = Vec::new();
        for &child in self.analysis.children(verb) {
            let word = &self.analysis.words[child];
            if self.name_behind_to(child) {
                fillers.push(Filler::own("obl(to)", child));
            }
            // Names behind a preposition are taken for clauses now and then: `came to Luanda`.
            if word.upos == Upos::Propn
                && matches!(
                    word.relation(),
                    "xcomp" | "ccomp" | "advcl" | "advmod" | "conj"
                )
                && let Some(preposition) = self.preposition(child)
            {
                fillers.push(Filler::own(format!("obl({preposition})"), child));
            }
            fillers.extend(self.regained(child));
            let function = match word.deprel {
                "obl:agent" => "nsubj".to_owned(),
                "nsubj:pass" if passive => "obj".to_owned(),
                "nsubj" if passive && has_auxiliary => "obj".to_owned(),
                "cop" | "aux:pass" => word.deprel.to_owned(),
                _ => match word.relation() {
                    "nsubj" | "obj" | "iobj" | "ccomp" | "xcomp" | "advmod" => {
                        word.relation().to_owned()
                    }
                    "obl" | "nmod" => match self.preposition(child) {
                        Some(by) if passive && by == "by" => "nsubj".to_owned(),
                        Some(preposition) => format!("obl({preposition})"),
                        None => "obl()".to_owned(),
                    },
                    "advcl" | "acl" => self.clause(child),
                    _ => continue,
                },
            };
            if word.relation() == "advmod" {
                fillers.extend(self.behind_adverb(child));
            }
            fillers.extend(self.behind_particle(verb, child));
            if let Some(pronoun) = self.called(verb, child) {
                fillers.push(Filler::own("obj", pronoun));
                fillers.push(Filler::own("xcomp", child));
                continue;
            }
            fillers.push(Filler::own(function, child));
        }
        fillers.extend(self.name_behind_relative(verb));
        self.relative(verb, &mut fillers);
        // `Travelling with her are the ministers`: who is said to do it stands behind the copula.
        let said_of = (self.analysis.words[verb].head).filter(|&head| {
            self.analysis.words[verb].relation() == "csubj" && self.has_copula(head)
        });
        fillers.extend(said_of.map(|head| Filler::own("nsubj", head)));
        if !fillers
            .iter()
            .any(|filler| filler.function == if passive { "obj" } else { "nsubj" })
        {
            let trailed = self
                .trailed_subjects(verb)
                .into_iter()
                .map(|token| (token, true));
            for (token, inherited) in trailed.chain(self.inherited_subject(verb, DEPTH)) {
                fillers.push(Filler {
                    function: if passive { "obj" } else { "nsubj" }.to_owned(),
                    token,
                    inherited,
                });
            }
        }
        fillers.extend(self.stray_subjects(verb, &fillers));
        self.nested(&mut fillers);
        if passive {
            // `was accompanied on the visit by an aide`
            let agents: Vec<Filler> = (fillers.iter())
                .filter(|filler| filler.function == "obl(by)")
                .map(|filler| Filler {
                    function: "nsubj".to_owned(),
                    ..filler.clone()
                })
                .collect();
            fillers.extend(agents);
            if !fillers.iter().any(|filler| filler.function == "nsubj") {
                fillers.extend(self.shared_agent(verb).map(|agent| Filler {
                    inherited: true,
                    ..Filler::own("nsubj", agent)
                }));
            }
        }
        // Other conjoined verbs share what follows the last of them only rarely, what follows the first never: nothing is taken over.
        fillers
    }

    /// `called this groundless`, `called that a lie`: a pronoun right behind the verb that the tree takes for a word of the phrase behind it
    /// is the object, and the phrase what it is called. A determiner is followed by its noun, never by an article or an adjective alone.
    fn called(self, verb: usize, object: usize) -> Option<usize> {
        let words = &self.analysis.words;
        let pronoun = verb + 1;
        let points = matches!(
            words.get(pronoun)?.lemma.as_str(),
            "this" | "that" | "these" | "those"
        );
        let phrase = words[object].relation() == "obj" && words[pronoun].head == Some(object);
        let article = words.get(pronoun + 1).is_some_and(|next| {
            next.head == Some(object) && matches!(next.lemma.as_str(), "a" | "an" | "the")
        });
        (points && phrase && (article || words[object].upos == Upos::Adj)).then_some(pronoun)
    }

    /// `a charge which Wang denied`: a name between a relative pronoun that the tree takes for the subject and the verb is the subject, whatever
    /// the tree takes it for.
    fn name_behind_relative(self, verb: usize) -> Option<Filler> {
        let words = &self.analysis.words;
        let pronoun = (self.analysis.dependents(verb, "nsubj"))
            .find(|&subject| matches!(words[subject].xpos, "WDT" | "WP"))?;
        let name = pronoun + 1;
        let before =
            (name + 1..verb).all(|between| matches!(words[between].upos, Upos::Adv | Upos::Aux));
        let is_name = name < verb
            && (self.document.tokens[name].form).starts_with(char::is_uppercase)
            && matches!(words[name].upos, Upos::Noun | Upos::Propn | Upos::Verb);
        let has_object = self.analysis.dependents(verb, "obj").next().is_some();
        (is_name && before && !has_object && !self.passive(verb))
            .then(|| Filler::own("nsubj", name))
    }

    /// `to Chad on 3 May and to Mali on 5 May`: what the tree coordinates with the time before it belongs to the verb, as the phrase with
    /// its preposition does.
    fn regained(self, phrase: usize) -> Vec<Filler> {
        let parts = self.analysis.children(phrase).iter().copied();
        (std::iter::once(phrase).chain(parts))
            .flat_map(|part| {
                self.analysis
                    .dependents(part, "conj")
                    .map(move |conjunct| (part, conjunct))
            })
            .filter_map(|(part, conjunct)| {
                let preposition = self.preposition(conjunct)?;
                let strange = self.preposition(part).as_ref() != Some(&preposition);
                strange.then(|| Filler::own(format!("obl({preposition})"), conjunct))
            })
            .collect()
    }

    /// `handed over a clinic`: what stands behind a particle that the tree takes for a preposition is the object.
    fn behind_particle(self, verb: usize, phrase: usize) -> Option<Filler> {
        let case = self.analysis.dependents(phrase, "case").next()?;
        let particle = matches!(
            self.analysis.words[case].lemma.as_str(),
            "over" | "up" | "out" | "off"
        ) && case == verb + 1
            && self.analysis.words[phrase].relation() == "obl"
            && self.analysis.dependents(verb, "obj").next().is_none();
        particle.then(|| Filler {
            function: "obj".to_owned(),
            token: phrase,
            inherited: true,
        })
    }

    /// `home from Oslo`, `back in Oslo`: the phrase behind an adverb of place belongs to the verb.
    fn behind_adverb(self, adverb: usize) -> Vec<Filler> {
        let phrases = self.analysis.children(adverb).iter().copied();
        phrases
            .filter(|&phrase| matches!(self.analysis.words[phrase].relation(), "obl" | "nmod"))
            .filter_map(|phrase| {
                let preposition = self.preposition(phrase)?;
                Some(Filler::own(format!("obl({preposition})"), phrase))
            })
            .collect()
    }

    /// Where a finite verb has no subject, what stands before it and was taken for something else is a candidate, the nearest first: a
    /// name behind a date (`On December 14 President …`) or at the end of a chain of titles.
    fn stray_subjects(self, verb: usize, fillers: &[Filler]) -> Vec<Filler> {
        let words = &self.analysis.words;
        let finite = matches!(words[verb].xpos, "VBD" | "VBZ" | "VBP")
            || self.analysis.dependents(verb, "aux").next().is_some();
        if !finite || fillers.iter().any(|filler| filler.function == "nsubj") {
            return Vec::new();
        }
        let mut candidates: Vec<usize> = self
            .analysis
            .children(verb)
            .iter()
            .filter(|&&child| {
                child < verb
                    && matches!(
                        words[child].relation(),
                        "obl" | "nmod" | "obj" | "dislocated" | "appos" | "vocative"
                    )
            })
            .flat_map(|&child| self.analysis.subtree(child))
            .filter(|&token| {
                token < verb
                    && matches!(
                        words[token].relation(),
                        "obl" | "obj" | "appos" | "dislocated" | "vocative"
                    )
            })
            .collect();
        candidates.sort_unstable_by_key(|&token| std::cmp::Reverse(token));
        candidates
            .into_iter()
            .map(|token| Filler {
                function: "nsubj".to_owned(),
                token,
                inherited: true,
            })
            .collect()
    }

    /// `was in Cairo`: the tree's head is the place, the copula speaks for the whole.
    fn of_copula(self, copula: usize) -> Vec<Filler> {
        let Some(head) = self.analysis.words[copula].head else {
            return Vec::new();
        };
        let mut fillers = self.of_nominal(head);
        let function = match self.preposition(head) {
            Some(preposition) => format!("obl({preposition})"),
            None if self.analysis.words[head].upos == Upos::Adv => "advmod".to_owned(),
            None => "xcomp".to_owned(),
        };
        // `was in Oslo in May, in Rome in June`: the first of the places is the head, the others hang on it.
        fillers.insert(0, Filler::own(function, head));
        fillers
    }

    fn of_nominal(self, noun: usize) -> Vec<Filler> {
        let mut fillers = Vec::new();
        for &child in self.analysis.children(noun) {
            let word = &self.analysis.words[child];
            let function = match word.deprel {
                "nmod:poss" => "nmod:poss".to_owned(),
                "acl:relcl" => {
                    // `a visit to Chad, from where he will go on to Mali`: that clause tells another journey.
                    let elsewhere = (self.analysis.children(child).iter()).any(|&adverb| {
                        matches!(self.analysis.words[adverb].lemma.as_str(), "where" | "when")
                    });
                    let light = self
                        .words
                        .has("support-verb", &self.analysis.words[child].lemma);
                    if light && !elsewhere {
                        self.lent(child, noun, &mut fillers);
                    }
                    "relcl".to_owned()
                }
                "advmod" => {
                    fillers.extend(self.behind_adverb(child));
                    "advmod".to_owned()
                }
                _ => match word.relation() {
                    "nsubj" | "amod" | "appos" | "compound" | "xcomp" | "ccomp" | "advmod" => {
                        word.relation().to_owned()
                    }
                    "nmod" | "obl" => match self.preposition(child) {
                        Some(of)
                            if of == "of"
                                && self
                                    .words
                                    .has("patient-noun", &self.analysis.words[noun].lemma) =>
                        {
                            "obj".to_owned()
                        }
                        Some(preposition) => format!("obl({preposition})"),
                        None => "compound".to_owned(),
                    },
                    "acl" | "advcl" => self.clause(child),
                    _ => continue,
                },
            };
            fillers.push(Filler::own(function, child));
        }
        fillers.extend(self.genitive(noun));
        fillers.extend(self.adjoining(noun));
        self.nested(&mut fillers);
        if self.has_copula(noun) {
            self.relative(noun, &mut fillers);
            if !fillers.iter().any(|filler| filler.function == "nsubj") {
                fillers.extend(self.inherited_subject(noun, DEPTH).into_iter().map(
                    |(token, inherited)| Filler {
                        function: "nsubj".to_owned(),
                        token,
                        inherited,
                    },
                ));
            }
        }
        fillers.extend(self.equated(noun));
        self.light_noun(noun, &mut fillers);
        self.governor(noun, &mut fillers);
        fillers
    }

    /// `the guests were the ministers of Chad and Mali`, `his first journey was to Chad`: what the predicate says of the subject.
    fn equated(self, noun: usize) -> Option<Filler> {
        let word = &self.analysis.words[noun];
        let predicate = word
            .head
            .filter(|&head| word.deprel == "nsubj" && self.has_copula(head))?;
        let function = match self.preposition(predicate) {
            Some(preposition) => format!("obl({preposition})"),
            None => "xcomp".to_owned(),
        };
        Some(Filler::own(function, predicate))
    }

    /// `an act of aggression by Iraq`: the phrases of the light noun are those of the noun behind its `of`.
    fn light_noun(self, noun: usize, fillers: &mut Vec<Filler>) {
        let word = &self.analysis.words[noun];
        let head = word.head.filter(|&head| {
            word.relation() == "nmod"
                && self
                    .words
                    .has("light-noun", &self.analysis.words[head].lemma)
                && self.preposition(noun).as_deref() == Some("of")
        });
        if let Some(head) = head {
            fillers.extend(
                self.of_nominal(head)
                    .into_iter()
                    .filter(|filler| filler.token != noun),
            );
        }
    }

    /// The possessor that the clitic before the noun and its modifiers marks, whatever the tree makes of a long name.
    fn genitive(self, noun: usize) -> Option<Filler> {
        let words = &self.analysis.words;
        let modifier = |token: usize| {
            matches!(
                words[token].upos,
                Upos::Adj | Upos::Noun | Upos::Num | Upos::Verb
            ) || words[token].lemma == "-"
        };
        let first = (0..noun)
            .rev()
            .take_while(|&token| modifier(token))
            .last()
            .unwrap_or(noun);
        let clitic = first
            .checked_sub(1)
            .filter(|&token| words[token].xpos == "POS")?;
        Some(Filler {
            function: "nmod:poss".to_owned(),
            token: words[clitic].head?,
            inherited: true,
        })
    }

    /// Whether the name that `token` begins is a possessor, whatever the tree makes of it: the `Sultan` of `Sultan A's envoy left`.
    pub(super) fn opens_genitive(self, token: usize) -> bool {
        let words = &self.analysis.words;
        let mut behind = token + 1;
        while words
            .get(behind)
            .is_some_and(|word| word.upos == Upos::Propn)
        {
            behind += 1;
        }
        words.get(behind).is_some_and(|word| word.xpos == "POS")
    }

    /// The phrase right behind the noun that the tree hangs on the verb above it: `welcomed the easing of sanctions on Syria`.
    fn adjoining(self, noun: usize) -> Option<Filler> {
        let words = &self.analysis.words;
        let case = (words.get(noun + 1)).filter(|word| word.relation() == "case")?;
        let phrase = case
            .head
            .filter(|&phrase| words[phrase].relation() == "obl")?;
        let verb = words[phrase].head?;
        let below = words[noun].relation() == "nmod"
            && self.analysis.ancestors(noun).any(|above| above == verb);
        let preposition = self.preposition(phrase).filter(|_| below)?;
        Some(Filler {
            inherited: true,
            ..Filler::own(format!("obl({preposition})"), phrase)
        })
    }

    /// Of several phrases in a row the parser often hangs the later on the earlier: `a trip to Rome by the minister`, `accused Chad of
    /// helping them`. They are candidates for the word that the row began with, too.
    fn nested(self, fillers: &mut Vec<Filler>) {
        let mut next = 0;
        while next < fillers.len() {
            let phrase = fillers[next].clone();
            next += 1;
            // Behind a passive its agent stands where an object would.
            let agent = phrase.function == "nsubj" && self.preposition(phrase.token).is_some();
            if !agent
                && !matches!(phrase.function.as_str(), "obj" | "iobj")
                && !phrase.function.starts_with("obl(")
            {
                continue;
            }
            // What stands behind the last of coordinated objects belongs to all of them.
            let heads = if phrase.function == "obj" {
                self.conjuncts(phrase.token)
            } else {
                vec![phrase.token]
            };
            for &child in heads.iter().flat_map(|&head| self.analysis.children(head)) {
                let function = match self.analysis.words[child].relation() {
                    "nmod" => self
                        .preposition(child)
                        .filter(|preposition| {
                            phrase.function == "obj"
                                || !matches!(preposition.as_str(), "of" | "with")
                                || preposition == "of"
                                    && self.words.has(
                                        "margin-noun",
                                        &self.analysis.words[phrase.token].lemma,
                                    )
                        })
                        .map(|preposition| format!("obl({preposition})")),
                    "acl" | "advcl" if self.analysis.words[child].deprel != "acl:relcl" => {
                        Some(self.clause(child)).filter(|function| function.starts_with("comp("))
                    }
                    _ => None,
                };
                fillers.extend(function.map(|function| Filler {
                    function,
                    token: child,
                    inherited: true,
                }));
            }
        }
    }

    fn has_copula(self, token: usize) -> bool {
        self.analysis.dependents(token, "cop").next().is_some()
    }

    /// `comp(of)` for `of sending`; `ccomp` for a clause behind `that`; `advcl` without any marker.
    fn clause(self, clause: usize) -> String {
        let marker = self
            .analysis
            .children(clause)
            .iter()
            .find(|&&child| {
                matches!(self.analysis.words[child].relation(), "mark" | "case")
                    && self.analysis.words[child].lemma != "to"
            })
            .map(|&child| self.analysis.words[child].lemma.to_lowercase());
        match marker {
            Some(that) if that == "that" => "ccomp".to_owned(),
            Some(marker) => format!("comp({marker})"),
            None => "advcl".to_owned(),
        }
    }

    /// In a relative clause the antecedent takes the place of the pronoun or of the gap.
    fn relative(self, verb: usize, fillers: &mut Vec<Filler>) {
        let word = &self.analysis.words[verb];
        let Some(antecedent) = word.head.filter(|_| word.is_relative()) else {
            return;
        };
        let mut place = false;
        let mut bound: Vec<String> = Vec::new();
        // The tree may know what `that` does and yet take it for a conjunction: `a charge that Chad denied`.
        let is_pronoun = |token: usize| {
            let pronoun = &self.analysis.words[token];
            matches!(pronoun.xpos, "WP" | "WDT" | "WRB")
                || pronoun.lemma == "that" && pronoun.upos == Upos::Sconj
        };
        // `which Chad and Mali founded`: of two subjects the pronoun is none.
        let other_subject =
            (fillers.iter()).any(|filler| filler.function == "nsubj" && !is_pronoun(filler.token));
        let has_object = fillers.iter().any(|filler| filler.function == "obj");
        for filler in fillers.iter_mut() {
            let pronoun = &self.analysis.words[filler.token];
            if !is_pronoun(filler.token) {
                continue;
            }
            if filler.function == "nsubj" && other_subject && !has_object {
                "obj".clone_into(&mut filler.function);
            }
            if filler.function == "advmod" {
                if pronoun.lemma != "where" {
                    continue;
                }
                "obl(in)".clone_into(&mut filler.function);
                place = true;
            }
            bound.push(filler.function.clone());
        }
        let has = |name: &str| fillers.iter().any(|filler| filler.function == name);
        if bound.is_empty() && has("nsubj") && !has("obj") {
            bound.push("obj".to_owned());
        }
        // `Chad and Mali, where he`: the place named last.
        let antecedent = if place {
            self.conjuncts(antecedent)
                .into_iter()
                .rfind(|&conjunct| conjunct < verb)
                .unwrap_or(antecedent)
        } else {
            antecedent
        };
        // Whom the pronoun refers to is known better than what the clause hangs on: the parser often hangs it on the last noun of a
        // long phrase. So the antecedent comes after the pronoun, and the nouns above it come last.
        for function in bound {
            let above = self
                .above(antecedent)
                .into_iter()
                .map(|token| (token, true));
            fillers.extend(std::iter::once((antecedent, false)).chain(above).map(
                |(token, inherited)| Filler {
                    function: function.clone(),
                    token,
                    inherited,
                },
            ));
        }
    }

    /// The nouns whose phrase `token` ends.
    fn above(self, token: usize) -> Vec<usize> {
        std::iter::successors(Some(token), |&token| {
            let word = &self.analysis.words[token];
            word.head.filter(|_| {
                matches!(
                    word.relation(),
                    "nmod" | "appos" | "flat" | "compound" | "conj"
                )
            })
        })
        .skip(1)
        .collect()
    }

    /// Surface subject of a clause without one of its own, and whether it was inherited.
    fn inherited_subject(self, clause: usize, depth: usize) -> Vec<(usize, bool)> {
        let word = &self.analysis.words[clause];
        let Some(head) = word.head.filter(|_| depth > 0) else {
            return Vec::new();
        };
        if let Some(object) = self.controller(clause, head) {
            return vec![(object, false)];
        }
        let participle =
            matches!(word.xpos, "VBG" | "VBN") || word.xpos == "VBD" && word.deprel == "acl";
        match word.deprel {
            "amod" if participle => vec![(head, false)],
            "acl" if participle => {
                let mut subjects = vec![(head, false)];
                subjects.extend(self.above(head).into_iter().map(|token| (token, true)));
                subjects
            }
            // `an invitation to the minister to visit`, `the minister's plan to visit`
            "acl" if !matches!(self.analysis.words[head].upos, Upos::Verb | Upos::Aux) => {
                let addressee = self.analysis.dependents(head, "nmod").filter(|&phrase| {
                    let preposition = self.preposition(phrase);
                    phrase < clause
                        && preposition.is_some_and(|preposition| {
                            matches!(preposition.as_str(), "to" | "for" | "by")
                        })
                });
                let owner = self.analysis.dependents(head, "nmod:poss");
                let mut subjects: Vec<(usize, bool)> =
                    addressee.chain(owner).map(|token| (token, true)).collect();
                subjects.extend(self.surface_subject(head, depth - 1));
                // `they took every chance to slander it`: who has the noun as an object or beside them.
                let governor = self.analysis.words[head].head.filter(|_| {
                    subjects.is_empty()
                        && matches!(self.analysis.words[head].relation(), "obj" | "obl")
                });
                subjects.extend(
                    governor
                        .filter(|&governor| !self.passive(governor))
                        .map(|governor| self.surface_subject(governor, depth - 1))
                        .unwrap_or_default(),
                );
                subjects
            }
            "xcomp" => self.surface_subject(head, depth - 1),
            "conj" | "advcl" | "parataxis" | "ccomp" | "acl" | "cop" => {
                let subjects = self.surface_subject(head, depth - 1);
                // A finite verb that the parser coordinated with a word inside the clause before goes on that clause.
                let finite = matches!(word.xpos, "VBD" | "VBZ" | "VBP");
                let above = || {
                    self.analysis
                        .ancestors(head)
                        .take(DEPTH)
                        .find(|&above| self.analysis.words[above].upos == Upos::Verb)
                };
                if subjects.is_empty()
                    && finite
                    && word.deprel == "conj"
                    && let Some(above) = above()
                {
                    return self.surface_subject(above, depth - 1);
                }
                subjects
            }
            _ => Vec::new(),
        }
    }

    /// The object of `verb` that its infinitive `clause` is told of: any object of a verb that takes the infinitive as complement; where the
    /// parser takes it for a purpose (`invited him to come`), that of a verb that makes others do something.
    fn controller(self, clause: usize, verb: usize) -> Option<usize> {
        if self.instigation(clause).is_some() {
            return None;
        }
        let lemma = &self.analysis.words[verb].lemma;
        // `accused them of interfering`, `kept them from leaving`
        let mut marks = self.analysis.dependents(clause, "mark");
        let gerund = self.analysis.words[clause].xpos == "VBG"
            && marks.any(|mark| {
                matches!(
                    self.analysis.words[mark].lemma.as_str(),
                    "from" | "into" | "of"
                )
            });
        let controls = gerund
            || match self.analysis.words[clause].deprel {
                "xcomp" => !self.words.has("subject-control-verb", lemma),
                "advcl" => {
                    self.words.has("object-control-verb", lemma)
                        && self.analysis.words[clause].xpos == "VB"
                }
                _ => false,
            };
        // `urged the union to act`: whom one speaks to is an object of either kind.
        ["obj", "iobj"]
            .iter()
            .find_map(|object| self.analysis.dependents(verb, object).next())
            .filter(|_| controls)
    }

    /// The verb by which somebody makes another do what the infinitive `clause` says: `incited the rebels to attack`. Who incites answers for it.
    pub(super) fn instigation(self, clause: usize) -> Option<usize> {
        let word = &self.analysis.words[clause];
        let complement = word.deprel == "xcomp" || word.deprel == "advcl" && word.xpos == "VB";
        word.head.filter(|&verb| {
            let mut objects = self.analysis.dependents(verb, "obj");
            complement
                && self.in_class("instigating-verb", verb)
                && !self.passive(verb)
                && objects.any(|object| object < clause)
        })
    }

    fn surface_subject(self, clause: usize, depth: usize) -> Vec<(usize, bool)> {
        if let Some(subject) = self.analysis.dependents(clause, "nsubj").next() {
            let mut fillers = vec![Filler::own("nsubj", subject)];
            self.relative(clause, &mut fillers);
            return fillers
                .into_iter()
                .filter(|filler| filler.function == "nsubj")
                .map(|filler| (filler.token, true))
                .collect();
        }
        match self.analysis.words[clause].upos {
            Upos::Noun | Upos::Propn => self
                .analysis
                .dependents(clause, "nmod:poss")
                .next()
                .map_or_else(
                    || self.inherited_subject(clause, depth),
                    |owner| vec![(owner, true)],
                ),
            _ => self.inherited_subject(clause, depth),
        }
    }

    /// What the verb that governs a noun lends it: all of it where the verb is light (`paid a visit to`), the subject and the
    /// phrases behind prepositions where the noun is its adjunct (`flew to Paris on a visit`).
    fn governor(self, noun: usize, fillers: &mut Vec<Filler>) {
        let mut token = noun;
        // Conjoined nouns share their governor; `the first leg of a tour` is governed as a whole.
        while matches!(self.analysis.words[token].relation(), "conj" | "nmod") {
            let Some(head) = self.analysis.words[token].head else {
                return;
            };
            // `the minister, on a visit to Oslo, said`
            let under_way = self
                .preposition(token)
                .is_some_and(|preposition| self.words.has("under-way-preposition", &preposition));
            if under_way {
                fillers.push(Filler {
                    inherited: true,
                    ..Filler::own("nsubj", head)
                });
            }
            token = head;
        }
        let word = &self.analysis.words[token];
        let Some(verb) = word.head else {
            return;
        };
        if !matches!(self.analysis.words[verb].upos, Upos::Verb | Upos::Aux) {
            // `was in Oslo at the head of a delegation`
            if self.has_copula(verb) && word.relation() == "obl" {
                fillers.extend(
                    self.analysis
                        .dependents(verb, "nsubj")
                        .map(|subject| Filler {
                            inherited: true,
                            ..Filler::own("nsubj", subject)
                        }),
                );
            }
            return;
        }
        // Whoever calls a journey off was to make it.
        let light = self
            .words
            .has("support-verb", &self.analysis.words[verb].lemma)
            || self.in_class("cancelling", verb);
        match word.relation() {
            "obj" | "nsubj" if light => self.lent(verb, noun, fillers),
            // What someone is called (`dismissed it as propaganda`) is not the caller's.
            "obl" if self.preposition(token).as_deref() == Some("as") => {}
            "obl" | "xcomp" | "advcl" => {
                // `on arrival she was met by the mayor`: the subject of the passive arrives, not the agent.
                let subject = if self.passive(verb) { "obj" } else { "nsubj" };
                for filler in self.of_verb(verb) {
                    let function = if filler.function == subject {
                        "nsubj".to_owned()
                    } else if filler.function.starts_with("obl(") {
                        filler.function
                    } else {
                        continue;
                    };
                    fillers.push(Filler {
                        function,
                        token: filler.token,
                        inherited: true,
                    });
                }
            }
            _ => {}
        }
    }

    /// The functions of a light verb, as functions of its noun.
    fn lent(self, verb: usize, noun: usize, fillers: &mut Vec<Filler>) {
        for filler in self.of_verb(verb) {
            if filler.token == noun || filler.function == "obj" {
                continue;
            }
            fillers.push(filler);
        }
    }
}
