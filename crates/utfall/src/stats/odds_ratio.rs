//! The ratio of the odds of two groups.

use super::difference::{Group, groups};
use super::error::{Result, check_level};
use super::estimate::Estimate;
use super::methods;
use super::ratio::about_logarithm;
use super::root::root;
use super::special::{number, two_sided_normal};
use super::tails::{Counts, Hypergeometric, check_units, first};

methods! {
    /// How a ratio of odds and its interval are made. All are two-sided.
    pub enum OddsRatioMethod {
        /// The normal interval of the logarithm (Woolf, 1955). It needs successes and failures in both groups: without,
        /// the end that does not exist is NaN.
        Woolf = "woolf",
        /// Woolf's after half a success and half a failure more in either group, which go into the value too (Haldane,
        /// 1956): there for every table.
        Haldane = "haldane",
        /// The conditional maximum likelihood estimate and the exact interval given the margins (Cornfield, 1956):
        /// never less sure than its level, so wider than needed.
        Exact = "exact",
    }
}

/// The odds of `one` group divided by those of the `other`, with their interval.
///
/// Groups are (successes, n) and have no unit in common. `None` where either group is empty; but for Haldane's method,
/// also where all units succeeded or none did. Else, with a cell of 0, the ratio is 0 (lower end 0) or infinite (upper
/// end infinite), and by Woolf the other end NaN. Odds are seldom what is asked for: where shares are not small, their
/// ratio lies further from 1 than that of the shares.
///
/// # Errors
///
/// If there are more successes than units, `level` (0.95 for 95 %) does not lie between 0 and 1, or, for the exact
/// method, there are more than 10¹² units.
///
/// Source: B. Woolf, *On estimating the relation between blood group and disease*, Annals of Human Genetics 19 (1955),
/// 251–253; J. B. S. Haldane, *The estimation and significance of the logarithm of a ratio of frequencies*, Annals of
/// Human Genetics 20 (1956), 309–311; J. Cornfield, *A statistical problem arising from retrospective studies*, Third
/// Berkeley Symposium 4 (1956), 135–148.
///
/// ```
/// use utfall::stats::{OddsRatioMethod, odds_ratio};
///
/// let odds = odds_ratio((7, 10), (5, 10), OddsRatioMethod::Woolf, 0.95)?.unwrap();
/// assert_eq!(format!("{:.3} {:.3} {:.3}", odds.value, odds.low, odds.high), "2.333 0.373 14.613");
/// assert_eq!(odds_ratio((5, 5), (5, 5), OddsRatioMethod::Woolf, 0.95)?, None);
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn odds_ratio(
    one: (u64, u64),
    other: (u64, u64),
    method: OddsRatioMethod,
    level: f64,
) -> Result<Option<Estimate>> {
    OddsRatioIntervals::new(method, level)?.of(one, other)
}

/// Ratios of odds by one method at one level, for many pairs of groups.
///
/// ```
/// use utfall::stats::{OddsRatioIntervals, OddsRatioMethod};
///
/// let intervals = OddsRatioIntervals::new(OddsRatioMethod::Haldane, 0.95)?;
/// assert_eq!(intervals.of((5, 5), (5, 5))?.unwrap().value, 1.0);
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OddsRatioIntervals {
    method: OddsRatioMethod,
    level: f64,
    /// The normal quantile of the level.
    z: f64,
}

impl OddsRatioIntervals {
    /// Ratios by a method at a level.
    ///
    /// # Errors
    ///
    /// If the level does not lie between 0 and 1.
    pub fn new(method: OddsRatioMethod, level: f64) -> Result<Self> {
        check_level(level)?;
        Ok(Self { method, level, z: two_sided_normal(level) })
    }

    /// The odds of one group divided by those of the other; `None` where there are no such odds.
    ///
    /// # Errors
    ///
    /// If there are more successes than units, or more units than the exact method takes.
    pub fn of(&self, one: (u64, u64), other: (u64, u64)) -> Result<Option<Estimate>> {
        let Some((first, second)) = groups(one, other)? else { return Ok(None) };
        if self.method == OddsRatioMethod::Haldane {
            return Ok(Some(woolf(first.with(0.5), second.with(0.5), self.z)));
        }
        if first.successes + second.successes == 0.0 || first.failures + second.failures == 0.0 {
            return Ok(None);
        }
        if self.method == OddsRatioMethod::Woolf {
            return Ok(Some(woolf(first, second, self.z)));
        }
        check_units(one.1)?;
        check_units(other.1)?;
        Ok(Some(exact(one, other, self.level)))
    }
}

fn woolf(one: Group, other: Group, z: f64) -> Estimate {
    let value = one.successes / one.failures * (other.failures / other.successes);
    let cells = [one.successes, one.failures, other.successes, other.failures];
    let variance: f64 = cells.iter().map(|cell| 1.0 / cell).sum();
    Estimate::new(value, about_logarithm(value, z * variance.sqrt()))
}

