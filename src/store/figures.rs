//! How much does a store hold?

use std::collections::BTreeMap;

use oxigraph::model::{NamedNodeRef, Term};
use oxigraph::sparql::QueryResults;
use serde::Serialize;

use super::{Error, OFFICIALS, Store, plain};
use crate::graph::vocabulary::{ch, foaf, org, schema};

/// What a store holds, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// Documents.
    pub documents: usize,
    /// The first `dcterms:issued` of a document, as precise as it is given; none where no document has one.
    pub first: Option<String>,
    /// The last one.
    pub last: Option<String>,
    /// People who hold an office, and claims of each class (local name).
    pub facts: BTreeMap<String, usize>,
    /// Entities of each kind.
    pub entities: BTreeMap<&'static str, usize>,
    /// Triples, those that several documents say counted once.
    pub triples: usize,
    /// How often which version of the software and of the language model have made the record of a document.
    pub readings: Vec<Reading>,
}

/// Software and language model that have made records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// As in `chancery 0.1.0`.
    pub software: String,
    /// As in `chancery-english-1`.
    pub model: String,
    /// How many documents.
    pub documents: usize,
}

/// What kinds of entities there are, each with its class.
const ENTITIES: [(&str, NamedNodeRef<'_>); 5] = [
    ("people", foaf::PERSON),
    ("groups", foaf::GROUP),
    ("countries", schema::COUNTRY),
    ("places", schema::PLACE),
    ("organizations", org::FORMAL_ORGANIZATION),
];

/// Every claim has a polarity and nothing else does, so that the types of all words of all documents need not be looked at.
const CLAIMS: &str = "SELECT ?class (COUNT(?claim) AS ?count) { ?claim ch:polarity ?polarity ; a ?class } GROUP BY ?class";

const HOLDERS: &str = "SELECT (COUNT(DISTINCT ?person) AS ?count) { ?office org:member ?person }";

const DATES: &str = "SELECT (MIN(STR(?date)) AS ?first) (MAX(STR(?date)) AS ?last) { ?document a ch:Document ; dcterms:issued ?date }";

const READINGS: &str = "SELECT ?name ?version ?model (COUNT(?document) AS ?count) {
    ?document prov:wasGeneratedBy ?reading .
    ?reading ch:model ?model ; prov:wasAssociatedWith ?software .
    ?software rdfs:label ?name ; schema:softwareVersion ?version
} GROUP BY ?name ?version ?model ORDER BY ?name ?version ?model";

impl Store {
    /// Counts what the store holds. That reads all of it, and takes about a second for two million triples.
    pub fn figures(&self) -> Result<Figures, Error> {
        let mut facts = BTreeMap::new();
        for row in self.rows(CLAIMS)? {
            if let [Some(class), Some(count)] = &row[..]
                && let Some(class) = plain(class).strip_prefix(ch::NAMESPACE)
            {
                facts.insert(class.to_owned(), number(count));
            }
        }
        facts.insert(OFFICIALS.to_owned(), self.counted(HOLDERS)?);
        let mut entities = BTreeMap::new();
        for (kind, class) in ENTITIES {
            let query = format!("SELECT (COUNT(*) AS ?count) {{ ?entity a {class} }}");
            entities.insert(kind, self.counted(&query)?);
        }
        let dates = self.rows(DATES)?.into_iter().flatten();
        let mut dates = dates.map(|date| date.as_ref().map(plain));
        let mut readings = Vec::new();
        for row in self.rows(READINGS)? {
            if let [Some(name), Some(version), Some(model), Some(count)] = &row[..] {
                readings.push(Reading {
                    software: format!("{} {}", plain(name), plain(version)),
                    model: plain(model),
                    documents: number(count),
                });
            }
        }
        Ok(Figures {
            documents: self.documents()?.len(),
            first: dates.next().flatten(),
            last: dates.next().flatten(),
            facts,
            entities,
            triples: self.counted("SELECT (COUNT(*) AS ?count) { ?s ?p ?o }")?,
            readings,
        })
    }

    /// The number that a query of ours counts.
    fn counted(&self, query: &str) -> Result<usize, Error> {
        let rows = self.rows(query)?;
        let count = rows.first().and_then(|row| row.first()?.as_ref());
        Ok(count.map_or(0, number))
    }

    /// The rows that a query of ours gives.
    fn rows(&self, query: &str) -> Result<Vec<Vec<Option<Term>>>, Error> {
        match self.query(query)? {
            QueryResults::Solutions(solutions) => solutions
                .map(|solution| Ok(solution?.values().to_vec()))
                .collect(),
            QueryResults::Boolean(_) | QueryResults::Graph(_) => Ok(Vec::new()),
        }
    }
}

/// A whole number as a number.
fn number(term: &Term) -> usize {
    match term {
        Term::Literal(literal) => literal.value().parse().unwrap_or_default(),
        _ => 0,
    }
}
