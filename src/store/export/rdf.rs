//! The record as RDF.

use std::io::{self, Write};

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer, WriterQuadSerializer};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphNameRef, NamedNode, NamedOrBlankNode, Term, Triple};

use super::turtle::TurtleWriter;
use super::xml::{self, CarriageReturns};
use super::{Error, Format, Sink, belongs_to, by_subject, in_order};
use crate::graph::vocabulary::PREFIXES;

/// Writes triples that are in no store, sorted, to `out`. Fails with [`Error::Misfit`], before anything is written, on what the format
/// cannot hold.
pub fn write_triples(format: Format, triples: Vec<Triple>, out: impl Write) -> Result<(), Error> {
    let mut used = UsedPrefixes::default();
    for triple in &triples {
        check(format, triple)?;
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
pub(super) struct Writer<W: Write> {
    format: Format,
    syntax: Syntax<W>,
}

enum Syntax<W: Write> {
    Pretty(TurtleWriter<W>),
    Streaming(Box<WriterQuadSerializer<W>>),
    Xml(Box<WriterQuadSerializer<CarriageReturns<W>>>),
}

impl<W: Write> Writer<W> {
    pub(super) fn new(format: Format, prefixes: &[(&str, &str)], out: W) -> Result<Self, Error> {
        let serializer = |format| -> io::Result<RdfSerializer> {
            let mut serializer = RdfSerializer::from_format(format);
            for (prefix, namespace) in prefixes {
                serializer = serializer
                    .with_prefix(*prefix, *namespace)
                    .map_err(io::Error::other)?;
            }
            Ok(serializer)
        };
        let streaming = |format, out| -> io::Result<Syntax<W>> {
            Ok(Syntax::Streaming(Box::new(
                serializer(format)?.for_writer(out),
            )))
        };
        let syntax = match format {
            Format::Turtle => Syntax::Pretty(TurtleWriter::new(out, prefixes)?),
            Format::NTriples => streaming(RdfFormat::NTriples, out)?,
            Format::NQuads => streaming(RdfFormat::NQuads, out)?,
            Format::TriG => streaming(RdfFormat::TriG, out)?,
            Format::RdfXml => Syntax::Xml(Box::new(
                serializer(RdfFormat::RdfXml)?.for_writer(CarriageReturns(out)),
            )),
            Format::JsonLd => {
                let profile = JsonLdProfileSet::empty();
                streaming(RdfFormat::JsonLd { profile }, out)?
            }
        };
        Ok(Self { format, syntax })
    }

    /// Whether the format can say which graph a triple is in.
    fn keeps_graphs(&self) -> bool {
        matches!(self.format, Format::NQuads | Format::TriG)
    }

    fn write(&mut self, graph: GraphNameRef<'_>, triples: &[Triple]) -> Result<(), Error> {
        let graph = if self.keeps_graphs() {
            graph
        } else {
            GraphNameRef::DefaultGraph
        };
        for triple in triples {
            check(self.format, triple)?;
        }
        let mut quads = triples.iter().map(|triple| triple.as_ref().in_graph(graph));
        match &mut self.syntax {
            Syntax::Pretty(writer) => writer.write(triples),
            Syntax::Streaming(writer) => quads.try_for_each(|quad| writer.serialize_quad(quad)),
            Syntax::Xml(writer) => quads.try_for_each(|quad| writer.serialize_quad(quad)),
        }?;
        Ok(())
    }

    pub(super) fn finish(self) -> Result<(), Error> {
        match self.syntax {
            Syntax::Pretty(writer) => writer.finish().flush(),
            Syntax::Streaming(writer) => writer.finish()?.flush(),
            Syntax::Xml(writer) => writer.finish()?.flush(),
        }?;
        Ok(())
    }
}

impl<W: Write> Sink for Writer<W> {
    fn document(&mut self, document: &NamedNode, subjects: &[Vec<Triple>]) -> Result<(), Error> {
        for subject in subjects {
            if self.keeps_graphs() || belongs_to(&subject[0].subject, document) {
                self.write(document.as_ref().into(), subject)?;
            }
        }
        Ok(())
    }

    fn shared(&mut self, subject: &[Triple]) -> Result<(), Error> {
        if self.keeps_graphs() {
            return Ok(());
        }
        self.write(GraphNameRef::DefaultGraph, subject)
    }
}

/// Fails where the format cannot hold the triple, as RDF/XML cannot hold some characters and some names of properties.
fn check(format: Format, triple: &Triple) -> Result<(), Error> {
    if format != Format::RdfXml {
        return Ok(());
    }
    let misfit = |what: String| {
        Err(Error::Misfit(format!(
            "RDF/XML cannot hold {what} of {}",
            triple.subject
        )))
    };
    if let Term::Literal(literal) = &triple.object
        && let Some(character) = xml::foreign(literal.value())
    {
        let code = u32::from(character);
        return misfit(format!(
            "the character U+{code:04X}, which stands in {}",
            triple.predicate
        ));
    }
    // A class stands as a tag, too.
    let class = match &triple.object {
        Term::NamedNode(object) if triple.predicate == rdf::TYPE => Some(object),
        _ => None,
    };
    for name in class.into_iter().chain([&triple.predicate]) {
        if !xml::ends_in_a_name(name.as_str()) {
            return misfit(format!("{name}, which ends in no name,"));
        }
    }
    Ok(())
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
