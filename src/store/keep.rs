//! How do records get into the store, and out of it?
//!
//! New documents are written by oxigraph's bulk loader, which sorts them into files of the database and takes these in at once: that
//! costs a fraction of a transaction, and no more memory than the batch. A document that the store has already is changed in a
//! transaction of its own, which writes only what differs.

use std::collections::HashSet;

use oxigraph::model::{GraphName, GraphNameRef, NamedNode, Quad, Triple, TripleRef};

use super::{Error, Store};
use crate::graph::Graph;

/// What [`Store::replace`] has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replaced {
    /// The document was not there before.
    Added,
    /// It was there with another record.
    Changed,
    /// It was there with this very record.
    Unchanged,
}

/// Triples of a batch that is worth its costs: whoever has many graphs gives [`Store::replace_all`] as many at once as have about so many
/// triples together. They take some 150 MB while they are written.
pub const BATCH: usize = 100_000;

impl Store {
    /// Keeps `graph` instead of what the store had of the same document.
    pub fn replace(&self, graph: &Graph) -> Result<Replaced, Error> {
        let replaced = self.replace_all(std::slice::from_ref(graph))?;
        Ok(replaced[0])
    }

    /// Keeps each of `graphs`, in their order, instead of what the store had of the same document, and says what that did; the store is
    /// the same in the end however many are given at once. When it returns, they are on disk and outlast a power failure. Where it fails
    /// or the program dies, each document is wholly what it was or wholly what it was to become.
    pub fn replace_all(&self, graphs: &[Graph]) -> Result<Vec<Replaced>, Error> {
        let mut fresh = HashSet::new();
        let mut replaced = Vec::with_capacity(graphs.len());
        for graph in graphs {
            let is_new = !self.rdf.contains_named_graph(&graph.document)?;
            // The second of two graphs of one document replaces the first.
            replaced.push(if is_new && fresh.insert(&graph.document) {
                Replaced::Added
            } else {
                Replaced::Unchanged
            });
        }
        let new = || (graphs.iter().zip(&replaced)).filter(|(_, it)| **it == Replaced::Added);
        self.add(new().map(|(graph, _)| graph))?;
        let mut changed = false;
        for (graph, replaced) in graphs.iter().zip(&mut replaced) {
            if *replaced == Replaced::Unchanged
                && self.change(&graph.document, &graph.triples, true)?
            {
                *replaced = Replaced::Changed;
                changed = true;
            }
        }
        if changed {
            self.flush()?;
        }
        Ok(replaced)
    }

    /// Writes documents that the store has nothing of, all or none.
    fn add<'a>(&self, graphs: impl Iterator<Item = &'a Graph> + Clone) -> Result<(), Error> {
        let quads = |graph: &'a Graph| {
            let name = GraphName::from(graph.document.clone());
            (graph.triples.iter()).flat_map(move |triple| in_both(triple.as_ref(), &name))
        };
        let mut loader = self.rdf.bulk_loader().with_num_threads(1);
        loader.load_quads(graphs.clone().flat_map(quads))?;
        loader.commit()?;
        log::info!("added {} documents", graphs.count());
        Ok(())
    }

    /// Removes all that the store has of `document`; says whether it had anything.
    pub fn forget(&self, document: &NamedNode) -> Result<bool, Error> {
        let known = self.rdf.contains_named_graph(document)?;
        if known {
            self.change(document, &[], false)?;
        }
        Ok(known)
    }

    /// Makes `triples` all that the store has of `document`, which is among its documents if `stays`; says whether that changed anything.
    ///
    /// What documents say alike (of a country, say) is once in the default graph, and leaves it with the last document that says it.
    fn change(&self, document: &NamedNode, triples: &[Triple], stays: bool) -> Result<bool, Error> {
        let name = GraphName::from(document.clone());
        let mut transaction = self.rdf.start_transaction()?;
        let mut added: HashSet<&Triple> = triples.iter().collect();
        let mut removed = Vec::new();
        for quad in transaction.quads_for_pattern(None, None, None, Some(name.as_ref())) {
            let triple = Triple::from(quad?);
            if !added.remove(&triple) {
                removed.push(triple);
            }
        }
        if stays && added.is_empty() && removed.is_empty() {
            return Ok(false);
        }
        for triple in &removed {
            transaction.remove(triple.as_ref().in_graph(&name));
            if !self.said_elsewhere(triple, &name)? {
                transaction.remove(triple.as_ref().in_graph(GraphNameRef::DefaultGraph));
            }
        }
        for triple in triples.iter().filter(|triple| added.contains(triple)) {
            for quad in in_both(triple.as_ref(), &name) {
                transaction.insert(quad.as_ref());
            }
        }
        if !stays {
            transaction.remove_named_graph(document)?;
        }
        let (added, removed) = (added.len(), removed.len());
        log::debug!("{document}: {added} triples more, {removed} fewer");
        transaction.commit()?;
        Ok(true)
    }

    /// Whether a document other than `name` says the same.
    fn said_elsewhere(&self, triple: &Triple, name: &GraphName) -> Result<bool, Error> {
        let triple = triple.as_ref();
        let (subject, predicate, object) = (triple.subject, triple.predicate, triple.object);
        for quad in self
            .rdf
            .quads_for_pattern(Some(subject), Some(predicate), Some(object), None)
        {
            let graph = quad?.graph_name;
            if graph != *name && graph != GraphName::DefaultGraph {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Puts on disk what was forgotten, so that it outlasts a power failure.
    pub fn flush(&self) -> Result<(), Error> {
        log::info!("putting on disk what has changed");
        Ok(self.rdf.flush()?)
    }
}

/// A triple in the graph of its document and in the default graph, which holds what all documents say.
fn in_both(triple: TripleRef<'_>, document: &GraphName) -> [Quad; 2] {
    [document.as_ref(), GraphNameRef::DefaultGraph].map(|graph| triple.in_graph(graph).into_owned())
}
