//! What does the record answer?

use std::collections::BTreeMap;

use oxigraph::model::Term;
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use spargebra::SparqlParser;

use super::binding::Binding;
use super::error::SyntaxError;
use super::{CancellationToken, Error, Store, parameters};
use crate::graph::vocabulary::PREFIXES;

/// How deep the brackets of a query may be nested: the parser recurses, and its stack ends somewhere beyond 2,000.
const DEEPEST: usize = 500;

/// The depth of the deepest bracket of `query`; brackets in strings and comments count, too, which only makes the bound safer.
fn nesting(query: &str) -> usize {
    let mut depth: usize = 0;
    let mut deepest = 0;
    for character in query.chars() {
        match character {
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// How many words and signs a query may have: each may take the parser, the planner and the evaluation one call deeper.
const LONGEST: usize = 20_000;

/// The number of words and signs of `query`; an IRI is one, the text of strings and comments counts, too.
fn length(query: &str) -> usize {
    let mut count = 0;
    let mut rest = query;
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let taken = match first {
            '<' => iri(rest).unwrap_or(1),
            first if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            first => first.len_utf8(),
        };
        count += usize::from(!first.is_whitespace());
        rest = &rest[taken..];
    }
    count
}

/// How many bytes the IRI takes that `text` begins with.
fn iri(text: &str) -> Option<usize> {
    let foreign = |c: char| c.is_whitespace() || "<>\"{}|^`\\".contains(c);
    let end = text[1..].find(foreign)? + 1;
    text[end..].starts_with('>').then_some(end + 1)
}

impl Store {
    /// Answers a SPARQL 1.1 query over all documents together; `GRAPH` asks for one document, `FROM` for chosen ones. The prefixes of
    /// [`PREFIXES`] need no declaration. No parameter that it declares is set.
    pub fn query(&self, query: &str) -> Result<QueryResults<'static>, Error> {
        self.query_with(query, &BTreeMap::new(), CancellationToken::new())
    }

    /// Answers a query with values for some of the parameters that its head declares (see [`parameters`]), by their names. What
    /// else `values` names is a syntax error, as is a parameter that the query itself does not use. When `stop` is cancelled, the answer
    /// ends with an error as soon as the query looks into the store again.
    pub fn query_with(
        &self,
        query: &str,
        values: &BTreeMap<String, Term>,
        stop: CancellationToken,
    ) -> Result<QueryResults<'static>, Error> {
        let whole = |message: String| {
            Error::Syntax(SyntaxError {
                position: None,
                message,
            })
        };
        if nesting(query) > DEEPEST {
            return Err(whole(format!(
                "its brackets are nested more than {DEEPEST} deep"
            )));
        }
        if length(query) > LONGEST {
            return Err(whole(format!("it has more than {LONGEST} words and signs")));
        }
        let parameters = parameters(query).map_err(Error::Syntax)?;
        let names = || parameters.iter().map(|parameter| parameter.name.as_str());
        if let Some(unknown) = (values.keys()).find(|name| names().all(|known| known != *name)) {
            return Err(whole(format!("it declares no parameter `{unknown}`")));
        }
        let mut parser = SparqlParser::new();
        for (prefix, namespace) in PREFIXES {
            // The namespaces are constants of the record's vocabulary and well-formed.
            if let Ok(with_prefix) = parser.clone().with_prefix(prefix, namespace) {
                parser = with_prefix;
            }
        }
        let parsed = parser.parse_query(query)?;
        let names_with = |properties: &_, words: &_| self.names(properties, words, stop.clone());
        let bound = Binding::new(names(), values, &names_with)
            .apply(parsed)
            .map_err(|name| {
                whole(format!(
                    "its head declares the parameter `{name}` but nothing in it uses that"
                ))
            })?;
        let evaluator = SparqlEvaluator::new().with_cancellation_token(stop);
        Ok(evaluator.for_query(bound).on_store(&self.rdf).execute()?)
    }
}
