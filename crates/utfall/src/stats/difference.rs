//! The difference between the shares of two groups.

use super::error::{Result, check_counts, check_level};
use super::estimate::{Estimate, Interval};
use super::methods;
use super::proportion::wilson;
use super::root::root;
use super::special::{number, two_sided_normal};

methods! {
    /// How the interval of a difference between two shares is made. All are two-sided.
    pub enum DifferenceMethod {
        /// The hybrid score interval of Newcombe (1998, his method 10), without continuity correction: made of the two
        /// Wilson intervals, in range, good for few units.
        Newcombe = "newcombe",
        /// The score interval of Miettinen and Nurminen (1985), whose variance has the factor N / (N - 1).
        MiettinenNurminen = "miettinen_nurminen",
        /// The score interval of Mee (1984): that of Miettinen and Nurminen without the factor.
        Mee = "mee",
        /// Wald's interval after one more success and one more failure in either group (Agresti and Caffo, 2000), cut
        /// to -1 and 1. For few units and a low level the difference itself can lie outside.
        AgrestiCaffo = "agresti_caffo",
        /// The textbook interval, cut to -1 and 1: too short for few units, and of no width where both shares are 0
        /// or 1. For comparison with others' figures.
        Wald = "wald",
    }
}

/// The share of `one` group minus that of the `other`, with its interval; `None` where either group is empty.
///
/// Groups are (successes, n). A difference between groups is no effect of what was done for them. The groups must have
/// no unit in common.
///
/// # Errors
///
/// If there are more successes than units, or `level` (0.95 for 95 %) does not lie between 0 and 1.
///
/// Source: R. G. Newcombe, *Interval estimation for the difference between independent proportions: comparison of eleven
/// methods*, Statistics in Medicine 17 (1998), 873–890; O. Miettinen, M. Nurminen, *Comparative analysis of two rates*,
/// Statistics in Medicine 4 (1985), 213–226; R. W. Mee, *Confidence bounds for the difference between two
/// probabilities*, Biometrics 40 (1984), 1175–1176; A. Agresti, B. Caffo, *Simple and effective confidence intervals for
/// proportions and differences of proportions result from adding two successes and two failures*, American
/// Statistician 54 (2000), 280–288.
///
/// ```
/// use utfall::stats::{DifferenceMethod, difference};
///
/// let gap = difference((56, 70), (48, 80), DifferenceMethod::Newcombe, 0.95)?.unwrap();
/// assert_eq!(format!("{:.4} {:.4} {:.4}", gap.value, gap.low, gap.high), "0.2000 0.0524 0.3339");
/// assert_eq!(difference((0, 0), (48, 80), DifferenceMethod::Newcombe, 0.95)?, None);
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn difference(
    one: (u64, u64),
    other: (u64, u64),
    method: DifferenceMethod,
    level: f64,
) -> Result<Option<Estimate>> {
    DifferenceIntervals::new(method, level)?.of(one, other)
}

/// Intervals of differences by one method at one level, for many pairs of groups.
///
/// ```
/// use utfall::stats::{DifferenceIntervals, DifferenceMethod};
///
/// let intervals = DifferenceIntervals::new(DifferenceMethod::Mee, 0.95)?;
/// assert_eq!(intervals.of((10, 10), (0, 10))?.unwrap().high, 1.0);
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DifferenceIntervals {
    method: DifferenceMethod,
    /// The normal quantile of the level.
    z: f64,
}

impl DifferenceIntervals {
    /// Intervals by a method at a level.
    ///
    /// # Errors
    ///
    /// If the level does not lie between 0 and 1.
    pub fn new(method: DifferenceMethod, level: f64) -> Result<Self> {
        check_level(level)?;
        Ok(Self { method, z: two_sided_normal(level) })
    }

    /// The share of one group minus that of the other; `None` where either group is empty.
    ///
    /// # Errors
    ///
    /// If there are more successes than units.
    pub fn of(&self, one: (u64, u64), other: (u64, u64)) -> Result<Option<Estimate>> {
        let (first, second) = (one, other);
        let Some((one, other)) = groups(first, second)? else { return Ok(None) };
        let value = one.share_less(other);
        let all = one.n + other.n;
        let interval = match self.method {
            DifferenceMethod::Newcombe => newcombe(value, first, second, self.z),
            DifferenceMethod::MiettinenNurminen => {
                score(one, other, self.z * (all / (all - 1.0)).sqrt())
            }
            DifferenceMethod::Mee => score(one, other, self.z),
            DifferenceMethod::AgrestiCaffo => wald(one.with(1.0), other.with(1.0), self.z),
            DifferenceMethod::Wald => wald(one, other, self.z),
        };
        Ok(Some(Estimate::new(value, interval)))
    }
}

/// The counts of a group as numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    pub(super) successes: f64,
    pub(super) failures: f64,
    pub(super) n: f64,
}

