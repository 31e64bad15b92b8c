//! What XML 1.0 can hold, <https://www.w3.org/TR/xml/>.

use std::borrow::Cow;
use std::io::{self, Write};

/// The first character of `text` that XML cannot hold, not even escaped (clause 2.2).
pub(super) fn foreign(text: &str) -> Option<char> {
    text.chars().find(|character| !is_character(*character))
}

fn is_character(character: char) -> bool {
    !matches!(character, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// `text` as character data or the value of an attribute. What XML cannot hold is replaced by U+FFFD.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    let is_plain = |character: char| {
        is_character(character) && !matches!(character, '&' | '<' | '>' | '"' | '\'' | '\r')
    };
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            // As it is, every reader would take it for the end of a line (clause 2.11).
            '\r' => escaped.push_str(CARRIAGE_RETURN),
            plain if is_character(plain) => escaped.push(plain),
            _ => escaped.push(char::REPLACEMENT_CHARACTER),
        }
    }
    Cow::Owned(escaped)
}

const CARRIAGE_RETURN: &str = "&#13;";

/// Whether the IRI ends in a name that a tag can have, so that it can be a property in RDF/XML.
pub(super) fn ends_in_a_name(iri: &str) -> bool {
    // Namespaces in XML reserves this one.
    if iri.starts_with("http://www.w3.org/2000/xmlns/") {
        return false;
    }
    let is_inside = |c| {
        is_name_start(c)
            || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
    };
    let Some(end) = iri.rfind(|c| !is_inside(c)) else {
        return false;
    };
    iri[end..].chars().skip(1).any(is_name_start)
}

/// `NameStartChar` without the colon (clause 2.3).
fn is_name_start(character: char) -> bool {
    matches!(character,
        'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
        | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
        | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

/// Passes XML on with carriage returns escaped, which quick-xml writes as they are.
pub(super) struct CarriageReturns<W>(pub(super) W);

impl<W: Write> Write for CarriageReturns<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut parts = bytes.split(|byte| *byte == b'\r');
        self.0.write_all(parts.next().unwrap_or_default())?;
        for part in parts {
            self.0.write_all(CARRIAGE_RETURN.as_bytes())?;
            self.0.write_all(part)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_tags_are_told_from_other_ends() {
        for (iri, expected) in [
            ("https://w3id.org/chancery#visitor", true),
            ("https://example.org/2024-visit", true),
            ("urn:a:b", true),
            ("https://example.org/\u{e9}tat", true),
            ("https://example.org/123", false),
            ("https://example.org/", false),
            ("https://example.org/a%20", false),
            ("http://www.w3.org/2000/xmlns/x", false),
        ] {
            assert_eq!(ends_in_a_name(iri), expected, "{iri}");
        }
    }

    #[test]
    fn text_is_escaped_for_xml() {
        assert_eq!(escaped("plain"), "plain");
        assert_eq!(
            escaped("<a b='\"&'>\r\n\u{1}"),
            "&lt;a b=&apos;&quot;&amp;&apos;&gt;&#13;\n\u{FFFD}"
        );
        assert_eq!(foreign("a\tb\n"), None);
        assert_eq!(foreign("a\u{1}"), Some('\u{1}'));
    }
}
