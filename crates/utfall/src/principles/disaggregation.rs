//! Disaggregation: do the goals about individuals have their figures by gender?

use super::result::{Aspect, CheckReason, CheckResult, CheckState};
use super::tables::Tables;
use crate::assess::Reason;
use crate::project::{Disaggregation, Goal, GoalLevel};

/// A result for each goal on the individual level.
pub(super) fn disaggregation(
    tables: &Tables<'_>,
    check: &Disaggregation,
    blank: &CheckResult,
) -> Vec<CheckResult> {
    let goals = tables.project.goals.iter();
    let individual = goals.filter(|(_, goal)| goal.level == GoalLevel::Individual);
    individual
        .map(|(name, goal)| {
            let (state, reason) = state(tables, check, goal);
            let lacks = match reason {
                Some(CheckReason::NoColumn) => vec![check.by.clone()],
                Some(CheckReason::NoIndicator) => vec!["indicator".to_owned()],
                _ => Vec::new(),
            };
            let aspect = Aspect::Goal { goal: name.clone(), by: check.by.clone() };
            let rests_on =
                goal.indicator.iter().map(|indicator| format!("{indicator}({})", check.by));
            let rests_on = rests_on.collect();
            CheckResult { aspect, state, reason, lacks, rests_on, ..blank.clone() }
        })
        .collect()
}

fn state(
    tables: &Tables<'_>,
    check: &Disaggregation,
    goal: &Goal,
) -> (CheckState, Option<CheckReason>) {
    let not_met = |reason| (CheckState::NotMet, Some(reason));
    let name = goal.indicator.as_deref();
    let Some((name, indicator)) =
        name.and_then(|name| Some((name, tables.project.indicators.get(name)?)))
    else {
        return not_met(CheckReason::NoIndicator);
    };
    let columns = tables.project.columns(&indicator.register);
    let Some(column) = columns.and_then(|columns| columns.get(&check.by)) else {
        return not_met(CheckReason::NoColumn);
    };
    if column.absent.is_some() {
        return not_met(CheckReason::Figure(Reason::NotPublished));
    }
    let figure = tables.evaluation.figure(name);
    match figure.and_then(|figure| figure.state.reason()) {
        Some(Reason::NotPublished) => not_met(CheckReason::Figure(Reason::NotPublished)),
        Some(reason @ Reason::RegisterNotGiven) => {
            (CheckState::NotMeasured, Some(CheckReason::Figure(reason)))
        }
        _ => (CheckState::Met, None),
    }
}
