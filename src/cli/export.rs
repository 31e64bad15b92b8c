//! `export`: the store as RDF.

use std::io::{self, BufWriter};

use super::Answer;
use super::args::{Export, Global};
use super::documents::Named;
use super::problem::{Stop, say};
use crate::store::Store;

pub(super) fn run(global: &Global, export: &Export) -> Result<Answer, Stop> {
    let store = Store::open_read_only(&global.store)?;
    let document = match &export.document {
        Some(name) => match Named::new(&store, global).find(name)? {
            Some(document) => Some(document),
            None => return Ok(Answer::No),
        },
        None => None,
    };
    if store.documents()?.is_empty() && !global.quiet {
        say("note", "the store holds no document");
    }
    let out = BufWriter::new(io::stdout().lock());
    store.export(export.format.into(), document.as_ref(), out)?;
    Ok(Answer::Done)
}
