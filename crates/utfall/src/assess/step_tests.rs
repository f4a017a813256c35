//! Whether units rather move up than down, as a way of working: tests on the matrices of levels before and after.

use std::sync::Arc;

use super::family::adjusted;
use super::figure::Group;
use super::steps::Transition;
use crate::project::UNKNOWN;
use crate::stats::{
    Alternative, BowkerPairs, WilcoxonZeros, bowker, sign_test, stuart_maxwell, wilcoxon,
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
}

impl StepTests {
    /// For each column of [`crate::Figures::columns`] the level of this group; `None` where it is not crossed by it.
    pub fn group(&self) -> &[Option<u32>] {
        &self.group
    }
}

/// The tests of every matrix in which somebody is measured.
pub(super) fn step_tests(transitions: &[Transition]) -> Vec<StepTests> {
    let is_same_matrix = |one: &Transition, other: &Transition| {
        (&one.indicator, &one.group, &one.item) == (&other.indicator, &other.group, &other.item)
    };
    let mut tests: Vec<StepTests> =
        transitions.chunk_by(is_same_matrix).filter_map(of_matrix).collect();
    for of_indicator in tests.chunk_by_mut(|one, other| one.indicator == other.indicator) {
        let adjusted = adjusted(of_indicator.iter().map(|tests| tests.sign));
        for (tests, p_value) in of_indicator.iter_mut().zip(adjusted) {
            tests.sign_adjusted = p_value;
        }
    }
    tests
}

fn of_matrix(cells: &[Transition]) -> Option<StepTests> {
    let first = cells.first()?;
    let mut table: Vec<Vec<u64>> = Vec::new();
    for row in cells.chunk_by(|one, other| one.before == other.before) {
        let is_known = |code: &str| code != UNKNOWN;
        if !row.first().is_some_and(|cell| is_known(&cell.before)) {
            continue;
        }
        let known = row.iter().filter(|cell| is_known(&cell.after));
        table.push(known.map(|cell| cell.units).collect::<Option<_>>()?);
    }
    let measured = table.iter().flatten().sum();
    let two_sided = Alternative::TwoSided;
    (measured > 0).then(|| StepTests {
        register: Arc::clone(&first.register),
        indicator: Arc::clone(&first.indicator),
        group: Group::clone(&first.group),
        item: Arc::clone(&first.item),
        measured,
        sign: sign_test(&table, two_sided).ok().flatten().map(|test| test.p_value),
        sign_adjusted: None,
        wilcoxon: wilcoxon(&table, WilcoxonZeros::Pratt, two_sided)
            .ok()
            .flatten()
            .map(|test| test.p_value),
        stuart_maxwell: stuart_maxwell(&table).ok().flatten().map(|test| test.p_value),
        bowker: bowker(&table, BowkerPairs::All).ok().flatten().map(|test| test.p_value),
    })
}
