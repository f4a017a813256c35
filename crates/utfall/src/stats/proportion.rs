//! Intervals of one share.

use super::error::{Result, check_counts, check_level};
use super::estimate::{Estimate, Interval};
use super::methods;
use super::special::{beta_quantile, number, two_sided_normal};

methods! {
    /// How the interval of one share is made. All are two-sided.
    pub enum ProportionMethod {
        /// The score interval of Wilson (1927), without continuity correction: in range, and on average as wide as its
        /// level says even for few units.
        Wilson = "wilson",
        /// The exact interval of Clopper and Pearson (1934): never less sure than its level, so wider than needed.
        ClopperPearson = "clopper_pearson",
        /// The equal-tailed Bayes interval under the prior of Jeffreys, not moved to 0 and 1 at the ends.
        Jeffreys = "jeffreys",
        /// The interval of Agresti and Coull (1998): Wald's about Wilson's middle, cut to 0 and 1. For comparison with
        /// others' figures; it can be wider than Wilson's.
        AgrestiCoull = "agresti_coull",
    }
}

/// The share of `successes` in `n` units with its interval; `None` where `n` is 0.
///
/// The interval says how far the share would carry to other units of the same kind. Where the register holds everybody
/// there is, the share itself is exact and needs none.
///
/// # Errors
///
/// If there are more successes than units, or `level` (0.95 for 95 %) does not lie between 0 and 1.
///
/// Source: L. D. Brown, T. T. Cai, A. DasGupta, *Interval estimation for a binomial proportion*, Statistical Science 16
/// (2001), 101–133.
///
/// ```
/// use utfall::stats::{ProportionMethod, proportion};
///
/// let share = proportion(7, 24, ProportionMethod::Wilson, 0.95)?.unwrap();
/// assert_eq!(format!("{:.3} {:.3} {:.3}", share.value, share.low, share.high), "0.292 0.149 0.492");
/// assert_eq!(proportion(0, 0, ProportionMethod::Wilson, 0.95)?, None);
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn proportion(
    successes: u64,
    n: u64,
    method: ProportionMethod,
    level: f64,
) -> Result<Option<Estimate>> {
    ProportionIntervals::new(method, level)?.of(successes, n)
}

/// Intervals of shares by one method at one level, for many shares.
///
/// ```
/// use utfall::stats::{ProportionIntervals, ProportionMethod};
///
/// let intervals = ProportionIntervals::new(ProportionMethod::Wilson, 0.95)?;
/// assert_eq!(intervals.of(0, 10)?.unwrap().low, 0.0);
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProportionIntervals {
    method: ProportionMethod,
    level: f64,
    /// The normal quantile of the level.
    z: f64,
}

impl ProportionIntervals {
    /// Intervals by a method at a level.
    ///
    /// # Errors
    ///
    /// If the level does not lie between 0 and 1.
    pub fn new(method: ProportionMethod, level: f64) -> Result<Self> {
        check_level(level)?;
        Ok(Self { method, level, z: two_sided_normal(level) })
    }

    /// The level of confidence.
    pub const fn level(&self) -> f64 {
        self.level
    }

    /// The share of `successes` in `n` units; `None` where `n` is 0.
    ///
    /// # Errors
    ///
    /// If there are more successes than units.
    #[inline]
    pub fn of(&self, successes: u64, n: u64) -> Result<Option<Estimate>> {
        check_counts(successes, n)?;
        if n == 0 {
            return Ok(None);
        }
        let interval = match self.method {
            ProportionMethod::Wilson => wilson(successes, n, self.z),
            ProportionMethod::ClopperPearson => clopper_pearson(successes, n, self.level),
            ProportionMethod::Jeffreys => jeffreys(successes, n, self.level),
            ProportionMethod::AgrestiCoull => agresti_coull(successes, n, self.z),
        };
        Ok(Some(Estimate::new(number(successes) / number(n), interval)))
    }

