//! States decided on whole numbers: what a share is now, and what it could still become.

use std::cmp::Ordering;

use super::result::{CheckReason, CheckState};
use crate::project::{Decimal, Promise, Threshold};
use crate::stats::Interval;
use crate::tally::Accounting;

/// A fraction of whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fraction {
    pub(super) part: u64,
    pub(super) whole: u64,
}

impl Fraction {
    #[allow(clippy::cast_precision_loss, reason = "counts of units lie far below 2^53")]
    pub(super) fn value(self) -> f64 {
        self.part as f64 / self.whole as f64
    }

    /// How this fraction compares with another, exactly.
    fn compare(self, other: Self) -> Ordering {
        let product = |part: u64, whole: u64| u128::from(part) * u128::from(whole);
        product(self.part, other.whole).cmp(&product(other.part, self.whole))
    }

    /// This fraction less another, as numerator and denominator.
    pub(super) fn less(self, other: Self) -> (i128, u128) {
        let product = |part: u64, whole: u64| i128::from(part) * i128::from(whole);
        let part = product(self.part, other.whole) - product(other.part, self.whole);
        (part, u128::from(self.whole) * u128::from(other.whole))
    }
}

/// The share of a part or group: what it is by those observed, and what it could still become.
#[derive(Debug, Clone, Copy)]
pub(super) struct ShareRange {
    pub(super) counts: Accounting,
    /// Units of unknown part or group that could belong to this one.
    pub(super) joining: u64,
}

impl ShareRange {
    /// The observed share; `None` where nobody is observed.
    pub(super) fn observed(&self) -> Option<Fraction> {
        let (part, whole) = (self.counts.successes, self.counts.observed());
        (whole > 0).then_some(Fraction { part, whole })
    }

    /// Units whose outcome is open; those who could join are not among them.
    pub(super) const fn open(&self) -> u64 {
        self.counts.missing + self.counts.not_due + self.counts.unclassified
    }

    /// Whether nobody is there, nor could be.
    pub(super) const fn is_empty(&self) -> bool {
        self.whole() == 0
    }

    /// The lowest and the highest share that it could become: every open case a failure, or every one a success.
    pub(super) const fn ends(&self) -> (Fraction, Fraction) {
        let (part, whole) = (self.counts.successes, self.whole());
        let most = part + self.open() + self.joining;
        (Fraction { part, whole }, Fraction { part: most, whole })
    }

    pub(super) fn bounds(&self) -> Option<Interval> {
        let (low, high) = self.ends();
        (low.whole > 0).then(|| Interval { low: low.value(), high: high.value() })
    }

    const fn whole(&self) -> u64 {
        self.counts.observed() + self.open() + self.joining
    }
}

/// An interval that a share has to lie in; an end of `None` is none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    low: Option<Decimal>,
    high: Option<Decimal>,
    /// Whether the low end itself lies outside: `exists` asks for more than 0.
    above_low: bool,
}

impl Limits {
    pub(super) const fn at_least(low: Decimal) -> Self {
        Self { low: Some(low), high: None, above_low: false }
    }

    /// The 40/60 rule, both ends included.
    pub(super) fn balance() -> Option<Self> {
        let (low, high) = (Decimal::from_f64(0.4)?, Decimal::from_f64(0.6)?);
        Some(Self { low: Some(low), high: Some(high), above_low: false })
    }

    /// What a target promises; `None` for a rating, which is no share.
    pub(super) fn of(promise: &Promise) -> Option<Self> {
        let number = |threshold: &Threshold| match threshold {
            Threshold::Number(number) => Some(*number),
            Threshold::Rating(_) => None,
        };
        let all = Decimal::from_integer(1);
        Some(match promise {
            Promise::AtLeast(low) => Self::at_least(number(low)?),
            Promise::AtMost(high) => {
                Self { low: None, high: Some(number(high)?), above_low: false }
            }
            Promise::Between(low, high) => {
                Self { low: Some(number(low)?), high: Some(number(high)?), above_low: false }
            }
            Promise::All => Self::at_least(all),
            Promise::Exists => {
                Self { low: Some(Decimal::from_integer(0)), high: None, above_low: true }
            }
        })
    }

    /// What an observed share comes to.
    pub(super) fn judge(&self, range: &ShareRange) -> Option<CheckState> {
        let observed = self.side(range.observed()?);
        let (low, high) = range.ends();
        Some(settled(observed, self.side(low), self.side(high)))
    }

