//! Quantiles and tails of distributions, from `statrs`, with their ends made exact.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};
use statrs::function::beta::checked_beta_reg;

use super::root::root;

/// The standard normal quantile at both ends of which a level lies: 1.96 for 0.95.
pub(super) fn two_sided_normal(level: f64) -> f64 {
    // What is left outside is exact where a level near 1 is not.
    -Normal::standard().inverse_cdf((1.0 - level) / 2.0)
}

/// The quantile of Student's t at both ends of which a level lies.
pub(super) fn two_sided_student(level: f64, degrees: f64) -> f64 {
    StudentsT::new(0.0, 1.0, degrees).map_or(f64::NAN, |t| t.inverse_cdf(0.5 + level / 2.0))
}

/// The quantile of a beta distribution; a shape of 0 puts all weight on one end.
pub(super) fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    if a <= 0.0 {
        return 0.0;
    }
    if b <= 0.0 {
        return 1.0;
    }
    // Where both are large the distribution function of `statrs` loses its digits.
    if a.min(b) > MANY && a + b > VERY_MANY {
        return beta_quantile_of_many(p, a, b);
    }
    // The quantile function of `statrs` does not end for some shapes from ten million on; its distribution function does.
    root(|x| checked_beta_reg(a, b, x).unwrap_or(f64::NAN) - p, 0.0, 1.0)
}

/// Shapes from which on the approximation for large shapes is better than the exact formula in doubles.
const MANY: f64 = 1e4;
const VERY_MANY: f64 = 1e6;

/// The quantile of a beta distribution with large shapes.
///
/// Source: M. Abramowitz, I. A. Stegun, *Handbook of Mathematical Functions* (1964), 26.5.22.
fn beta_quantile_of_many(p: f64, a: f64, b: f64) -> f64 {
    let upper = -Normal::standard().inverse_cdf(p);
    let (one, other) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
    let (lambda, harmonic) = ((upper * upper - 3.0) / 6.0, 2.0 / (one + other));
    let half = upper * (harmonic + lambda).sqrt() / harmonic
        - (other - one) * (lambda + 5.0 / 6.0 - 2.0 / (3.0 * harmonic));
    a / (a + b * (2.0 * half).exp())
}

/// A count as a number.
#[allow(clippy::cast_precision_loss, reason = "counts of units lie far below 2^53")]
pub(super) const fn number(count: u64) -> f64 {
    count as f64
}
