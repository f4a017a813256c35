//! Tails of distributions over counts, summed term by term.
//!
//! `statrs` has them as incomplete beta functions, which lose digits as the units grow (3e-10 at 100,000, 1e-6 at a
//! million) and do not converge near the middle for more; an exact test of a large register needs them all.

use std::f64::consts::PI;

use super::error::{Result, StatisticsError};
use super::special::number;

/// The most units for which counts are summed or multiplied as whole numbers: their tails then take
/// at most some ten million terms, and no product overflows.
pub(super) const MOST_SUMMED: u64 = 1_000_000_000_000;

/// How much less likely a count still passes for as likely as another: rounding separates what is equal.
const ROUNDING: f64 = 1e-7;

/// Refuses more units than can be summed.
pub(super) const fn check_units(n: u64) -> Result<()> {
    if n <= MOST_SUMMED { Ok(()) } else { Err(StatisticsError::TooManyUnits { most: MOST_SUMMED }) }
}

/// A distribution over counts that rises up to its mode and falls from there on, ever more steeply.
pub(super) trait Counts {
    /// The least and the greatest count that can be.
    fn ends(&self) -> (u64, u64);

    /// The likeliest count.
    fn mode(&self) -> u64;

    /// The logarithm of the probability of a count between the ends.
    fn ln_probability(&self, count: u64) -> f64;

    /// How many times likelier the next count is than this one.
    fn step(&self, count: u64) -> f64;

    /// The probability of this count or less.
    fn at_most(&self, count: u64) -> f64 {
        let (least, greatest) = self.ends();
        if count < least {
            0.0
        } else if count >= greatest {
            1.0
        } else if count <= self.mode() {
            self.ln_probability(count).exp() * self.times_down(count)
        } else {
            1.0 - self.ln_probability(count + 1).exp() * self.times_up(count + 1)
        }
    }

    /// The probability of this count or more.
    fn at_least(&self, count: u64) -> f64 {
        let (least, greatest) = self.ends();
        if count > greatest {
            0.0
        } else if count <= least {
            1.0
        } else if count >= self.mode() {
            self.ln_probability(count).exp() * self.times_up(count)
        } else {
            1.0 - self.ln_probability(count - 1).exp() * self.times_down(count - 1)
        }
    }

    /// The probability of all counts that are no likelier than this one.
    fn as_unlikely(&self, count: u64) -> f64 {
        let mode = self.mode();
        let most = self.ln_probability(count) + ROUNDING;
        if self.ln_probability(mode) <= most {
            return 1.0;
        }
        let (least, greatest) = self.ends();
        let is_as_unlikely = |other: u64| self.ln_probability(other) <= most;
        let both = if count < mode {
            self.at_most(count) + self.at_least(first(mode, greatest + 1, is_as_unlikely))
        } else {
            // How far below the mode the other side begins.
            let below = first(0, mode - least + 1, |below| is_as_unlikely(mode - below));
            let other = if below > mode - least { 0.0 } else { self.at_most(mode - below) };
            self.at_least(count) + other
        };
        both.min(1.0)
    }

    /// The probability of this count and those below, as a multiple of its own; it lies at or below the mode.
    fn times_down(&self, count: u64) -> f64 {
        let steps = (self.ends().0..count).rev().map(|below| 1.0 / self.step(below));
        sum_of_products(steps)
    }

    /// The probability of this count and those above, as a multiple of its own; it lies at or above the mode.
    fn times_up(&self, count: u64) -> f64 {
        sum_of_products((count..self.ends().1).map(|at| self.step(at)))
    }
}

/// 1 and the products of the first, the first two, … factors, which fall: until they add nothing.
fn sum_of_products(factors: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for factor in factors {
        term *= factor;
        sum += term;
        if term < sum * 1e-19 {
            break;
        }
    }
    sum
}

/// Whether a probability is at most so large. One that is exactly so, such as 0.1 × 0.1 for 0.01, must not be lost to
/// rounding.
pub(super) fn is_at_most(probability: f64, most: f64) -> bool {
    probability <= most * (1.0 + 1e-12)
}

/// The first place from `start` on at which something holds that goes on to hold; `end` where it nowhere does.
pub(super) fn first(start: u64, end: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut start, mut end) = (start, end);
    while start < end {
        let middle = start + (end - start) / 2;
        if holds(middle) {
            end = middle;
        } else {
            start = middle + 1;
        }
    }
    start
}

/// How many of `n` independent units succeed where each does with one probability.
#[derive(Debug, Clone, Copy)]
pub(super) struct Binomial {
    n: u64,
    probability: f64,
}

