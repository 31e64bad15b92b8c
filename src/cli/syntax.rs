//! Where a query stops being SPARQL, shown in the query itself.

use unicode_width::UnicodeWidthStr;

use super::problem::Problem;
use crate::graph::vocabulary::PREFIXES;
use crate::store::SyntaxError;

/// Most characters of a line that are shown on either side of the caret.
const AROUND: usize = 60;

/// Most things that are named as expected.
const EXPECTED: usize = 8;

/// Tells where `query` goes wrong, with the line and a caret under the character.
pub(super) fn problem(query: &str, name: &str, error: &SyntaxError) -> Problem {
    let problem = Problem::new(format!("{name} is no SPARQL")).hint(hint(query, error));
    let message = shortened(&error.message);
    let Some((line, column)) = error.position else {
        return problem.because(message);
    };
    let written = query.split('\n').nth(line - 1).unwrap_or_default();
    let characters: Vec<char> = written.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let caret = (column - 1).min(characters.len());
    let start = caret.saturating_sub(AROUND);
    let end = characters.len().min(caret + AROUND);
    let before: String = characters[start..caret].iter().collect();
    let after: String = characters[caret..end].iter().collect();
    problem
        .because(format!("line {line}, column {column}: {message}"))
        .because(format!("  {}", format!("{before}{after}").trim_end()))
        .because(format!("  {}^", " ".repeat(before.width())))
}

/// The message with no more than a few of the things that would have been right.
fn shortened(message: &str) -> String {
    let parts: Vec<&str> = message.split(", ").collect();
    if parts.len() <= EXPECTED {
        return message.to_owned();
    }
    format!("{}, …", parts[..EXPECTED].join(", "))
}

fn hint(query: &str, error: &SyntaxError) -> String {
    let words = query.split(|c: char| !c.is_ascii_alphabetic()).map(str::to_uppercase);
    let changes = ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"];
    let asks = ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"];
    let first = words.into_iter().find(|word| changes.contains(&word.as_str()) || asks.contains(&word.as_str()));
    if first.is_some_and(|word| changes.contains(&word.as_str())) {
        return "queries only ask; `chancery load` and `chancery forget` change the store".to_owned();
    }
    if error.message.contains("Prefix not found") {
        let known = PREFIXES.map(|(prefix, _)| prefix).join(", ");
        return format!("declare the prefix with `PREFIX name: <iri>`; known without that are {known}");
    }
    "`chancery query` lists the named queries, which are examples to start from".to_owned()
}
