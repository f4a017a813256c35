//! Verdicts: what a figure says of a target, exactly, by whole numbers.

use std::cmp::Ordering;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::figure::{Figure, Figures, Reason, State};
use super::process::{Process, process};
use super::quantity::Quantity;
use super::{evidence, settled};
use crate::project::{Decimal, Goal, Measure, Project, Promise, Target, Threshold};
use crate::tally::Accounting;

/// What came of one version of a goal's target.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The goal.
    pub goal: String,
    /// Its indicator, if it has one.
    pub indicator: Option<String>,
    /// The day from which this version of the target holds.
    pub target_from: Option<NaiveDate>,
    /// What it promises; as text: `at_least 0.7`.
    pub promise: Option<Promise>,
    /// Whether this is the version in force.
    pub current: bool,
    /// The overall value of the indicator.
    pub value: Option<f64>,
    /// The verdict.
    pub judgement: Judgement,
    /// Whether the open cases can no longer change it; `None` where there is no verdict.
    pub settled: Option<bool>,
    /// How many units are short of the target (negative: to spare), with the observed ones held fixed.
    pub units_short: Option<i64>,
    /// Whether the verdict is computed or declared.
    pub basis: Option<Basis>,
    /// Why the goal cannot be assessed.
    pub reason: Option<GoalReason>,
    /// What the figure says of the way of working, beside the verdict and never in its place.
    pub process: Option<Process>,
}

/// The verdict on a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Judgement {
    /// The target is reached.
    Met,
    /// It is not, but within the declared tolerance.
    Near,
    /// It is not.
    NotMet,
    /// Nobody's outcome is due yet.
    NotDue,
    /// It cannot be said.
    NotAssessable,
}

/// What a verdict rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// A figure computed from a register.
    Computed,
    /// A rating by the evaluator.
    Declared,
}

/// Why a goal cannot be assessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GoalReason {
    /// No version of the target is in force yet.
    NoTargetYet,
    /// The goal has no target.
    NoTarget,
    /// The goal has neither indicator nor evidence.
    NoIndicator,
    /// A part of the project that should be rated is not.
    PartUnrated,
    /// Its figure cannot be computed.
    Figure(Reason),
}

impl Judgement {
    /// All verdicts.
    pub const ALL: [Self; 5] =
        [Self::Met, Self::Near, Self::NotMet, Self::NotDue, Self::NotAssessable];

    /// The word as tables write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Near => "near",
            Self::NotMet => "not_met",
            Self::NotDue => "not_due",
            Self::NotAssessable => "not_assessable",
        }
    }
}

impl Basis {
    /// The word as tables write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Computed => "computed",
            Self::Declared => "declared",
        }
    }
}

impl GoalReason {
    /// The word as tables write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoTargetYet => "no_target_yet",
            Self::NoTarget => "no_target",
            Self::NoIndicator => "no_indicator",
            Self::PartUnrated => "part_unrated",
            Self::Figure(reason) => reason.word(),
        }
    }
}

/// The verdicts on every goal of a project, each version of its target in force at `as_of`.
pub(crate) fn verdicts(project: &Project, figures: &Figures, as_of: NaiveDate) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, goal) in &project.goals {
        let judged = Judged::of(project, goal, figures);
        let basis = match judged {
            Judged::Nothing => None,
            Judged::Figure { .. } => Some(Basis::Computed),
            Judged::Ratings => Some(Basis::Declared),
        };
        let unjudged = Verdict {
            goal: name.clone(),
            indicator: goal.indicator.clone(),
            target_from: None,
            promise: None,
            current: true,
            value: judged.value(),
            judgement: Judgement::NotAssessable,
            settled: None,
            units_short: None,
            basis,
            reason: None,
            process: None,
        };
        let in_force: Vec<&Target> =
            goal.targets.iter().filter(|target| target.from <= as_of).collect();
        let reason = match (&judged, goal.targets.is_empty(), in_force.is_empty()) {
            (Judged::Nothing, ..) => Some(GoalReason::NoIndicator),
            (_, true, _) => Some(GoalReason::NoTarget),
            (_, false, true) => Some(GoalReason::NoTargetYet),
            (_, false, false) => None,
        };
        if reason.is_some() {
            verdicts.push(Verdict { reason, ..unjudged });
            continue;
        }
        for (position, target) in in_force.iter().enumerate() {
            let version = Verdict {
                target_from: Some(target.from),
                promise: Some(target.promise.clone()),
                current: position + 1 == in_force.len(),
                ..unjudged.clone()
            };
            verdicts.push(judged.judge(project, goal, target, as_of, version));
        }
    }
    verdicts
}

/// What a goal is judged by.
enum Judged<'a> {
    Nothing,
    Figure { figures: &'a Figures, figure: &'a Figure, measure: &'a Measure },
    Ratings,
}

