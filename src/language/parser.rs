//! Heads and relations: the deep biaffine parser of Dozat and Manning (2017), <https://arxiv.org/abs/1611.01734>.
//!
//! Each state of the second layer is projected four times: as head and as dependent of an arc, as head and as dependent
//! of a relation. A bilinear form scores each pair of words as an arc, with a term for the distance; the best tree is
//! taken ([`best_tree`]), and for each of its arcs another bilinear form scores the relations.

use super::arithmetic::{Arithmetic, Weights};
use super::encoder::{Batch, STATE};
use super::model::Entries;
use super::spanning_tree::best_tree;

/// Sizes of the projections.
const ARC: usize = 128;
const LABEL: usize = 64;
/// Where each projection starts in a row: arc head, arc dependent, label head, label dependent.
const ARC_HEAD: usize = 0;
const ARC_DEPENDENT: usize = ARC;
const LABEL_HEAD: usize = 2 * ARC;
const LABEL_DEPENDENT: usize = 2 * ARC + LABEL;
const PROJECTIONS: usize = 2 * (ARC + LABEL);

/// Classes of distance in each direction.
const DISTANCES: usize = 12;
/// Dependents whose relations are scored together: enough to use the weights well, few enough for the cache.
const LABELLED_TOGETHER: usize = 24;
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
    /// From a label dependent (and 1) to a matrix with a row for each element of a head (and 1), a column for each
    /// relation.
    labels: Weights,
}

/// Head (a position in the sentence; 0 is the artificial root) and relation of a word.
#[derive(Clone, Copy)]
pub(super) struct Arc {
    pub(super) head: usize,
    pub(super) relation: &'static str,
}

impl Parser {
    pub(super) fn read(entries: &Entries) -> Self {
        let relations: Vec<_> = entries.lines("relations").collect();
        let count = relations.len();
        let arcs = entries.table("arcs").values();
        let labels = entries.table("labels").values();
        // The file has both forms with the dependent before the head, and the relation before both.
        let arc_weights: Vec<f32> = (0..ARC)
            .flat_map(|head| (0..=ARC).map(move |dependent| (dependent, head)))
            .map(|(d, h)| arcs[d * ARC + h])
            .collect();
        let mut label_weights = Vec::with_capacity(labels.len());
        for head in 0..=LABEL {
            for relation in 0..count {
                label_weights.extend((0..=LABEL).map(|dependent| {
                    labels[(relation * (LABEL + 1) + dependent) * (LABEL + 1) + head]
                }));
            }
        }
        Self {
            relations,
            projections: Weights::new(STATE, &entries.table("projections.weight").values()),
            projections_bias: entries.numbers("projections.bias").to_vec(),
            arcs: Weights::new(ARC + 1, &arc_weights),
            distance: entries.numbers("distance").to_vec(),
            labels: Weights::new(LABEL + 1, &label_weights),
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
        let dependents = with_one(projected, ARC_DEPENDENT, ARC);
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
        let dependents = with_one(projected, LABEL_DEPENDENT, LABEL);
        let mut head_positions = batch.sentences().flat_map(|(start, length)| {
            heads[start..start + length]
                .iter()
                .map(move |head| start + head)
        });
        let count = self.relations.len();
        let mut relations = Vec::with_capacity(heads.len());
        for rows in dependents.chunks(LABELLED_TOGETHER * (LABEL + 1)) {
            let mut matrices = vec![0.0; rows.len() * count];
            arithmetic.add_product(rows, &self.labels, &mut matrices);
            for (matrix, head) in matrices
                .chunks_exact((LABEL + 1) * count)
                .zip(&mut head_positions)
            {
                let (linear, bilinear) = (&matrix[LABEL * count..], &matrix[..LABEL * count]);
                let mut scores = linear.to_vec();
                arithmetic.add_weighted_rows(
                    &projected[head * PROJECTIONS + LABEL_HEAD..][..LABEL],
                    bilinear,
                    &mut scores,
                );
                relations.push(self.best_relation(&scores));
            }
        }
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

/// A projection of each position, with a constant 1 behind it, so that the bilinear forms have linear terms too.
fn with_one(projected: &[f32], start: usize, size: usize) -> Vec<f32> {
    let rows = projected.chunks_exact(PROJECTIONS);
    rows.flat_map(|row| row[start..start + size].iter().copied().chain([1.0]))
        .collect()
}

/// Which element of `distance` an arc gets: ⌊2 log₂ d⌋ = ⌊log₂ d²⌋ for the distance d.
fn distance_class(dependent: usize, head: usize) -> usize {
    let distance = dependent.abs_diff(head).max(1);
    let class = (distance * distance).ilog2() as usize;
    class.min(DISTANCES - 1) + if head > dependent { DISTANCES } else { 0 }
}
