//! Which concepts of a scheme do words point to?

use crate::knowledge::vocabulary::Concept;
use crate::knowledge::{Vocabulary, Words};
use crate::language::{Analysis, Upos};
use crate::text::Document;

/// A concept that words point to.
pub(super) struct Pointed<'a> {
    pub concept: &'a Concept,
    /// How strongly: a longer expression weighs more than a short one, a word the more the nearer it is to the head of the words.
    pub weight: usize,
    /// Whether a trigger or a pair of words names it, not mere hints.
    pub named: bool,
    /// How near the nearest of its words is to the head of the words, [`AT_HEAD`] for the head itself.
    pub nearness: usize,
    /// Where the first of its words stands among the words.
    first: usize,
    /// The first of its words.
    pub token: usize,
}

/// Reads concepts off the words of a document.
#[derive(Clone, Copy)]
pub(super) struct Classifier<'a> {
    pub vocabulary: &'a Vocabulary,
    pub words: &'a Words,
    pub document: &'a Document,
    pub analysis: &'a Analysis,
}

/// How much a pair of words counts, a trigger, and a hint.
const PAIR: usize = 10;
const TRIGGER: usize = 3;
const HINT: usize = 1;

/// How many words a longer expression leaves out at most between two of its own.
const GAP: usize = 3;

/// How many steps of the tree lie between the words of a pair at most.
const STEPS: usize = 3;

/// A word with what is asked of it.
struct Reading {
    token: usize,
    lemma: String,
    form: String,
    /// The lemma with the one right before it (`asylum seeker`).
    compound: Option<String>,
    /// What the verb of a form in -ing may be, whatever the tagger makes of it (`bugging` of `bug`).
    verbs: Vec<String>,
    nearness: usize,
}

impl Reading {
    fn is(&self, word: &str) -> bool {
        self.lemma == word || self.form == word || self.verbs.iter().any(|verb| verb == word)
    }

    fn belongs(&self, words: &Words, class: &str) -> bool {
        words.has(class, &self.lemma)
            || (self.compound.iter()).any(|compound| words.has(class, compound))
            || self.verbs.iter().any(|verb| words.has(class, verb))
    }
}

