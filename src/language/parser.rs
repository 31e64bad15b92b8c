//! Heads and relations: the deep biaffine parser of Dozat and Manning (2017), <https://arxiv.org/abs/1611.01734>.
//!
//! Each state of the second layer is projected four times: as head and as dependent of an arc, as head and as dependent
//! of a relation. A bilinear form scores each pair of words as an arc, with a term for the distance; the best tree is
//! taken ([`best_tree`]). The relations of each of its arcs are scored from the two projections and their product element
//! by element, which is a bilinear form with a diagonal matrix; full matrices cost ten times more and are no better.

use super::arithmetic::{Arithmetic, Weights};
use super::encoder::{Batch, STATE};
use super::model::Entries;
use super::spanning_tree::best_tree;

/// Sizes of the projections.
const ARC: usize = 128;
const LABEL: usize = 128;
/// Where each projection starts in a row: arc head, arc dependent, label head, label dependent.
const ARC_HEAD: usize = 0;
const ARC_DEPENDENT: usize = ARC;
const LABEL_HEAD: usize = 2 * ARC;
const LABEL_DEPENDENT: usize = 2 * ARC + LABEL;
const PROJECTIONS: usize = 2 * (ARC + LABEL);

/// Classes of distance in each direction.
const DISTANCES: usize = 12;
/// The relation of the word whose head is the artificial root, and of no other.
const ROOT: &str = "root";

/// Finds the tree of each sentence.
pub(super) struct Parser {
    relations: Vec<&'static str>,
    projections: Weights,
    projections_bias: Vec<f32>,
    /// From an arc dependent (and 1) to the vector that a head is multiplied with.
    arcs: Weights,
    /// What a distance adds to the score: heads to the left by class of distance, then heads to the right.
    distance: Vec<f32>,
    /// From the product of both label projections, the dependent's and the head's, to the relations.
    labels: Weights,
    labels_bias: Vec<f32>,
}

/// Head (a position in the sentence; 0 is the artificial root) and relation of a word.
#[derive(Clone, Copy)]
pub(super) struct Arc {
    pub(super) head: usize,
    pub(super) relation: &'static str,
}

impl Parser {
    pub(super) fn read(entries: &Entries) -> Self {
        let arcs = entries.table("arcs").values();
        // The file has the dependent before the head.
        let arc_weights: Vec<f32> = (0..ARC)
            .flat_map(|head| (0..=ARC).map(move |dependent| (dependent, head)))
            .map(|(d, h)| arcs[d * ARC + h])
            .collect();
        Self {
            relations: entries.lines("relations").collect(),
            projections: Weights::new(STATE, &entries.table("projections.weight").values()),
            projections_bias: entries.numbers("projections.bias").to_vec(),
            arcs: Weights::new(ARC + 1, &arc_weights),
            distance: entries.numbers("distance").to_vec(),
            labels: Weights::new(3 * LABEL, &entries.table("labels.weight").values()),
            labels_bias: entries.numbers("labels.bias").to_vec(),
        }
    }

    /// The tree of each sentence of the batch, from the states of the second layer: an arc for each position. Those of
    /// the artificial roots mean nothing.
    pub(super) fn parse(&self, arithmetic: Arithmetic, batch: &Batch, states: &[f32]) -> Vec<Arc> {
        let mut projected = self.projections_bias.repeat(batch.positions());
        arithmetic.add_product(states, &self.projections, &mut projected);
        for value in &mut projected {
            // Leaky rectifier.
            *value = value.max(*value * 0.1);
        }
        let heads = self.heads(arithmetic, batch, &projected);
        let relations = self.relations(arithmetic, batch, &projected, &heads);
        heads
            .into_iter()
            .zip(relations)
            .map(|(head, relation)| Arc { head, relation })
            .collect()
    }

    /// The head of each position of the batch, as a position in its sentence.
    fn heads(&self, arithmetic: Arithmetic, batch: &Batch, projected: &[f32]) -> Vec<usize> {
        let dependents = with_one(projected);
        let mut wanted = vec![0.0; batch.positions() * ARC];
        arithmetic.add_product(&dependents, &self.arcs, &mut wanted);
        let mut heads = Vec::with_capacity(batch.positions());
        for (start, length) in batch.sentences() {
            let rows =
                projected[start * PROJECTIONS..][..length * PROJECTIONS].chunks_exact(PROJECTIONS);
            let offered: Vec<f32> = rows
                .flat_map(|row| &row[ARC_HEAD..][..ARC])
                .copied()
                .collect();
            let mut scores: Vec<f32> = (0..length)
                .flat_map(|dependent| (0..length).map(move |head| (dependent, head)))
                .map(|(dependent, head)| self.distance[distance_class(dependent, head)])
                .collect();
            let wanted = &wanted[start * ARC..][..length * ARC];
            arithmetic.add_product(wanted, &Weights::new(ARC, &offered), &mut scores);
            heads.extend(best_tree(length, |dependent, head| {
                scores[dependent * length + head]
            }));
        }
        heads
    }

    /// The relation of each position of the batch to its head.
    fn relations(
        &self,
        arithmetic: Arithmetic,
        batch: &Batch,
        projected: &[f32],
        heads: &[usize],
    ) -> Vec<&'static str> {
        let mut pairs = Vec::with_capacity(heads.len() * 3 * LABEL);
        for (start, length) in batch.sentences() {
            for (position, &head) in heads.iter().enumerate().skip(start).take(length) {
                let label = |position: usize, offset: usize| {
                    &projected[position * PROJECTIONS + offset..][..LABEL]
                };
                let dependent = label(position, LABEL_DEPENDENT);
                let head = label(start + head, LABEL_HEAD);
                pairs.extend(dependent.iter().zip(head).map(|(left, right)| left * right));
                pairs.extend_from_slice(dependent);
                pairs.extend_from_slice(head);
            }
        }
        let mut scores = self.labels_bias.repeat(heads.len());
        arithmetic.add_product(&pairs, &self.labels, &mut scores);
        let rows = scores.chunks_exact(self.relations.len());
        let mut relations: Vec<_> = rows.map(|scores| self.best_relation(scores)).collect();
        for (relation, &head) in relations.iter_mut().zip(heads) {
            if head == 0 {
                *relation = ROOT;
            }
        }
        relations
    }

    /// The relation with the highest score, `root` left out.
    fn best_relation(&self, scores: &[f32]) -> &'static str {
        let candidates = self
            .relations
            .iter()
            .zip(scores)
            .filter(|(relation, _)| **relation != ROOT);
        candidates
            .fold((ROOT, f32::NEG_INFINITY), |best, (relation, &score)| {
                if score > best.1 {
                    (*relation, score)
                } else {
                    best
                }
            })
            .0
    }
}

/// The projection of each position as dependent of an arc, with a constant 1 behind it, so that the bilinear form has
/// linear terms too.
fn with_one(projected: &[f32]) -> Vec<f32> {
    let rows = projected.chunks_exact(PROJECTIONS);
    rows.flat_map(|row| row[ARC_DEPENDENT..][..ARC].iter().copied().chain([1.0]))
        .collect()
}

/// Which element of `distance` an arc gets: ⌊2 log₂ d⌋ = ⌊log₂ d²⌋ for the distance d.
fn distance_class(dependent: usize, head: usize) -> usize {
    let distance = dependent.abs_diff(head).max(1);
    let class = (distance * distance).ilog2() as usize;
    class.min(DISTANCES - 1) + if head > dependent { DISTANCES } else { 0 }
}
