//! Heads and relations: the deep biaffine parser of Dozat and Manning (2017), <https://arxiv.org/abs/1611.01734>.
//!
//! Each state of the second layer is projected four times: as head and as dependent of an arc, as head and as dependent
//! of a relation. A bilinear form scores each pair of words as an arc, with a term for the distance; the best tree is
//! taken ([`best_tree`]). The relations of each of its arcs are scored from the two projections and their product element
//! by element, which is a bilinear form with a diagonal matrix; full matrices cost ten times more and are no better. The best
//! that grammar allows is taken: some words never stand before their heads, and a predicate has one subject and one
//! object ([`Beliefs`]).

use super::arguments::Beliefs;
use super::arithmetic::{Arithmetic, Weights};
use super::encoder::{Batch, STATE};
use super::model::Entries;
use super::spanning_tree::best_tree;
use super::tree::universal;

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
/// Universal relations of words that never stand before their heads, as the validation of Universal Dependencies has it
/// (<https://universaldependencies.org/contributing/validation.html>, level 3).
const BEHIND_HEAD: [&str; 5] = ["conj", "fixed", "flat", "goeswith", "appos"];

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
        let arcs = self.arcs(arithmetic, batch, &projected);
        let heads: Vec<usize> = (batch.sentences().zip(&arcs))
            .flat_map(|((_, length), scores)| {
                best_tree(length, |dependent, head| scores[dependent * length + head])
            })
            .collect();
        let starts = batch
            .sentences()
            .flat_map(|(start, length)| std::iter::repeat_n(start, length));
        let pairs: Vec<(usize, usize)> = (heads.iter().zip(starts).enumerate())
            .map(|(position, (head, start))| (position, start + head))
            .collect();
        let scores = self.labels(arithmetic, &projected, &pairs);
        let relations = scores.chunks_exact(self.relations.len());
        let mut tree: Vec<Arc> = (heads.into_iter().zip(pairs).zip(relations))
            .map(|((head, (dependent, at)), scores)| Arc {
                head,
                relation: if head == 0 {
                    ROOT
                } else {
                    self.best_relation(scores, dependent < at)
                },
            })
            .collect();
        for ((start, length), scores) in batch.sentences().zip(&arcs) {
            let beliefs = Beliefs {
                arcs: scores,
                relations: |dependent, head| {
                    let scores =
                        self.labels(arithmetic, &projected, &[(start + dependent, start + head)]);
                    self.possible(&scores, dependent < head).collect()
                },
            };
            beliefs.one_of_each(&mut tree[start..start + length]);
        }
        tree
    }

    /// Scores of arcs for each sentence of the batch: for each dependent a row of heads.
    fn arcs(&self, arithmetic: Arithmetic, batch: &Batch, projected: &[f32]) -> Vec<Vec<f32>> {
        let dependents = with_one(projected);
        let mut wanted = vec![0.0; batch.positions() * ARC];
        arithmetic.add_product(&dependents, &self.arcs, &mut wanted);
        let of_sentence = |(start, length): (usize, usize)| {
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
            scores
        };
        batch.sentences().map(of_sentence).collect()
    }

    /// The scores of all relations for each pair of a dependent and a head, positions of the batch.
    fn labels(
        &self,
        arithmetic: Arithmetic,
        projected: &[f32],
        pairs: &[(usize, usize)],
    ) -> Vec<f32> {
        let label =
            |position: usize, offset: usize| &projected[position * PROJECTIONS + offset..][..LABEL];
        let mut inputs = Vec::with_capacity(pairs.len() * 3 * LABEL);
        for &(dependent, head) in pairs {
            let dependent = label(dependent, LABEL_DEPENDENT);
            let head = label(head, LABEL_HEAD);
            inputs.extend(dependent.iter().zip(head).map(|(left, right)| left * right));
            inputs.extend_from_slice(dependent);
            inputs.extend_from_slice(head);
        }
        let mut scores = self.labels_bias.repeat(pairs.len());
        arithmetic.add_product(&inputs, &self.labels, &mut scores);
        scores
    }

    /// The relation with the highest score of those that are possible.
    fn best_relation(&self, scores: &[f32], is_before: bool) -> &'static str {
        let best = |best: (_, f32), next: (_, f32)| if next.1 > best.1 { next } else { best };
        self.possible(scores, is_before)
            .fold((ROOT, f32::NEG_INFINITY), best)
            .0
    }

    /// The relations of a word to another one, before which it stands or not, with their scores.
    fn possible(
        &self,
        scores: &[f32],
        is_before: bool,
    ) -> impl Iterator<Item = (&'static str, f32)> {
        let all = self.relations.iter().copied().zip(scores.iter().copied());
        all.filter(move |(relation, _)| {
            *relation != ROOT && !(is_before && BEHIND_HEAD.contains(&universal(relation)))
        })
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
