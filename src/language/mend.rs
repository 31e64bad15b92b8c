//! Mends what the parser gets wrong against the grammar: it knows only what often stands together.
//!
//! - Who does something together are several. `The minister, who is also the envoy to X, the chairman of Y and the president of Z all paid
//!   visits`: whether the chairman is another person, or another office of the minister, a reader knows when the verb comes: `all`, `both`,
//!   `were` and `have` want several subjects (Quirk et al. 1985, A Comprehensive Grammar of the English Language, 10.34 on concord).
//! - What has an auxiliary is a verb: `is fishing there`.
//! - Who says something and then accuses somebody does both: `said that the talks had failed and accused Chile`; talks accuse nobody.
//! - What somebody is accused of hangs on the verb: `accused the government of fraud`, where fraud has no government.
//! - What somebody is accused of is a deed: `accused Chile of bombing villages`, where `bombing` is no kind of village.
//! - What somebody says amid a clause does not take its subject away: `Lima, he said, bombed the port`, `Lima, says Chad, bombed the port`.
//! - What somebody says amid a sentence does not take a relative clause from its noun, either: `It was Lima, he said, which bombed the port`.
//! - A clause behind a noun with `that` for its subject or object is a relative clause: `the visit that he paid`.
//! - A name heads its honorific, as the treebanks have it: `Ms Lima` is Lima.
//! - Names that open a clause and are parted by commas from its subject are subjects, too: `Congo, the United Nations and Chad accused …`.
//! - What something is called is said of it, and is no part of it: `called the vote in Chad a farce`, `called the claim of a breach absurd`,
//!   `denounced the sanctions imposed by Lima as an act of war`.
//! - What stands without a preposition behind a verb and its particle is the object: `saw off the minister`.
//! - A phrase with a preposition follows the noun that it belongs to; before a predicate it belongs to the clause: `In his party were …`.

use std::ops::Range;

use super::lemma::Lemmatiser;
use super::tree::{Upos, Word};
use crate::text::Document;

/// Words before a verb that say that its subject is several.
const ALL_OF_THEM: [&str; 3] = ["all", "both", "each"];

/// Verbs that take somebody and `of` a deed (Huddleston and Pullum 2002, The Cambridge Grammar of the English Language, 14.5.6).
const OF_DOING: [&str; 4] = ["accuse", "acquit", "convict", "suspect"];

/// Verbs that take somebody and a deed behind `for` or `with`.
const FOR_DOING: [&str; 9] = [
    "blame",
    "charge",
    "condemn",
    "criticise",
    "criticize",
    "denounce",
    "punish",
    "rebuke",
    "thank",
];

/// Verbs that want an object.
const TRANSITIVE: [&str; 8] = [
    "build",
    "impose",
    "make",
    "pay",
    "send",
    "sign",
    "take",
    "undertake",
];

/// Honorifics that stand before names only.
const HONORIFICS: [&str; 12] = [
    "dr", "dr.", "messrs", "messrs.", "miss", "mme", "mr", "mr.", "mrs", "mrs.", "ms", "ms.",
];

/// Verbs of what is done with words; what others are said to do is seldom told by these and by another verb at once.
const SPEAKING: [&str; 40] = [
    "accuse",
    "add",
    "admit",
    "announce",
    "appeal",
    "ask",
    "blame",
    "call",
    "caution",
    "claim",
    "condemn",
    "criticise",
    "criticize",
    "declare",
    "demand",
    "denounce",
    "deny",
    "deplore",
    "dismiss",
    "express",
    "insist",
    "invite",
    "pledge",
    "praise",
    "promise",
    "propose",
    "protest",
    "reaffirm",
    "recall",
    "reiterate",
    "reject",
    "request",
    "stress",
    "thank",
    "underline",
    "urge",
    "vow",
    "warn",
    "welcome",
    "wish",
];

/// Verbs that take an object and what they call it (Quirk et al. 1985, 16.46 on complex transitive verbs).
const CALLING: [&str; 13] = [
    "brand",
    "call",
    "consider",
    "declare",
    "deem",
    "dub",
    "judge",
    "label",
    "proclaim",
    "pronounce",
    "style",
    "tag",
    "term",
];

