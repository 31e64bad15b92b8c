//! Rows of terms in any format.

use std::io::{self, BufWriter, IsTerminal as _, StdoutLock, Write as _};

use oxigraph::model::{Term, Variable};
use oxigraph::sparql::results::{
    QueryResultsFormat, QueryResultsSerializer, WriterSolutionsSerializer,
};

use super::args::RowFormat;
use super::problem::Stop;
use super::table::Table;
use crate::graph::vocabulary::PREFIXES;
use crate::store::plain;

/// Rows on their way to standard output, of which each has a term or nothing for every column.
pub(super) struct Rows {
    columns: Vec<Variable>,
    writer: Writer,
}

enum Writer {
    /// Writes each row at once.
    Results(
        QueryResultsFormat,
        WriterSolutionsSerializer<BufWriter<StdoutLock<'static>>>,
    ),
    /// Knows how wide its columns are when it has all rows.
    Table(Table),
}

impl Rows {
    /// Rows with these columns, whose names must be names of SPARQL variables.
    pub(super) fn named(columns: &[&str], format: RowFormat) -> Result<Self, Stop> {
        let columns = columns.iter().map(|name| Variable::new_unchecked(*name));
        Self::new(columns.collect(), format)
    }

    pub(super) fn new(columns: Vec<Variable>, format: RowFormat) -> Result<Self, Stop> {
        let writer = if let Some(format) = results_format(format) {
            let out = BufWriter::new(io::stdout().lock());
            let serializer = QueryResultsSerializer::from_format(format);
            let writer = serializer.serialize_solutions_to_writer(out, columns.clone())?;
            Writer::Results(format, writer)
        } else {
            let names = columns.iter().map(|column| column.as_str().to_owned());
            Writer::Table(Table::new(names.collect()))
        };
        Ok(Self { columns, writer })
    }

    pub(super) fn push(&mut self, row: &[Option<Term>]) -> Result<(), Stop> {
        match &mut self.writer {
            Writer::Results(_, writer) => {
                let bound = self.columns.iter().zip(row);
                writer.serialize(bound.filter_map(|(column, term)| {
                    Some((column.as_ref(), term.as_ref()?.as_ref()))
                }))?;
            }
            Writer::Table(table) => {
                let cells = row.iter();
                let cells = cells.map(|term| term.as_ref().map_or_else(String::new, shown));
                table.push(&cells.collect::<Vec<_>>());
            }
        }
        Ok(())
    }

    /// Writes what is not written yet.
    pub(super) fn finish(self) -> Result<(), Stop> {
        match self.writer {
            Writer::Results(format, writer) => {
                let mut out = writer.finish()?;
                end_line(format, &mut out)?;
                out.flush()?;
            }
            Writer::Table(table) => {
                let mut out = BufWriter::new(io::stdout().lock());
                table.write(terminal_width(), &mut out)?;
                out.flush()?;
            }
        }
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
