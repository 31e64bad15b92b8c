//! Step 7: where is the record kept, and what does it answer?
//!
//! A [`Store`] keeps the [`Graph`] of each document as a named graph of its own, on disk or in memory; it answers SPARQL over all of
//! them ([`Store::query`]) and writes them out as files ([`Store::export`], [`Store::property_graph`]).
//!
//! A document is replaced in one transaction: after a crash at any moment it is wholly there or wholly not.
//!
//! The default graph holds all documents together, each triple once, which is what queries ask. oxigraph could also make it up from the
//! named graphs, but up to 0.5 it counts a triple once for each graph that says it (<https://github.com/oxigraph/oxigraph/issues/1919>).

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::{self, File};
use std::path::Path;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{
    GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, Triple,
};

use crate::graph::Graph;
use crate::graph::vocabulary::{ch, dcterms, org};

mod binding;
mod error;
mod export;
mod head;
mod import;
mod lateral;
mod lock;
mod named;
mod query;

pub use error::{Error, SyntaxError};
pub use export::{Exported, Format, PropertyGraph, Selection, write_triples};
pub use head::{Kind, Parameter, parameters, question};
pub use named::QUERIES;

/// Documents and their records.
pub struct Store {
    rdf: oxigraph::store::Store,
    /// Held as long as the store is open.
    _lock: Option<File>,
}

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

/// A document of the store in short.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// `dcterms:title`.
    pub title: Option<String>,
    /// `dcterms:issued`.
    pub date: Option<String>,
    /// `dcterms:source`.
    pub source: Option<String>,
    /// How many officials and how many claims of each class (local name) it has.
    pub counts: BTreeMap<String, usize>,
}

/// The key of [`Summary::counts`] for people who hold an office.
pub const OFFICIALS: &str = "Official";

impl Store {
    /// Opens the store in the folder `path` to write to it; makes both where they are missing.
    pub fn open(path: &Path) -> Result<Self, Error> {
        if path.is_file() {
            return Err(Error::IsFile(path.to_owned()));
        }
        if path.is_dir() && !is_ours(path)? {
            return Err(Error::IsOther(path.to_owned()));
        }
        fs::create_dir_all(path).map_err(|error| Error::Access(path.to_owned(), error))?;
        let lock = lock::exclusive(path)?;
        let rdf = oxigraph::store::Store::open(path).map_err(|error| opening(error, path))?;
        lock::mark_whole(&lock, path)?;
        Ok(Self {
            rdf,
            _lock: Some(lock),
        })
    }

    /// Opens the store in the folder `path` to read from it. Fails where there is none.
    pub fn open_read_only(path: &Path) -> Result<Self, Error> {
        if path.is_file() {
            return Err(Error::IsFile(path.to_owned()));
        }
        if !path.is_dir() {
            return Err(Error::Missing(path.to_owned()));
        }
        if !is_ours(path)? {
            return Err(Error::IsOther(path.to_owned()));
        }
        if !lock::is_whole(path) {
            return Err(Error::Missing(path.to_owned()));
        }
        let lock = lock::shared(path)?;
        let rdf =
            oxigraph::store::Store::open_read_only(path).map_err(|error| opening(error, path))?;
        Ok(Self { rdf, _lock: lock })
    }

    /// An empty store in memory.
    pub fn in_memory() -> Result<Self, Error> {
        let rdf = oxigraph::store::Store::new()?;
        Ok(Self { rdf, _lock: None })
    }

