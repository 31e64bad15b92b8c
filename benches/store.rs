//! What writing records to the store costs:
//!
//! ```text
//! cargo bench --locked --bench store [-- DOCUMENTS]
//! ```
//!
//! Reads that many made-up news items (200 unless said, for a quick look; 2,000 for figures to publish) and writes ten copies of each record,
//! as documents of their own, to a new store in the folder for temporary files. Where the program `oxigraph` is installed
//! (`pip install oxigraph==0.5.13` on `PATH`, or its path in `OXIGRAPH`), it then loads the same as N-Quads, and the times are compared. Our
//! store keeps each triple twice, in its document's graph and in the default graph, so that two files are compared: the export of the store,
//! which is what a user would load with `oxigraph`, and the same with the default graph in it, which makes the very store that we have made.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use chancery::graph::Graph;
use chancery::knowledge::{self, Knowledge};
use chancery::store::{BATCH, Format, Selection, Store};
use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::GraphNameRef;
use tempfile::TempDir;

use records::copy;

mod generate;
mod records;

/// How many copies of each record are written.
const COPIES: usize = 10;

const SEED: u64 = 7;

fn main() {
    // Cargo adds arguments of its own.
    let documents = std::env::args().find_map(|argument| argument.parse().ok());
    let documents: usize = documents.unwrap_or(200);
    let folder = TempDir::new().expect("there is a folder for temporary files");
    let (knowledge, _) = knowledge::load(&[]);
    let graphs: Vec<Graph> = (0..documents)
        .map(|number| read(number, &knowledge))
        .collect();
    let graphs: Vec<Graph> = (0..COPIES)
        .flat_map(|number| graphs.iter().map(move |graph| copy(graph, number)))
        .collect();
    let triples: usize = graphs.iter().map(|graph| graph.triples.len()).sum();
    let path = folder.path().join("store");
    let ((), writing) = timed(|| write(&graphs, &path));
    let size = size(&path);
    println!(
        "{} documents written alone: {:.1} s, {:.1} µs a triple, {:.0} bytes on disk a triple",
        graphs.len(),
        writing.as_secs_f64(),
        writing.as_secs_f64() * 1e6 / triples as f64,
        size as f64 / triples as f64
    );
    let export = folder.path().join("export.nq");
    let store = Store::open_read_only(&path).expect("it was written");
    let out = BufWriter::new(File::create(&export).expect("a file can be made"));
    store
        .export(Format::NQuads, &Selection::default(), out)
        .expect("it can be written");
    drop(store);
    let whole = folder.path().join("whole.nq");
    let lines = copy_in_both(&graphs, &whole);
    drop(graphs);
    for (what, file, quads) in [
        ("the export", &export, triples),
        ("the export with the default graph", &whole, lines),
    ] {
        let target = folder.path().join("oxigraph");
        let (loaded, loading) = timed(|| load(file, &target));
        if !loaded {
            return println!("`oxigraph` is not there to compare with");
        }
        println!(
            "`oxigraph load` of {what}: {:.1} s, {:.1} µs a quad; writing is {:.2} times that",
            loading.as_secs_f64(),
            loading.as_secs_f64() * 1e6 / quads as f64,
            ratio(writing, loading)
        );
        fs::remove_dir_all(target).expect("it was written");
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

/// The record of the item of that number.
fn read(number: usize, knowledge: &Knowledge) -> Graph {
    records::read(&generate::Item::new(SEED, number).to_string(), knowledge)
}

/// Writes records in batches.
fn write(graphs: &[Graph], path: &Path) {
    let store = Store::open(path).expect("it can be made");
    let mut batch = 0;
    for batch in graphs.chunk_by(|graph, _| {
        batch += graph.triples.len();
        let goes_on = batch < BATCH;
        if !goes_on {
            batch = 0;
        }
        goes_on
    }) {
        store.replace_all(batch).expect("they can be kept");
    }
}

/// Writes N-Quads with each triple in its graph and once more in the default graph; gives their number.
fn copy_in_both(graphs: &[Graph], path: &Path) -> usize {
    let out = BufWriter::new(File::create(path).expect("a file can be made"));
    let mut out = RdfSerializer::from_format(RdfFormat::NQuads).for_writer(out);
    let mut lines = 0;
    for graph in graphs {
        for triple in &graph.triples {
            let triple = triple.as_ref();
            for quad in [
                triple.in_graph(graph.document.as_ref()),
                triple.in_graph(GraphNameRef::DefaultGraph),
            ] {
                out.serialize_quad(quad).expect("it can be written");
                lines += 1;
            }
        }
    }
    out.finish()
        .and_then(|mut out| out.flush())
        .expect("it can be written");
    lines
}

/// Whether the program `oxigraph` has loaded the file into a new store.
fn load(file: &Path, target: &Path) -> bool {
    let program = std::env::var_os("OXIGRAPH").unwrap_or_else(|| "oxigraph".into());
    let status = Command::new(program)
        .arg("load")
        .arg("--location")
        .arg(target)
        .arg("--file")
        .arg(file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}

/// Bytes of all files of a folder.
fn size(folder: &Path) -> u64 {
    let files = fs::read_dir(folder).expect("it was written");
    files
        .map(|file| {
            file.and_then(|file| file.metadata())
                .map_or(0, |data| data.len())
        })
        .sum()
}
