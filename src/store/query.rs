//! What does the record answer?

use oxigraph::sparql::{QueryResults, SparqlEvaluator};

use super::error::SyntaxError;
use super::{Error, Store};
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

impl Store {
    /// Answers a SPARQL 1.1 query over all documents together; `GRAPH` asks for one document, `FROM` for chosen ones. The prefixes of
    /// [`PREFIXES`] need no declaration.
    pub fn query(&self, query: &str) -> Result<QueryResults<'static>, Error> {
        let mut evaluator = SparqlEvaluator::new();
        for (prefix, namespace) in PREFIXES {
            // The namespaces are constants of the record's vocabulary and well-formed.
            if let Ok(with_prefix) = evaluator.clone().with_prefix(prefix, namespace) {
                evaluator = with_prefix;
            }
        }
        if nesting(query) > DEEPEST {
            return Err(Error::Syntax(SyntaxError {
                position: None,
                message: format!("its brackets are nested more than {DEEPEST} deep"),
            }));
        }
        let prepared = evaluator.parse_query(query)?;
        Ok(prepared.on_store(&self.rdf).execute()?)
    }
}