    /// Keeps `graph`, in one transaction, instead of what the store had of the same document.
    pub fn replace(&self, graph: &Graph) -> Result<Replaced, Error> {
        let known = self.rdf.contains_named_graph(&graph.document)?;
        let changed = self.change(&graph.document, &graph.triples, true)?;
        Ok(match (known, changed) {
            (false, _) => Replaced::Added,
            (true, true) => Replaced::Changed,
            (true, false) => Replaced::Unchanged,
        })
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
        let changed = !added.is_empty() || !removed.is_empty();
        for triple in &removed {
            transaction.remove(triple.as_ref().in_graph(&name));
            if !self.said_elsewhere(triple, &name)? {
                transaction.remove(triple.as_ref().in_graph(GraphNameRef::DefaultGraph));
            }
        }
        for triple in triples.iter().filter(|triple| added.contains(triple)) {
            transaction.insert(triple.as_ref().in_graph(&name));
            transaction.insert(triple.as_ref().in_graph(GraphNameRef::DefaultGraph));
        }
        if stays {
            transaction.insert_named_graph(document);
        } else {
            transaction.remove_named_graph(document)?;
        }
        transaction.commit()?;
        Ok(changed)
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

    /// Puts on disk what was kept or forgotten, so that it outlasts a power failure.
    pub fn flush(&self) -> Result<(), Error> {
        Ok(self.rdf.flush()?)
    }

    /// The documents in the order of their IRIs.
    pub fn documents(&self) -> Result<Vec<NamedNode>, Error> {
        let mut documents = Vec::new();
        for name in self.rdf.named_graphs() {
            if let NamedOrBlankNode::NamedNode(document) = name? {
                documents.push(document);
            }
        }
        documents.sort_unstable();
        Ok(documents)
    }

    /// The classes of which it has something, sorted.
    pub fn classes(&self) -> Result<Vec<NamedNode>, Error> {
        let everywhere = Some(GraphNameRef::DefaultGraph);
        let mut classes = BTreeSet::new();
        for quad in (self.rdf).quads_for_pattern(None, Some(rdf::TYPE), None, everywhere) {
            if let Term::NamedNode(class) = quad?.object
                && !classes.contains(&class)
            {
                classes.insert(class);
            }
        }
        Ok(classes.into_iter().collect())
    }

    /// What the store has of `document`, in short; none where it has nothing.
    pub fn summary(&self, document: &NamedNode) -> Result<Option<Summary>, Error> {
        if !self.rdf.contains_named_graph(document)? {
            return Ok(None);
        }
        let mut counts = BTreeMap::new();
        for quad in self.about(None, rdf::TYPE, document) {
            let quad = quad?;
            let Term::NamedNode(class) = &quad.object else {
                continue;
            };
            if let Some(class) = class.as_str().strip_prefix(ch::NAMESPACE) {
                *counts.entry(class.to_owned()).or_default() += 1;
            }
        }
        counts.remove("Document");
        counts.remove("OfficeHolding");
        let mut officials = HashSet::new();
        for quad in self.about(None, org::MEMBER, document) {
            officials.insert(quad?.object);
        }
        if !officials.is_empty() {
            counts.insert(OFFICIALS.to_owned(), officials.len());
        }
        Ok(Some(Summary {
            title: self.value(document, dcterms::TITLE)?,
            date: self.value(document, dcterms::ISSUED)?,
            source: self.value(document, dcterms::SOURCE)?,
            counts,
        }))
    }

    /// The triples of one document.
    pub fn triples(&self, document: &NamedNode) -> Result<Vec<Triple>, Error> {
        let name = GraphNameRef::from(document.as_ref());
        let quads = self.rdf.quads_for_pattern(None, None, None, Some(name));
        quads.map(|quad| Ok(quad?.into())).collect()
    }

    /// Quads of `document` by predicate, and by subject where one is given.
    fn about(
        &self,
        subject: Option<&NamedNode>,
        predicate: NamedNodeRef<'_>,
        document: &NamedNode,
    ) -> impl Iterator<Item = Result<Quad, oxigraph::store::StorageError>> + use<> {
        self.rdf.quads_for_pattern(
            subject.map(|subject| subject.as_ref().into()),
            Some(predicate),
            None,
            Some(GraphNameRef::from(document.as_ref())),
        )
    }

    /// The first value of a property of the document itself, as plain text.
    fn value(
        &self,
        document: &NamedNode,
        predicate: NamedNodeRef<'_>,
    ) -> Result<Option<String>, Error> {
        let Some(quad) = self.about(Some(document), predicate, document).next() else {
            return Ok(None);
        };
        Ok(Some(plain(&quad?.object)))
    }
}

/// A term without the marks of its syntax: the text of a literal, an IRI as it is.
pub fn plain(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::BlankNode(node) => node.to_string(),
        Term::Literal(literal) => literal.value().to_owned(),
    }
}

/// Whether a store may be put into the folder: it holds nothing, or a store, or one that a crash has kept from being made, which our
/// lock tells.
fn is_ours(path: &Path) -> Result<bool, Error> {
    if lock::is_whole(path) || path.join(lock::NAME).is_file() {
        return Ok(true);
    }
    let mut entries = fs::read_dir(path).map_err(|error| Error::Access(path.to_owned(), error))?;
    Ok(entries.next().is_none())
}

/// Tells a lock that another program holds from other trouble.
fn opening(error: oxigraph::store::StorageError, path: &Path) -> Error {
    if error.to_string().to_lowercase().contains("lock") {
        Error::InUse(path.to_owned())
    } else {
        error.into()
    }
}
