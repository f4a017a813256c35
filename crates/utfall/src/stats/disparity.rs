//! How far apart the shares of several groups are.

use std::cmp::Ordering;

use super::difference::{DifferenceIntervals, DifferenceMethod};
use super::error::{Result, check_counts, check_level};
use super::estimate::Estimate;
use super::ratio::{RatioIntervals, RatioMethod};
use super::special::number;
use super::tails::check_units;

/// How far apart the shares of several groups are. Groups are named by their places in what was given.
#[derive(Debug, Clone, PartialEq)]
pub struct Disparity {
    /// The group with the lowest share; the first of several.
    pub lowest: usize,
    /// The group with the highest share; the first of several.
    pub highest: usize,
    /// The highest share minus the lowest, with Newcombe's interval.
    pub difference: Estimate,
    /// The lowest share divided by the highest, with Koopman's interval; `None` where all shares are 0.
    pub ratio: Option<Estimate>,
    /// Whether the lowest share is less than four fifths of the highest: decided on whole numbers.
    pub below_four_fifths: bool,
    /// The share of all units, those of groups that were left out included.
    pub overall: f64,
    /// The greatest distance of a group's share from that of all.
    pub difference_to_overall: f64,
    /// The group at that distance; the first of several.
    pub furthest_by_difference: usize,
    /// The smallest ratio of a group's share to that of all, or of that of all to the group's, whichever is below 1;
    /// `None` where nobody succeeded.
    pub ratio_to_overall: Option<f64>,
    /// The group with that ratio; the first of several, and of all where there is no ratio.
    pub furthest_by_ratio: usize,
    /// The groups with fewer units than were asked for, in order.
    pub left_out: Vec<usize>,
}

/// How far apart the shares of several groups are; `None` where fewer than two groups can be compared.
///
/// Groups are (successes, n) and have no unit in common. Groups with fewer than `smallest` units are left out and
/// listed, empty ones always; their units count in the share of all.
///
/// The greatest difference grows with the number of groups and with how few units they have, even where chance alone
/// makes it: set `smallest`. The two groups were found by looking for the extremes, so the intervals are no test of
/// whether groups differ. That the lowest share is below four fifths of the highest is a reason to look closer, no more;
/// it is meant for the favourable outcome, and reversing the outcome changes the answer.
///
/// # Errors
///
/// If a group has more successes than units or more than 10¹² units, or `level` (0.95 for 95 %) does not lie between 0
/// and 1.
///
/// Source: Uniform guidelines on employee selection procedures, 29 CFR 1607.4 D (1978), for the four fifths; the other
/// measures as in S. Bird and others, *Fairlearn: a toolkit for assessing and improving fairness in AI*, Microsoft
/// MSR-TR-2020-32 (2020).
///
/// ```
/// use utfall::stats::disparity;
///
/// // Work or studies, for those born in Sweden, elsewhere in the EU, and outside it; three did not say.
/// let groups = [(146, 203), (40, 61), (70, 132), (2, 3)];
/// let found = disparity(&groups, 10, 0.95)?.unwrap();
/// assert_eq!((found.lowest, found.highest, found.left_out), (2, 0, vec![3]));
/// assert_eq!(format!("{:.3}", found.difference.value), "0.189");
/// assert!(found.below_four_fifths);
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn disparity(groups: &[(u64, u64)], smallest: u64, level: f64) -> Result<Option<Disparity>> {
    check_level(level)?;
    for (successes, n) in groups {
        check_counts(*successes, *n)?;
        check_units(*n)?;
    }
    let is_compared = |place: &usize| groups[*place].1 >= smallest.max(1);
    let (compared, left_out): (Vec<usize>, Vec<usize>) = (0..groups.len()).partition(is_compared);
    let share = |place: usize| number(groups[place].0) / number(groups[place].1);
    let by_share = |one: &usize, other: &usize| order(groups[*one], groups[*other]);
    // Of equals, `min_by` gives the first.
    let lowest = compared.iter().copied().min_by(by_share);
    let highest = compared.iter().copied().min_by(|one, other| by_share(other, one));
    let (Some(lowest), Some(highest), 2..) = (lowest, highest, compared.len()) else {
        return Ok(None);
    };
    let (low, high) = (groups[lowest], groups[highest]);
    let difference = DifferenceIntervals::new(DifferenceMethod::default(), level)?.of(high, low)?;
    let ratio = RatioIntervals::new(RatioMethod::default(), level)?.of(low, high)?;
    let Some(difference) = difference else { return Ok(None) };
    let overall = overall(groups);
    let (furthest_by_difference, difference_to_overall) =
        greatest(&compared, |place| (share(place) - overall).abs());
    let (furthest_by_ratio, negative_ratio) = greatest(&compared, |place| {
        let ratio = share(place) / overall;
        -ratio.min(1.0 / ratio)
    });
    Ok(Some(Disparity {
        lowest,
        highest,
        difference,
        ratio,
        below_four_fifths: is_below_four_fifths(low, high),
        overall,
        difference_to_overall,
        furthest_by_difference,
        ratio_to_overall: (overall > 0.0).then_some(-negative_ratio),
        furthest_by_ratio,
        left_out,
    }))
}

