//! A denial finds the charge that it answers.

use std::collections::{BTreeMap, BTreeSet};

use super::label::stem;
use super::{Claim, Evidence, Origin, Slot, Value, parties};
use crate::entity::{Entities, EntityId, Kind};
use crate::knowledge::vocabulary::{Property, Range};
use crate::knowledge::{Knowledge, Words};
use crate::text::{Document, Voice};

/// How many sentences a claim stands before what answers it, where a noun points back to it (`the charge`).
const REACH: usize = 6;

/// How many sentences a claim stands away from what answers it in words of its own, none of which they share.
const NEAR: usize = 1;

/// How many characters of a sentence stand before a clause that opens it (`In Oslo the ministry`).
const OPENING: usize = 60;

/// By how many sentences a word that both share brings them nearer.
const WORD: isize = 2;

/// What links are found by.
#[derive(Clone, Copy)]
pub(super) struct Linker<'a> {
    pub document: &'a Document,
    pub entities: &'a Entities,
    pub knowledge: &'a Knowledge,
}

/// A kind of claim that answers another.
#[derive(Clone, Copy)]
pub(super) struct Link<'a> {
    /// The property that points to the claim answered.
    pub property: &'a str,
    /// Class of the answer.
    pub answer: &'a str,
    /// Class of what it answers.
    pub answered: &'a str,
    /// Who answers.
    pub own: &'a str,
    /// Who is to answer.
    pub other: &'a str,
}

impl<'a> Link<'a> {
    /// The link that the property `name` makes, if it makes one.
    pub(super) fn of(name: &'a str, property: &'a Property) -> Option<Self> {
        let Range::Claim { class, own, other } = &property.range else {
            return None;
        };
        Some(Self {
            property: name,
            answer: property.domain.as_deref()?,
            answered: class,
            own,
            other,
        })
    }
}

/// What the words of an answer refer to a charge by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reference {
    /// A pronoun (`that is false`).
    Pronoun,
    /// A noun for charges (`the accusation`).
    Noun,
    /// Words that say themselves what is denied.
    Words,
}

/// The claims that may be answered, by the sentences that tell them.
pub(super) struct Told(BTreeMap<usize, Vec<usize>>);

impl Told {
    /// Those of `claims` that `link` leads to.
    pub(super) fn of(link: Link, claims: &[Claim]) -> Self {
        let mut told: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, claim) in claims.iter().enumerate() {
            if claim.class == link.answered {
                for evidence in &claim.evidence {
                    let there = told.entry(evidence.sentence).or_default();
                    if !there.contains(&index) {
                        there.push(index);
                    }
                }
            }
        }
        Self(told)
    }

    /// Those within reach of `answer`.
    pub(super) fn around(&self, answer: &Claim) -> BTreeSet<usize> {
        let sentence = answer.evidence[0].sentence;
        let reach = sentence.saturating_sub(REACH)..=sentence + REACH;
        self.0
            .range(reach)
            .flat_map(|(_, told)| told.iter().copied())
            .collect()
    }
}

