//! Makes goals with targets of every kind, and goals with ratings.

use chrono::{Days, NaiveDate};

use crate::choices::Choices;
use crate::generate::nearby;
use crate::model::{Evidence, Goal, Indicator, Promise, Register, Target};

const SCALE: [&str; 3] = ["inget", "något", "allt"];

pub(crate) fn goal(
    choices: &mut Choices,
    name: String,
    indicators: &[Indicator],
    register: &Register,
    as_of: NaiveDate,
) -> Goal {
    let goal = Goal { name, indicator: None, targets: vec![], scale: vec![], evidence: vec![] };
    match choices.below(10) {
        8 => rated(choices, goal, register, as_of),
        9 => Goal { targets: targets(choices, as_of, |_| Promise::AtLeast(500)), ..goal },
        _ => {
            let position = choices.below(indicators.len());
            let is_share = !indicators[position].is_count();
            let targets = targets(choices, as_of, |choices| promise(choices, is_share));
            Goal { indicator: Some(position), targets, ..goal }
        }
    }
}

/// Versions of a target, in the order of their days.
pub(crate) fn targets(
    choices: &mut Choices,
    as_of: NaiveDate,
    mut promise: impl FnMut(&mut Choices) -> Promise,
) -> Vec<Target> {
    let mut from = as_of - Days::new(choices.between(0, 400).unsigned_abs());
    let fewest = usize::from(!choices.percent(10));
    choices.list(fewest, 3, |choices| {
        let promise = promise(choices);
        let may_be_near = promise != Promise::Exists;
        let tolerance = choices.some(50, |choices| 50 * choices.between(0, 8));
        let target = Target { from, promise, tolerance: tolerance.filter(|_| may_be_near) };
        from = from + Days::new(choices.between(1, 200).unsigned_abs());
        target
    })
}

pub(crate) fn promise(choices: &mut Choices, is_share: bool) -> Promise {
    // Thresholds that registers of a few rows meet exactly, and some that they never do.
    let threshold = |choices: &mut Choices| match (is_share, choices.below(4)) {
        (true, 0) => choices.between(0, 1000),
        (true, _) => *choices.pick(&[500, 0, 250, 333, 667, 700, 750, 800, 1000]),
        (false, 0) => choices.between(0, 30_000),
        (false, _) => 1000 * choices.between(0, 30),
    };
    match choices.below(if is_share { 6 } else { 5 }) {
        1 => Promise::AtMost(threshold(choices)),
        2 | 3 => {
            let (one, other) = (threshold(choices), threshold(choices));
            Promise::Between(one.min(other), one.max(other))
        }
        4 => Promise::Exists,
        5 => Promise::All,
        _ => Promise::AtLeast(threshold(choices)),
    }
}

/// A goal with ratings, of the whole project and of the levels of one column.
fn rated(choices: &mut Choices, goal: Goal, register: &Register, as_of: NaiveDate) -> Goal {
    let mut targets = targets(choices, as_of, |choices| {
        let (one, other) = (choices.between(0, 2), choices.between(0, 2));
        match choices.below(3) {
            0 => Promise::AtLeast(one),
            1 => Promise::AtMost(one),
            _ => Promise::Between(one.min(other), one.max(other)),
        }
    });
    targets.iter_mut().for_each(|target| target.tolerance = None);
    let column = register.column("area");
    let mut evidence: Vec<Evidence> = choices.list(1, 6, |choices| Evidence {
        part: choices
            .some(70, |choices| (column.name.clone(), choices.pick(&column.levels).code.clone())),
        rating: choices.below(SCALE.len()),
        on: nearby(choices, as_of),
    });
    // Two ratings of one part on one day contradict each other: no rule says which one counts.
    let mut dated = Vec::new();
    evidence.retain(|evidence| {
        let key = (evidence.part.clone(), evidence.on);
        let is_new = !dated.contains(&key);
        dated.push(key);
        is_new
    });
    Goal { targets, scale: SCALE.map(str::to_owned).to_vec(), evidence, ..goal }
}
