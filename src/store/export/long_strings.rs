//! Strings that sophia's Turtle writer cannot take.
//!
//! It goes one call deeper for each character that a string must escape, and the stack ends at some ten thousands. The text of a long
//! document is set aside, and put back into what was written.

use std::io::{self, Write};

use oxigraph::model::{Literal, Term, Triple};

/// Most characters of a string that sophia is given to escape.
const MOST_ESCAPED: usize = 1000;

/// Strings that are too long for sophia, and the triples with a mark in the place of each.
pub(super) struct LongStrings {
    pub(super) triples: Vec<Triple>,
    /// Mark and string, in the order of the triples.
    strings: Vec<(String, String)>,
}

impl LongStrings {
    /// None where there are none.
    pub(super) fn set_aside(triples: &[Triple]) -> Option<Self> {
        let literals = || {
            triples.iter().filter_map(|triple| match &triple.object {
                Term::Literal(literal) => Some(literal),
                _ => None,
            })
        };
        if !literals().any(is_long) {
            return None;
        }
        // A mark that stands in none of the strings.
        let mut mark = "set aside ".to_owned();
        while literals().any(|literal| literal.value().contains(&mark)) {
            mark.push('/');
        }
        let mut long = Self {
            triples: triples.to_vec(),
            strings: Vec::new(),
        };
        for triple in &mut long.triples {
            let Term::Literal(literal) = &triple.object else {
                continue;
            };
            if !is_long(literal) {
                continue;
            }
            let stand_in = format!("{mark}{};", long.strings.len());
            long.strings
                .push((stand_in.clone(), literal.value().to_owned()));
            let stand_in = match literal.language() {
                Some(language) => {
                    Literal::new_language_tagged_literal_unchecked(stand_in, language)
                }
                None => Literal::new_typed_literal(stand_in, literal.datatype().into_owned()),
            };
            triple.object = stand_in.into();
        }
        Some(long)
    }

    /// Writes `written` with each string in the place of its mark.
    pub(super) fn put_back(&self, written: &str, out: &mut impl Write) -> io::Result<()> {
        let mut rest = written;
        let mut places: Vec<(usize, &(String, String))> = self
            .strings
            .iter()
            .filter_map(|string| Some((written.find(&string.0)?, string)))
            .collect();
        places.sort_unstable();
        for (place, (mark, string)) in places {
            let at = place - (written.len() - rest.len());
            out.write_all(&rest.as_bytes()[..at])?;
            for character in string.chars() {
                match character {
                    '"' => out.write_all(b"\\\"")?,
                    '\\' => out.write_all(b"\\\\")?,
                    '\n' => out.write_all(b"\\n")?,
                    '\r' => out.write_all(b"\\r")?,
                    '\t' => out.write_all(b"\\t")?,
                    control if control.is_control() => {
                        write!(out, "\\u{:04X}", u32::from(control))?;
                    }
                    plain => write!(out, "{plain}")?,
                }
            }
            rest = &rest[at + mark.len()..];
        }
        out.write_all(rest.as_bytes())
    }
}

/// Whether sophia would go too deep.
fn is_long(literal: &Literal) -> bool {
    let escaped = |character: &char| matches!(character, '"' | '\\') || character.is_control();
    literal.value().len() > MOST_ESCAPED
        && literal.value().chars().filter(escaped).count() > MOST_ESCAPED
}

#[cfg(test)]
mod tests {
    use oxigraph::io::{RdfFormat, RdfParser};
    use oxigraph::model::NamedNode;

    use super::super::{Format, write_triples};
    use super::*;

    #[test]
    fn a_text_of_any_length_is_written_as_it_is() {
        let node = NamedNode::new_unchecked("https://example.org/a");
        let long = "\"\\\r\n\t\u{1}é set aside ".repeat(100_000);
        let triples: Vec<Triple> = [long.as_str(), "short \"one\"", "set aside 0;"]
            .map(|text| {
                Triple::new(
                    node.clone(),
                    node.clone(),
                    Literal::new_simple_literal(text),
                )
            })
            .into();
        let mut written = Vec::new();
        write_triples(Format::Turtle, triples.clone(), &mut written).expect("memory takes all");
        let read = RdfParser::from_format(RdfFormat::Turtle).for_slice(&written);
        let mut read: Vec<Triple> = read
            .map(|quad| quad.expect("it is Turtle").into())
            .collect();
        let mut expected = triples;
        read.sort_by_key(ToString::to_string);
        expected.sort_by_key(ToString::to_string);
        assert!(read == expected);
    }
}
