//! What does a document hold, in short?

use std::collections::{BTreeMap, HashSet};

use oxigraph::model::vocab::rdf;
use oxigraph::model::{
    GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, Triple,
};

use super::{Error, Store, plain};
use crate::graph::Graph;
use crate::graph::vocabulary::{ch, dcterms, org};

/// A document in short.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// `dcterms:title`.
    pub title: Option<String>,
    /// `dcterms:issued`.
    pub date: Option<String>,
    /// `dcterms:source`.
    pub source: Option<String>,
    /// How many officials and how many claims of each class (local name) it has.
    pub counts: BTreeMap<String, usize>,
}

/// The key of [`Summary::counts`] for people who hold an office.
pub const OFFICIALS: &str = "Official";

impl Summary {
    /// Of a record that may be in no store.
    pub fn of(graph: &Graph) -> Self {
        let mut draft = Draft::default();
        for triple in &graph.triples {
            draft.note(triple, &graph.document);
        }
        draft.finish()
    }
}

impl Store {
    /// What the store has of `document`, in short; none where it has nothing.
    pub fn summary(&self, document: &NamedNode) -> Result<Option<Summary>, Error> {
        if !self.rdf.contains_named_graph(document)? {
            return Ok(None);
        }
        let graph = GraphNameRef::from(document.as_ref());
        let (of_all, of_itself) = (None, Some(document.as_ref().into()));
        let mut draft = Draft::default();
        for (subject, predicate) in [
            (of_all, rdf::TYPE),
            (of_all, org::MEMBER),
            (of_itself, dcterms::TITLE),
            (of_itself, dcterms::ISSUED),
            (of_itself, dcterms::SOURCE),
        ] {
            let quads = self
                .rdf
                .quads_for_pattern(subject, Some(predicate), None, Some(graph));
            for quad in quads {
                let quad: Quad = quad?;
                draft.note(&quad.into(), document);
            }
        }
        Ok(Some(draft.finish()))
    }

    /// Whether the store has that document.
    pub fn has(&self, document: &NamedNode) -> Result<bool, Error> {
        Ok(self.rdf.contains_named_graph(document)?)
    }

    /// `dcterms:title` of the document.
    pub fn title(&self, document: &NamedNode) -> Result<Option<String>, Error> {
        self.value(document, dcterms::TITLE)
    }

    /// `dcterms:issued` of the document.
    pub fn date(&self, document: &NamedNode) -> Result<Option<String>, Error> {
        self.value(document, dcterms::ISSUED)
    }

    /// How many people hold an office by what the document says.
    pub fn officials(&self, document: &NamedNode) -> Result<usize, Error> {
        let graph = GraphNameRef::from(document.as_ref());
        let quads = (self.rdf).quads_for_pattern(None, Some(org::MEMBER), None, Some(graph));
        let officials = quads.map(|quad| Ok(quad?.object));
        Ok(officials.collect::<Result<HashSet<_>, Error>>()?.len())
    }

    /// How many things of the class the document tells of.
    pub fn count(&self, class: &NamedNode, document: &NamedNode) -> Result<usize, Error> {
        let graph = GraphNameRef::from(document.as_ref());
        let class = Some(class.as_ref().into());
        let quads = (self.rdf).quads_for_pattern(None, Some(rdf::TYPE), class, Some(graph));
        Ok(quads.collect::<Result<Vec<_>, _>>()?.len())
    }

    /// The first value of a property of the document itself, as plain text.
    fn value(
        &self,
        document: &NamedNode,
        predicate: NamedNodeRef<'_>,
    ) -> Result<Option<String>, Error> {
        let (subject, graph) = (Some(document.as_ref().into()), document.as_ref().into());
        let mut quads = (self.rdf).quads_for_pattern(subject, Some(predicate), None, Some(graph));
        Ok(quads.next().transpose()?.map(|quad| plain(&quad.object)))
    }
}

/// A summary while triples come in, in any order.
#[derive(Default)]
struct Draft {
    summary: Summary,
    officials: HashSet<Term>,
}

impl Draft {
    fn note(&mut self, triple: &Triple, document: &NamedNode) {
        let predicate = triple.predicate.as_ref();
        if predicate == rdf::TYPE {
            let class = match &triple.object {
                Term::NamedNode(class) => class.as_str().strip_prefix(ch::NAMESPACE),
                _ => None,
            };
            if let Some(class) =
                class.filter(|class| !["Document", "OfficeHolding"].contains(class))
            {
                *self.summary.counts.entry(class.to_owned()).or_default() += 1;
            }
        } else if predicate == org::MEMBER {
            self.officials.insert(triple.object.clone());
        } else if matches!(&triple.subject, NamedOrBlankNode::NamedNode(subject) if subject == document)
        {
            let of_itself = if predicate == dcterms::TITLE {
                &mut self.summary.title
            } else if predicate == dcterms::ISSUED {
                &mut self.summary.date
            } else if predicate == dcterms::SOURCE {
                &mut self.summary.source
            } else {
                return;
            };
            of_itself.get_or_insert_with(|| plain(&triple.object));
        }
    }

    fn finish(mut self) -> Summary {
        if !self.officials.is_empty() {
            let officials = self.officials.len();
            self.summary.counts.insert(OFFICIALS.to_owned(), officials);
        }
        self.summary
    }
}
