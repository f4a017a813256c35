//! Two groups compared within the levels of another column: is a difference one of who is where?

use std::collections::BTreeMap;

use super::figure::{ByColumn, Figure, Figures, State};
use crate::project::Measure;
use crate::stats::{
    CmhMethod, Estimate, HomogeneityMethod, MantelHaenszelMeasure, Stratum, cmh_test, homogeneity,
    mantel_haenszel, standardised_difference,
};

/// The two levels of a column compared within the levels of another (the strata), for one indicator whose units are
/// observed once each (`share`, `change`). Of those whose levels are known in both columns, and of strata in which both
/// groups have somebody.
///
/// Adjusting for a column answers how far the groups would lie apart if they were spread alike over it. Whether that is the
/// right question depends on why they are spread as they are; it makes no effect of a difference.
#[derive(Debug, Clone, PartialEq)]
pub struct StratifiedComparison {
    /// The register that the indicator is computed from.
    pub register: String,
    /// The indicator.
    pub indicator: String,
    /// The column with the two groups.
    pub groups: String,
    /// The column whose levels are the strata.
    pub strata: String,
    /// The code of the group that is compared, declared first.
    pub group: String,
    /// The code of the group that it is compared with.
    pub other: String,
    /// How many strata have somebody of both groups.
    pub compared: u64,
    /// The observed units of known levels that are in none of these strata.
    pub left_out: u64,
    /// The difference of the shares, each group spread over the strata as both together are.
    pub standardised: Option<Estimate>,
    /// The difference of the shares, pooled by Mantel and Haenszel.
    pub difference: Option<Estimate>,
    /// The ratio of the shares, pooled.
    pub ratio: Option<Estimate>,
    /// The ratio of the odds, pooled.
    pub odds_ratio: Option<Estimate>,
    /// The p value of the test of Cochran, Mantel and Haenszel: whether the pooled ratio of odds is 1.
    pub p_value: Option<f64>,
    /// The p value of Breslow and Day with Tarone's correction: whether the ratio of odds is the same in all strata.
    pub tarone: Option<f64>,
    /// The p value of Woolf's test of the same.
    pub woolf: Option<f64>,
}

/// The observed units of a group in a stratum: successes and failures, by the levels of two columns.
type Cells = BTreeMap<(u32, u32), [u64; 2]>;

/// Every indicator and table of two columns, one of which has two levels; where both have, each within the other.
pub(super) fn strata(figures: &Figures) -> Vec<StratifiedComparison> {
    let mut found = Vec::new();
    let crossed = |figure: &Figure| -> Vec<usize> {
        let levels = figure.group().iter().enumerate();
        levels.filter(|(_, level)| level.is_some()).map(|(column, _)| column).collect()
    };
    let is_same_table = |one: &Figure, other: &Figure| {
        one.indicator == other.indicator && crossed(one) == crossed(other)
    };
    for table in figures.rows.chunk_by(is_same_table) {
        let Some(first) = table.first() else { continue };
        let measure = &figures.indicators[first.indicator].measure;
        let [one, other] = crossed(first)[..] else { continue };
        // Pooled over some of the groups only, it would be a figure of nobody in particular.
        let has_protected = table.iter().any(|figure| figure.state == State::Suppressed);
        if has_protected || !matches!(measure, Measure::Share(_) | Measure::Change(_)) {
            continue;
        }
        for (groups, strata) in [(one, other), (other, one)] {
            let columns = (&figures.columns()[groups], &figures.columns()[strata]);
            if columns.0.codes.len() == 2 {
                let cells = cells(table, (groups, strata), columns);
                found.extend(comparison(figures, first, columns, &cells));
            }
        }
    }
    found
}

/// The observed units of each known pair of levels.
fn cells(
    table: &[Figure],
    (groups, strata): (usize, usize),
    columns: (&ByColumn, &ByColumn),
) -> Cells {
    let is_known = |column: &ByColumn, level: u32| (level as usize) < column.codes.len();
    let cell = |figure: &Figure| {
        let group = figure.group()[groups].filter(|level| is_known(columns.0, *level))?;
        let stratum = figure.group()[strata].filter(|level| is_known(columns.1, *level))?;
        let (successes, observed) = figure.outcome()?;
        Some(((group, stratum), [successes, observed.checked_sub(successes)?]))
    };
    table.iter().filter_map(cell).collect()
}

/// `None` where no stratum has both groups.
fn comparison(
    figures: &Figures,
    first: &Figure,
    (groups, strata): (&ByColumn, &ByColumn),
    cells: &Cells,
) -> Option<StratifiedComparison> {
    let (mut compared, mut left_out): (Vec<Stratum>, u64) = (Vec::new(), 0);
    for stratum in (0..).take(strata.codes.len()) {
        let of = |group| cells.get(&(group, stratum)).copied().unwrap_or_default();
        let table = [of(0), of(1)];
        if table.iter().all(|group| group.iter().sum::<u64>() > 0) {
            compared.push(table);
        } else {
            left_out += table.iter().flatten().sum::<u64>();
        }
    }
    if compared.is_empty() {
        return None;
    }
    #[allow(clippy::cast_precision_loss, reason = "counts of units lie far below 2^53")]
    let weights: Vec<f64> =
        compared.iter().map(|table| table.iter().flatten().sum::<u64>() as f64).collect();
    let level = figures.level();
    let pooled = |measure| mantel_haenszel(&compared, measure, level).ok().flatten();
    let alike = |method| homogeneity(&compared, method).ok().flatten().map(|test| test.p_value);
    let test = cmh_test(&compared, CmhMethod::ChiSquare).ok().flatten();
    Some(StratifiedComparison {
        register: figures.register(first).to_owned(),
        indicator: figures.indicator(first).to_owned(),
        groups: groups.name.clone(),
        strata: strata.name.clone(),
        group: groups.code(0).to_owned(),
        other: groups.code(1).to_owned(),
        compared: compared.len() as u64,
        left_out,
        standardised: standardised_difference(&compared, &weights, level).ok().flatten(),
        difference: pooled(MantelHaenszelMeasure::Difference),
        ratio: pooled(MantelHaenszelMeasure::Ratio),
        odds_ratio: pooled(MantelHaenszelMeasure::OddsRatio),
        p_value: test.map(|test| test.p_value),
        tarone: alike(HomogeneityMethod::Tarone),
        woolf: alike(HomogeneityMethod::Woolf),
    })
}
