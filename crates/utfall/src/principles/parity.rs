//! Parity: do groups come equally far through the flow, and are they followed up alike?

use super::compare::TwoGroups;
use super::limits::ShareRange;
use super::result::{Aspect, CheckResult, PartLevel};
use super::tables::{Counted, Tables, figure};
use crate::assess::{CrossedCell, share};
use crate::project::Parity;
use crate::tally::Accounting;

/// The results of a check: every stage and group, and the missing follow-ups of every group.
pub(super) fn parity(tables: &Tables<'_>, check: &Parity, blank: &CheckResult) -> Vec<CheckResult> {
    let mut results = match tables.table(tables.project.need_of_flow(&check.groups.0)) {
        Ok(table) => stages(tables, check, &table, blank),
        Err(reason) => {
            let aspect = Aspect::Stage { stage: "flow".to_owned() };
            let rests_on = vec!["flow".to_owned()];
            vec![CheckResult { aspect, rests_on, ..blank.clone() }.not_measured(reason)]
        }
    };
    if let Some(indicator) = &check.indicator {
        match tables.indicator(indicator, &check.groups.0) {
            Ok(table) => results.extend(follow_ups(tables, check, indicator, &table, blank)),
            Err(reason) => {
                let (aspect, rests_on) = (Aspect::MissingFollowUp, vec![indicator.clone()]);
                let result = CheckResult { aspect, rests_on, ..blank.clone() };
                results.push(result.not_measured(reason));
            }
        }
    }
    results
}

fn stages(
    tables: &Tables<'_>,
    check: &Parity,
    table: &Counted<'_>,
    blank: &CheckResult,
) -> Vec<CheckResult> {
    let mut results = Vec::new();
    let flow = tables.project.flow.iter().flat_map(|flow| &flow.stages);
    for (stage, declared) in flow.enumerate() {
        let everybody = table.cells.iter().map(|cell| passage(cell, stage).successes).sum();
        for (part, groups) in against_others(tables, check, table, |cell| passage(cell, stage)) {
            let mut figures = Box::new(groups.figures());
            figures.part_of_successes = share(groups.one.counts.successes, everybody);
            let (state, reason) = groups.state();
            results.push(CheckResult {
                aspect: Aspect::Stage { stage: declared.id.clone() },
                rests_on: vec![figure(&format!("flow.{}", declared.id), &part)],
                part,
                // Who enters the flow is no outcome of it: it is shown, and not judged.
                current: stage > 0,
                figures,
                state,
                reason,
                ..blank.clone()
            });
        }
    }
    results
}

/// Who reached the stage before, and of them who reached this one. Units of which an earlier stage is not known may
/// have come here too.
fn passage(cell: &CrossedCell, stage: usize) -> Accounting {
    let at = |stage: usize| cell.stages.get(stage).copied().unwrap_or_default();
    let before = match stage.checked_sub(1) {
        Some(previous) => at(previous)[0],
        None => cell.counts.successes,
    };
    let [successes, missing] = at(stage);
    let unclassified = (0..stage).map(|earlier| at(earlier)[1]).sum();
    let failures = before.saturating_sub(successes).saturating_sub(missing);
    Accounting { unclassified, missing, successes, failures, ..Accounting::default() }
}

fn follow_ups(
    tables: &Tables<'_>,
    check: &Parity,
    indicator: &str,
    table: &Counted<'_>,
    blank: &CheckResult,
) -> Vec<CheckResult> {
    // What is missing today is known today: only who is due, and in which group, is open.
    let missing = |cell: &CrossedCell| {
        let Accounting { missing, not_due, unclassified, .. } = cell.counts;
        let failures = cell.counts.observed();
        Accounting { successes: missing, failures, not_due, unclassified, ..Accounting::default() }
    };
    let of_group = |(part, groups): (Vec<PartLevel>, TwoGroups)| {
        let (state, reason) = groups.state();
        CheckResult {
            aspect: Aspect::MissingFollowUp,
            rests_on: vec![figure(indicator, &part), indicator.to_owned()],
            part,
            figures: Box::new(groups.figures()),
            state,
            reason,
            ..blank.clone()
        }
    };
    against_others(tables, check, table, missing).into_iter().map(of_group).collect()
}

/// Each group against everybody else of known group.
fn against_others(
    tables: &Tables<'_>,
    check: &Parity,
    table: &Counted<'_>,
    counts: impl Fn(&CrossedCell) -> Accounting,
) -> Vec<(Vec<PartLevel>, TwoGroups)> {
    let (ranges, everybody) = table.ranges(check.groups.0.len(), counts);
    let against = |(levels, one): (Vec<u32>, ShareRange)| {
        let other = ShareRange { counts: less(&everybody, &one.counts), ..one };
        let groups = TwoGroups {
            one,
            other,
            at_most: check.at_most,
            smallest_group: check.smallest_group,
            level: tables.level(),
        };
        (table.part(&levels), groups)
    };
    ranges.into_iter().map(against).collect()
}

/// What a whole has beside a part of it.
fn less(whole: &Accounting, part: &Accounting) -> Accounting {
    Accounting {
        outside: whole.outside.saturating_sub(part.outside),
        unclassified: whole.unclassified.saturating_sub(part.unclassified),
        excluded: whole.excluded.saturating_sub(part.excluded),
        not_due: whole.not_due.saturating_sub(part.not_due),
        missing: whole.missing.saturating_sub(part.missing),
        successes: whole.successes.saturating_sub(part.successes),
        failures: whole.failures.saturating_sub(part.failures),
    }
}
