//! What of a record is in the store already?

use std::collections::HashSet;

use oxigraph::model::{GraphNameRef, NamedOrBlankNode, Triple};

use super::{Error, Replaced, Store};
use crate::graph::Graph;

impl Store {
    /// Whether the record of a document is the one that begins with `head` (see [`graph::head`](crate::graph::head)): all of it is there,
    /// and nothing else is said of the document itself.
    pub fn holds(&self, head: &Graph) -> Result<bool, Error> {
        let graph = GraphNameRef::from(head.document.as_ref());
        for triple in &head.triples {
            if !self.rdf.contains(triple.as_ref().in_graph(graph))? {
                return Ok(false);
            }
        }
        let document = NamedOrBlankNode::from(head.document.clone());
        let of_itself = head.triples.iter();
        let expected = of_itself
            .filter(|triple| triple.subject == document)
            .count();
        let mut said =
            (self.rdf).quads_for_pattern(Some(document.as_ref()), None, None, Some(graph));
        Ok(said.try_fold(0, |count, quad| quad.map(|_| count + 1))? == expected)
    }

    /// What [`Store::replace`] would do with `graph`.
    pub fn would_replace(&self, graph: &Graph) -> Result<Replaced, Error> {
        if !self.rdf.contains_named_graph(&graph.document)? {
            return Ok(Replaced::Added);
        }
        let known: HashSet<Triple> = self.triples(&graph.document)?.into_iter().collect();
        let is_same = known.len() == graph.triples.len()
            && graph.triples.iter().all(|triple| known.contains(triple));
        Ok(if is_same {
            Replaced::Unchanged
        } else {
            Replaced::Changed
        })
    }
}
