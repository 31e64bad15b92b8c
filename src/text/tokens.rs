//! Cuts a paragraph into the words of Universal Dependencies, as the English treebanks EWT and GUM (2025-05) cut them.

use unicode_normalization::UnicodeNormalization;

use super::characters::{is_invisible, is_mark, is_space, is_word, straight};
use super::patterns::{HORIZON, address_end, dashed_number_end, smiley_end};
use super::{Span, Token, words};

/// The words of `characters[span]`. Every character that is neither white space nor invisible belongs to exactly one
/// of them, in order; a token's form is composed (NFC) and has straight quotes.
pub(super) fn split(characters: &[char], span: Span) -> Vec<Token> {
    let mut text = Vec::with_capacity(span.end - span.start);
    let mut position = Vec::with_capacity(span.end - span.start);
    for (at, &character) in characters
        .iter()
        .enumerate()
        .take(span.end)
        .skip(span.start)
    {
        if is_space(character) {
            text.push(' ');
            position.push(at);
        } else if !is_invisible(character) {
            text.push(straight(character));
            position.push(at);
        }
    }
    let mut tokens = Vec::with_capacity(text.len() / 5 + 1);
    let mut at = 0;
    while at < text.len() {
        if text[at] == ' ' {
            at += 1;
            continue;
        }
        let end = piece_end(&text, at);
        for (start, end) in clitics(&text, at, end) {
            tokens.push(Token {
                span: Span::new(position[start], position[end - 1] + 1),
                form: text[start..end].iter().copied().nfc().collect(),
                space_after: text.get(end).is_none_or(|next| *next == ' '),
            });
        }
        at = end;
    }
    tokens
}

/// The end of the piece that starts at `start`, which is no blank. A piece may still hold clitics.
fn piece_end(text: &[char], start: usize) -> usize {
    let character = text[start];
    let next = text.get(start + 1).copied().unwrap_or(' ');
    let after_space = start == 0 || text[start - 1] == ' ';
    if character.is_alphanumeric() || is_word(character) {
        return address_end(text, start)
            .or_else(|| dashed_number_end(text, start))
            .unwrap_or_else(|| word_end(text, start));
    }
    match character {
        '\'' => apostrophe_end(text, start, after_space),
        '+' | '.' if after_space && next.is_numeric() => word_end(text, start + 1),
        '#' | '@' if after_space && next.is_alphabetic() => word_end(text, start + 1),
        '`' if next == '`' => start + 2,
        '.' if matches!(next, '!' | '?') => start + 1 + marks_length(text, start + 1),
        '.' | '-' | '*' | '=' | '_' | '~' | '+' | '<' | '>' => {
            start
                + text[start..]
                    .iter()
                    .take_while(|other| **other == character)
                    .count()
        }
        '!' | '?' => start + marks_length(text, start),
        ':' | ';' => smiley_end(text, start, after_space).unwrap_or(start + 1),
        // An emoji and the marks and joiners that belong to it are one sign.
        _ => {
            start
                + 1
                + text[start + 1..]
                    .iter()
                    .take_while(|other| is_mark(**other))
                    .count()
        }
    }
}

/// How many exclamation and question marks stand from `start` on, with a full stop after them.
fn marks_length(text: &[char], start: usize) -> usize {
    let marks = text[start..]
        .iter()
        .take_while(|character| matches!(character, '!' | '?'))
        .count();
    let stop = text.get(start + marks) == Some(&'.') && text.get(start + marks + 1) != Some(&'.');
    marks + usize::from(stop)
}

/// An apostrophe that starts a piece: a clitic left by what stands before (`U.N.'s`), a shortened year (`'90s`), or a quote.
fn apostrophe_end(text: &[char], start: usize, after_space: bool) -> usize {
    if text.get(start + 1) == Some(&'\'') {
        return start + 2;
    }
    let ahead = text[start + 1..]
        .iter()
        .take(4)
        .take_while(|character| is_word(**character));
    let word: String = ahead.map(char::to_ascii_lowercase).collect();
    let clitic = matches!(word.as_str(), "s" | "d" | "m" | "ll" | "re" | "ve")
        && (!after_space || word == "s");
    let year = after_space
        && word.len() < 4
        && word.len() > 1
        && word.as_bytes()[..2].iter().all(u8::is_ascii_digit);
    if clitic || (year && (word.len() == 2 || word.ends_with('s'))) {
        start + 1 + word.len()
    } else {
        start + 1
    }
}

/// The end of the word or number that starts at `start`, with what keeps its parts together and the full stop of an abbreviation.
fn word_end(text: &[char], start: usize) -> usize {
    let mut end = start;
    let mut acronym = true;
    loop {
        let part = end;
        end += text[part..]
            .iter()
            .take_while(|character| is_word(**character))
            .count();
        acronym &= end - part <= 2
            && text
                .get(part)
                .is_some_and(|character| character.is_alphabetic());
        match text.get(end) {
            Some(&connector)
                if end > part && connects(text, start, part, end, connector, acronym) =>
            {
                end += 1;
            }
            _ => break,
        }
    }
    match text.get(end) {
        Some('.') if takes_full_stop(text, start, end) => end + 1,
        _ => number_end(text, start, end),
    }
}

