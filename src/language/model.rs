//! The model file: its layout and how it is read.
//!
//! After the line `chancery english 1` come entries until the end of the file. An entry is a name (one byte of length,
//! then ASCII), a kind (one byte), two little-endian 32-bit numbers, and a payload:
//!
//! - kind `t`, text: bytes, 0; that many bytes of UTF-8.
//! - kind `f`, numbers: rows, columns; rows × columns little-endian 32-bit floats.
//! - kind `q`, quantised: rows, columns; a 32-bit float scale for each row, then rows × columns signed bytes. The value
//!   is byte × scale of the row.
//!
//! `tools/language-model/export.py` writes it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::encoder::Encoder;
use super::features::Vocabulary;
use super::lemma::Lemmatiser;
use super::parser::Parser;
use super::tags::Tagger;

/// The English model, read at first use.
pub(super) static ENGLISH: LazyLock<Model> =
    LazyLock::new(|| Model::read(include_bytes!("model/english.bin")));

const MAGIC: &[u8] = b"chancery english 1\n";

/// The parts of the model, ready to compute with.
pub(super) struct Model {
    pub(super) vocabulary: Vocabulary,
    pub(super) encoder: Encoder,
    pub(super) tagger: Tagger,
    pub(super) parser: Parser,
    pub(super) lemmatiser: Lemmatiser,
}

impl Model {
    /// Reads the embedded file, which the tests have shown to be whole.
    fn read(file: &'static [u8]) -> Self {
        let entries = Entries::read(file);
        Self {
            vocabulary: Vocabulary::read(&entries),
            encoder: Encoder::read(&entries),
            tagger: Tagger::read(&entries),
            parser: Parser::read(&entries),
            lemmatiser: Lemmatiser::read(&entries),
        }
    }
}

/// The entries of a model file by name.
pub(super) struct Entries(BTreeMap<&'static str, Entry>);

enum Entry {
    Text(&'static str),
    Numbers(Vec<f32>),
    Quantised(Table),
}

/// Rows of quantised numbers.
#[derive(Clone)]
pub(super) struct Table {
    columns: usize,
    scales: Vec<f32>,
    bytes: &'static [u8],
}

impl Table {
    /// The values of a row.
    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = f32> + '_ {
        let scale = self.scales[row];
        self.bytes[row * self.columns..][..self.columns]
            .iter()
            .map(move |&byte| f32::from(byte.cast_signed()) * scale)
    }

    /// The values of all rows.
    pub(super) fn values(&self) -> Vec<f32> {
        (0..self.scales.len())
            .flat_map(|row| self.row(row))
            .collect()
    }
}

impl Entries {
    fn read(file: &'static [u8]) -> Self {
        let mut rest = file
            .strip_prefix(MAGIC)
            .expect("a model file opens with its magic line");
        let mut entries = BTreeMap::new();
        while !rest.is_empty() {
            let name_length = take(&mut rest, 1)[0];
            let name = text_of(take(&mut rest, usize::from(name_length)));
            let kind = take(&mut rest, 1)[0];
            let [first, second] = [number(&mut rest), number(&mut rest)];
            let entry = match kind {
                b't' => Entry::Text(text_of(take(&mut rest, first))),
                b'f' => Entry::Numbers(floats(take(&mut rest, 4 * first * second))),
                b'q' => Entry::Quantised(Table {
                    columns: second,
                    scales: floats(take(&mut rest, 4 * first)),
                    bytes: take(&mut rest, first * second),
                }),
                _ => panic!("the model file has an entry of no known kind"),
            };
            entries.insert(name, entry);
        }
        Self(entries)
    }

    /// The lines of a text.
    pub(super) fn lines(&self, name: &str) -> impl Iterator<Item = &'static str> + use<> {
        let Some(Entry::Text(text)) = self.0.get(name) else {
            panic!("the model file has no text {name}");
        };
        text.split('\n')
    }

    /// Numbers kept in full.
    pub(super) fn numbers(&self, name: &str) -> &[f32] {
        let Some(Entry::Numbers(numbers)) = self.0.get(name) else {
            panic!("the model file has no numbers {name}");
        };
        numbers
    }

    /// Quantised numbers.
    pub(super) fn table(&self, name: &str) -> &Table {
        let Some(Entry::Quantised(table)) = self.0.get(name) else {
            panic!("the model file has no table {name}");
        };
        table
    }
}

fn take(rest: &mut &'static [u8], length: usize) -> &'static [u8] {
    let (taken, left) = rest.split_at(length);
    *rest = left;
    taken
}

fn number(rest: &mut &'static [u8]) -> usize {
    let (bytes, left) = rest
        .split_first_chunk()
        .expect("a model file ends after an entry");
    *rest = left;
    u32::from_le_bytes(*bytes) as usize
}

fn text_of(bytes: &'static [u8]) -> &'static str {
    std::str::from_utf8(bytes).expect("texts of a model file are UTF-8")
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    let (numbers, _) = bytes.as_chunks();
    numbers
        .iter()
        .map(|&bytes| f32::from_le_bytes(bytes))
        .collect()
}
