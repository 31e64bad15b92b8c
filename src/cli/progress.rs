//! How far a long command has come.

use std::io::{self, IsTerminal as _, Write as _};

use super::args::Global;
use super::terminal::steers;

/// A line on standard error that is written over and over, where that is a terminal.
pub(super) struct Progress {
    shown: bool,
    all: usize,
}

impl Progress {
    /// Progress through `all` texts.
    pub(super) fn new(global: &Global, all: usize) -> Self {
        Self {
            // With `-v` there are lines enough, which would break into this one.
            shown: !global.quiet
                && !global.no_progress
                && global.verbose == 0
                && all > 1
                && io::stderr().is_terminal(),
            all,
        }
    }

    /// Says that text number `number`, from 1, is being read.
    pub(super) fn at(&self, number: usize, name: &str) {
        if self.shown {
            let name: String = name.chars().filter(|c| !steers(*c)).take(60).collect();
            let mut stderr = io::stderr().lock();
            let _ = write!(stderr, "\r\x1b[Kreading {number} of {}: {name}", self.all);
            let _ = stderr.flush();
        }
    }

    /// Takes the line away, so that other words can be written.
    pub(super) fn clear(&self) {
        if self.shown {
            let mut stderr = io::stderr().lock();
            let _ = write!(stderr, "\r\x1b[K");
            let _ = stderr.flush();
        }
    }
}
