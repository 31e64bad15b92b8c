//! A predicate has one subject, which the scores of single arcs and relations know nothing of (Universal Dependencies,
//! <https://universaldependencies.org/u/dep/nsubj.html>; outer subjects of clauses that are predicates aside).

use super::parser::Arc;

/// What the parser thinks of a sentence of so many positions, the artificial root among them, which is position 0.
pub(super) struct Beliefs<'a, F> {
    pub(super) positions: usize,
    /// Scores of arcs: for each dependent a row of heads.
    pub(super) arcs: &'a [f32],
    /// From dependent and head to the score of each relation that may hold between them.
    pub(super) relations: F,
}

/// Another arc for a word, and what it costs in scores.
struct Change {
    word: usize,
    arc: Arc,
    cost: f32,
}

impl<F: Fn(usize, usize) -> Vec<(&'static str, f32)>> Beliefs<'_, F> {
    /// Leaves each word of the tree at most one subject: of several, the one that can be something else at the least cost
    /// gets its best other relation, or its best other head.
    pub(super) fn one_subject_each(&self, tree: &mut [Arc]) {
        // Each round leaves one subject fewer to a word that has several, and gives no other word several.
        while let Some(head) = (1..self.positions).find(|&head| subjects(tree, head).count() > 1) {
            let changes = subjects(tree, head).flat_map(|word| self.changes(tree, word));
            let Some(change) = changes.min_by(|one, other| one.cost.total_cmp(&other.cost)) else {
                break;
            };
            tree[change.word] = change.arc;
        }
    }

    /// What else a subject may be: of each head the best that leaves a tree with no more subjects than there may be.
    fn changes(&self, tree: &[Arc], word: usize) -> Vec<Change> {
        let arcs = &self.arcs[word * self.positions..][..self.positions];
        let now = tree[word];
        let heads = (1..self.positions).filter(|&head| !is_below(tree, head, word));
        let change = |head: usize| {
            let relations = (self.relations)(word, head);
            let has_one = subjects(tree, head).next().is_some();
            let best = |is_free: &dyn Fn(&str) -> bool| {
                let free = relations.iter().filter(|(relation, _)| is_free(relation));
                free.copied().max_by(|one, other| one.1.total_cmp(&other.1))
            };
            let (relation, score) = best(&|relation| !(has_one && is_subject(relation)))?;
            let (_, likeliest) = best(&|_| true)?;
            Some(Change {
                word,
                arc: Arc { head, relation },
                cost: arcs[now.head] - arcs[head] + likeliest - score,
            })
        };
        heads.filter_map(change).collect()
    }
}

/// The subjects of a word.
fn subjects(tree: &[Arc], head: usize) -> impl Iterator<Item = usize> {
    (1..tree.len()).filter(move |&word| tree[word].head == head && is_subject(tree[word].relation))
}

fn is_subject(relation: &str) -> bool {
    let mut parts = relation.split(':');
    matches!(parts.next(), Some("nsubj" | "csubj")) && parts.next() != Some("outer")
}

/// Whether `word` is `top` or hangs on it by way of others.
fn is_below(tree: &[Arc], mut word: usize, top: usize) -> bool {
    while word != 0 && word != top {
        word = tree[word].head;
    }
    word == top
}

#[cfg(test)]
mod tests {
    use super::{Arc, Beliefs};

    /// Both words before the verbs 3 and 4 are subjects of the second, which is joined to the first.
    #[test]
    fn the_subject_that_can_best_be_something_else_gives_way() {
        let tree = [
            (0, "root"),
            (4, "nsubj"),
            (4, "nsubj"),
            (0, "root"),
            (3, "conj"),
        ];
        for (cheap_head, other_relation, expected) in [
            // The first has another verb at hand.
            (3, 0.0, [(3, "nsubj"), (4, "nsubj")]),
            // The other relation costs less.
            (3, 8.5, [(4, "obl"), (4, "nsubj")]),
        ] {
            let mut arcs = vec![0.0; 25];
            (arcs[5 + 4], arcs[2 * 5 + 4]) = (9.0, 9.5);
            arcs[5 + cheap_head] = 8.0;
            let beliefs = Beliefs {
                positions: 5,
                arcs: &arcs,
                relations: |word, _| {
                    let other = if word == 1 { other_relation } else { 0.0 };
                    vec![("nsubj", 9.0), ("obl", other)]
                },
            };
            let mut tree = tree.map(|(head, relation)| Arc { head, relation });
            beliefs.one_subject_each(&mut tree);
            assert_eq!(
                [1, 2].map(|word| (tree[word].head, tree[word].relation)),
                expected
            );
        }
    }

    #[test]
    fn a_subject_of_its_own_is_left_alone() {
        for relation in ["nsubj:outer", "expl"] {
            let tree = [(0, "root"), (3, relation), (3, "nsubj"), (0, "root")];
            let mut tree = tree.map(|(head, relation)| Arc { head, relation });
            let beliefs = Beliefs {
                positions: 4,
                arcs: &[0.0; 16],
                relations: |_, _| vec![("obl", 1.0)],
            };
            beliefs.one_subject_each(&mut tree);
            assert_eq!(tree[1].relation, relation);
            assert_eq!(tree[2].relation, "nsubj");
        }
    }
}