    /// Writes the shares of many and the ends of their intervals into slices, as far as the shortest of all goes; NaN
    /// where `n` is 0.
    ///
    /// # Errors
    ///
    /// If there are more successes than units; the slices then hold nothing of use.
    ///
    /// ```
    /// use utfall::stats::{ProportionIntervals, ProportionMethod};
    ///
    /// let intervals = ProportionIntervals::new(ProportionMethod::Wilson, 0.95)?;
    /// let (mut values, mut lows, mut highs) = ([0.0; 2], [0.0; 2], [0.0; 2]);
    /// intervals.of_each(&[5, 0], &[10, 0], [&mut values, &mut lows, &mut highs])?;
    /// assert_eq!((values[0], values[1].is_nan()), (0.5, true));
    /// # Ok::<(), utfall::stats::StatisticsError>(())
    /// ```
    pub fn of_each(&self, successes: &[u64], n: &[u64], made: [&mut [f64]; 3]) -> Result<()> {
        let [values, lows, highs] = made;
        let made = values.iter_mut().zip(lows).zip(highs);
        let rows = made.zip(successes.iter().zip(n));
        if self.method != ProportionMethod::Wilson {
            for (((value, low), high), (successes, n)) in rows {
                let none = Estimate { value: f64::NAN, low: f64::NAN, high: f64::NAN };
                let made = self.of(*successes, *n)?.unwrap_or(none);
                (*value, *low, *high) = (made.value, made.low, made.high);
            }
            return Ok(());
        }
        // Without a branch in it, a loop is worked through several numbers at a time.
        let mut is_share = true;
        for (((value, low), high), (successes, n)) in rows {
            let (successes, n) = (*successes, *n);
            is_share &= successes <= n;
            let made = wilson(successes, n, self.z);
            *value = number(successes) / number(n);
            // 0 of 0 is NaN, and so is what it is added to.
            let none = *value * 0.0;
            *low = made.low + none;
            *high = made.high + none;
        }
        if is_share {
            return Ok(());
        }
        successes.iter().zip(n).try_for_each(|(successes, n)| check_counts(*successes, *n))
    }
}

#[inline]
pub(super) fn wilson(successes: u64, n: u64, z: f64) -> Interval {
    let (k, units) = (number(successes), number(n));
    let z2 = z * z;
    // The textbook's numerator and denominator times n, which leaves two divisions of six.
    let middle = k + z2 / 2.0;
    let half = z * (k / units * (units - k) + z2 / 4.0).sqrt();
    let scale = 1.0 / (units + z2);
    // The formula leaves rounding errors about 0 and 1, where the ends are exact, and above 1 for very many units.
    let low = if k > 0.0 { (middle - half) * scale } else { 0.0 };
    let high = (middle + half) * scale;
    Interval { low, high: if k < units && high < 1.0 { high } else { 1.0 } }
}

fn clopper_pearson(successes: u64, n: u64, level: f64) -> Interval {
    let (k, failures) = (number(successes), number(n - successes));
    let tail = (1.0 - level) / 2.0;
    Interval {
        low: beta_quantile(tail, k, failures + 1.0),
        high: beta_quantile(1.0 - tail, k + 1.0, failures),
    }
}

fn jeffreys(successes: u64, n: u64, level: f64) -> Interval {
    let (a, b) = (number(successes) + 0.5, number(n - successes) + 0.5);
    let tail = (1.0 - level) / 2.0;
    Interval { low: beta_quantile(tail, a, b), high: beta_quantile(1.0 - tail, a, b) }
}

fn agresti_coull(successes: u64, n: u64, z: f64) -> Interval {
    let units = number(n) + z * z;
    let middle = (number(successes) + z * z / 2.0) / units;
    let half = z * (middle * (1.0 - middle) / units).sqrt();
    Interval { low: (middle - half).max(0.0), high: (middle + half).min(1.0) }
}

#[cfg(test)]
mod tests {
    use super::super::error::StatisticsError;
    use super::*;

    const LEN: usize = 66;

    /// All shares of up to 10 units, none of 0 among them.
    fn shares() -> (Vec<u64>, Vec<u64>) {
        (0..=10).flat_map(|n| (0..=n).map(move |successes| (successes, n))).unzip()
    }

    #[test]
    fn many_shares_are_what_each_of_them_is() {
        let (successes, n) = shares();
        for method in ProportionMethod::ALL {
            let intervals = ProportionIntervals::new(*method, 0.9).unwrap();
            let (mut values, mut lows, mut highs) = ([0.0; LEN], [0.0; LEN], [0.0; LEN]);
            intervals.of_each(&successes, &n, [&mut values, &mut lows, &mut highs]).unwrap();
            for place in 0..LEN {
                let found = [values[place], lows[place], highs[place]];
                match intervals.of(successes[place], n[place]).unwrap() {
                    Some(Estimate { value, low, high }) => {
                        assert_eq!(found.map(f64::to_bits), [value, low, high].map(f64::to_bits));
                    }
                    None => assert!(found.iter().all(|number| number.is_nan())),
                }
            }
        }
    }

    #[test]
    fn one_of_many_that_is_no_share_is_an_error() {
        for method in [ProportionMethod::Wilson, ProportionMethod::Jeffreys] {
            let intervals = ProportionIntervals::new(method, 0.95).unwrap();
            let (mut values, mut lows, mut highs) = ([0.0; 3], [0.0; 3], [0.0; 3]);
            let made = [&mut values[..], &mut lows[..], &mut highs[..]];
            let error = StatisticsError::MoreSuccessesThanUnits { successes: 3, n: 2 };
            assert_eq!(intervals.of_each(&[1, 3, 5], &[2, 2, 2], made), Err(error));
        }
    }
}
