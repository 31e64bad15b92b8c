//! One text from its bytes to its graph.

use anyhow::anyhow;
use oxigraph::model::NamedNode;

use super::args::Global;
use super::input::{Input, cannot_read};
use super::problem::{Hint as _, Problem, plain, say};
use crate::graph::{self, Graph, Identity};
use crate::knowledge::Knowledge;
use crate::pipeline::{self, Reading};
use crate::source::{self, Item, Options};
use crate::text::{Document, Note};

/// A text that has been read.
pub(super) struct Read {
    pub(super) reading: Reading,
    pub(super) graph: Graph,
    /// What the steps could not decide, graph included.
    pub(super) notes: Vec<Note>,
}

/// A document of an input that is not analysed yet.
pub(super) struct Opened {
    document: Document,
    pub(super) identity: Identity,
    /// What could not be decided so far.
    pub(super) notes: Vec<Note>,
}

/// Opens one document of an input.
pub(super) fn open(
    input: &Input,
    item: &Item,
    options: &Options,
    global: &Global,
) -> Result<Opened, Problem> {
    log::debug!(
        "reading `{}`, {} bytes",
        input.name_of(item.line),
        item.bytes.len()
    );
    let (document, notes) = source::read(item, options)
        .map_err(|error| Problem::from(error).context(cannot_read(&input.name())))?;
    let iri = identify(input, item, &document, global);
    Ok(Opened {
        document,
        identity: Identity::new(iri, &item.bytes),
        notes,
    })
}

impl Opened {
    /// What its record begins with.
    pub(super) fn head(&self, knowledge: &Knowledge, global: &Global) -> Graph {
        graph::head(&self.document, knowledge, &global.base, &self.identity)
    }

    /// Analyses it and writes its graph.
    pub(super) fn read(self, knowledge: &Knowledge, global: &Global) -> Read {
        let reading = pipeline::analyse(self.document, self.notes, knowledge);
        log::debug!(
            "read <{}>: {} sentences, {} tokens, {} mentions, {} entities, {} claims",
            self.identity.iri.as_str(),
            reading.document.sentences.len(),
            reading.document.tokens.len(),
            reading.mentions.len(),
            reading.entities.all.len(),
            reading.claims.len(),
        );
        let (graph, doubts) = reading.graph(knowledge, &global.base, &self.identity);
        let mut notes = reading.notes.clone();
        notes.extend(doubts);
        Read {
            reading,
            graph,
            notes,
        }
    }
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
    Ok(open(input, &item, options, global)?.read(knowledge, global))
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
