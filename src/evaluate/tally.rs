//! Counts of one kind of record.

use std::collections::BTreeMap;

use super::{Differences, Figures};

/// What was right, what was false, what was missed, and how many slots of matched pairs agree.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    right: usize,
    wrong: usize,
    missed: usize,
    /// By slot: how many agree, and how many were compared.
    slots: BTreeMap<String, (usize, usize)>,
}

impl Tally {
    /// Counts one slot of one matched pair.
    pub(super) fn slot(&mut self, name: &str, agrees: bool) {
        let (right, all) = self.slots.entry(name.to_owned()).or_default();
        *right += usize::from(agrees);
        *all += 1;
    }

    /// Counts what was found and gold once they are paired, and tells what only one side has, in the words of `false_one` and `missed`. What
    /// `again` says to be found already is neither right nor wrong.
    pub(super) fn settle<F, G>(
        &mut self,
        (found, gold): (&[F], &[G]),
        pairs: &[(usize, usize)],
        again: impl Fn(&F) -> bool,
        false_one: impl Fn(&F) -> (String, String),
        missed: impl Fn(&G) -> (String, String),
    ) -> Differences {
        let paired = |index: usize| pairs.iter().any(|&(i, _)| i == index);
        let unpaired = (found.iter().enumerate()).filter(|&(index, _)| !paired(index));
        let wrong: Vec<_> = (unpaired.map(|(_, found)| found))
            .filter(|found| !again(found))
            .map(false_one)
            .collect();
        let open = |index: usize| pairs.iter().all(|&(_, j)| j != index);
        let left: Vec<_> = (gold.iter().enumerate())
            .filter(|&(index, _)| open(index))
            .map(|(_, gold)| missed(gold))
            .collect();
        self.right += pairs.len();
        self.wrong += wrong.len();
        self.missed += left.len();
        (left, wrong)
    }

    pub(super) fn figures(&self) -> Figures {
        let share = |part: usize, whole: usize| {
            if whole == 0 {
                0.0
            } else {
                part as f64 / whole as f64
            }
        };
        let precision = share(self.right, self.right + self.wrong);
        let recall = share(self.right, self.right + self.missed);
        let sum = precision + recall;
        Figures {
            precision,
            recall,
            f1: if sum > 0.0 {
                2.0 * precision * recall / sum
            } else {
                0.0
            },
            gold: self.right + self.missed,
            slots: self
                .slots
                .iter()
                .map(|(name, &(right, all))| (name.clone(), share(right, all)))
                .collect(),
        }
    }
}
