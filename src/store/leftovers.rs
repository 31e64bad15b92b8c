//! What a crash leaves behind in a store's folder.
//!
//! oxigraph's bulk loader writes its files beside those of the database, which then takes in copies of them. A program that is killed in
//! between leaves them there for ever: they belong to nothing, and may be as large as all that was to be loaded.

use std::fs;
use std::path::Path;

use super::Error;

/// Removes them. The caller has the store for itself, so that nobody is writing them now.
pub(super) fn sweep(store: &Path) -> Result<(), Error> {
    let swept = || {
        for entry in fs::read_dir(store)? {
            let entry = entry?;
            if is_leftover(&entry.file_name().to_string_lossy()) {
                log::info!("removing what a crash has left: {}", entry.path().display());
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    };
    swept().map_err(|error| Error::Access(store.to_owned(), error))
}

/// Whether the bulk loader calls its files so: `bulk-` and a random number.
fn is_leftover(name: &str) -> bool {
    let number = (name.strip_prefix("bulk-")).and_then(|rest| rest.strip_suffix(".sst"));
    number.is_some_and(|number| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}
