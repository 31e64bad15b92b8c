//! Whether what happens at a time lies before or after the text was written.

use crate::knowledge::Words;
use crate::language::{Analysis, Upos};

/// Where the nearest verb places what it tells; the present leaves it open, so that the nearest date is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Present,
    Future,
}

/// The tense of the verb that `token` depends on most nearly; past, the tense of reports, where there is none.
pub(super) fn around(analysis: &Analysis, words: &Words, token: usize) -> Tense {
    let mut infinitive = false;
    for place in std::iter::once(token).chain(analysis.ancestors(token)) {
        if !is_predicate(analysis, place) {
            continue;
        }
        let lemma = &analysis.words[place].lemma;
        if infinitive && (words.has("future-cue", lemma) || words.has("future-governor", lemma)) {
            // `had intended to travel in May`: that looks ahead from a time that may lie long before that of writing.
            let long_ago = words.has("future-governor", lemma)
                && (analysis.dependents(place, "aux"))
                    .any(|auxiliary| analysis.words[auxiliary].xpos == "VBD");
            return if long_ago {
                Tense::Present
            } else {
                Tense::Future
            };
        }
        if let Some(tense) = of_predicate(analysis, words, place) {
            return tense;
        }
        infinitive |= has_to(analysis, place);
    }
    Tense::Past
}

fn is_predicate(analysis: &Analysis, token: usize) -> bool {
    matches!(analysis.words[token].upos, Upos::Verb | Upos::Aux)
        || analysis.dependents(token, "cop").next().is_some()
}

fn has_to(analysis: &Analysis, verb: usize) -> bool {
    analysis
        .dependents(verb, "mark")
        .any(|mark| analysis.words[mark].xpos == "TO")
}

/// The tense that a predicate shows by itself; none for participles and infinitives, which share that of the verb above them.
fn of_predicate(analysis: &Analysis, words: &Words, verb: usize) -> Option<Tense> {
    let word = &analysis.words[verb];
    let cue = words.has("future-cue", &word.lemma);
    let auxiliaries: Vec<usize> = analysis
        .children(verb)
        .iter()
        .copied()
        .filter(|&child| matches!(analysis.words[child].relation(), "aux" | "cop"))
        .collect();
    if auxiliaries
        .iter()
        .any(|&auxiliary| words.has("future-auxiliary", &analysis.words[auxiliary].lemma))
    {
        return Some(Tense::Future);
    }
    let perfect = auxiliaries
        .iter()
        .any(|&auxiliary| words.has("perfect-auxiliary", &analysis.words[auxiliary].lemma));
    let finite = auxiliaries
        .iter()
        .map(|&auxiliary| analysis.words[auxiliary].xpos)
        .find(|xpos| matches!(*xpos, "VBD" | "VBZ" | "VBP" | "MD"));
    if has_to(analysis, verb) {
        // `is to travel`, `was to have travelled`; any other infinitive looks to its governor. `was to travel` looks ahead from a time
        // that may lie long before that of writing.
        return match (perfect, finite) {
            (true, _) => Some(Tense::Past),
            (false, Some("VBD")) => Some(Tense::Present),
            (false, Some(_)) => Some(Tense::Future),
            (false, None) => None,
        };
    }
    let present = matches!(finite.unwrap_or(word.xpos), "VBZ" | "VBP");
    match finite.unwrap_or(word.xpos) {
        "MD" => Some(Tense::Future),
        "VBZ" | "VBP" if cue && !perfect => Some(Tense::Future),
        // `begins on Monday` is said of a programme.
        "VBZ" | "VBP" if auxiliaries.is_empty() && words.has("scheduled-verb", &word.lemma) => {
            Some(Tense::Future)
        }
        // What was planned may have happened or not: the nearest date is the likeliest.
        "VBN" | "VBZ" | "VBP" if cue => Some(Tense::Present),
        "VBD" if cue && finite.is_some() => Some(Tense::Present),
        "VBD" | "VBN" => Some(Tense::Past),
        _ if present && perfect => Some(Tense::Past),
        _ if present || (word.xpos == "VB" && word.head.is_none()) => Some(Tense::Present),
        _ => None,
    }
}
