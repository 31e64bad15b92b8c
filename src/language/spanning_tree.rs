//! The best tree for given scores of arcs: the algorithm of Chu and Liu (1965) and Edmonds (1967), in the form of
//! `McDonald` et al. (2005), "Non-projective dependency parsing using spanning tree algorithms".

/// Node 0 is the artificial root. `score(dependent, head)` says how good an arc is; the result has the head of each node,
/// with 0 for node 0. Exactly one node has the root as head, and the sum of scores is the highest that trees can have.
pub(super) fn best_tree(nodes: usize, score: impl Fn(usize, usize) -> f32) -> Vec<usize> {
    let mut scores = Scores {
        nodes,
        values: vec![f64::NEG_INFINITY; nodes * nodes],
    };
    let (mut lowest, mut highest) = (0.0, 0.0);
    for dependent in 1..nodes {
        for head in (0..nodes).filter(|&head| head != dependent) {
            let value = f64::from(score(dependent, head));
            scores.values[dependent * nodes + head] = value;
            lowest = value.min(lowest);
            highest = value.max(highest);
        }
    }
    let heads = scores.best_heads();
    let roots = heads.iter().skip(1).filter(|&&head| head == 0).count();
    if roots == 1 && find_cycle(&heads).is_none() {
        return heads;
    }
    // With a penalty above any gain, a second root is never worth it; the one that every tree needs is paid by all alike.
    let penalty = (highest - lowest + 1.0) * nodes as f64;
    for dependent in 1..nodes {
        scores.values[dependent * nodes] -= penalty;
    }
    maximum_spanning_tree(scores)
}

/// Scores of arcs, a row for each dependent.
struct Scores {
    nodes: usize,
    values: Vec<f64>,
}

impl Scores {
    fn get(&self, dependent: usize, head: usize) -> f64 {
        self.values[dependent * self.nodes + head]
    }

    /// The best head of each node, the first of equals.
    fn best_heads(&self) -> Vec<usize> {
        let best = |dependent: usize| {
            (0..self.nodes)
                .filter(|&head| head != dependent)
                .fold(0, |best, head| {
                    if self.get(dependent, head) > self.get(dependent, best) {
                        head
                    } else {
                        best
                    }
                })
        };
        (0..self.nodes)
            .map(|dependent| if dependent == 0 { 0 } else { best(dependent) })
            .collect()
    }
}

/// The nodes of a cycle of arcs, if there is one.
fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    // The walk that came by a node first; node 0 ends every walk.
    let mut walk_of = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut node = start;
        while node != 0 && walk_of[node] == 0 {
            walk_of[node] = start;
            node = heads[node];
        }
        if node != 0 && walk_of[node] == start {
            let next = |&at: &usize| Some(heads[at]).filter(|&head| head != node);
            return Some(std::iter::successors(Some(node), next).collect());
        }
    }
    None
}

/// Takes the best head of each node; while that makes cycles, contracts each to one node and goes on with the smaller
/// graph, then opens the contracted nodes again from the last to the first.
fn maximum_spanning_tree(mut scores: Scores) -> Vec<usize> {
    let mut contractions = Vec::new();
    let mut heads = loop {
        let heads = scores.best_heads();
        let Some(cycle) = find_cycle(&heads) else {
            break heads;
        };
        let (contraction, smaller) = Contraction::new(&scores, &heads, &cycle);
        contractions.push(contraction);
        scores = smaller;
    };
    while let Some(contraction) = contractions.pop() {
        heads = contraction.open(&heads);
    }
    heads
}

/// A graph whose cycle became one node, the last of the smaller graph.
struct Contraction {
    /// The heads in the larger graph when the cycle was found.
    heads: Vec<usize>,
    /// The node of the larger graph for each node of the smaller but the last.
    outside: Vec<usize>,
    /// For each outside node as head: the node of the cycle it would take as its dependent.
    enters_at: Vec<usize>,
    /// For each outside node as dependent: the node of the cycle that would be its head.
    leaves_at: Vec<usize>,
    cycle: Vec<usize>,
}

