//! Checks of what is done rather than counted, of adaptations, and of what is done again and again.

use super::compare::TwoGroups;
use super::limits::{Limits, ShareRange, unobserved};
use super::result::{Aspect, CheckReason, CheckResult, CheckState, PartLevel};
use super::tables::{Tables, figure};
use crate::assess::{CellState, Reason, State};
use crate::project::{Cadence, Criteria, Decimal, Evidence, Given, Measure, Need, NeedOf, Process};
use crate::stats::{Estimate, ProportionMethod, proportion};
use crate::tally::Accounting;

/// Whether there is evidence by the day of the evaluation.
pub(super) fn process(tables: &Tables<'_>, check: &Process, blank: CheckResult) -> CheckResult {
    let aspect = Aspect::Evidence;
    declared(tables, &check.evidence, CheckResult { aspect, ..blank })
}

/// What evidence there is of each criterion: declared, and not computed.
pub(super) fn criteria(
    tables: &Tables<'_>,
    check: &Criteria,
    blank: &CheckResult,
) -> Vec<CheckResult> {
    let criteria = [
        ("competence", &check.competence),
        ("problem_analysis", &check.problem_analysis),
        ("goals", &check.goals),
        ("activities", &check.activities),
        ("follow_up", &check.follow_up),
    ];
    let result = |(criterion, evidence): (&'static str, &Vec<Evidence>)| {
        let aspect = Aspect::Criterion { criterion };
        declared(tables, evidence, CheckResult { aspect, ..blank.clone() })
    };
    criteria.into_iter().map(result).collect()
}

fn declared(tables: &Tables<'_>, evidence: &[Evidence], blank: CheckResult) -> CheckResult {
    let as_of = tables.evaluation.as_of;
    let given = evidence.iter().filter(|evidence| evidence.on <= as_of);
    let rests_on: Vec<String> = given.map(|evidence| evidence.source.clone()).collect();
    let (state, reason) = if rests_on.is_empty() {
        (CheckState::NotMeasured, Some(CheckReason::NoEvidence))
    } else {
        (CheckState::Declared, None)
    };
    CheckResult { state, reason, rests_on, ..blank }
}

/// Adaptations given, of those asked for; and how those who asked fared, which is shown and not judged.
pub(super) fn given(tables: &Tables<'_>, check: &Given, blank: &CheckResult) -> Vec<CheckResult> {
    let Given { register, asked, given, outcomes } = check;
    let columns = vec![asked.clone(), given.clone()];
    let need = Need { register: register.clone(), of: NeedOf::Units, columns };
    let rests_on = vec![format!("{register}({asked}, {given})")];
    let result = CheckResult { aspect: Aspect::Given, rests_on, ..blank.clone() };
    let mut results = vec![match tables.table(Some(need)) {
        Err(reason) => result.not_measured(reason),
        Ok(table) => {
            let units =
                |asked: u32, given: u32| table.sum(|cell| cell.levels == [asked, given]).successes;
            let unclassified = (0..=UNKNOWN).map(|given| units(UNKNOWN, given)).sum();
            let counts = Accounting {
                unclassified,
                missing: units(TRUE, UNKNOWN),
                successes: units(TRUE, TRUE),
                failures: units(TRUE, FALSE),
                ..Accounting::default()
            };
            let limits = Limits::at_least(Decimal::from_integer(1));
            judged(tables, &limits, &ShareRange { counts, joining: 0 }, result)
        }
    }];
    results
        .extend(outcomes.iter().map(|outcome| of_those_who_asked(tables, check, outcome, blank)));
    results
}

/// The levels of a flag.
const FALSE: u32 = 0;
const TRUE: u32 = 1;
const UNKNOWN: u32 = 2;

fn of_those_who_asked(
    tables: &Tables<'_>,
    check: &Given,
    outcome: &str,
    blank: &CheckResult,
) -> CheckResult {
    let blank = CheckResult { current: false, ..blank.clone() };
    match tables.indicator(outcome, std::slice::from_ref(&check.asked)) {
        Err(reason) => {
            let aspect = Aspect::Gap { other: Vec::new() };
            let rests_on = vec![outcome.to_owned()];
            CheckResult { aspect, rests_on, ..blank }.not_measured(reason)
        }
        Ok(table) => {
            let (part, other) = (table.part(&[TRUE]), table.part(&[FALSE]));
            let rests_on = vec![figure(outcome, &part), figure(outcome, &other)];
            let groups = TwoGroups {
                one: table.group(&[TRUE]),
                other: table.group(&[FALSE]),
                at_most: None,
                smallest_group: None,
                level: tables.level(),
            };
            let (state, reason) = groups.state();
            let (aspect, figures) = (Aspect::Gap { other }, Box::new(groups.figures()));
            CheckResult { aspect, part, figures, state, reason, rests_on, ..blank }
        }
    }
}

