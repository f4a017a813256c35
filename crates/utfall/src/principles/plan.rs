//! The action plan: what each activity says, how far it has come, and whether every principle has one.

use chrono::NaiveDate;

use super::result::{ActivityProgress, Aspect, CheckReason, CheckResult, CheckState};
use super::tables::Tables;
use crate::assess::share;
use crate::project::{Activity, Principle};
use crate::stats::Estimate;

/// What an activity should say.
const PARTS: [&str; 3] = ["dates", "responsible", "follow_up"];

/// The name of the results, and their kind.
const PLAN: &str = "plan";

/// The results of the plan: how many activities say what, each of them, and whether every principle is covered in every
/// phase. Empty without a plan.
pub(super) fn plan(tables: &Tables<'_>) -> Vec<CheckResult> {
    let activities = &tables.project.plan;
    let mut results = Vec::new();
    if activities.is_empty() {
        return results;
    }
    results.extend(PARTS.into_iter().map(|part| summary(activities, part)));
    for (position, activity) in activities.iter().enumerate() {
        results.push(of_activity(activity, position + 1, tables.evaluation.as_of));
    }
    let mut phases: Vec<Option<&String>> = vec![None];
    for phase in activities.iter().filter_map(|activity| activity.phase.as_ref()) {
        if !phases.contains(&Some(phase)) {
            phases.push(Some(phase));
        }
    }
    let principles = match &tables.project.principles[..] {
        [] => &[Principle::Equality, Principle::Accessibility, Principle::NonDiscrimination],
        declared => declared,
    };
    for phase in phases {
        results.extend(principles.iter().map(|principle| coverage(activities, *principle, phase)));
    }
    results
}

/// Whether an activity says something; its dates may be those of its phase.
fn has(activity: &Activity, part: &str) -> bool {
    let Activity { phase, first_day, last_day, done_on, .. } = activity;
    match part {
        "dates" => phase.is_some() || first_day.or(*last_day).or(*done_on).is_some(),
        "responsible" => activity.responsible.is_some(),
        _ => activity.indicator.is_some() || activity.evidence.is_some(),
    }
}

fn summary(activities: &[Activity], part: &'static str) -> CheckResult {
    let n = activities.len() as u64;
    let successes = activities.iter().filter(|activity| has(activity, part)).count() as u64;
    let mut result = CheckResult::blank(PLAN, None, PLAN);
    result.figures.successes = Some(successes);
    result.figures.n = Some(n);
    // All activities are here: there is nothing that an interval would speak of.
    let value = share(successes, n);
    result.figures.value = value.map(|value| Estimate { value, low: f64::NAN, high: f64::NAN });
    let (state, reason) = if successes == n {
        (CheckState::Met, None)
    } else {
        (CheckState::NotMet, Some(CheckReason::Incomplete))
    };
    let rests_on = vec![PLAN.to_owned()];
    CheckResult { aspect: Aspect::PlanPart { part }, state, reason, rests_on, ..result }
}

fn of_activity(activity: &Activity, position: usize, as_of: NaiveDate) -> CheckResult {
    let progress = progress(activity, as_of);
    let missing = PARTS.into_iter().filter(|part| !has(activity, part));
    let lacks: Vec<String> = missing.map(str::to_owned).collect();
    let (state, reason) = if progress == ActivityProgress::Overdue {
        (CheckState::NotMet, Some(CheckReason::Overdue))
    } else if lacks.is_empty() {
        (CheckState::Met, None)
    } else {
        (CheckState::NotMet, Some(CheckReason::Incomplete))
    };
    let aspect = Aspect::Activity { position, progress };
    let rests_on = vec![format!("{PLAN}[{position}]")];
    let blank = CheckResult::blank(PLAN, activity.principle, PLAN);
    CheckResult { aspect, state, reason, lacks, rests_on, ..blank }
}

/// How far an activity has come by a day. What is done after that day is not done.
fn progress(activity: &Activity, as_of: NaiveDate) -> ActivityProgress {
    let Activity { first_day, last_day, .. } = activity;
    let done_on = activity.done_on.filter(|day| *day <= as_of);
    match (done_on, *first_day, *last_day) {
        (Some(done), _, Some(last)) if done > last => ActivityProgress::Late,
        (Some(_), _, _) => ActivityProgress::Done,
        (None, _, Some(last)) if last < as_of => ActivityProgress::Overdue,
        (None, Some(first), _) if first > as_of => ActivityProgress::Planned,
        (None, Some(_), _) | (None, None, Some(_)) => ActivityProgress::Ongoing,
        (None, None, None) if activity.done_on.is_some() => ActivityProgress::Planned,
        (None, None, None) => ActivityProgress::Undated,
    }
}

fn coverage(activities: &[Activity], principle: Principle, phase: Option<&String>) -> CheckResult {
    let serves = |activity: &&Activity| {
        activity.principle == Some(principle)
            && phase.is_none_or(|phase| activity.phase.as_ref() == Some(phase))
    };
    let successes = activities.iter().filter(serves).count() as u64;
    let mut result = CheckResult::blank(PLAN, Some(principle), PLAN);
    result.figures.successes = Some(successes);
    let (state, reason) = if successes > 0 {
        (CheckState::Met, None)
    } else {
        (CheckState::NotMet, Some(CheckReason::NoActivity))
    };
    let aspect = Aspect::PlanCoverage { phase: phase.cloned() };
    let rests_on = vec![PLAN.to_owned()];
    CheckResult { aspect, state, reason, rests_on, ..result }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Labels;

    fn day(text: &str) -> Option<NaiveDate> {
        crate::day::parse(text)
    }

    fn activity(first: &str, last: &str, done: &str) -> Activity {
        Activity {
            labels: Labels::default(),
            principle: None,
            phase: None,
            first_day: day(first),
            last_day: day(last),
            done_on: day(done),
            responsible: None,
            indicator: None,
            evidence: None,
        }
    }

    #[test]
    fn a_last_day_counts_as_in_time() {
        let at = |activity: &Activity, as_of| progress(activity, day(as_of).unwrap());
        let open = activity("2022-01-10", "2022-03-31", "");
        assert_eq!(at(&open, "2022-01-09"), ActivityProgress::Planned);
        assert_eq!(at(&open, "2022-01-10"), ActivityProgress::Ongoing);
        assert_eq!(at(&open, "2022-03-31"), ActivityProgress::Ongoing);
        assert_eq!(at(&open, "2022-04-01"), ActivityProgress::Overdue);
        let done = activity("2022-01-10", "2022-03-31", "2022-03-31");
        assert_eq!(at(&done, "2022-03-30"), ActivityProgress::Ongoing);
        assert_eq!(at(&done, "2022-04-01"), ActivityProgress::Done);
        let late = activity("2022-01-10", "2022-03-31", "2022-04-01");
        assert_eq!(at(&late, "2022-04-01"), ActivityProgress::Late);
        assert_eq!(at(&activity("", "", ""), "2022-04-01"), ActivityProgress::Undated);
    }
}
