//! What the texts of goals say, against what their targets and indicators have: numbers, times, and of whom.

use super::of_goal;
use super::quantities::{Quantity, Value, quantities};
use crate::day::Delay;
use crate::finding::{Fact, Facts, Finding, FindingCode};
use crate::project::{Decimal, Goal, Indicator, Measure, Project, Promise, Threshold};

/// Beginnings of words that speak of those who have come to the end of something, not of everybody.
const COMPLETERS: [&str; 7] =
    ["fullfölj", "slutför", "genomfört", "utbildats", "utbildade", "completed", "completers"];

pub(super) fn texts(project: &Project, findings: &mut Vec<Finding>) {
    for (name, goal) in &project.goals {
        let indicator = goal.indicator.as_ref().and_then(|name| project.indicators.get(name));
        let (mut numbers, mut times) = (Vec::new(), Vec::new());
        for quantity in said(goal) {
            match quantity.value {
                Value::Months(_) | Value::Days(_) => {
                    if !has_time(indicator, quantity.value) {
                        times.push(Fact::Text(quantity.text));
                    }
                }
                Value::Share(_) | Value::Number(_) => {
                    if !has_number(goal, indicator, quantity.value) {
                        numbers.push(Fact::Text(quantity.text));
                    }
                }
            }
        }
        for (code, found) in [
            (FindingCode::TextNumberWithoutTarget, numbers),
            (FindingCode::TextTimeWithoutFollowUp, times),
        ] {
            if !found.is_empty() {
                let count = found.len() as u64;
                let facts = Facts::from([("text", Fact::List(found))]);
                findings.push(Finding { count, ..Finding::new(code, of_goal(name), facts) });
            }
        }
        if let Some(word) = completers(goal)
            && indicator.is_some_and(|indicator| indicator.of.is_none())
        {
            let facts = Facts::from([
                ("text", Fact::Text(word)),
                ("indicator", Fact::Text(goal.indicator.clone().unwrap_or_default())),
            ]);
            let code = FindingCode::TextPopulationWithoutCondition;
            findings.push(Finding::new(code, of_goal(name), facts));
        }
    }
}

/// The quantities of a goal's texts; what both languages say is said once.
fn said(goal: &Goal) -> Vec<Quantity> {
    let mut said: Vec<Quantity> = Vec::new();
    for quantity in goal.labels.texts().flat_map(quantities) {
        if !said.iter().any(|known| known.value == quantity.value) {
            said.push(quantity);
        }
    }
    said
}

/// Whether some version of the target has a number.
fn has_number(goal: &Goal, indicator: Option<&Indicator>, said: Value) -> bool {
    let one = Decimal::from_integer(1);
    let of_share = indicator.is_some_and(|indicator| indicator.measure.is_share());
    let is_said = |threshold: &Threshold| match (threshold, said) {
        (Threshold::Number(number), Value::Share(share)) => *number == share,
        // "70 of 100" in a target that is no share is the number itself.
        (Threshold::Number(number), Value::Number(said)) => *number == said && !of_share,
        _ => false,
    };
    goal.targets.iter().any(|target| match &target.promise {
        Promise::AtLeast(threshold) | Promise::AtMost(threshold) => is_said(threshold),
        Promise::Between(low, high) => is_said(low) || is_said(high),
        Promise::All => said == Value::Share(one),
        Promise::Exists => said == Value::Number(one),
    })
}

/// Whether an indicator looks at the outcome a time after something.
fn has_time(indicator: Option<&Indicator>, said: Value) -> bool {
    let is_said = |delay: Delay| match (delay, said) {
        (Delay::Months(months), Value::Months(said)) => months == said,
        (Delay::Days(days), Value::Days(said)) => days == said,
        _ => false,
    };
    match indicator.map(|indicator| &indicator.measure) {
        Some(Measure::Share(share)) => {
            share.follow_up.as_ref().is_some_and(|follow_up| is_said(follow_up.delay()))
        }
        Some(Measure::Incidence(incidence)) => {
            incidence.horizons.iter().any(|horizon| is_said(horizon.delay()))
        }
        _ => false,
    }
}

/// The word by which a goal speaks of those who completed.
fn completers(goal: &Goal) -> Option<String> {
    let words = goal.labels.texts().flat_map(str::split_whitespace);
    let edge = |letter: char| !letter.is_alphanumeric();
    let mut words = words.map(|word| word.trim_matches(edge));
    let speaks = |word: &&str| {
        let lower = word.to_lowercase();
        COMPLETERS.iter().any(|beginning| lower.starts_with(beginning))
    };
    words.find(speaks).map(str::to_owned)
}
