//! Found with gold, one to one.

/// Pairs of indices of `found` and `gold`, the best score first; a score of 0 is no match. Of equal scores the later pair comes first.
pub(super) fn pair<F, G>(
    found: &[F],
    gold: &[G],
    score: impl Fn(&F, &G) -> f64,
) -> Vec<(usize, usize)> {
    let mut cells: Vec<(f64, usize, usize)> = found
        .iter()
        .enumerate()
        .flat_map(|(i, f)| gold.iter().enumerate().map(move |(j, g)| (i, f, j, g)))
        .map(|(i, f, j, g)| (score(f, g), i, j))
        .filter(|(score, ..)| *score > 0.0)
        .collect();
    cells.sort_by(|one, other| {
        other
            .0
            .total_cmp(&one.0)
            .then((other.1, other.2).cmp(&(one.1, one.2)))
    });
    let mut taken = (vec![false; found.len()], vec![false; gold.len()]);
    cells
        .into_iter()
        .filter(|&(_, i, j)| {
            let free = !taken.0[i] && !taken.1[j];
            if free {
                (taken.0[i], taken.1[j]) = (true, true);
            }
            free
        })
        .map(|(_, i, j)| (i, j))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_takes_part_in_one_pair_and_the_best_pairs_come_first() {
        let score = |f: &i32, g: &i32| f64::from(10 - (f - g).abs()).max(0.0);
        assert_eq!(pair(&[1, 5], &[4, 30], score), [(1, 0)]);
        assert_eq!(pair(&[1, 5], &[4, 2], score), [(1, 0), (0, 1)]);
    }
}
