//! How trouble is told.

use std::fmt::Display;
use std::io::{self, Write as _};

use crate::{store, text};

/// Why a command stops.
#[derive(Debug)]
pub(super) enum Stop {
    /// Whoever reads standard output wants no more of it, which is no trouble.
    BrokenPipe,
    /// It could not run.
    Problem(Problem),
}

/// Something that went wrong, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Problem {
    /// What, lower case, no full stop, literals in backticks.
    pub(super) message: String,
    /// Why: lines that go from the near cause to the far one.
    pub(super) causes: Vec<String>,
    /// What to do about it.
    pub(super) hint: Option<String>,
}

impl Problem {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            ..Self::default()
        }
    }

    #[must_use]
    pub(super) fn because(mut self, cause: impl Display) -> Self {
        self.causes.push(cause.to_string());
        self
    }

    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// That the bytes called `name` are no text.
    pub(super) fn no_text(name: &str, error: &text::Error) -> Self {
        let position = match (error.line, error.column) {
            (Some(line), Some(column)) => format!("line {line}, column {column}: "),
            (Some(line), None) => format!("line {line}: "),
            _ => String::new(),
        };
        Self {
            message: format!("cannot read `{name}`"),
            causes: vec![format!("{position}{}", error.message)],
            hint: error.hint.clone(),
        }
    }

    /// Tells it on standard error.
    pub(super) fn tell(&self) {
        say("error", &self.message);
        for cause in &self.causes {
            plain(&format!("  {cause}"));
        }
        if let Some(hint) = &self.hint {
            say("hint", hint);
        }
    }
}

/// One line on standard error: `kind: message`.
pub(super) fn say(kind: &str, message: &str) {
    plain(&format!("{kind}: {message}"));
}

/// One line on standard error. That nobody hears it is no reason to stop.
pub(super) fn plain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// For writing to standard output.
impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::BrokenPipe
        } else {
            Problem::new("cannot write the output")
                .because(lower(&error))
                .into()
        }
    }
}

impl From<store::Error> for Stop {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Io(error) => error.into(),
            store::Error::Access(path, error) => {
                Problem::new(format!("cannot open the store `{}`", path.display()))
                    .because(lower(&error))
                    .into()
            }
            error => {
                let hint = error.hint().map(str::to_owned);
                let message = error.to_string();
                Problem {
                    message,
                    hint,
                    ..Problem::default()
                }
                .into()
            }
        }
    }
}

/// The words of the operating system, in the case of the others.
pub(super) fn lower(error: &io::Error) -> String {
    let message = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    };
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}
