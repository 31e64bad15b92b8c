//! When do two strings mean the same?

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization as _;

use super::Row;

/// Words without content of their own.
const FUNCTION_WORDS: [&str; 16] = [
    "the", "a", "an", "of", "and", "to", "for", "in", "on", "at", "with", "by", "his", "her",
    "its", "their",
];

/// `text` in plain small letters and digits, one space between words, without articles and genitive endings.
pub(super) fn plain(text: &str) -> String {
    let ascii: String = text.nfkd().filter(char::is_ascii).collect();
    let lower = ascii.to_ascii_lowercase();
    let words = lower.split(|c: char| !(c.is_ascii_alphanumeric() || c == '\'' || c == '_'));
    let words = words.flat_map(|word| {
        // `Russia's` is `Russia`; an apostrophe elsewhere parts words.
        word.strip_suffix("'s").unwrap_or(word).split(['\'', '_'])
    });
    words
        .filter(|word| !matches!(*word, "" | "the" | "a" | "an"))
        .collect::<Vec<_>>()
        .join(" ")
}

fn content(text: &str) -> BTreeSet<String> {
    plain(text)
        .split(' ')
        .filter(|word| !word.is_empty() && *word != "s" && !FUNCTION_WORDS.contains(word))
        .map(str::to_owned)
        .collect()
}

/// F1 of the words of content that two strings share, 0 to 1.
pub(super) fn overlap(a: &str, b: &str) -> f64 {
    let (a, b) = (content(a), content(b));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    2.0 * a.intersection(&b).count() as f64 / (a.len() + b.len()) as f64
}

/// The best [`overlap`] of any two of these strings.
pub(super) fn best_overlap<'a>(found: &BTreeSet<&'a str>, gold: &'a [String]) -> f64 {
    found
        .iter()
        .flat_map(|found| gold.iter().map(|gold| overlap(found, gold)))
        .fold(0.0, f64::max)
}

/// Whether all words of content of one of `gold`, which has some, are in one of `found`.
pub(super) fn holds(found: &BTreeSet<&str>, gold: &[String]) -> bool {
    gold.iter()
        .map(|gold| content(gold))
        .any(|gold| !gold.is_empty() && (found.iter()).any(|found| gold.is_subset(&content(found))))
}

/// The share of words that a party's name has to have in common with one of its aliases.
pub(super) const PARTY: f64 = 0.75;

/// Whether one of `found` names the party that `aliases` name: a code of two capitals exactly, all else by its plain words or at least
/// `least` of them.
pub(super) fn is_party(found: &BTreeSet<&str>, aliases: &[String], least: f64) -> bool {
    let is_code = |alias: &str| alias.chars().count() == 2 && alias.chars().all(char::is_uppercase);
    found.iter().any(|found| {
        let own = plain(found);
        aliases.iter().any(|alias| {
            if is_code(alias) {
                return found == alias;
            }
            !own.is_empty() && (own == plain(alias) || overlap(found, alias) >= least)
        })
    })
}

/// Whether a sentence of `evidence` holds one of `quotes`, or lies within it.
pub(super) fn is_quoted(evidence: &BTreeSet<&str>, quotes: &[String]) -> bool {
    evidence.iter().any(|sentence| {
        let sentence = plain(sentence);
        quotes.iter().any(|quote| {
            let quote = plain(quote);
            !quote.is_empty()
                && (sentence.contains(&quote) || !sentence.is_empty() && quote.contains(&sentence))
        })
    })
}

/// What the rows bind these variables to, each value once.
pub(super) fn values<'a>(rows: &[&'a Row], names: &[&str]) -> BTreeSet<&'a str> {
    rows.iter()
        .flat_map(|row| names.iter().filter_map(|name| row.get(*name)))
        .map(String::as_str)
        .filter(|value| !value.is_empty())
        .collect()
}

/// What a row binds a variable to; empty where it does not.
pub(super) fn value<'a>(row: &'a Row, name: &str) -> &'a str {
    row.get(name).map_or("", String::as_str)
}

/// The first of some strings; empty where there is none.
pub(super) fn first(strings: &[String]) -> String {
    strings.first().cloned().unwrap_or_default()
}

/// The rows that agree in these variables, in the order of their first.
pub(super) fn groups<'a>(
    rows: impl IntoIterator<Item = &'a Row>,
    by: &[&str],
) -> Vec<Vec<&'a Row>> {
    let mut places: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<&Row>> = Vec::new();
    for row in rows {
        let key = by.iter().map(|name| value(row, name)).collect();
        let place = *places.entry(key).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[place].push(row);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_accents_articles_and_genitives() {
        assert_eq!(plain("The Côte d'Ivoire’s"), "cote d ivoires");
        assert_eq!(plain("Chad's North–South Road"), "chad northsouth road");
        assert!(is_party(&["TD"].into(), &["TD".to_owned()], PARTY));
        assert!(!is_party(&["td"].into(), &["TD".to_owned()], PARTY));
    }
}
