//! What became of each document: it is told, counted, put into the report and, where it was rejected, kept for later.

use super::super::args::{Global, Load};
use super::super::input::Input;
use super::super::problem::{Problem, Stop, plain, say};
use super::super::progress::Progress;
use super::super::reading;
use super::piece::{Place, Read};
use super::rejects::Rejects;
use super::report::Report;
use super::sums::{Sums, found, number};
use crate::knowledge::Knowledge;
use crate::source::Item;
use crate::store::Replaced;

/// A document, or an input that is none, and what became of it.
pub(super) struct Entry {
    /// None where there is no such input.
    pub(super) place: Option<Place>,
    pub(super) fate: Fate,
}

pub(super) enum Fate {
    Kept(Box<Kept>),
    /// With its bytes, where there are any.
    Rejected(Problem, Option<Item>),
}

/// A document whose record is in the store now.
pub(super) struct Kept {
    pub(super) read: Read,
    pub(super) replaced: Replaced,
    /// The name of another of the same load that it is a copy of.
    pub(super) copy_of: Option<String>,
}

/// Most documents that have a line each; where there are more, only those are named that need somebody's eye.
const LINES: usize = 50;

/// Most documents without a fact that are named.
const WITHOUT_FACTS: usize = 10;

/// Writes down what became of each document.
pub(super) struct Ledger<'a> {
    inputs: &'a [Input],
    knowledge: &'a Knowledge,
    quiet: bool,
    dry_run: bool,
    progress: Progress,
    /// How many more documents have a line.
    lines: usize,
    notes_untold: usize,
    without_facts: Vec<String>,
    sums: Sums,
    report: Option<Report>,
    rejects: Option<Rejects>,
}

impl<'a> Ledger<'a> {
    /// Makes the files that it will write to, so that a place that cannot be written to is known at once.
    pub(super) fn open(
        global: &Global,
        load: &Load,
        inputs: &'a [Input],
        knowledge: &'a Knowledge,
    ) -> Result<Self, Stop> {
        let report = load.report.as_deref();
        let report = report.map(|path| Report::open(path, load.dry_run, global, knowledge));
        let rejects = load.rejects.as_deref().map(Rejects::open);
        Ok(Self {
            inputs,
            knowledge,
            quiet: global.quiet,
            dry_run: load.dry_run,
            progress: Progress::new(global, inputs.len()),
            lines: if inputs.len() > LINES { 0 } else { LINES },
            notes_untold: 0,
            without_facts: Vec::new(),
            sums: Sums::default(),
            report: report.transpose()?,
            rejects: rejects.transpose()?,
        })
    }

    /// What to call a document in messages.
    pub(super) fn name(&self, place: Place) -> String {
        self.inputs[place.input].name_of(place.line)
    }

    /// Says that a document has been read, whatever will become of it.
    pub(super) fn pass(&mut self, place: Place, item: Option<&Item>) {
        if place.line.is_some() {
            self.progress.of_unknown();
        }
        let bytes = item.map_or(0, |item| item.bytes.len());
        self.progress.step(bytes, self.sums.rejected);
    }

    /// Writes down that an input is none.
    pub(super) fn reject_input(&mut self, problem: Problem) -> Result<(), Stop> {
        let fate = Fate::Rejected(problem, None);
        self.add(&Entry { place: None, fate })
    }

    /// Writes down what became of a document.
    pub(super) fn add(&mut self, entry: &Entry) -> Result<(), Stop> {
        self.progress.clear();
        self.sums.add(&entry.fate);
        let input = entry.place.map(|place| &self.inputs[place.input]);
        if let Some(report) = &mut self.report {
            report.add(input, entry)?;
        }
        match &entry.fate {
            Fate::Rejected(problem, item) => {
                problem.tell();
                if let Some(rejects) = &mut self.rejects {
                    rejects.keep(input, item.as_ref(), problem)?;
                }
            }
            Fate::Kept(kept) => {
                let name = entry
                    .place
                    .map_or_else(String::new, |place| self.name(place));
                self.tell(&name, kept);
                if kept.is_without_facts() && self.without_facts.len() < WITHOUT_FACTS {
                    self.without_facts.push(name);
                }
            }
        }
        Ok(())
    }

    /// Tells of a document that is kept.
    fn tell(&mut self, name: &str, kept: &Kept) {
        let Kept { read, copy_of, .. } = kept;
        if let Some(warning) = kept.warning() {
            say("warning", &format!("`{name}` {warning}"));
            say(
                "hint",
                "if they are two texts, give each an `id` of its own",
            );
        }
        if self.quiet {
            return;
        }
        if self.lines == 0 {
            self.notes_untold += read.notes.len();
            return;
        }
        self.lines -= 1;
        reading::tell(&read.notes, name);
        let done = match (kept.replaced, self.dry_run) {
            (Replaced::Added, false) => "loaded",
            (Replaced::Changed, false) => "replaced",
            (Replaced::Added, true) => "would load",
            (Replaced::Changed, true) => "would replace",
            (Replaced::Unchanged, _) => "unchanged",
        };
        let facts = match copy_of {
            Some(first) => format!("it is a copy of `{first}`"),
            None => found(&read.summary.counts, self.knowledge),
        };
        plain(&format!(
            "{done} `{name}` as <{}>: {facts}",
            read.document.as_str()
        ));
        if self.lines == 0 {
            plain("…");
        }
    }

    /// Tells and writes the sums.
    pub(super) fn finish(self) -> Result<Sums, Stop> {
        self.progress.clear();
        // One text has had its line already.
        if !self.quiet && self.sums.kept() > 0 && self.sums.read() > 1 {
            plain(&self.sums.in_words(self.dry_run, self.knowledge));
            self.tell_without_facts();
            if self.notes_untold > 0 {
                let notes = number(self.notes_untold, "note");
                let rest = format!("{notes} more on these texts; `--report FILE` keeps them");
                say("note", &rest);
            }
        }
        if let Some(report) = self.report {
            report.finish(&self.sums)?;
        }
        if let Some(rejects) = self.rejects {
            rejects.finish()?;
        }
        Ok(self.sums)
    }

    fn tell_without_facts(&self) {
        let all = self.sums.without_facts;
        if all == 0 {
            return;
        }
        let mut names: Vec<String> = (self.without_facts.iter())
            .map(|name| format!("`{name}`"))
            .collect();
        if all > names.len() {
            names.push(format!("and {} more", all - names.len()));
        }
        plain(&format!("0 facts in {all} of them: {}", names.join(", ")));
    }
}

impl Kept {
    /// Says so where what was replaced may have been another text of the same name.
    pub(super) fn warning(&self) -> Option<String> {
        let Read {
            document,
            summary,
            before,
            ..
        } = &self.read;
        let before = before.as_ref()?;
        let changes = [
            ("title", &before.title, &summary.title),
            ("source", &before.source, &summary.source),
        ];
        let (what, old, _) = changes.into_iter().find(|(_, old, new)| old != new)?;
        let old = old.as_deref().unwrap_or_default();
        Some(format!(
            "replaces <{}>, which had the {what} `{old}`",
            document.as_str()
        ))
    }
}
