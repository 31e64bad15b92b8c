//! How fast and how good the language model is:
//!
//! ```text
//! cargo bench --bench language -- [FILE.conllu …]
//! cargo bench --bench language -- --other OTHER.conllu FILE.conllu
//! ```
//!
//! Prints the time to load the model and the tokens per second on one core. For each treebank file named, and for all
//! together, prints its scores over gold tokens and over running text; with `--other`, those of the annotation that
//! another program made of the same text.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::process::ExitCode;
use std::time::Instant;

use chancery::language::{self, Count, LENGTHS, RELATIONS, Scores};
use chancery::text::{self, Document, Error};

/// The committed sample serves as text when no treebank is named.
const SAMPLE: &str = include_str!("../tests/language/sample.conllu");

/// The fastest of several passes is reported, as other work on the machine only ever makes one slower.
const PASSES: usize = 5;

fn main() -> ExitCode {
    // Cargo adds `--bench`.
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let done = match arguments.as_slice() {
        [option, other, treebank] if option == "--other" => {
            report_other(&read(other), &read(treebank))
        }
        files => report_own(files),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn read(file: &str) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn report_other(other: &str, treebank: &str) -> Result<(), Error> {
    print_scores(&language::compare(treebank, other)?);
    Ok(())
}

fn report_own(files: &[String]) -> Result<(), Error> {
    let start = Instant::now();
    language::evaluate("1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_\n")?;
    let load = start.elapsed().as_secs_f64() * 1000.0;
    println!("load and first word: {load:.1} ms");

    let treebanks: Vec<(&str, String)> = if files.is_empty() {
        vec![("sample", SAMPLE.repeat(20))]
    } else {
        files
            .iter()
            .map(|file| (file.as_str(), read(file)))
            .collect()
    };
    let text: String = treebanks
        .iter()
        .flat_map(|(_, treebank)| sentences(treebank))
        .collect();
    let (document, _) = text::read(&text)?;
    println!("{:.0} tokens/s", speed(&document));

    let mut all = Scores::default();
    for (name, treebank) in &treebanks {
        println!("\n{name}, gold tokens");
        let scores = language::evaluate(treebank)?;
        print_scores(&scores);
        all += scores;
        println!("{name}, running text");
        print_scores(&language::evaluate_text(treebank)?);
    }
    if treebanks.len() > 1 {
        println!("\nall together, gold tokens");
        print_scores(&all);
    }
    Ok(())
}

/// Each sentence of a treebank as a paragraph of its own.
fn sentences(treebank: &str) -> impl Iterator<Item = String> {
    let texts = treebank
        .lines()
        .filter_map(|line| line.strip_prefix("# text = "));
    texts.map(|text| format!("{text}\n\n"))
}

/// Tokens per second from tokens to trees.
fn speed(document: &Document) -> f64 {
    let seconds = (0..PASSES).map(|_| {
        let start = processor_seconds();
        language::analyse(document);
        processor_seconds() - start
    });
    document.tokens.len() as f64 / seconds.fold(f64::INFINITY, f64::min)
}

/// Seconds that this thread has computed for, which other programs on the machine hardly change; where the system does
/// not say, those on the clock.
fn processor_seconds() -> f64 {
    thread_local!(static START: Instant = Instant::now());
    let nanoseconds = std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|numbers| numbers.split(' ').next()?.parse::<f64>().ok());
    match nanoseconds {
        Some(nanoseconds) => nanoseconds / 1e9,
        None => START.with(|start| start.elapsed().as_secs_f64()),
    }
}

fn print_scores(scores: &Scores) {
    let percent = |count: Count| format!("{:.2}", 100.0 * count.f1());
    println!(
        "  {} words {}, sentences {}, UPOS {}, XPOS {}, lemma {}, UAS {}, LAS {} (with subtypes {})",
        scores.words.gold,
        percent(scores.words),
        percent(scores.sentences),
        percent(scores.upos),
        percent(scores.xpos),
        percent(scores.lemma),
        percent(scores.uas),
        percent(scores.las),
        percent(scores.las_with_subtypes),
    );
    let longer = scores.las_of_longer.iter().zip(LENGTHS);
    let longer = longer.map(|(count, length)| format!("over {length} words {}", percent(*count)));
    println!(
        "  LAS of sentences {}",
        longer.collect::<Vec<_>>().join(", ")
    );
    let relations = scores.relations.iter().zip(RELATIONS);
    let relations = relations.map(|(count, relation)| format!("{relation} {}", percent(*count)));
    println!("  F1 of {}", relations.collect::<Vec<_>>().join(", "));
}
