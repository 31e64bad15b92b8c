//! `query`: what the record answers.

use std::io::{self, BufWriter, Write as _};
use std::time::Duration;

use anyhow::anyhow;
use oxigraph::model::{Term, Triple, Variable};
use oxigraph::sparql::QueryResults;
use oxigraph::sparql::results::QueryResultsSerializer;

use super::args::{AnswerFormat, Global, Query, RdfFormat, RowFormat};
use super::limits::{Limit, within};
use super::problem::{Hint as _, Stop, say};
use super::rows::{Rows, end_line, results_format};
use super::{Answer, parameter, queries, syntax};
use crate::store::{self, Error, Store};

pub(super) fn run(global: &Global, query: &Query) -> Result<Answer, Stop> {
    let (name, text) = match (&query.expression, &query.name) {
        (Some(expression), _) => ("the query".to_owned(), expression.clone()),
        (None, Some(name)) => (format!("the query `{name}`"), queries::find(name, global)?),
        (None, None) => return queries::list(global),
    };
    if query.text {
        io::stdout().lock().write_all(text.as_bytes())?;
        return Ok(Answer::Done);
    }
    let parameters = queries::declared(&text, &name)?;
    let store = Store::open_read_only(&global.store)?;
    let Some(values) = parameter::values(&query.set, &parameters, &store, global)? else {
        return Ok(Answer::No);
    };
    let format = query.format;
    log::debug!("asking\n{text}");
    let answer = within(query.timeout, move |stop| {
        let results = store
            .query_with(&text, &values, stop)
            .map_err(|error| match error {
                Error::Syntax(error) => syntax::problem(&text, &name, &error).into(),
                error => Stop::from(error),
            })?;
        Whole::of(results, format)
    })?;
    log::info!("the answer is there");
    match (answer, query.timeout) {
        (Ok(answer), _) => answer.write(global),
        (Err(Limit::Time), limit) => Err(too_long(limit.unwrap_or_default())),
        (Err(Limit::Memory), _) => Err(too_large()),
    }
}

/// The whole answer of a query, and the format that it is asked for in. None of it is written before all is there, so that nobody takes a
/// part for the whole.
enum Whole {
    Rows(Vec<Variable>, Vec<Vec<Option<Term>>>, RowFormat),
    Truth(bool, RowFormat),
    Graph(Vec<Triple>, RdfFormat),
}

impl Whole {
    /// Collects the answer, if the format can hold it.
    fn of(results: QueryResults<'_>, format: Option<AnswerFormat>) -> Result<Self, Stop> {
        let rows = "table, json, csv, tsv or xml";
        match (results, format) {
            (QueryResults::Solutions(_), Some(AnswerFormat::Graph(_))) => {
                Err(misfit("`SELECT` gives rows", rows))
            }
            (QueryResults::Boolean(_), Some(AnswerFormat::Graph(_))) => {
                Err(misfit("`ASK` gives a truth value", rows))
            }
            (QueryResults::Graph(_), Some(AnswerFormat::Rows(_))) => Err(misfit(
                "`CONSTRUCT` and `DESCRIBE` give a graph",
                "ttl, nt, nq, trig, rdfxml or jsonld",
            )),
            (QueryResults::Solutions(solutions), format) => {
                let format = match format {
                    Some(AnswerFormat::Rows(format)) => format,
                    _ => RowFormat::Table,
                };
                let variables = solutions.variables().to_vec();
                let rows = solutions.map(|solution| Ok(solution?.values().to_vec()));
                let rows = rows.collect::<Result<_, Error>>()?;
                Ok(Self::Rows(variables, rows, format))
            }
            (QueryResults::Boolean(truth), format) => {
                let format = match format {
                    Some(AnswerFormat::Rows(format)) => format,
                    _ => RowFormat::Table,
                };
                Ok(Self::Truth(truth, format))
            }
            (QueryResults::Graph(triples), format) => {
                let format = match format {
                    Some(AnswerFormat::Graph(format)) => format,
                    _ => RdfFormat::Ttl,
                };
                let triples = triples.map(|triple| Ok(triple?));
                Ok(Self::Graph(triples.collect::<Result<_, Error>>()?, format))
            }
        }
    }

    /// Writes the answer to standard output.
    fn write(self, global: &Global) -> Result<Answer, Stop> {
        match self {
            Self::Rows(variables, all, format) => {
                if all.is_empty() && format == RowFormat::Table && !global.quiet {
                    say("note", "the answer has no rows");
                }
                let mut rows = Rows::new(variables, format)?;
                for row in &all {
                    rows.push(row)?;
                }
                rows.finish()?;
                Ok(Answer::Done)
            }
            Self::Truth(truth, format) => {
                let mut out = io::stdout().lock();
                match results_format(format) {
                    Some(format) => {
                        QueryResultsSerializer::from_format(format)
                            .serialize_boolean_to_writer(&mut out, truth)?;
                        end_line(format, &mut out)?;
                    }
                    None => writeln!(out, "{truth}")?,
                }
                out.flush()?;
                Ok(if truth { Answer::Done } else { Answer::No })
            }
            Self::Graph(triples, format) => {
                let out = BufWriter::new(io::stdout().lock());
                store::write_triples(format.into(), triples, out)?;
                Ok(Answer::Done)
            }
        }
    }
}

fn too_long(limit: Duration) -> Stop {
    let seconds = limit.as_secs_f64();
    let plural = if limit == Duration::from_secs(1) {
        ""
    } else {
        "s"
    };
    anyhow!("the query took longer than {seconds} second{plural}")
        .hint("allow more with `--timeout`, or ask for less: begin with the pattern that fits fewest, and see that every pattern shares a variable with another")
        .into()
}

fn too_large() -> Stop {
    anyhow!("the query took all but the last of the machine's memory")
        .hint("ask for less: see that every pattern shares a variable with another; if `chancery export` fails as well, the store is damaged")
        .into()
}

fn misfit(what: &str, formats: &str) -> Stop {
    let error = anyhow!("{what}, which the format cannot hold");
    error.hint(format!("choose {formats}")).into()
}