impl Contraction {
    fn new(scores: &Scores, heads: &[usize], cycle: &[usize]) -> (Self, Scores) {
        let mut in_cycle = vec![false; scores.nodes];
        for &node in cycle {
            in_cycle[node] = true;
        }
        let outside: Vec<usize> = (0..scores.nodes).filter(|&node| !in_cycle[node]).collect();
        let nodes = outside.len() + 1;
        let contracted = nodes - 1;
        let mut smaller = Scores {
            nodes,
            values: vec![f64::NEG_INFINITY; nodes * nodes],
        };
        for (dependent, &larger_dependent) in outside.iter().enumerate() {
            for (head, &larger_head) in outside.iter().enumerate() {
                smaller.values[dependent * nodes + head] =
                    scores.get(larger_dependent, larger_head);
            }
        }
        // An arc into the cycle at a node replaces the arc that the node has in the cycle.
        let entering =
            |node: usize, head: usize| scores.get(node, head) - scores.get(node, heads[node]);
        let mut enters_at = Vec::with_capacity(contracted);
        let mut leaves_at = Vec::with_capacity(contracted);
        for (node, &larger) in outside.iter().enumerate() {
            let enter = best_of(cycle, |inside| entering(inside, larger));
            smaller.values[contracted * nodes + node] = entering(enter, larger);
            enters_at.push(enter);
            let leave = best_of(cycle, |inside| scores.get(larger, inside));
            smaller.values[node * nodes + contracted] = scores.get(larger, leave);
            leaves_at.push(leave);
        }
        let contraction = Self {
            heads: heads.to_vec(),
            outside,
            enters_at,
            leaves_at,
            cycle: cycle.to_vec(),
        };
        (contraction, smaller)
    }

    /// The tree over the larger graph from that over the smaller.
    fn open(self, smaller: &[usize]) -> Vec<usize> {
        let contracted = self.outside.len();
        let mut heads = vec![0; self.heads.len()];
        for &node in &self.cycle {
            heads[node] = self.heads[node];
        }
        for (node, &larger) in self.outside.iter().enumerate() {
            let head = smaller[node];
            heads[larger] = if head == contracted {
                self.leaves_at[node]
            } else {
                self.outside[head]
            };
        }
        heads[0] = 0;
        let head = smaller[contracted];
        heads[self.enters_at[head]] = self.outside[head];
        heads
    }
}

/// The first of the nodes with the highest score.
fn best_of(nodes: &[usize], score: impl Fn(usize) -> f64) -> usize {
    nodes.iter().copied().fold(nodes[0], |best, node| {
        if score(node) > score(best) {
            node
        } else {
            best
        }
    })
}

#[cfg(test)]
mod tests {
    use super::best_tree;

    /// The highest sum over all trees with one root, by trying every assignment of heads.
    fn highest_sum(nodes: usize, score: &impl Fn(usize, usize) -> f32) -> f64 {
        let mut best = f64::NEG_INFINITY;
        for mut number in 0..nodes.pow(nodes as u32 - 1) {
            let mut heads = vec![0; nodes];
            for head in heads.iter_mut().skip(1) {
                *head = number % nodes;
                number /= nodes;
            }
            if is_tree(&heads) {
                best = best.max(sum(&heads, score));
            }
        }
        best
    }

    fn is_tree(heads: &[usize]) -> bool {
        let reaches_root = |start: usize| {
            std::iter::successors(Some(start), |&node| Some(heads[node]))
                .take(heads.len() + 1)
                .any(|node| node == 0)
        };
        heads.iter().skip(1).filter(|&&head| head == 0).count() == 1
            && (1..heads.len()).all(reaches_root)
    }

    fn sum(heads: &[usize], score: &impl Fn(usize, usize) -> f32) -> f64 {
        (1..heads.len())
            .map(|node| f64::from(score(node, heads[node])))
            .sum()
    }

    #[test]
    fn the_tree_has_one_root_and_the_highest_sum() {
        let mut state = 7_u32;
        for round in 0..400 {
            let nodes = 2 + round % 5;
            let values: Vec<f32> = (0..nodes * nodes)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 24) as f32 / 16.0
                })
                .collect();
            let score = |dependent: usize, head: usize| values[dependent * nodes + head];
            let heads = best_tree(nodes, score);
            assert!(is_tree(&heads), "{heads:?}");
            assert!(
                (sum(&heads, &score) - highest_sum(nodes, &score)).abs() < 1e-6,
                "{heads:?}"
            );
        }
    }
}
