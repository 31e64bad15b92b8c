//! Turtle files as graphs of nodes: the only place that knows sophia's way of reading.

use std::sync::Arc;

use sophia::api::graph::Graph as _;
use sophia::api::ns::rdf;
use sophia::api::prelude::{Any, Iri, IriRef, Term, Triple, TripleSource};
use sophia::api::source::StreamError::{SinkError, SourceError};
use sophia::api::term::SimpleTerm;
use sophia::inmem::graph::FastGraph;
use sophia::resource::{NoLoader, Resource};
use sophia::turtle::parser::{self, ErrorKind, turtle};

use super::{Error, Source};

/// Namespace of chancery's own terms.
pub(crate) const CH: &str = "https://w3id.org/chancery#";
/// Simple Knowledge Organization System, <https://www.w3.org/TR/skos-reference/>.
pub(crate) const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";

/// A parsed file.
pub(crate) struct File {
    graph: Arc<FastGraph>,
}

impl File {
    /// Parses a Turtle document; a syntax error comes with its position.
    pub(crate) fn parse(source: &Source) -> Result<Self, Error> {
        let graph = turtle::parse_str(&source.text)
            .collect_triples::<FastGraph>()
            .map_err(|error| match error {
                SourceError(error) => syntax_error(source, &error),
                SinkError(error) => Error {
                    file: source.name.clone(),
                    position: None,
                    message: error.to_string(),
                },
            })?;
        Ok(Self {
            graph: Arc::new(graph),
        })
    }

    /// Every node of the class `class` (an IRI), sorted by IRI so that later files and runs agree.
    pub(crate) fn instances(&self, class: &str) -> Vec<Node> {
        let mut nodes: Vec<Node> = self
            .graph
            .triples_matching(Any, [rdf::type_], [IriRef::new_unchecked(class)])
            .filter_map(Result::ok)
            .map(|triple| self.node(triple.s()))
            .collect();
        nodes.sort_by_key(|node| node.iri().to_owned());
        nodes
    }

    fn node(&self, term: impl Term) -> Node {
        Node(Resource::new(
            term,
            None,
            Arc::clone(&self.graph),
            Arc::new(NoLoader()),
        ))
    }
}

/// A node of a parsed file.
pub(crate) struct Node(Resource<FastGraph, NoLoader>);

impl Node {
    /// Its IRI; empty for a blank node.
    pub(crate) fn iri(&self) -> &str {
        match self.0.id() {
            SimpleTerm::Iri(iri) => iri.as_str(),
            _ => "",
        }
    }

    /// What follows the last `#` or `/` of its IRI.
    pub(crate) fn local_name(&self) -> &str {
        local_name(self.iri())
    }

    /// The lexical forms of the literals, and the IRIs, that `predicate` gives, sorted.
    pub(crate) fn values(&self, predicate: &str) -> Vec<String> {
        let mut values: Vec<String> =
            self.0
                .get_all_terms(Iri::new_unchecked(predicate))
                .filter_map(Result::ok)
                .filter_map(|term| match term {
                    SimpleTerm::Iri(iri) => Some(iri.as_str().to_owned()),
                    SimpleTerm::LiteralDatatype(text, _)
                    | SimpleTerm::LiteralLanguage(text, ..) => Some(text.to_string()),
                    _ => None,
                })
                .collect();
        values.sort();
        values
    }

    /// The first of [`Self::values`].
    pub(crate) fn value(&self, predicate: &str) -> Option<String> {
        self.values(predicate).into_iter().next()
    }

    /// The nodes, blank or not, that `predicate` leads to.
    pub(crate) fn nodes(&self, predicate: &str) -> Vec<Self> {
        self.0
            .get_all_terms(Iri::new_unchecked(predicate))
            .filter_map(Result::ok)
            .map(|term| {
                Self(Resource::new(
                    term,
                    None,
                    Arc::clone(self.0.graph()),
                    Arc::new(NoLoader()),
                ))
            })
            .collect()
    }

    /// The elements of the list that `predicate` leads to, as texts or IRIs, in order.
    pub(crate) fn list(&self, predicate: &str) -> Vec<String> {
        self.0
            .get_term_items(Iri::new_unchecked(predicate))
            .filter_map(Result::ok)
            .filter_map(|term| match term {
                SimpleTerm::Iri(iri) => Some(iri.as_str().to_owned()),
                SimpleTerm::LiteralDatatype(text, _) | SimpleTerm::LiteralLanguage(text, ..) => {
                    Some(text.to_string())
                }
                _ => None,
            })
            .collect()
    }
}

/// What follows the last `#` or `/`.
pub(crate) fn local_name(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

/// The triples of a Turtle text one by one, without an index.
pub(crate) fn stream(text: &str) -> impl TripleSource<Error: std::error::Error> + '_ {
    turtle::parse_str(text)
}

/// Where `source` stops being Turtle. The parser counts lines and bytes from 0, people lines and characters from 1.
fn syntax_error(source: &Source, error: &parser::Error) -> Error {
    let (line, column) = error.position();
    let written = source.text.split('\n').nth(line).unwrap_or_default();
    let before = written.char_indices().filter(|(byte, _)| *byte < column);
    let message = match error.kind() {
        ErrorKind::EOF(_) => "the file ends within a statement".to_owned(),
        kind => kind.to_string(),
    };
    let mut letters = message.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    Error {
        file: source.name.clone(),
        position: Some((line + 1, before.count() + 1)),
        message: first.chain(letters).collect(),
    }
}
