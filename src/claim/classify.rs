//! Which concept of a scheme do words point to?

use crate::knowledge::Vocabulary;
use crate::language::Analysis;

/// The notations of the concepts of `scheme` whose triggers occur among `tokens`, those with the most trigger words first (a
/// longer expression counts more than a short one), then in the order of their first trigger.
pub(super) fn concepts(
    vocabulary: &Vocabulary,
    scheme: &str,
    analysis: &Analysis,
    tokens: &[usize],
) -> Vec<String> {
    let lemmas: Vec<String> = tokens
        .iter()
        .map(|&token| analysis.words[token].lemma.to_lowercase())
        .filter(|lemma| lemma != "-")
        .collect();
    let mut found: Vec<(usize, usize, &str)> = vocabulary
        .concepts
        .values()
        .filter(|concept| concept.scheme == scheme)
        .filter_map(|concept| {
            let mut weight = 0;
            let mut first = usize::MAX;
            for trigger in &concept.triggers {
                let words: Vec<&str> = trigger.split([' ', '-']).collect();
                for (position, window) in lemmas.windows(words.len()).enumerate() {
                    if window.iter().zip(&words).all(|(lemma, word)| lemma == word) {
                        weight += 2 * words.len() - 1;
                        first = first.min(position);
                    }
                }
            }
            (weight > 0).then_some((weight, first, concept.notation.as_str()))
        })
        .collect();
    found.sort_by_key(|&(weight, first, notation)| (std::cmp::Reverse(weight), first, notation));
    found
        .into_iter()
        .map(|(.., notation)| notation.to_owned())
        .collect()
}
