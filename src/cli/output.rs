//! `--output`: where data go.
//!
//! A file is written as a whole or not at all: under another name in the same folder first, put on disk, and then renamed. Whatever goes
//! wrong before that leaves the old file as it was and nothing of the new one.

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek as _, Write};
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::{NamedTempFile, SpooledTempFile};

use super::problem::{Hint as _, Problem, Stop};
use crate::store::Error;

/// What writes data somewhere, and gives what there is to say of it.
type Writing<'a, T> = dyn FnMut(&mut dyn Write) -> Result<T, Error> + 'a;

/// From how many bytes on data that are held back are kept on disk.
const MOST_IN_MEMORY: usize = 4 << 20;

/// Lets `write` write the file at `path`; where there is none, to standard output as it goes.
pub(super) fn to<T>(path: Option<&Path>, write: &mut Writing<'_, T>) -> Result<T, Stop> {
    if let Some(path) = path {
        return to_file(path, write);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let done = write(&mut out)?;
    out.flush()?;
    Ok(done)
}

/// Lets `write` write to standard output all of it, or nothing where it fails.
pub(super) fn to_stdout_whole<T>(write: &mut Writing<'_, T>) -> Result<T, Stop> {
    let mut held = BufWriter::new(SpooledTempFile::new(MOST_IN_MEMORY));
    let done = write(&mut held)?;
    let mut held = held.into_inner().map_err(io::IntoInnerError::into_error)?;
    held.rewind()?;
    let mut out = io::stdout().lock();
    io::copy(&mut held, &mut out)?;
    out.flush()?;
    Ok(done)
}

/// Lets `write` write the file at `path`, compressed if its name ends in `.gz`.
fn to_file<T>(path: &Path, write: &mut Writing<'_, T>) -> Result<T, Stop> {
    if path.is_dir() {
        let error = anyhow!("it is a folder").context(cannot_write(path));
        return Err(error.hint("name a file in it").into());
    }
    // A pipe or device is written to as it is; a new file in its place would be none.
    if path.exists() && !path.is_file() {
        let mut file = File::options()
            .write(true)
            .open(path)
            .map_err(|error| failed(path, error))?;
        return fill(&mut file, path, write);
    }
    let mut draft = Draft::new(path)?;
    let done = fill(draft.file.as_file_mut(), path, write)?;
    draft.keep()?;
    Ok(done)
}

/// Lets `write` write each of the files of these names in the folder at `path`, which is made if need be: all of them or, where one fails,
/// none. Gives what there is to say of each.
pub(super) fn to_folder<T>(
    path: &Path,
    names: &[&str],
    mut write: impl FnMut(&str, &mut dyn Write) -> Result<T, Error>,
) -> Result<Vec<T>, Stop> {
    if path.exists() && !path.is_dir() {
        let error = anyhow!("it is no folder").context(cannot_write(path));
        return Err(error.hint("name a folder, which is made if need be").into());
    }
    let is_new = !path.exists();
    if is_new {
        fs::create_dir(path).map_err(|error| failed(path, error))?;
    }
    let mut write_all = || {
        let mut drafts = Vec::new();
        let mut all = Vec::new();
        for name in names {
            let path = path.join(name);
            let mut draft = Draft::new(&path)?;
            let done = fill(draft.file.as_file_mut(), &path, &mut |out| write(name, out))?;
            all.push(done);
            drafts.push(draft);
        }
        drafts.into_iter().try_for_each(Draft::keep)?;
        Ok(all)
    };
    let written = write_all();
    if is_new && written.is_err() {
        // Where something is in it after all, that is not ours.
        let _ = fs::remove_dir(path);
    }
    written
}

/// A file that has not got its name yet. Dropped, it is gone.
pub(super) struct Draft {
    file: NamedTempFile,
    path: PathBuf,
}

impl Draft {
    /// Of the file that is to be called `path`.
    pub(super) fn new(path: &Path) -> Result<Self, Stop> {
        // Behind a link stands the file that is meant.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let mut builder = tempfile::Builder::new();
        builder.prefix(".chancery-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            // Like any other file, not like a secret one: as far as the user's mask allows.
            let known = fs::metadata(&path).map(|known| known.permissions());
            builder.permissions(known.unwrap_or_else(|_| fs::Permissions::from_mode(0o666)));
        }
        let file = builder.tempfile_in(folder_of(&path));
        let file = file.map_err(|error| failed(&path, error))?;
        Ok(Self { file, path })
    }

    /// Gives it its name.
    pub(super) fn keep(self) -> Result<(), Stop> {
        let kept = (self.file.as_file().sync_all())
            .and_then(|()| Ok(self.file.persist(&self.path).map(drop)?));
        kept.map_err(|error| failed(&self.path, error))?;
        // So that the name outlasts a power failure, too; not every system lets a folder be opened for that.
        if let Ok(folder) = File::open(folder_of(&self.path)) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Lets `write` write to `file`, which is called `path`.
fn fill<T>(file: &mut File, path: &Path, write: &mut Writing<'_, T>) -> Result<T, Stop> {
    let is_compressed = path.extension().is_some_and(|ending| ending == "gz");
    let mut out = BufWriter::new(file);
    let written = if is_compressed {
        let mut compressed = GzEncoder::new(&mut out, Compression::default());
        write(&mut compressed).and_then(|done| {
            compressed.finish()?;
            Ok(done)
        })
    } else {
        write(&mut out)
    };
    let flushed = written.and_then(|done| {
        out.flush()?;
        Ok(done)
    });
    flushed.map_err(|error| match error {
        Error::Io(error) => failed(path, error),
        error => error.into(),
    })
}

/// The folder that the file is in.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// That the file of that name cannot be written.
pub(super) fn failed(path: &Path, error: io::Error) -> Stop {
    let is_missing = error.kind() == io::ErrorKind::NotFound;
    let error = anyhow::Error::new(error).context(cannot_write(path));
    let problem = if is_missing {
        error.hint(format!(
            "make the folder `{}` first",
            folder_of(path).display()
        ))
    } else {
        Problem::from(error)
    };
    problem.into()
}

/// What stands above the cause.
fn cannot_write(path: &Path) -> String {
    format!("cannot write `{}`", path.display())
}