impl Group {
    pub(super) fn new((successes, n): (u64, u64)) -> Self {
        Self { successes: number(successes), failures: number(n - successes), n: number(n) }
    }

    pub(super) fn share(self) -> f64 {
        self.successes / self.n
    }

    /// The share less that of another group, to the last digit where the two are nearly equal too.
    fn share_less(self, other: Self) -> f64 {
        let product = other.successes * self.n;
        let lost = other.successes.mul_add(-self.n, product);
        let difference = self.successes.mul_add(other.n, -product) + lost;
        difference / (self.n * other.n)
    }

    /// The square of the standard error of the share.
    fn variance(self) -> f64 {
        self.successes / self.n * (self.failures / self.n) / self.n
    }

    /// With so many more successes, and as many more failures.
    pub(super) fn with(self, more: f64) -> Self {
        Self {
            successes: self.successes + more,
            failures: self.failures + more,
            n: self.n + 2.0 * more,
        }
    }

    /// With failures for successes.
    const fn reversed(self) -> Self {
        Self { successes: self.failures, failures: self.successes, n: self.n }
    }
}

/// The counts of two groups as numbers; `None` where either is empty.
pub(super) fn groups(one: (u64, u64), other: (u64, u64)) -> Result<Option<(Group, Group)>> {
    check_counts(one.0, one.1)?;
    check_counts(other.0, other.1)?;
    Ok((one.1 > 0 && other.1 > 0).then(|| (Group::new(one), Group::new(other))))
}

fn newcombe(value: f64, one: (u64, u64), other: (u64, u64), z: f64) -> Interval {
    let share = |(successes, n)| number(successes) / number(n);
    let (first, second) = (wilson(one.0, one.1, z), wilson(other.0, other.1, z));
    let low = (share(one) - first.low).hypot(second.high - share(other));
    let high = (first.high - share(one)).hypot(share(other) - second.low);
    cut(value - low, value + high)
}

fn wald(one: Group, other: Group, z: f64) -> Interval {
    let middle = one.share_less(other);
    let half = z * (one.variance() + other.variance()).sqrt();
    cut(middle - half, middle + half)
}

fn cut(low: f64, high: f64) -> Interval {
    Interval { low: low.max(-1.0), high: high.min(1.0) }
}

/// The differences that a score test at `z` standard errors does not reject.
fn score(one: Group, other: Group, z: f64) -> Interval {
    let value = one.share_less(other);
    cut(
        value - score_distance(one, other.reversed(), z),
        value + score_distance(one.reversed(), other, z),
    )
}

/// How far the sum of two shares can fall until a score test rejects it.
///
/// The shares that are likeliest under a given difference are found by a multiplier instead of the cubic equation that
/// is usually solved for them, and which loses half of the digits for shares near 0: likelihood is greatest where
/// (successes - n p) / (p q) is the same number in both groups. For each such multiplier either share is the root of a
/// quadratic equation, the fall is the multiplier times the variance, and the score test's statistic the multiplier
/// times the standard error, which grows with it.
fn score_distance(one: Group, other: Group, z: f64) -> f64 {
    // Nothing falls below 0.
    if one.successes + other.successes == 0.0 {
        return 0.0;
    }
    let variance = |base: f64, above: f64| {
        fallen_variance(one, base, above) + fallen_variance(other, base, above)
    };
    let beyond = |base: f64, above: f64| (base + above) * variance(base, above).sqrt() - z;
    // A share of 1 begins to fall where the multiplier is n. It is looked for from there, since digits of what lies
    // above would be lost in what lies below.
    let base = [one, other]
        .into_iter()
        .filter(|group| group.failures == 0.0 && beyond(group.n, 0.0) < 0.0)
        .fold(0.0, |base: f64, group| base.max(group.n));
    // No share has a greater variance than a half.
    let mut low = (z / (0.25 / one.n + 0.25 / other.n).sqrt() - base).max(0.0);
    let mut high = low.max(z * z);
    while beyond(base, high) < 0.0 && high < f64::MAX / 4.0 {
        low = high;
        high *= 2.0;
    }
    let above = root(|above| beyond(base, above), low, high);
    (base + above) * variance(base, above)
}

/// The variance of the share of a group that fell under a multiplier, which is given in two parts.
fn fallen_variance(group: Group, base: f64, above: f64) -> f64 {
    let Group { successes, failures, n } = group;
    let (multiplier, rest) = (base + above, n - base - above);
    // Both p and q are the roots of quadratic equations without a difference of what is nearly equal.
    let root = (rest * rest + 4.0 * multiplier * failures).sqrt();
    let p = 2.0 * successes / (n + multiplier + root);
    let q = if rest > 0.0 {
        2.0 * failures / (rest + root)
    } else {
        (root - rest) / (2.0 * multiplier)
    };
    p * q / n
}
