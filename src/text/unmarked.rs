//! Finds the ends of sentences that no sign marks: of headings, salutations, signatures and list items whose line breaks were
//! lost, and those after which a careless writer began small.
//!
//! A linear classifier over hashed features of the three words on each side and their clusters, learnt from treebanks by
//! `tools/language-model/sentences.py`, which computes the same features; change both or neither. It counts in integers, so
//! that it decides alike on every machine. `src/language/model/SOURCE.md` says what it was trained on and its licence.

use super::{Token, clusters};

/// The threshold, a little-endian 32-bit number, and a signed byte for each row of weights.
static MODEL: &[u8] = include_bytes!("unmarked.bin");

/// What the classifier sees of the words of a paragraph.
pub(super) struct Unmarked {
    words: Vec<Word>,
}

/// A word as numbers, which are all 0 beyond the paragraph.
#[derive(Clone, Copy, Default)]
struct Word {
    /// Of its letters, whatever their case.
    form: u32,
    /// Of its kind.
    kind: u32,
    /// Of its cluster, and of the first four and the first six turns to that; 0 without one.
    cluster: u32,
    branch: u32,
    family: u32,
}

impl Unmarked {
    pub(super) fn new(tokens: &[Token]) -> Self {
        Self {
            words: tokens.iter().map(|token| Word::new(&token.form)).collect(),
        }
    }

    /// Whether the sentence that starts with the token at `start` ends before the one at `end`, with white space between.
    /// `quoted` says that an odd number of double quotes stands in it.
    pub(super) fn ends(&self, start: usize, end: usize, quoted: bool) -> bool {
        let around: [Word; 6] = std::array::from_fn(|number| {
            let at = (end + number).checked_sub(3);
            at.and_then(|at| self.words.get(at))
                .copied()
                .unwrap_or_default()
        });
        let forms = around.map(|word| word.form);
        let kinds = around.map(|word| word.kind);
        let clusters = around.map(|word| word.cluster);
        let branches = around.map(|word| word.branch);
        let families = around.map(|word| word.family);
        let length = length_class(end - start);
        let first = self.words[start].kind;
        let features: [&[u32]; 32] = [
            &forms[..1],
            &forms[1..2],
            &forms[2..3],
            &forms[3..4],
            &forms[4..5],
            &forms[5..],
            &kinds[2..4],
            &kinds[1..5],
            &kinds,
            &[forms[2], kinds[3]],
            &[kinds[2], forms[3]],
            &forms[2..4],
            &[forms[1], forms[2], kinds[3]],
            &[kinds[2], forms[3], forms[4]],
            &[kinds[1], kinds[2], forms[3], kinds[4]],
            &forms[3..],
            &[length, kinds[2], kinds[3]],
            &[length, first, kinds[2], kinds[3]],
            &[u32::from(quoted), kinds[2], kinds[3]],
            &families[2..4],
            &families[1..4],
            &families[2..5],
            &families[..3],
            &families[3..],
            &branches[1..5],
            &[clusters[2], kinds[3]],
            &[kinds[2], clusters[3]],
            &clusters[3..5],
            &clusters[1..3],
            &[clusters[3], families[4]],
            &[families[2], families[3], kinds[2], kinds[3]],
            &[kinds[2], kinds[3], families[3], families[4], families[5]],
        ];
        let (threshold, weights) = MODEL
            .split_first_chunk()
            .expect("the model opens with its threshold");
        let score: i32 = (1..)
            .zip(features)
            .map(|(label, parts)| {
                let row = parts.iter().fold(label, |value, part| mix(value, *part));
                i32::from(weights[row as usize % weights.len()].cast_signed())
            })
            .sum();
        score > i32::from_le_bytes(*threshold)
    }
}

impl Word {
    fn new(form: &str) -> Self {
        let lower = form.to_lowercase();
        let bytes = lower
            .bytes()
            .map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
        let mut encoded = [0; 4];
        let path = clusters::path(form);
        let turns = |bits: u32| path.map_or(0, |path| (path & bits) + 1);
        Self {
            form: number(bytes),
            kind: number(kind(form).encode_utf8(&mut encoded).bytes()),
            cluster: turns(u32::MAX),
            branch: turns(15),
            family: turns(63),
        }
    }
}

/// What sort of word: a capital (`X`), capitals (`C`), capitalised (`N`), small letters (`x`), small letters with other signs
/// (`y`), number (`0`); else its first sign.
fn kind(form: &str) -> char {
    let mut characters = form.chars();
    let first = characters.next().unwrap_or(' ');
    if first.is_uppercase() {
        match characters.next() {
            None => 'X',
            Some(_) if form.chars().all(char::is_uppercase) => 'C',
            Some(_) => 'N',
        }
    } else if first.is_lowercase() {
        if characters.all(char::is_alphabetic) {
            'x'
        } else {
            'y'
        }
    } else if first.is_ascii_digit() {
        '0'
    } else {
        first
    }
}

/// How long the sentence is so far: each of 1 to 4 words, up to 8, up to 16, longer.
fn length_class(words: usize) -> u32 {
    match words {
        0..5 => words as u32,
        5..9 => 5,
        9..17 => 6,
        _ => 7,
    }
}

/// FNV-1a, 32 bit, <https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>.
fn number(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0x811C_9DC5, |value, byte| {
        (value ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

fn mix(value: u32, part: u32) -> u32 {
    let value = (value ^ part).wrapping_mul(0x9E37_79B1);
    value ^ (value >> 15)
}
