//! One text from its bytes to its graph.

use anyhow::anyhow;
use oxigraph::model::NamedNode;

use super::args::Global;
use super::input::{Input, cannot_read};
use super::problem::{Hint as _, Problem, plain, say};
use crate::graph::Graph;
use crate::knowledge::Knowledge;
use crate::pipeline::{self, Reading};
use crate::source::{Item, Options};
use crate::text::{Document, Note};

/// A text that has been read.
pub(super) struct Read {
    pub(super) reading: Reading,
    pub(super) graph: Graph,
    /// What the steps could not decide, graph included.
    pub(super) notes: Vec<Note>,
}

/// Reads one document of an input and writes its graph.
pub(super) fn read(
    input: &Input,
    item: &Item,
    options: &Options,
    knowledge: &Knowledge,
    global: &Global,
) -> Result<Read, Problem> {
    log::debug!("reading `{}`, {} bytes", input.name(), item.bytes.len());
    let reading = pipeline::read_item(item, options, knowledge)
        .map_err(|error| Problem::from(error).context(cannot_read(&input.name())))?;
    let (body, claims) = (&reading.document, reading.claims.len());
    log::debug!(
        "read `{}`: {} sentences, {} tokens, {} mentions, {} entities, {claims} claims",
        input.name(),
        body.sentences.len(),
        body.tokens.len(),
        reading.mentions.len(),
        reading.entities.all.len(),
    );
    let iri = identify(input, item, &reading.document, global);
    let (graph, doubts) = reading.graph(knowledge, &global.base, &iri);
    let mut notes = reading.notes.clone();
    notes.extend(doubts);
    Ok(Read {
        reading,
        graph,
        notes,
    })
}

/// Reads the only document of an input.
pub(super) fn read_only(
    input: &Input,
    options: &Options,
    knowledge: &Knowledge,
    global: &Global,
) -> Result<Read, Problem> {
    let mut items = input.items(options)?;
    let problem = |message: &str, hint: &str| {
        (anyhow!(message.to_owned()).context(cannot_read(&input.name()))).hint(hint)
    };
    let item = items
        .next()
        .unwrap_or_else(|| Err(problem("it holds no document", "each line is one")))?;
    if items.next().is_some() {
        let hint = "choose a line: `sed -n 17p FILE` gives the one of line 17, and `-` reads it from there";
        return Err(problem("it holds more than one document", hint));
    }
    read(input, &item, options, knowledge, global)
}

/// The IRI of the document. Standard input has no name, so that the title stands in for it, or the text itself.
fn identify(input: &Input, item: &Item, document: &Document, global: &Global) -> NamedNode {
    let metadata = &document.metadata;
    let stem = input.stem();
    if item.line.is_some() {
        let stem = stem.unwrap_or_default();
        return global.base.identify_among(metadata, &stem, &document.body);
    }
    let stem = stem.or_else(|| metadata.title.clone());
    global
        .base
        .identify(metadata, stem.as_deref().unwrap_or(&document.body))
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
