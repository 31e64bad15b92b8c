//! `-v`: what is being done, and when, on standard error.

use std::env::consts::{ARCH, OS};
use std::io::Write as _;
use std::time::Instant;

use log::LevelFilter;

use super::args::Global;
use crate::language;

/// Writes what chancery logs from now on: with `-v` what is done to the store and the knowledge, with `-vv` to each document, too. Each line
/// begins with the seconds since now, so that the lines tell how long each step takes.
pub(super) fn start(global: &Global) {
    let level = match global.verbose {
        0 => return,
        1 => LevelFilter::Info,
        _ => LevelFilter::Debug,
    };
    let start = Instant::now();
    env_logger::Builder::new()
        .filter_module(env!("CARGO_PKG_NAME"), level)
        .format(move |out, record| {
            let seconds = start.elapsed().as_secs_f64();
            writeln!(out, "{seconds:9.3} {}", record.args())
        })
        .init();
    log::info!(
        "chancery {}, {}, {OS} {ARCH}",
        env!("CARGO_PKG_VERSION"),
        language::MODEL
    );
}