/// Verbs that take an object and, behind `as`, what it is to somebody (Huddleston and Pullum 2002, 4.5.4 on marked predicative complements).
const WITH_AS: [&str; 38] = [
    "act",
    "appoint",
    "assail",
    "blast",
    "brand",
    "characterise",
    "characterize",
    "choose",
    "condemn",
    "consider",
    "count",
    "criticise",
    "criticize",
    "decry",
    "define",
    "denounce",
    "deride",
    "describe",
    "designate",
    "dismiss",
    "elect",
    "hail",
    "label",
    "name",
    "nominate",
    "portray",
    "praise",
    "present",
    "recognise",
    "recognize",
    "regard",
    "reject",
    "see",
    "serve",
    "slam",
    "treat",
    "use",
    "view",
];

/// Takes and gives the words of the document's tokens.
pub(super) fn mend(
    document: &Document,
    lemmatiser: &Lemmatiser,
    mut words: Vec<Word>,
) -> Vec<Word> {
    for tokens in document.sentences.iter().map(|sentence| &sentence.tokens) {
        for token in tokens.clone() {
            let tree = Tree {
                document,
                words: &words,
                tokens,
            };
            if tree.is_progressive(token) {
                as_verb(&mut words[token], &document.tokens[token].form, lemmatiser);
            } else if let Some((verb, object)) = tree.deed(token) {
                let follows = tree.directly_behind(object, verb);
                let deed = &mut words[token];
                as_verb(deed, &document.tokens[token].form, lemmatiser);
                (deed.head, deed.deprel) = (Some(verb), "advcl");
                words[object].head = Some(token);
                words[object].deprel = "obj";
                if let Some(follows) = follows {
                    words[follows].head = Some(token);
                }
                let of = &mut words[token - 1];
                (of.upos, of.head, of.deprel) = (Upos::Sconj, Some(token), "mark");
            } else if let Some(said) = tree.said_amid(token) {
                let subject = if tree.has(said.clause, "aux:pass") {
                    "nsubj:pass"
                } else {
                    "nsubj"
                };
                (words[said.speaker].head, words[said.speaker].deprel) = (Some(token), "nsubj");
                (words[said.subject].head, words[said.subject].deprel) =
                    (Some(said.clause), subject);
            } else if let Some(noun) = tree.told_of_beyond_saying(token) {
                (words[token].head, words[token].deprel) = (Some(noun), "acl:relcl");
            } else if let Some(others) = tree.heads_its_name(token) {
                (words[token + 1].head, words[token + 1].deprel) =
                    (words[token].head, words[token].deprel);
                for other in others {
                    words[other].head = Some(token + 1);
                }
                (words[token].head, words[token].deprel) = (Some(token + 1), "nmod:desc");
            } else if let Some(pronoun) = tree.is_relative(token) {
                words[token].deprel = "acl:relcl";
                let that = &mut words[pronoun];
                (that.upos, that.xpos) = (Upos::Pron, "WDT");
                if that.deprel == "mark" {
                    that.deprel = "obj";
                }
            } else if let Some(saying) = tree.says_beside(token) {
                words[token].head = Some(saying);
            } else if let Some(verb) = tree.charge(token) {
                (words[token].head, words[token].deprel) = (Some(verb), "obl");
            } else if let Some((subject, others)) = tree.opens_list(token) {
                (words[token].head, words[token].deprel) =
                    (words[subject].head, words[subject].deprel);
                for other in others {
                    (words[other].head, words[other].deprel) = (Some(token), "conj");
                }
            } else if let Some((object, called)) = tree.calls(token) {
                words[object].deprel = "obj";
                (words[called].head, words[called].deprel) = (Some(token), "xcomp");
            } else if let Some(judged) = tree.judges(token) {
                words[judged].head = Some(token);
            } else if tree.is_object_behind_particle(token) {
                words[token].deprel = "obj";
            } else if let Some((predicate, copula)) = tree.opens_clause(token) {
                words[token].deprel = "obl";
                words[copula].head = Some(predicate);
            } else {
                for joined in tree.joined_to_clause(token) {
                    words[joined].head = Some(token);
                }
            }
        }
    }
    words
}

