//! How does the record leave the store?
//!
//! Everything is written in one order that depends on nothing but the content: documents by their IRI, in each the document itself,
//! its claims, offices and parties, and then its characters from first to last; at the end what documents share.
//!
//! One document is in memory at a time. Beside it there are only the IRIs of the documents and of what they share (countries, concepts,
//! …), which grow with the knowledge and not with the texts.

use std::collections::{BTreeMap, HashSet};
use std::io::Write;

use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedOrBlankNode, Triple};

use super::{Error, Store};

mod dot;
mod graphml;
mod lists;
mod long_strings;
mod property_graph;
mod rdf;
mod selection;
mod spool;
mod turtle;
mod xml;

pub use property_graph::PropertyGraph;
pub use rdf::write_triples;
pub use selection::Selection;

/// A syntax of RDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Turtle with prefixes, one paragraph a subject.
    Turtle,
    /// N-Triples.
    NTriples,
    /// N-Quads, each document in its own graph.
    NQuads,
    /// `TriG`, each document in its own graph.
    TriG,
    /// RDF/XML.
    RdfXml,
    /// JSON-LD.
    JsonLd,
}

/// What an export has taken in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Documents of which something was written.
    pub documents: usize,
    /// Documents left out because the selection asks for a date and they have none.
    pub undated: usize,
}

/// What takes the record in, subject by subject.
trait Sink {
    /// Takes what is selected of one document, by subject, among it what it shares with others.
    fn document(&mut self, document: &NamedNode, subjects: &[Vec<Triple>]) -> Result<(), Error>;

    /// Takes all that the selected documents say of one subject that they share.
    fn shared(&mut self, subject: &[Triple]) -> Result<(), Error>;
}

impl Store {
    /// Writes what is selected to `out`. The same content gives the same bytes.
    ///
    /// Fails with [`Error::Misfit`] on what the format cannot hold; what has been written by then is no whole file.
    pub fn export(
        &self,
        format: Format,
        selection: &Selection,
        out: impl Write,
    ) -> Result<Exported, Error> {
        let mut writer = rdf::Writer::new(format, &crate::graph::vocabulary::PREFIXES, out)?;
        let exported = self.walk(selection, &mut writer)?;
        writer.finish()?;
        Ok(exported)
    }

    /// What is selected as nodes and edges with attributes.
    pub fn property_graph(
        &self,
        selection: &Selection,
    ) -> Result<(PropertyGraph, Exported), Error> {
        let mut graph = PropertyGraph::new();
        let exported = self.walk(selection, &mut graph)?;
        Ok((graph, exported))
    }

    /// Gives what is selected to `sink`.
    fn walk(&self, selection: &Selection, sink: &mut impl Sink) -> Result<Exported, Error> {
        let mut exported = Exported::default();
        let mut shared: BTreeMap<String, NamedOrBlankNode> = BTreeMap::new();
        let mut chosen: HashSet<GraphName> = HashSet::new();
        let documents = match selection.documents() {
            Some(documents) => documents,
            None => self.documents()?,
        };
        for document in documents {
            if selection.period.is_bounded() {
                let Some(date) = self.date(&document)? else {
                    exported.undated += 1;
                    continue;
                };
                if !selection.period.includes(Some(&date)) {
                    continue;
                }
            }
            let triples = self.triples(&document)?;
            let subjects = selection.part_of(by_subject(triples, Some(&document)));
            if subjects.is_empty() {
                continue;
            }
            exported.documents += 1;
            let nodes = subjects.iter().map(|subject| &subject[0].subject);
            for node in nodes.filter(|node| !belongs_to(node, &document)) {
                shared.insert(node.to_string(), node.clone());
            }
            sink.document(&document, &subjects)?;
            if !selection.is_everything() {
                chosen.insert(document.into());
            }
        }
        // The default graph has what all documents share, once; some of them may share less.
        let graph = selection
            .is_everything()
            .then_some(GraphNameRef::DefaultGraph);
        for node in shared.values() {
            let mut triples = Vec::new();
            for quad in (self.rdf).quads_for_pattern(Some(node.as_ref()), None, None, graph) {
                let quad = quad?;
                if graph.is_some() || chosen.contains(&quad.graph_name) {
                    triples.push(Triple::from(quad));
                }
            }
            sink.shared(&in_order(triples))?;
        }
        Ok(exported)
    }
}

/// The triples in the order of their N-Triples form, without doubles.
fn in_order(mut triples: Vec<Triple>) -> Vec<Triple> {
    triples.sort_by_cached_key(ToString::to_string);
    triples.dedup();
    triples
}

/// The triples of each subject together, in the order of [`place`] and [`in_order`].
fn by_subject(triples: Vec<Triple>, document: Option<&NamedNode>) -> Vec<Vec<Triple>> {
    let triples = in_order(triples);
    let mut subjects: Vec<Vec<Triple>> = triples
        .chunk_by(|one, next| one.subject == next.subject)
        .map(<[Triple]>::to_vec)
        .collect();
    subjects.sort_by_cached_key(|subject| place(&subject[0].subject, document));
    subjects
}

/// Where a subject stands in its document: the document itself, its claims, offices and parties, its characters by offset, all else.
fn place(subject: &NamedOrBlankNode, document: Option<&NamedNode>) -> (u8, usize, usize, String) {
    let iri = match subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str(),
        NamedOrBlankNode::BlankNode(node) => node.as_str(),
    };
    let own = document.and_then(|document| iri.strip_prefix(document.as_str()));
    let rank = match own {
        Some("") => 0,
        Some(rest) if rest.starts_with('/') => 1,
        Some(rest) if rest.starts_with('#') => 2,
        _ => 3,
    };
    let offsets = own.and_then(|rest| rest.strip_prefix("#char=")?.split_once(','));
    let (start, end) = offsets.map_or((0, 0), |(start, end)| {
        (
            start.parse().unwrap_or_default(),
            end.parse().unwrap_or_default(),
        )
    });
    (rank, start, end, iri.to_owned())
}

/// Whether a subject is the document or part of it, so that no other document says anything of it.
fn belongs_to(subject: &NamedOrBlankNode, document: &NamedNode) -> bool {
    place(subject, Some(document)).0 < 3
}
