//! A predicate has one subject and one object, which the scores of single arcs and relations know nothing of (Universal Dependencies,
//! <https://universaldependencies.org/u/dep/nsubj.html>, outer subjects of clauses that are predicates aside, and
//! <https://universaldependencies.org/u/dep/obj.html>; what else is given or called is `iobj` or `xcomp`).

use std::iter;

use super::parser::Arc;
use super::tree::universal;

type IsSuch = fn(&str) -> bool;

/// What a predicate has one of.
const ARGUMENTS: [IsSuch; 2] = [is_subject, is_object];

/// What the parser thinks of a sentence. Position 0 is the artificial root.
pub(super) struct Beliefs<'a, F> {
    /// Scores of arcs: for each dependent a row of heads.
    pub(super) arcs: &'a [f32],
    /// From dependent and head to the score of each relation that may hold between them.
    pub(super) relations: F,
}

impl<F: Fn(usize, usize) -> Vec<(&'static str, f32)>> Beliefs<'_, F> {
    /// Leaves each word of the tree at most one subject and one object: the one that costs most scores to be something else. The others get
    /// their best other relation, or their best other head.
    pub(super) fn one_of_each(&self, tree: &mut [Arc]) {
        for is_such in ARGUMENTS {
            for head in 1..tree.len() {
                if dependents(tree, head, is_such).nth(1).is_some() {
                    self.leave_one(tree, head, is_such);
                }
            }
        }
    }

    fn leave_one(&self, tree: &mut [Arc], head: usize, is_such: IsSuch) {
        let cost = |word| self.change(tree, word).map(|(_, cost)| (word, cost));
        let mut several: Vec<(usize, f32)> =
            dependents(tree, head, is_such).filter_map(cost).collect();
        several.sort_by(|one, other| one.1.total_cmp(&other.1));
        // The surest stays.
        several.pop();
        for (word, _) in several {
            if let Some((arc, _)) = self.change(tree, word) {
                tree[word] = arc;
            }
        }
    }

    /// What a subject or object may be instead so that a tree is left and no word gets a second of either, and what that costs.
    fn change(&self, tree: &[Arc], word: usize) -> Option<(Arc, f32)> {
        let arcs = &self.arcs[word * tree.len()..][..tree.len()];
        let now = tree[word].head;
        let mut best: Option<(Arc, f32)> = None;
        // The head of now comes first, since most others cost more for themselves than its next relation does.
        for head in iter::once(now).chain((1..tree.len()).filter(|&head| head != now)) {
            let loss = arcs[now] - arcs[head];
            if best.is_some_and(|(_, cost)| cost <= loss) || is_below(tree, head, word) {
                continue;
            }
            let relations = (self.relations)(word, head);
            let taken = ARGUMENTS.map(|is_such| dependents(tree, head, is_such).next().is_some());
            let is_free = |relation| {
                !(ARGUMENTS.iter().zip(taken)).any(|(is_such, taken)| taken && is_such(relation))
            };
            let highest = |one: &(_, f32), other: &(_, f32)| one.1.total_cmp(&other.1);
            let free = (relations.iter().copied()).filter(|(relation, _)| is_free(relation));
            let likeliest = relations.iter().copied().max_by(highest);
            if let Some(((relation, score), (_, most))) = free.max_by(highest).zip(likeliest) {
                let cost = loss + most - score;
                if best.is_none_or(|(_, least)| cost < least) {
                    best = Some((Arc { head, relation }, cost));
                }
            }
        }
        best
    }
}

/// The dependents of a word by such relations.
fn dependents(tree: &[Arc], head: usize, is_such: IsSuch) -> impl Iterator<Item = usize> {
    (1..tree.len()).filter(move |&word| tree[word].head == head && is_such(tree[word].relation))
}

fn is_subject(relation: &str) -> bool {
    matches!(universal(relation), "nsubj" | "csubj") && !relation.ends_with(":outer")
}

fn is_object(relation: &str) -> bool {
    universal(relation) == "obj"
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
                arcs: &arcs,
                relations: |word, _| {
                    let other = if word == 1 { other_relation } else { 0.0 };
                    vec![("nsubj", 9.0), ("obl", other)]
                },
            };
            let mut tree = tree.map(|(head, relation)| Arc { head, relation });
            beliefs.one_of_each(&mut tree);
            assert_eq!(
                [1, 2].map(|word| (tree[word].head, tree[word].relation)),
                expected
            );
        }
    }

    /// Of `called it lies` the second can best be something else, of `gave them food` the first.
    #[test]
    fn of_two_objects_one_is_given_to_or_called() {
        let mut arcs = [0.0; 16];
        (arcs[2 * 4 + 1], arcs[3 * 4 + 1]) = (9.0, 9.0);
        for (as_iobj, as_xcomp, expected) in
            [(5.0, 7.0, ["obj", "xcomp"]), (7.0, 5.0, ["iobj", "obj"])]
        {
            let beliefs = Beliefs {
                arcs: &arcs,
                relations: |word, _| {
                    let other = [("iobj", as_iobj), ("xcomp", as_xcomp)];
                    vec![("obj", 9.0), other[word - 2]]
                },
            };
            let tree = [(0, "root"), (0, "root"), (1, "obj"), (1, "obj")];
            let mut tree = tree.map(|(head, relation)| Arc { head, relation });
            beliefs.one_of_each(&mut tree);
            assert_eq!([2, 3].map(|word| tree[word].relation), expected);
        }
    }

    #[test]
    fn a_subject_of_its_own_is_left_alone() {
        for relation in ["nsubj:outer", "expl"] {
            let tree = [(0, "root"), (3, relation), (3, "nsubj"), (0, "root")];
            let mut tree = tree.map(|(head, relation)| Arc { head, relation });
            let beliefs = Beliefs {
                arcs: &[0.0; 16],
                relations: |_, _| vec![("obl", 1.0)],
            };
            beliefs.one_of_each(&mut tree);
            assert_eq!(tree[1].relation, relation);
            assert_eq!(tree[2].relation, "nsubj");
        }
    }
}
