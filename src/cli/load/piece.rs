//! Which documents are there, and what does a thread do with one?

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

use anyhow::anyhow;
use oxigraph::model::NamedNode;

use super::super::args::Global;
use super::super::input::{Input, cannot_read};
use super::super::problem::{Hint as _, Problem};
use super::super::reading;
use crate::graph::Graph;
use crate::knowledge::Knowledge;
use crate::source::{Item, Options};
use crate::store::{Error, Store, Summary};
use crate::text::Note;

/// Where a document stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Index of the input.
    pub(super) input: usize,
    /// Line of an input of many documents, from 1.
    pub(super) line: Option<usize>,
}

/// A document of an input, or why it cannot be got out of it.
pub(super) struct Piece {
    input: usize,
    item: Result<Item, Problem>,
}

impl Piece {
    /// How many bytes it has.
    pub(super) fn bytes(&self) -> usize {
        self.item.as_ref().map_or(0, |item| item.bytes.len())
    }
}

/// A document that a thread has done with.
pub(super) struct Done {
    pub(super) place: Place,
    /// None where it could not be got out of its input.
    pub(super) item: Option<Item>,
    pub(super) result: Result<Read, Problem>,
}

/// A document that could be read.
pub(super) struct Read {
    pub(super) document: NamedNode,
    pub(super) sha256: String,
    /// Its record; none where the one in the store is up to date.
    pub(super) graph: Option<Graph>,
    /// Its record in short.
    pub(super) summary: Summary,
    /// What the store has had of it so far, in short.
    pub(super) before: Option<Summary>,
    pub(super) notes: Vec<Note>,
}

/// What is needed to read documents.
pub(super) struct Reader<'a> {
    pub(super) inputs: &'a [Input],
    pub(super) options: &'a Options,
    /// Empty as long as there is no store.
    pub(super) store: &'a OnceLock<Store>,
    pub(super) knowledge: &'a Knowledge,
    pub(super) global: &'a Global,
    /// Whether those are read again whose record is up to date.
    pub(super) force: bool,
}

impl Reader<'_> {
    /// The documents of all inputs, one after the other.
    pub(super) fn pieces(&self) -> impl Iterator<Item = Piece> + Send {
        (self.inputs.iter().enumerate()).flat_map(|(number, input)| {
            let (items, problem) = match input.items(self.options) {
                Ok(items) => (Some(items), None),
                Err(problem) => (None, Some(Err(problem))),
            };
            let items = items.into_iter().flatten().chain(problem);
            items.map(move |item| Piece {
                input: number,
                item,
            })
        })
    }

    /// Reads a document. Fails only where the store does.
    pub(super) fn read(&self, piece: Piece) -> Result<Done, Error> {
        let mut place = Place {
            input: piece.input,
            line: None,
        };
        let (item, result) = match piece.item {
            Err(problem) => (None, Err(problem)),
            Ok(item) => {
                place.line = item.line;
                let input = &self.inputs[place.input];
                let name = input.name_of(item.line);
                let result = match guarded(&name, || self.read_item(input, &item)) {
                    Ok(read) => Ok(read?),
                    Err(problem) => Err(problem),
                };
                (Some(item), result)
            }
        };
        Ok(Done {
            place,
            item,
            result,
        })
    }

    fn read_item(&self, input: &Input, item: &Item) -> Result<Result<Read, Error>, Problem> {
        let opened = reading::open(input, item, self.options, self.global)?;
        let document = opened.identity.iri.clone();
        let sha256 = opened.identity.sha256.clone();
        let known = self.store.get().map(|store| {
            let is_current =
                !self.force && store.holds(&opened.head(self.knowledge, self.global))?;
            Ok((is_current, store.summary(&document)?))
        });
        let (is_current, before) = match known.transpose() {
            Ok(known) => known.unwrap_or_default(),
            Err(error) => return Ok(Err(error)),
        };
        let (graph, summary, notes) = match before {
            Some(ref before) if is_current => (None, before.clone(), opened.notes),
            _ => {
                let read = opened.read(self.knowledge, self.global);
                let summary = Summary::of(&read.graph);
                (Some(read.graph), summary, read.notes)
            }
        };
        Ok(Ok(Read {
            document,
            sha256,
            graph,
            summary,
            before,
            notes,
        }))
    }
}

/// Does something with the document called `name`; a panic on the way is a problem of the document.
fn guarded<T>(name: &str, step: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(step)).unwrap_or_else(|panic| {
        let said = message(&*panic);
        Err(
            anyhow!("a step of the reading failed, which is a mistake in chancery: {said}")
                .context(cannot_read(name))
                .hint("please report it with the text"),
        )
    })
}

/// What a panic says.
fn message(panic: &(dyn Any + Send)) -> &str {
    let owned = panic.downcast_ref::<String>().map(String::as_str);
    let said = owned.or_else(|| panic.downcast_ref::<&str>().copied());
    said.unwrap_or("it does not say why")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_problem_of_its_document() {
        let steps: [fn(); 2] = [|| panic!("on purpose"), || panic!("on {}", "purpose")];
        for step in steps {
            let problem = guarded("one.txt", || {
                step();
                Ok(())
            });
            let reason = problem.expect_err("it panics").reason();
            assert!(
                reason.starts_with("cannot read `one.txt`: a step"),
                "{reason}"
            );
            assert!(reason.ends_with("in chancery: on purpose"), "{reason}");
        }
        assert!(guarded("one.txt", || Ok(())).is_ok());
    }
}
