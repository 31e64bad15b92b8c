//! `--timeout`: how long a query may take.

use std::panic;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use anyhow::Context as _;

use super::problem::Stop;
use crate::store::CancellationToken;

/// Stack of the thread, as the parser of queries recurses as deep as they are nested. No page of it is used before it is needed.
const STACK: usize = 64 << 20;

/// How long a query may take to end after it was told to.
const GRACE: Duration = Duration::from_millis(200);

/// What `work` gives; none if it takes longer than `limit`.
///
/// Then it is told to stop, which oxigraph looks at when it goes on in the store, but neither while it combines what it has found (a product
/// of two patterns without a common variable) nor while it sorts. So after a moment the work is left alone, to end with the process.
pub(super) fn within<T: Send + 'static>(
    limit: Option<Duration>,
    work: impl FnOnce(CancellationToken) -> Result<T, Stop> + Send + 'static,
) -> Result<Option<T>, Stop> {
    let stop = CancellationToken::new();
    let (sender, receiver) = mpsc::channel();
    let token = stop.clone();
    let worker = thread::Builder::new()
        .stack_size(STACK)
        // That nobody waits any longer is no trouble.
        .spawn(move || _ = sender.send(work(token)))
        .context("cannot start a thread")?;
    let answer = match limit {
        None => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
        Some(limit) => receiver.recv_timeout(limit),
    };
    match answer {
        Ok(answer) => answer.map(Some),
        Err(RecvTimeoutError::Timeout) => {
            stop.cancel();
            // Its answer would come too late, even if it were one.
            let _ = receiver.recv_timeout(GRACE);
            Ok(None)
        }
        Err(RecvTimeoutError::Disconnected) => match worker.join() {
            Ok(()) => Ok(None),
            Err(panic) => panic::resume_unwind(panic),
        },
    }
}
