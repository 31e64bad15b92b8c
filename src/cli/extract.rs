//! `extract`: the graph of one text, without a store.

use std::io::{self, BufWriter};

use super::args::{Extract, Global};
use super::input::Input;
use super::problem::Stop;
use super::{Answer, knowledge, reading};
use crate::store::Store;

pub(super) fn run(global: &Global, extract: &Extract) -> Result<Answer, Stop> {
    let (knowledge, sound) = knowledge::load(global)?;
    let input = Input::new(&extract.file);
    let read = reading::read_only(&input, &extract.source.options(), &knowledge, global)?;
    if !global.quiet {
        reading::tell(&read.notes, &input.name());
    }
    // By way of a store in memory, the text is written as an export of its document would be.
    let store = Store::in_memory()?;
    store.replace(&read.graph)?;
    store.export(
        extract.format.into(),
        None,
        BufWriter::new(io::stdout().lock()),
    )?;
    Ok(if sound { Answer::Done } else { Answer::No })
}
