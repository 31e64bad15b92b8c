//! Finds where the sentences of a paragraph end, from its tokens.

use std::ops::Range;

use super::{Token, words};

/// The sentences of one paragraph's tokens: consecutive ranges that cover them all, none empty.
pub(super) fn split(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < tokens.len() {
        let mut end = at + 1;
        if ends_sentence(&tokens[at]) {
            end = closers_end(tokens, end);
            if end < tokens.len() && starts_anew(tokens, at, end) {
                sentences.push(start..end);
                start = end;
            }
        }
        at = end;
    }
    if start < tokens.len() {
        sentences.push(start..tokens.len());
    }
    sentences
}

/// Whether a sentence may end with this token, quotes and brackets that close after it aside.
fn ends_sentence(token: &Token) -> bool {
    let form = token.form.as_str();
    form.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।'])
}

/// Takes in the quotes, brackets and note numbers that stand without a space after a full stop.
fn closers_end(tokens: &[Token], mut end: usize) -> usize {
    while end < tokens.len() && !tokens[end - 1].space_after {
        let closes = match tokens[end].form.as_str() {
            ")" | "]" | "}" | "\"" | "'" | "''" | "。" | "」" | "』" => true,
            "[" if tokens.get(end + 2).is_some_and(|token| token.form == "]") => {
                end += 2;
                true
            }
            form => ends_sentence(&tokens[end]) && !form.starts_with(char::is_alphanumeric),
        };
        if !closes {
            break;
        }
        end += 1;
    }
    end
}

/// Whether the token at `next` starts a sentence after the one that may end with the token at `stop`.
fn starts_anew(tokens: &[Token], stop: usize, next: usize) -> bool {
    let stop_form = tokens[stop].form.as_str();
    let closed = next > stop + 1;
    let spaced = tokens[next - 1].space_after;
    let opening = (next..tokens.len()).find(|at| !is_opening(&tokens[*at].form));
    let Some(first) = opening
        .filter(|at| *at < next + 4)
        .map(|at| &tokens[at].form)
    else {
        return false;
    };
    let initial = first.chars().next().unwrap_or(' ');
    if initial.is_lowercase() {
        return false;
    }
    if !initial.is_alphanumeric()
        && !matches!(initial, '$' | '£' | '€' | '@' | '#' | '•' | '·' | '*')
    {
        return false;
    }
    // Scripts without capitals and without spaces have full stops of their own, which are never ambiguous.
    if stop_form.ends_with(['。', '！', '？']) {
        return true;
    }
    if !spaced {
        // A space was forgotten (`nations.The`), unless this is no word at all (`3.Bxe`).
        return stop_form == "."
            && initial.is_uppercase()
            && stop > 0
            && tokens[stop - 1].form.chars().count() > 2;
    }
    if stop_form == "..." || stop_form == "…" {
        return initial.is_uppercase();
    }
    if stop_form.chars().any(char::is_alphabetic) {
        return after_abbreviation(stop_form, first, next, tokens);
    }
    if closed && stop_form.starts_with(['?', '!']) && is_reported(&tokens[next..]) {
        return false;
    }
    // A list number (`1.`) opens its sentence instead of ending one.
    let numbered = stop_form == "."
        && stop > 0
        && !tokens[stop - 1].space_after
        && is_number(&tokens[stop - 1].form);
    !(numbered && (stop == 1 || ends_sentence(&tokens[stop - 2])))
}

/// Quotes and brackets that open what follows.
fn is_opening(form: &str) -> bool {
    matches!(
        form,
        "\"" | "'" | "``" | "(" | "[" | "{" | "-" | "--" | "–" | "—" | "¿" | "¡" | "「" | "『"
    )
}

fn is_number(form: &str) -> bool {
    form.len() <= 3 && form.bytes().all(|byte| byte.is_ascii_digit())
}

/// An abbreviation ends a sentence only if what follows cannot go on with it.
fn after_abbreviation(form: &str, first: &str, next: usize, tokens: &[Token]) -> bool {
    let word = form.trim_end_matches('.');
    if words::contains(words::TITLES, word) || words::contains(words::BEFORE_NUMBERS, word) {
        return false;
    }
    // A full stop that ends a word of more than an abbreviation's length was kept with it by mistake; believe it.
    let initial = word.chars().count() == 1;
    let starter = first.chars().next().is_some_and(char::is_uppercase)
        && words::contains(words::SENTENCE_STARTERS, first);
    if initial {
        return starter && first.chars().count() > 1;
    }
    let quoted = is_opening(&tokens[next].form) && tokens[next].form != "(";
    let closes_time = matches!(word, "a.m" | "p.m" | "etc" | "al") && first.chars().count() > 3;
    starter
        || quoted
        || (closes_time && !first.starts_with(|character: char| character.is_ascii_digit()))
}

/// Whether a verb of speaking follows a quoted question or exclamation (`"Why?" Lavrov asked`).
fn is_reported(following: &[Token]) -> bool {
    let ahead = following
        .iter()
        .take(6)
        .take_while(|token| !ends_sentence(token) && token.form != ",");
    ahead
        .skip(1)
        .any(|token| words::contains(words::SPEECH_VERBS, &token.form))
}
