//! A line of a text with a caret under a character.

use std::fmt;

use unicode_width::UnicodeWidthStr;

use super::terminal::steers;

/// Most characters of a line that are shown on either side of the caret.
const AROUND: usize = 60;

/// What stands around a place in a text.
pub(super) struct Excerpt {
    /// The line up to the place.
    pub(super) before: String,
    /// The line from the place on.
    pub(super) after: String,
}

impl Excerpt {
    /// The surroundings of a line and column of `text`, both from 1, the column in characters.
    pub(super) fn of(text: &str, (line, column): (usize, usize)) -> Self {
        let written = text.split('\n').nth(line - 1).unwrap_or_default();
        let characters: Vec<char> = written
            .chars()
            .map(|c| if steers(c) { ' ' } else { c })
            .collect();
        let caret = (column - 1).min(characters.len());
        let start = caret.saturating_sub(AROUND);
        let end = characters.len().min(caret + AROUND);
        Self {
            before: characters[start..caret].iter().collect(),
            after: characters[caret..end].iter().collect(),
        }
    }
}

/// Two lines: what is written, and a caret.
impl fmt::Display for Excerpt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = format!("{}{}", self.before, self.after);
        let indent = " ".repeat(self.before.width());
        write!(formatter, "  {}\n  {indent}^", shown.trim_end())
    }
}
