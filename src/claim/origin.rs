//! How was each slot of a claim filled? For whoever asks why a claim is there.

use std::ops::Range;

use super::matching::{Match, Matcher, Party};
use crate::mention::Kind;
use crate::text::{Date, Span};

/// How a slot was filled. Spans count characters of the body.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum Origin {
    /// By an argument of the frame.
    Argument {
        /// Its way through the tree, as the frame gives it (`nsubj`, `obj/obl(by)`).
        path: String,
        /// The words at the end of it.
        span: Span,
    },
    /// By an expression of time.
    Time {
        /// The expression.
        span: Span,
    },
    /// By how the text presents the event (`past`, `future`).
    Modality {
        /// The ontology's word for it.
        modality: String,
    },
    /// By words that point to a concept.
    Trigger {
        /// The first of them.
        span: Span,
    },
    /// By the frame itself (`ch:sets`).
    Frame,
    /// By the ontology, where nothing points to another concept (`ch:default`).
    Default,
    /// By the sentences around.
    Context,
    /// By the company in which somebody is told to be.
    Company,
    /// By what another claim says.
    Link,
}

/// How `party` came into its role.
pub(super) fn of_party(reader: Matcher, found: &Match, party: Party) -> Origin {
    let argument = party
        .argument
        .and_then(|place| found.frame.arguments.get(place));
    argument.map_or(Origin::Context, |argument| Origin::Argument {
        path: argument.path.join("/"),
        span: reader.document.tokens[party.token].span,
    })
}

/// How the words `tokens` came into `role`.
pub(super) fn of_words(reader: Matcher, found: &Match, role: &str, tokens: Range<usize>) -> Origin {
    let argument = found
        .text_arguments
        .iter()
        .find(|(bound, _)| *bound == role);
    argument.map_or(Origin::Context, |(_, argument)| Origin::Argument {
        path: argument.path.join("/"),
        span: reader.document.span_of(tokens),
    })
}

/// Which expression of the sentence of `predicate` gives `date`; where it only follows from one (`a three-day visit`), the first.
pub(super) fn of_date(reader: Matcher, predicate: usize, date: Date) -> Origin {
    let times = || {
        reader
            .mentions_beside(predicate)
            .iter()
            .filter_map(|mention| match mention.kind {
                Kind::Time(time) => Some((mention, time)),
                _ => None,
            })
    };
    let told = times().find(|(_, time)| time.start == date || time.end == Some(date));
    told.or_else(|| times().next())
        .map_or(Origin::Context, |(mention, _)| Origin::Time {
            span: mention.span,
        })
}
