//! Rows of terms in any format.

use std::io::{self, BufWriter, IsTerminal as _, Write as _};

use oxigraph::model::{Term, Variable};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};

use super::args::RowFormat;
use super::problem::Stop;
use super::table::Table;
use crate::graph::vocabulary::PREFIXES;
use crate::store::plain;

/// Rows, of which each has a term or nothing for every column.
pub(super) struct Rows {
    columns: Vec<Variable>,
    rows: Vec<Vec<Option<Term>>>,
}

impl Rows {
    /// No rows yet. The names of columns must be names of SPARQL variables.
    pub(super) fn new(columns: &[&str]) -> Self {
        Self::of(
            columns
                .iter()
                .map(|column| Variable::new_unchecked(*column))
                .collect(),
        )
    }

    pub(super) fn of(columns: Vec<Variable>) -> Self {
        Self {
            columns,
            rows: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, row: Vec<Option<Term>>) {
        self.rows.push(row);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes all to standard output.
    pub(super) fn write(self, format: RowFormat) -> Result<(), Stop> {
        let mut out = BufWriter::new(io::stdout().lock());
        if let Some(format) = results_format(format) {
            let serializer = QueryResultsSerializer::from_format(format);
            let mut writer = serializer.serialize_solutions_to_writer(out, self.columns.clone())?;
            for row in &self.rows {
                let bound = self.columns.iter().zip(row);
                writer.serialize(bound.filter_map(|(column, term)| {
                    Some((column.as_ref(), term.as_ref()?.as_ref()))
                }))?;
            }
            out = writer.finish()?;
            end_line(format, &mut out)?;
        } else {
            let mut table = Table::new(
                self.columns
                    .iter()
                    .map(|column| column.as_str().to_owned())
                    .collect(),
            );
            for row in &self.rows {
                let cells: Vec<String> = row
                    .iter()
                    .map(|term| term.as_ref().map_or_else(String::new, shown))
                    .collect();
                table.push(&cells);
            }
            table.write(terminal_width(), &mut out)?;
        }
        out.flush()?;
        Ok(())
    }
}

/// Ends the last line, where the format itself does not.
pub(super) fn end_line(format: QueryResultsFormat, out: &mut impl io::Write) -> io::Result<()> {
    match format {
        QueryResultsFormat::Json | QueryResultsFormat::Xml => out.write_all(b"\n"),
        _ => Ok(()),
    }
}

/// SPARQL's own format of that name; none for the table, which is ours.
pub(super) fn results_format(format: RowFormat) -> Option<QueryResultsFormat> {
    match format {
        RowFormat::Table => None,
        RowFormat::Json => Some(QueryResultsFormat::Json),
        RowFormat::Csv => Some(QueryResultsFormat::Csv),
        RowFormat::Tsv => Some(QueryResultsFormat::Tsv),
        RowFormat::Xml => Some(QueryResultsFormat::Xml),
    }
}

/// A term for people: IRIs with their prefix where there is one, literals without quotes and type.
fn shown(term: &Term) -> String {
    let text = plain(term);
    if let Term::NamedNode(_) = term {
        for (prefix, namespace) in PREFIXES {
            if let Some(local) = text.strip_prefix(namespace) {
                return format!("{prefix}:{local}");
            }
        }
    }
    text
}

/// How many columns the terminal has; none where standard output is no terminal.
pub(super) fn terminal_width() -> Option<usize> {
    if !io::stdout().is_terminal() {
        return None;
    }
    let (width, _) = terminal_size::terminal_size()?;
    Some(usize::from(width.0))
}
