//! What the shell offers while a command is being typed: names of queries, of their parameters and of what those may be.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};

use clap::Parser as _;
use clap_complete::CompletionCandidate;

use super::args::{Args, Command, Global};
use super::parameter::notations;
use super::{knowledge, queries};
use crate::knowledge::Knowledge;
use crate::knowledge::gazetteer::EntryKind;
use crate::store::{Kind, Parameter, parameters, question};

/// Names of queries, each with its question.
pub(super) fn names(begun: &OsStr) -> Vec<CompletionCandidate> {
    let (global, _) = typed();
    let all = queries::all(&global).unwrap_or_default();
    let fits = |name: &str| begun.to_str().is_some_and(|begun| name.starts_with(begun));
    let fitting = all.iter().filter(|query| fits(&query.name));
    fitting
        .map(|query| {
            let help = question(&query.text).map(|question| question.to_owned().into());
            CompletionCandidate::new(&query.name).help(help)
        })
        .collect()
}

/// Settings `NAME=VALUE` of the query that is being asked: names first, values behind the `=`.
pub(super) fn settings(begun: &OsStr) -> Vec<CompletionCandidate> {
    let (global, query) = typed();
    let text = query.and_then(|name| queries::find(&name, &global).ok());
    let text = text.unwrap_or_default();
    let declared = parameters(&text).unwrap_or_default();
    let begun = begun.to_string_lossy();
    let Some((name, value)) = begun.split_once('=') else {
        let fitting = declared
            .iter()
            .filter(|known| known.name.starts_with(&*begun));
        return fitting
            .map(|known| {
                let help = known.meaning.clone().into();
                CompletionCandidate::new(format!("{}=", known.name)).help(Some(help))
            })
            .collect();
    };
    let parameter = declared.iter().find(|known| known.name == name);
    let values = parameter.map_or_else(Vec::new, |known| values(known, &text, &global));
    let fitting = values
        .iter()
        .filter(|(known, _)| known.to_lowercase().starts_with(&value.to_lowercase()));
    fitting
        .map(|(known, help)| {
            let help = help.clone().map(Into::into);
            CompletionCandidate::new(format!("{name}={known}")).help(help)
        })
        .collect()
}

/// What a parameter may be, where that is a closed list, each with what it means where that is not plain.
fn values(parameter: &Parameter, text: &str, global: &Global) -> Vec<(String, Option<String>)> {
    let Ok((knowledge, _)) = knowledge::load(global) else {
        return Vec::new();
    };
    match &parameter.kind {
        Kind::Concept(property) => {
            let known = notations(property, &knowledge).into_iter();
            let possible = statuses(property, text, &knowledge);
            known
                .filter(|known| possible.is_empty() || possible.contains(known))
                .map(|known| (known.to_owned(), None))
                .collect()
        }
        Kind::Country => {
            let entries = knowledge.gazetteer.entries().iter();
            let countries = entries.filter(|entry| entry.kind == EntryKind::Country);
            countries
                .filter_map(|entry| Some((entry.country.clone()?, Some(entry.label.clone()))))
                .collect()
        }
        Kind::Date | Kind::Document | Kind::Number | Kind::Words => Vec::new(),
    }
}

/// The notations that the classes which the query names may have as their status; none where the property is not that.
fn statuses<'a>(property: &str, text: &str, knowledge: &'a Knowledge) -> BTreeSet<&'a str> {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && !":-_".contains(letter));
    words
        .filter_map(|word| knowledge.vocabulary.classes.get(word.split_once(':')?.1))
        .filter(|class| class.status_property.as_deref() == Some(property))
        .flat_map(|class| class.status.values().chain(&class.status_order))
        .map(String::as_str)
        .collect()
}

/// What of the command line is typed already: what all commands have in common, and the query's name. The shell hands it over behind
/// `--`, with the word that is being typed among the others, so that the whole is rarely a command yet: it is read without its last words
/// until it is one.
fn typed() -> (Global, Option<String>) {
    let words = std::env::args_os().skip_while(|word| word != "--").skip(1);
    let mut words: Vec<OsString> = words.collect();
    while !words.is_empty() {
        if let Ok(Args { global, command }) = Args::try_parse_from(&words) {
            let name = match command {
                Command::Query(query) => query.name,
                _ => None,
            };
            return (global, name);
        }
        words.pop();
    }
    (Global::default(), None)
}
