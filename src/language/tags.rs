//! Parts of speech: a linear classifier over the first layer's states.

use super::arithmetic::{Arithmetic, Weights};
use super::encoder::STATE;
use super::model::Entries;
use super::tree::Upos;

/// Gives each position its tags.
pub(super) struct Tagger {
    upos: Vec<Upos>,
    xpos: Vec<&'static str>,
    upos_layer: Layer,
    xpos_layer: Layer,
}

struct Layer {
    weights: Weights,
    bias: Vec<f32>,
}

impl Tagger {
    pub(super) fn read(entries: &Entries) -> Self {
        let layer = |name: &str| Layer {
            weights: Weights::new(STATE, &entries.table(&format!("{name}.weight")).values()),
            bias: entries.numbers(&format!("{name}.bias")).to_vec(),
        };
        Self {
            upos: entries
                .lines("upos")
                .map(|tag| Upos::parse(tag).expect("the model has only universal tags"))
                .collect(),
            xpos: entries.lines("xpos").collect(),
            upos_layer: layer("upos"),
            xpos_layer: layer("xpos"),
        }
    }

    /// The most probable tags of each position.
    pub(super) fn tag(&self, arithmetic: Arithmetic, states: &[f32]) -> Vec<(Upos, &'static str)> {
        let upos = self.upos_layer.best(arithmetic, states);
        let xpos = self.xpos_layer.best(arithmetic, states);
        upos.into_iter()
            .zip(xpos)
            .map(|(upos, xpos)| (self.upos[upos], self.xpos[xpos]))
            .collect()
    }
}

impl Layer {
    /// The class with the highest score in each row.
    fn best(&self, arithmetic: Arithmetic, states: &[f32]) -> Vec<usize> {
        let mut scores = self.bias.repeat(states.len() / STATE);
        arithmetic.add_product(states, &self.weights, &mut scores);
        scores.chunks_exact(self.bias.len()).map(best_of).collect()
    }
}

/// The first of the highest scores.
pub(super) fn best_of(scores: &[f32]) -> usize {
    (1..scores.len()).fold(0, |best, class| {
        if scores[class] > scores[best] {
            class
        } else {
            best
        }
    })
}
