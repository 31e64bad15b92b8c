//! How do the records get into the store, and which of two documents of one name counts?

use std::collections::HashMap;
use std::path::Path;
use std::sync::OnceLock;

use anyhow::anyhow;

use super::super::args::{Global, Load};
use super::super::problem::{Hint as _, Problem, Stop};
use super::ledger::{Entry, Fate, Kept, Ledger};
use super::piece::{Done, Place, Read};
use super::sums::Sums;
use crate::graph::Graph;
use crate::store::{BATCH, Error, Replaced, Store};
use crate::text::sha256;

/// The store to load into; empty where there is none yet, since one is made for a text only.
pub(super) fn open(global: &Global, load: &Load) -> Result<OnceLock<Store>, Stop> {
    let store = OnceLock::new();
    if global.store.exists() {
        let opened = if load.dry_run {
            Store::open_read_only(&global.store)
        } else {
            Store::open(&global.store)
        };
        match opened {
            // A folder in which a store would be made.
            Err(Error::Missing(_)) => {}
            opened => _ = store.set(opened?),
        }
    }
    Ok(store)
}

/// Most documents of a batch, be their records new or not.
const DOCUMENTS: usize = 1000;

/// Most bytes of documents of a batch that are rejected.
const BYTES: usize = 16 << 20;

/// Triples of a batch that is worth writing when no more documents are still to come than it has: so the batches grow smaller towards the
/// end of a load, and when the last document is read little is left to write.
const LAST: usize = 10_000;

/// Takes documents in their order, puts their records into the store batch by batch, and hands on what became of them.
pub(super) struct Keeper<'a> {
    store: &'a OnceLock<Store>,
    folder: &'a Path,
    dry_run: bool,
    ledger: Ledger<'a>,
    /// The documents so far, by a digest of their IRIs, so that millions fit into memory.
    firsts: HashMap<u128, First>,
    batch: Batch,
}

/// The document that was the first of its IRI.
struct First {
    place: Place,
    /// A digest of its bytes.
    bytes: u128,
}

/// Documents whose fate is not written down yet, since records among them are not in the store yet.
#[derive(Default)]
struct Batch {
    entries: Vec<Entry>,
    graphs: Vec<Graph>,
    /// Which entry each graph belongs to.
    owners: Vec<usize>,
    triples: usize,
    /// Bytes of those that are rejected.
    rejected: usize,
}

impl Batch {
    /// Whether it is time to write it. `left` documents are still to come, where that is known.
    fn is_full(&self, left: Option<usize>) -> bool {
        let ends = left.is_some_and(|left| left <= self.entries.len());
        self.triples >= if ends { LAST } else { BATCH }
            || self.entries.len() >= DOCUMENTS
            || self.rejected >= BYTES
    }
}

impl<'a> Keeper<'a> {
    pub(super) fn new(
        store: &'a OnceLock<Store>,
        ledger: Ledger<'a>,
        global: &'a Global,
        load: &Load,
    ) -> Self {
        Self {
            store,
            folder: &global.store,
            dry_run: load.dry_run,
            ledger,
            firsts: HashMap::new(),
            batch: Batch::default(),
        }
    }

    /// Takes the next document; `left` are still to come, where that is known.
    pub(super) fn take(&mut self, done: Done, left: Option<usize>) -> Result<(), Stop> {
        let Done {
            place,
            item,
            result,
        } = done;
        self.ledger.pass(place, item.as_ref());
        let fate = match result.and_then(|read| self.admit(place, read)) {
            Err(problem) => {
                self.batch.rejected += item.as_ref().map_or(0, |item| item.bytes.len());
                Fate::Rejected(problem, item)
            }
            Ok((mut read, copy_of)) => {
                if let Some(graph) = read.graph.take() {
                    self.batch.owners.push(self.batch.entries.len());
                    self.batch.triples += graph.triples.len();
                    self.batch.graphs.push(graph);
                }
                Fate::Kept(Box::new(Kept {
                    read,
                    // Until something is written.
                    replaced: Replaced::Unchanged,
                    copy_of,
                }))
            }
        };
        let place = Some(place);
        self.batch.entries.push(Entry { place, fate });
        // Where no record is to be written, nobody need wait.
        if self.batch.is_full(left) || self.batch.graphs.is_empty() {
            self.write()?;
        }
        Ok(())
    }

    /// Writes what is left, and gives the sums of the load.
    pub(super) fn finish(mut self) -> Result<Sums, Stop> {
        self.write()?;
        self.ledger.finish()
    }

    /// Lets a document through unless another one of this load has the same IRI, which it would replace. Of a copy of that one, which
    /// changes nothing, it names the other.
    fn admit(&mut self, place: Place, mut read: Read) -> Result<(Read, Option<String>), Problem> {
        let document = read.document.as_str();
        let key = number(&sha256([document.as_bytes()])[..32]);
        let bytes = number(&read.sha256[..32]);
        let Some(first) = self.firsts.get(&key) else {
            self.firsts.insert(key, First { place, bytes });
            return Ok((read, None));
        };
        let first_name = self.ledger.name(first.place);
        if first.bytes == bytes {
            // Whether it was analysed, and what was in the store then, depends on how far the first had come.
            read.graph = None;
            read.before = None;
            read.notes.clear();
            return Ok((read, Some(first_name)));
        }
        Err(
            anyhow!("it has the same IRI as `{first_name}`: <{document}>")
                .context(format!("`{}` was not loaded", self.ledger.name(place)))
                .hint("give each an `id` of its own"),
        )
    }

    /// Puts the batch into the store and writes down what became of it.
    fn write(&mut self) -> Result<(), Stop> {
        let mut batch = std::mem::take(&mut self.batch);
        let replaced = self.put(&batch.graphs)?;
        drop(batch.graphs);
        for (owner, replaced) in batch.owners.into_iter().zip(replaced) {
            if let Fate::Kept(kept) = &mut batch.entries[owner].fate {
                kept.replaced = replaced;
            }
        }
        (batch.entries.iter()).try_for_each(|entry| self.ledger.add(entry))
    }

    /// Puts records into the store; in a dry run only says what that would do.
    fn put(&self, graphs: &[Graph]) -> Result<Vec<Replaced>, Stop> {
        if graphs.is_empty() {
            return Ok(Vec::new());
        }
        if self.dry_run {
            let known = self.store.get();
            let would = graphs
                .iter()
                .map(|graph| known.map_or(Ok(Replaced::Added), |store| store.would_replace(graph)));
            return Ok(would.collect::<Result<_, _>>()?);
        }
        let store = if let Some(store) = self.store.get() {
            store
        } else {
            let made = Store::open(self.folder)?;
            self.store.get_or_init(|| made)
        };
        Ok(store.replace_all(graphs)?)
    }
}

/// The number that hexadecimal digits write.
fn number(digits: &str) -> u128 {
    u128::from_str_radix(digits, 16).unwrap_or_default()
}
