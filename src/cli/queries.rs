//! The named queries: those that come with chancery, and the user's.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};

use super::args::Global;
use super::input::{Input, cannot_read, has_ending, utf8, walk};
use super::nearest::nearest;
use super::problem::{Hint as _, Problem, Stop};
use super::table::Table;
use super::{Answer, knowledge, syntax};
use crate::store::{Parameter, QUERIES, SyntaxError, parameters, question};

/// The ending of a file that is a query.
pub(super) const ENDING: &str = "rq";

/// A query that can be called by its name.
pub(super) struct Named {
    pub(super) name: String,
    pub(super) text: String,
    /// The user's file that it stands in; none where it comes with chancery.
    file: Option<PathBuf>,
    /// Whether it takes the place of one that comes with chancery.
    overrides: bool,
}

/// All named queries in the order of their names. The user's files `*.rq`, which stand where the knowledge does, count, too; a later one of the same name takes the
/// place of an earlier one.
pub(super) fn all(global: &Global) -> Result<Vec<Named>, Problem> {
    let built_in = QUERIES.iter().map(|(name, text)| Named {
        name: (*name).to_owned(),
        text: (*text).to_owned(),
        file: None,
        overrides: false,
    });
    let mut queries: Vec<Named> = built_in.collect();
    for path in &knowledge::paths(global) {
        let mut files = Vec::new();
        let mut problems = Vec::new();
        if path.is_dir() {
            walk(path, &has_ending(&[ENDING]), &mut files, &mut problems);
        } else if is_query(path) {
            files.push(path.clone());
        }
        if let Some(problem) = problems.pop() {
            return Err(problem);
        }
        for file in files {
            let name = file.file_stem().unwrap_or_default().to_string_lossy();
            let known = queries.iter().position(|query| query.name == name);
            let text = read(&file)?;
            let query = Named {
                name: name.into_owned(),
                text,
                file: Some(file),
                overrides: known.is_some_and(|known| queries[known].is_ours()),
            };
            match known {
                Some(known) => queries[known] = query,
                None => queries.push(query),
            }
        }
    }
    queries.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(queries)
}

impl Named {
    /// Whether there is one of that name that comes with chancery.
    fn is_ours(&self) -> bool {
        self.file.is_none() || self.overrides
    }
}

/// Whether the ending of its name says that it is a query.
pub(super) fn is_query(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == ENDING)
}

/// The text of a file, or of standard input for `-`.
fn read(path: &Path) -> Result<String, Problem> {
    let input = Input::new(path);
    Ok(utf8(input.bytes()?).with_context(|| cannot_read(&input.name()))?)
}

/// The text of the named query or of the file.
pub(super) fn find(name: &str, global: &Global) -> Result<String, Problem> {
    let queries = all(global)?;
    if let Some(query) = queries.iter().find(|query| query.name == name) {
        return Ok(query.text.clone());
    }
    let path = Path::new(name);
    let is_path =
        name == "-" || path.extension().is_some() || path.components().count() > 1 || path.exists();
    if is_path {
        return read(path);
    }
    let names = || queries.iter().map(|query| query.name.as_str());
    let hint = match nearest(name, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            "`chancery query` lists the named queries; a file with one ends in `.rq`".to_owned()
        }
    };
    Err(anyhow!("there is no query `{name}`").hint(hint))
}

/// Lists the named queries, each with its question and what can be set; where the user has some, also where each comes from.
pub(super) fn list(global: &Global) -> Result<Answer, Stop> {
    let queries = all(global)?;
    let has_own = queries.iter().any(|query| query.file.is_some());
    let mut columns = vec!["query", "question", "parameters"];
    if has_own {
        columns.push("from");
    }
    let mut table = Table::new(columns.into_iter().map(str::to_owned).collect());
    for query in &queries {
        let question = question(&query.text).unwrap_or_default();
        let parameters =
            declared(&query.text, &query.name).map_err(|problem| match &query.file {
                Some(file) => problem.context(cannot_read(&file.display().to_string())),
                None => problem,
            })?;
        let names: Vec<&str> = parameters.iter().map(|known| known.name.as_str()).collect();
        let mut row = vec![query.name.clone(), question.to_owned(), names.join(", ")];
        if has_own {
            row.push(match &query.file {
                None => "chancery".to_owned(),
                Some(file) if query.overrides => {
                    format!("{}, in place of chancery's", file.display())
                }
                Some(file) => file.display().to_string(),
            });
        }
        table.push(&row);
    }
    let mut out = io::stdout().lock();
    table.write(None, &mut out)?;
    out.flush()?;
    Ok(Answer::Done)
}

/// The parameters that a query declares; tells where a declaration cannot be read.
pub(super) fn declared(text: &str, name: &str) -> Result<Vec<Parameter>, Problem> {
    parameters(text).map_err(|error: SyntaxError| syntax::problem(text, name, &error))
}
