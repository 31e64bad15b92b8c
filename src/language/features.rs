//! What the network sees of a word: its number in the vocabulary, twelve hashed pieces of it, and its cluster.
//!
//! Unknown words share their endings, beginnings and shape with known ones, and many a cluster: words that stand in like places of
//! much text that nobody annotated. `tools/language-model/features.py` computes the same; change both or neither.

use std::collections::{BTreeSet, HashMap};

use super::model::Entries;

/// Row of the word table for all words outside the vocabulary.
const UNKNOWN_WORD: usize = 1;
/// Row of the first word of the vocabulary; row 0 is the artificial root.
const FIRST_WORD: usize = 2;
/// Rows of the table of pieces, after row 0 for the artificial root.
const PIECE_ROWS: u32 = 8192;
/// Row of the first family of clusters, which stands for no family, in the same table.
const FIRST_FAMILY: usize = 8193;
/// Hashed pieces of a word.
const HASHED: usize = 12;
/// Those, the family of its cluster, and the cluster.
const PIECES: usize = HASHED + 2;

/// Rows of a word in the model's tables.
#[derive(Clone, Copy, Default)]
pub(super) struct Features {
    /// Row in the table of words.
    pub(super) word: usize,
    /// Rows in the table of pieces.
    pub(super) pieces: [usize; PIECES],
}

/// The words the model knows.
pub(super) struct Vocabulary {
    rows: HashMap<&'static str, usize>,
    clusters: Clusters,
}

impl Vocabulary {
    pub(super) fn read(entries: &Entries) -> Self {
        Self {
            rows: entries.lines("vocabulary").zip(FIRST_WORD..).collect(),
            clusters: Clusters::read(entries.lines("clusters")),
        }
    }

    /// Rows of `form`. The default of [`Features`] is the artificial root.
    pub(super) fn features(&self, form: &str) -> Features {
        let lower = lower(form);
        let starts: Vec<usize> = lower.char_indices().map(|(start, _)| start).collect();
        let suffix = |length: usize| {
            &lower[starts
                .len()
                .checked_sub(length)
                .map_or(0, |index| starts[index])..]
        };
        let prefix = |length: usize| &lower[..starts.get(length).copied().unwrap_or(lower.len())];
        let hashed = [
            hash("s1", suffix(1)),
            hash("s2", suffix(2)),
            hash("s3", suffix(3)),
            hash("s4", suffix(4)),
            hash("s5", suffix(5)),
            hash("p1", prefix(1)),
            hash("p2", prefix(2)),
            hash("p3", prefix(3)),
            hash("p4", prefix(4)),
            hash("sh", &shape(form)),
            hash("f", form),
            hash("lo", &lower),
        ];
        let mut pieces = [0; PIECES];
        pieces[..HASHED].copy_from_slice(&hashed);
        pieces[HASHED..].copy_from_slice(&self.clusters.rows(form));
        let row = self.rows.get(lower.as_str());
        let word = row.copied().unwrap_or(UNKNOWN_WORD);
        Features { word, pieces }
    }
}

/// Brown clusters of words (Brown et al. 1992), each a path of bits from the root of a tree. Those that share the first six bits are a
/// family.
struct Clusters {
    /// Rows of the family and the cluster of each word that has one.
    rows: HashMap<&'static str, [usize; 2]>,
    /// Those of all other words.
    none: [usize; 2],
}

impl Clusters {
    /// Takes lines of a path, as a number whose lowest bit is the first, and the words of its cluster, in the order of the paths.
    fn read(lines: impl Iterator<Item = &'static str>) -> Self {
        let clusters: Vec<(usize, &str)> = lines
            .map(|line| {
                let (path, words) = line.split_once(' ').expect("a cluster has words");
                (path.parse().expect("a path is a number"), words)
            })
            .collect();
        let family = |path: usize| path & 63;
        let families: BTreeSet<usize> = clusters.iter().map(|(path, _)| family(*path)).collect();
        let first_cluster = FIRST_FAMILY + families.len() + 1;
        let words = (clusters.iter()).map(|(_, words)| words.split(' ').count());
        let mut rows = HashMap::with_capacity(words.sum());
        for (&(path, words), row) in clusters.iter().zip(first_cluster + 1..) {
            let earlier = families.range(..family(path)).count();
            let both = [FIRST_FAMILY + 1 + earlier, row];
            rows.extend(words.split(' ').map(|word| (word, both)));
        }
        Self {
            rows,
            none: [FIRST_FAMILY, first_cluster],
        }
    }

    fn rows(&self, form: &str) -> [usize; 2] {
        let found = self.rows.get(form);
        let found = found.or_else(|| self.rows.get(form.to_lowercase().as_str()));
        found.copied().unwrap_or(self.none)
    }
}

/// Lower case, with every ASCII digit as `0`.
fn lower(form: &str) -> String {
    form.to_lowercase()
        .chars()
        .map(|letter| if letter.is_ascii_digit() { '0' } else { letter })
        .collect()
}

/// `Xxxd` for `Geneva2`: classes of characters, runs cut to three.
fn shape(form: &str) -> String {
    let mut shape = String::new();
    let mut last = None;
    let mut run = 0;
    for letter in form.chars() {
        let class = if letter.is_uppercase() {
            'X'
        } else if letter.is_alphabetic() {
            'x'
        } else if letter.is_ascii_digit() {
            'd'
        } else {
            letter
        };
        run = if last == Some(class) { run + 1 } else { 1 };
        last = Some(class);
        if run <= 3 {
            shape.push(class);
        }
    }
    shape
}

/// FNV-1a (32 bit) of the piece behind its kind, its high half folded in, as a row of the table of pieces.
fn hash(kind: &str, piece: &str) -> usize {
    let value = kind
        .bytes()
        .chain(piece.bytes())
        .fold(2_166_136_261_u32, |value, byte| {
            (value ^ u32::from(byte)).wrapping_mul(16_777_619)
        });
    ((value ^ (value >> 15)) % PIECE_ROWS + 1) as usize
}

#[cfg(test)]
mod tests {
    use super::{Clusters, FIRST_FAMILY, hash, lower, shape};

    #[test]
    fn pieces_are_those_of_the_training_program() {
        assert_eq!(lower("Résolution-1540"), "résolution-0000");
        assert_eq!(shape("McDonald-2025"), "XxXxxx-ddd");
        assert_eq!([hash("s3", "ion"), hash("f", "Žižka")], [4644, 7408]);
    }

    #[test]
    fn a_word_has_the_rows_of_its_cluster_and_family() {
        // Paths 5 and 69 begin with the same six bits.
        let lines = ["5 minister envoy", "7 Paris", "69 visit"];
        let clusters = Clusters::read(lines.into_iter());
        let [first, second] = [FIRST_FAMILY + 1, FIRST_FAMILY + 2];
        let none = FIRST_FAMILY + 3;
        for (form, rows) in [
            ("envoy", [first, none + 1]),
            ("ENVOY", [first, none + 1]),
            ("Paris", [second, none + 2]),
            ("visit", [first, none + 3]),
            ("paris", [FIRST_FAMILY, none]),
        ] {
            assert_eq!(clusters.rows(form), rows, "{form}");
        }
    }
}