impl<'a> Judged<'a> {
    fn of(project: &'a Project, goal: &Goal, figures: &'a Figures) -> Self {
        if !goal.evidence.is_empty() {
            return Self::Ratings;
        }
        let indicator = goal.indicator.as_ref().and_then(|name| project.indicators.get_full(name));
        let found = indicator.and_then(|(position, _, indicator)| {
            let figure = figures
                .iter()
                .find(|figure| figure.indicator == position && figure.is_overall())?;
            Some(Self::Figure { figures, figure, measure: &indicator.measure })
        });
        found.unwrap_or(Self::Nothing)
    }

    fn value(&self) -> Option<f64> {
        match self {
            Self::Figure { figures, figure, .. } => figures.value(figure),
            Self::Nothing | Self::Ratings => None,
        }
    }

    fn judge(
        &self,
        project: &Project,
        goal: &Goal,
        target: &Target,
        as_of: NaiveDate,
        version: Verdict,
    ) -> Verdict {
        match self {
            Self::Nothing => version,
            Self::Ratings => match evidence::lowest_rating(project, goal, as_of) {
                Some(rank) => Verdict {
                    judgement: evidence::judge(&target.promise, goal, rank),
                    settled: Some(true),
                    ..version
                },
                None => Verdict { reason: Some(GoalReason::PartUnrated), ..version },
            },
            Self::Figure { figure, measure, .. } => match (figure.state, figure.counts) {
                (State::Value, Some(counts)) => {
                    let is_count = matches!(measure, Measure::Count(_));
                    let rule = Rule::new(target);
                    let is_over = project.last_day.is_some_and(|last_day| last_day <= as_of);
                    if let Some(quantity) = &figure.quantity {
                        let judgement = rule.judge_quantity(quantity);
                        let settled =
                            settled::quantity(measure, judgement, &rule, &counts, is_over);
                        return Verdict { judgement, settled: Some(settled), ..version };
                    }
                    let units = if is_count { 1 } else { counts.observed() };
                    let judgement = rule.judge(counts.successes, units);
                    let is_settled = if is_count {
                        settled::count(&rule, judgement, &counts, is_over)
                    } else {
                        settled::share(&rule, judgement, &settled::can_leave(measure, &counts))
                    };
                    Verdict {
                        judgement,
                        settled: Some(is_settled),
                        units_short: units_short(&target.promise, &counts, units),
                        process: process(measure, &target.promise, &counts),
                        ..version
                    }
                }
                (State::NotDue, _) => Verdict { judgement: Judgement::NotDue, ..version },
                (State::NotComputable(reason), _) => {
                    Verdict { reason: Some(GoalReason::Figure(reason)), ..version }
                }
                (State::Value | State::Suppressed, _) => version,
            },
        }
    }
}

/// How a target judges a value: where it is met, and where it is near.
#[derive(Debug)]
pub(super) struct Rule {
    /// Where it is met.
    met: Span,
    /// Where it is met or near.
    near: Span,
}

/// An interval of values; `None` has no end.
#[derive(Debug, Clone, Copy)]
struct Span {
    low: Option<Decimal>,
    high: Option<Decimal>,
    /// Whether the low end itself lies outside: `exists` asks for more than 0.
    above_low: bool,
}

impl Rule {
    pub(super) fn new(target: &Target) -> Self {
        let number = |threshold: &Threshold| match threshold {
            Threshold::Number(number) => *number,
            // A checked project rates only goals without an indicator.
            Threshold::Rating(_) => Decimal::from_integer(0),
        };
        let closed = |low, high| Span { low, high, above_low: false };
        let met = match &target.promise {
            Promise::AtLeast(low) => closed(Some(number(low)), None),
            Promise::AtMost(high) => closed(None, Some(number(high))),
            Promise::Between(low, high) => closed(Some(number(low)), Some(number(high))),
            Promise::All => closed(Some(Decimal::from_integer(1)), None),
            Promise::Exists => {
                Span { low: Some(Decimal::from_integer(0)), high: None, above_low: true }
            }
        };
        let tolerance = target.tolerance.unwrap_or(Decimal::from_integer(0));
        let near = Span {
            low: met.low.map(|low| low.minus(&tolerance).unwrap_or(low)),
            high: met.high.map(|high| high.plus(&tolerance).unwrap_or(high)),
            ..met
        };
        Self { met, near }
    }

    /// The verdict on `successes` of `units`; a count is of 1.
    pub(super) fn judge(&self, successes: u64, units: u64) -> Judgement {
        self.judged(|end| end.compare_ratio(successes, units))
    }

    /// The verdict on a quantity: exact where it is a quotient of whole numbers, else by the nearest double.
    pub(super) fn judge_quantity(&self, quantity: &Quantity) -> Judgement {
        self.judged(|end| {
            let exact = quantity.exact.and_then(|(part, whole)| end.compare_quotient(part, whole));
            exact.unwrap_or_else(|| quantity.value.total_cmp(&end.to_f64()))
        })
    }

