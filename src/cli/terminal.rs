//! Words of others on a terminal: a title or the name of a file must not move its cursor, colour it or turn the direction of its text.

use std::borrow::Cow;

/// Whether a terminal does something else with the character than show it.
pub(super) fn steers(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `text` with each character that steers a terminal written as in a program (`\u{1b}`); ends of lines stay.
pub(super) fn calm(text: &str) -> Cow<'_, str> {
    written_out(text, |character| steers(character) && character != '\n')
}

/// `text` as [`calm`] gives it, on one line.
pub(super) fn calm_line(text: &str) -> Cow<'_, str> {
    written_out(text, steers)
}

fn written_out(text: &str, which: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&which) {
        return Cow::Borrowed(text);
    }
    let mut calm = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if which(character) {
            calm.extend(character.escape_default());
        } else {
            calm.push(character);
        }
    }
    Cow::Owned(calm)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_written_out() {
        let text = "Зима \u{1b}[2J\r\n\u{202e}x\u{9b}";
        assert_eq!(calm(text), "Зима \\u{1b}[2J\\r\n\\u{202e}x\\u{9b}");
        assert_eq!(calm_line(text), "Зима \\u{1b}[2J\\r\\n\\u{202e}x\\u{9b}");
        assert!(matches!(calm("plain\n"), Cow::Borrowed(_)));
    }
}
