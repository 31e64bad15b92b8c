//! Who may use a store at the same time?
//!
//! `RocksDB` keeps two writers apart, but lets a reader in beside a writer, which oxigraph documents as undefined. A lock of our own
//! keeps them apart too, and lets any number of readers in together. The operating system gives it back when the process ends, however
//! it ends.
//!
//! The lock's file is empty until the store has been made as a whole, so that a store that a crash has left half made is told from one.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::path::Path;

use super::{Error, user};

/// Name of the file in the store's folder that is locked.
pub(super) const NAME: &str = "chancery.lock";

/// What the lock's file says once the store is whole.
const WHOLE: &[u8] = b"This folder is a store of chancery.\n";

/// Notes that the store is whole.
pub(super) fn mark_whole(mut lock: &File, store: &Path) -> Result<(), Error> {
    let marked = lock.metadata().and_then(|metadata| {
        if metadata.len() == 0 {
            lock.write_all(WHOLE)
        } else {
            Ok(())
        }
    });
    marked.map_err(|error| Error::Access(store.to_owned(), error))
}

/// What there is of a store in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing.
    Nothing,
    /// One that was being made when the program died.
    Begun,
    /// One of `RocksDB` that another program has made, or one of ours that is marked.
    Whole,
    /// One that is marked but has lost the file that all others are found by; `RocksDB` would make a new store in its place.
    Damaged,
}

/// What there is of a store in the folder.
pub(super) fn state(store: &Path) -> State {
    let marked = fs::metadata(store.join(NAME)).map(|metadata| metadata.len() > 0);
    match (marked, store.join("CURRENT").is_file()) {
        (Ok(true) | Err(_), true) => State::Whole,
        (Ok(true), false) => State::Damaged,
        (Ok(false), _) => State::Begun,
        (Err(_), false) => State::Nothing,
    }
}

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
    let opened = File::open(store.join(NAME)).or_else(|_| make(store));
    let Ok(file) = opened else { return Ok(None) };
    taken(file.try_lock_shared(), store).map(|()| Some(file))
}

/// Makes the lock's file of a whole store that has none.
pub(super) fn make(store: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    let mut file = options
        .read(true)
        .write(true)
        .create_new(true)
        .open(store.join(NAME))?;
    file.write_all(WHOLE)?;
    Ok(file)
}

fn taken(lock: Result<(), TryLockError>, store: &Path) -> Result<(), Error> {
    match lock {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => {
            Err(Error::InUse(store.to_owned(), user::of(&store.join(NAME))))
        }
        // File systems without locks leave it to the user; RocksDB still keeps writers apart.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(()),
        Err(TryLockError::Error(error)) => Err(Error::Access(store.to_owned(), error)),
    }
}
