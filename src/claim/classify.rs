//! Which concept of a scheme do words point to?

use crate::knowledge::Vocabulary;
use crate::language::Analysis;
use crate::text::Document;

/// The notations of the concepts of `scheme` whose triggers occur among `tokens`, those with the most trigger words first (a
/// longer expression counts more than a short one), then in the order of their first trigger. A trigger is a lemma or the form itself
/// (`working` in `a working visit`).
pub(super) fn concepts(
    vocabulary: &Vocabulary,
    scheme: &str,
    document: &Document,
    analysis: &Analysis,
    tokens: &[usize],
) -> Vec<String> {
    let words: Vec<[String; 2]> = tokens
        .iter()
        .map(|&token| {
            [
                analysis.words[token].lemma.to_lowercase(),
                document.tokens[token].form.to_lowercase(),
            ]
        })
        .filter(|[lemma, _]| lemma != "-")
        .collect();
    let mut found: Vec<(usize, usize, &str)> = vocabulary
        .concepts
        .values()
        .filter(|concept| concept.scheme == scheme)
        .filter_map(|concept| {
            let mut weight = 0;
            let mut first = usize::MAX;
            for trigger in &concept.triggers {
                let expected: Vec<&str> = trigger.split([' ', '-']).collect();
                for (position, window) in words.windows(expected.len()).enumerate() {
                    if window
                        .iter()
                        .zip(&expected)
                        .all(|(word, expected)| word.iter().any(|word| word == expected))
                    {
                        weight += 2 * expected.len() - 1;
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
