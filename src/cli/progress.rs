//! How far a long command has come.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use super::args::Global;

/// A line on standard error that is written over and over, where that is a terminal.
pub(super) struct Progress {
    shown: bool,
    /// How many documents there are, where that is known.
    all: Option<usize>,
    done: usize,
    bytes: usize,
    start: Instant,
    /// When the line was written last.
    written: Option<Instant>,
}

/// So long the line stays as it is, to be read and because writing costs time.
const STAYS: Duration = Duration::from_millis(100);

impl Progress {
    /// Progress through `all` documents.
    pub(super) fn new(global: &Global, all: usize) -> Self {
        Self {
            // With `-v` there are lines enough, which would break into this one.
            shown: !global.quiet
                && !global.no_progress
                && global.verbose == 0
                && io::stderr().is_terminal(),
            all: Some(all),
            done: 0,
            bytes: 0,
            start: Instant::now(),
            written: None,
        }
    }

    /// There are more documents than was said, nobody knows how many.
    pub(super) fn of_unknown(&mut self) {
        self.all = None;
    }

    /// Says that another document is done, of so many bytes; `rejected` were rejected up to now.
    pub(super) fn step(&mut self, bytes: usize, rejected: usize) {
        self.done += 1;
        self.bytes += bytes;
        let is_due = self.written.is_none_or(|time| time.elapsed() >= STAYS);
        if !self.shown || self.all == Some(1) || !is_due {
            return;
        }
        self.written = Some(Instant::now());
        let line = self.line(self.start.elapsed(), rejected);
        let mut stderr = io::stderr().lock();
        let _ = write!(stderr, "\r\x1b[K{line}");
        let _ = stderr.flush();
    }

    /// `12 of 80 documents read, 24 a second, 0.1 MB, 1 rejected`.
    fn line(&self, time: Duration, rejected: usize) -> String {
        let of = self
            .all
            .map_or_else(String::new, |all| format!(" of {all}"));
        let rate = self.done as f64 / time.as_secs_f64().max(0.001);
        let size = self.bytes as f64 / 1e6;
        format!(
            "{}{of} documents read, {rate:.0} a second, {size:.1} MB, {rejected} rejected",
            self.done
        )
    }

    /// Takes the line away, so that other words can be written.
    pub(super) fn clear(&self) {
        if self.shown && self.written.is_some() {
            let mut stderr = io::stderr().lock();
            let _ = write!(stderr, "\r\x1b[K");
            let _ = stderr.flush();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_has_a_total_only_where_there_is_one() {
        let mut progress = Progress::new(&Global::default(), 80);
        progress.step(70_000, 0);
        progress.step(80_000, 1);
        let time = Duration::from_millis(500);
        assert_eq!(
            progress.line(time, 1),
            "2 of 80 documents read, 4 a second, 0.1 MB, 1 rejected"
        );
        progress.of_unknown();
        let line = progress.line(time, 0);
        assert!(line.starts_with("2 documents read, "), "{line}");
    }
}
