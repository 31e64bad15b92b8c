//! `load`: texts become records in the store.
//!
//! Inputs are taken apart into documents and read by several threads ([`piece`], [`parallel`]); in their order, their records are put into
//! the store in batches ([`keep`]), and what became of each is told, counted and written down ([`ledger`]). However many documents there
//! are, few are in memory at a time.
//!
//! A document is not analysed where the record in the store is of the same bytes, made by the same program with the same model and the
//! same knowledge: the record itself says so. By that, a load that was broken off goes on where it was.

use std::num::NonZero;
use std::thread;

use anyhow::anyhow;

use super::args::{Global, Load};
use super::problem::Stop;
use super::{Answer, input, knowledge};
use keep::Keeper;
use ledger::Ledger;
use piece::Reader;

mod keep;
mod ledger;
mod parallel;
mod piece;
mod rejects;
mod report;
mod sums;

pub(super) fn run(global: &Global, load: &Load) -> Result<Answer, Stop> {
    let (inputs, problems) = input::find(&load.inputs);
    // What keeps records from being kept is told before an hour of reading, not after.
    let store = keep::open(global, load)?;
    let (knowledge, sound) = knowledge::load(global)?;
    let mut ledger = Ledger::open(global, load, &inputs, &knowledge)?;
    let not_found = problems.len();
    for problem in problems {
        ledger.reject_input(problem)?;
    }

    let reader = Reader {
        inputs: &inputs,
        options: &load.source.options(),
        store: &store,
        knowledge: &knowledge,
        global,
        force: load.force,
    };
    let mut keeper = Keeper::new(&store, ledger, global, load);
    let processors = || thread::available_parallelism().map_or(1, NonZero::get);
    let read = parallel::in_order(
        reader.pieces(),
        piece::Piece::bytes,
        load.threads.map_or_else(processors, usize::from),
        |piece| reader.read(piece),
        |done, left| keeper.take(done?, left),
    )?;

    let sums = keeper.finish()?;
    if sums.read() != read + not_found {
        let message =
            "the documents read are not those accounted for, which is a mistake in chancery";
        return Err(anyhow!("{message}: {} and {}", read + not_found, sums.read()).into());
    }
    if sums.kept() == 0 {
        return Err(sums.nothing());
    }
    Ok(if sums.rejected == 0 && sound {
        Answer::Done
    } else {
        Answer::No
    })
}
