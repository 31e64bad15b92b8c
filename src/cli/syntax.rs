//! Where a query stops being SPARQL, shown in the query itself.

use anyhow::anyhow;

use super::excerpt::Excerpt;
use super::problem::{Hint as _, Problem};
use crate::graph::vocabulary::PREFIXES;
use crate::store::SyntaxError;

/// Tells where `query` goes wrong, with the line and a caret under the character.
pub(super) fn problem(query: &str, name: &str, error: &SyntaxError) -> Problem {
    anyhow!(place(query, error))
        .context(format!("{name} is no SPARQL"))
        .hint(hint(query, error))
}

/// What is wrong and, where its position is known, the line with a caret under it.
fn place(query: &str, error: &SyntaxError) -> String {
    let Some((line, column)) = error.position else {
        return error.message.clone();
    };
    let excerpt = Excerpt::of(query, (line, column));
    let message = message(&excerpt.before, &excerpt.after, error);
    format!("line {line}, column {column}: {message}\n{excerpt}")
}

/// What is wrong between `before` and `after`. The parser lists all that it has tried, which would mislead more than help;
/// only a rule of SPARQL that the query breaks stands there as a sentence.
fn message(before: &str, after: &str, error: &SyntaxError) -> String {
    if error.message.contains(NO_PREFIX) {
        let name = before
            .rsplit(|c: char| !(c.is_alphanumeric() || "_-.:".contains(c)))
            .next();
        let prefix = name
            .and_then(|name| name.split_once(':'))
            .map_or("", |(prefix, _)| prefix);
        return format!("the prefix `{prefix}:` is not declared");
    }
    let tried = error.message.trim_start_matches("expected ");
    let mut tried = tried.trim_start_matches("one of ").split(", ");
    let is_sentence = |tried: &&str| {
        tried.starts_with(char::is_alphabetic) && tried.split_whitespace().count() > 3
    };
    if let Some(rule) = tried.find(is_sentence) {
        return rule.replacen("The ", "the ", 1);
    }
    match after.split_whitespace().next() {
        Some(word) => format!("`{word}` is not expected here"),
        // The parser stops at the furthest place that it has tried, often well behind the mistake.
        None => "something is missing, here or before".to_owned(),
    }
}

/// What the parser says of a prefix that it does not know.
const NO_PREFIX: &str = "Prefix not found";

fn hint(query: &str, error: &SyntaxError) -> String {
    let words = query
        .split(|c: char| !c.is_ascii_alphabetic())
        .map(str::to_uppercase);
    let changes = [
        "INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY",
    ];
    let asks = ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"];
    let first = words
        .into_iter()
        .find(|word| changes.contains(&word.as_str()) || asks.contains(&word.as_str()));
    if first.is_some_and(|word| changes.contains(&word.as_str())) {
        return "queries only ask; `chancery load` and `chancery forget` change the store"
            .to_owned();
    }
    if error.message.contains(NO_PREFIX) {
        let known = PREFIXES.map(|(prefix, _)| prefix).join(", ");
        return format!(
            "declare the prefix with `PREFIX name: <iri>`; known without that are {known}"
        );
    }
    let mut written = query
        .lines()
        .map(str::trim_start)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let openings = asks.iter().chain(&["PREFIX", "BASE"]);
    let opening = written.next().unwrap_or_default().to_uppercase();
    if !openings.into_iter().any(|word| opening.starts_with(word)) {
        return "a query begins with `SELECT`, `ASK`, `CONSTRUCT` or `DESCRIBE`".to_owned();
    }
    "`chancery query` lists the named queries, which are examples to start from".to_owned()
}
