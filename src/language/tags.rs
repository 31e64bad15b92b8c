//! Parts of speech: a linear classifier over the first layer's states.

use super::arithmetic::{Arithmetic, Weights};
use super::encoder::STATE;
use super::model::Entries;
use super::tree::Upos;

/// Gives each position its tags.
pub(super) struct Tagger {
    /// The pairs of tags that occur together in the treebanks.
    pairs: Vec<Pair>,
    upos: Layer,
    xpos: Layer,
}

/// A universal and a Penn tag, each with its number in the scores.
struct Pair {
    upos: (usize, Upos),
    xpos: (usize, &'static str),
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
        let upos: Vec<_> = entries.lines("upos").collect();
        let xpos: Vec<_> = entries.lines("xpos").collect();
        let number = |tags: &[&str], tag: &str| {
            let number = tags.iter().position(|other| *other == tag);
            number.expect("the tags of a pair are tags of the model")
        };
        let pairs = entries.lines("tags").map(|line| {
            let (universal, penn) = line.split_once('\t').expect("a pair is divided by a tab");
            Pair {
                upos: (
                    number(&upos, universal),
                    Upos::parse(universal).expect("the model has only universal tags"),
                ),
                xpos: (number(&xpos, penn), penn),
            }
        });
        Self {
            pairs: pairs.collect(),
            upos: layer("upos"),
            xpos: layer("xpos"),
        }
    }

    /// The tags of each position: the pair with the highest product of probabilities.
    pub(super) fn tag(&self, arithmetic: Arithmetic, states: &[f32]) -> Vec<(Upos, &'static str)> {
        let upos = self.upos.scores(arithmetic, states);
        let xpos = self.xpos.scores(arithmetic, states);
        upos.chunks_exact(self.upos.bias.len())
            .zip(xpos.chunks_exact(self.xpos.bias.len()))
            .map(|(upos, xpos)| self.best_pair(upos, xpos))
            .collect()
    }

    /// The scores are logarithms of probabilities but for a constant, so their sum stands for the product.
    fn best_pair(&self, upos: &[f32], xpos: &[f32]) -> (Upos, &'static str) {
        let score = |pair: &Pair| upos[pair.upos.0] + xpos[pair.xpos.0];
        let best = self.pairs.iter().fold(&self.pairs[0], |best, pair| {
            if score(pair) > score(best) {
                pair
            } else {
                best
            }
        });
        (best.upos.1, best.xpos.1)
    }
}

impl Layer {
    /// The scores of all classes, for each row of states.
    fn scores(&self, arithmetic: Arithmetic, states: &[f32]) -> Vec<f32> {
        let mut scores = self.bias.repeat(states.len() / STATE);
        arithmetic.add_product(states, &self.weights, &mut scores);
        scores
    }
}
