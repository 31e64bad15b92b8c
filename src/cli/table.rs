//! Tables for people.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::terminal::steers;

/// A table of text.
pub(super) struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Space between columns.
const GAP: &str = "  ";

/// What stands where text was cut off.
const ELLIPSIS: char = '…';

/// The widest that a column is padded to: a text of a whole page in one row must not widen all others.
const WIDEST: usize = 100;

/// The narrowest that a column is made to fit a terminal.
const NARROWEST: usize = 12;

impl Table {
    pub(super) fn new(columns: Vec<String>) -> Self {
        Self {
            columns,
            rows: Vec::new(),
        }
    }

    /// Adds a row with a cell for each column.
    pub(super) fn push(&mut self, row: &[String]) {
        self.rows
            .push(row.iter().map(|cell| one_line(cell)).collect());
    }

    /// Writes the table as lines. Without a width every cell is written in full, though no column is padded beyond [`WIDEST`]. Where the
    /// columns do not fit into `width`, the widest are cut; where even that does not help, each row becomes a paragraph with a line for
    /// each cell that is not empty.
    pub(super) fn write(&self, width: Option<usize>, out: &mut impl Write) -> io::Result<()> {
        let mut widths: Vec<usize> = (self.columns.iter().enumerate())
            .map(|(column, name)| {
                let cells = self.rows.iter().map(|row| row[column].width());
                cells.chain([name.width()]).max().unwrap_or_default()
            })
            .collect();
        if let Some(width) = width {
            let gaps = GAP.len() * self.columns.len().saturating_sub(1);
            let least: usize = widths.iter().map(|width| (*width).min(NARROWEST)).sum();
            if least + gaps > width {
                return self.write_paragraphs(width, out);
            }
            while widths.iter().sum::<usize>() + gaps > width {
                if let Some(widest) = widths.iter_mut().max() {
                    *widest -= 1;
                }
            }
        } else {
            for width in &mut widths {
                *width = WIDEST.min(*width);
            }
        }
        let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
        for row in [&self.columns, &rule].into_iter().chain(&self.rows) {
            let mut line = String::new();
            for (cell, column) in row.iter().zip(&widths) {
                let cell = if width.is_some() {
                    cut(cell, *column)
                } else {
                    cell.clone()
                };
                line.push_str(&cell);
                line.extend(std::iter::repeat_n(
                    ' ',
                    column.saturating_sub(cell.width()),
                ));
                line.push_str(GAP);
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    /// Writes each row as a paragraph.
    fn write_paragraphs(&self, width: usize, out: &mut impl Write) -> io::Result<()> {
        let names = self
            .columns
            .iter()
            .map(|name| name.width())
            .max()
            .unwrap_or_default();
        let space = width.saturating_sub(names + GAP.len()).max(NARROWEST);
        for (number, row) in self.rows.iter().enumerate() {
            if number > 0 {
                writeln!(out)?;
            }
            for (name, cell) in self
                .columns
                .iter()
                .zip(row)
                .filter(|(_, cell)| !cell.is_empty())
            {
                let mut label = name.as_str();
                for line in wrap(cell, space) {
                    writeln!(out, "{label:<names$}{GAP}{line}")?;
                    label = "";
                }
            }
        }
        Ok(())
    }
}

/// The text on one line and without characters that would steer a terminal.
fn one_line(text: &str) -> String {
    let safe: String = text
        .chars()
        .map(|character| if steers(character) { ' ' } else { character })
        .collect();
    safe.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As much of the text as fits into `width`: of an IRI its end, which tells it from others, of all else its beginning.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut taken = 1;
    let mut fits = |character: &char| {
        taken += character.width().unwrap_or_default();
        taken <= width
    };
    if text.contains("://") && !text.contains(' ') {
        let kept: Vec<char> = text.chars().rev().take_while(&mut fits).collect();
        return [ELLIPSIS].iter().chain(kept.iter().rev()).collect();
    }
    let mut kept: String = text.chars().take_while(&mut fits).collect();
    kept.push(ELLIPSIS);
    kept
}

/// The words of the text on lines of at most `width`; a longer word has a line of its own.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(table: &Table, width: Option<usize>) -> String {
        let mut bytes = Vec::new();
        table.write(width, &mut bytes).expect("memory takes all");
        String::from_utf8(bytes).expect("it is UTF-8")
    }

    fn table() -> Table {
        let mut table = Table::new(vec!["name".into(), "office".into()]);
        table.push(&["김정은".into(), "chairman".into()]);
        table.push(&["Ri Su Yong".into(), String::new()]);
        table
    }

    #[test]
    fn columns_are_aligned_by_what_a_terminal_shows() {
        let expected =
            "name        office\n----------  --------\n김정은      chairman\nRi Su Yong\n";
        assert_eq!(written(&table(), None), expected);
        assert_eq!(written(&table(), Some(80)), expected);
    }

    #[test]
    fn a_narrow_terminal_cuts_the_widest_column_and_a_narrower_one_gets_paragraphs() {
        let mut table = Table::new(vec!["evidence".into(), "kind".into()]);
        table.push(&[
            "The minister arrived in the capital.".into(),
            "official".into(),
        ]);
        assert_eq!(
            written(&table, Some(30)),
            "evidence              kind\n--------------------  --------\nThe minister arrive…  official\n"
        );
        assert_eq!(
            written(&table, Some(21)),
            "evidence  The minister\n          arrived in\n          the capital.\nkind      official\n"
        );
    }

    #[test]
    fn an_iri_is_cut_at_its_beginning() {
        assert_eq!(cut("https://example.org/document/one", 12), "…ocument/one");
    }

    #[test]
    fn text_cannot_steer_the_terminal() {
        assert_eq!(one_line("a\u{1b}[2Jb\r\nc\u{202e}d"), "a [2Jb c d");
    }
}
