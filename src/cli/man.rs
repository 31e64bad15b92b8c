//! `man`: the manual pages.

use std::fs;
use std::io::{self, BufWriter, Write as _};

use anyhow::Context as _;
use clap::CommandFactory as _;

use super::Answer;
use super::args::{Args, Man};
use super::problem::Stop;

pub(super) fn run(man: &Man) -> Result<Answer, Stop> {
    let mut program = Args::command().disable_help_subcommand(true);
    program.build();
    let commands = [&program].into_iter().chain(program.get_subcommands());
    let pages = commands.map(|command| clap_mangen::Man::new(command.clone()));
    if let Some(folder) = &man.folder {
        let cannot = || format!("cannot write the pages into `{}`", folder.display());
        fs::create_dir_all(folder).with_context(cannot)?;
        for page in pages {
            page.generate_to(folder).with_context(cannot)?;
        }
    } else {
        let mut out = BufWriter::new(io::stdout().lock());
        for page in pages {
            page.render(&mut out)?;
        }
        out.flush()?;
    }
    Ok(Answer::Done)
}
