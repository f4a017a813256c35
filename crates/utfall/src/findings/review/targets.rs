//! Targets and their revisions: made easier, made late, made without a reason, and claimed not to be made at all.

use super::of_goal;
use crate::finding::{Fact, Facts, Finding, FindingCode};
use crate::project::{Goal, Project, Promise, Target, Threshold};

pub(super) fn targets(project: &Project, findings: &mut Vec<Finding>) {
    for (name, goal) in &project.goals {
        for pair in goal.targets.windows(2) {
            let [before, after] = pair else { continue };
            let mut note = |code, facts| findings.push(Finding::new(code, of_goal(name), facts));
            if is_lowered(&before.promise, &after.promise, &goal.scale) {
                note(FindingCode::TargetLowered, revision(project, goal, before, after));
            }
            if after.decided_by.is_none() || after.why.is_none() {
                let facts = revision(project, goal, before, after);
                note(FindingCode::RevisionWithoutReason, facts);
            }
            if let Some(last_day) = project.last_day.filter(|_| is_late(project, after)) {
                let facts = [("from", Fact::Day(after.from)), ("last_day", Fact::Day(last_day))];
                note(FindingCode::TargetRevisedLate, facts.into());
            }
        }
    }
    claims(project, findings);
}

/// Claims that goals are unchanged, against the versions of their targets.
fn claims(project: &Project, findings: &mut Vec<Finding>) {
    for claim in project.published.iter().flat_map(|published| &published.unchanged) {
        let spoken_of =
            |name: &str| claim.goals.is_empty() || claim.goals.iter().any(|of| of == name);
        for (name, goal) in project.goals.iter().filter(|(name, _)| spoken_of(name)) {
            let [first, .., last] = &goal.targets[..] else { continue };
            let promised = |target| promised(project, goal, target);
            let facts = Facts::from([
                ("claim", Fact::Text(claim.id.clone())),
                ("before", promised(first)),
                ("after", promised(last)),
                ("from", Fact::Day(last.from)),
            ]);
            findings.push(Finding::new(FindingCode::ClaimedUnchanged, of_goal(name), facts));
        }
    }
}

fn revision(project: &Project, goal: &Goal, before: &Target, after: &Target) -> Facts {
    Facts::from([
        ("before", promised(project, goal, before)),
        ("after", promised(project, goal, after)),
        ("from", Fact::Day(after.from)),
    ])
}

fn promised(project: &Project, goal: &Goal, target: &Target) -> Fact {
    let indicator = goal.indicator.as_ref().and_then(|name| project.indicators.get(name));
    let is_share = indicator.is_some_and(|indicator| indicator.measure.is_share());
    Fact::Promise { promise: target.promise.clone(), is_share }
}

/// Whether what is promised after is easier to reach than what was promised before, as far as the two can be compared.
fn is_lowered(before: &Promise, after: &Promise, scale: &[String]) -> bool {
    let ends = |promise: &Promise| match promise {
        Promise::AtLeast(low) => (value(low, scale), None),
        Promise::AtMost(high) => (None, value(high, scale)),
        Promise::Between(low, high) => (value(low, scale), value(high, scale)),
        Promise::All => (Some(1.0), None),
        Promise::Exists => (Some(0.0), None),
    };
    let ((low, high), (low_after, high_after)) = (ends(before), ends(after));
    let less = |before: Option<f64>, after: Option<f64>| match (before, after) {
        (Some(before), Some(after)) => after < before,
        // An end that was promised and no longer is.
        (Some(_), None) => true,
        (None, _) => false,
    };
    let turns = low.is_some() != low_after.is_some() && high.is_some() != high_after.is_some();
    // From at least to at most, or back: neither is easier than the other.
    !turns && (less(low, low_after) || less(high.map(|end| -end), high_after.map(|end| -end)))
}

/// A threshold as a number; a rating as its place on the scale.
fn value(threshold: &Threshold, scale: &[String]) -> Option<f64> {
    match threshold {
        Threshold::Number(number) => Some(number.to_f64()),
        Threshold::Rating(rating) => {
            let place = scale.iter().position(|known| known == rating)?;
            u32::try_from(place).ok().map(f64::from)
        }
    }
}

/// Whether a version holds from the last quarter of the project or later, when most of the outcome can be seen.
fn is_late(project: &Project, target: &Target) -> bool {
    let (Some(first), Some(last)) = (project.first_day, project.last_day) else {
        return false;
    };
    (target.from - first).num_days() * 4 > (last - first).num_days() * 3
}
