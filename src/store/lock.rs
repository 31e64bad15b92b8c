//! Who may use a store at the same time?
//!
//! `RocksDB` keeps two writers apart, but lets a reader in beside a writer, which oxigraph documents as undefined. A lock of our own
//! keeps them apart too, and lets any number of readers in together. The operating system gives it back when the process ends, however
//! it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use super::Error;

/// Name of the file in the store's folder that is locked.
pub(super) const NAME: &str = "chancery.lock";

/// Locks the store for this process alone.
pub(super) fn exclusive(store: &Path) -> Result<File, Error> {
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(store.join(NAME))
        .map_err(|error| Error::Access(store.to_owned(), error))?;
    taken(file.try_lock(), store).map(|()| file)
}

/// Locks the store against writers. None where the lock's file is not there and cannot be made: on a medium that nobody can write to,
/// nobody needs it.
pub(super) fn shared(store: &Path) -> Result<Option<File>, Error> {
    let path = store.join(NAME);
    let opened = File::open(&path).or_else(|_| {
        let mut options = OpenOptions::new();
        options
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
    });
    let Ok(file) = opened else { return Ok(None) };
    taken(file.try_lock_shared(), store).map(|()| Some(file))
}

fn taken(lock: Result<(), TryLockError>, store: &Path) -> Result<(), Error> {
    match lock {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(Error::InUse(store.to_owned())),
        // File systems without locks leave it to the user; RocksDB still keeps writers apart.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(()),
        Err(TryLockError::Error(error)) => Err(Error::Access(store.to_owned(), error)),
    }
}
