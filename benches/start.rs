//! How long the program takes to start:
//!
//! ```text
//! cargo bench --locked --bench start
//! ```
//!
//! Prints what reading all built-in knowledge and the language model costs, and how long whole runs of the program take, from before the
//! process starts to after it has ended: without any knowledge, and with one short sentence, which needs all of it. Two threads read
//! the knowledge, so two free processors are needed for the best figures.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use chancery::{knowledge, language};

const PASSES: usize = 21;

/// One sentence is next to no work.
const SENTENCE: &str = "The foreign minister of Kenya visited Oman on Monday.\n";

fn main() {
    let (known, _) = knowledge::load(&[]);
    println!(
        "known: {} places and organisations, {} frames, {} concepts",
        known.gazetteer.entries().len(),
        known.lexicon.frames.len(),
        known.vocabulary.concepts.len()
    );
    let start = Instant::now();
    let model = language::evaluate("1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_\n");
    assert!(model.is_ok());
    println!("language model: {:.1} ms", milliseconds(start.elapsed()));
    report("all built-in knowledge", || {
        std::hint::black_box(knowledge::load(&[]));
    });
    report("`chancery --version`", || run(&["--version"]));
    report("`chancery extract` of one sentence", || {
        run(&["--quiet", "extract", "-"]);
    });
}

/// Runs the program with the sentence as its standard input.
fn run(arguments: &[&str]) {
    let program = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let mut program = program.expect("the program starts");
    if let Some(mut input) = program.stdin.take() {
        // A program that does not want it closes it.
        let _ = input.write_all(SENTENCE.as_bytes());
    }
    let status = program.wait().expect("the program ends");
    assert!(status.success(), "{arguments:?}: {status}");
}

/// Prints the fastest and the median time of several passes.
fn report(what: &str, pass: impl Fn()) {
    let mut times: Vec<Duration> = (0..PASSES)
        .map(|_| {
            let start = Instant::now();
            pass();
            start.elapsed()
        })
        .collect();
    times.sort();
    println!(
        "{what}: fastest {:.1} ms, median {:.1} ms",
        milliseconds(times[0]),
        milliseconds(times[PASSES / 2])
    );
}

fn milliseconds(time: Duration) -> f64 {
    1000.0 * time.as_secs_f64()
}
