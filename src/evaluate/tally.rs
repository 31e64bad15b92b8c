//! Counts of one kind of record.

use std::collections::BTreeMap;

use super::Figures;

/// What was right, what was false, what was missed, and how many slots of matched pairs agree.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub(super) right: usize,
    pub(super) wrong: usize,
    pub(super) missed: usize,
    /// By slot: how many agree, and how many were compared.
    slots: BTreeMap<&'static str, (usize, usize)>,
}

impl Tally {
    /// Counts one slot of one matched pair.
    pub(super) fn slot(&mut self, name: &'static str, agrees: bool) {
        let (right, all) = self.slots.entry(name).or_default();
        *right += usize::from(agrees);
        *all += 1;
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
                .map(|(name, &(right, all))| (*name, share(right, all)))
                .collect(),
        }
    }
}
