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
            Self::Storage(StorageError::Corruption(_)) => {
                Some("load the texts again into a new store")
            }
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
            Self::Storage(error) => write!(formatter, "the store failed: {error}"),
            Self::Io(error) => error.fmt(formatter),
            Self::Misfit(what) => formatter.write_str(what),
        }
    }
}

impl std::error::Error for Error {}

impl From<StorageError> for Error {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

impl From<QueryEvaluationError> for Error {
    fn from(error: QueryEvaluationError) -> Self {
        Self::Evaluation(error)
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
