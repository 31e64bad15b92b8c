//! A list that is too long for memory.

use std::io::{self, BufReader, BufWriter, Seek as _, Write as _};
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tempfile::SpooledTempFile;

/// From how many bytes on a list is kept on disk, in a file without a name that goes with the list.
const MOST_IN_MEMORY: usize = 4 << 20;

/// Items one after the other, as JSON.
pub(super) struct Spool<T> {
    file: BufWriter<SpooledTempFile>,
    items: PhantomData<T>,
}

impl<T: Serialize + DeserializeOwned> Spool<T> {
    pub(super) fn new() -> Self {
        Self {
            file: BufWriter::new(SpooledTempFile::new(MOST_IN_MEMORY)),
            items: PhantomData,
        }
    }

    /// Adds an item at the end.
    pub(super) fn push(&mut self, item: &T) -> io::Result<()> {
        serde_json::to_writer(&mut self.file, item)?;
        self.file.write_all(b"\n")
    }

    /// All items from the first on; afterwards none may be added.
    pub(super) fn items(&mut self) -> io::Result<impl Iterator<Item = io::Result<T>>> {
        self.file.flush()?;
        let file = self.file.get_mut();
        file.rewind()?;
        let items = serde_json::Deserializer::from_reader(BufReader::new(file)).into_iter();
        Ok(items.map(|item| item.map_err(io::Error::from)))
    }
}