    /// Below (`Less`), within (`Equal`) or above (`Greater`).
    fn side(&self, share: Fraction) -> Ordering {
        let compare = |end: &Decimal| end.compare_ratio(share.part, share.whole);
        let is_below = self.low.is_some_and(|low| match compare(&low) {
            Ordering::Less => true,
            Ordering::Equal => self.above_low,
            Ordering::Greater => false,
        });
        if is_below {
            Ordering::Less
        } else if self.high.is_some_and(|high| compare(&high).is_gt()) {
            Ordering::Greater
        } else {
            Ordering::Equal
        }
    }
}

/// What the difference of two observed shares comes to, if it may be this large at most.
pub(super) fn judge_gap(
    at_most: &Decimal,
    one: &ShareRange,
    other: &ShareRange,
) -> Option<CheckState> {
    let side = |(part, whole): (i128, u128)| {
        let over = |part| compare(at_most, part, whole).is_gt();
        if over(part) {
            Ordering::Greater
        } else if over(-part) {
            Ordering::Less
        } else {
            Ordering::Equal
        }
    };
    let observed = side(one.observed()?.less(other.observed()?));
    let ((low, high), (other_low, other_high)) = (one.ends(), other.ends());
    Some(settled(observed, side(low.less(other_high)), side(high.less(other_low))))
}

/// What the differences of all pairs of several observed shares come to together, if each may be this large at most;
/// `None` of fewer than two. It takes no longer than to look at each once: the pair that is furthest apart whatever turns
/// out is that of the highest low end and the lowest high end, the one that could be is the other way round.
pub(super) fn judge_all(at_most: &Decimal, ranges: &[ShareRange]) -> Option<CheckState> {
    let lows: Vec<Fraction> = ranges.iter().map(|range| range.ends().0).collect();
    let highs: Vec<Fraction> = ranges.iter().map(|range| range.ends().1).collect();
    let is_over = |(part, whole): (i128, u128)| compare(at_most, part, whole).is_gt();
    (ranges.len() > 1).then(|| {
        if widest(&lows, &highs).into_iter().any(is_over) {
            CheckState::NotMet
        } else if widest(&highs, &lows).into_iter().any(is_over) {
            CheckState::Open
        } else {
            CheckState::Met
        }
    })
}

/// The greatest differences of a first fraction less a second one of another place: the greatest is among them.
fn widest(first: &[Fraction], second: &[Fraction]) -> Vec<(i128, u128)> {
    let mut greatest: Vec<(usize, Fraction)> = first.iter().copied().enumerate().collect();
    let mut least: Vec<(usize, Fraction)> = second.iter().copied().enumerate().collect();
    greatest.sort_by(|one, other| other.1.compare(one.1));
    least.sort_by(|one, other| one.1.compare(other.1));
    let pairs = greatest.iter().take(2).flat_map(|one| {
        let others = least.iter().take(2).filter(|other| one.0 != other.0);
        others.map(|other| one.1.less(other.1))
    });
    pairs.collect()
}

/// How a fraction compares with a number: exactly, or by the nearest double where it has more digits than can be
/// multiplied.
fn compare(number: &Decimal, part: i128, whole: u128) -> Ordering {
    #[allow(clippy::cast_precision_loss, reason = "only where whole numbers do not reach")]
    let nearest = || (part as f64 / whole as f64).total_cmp(&number.to_f64());
    number.compare_quotient(part, whole).unwrap_or_else(nearest)
}

/// A side now and at both ends of what it could become: whatever lies between has the same side, if the ends have.
fn settled(now: Ordering, low: Ordering, high: Ordering) -> CheckState {
    match (now, low == now && high == now) {
        (_, false) => CheckState::Open,
        (Ordering::Equal, true) => CheckState::Met,
        (_, true) => CheckState::NotMet,
    }
}

/// What a state becomes where few are observed: below a declared smallest group nothing can be told, below
/// [`FEW`] without one it is told with a caution.
pub(super) fn cautious(
    state: CheckState,
    reason: Option<CheckReason>,
    observed: u64,
    smallest: Option<u32>,
) -> (CheckState, Option<CheckReason>) {
    match smallest {
        Some(smallest) if observed < u64::from(smallest) => {
            (CheckState::CannotTell, Some(CheckReason::SmallGroup))
        }
        None if observed < FEW => (state, reason.or(Some(CheckReason::SmallGroup))),
        _ => (state, reason),
    }
}

