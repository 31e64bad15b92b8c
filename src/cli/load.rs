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
use crate::source::{Item, Options};
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
    let options = load.source.options();
    let mut items = (inputs.iter().enumerate()).flat_map(|(number, input)| {
        let (items, problem) = match input.items(&options) {
            Ok(items) => (Some(items), None),
            Err(problem) => (None, Some(Err(problem))),
        };
        let items = problem.into_iter().chain(items.into_iter().flatten());
        items.map(move |item| (number, input, item))
    });
    loop {
        let batch: Vec<_> = items.by_ref().take(workers).collect();
        let Some((number, input, _)) = batch.first() else {
            break;
        };
        progress.at(number + 1, &input.name());
        let read = read_together(batch, &options, &knowledge, global);
        progress.clear();
        for (name, read) in read {
            match read.and_then(|read| total.first_of_its_name(&name, read)) {
                Ok(read) => {
                    let store = match &store {
                        Some(store) => store,
                        None => store.insert(Store::open(&global.store)?),
                    };
                    keep(store, name, &read, &mut total, &knowledge, global)?;
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
    if !global.quiet && total.documents.len() + bad > 1 {
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

/// Reads each document on a processor of its own; the results are in the order of the documents, each with its name.
fn read_together(
    batch: Vec<(usize, &Input, Result<Item, Problem>)>,
    options: &Options,
    knowledge: &Knowledge,
    global: &Global,
) -> Vec<(String, Result<Read, Problem>)> {
    thread::scope(|scope| {
        let readers: Vec<_> = (batch.into_iter())
            .map(|(_, input, item)| {
                let name = match &item {
                    Ok(item) => input.name_of(item),
                    Err(_) => input.name(),
                };
                let read = move || reading::read(input, &item?, options, knowledge, global);
                (name, scope.spawn(read))
            })
            .collect();
        let results = readers.into_iter().map(|(name, reader)| {
            let read = reader.join().unwrap_or_else(|_| {
                Err(
                    anyhow!("a step of the reading failed, which is a mistake in chancery")
                        .context(cannot_read(&name))
                        .hint("please report it with the text"),
                )
            });
            (name, read)
        });
        results.collect()
    })
}

/// Keeps one record and says what it holds.
fn keep(
    store: &Store,
    name: String,
    read: &Read,
    total: &mut Total,
    knowledge: &Knowledge,
    global: &Global,
) -> Result<(), Stop> {
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
                "if they are two texts, give each an `id` of its own",
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
    fn first_of_its_name(&self, name: &str, read: Read) -> Result<Read, Problem> {
        let document = read.graph.document.as_str();
        match self.documents.get(document) {
            None => Ok(read),
            Some(first) => Err(anyhow!("it has the same IRI as `{first}`: <{document}>")
                .context(format!("`{name}` was not loaded"))
                .hint("give each an `id` of its own")),
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