impl Binomial {
    pub(super) const fn new(n: u64, probability: f64) -> Self {
        Self { n, probability }
    }
}

impl Counts for Binomial {
    fn ends(&self) -> (u64, u64) {
        (0, self.n)
    }

    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float becomes the nearest count there is"
    )]
    fn mode(&self) -> u64 {
        (((number(self.n) + 1.0) * self.probability) as u64).min(self.n)
    }

    fn ln_probability(&self, count: u64) -> f64 {
        let n = number(self.n);
        let (p, q) = (self.probability, 1.0 - self.probability);
        ln_binomial(number(count), number(self.n - count), n * p, n * q)
    }

    fn step(&self, count: u64) -> f64 {
        let odds = self.probability / (1.0 - self.probability);
        number(self.n - count) / number(count + 1) * odds
    }
}

/// How many of the successes of two groups fall on the first where all ways are equally likely.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hypergeometric {
    /// The units of either group.
    units: (u64, u64),
    successes: u64,
}

impl Hypergeometric {
    /// With the units of both groups, and the successes of both together.
    pub(super) const fn new(units: (u64, u64), successes: u64) -> Self {
        Self { units, successes }
    }
}

impl Counts for Hypergeometric {
    fn ends(&self) -> (u64, u64) {
        let Self { units: (first, second), successes } = *self;
        (successes.saturating_sub(second), successes.min(first))
    }

    fn mode(&self) -> u64 {
        let Self { units: (one, other), successes } = *self;
        let likeliest =
            u128::from(successes + 1) * u128::from(one + 1) / u128::from(one + other + 2);
        let (least, greatest) = self.ends();
        u64::try_from(likeliest).unwrap_or(greatest).clamp(least, greatest)
    }

    fn ln_probability(&self, count: u64) -> f64 {
        let Self { units: (one, other), successes } = *self;
        let all = one + other;
        // Any common probability of success cancels; at this one nothing is lost.
        let (p, q) = (number(successes) / number(all), number(all - successes) / number(all));
        let ln_ways = |count: u64, n: u64| {
            ln_binomial(number(count), number(n - count), number(n) * p, number(n) * q)
        };
        ln_ways(count, one) + ln_ways(successes - count, other) - ln_ways(successes, all)
    }

    fn step(&self, count: u64) -> f64 {
        let Self { units: (one, other), successes } = *self;
        let likelier = number(one - count) * number(successes - count);
        likelier / (number(count + 1) * number(other + count + 1 - successes))
    }
}

/// The logarithm of the binomial probability of some successes and failures where so many are expected.
///
/// Source: C. Loader, *Fast and accurate computation of binomial probabilities* (2000): what Stirling's formula and the
/// distance from the expectation leave is small, so that large logarithms need not cancel.
fn ln_binomial(successes: f64, failures: f64, expected: f64, expected_failures: f64) -> f64 {
    let n = successes + failures;
    let distance = deviance(successes, expected) + deviance(failures, expected_failures);
    if successes == 0.0 || failures == 0.0 {
        return -distance;
    }
    let ways = stirling_rest(n) - stirling_rest(successes) - stirling_rest(failures);
    ways - distance - 0.5 * (2.0 * PI * successes * (failures / n)).ln()
}

/// `x ln(x / m) + m - x`, which is small where `x` is near `m`.
fn deviance(x: f64, m: f64) -> f64 {
    if x == 0.0 {
        return m;
    }
    if m == 0.0 {
        return f64::INFINITY;
    }
    let v = (x - m) / (x + m);
    if v.abs() > 0.1 {
        return x * (x / m).ln() + m - x;
    }
    // ln(x / m) = 2 (v + v³/3 + v⁵/5 + …), of which the first term goes into (x - m) v.
    let (mut sum, mut power) = (0.0, 2.0 * x * v);
    for odd in [3.0, 5.0, 7.0, 9.0, 11.0, 13.0, 15.0, 17.0] {
        power *= v * v;
        sum += power / odd;
    }
    (x - m) * v + sum
}

/// What Stirling's formula leaves of the logarithm of the factorial of a whole number above 0.
fn stirling_rest(n: f64) -> f64 {
    if n < 16.0 {
        let mut factorial = 1.0;
        let mut factor = 2.0;
        while factor <= n {
            factorial *= factor;
            factor += 1.0;
        }
        return f64::ln(factorial / (2.0 * PI * n).sqrt()) + n - n * n.ln();
    }
    let square = n * n;
    let inner = 1.0 / 1260.0
        - (1.0 / 1680.0 - (1.0 / 1188.0 - 691.0 / 360_360.0 / square) / square) / square;
    (1.0 / 12.0 - (1.0 / 360.0 - inner / square) / square) / n
}