/// Whether something is done as often as it should be, overall and, of a coverage, in each part.
pub(super) fn cadence(
    tables: &Tables<'_>,
    check: &Cadence,
    blank: &CheckResult,
) -> Vec<CheckResult> {
    let at_least = check.at_least.unwrap_or(Decimal::from_integer(1));
    let (aspect, rests_on) = (Aspect::Cadence { at_least }, vec![check.indicator.clone()]);
    let blank = CheckResult { aspect, rests_on, ..blank.clone() };
    let mut results = vec![overall(tables, check, at_least, blank.clone())];
    let limits = Limits::at_least(at_least);
    for (part, counts) in parts(tables, check) {
        let rests_on = vec![figure(&check.indicator, &part)];
        let result = CheckResult { part, rests_on, ..blank.clone() };
        results.push(judged(tables, &limits, &ShareRange { counts, joining: 0 }, result));
    }
    results
}

fn overall(
    tables: &Tables<'_>,
    check: &Cadence,
    at_least: Decimal,
    mut result: CheckResult,
) -> CheckResult {
    let figures = &tables.evaluation.figures;
    let Some(found) = tables.evaluation.figure(&check.indicator) else {
        return result.not_measured(Reason::NotPublished);
    };
    let counts = match (found.state, found.counts) {
        (State::NotComputable(reason), None) => return result.not_measured(reason),
        (_, None) if found.is_protected() => return result.not_measured(Reason::Protected),
        (_, counts) => counts.unwrap_or_default(),
    };
    let Some(quantity) = &found.quantity else {
        let range = ShareRange { counts, joining: 0 };
        return judged(tables, &Limits::at_least(at_least), &range, result);
    };
    let Some(value) = figures.value(found) else {
        return result.not_measured(Reason::NothingObserved);
    };
    let exact = quantity.exact.and_then(|(part, whole)| at_least.compare_quotient(part, whole));
    let is_met = exact.unwrap_or_else(|| value.total_cmp(&at_least.to_f64())).is_ge();
    result.figures.value = Some(Estimate { value, low: f64::NAN, high: f64::NAN });
    let open = counts.missing + counts.unclassified;
    result.figures.open = Some(open);
    result.state = match is_met {
        // An unknown number could be any.
        _ if open > 0 => CheckState::Open,
        true => CheckState::Met,
        false => CheckState::NotMet,
    };
    result
}

/// The parts of a coverage, with the months that each has had; none of other indicators.
fn parts(tables: &Tables<'_>, check: &Cadence) -> Vec<(Vec<PartLevel>, Accounting)> {
    let indicator = tables.project.indicators.get(&check.indicator);
    let Some(Measure::Coverage(coverage)) = indicator.map(|indicator| &indicator.measure) else {
        return Vec::new();
    };
    let mut parts: Vec<(Vec<PartLevel>, Accounting)> = Vec::new();
    let cells = tables.evaluation.coverage.iter();
    for cell in cells.filter(|cell| cell.indicator == check.indicator && !cell.part.is_empty()) {
        let levels = coverage.of_each.iter().zip(&cell.part);
        let part: Vec<PartLevel> = levels
            .map(|(column, code)| PartLevel { column: column.clone(), code: code.clone() })
            .collect();
        if parts.iter().all(|(known, _)| *known != part) {
            parts.push((part.clone(), Accounting::default()));
        }
        let Some((_, counts)) = parts.iter_mut().find(|(known, _)| *known == part) else {
            continue;
        };
        match cell.state {
            CellState::Covered => counts.successes += 1,
            CellState::NotCovered => counts.failures += 1,
            CellState::Unknown => counts.missing += 1,
            CellState::NotDue => counts.not_due += 1,
            CellState::NotExpected => {}
        }
    }
    parts
}

/// A share against a limit.
fn judged(
    tables: &Tables<'_>,
    limits: &Limits,
    range: &ShareRange,
    mut result: CheckResult,
) -> CheckResult {
    let (successes, n) = (range.counts.successes, range.counts.observed());
    let figures = &mut result.figures;
    (figures.successes, figures.n, figures.open) = (Some(successes), Some(n), Some(range.open()));
    let share = proportion(successes, n, ProportionMethod::Wilson, tables.level());
    figures.value = share.ok().flatten();
    figures.unknown = Some(range.joining);
    figures.bounds = range.bounds();
    // Everybody who asked is one who asked, and every month a month, however few they are.
    if let Some(state) = limits.judge(range) {
        return CheckResult { state, ..result };
    }
    let reason = Some(unobserved(range));
    CheckResult { state: CheckState::CannotTell, reason, ..result }
}
