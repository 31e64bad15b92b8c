//! Which texts are meant, and what is in them.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};

use super::problem::{Hint as _, Problem};
use super::terminal::calm_line;
use crate::source::{self, Item, Options};

/// A text to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Input {
    /// None for standard input.
    path: Option<PathBuf>,
}

impl Input {
    /// The file, or standard input for `-`.
    pub(super) fn new(path: &Path) -> Self {
        Self {
            path: (path != Path::new("-")).then(|| path.to_owned()),
        }
    }

    /// What to call it in messages.
    pub(super) fn name(&self) -> String {
        match &self.path {
            Some(path) => calm_line(&path.display().to_string()).into_owned(),
            None => "standard input".to_owned(),
        }
    }

    /// What to call its document of that line in messages.
    pub(super) fn name_of(&self, line: Option<usize>) -> String {
        match line {
            Some(line) => format!("{}, line {line}", self.name()),
            None => self.name(),
        }
    }

    /// The file's name without its folder.
    fn file_name(&self) -> Option<Cow<'_, str>> {
        Some(self.path.as_ref()?.file_name()?.to_string_lossy())
    }

    /// The file's name without folder and ending, which names the document.
    pub(super) fn stem(&self) -> Option<String> {
        Some(source::stem(&self.file_name()?).to_owned())
    }

    /// Its documents in their order; what is wrong with one says where it is.
    pub(super) fn items(
        &self,
        options: &Options,
    ) -> Result<impl Iterator<Item = Result<Item, Problem>>, Problem> {
        let file_name = self.file_name().unwrap_or_default();
        let items = source::items(self.open()?, &file_name, options);
        let name = self.name();
        Ok(items.map(move |item| {
            item.map_err(|error| Problem::from(error).context(cannot_read(&name)))
        }))
    }

    /// All its bytes.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::new();
        let read = self.open()?.read_to_end(&mut bytes);
        read.with_context(|| cannot_read(&self.name()))?;
        Ok(bytes)
    }

    fn open(&self) -> Result<Box<dyn Read + Send>, Problem> {
        let message = || cannot_read(&self.name());
        match &self.path {
            Some(path) if path.is_dir() => Err(anyhow!("it is a folder")
                .context(message())
                .hint("name a file in it; only `load` takes folders")),
            Some(path) => Ok(Box::new(File::open(path).with_context(message)?)),
            None => Ok(Box::new(io::stdin())),
        }
    }
}

/// The texts that `paths` name: files as they are, folders by their text files in the order of their names, each file once. What
/// cannot be found is told apart.
pub(super) fn find(paths: &[PathBuf]) -> (Vec<Input>, Vec<Problem>) {
    let mut inputs = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        if path.is_dir() {
            let mut files = Vec::new();
            walk(path, &source::is_taken, &mut files, &mut problems);
            if files.is_empty() {
                let error = anyhow!("there is no text in the folder `{}`", path.display());
                problems.push(error.hint(format!(
                    "files are taken that end in {}, also compressed; name a file with another ending itself",
                    source::ENDINGS.map(|ending| format!("`.{ending}`")).join(", ")
                )));
            }
            inputs.extend(files.iter().map(|file| Input::new(file)));
        } else {
            inputs.push(Input::new(path));
        }
    }
    let mut seen = HashSet::new();
    inputs.retain(|input| match &input.path {
        Some(path) => seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())),
        None => seen.insert(PathBuf::from("-")),
    });
    (inputs, problems)
}

/// The files below `folder` whose names are wanted, in the order of their paths. Hidden files and folders are left out, and links to
/// folders are not followed, since they may lead in circles.
pub(super) fn walk(
    folder: &Path,
    wanted: &dyn Fn(&str) -> bool,
    files: &mut Vec<PathBuf>,
    problems: &mut Vec<Problem>,
) {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut entries = match entries.with_context(|| cannot_read(&folder.display().to_string())) {
        Ok(entries) => entries,
        Err(error) => {
            problems.push(error.into());
            return;
        }
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            walk(&path, wanted, files, problems);
        } else if path.is_file() && wanted(&entry.file_name().to_string_lossy()) {
            files.push(path);
        }
    }
}

/// Whether a name has one of these endings, in whatever case.
pub(super) fn has_ending(endings: &[&str]) -> impl Fn(&str) -> bool {
    move |name| {
        let found = Path::new(name).extension();
        found.is_some_and(|found| {
            endings
                .iter()
                .any(|ending| found.eq_ignore_ascii_case(ending))
        })
    }
}

/// What stands above the cause where a file, a folder or standard input cannot be read.
pub(super) fn cannot_read(name: &str) -> String {
    format!("cannot read `{name}`")
}

/// The text that a file of Turtle or SPARQL holds.
pub(super) fn utf8(bytes: Vec<u8>) -> anyhow::Result<String> {
    String::from_utf8(bytes).map_err(|_| anyhow!("it is not UTF-8"))
}
