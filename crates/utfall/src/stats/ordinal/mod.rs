//! Ordinal scales: the same units on a scale before and after, and two groups on one scale.

mod sign;
mod superiority;
mod symmetry;
mod wilcoxon;

pub use sign::{SignTest, sign_test};
pub use superiority::{Superiority, superiority};
pub use symmetry::{BowkerPairs, McNemarMethod, bowker, mcnemar, stuart_maxwell};
pub use wilcoxon::{WilcoxonTest, WilcoxonZeros, wilcoxon};

use super::error::{Result, StatisticsError, check_total};

/// Counts of units by their level before (rows) and after (columns), levels in ascending order.
struct StepTable {
    levels: usize,
    /// Row after row.
    cells: Vec<u64>,
}

impl StepTable {
    fn new<R: AsRef<[u64]>>(table: &[R]) -> Result<Self> {
        let levels = table.len();
        if let Some(row) = table.iter().find(|row| row.as_ref().len() != levels) {
            return Err(StatisticsError::NotSquare { rows: levels, columns: row.as_ref().len() });
        }
        let cells: Vec<u64> = table.iter().flat_map(AsRef::as_ref).copied().collect();
        check_total(cells.iter().copied())?;
        Ok(Self { levels, cells })
    }

    /// How many units went from one level to another.
    fn at(&self, before: usize, after: usize) -> u64 {
        self.cells[before * self.levels + after]
    }

    /// Whether anybody was or is on a level.
    fn is_used(&self, level: usize) -> bool {
        (0..self.levels).any(|other| self.at(level, other) > 0 || self.at(other, level) > 0)
    }

    /// Every two levels, the lower first.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let levels = self.levels;
        (0..levels).flat_map(move |low| (low + 1..levels).map(move |high| (low, high)))
    }

    /// How many units stayed where they were.
    fn same(&self) -> u64 {
        (0..self.levels).map(|level| self.at(level, level)).sum()
    }
}
