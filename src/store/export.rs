//! How does the record leave the store?
//!
//! Everything is written in one order that depends on nothing but the content: documents by their IRI, in each the document itself,
//! its claims, offices and parties, and then its characters from first to last; at the end what documents share.

use std::collections::BTreeMap;
use std::io::{self, Write};

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer, WriterQuadSerializer};
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedOrBlankNode, Term, Triple};

use super::turtle::TurtleWriter;
use super::{Error, Store};
use crate::graph::vocabulary::PREFIXES;

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

impl Store {
    /// Writes all documents, or the given one, to `out`. The same content gives the same bytes.
    pub fn export(
        &self,
        format: Format,
        document: Option<&NamedNode>,
        out: impl Write,
    ) -> Result<(), Error> {
        let documents = match document {
            Some(document) => vec![document.clone()],
            None => self.documents()?,
        };
        let mut writer = Writer::new(format, &self.prefixes(format, &documents)?, out)?;
        let mut shared: BTreeMap<String, NamedOrBlankNode> = BTreeMap::new();
        for document in &documents {
            let graph = GraphName::from(document.clone());
            for subject in by_subject(self.triples(document)?, Some(document)) {
                let node = &subject[0].subject;
                if writer.keeps_graphs() || belongs_to(node, document) {
                    writer.write(graph.as_ref(), &subject)?;
                } else {
                    shared.insert(node.to_string(), node.clone());
                }
            }
        }
        // The default graph holds what documents share only once; one document alone may share less.
        let graph = document.map_or(GraphNameRef::DefaultGraph, |document| {
            document.as_ref().into()
        });
        for node in shared.values() {
            let quads = self
                .rdf
                .quads_for_pattern(Some(node.as_ref()), None, None, Some(graph));
            let triples = quads
                .map(|quad| Ok(quad?.into()))
                .collect::<Result<_, Error>>()?;
            writer.write(GraphNameRef::DefaultGraph, &in_order(triples))?;
        }
        Ok(writer.finish()?)
    }

    /// The prefixes that the documents use, for the formats that have prefixes.
    fn prefixes(
        &self,
        format: Format,
        documents: &[NamedNode],
    ) -> Result<Vec<(&'static str, &'static str)>, Error> {
        let mut used = UsedPrefixes::default();
        if !matches!(format, Format::NTriples | Format::NQuads) {
            for document in documents {
                for triple in self.triples(document)? {
                    used.note(&triple);
                }
            }
        }
        Ok(used.list())
    }
}

/// Writes triples that are in no store, sorted, to `out`.
pub fn write_triples(format: Format, triples: Vec<Triple>, out: impl Write) -> io::Result<()> {
    let mut used = UsedPrefixes::default();
    for triple in &triples {
        used.note(triple);
    }
    let mut writer = Writer::new(format, &used.list(), out)?;
    if triples
        .iter()
        .any(|triple| triple.subject.is_blank_node() || triple.object.is_blank_node())
    {
        // Apart from one another, subjects that share a blank node would no longer share it.
        writer.write(GraphNameRef::DefaultGraph, &in_order(triples))?;
    } else {
        for subject in by_subject(triples, None) {
            writer.write(GraphNameRef::DefaultGraph, &subject)?;
        }
    }
    writer.finish()
}

/// Writes subject by subject in any format.
enum Writer<W: Write> {
    Pretty(TurtleWriter<W>),
    Streaming(Box<WriterQuadSerializer<W>>, bool),
}

impl<W: Write> Writer<W> {
    fn new(format: Format, prefixes: &[(&str, &str)], out: W) -> io::Result<Self> {
        let (format, keeps_graphs) = match format {
            Format::Turtle => return Ok(Self::Pretty(TurtleWriter::new(out, prefixes)?)),
            Format::NTriples => (RdfFormat::NTriples, false),
            Format::NQuads => (RdfFormat::NQuads, true),
            Format::TriG => (RdfFormat::TriG, true),
            Format::RdfXml => (RdfFormat::RdfXml, false),
            Format::JsonLd => {
                let profile = JsonLdProfileSet::empty();
                (RdfFormat::JsonLd { profile }, false)
            }
        };
        let mut serializer = RdfSerializer::from_format(format);
        for (prefix, namespace) in prefixes {
            serializer = serializer
                .with_prefix(*prefix, *namespace)
                .map_err(io::Error::other)?;
        }
        Ok(Self::Streaming(
            Box::new(serializer.for_writer(out)),
            keeps_graphs,
        ))
    }

    /// Whether the format can say which graph a triple is in.
    fn keeps_graphs(&self) -> bool {
        matches!(self, Self::Streaming(_, true))
    }

    fn write(&mut self, graph: GraphNameRef<'_>, triples: &[Triple]) -> io::Result<()> {
        match self {
            Self::Pretty(writer) => writer.write(triples),
            Self::Streaming(writer, keeps_graphs) => {
                let graph = if *keeps_graphs {
                    graph
                } else {
                    GraphNameRef::DefaultGraph
                };
                triples
                    .iter()
                    .try_for_each(|triple| writer.serialize_quad(triple.as_ref().in_graph(graph)))
            }
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Pretty(writer) => writer.finish().flush(),
            Self::Streaming(writer, _) => writer.finish()?.flush(),
        }
    }
}

/// Which of the record's prefixes some triples use.
#[derive(Default)]
struct UsedPrefixes([bool; PREFIXES.len()]);

impl UsedPrefixes {
    fn note(&mut self, triple: &Triple) {
        if let NamedOrBlankNode::NamedNode(subject) = &triple.subject {
            self.note_iri(subject.as_str());
        }
        self.note_iri(triple.predicate.as_str());
        match &triple.object {
            Term::NamedNode(object) => self.note_iri(object.as_str()),
            Term::Literal(literal) => self.note_iri(literal.datatype().as_str()),
            Term::BlankNode(_) => {}
        }
    }

    fn note_iri(&mut self, iri: &str) {
        // Turtle writes strings and whole numbers without their type, and `a` for `rdf:type`.
        let unwritten = [
            "http://www.w3.org/2001/XMLSchema#string",
            "http://www.w3.org/2001/XMLSchema#integer",
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        ];
        if unwritten.contains(&iri) {
            return;
        }
        for (used, (_, namespace)) in self.0.iter_mut().zip(PREFIXES) {
            *used = *used || iri.starts_with(namespace);
        }
    }

    fn list(&self) -> Vec<(&'static str, &'static str)> {
        let prefixes = PREFIXES.into_iter().zip(self.0);
        prefixes
            .filter(|(_, used)| *used)
            .map(|(prefix, _)| prefix)
            .collect()
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
