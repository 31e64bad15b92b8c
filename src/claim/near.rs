//! What almost became a claim, and what was missing?
//!
//! For people who look for a fact that they miss: it asks the same questions of the trees as the matcher, and then which of them had no
//! answer.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::dispute;
use super::matching::{Match, Matcher};
use super::syntax::Filler;
use super::{Origin, Slot, Value, build, company, origin, state};
use crate::knowledge::lexicon::Argument;
use crate::knowledge::vocabulary::Range;
use crate::text::Span;

/// A frame that a word evokes and that states no claim.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Near {
    /// Local name of the class of claims that it would state.
    pub class: String,
    /// IRI of the frame.
    pub frame: String,
    /// IRI of the lexical entry that evoked it; none where a word class did.
    pub entry: Option<String>,
    /// The evoking word.
    pub word: Span,
    /// The sentence it stands in, an index into the document's sentences.
    pub sentence: usize,
    /// What was found.
    pub found: Vec<Slot>,
    /// What was not, what is nearest first.
    pub missing: Vec<Missing>,
}

/// Why a frame states no claim, what is nearest to one first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case", tag = "why")]
pub enum Missing {
    /// The text does not affirm it (it asks, supposes, denies or quotes), or the parties do not go together.
    Unsaid,
    /// None of the conditions of the frame holds.
    Condition,
    /// Every claim of the class has the property, and nothing tells it here.
    Property {
        /// Its local name.
        property: String,
    },
    /// What stands there is no party of the right kind, or nobody in particular.
    WrongParty {
        /// Local name of the property.
        property: String,
        /// The way.
        path: String,
        /// The word at the end of it.
        span: Span,
        /// The kinds of parties that may fill the property.
        accepts: Vec<String>,
    },
    /// What stands there is not of the word class that is asked for, has no proper name, or does not belong to the speaker's country.
    WrongWord {
        /// Local name of the property; empty for an argument that fills none.
        property: String,
        /// The way.
        path: String,
        /// The word at the end of it.
        span: Span,
        /// Local name of the word class, where one is asked for.
        class: Option<String>,
    },
    /// Nothing stands at the end of the ways to a property.
    Nothing {
        /// Local name of the property; empty for an argument that fills none.
        property: String,
        /// The ways.
        paths: Vec<String>,
    },
}

/// The frames that the words of the lexicon evoke without stating a claim: at each word, and for each class of claims, the one of which the
/// least is missing, as long as no more is missing than found. Those of the user come first, since who writes a frame asks for that; then
/// those of which less is missing, then those of which more is found, then text order.
pub(super) fn near(reader: Matcher) -> Vec<Near> {
    let matches = dispute::settle(reader, reader.matches());
    let (_, silent) = state(reader, &matches);
    let stated: BTreeSet<(usize, &str)> = matches
        .iter()
        .map(|found| (found.predicate, found.frame.class.as_str()))
        .collect();
    let mut all: Vec<Near> = (silent.iter().map(|found| unsaid(reader, found)))
        .chain(quoted(reader, &matches))
        .collect();
    for token in 0..reader.document.tokens.len() {
        let evoked = reader.evoked(token);
        let open = evoked
            .into_iter()
            .filter(|found| !stated.contains(&(token, found.frame.class.as_str())))
            .map(|found| incomplete(reader, found))
            .filter(|near| near.missing.len() <= near.found.len());
        let mut here: Vec<Near> = Vec::new();
        for near in open {
            match here.iter_mut().find(|other| other.class == near.class) {
                Some(other) if farness(&near) < farness(other) => *other = near,
                Some(_) => {}
                None => here.push(near),
            }
        }
        all.extend(here);
    }
    let definitions = &reader.knowledge.definitions;
    all.sort_by_cached_key(|near| {
        let mut entries = std::iter::once(&near.frame).chain(&near.entry);
        let users = entries.any(|iri| definitions.is_users(iri));
        let (missing, found) = (near.missing.len(), Reverse(near.found.len()));
        (Reverse(users), missing, found, near.word.start)
    });
    all
}

/// How far a frame is from a claim: how much is missing, and the worst of it.
fn farness(near: &Near) -> (usize, Option<&Missing>) {
    (near.missing.len(), near.missing.iter().max())
}