/// Makes a verb of a word in -ing.
fn as_verb(word: &mut Word, form: &str, lemmatiser: &Lemmatiser) {
    (word.lemma, word.upos, word.xpos) = (lemmatiser.lemma(form, "VBG"), Upos::Verb, "VBG");
}

/// Somebody says something amid a clause.
struct Said {
    /// Of the clause.
    subject: usize,
    /// Who says it.
    speaker: usize,
    /// The predicate of what is said.
    clause: usize,
}

/// The tree of a sentence. It is searched word by word, as the index of [`super::Analysis`] does not follow what is mended.
struct Tree<'a> {
    document: &'a Document,
    words: &'a [Word],
    tokens: &'a Range<usize>,
}

impl Tree<'_> {
    /// Whether the token is a noun in -ing that has a form of `be` as its auxiliary.
    fn is_progressive(&self, token: usize) -> bool {
        let form = &self.document.tokens[token].form;
        self.words[token].xpos == "NN"
            && form.ends_with("ing")
            && (self.dependents(token, "aux")).any(|auxiliary| self.words[auxiliary].lemma == "be")
    }

    /// The verb that accuses of a deed in -ing and the object of the deed, where the token is the deed and the tree parts them.
    fn deed(&self, token: usize) -> Option<(usize, usize)> {
        let before = token.checked_sub(1).filter(|_| token > self.tokens.start)?;
        let verbs: &[&str] = match self.words[before].lemma.as_str() {
            "of" => &OF_DOING,
            "for" | "with" => &FOR_DOING,
            _ => return None,
        };
        let parted = (self.as_modifier(token)).or_else(|| self.beside_object(token));
        parted.filter(|&(verb, _)| verbs.contains(&self.words[verb].lemma.as_str()))
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
    fn directly_behind(&self, object: usize, verb: usize) -> Option<usize> {
        self.dependents_by(verb, ["obl", "advcl"])
            .find(|&adverbial| {
                let first = (object + 1..self.tokens.end)
                    .find(|&token| token == adverbial || self.words[token].head == Some(adverbial));
                first == Some(object + 1)
            })
    }

    /// What the token, a verb between two commas, says of whom, if the subject of the clause around it was taken for a part of its own.
    fn said_amid(&self, verb: usize) -> Option<Said> {
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
    fn told_of_beyond_saying(&self, token: usize) -> Option<usize> {
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

    /// The pronoun of the token, the predicate of a relative clause that was taken for another.
    fn is_relative(&self, token: usize) -> Option<usize> {
        let noun = self.words[token]
            .head
            .filter(|_| self.words[token].deprel == "acl")?;
        let arguments = self.dependents_by(token, ["nsubj", "nsubj:pass", "obj"]);
        // `the visit that he was to make`: who makes something makes something.
        let whole = ["obj", "ccomp", "xcomp", "aux:pass"]
            .iter()
            .any(|it| self.has(token, it));
        let lacks_object = TRANSITIVE.contains(&self.words[token].lemma.as_str()) && !whole;
        let marks = self.dependents(token, "mark").filter(|_| lacks_object);
        (arguments.chain(marks))
            .find(|&it| (noun + 1..token).contains(&it) && self.words[it].lemma == "that")
    }

    /// What hangs on the token, an honorific, besides the name behind it, if the name was hung on it.
    fn heads_its_name(&self, token: usize) -> Option<Vec<usize>> {
        let name = token + 1;
        let form = self.document.tokens[token].form.to_lowercase();
        let heads = HONORIFICS.contains(&form.as_str())
            && name < self.tokens.end
            && self.words[name].head == Some(token)
            && self.words[name].upos == Upos::Propn;
        let hangs = |&other: &usize| other != name && self.words[other].head == Some(token);
        heads.then(|| self.tokens.clone().filter(hangs).collect())
    }

    /// The verb of saying beside which the token, another, stands, if it was joined to what is said: `said that the talks had failed and accused Chile`.
    fn says_beside(&self, token: usize) -> Option<usize> {
        let word = &self.words[token];
        let said = word.head.filter(|_| {
            word.deprel == "conj"
                && word.xpos == "VBD"
                && SPEAKING.contains(&word.lemma.as_str())
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

    /// The verb of accusing behind whose object the token, what somebody is accused of, was hung.
    fn charge(&self, token: usize) -> Option<usize> {
        let word = &self.words[token];
        let is_of = |token: usize| {
            self.dependents(token, "case")
                .any(|it| self.words[it].lemma == "of")
        };
        let accused = word.head.filter(|_| {
            word.deprel == "nmod" && matches!(word.xpos, "NN" | "NNS") && is_of(token)
        })?;
        let verb = self.words[accused].head.filter(|&verb| {
            self.words[accused].deprel == "obj"
                && OF_DOING.contains(&self.words[verb].lemma.as_str())
        })?;
        let mut others = self.dependents_by(verb, ["obl", "advcl"]);
        let charged = others.any(|it| {
            self.dependents_by(it, ["case", "mark"])
                .any(|it| self.words[it].lemma == "of")
        });
        let is_last = !self
            .dependents(accused, "nmod")
            .any(|it| it > token && is_of(it));
        (!charged && is_last).then_some(verb)
    }

    /// The subject of the clause that the token, a name, opens though it was taken for no part of it, and all that is listed with it: the subject,
    /// and what is coordinated with that.
    fn opens_list(&self, token: usize) -> Option<(usize, Vec<usize>)> {
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

    /// The object of the token, a verb of calling, and what it is called, if that was taken for something else: a noun with an indefinite article, else
    /// an adjective behind its noun.
    fn calls(&self, verb: usize) -> Option<(usize, usize)> {
        let lemma = self.words[verb].lemma.as_str();
        let as_something = || {
            let mut phrases = self.dependents(verb, "obl");
            phrases.any(|phrase| {
                (self.dependents(phrase, "case")).any(|it| self.words[it].lemma == "as")
            })
        };
        if !CALLING.contains(&lemma) || self.has(verb, "xcomp") || as_something() {
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
    fn judges(&self, verb: usize) -> Option<usize> {
        let takes_as = |token: usize| WITH_AS.contains(&self.words[token].lemma.as_str());
        let behind_as = |&token: &usize| {
            let mut openings = self.dependents_by(token, ["case", "mark"]);
            openings.any(|it| self.words[it].lemma == "as")
        };
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

    /// Whether the token is a phrase without a preposition, of a verb with a particle and no object.
    fn is_object_behind_particle(&self, token: usize) -> bool {
        let word = &self.words[token];
        word.deprel == "obl"
            && !self.has(token, "case")
            && word.head.is_some_and(|verb| {
                verb < token && self.has(verb, "compound:prt") && !self.has(verb, "obj")
            })
    }

    /// The predicate behind the token, a phrase with a preposition that was taken for its modifier, and the copula between them, which may
    /// have been taken for the phrase's own.
    fn opens_clause(&self, token: usize) -> Option<(usize, usize)> {
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

    /// What is joined to relative clauses of a subject that is one though its verb wants several: nouns before the verb, behind the
    /// coordination that an `and` has closed already.
    fn joined_to_clause(&self, subject: usize) -> Vec<usize> {
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

    fn has(&self, head: usize, deprel: &str) -> bool {
        self.dependents(head, deprel).next().is_some()
    }

    /// The dependents by one relation after the other.
    fn dependents_by<const COUNT: usize>(
        &self,
        head: usize,
        relations: [&'static str; COUNT],
    ) -> impl Iterator<Item = usize> {
        let by = move |relation| self.dependents(head, relation);
        relations.into_iter().flat_map(by)
    }

    fn dependents(&self, head: usize, deprel: &str) -> impl Iterator<Item = usize> {
        (self.tokens.clone()).filter(move |&token| {
            let word = &self.words[token];
            word.head == Some(head) && word.deprel == deprel
        })
    }
}

#[cfg(test)]
mod tests {
    use super::mend;
    use crate::language::conllu;
    use crate::language::model::ENGLISH;
    use crate::language::tree::{Upos, Word};

    /// The words after mending. Each is given in a line, with tag, head (from 1, and 0 for the root) and relation.
    fn mended(sentence: &str) -> Vec<Word> {
        let rows: Vec<Vec<&'static str>> = (sentence.to_owned().leak().lines())
            .map(|line| line.split_whitespace().collect())
            .filter(|row: &Vec<_>| !row.is_empty())
            .collect();
        let forms = rows.iter().map(|row| (row[0].to_owned(), true));
        let document = conllu::document_of([forms.collect()].into_iter());
        let words = rows.iter().map(|row| Word {
            lemma: ENGLISH.lemmatiser.lemma(row[0], row[1]),
            upos: match row[1] {
                "NN" => Upos::Noun,
                "NNP" => Upos::Propn,
                "JJ" => Upos::Adj,
                "DT" => Upos::Det,
                _ if matches!(row[3], "aux" | "cop") => Upos::Aux,
                _ => Upos::X,
            },
            xpos: row[1],
            head: row[2].parse::<usize>().expect("a number").checked_sub(1),
            deprel: row[3],
        });
        mend(&document, &ENGLISH.lemmatiser, words.collect())
    }

    fn heads(sentence: &str) -> Vec<usize> {
        (mended(sentence).iter())
            .map(|word| word.head.map_or(0, |head| head + 1))
            .collect()
    }

    const OFFICES: &str = "
            Minister NN 10 nsubj
            who WP 4 nsubj
            is VBZ 4 cop
            envoy NN 1 acl:relcl
            chairman NN 4 conj
            and CC 8 cc
            the DT 8 det
            president NN 4 conj
            all DT 8 det
            paid VBD 0 root";

    #[test]
    fn what_something_is_called_is_no_part_of_it() {
        let called = "
            He PRP 2 nsubj
            called VBD 0 root
            the DT 4 det
            vote NN 2 obj
            in IN 6 case
            Chad NNP 4 nmod
            a DT 8 det
            farce NN 6 appos";
        assert_eq!(heads(called)[7], 2);
        // `called his minister in Chad, a friend`
        let beside = called.replace("a DT 8 det", ", , 9 punct\n            a DT 9 det");
        assert_eq!(heads(&beside)[8], 6);
        let adjective = "
            Lima NNP 2 nsubj
            called VBD 0 root
            claims NNS 2 obj
            of IN 5 case
            breaches NNS 3 nmod
            absurd JJ 5 amod";
        assert_eq!(heads(adjective)[5], 2);
        assert_eq!(heads(&adjective.replace("called", "heard"))[5], 5);
    }

    #[test]
    fn what_something_is_to_somebody_is_no_part_of_it() {
        let denounced = "
            Chad NNP 2 nsubj
            denounced VBD 0 root
            sanctions NNS 2 obj
            imposed VBN 3 acl
            by IN 6 case
            Lima NNP 4 obl:agent
            as IN 8 case
            war NN 4 obl";
        assert_eq!(heads(denounced)[7], 2);
        // `denounced sanctions used by Lima as a weapon`
        assert_eq!(heads(&denounced.replace("imposed", "used"))[7], 4);
    }

    #[test]
    fn a_name_before_the_subjects_is_one_of_them() {
        let list = "
            Congo NNP 7 parataxis
            , , 1 punct
            the DT 4 det
            union NN 7 nsubj
            and CC 6 cc
            Chad NNP 4 conj
            accused VBD 0 root
            Mali NNP 7 obj";
        let mended = mended(list);
        assert_eq!(mended[0].deprel, "nsubj");
        let heads: Vec<_> = [3, 5].iter().map(|&it| mended[it].head).collect();
        assert_eq!(heads, [Some(0), Some(0)]);
    }

    #[test]
    fn who_says_something_and_accuses_somebody_does_both() {
        let said = "
            He PRP 2 nsubj
            said VBD 0 root
            talks NNS 5 nsubj
            had VBD 5 aux
            failed VBN 2 ccomp
            and CC 7 cc
            accused VBD 5 conj
            ministers NNS 7 obj
            of IN 10 case
            fraud NN 8 nmod";
        let mended = mended(said);
        assert_eq!((mended[6].head, mended[9].head), (Some(1), Some(6)));
        // Troops that have come may do more.
        assert_eq!(heads(&said.replace("accused", "burnt"))[6], 5);
    }

    #[test]
    fn a_name_heads_its_honorific() {
        let title = "
            Ms NNP 4 nsubj
            Lima NNP 1 flat
            Rojas NNP 1 flat
            spoke VBD 0 root";
        let mended = mended(title);
        assert_eq!((mended[1].head, mended[1].deprel), (Some(3), "nsubj"));
        assert_eq!((mended[0].head, mended[2].head), (Some(1), Some(1)));
    }

    #[test]
    fn a_clause_with_that_for_its_object_is_relative() {
        let visit = "
            visit NN 0 root
            that IN 4 obj
            ministers NNS 4 nsubj
            paid VBD 1 acl";
        let words = mended(visit);
        assert_eq!((words[3].deprel, words[1].xpos), ("acl:relcl", "WDT"));
        // Who pays pays something.
        let mark = visit.replace("obj", "mark");
        assert_eq!(mended(&mark)[1].deprel, "obj");
        assert_eq!(mended(&mark.replace("paid", "came"))[3].deprel, "acl");
    }

    #[test]
    fn a_relative_clause_tells_of_its_noun_beyond_what_somebody_says_amid() {
        let before = "
            It PRP 3 nsubj
            was VBD 3 cop
            port NN 0 root
            , , 6 punct
            he PRP 6 nsubj
            said VBD 3 parataxis
            , , 9 punct
            which WDT 9 nsubj
            burnt VBD 6 ccomp";
        assert_eq!(heads(before)[8], 3);
        // What is asked is what somebody says.
        let asked = before.replace("\n            , , 9 punct", "");
        let asked = asked.replace("which WDT 9", "which WDT 8");
        assert_eq!(heads(&asked)[7], 6);
    }

    #[test]
    fn all_who_do_something_together_are_its_subjects() {
        let before = &format!("{OFFICES}\nvisits NN 10 obj");
        let mended = [10, 4, 4, 1, 1, 8, 8, 1, 8, 0, 10];
        assert_eq!(heads(before), mended);
        let plural = before.replace("all DT 8 det", "were VBD 10 cop");
        let mended = [1, 8, 8, 1];
        assert_eq!(heads(&plural)[4..8], mended);
        // The first `and` ends what the minister is.
        let closed = before.replace("who WP 4 nsubj", "and CC 5 cc");
        assert_eq!(heads(&closed)[4..8], [4, 8, 8, 1]);
    }

    #[test]
    fn one_may_hold_many_offices() {
        let before = &OFFICES.replace("all DT 8 det", "once RB 10 dep");
        assert_eq!(heads(before), [10, 4, 4, 1, 4, 8, 8, 4, 10, 0]);
    }

    #[test]
    fn what_has_an_auxiliary_is_a_verb() {
        let fishing = |relation: &str| {
            let words = mended(&format!(
                "Ghana NNP 3 nsubj
                is VBZ 3 {relation}
                fishing NN 0 root"
            ));
            (words[2].lemma.clone(), words[2].upos, words[2].xpos)
        };
        assert_eq!(fishing("aux"), ("fish".to_owned(), Upos::Verb, "VBG"));
        assert_eq!(fishing("cop"), ("fishing".to_owned(), Upos::Noun, "NN"));
    }

    #[test]
    fn what_stands_without_a_preposition_behind_a_particle_is_the_object() {
        let before = "
            He PRP 2 nsubj
            saw VBD 0 root
            off RP 2 compound:prt
            ministers NNS 2 obl";
        assert_eq!(mended(before)[3].deprel, "obj");
        for other in [
            before.replace("2 compound:prt", "4 case"),
            before.replace("2 compound:prt", "2 advmod"),
            before.replace("He PRP 2 nsubj", "Them PRP 2 obj"),
        ] {
            assert_eq!(mended(&other)[3].deprel, "obl", "{other}");
        }
    }

    #[test]
    fn what_is_said_amid_a_clause_leaves_it_its_subject() {
        let before = "
            Lima NNP 4 vocative
            , , 1 punct
            he PRP 4 nsubj
            said VBD 0 root
            , , 6 punct
            bombed VBD 4 ccomp
            ports NNS 6 obj";
        let words = mended(before);
        assert_eq!((words[0].head, words[0].deprel), (Some(5), "nsubj"));
        let speaker_behind = "
            Lima NNP 3 nsubj
            , , 1 punct
            says VBZ 0 root
            Chad NNP 3 obj
            , , 7 punct
            was VBD 7 aux:pass
            bombed VBN 3 parataxis";
        let words = mended(speaker_behind);
        assert_eq!((words[0].head, words[0].deprel), (Some(6), "nsubj:pass"));
        assert_eq!((words[3].head, words[3].deprel), (Some(2), "nsubj"));
        for own in ["it PRP 7 nsubj", "that IN 7 mark"] {
            let before = format!(
                "Lima NNP 3 nsubj
                , , 1 punct
                says VBZ 0 root
                Chad NNP 3 obj
                , , 7 punct
                {own}
                bombed VBD 3 ccomp"
            );
            assert_eq!(heads(&before)[0], 3);
        }
    }

    #[test]
    fn what_opens_a_clause_belongs_to_it() {
        let before = "
            In IN 2 case
            it PRP 4 nmod
            were VBD 4 cop
            ministers NNS 0 root";
        for before in [before, &before.replace("4 cop", "2 cop")] {
            assert_eq!(mended(before)[1].deprel, "obl");
            assert_eq!(heads(before), [2, 4, 4, 0]);
        }
        let no_predicate = before.replace("cop", "punct");
        assert_eq!(mended(&no_predicate)[1].deprel, "nmod");
    }

    #[test]
    fn what_somebody_is_accused_of_is_a_deed() {
        let before = "
            Peru NNP 2 nsubj
            accused VBD 0 root
            Chile NNP 2 obj
            of IN 6 case
            bombing NN 6 compound
            villages NNS 2 obl
            in IN 8 case
            June NNP 2 obl";
        let words = mended(before);
        assert_eq!((words[4].lemma.as_str(), words[4].xpos), ("bomb", "VBG"));
        assert_eq!(heads(before), [2, 0, 2, 5, 2, 5, 8, 5]);
        let of_the_accused = before.replace("villages NNS 2 obl", "villages NNS 3 nmod");
        assert_eq!(heads(&of_the_accused), heads(before));
        // The object was hung on the accuser's verb.
        let beside = before
            .replace("of IN 6 case", "of IN 5 mark")
            .replace("bombing NN 6 compound", "bombing VBG 2 advcl");
        assert_eq!(heads(&beside), heads(before));
        // What is done meanwhile is not what somebody is accused of.
        let meanwhile = beside.replace("of IN 5 mark", ", , 5 punct");
        assert_eq!(heads(&meanwhile)[4..], [2, 2, 8, 2]);
        let at_the_start = "
            bombing VBG 3 advcl
            villages NNS 3 obl
            accused VBD 0 root";
        assert_eq!(heads(at_the_start), [3, 3, 0]);
        // There is another verb, and something between the preposition and the word.
        for other in [
            before.replace("accused VBD", "informed VBD"),
            before.replace("of IN 6 case", "of IN 3 case"),
        ] {
            assert_eq!(heads(&other)[4..], [6, 2, 8, 2], "{other}");
        }
    }
}