impl Linker<'_> {
    /// Links each claim that answers another to those that it can answer: the nearest, and with that all others of the same sentence, the
    /// same charge against others, and what the question before asked.
    pub(super) fn link(self, claims: &mut [Claim]) {
        let links = (self.knowledge.vocabulary.properties.iter())
            .filter_map(|(name, property)| Link::of(name, property));
        for link in links {
            let told = Told::of(link, claims);
            for index in 0..claims.len() {
                if claims[index].class != link.answer {
                    continue;
                }
                let answered = self.answered(link, &claims[index], claims, &told);
                claims[index]
                    .slots
                    .extend(answered.into_iter().map(|answered| {
                        Slot::new(link.property, Value::Claim(answered), Origin::Link)
                    }));
            }
        }
    }

    /// Those of `claims` that `answer` answers.
    fn answered(self, link: Link, answer: &Claim, claims: &[Claim], told: &Told) -> Vec<usize> {
        let around = told.around(answer);
        let near: BTreeMap<usize, isize> = (around.iter())
            .filter_map(|&index| Some((index, self.remoteness(link, answer, &claims[index])?)))
            .collect();
        let Some((&nearest, _)) = near
            .iter()
            .min_by_key(|&(index, remoteness)| (remoteness, index))
        else {
            return Vec::new();
        };
        let made = &claims[nearest];
        let pointing = self.points(answer);
        let own = answer.evidence[0].sentence;
        around
            .into_iter()
            .filter(|index| {
                let claim = &claims[*index];
                let sentence = claim.evidence[0].sentence;
                let beside = sentence == made.evidence[0].sentence
                    || (pointing || self.common(answer, claim) > 0) && self.is_asked(sentence, own);
                let same = claim.evidence[0] == made.evidence[0]
                    && texts(claim).eq(texts(made))
                    && !self.makes(link, answer, claim);
                beside && near.contains_key(index) || same
            })
            .collect()
    }

    /// Whether `question` is of the question to which the answer with the sentence `answer` is given.
    pub(super) fn is_asked(self, question: usize, answer: usize) -> bool {
        let paragraph = |sentence: usize| self.document.sentences[sentence].paragraph;
        let voice = |paragraph: usize| self.document.paragraphs[paragraph].voice;
        let (asked, answered) = (paragraph(question), paragraph(answer));
        voice(asked) == Voice::Interviewer
            && asked < answered
            && (asked + 1..=answered).all(|between| voice(between) == Voice::Interviewee)
    }

    /// How far `claim` is from `answer`, in sentences, less where they share words, more where the answer stands first; none where
    /// it cannot answer it.
    pub(super) fn remoteness(self, link: Link, answer: &Claim, claim: &Claim) -> Option<isize> {
        if claim.class != link.answered || self.makes(link, answer, claim) {
            return None;
        }
        let common = self.common(answer, claim).min(2);
        let (distance, sentence) = (claim.evidence.iter())
            .map(|evidence| (distance(answer, evidence.sentence), evidence.sentence))
            .min()?;
        let own = answer.evidence[0].sentence;
        let paragraph = |sentence: usize| self.document.sentences[sentence].paragraph;
        let turn = self.voice(sentence) != self.voice(own);
        let close = paragraph(sentence) == paragraph(own) || turn || self.opens(answer);
        let reach = match self.reference(answer) {
            Reference::Noun => REACH,
            _ if common > 0 => REACH,
            // What a question charges is denied anywhere in the answer.
            Reference::Pronoun | Reference::Words if turn => REACH,
            Reference::Pronoun | Reference::Words if close => NEAR,
            _ => 0,
        };
        // Others than the accused deny what they point to, and only what was just said.
        let speaks_for = parties(&answer.slots, link.own).any(|denier| {
            parties(&claim.slots, link.other).any(|accused| self.allied(denier, accused))
        });
        let pointed = self.points(answer) && own >= sentence;
        let may = speaks_for && distance <= reach || pointed && distance <= NEAR && close;
        may.then_some(isize::try_from(distance).ok()? - WORD * isize::try_from(common).ok()?)
    }

    /// How many words of substance `answer` shares with `claim`.
    pub(super) fn common(self, answer: &Claim, claim: &Claim) -> usize {
        let words = |claim: &Claim| -> BTreeSet<String> {
            texts(claim)
                .flat_map(|text| content(text, &self.knowledge.words))
                .collect()
        };
        words(answer).intersection(&words(claim)).count()
    }

    fn voice(self, sentence: usize) -> Voice {
        self.document.paragraphs[self.document.sentences[sentence].paragraph].voice
    }

    /// Whether `answer` opens its paragraph, nothing but its own words before it.
    fn opens(self, answer: &Claim) -> bool {
        let Evidence { sentence, span } = answer.evidence[0];
        let place = &self.document.sentences[sentence];
        let before = span.start.saturating_sub(place.span.start);
        self.document.paragraphs[place.paragraph].sentences.start == sentence && before <= OPENING
    }

    /// Whether `answer` only points to what it denies (`that is false`).
    pub(super) fn points(self, answer: &Claim) -> bool {
        self.reference(answer) != Reference::Words
    }

    fn reference(self, answer: &Claim) -> Reference {
        let words = &self.knowledge.words;
        let mut points = Reference::Pronoun;
        for text in texts(answer) {
            for word in spoken(text) {
                let is = |class: &str| is_of(words, class, &word);
                if EMPTY.iter().any(|class| is(class)) {
                    continue;
                }
                if is("charge-noun") {
                    points = Reference::Noun;
                } else if word.chars().count() > SHORT {
                    return Reference::Words;
                }
            }
        }
        points
    }

    /// Whether who answers is, or speaks for, one that takes part in `claim` in another role than that of who is to answer: nobody
    /// denies their own charge. Of those who charge their own country (an opposition, a prosecutor) nobody else speaks for them.
    fn makes(self, link: Link, answer: &Claim, claim: &Claim) -> bool {
        let country = |party: EntityId| self.entities.get(party).country.as_deref();
        let at_home = |party: EntityId| {
            self.entities.get(party).kind != Kind::Country
                && parties(&claim.slots, link.other)
                    .any(|other| country(party).is_some() && country(other) == country(party))
        };
        parties(&answer.slots, link.own).any(|denier| {
            let mut others = claim
                .slots
                .iter()
                .filter(|slot| slot.property != link.other);
            others.any(|slot| match slot.value {
                Value::Entity(party) if at_home(party) => party == denier,
                Value::Entity(party) => self.allied(denier, party),
                _ => false,
            })
        })
    }

    /// Whether two parties are one, or speak for one country.
    pub(super) fn allied(self, a: EntityId, b: EntityId) -> bool {
        allied(self.entities, a, b)
    }
}

