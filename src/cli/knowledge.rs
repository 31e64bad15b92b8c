//! The built-in knowledge and the user's.

use std::ffi::OsString;
use std::mem::ManuallyDrop;
use std::path::{Component, Path, PathBuf};
use std::{env, fs};

use anyhow::{Context as _, anyhow};

use super::args::Global;
use super::excerpt::Excerpt;
use super::input::{cannot_read, has_ending, utf8, walk};
use super::problem::{Hint as _, Stop, plain, say};
use super::queries;
use crate::knowledge::{self, Knowledge, Source};

/// The files and folders that the user adds: those of `--ontology`, else those that the environment names.
pub(super) fn paths(global: &Global) -> Vec<PathBuf> {
    if !global.ontology.is_empty() {
        return global.ontology.clone();
    }
    let listed = env::var_os("CHANCERY_ONTOLOGY").unwrap_or_default();
    env::split_paths(&listed)
        .filter(|path| !path.as_os_str().is_empty())
        .collect()
}

/// The built-in knowledge and that of [`paths`]. What is wrong in one of them is told, and the rest counts; the flag says
/// whether all was well.
///
/// The knowledge is wanted as long as the program runs, so nobody waits for its being taken apart at the end.
pub(super) fn load(global: &Global) -> Result<(ManuallyDrop<Knowledge>, bool), Stop> {
    let sources = sources(global)?;
    let (knowledge, errors) = knowledge::load(&sources);
    log::info!("read the knowledge, with {} files of yours", sources.len());
    for error in &errors {
        say("error", &error.to_string());
        let source = sources.iter().find(|source| source.name == error.file);
        if let (Some(source), Some(position)) = (source, error.position) {
            plain(&Excerpt::of(&source.text, position).to_string());
        }
    }
    if !errors.is_empty() {
        say("hint", "`chancery check` tells all that is wrong with them");
    }
    Ok((ManuallyDrop::new(knowledge), errors.is_empty()))
}

/// The files of [`paths`].
pub(super) fn sources(global: &Global) -> Result<Vec<Source>, Stop> {
    let mut sources = Vec::new();
    for path in &paths(global) {
        let mut files = Vec::new();
        let mut problems = Vec::new();
        if path.is_dir() {
            let is_known = has_ending(&["ttl", queries::ENDING]);
            walk(path, &is_known, &mut files, &mut problems);
            if files.is_empty() {
                let error = anyhow!(
                    "there is neither knowledge nor a query in the folder `{}`",
                    path.display()
                );
                problems.push(error.hint("files of knowledge end in `.ttl`, queries in `.rq`"));
            }
        } else {
            files.push(path.clone());
        }
        files.retain(|file| !queries::is_query(file));
        if let Some(problem) = problems.pop() {
            return Err(problem.into());
        }
        for file in files {
            let name = file.display().to_string();
            let bytes = fs::read(&file).with_context(|| cannot_read(&name))?;
            let text = utf8(bytes).with_context(|| cannot_read(&name))?;
            let recorded = recorded(path, &file);
            sources.push(Source {
                name,
                recorded,
                text,
            });
        }
    }
    Ok(sources)
}

/// The name in records of `file`, which the user has given by `path`, itself or a folder above it.
fn recorded(path: &Path, file: &Path) -> String {
    let below = file.strip_prefix(path).unwrap_or(Path::new(""));
    // What `.` and `..` are called only the file system knows.
    let given = path.file_name().map_or_else(
        || fs::canonicalize(path).ok()?.file_name().map(OsString::from),
        |name| Some(name.to_owned()),
    );
    let below = below.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_owned()),
        _ => None,
    });
    let names = given.into_iter().chain(below);
    let names: Vec<String> = (names.map(|name| name.to_string_lossy().into_owned())).collect();
    names.join("/")
}
