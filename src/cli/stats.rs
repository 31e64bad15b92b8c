//! `stats`: how much the store holds.

use std::io::{self, BufWriter, Write as _};

use serde::Serialize;

use super::args::{Global, ShowFormat, Stats};
use super::problem::Stop;
use super::table::Table;
use super::{Answer, bytes};
use crate::store::{self, Figures, Store};

pub(super) fn run(global: &Global, stats: &Stats) -> Result<Answer, Stop> {
    let whole = Whole {
        figures: Store::open_read_only(&global.store)?.figures()?,
        bytes: store::size(&global.store)?,
    };
    let mut out = BufWriter::new(io::stdout().lock());
    match stats.format {
        ShowFormat::Table => whole.table().write(None, &mut out)?,
        ShowFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &whole).map_err(io::Error::from)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(Answer::Done)
}

/// What is in the store, and how much room it takes.
#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    figures: Figures,
    bytes: u64,
}

impl Whole {
    /// A row for each figure.
    fn table(&self) -> Table {
        let figures = &self.figures;
        let mut table = Table::new(vec!["what".to_owned(), "how much".to_owned()]);
        let mut push = |what: &str, value: String| table.push(&[what.to_owned(), value]);
        push("documents", figures.documents.to_string());
        for (what, date) in [("first date", &figures.first), ("last date", &figures.last)] {
            push(what, date.clone().unwrap_or_default());
        }
        for (class, count) in &figures.facts {
            push(class, count.to_string());
        }
        for (kind, count) in &figures.entities {
            push(kind, count.to_string());
        }
        push("triples", figures.triples.to_string());
        for reading in &figures.readings {
            let by = format!("read by {}, {}", reading.software, reading.model);
            push(&by, reading.documents.to_string());
        }
        push("on disk", bytes::in_words(self.bytes));
        table
    }
}
