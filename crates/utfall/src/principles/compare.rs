//! Two groups set against each other: how far their shares lie apart, and what that comes to.

use super::limits::{FEW, Fraction, ShareRange, judge_gap};
use super::result::{CheckFigures, CheckReason, CheckState};
use crate::project::Decimal;
use crate::stats::{
    Alternative, DifferenceMethod, Interval, ProportionMethod, RatioMethod, difference,
    fisher_exact, proportion, ratio,
};

/// Two groups that have no unit in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct TwoGroups {
    pub(super) one: ShareRange,
    pub(super) other: ShareRange,
    /// The largest difference that is accepted.
    pub(super) at_most: Option<Decimal>,
    pub(super) smallest_group: Option<u32>,
    /// The level of confidence of intervals.
    pub(super) level: f64,
}

/// The smallest group that is judged: five, where none is declared.
pub(super) fn smallest(declared: Option<u32>) -> u64 {
    declared.map_or(FEW, u64::from).max(1)
}

impl TwoGroups {
    /// What the difference comes to, whatever the size of the groups; `None` without a limit, or where nobody is
    /// observed.
    pub(super) fn judge(&self) -> Option<CheckState> {
        judge_gap(self.at_most.as_ref()?, &self.one, &self.other)
    }

    pub(super) fn state(&self) -> (CheckState, Option<CheckReason>) {
        let ranges = [&self.one, &self.other];
        if ranges.iter().any(|range| range.is_empty()) {
            return (CheckState::CannotTell, Some(CheckReason::Empty));
        }
        if self.least() < smallest(self.smallest_group) {
            return (CheckState::CannotTell, Some(CheckReason::SmallGroup));
        }
        match self.judge() {
            Some(state) => (state, None),
            None => (CheckState::CannotTell, Some(CheckReason::NoLimit)),
        }
    }

    /// How many are observed in the smaller group.
    fn least(&self) -> u64 {
        self.one.counts.observed().min(self.other.counts.observed())
    }

    pub(super) fn figures(&self) -> CheckFigures {
        let (one, other) = (&self.one, &self.other);
        let counts = |range: &ShareRange| (range.counts.successes, range.counts.observed());
        let (first, second) = (counts(one), counts(other));
        let level = self.level;
        let crude = difference(first, second, DifferenceMethod::Newcombe, level).ok().flatten();
        let table = [[first.0, first.1 - first.0], [second.0, second.1 - second.0]];
        let is_tested = self.least() >= smallest(self.smallest_group);
        let p_value = is_tested.then(|| fisher_exact(table, Alternative::TwoSided));
        CheckFigures {
            successes: Some(first.0),
            n: Some(first.1),
            value: proportion(first.0, first.1, ProportionMethod::Wilson, level).ok().flatten(),
            open: Some(one.open() + other.open()),
            unknown: Some(one.joining),
            other_successes: Some(second.0),
            other_n: Some(second.1),
            reference: other.observed().map(Fraction::value),
            difference: crude,
            limit: self.at_most.map(|limit| limit.to_f64()),
            bounds: crude.and_then(|_| bounds(one, other)),
            ratio: ratio(first, second, RatioMethod::Koopman, level).ok().flatten(),
            below_four_fifths: crude.map(|_| is_below_four_fifths(first, second)),
            p_value: p_value.and_then(|found| found.ok().flatten()),
            ..CheckFigures::default()
        }
    }
}

/// What the difference could be, however the open cases turn out.
fn bounds(one: &ShareRange, other: &ShareRange) -> Option<Interval> {
    let (one, other) = (one.bounds()?, other.bounds()?);
    Some(Interval { low: one.low - other.high, high: one.high - other.low })
}

/// Whether the lower of two shares is less than four fifths of the higher, by whole numbers.
fn is_below_four_fifths(one: (u64, u64), other: (u64, u64)) -> bool {
    let below = |low: (u64, u64), high: (u64, u64)| {
        5 * u128::from(low.0) * u128::from(high.1) < 4 * u128::from(high.0) * u128::from(low.1)
    };
    below(one, other) || below(other, one)
}

#[cfg(test)]
mod tests {
    use super::is_below_four_fifths;

    /// 16/25 is four fifths of 20/25, though 0.64 / 0.8 is less than 0.8 as floats are divided.
    #[test]
    fn four_fifths_are_not_below_four_fifths() {
        assert!(!is_below_four_fifths((16, 25), (20, 25)));
        assert!(
            is_below_four_fifths((15, 25), (20, 25)) && is_below_four_fifths((20, 25), (15, 25))
        );
        assert!(!is_below_four_fifths((0, 25), (0, 25)));
    }
}
