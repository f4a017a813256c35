//! Between which shares do units of different size lie by chance?

use super::error::{Result, StatisticsError, check_target};
use super::estimate::Interval;
use super::methods;
use super::special::{number, upper_normal};
use super::tails::{Binomial, Counts, check_units, first, is_at_most};

methods! {
    /// How the limits of a funnel are made.
    pub enum FunnelMethod {
        /// Exact where fewer than 10 successes or fewer than 10 failures are expected, else normal.
        Automatic = "automatic",
        /// Quantiles of the binomial distribution: steps, since a unit of seven has eight possible shares.
        Exact = "exact",
        /// The normal approximation, a smooth curve, cut to 0 and 1.
        Normal = "normal",
    }
}

/// The limits between which the share of a sub-project of `n` units lies by chance if its units succeed as likely as
/// `target` says; `None` where `n` is 0.
///
/// A share below `low` or above `high` is surprising: by chance, at most `tail` of such sub-projects come out below
/// and at most `tail` above (for [`FunnelMethod::Normal`] about so many). Customary are 0.025 and 0.001. A sub-project
/// within the limits cannot be told from the target, whatever its rank: use this instead of a league table. Sub-projects
/// often differ more than chance for reasons of their own (whom they take in); then most lie outside, and that says
/// little of any one of them.
///
/// # Errors
///
/// If `target` does not lie from 0 to 1, `tail` not between 0 and 0.5, or there are more than 10¹² units.
///
/// Source: D. J. Spiegelhalter, *Funnel plots for comparing institutional performance*, Statistics in Medicine 24 (2005),
/// 1185–1202.
///
/// ```
/// use utfall::stats::{FunnelMethod, funnel_limits};
///
/// let small = funnel_limits(0.7, 12, 0.025, FunnelMethod::Automatic)?.unwrap();
/// assert_eq!((small.low * 12.0, small.high * 12.0), (5.0, 11.0));
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn funnel_limits(
    target: f64,
    n: u64,
    tail: f64,
    method: FunnelMethod,
) -> Result<Option<Interval>> {
    FunnelLimits::new(target, tail, method)?.of(n)
}

/// Limits for one target and many sub-projects.
///
/// ```
/// use utfall::stats::{FunnelLimits, FunnelMethod};
///
/// let limits = FunnelLimits::new(0.5, 0.025, FunnelMethod::Normal)?;
/// assert!(limits.of(400)?.unwrap().high < limits.of(100)?.unwrap().high);
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FunnelLimits {
    target: f64,
    tail: f64,
    method: FunnelMethod,
    /// The normal quantile of the tail.
    z: f64,
}

impl FunnelLimits {
    /// Limits around a target.
    ///
    /// # Errors
    ///
    /// If `target` does not lie from 0 to 1, or `tail` not between 0 and 0.5.
    pub fn new(target: f64, tail: f64, method: FunnelMethod) -> Result<Self> {
        check_target(target)?;
        if !(tail > 0.0 && tail < 0.5) {
            return Err(StatisticsError::TailOutOfRange { tail });
        }
        Ok(Self { target, tail, method, z: upper_normal(tail) })
    }

    /// The limits of a sub-project of `n` units; `None` where `n` is 0.
    ///
    /// # Errors
    ///
    /// If there are more than 10¹² units.
    pub fn of(&self, n: u64) -> Result<Option<Interval>> {
        check_units(n)?;
        let expected = number(n) * self.target.min(1.0 - self.target);
        let limits = match self.method {
            _ if n == 0 => return Ok(None),
            FunnelMethod::Normal => self.normal(n),
            FunnelMethod::Automatic if expected >= 10.0 => self.normal(n),
            FunnelMethod::Automatic | FunnelMethod::Exact => self.exact(n),
        };
        Ok(Some(limits))
    }

    fn normal(&self, n: u64) -> Interval {
        let half = self.z * (self.target * (1.0 - self.target) / number(n)).sqrt();
        Interval { low: (self.target - half).max(0.0), high: (self.target + half).min(1.0) }
    }

    /// The fewest and the most successes that are not surprising.
    fn exact(&self, n: u64) -> Interval {
        let (target, tail) = (self.target, self.tail);
        // The most failures that are not surprising leave the fewest successes.
        let low = n - most(n, 1.0 - target, tail);
        let high = most(n, target, tail);
        // With very few units the likeliest share is itself beyond the target. No share lies between the two.
        Interval {
            low: (number(low) / number(n)).min(target),
            high: (number(high) / number(n)).max(target),
        }
    }
}

/// The smallest number of successes that at most `tail` exceed.
fn most(n: u64, p: f64, tail: f64) -> u64 {
    let counts = Binomial::new(n, p);
    first(0, n, |successes| is_at_most(counts.at_least(successes + 1), tail))
}
