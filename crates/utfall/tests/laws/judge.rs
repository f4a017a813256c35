//! The reference, third part: verdicts by whole numbers, and `settled` by trying every way in which things may turn out.

use chrono::NaiveDate;

use crate::model::{Case, Goal, Items, Promise, Register, Target};
use crate::reference::{Counts, MISSING, NOT_DUE, SUCCESS};
use crate::seen::{FigureRow, VerdictRow};
use crate::text::decimal;

const UNCLASSIFIED: usize = 1;
const FAILURE: usize = 6;
const THOUSAND: i64 = 1000;

pub(crate) fn verdicts(case: &Case, figures: &[FigureRow]) -> Vec<VerdictRow> {
    let of_goal = |goal: &Goal| -> Vec<VerdictRow> {
        let figure = goal.indicator.map(|position| {
            let name = &case.project.indicators[position].name;
            let is_overall = |row: &&FigureRow| row.indicator == *name && row.group.is_empty();
            figures.iter().find(is_overall).unwrap()
        });
        let basis = match (figure, goal.evidence.is_empty()) {
            (Some(_), _) => Some("computed"),
            (None, false) => Some("declared"),
            (None, true) => None,
        };
        let unjudged = VerdictRow {
            goal: goal.name.clone(),
            indicator: figure.map(|figure| figure.indicator.clone()),
            value: figure.and_then(|figure| figure.value),
            verdict: "not_assessable".to_owned(),
            basis: basis.map(str::to_owned),
            current: true,
            ..VerdictRow::default()
        };
        let in_force: Vec<&Target> =
            goal.targets.iter().filter(|target| target.from <= case.as_of).collect();
        let reason = if basis.is_none() {
            "no_indicator"
        } else if goal.targets.is_empty() {
            "no_target"
        } else if in_force.is_empty() {
            "no_target_yet"
        } else {
            ""
        };
        if !reason.is_empty() {
            return vec![VerdictRow { reason: Some(reason.to_owned()), ..unjudged }];
        }
        let version = |(position, target): (usize, &&Target)| {
            let row = VerdictRow {
                target_from: Some(target.from),
                target: Some(target_text(target, goal)),
                current: position + 1 == in_force.len(),
                ..unjudged.clone()
            };
            match figure {
                Some(figure) => by_figure(case, target, figure, row),
                None => by_ratings(&case.project.registers[0], goal, target, case.as_of, row),
            }
        };
        in_force.iter().enumerate().map(version).collect()
    };
    case.project.goals.iter().flat_map(of_goal).collect()
}

fn target_text(target: &Target, goal: &Goal) -> String {
    let limit = |limit: &i64| match usize::try_from(*limit) {
        Ok(position) if !goal.scale.is_empty() => goal.scale[position].clone(),
        _ => decimal(*limit, 3),
    };
    match &target.promise {
        Promise::AtLeast(low) => format!("at_least {}", limit(low)),
        Promise::AtMost(high) => format!("at_most {}", limit(high)),
        Promise::Between(low, high) => format!("between {} and {}", limit(low), limit(high)),
        Promise::All => "all".to_owned(),
        Promise::Exists => "exists".to_owned(),
    }
}

fn by_figure(case: &Case, target: &Target, figure: &FigureRow, row: VerdictRow) -> VerdictRow {
    let counts = match (figure.state.as_str(), figure.counts) {
        ("value", Some(counts)) => counts,
        ("not_due", _) => return VerdictRow { verdict: "not_due".to_owned(), ..row },
        _ => return VerdictRow { reason: figure.reason.clone(), ..row },
    };
    let is_over = case.project.last_day.is_some_and(|last_day| last_day <= case.as_of);
    let is_count = figure.kind == "count";
    let units = if is_count { 1 } else { counts[SUCCESS] + counts[FAILURE] };
    let verdict = judge(target, counts[SUCCESS], units);
    let indicator =
        case.project.indicators.iter().find(|declared| declared.name == figure.indicator).unwrap();
    let can_leave = matches!(
        &indicator.items,
        Items::Survey(survey) if !survey.not_applicable.is_empty()
    );
    let outcomes = if is_count {
        counts_to_come(&counts, is_over)
    } else {
        shares_to_come(&counts, can_leave)
    };
    let is_settled = outcomes.iter().all(|(part, whole)| judge(target, *part, *whole) == verdict);
    VerdictRow {
        verdict: verdict.to_owned(),
        settled: Some(is_settled),
        units_short: Some(units_short(&target.promise, counts[SUCCESS], units)),
        ..row
    }
}

