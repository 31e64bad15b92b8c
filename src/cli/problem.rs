//! How trouble is told.

use std::error::Error;
use std::io::{self, Write as _};

use super::terminal::calm;
use crate::{store, text};

/// Why a command stops.
#[derive(Debug)]
pub(super) enum Stop {
    /// Whoever reads standard output wants no more of it, which is no trouble.
    BrokenPipe,
    /// It could not run.
    Problem(Problem),
}

/// Something that went wrong, and what to do about it.
#[derive(Debug)]
pub(super) struct Problem {
    /// What, and below it why, from the near cause to the far one; lower case, no full stop, literals in backticks.
    error: anyhow::Error,
    hint: Option<String>,
}

/// What to do about an error.
pub(super) trait Hint {
    fn hint(self, hint: impl Into<String>) -> Problem;
}

impl Hint for anyhow::Error {
    fn hint(self, hint: impl Into<String>) -> Problem {
        Problem {
            error: self,
            hint: Some(hint.into()),
        }
    }
}

impl Problem {
    /// Puts `message` above the error, which becomes its cause.
    #[must_use]
    pub(super) fn context(self, message: String) -> Self {
        Self {
            error: self.error.context(message),
            ..self
        }
    }

    /// What, and why, in one line.
    pub(super) fn reason(&self) -> String {
        let chain: Vec<String> = self.error.chain().map(in_words).collect();
        chain.join(": ")
    }

    /// What to do about it.
    pub(super) fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// Line and column of the input, both from 1, where it is known where in it something is wrong.
    pub(super) fn position(&self) -> Option<(usize, Option<usize>)> {
        let mut chain = self.error.chain();
        let error = chain.find_map(|error| error.downcast_ref::<text::Error>())?;
        Some((error.line?, error.column))
    }

    /// Tells it on standard error.
    pub(super) fn tell(&self) {
        let mut chain = self.error.chain();
        say("error", &chain.next().map(in_words).unwrap_or_default());
        for cause in chain {
            for line in in_words(cause).lines() {
                plain(&format!("  {line}"));
            }
        }
        if let Some(hint) = &self.hint {
            say("hint", hint);
        }
    }
}

/// One link of the chain, where it comes from the operating system in our words.
fn in_words(error: &(dyn Error + 'static)) -> String {
    match error.downcast_ref() {
        Some(error) => lower(error),
        None => error.to_string(),
    }
}

/// One line on standard error: `kind: message`.
pub(super) fn say(kind: &str, message: &str) {
    plain(&format!("{kind}: {message}"));
}

/// One line on standard error. That nobody hears it is no reason to stop.
pub(super) fn plain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", calm(line));
}

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        Self { error, hint: None }
    }
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Problem::from(error).into()
    }
}

/// For writing to standard output.
impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::BrokenPipe
        } else {
            anyhow::Error::new(error)
                .context("cannot write the output")
                .into()
        }
    }
}

impl From<store::Error> for Stop {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Io(error) => error.into(),
            store::Error::Access(path, error) => anyhow::Error::new(error)
                .context(format!("cannot open the store `{}`", path.display()))
                .into(),
            error => Problem {
                hint: error.hint().map(str::to_owned),
                error: error.into(),
            }
            .into(),
        }
    }
}

/// For bytes that are no text.
impl From<text::Error> for Problem {
    fn from(error: text::Error) -> Self {
        Self {
            hint: error.hint.clone(),
            error: error.into(),
        }
    }
}

/// The words of the operating system, in the case of the others.
fn lower(error: &io::Error) -> String {
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