/// The share of the units of all groups.
fn overall(groups: &[(u64, u64)]) -> f64 {
    let sum = |part: fn(&(u64, u64)) -> u64| groups.iter().map(part).map(number).sum::<f64>();
    sum(|group| group.0) / sum(|group| group.1)
}

/// The place with the greatest of some numbers, the first of several, and that number.
fn greatest(places: &[usize], of: impl Fn(usize) -> f64) -> (usize, f64) {
    let mut found = (places[0], of(places[0]));
    for place in &places[1..] {
        let number = of(*place);
        if number > found.1 {
            found = (*place, number);
        }
    }
    found
}

/// How the shares of two groups compare, exactly.
fn order(one: (u64, u64), other: (u64, u64)) -> Ordering {
    let product = |successes, n| u128::from(successes) * u128::from(n);
    product(one.0, other.1).cmp(&product(other.0, one.1))
}

/// Whether a share is less than four fifths of another, exactly.
fn is_below_four_fifths(one: (u64, u64), other: (u64, u64)) -> bool {
    5 * u128::from(one.0) * u128::from(other.1) < 4 * u128::from(other.0) * u128::from(one.1)
}

#[cfg(test)]
mod tests {
    use super::{Disparity, disparity};

    fn of(groups: &[(u64, u64)], smallest: u64) -> Disparity {
        disparity(groups, smallest, 0.95).unwrap().unwrap()
    }

    /// 16/25 is four fifths of 20/25, but 0.64 / 0.8 is less than 0.8 as floats are divided.
    #[test]
    fn four_fifths_are_not_below_four_fifths() {
        assert!(!of(&[(16, 25), (20, 25)], 1).below_four_fifths);
        assert!(of(&[(15, 25), (20, 25)], 1).below_four_fifths);
        assert!(!of(&[(4, 5), (1_000_000, 1_000_000)], 1).below_four_fifths);
        assert!(of(&[(799_999, 1_000_000), (5, 5)], 1).below_four_fifths);
    }

    #[test]
    fn small_groups_are_left_out_but_belong_to_all() {
        let found = of(&[(0, 3), (5, 10), (0, 0), (6, 10), (4, 4)], 5);
        assert_eq!((found.lowest, found.highest), (1, 3));
        assert_eq!(found.left_out, [0, 2, 4]);
        assert!((found.overall - 15.0 / 27.0).abs() < 1e-15);
        // 0.5 is 0.0556 away and 0.6 is 0.0444; 0.5 / 0.5556 = 0.9 and 0.5556 / 0.6 = 0.926.
        assert_eq!((found.furthest_by_difference, found.furthest_by_ratio), (1, 1));
        assert!((found.difference_to_overall - (15.0 / 27.0 - 0.5)).abs() < 1e-15);
        assert!((found.ratio_to_overall.unwrap() - 0.9).abs() < 1e-15);
    }

    #[test]
    fn the_first_of_equals_is_named() {
        let found = of(&[(1, 2), (3, 4), (2, 4), (6, 8)], 1);
        assert_eq!((found.lowest, found.highest), (0, 1));
    }

    #[test]
    fn without_a_success_there_is_no_ratio() {
        let found = of(&[(0, 10), (0, 20)], 1);
        assert_eq!((found.ratio, found.ratio_to_overall), (None, None));
        assert!(!found.below_four_fifths && found.difference.value == 0.0);
        assert!(found.difference.high > 0.0);
    }

    #[test]
    fn one_group_is_compared_with_nothing() {
        assert_eq!(disparity(&[(3, 10), (0, 0)], 1, 0.95), Ok(None));
        assert_eq!(disparity(&[], 1, 0.95), Ok(None));
    }
}