/// Matches that stand inside what another only charges or denies.
fn quoted<'m>(reader: Matcher<'m>, matches: &'m [Match<'m>]) -> impl Iterator<Item = Near> + 'm {
    let told: BTreeSet<(usize, &str)> = reader
        .stated(matches)
        .map(|found| (found.predicate, found.iri))
        .collect();
    matches
        .iter()
        .filter(move |found| {
            !told.contains(&(found.predicate, found.iri)) && !company::is_company(reader, found)
        })
        .map(move |found| Near {
            missing: vec![Missing::Unsaid],
            ..blank(reader, found)
        })
}

/// A match that states nothing.
fn unsaid(reader: Matcher, found: &Match) -> Near {
    let class = reader.knowledge.vocabulary.classes.get(&found.frame.class);
    let required = class.map_or(&[][..], |class| class.requires.as_slice());
    let mut missing: Vec<Missing> = required
        .iter()
        .filter(|role| !found.is_bound(role))
        .map(|role| Missing::Property {
            property: role.clone(),
        })
        .collect();
    if missing.is_empty() {
        missing.push(Missing::Unsaid);
    }
    Near {
        missing,
        ..blank(reader, found)
    }
}

/// A frame of which something is not there.
fn incomplete<'m>(reader: Matcher<'m>, mut found: Match<'m>) -> Near {
    let functions = reader.syntax.functions(found.predicate);
    reader.fill(&mut found, &functions);
    let mut roles: Vec<&str> = Vec::new();
    let mut missing = Vec::new();
    for argument in found
        .frame
        .arguments
        .iter()
        .filter(|argument| argument.required)
    {
        if roles.contains(&argument.role.as_str()) {
            continue;
        }
        roles.push(&argument.role);
        if !reader.is_filled(&found, argument, &functions) {
            missing.push(lack(reader, &found, &argument.role, &functions));
        }
    }
    if missing.is_empty() {
        missing.push(Missing::Condition);
    }
    missing.sort();
    Near {
        missing,
        ..blank(reader, &found)
    }
}

/// What keeps the arguments for `role` from being filled.
fn lack(reader: Matcher, found: &Match, role: &str, functions: &[Filler]) -> Missing {
    let arguments = || (found.frame.arguments.iter()).filter(|argument| argument.role == role);
    let at_end = |argument: &Argument| {
        let path = match argument.path.split_last() {
            Some((last, path)) if last == "country" => path,
            _ => argument.path.as_slice(),
        };
        let fillers = reader.follow(argument, path, functions, found.predicate);
        fillers.first().map(|filler| filler.token)
    };
    let property = role.to_owned();
    let span = |token: usize| reader.document.tokens[token].span;
    let accepts = match reader.knowledge.vocabulary.properties.get(role) {
        Some(property) => match &property.range {
            Range::Entity(kinds) => kinds.clone(),
            _ => Vec::new(),
        },
        None => Vec::new(),
    };
    if let Some((argument, token)) =
        arguments().find_map(|argument| Some((argument, at_end(argument)?)))
    {
        return Missing::WrongParty {
            property,
            path: argument.path.join("/"),
            span: span(token),
            accepts,
        };
    }
    // The same ways, with nothing asked of what stands at their end.
    let there =
        arguments().find_map(|argument| Some((argument, at_end(&argument.unconditional())?)));
    match there {
        Some((argument, token)) => Missing::WrongWord {
            property,
            path: argument.path.join("/"),
            span: span(token),
            class: argument.head.clone(),
        },
        None => Missing::Nothing {
            property,
            paths: arguments()
                .map(|argument| argument.path.join("/"))
                .collect(),
        },
    }
}

/// What was found of a frame.
fn blank(reader: Matcher, found: &Match) -> Near {
    let parties = found.parties.iter().flat_map(|(role, parties)| {
        parties.iter().map(move |party| {
            let origin = origin::of_party(reader, found, *party);
            Slot::new(role, Value::Entity(party.entity), origin)
        })
    });
    let texts = found.texts.iter().flat_map(|(role, texts)| {
        texts.iter().map(move |range| {
            let origin: Origin = origin::of_words(reader, found, role, range.clone());
            let words = build::words(reader, range.clone());
            Slot::new(role, Value::Text(words), origin)
        })
    });
    Near {
        class: found.frame.class.clone(),
        frame: found.iri.to_owned(),
        entry: found.entry.map(|entry| entry.iri.clone()),
        word: reader.document.tokens[found.predicate].span,
        sentence: reader.document.sentence_of(found.predicate),
        found: parties.chain(texts).collect(),
        missing: Vec::new(),
    }
}
