//! Outcome gaps: how far apart the shares of groups lie, crude and adjusted for other columns.

use std::collections::BTreeMap;

use super::compare::{TwoGroups, smallest};
use super::limits::{Fraction, ShareRange, judge_all};
use super::result::{Adjusted, Aspect, CheckReason, CheckResult, CheckState};
use super::tables::{Counted, Tables, figure};
use crate::assess::adjusted;
use crate::project::{Adjustment, CheckKind, Gap, Project};
use crate::stats::{
    HomogeneityMethod, MantelHaenszelMeasure, Stratum, homogeneity, mantel_haenszel,
    standardised_difference,
};

/// Of more groups not every pair is a result of its own.
const MOST_GROUPS: usize = 20;

/// A group that is compared.
struct Group {
    levels: Vec<u32>,
    range: ShareRange,
}

/// Two groups, the first minus the second.
struct Pair<'a> {
    tables: &'a Tables<'a>,
    check: &'a Gap,
    table: &'a Counted<'a>,
    one: &'a Group,
    other: &'a Group,
}

/// The results of a check: one for each pair of groups; of many groups the two that lie furthest apart.
pub(super) fn gap(tables: &Tables<'_>, check: &Gap, blank: &CheckResult) -> Vec<CheckResult> {
    let columns = [&check.groups.0[..], &check.adjusted_for[..]].concat();
    let table = match tables.indicator(&check.indicator, &columns) {
        Ok(table) => table,
        Err(reason) => {
            let aspect = Aspect::Gap { other: Vec::new() };
            let rests_on = vec![format!("{}({})", check.indicator, columns.join(", "))];
            return vec![CheckResult { aspect, rests_on, ..blank.clone() }.not_measured(reason)];
        }
    };
    let (ranges, _) = table.ranges(check.groups.0.len(), |cell| cell.counts);
    let groups: Vec<Group> =
        ranges.into_iter().map(|(levels, range)| Group { levels, range }).collect();
    let pair = |one, other| Pair { tables, check, table: &table, one, other };
    if groups.len() > MOST_GROUPS {
        return furthest(&groups, smallest(check.smallest_group), pair, blank);
    }
    let mut results = Vec::new();
    for (position, one) in groups.iter().enumerate() {
        for other in groups.iter().skip(position + 1) {
            results.push(pair(one, other).result(blank));
        }
    }
    results
}

/// The two groups that lie furthest apart, with the state that all pairs come to; and how many groups are too small.
fn furthest<'a>(
    groups: &'a [Group],
    smallest: u64,
    pair: impl Fn(&'a Group, &'a Group) -> Pair<'a>,
    blank: &CheckResult,
) -> Vec<CheckResult> {
    let (large, small): (Vec<&Group>, Vec<&Group>) =
        groups.iter().partition(|group| group.range.counts.observed() >= smallest);
    let value = |group: &&&Group| group.range.observed().map_or(0.0, Fraction::value);
    let lowest = large.iter().min_by(|one, other| value(one).total_cmp(&value(other)));
    let highest = large.iter().rev().max_by(|one, other| value(one).total_cmp(&value(other)));
    let mut results = Vec::new();
    if let (Some(lowest), Some(highest), 2..) = (lowest, highest, large.len()) {
        let mut result = pair(highest, lowest).result(blank);
        let ranges: Vec<ShareRange> = large.iter().map(|group| group.range).collect();
        let at_most = pair(highest, lowest).check.at_most;
        let together = at_most.and_then(|at_most| judge_all(&at_most, &ranges));
        result.state = together.unwrap_or(result.state);
        results.push(result);
    }
    let somebody = small.iter().filter(|group| !group.range.is_empty()).count() as u64;
    if somebody > 0 {
        let mut result = CheckResult { aspect: Aspect::SmallGroups, ..blank.clone() };
        result.figures.n = Some(somebody);
        let reason = Some(CheckReason::SmallGroup);
        results.push(CheckResult { state: CheckState::CannotTell, reason, ..result });
    }
    results
}

