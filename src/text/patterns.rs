//! Words that hold signs: addresses, telephone numbers, faces. Each function gives the end of one that starts at `start`.

use super::characters::is_word;

/// Web and e-mail addresses.
pub(super) fn address_end(text: &[char], start: usize) -> Option<usize> {
    const OPENINGS: [&str; 5] = ["http://", "https://", "ftp://", "mailto:", "www."];
    let opens = |opening: &&str| {
        opening.len() < text.len() - start
            && opening
                .chars()
                .zip(&text[start..])
                .all(|(wanted, found)| wanted == found.to_ascii_lowercase())
    };
    let mut end;
    if OPENINGS.iter().any(opens) {
        end = start
            + text[start..]
                .iter()
                .take_while(|character| **character != ' ')
                .count();
    } else {
        let part = |from: usize, extra: &str| {
            let ahead = text[from..].iter().take(HORIZON);
            from + ahead
                .take_while(|character| is_word(**character) || extra.contains(**character))
                .count()
        };
        let name_end = part(start, ".+-%");
        if text.get(name_end) != Some(&'@') {
            return None;
        }
        end = part(name_end + 1, ".-");
        // Inside an organisation the rest of an address goes without saying (`Smith@STATE`).
        let local = text[start].is_alphabetic() && text.get(name_end + 1)?.is_alphabetic();
        if !local && !text[name_end + 1..end].contains(&'.') {
            return None;
        }
    }
    while end > start + 1
        && matches!(
            text[end - 1],
            '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '"' | '\'' | '>'
        )
    {
        end -= 1;
    }
    Some(end)
}

/// Telephone numbers and dates: three groups of digits or more (`1-800-991-9019`), or two of three and four digits.
/// Two other groups are a range (`2014-15`), which is taken apart.
pub(super) fn dashed_number_end(text: &[char], start: usize) -> Option<usize> {
    let mut groups = Vec::new();
    let mut at = start;
    loop {
        let digits = text[at..]
            .iter()
            .take(HORIZON)
            .take_while(|character| character.is_ascii_digit())
            .count();
        if digits == 0 || groups.len() > 8 {
            return None;
        }
        groups.push(digits);
        at += digits;
        if text.get(at) != Some(&'-') {
            break;
        }
        at += 1;
    }
    let whole = text.get(at).is_none_or(|next| !is_word(*next));
    let number = groups.len() > 2 || matches!(groups[..], [3 | 5, 4]);
    (whole && number).then_some(at)
}

/// The few faces of typed text that are not just punctuation.
pub(super) fn smiley_end(text: &[char], start: usize, after_space: bool) -> Option<usize> {
    let nose = usize::from(text.get(start + 1) == Some(&'-'));
    let mouth = start + 1 + nose;
    let ends = text.get(mouth + 1).is_none_or(|next| *next == ' ');
    (after_space && ends && matches!(text.get(mouth)?, ')' | '(' | 'D' | 'P' | '/'))
        .then_some(mouth + 1)
}

/// How far ahead the rules look for the end of a pattern, so that no input makes them look at everything again and again.
pub(super) const HORIZON: usize = 200;
