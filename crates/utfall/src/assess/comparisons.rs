//! Groups compared with each other and with everybody: how far apart the shares of an indicator lie.

use super::family::adjusted;
use super::figure::{Figure, Figures, State};
use crate::project::Measure;
use crate::stats::{
    Alternative, Disparity, Estimate, OddsRatioMethod, disparity, fisher_exact, odds_ratio,
};

/// The groups of one table compared, for one indicator whose units are observed once each (`share`, `change`).
///
/// A difference between groups is no effect: who is in which group was not drawn by lot.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The register that the indicator is computed from.
    pub register: String,
    /// The indicator.
    pub indicator: String,
    /// The columns that make the groups.
    pub by: Vec<String>,
    /// The group with the lowest share.
    pub lowest: ComparedGroup,
    /// The group with the highest share.
    pub highest: ComparedGroup,
    /// How far they lie apart, and how far from everybody.
    pub disparity: Disparity,
    /// The odds of the group with the lowest share over those of the one with the highest, with Woolf's interval; `None`
    /// where somebody of a group has to succeed or fail and nobody does.
    pub odds_ratio: Option<Estimate>,
    /// How many groups were compared.
    pub compared: u64,
    /// How many were not, since fewer than [`Comparison::SMALLEST`] of theirs were observed.
    pub left_out: u64,
    /// The smallest p value of Fisher's exact test over all pairs of groups, adjusted for their number by Holm; `None`
    /// beyond [`Comparison::MOST_TESTED`] groups.
    pub p_value: Option<f64>,
    /// The same adjusted by Holm for all comparisons of the indicator.
    pub p_adjusted: Option<f64>,
}

/// A group that was compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedGroup {
    /// Its code in each column.
    pub codes: Vec<String>,
    /// How many of its units are a success.
    pub successes: u64,
    /// How many were observed.
    pub observed: u64,
}

impl Comparison {
    /// Groups in which fewer are observed are not compared: one person more or less would decide.
    pub const SMALLEST: u64 = 5;

    /// Of more groups not every pair is tested.
    pub const MOST_TESTED: usize = 20;
}

/// The comparisons of every indicator and table with at least two groups to compare. Who is of unknown group is not.
pub(super) fn comparisons(figures: &Figures) -> Vec<Comparison> {
    let mut comparisons: Vec<Comparison> = Vec::new();
    let is_same_table = |one: &Figure, other: &Figure| {
        let crossed =
            |figure: &Figure| -> Vec<bool> { figure.group().iter().map(Option::is_some).collect() };
        one.indicator == other.indicator && crossed(one) == crossed(other)
    };
    for table in figures.rows.chunk_by(is_same_table) {
        let measure = table.first().map(|figure| &figures.indicators[figure.indicator].measure);
        if matches!(measure, Some(Measure::Share(_) | Measure::Change(_))) {
            comparisons.extend(comparison(figures, table));
        }
    }
    for of_indicator in comparisons.chunk_by_mut(|one, other| one.indicator == other.indicator) {
        let adjusted = adjusted(of_indicator.iter().map(|comparison| comparison.p_value));
        for (comparison, p_value) in of_indicator.iter_mut().zip(adjusted) {
            comparison.p_adjusted = p_value;
        }
    }
    comparisons
}

fn comparison(figures: &Figures, table: &[Figure]) -> Option<Comparison> {
    let first = table.first()?;
    // Which is lowest of all cannot be said where some are protected, nor how many lie apart.
    if table.iter().any(|figure| figure.state == State::Suppressed) {
        return None;
    }
    let columns = figures.columns();
    let is_known = |figure: &&Figure| {
        columns
            .iter()
            .zip(figure.group())
            .all(|(column, level)| level.is_none_or(|level| (level as usize) < column.codes.len()))
    };
    let groups: Vec<ComparedGroup> = table
        .iter()
        .filter(is_known)
        .filter_map(|figure| {
            let (successes, observed) = figure.outcome().filter(|(_, observed)| *observed > 0)?;
            let codes = figures.group(figure).map(|(_, code)| code.to_owned()).collect();
            Some(ComparedGroup { codes, successes, observed })
        })
        .collect();
    let counts: Vec<(u64, u64)> =
        groups.iter().map(|group| (group.successes, group.observed)).collect();
    let disparity = disparity(&counts, Comparison::SMALLEST, figures.level()).ok()??;
    let kept: Vec<(u64, u64)> =
        counts.iter().copied().filter(|(_, n)| *n >= Comparison::SMALLEST).collect();
    if kept.len() < 2 {
        return None;
    }
    let (lowest, highest) = (groups.get(disparity.lowest)?, groups.get(disparity.highest)?);
    let counted = |group: &ComparedGroup| (group.successes, group.observed);
    let odds_ratio =
        odds_ratio(counted(lowest), counted(highest), OddsRatioMethod::Woolf, figures.level());
    Some(Comparison {
        odds_ratio: odds_ratio.ok().flatten(),
        register: figures.register(first).to_owned(),
        indicator: figures.indicator(first).to_owned(),
        by: figures.group(first).map(|(column, _)| column.to_owned()).collect(),
        lowest: lowest.clone(),
        highest: highest.clone(),
        compared: kept.len() as u64,
        left_out: disparity.left_out.len() as u64,
        p_value: smallest_p_value(&kept),
        p_adjusted: None,
        disparity,
    })
}

/// The smallest p value over all pairs, adjusted for their number.
fn smallest_p_value(groups: &[(u64, u64)]) -> Option<f64> {
    if groups.len() > Comparison::MOST_TESTED {
        return None;
    }
    let mut p_values = Vec::new();
    for (position, (successes, n)) in groups.iter().enumerate() {
        for (others, of) in &groups[..position] {
            let table = [[*successes, n - successes], [*others, of - others]];
            p_values.push(fisher_exact(table, Alternative::TwoSided).ok().flatten());
        }
    }
    adjusted(p_values.into_iter()).into_iter().flatten().reduce(f64::min)
}
