//! What loading many documents costs, and exporting them:
//!
//! ```text
//! cargo bench --locked --bench load [-- MANY [FEW]]
//! ```
//!
//! Writes `MANY` made-up news items and the first `FEW` of them (2,000 and 200 unless said, for a quick look; 100,000 and 1,000 for figures
//! to publish, which takes an hour on two cores and 3 GB in the folder for temporary files) as JSON Lines, and loads them with the program
//! itself. Prints, as ratios of one run:
//!
//! - how much faster two threads read the few than one, and how much faster they load them: loading, the store is written by a thread
//!   of its own, so that with two processors two threads that read must share one of them with it;
//! - what loading the few again costs, when their records are up to date, against loading them;
//! - what a document of the many costs, against one of the few;
//! - the most memory that the many take, against the few (Linux only);
//! - the same of an export of both as Turtle and as `GraphML`. What the database keeps in memory of what it has read grows up to some 60 MB,
//!   so that some thousands of documents show more than few; more than that do not.
//!
//! Nothing else should run meanwhile.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

mod generate;

const SEED: u64 = 20;

fn main() -> io::Result<()> {
    // Cargo adds arguments of its own.
    let mut numbers = std::env::args().filter_map(|argument| argument.parse().ok());
    let many = numbers.next().unwrap_or(2000);
    let few = numbers.next().unwrap_or(200).min(many);
    let folder = TempDir::new()?;
    let [many_file, few_file] = [many, few].map(|documents| Texts::write(folder.path(), documents));
    let (many_file, few_file) = (many_file?, few_file?);

    let [one, two] = ["1", "2"].map(|threads| few_file.load("few", &["--threads", threads]));
    let (one, two) = (one?, two?);
    let [reading_one, reading_two] = ["1", "2"].map(|threads| few_file.read(threads));
    let (reading_one, reading_two) = (reading_one?, reading_two?);
    println!("{few} documents: {}", one.rate(few));
    println!(
        "  two threads: reading {:.2}, loading {:.2} times as fast as one",
        reading_one.seconds() / reading_two.seconds(),
        one.seconds() / two.seconds()
    );
    println!(
        "  one thread: loading takes {:.2} times as long as reading",
        one.seconds() / reading_one.seconds()
    );
    let again = few_file.load_again("few")?;
    println!(
        "  again, unchanged: {:.3} of the time, {}",
        again.seconds() / two.seconds(),
        again.rate(few)
    );

    let (small, large) = (few_file.load("few", &[])?, many_file.load("many", &[])?);
    println!("{many} documents with all processors: {}", large.rate(many));
    compare((&small, few), (&large, many));
    for format in ["ttl", "graphml"] {
        let [small, large] = [("few", &few_file), ("many", &many_file)]
            .map(|(store, texts)| texts.export(store, format));
        let (small, large) = (small?, large?);
        println!("exported as {format}: {}", large.rate(many));
        compare((&small, few), (&large, many));
    }
    Ok(())
}

/// Prints what a document of many costs against one of few, each given with their number.
fn compare((small, few): (&Cost, usize), (large, many): (&Cost, usize)) {
    println!(
        "  a document: {:.2} times the cost of one of {few}",
        (large.seconds() / many as f64) / (small.seconds() / few as f64)
    );
    if let (Some(small), Some(large)) = (small.memory, large.memory) {
        println!(
            "  memory: {} MB at most, {:.2} times that of {few}",
            large / 1000,
            large as f64 / small as f64
        );
    }
}

/// Texts in one file of JSON Lines.
struct Texts {
    folder: PathBuf,
    name: String,
}

/// What a run of the program took.
struct Cost {
    time: Duration,
    /// Most memory in kB, where the system tells.
    memory: Option<u64>,
}

impl Texts {
    fn write(folder: &Path, documents: usize) -> io::Result<Self> {
        let name = format!("{documents}.jsonl");
        let mut file = BufWriter::new(File::create(folder.join(&name))?);
        for number in 0..documents {
            serde_json::to_writer(&mut file, &generate::Item::new(SEED, number))?;
            writeln!(file)?;
        }
        file.flush()?;
        let folder = folder.to_owned();
        Ok(Self { folder, name })
    }

    /// Loads them into a new store.
    fn load(&self, store: &str, arguments: &[&str]) -> io::Result<Cost> {
        let path = self.folder.join(store);
        if path.exists() {
            fs::remove_dir_all(path)?;
        }
        self.run(store, &[&["load", &self.name][..], arguments].concat())
    }

    /// Reads them and writes no store.
    fn read(&self, threads: &str) -> io::Result<Cost> {
        self.run(
            "none",
            &["load", &self.name, "--dry-run", "--threads", threads],
        )
    }

    /// Loads them into a store that has them.
    fn load_again(&self, store: &str) -> io::Result<Cost> {
        self.run(store, &["load", &self.name])
    }

    /// Writes out a store that has them.
    fn export(&self, store: &str, format: &str) -> io::Result<Cost> {
        self.run(store, &["export", "--format", format, "--output", "export"])
    }

    fn run(&self, store: &str, arguments: &[&str]) -> io::Result<Cost> {
        let start = Instant::now();
        let mut program = Command::new(env!("CARGO_BIN_EXE_chancery"))
            .current_dir(&self.folder)
            .args(["--store", store, "--quiet"])
            .args(arguments)
            .stdin(Stdio::null())
            .spawn()?;
        let mut memory = None;
        loop {
            if let Some(status) = program.try_wait()? {
                assert!(status.success(), "{status}");
                break;
            }
            memory = peak(program.id()).or(memory);
            thread::sleep(Duration::from_millis(20));
        }
        Ok(Cost {
            time: start.elapsed(),
            memory,
        })
    }
}

/// Most memory that the process has held so far, in kB.
fn peak(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

impl Cost {
    fn seconds(&self) -> f64 {
        self.time.as_secs_f64()
    }

    fn rate(&self, documents: usize) -> String {
        format!("{:.1} a second", documents as f64 / self.seconds())
    }
}
