//! `check`: does the knowledge hang together, and does the record keep its promises?

use std::io::{self, Write as _};
use std::path::Path;

use anyhow::anyhow;
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{BlankNode, Literal, NamedNode, NamedOrBlankNode, Term, Triple};
use serde::Serialize;

use super::args::{Check, CheckFormat, DEFAULT_STORE, Global, RdfFormat};
use super::excerpt::Excerpt;
use super::input::{Input, cannot_read};
use super::problem::{Hint as _, Stop, say};
use super::terminal::calm;
use super::{Answer, knowledge};
use crate::check::{self, Finding};
use crate::knowledge::{Knowledge, Source};
use crate::store::{self, Error, Format, Store};

pub(super) fn run(global: &Global, check: &Check) -> Result<Answer, Stop> {
    let sources = knowledge::sources(global)?;
    let (knowledge, errors) = crate::knowledge::load(&sources);
    let mut findings = check::knowledge(&knowledge, &errors)?;
    let judged = match &check.data {
        Some(path) => {
            findings.extend(check::record(&of_file(path)?)?);
            format!("the knowledge and `{}`", path.display())
        }
        // Without a record there is still the knowledge; but who names a store wants that one judged.
        None if global.store.exists() || global.store != Path::new(DEFAULT_STORE) => {
            findings.extend(check::record(&Store::open_read_only(&global.store)?)?);
            format!("the knowledge and the store `{}`", global.store.display())
        }
        None => "the knowledge; there is no store".to_owned(),
    };
    match check.format {
        CheckFormat::Table => tell(&findings, &knowledge, &sources)?,
        CheckFormat::Json => write_json(&findings)?,
        CheckFormat::Ttl => write_report(&findings)?,
    }
    if !global.quiet {
        let count = match findings.len() {
            0 => "nothing is wrong".to_owned(),
            1 => "one thing is wrong".to_owned(),
            count => format!("{count} things are wrong"),
        };
        say("note", &format!("checked {judged}: {count}"));
    }
    Ok(if findings.is_empty() {
        Answer::Done
    } else {
        Answer::No
    })
}

/// A store in memory with what an RDF file says.
fn of_file(path: &Path) -> Result<Store, Stop> {
    let name = path.display().to_string();
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase());
    let Some(format) = ending.as_deref().and_then(RdfFormat::of_ending) else {
        let error = anyhow!("its name does not tell its format").context(cannot_read(&name));
        let hint = "name a file that ends in `.ttl`, `.nt`, `.nq`, `.trig`, `.rdf` or `.jsonld`";
        return Err(error.hint(hint).into());
    };
    let bytes = Input::new(path).bytes()?;
    let store = Store::in_memory()?;
    match store.import(format.into(), &bytes, None) {
        Err(Error::Syntax(error)) => {
            let text = String::from_utf8_lossy(&bytes);
            let cause = match error.position {
                Some(place @ (line, column)) => {
                    let excerpt = Excerpt::of(&text, place);
                    anyhow!("line {line}, column {column}: {}\n{excerpt}", error.message)
                }
                None => anyhow!(error.message),
            };
            Err(cause.context(cannot_read(&name)).into())
        }
        Err(error) => Err(error.into()),
        Ok(()) => Ok(store),
    }
}

/// Each finding as a paragraph for people: of the knowledge with its line and a caret, of the record with its document and sentence.
fn tell(findings: &[Finding], knowledge: &Knowledge, sources: &[Source]) -> io::Result<()> {
    let text = |file: &str| {
        let unread = sources.iter().find(|source| source.name == file);
        (knowledge.definitions.text(file)).or(unread.map(|source| source.text.as_str()))
    };
    let mut out = io::stdout().lock();
    let mut line = |line: &str| writeln!(out, "{}", calm(line));
    for (number, finding) in findings.iter().enumerate() {
        if number > 0 {
            line("")?;
        }
        let place = &finding.place;
        match (&place.file, place.line, place.column) {
            (Some(file), Some(row), Some(column)) => {
                line(&format!("{file}:{row}:{column}: {}", finding.message))?;
                if let Some(text) = text(file) {
                    line(&Excerpt::of(text, (row, column)).to_string())?;
                }
            }
            (Some(file), ..) => line(&format!("{file}: {}", finding.message))?,
            (None, ..) => line(&format!("{}: {}", finding.focus, finding.message))?,
        }
        for (name, value) in [("document", &place.document), ("sentence", &place.sentence)] {
            if let Some(value) = value {
                let words: Vec<&str> = value.split_whitespace().collect();
                line(&format!("  {name}: {}", words.join(" ")))?;
            }
        }
        for note in &finding.notes {
            line(&format!("  {note}"))?;
        }
    }
    out.flush()
}

#[derive(Serialize)]
struct Report<'a> {
    conforms: bool,
    results: &'a [Finding],
}

fn write_json(findings: &[Finding]) -> Result<(), Stop> {
    let report = Report {
        conforms: findings.is_empty(),
        results: findings,
    };
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &report).map_err(io::Error::from)?;
    writeln!(out)?;
    out.flush()?;
    Ok(())
}

/// The findings as a `sh:ValidationReport`, <https://www.w3.org/TR/shacl/#validation-report>.
fn write_report(findings: &[Finding]) -> Result<(), Stop> {
    let sh = |name: &str| NamedNode::new_unchecked(format!("http://www.w3.org/ns/shacl#{name}"));
    let node = |number: usize| BlankNode::new_unchecked(format!("r{number}"));
    let mut triples = Vec::new();
    let mut state = |subject: &BlankNode, property: NamedNode, object: Term| {
        triples.push(Triple::new(
            NamedOrBlankNode::from(subject.clone()),
            property,
            object,
        ));
    };
    let report = node(0);
    let conforms = Literal::new_typed_literal(findings.is_empty().to_string(), xsd::BOOLEAN);
    state(
        &report,
        rdf::TYPE.into_owned(),
        sh("ValidationReport").into(),
    );
    state(&report, sh("conforms"), conforms.into());
    for (number, finding) in findings.iter().enumerate() {
        let result = node(number + 1);
        state(&report, sh("result"), result.clone().into());
        state(
            &result,
            rdf::TYPE.into_owned(),
            sh("ValidationResult").into(),
        );
        state(&result, sh("focusNode"), term(&finding.focus));
        if let Some(value) = &finding.value {
            state(&result, sh("value"), term(value));
        }
        state(
            &result,
            sh("sourceShape"),
            NamedNode::new_unchecked(&finding.shape).into(),
        );
        state(
            &result,
            sh("sourceConstraintComponent"),
            sh("SPARQLConstraintComponent").into(),
        );
        state(&result, sh("resultSeverity"), sh("Violation").into());
        state(
            &result,
            sh("resultMessage"),
            Literal::from(finding.message.as_str()).into(),
        );
    }
    store::write_triples(Format::Turtle, triples, io::stdout().lock())?;
    Ok(())
}

/// An IRI where it is one, else words.
fn term(text: &str) -> Term {
    NamedNode::new(text).map_or_else(|_| Literal::from(text).into(), Term::from)
}
