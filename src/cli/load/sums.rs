//! What a load comes to.

use std::collections::BTreeMap;

use anyhow::anyhow;
use serde::Serialize;

use super::super::problem::Stop;
use super::ledger::{Fate, Kept};
use crate::knowledge::Knowledge;
use crate::store::{OFFICIALS, Replaced};

/// How many documents met with which fate, and what they say.
#[derive(Debug, Default, Serialize)]
pub(super) struct Sums {
    pub(super) loaded: usize,
    pub(super) replaced: usize,
    /// Copies of others of the same load included.
    pub(super) unchanged: usize,
    pub(super) rejected: usize,
    pub(super) without_facts: usize,
    pub(super) notes: usize,
    /// Officials, and claims of each class, of all that were not rejected.
    pub(super) facts: BTreeMap<String, usize>,
}

impl Sums {
    /// Counts a document in.
    pub(super) fn add(&mut self, fate: &Fate) {
        let Fate::Kept(kept) = fate else {
            self.rejected += 1;
            return;
        };
        *match kept.replaced {
            Replaced::Added => &mut self.loaded,
            Replaced::Changed => &mut self.replaced,
            Replaced::Unchanged => &mut self.unchanged,
        } += 1;
        self.notes += kept.read.notes.len();
        self.without_facts += usize::from(kept.is_without_facts());
        // What a copy says is counted already.
        if kept.copy_of.is_none() {
            for (class, count) in &kept.read.summary.counts {
                *self.facts.entry(class.clone()).or_default() += count;
            }
        }
    }

    /// All documents.
    pub(super) fn read(&self) -> usize {
        self.kept() + self.rejected
    }

    /// Those that are in the store now.
    pub(super) fn kept(&self) -> usize {
        self.loaded + self.replaced + self.unchanged
    }

    /// That there are none, as the last word after the problems.
    pub(super) fn nothing(&self) -> Stop {
        let message = match self.rejected {
            0 => "nothing was loaded: there is no document in it".to_owned(),
            1 => "nothing was loaded".to_owned(),
            bad => format!("nothing was loaded: {bad} inputs are bad"),
        };
        anyhow!(message).into()
    }

    /// `5 read = 2 loaded + 1 replaced + 1 unchanged + 1 rejected: 3 officials, 2 visits, 0 projects, 0 accusations`.
    pub(super) fn in_words(&self, dry_run: bool, knowledge: &Knowledge) -> String {
        let Self {
            loaded,
            replaced,
            unchanged,
            rejected,
            ..
        } = self;
        let read = self.read();
        let facts = found(&self.facts, knowledge);
        if dry_run {
            format!(
                "dry run: {read} read = {loaded} to load + {replaced} to replace + {unchanged} unchanged + {rejected} rejected: {facts}"
            )
        } else {
            format!(
                "{read} read = {loaded} loaded + {replaced} replaced + {unchanged} unchanged + {rejected} rejected: {facts}"
            )
        }
    }
}

impl Kept {
    /// Whether it says nothing; a copy of such a one is passed over.
    pub(super) fn is_without_facts(&self) -> bool {
        self.copy_of.is_none() && self.read.summary.counts.values().all(|count| *count == 0)
    }
}

/// `3 officials, 2 visits, 0 projects, 1 accusation`; `0 facts` where there is nothing at all. The label of a class that a user has added
/// may have any plural, so it stands before its number: `arms delivery: 3`.
pub(super) fn found(counts: &BTreeMap<String, usize>, knowledge: &Knowledge) -> String {
    if counts.values().sum::<usize>() == 0 {
        return "0 facts".to_owned();
    }
    let main = [OFFICIALS, "Visit", "Project", "Accusation"];
    let of = |class: &str| counts.get(class).copied().unwrap_or_default();
    let mut parts: Vec<String> = (main.into_iter())
        .map(|class| number(of(class), &class.to_lowercase()))
        .collect();
    let others = (counts.iter()).filter(|(class, _)| !main.contains(&class.as_str()));
    parts.extend(others.map(|(class, &count)| match class.as_str() {
        "Denial" => number(count, "denial"),
        class => {
            let known = knowledge.vocabulary.classes.get(class);
            let label = known.map_or("", |known| known.label.as_str());
            let label = if label.is_empty() { class } else { label };
            format!("{label}: {count}")
        }
    }));
    parts.join(", ")
}

/// `1 visit`, `2 visits`.
pub(super) fn number(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}
