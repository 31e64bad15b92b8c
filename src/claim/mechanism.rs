//! What a claim rests on besides words that hang together in one sentence.
//!
//! Each mechanism is a place where a reader, too, could be mistaken; a claim is as sure as all of them together.

use super::Slot;
use super::matching::{Match, Matcher, Party};
use crate::mention::{Kind, Mention};

/// How sure a claim is that rests on none.
pub const PLAIN: f32 = 0.95;

/// A step beyond the words that hang on the evoking word.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Mechanism {
    /// A party is whoever utters the words (`Washington forged the papers`, said in an interview).
    Attribution,
    /// A role was filled from the sentences around.
    Context,
    /// An argument was taken over from a governing or coordinated word (`is expected to visit`).
    Control,
    /// A pronoun or a phrase without a name was resolved (`he`, `the visiting minister`).
    Coreference,
    /// A word was resolved by who speaks to whom (`we`, `your country`, `here`).
    Deixis,
    /// A party was read off an enumeration that the tree does not hold together.
    Enumeration,
}

impl Mechanism {
    /// Its notation in `ch:MechanismScheme`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Attribution => "attribution",
            Self::Context => "context",
            Self::Control => "control",
            Self::Coreference => "coreference",
            Self::Deixis => "deixis",
            Self::Enumeration => "enumeration",
        }
    }

    /// By how much it makes a claim less sure.
    pub fn reliability(self) -> f32 {
        match self {
            Self::Context => 0.6,
            Self::Control | Self::Coreference | Self::Deixis | Self::Enumeration => 0.85,
            Self::Attribution => 0.9,
        }
    }
}

/// How sure a claim is that rests on `mechanisms`, 0 to 1.
pub(super) fn confidence(mechanisms: &[Mechanism]) -> f32 {
    mechanisms
        .iter()
        .map(|mechanism| mechanism.reliability())
        .fold(PLAIN, |sure, reliability| sure * reliability)
}

/// The mechanisms behind the claim of `found` with `slots`, in alphabetical order, each once; `borrows` says that some of the slots come from
/// the sentences around.
pub(super) fn mechanisms(
    reader: Matcher,
    found: &Match,
    slots: &[Slot],
    borrows: bool,
) -> Vec<Mechanism> {
    let mut mechanisms = Vec::new();
    if found.inherited {
        mechanisms.push(Mechanism::Control);
    }
    if found.from_context || borrows {
        mechanisms.push(Mechanism::Context);
    }
    for (role, parties) in &found.parties {
        let chosen = parties
            .iter()
            .filter(|party| super::parties(slots, role).any(|id| id == party.entity));
        for party in chosen {
            mechanisms.extend(reference(reader, found, party));
            let listed = |other: &Party| {
                other.token != party.token
                    && (reader.lists.with(other.token).iter()).any(|item| item.head == party.token)
            };
            if parties.iter().any(listed) && !coordinated(reader, parties, party) {
                mechanisms.push(Mechanism::Enumeration);
            }
        }
    }
    mechanisms.sort_unstable();
    mechanisms.dedup();
    mechanisms
}

/// How the token of a party came to mean it; none where it is a name or a title next to one.
fn reference(reader: Matcher, found: &Match, party: &Party) -> Option<Mechanism> {
    if party.token == found.predicate {
        return Some(Mechanism::Attribution).filter(|_| !found.from_context);
    }
    let mention = mention_of(reader, party.token)?;
    let words = &reader.syntax.analysis.words;
    let spoken = mention.tokens.clone().any(|token| {
        (reader.knowledge.words).has("speech-participant", &words[token].lemma)
            || reader.knowledge.words.has(
                "speech-participant",
                &reader.document.tokens[token].form.to_lowercase(),
            )
    });
    match mention.kind {
        Kind::Pronoun | Kind::Group if spoken => Some(Mechanism::Deixis),
        Kind::Pronoun | Kind::Group => Some(Mechanism::Coreference),
        Kind::Office(_) => {
            let name = &reader.entities.get(party.entity).name;
            let sentence = reader.document.sentence_of(party.token);
            let tokens = reader.document.sentences[sentence].tokens.clone();
            let written = reader.document.text(reader.document.span_of(tokens));
            let family = name.split_whitespace().next_back()?;
            (!written.contains(family)).then_some(Mechanism::Coreference)
        }
        _ => None,
    }
}

/// The narrowest mention whose head `token` is.
fn mention_of(reader: Matcher<'_>, token: usize) -> Option<&Mention> {
    reader
        .mentions_of(token)
        .min_by_key(|mention| mention.tokens.len())
}

/// Whether the tree itself coordinates `party` with another one of `parties`.
fn coordinated(reader: Matcher, parties: &[Party], party: &Party) -> bool {
    parties
        .iter()
        .filter(|other| other.token != party.token)
        .any(|other| {
            let joins = |first: usize, next: usize| reader.syntax.conjuncts(first).contains(&next);
            joins(other.token, party.token) || joins(party.token, other.token)
        })
}
