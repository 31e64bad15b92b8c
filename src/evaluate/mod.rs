//! How much of what a careful reader finds does the record hold, and how much of it is wrong?
//!
//! [`Evaluation::add`] pairs the rows that the named queries give for one document with its gold records, one to one, kind by kind;
//! [`Evaluation::report`] sums up. What is gold and when a pair matches is written down in `tests/corpus/GUIDELINES.md`.

use std::collections::BTreeMap;

mod accusations;
mod compare;
mod gold;
mod officials;
mod pairing;
mod projects;
mod tally;
mod visits;

pub use gold::{Accusation, Gold, Office, Official, Project, Visit};
pub use tally::Tally;

/// A row of a named query: the value of each bound variable.
pub type Row = BTreeMap<String, String>;

/// The kinds of records, by the names of their queries.
pub const KINDS: [&str; 4] = ["officials", "visits", "projects", "accusations"];

/// Counts over documents.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    tallies: BTreeMap<&'static str, Tally>,
}

/// A record that only one side has.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Difference {
    /// One of [`KINDS`].
    pub kind: &'static str,
    /// Whether it was found and is not gold; otherwise it is gold and was not found.
    pub is_false: bool,
    /// Its parties and words, for people.
    pub what: String,
    /// Where it is written: of what was found the sentence, of gold a quote.
    pub evidence: String,
}

/// Figures of one kind.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Figures {
    /// Share of what was found that is gold.
    pub precision: f64,
    /// Share of gold that was found.
    pub recall: f64,
    /// Harmonic mean of both.
    pub f1: f64,
    /// How many gold records there are, counted by combination of parties.
    pub gold: usize,
    /// Share of matched pairs whose slot agrees, by slot.
    pub slots: BTreeMap<&'static str, f64>,
}

/// Figures of all kinds.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Report {
    /// By kind.
    #[serde(flatten)]
    pub kinds: BTreeMap<&'static str, Figures>,
    /// Mean of the kinds' F1.
    pub mean_f1: f64,
}

impl Evaluation {
    /// Counts one document: `rows` are those of the named queries, in the order of [`KINDS`]. Tells what only one side has.
    pub fn add(&mut self, gold: &Gold, rows: &[Vec<Row>]) -> Vec<Difference> {
        let mut differences = Vec::new();
        for (kind, rows) in KINDS.into_iter().zip(rows) {
            let tally = self.tallies.entry(kind).or_default();
            let (missed, false_ones) = match kind {
                "officials" => officials::score(rows, &gold.officials, tally),
                "visits" => visits::score(rows, &gold.visits, tally),
                "projects" => projects::score(rows, &gold.projects, tally),
                _ => accusations::score(rows, &gold.accusations, tally),
            };
            let side = |is_false: bool| {
                move |(what, evidence)| Difference {
                    kind,
                    is_false,
                    what,
                    evidence,
                }
            };
            differences.extend(false_ones.into_iter().map(side(true)));
            differences.extend(missed.into_iter().map(side(false)));
        }
        differences
    }

    /// The figures so far.
    pub fn report(&self) -> Report {
        let kinds: BTreeMap<&'static str, Figures> = self
            .tallies
            .iter()
            .map(|(kind, tally)| (*kind, tally.figures()))
            .collect();
        let mean_f1 =
            kinds.values().map(|figures| figures.f1).sum::<f64>() / kinds.len().max(1) as f64;
        Report { kinds, mean_f1 }
    }
}

/// What only one side has of one kind: gold that was missed and what was found falsely, each in words and with its evidence.
type Differences = (Vec<(String, String)>, Vec<(String, String)>);
