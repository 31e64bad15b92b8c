//! From words to vectors that know their sentence: two layers of bidirectional long short-term memory
//! (Hochreiter and Schmidhuber 1997), over a maxout of the word's features.
//!
//! Sentences are computed in batches, because a product of matrices is many times faster than as many products of a
//! matrix and a vector. The part of the first layer that depends only on the word is computed once for each
//! [`Lexicon`] entry.

use super::arithmetic::{Arithmetic, Weights};
use super::features::Features;
use super::model::{Entries, Table};

/// Units of a layer in one direction.
pub(super) const HIDDEN: usize = 128;
/// Values of a position after a layer: forward and backward state.
pub(super) const STATE: usize = 2 * HIDDEN;
/// The four gates of the memory cells of one direction.
const GATES: usize = 4 * HIDDEN;

/// The network up to the states of both layers.
pub(super) struct Encoder {
    words: Table,
    pieces: Table,
    mix: Weights,
    mix_bias: Vec<f32>,
    first: Layer,
    second: Layer,
}

/// Words of a text as the first layer sees them: for each the input sums of its gates in both directions.
pub(super) struct Lexicon(Vec<f32>);

/// Sentences of a batch, longest first, one after the other in every array of positions.
pub(super) struct Batch {
    /// The first position of each sentence.
    starts: Vec<usize>,
    /// Positions of each sentence, its artificial root included; never increasing.
    lengths: Vec<usize>,
}

impl Batch {
    /// Takes the lengths of sentences, longest first.
    pub(super) fn new(lengths: Vec<usize>) -> Self {
        let starts = lengths
            .iter()
            .scan(0, |next, length| {
                let start = *next;
                *next += length;
                Some(start)
            })
            .collect();
        Self { starts, lengths }
    }

    /// First position and number of positions of each sentence.
    pub(super) fn sentences(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.starts
            .iter()
            .copied()
            .zip(self.lengths.iter().copied())
    }

    /// Positions of all sentences.
    pub(super) fn positions(&self) -> usize {
        self.lengths.iter().sum()
    }
}

impl Encoder {
    pub(super) fn read(entries: &Entries) -> Self {
        let mix_bias = entries.numbers("mix.bias").to_vec();
        let mix = entries.table("mix.weight").values();
        Self {
            words: entries.table("words").clone(),
            pieces: entries.table("pieces").clone(),
            mix: Weights::new(mix.len() / mix_bias.len(), &mix),
            mix_bias,
            first: Layer::read(entries, "first"),
            second: Layer::read(entries, "second"),
        }
    }

    /// Computes what the first layer needs to know of each word.
    pub(super) fn lexicon(&self, arithmetic: Arithmetic, words: &[Features]) -> Lexicon {
        let mut features = Vec::new();
        for word in words {
            features.extend(self.words.row(word.word));
            for &piece in &word.pieces {
                features.extend(self.pieces.row(piece));
            }
        }
        let mut mixed = self.mix_bias.repeat(words.len());
        arithmetic.add_product(&features, &self.mix, &mut mixed);
        // Maxout (Goodfellow et al. 2013): the greater of two linear functions.
        let half = self.mix_bias.len() / 2;
        let vectors: Vec<f32> = mixed
            .chunks_exact(2 * half)
            .flat_map(|row| {
                row[..half]
                    .iter()
                    .zip(&row[half..])
                    .map(|(left, right)| left.max(*right))
            })
            .collect();
        Lexicon(self.first.inputs(arithmetic, &vectors))
    }

    /// The states of the first layer. `words` gives the lexicon entry of each position of the batch.
    pub(super) fn first(
        &self,
        arithmetic: Arithmetic,
        batch: &Batch,
        lexicon: &Lexicon,
        words: &[usize],
    ) -> Vec<f32> {
        let entry = |position: usize| words[position];
        self.first.states(arithmetic, batch, &lexicon.0, entry)
    }

    /// The states of the second layer from those of the first.
    pub(super) fn second(&self, arithmetic: Arithmetic, batch: &Batch, states: &[f32]) -> Vec<f32> {
        let inputs = self.second.inputs(arithmetic, states);
        self.second
            .states(arithmetic, batch, &inputs, |position| position)
    }
}

/// A bidirectional layer.
struct Layer {
    /// From the layer below to the gates of the forward, then of the backward direction.
    input: Weights,
    bias: Vec<f32>,
    /// From the previous state of a direction to its gates.
    recurrent: [Weights; 2],
}

impl Layer {
    fn read(entries: &Entries, name: &str) -> Self {
        let directions = ["forward", "backward"];
        let input: Vec<f32> = directions
            .iter()
            .flat_map(|direction| entries.table(&format!("{name}.{direction}.input")).values())
            .collect();
        Self {
            input: Weights::new(input.len() / (2 * GATES), &input),
            bias: directions
                .iter()
                .flat_map(|direction| {
                    entries
                        .numbers(&format!("{name}.{direction}.bias"))
                        .to_vec()
                })
                .collect(),
            recurrent: directions.map(|direction| {
                Weights::new(
                    HIDDEN,
                    &entries
                        .table(&format!("{name}.{direction}.recurrent"))
                        .values(),
                )
            }),
        }
    }

    /// The input sums of the gates of both directions, for each row of `vectors`.
    fn inputs(&self, arithmetic: Arithmetic, vectors: &[f32]) -> Vec<f32> {
        let rows = vectors.len() / self.input.inputs();
        let mut sums = self.bias.repeat(rows);
        arithmetic.add_product(vectors, &self.input, &mut sums);
        sums
    }

    /// Runs both directions over all sentences at once. `row` says which row of `inputs` belongs to a position.
    fn states(
        &self,
        arithmetic: Arithmetic,
        batch: &Batch,
        inputs: &[f32],
        row: impl Fn(usize) -> usize,
    ) -> Vec<f32> {
        let mut states = vec![0.0; batch.positions() * STATE];
        let sentences = batch.lengths.len();
        let longest = batch.lengths.first().copied().unwrap_or(0);
        for (direction, recurrent) in self.recurrent.iter().enumerate() {
            let mut state = vec![0.0; sentences * HIDDEN];
            let mut cell = vec![0.0; sentences * HIDDEN];
            let mut gates = vec![0.0; sentences * GATES];
            for step in 0..longest {
                // Sentences stand longest first, so those not yet at their end are the first ones.
                let active = batch.lengths.partition_point(|&length| length > step);
                let position = |sentence: usize| {
                    let offset = if direction == 0 {
                        step
                    } else {
                        batch.lengths[sentence] - 1 - step
                    };
                    batch.starts[sentence] + offset
                };
                for (sentence, sums) in gates.chunks_exact_mut(GATES).take(active).enumerate() {
                    let start = (2 * row(position(sentence)) + direction) * GATES;
                    sums.copy_from_slice(&inputs[start..start + GATES]);
                }
                arithmetic.add_product(
                    &state[..active * HIDDEN],
                    recurrent,
                    &mut gates[..active * GATES],
                );
                for sentence in 0..active {
                    let unit = sentence * HIDDEN..(sentence + 1) * HIDDEN;
                    let sums = &gates[sentence * GATES..][..GATES];
                    arithmetic.lstm_cell(sums, &mut cell[unit.clone()], &mut state[unit.clone()]);
                    let start = position(sentence) * STATE + direction * HIDDEN;
                    states[start..start + HIDDEN].copy_from_slice(&state[unit]);
                }
            }
        }
        states
    }
}
