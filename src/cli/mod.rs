//! The program `chancery`: arguments in, data on standard output, words on standard error.
//!
//! Exit status: 0 done, 1 the answer is no (some texts were bad, an `ASK` is false, a document is unknown), 2 could not run. That the
//! reader of standard output stops reading is no error.

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};
use clap_complete::CompleteEnv;
use clap_complete::env::{Elvish, Fish, Powershell, Shells, Zsh};

use args::{Args, Command};
use bash::WholeWords;
use problem::Stop;

mod args;
mod backup;
mod bash;
mod bytes;
mod check;
mod compact;
mod completion;
mod documents;
mod evaluate;
mod excerpt;
mod export;
mod extract;
mod forget;
mod found;
mod input;
mod json;
mod kind;
mod knowledge;
mod limits;
mod load;
mod man;
mod nearest;
mod output;
mod parameter;
mod problem;
mod progress;
mod queries;
mod query;
mod reading;
mod rows;
mod selection;
mod show;
mod stats;
mod syntax;
mod table;
mod terminal;
mod verbose;

/// What a command that could run answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Done,
    No,
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    // Where a shell asks what could be typed next, this answers it and ends the process.
    CompleteEnv::with_factory(Args::command)
        .shells(Shells(&[&WholeWords, &Elvish, &Fish, &Powershell, &Zsh]))
        .complete();
    let Args { global, command } = Args::parse();
    verbose::start(&global);
    let answer = match &command {
        Command::Load(load) => load::run(&global, load),
        Command::Query(query) => query::run(&global, query),
        Command::Export(export) => export::run(&global, export),
        Command::Extract(extract) => extract::run(&global, extract),
        Command::Show(show) => show::run(&global, show),
        Command::Documents(documents) => documents::run(&global, documents),
        Command::Forget(forget) => forget::run(&global, forget),
        Command::Stats(stats) => stats::run(&global, stats),
        Command::Backup(backup) => backup::run(&global, backup),
        Command::Compact => compact::run(&global),
        Command::Check(check) => check::run(&global, check),
        Command::Evaluate(evaluate) => evaluate::run(&global, evaluate),
        Command::Man(man) => man::run(man),
    };
    log::info!("done");
    match answer {
        Ok(Answer::Done) | Err(Stop::BrokenPipe) => ExitCode::SUCCESS,
        Ok(Answer::No) => ExitCode::from(1),
        Err(Stop::Problem(problem)) => {
            problem.tell();
            ExitCode::from(2)
        }
    }
}
