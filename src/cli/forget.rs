//! `forget`: documents and all that was taken from them leave the store.

use std::collections::HashSet;

use super::Answer;
use super::args::{Forget, Global};
use super::documents::Named;
use super::input::{Input, cannot_read, utf8};
use super::problem::{Stop, plain};
use crate::store::Store;

pub(super) fn run(global: &Global, forget: &Forget) -> Result<Answer, Stop> {
    let list = match &forget.from_file {
        Some(path) => {
            let input = Input::new(path);
            utf8(input.bytes()?).map_err(|error| error.context(cannot_read(&input.name())))?
        }
        None => String::new(),
    };
    let lines = list.lines().filter(|line| !line.trim().is_empty());
    let names = forget.documents.iter().map(String::as_str).chain(lines);
    let store = Store::open_existing(&global.store)?;
    let known = Named::new(&store, global);
    let mut seen = HashSet::new();
    let mut forgotten = 0;
    let mut answer = Answer::Done;
    for name in names.filter(|name| seen.insert(*name)) {
        match known.find(name)? {
            Some(document) => {
                store.forget(&document)?;
                forgotten += 1;
                if !global.quiet {
                    plain(&format!("forgot <{}>", document.as_str()));
                }
            }
            None => answer = Answer::No,
        }
    }
    store.flush()?;
    // One document has had its line already.
    if !global.quiet && seen.len() > 1 {
        plain(&format!(
            "{forgotten} of {} documents forgotten",
            seen.len()
        ));
    }
    Ok(answer)
}
