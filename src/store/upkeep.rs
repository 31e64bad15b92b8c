//! How is a store copied and kept small?

use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::{Error, Store, lock};

impl Store {
    /// Makes a copy of the store, which is a store of its own, in the folder `path`; that must be empty or not be there. It appears
    /// there as a whole or not at all. On one file system the copy shares the files that neither store will ever change, by hard links.
    pub fn backup(&self, path: &Path) -> Result<(), Error> {
        if path.is_file() {
            return Err(Error::IsFile(path.to_owned()));
        }
        let access = |error| Error::Access(path.to_owned(), error);
        if path.is_dir() && fs::read_dir(path).map_err(access)?.next().is_some() {
            return Err(Error::NotEmpty(path.to_owned()));
        }
        let above = match path.parent() {
            Some(above) if above != Path::new("") => above,
            _ => Path::new("."),
        };
        fs::create_dir_all(above).map_err(access)?;
        let making = tempfile::Builder::new()
            .prefix(".chancery-backup-")
            .tempdir_in(above)
            .map_err(access)?;
        // `RocksDB` wants to make the folder itself, and nobody but us may read a folder for temporary files.
        let copy = making.path().join("store");
        log::info!("copying to `{}`", copy.display());
        self.rdf.backup(&copy)?;
        drop(lock::make(&copy).map_err(access)?);
        on_disk(&copy).map_err(access)?;
        fs::rename(&copy, path).map_err(access)?;
        on_disk(above).map_err(access)
    }

    /// Writes the files of the store anew, so that what was replaced or forgotten takes no more room. The words themselves stay, even
    /// those that no triple has any more.
    pub fn compact(&self) -> Result<(), Error> {
        log::info!("writing the files anew");
        self.rdf.optimize()?;
        // It says nothing of its own failure, but a failed store takes no more writes.
        self.flush()
    }
}

/// How many bytes the files in the folder of a store have.
pub fn size(store: &Path) -> Result<u64, Error> {
    let sum = || -> io::Result<u64> {
        let mut bytes = 0;
        for entry in fs::read_dir(store)? {
            match entry?.metadata() {
                Ok(metadata) => bytes += metadata.len(),
                // `RocksDB` takes away what it does not need any more.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(bytes)
    };
    sum().map_err(|error| Error::Access(store.to_owned(), error))
}

/// Waits until the names in the folder are on disk.
fn on_disk(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
