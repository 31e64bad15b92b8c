//! `compact`: the store in as little room as it needs.

use super::args::Global;
use super::problem::{Stop, plain};
use super::{Answer, bytes};
use crate::store::{self, Store};

pub(super) fn run(global: &Global) -> Result<Answer, Stop> {
    let store = Store::open_existing(&global.store)?;
    let before = store::size(&global.store)?;
    store.compact()?;
    // Only now the files of before are gone.
    drop(store);
    let after = store::size(&global.store)?;
    if !global.quiet {
        plain(&format!(
            "the store `{}` took {} and takes {}",
            global.store.display(),
            bytes::in_words(before),
            bytes::in_words(after)
        ));
    }
    Ok(Answer::Done)
}