/// Fewer than these are few: one person more or less would decide.
pub(super) const FEW: u64 = 5;

/// Why nothing is said of a share of which nobody is observed.
pub(super) fn unobserved(range: &ShareRange) -> CheckReason {
    use crate::assess::Reason;
    if range.is_empty() { CheckReason::Empty } else { CheckReason::Figure(Reason::NothingObserved) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(successes: u64, failures: u64, missing: u64) -> ShareRange {
        let counts = Accounting { missing, successes, failures, ..Accounting::default() };
        ShareRange { counts, joining: 0 }
    }

    fn decimal(number: f64) -> Decimal {
        Decimal::from_f64(number).unwrap()
    }

    /// 2 of 5 and 3 of 5 are balanced, to the unit.
    #[test]
    fn forty_and_sixty_per_cent_are_balanced() {
        let balance = Limits::balance().unwrap();
        let state = |men, women| balance.judge(&range(men, women, 0)).unwrap();
        assert_eq!(state(2, 3), CheckState::Met);
        assert_eq!(state(3, 2), CheckState::Met);
        assert_eq!(state(399_999, 600_001), CheckState::NotMet);
        assert_eq!(state(600_001, 399_999), CheckState::NotMet);
    }

    /// 7/10 less 3/5 is 1/10, but 0.7 - 0.6 is less than 0.1 as floats are subtracted; 0.8 - 0.7 is more.
    #[test]
    fn a_difference_at_the_limit_is_accepted() {
        let at_most = decimal(0.1);
        let gap = |one, other| judge_gap(&at_most, &one, &other).unwrap();
        assert_eq!(gap(range(7, 3, 0), range(6, 4, 0)), CheckState::Met);
        assert_eq!(gap(range(8, 2, 0), range(7, 3, 0)), CheckState::Met);
        assert_eq!(gap(range(7, 3, 0), range(8, 2, 0)), CheckState::Met);
        assert_eq!(gap(range(8001, 1999, 0), range(7, 3, 0)), CheckState::NotMet);
        assert_eq!(gap(range(7, 3, 0), range(8001, 1999, 0)), CheckState::NotMet);
    }

    /// 5 of 10 against 8 of 10 with two missing in the first: 7 of 12 at most leaves 0.8 - 0.5833 = 0.2167.
    #[test]
    fn a_gap_that_missing_answers_could_close_is_open() {
        let gap = |at_most| judge_gap(&decimal(at_most), &range(5, 5, 2), &range(8, 2, 0)).unwrap();
        assert_eq!(gap(0.21), CheckState::NotMet);
        assert_eq!(gap(0.22), CheckState::Open);
        // The other way: 5 of 12 leaves 0.8 - 0.4167 = 0.3833.
        assert_eq!(gap(0.38), CheckState::Open);
        assert_eq!(gap(0.39), CheckState::Met);
    }

    /// The state of all is the one that weighs most among all pairs.
    #[test]
    fn all_pairs_are_judged_at_once() {
        let all: Vec<ShareRange> = (0..60)
            .map(|number| range(number * 7 % 11, 1 + number * 5 % 13, number * 3 % 4))
            .collect();
        let at_mosts = [0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 1.0].map(decimal);
        let mut seen = Vec::new();
        for at_most in &at_mosts {
            for start in 0..all.len() - 5 {
                let some = &all[start..start + 2 + start % 4];
                let pairs = (0..some.len()).flat_map(|one| {
                    (0..one).filter_map(move |other| judge_gap(at_most, &some[one], &some[other]))
                });
                let states: Vec<CheckState> = pairs.collect();
                let expected = CheckState::ALL.into_iter().find(|state| states.contains(state));
                assert_eq!(judge_all(at_most, some), expected, "{at_most} {some:?}");
                seen.extend(expected);
            }
        }
        for state in [CheckState::Met, CheckState::Open, CheckState::NotMet] {
            assert!(seen.contains(&state));
        }
        assert_eq!(judge_all(&decimal(0.1), &all[..1]), None);
    }

    /// An open case above and one below the limits are open, though both ends lie outside.
    #[test]
    fn ends_on_either_side_are_open() {
        let balance = Limits::balance().unwrap();
        assert_eq!(balance.judge(&range(0, 1, 9)), Some(CheckState::Open));
    }
}
