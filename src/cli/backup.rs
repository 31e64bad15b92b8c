//! `backup`: a copy of the store.

use super::args::{Backup, Global};
use super::problem::{Stop, plain};
use super::{Answer, bytes};
use crate::store::{self, Store};

pub(super) fn run(global: &Global, backup: &Backup) -> Result<Answer, Stop> {
    let store = Store::open_existing(&global.store)?;
    store.backup(&backup.folder)?;
    if !global.quiet {
        plain(&format!(
            "copied the store `{}` to `{}`: {}",
            global.store.display(),
            backup.folder.display(),
            bytes::in_words(store::size(&backup.folder)?)
        ));
    }
    Ok(Answer::Done)
}
