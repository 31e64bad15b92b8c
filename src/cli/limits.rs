//! How long a query may take, and how much memory.

use std::fs;
use std::panic;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow};

use super::problem::{Hint as _, Stop};
use crate::store::CancellationToken;

/// Stack of the thread, as the parser of queries recurses as deep as they are nested. No page of it is used before it is needed.
const STACK: usize = 64 << 20;

/// How long a query may take to end after it was told to.
const GRACE: Duration = Duration::from_millis(200);

/// How often is looked how much memory is left.
const LOOKS: Duration = Duration::from_millis(100);

/// What ran out before the work was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    /// The time that was given.
    Time,
    /// The memory of the machine.
    Memory,
}

/// What `work` gives, unless it takes longer than `limit` or all but takes the machine's memory: a product of many patterns does, and so
/// does a query on a damaged store, since oxigraph up to 0.5 repeats for ever that a table cannot be read.
///
/// Then it is told to stop, which oxigraph looks at when it goes on in the store, but neither while it combines what it has found (a product
/// of two patterns without a common variable) nor while it sorts. So after a moment the work is left alone, to end with the process.
/// Where it panics, that is told as an error.
pub(super) fn within<T: Send + 'static>(
    limit: Option<Duration>,
    work: impl FnOnce(CancellationToken) -> Result<T, Stop> + Send + 'static,
) -> Result<Result<T, Limit>, Stop> {
    let stop = CancellationToken::new();
    let (sender, receiver) = mpsc::channel();
    let token = stop.clone();
    // What goes wrong in oxigraph is told as any other error.
    panic::set_hook(Box::new(|_| {}));
    let worker = thread::Builder::new()
        .stack_size(STACK)
        // That nobody waits any longer is no trouble.
        .spawn(move || _ = sender.send(work(token)))
        .context("cannot start a thread")?;
    let start = Instant::now();
    loop {
        let left = limit.map_or(LOOKS, |limit| limit.saturating_sub(start.elapsed()));
        match receiver.recv_timeout(left.min(LOOKS)) {
            Ok(answer) => return answer.map(Ok),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                let why = worker.join().err().and_then(|panic| {
                    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
                    text.or_else(|| panic.downcast_ref::<String>().cloned())
                });
                let why = why.unwrap_or_else(|| "it ended without an answer".to_owned());
                return Err(anyhow!("the query could not be answered: {why}")
                    .hint("this is a mistake in chancery or in oxigraph, its database: values of many kinds in `ORDER BY` are known to cause it")
                    .into());
            }
        }
        let reached = if limit.is_some_and(|limit| start.elapsed() >= limit) {
            Limit::Time
        } else if memory_is_short(&kilobytes) {
            Limit::Memory
        } else {
            continue;
        };
        stop.cancel();
        // Its answer would come too late, even if it were one.
        let _ = receiver.recv_timeout(GRACE);
        return Ok(Err(reached));
    }
}

/// Whether less than a tenth of the memory is left and this process has a quarter of it. Said of Linux only, where `figure` gives the
/// kilobytes that a line of a file in `/proc` says.
fn memory_is_short(figure: &impl Fn(&str, &str) -> Option<u64>) -> bool {
    let is_short = || {
        let all = figure("/proc/meminfo", "MemTotal:")?;
        let left = figure("/proc/meminfo", "MemAvailable:")?;
        let ours = figure("/proc/self/status", "VmRSS:")?;
        Some(left < all / 10 && ours > all / 4)
    };
    is_short().unwrap_or(false)
}

fn kilobytes(file: &str, name: &str) -> Option<u64> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_short_where_little_is_left_and_much_of_it_is_ours() {
        let short = |left: u64, ours: u64| {
            memory_is_short(&|_: &str, name: &str| match name {
                "MemTotal:" => Some(1000),
                "MemAvailable:" => Some(left),
                "VmRSS:" => Some(ours),
                _ => None,
            })
        };
        assert!(short(99, 251));
        assert!(!short(101, 800), "there is enough");
        assert!(!short(10, 100), "others have it");
        assert!(!memory_is_short(&|_: &str, _: &str| None));
    }
}
