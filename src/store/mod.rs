//! Step 7: where is the record kept, and what does it answer?
//!
//! A [`Store`] keeps the [`Graph`](crate::graph::Graph) of each document as a named graph of its own, on disk or in memory; it answers SPARQL over all of
//! them ([`Store::query`]) and writes them out as files ([`Store::export`], [`Store::property_graph`]).
//!
//! After a crash at any moment a document is wholly there or wholly not.
//!
//! The default graph holds all documents together, each triple once, which is what queries ask. oxigraph could also make it up from the
//! named graphs, but up to 0.5 it counts a triple once for each graph that says it (<https://github.com/oxigraph/oxigraph/issues/1919>).

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphNameRef, NamedNode, NamedOrBlankNode, Term, Triple};

mod binding;
mod error;
mod export;
mod expression;
mod figures;
mod head;
mod import;
mod keep;
mod known;
mod lateral;
mod leftovers;
mod lock;
mod named;
mod period;
mod query;
mod summary;
mod upkeep;
mod user;
mod words;

use lock::State;

pub use error::{Error, SyntaxError};
pub use export::{Exported, Format, PropertyGraph, Selection, write_triples};
pub use figures::{Figures, Reading};
pub use head::{Kind, Parameter, parameters, question};
pub use keep::{BATCH, Replaced};
pub use named::QUERIES;
/// What tells a query to stop.
pub use oxigraph::sparql::CancellationToken;
pub use period::Period;
pub use summary::{OFFICIALS, Summary};
pub use upkeep::size;
pub use user::User;

/// Documents and their records.
pub struct Store {
    rdf: oxigraph::store::Store,
    /// Held as long as the store is open.
    _lock: Option<File>,
}

impl Store {
    /// Opens the store in the folder `path` to write to it; makes both where they are missing.
    pub fn open(path: &Path) -> Result<Self, Error> {
        state(path)?;
        fs::create_dir_all(path).map_err(|error| Error::Access(path.to_owned(), error))?;
        let lock = lock::exclusive(path)?;
        let rdf = oxigraph::store::Store::open(path).map_err(|error| opening(error, path))?;
        leftovers::sweep(path)?;
        lock::mark_whole(&lock, path)?;
        log::info!("opened the store `{}` to write to it", path.display());
        Ok(Self {
            rdf,
            _lock: Some(lock),
        })
    }

    /// Opens the store in the folder `path` to change what it holds. Fails where there is none.
    pub fn open_existing(path: &Path) -> Result<Self, Error> {
        must_be_there(path)?;
        Self::open(path)
    }

    /// Opens the store in the folder `path` to read from it. Fails where there is none.
    pub fn open_read_only(path: &Path) -> Result<Self, Error> {
        must_be_there(path)?;
        let lock = lock::shared(path)?;
        let rdf =
            oxigraph::store::Store::open_read_only(path).map_err(|error| opening(error, path))?;
        log::info!("opened the store `{}` to read from it", path.display());
        Ok(Self { rdf, _lock: lock })
    }

    /// An empty store in memory.
    pub fn in_memory() -> Result<Self, Error> {
        let rdf = oxigraph::store::Store::new()?;
        Ok(Self { rdf, _lock: None })
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

    /// The triples of one document.
    pub fn triples(&self, document: &NamedNode) -> Result<Vec<Triple>, Error> {
        let name = GraphNameRef::from(document.as_ref());
        let quads = self.rdf.quads_for_pattern(None, None, None, Some(name));
        quads.map(|quad| Ok(quad?.into())).collect()
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

/// What there is of a store in the folder. Fails where there is no place for one, because there are other things, or it is damaged.
fn state(path: &Path) -> Result<State, Error> {
    if path.is_file() {
        return Err(Error::IsFile(path.to_owned()));
    }
    let state = lock::state(path);
    if state == State::Damaged {
        return Err(Error::Damaged(path.to_owned()));
    }
    if state == State::Nothing && path.is_dir() {
        let access = |error| Error::Access(path.to_owned(), error);
        if fs::read_dir(path).map_err(access)?.next().is_some() {
            return Err(Error::IsOther(path.to_owned()));
        }
    }
    Ok(state)
}

/// Fails where there is no whole store in the folder.
fn must_be_there(path: &Path) -> Result<(), Error> {
    match state(path)? {
        State::Whole => Ok(()),
        _ => Err(Error::Missing(path.to_owned())),
    }
}

/// Tells a lock that another program holds from other trouble.
fn opening(error: oxigraph::store::StorageError, path: &Path) -> Error {
    let message = error.to_string();
    if message.contains("While lock file: ") || message.contains("lock hold by current process") {
        Error::InUse(path.to_owned(), user::of(&path.join("LOCK")))
    } else {
        error.into()
    }
}
