//! Dictionary forms: exceptions by word and tag, else the rule of the longest ending known for the tag.
//!
//! Both are learnt by `tools/language-model/lemmas.py`, whose `lemma_of` is the mirror of [`Lemmatiser::lemma`].

use std::collections::HashMap;

use super::model::Entries;

/// The longest ending that has a rule, in characters.
const LONGEST_ENDING: usize = 6;

/// Knows the dictionary form of words.
pub(super) struct Lemmatiser {
    /// Lemma by tag and form in lower case.
    exceptions: HashMap<(&'static str, &'static str), &'static str>,
    /// Rule by tag, casing and ending.
    rules: HashMap<(&'static str, Casing, &'static str), Rule>,
}

/// How a word is written; `Chinese` keeps its capital, `Today` does not.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Casing {
    Lower,
    Capitalised,
    /// More than one capital, and small letters (`NGOs`).
    Mixed,
    Upper,
}

/// How to get from a form to its lemma.
struct Rule {
    /// Characters to take off the end.
    strip: usize,
    add: &'static str,
    keep_capitals: bool,
}

impl Lemmatiser {
    pub(super) fn read(entries: &Entries) -> Self {
        let exceptions = entries.lines("lemma.exceptions").map(|line| {
            let [xpos, word, lemma] = columns(line);
            ((xpos, word), lemma)
        });
        let rules = entries.lines("lemma.rules").map(|line| {
            let [xpos, casing, ending, strip, add, case] = columns(line);
            let casing = match casing {
                "l" => Casing::Lower,
                "c" => Casing::Capitalised,
                "m" => Casing::Mixed,
                _ => Casing::Upper,
            };
            let strip = strip.parse().expect("a rule says how many characters go");
            (
                (xpos, casing, ending),
                Rule {
                    strip,
                    add,
                    keep_capitals: case == "k",
                },
            )
        });
        Self {
            exceptions: exceptions.collect(),
            rules: rules.collect(),
        }
    }

    /// The lemma of `form` with Penn tag `xpos`.
    pub(super) fn lemma(&self, form: &str, xpos: &'static str) -> String {
        let word = form.to_lowercase();
        if let Some(lemma) = self.exceptions.get(&(xpos, word.as_str())) {
            return (*lemma).to_owned();
        }
        if xpos == "CD" && word.contains(|letter: char| letter.is_ascii_digit()) {
            // The treebanks write numerals without separators.
            return word.replace(',', "");
        }
        let casing = casing(form);
        let last_starts = word
            .char_indices()
            .rev()
            .take(LONGEST_ENDING)
            .map(|(start, _)| start);
        let mut endings: Vec<&str> = last_starts.map(|start| &word[start..]).collect();
        endings.reverse();
        endings.push("");
        let rule = endings
            .into_iter()
            .find_map(|ending| self.rules.get(&(xpos, casing, ending)));
        match rule {
            Some(rule) => rule.apply(if rule.keep_capitals { form } else { &word }),
            None => word,
        }
    }
}

impl Rule {
    fn apply(&self, word: &str) -> String {
        let stem = word
            .char_indices()
            .rev()
            .take(self.strip)
            .last()
            .map_or(word, |(start, _)| &word[..start]);
        format!("{stem}{}", self.add)
    }
}

fn casing(form: &str) -> Casing {
    let capitals = form.chars().filter(|letter| letter.is_uppercase()).count();
    if capitals > 1 {
        return if form == form.to_uppercase() {
            Casing::Upper
        } else {
            Casing::Mixed
        };
    }
    if form.starts_with(char::is_uppercase) {
        Casing::Capitalised
    } else {
        Casing::Lower
    }
}

fn columns<const COUNT: usize>(line: &'static str) -> [&'static str; COUNT] {
    let columns: Vec<_> = line.split('\t').collect();
    columns
        .try_into()
        .expect("a line of the lemma tables has all its columns")
}

#[cfg(test)]
mod tests {
    use crate::language::model::ENGLISH;

    #[test]
    fn irregular_and_regular_words_have_their_dictionary_forms() {
        for (form, xpos, lemma) in [
            ("went", "VBD", "go"),
            ("held", "VBN", "hold"),
            ("withdrew", "VBD", "withdraw"),
            ("overthrown", "VBN", "overthrow"),
            ("fled", "VBD", "flee"),
            ("was", "VBD", "be"),
            ("better", "JJR", "good"),
            ("crises", "NNS", "crisis"),
            ("spokesmen", "NNS", "spokesman"),
            ("countries", "NNS", "country"),
            ("viruses", "NNS", "virus"),
            ("bases", "NNS", "base"),
            ("enclaves", "NNS", "enclave"),
            ("denied", "VBD", "deny"),
            ("cancelled", "VBN", "cancel"),
            ("interfered", "VBD", "interfere"),
            ("visiting", "VBG", "visit"),
            ("plotting", "VBG", "plot"),
            ("kidnapping", "VBG", "kidnap"),
            ("cancelling", "VBG", "cancel"),
            ("massacred", "VBN", "massacre"),
            ("deplored", "VBD", "deplore"),
            ("contravened", "VBN", "contravene"),
            ("severed", "VBN", "sever"),
            ("n't", "RB", "not"),
            ("Talks", "NNS", "talk"),
            ("Chinese", "JJ", "Chinese"),
            ("Sept.", "NNP", "September"),
            ("Wales", "NNP", "Wales"),
            ("UNITED", "NNP", "UNITED"),
            ("12,000", "CD", "12000"),
        ] {
            assert_eq!(ENGLISH.lemmatiser.lemma(form, xpos), lemma, "{form} {xpos}");
        }
    }
}
