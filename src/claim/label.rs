//! When do two labels name one thing?

use std::collections::BTreeSet;

use crate::knowledge::Words;

/// Ordinals and the like that tell things of one name apart: `a second bridge`.
const COUNTED: &str = "counting-modifier";

/// The words of a label in lower case, in order, with the place of its head noun.
struct Label {
    words: Vec<String>,
    head: usize,
}

impl Label {
    /// Reads `construction of the bridge across the Drava`: words `construction`, `bridge`, `drava`; the head is `bridge`, for the
    /// construction of a thing is told of as the thing.
    fn read(text: &str, words: &Words) -> Self {
        let mut content = Vec::new();
        let mut heads: Vec<usize> = Vec::new();
        for word in text.split(|c: char| !c.is_alphanumeric()) {
            if word.is_empty() {
                continue;
            }
            let lower = word.to_lowercase();
            if words.has("label-preposition", &lower) {
                if let Some(last) = content.len().checked_sub(1) {
                    heads.push(last);
                }
            } else if !words.has("definite-article", &lower) && !words.has("indefinite", &lower) {
                content.push(stem(&lower));
            }
        }
        heads.extend(content.len().checked_sub(1));
        let head = heads
            .iter()
            .copied()
            .find(|&head| !words.has("process-noun", &content[head]))
            .or(heads.first().copied())
            .unwrap_or(0);
        Self {
            words: content,
            head,
        }
    }

    fn head(&self) -> &str {
        self.words.get(self.head).map_or("", String::as_str)
    }

    /// All words but the head and processes done to it.
    fn others(&self, words: &Words) -> BTreeSet<&str> {
        self.words
            .iter()
            .enumerate()
            .filter(|&(place, word)| place != self.head && !words.has("process-noun", word))
            .map(|(_, word)| word.as_str())
            .collect()
    }

    fn counted(&self, words: &Words) -> Vec<&str> {
        self.words
            .iter()
            .map(String::as_str)
            .filter(|word| words.has(COUNTED, word))
            .collect()
    }
}

/// A noun without its plural ending.
pub(super) fn stem(word: &str) -> String {
    match word.strip_suffix("ies") {
        Some(stem) if stem.len() > 2 => format!("{stem}y"),
        _ if word.ends_with("ss") || word.len() < 4 => word.to_owned(),
        _ => word.strip_suffix('s').unwrap_or(word).to_owned(),
    }
}

/// Whether two labels name one thing: the same noun with the same or fewer words, with half of the words of the shorter, or the
/// letters that the other's words begin with.
pub(super) fn same(a: &str, b: &str, words: &Words) -> bool {
    if abbreviates(a, b) || abbreviates(b, a) || part_of(a, b) || part_of(b, a) {
        return true;
    }
    let (a, b) = (Label::read(a, words), Label::read(b, words));
    if a.words.is_empty() || b.words.is_empty() || a.counted(words) != b.counted(words) {
        return false;
    }
    let (of_a, of_b) = (a.others(words), b.others(words));
    let common = of_a.intersection(&of_b).count();
    if a.head() == b.head() {
        return common == of_a.len().min(of_b.len())
            || common > 0 && 2 * common >= of_a.len().min(of_b.len());
    }
    // `the Georgian section of the Batumi railway` and `the Batumi railway`
    let within = |small: &Label, large: &Label| {
        small.words.len() > 1 && small.words.iter().all(|word| large.words.contains(word))
    };
    within(&a, &b) || within(&b, &a)
}

/// Whether `part` is told of as a part of `whole`: `the second phase of the Batumi railway`.
fn part_of(part: &str, whole: &str) -> bool {
    let rest = part.strip_suffix(whole).unwrap_or_default();
    rest.ends_with(" of the ") || rest.ends_with(" of ")
}

/// Whether `short` is made of the first letters of `long`.
fn abbreviates(short: &str, long: &str) -> bool {
    let letters: String = short
        .split_whitespace()
        .find(|word| word.chars().count() > 2 && word.chars().all(char::is_uppercase))
        .unwrap_or_default()
        .to_owned();
    let initials: String = long
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| word.chars().next().filter(|c| c.is_uppercase()))
        .collect();
    !letters.is_empty() && initials.starts_with(&letters)
}

/// The noun of words that only point to something: an article or the like and a noun (`the bridge`, `this second project`).
pub(super) fn pointed(text: &str, words: &Words) -> Option<String> {
    let all: Vec<&str> = text.split_whitespace().collect();
    let (noun, before) = all.split_last()?;
    let (first, between) = before.split_first()?;
    let points = words.has("pointing-word", first)
        && between
            .iter()
            .all(|word| words.has("untelling-modifier", word));
    points.then(|| stem(&noun.to_lowercase()))
}

/// Whether `the` with `noun` may mean what `label` names: by the same noun, or because the noun may stand for any undertaking.
pub(super) fn points_to(noun: &str, label: &str, words: &Words) -> bool {
    words.has("undertaking-noun", noun) || Label::read(label, words).head() == noun
}

#[cfg(test)]
mod tests {
    use super::{pointed, points_to, same};
    use crate::knowledge;

    fn alike(a: &str, b: &str) -> bool {
        same(a, b, &knowledge::load(&[]).0.words)
    }

    #[test]
    fn a_thing_has_several_labels() {
        assert!(alike("construction of the Drava bridge", "Drava bridge"));
        assert!(alike("gas pipeline", "gas pipeline from Kirkuk to Ceyhan"));
        assert!(alike("Lobito Atlantic Railway Corridor", "LARC"));
    }

    #[test]
    fn two_things_have_different_labels() {
        assert!(!alike("gas pipeline to Ceyhan", "oil pipeline to Basra"));
        assert!(!alike(
            "bridge over the Drava",
            "second bridge over the Drava"
        ));
        assert!(!alike("port of Basra", "railway to Basra"));
    }

    #[test]
    fn an_article_and_a_noun_only_point() {
        let words = knowledge::load(&[]).0.words;
        assert_eq!(pointed("the bridge", &words).as_deref(), Some("bridge"));
        assert_eq!(pointed("bridge", &words), None);
        assert!(points_to("bridge", "Drava bridge", &words));
        assert!(points_to("project", "Drava bridge", &words));
        assert!(!points_to("road", "Drava bridge", &words));
    }
}
