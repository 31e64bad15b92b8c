//! `extract`: the graph of one text, without a store.

use super::args::{Extract, Global};
use super::input::Input;
use super::problem::Stop;
use super::{Answer, export, knowledge, reading};
use crate::store::{Selection, Store};

pub(super) fn run(global: &Global, extract: &Extract) -> Result<Answer, Stop> {
    let format = export::format(&extract.form)?;
    let (knowledge, sound) = knowledge::load(global)?;
    let input = Input::new(&extract.file);
    let read = reading::read_only(&input, &extract.source.options(), &knowledge, global)?;
    if !global.quiet {
        reading::tell(&read.notes, &input.name());
    }
    // By way of a store in memory, the text is written as an export of its document would be.
    let store = Store::in_memory()?;
    store.replace(&read.graph)?;
    let output = extract.form.output.as_deref();
    export::write(&store, &Selection::default(), format, output, global)?;
    Ok(if sound { Answer::Done } else { Answer::No })
}
