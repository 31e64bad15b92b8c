//! Does what chancery knows hang together, and does the record keep its promises?
//!
//! [`knowledge`] judges the ontology and the lexicon, built in and the user's; [`record`] judges the data of a store. What must hold is
//! not in the code: each constraint is a query of `queries/check/` whose rows are what breaks it (see [`Constraint`]), and
//! `ontology/shapes.ttl` says the same in SHACL Core. What no query can ask, whether the examples of the frames hold, is tried in
//! `example`.

mod constraint;
mod example;
mod finding;
mod hint;

use std::collections::BTreeMap;

use oxigraph::model::NamedNode;
use oxigraph::sparql::QueryResults;

use crate::knowledge::{Error, Knowledge};
use crate::store::{self, Format, Store, SyntaxError, plain};

pub use constraint::{Constraint, KNOWLEDGE, RECORD};
pub use finding::{Finding, Place, SHAPES};

/// Judges the knowledge: `errors` are what was wrong when it was loaded.
///
/// Fails only where the store in memory that the constraints are asked of does.
pub fn knowledge(knowledge: &Knowledge, errors: &[Error]) -> Result<Vec<Finding>, store::Error> {
    let mut findings = Vec::new();
    let store = Store::in_memory()?;
    for (number, (name, text, built_in)) in knowledge.definitions.files().enumerate() {
        let kind = if built_in { "built-in" } else { "user" };
        let graph = NamedNode::new_unchecked(format!("urn:{kind}:{number}"));
        match store.import(Format::Turtle, text.as_bytes(), Some(&graph)) {
            Err(store::Error::Syntax(SyntaxError { position, message })) => {
                let error = Error {
                    file: name.to_owned(),
                    position,
                    message,
                };
                findings.push(Finding::of_file(&error));
            }
            read => read?,
        }
    }
    for constraint in KNOWLEDGE {
        for broken in breaches(&store, constraint)? {
            let value = broken.value.as_deref();
            let place = knowledge.definitions.find(&broken.focus, value);
            let near = value.and_then(|value| hint::instead(value, &broken.instead));
            let message = constraint.message(value.map(hint::short).as_deref());
            findings.push(Finding {
                notes: near.into_iter().collect(),
                place: Place::of_definition(place),
                ..broken.finding(constraint, message)
            });
        }
    }
    findings.extend(hint::misspelt(&store, knowledge)?);
    findings.extend(example::all(knowledge, &store)?);
    // What has kept an entry from being read is often what a constraint tells more of.
    let told = |error: &Error| {
        findings.iter().any(|finding| {
            let entry = Place::of_definition(knowledge.definitions.of(&finding.focus));
            [&entry, &finding.place].into_iter().any(|place| {
                place.file.as_ref() == Some(&error.file)
                    && error.position == place.line.zip(place.column)
            })
        })
    };
    let new: Vec<Finding> = (errors.iter())
        .filter(|error| !told(error))
        .map(Finding::of_file)
        .collect();
    findings.extend(new);
    findings.sort();
    findings.dedup();
    Ok(findings)
}

/// Judges the data of a store, each finding with its document and sentence where it has any.
pub fn record(store: &Store) -> Result<Vec<Finding>, store::Error> {
    let mut findings = Vec::new();
    for constraint in RECORD {
        for broken in breaches(store, constraint)? {
            let message = constraint.message(broken.value.as_deref());
            findings.push(Finding {
                place: written(store, &broken.focus)?,
                ..broken.finding(constraint, message)
            });
        }
    }
    findings.sort();
    Ok(findings)
}

/// A node that breaks a constraint.
struct Breach {
    focus: String,
    value: Option<String>,
    /// What could stand there instead of the value.
    instead: Vec<String>,
}

impl Breach {
    fn finding(self, constraint: &Constraint, message: String) -> Finding {
        Finding {
            place: Place::default(),
            focus: self.focus,
            shape: constraint.shape(),
            value: self.value,
            message,
            notes: Vec::new(),
        }
    }
}

/// What breaks a constraint: the rows of its query, those that differ only in what could stand instead put together.
fn breaches(store: &Store, constraint: &Constraint) -> Result<Vec<Breach>, store::Error> {
    let mut found: BTreeMap<(String, Option<String>), Vec<String>> = BTreeMap::new();
    if let QueryResults::Solutions(solutions) = store.query(constraint.query)? {
        for row in solutions {
            let row = row?;
            let text = |name: &str| row.get(name).map(plain);
            let Some(focus) = text("focus") else {
                continue;
            };
            let instead = found.entry((focus, text("value"))).or_default();
            instead.extend(text("instead"));
        }
    }
    let breaches = found.into_iter().map(|((focus, value), instead)| Breach {
        focus,
        value,
        instead,
    });
    Ok(breaches.collect())
}

/// The document and the sentence of a node of the record.
const WRITTEN: &str = "SELECT ?document ?sentence WHERE {
  OPTIONAL { GRAPH ?graph { $focus ?property ?value } }
  OPTIONAL { $focus prov:hadPrimarySource|nif:sourceUrl|(nif:referenceContext/nif:sourceUrl) ?source }
  BIND (COALESCE(?graph, ?source) AS ?document)
  OPTIONAL { $focus (ch:evidence?/nif:sentence?)/nif:anchorOf ?sentence }
} ORDER BY DESC(STRLEN(?sentence)) LIMIT 1";

/// Where it is written what a node of the record says.
fn written(store: &Store, focus: &str) -> Result<Place, store::Error> {
    let Ok(node) = NamedNode::new(focus) else {
        return Ok(Place::default());
    };
    let query = WRITTEN.replace("$focus", &node.to_string());
    let mut place = Place::default();
    if let QueryResults::Solutions(mut solutions) = store.query(&query)?
        && let Some(row) = solutions.next()
    {
        let row = row?;
        place.document = row.get("document").map(plain);
        place.sentence = row.get("sentence").map(plain);
    }
    Ok(place)
}

/// The first column of an answer.
fn column(store: &Store, query: &str) -> Result<Vec<String>, store::Error> {
    let mut cells = Vec::new();
    if let QueryResults::Solutions(solutions) = store.query(query)? {
        for row in solutions {
            cells.extend(row?.get(0).map(plain));
        }
    }
    Ok(cells)
}
