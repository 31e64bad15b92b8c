//! One text from its bytes to its graph.

use oxigraph::model::NamedNode;

use super::args::Global;
use super::input::{Input, cannot_read};
use super::problem::{Problem, plain, say};
use crate::graph::{Graph, Origin};
use crate::knowledge::Knowledge;
use crate::pipeline::{self, Reading};
use crate::text::{Document, Note};

/// A text that has been read.
pub(super) struct Read {
    pub(super) reading: Reading,
    pub(super) graph: Graph,
    /// What the steps could not decide, graph included.
    pub(super) notes: Vec<Note>,
}

/// Reads one text and writes its graph.
pub(super) fn read(input: &Input, knowledge: &Knowledge, global: &Global) -> Result<Read, Problem> {
    let bytes = input.bytes()?;
    let reading = pipeline::read(&bytes, knowledge)
        .map_err(|error| Problem::from(error).context(cannot_read(&input.name())))?;
    let iri = identify(input, &reading.document, global);
    let origin = Origin::new(iri, &bytes);
    let (graph, doubts) = reading.graph(knowledge, &global.base, &origin);
    let mut notes = reading.notes.clone();
    notes.extend(doubts);
    Ok(Read {
        reading,
        graph,
        notes,
    })
}

/// The IRI of the document. Standard input has no name, so that the title stands in for it, or the text itself.
fn identify(input: &Input, document: &Document, global: &Global) -> NamedNode {
    let stem = input.stem().or_else(|| document.metadata.title.clone());
    global.base.identify(
        &document.metadata,
        stem.as_deref().unwrap_or(&document.body),
    )
}

/// Most notes of one text that are told.
const NOTES_TOLD: usize = 5;

/// Tells what the steps could not decide in one text.
pub(super) fn tell(notes: &[Note], name: &str) {
    for note in notes.iter().take(NOTES_TOLD) {
        let place = note
            .span
            .map_or_else(String::new, |span| format!(", character {}", span.start));
        say("note", &format!("`{name}`{place}: {}", note.message));
    }
    if notes.len() > NOTES_TOLD {
        plain(&format!(
            "  and {} more of that kind",
            notes.len() - NOTES_TOLD
        ));
    }
}
