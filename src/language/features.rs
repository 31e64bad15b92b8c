//! What the network sees of a word: its number in the vocabulary, twelve hashed pieces of it, and its cluster.
//!
//! Unknown words share their endings, beginnings and shape with known ones, and many a cluster (see [`crate::text`]).
//! `tools/language-model/features.py` computes the same; change both or neither.

use std::collections::{BTreeSet, HashMap};

use super::model::Entries;
use crate::text::clusters;

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
            clusters: Clusters::new(&clusters::paths().collect::<Vec<_>>()),
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
        pieces[HASHED..].copy_from_slice(&self.clusters.rows(clusters::path(form)));
        let row = self.rows.get(lower.as_str());
        let word = row.copied().unwrap_or(UNKNOWN_WORD);
        Features { word, pieces }
    }
}

/// Rows of clusters in the table of pieces. Those whose paths begin with the same six turns are a family, which has a row too.
struct Clusters {
    /// Rows of the family and the cluster of each path.
    rows: HashMap<u32, [usize; 2]>,
    /// Those of a word without a cluster.
    none: [usize; 2],
}

impl Clusters {
    /// Numbers `paths`, which rise.
    fn new(paths: &[u32]) -> Self {
        let family = |path: u32| path & 63;
        let families: BTreeSet<u32> = paths.iter().map(|path| family(*path)).collect();
        let first_cluster = FIRST_FAMILY + families.len() + 1;
        let rows = paths.iter().zip(first_cluster + 1..).map(|(&path, row)| {
            let earlier = families.range(..family(path)).count();
            (path, [FIRST_FAMILY + 1 + earlier, row])
        });
        Self {
            rows: rows.collect(),
            none: [FIRST_FAMILY, first_cluster],
        }
    }

    fn rows(&self, path: Option<u32>) -> [usize; 2] {
        path.map_or(self.none, |path| self.rows[&path])
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
    fn a_path_has_the_rows_of_its_family_and_its_cluster() {
        // Paths 5 and 69 begin with the same six turns.
        let clusters = Clusters::new(&[5, 7, 69]);
        let [first, second] = [FIRST_FAMILY + 1, FIRST_FAMILY + 2];
        let none = FIRST_FAMILY + 3;
        for (path, rows) in [
            (Some(5), [first, none + 1]),
            (Some(7), [second, none + 2]),
            (Some(69), [first, none + 3]),
            (None, [FIRST_FAMILY, none]),
        ] {
            assert_eq!(clusters.rows(path), rows);
        }
    }
}
