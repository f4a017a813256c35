//! The ratio of the shares of two groups.

use super::difference::{Group, groups};
use super::error::{Result, check_level};
use super::estimate::{Estimate, Interval};
use super::methods;
use super::root::root;
use super::special::two_sided_normal;

methods! {
    /// How the interval of a ratio of two shares is made. All are two-sided.
    pub enum RatioMethod {
        /// The score interval of Koopman (1984): there for every table, good for few units.
        Koopman = "koopman",
        /// The normal interval of the ratio's logarithm (Katz and others, 1978). It needs successes in both groups:
        /// without, the end that does not exist is NaN.
        Katz = "katz",
        /// Koopman's with the factor N / (N - 1) of Miettinen and Nurminen (1985) in the variance.
        MiettinenNurminen = "miettinen_nurminen",
    }
}

/// The share of `one` group divided by that of the `other`, with its interval.
///
/// Groups are (successes, n) and have no unit in common. `None` where either group is empty or neither has a success.
/// Where only the other has none, the ratio and its upper end are infinite; where only the one has none, they are 0 with
/// a lower end of 0. By Katz the other end is then NaN. A ratio between groups is no effect of what was done for them,
/// and reads differently for failures than for successes.
///
/// # Errors
///
/// If there are more successes than units, or `level` (0.95 for 95 %) does not lie between 0 and 1.
///
/// Source: P. A. R. Koopman, *Confidence intervals for the ratio of two binomial proportions*, Biometrics 40 (1984),
/// 513–517; D. Katz, J. Baptista, S. P. Azen, M. C. Pike, *Obtaining confidence intervals for the risk ratio in cohort
/// studies*, Biometrics 34 (1978), 469–474; O. Miettinen, M. Nurminen, *Comparative analysis of two rates*, Statistics
/// in Medicine 4 (1985), 213–226.
///
/// ```
/// use utfall::stats::{RatioMethod, ratio};
///
/// let women_to_men = ratio((7, 10), (5, 10), RatioMethod::Koopman, 0.9)?.unwrap();
/// assert_eq!(format!("{:.1}", women_to_men.value), "1.4");
/// assert_eq!(format!("{:.3} {:.3}", women_to_men.low, women_to_men.high), "0.758 2.760");
/// assert_eq!(ratio((0, 10), (0, 10), RatioMethod::Koopman, 0.95)?, None);
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn ratio(
    one: (u64, u64),
    other: (u64, u64),
    method: RatioMethod,
    level: f64,
) -> Result<Option<Estimate>> {
    RatioIntervals::new(method, level)?.of(one, other)
}

/// Intervals of ratios by one method at one level, for many pairs of groups.
///
/// ```
/// use utfall::stats::{RatioIntervals, RatioMethod};
///
/// let intervals = RatioIntervals::new(RatioMethod::Koopman, 0.95)?;
/// assert_eq!(intervals.of((3, 10), (0, 10))?.unwrap().high, f64::INFINITY);
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatioIntervals {
    method: RatioMethod,
    /// The normal quantile of the level.
    z: f64,
}

impl RatioIntervals {
    /// Intervals by a method at a level.
    ///
    /// # Errors
    ///
    /// If the level does not lie between 0 and 1.
    pub fn new(method: RatioMethod, level: f64) -> Result<Self> {
        check_level(level)?;
        Ok(Self { method, z: two_sided_normal(level) })
    }

    /// The share of one group divided by that of the other; `None` where either is empty or neither has a success.
    ///
    /// # Errors
    ///
    /// If there are more successes than units.
    pub fn of(&self, one: (u64, u64), other: (u64, u64)) -> Result<Option<Estimate>> {
        let Some((one, other)) = groups(one, other)? else { return Ok(None) };
        if one.successes + other.successes == 0.0 {
            return Ok(None);
        }
        let value = one.share() / other.share();
        let all = one.n + other.n;
        let interval = match self.method {
            RatioMethod::Koopman => score(one, other, self.z * self.z),
            RatioMethod::MiettinenNurminen => {
                score(one, other, self.z * self.z * all / (all - 1.0))
            }
            RatioMethod::Katz => {
                let variance = one.failures / one.n / one.successes
                    + other.failures / other.n / other.successes;
                about_logarithm(value, self.z * variance.sqrt())
            }
        };
        // Rounding must not put an end beyond the value. NaN stays.
        let low = if interval.low > value { value } else { interval.low };
        let high = if interval.high < value { value } else { interval.high };
        Ok(Some(Estimate { value, low, high }))
    }
}

