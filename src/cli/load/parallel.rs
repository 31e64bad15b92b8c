//! Works on many things at once, with the results in the order of the things.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;

/// Most things on the way at a time for each thread: enough that the others go on while one takes long or while a batch is written, few
/// enough that their results, which wait for it, fit into memory.
const THINGS: usize = 512;

/// Most bytes that they may weigh, for each thread. One thing may weigh more.
const BYTES: usize = 512 << 10;

/// Does `work` on each of `things` on one of `threads` threads, of which there is one at least; `take` gets the results on the caller's
/// thread, in the order of the things, and once all are fetched also how many are still to come. Gives how many there were.
///
/// Things are fetched, on a thread of their own, only as far ahead as [`THINGS`] and [`BYTES`] allow, whatever their number; `weight`
/// says how many bytes one weighs. Ends early where `take` fails, with its error.
pub(super) fn in_order<T: Send, R: Send, E>(
    things: impl Iterator<Item = T> + Send,
    weight: impl Fn(&T) -> usize + Send,
    threads: usize,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R, Option<usize>) -> Result<(), E>,
) -> Result<usize, E> {
    let window = &Window::new(threads);
    let work = &work;
    // The window bounds both channels.
    let (give, given) = mpsc::channel();
    let given = &Mutex::new(given);
    let (put, results) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            for (number, thing) in things.enumerate() {
                let weight = weight(&thing);
                if !window.enter(weight) || give.send((number, weight, thing)).is_err() {
                    break;
                }
            }
            locked(&window.inside).complete = true;
        });
        for _ in 0..threads {
            let put = put.clone();
            scope.spawn(move || {
                loop {
                    // In a statement of its own, so that the lock is not held while working.
                    let next = locked(given).recv();
                    let Ok((number, weight, thing)) = next else {
                        break;
                    };
                    if put.send((number, weight, work(thing))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(put);
        let _closing = Closing(window);
        let mut early = BTreeMap::new();
        let mut next = 0;
        for (number, weight, result) in results {
            early.insert(number, (weight, result));
            while let Some((weight, result)) = early.remove(&next) {
                let left = window.leave(weight);
                next += 1;
                take(result, left)?;
            }
        }
        Ok(next)
    })
}

/// What is on the way, from being fetched to being taken.
struct Window {
    threads: usize,
    inside: Mutex<Inside>,
    changed: Condvar,
}

#[derive(Default)]
struct Inside {
    things: usize,
    bytes: usize,
    /// Nothing more comes in.
    complete: bool,
    /// Nothing is wanted any more.
    closed: bool,
}

impl Window {
    fn new(threads: usize) -> Self {
        Self {
            threads,
            inside: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    /// Lets a thing in once there is room for it; says whether anything is still wanted.
    fn enter(&self, weight: usize) -> bool {
        let is_full = |inside: &mut Inside| {
            let too_many = inside.things >= THINGS * self.threads;
            let too_heavy = inside.things > 0 && inside.bytes + weight > BYTES * self.threads;
            !inside.closed && (too_many || too_heavy)
        };
        let waited = self.changed.wait_while(locked(&self.inside), is_full);
        let mut inside = waited.unwrap_or_else(PoisonError::into_inner);
        inside.things += 1;
        inside.bytes += weight;
        !inside.closed
    }

    /// Lets a thing out; once nothing more comes in, says how many are left.
    fn leave(&self, weight: usize) -> Option<usize> {
        let mut inside = locked(&self.inside);
        inside.things -= 1;
        inside.bytes -= weight;
        self.changed.notify_one();
        inside.complete.then_some(inside.things)
    }
}

/// Lets nothing into a window any more once the results are no longer wanted, however that comes.
struct Closing<'a>(&'a Window);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        locked(&self.0.inside).closed = true;
        self.0.changed.notify_one();
    }
}

/// Nobody panics while holding one of these locks.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc::sync_channel;

    use super::*;

    #[test]
    fn results_come_in_order_whatever_the_number_of_threads() {
        for number in [1, 2, 7] {
            let mut taken = Vec::new();
            let count = in_order(
                0..2000_u64,
                |_| 1,
                number,
                |thing| {
                    // Some take longer than others.
                    let rounds = (thing * 7919) % 1000;
                    (thing, (0..rounds).fold(thing, |sum, round| sum ^ round))
                },
                |(thing, _), left| {
                    if let Some(left) = left {
                        assert_eq!(left, 1999 - taken.len());
                    }
                    taken.push(thing);
                    Ok::<_, ()>(())
                },
            );
            assert_eq!(count, Ok(2000));
            assert!(taken.into_iter().eq(0..2000));
        }
    }

    /// The first thing is done only after all others that the window lets in.
    #[test]
    fn one_slow_thing_does_not_stall_the_others_and_they_stay_within_the_window() {
        let (done, waits) = sync_channel(0);
        let waits = Mutex::new(waits);
        let fetched = AtomicUsize::new(0);
        let window = 2 * THINGS;
        let things = (0..10 * window).inspect(|_| _ = fetched.fetch_add(1, Ordering::SeqCst));
        let count = in_order(
            things,
            |_| 1,
            2,
            |thing| {
                if thing == 0 {
                    locked(&waits).recv().expect("it is sent");
                    // The next may be fetched, but waits at the window.
                    assert!(fetched.load(Ordering::SeqCst) <= window + 1);
                } else if thing == window - 1 {
                    done.send(()).expect("it is received");
                }
            },
            |(), _| Ok::<_, ()>(()),
        );
        assert_eq!(count, Ok(10 * window));
    }

    #[test]
    fn heavy_things_are_few_at_a_time() {
        let inside = AtomicUsize::new(0);
        let things = (0..50).inspect(|_| _ = inside.fetch_add(1, Ordering::SeqCst));
        let count = in_order(
            things,
            |_| BYTES,
            2,
            |_| (),
            |(), _| {
                // Two are on the way, one waits at the window.
                assert!(inside.fetch_sub(1, Ordering::SeqCst) <= 3 + 1);
                Ok::<_, ()>(())
            },
        );
        assert_eq!(count, Ok(50));
    }

    #[test]
    fn a_failure_to_take_ends_it_all() {
        let taken = in_order(
            0..,
            |_| 1,
            2,
            |thing| thing,
            |thing, _| if thing == 40 { Err("full") } else { Ok(()) },
        );
        assert_eq!(taken, Err("full"));
    }
}
