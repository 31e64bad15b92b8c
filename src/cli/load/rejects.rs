//! `--rejects`: what could not be loaded is kept, so that it can be mended and loaded again.
//!
//! A document is kept in a file of its own, the lines of JSON Lines together in a file for each input. No file that is there is touched:
//! where a name is taken, a number is put behind it. The reasons stand in `index.csv`, which is no text, so that the folder as a whole can
//! be loaded.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::super::input::Input;
use super::super::problem::{Problem, Stop};
use crate::source::{Format, Item};

/// A folder for what is rejected.
pub(super) struct Rejects {
    folder: PathBuf,
    /// Made for the first that is rejected.
    index: Option<csv::Writer<File>>,
    /// The lines of the last input that had bad ones.
    lines: Option<Lines>,
}

struct Lines {
    input: String,
    name: String,
    file: File,
    number: usize,
}

impl Rejects {
    /// Makes the folder where it is missing.
    pub(super) fn open(folder: &Path) -> Result<Self, Stop> {
        fs::create_dir_all(folder).with_context(|| cannot_write(folder))?;
        Ok(Self {
            folder: folder.to_owned(),
            index: None,
            lines: None,
        })
    }

    /// Keeps a document, and the reason; of an input that gives no document, and so is kept nowhere but where it is, only the reason.
    pub(super) fn keep(
        &mut self,
        input: Option<&Input>,
        item: Option<&Item>,
        problem: &Problem,
    ) -> Result<(), Stop> {
        let kept = self.write(input, item, problem);
        Ok(kept.with_context(|| cannot_write(&self.folder))?)
    }

    fn write(
        &mut self,
        input: Option<&Input>,
        item: Option<&Item>,
        problem: &Problem,
    ) -> io::Result<()> {
        let (file, line) = match (input, item) {
            (Some(input), Some(item)) if item.line.is_some() => self.add_line(input, item)?,
            (Some(input), Some(item)) => (self.add_file(input, item)?, None),
            _ => Default::default(),
        };
        let index = if let Some(index) = &mut self.index {
            index
        } else {
            let (_, file) = create(&self.folder, "index", "csv")?;
            let mut index = csv::Writer::from_writer(file);
            index.write_record(["file", "file_line", "input", "input_line", "reason", "hint"])?;
            self.index.insert(index)
        };
        let number = |line: Option<usize>| line.map_or_else(String::new, |line| line.to_string());
        index.write_record([
            file,
            number(line),
            input.map_or_else(String::new, Input::name),
            number(item.and_then(|item| item.line)),
            problem.reason(),
            problem.hint().unwrap_or_default().to_owned(),
        ])?;
        // What was rejected is known even if the load dies.
        index.flush()
    }

    /// Keeps a document in a file of its own; gives its name.
    fn add_file(&self, input: &Input, item: &Item) -> io::Result<String> {
        let ending = match item.format {
            Format::Text => "txt",
            Format::Html => "html",
            Format::JsonLines => "jsonl",
        };
        let (name, mut file) = create(&self.folder, &stem(input), ending)?;
        file.write_all(&item.bytes)?;
        Ok(name)
    }

    /// Keeps a line in the file of its input; gives the file's name and the number of the line in it.
    fn add_line(&mut self, input: &Input, item: &Item) -> io::Result<(String, Option<usize>)> {
        let lines = match &mut self.lines {
            Some(lines) if lines.input == input.name() => lines,
            lines => {
                let (name, file) = create(&self.folder, &stem(input), "jsonl")?;
                lines.insert(Lines {
                    input: input.name(),
                    name,
                    file,
                    number: 0,
                })
            }
        };
        lines.number += 1;
        lines.file.write_all(&[&*item.bytes, b"\n"].concat())?;
        Ok((lines.name.clone(), Some(lines.number)))
    }

    /// Puts all on disk.
    pub(super) fn finish(self) -> Result<(), Stop> {
        if let Some(lines) = self.lines {
            lines
                .file
                .sync_all()
                .with_context(|| cannot_write(&self.folder))?;
        }
        Ok(())
    }
}

/// Makes a file in `folder` that was not there: `STEM.ENDING`, or with a number behind the stem.
fn create(folder: &Path, stem: &str, ending: &str) -> io::Result<(String, File)> {
    let mut name = format!("{stem}.{ending}");
    for number in 2.. {
        match File::create_new(folder.join(&name)) {
            Ok(file) => return Ok((name, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                name = format!("{stem}-{number}.{ending}");
            }
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Longest name without number and ending, in bytes; file systems take 255 with them.
const LONGEST: usize = 200;

/// The name of the input, which also names the document, so that it stays what it is called.
fn stem(input: &Input) -> String {
    let stem = input.stem().unwrap_or_else(|| "standard-input".to_owned());
    let mut safe = stem.replace(
        |letter: char| letter.is_control() || "/\\:".contains(letter),
        "-",
    );
    let mut end = safe.len().min(LONGEST);
    while !safe.is_char_boundary(end) {
        end -= 1;
    }
    safe.truncate(end);
    safe
}

fn cannot_write(folder: &Path) -> String {
    format!("cannot write to the folder `{}`", folder.display())
}
