//! Notices texts that are not in English.

use whatlang::{Lang, detect};

use crate::text::Note;

/// So many characters of a text are looked at: what is foreign from here on is foreign in a part only.
const LOOKED_AT: usize = 4000;

/// Shorter texts do not say in which language they are.
const ENOUGH_LETTERS: usize = 200;

/// How sure the detector must be, of 1.
const SURE: f64 = 0.9;

/// A note where `body` is not in English, as it seems.
pub(super) fn seems(body: &str) -> Option<Note> {
    let end = body
        .char_indices()
        .nth(LOOKED_AT)
        .map_or(body.len(), |(at, _)| at);
    let start = &body[..end];
    let letters = start
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .count();
    if letters < ENOUGH_LETTERS {
        return None;
    }
    let found = detect(start).filter(|found| found.lang() != Lang::Eng)?;
    let sure = found.is_reliable() && found.confidence() >= SURE;
    sure.then(|| note(&format!("the text seems to be {}", found.lang().eng_name())))
}

/// A note where a text is said to be in a language that is not English: a name or a tag of BCP 47, of which the first part counts.
pub(super) fn declared(language: &str) -> Option<Note> {
    let lower = language.trim().to_lowercase();
    let first = lower.split(['-', '_']).next().unwrap_or_default();
    let unknown = ["", "en", "eng", "english", "und", "mul", "zxx"];
    (!unknown.contains(&first)).then(|| {
        note(&format!(
            "the text is said to be in the language `{language}`"
        ))
    })
}

fn note(what: &str) -> Note {
    Note {
        span: None,
        message: format!("{what}; chancery reads English, and finds little or nothing in it"),
    }
}
