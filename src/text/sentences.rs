//! Finds where the sentences of a paragraph end, from its tokens.

use std::ops::Range;

use super::unmarked::Unmarked;
use super::{Token, words};

/// Most tokens of a sentence. What is longer is no prose but a list, a table or a text that has lost its full stops, and the cost of a
/// tree and of what is read off it grows with the square of its length.
const LONGEST: usize = 300;

/// The sentences of one paragraph's tokens: consecutive ranges that cover them all, none empty and none of more than 300 tokens.
pub(super) fn split(tokens: &[Token]) -> Vec<Range<usize>> {
    let sentences = ended(tokens).into_iter();
    sentences
        .flat_map(|sentence| pieces(tokens, sentence))
        .collect()
}

/// A sentence in pieces of at most [`LONGEST`] tokens: of what fits, each ends with the last semicolon of the second half, else with the
/// last comma, else where it is full.
fn pieces(tokens: &[Token], sentence: Range<usize>) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = sentence.start;
    while sentence.end - start > LONGEST {
        let half = start + LONGEST / 2;
        let last = |form: &str| {
            let mut ends = tokens[half..start + LONGEST].iter();
            ends.rposition(|token| token.form == form)
                .map(|end| half + end + 1)
        };
        let end = last(";").or_else(|| last(",")).unwrap_or(start + LONGEST);
        pieces.push(start..end);
        start = end;
    }
    pieces.push(start..sentence.end);
    pieces
}

/// What stands between ends that signs mark, or that are learnt.
fn ended(tokens: &[Token]) -> Vec<Range<usize>> {
    let unmarked = Unmarked::new(tokens);
    let mut sentences = Vec::new();
    let (mut start, mut at, mut quoted) = (0, 0, false);
    while at < tokens.len() {
        let mut end = at + 1;
        let marked = ends_sentence(&tokens[at]);
        if marked {
            end = closers_end(tokens, end);
        }
        quoted ^= odd_quotes(&tokens[at..end]);
        let ends = marked && starts_anew(tokens, at, end)
            || may_end_unmarked(tokens, end) && unmarked.ends(start, end, quoted);
        if ends {
            sentences.push(start..end);
            start = end;
            quoted = false;
        }
        at = end;
    }
    if start < tokens.len() {
        sentences.push(start..tokens.len());
    }
    sentences
}

/// Whether `tokens` open a quotation, or close it, and no more.
fn odd_quotes(tokens: &[Token]) -> bool {
    let quote = |token: &&Token| matches!(token.form.as_str(), "\"" | "``" | "''");
    tokens.iter().filter(quote).count() % 2 == 1
}

/// Whether a sentence may end before the token at `end` though no sign says so. Where a capital or a number follows a sign, the
/// sign decides; titles, commas, colons and the marks of a list (`(b)`) lead on.
fn may_end_unmarked(tokens: &[Token], end: usize) -> bool {
    let last = &tokens[end - 1];
    let large = |character: char| character.is_uppercase() || character.is_numeric();
    let Some(next) = tokens.get(end) else {
        return false;
    };
    let signed = ends_sentence(last) && next.form.starts_with(large);
    let lists = matches!(&tokens[..end], [.., open, mark, _] if open.form == "(" && mark.form.chars().count() <= 2);
    let leads_on = match last.form.as_str() {
        "," | ":" => true,
        ")" => lists,
        word => words::contains(words::TITLES, word),
    };
    last.space_after && !signed && !leads_on
}

/// Whether a sentence may end with this token, quotes and brackets that close after it aside.
fn ends_sentence(token: &Token) -> bool {
    let form = token.form.as_str();
    form.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।'])
}

/// Takes in the quotes, brackets and note numbers that stand without a space after a full stop.
fn closers_end(tokens: &[Token], mut end: usize) -> usize {
    while end < tokens.len() {
        let noted = is_note(&tokens[end..]);
        if noted {
            end += 3;
            continue;
        }
        if tokens[end - 1].space_after {
            break;
        }
        let closes = match tokens[end].form.as_str() {
            ")" | "]" | "}" | "\"" | "'" | "''" | "。" | "」" | "』" => true,
            form => ends_sentence(&tokens[end]) && !form.starts_with(char::is_alphanumeric),
        };
        if !closes {
            break;
        }
        end += 1;
    }
    end
}

