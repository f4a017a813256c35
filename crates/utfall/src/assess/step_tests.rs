//! Whether units rather move up than down, as a way of working: tests on the matrices of levels before and after.

use std::collections::HashMap;
use std::sync::Arc;

use super::family::adjusted;
use super::figure::{Figures, Group};
use super::steps::Transition;
use crate::project::{Direction, Item, Measure, UNKNOWN};
use crate::stats::{
    Alternative, BowkerPairs, Estimate, WilcoxonZeros, bowker, sign_test, stuart_maxwell,
    superiority, wilcoxon,
};

/// Tests on the matrix of one item of a `change` indicator in one group: two-sided p values, of those whose levels before
/// and after are known. They ask whether so uneven moves would be rare if up and down were alike in the way of working;
/// a register is a census, and what came out of it is in [`crate::StepFigure`]. Everybody may have moved for reasons
/// outside the project: without others to compare with, no test says why.
#[derive(Debug, Clone, PartialEq)]
pub struct StepTests {
    /// The register that the indicator is computed from.
    pub register: Arc<str>,
    /// The indicator.
    pub indicator: Arc<str>,
    pub(crate) group: Group,
    /// The item, by its columns: `health_start>health_end`.
    pub item: Arc<str>,
    /// Units whose levels before and after are known.
    pub measured: u64,
    /// The exact sign test: how many move up and how many down, by any number of levels.
    pub sign: Option<f64>,
    /// The same adjusted by Holm for all groups and items of the indicator.
    pub sign_adjusted: Option<f64>,
    /// Wilcoxon's signed ranks (zeros as Pratt), which take one level to be as far as any other.
    pub wilcoxon: Option<f64>,
    /// Stuart and Maxwell: whether the levels after are spread as those before; `None` where the matrix does not tell.
    pub stuart_maxwell: Option<f64>,
    /// Bowker: whether every move is as frequent as its reverse.
    pub bowker: Option<f64>,
    /// How likely somebody of the group has moved further up, by levels, than somebody of all others, ties counted half,
    /// with the interval of Brunner and Munzel; only of groups of one column. The ends are NaN where there is no spread.
    pub superiority: Option<Estimate>,
}

impl StepTests {
    /// For each column of [`crate::Figures::columns`] the level of this group; `None` where it is not crossed by it.
    pub fn group(&self) -> &[Option<u32>] {
        &self.group
    }
}

/// The tests of every matrix in which somebody is measured.
pub(super) fn step_tests(transitions: &[Transition], figures: &Figures) -> Vec<StepTests> {
    let is_same_matrix = |one: &Transition, other: &Transition| {
        (&one.indicator, &one.group, &one.item) == (&other.indicator, &other.group, &other.item)
    };
    // The matrix of everybody stands before those of groups.
    let mut everybody: HashMap<&str, Vec<Vec<u64>>> = HashMap::new();
    let mut tests: Vec<StepTests> = Vec::new();
    for of_indicator in transitions.chunk_by(|one, other| one.indicator == other.indicator) {
        everybody.clear();
        for cells in of_indicator.chunk_by(is_same_matrix) {
            let Some((first, table)) = cells.first().zip(matrix(cells)) else { continue };
            let columns = first.group.iter().filter(|level| level.is_some()).count();
            let mut found = of_matrix(first, &table);
            if let (Some(found), 1, Some(whole)) =
                (&mut found, columns, everybody.get(&*first.item))
            {
                found.superiority = superiority_of(first, &table, whole, figures);
            }
            tests.extend(found);
            if columns == 0 {
                everybody.insert(&first.item, table);
            }
        }
    }
    for of_indicator in tests.chunk_by_mut(|one, other| one.indicator == other.indicator) {
        let adjusted = adjusted(of_indicator.iter().map(|tests| tests.sign));
        for (tests, p_value) in of_indicator.iter_mut().zip(adjusted) {
            tests.sign_adjusted = p_value;
        }
    }
    tests
}

/// Levels before by levels after, of those whose both levels are known; `None` where nothing was counted.
fn matrix(cells: &[Transition]) -> Option<Vec<Vec<u64>>> {
    let is_known = |code: &str| code != UNKNOWN;
    let rows = cells.chunk_by(|one, other| one.before == other.before);
    let known = rows.filter(|row| row.first().is_some_and(|cell| is_known(&cell.before)));
    let units = |row: &[Transition]| {
        row.iter().filter(|cell| is_known(&cell.after)).map(|cell| cell.units).collect()
    };
    known.map(units).collect()
}

/// How a group has moved, against all others.
fn superiority_of(
    cell: &Transition,
    group: &[Vec<u64>],
    everybody: &[Vec<u64>],
    figures: &Figures,
) -> Option<Estimate> {
    let measures = figures.indicators.iter().find(|known| known.name == *cell.indicator);
    let Measure::Change(movement) = &measures?.measure else { return None };
    let is_item = |item: &&Item| *cell.item == format!("{}>{}", item.from, item.to);
    let is_reversed = movement.items.iter().find(is_item)?.higher_is == Some(Direction::Worse);
    let moved = |table: &[Vec<u64>]| {
        let mut moved = vec![0_u64; (2 * table.len()).saturating_sub(1)];
        for (before, row) in table.iter().enumerate() {
            for (after, units) in row.iter().enumerate() {
                let (low, high) = if is_reversed { (after, before) } else { (before, after) };
                moved[table.len() - 1 + high - low] += units;
            }
        }
        moved
    };
    let (group, everybody) = (moved(group), moved(everybody));
    let others: Vec<u64> =
        everybody.iter().zip(&group).map(|(all, own)| all.saturating_sub(*own)).collect();
    Some(superiority(&group, &others, figures.level()).ok()??.probability)
}

fn of_matrix(first: &Transition, table: &[Vec<u64>]) -> Option<StepTests> {
    let measured = table.iter().flatten().sum();
    let two_sided = Alternative::TwoSided;
    (measured > 0).then(|| StepTests {
        register: Arc::clone(&first.register),
        indicator: Arc::clone(&first.indicator),
        group: Group::clone(&first.group),
        item: Arc::clone(&first.item),
        measured,
        sign: sign_test(table, two_sided).ok().flatten().map(|test| test.p_value),
        sign_adjusted: None,
        wilcoxon: wilcoxon(table, WilcoxonZeros::Pratt, two_sided)
            .ok()
            .flatten()
            .map(|test| test.p_value),
        stuart_maxwell: stuart_maxwell(table).ok().flatten().map(|test| test.p_value),
        bowker: bowker(table, BowkerPairs::All).ok().flatten().map(|test| test.p_value),
        superiority: None,
    })
}
