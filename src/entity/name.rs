//! When may two names be names of one person?

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How well two names agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Agreement {
    /// They differ.
    None,
    /// The shorter is the first word of the longer, by which many peoples call a person (`Abiy`, `Thaksin`).
    First,
    /// Their words are like each other but spelt differently (`Sergei`, `Sergey`).
    Similar,
    /// All words of the shorter are words of the longer.
    Part,
    /// They have the same words.
    Same,
}

/// The words of a name, without case, accents, hyphens and particles' case.
pub(super) fn words(name: &str) -> Vec<String> {
    name.replace(['-', '\u{2010}', '\u{2011}', '.', ','], " ")
        .split_whitespace()
        .map(fold)
        .filter(|word| !word.is_empty())
        .collect()
}

fn fold(word: &str) -> String {
    word.nfd()
        .filter(|&letter| !is_combining_mark(letter))
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'ı' => 'i',
            'ø' => 'o',
            'ł' => 'l',
            'đ' => 'd',
            other => other,
        })
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

/// A name that is compared with others.
pub(super) struct Name {
    pub(super) words: Vec<String>,
    /// The letters of each word, as romanised.
    letters: Vec<Vec<char>>,
}

impl Name {
    pub(super) fn read(name: &str) -> Self {
        let words = words(name);
        let letters = words.iter().map(|word| romanised(word)).collect();
        Self { words, letters }
    }

    /// The first two and the last two letters of each word: of words that differ by no more than a quarter, both hardly differ.
    pub(super) fn keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        for letters in &self.letters {
            let end = letters.len().saturating_sub(2);
            keys.push(letters.iter().take(2).chain(&['-']).collect());
            keys.push(['-'].iter().chain(&letters[end..]).collect());
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// How well two names agree. `family_first` says whether a word is a family name that stands before the given name.
pub(super) fn agreement(
    one: &Name,
    other: &Name,
    family_first: impl Fn(&str) -> bool,
) -> Agreement {
    let (short_name, long_name) = if one.words.len() <= other.words.len() {
        (one, other)
    } else {
        (other, one)
    };
    let (short, long) = (&short_name.words, &long_name.words);
    let (Some(short_last), Some(long_last)) = (short.last(), long.last()) else {
        return Agreement::None;
    };
    if short == long {
        return Agreement::Same;
    }
    let similar = |a: usize, b: usize| is_similar(&short_name.letters[a], &long_name.letters[b]);
    let family =
        |words: &[String]| words.first().is_some_and(|word| family_first(word)) && words.len() > 1;
    if short.len() == 1 {
        let fits = short_last == long_last
            || (family(long) && long.first() == Some(short_last))
            || (long.len() > 2 && long[1..].contains(short_last));
        return if fits {
            Agreement::Part
        } else if similar(0, long.len() - 1) {
            Agreement::Similar
        } else if long.first() == Some(short_last) {
            Agreement::First
        } else {
            Agreement::None
        };
    }
    let is_subsequence = |fits: &dyn Fn(usize, usize) -> bool| {
        let mut rest = 0..long.len();
        (0..short.len()).all(|word| rest.any(|other| fits(word, other)))
    };
    let same_order = is_subsequence(&|a, b| short[a] == long[b] || is_initial(&short[a], &long[b]));
    if same_order && (short_last == long_last || short[0] == long[0]) {
        return Agreement::Part;
    }
    if is_subsequence(&|a, b| short[a] == long[b] || similar(a, b)) {
        return Agreement::Similar;
    }
    Agreement::None
}

/// Whether two names that both begin with a family name may be two romanisations of one (`Li Su Han`, `Ri Su Yong`): the same given name
/// (`Lee Soo Yong`, `Ri Su Yong`), or a part of it with a family name that ends alike.
pub(super) fn may_romanise_one(
    one: &[String],
    other: &[String],
    family_first: impl Fn(&str) -> bool,
) -> bool {
    one.len() == other.len()
        && one.len() == 3
        && family_first(&one[0])
        && family_first(&other[0])
        && {
            let same = one[1..]
                .iter()
                .zip(&other[1..])
                .filter(|(a, b)| romanised(a) == romanised(b))
                .count();
            same == 2 || same == 1 && one[0].chars().last() == other[0].chars().last()
        }
}

fn is_initial(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    short.chars().count() == 1 && long.starts_with(short)
}

/// Whether two words differ by no more than a quarter of their letters.
fn is_similar(one: &[char], other: &[char]) -> bool {
    let longest = one.len().max(other.len());
    let may = longest >= 5 && one.len().abs_diff(other.len()) * 4 <= longest;
    may && longest <= LONGEST_WORD && distance(one, other) * 4 <= longest || one == other
}

/// Most letters of a word that is compared letter by letter: no name has more.
const LONGEST_WORD: usize = 100;

/// Letters with the usual romanisations of one sound made the same.
fn romanised(word: &str) -> Vec<char> {
    word.replace("zh", "j")
        .replace("kh", "h")
        .replace("dj", "j")
        .replace("ou", "u")
        .replace("oo", "u")
        .replace("ee", "i")
        .replace("iy", "y")
        .replace('y', "i")
        .replace("ii", "i")
        .chars()
        .collect()
}

/// Levenshtein distance.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (number, letter) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = number + 1;
        for (place, against) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != against);
            diagonal = row[place + 1];
            row[place + 1] = changed.min(row[place] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agree(one: &str, other: &str) -> Agreement {
        agreement(&Name::read(one), &Name::read(other), |word| {
            matches!(word, "wang" | "kim" | "ri" | "li")
        })
    }

    #[test]
    fn a_family_name_is_a_part_of_the_name_wherever_it_stands() {
        assert_eq!(agree("Wang Yi", "Wang"), Agreement::Part);
        assert_eq!(agree("Sergei Lavrov", "Lavrov"), Agreement::Part);
        assert_eq!(agree("Sergei Lavrov", "Sergei"), Agreement::First);
        assert_eq!(
            agree("Hossein Amir-Abdollahian", "Abdollahian"),
            Agreement::Part
        );
    }

    #[test]
    fn romanisations_are_similar_and_different_names_are_not() {
        assert_eq!(agree("Sergei Lavrov", "Sergey Lavrov"), Agreement::Similar);
        assert_eq!(
            agree("Iván Duque Márquez", "Ivan Duque Marquez"),
            Agreement::Same
        );
        assert_eq!(agree("Emmanuel Macron", "Narendra Modi"), Agreement::None);
        assert!(may_romanise_one(
            &words("Li Su Han"),
            &words("Ri Su Yong"),
            |word| matches!(word, "li" | "ri")
        ));
    }
}