/// The number of a note in square brackets (`[12]`), which belongs to the sentence before it.
fn is_note(tokens: &[Token]) -> bool {
    matches!(tokens, [open, number, close, ..] if open.form == "[" && close.form == "]" && is_number(&number.form))
}

/// Whether the token at `next` starts a sentence after the one that may end with the token at `stop`.
fn starts_anew(tokens: &[Token], stop: usize, next: usize) -> bool {
    let stop_form = tokens[stop].form.as_str();
    let closed = next > stop + 1;
    let spaced = tokens[next - 1].space_after;
    let opening = (next..tokens.len().min(next + 4)).find(|at| !is_opening(&tokens[*at].form));
    let Some(first) = opening.map(|at| &tokens[at].form) else {
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
    // The dash before whom a quotation is from.
    if closed && matches!(tokens[next].form.as_str(), "-" | "--" | "–" | "—") {
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
    !(numbered && (stop == 1 || matches!(tokens[stop - 2].form.as_str(), "." | "!" | "?")))
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
    let leads_on = [
        words::TITLES,
        words::BEFORE_NUMBERS,
        words::CALENDAR,
        words::CONNECTIVES,
    ];
    if leads_on.iter().any(|list| words::contains(list, word)) {
        return false;
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Span, tokens};

    #[test]
    fn a_sentence_that_is_too_long_for_prose_is_cut_at_its_clauses() {
        let lengths = |text: String| -> Vec<usize> {
            let characters: Vec<char> = text.chars().collect();
            let tokens = tokens::split(&characters, Span::new(0, characters.len()));
            let sentences = split(&tokens);
            let whole: usize = sentences.iter().map(Range::len).sum();
            assert_eq!(whole, tokens.len());
            sentences
                .into_iter()
                .map(|sentence| sentence.len())
                .collect()
        };
        let words = |count: usize| "word ".repeat(count);
        assert_eq!(lengths(words(300)), [300]);
        assert_eq!(lengths(words(700)), [300, 300, 100]);
        assert_eq!(
            lengths(format!("{}, {}, {}", words(200), words(50), words(200))),
            [252, 200]
        );
        assert_eq!(
            lengths(format!("{}; {}, {}", words(200), words(50), words(200))),
            [201, 251]
        );
        assert_eq!(
            lengths(format!("{}; {}", words(100), words(250))),
            [300, 51]
        );
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        // A bar stands where a sentence ends.
        let cases = [
            "U.S. President Roe met the Rt. Hon. J. K. Smith on Jan. 5.|No. 10 said yes.|5 people left.",
            "He is in the U.S.|The talks began at 10 a.m.|Gen. Roe of Acme Inc. spoke.|It was etc. etc. and so on.",
            "\"We came.|We saw.\"|He left (by air).|\"Why?\" the minister asked.|\"Why?\" she said.|Yes!|\"No?\"|They went.",
            "Prices rose by 3.5 per cent.[12]|See e.g. The Hague... and so on…|Well...|It goes on?!|Yes.",
            "Where did you go?|did you like it?|i was there too.|it was cold",
            "Ministers meet in Oslo Wednesday, May 6, 2009|The foreign ministers of the two countries met.",
            "When Mr David Roe, the envoy of The Gambia, came, the answer was ready: China, he said, had agreed: (a) The Oslo plan; (b) The Baku plan.",
            "1. The first point.|He spoke to St. Lucia's envoy, Mr. A. B. Roe Jr., in Washington D.C. on Monday.|He cited H. R. 1280.",
        ];
        for case in cases {
            let characters: Vec<char> = case.replace('|', " ").chars().collect();
            let tokens = tokens::split(&characters, Span::new(0, characters.len()));
            let text = |range: Range<usize>| -> String {
                characters[tokens[range.start].span.start..tokens[range.end - 1].span.end]
                    .iter()
                    .collect()
            };
            let found: Vec<String> = split(&tokens).into_iter().map(text).collect();
            assert_eq!(found.join("|"), case);
        }
    }
}
