//! Reads the block of `key: value` lines that may open a text.

use std::collections::BTreeSet;

use super::{Date, Error, Genre, Metadata};

/// What the front matter of `text` says, and where the body starts (a byte offset): after the closing line and the one
/// blank line that may follow it. A text without front matter is all body.
///
/// Front matter is opened by a first line `---` that a blank line does not follow (that would be a rule of the text
/// itself) and closed by the next such line. In it stand `key: value` lines, blank lines and `# comments`.
pub(super) fn read(text: &str) -> Result<(Metadata, usize), Error> {
    let mut metadata = Metadata::default();
    let mut lines = Lines {
        text,
        at: 0,
        number: 0,
    };
    if lines.next().is_none_or(|line| line.trim_end() != "---") {
        return Ok((metadata, 0));
    }
    let mut seen: BTreeSet<String> = BTreeSet::new();
    while let Some(line) = lines.next() {
        let trimmed = line.trim();
        if trimmed.is_empty() && lines.number == 2 {
            return Ok((metadata, 0));
        }
        if trimmed == "---" {
            let body = lines.at;
            let blank = lines.next().is_some_and(|line| line.trim().is_empty());
            return Ok((metadata, if blank { lines.at } else { body }));
        }
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        let fail = |message: String, hint: &str| Error {
            line: Some(lines.number),
            column: Some(
                line.chars()
                    .take_while(|character| character.is_whitespace())
                    .count()
                    + 1,
            ),
            message,
            hint: Some(hint.into()),
        };
        let pair = trimmed
            .split_once(':')
            .filter(|(key, _)| is_key(key.trim()));
        let Some((key, value)) = pair else {
            let excerpt: String = trimmed.chars().take(40).collect();
            let hint = "front matter stands between two lines `---`; put a blank line after a `---` that is only a rule";
            return Err(fail(
                format!("`{excerpt}` in the front matter is no `key: value`"),
                hint,
            ));
        };
        let key = key.trim().to_lowercase();
        if seen.contains(&key) {
            return Err(fail(
                format!("the front matter gives `{key}` twice"),
                "leave one of the two lines out",
            ));
        }
        let set = metadata.set(&key, plain(&key, value.trim()));
        set.map_err(|(message, hint)| {
            let before = line.trim_end().len() - value.trim_start().len();
            let column = line[..before].chars().count() + 1;
            Error {
                column: Some(column),
                ..fail(message, &hint)
            }
        })?;
        seen.insert(key);
    }
    Err(Error {
        line: Some(1),
        column: Some(1),
        message: "the front matter is opened with `---` but never closed".into(),
        hint: Some("put a line `---` after the last `key: value`".into()),
    })
}

fn is_key(key: &str) -> bool {
    key.starts_with(char::is_alphabetic)
        && key
            .chars()
            .all(|character| character.is_alphanumeric() || "-_ .".contains(character))
}

/// The value of `key` without its quotes; that of a key whose values are single words without a comment behind it.
fn plain<'a>(key: &str, value: &'a str) -> &'a str {
    match key {
        "date" | "genre" => unquoted(value.split(" #").next().unwrap_or_default().trim()),
        _ => unquoted(value),
    }
}

impl Metadata {
    /// Takes in what `key` says; a key that chancery gives no meaning goes to [`Metadata::other`], an empty value says nothing. Fails on a
    /// date that is none and a genre that is not known, with what is wrong and what to do.
    pub(crate) fn set(&mut self, key: &str, value: &str) -> Result<(), (String, String)> {
        let text = Some(value.trim())
            .filter(|value| !value.is_empty())
            .map(str::to_owned);
        match (key, text) {
            ("id", text) => self.id = text,
            ("title", text) => self.title = text,
            ("source", text) => self.source = text,
            ("publisher", text) => self.publisher = text,
            ("date" | "genre", None) => {}
            ("date", Some(word)) => {
                let found = Date::parse(&word);
                self.date = Some(found.ok_or_else(|| {
                    (
                        format!("`{word}` is no date"),
                        "write it as 2014-10-27, 2014-10 or 2014".to_owned(),
                    )
                })?);
            }
            ("genre", Some(word)) => {
                let found = Genre::ALL
                    .iter()
                    .find(|(name, _)| *name == word.to_lowercase());
                let names: Vec<&str> = Genre::ALL.iter().map(|(name, _)| *name).collect();
                let unknown = || {
                    (
                        format!("genre `{word}` is not known"),
                        format!("it is one of {}", names.join(", ")),
                    )
                };
                self.genre = Some(found.ok_or_else(unknown)?.1);
            }
            (key, text) => self.other.push((key.to_owned(), text.unwrap_or_default())),
        }
        Ok(())
    }
}

/// `value` without the quotes around it, if they stand around the whole of it.
fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        let inner = value
            .strip_prefix(quote)
            .and_then(|rest| rest.strip_suffix(quote));
        if let Some(inner) = inner.filter(|inner| !inner.contains(quote)) {
            return inner.trim();
        }
    }
    value
}

impl Genre {
    /// All genres with their names in front matter.
    pub const ALL: [(&'static str, Self); 7] = [
        ("wire", Self::Wire),
        ("release", Self::Release),
        ("interview", Self::Interview),
        ("readout", Self::Readout),
        ("commentary", Self::Commentary),
        ("briefing", Self::Briefing),
        ("speech", Self::Speech),
    ];

    /// Its name in front matter.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, genre)| *genre == self)
            .map_or("", |(name, _)| name)
    }
}

/// The lines of a text, ended by LF, CR or CRLF, with the offset and the number reached.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    number: usize,
}

impl<'a> Lines<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return None;
        }
        self.number += 1;
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let ending = if rest[end..].starts_with("\r\n") {
            2
        } else {
            usize::from(end < rest.len())
        };
        self.at += end + ending;
        Some(&rest[..end])
    }
}