    /// The verdict on a value that compares with decimals as `compare` says.
    fn judged(&self, compare: impl Fn(&Decimal) -> Ordering) -> Judgement {
        if self.met.holds(&compare) {
            Judgement::Met
        } else if self.near.holds(&compare) {
            Judgement::Near
        } else {
            Judgement::NotMet
        }
    }

    /// Whether every number of successes in a range, out of `units`, gives this verdict.
    pub(super) fn is_the_same_over(
        &self,
        verdict: Judgement,
        successes: RangeInclusive<u64>,
        units: u64,
    ) -> bool {
        if units == 0 {
            // Nobody would be left to judge by.
            return false;
        }
        // The verdict changes only at the ends of the two spans, so it is enough to look at the ends of the range and
        // at the numbers next to where each span begins and ends.
        let (first, last) = (*successes.start(), *successes.end());
        let turns = self.met.turns(units).into_iter().chain(self.near.turns(units));
        let looked_at = turns.filter(|turn| successes.contains(turn)).chain([first, last]);
        looked_at.into_iter().all(|number| self.judge(number, units) == verdict)
    }
}

impl Span {
    fn holds(&self, compare: impl Fn(&Decimal) -> Ordering) -> bool {
        let above = self.low.is_none_or(|low| match compare(&low) {
            Ordering::Greater => true,
            Ordering::Equal => !self.above_low,
            Ordering::Less => false,
        });
        above && self.high.is_none_or(|high| compare(&high).is_le())
    }

    /// The whole numbers next to the ends of this span, inside and outside.
    fn turns(&self, units: u64) -> Vec<u64> {
        let ends = [
            self.low.map(|low| low.times_ceil(units)),
            self.high.map(|high| high.times_floor(units)),
        ];
        let next_to = |end: i128| [end - 1, end, end + 1].into_iter();
        ends.into_iter()
            .flatten()
            .flat_map(next_to)
            .filter_map(|turn| u64::try_from(turn).ok())
            .collect()
    }
}

/// How many units are short of the target; with the observed ones held fixed.
fn units_short(promise: &Promise, counts: &Accounting, units: u64) -> Option<i64> {
    let k = i128::from(counts.successes);
    let needed = |threshold: &Threshold| match threshold {
        Threshold::Number(number) => Some(number.times_ceil(units)),
        Threshold::Rating(_) => None,
    };
    let allowed = |threshold: &Threshold| match threshold {
        Threshold::Number(number) => Some(number.times_floor(units)),
        Threshold::Rating(_) => None,
    };
    let short = match promise {
        Promise::AtLeast(low) => needed(low)? - k,
        Promise::AtMost(high) => k - allowed(high)?,
        Promise::Between(low, high) => {
            let (below, above) = (needed(low)? - k, k - allowed(high)?);
            // One bound is broken: the distance to it. None is: what is left of the smaller margin.
            below.max(above)
        }
        Promise::All => i128::from(counts.observed()) - k,
        Promise::Exists => 1 - k,
    };
    i64::try_from(short).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(promise: Promise, tolerance: Option<f64>) -> Rule {
        Rule::new(&Target {
            from: NaiveDate::default(),
            promise,
            tolerance: tolerance.and_then(Decimal::from_f64),
            decided_by: None,
            why: None,
            source: None,
        })
    }

    fn threshold(number: f64) -> Threshold {
        Threshold::Number(Decimal::from_f64(number).unwrap())
    }

    /// Looking at the turns gives what looking at every number gives.
    #[test]
    fn turns_are_enough() {
        let rules = [
            rule(Promise::AtLeast(threshold(0.7)), Some(0.1)),
            rule(Promise::AtMost(threshold(0.25)), None),
            rule(Promise::Between(threshold(0.4), threshold(0.6)), Some(0.05)),
            rule(Promise::Between(threshold(0.6), threshold(0.9)), None),
            rule(Promise::All, None),
            rule(Promise::Exists, None),
        ];
        for rule in &rules {
            for units in 1..=12_u64 {
                for first in 0..=units {
                    for last in first..=units {
                        for verdict in [Judgement::Met, Judgement::Near, Judgement::NotMet] {
                            let all = (first..=last).all(|k| rule.judge(k, units) == verdict);
                            assert_eq!(
                                rule.is_the_same_over(verdict, first..=last, units),
                                all,
                                "{rule:?} {first}..={last} of {units}"
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn compares_by_whole_numbers() {
        let rule = rule(Promise::AtLeast(threshold(0.7)), Some(0.02));
        assert_eq!(rule.judge(35, 50), Judgement::Met);
        assert_eq!(rule.judge(34, 50), Judgement::Near);
        assert_eq!(rule.judge(33, 50), Judgement::NotMet);
    }
}
