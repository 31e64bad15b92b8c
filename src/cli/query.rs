//! `query`: what the record answers.

use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use anyhow::{Context as _, anyhow};
use oxigraph::sparql::QueryResults;
use oxigraph::sparql::results::QueryResultsSerializer;

use super::args::{AnswerFormat, Global, Query, RdfFormat, RowFormat};
use super::input::{Input, cannot_read, utf8};
use super::problem::{Hint as _, Stop, say};
use super::rows::{Rows, end_line, results_format};
use super::table::Table;
use super::{Answer, syntax};
use crate::store::{self, Error, QUERIES, Store, question};

pub(super) fn run(global: &Global, query: &Query) -> Result<Answer, Stop> {
    let (name, text) = match (&query.expression, &query.name) {
        (Some(expression), _) => ("the query".to_owned(), expression.clone()),
        (None, Some(name)) => (format!("the query `{name}`"), find(name)?),
        (None, None) => return list(),
    };
    let store = Store::open_read_only(&global.store)?;
    let results = store.query(&text).map_err(|error| match error {
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

/// The text of the named query or of the file.
fn find(name: &str) -> Result<String, Stop> {
    if let Some((_, text)) = QUERIES.iter().find(|(known, _)| *known == name) {
        return Ok((*text).to_owned());
    }
    let path = Path::new(name);
    let is_path =
        name == "-" || path.extension().is_some() || path.components().count() > 1 || path.exists();
    if is_path {
        let input = Input::new(path);
        let text = utf8(input.bytes()?).with_context(|| cannot_read(&input.name()))?;
        return Ok(text);
    }
    let names = QUERIES.map(|(known, _)| known);
    let nearest = names
        .into_iter()
        .min_by_key(|known| strsim::damerau_levenshtein(known, &name.to_lowercase()));
    let near = nearest.filter(|known| strsim::jaro_winkler(known, &name.to_lowercase()) > 0.8);
    let hint = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "the named queries are {}; a file ends in `.rq`",
            names.join(", ")
        ),
    };
    Err(anyhow!("there is no query `{name}`").hint(hint).into())
}

/// The named queries, each with its question.
fn list() -> Result<Answer, Stop> {
    let mut table = Table::new(vec!["query".to_owned(), "question".to_owned()]);
    for (name, text) in QUERIES {
        table.push(&[
            name.to_owned(),
            question(text).unwrap_or_default().to_owned(),
        ]);
    }
    let mut out = io::stdout().lock();
    table.write(None, &mut out)?;
    out.flush()?;
    Ok(Answer::Done)
}
