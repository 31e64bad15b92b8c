//! `query`: what the record answers.

use std::io::{self, BufWriter, Write as _};

use anyhow::anyhow;
use oxigraph::sparql::QueryResults;
use oxigraph::sparql::results::QueryResultsSerializer;

use super::args::{AnswerFormat, Global, Query, RdfFormat, RowFormat};
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
    let results = store
        .query_with(&text, &values)
        .map_err(|error| match error {
            Error::Syntax(error) => syntax::problem(&text, &name, &error).into(),
            error => Stop::from(error),
        })?;
    match results {
        QueryResults::Solutions(solutions) => {
            let format = match query.format {
                None => RowFormat::Table,
                Some(AnswerFormat::Rows(format)) => format,
                Some(AnswerFormat::Graph(_)) => {
                    return Err(misfit(
                        "`SELECT` gives rows",
                        "table, json, csv, tsv or xml",
                    ));
                }
            };
            let mut rows = Rows::of(solutions.variables().to_vec());
            for solution in solutions {
                let solution = solution.map_err(Error::from)?;
                rows.push(solution.values().to_vec());
            }
            if rows.is_empty() && format == RowFormat::Table && !global.quiet {
                say("note", "the answer has no rows");
            }
            rows.write(format)?;
            Ok(Answer::Done)
        }
        QueryResults::Boolean(truth) => {
            let format = match query.format {
                None => RowFormat::Table,
                Some(AnswerFormat::Rows(format)) => format,
                Some(AnswerFormat::Graph(_)) => {
                    return Err(misfit(
                        "`ASK` gives a truth value",
                        "table, json, csv, tsv or xml",
                    ));
                }
            };
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
        QueryResults::Graph(triples) => {
            let format = match query.format {
                None => RdfFormat::Ttl,
                Some(AnswerFormat::Graph(format)) => format,
                Some(AnswerFormat::Rows(_)) => {
                    return Err(misfit(
                        "`CONSTRUCT` and `DESCRIBE` give a graph",
                        "ttl, nt, nq, trig, rdfxml or jsonld",
                    ));
                }
            };
            let triples: Vec<_> = triples.collect::<Result<_, _>>().map_err(Error::from)?;
            store::write_triples(format.into(), triples, BufWriter::new(io::stdout().lock()))?;
            Ok(Answer::Done)
        }
    }
}

fn misfit(what: &str, formats: &str) -> Stop {
    let error = anyhow!("{what}, which the format cannot hold");
    error.hint(format!("choose {formats}")).into()
}