/// Every share that can still come out, as successes of units: each missing and not yet due unit a success or a
/// failure, each unclassified one out, or in as either. A missing answer of a survey can leave where some do not apply.
fn shares_to_come(counts: &Counts, can_leave: bool) -> Vec<(u64, u64)> {
    let mut outcomes = vec![(counts[SUCCESS], counts[SUCCESS] + counts[FAILURE])];
    let leaving = if can_leave { counts[MISSING] } else { 0 };
    let ways: [(u64, &[(u64, u64)]); 2] = [
        (counts[MISSING] - leaving + counts[NOT_DUE], &[(0, 1), (1, 1)]),
        (counts[UNCLASSIFIED] + leaving, &[(0, 0), (0, 1), (1, 1)]),
    ];
    for (units, ways) in ways {
        for _ in 0..units {
            let with = |(part, whole): &(u64, u64)| {
                let (part, whole) = (*part, *whole);
                ways.iter().map(move |way| (part + way.0, whole + way.1))
            };
            outcomes = outcomes.iter().flat_map(with).collect();
            outcomes.sort_unstable();
            outcomes.dedup();
        }
    }
    outcomes
}

/// Every count that can still come out: the unclassified in or out, and any number more before the last day.
fn counts_to_come(counts: &Counts, is_over: bool) -> Vec<(u64, u64)> {
    const MORE_THAN_ANY_TARGET: u64 = 100;
    let more = if is_over { 0 } else { MORE_THAN_ANY_TARGET };
    (0..=counts[UNCLASSIFIED] + more).map(|more| (counts[SUCCESS] + more, 1)).collect()
}

fn judge(target: &Target, part: u64, whole: u64) -> &'static str {
    let holds = |slack: i64| {
        let (part, whole) = (i64::try_from(part).unwrap(), i64::try_from(whole).unwrap());
        let reaches = |low: i64| part * THOUSAND >= (low - slack) * whole;
        let keeps = |high: i64| part * THOUSAND <= (high + slack) * whole;
        match target.promise {
            Promise::AtLeast(low) => reaches(low),
            Promise::AtMost(high) => keeps(high),
            Promise::Between(low, high) => reaches(low) && keeps(high),
            Promise::All => reaches(THOUSAND),
            Promise::Exists => part > 0,
        }
    };
    if holds(0) {
        "met"
    } else if holds(target.tolerance.unwrap_or(0)) {
        "near"
    } else {
        "not_met"
    }
}

/// The smallest number of successes more (or, negative, the greatest number less) that meets the target; of a broken
/// upper bound how many are too many. Found by counting.
fn units_short(promise: &Promise, successes: u64, units: u64) -> i64 {
    let (successes, units) = (i64::try_from(successes).unwrap(), i64::try_from(units).unwrap());
    // Every share and count of a case, and every target, lies below this.
    let counted = 0..=1 + units * 100;
    let needed = |low: i64| counted.clone().find(|part| part * THOUSAND >= low * units).unwrap();
    let allowed =
        |high: i64| counted.clone().rfind(|part| part * THOUSAND <= high * units).unwrap();
    match promise {
        Promise::AtLeast(low) => needed(*low) - successes,
        Promise::AtMost(high) => successes - allowed(*high),
        Promise::Between(low, high) => {
            let (below, above) = (needed(*low) - successes, successes - allowed(*high));
            let smaller_margin = (-below).min(-above);
            if below > 0 {
                below
            } else if above > 0 {
                above
            } else {
                -smaller_margin
            }
        }
        Promise::All => units - successes,
        Promise::Exists => 1 - successes,
    }
}

/// The lowest of the latest ratings of all parts decides.
fn by_ratings(
    register: &Register,
    goal: &Goal,
    target: &Target,
    as_of: NaiveDate,
    row: VerdictRow,
) -> VerdictRow {
    let latest = |level: Option<&str>| {
        let of_part = goal.evidence.iter().filter(|evidence| {
            evidence.part.as_ref().map(|(_, level)| level.as_str()) == level && evidence.on <= as_of
        });
        of_part.max_by_key(|evidence| evidence.on).map(|evidence| evidence.rating)
    };
    let column = goal.evidence.iter().find_map(|evidence| evidence.part.as_ref());
    let ratings: Option<Vec<usize>> = match column {
        None => latest(None).map(|rating| vec![rating]),
        Some((column, _)) => {
            let levels = register.column(column).levels.iter();
            levels.map(|level| latest(Some(&level.code)).or(latest(None))).collect()
        }
    };
    let Some(lowest) = ratings.and_then(|ratings| ratings.into_iter().min()) else {
        return VerdictRow { reason: Some("part_unrated".to_owned()), ..row };
    };
    let lowest = i64::try_from(lowest).unwrap();
    let is_met = match target.promise {
        Promise::AtLeast(low) => lowest >= low,
        Promise::AtMost(high) => lowest <= high,
        Promise::Between(low, high) => low <= lowest && lowest <= high,
        Promise::All | Promise::Exists => panic!("no rating is judged by {:?}", target.promise),
    };
    let verdict = if is_met { "met" } else { "not_met" };
    VerdictRow { verdict: verdict.to_owned(), settled: Some(true), ..row }
}