/// How many sentences `sentence` stands before `answer`; twice as many where it stands behind it.
fn distance(answer: &Claim, sentence: usize) -> usize {
    let own = answer.evidence[0].sentence;
    let apart = own.abs_diff(sentence);
    if sentence > own { 2 * apart } else { apart }
}

/// Whether two parties are one, or speak for one country.
pub(super) fn allied(entities: &Entities, a: EntityId, b: EntityId) -> bool {
    a == b
        || entities.get(a).country.is_some() && entities.get(a).country == entities.get(b).country
}

/// Up to how many letters a word says nothing by itself.
const SHORT: usize = 3;

/// Word classes of what says nothing of what is denied.
const EMPTY: [&str; 6] = [
    "empty-word",
    "function-word",
    "negating",
    "pointing-word",
    "truth-word",
    "untrue-word",
];

fn texts(claim: &Claim) -> impl Iterator<Item = &str> {
    claim.slots.iter().filter_map(|slot| match &slot.value {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    })
}

/// The words of a text in lower case; names are not among them.
fn spoken(text: &str) -> impl Iterator<Item = String> + '_ {
    let is_name =
        |(place, word): &(usize, &str)| *place > 0 && word.starts_with(char::is_uppercase);
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .enumerate()
        .filter(move |word| !is_name(word))
        .map(|(_, word)| word.to_lowercase())
}

/// The roots of the words of a text that say something.
fn content(text: &str, words: &Words) -> BTreeSet<String> {
    spoken(text)
        .filter(|word| word.chars().count() > SHORT)
        .filter(|word| {
            let is = |class: &str| is_of(words, class, word);
            !is("charge-noun") && !EMPTY.iter().any(|class| is(class))
        })
        .map(|word| root(&word))
        .collect()
}

/// Whether a word or what it is inflected from belongs to a word class.
fn is_of(words: &Words, class: &str, word: &str) -> bool {
    words.has(class, word) || words.has(class, &stem(word)) || words.has(class, &root(word))
}

/// A word without the endings of its inflection: `armed`, `arming` and `arms` are one.
fn root(word: &str) -> String {
    let stem = stem(word);
    let root = ["ing", "ed", "er", "e"]
        .iter()
        .find_map(|ending| stem.strip_suffix(ending))
        .filter(|root| root.chars().count() >= SHORT);
    root.unwrap_or(&stem).to_owned()
}
