//! `--report`: what became of each document, in JSON, for programs and for the archive.
//!
//! The same load gives the same bytes: there are no times in it, and names are as the user has given them.

use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::super::args::Global;
use super::super::input::Input;
use super::super::output::{self, Draft};
use super::super::problem::{Problem, Stop};
use super::ledger::{Entry, Fate, Kept};
use super::sums::Sums;
use crate::graph::VERSION;
use crate::knowledge::Knowledge;
use crate::language;
use crate::store::Replaced;
use crate::text::sha256;

/// A report while it is written, document by document. It gets its name when it is whole.
pub(super) struct Report {
    path: PathBuf,
    draft: BufWriter<Draft>,
    is_first: bool,
}

impl Report {
    /// Begins the report with what is known before: by what the texts are read.
    pub(super) fn open(
        path: &Path,
        dry_run: bool,
        global: &Global,
        knowledge: &Knowledge,
    ) -> Result<Self, Stop> {
        let mut report = Self {
            path: path.to_owned(),
            draft: BufWriter::new(Draft::new(path)?),
            is_first: true,
        };
        let head = json!({
            "program": format!("chancery {VERSION}"),
            "model": language::MODEL,
            "knowledge": knowledge.definitions.sha256(),
            "base": global.base.as_str(),
            "dry_run": dry_run,
        });
        report.write(&format!("{{\"read_by\": {head},\n\"documents\": ["))?;
        Ok(report)
    }

    /// Adds a document.
    pub(super) fn add(&mut self, input: Option<&Input>, entry: &Entry) -> Result<(), Stop> {
        let mut object = match &entry.fate {
            Fate::Kept(kept) => kept_object(kept),
            Fate::Rejected(problem, item) => json!({
                "outcome": "rejected",
                "sha256": item.as_ref().map(|item| sha256([&*item.bytes])),
                "error": error_object(problem),
            }),
        };
        object["input"] = json!(input.map(Input::name));
        object["line"] = json!(entry.place.and_then(|place| place.line));
        let separator = if self.is_first { "\n" } else { ",\n" };
        self.is_first = false;
        self.write(&format!("{separator}{object}"))
    }

    /// Ends the report with the sums, and gives it its name.
    pub(super) fn finish(mut self, sums: &Sums) -> Result<(), Stop> {
        let mut object = json!(sums);
        object["read"] = json!(sums.read());
        self.write(&format!("\n],\n\"sums\": {object}}}\n"))?;
        let draft = self.draft.into_inner();
        let draft = draft.map_err(|error| output::failed(&self.path, error.into_error()))?;
        draft.keep()
    }

    fn write(&mut self, text: &str) -> Result<(), Stop> {
        let written = self.draft.write_all(text.as_bytes());
        written.map_err(|error| output::failed(&self.path, error))
    }
}

fn kept_object(kept: &Kept) -> Value {
    let read = &kept.read;
    let notes: Vec<Value> = (read.notes.iter())
        .map(|note| {
            json!({
                "message": note.message,
                "character": note.span.map(|span| span.start),
            })
        })
        .collect();
    json!({
        "outcome": match kept.replaced {
            Replaced::Added => "loaded",
            Replaced::Changed => "replaced",
            Replaced::Unchanged => "unchanged",
        },
        "document": read.document.as_str(),
        "sha256": read.sha256,
        "facts": read.summary.counts,
        "notes": notes,
        "warning": kept.warning(),
        "copy_of": kept.copy_of,
    })
}

fn error_object(problem: &Problem) -> Value {
    let (line, column) = problem.position().unzip();
    json!({
        "reason": problem.reason(),
        "line": line,
        "column": column.flatten(),
        "hint": problem.hint(),
    })
}
