//! Which concept of a scheme do words point to?

use crate::knowledge::Vocabulary;
use crate::language::Analysis;
use crate::text::Document;

/// The notations of the concepts of `scheme` whose triggers occur among `tokens`, the weightiest first, then in the order of their first
/// trigger. A trigger is a lemma or the form itself (`working` in `a working visit`); a longer expression weighs more than a short
/// one, a mere hint less than a trigger, and a word the more the nearer it is to the head of what `tokens` say.
pub(super) fn concepts(
    vocabulary: &Vocabulary,
    scheme: &str,
    document: &Document,
    analysis: &Analysis,
    tokens: &[usize],
) -> Vec<String> {
    let words: Vec<(usize, [String; 2])> = tokens
        .iter()
        .map(|&token| {
            (
                nearness(analysis, tokens, token),
                [
                    analysis.words[token].lemma.to_lowercase(),
                    document.tokens[token].form.to_lowercase(),
                ],
            )
        })
        .filter(|(_, [lemma, _])| lemma != "-")
        .collect();
    let mut found: Vec<(usize, usize, &str)> = vocabulary
        .concepts
        .values()
        .filter(|concept| concept.scheme == scheme)
        .filter_map(|concept| {
            let mut weight = 0;
            let mut first = usize::MAX;
            let strong = concept.triggers.iter().map(|trigger| (TRIGGER, trigger));
            let weak = concept.hints.iter().map(|hint| (HINT, hint));
            for (strength, trigger) in strong.chain(weak) {
                let expected: Vec<&str> = trigger.split([' ', '-']).collect();
                for (position, window) in words.windows(expected.len()).enumerate() {
                    if window
                        .iter()
                        .zip(&expected)
                        .all(|((_, word), expected)| word.iter().any(|word| word == expected))
                    {
                        let nearest = window.iter().map(|(nearness, _)| *nearness).max();
                        weight += strength * (2 * expected.len() - 1) * nearest.unwrap_or(1);
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

/// How much a trigger counts, and a hint.
const TRIGGER: usize = 3;
const HINT: usize = 1;

/// How near `token` is to the head of what `tokens` say: 4 for the head, 3 and 2 for what hangs on it, 1 for the rest.
fn nearness(analysis: &Analysis, tokens: &[usize], token: usize) -> usize {
    let depth = analysis
        .ancestors(token)
        .take(3)
        .take_while(|ancestor| tokens.contains(ancestor))
        .count();
    4 - depth
}