impl Pair<'_> {
    fn groups(&self) -> TwoGroups {
        TwoGroups {
            one: self.one.range,
            other: self.other.range,
            at_most: self.check.at_most,
            smallest_group: self.check.smallest_group,
            level: self.tables.level(),
        }
    }

    fn result(&self, blank: &CheckResult) -> CheckResult {
        let (part, other) =
            (self.table.part(&self.one.levels), self.table.part(&self.other.levels));
        let indicator = &self.check.indicator;
        let mut rests_on = vec![figure(indicator, &part), figure(indicator, &other)];
        let groups = self.groups();
        let mut figures = Box::new(groups.figures());
        let crude = figures.difference;
        figures.adjusted = crude.and_then(|crude| self.adjusted(crude.value, groups.level));
        if figures.adjusted.is_some() {
            let columns = [&self.check.groups.0[..], &self.check.adjusted_for[..]].concat();
            rests_on.push(format!("{indicator}({})", columns.join(", ")));
        }
        let (state, reason) = groups.state();
        let aspect = Aspect::Gap { other };
        CheckResult { aspect, part, figures, state, reason, rests_on, ..blank.clone() }
    }

    /// The difference within strata; `None` without columns to adjust for, or where no stratum has both groups.
    fn adjusted(&self, crude: f64, level: f64) -> Option<Adjusted> {
        if self.check.adjusted_for.is_empty() {
            return None;
        }
        let (strata, left_out) = self.strata();
        let estimate = match self.check.adjustment.unwrap_or(Adjustment::Standardised) {
            Adjustment::Standardised => {
                #[allow(clippy::cast_precision_loss, reason = "counts lie far below 2^53")]
                let weights: Vec<f64> =
                    strata.iter().map(|stratum| units(stratum) as f64).collect();
                standardised_difference(&strata, &weights, level)
            }
            Adjustment::MantelHaenszel => {
                mantel_haenszel(&strata, MantelHaenszelMeasure::Difference, level)
            }
        };
        let difference = estimate.ok().flatten()?;
        let test = homogeneity(&strata, HomogeneityMethod::Woolf).ok().flatten();
        let strata_p_value = test.map(|test| test.p_value);
        Some(Adjusted {
            columns: self.check.adjusted_for.clone(),
            difference,
            left_out,
            is_reversed: crude * difference.value < 0.0,
            strata_p_value,
            strata_differ: strata_p_value.is_some_and(|p_value| p_value < 1.0 - level),
        })
    }

    /// The strata in which both groups have somebody, and how many units are in none of them.
    fn strata(&self) -> (Vec<Stratum>, u64) {
        let groups = self.check.groups.0.len();
        let strata_at: Vec<usize> = (groups..self.table.columns.len()).collect();
        let mut strata: BTreeMap<&[u32], Stratum> = BTreeMap::new();
        let mut left_out = 0;
        for (row, group) in [self.one, self.other].into_iter().enumerate() {
            for cell in
                self.table.cells.iter().filter(|cell| cell.levels.starts_with(&group.levels))
            {
                if self.table.is_known(cell, &strata_at) {
                    let levels = cell.levels.get(groups..).unwrap_or_default();
                    let stratum = strata.entry(levels).or_default();
                    stratum[row][0] += cell.counts.successes;
                    stratum[row][1] += cell.counts.failures;
                } else {
                    left_out += cell.counts.observed();
                }
            }
        }
        let has_both = |stratum: &Stratum| {
            stratum.iter().all(|[successes, failures]| successes + failures > 0)
        };
        let (kept, alone): (Vec<Stratum>, Vec<Stratum>) = strata.into_values().partition(has_both);
        left_out += alone.iter().map(units).sum::<u64>();
        (kept, left_out)
    }
}

fn units(stratum: &Stratum) -> u64 {
    stratum.iter().flatten().sum()
}

/// Adjusts p values by Holm for all pairs of groups in which an indicator is checked.
pub(super) fn adjust_for_many(project: &Project, results: &mut [CheckResult]) {
    let checks = project.checks_in_force();
    let indicator = |result: &CheckResult| match &checks.get(&result.check)?.kind {
        CheckKind::Gap(gap) => Some(&gap.indicator),
        _ => None,
    };
    let mut indicators: Vec<&String> = results.iter().filter_map(indicator).collect();
    indicators.sort();
    indicators.dedup();
    for family in indicators {
        let of_family: Vec<usize> =
            (0..results.len()).filter(|at| indicator(&results[*at]) == Some(family)).collect();
        let adjusted = adjusted(of_family.iter().map(|at| results[*at].figures.p_value));
        for (at, p_value) in of_family.into_iter().zip(adjusted) {
            results[at].figures.p_adjusted = p_value;
        }
    }
}