/// Whether `connector`, which stands at `end`, keeps the part before it (from `part`) and the part after it in one word.
fn connects(
    text: &[char],
    start: usize,
    part: usize,
    end: usize,
    connector: char,
    acronym: bool,
) -> bool {
    let before = text[end - 1];
    let next = text.get(end + 1).copied().unwrap_or(' ');
    if !is_word(next) {
        return false;
    }
    let ahead = text[end + 1..]
        .iter()
        .take(4)
        .take_while(|character| is_word(**character))
        .count();
    let after = text.get(end + 1 + ahead).copied().unwrap_or(' ');
    match connector {
        '\'' => {
            next.is_alphabetic()
                && (before.is_alphabetic() || is_mark(before) || (before == '0' && next == 's'))
        }
        '.' if names_file(&text[end + 1..]) => true,
        '.' if before.is_numeric() => next.is_numeric(),
        '.' if acronym && end - part == 1 => {
            let title = || {
                words::contains(
                    words::TITLES,
                    &text[end + 1..end + 3].iter().collect::<String>(),
                )
            };
            ahead == 1 || (ahead == 2 && after == '.' && next.is_uppercase() && !title())
        }
        '.' if acronym && text[part].is_uppercase() => {
            ahead == 1 && after == '.' && next.is_uppercase()
        }
        '.' => end - part > 1 && before.is_lowercase() && next.is_lowercase(),
        ',' => {
            before.is_ascii_digit()
                && ahead == 3
                && text[end + 1..end + 4].iter().all(char::is_ascii_digit)
        }
        ':' => before.is_ascii_digit() && next.is_ascii_digit(),
        '/' => {
            (before.is_ascii_digit() && next.is_ascii_digit())
                || (start == part
                    && end - part == 1
                    && ahead == 1
                    && before.is_alphabetic()
                    && next.is_alphabetic())
        }
        '&' => before.is_uppercase() && next.is_uppercase(),
        '-' => {
            let after_hyphen = start > 0 && matches!(text[start - 1], '-' | '/');
            let first: String = text[start..end.min(start + 9)].iter().collect();
            start == part && !after_hyphen && words::contains(words::PREFIXES, &first)
        }
        _ => false,
    }
}

/// Whether the text goes on with the ending of a file's or a site's name (`REPORT.PDF`, `Iraq.com`).
fn names_file(text: &[char]) -> bool {
    let ahead = text.iter().take(5);
    let ending: String = ahead.take_while(|character| is_word(**character)).collect();
    words::contains(words::FILE_ENDINGS, &ending)
}

/// Whether the full stop at `end` belongs to the word before it.
fn takes_full_stop(text: &[char], start: usize, end: usize) -> bool {
    if text.get(end + 1) == Some(&'.') || end - start > 12 {
        return false;
    }
    let word: String = text[start..end].iter().collect();
    if !word.chars().any(char::is_alphabetic) {
        return false;
    }
    let follows = text[end + 1..]
        .iter()
        .take(HORIZON)
        .position(|character| *character != ' ');
    let next = follows.map_or(' ', |offset| text[end + 1 + offset]);
    let adjacent = follows == Some(0);
    let acronym = word.split('.').all(|part| part.chars().count() <= 2) && word.contains('.');
    let capital = text[start].is_uppercase();
    let abbreviates = |list| words::contains(list, &word);
    if acronym
        || (abbreviates(words::TITLES) || abbreviates(words::ABBREVIATIONS))
            && (capital || !abbreviates(words::ALSO_WORDS))
    {
        return true;
    }
    if next.is_numeric()
        && (abbreviates(words::BEFORE_NUMBERS) || capital && abbreviates(words::CALENDAR))
    {
        return true;
    }
    // A comma shows that the full stop before it ended no sentence.
    if adjacent && matches!(next, ',' | ';' | ':') {
        return end - start <= 5;
    }
    is_initial(text, start, end, next)
}

/// Whether the capital letter at `start` is the initial of a name (`J. K. Rowling`), seen from the words beside it.
fn is_initial(text: &[char], start: usize, end: usize, next: char) -> bool {
    if end - start != 1 || !text[start].is_uppercase() {
        return false;
    }
    // The bill `H. R. 1280` has two initials before its number; `Plan B. 12 states` has one letter and no initial.
    let second =
        start > 2 && text[start - 3].is_uppercase() && text[start - 2..start] == ['.', ' '];
    if !next.is_uppercase() {
        return second && next.is_numeric();
    }
    let offset = text[end + 1..]
        .iter()
        .take(HORIZON)
        .take_while(|character| **character == ' ')
        .count();
    let ahead = text[end + 1 + offset..]
        .iter()
        .take(20)
        .take_while(|character| is_word(**character));
    let following: String = ahead.collect();
    following.chars().count() == 1 || !words::contains(words::SENTENCE_STARTERS, &following)
}

