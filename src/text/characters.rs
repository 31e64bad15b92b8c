//! Which characters separate words, which belong to them, and how they are written in a token's form.

use unicode_normalization::char::is_combining_mark;

use super::Span;

/// White space and control characters: they end a word.
pub(super) fn is_space(character: char) -> bool {
    character.is_whitespace() || character.is_control()
}

/// Characters that are written but not seen: soft hyphens, zero-width spaces, direction marks, byte order marks.
/// Inside a word they belong to its span but not to its form; elsewhere they belong to no token.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

/// Whether a character can stand outside all tokens.
pub(super) fn is_blank(character: char) -> bool {
    is_space(character) || is_invisible(character)
}

/// Letters, digits, the marks that combine with them, and the underscore.
pub(super) fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || is_combining_mark(character)
}

/// Whether a character follows its base without being a character of its own to the reader.
pub(super) fn is_mark(character: char) -> bool {
    is_combining_mark(character)
}

/// The character as treebanks write it: straight quotes and plain hyphens.
pub(super) fn straight(character: char) -> char {
    match character {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '＂' => '"',
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' | '＇' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        other => other,
    }
}

/// `span` without the blanks at its ends.
pub(super) fn trim(characters: &[char], span: Span) -> Span {
    let mut trimmed = span;
    while trimmed.start < trimmed.end && is_blank(characters[trimmed.start]) {
        trimmed.start += 1;
    }
    while trimmed.start < trimmed.end && is_blank(characters[trimmed.end - 1]) {
        trimmed.end -= 1;
    }
    trimmed
}
