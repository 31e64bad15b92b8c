//! What reading a text costs, step by step:
//!
//! ```text
//! cargo bench --locked --bench extraction
//! ```
//!
//! Reads the documents of `tests/corpus/dev` on one core. Prints tokens per second over all steps, each step's part of the time, and what
//! a token costs in a document ten and forty times as long, against the same text in its own short documents: 1.0 where time is linear.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::fs;
use std::path::Path;
use std::time::Instant;

use chancery::knowledge::{self, Knowledge};
use chancery::{claim, entity, language, mention, text};

/// The fastest of several passes is reported, as other work on the machine only ever makes one slower.
const PASSES: usize = 3;

const STEPS: [&str; 5] = ["text", "language", "mention", "entity", "claim"];

fn main() {
    let (knowledge, _) = knowledge::load(&[]);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/dev");
    let documents = match texts(&folder) {
        Ok(documents) => documents,
        Err(error) => return println!("{}: {error}", folder.display()),
    };
    let short = best(&documents, &knowledge);
    println!(
        "{} tokens in {} documents: {:.0} tokens/s",
        short.tokens,
        documents.len(),
        short.tokens as f64 / short.total()
    );
    for (step, seconds) in STEPS.iter().zip(short.seconds) {
        println!("  {step}: {:.1} %", 100.0 * seconds / short.total());
    }
    let bodies: Vec<&str> = documents
        .iter()
        .map(|document| {
            document
                .rsplit_once("---\n")
                .map_or(document.as_str(), |(_, body)| body)
        })
        .collect();
    for times in [10, 40] {
        let long = bodies
            .iter()
            .cycle()
            .take(times)
            .copied()
            .collect::<Vec<_>>()
            .join("\n\n");
        let long = best(&[long], &knowledge);
        let ratio = (long.total() / long.tokens as f64) / (short.total() / short.tokens as f64);
        println!(
            "one document of {} tokens: {ratio:.2} times the cost of a token",
            long.tokens
        );
    }
}

/// The texts of a folder, sorted by name.
fn texts(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut files = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    files.iter().map(fs::read_to_string).collect()
}

/// What one pass over some documents cost.
#[derive(Clone, Copy)]
struct Cost {
    tokens: usize,
    /// Seconds in each of [`STEPS`].
    seconds: [f64; 5],
}

impl Cost {
    fn total(&self) -> f64 {
        self.seconds.iter().sum()
    }
}

fn best(documents: &[String], knowledge: &Knowledge) -> Cost {
    let passes = (0..PASSES).map(|_| pass(documents, knowledge));
    passes
        .reduce(|best, cost| {
            if cost.total() < best.total() {
                cost
            } else {
                best
            }
        })
        .unwrap_or(Cost {
            tokens: 0,
            seconds: [0.0; 5],
        })
}

fn pass(documents: &[String], knowledge: &Knowledge) -> Cost {
    let mut cost = Cost {
        tokens: 0,
        seconds: [0.0; 5],
    };
    for source in documents {
        let mut clock = Instant::now();
        let mut lap = |step: usize| {
            cost.seconds[step] += clock.elapsed().as_secs_f64();
            clock = Instant::now();
        };
        let Ok((document, _)) = text::read(source) else {
            continue;
        };
        lap(0);
        let analysis = language::analyse(&document);
        lap(1);
        let mentions = mention::find(&document, &analysis, knowledge);
        lap(2);
        let entities = entity::resolve(&document, &analysis, &mentions, knowledge);
        lap(3);
        std::hint::black_box(claim::extract(
            &document, &analysis, &mentions, &entities, knowledge,
        ));
        lap(4);
        cost.tokens += document.tokens.len();
    }
    cost
}
