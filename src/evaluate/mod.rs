//! How much of what a careful reader finds does the record hold, and how much of it is wrong?
//!
//! [`Evaluation::add`] pairs the rows that the query of each kind gives for one document with its gold records, one to one, kind by kind;
//! [`Evaluation::report`] sums up. What is gold and when a pair matches is written down in `tests/corpus/GUIDELINES.md`, for classes of a
//! user's own in `tests/corpus/README.md`.

use std::collections::BTreeMap;

use crate::knowledge::Vocabulary;

mod accusations;
mod claims;
mod compare;
mod gold;
mod officials;
mod pairing;
mod projects;
mod tally;
mod visits;

pub use claims::query;
pub use gold::{Accusation, Fillers, Gold, Office, Official, Project, Record, Visit};
pub use tally::Tally;

/// A row of a query: the value of each bound variable.
pub type Row = BTreeMap<String, String>;

/// The kinds of records that have a named query each, by its name. All others are classes of the ontology, asked by [`query`].
pub const KINDS: [&str; 4] = ["officials", "visits", "projects", "accusations"];

/// Counts over documents.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    tallies: BTreeMap<String, Tally>,
}

/// A record that only one side has.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Difference {
    /// One of [`KINDS`] or a class.
    pub kind: String,
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
    pub slots: BTreeMap<String, f64>,
}

/// Figures of all kinds.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Report {
    /// By kind.
    #[serde(flatten)]
    pub kinds: BTreeMap<String, Figures>,
    /// Mean of the kinds' F1.
    pub mean_f1: f64,
}

impl Evaluation {
    /// Counts one document: `rows` are those of the query of each kind of `gold`. Tells what only one side has.
    pub fn add(
        &mut self,
        gold: &Gold,
        rows: &BTreeMap<&str, Vec<Row>>,
        vocabulary: &Vocabulary,
    ) -> Vec<Difference> {
        let mut differences = Vec::new();
        for kind in gold.kinds() {
            let tally = self.tallies.entry(kind.to_owned()).or_default();
            let rows = rows.get(kind).map_or(&[][..], Vec::as_slice);
            let (missed, false_ones) = match kind {
                "officials" => officials::score(rows, records(gold.officials.as_ref()), tally),
                "visits" => visits::score(rows, records(gold.visits.as_ref()), tally),
                "projects" => projects::score(rows, records(gold.projects.as_ref()), tally),
                "accusations" => {
                    accusations::score(rows, records(gold.accusations.as_ref()), tally)
                }
                class => claims::score(rows, class, &gold.claims[class], vocabulary, tally),
            };
            let side = |is_false: bool| {
                move |(what, evidence)| Difference {
                    kind: kind.to_owned(),
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
        let kinds: BTreeMap<String, Figures> = (self.tallies.iter())
            .map(|(kind, tally)| (kind.clone(), tally.figures()))
            .collect();
        let mean_f1 =
            kinds.values().map(|figures| figures.f1).sum::<f64>() / kinds.len().max(1) as f64;
        Report { kinds, mean_f1 }
    }
}

/// What only one side has of one kind: gold that was missed and what was found falsely, each in words and with its evidence.
type Differences = (Vec<(String, String)>, Vec<(String, String)>);

fn records<T>(records: Option<&Vec<T>>) -> &[T] {
    records.map_or(&[], Vec::as_slice)
}