/// An interval whose ends are as many times less and more than a value; the end beyond 0 or infinity does not exist.
pub(super) fn about_logarithm(value: f64, half: f64) -> Interval {
    if value == 0.0 {
        Interval { low: 0.0, high: f64::NAN }
    } else if value.is_infinite() {
        Interval { low: f64::NAN, high: f64::INFINITY }
    } else {
        Interval { low: value * (-half).exp(), high: value * half.exp() }
    }
}

/// The ratios whose score statistic is at most `most`.
fn score(one: Group, other: Group, most: f64) -> Interval {
    Interval { low: lowest_ratio(one, other, most), high: 1.0 / lowest_ratio(other, one, most) }
}

/// The lowest ratio whose score statistic is at most `most`.
///
/// The shares that are likeliest under a given ratio are those of `one` group with some number of units taken from its
/// successes and from its units, and of the `other` with as many added to both. The statistic grows with that number.
fn lowest_ratio(one: Group, other: Group, most: f64) -> f64 {
    if one.successes == 0.0 {
        return 0.0;
    }
    // A level that is as good as 0 leaves the ratio itself.
    if most == 0.0 {
        return one.share() / other.share();
    }
    let (failed, other_failed) = (one.failures / one.n, other.failures / other.n);
    let statistic = |moved: f64| {
        let of_one = if failed == 0.0 { 0.0 } else { failed / (one.successes - moved) };
        moved * moved * (of_one + other_failed / (other.successes + moved))
    };
    // Without failures, taking all units away still leaves a share of 1, which then falls by itself.
    let of_all = statistic(one.n);
    if failed == 0.0 && of_all < most {
        let share = 1.0 / (1.0 + (most - of_all) / one.n);
        return share * ((other.n + one.n) / (other.successes + one.n));
    }
    // Either part alone reaches the statistic, or half of it, at the root of a quadratic equation.
    let by_either = |part: f64| {
        let by_one = 2.0 * part * one.successes
            / (part + (part * part + 4.0 * failed * part * one.successes).sqrt());
        let under_root = part * part + 4.0 * other_failed * part * other.successes;
        let by_other = (part + under_root.sqrt()) / (2.0 * other_failed);
        by_one.min(by_other)
    };
    let moved = root(|moved| statistic(moved) - most, by_either(most / 2.0), by_either(most));
    let share = if failed == 0.0 { 1.0 } else { (one.successes - moved) / (one.n - moved) };
    share * ((other.n + moved) / (other.successes + moved))
}

#[cfg(test)]
mod tests {
    use super::{RatioMethod, ratio};

    #[test]
    fn a_level_of_nearly_nothing_leaves_the_ratio() {
        let found = ratio((1, 2), (3, 3), RatioMethod::Koopman, 1e-300).unwrap().unwrap();
        assert_eq!((found.low.to_string(), found.high.to_string()), ("0.5".into(), "0.5".into()));
    }

    #[test]
    fn ends_that_do_not_exist() {
        for method in RatioMethod::ALL {
            let of = |one, other| ratio(one, other, *method, 0.95).unwrap();
            let (none, all) = (of((0, 10), (3, 10)).unwrap(), of((3, 10), (0, 10)).unwrap());
            assert!(none.value == 0.0 && none.low == 0.0, "{none:?}");
            assert!(all.value.is_infinite() && all.high.is_infinite(), "{all:?}");
            assert_eq!(none.high.is_nan(), *method == RatioMethod::Katz);
            assert_eq!(all.low.is_nan(), *method == RatioMethod::Katz);
            assert_eq!(of((0, 10), (0, 10)), None);
            assert_eq!(of((0, 0), (1, 10)), None);
        }
    }
}
