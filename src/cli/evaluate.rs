//! `evaluate`: what the program finds in texts, against what careful readers found in them.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use oxigraph::sparql::QueryResults;

use super::args::{Evaluate, Global, ShowFormat};
use super::input::{self, Input, cannot_read};
use super::problem::{Hint as _, Problem, Stop};
use super::table::Table;
use super::terminal::calm;
use super::{Answer, knowledge, reading};
use crate::evaluate::{Difference, Evaluation, Gold, KINDS, Report, Row, query};
use crate::knowledge::Knowledge;
use crate::source::Options;
use crate::store::{Error, QUERIES, Store, plain};

pub(super) fn run(global: &Global, evaluate: &Evaluate) -> Result<Answer, Stop> {
    let (knowledge, mut sound) = knowledge::load(global)?;
    let mut evaluation = Evaluation::default();
    let mut documents = 0;
    let mut all = Vec::new();
    for folder in &evaluate.folders {
        for file in texts(folder)? {
            let differences = match compare(&file, &mut evaluation, &knowledge, global) {
                Ok(differences) => differences,
                Err(problem) => {
                    problem.tell();
                    sound = false;
                    continue;
                }
            };
            documents += 1;
            if evaluate.misses {
                let name = file.file_stem().unwrap_or_default().to_string_lossy();
                all.extend(differences.into_iter().map(|difference| Found {
                    document: name.to_string(),
                    difference,
                }));
            }
        }
    }
    if documents == 0 {
        return Err(anyhow!("there is no document with gold to evaluate on")
            .hint("a document is a text `NAME.txt` with its gold `NAME.gold.json` beside it")
            .into());
    }
    let report = evaluation.report();
    let mut out = BufWriter::new(io::stdout().lock());
    match evaluate.format {
        ShowFormat::Table => {
            for difference in &all {
                writeln!(out, "{}", calm(&difference.in_words()))?;
            }
            write(&report, &mut out)?;
        }
        ShowFormat::Json => {
            let whole = Whole {
                figures: &report,
                misses: evaluate.misses.then_some(all.as_slice()),
            };
            serde_json::to_writer(&mut out, &whole).map_err(io::Error::from)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(if sound { Answer::Done } else { Answer::No })
}

/// The figures, and where they are asked for the records behind them.
#[derive(serde::Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    figures: &'a Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    misses: Option<&'a [Found]>,
}

/// A difference with the name of its document.
#[derive(serde::Serialize)]
struct Found {
    document: String,
    #[serde(flatten)]
    difference: Difference,
}

impl Found {
    fn in_words(&self) -> String {
        let Difference {
            kind,
            is_false,
            what,
            evidence,
        } = &self.difference;
        let side = if *is_false { "false" } else { "missed" };
        let evidence = evidence.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{}: {side} in {kind}: {what}\n  {evidence}", self.document)
    }
}

/// The texts in a folder and the folders in it, by name.
fn texts(folder: &Path) -> Result<Vec<PathBuf>, Stop> {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    let is_text = input::has_ending(&["txt"]);
    input::walk(folder, &is_text, &mut files, &mut problems);
    match problems.into_iter().next() {
        Some(problem) => Err(problem.into()),
        None => Ok(files),
    }
}

/// Counts what is found in one text against its gold.
fn compare(
    file: &Path,
    evaluation: &mut Evaluation,
    knowledge: &Knowledge,
    global: &Global,
) -> Result<Vec<Difference>, Problem> {
    let gold = gold(file, knowledge)?;
    let rows = rows(file, &gold, knowledge, global)?;
    Ok(evaluation.add(&gold, &rows, &knowledge.vocabulary))
}

fn gold(text: &Path, knowledge: &Knowledge) -> Result<Gold, Problem> {
    let path = text.with_extension("gold.json");
    let message = || cannot_read(&path.display().to_string());
    let json = fs::read(&path).with_context(message)?;
    let gold: Gold = serde_json::from_slice(&json)
        .with_context(message)
        .map_err(|error| error.hint(
            "`tests/corpus/GUIDELINES.md` of chancery's sources says what gold looks like, `README.md` beside it how that of classes of your own does",
        ))?;
    match gold.fault(&knowledge.vocabulary) {
        Some(fault) => Err(anyhow!(fault)
            .context(message())
            .hint("`--ontology` names the file that defines a class of your own")),
        None => Ok(gold),
    }
}

/// The rows of the query of each kind of `gold`, over this text alone.
fn rows<'a>(
    file: &Path,
    gold: &'a Gold,
    knowledge: &Knowledge,
    global: &Global,
) -> Result<BTreeMap<&'a str, Vec<Row>>, Problem> {
    let read = reading::read_only(&Input::new(file), &Options::default(), knowledge, global)?;
    let ask = || -> Result<BTreeMap<&str, Vec<Row>>, Error> {
        let store = Store::in_memory()?;
        store.replace(&read.graph)?;
        (gold.kinds().into_iter())
            .map(|kind| {
                let named = QUERIES.iter().find(|(name, _)| *name == kind);
                let text = named.map_or_else(|| query(kind), |(_, text)| (*text).to_owned());
                let QueryResults::Solutions(solutions) = store.query(&text)? else {
                    return Ok((kind, Vec::new()));
                };
                let rows = solutions.map(|solution| {
                    let solution = solution?;
                    let bound = solution.iter();
                    Ok(bound
                        .map(|(name, term)| (name.as_str().to_owned(), plain(term)))
                        .collect())
                });
                Ok((kind, rows.collect::<Result<_, Error>>()?))
            })
            .collect()
    };
    ask().map_err(|error| anyhow::Error::new(error).into())
}

fn write(report: &Report, out: &mut impl io::Write) -> io::Result<()> {
    let columns = ["kind", "precision", "recall", "F1", "gold", "slots"];
    let mut table = Table::new(columns.map(str::to_owned).to_vec());
    let classes = (report.kinds.keys().map(String::as_str)).filter(|kind| !KINDS.contains(kind));
    for kind in KINDS.into_iter().chain(classes) {
        let Some(figures) = report.kinds.get(kind) else {
            continue;
        };
        let slots = figures
            .slots
            .iter()
            .map(|(slot, share)| format!("{slot} {share:.3}"));
        table.push(&[
            kind.to_owned(),
            format!("{:.3}", figures.precision),
            format!("{:.3}", figures.recall),
            format!("{:.3}", figures.f1),
            figures.gold.to_string(),
            slots.collect::<Vec<_>>().join(", "),
        ]);
    }
    let mean = format!("{:.3}", report.mean_f1);
    table.push(&["mean", "", "", mean.as_str(), "", ""].map(str::to_owned));
    table.write(None, out)
}