/// The end of a number that letters follow directly: `20th`, `1990s` and `4G` are one word, `5pm` and `40km` are two.
fn number_end(text: &[char], start: usize, end: usize) -> usize {
    if !text[start].is_ascii_digit() {
        return end;
    }
    let letters = text[start..end]
        .iter()
        .rev()
        .take(HORIZON)
        .take_while(|character| character.is_alphabetic())
        .count();
    let unit = end - letters;
    if letters == 0
        || unit == start
        || !text[start..unit]
            .iter()
            .all(|character| character.is_ascii_digit() || ".,:/".contains(*character))
    {
        return end;
    }
    let suffix: String = text[unit..end].iter().collect();
    let whole = match suffix.as_str() {
        "AM" | "PM" | "K" | "M" | "B" | "Hz" | "C" => false,
        _ => {
            matches!(
                suffix.to_lowercase().as_str(),
                "st" | "nd" | "rd" | "th" | "s" | "d"
            ) || suffix.chars().any(char::is_uppercase)
        }
    };
    if whole { end } else { unit }
}

/// The words of a piece: `couldn't've` is `could` + `n't` + `'ve`, `cannot` is `can` + `not`.
fn clitics(text: &[char], start: usize, end: usize) -> Vec<(usize, usize)> {
    let mut ends = vec![end];
    let mut rest = end;
    while let Some(cut) = clitic_start(text, start, rest) {
        ends.push(cut);
        rest = cut;
    }
    if rest == end && end - start <= 9 {
        let word: String = text[start..end].iter().collect::<String>().to_lowercase();
        if let Ok(found) =
            words::CONTRACTIONS.binary_search_by_key(&word.as_str(), |(word, _)| word)
        {
            ends.push(start + words::CONTRACTIONS[found].1);
        }
    }
    let mut from = start;
    let mut pieces = Vec::with_capacity(ends.len());
    for end in ends.into_iter().rev() {
        pieces.push((from, end));
        from = end;
    }
    pieces
}

/// Where the last clitic of `text[start..end]` starts, if it has one.
fn clitic_start(text: &[char], start: usize, end: usize) -> Option<usize> {
    let back = text[start..end]
        .iter()
        .rev()
        .take(4)
        .position(|character| *character == '\'')?;
    let apostrophe = end - 1 - back;
    let suffix: String = text[apostrophe + 1..end]
        .iter()
        .map(char::to_ascii_lowercase)
        .collect();
    let cut = match suffix.as_str() {
        "s" | "d" | "m" | "ll" | "re" | "ve" => apostrophe,
        "t" if apostrophe > start && text[apostrophe - 1].eq_ignore_ascii_case(&'n') => {
            apostrophe - 1
        }
        _ => return None,
    };
    let decade = suffix == "s" && apostrophe > start && text[apostrophe - 1].is_ascii_digit();
    (cut > start && !decade && is_word(text[cut - 1])).then_some(cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_as_in_the_treebanks() {
        let cases = [
            "The U.N. 's non-aligned high - level e-mail , co-chaired by Gen. J. K. Roe .",
            "REPORT.PDF , Iraq.com , smith@STATE was told !? why .? yes !.",
            "nations ' $ 60 million , £ 50 m , US $ 5.3 bn , 5,682 troops , 12.5 % , 10 km , 5 pm",
            "2014 - 15 , 8 - 10 May , 1-800-991-9019 , 9/11 , 10:30 a.m. , the 1990s , the 20th , '90s",
            "can not do n't she 'll we 've L'Aquila o'clock Sha'lan AT&T and / or ( KCNA ) -- yes ... no ?!",
            "see https://un.org/a_b?c=d-e , press@un.org ; No. 5 , no . Art. 3 , Mr. Roe , Mar. 3 , Ph.D. , Inc. , e.g. this",
        ];
        for case in cases {
            // What stands without a space in running text.
            let joined = [
                (" 's", "'s"),
                (" n't", "n't"),
                (" 'll", "'ll"),
                (" 've", "'ve"),
                ("can not", "cannot"),
                (" - ", "-"),
            ]
            .iter()
            .chain(&[
                ("$ ", "$"),
                ("£ ", "£"),
                ("US $", "US$"),
                ("50 m", "50m"),
                (" %", "%"),
                ("10 km", "10km"),
                ("5 pm", "5pm"),
            ])
            .chain(&[
                (" / ", "/"),
                ("( ", "("),
                (" )", ")"),
                (" ,", ","),
                (" ;", ";"),
                (" !", "!"),
                (" .?", ".?"),
                (" .", "."),
                (" ...", "..."),
                (" ?!", "?!"),
                ("nations '", "nations'"),
            ])
            .fold(case.to_owned(), |text, (apart, together)| {
                text.replace(apart, together)
            });
            let characters: Vec<char> = joined.chars().collect();
            let tokens = split(&characters, Span::new(0, characters.len()));
            let found: Vec<&str> = tokens.iter().map(|token| token.form.as_str()).collect();
            assert_eq!(found.join(" "), case, "from {joined}");
        }
    }
}