/// The ratio under which the successes of one group are expected to be what they are, and those under which so many or
/// more, and so few or fewer, have half of what the level leaves as their probability.
fn exact(one: (u64, u64), other: (u64, u64), level: f64) -> Estimate {
    let margins = Hypergeometric::new((one.1, other.1), one.0 + other.0);
    let (least, greatest) = margins.ends();
    let (found, tail) = (one.0, (1.0 - level) / 2.0);
    let near = (Group::new(one).with(0.5), Group::new(other).with(0.5));
    let near = (near.0.successes / near.0.failures * (near.1.failures / near.1.successes)).ln();
    let solve = |distance: &dyn Fn(&Tilted) -> f64| {
        rising_root(|logarithm| distance(&Tilted::new(margins, logarithm, found)), near).exp()
    };
    let mut estimate = Estimate { value: 0.0, low: 0.0, high: f64::INFINITY };
    if found > least {
        estimate.low = solve(&|tilted| tilted.at_least - tail);
        estimate.value = f64::INFINITY;
    }
    if found < greatest {
        estimate.high = solve(&|tilted| tail - tilted.at_most);
    }
    if least < found && found < greatest {
        estimate.value = solve(&|tilted| tilted.excess);
    }
    estimate
}

/// Where a rising function is zero, looked for around a place.
fn rising_root(function: impl Fn(f64) -> f64, near: f64) -> f64 {
    let (mut low, mut high, mut step) = (near, near, 1.0);
    while function(low) > 0.0 && step < 1e4 {
        low -= step;
        step *= 2.0;
    }
    step = 1.0;
    while function(high) < 0.0 && step < 1e4 {
        high += step;
        step *= 2.0;
    }
    root(function, low, high)
}

/// The successes of one group given the margins, where its odds are a number of times those of the other.
struct Tilted {
    /// The probability of as many successes as were found, or more.
    at_least: f64,
    /// The probability of as many, or fewer.
    at_most: f64,
    /// How many more successes are expected than were found.
    excess: f64,
}

impl Tilted {
    /// The distribution by its margins and the logarithm of the ratio of the odds, seen from the successes found.
    fn new(margins: Hypergeometric, logarithm: f64, found: u64) -> Self {
        let (least, greatest) = margins.ends();
        let ratio = logarithm.exp();
        let mode = first(least, greatest, |count| margins.step(count) * ratio < 1.0);
        let mut sums = Sums::default();
        sums.add(1.0, mode, found);
        let mut term = 1.0;
        for count in mode..greatest {
            term *= margins.step(count) * ratio;
            if !sums.add(term, count + 1, found) {
                break;
            }
        }
        term = 1.0;
        for count in (least..mode).rev() {
            term /= margins.step(count) * ratio;
            if !sums.add(term, count, found) {
                break;
            }
        }
        Self {
            at_least: sums.at_least / sums.all,
            at_most: sums.at_most / sums.all,
            excess: sums.excess / sums.all,
        }
    }
}

/// What is summed over the counts that can be, each with its relative probability.
#[derive(Default)]
struct Sums {
    all: f64,
    at_least: f64,
    at_most: f64,
    excess: f64,
}

impl Sums {
    /// Adds a count, and says whether those beyond it can still matter.
    fn add(&mut self, term: f64, count: u64, found: u64) -> bool {
        self.all += term;
        if count >= found {
            self.at_least += term;
            self.excess += term * number(count - found);
        }
        if count <= found {
            self.at_most += term;
            self.excess -= term * number(found - count);
        }
        term > self.all * 1e-22
    }
}

#[cfg(test)]
mod tests {
    use super::{OddsRatioMethod, odds_ratio};

    #[test]
    fn ends_that_do_not_exist() {
        for method in [OddsRatioMethod::Woolf, OddsRatioMethod::Exact] {
            let of = |one, other| odds_ratio(one, other, method, 0.95).unwrap();
            let (none, all) = (of((0, 10), (3, 10)).unwrap(), of((10, 10), (3, 10)).unwrap());
            assert!(none.value == 0.0 && none.low == 0.0, "{none:?}");
            assert!(all.value.is_infinite() && all.high.is_infinite(), "{all:?}");
            assert_eq!(none.high.is_nan(), method == OddsRatioMethod::Woolf);
            assert_eq!(all.low.is_nan(), method == OddsRatioMethod::Woolf);
            assert_eq!(of((0, 10), (0, 12)), None);
            assert_eq!(of((10, 10), (12, 12)), None);
            assert_eq!(of((0, 0), (1, 12)), None);
        }
    }

    /// 0.5 / 10.5 against 0.5 / 12.5.
    #[test]
    fn half_a_unit_is_there_for_every_table() {
        let found = odds_ratio((0, 10), (0, 12), OddsRatioMethod::Haldane, 0.95).unwrap().unwrap();
        assert!((found.value - 12.5 / 10.5).abs() < 1e-15, "{found:?}");
    }
}
