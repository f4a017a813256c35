//! What is kept beside the histogram: sums of numbers, and marks.
//!
//! A histogram counts rows by their classes. A sum of money and the time to a job are more than a class can say: for
//! these, each combination of classes that occurs has the exact sums of its rows' numbers, and the marks of its rows,
//! counted. A mark is a short list of whole numbers, such as how many days a spell lasted and how it ended. Who is in
//! a population is still decided by the classes, afterwards; so one sum of a column serves every indicator and group.

use std::collections::BTreeMap;

use crate::stats::Moments;

/// The classes of a combination, as the histogram has them.
pub(crate) type Classes = Box<[u32]>;

/// A few whole numbers that say of a row what its classes do not.
pub(crate) type Mark = Box<[i64]>;

/// Sums and marks of one register, by combination of classes.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Beside {
    /// For each summed column of the plan.
    pub(crate) sums: Vec<BTreeMap<Classes, Moments>>,
    /// For each kind of mark of the plan, how many units have it.
    pub(crate) marks: Vec<BTreeMap<(Classes, Mark), u64>>,
}

impl Beside {
    pub(crate) fn new(sums: usize, marks: usize) -> Self {
        Self { sums: vec![BTreeMap::new(); sums], marks: vec![BTreeMap::new(); marks] }
    }

    /// Adds what another register of the same plan has. `None` where that is more than can be held, or the other is of
    /// another plan.
    pub(crate) fn merge(&mut self, other: &Self) -> Option<()> {
        if (self.sums.len(), self.marks.len()) != (other.sums.len(), other.marks.len()) {
            return None;
        }
        for (whole, part) in self.sums.iter_mut().zip(&other.sums) {
            for (classes, moments) in part {
                whole.entry(classes.clone()).or_default().merge(moments)?;
            }
        }
        for (whole, part) in self.marks.iter_mut().zip(&other.marks) {
            for (key, units) in part {
                let count = whole.entry(key.clone()).or_default();
                *count = count.checked_add(*units)?;
            }
        }
        Some(())
    }

    /// How many sums and marks there are.
    pub(crate) fn len(&self) -> usize {
        let sums: usize = self.sums.iter().map(BTreeMap::len).sum();
        sums + self.marks.iter().map(BTreeMap::len).sum::<usize>()
    }
}