impl<'a> Classifier<'a> {
    /// The concepts of `scheme` to which `tokens` point, the weightiest first, then in the order of their first word.
    pub(super) fn concepts(self, scheme: &str, tokens: &[usize]) -> Vec<Pointed<'a>> {
        let readings: Vec<Reading> = tokens
            .iter()
            .map(|&token| Reading {
                token,
                lemma: self.analysis.words[token].lemma.to_lowercase(),
                form: self.document.tokens[token].form.to_lowercase(),
                compound: token
                    .checked_sub(1)
                    .filter(|before| tokens.contains(before))
                    .map(|before| {
                        let words = &self.analysis.words;
                        format!("{} {}", words[before].lemma, words[token].lemma).to_lowercase()
                    }),
                verbs: verbs_of(&self.document.tokens[token].form.to_lowercase()),
                nearness: nearness(self.analysis, tokens, token),
            })
            .filter(|reading| reading.lemma != "-")
            .collect();
        let mut found: Vec<Pointed> = self
            .vocabulary
            .concepts
            .values()
            .filter(|concept| concept.scheme == scheme)
            .filter_map(|concept| self.point(concept, &readings))
            .collect();
        found.sort_by_key(|pointed| {
            let Pointed { weight, first, .. } = pointed;
            (
                std::cmp::Reverse(*weight),
                *first,
                pointed.concept.notation.as_str(),
            )
        });
        found
    }

    /// How `readings` point to `concept`, if they do.
    fn point(self, concept: &'a Concept, readings: &[Reading]) -> Option<Pointed<'a>> {
        let mut pointed = Pointed {
            concept,
            weight: 0,
            named: false,
            nearness: 0,
            first: usize::MAX,
            token: usize::MAX,
        };
        for position in 0..readings.len() {
            let at = |strength: usize, expressions: &'a [Vec<String>]| {
                let found = expressions.iter().filter_map(move |expression| {
                    let nearness = self.nearness_of(expression, &readings[position..])?;
                    Some((expression.len(), strength, nearness))
                });
                found.max()
            };
            // Of `organised crime`, `organised` and `crime` the longest counts.
            let found = at(TRIGGER, &concept.triggers).max(at(HINT, &concept.hints));
            if let Some((length, strength, nearness)) = found {
                pointed.weight += strength * (length + 1) * nearness;
                pointed.named |= strength == TRIGGER;
                pointed.nearness = pointed.nearness.max(nearness);
                pointed.first = pointed.first.min(position);
            }
        }
        for [head, dependent] in &concept.trigger_pairs {
            for (position, reading) in readings.iter().enumerate() {
                if reading.belongs(self.words, head) && self.joins(reading, dependent, readings) {
                    pointed.weight += PAIR * reading.nearness;
                    pointed.named = true;
                    pointed.nearness = pointed.nearness.max(reading.nearness);
                    pointed.first = pointed.first.min(position);
                }
            }
        }
        pointed.token = readings.get(pointed.first)?.token;
        Some(pointed)
    }

    /// How near the words of `expression` are to the head, where `readings` open with them; articles, adjectives and the like may stand
    /// between (`break its solemn word`).
    fn nearness_of(self, expression: &[String], readings: &[Reading]) -> Option<usize> {
        let (first, rest) = expression.split_first()?;
        let opening = readings.first().filter(|reading| reading.is(first))?;
        let mut nearest = opening.nearness;
        let mut at = 1;
        for word in rest {
            let mut reading = readings.get(at)?;
            let last = at + GAP;
            while !reading.is(word) {
                if at == last || !self.is_light(reading.token) {
                    return None;
                }
                at += 1;
                reading = readings.get(at)?;
            }
            nearest = nearest.max(reading.nearness);
            at += 1;
        }
        Some(nearest)
    }

    /// Whether `token` only determines or qualifies what follows.
    fn is_light(self, token: usize) -> bool {
        matches!(
            self.analysis.words[token].upos,
            Upos::Det | Upos::Adj | Upos::Adv | Upos::Pron | Upos::Num
        )
    }

    /// Whether a word of the class `dependent` hangs on `reading`, or `reading` on it (`jail journalists`, `jailed journalists`).
    fn joins(self, reading: &Reading, dependent: &str, readings: &[Reading]) -> bool {
        let below = |upper: usize, lower: usize| {
            let mut ancestors = self.analysis.ancestors(lower).take(STEPS);
            ancestors.any(|ancestor| ancestor == upper)
        };
        readings.iter().any(|other| {
            other.token != reading.token
                && other.belongs(self.words, dependent)
                && (below(reading.token, other.token) || below(other.token, reading.token))
        })
    }
}

/// The verbs of which `form` may be the gerund: `bugging` of `bug`, `hacking` of `hack`, `raping` of `rape`.
fn verbs_of(form: &str) -> Vec<String> {
    let Some(base) = form.strip_suffix("ing").filter(|base| base.len() > 2) else {
        return Vec::new();
    };
    let mut verbs = vec![base.to_owned(), format!("{base}e")];
    let mut last = base.chars().rev();
    if let (Some(a), Some(b)) = (last.next(), last.next())
        && a == b
    {
        verbs.push(base[..base.len() - a.len_utf8()].to_owned());
    }
    verbs
}

/// How near the head of some words is to itself.
pub(super) const AT_HEAD: usize = 4;

/// How near `token` is to the head of what `tokens` say: [`AT_HEAD`] for the head, less for what hangs on it, 1 for the rest.
fn nearness(analysis: &Analysis, tokens: &[usize], token: usize) -> usize {
    let depth = analysis
        .ancestors(token)
        .take(AT_HEAD - 1)
        .take_while(|ancestor| tokens.contains(ancestor))
        .count();
    AT_HEAD - depth
}
