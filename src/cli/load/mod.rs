//! `load`: texts become records in the store.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::thread;

use anyhow::anyhow;

use super::args::{Global, Load};
use super::input::{self, Input, cannot_read};
use super::problem::{Hint as _, Problem, Stop, plain, say};
use super::progress::Progress;
use super::reading::{self, Read};
use super::{Answer, knowledge};
use crate::knowledge::Knowledge;
use crate::store::{OFFICIALS, Replaced, Store, Summary};

pub(super) fn run(global: &Global, load: &Load) -> Result<Answer, Stop> {
    let (inputs, problems) = input::find(&load.inputs);
    let mut bad = problems.len();
    problems.iter().for_each(Problem::tell);
    if inputs.is_empty() {
        return Err(nothing(bad));
    }
    // A store that cannot be opened is told before an hour of reading, not after; one that is not there yet is made for a text only.
    let mut store = if global.store.exists() {
        Some(Store::open(&global.store)?)
    } else {
        None
    };
    let (knowledge, sound) = knowledge::load(global)?;
    let progress = Progress::new(global, inputs.len());
    let mut total = Total::default();
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    for (batch_number, batch) in inputs.chunks(workers).enumerate() {
        progress.at(batch_number * workers + 1, &batch[0].name());
        let read = read_together(batch, &knowledge, global);
        progress.clear();
        for (input, read) in batch.iter().zip(read) {
            match read.and_then(|read| total.first_of_its_name(input, read)) {
                Ok(read) => {
                    let store = match &store {
                        Some(store) => store,
                        None => store.insert(Store::open(&global.store)?),
                    };
                    keep(store, input, &read, &mut total, &knowledge, global)?;
                }
                Err(problem) => {
                    problem.tell();
                    bad += 1;
                }
            }
        }
    }
    if let Some(store) = &store {
        store.flush()?;
    }
    if total.documents.is_empty() {
        return Err(nothing(bad));
    }
    // One text has had its line already.
    if !global.quiet && inputs.len() + problems.len() > 1 {
        total.tell(bad, &knowledge);
    }
    Ok(if bad == 0 && sound {
        Answer::Done
    } else {
        Answer::No
    })
}

/// That nothing was loaded, as the last word after the problems.
fn nothing(bad: usize) -> Stop {
    let message = match bad {
        1 => "nothing was loaded".to_owned(),
        bad => format!("nothing was loaded: {bad} inputs are bad"),
    };
    anyhow!(message).into()
}

/// Reads each text on a processor of its own; the results are in the order of the texts.
fn read_together(
    batch: &[Input],
    knowledge: &Knowledge,
    global: &Global,
) -> Vec<Result<Read, Problem>> {
    thread::scope(|scope| {
        let readers: Vec<_> = batch
            .iter()
            .map(|input| scope.spawn(move || reading::read(input, knowledge, global)))
            .collect();
        let results = readers.into_iter().zip(batch).map(|(reader, input)| {
            reader.join().unwrap_or_else(|_| {
                Err(
                    anyhow!("a step of the reading failed, which is a mistake in chancery")
                        .context(cannot_read(&input.name()))
                        .hint("please report it with the text"),
                )
            })
        });
        results.collect()
    })
}

/// Keeps one record and says what it holds.
fn keep(
    store: &Store,
    input: &Input,
    read: &Read,
    total: &mut Total,
    knowledge: &Knowledge,
    global: &Global,
) -> Result<(), Stop> {
    let name = input.name();
    let document = &read.graph.document;
    let before = store.summary(document)?;
    let replaced = store.replace(&read.graph)?;
    let after = store.summary(document)?.unwrap_or_default();
    if let Some(before) = before {
        warn_of_another(&before, &after, &name, document.as_str());
    }
    if !global.quiet {
        reading::tell(&read.notes, &name);
        let done = match replaced {
            Replaced::Added => "loaded",
            Replaced::Changed => "replaced",
            Replaced::Unchanged => "unchanged",
        };
        plain(&format!(
            "{done} `{name}` as <{}>: {}",
            document.as_str(),
            found(&after.counts, knowledge)
        ));
    }
    for (class, count) in after.counts {
        *total.counts.entry(class).or_default() += count;
    }
    total.documents.insert(document.as_str().to_owned(), name);
    Ok(())
}

/// Warns where what was replaced may have been another text of the same name.
fn warn_of_another(before: &Summary, after: &Summary, name: &str, document: &str) {
    for (what, old, new) in [
        ("title", &before.title, &after.title),
        ("source", &before.source, &after.source),
    ] {
        if old != new {
            let old = old.as_deref().unwrap_or_default();
            say(
                "warning",
                &format!("`{name}` replaces <{document}>, which had the {what} `{old}`"),
            );
            say(
                "hint",
                "if they are two texts, give each an `id:` of its own in the front matter",
            );
            return;
        }
    }
}

/// What a whole load has found.
#[derive(Default)]
struct Total {
    /// Documents kept, each with the name of its input.
    documents: BTreeMap<String, String>,
    counts: BTreeMap<String, usize>,
}

impl Total {
    /// Lets a text through unless another one of this load has the same IRI, which it would replace.
    fn first_of_its_name(&self, input: &Input, read: Read) -> Result<Read, Problem> {
        let document = read.graph.document.as_str();
        match self.documents.get(document) {
            None => Ok(read),
            Some(first) => Err(anyhow!("it has the same IRI as `{first}`: <{document}>")
                .context(format!("`{}` was not loaded", input.name()))
                .hint("give each an `id:` of its own in the front matter")),
        }
    }

    fn tell(&self, bad: usize, knowledge: &Knowledge) {
        let documents = number(self.documents.len(), "document");
        let bad = if bad == 0 {
            String::new()
        } else {
            format!(", {} not loaded", number(bad, "bad input"))
        };
        plain(&format!(
            "{documents}{bad}: {}",
            found(&self.counts, knowledge)
        ));
    }
}

/// `3 officials, 2 visits, 0 projects, 1 accusation`; `0 facts` where there is nothing at all. The label of a class that a user has added
/// may have any plural, so it stands before its number: `arms delivery: 3`.
fn found(counts: &BTreeMap<String, usize>, knowledge: &Knowledge) -> String {
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
fn number(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}
