//! What can go wrong with a store.

use std::path::PathBuf;
use std::{fmt, io};

use oxigraph::sparql::{QueryEvaluationError, SparqlSyntaxError};
use oxigraph::store::StorageError;

use super::user::User;

/// Why a store did not do what was asked; what it held before, it still holds.
#[derive(Debug)]
pub enum Error {
    /// There is nothing at the path.
    Missing(PathBuf),
    /// There is a file at the path.
    IsFile(PathBuf),
    /// There is a folder at the path that holds other things.
    IsOther(PathBuf),
    /// The operating system does not let us in.
    Access(PathBuf, io::Error),
    /// There is a folder at the path that should be empty.
    NotEmpty(PathBuf),
    /// Other processes have it open: those that are known.
    InUse(PathBuf, Vec<User>),
    /// Its files are not all there.
    Damaged(PathBuf),
    /// A query is no SPARQL.
    Syntax(SyntaxError),
    /// A query could not be answered.
    Evaluation(QueryEvaluationError),
    /// The disk failed, or what is on it is damaged.
    Storage(StorageError),
    /// Writing an export failed.
    Io(io::Error),
    /// The format of an export cannot hold what the words name.
    Misfit(String),
}

/// Where a query stops being SPARQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Line and column, both from 1, the column in characters; none where the query as a whole is wrong.
    pub position: Option<(usize, usize)>,
    /// What was expected there, lower case, no full stop.
    pub message: String,
}

impl Error {
    /// What to do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Missing(_) => Some("load a text first, or name another store with `--store DIR`"),
            Self::IsFile(_) | Self::IsOther(_) => Some(
                "name a folder of its own for the store with `--store DIR`; it is created if need be",
            ),
            Self::NotEmpty(_) => Some("name a folder that is not there yet; it is created"),
            Self::InUse(..) => Some(
                "wait until it is done, or work on a copy that `chancery backup` has made before",
            ),
            Self::Evaluation(QueryEvaluationError::UnsupportedService(_)) => {
                Some("a query asks this store alone, nothing leaves the machine")
            }
            Self::Storage(error) if is_full(error) => {
                Some("make room and do it again; what was kept before is still there")
            }
            Self::Storage(error) if !is_damage(error) => None,
            Self::Damaged(_) | Self::Storage(_) => Some(
                "go on with a copy that `chancery backup` has made before, or load the texts again into a new store",
            ),
            Self::Misfit(_) => {
                Some("choose another format, such as `ttl`, or select only documents without it")
            }
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => write!(formatter, "there is no store at `{}`", path.display()),
            Self::IsFile(path) => write!(
                formatter,
                "`{}` is a file, a store is a folder",
                path.display()
            ),
            Self::IsOther(path) => write!(
                formatter,
                "the folder `{}` holds something that is no store",
                path.display()
            ),
            Self::Access(path, error) => write!(
                formatter,
                "cannot open the store `{}`: {error}",
                path.display()
            ),
            Self::NotEmpty(path) => {
                write!(formatter, "the folder `{}` is not empty", path.display())
            }
            Self::InUse(path, users) => {
                write!(formatter, "the store `{}` is in use by ", path.display())?;
                let users: Vec<String> = users.iter().map(User::to_string).collect();
                formatter.write_str(match users.join(", and by ").as_str() {
                    "" => "another process",
                    users => users,
                })
            }
            Self::Syntax(error) => formatter.write_str(&error.message),
            Self::Evaluation(QueryEvaluationError::UnsupportedService(service)) => write!(
                formatter,
                "the query could not be answered: it asks the service {service}"
            ),
            Self::Evaluation(error) => {
                write!(formatter, "the query could not be answered: {error}")
            }
            Self::Damaged(path) => write!(
                formatter,
                "the store `{}` is damaged: it has no file `CURRENT`",
                path.display()
            ),
            Self::Storage(error) if is_damage(error) => {
                write!(formatter, "the store is damaged: {}", bare(error))
            }
            Self::Storage(error) => write!(formatter, "the store failed: {}", bare(error)),
            Self::Io(error) => error.fmt(formatter),
            Self::Misfit(what) => formatter.write_str(what),
        }
    }
}

impl std::error::Error for Error {}

/// Whether a file of the store is not what it was when it was written, or is gone.
fn is_damage(error: &StorageError) -> bool {
    match error {
        StorageError::Corruption(_) => true,
        StorageError::Io(error) => error.kind() == io::ErrorKind::NotFound,
        _ => false,
    }
}

/// Whether the disk is full. `RocksDB` may tell so inside another error.
fn is_full(error: &StorageError) -> bool {
    error.to_string().contains("No space left on device")
}

/// The message of `RocksDB` in the form of ours: without the kind of error before it and the full stop behind it.
fn bare(error: &StorageError) -> String {
    let message = error.to_string();
    let mut message = message.trim_end_matches('.');
    while let Some(rest) =
        (message.strip_prefix("Corruption: ")).or_else(|| message.strip_prefix("IO error: "))
    {
        message = rest;
    }
    let mut letters = message.chars();
    let first = letters.next().into_iter();
    // Names such as `DB` keep their capitals.
    if letters.clone().next().is_some_and(char::is_uppercase) {
        return message.to_owned();
    }
    first.flat_map(char::to_lowercase).chain(letters).collect()
}

impl From<StorageError> for Error {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

impl From<QueryEvaluationError> for Error {
    fn from(error: QueryEvaluationError) -> Self {
        match error {
            // What a query reads from the store can fail as any reading can.
            QueryEvaluationError::Dataset(error) => match error.downcast() {
                Ok(error) => Self::Storage(*error),
                Err(error) => Self::Evaluation(QueryEvaluationError::Dataset(error)),
            },
            error => Self::Evaluation(error),
        }
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<SparqlSyntaxError> for Error {
    /// Takes the position out of the message (`error at 3:12: expected …`), the only place where oxigraph gives it.
    fn from(error: SparqlSyntaxError) -> Self {
        let message = error.to_string();
        let located = message.strip_prefix("error at ").and_then(|rest| {
            let (position, expected) = rest.split_once(": ")?;
            let (line, column) = position.split_once(':')?;
            Some((
                (line.parse().ok()?, column.parse().ok()?),
                expected.to_owned(),
            ))
        });
        Self::Syntax(match located {
            Some((position, message)) => SyntaxError {
                position: Some(position),
                message,
            },
            None => SyntaxError {
                position: None,
                message: message[..1].to_lowercase() + &message[1..],
            },
        })
    }
}
