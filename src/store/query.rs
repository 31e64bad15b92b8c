//! What does the record answer?

use oxigraph::sparql::{QueryResults, SparqlEvaluator};

use super::{Error, Store};
use crate::graph::vocabulary::PREFIXES;

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
        let prepared = evaluator.parse_query(query)?;
        Ok(prepared.on_store(&self.rdf).execute()?)
    }
}
