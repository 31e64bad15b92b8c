//! Who has the store open?
//!
//! Whoever uses a store keeps the file open that locks it, and the operating system knows whose files are open: on Linux they stand under
//! `/proc/PID/fd` (`proc_pid_fd(5)`). Nothing is written down for this, so that nothing is left behind by a crash that could name the wrong
//! one. On other systems, and of the processes of other people, nothing is known.

use std::fmt;
use std::path::Path;

/// A process that has a store open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Its number.
    pub process: u32,
    /// Its command line, words separated by spaces.
    pub command: String,
    /// How many seconds it has run.
    pub seconds: u64,
}

/// As in `process 4711, which has run for 3 minutes: chancery load texts`.
impl fmt::Display for User {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = match self.seconds {
            seconds @ 0..120 => (seconds, "second"),
            seconds @ 120..7200 => (seconds / 60, "minute"),
            seconds @ 7200..172_800 => (seconds / 3600, "hour"),
            seconds => (seconds / 86_400, "day"),
        };
        let plural = if count == 1 { "" } else { "s" };
        let (process, command) = (self.process, &self.command);
        write!(
            formatter,
            "process {process}, which has run for {count} {unit}{plural}: `{command}`"
        )
    }
}

/// The other processes that have the file open, in the order of their numbers.
#[cfg(target_os = "linux")]
pub(super) fn of(file: &Path) -> Vec<User> {
    let Ok(file) = file.metadata() else {
        return Vec::new();
    };
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let mut users: Vec<User> = processes
        .filter_map(|entry| {
            let process = entry.file_name().to_str()?.parse().ok()?;
            let is_other = process != std::process::id();
            (is_other && linux::has_open(&entry.path(), &file)).then(|| User {
                process,
                command: linux::command(&entry.path()),
                seconds: linux::seconds(&entry.path()).unwrap_or_default(),
            })
        })
        .collect();
    users.sort_by_key(|user| user.process);
    users
}

#[cfg(not(target_os = "linux"))]
pub(super) fn of(_file: &Path) -> Vec<User> {
    Vec::new()
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs::{self, Metadata};
    use std::os::unix::fs::MetadataExt as _;
    use std::path::Path;

    /// Most characters of a command line that are told.
    const LONGEST: usize = 200;

    /// Whether the process has the file open. It may be known to it by another path.
    pub(super) fn has_open(process: &Path, file: &Metadata) -> bool {
        let open = fs::read_dir(process.join("fd"));
        open.into_iter().flatten().flatten().any(|entry| {
            fs::metadata(entry.path())
                .is_ok_and(|other| (other.dev(), other.ino()) == (file.dev(), file.ino()))
        })
    }

    /// The command line of the process on one line.
    pub(super) fn command(process: &Path) -> String {
        let words = fs::read(process.join("cmdline")).unwrap_or_default();
        let words = String::from_utf8_lossy(&words);
        let line = words.trim_end_matches('\0').replace(char::is_control, " ");
        line.chars().take(LONGEST).collect()
    }

    /// How long the process has run: since field 22 of its `stat`, which counts in hundredths of a second from the start of the system.
    pub(super) fn seconds(process: &Path) -> Option<u64> {
        let stat = fs::read_to_string(process.join("stat")).ok()?;
        // The second field is a name in brackets, in which anything may stand.
        let (_, fields) = stat.rsplit_once(')')?;
        let began: f64 = fields.split_whitespace().nth(19)?.parse().ok()?;
        let uptime = fs::read_to_string("/proc/uptime").ok()?;
        let now: f64 = uptime.split_whitespace().next()?.parse().ok()?;
        Some((now - began / 100.0).max(0.0) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_that_a_process_has_run_is_told_in_the_unit_that_fits() {
        let user = |seconds| User {
            process: 7,
            command: "chancery load".to_owned(),
            seconds,
        };
        for (seconds, words) in [
            (1, "1 second"),
            (119, "119 seconds"),
            (120, "2 minutes"),
            (7300, "2 hours"),
            (200_000, "2 days"),
        ] {
            let expected = format!("process 7, which has run for {words}: `chancery load`");
            assert_eq!(user(seconds).to_string(), expected);
        }
    }
}
