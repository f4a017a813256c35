//! Goals by themselves: indicator, target, number, time, baseline, source.

use super::{is_within_reach, of_goal};
use crate::finding::{Fact, Facts, Finding, FindingCode, Subject};
use crate::project::{Goal, Measure, Project, Promise, Threshold, Tier};

pub(super) fn goals(project: &Project, findings: &mut Vec<Finding>) {
    for (name, goal) in &project.goals {
        let mut note = |code| findings.push(Finding::new(code, of_goal(name), Facts::NONE));
        if !is_within_reach(goal.tier) {
            if !is_measured(goal) {
                note(FindingCode::EffectWithoutIndicator);
            }
            continue;
        }
        if !is_measured(goal) {
            note(FindingCode::GoalWithoutIndicator);
        }
        if goal.targets.is_empty() {
            note(FindingCode::GoalWithoutTarget);
        } else if !has_number(goal) {
            note(FindingCode::GoalWithoutNumber);
        }
        if !has_time(project, goal) {
            note(FindingCode::GoalWithoutTime);
        }
        let counts = measure(project, goal).is_some_and(|of| matches!(of, Measure::Count(_)));
        if has_number(goal) && goal.baseline.is_none() && !counts {
            note(FindingCode::GoalWithoutBaseline);
        }
        if goal.source.is_none() {
            note(FindingCode::GoalWithoutSource);
        }
    }
    specific(project, findings);
}

/// How many of the project goals have a number and a time.
fn specific(project: &Project, findings: &mut Vec<Finding>) {
    let (mut goals, mut both, mut number, mut time, mut neither) = (0, 0, 0, 0, 0);
    for goal in project.goals.values().filter(|goal| goal.tier == Tier::Project) {
        goals += 1;
        match (has_number(goal), has_time(project, goal)) {
            (true, true) => both += 1,
            (true, false) => number += 1,
            (false, true) => time += 1,
            (false, false) => neither += 1,
        }
    }
    if both < goals {
        let facts = Facts::from([
            ("both", Fact::Share { part: both, whole: goals }),
            ("number_only", Fact::Count(number)),
            ("time_only", Fact::Count(time)),
            ("neither", Fact::Count(neither)),
        ]);
        findings.push(Finding::new(FindingCode::GoalsNotSpecific, Subject::part("goals"), facts));
    }
}

fn is_measured(goal: &Goal) -> bool {
    goal.indicator.is_some() || !goal.scale.is_empty()
}

/// Whether some version of the target is a number.
fn has_number(goal: &Goal) -> bool {
    let is_number = |threshold: &Threshold| matches!(threshold, Threshold::Number(_));
    goal.targets.iter().any(|target| match &target.promise {
        Promise::AtLeast(threshold) | Promise::AtMost(threshold) => is_number(threshold),
        Promise::Between(low, high) => is_number(low) && is_number(high),
        Promise::All | Promise::Exists => true,
    })
}

/// Whether it is said when the goal is to be reached: by a day, or by an indicator that has a time of its own.
fn has_time(project: &Project, goal: &Goal) -> bool {
    let has_own_time = |of: &Measure| match of {
        Measure::Share(share) => share.follow_up.is_some(),
        Measure::Incidence(_) | Measure::Coverage(_) => true,
        _ => false,
    };
    goal.due_on.is_some() || measure(project, goal).is_some_and(has_own_time)
}

fn measure<'p>(project: &'p Project, goal: &Goal) -> Option<&'p Measure> {
    let indicator = project.indicators.get(goal.indicator.as_ref()?)?;
    Some(&indicator.measure)
}
