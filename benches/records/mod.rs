//! Makes records: of texts, and many of a few, as reading a text costs more than writing its record. Each copy says the same as its original
//! of another document.

use chancery::graph::{Base, Graph, Identity};
use chancery::knowledge::Knowledge;
use chancery::pipeline;
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term, Triple};

/// The record of a text.
pub(crate) fn read(text: &str, knowledge: &Knowledge) -> Graph {
    let reading = pipeline::read(text.as_bytes(), knowledge).expect("it is a text");
    let base = Base::default();
    let iri = base.identify(&reading.document.metadata, "");
    let identity = Identity::new(iri, text.as_bytes());
    reading.graph(knowledge, &base, &identity).0
}

/// The record as that of another document, which is called as the original with `number` behind it. What documents share stays as it is.
pub(crate) fn copy(graph: &Graph, number: usize) -> Graph {
    let original = graph.document.as_str();
    let document = format!("{original}-{number}");
    let renamed = |node: &NamedNode| match node.as_str().strip_prefix(original) {
        Some(rest) if rest.is_empty() || rest.starts_with(['/', '#']) => {
            NamedNode::new_unchecked(document.clone() + rest)
        }
        _ => node.clone(),
    };
    let copied = |triple: &Triple| {
        let subject = match &triple.subject {
            NamedOrBlankNode::NamedNode(node) => renamed(node).into(),
            blank @ NamedOrBlankNode::BlankNode(_) => blank.clone(),
        };
        let object = match &triple.object {
            Term::NamedNode(node) => renamed(node).into(),
            other => other.clone(),
        };
        Triple::new(subject, triple.predicate.clone(), object)
    };
    Graph {
        triples: graph.triples.iter().map(copied).collect(),
        document: NamedNode::new_unchecked(document.clone()),
    }
}
