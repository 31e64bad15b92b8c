//! RDF files in place of texts, for whoever checks what others have written.

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser, RdfSyntaxError};
use oxigraph::model::{GraphName, GraphNameRef, NamedNode};

use super::error::SyntaxError;
use super::{Error, Format, Store};

impl Store {
    /// Adds what an RDF file says, each triple to its graph and to the default graph. Triples of no graph go to `graph`, where that is
    /// given. Blank nodes are renamed, so that those of two files stay apart.
    pub fn import(
        &self,
        format: Format,
        text: &[u8],
        graph: Option<&NamedNode>,
    ) -> Result<(), Error> {
        let parser = RdfParser::from_format(syntax(format)).rename_blank_nodes();
        let mut transaction = self.rdf.start_transaction()?;
        for quad in parser.for_slice(text) {
            let mut quad = quad?;
            if let (GraphName::DefaultGraph, Some(graph)) = (&quad.graph_name, graph) {
                quad.graph_name = graph.clone().into();
            }
            transaction.insert(quad.as_ref());
            quad.graph_name = GraphNameRef::DefaultGraph.into();
            transaction.insert(quad.as_ref());
        }
        transaction.commit()?;
        Ok(())
    }
}

fn syntax(format: Format) -> RdfFormat {
    match format {
        Format::Turtle => RdfFormat::Turtle,
        Format::NTriples => RdfFormat::NTriples,
        Format::NQuads => RdfFormat::NQuads,
        Format::TriG => RdfFormat::TriG,
        Format::RdfXml => RdfFormat::RdfXml,
        Format::JsonLd => RdfFormat::JsonLd {
            profile: JsonLdProfileSet::empty(),
        },
    }
}

impl From<RdfSyntaxError> for Error {
    /// Takes the position, which the message repeats in its own way, out of the message.
    fn from(error: RdfSyntaxError) -> Self {
        let start = error.location().map(|place| place.start);
        let position = start.map(|start| (start.line as usize + 1, start.column as usize + 1));
        let message = error.to_string();
        let message = match message.split_once(": ") {
            Some((place, message)) if place.contains(" at line ") => message,
            _ => message.as_str(),
        };
        Self::Syntax(SyntaxError {
            position,
            message: message.to_owned(),
        })
    }
}
