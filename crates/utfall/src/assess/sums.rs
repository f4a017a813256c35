//! Sums of whatever is counted beside the accounting, for every group of every table.

use super::figure::{ByColumn, Group};
use super::groups::{ByLevels, listed, lists_empty};
use crate::stats::{Interval, ProportionIntervals};
use crate::tally::{Plan, RegisterTally, Signature};

/// A register whose units are counted for the tables beside `figures`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted<'a> {
    pub(super) plan: &'a Plan,
    /// `None` where the register was not given.
    pub(super) tally: Option<&'a RegisterTally>,
    /// The columns that any register is crossed by.
    pub(super) columns: &'a [ByColumn],
    pub(super) intervals: ProportionIntervals,
}

/// What was counted of a group.
#[derive(Debug)]
pub(super) struct GroupSums {
    pub(super) group: Group,
    /// The units of each part; `None` where the register was not given, or the source lacks a crossed column.
    pub(super) sums: Option<Vec<u64>>,
}

impl Counted<'_> {
    /// The units of each of `size` parts, for every group. `parts` says of a signature in which parts its units are;
    /// it is asked once for each, however many cells have it. Groups are listed as figures are, where each has so many
    /// `rows`.
    pub(super) fn sums(
        &self,
        rows: usize,
        size: usize,
        parts: impl Fn(&Signature<'_>) -> Vec<usize>,
    ) -> Vec<GroupSums> {
        let cells = self.cells(size, parts);
        let crossing = &self.plan.crossing;
        let lists_empty = lists_empty(self.plan, rows as u64);
        let mut groups = Vec::new();
        for table in &crossing.tables {
            let mut counted: ByLevels<Vec<u64>> = ByLevels::default();
            for (cell, sums) in &cells {
                let group: Vec<u32> = table.iter().map(|column| cell[*column]).collect();
                let whole = counted.entry(group).or_insert_with(|| vec![0; size]);
                whole.iter_mut().zip(sums).for_each(|(whole, part)| *whole += part);
            }
            let occurring = counted.keys().cloned().collect();
            for levels in listed(&crossing.columns, table, occurring, lists_empty) {
                let mut crossed = vec![None; crossing.columns.len()];
                table
                    .iter()
                    .zip(&levels)
                    .for_each(|(column, level)| crossed[*column] = Some(*level));
                let (group, is_absent) = self.among_all(&crossed);
                let sums = counted.remove(&levels).unwrap_or_else(|| vec![0; size]);
                groups.push(GroupSums {
                    group,
                    sums: Some(sums).filter(|_| self.tally.is_some() && !is_absent),
                });
            }
        }
        groups
    }

    /// The finest cells that are not empty.
    fn cells(
        &self,
        size: usize,
        parts: impl Fn(&Signature<'_>) -> Vec<usize>,
    ) -> Vec<(Vec<u32>, Vec<u64>)> {
        let mut of_signatures: ByLevels<Vec<usize>> = ByLevels::default();
        let mut cells: Vec<(Vec<u32>, Vec<u64>)> = Vec::new();
        let Some(tally) = self.tally else { return cells };
        tally.visit(self.plan, |cell, classes, units| {
            if !of_signatures.contains_key(classes) {
                let signature = Signature { axes: &self.plan.axes, classes };
                of_signatures.insert(classes.to_vec(), parts(&signature));
            }
            // Cells arrive in order: the last one is this one, or a new one begins.
            if cells.last().is_none_or(|(last, _)| last != cell) {
                cells.push((cell.to_vec(), vec![0; size]));
            }
            if let (Some((_, sums)), Some(parts)) = (cells.last_mut(), of_signatures.get(classes)) {
                parts.iter().for_each(|part| sums[*part] += units);
            }
        });
        cells
    }

    /// A group among all columns, from its level in each crossed column of the register, and whether the source lacks one
    /// of the columns that it is crossed by.
    pub(super) fn among_all(&self, crossed: &[Option<u32>]) -> (Group, bool) {
        let mut group = vec![None; self.columns.len()];
        let mut is_absent = false;
        for (column, level) in self.plan.crossing.columns.iter().zip(crossed) {
            let place = self.columns.iter().position(|known| known.name == column.name);
            if let (Some(place), Some(_)) = (place, level) {
                group[place] = *level;
                is_absent |= column.absent;
            }
        }
        (group.into(), is_absent)
    }

    /// The Wilson interval of a share; `None` where it is a share of nobody.
    pub(super) fn interval(&self, part: u64, whole: u64) -> Option<Interval> {
        let share = self.intervals.of(part, whole).ok()??;
        Some(Interval { low: share.low, high: share.high })
    }
}

/// A share of units, as a fraction; `None` where it is a share of nobody.
#[allow(clippy::cast_precision_loss, reason = "counts of units lie far below 2^53")]
pub(crate) fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
