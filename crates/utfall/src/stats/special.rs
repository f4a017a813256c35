//! Quantiles and tails of distributions, from `statrs`, with their ends made exact.

use statrs::distribution::{Beta, ChiSquared, Continuous, ContinuousCDF, Normal, StudentsT};
use statrs::function::beta::checked_beta_reg;

/// The standard normal quantile at both ends of which a level lies: 1.96 for 0.95.
pub(super) fn two_sided_normal(level: f64) -> f64 {
    Normal::standard().inverse_cdf(0.5 + level / 2.0)
}

/// The standard normal quantile above which a tail lies: 1.96 for 0.025.
pub(super) fn upper_normal(tail: f64) -> f64 {
    -Normal::standard().inverse_cdf(tail)
}

/// The quantile of a beta distribution; a shape of 0 puts all weight on one end.
pub(super) fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    if a <= 0.0 {
        return 0.0;
    }
    if b <= 0.0 {
        return 1.0;
    }
    Beta::new(a, b).map_or(f64::NAN, |beta| beta.inverse_cdf(p))
}

/// How likely at least `successes` of `n` units succeed where each does with probability `p`.
pub(super) fn binomial_tail(successes: u64, n: u64, p: f64) -> f64 {
    if successes == 0 {
        return 1.0;
    }
    if successes > n {
        return 0.0;
    }
    let (a, b) = (number(successes), number(n - successes) + 1.0);
    checked_beta_reg(a, b, p).unwrap_or(f64::NAN)
}

/// How likely a chi-square number lies above `statistic`. It is not 1 minus what lies below, so small ones are exact too.
pub(super) fn chi_square_tail(statistic: f64, degrees_of_freedom: f64) -> f64 {
    ChiSquared::new(degrees_of_freedom).map_or(f64::NAN, |chi_square| chi_square.sf(statistic))
}

/// How likely a standard normal number lies further from 0 than `z`, on either side.
///
/// Its square is a chi-square number, whose tail `statrs` gives to 14 digits, the normal one's to 10.
pub(super) fn two_sided_normal_tail(z: f64) -> f64 {
    chi_square_tail(z * z, 1.0)
}

/// How likely a number of Student's t lies further from 0 than `t`, on either side.
pub(super) fn two_sided_student_tail(t: f64, degrees_of_freedom: f64) -> f64 {
    let student = StudentsT::new(0.0, 1.0, degrees_of_freedom);
    student.map_or(f64::NAN, |student| 2.0 * student.sf(t.abs()))
}

/// The number of Student's t between which and its negative a level lies: 2.23 for 0.95 and 10 degrees of freedom.
pub(super) fn two_sided_student(level: f64, degrees_of_freedom: f64) -> f64 {
    // With many degrees of freedom the search of `statrs` ends too early or not at all, and a series is exact.
    if degrees_of_freedom >= 1000.0 {
        return student_series(two_sided_normal(level), degrees_of_freedom);
    }
    let Ok(student) = StudentsT::new(0.0, 1.0, degrees_of_freedom) else { return f64::NAN };
    // Smaller levels than this end in a panic of `statrs`; their quantile is too small to be seen beside any value.
    let level = level.max(1e-100);
    let part = beta_quantile(level, 0.5, degrees_of_freedom / 2.0);
    let found = (degrees_of_freedom * part / (1.0 - part)).sqrt();
    // The search may stop at 9 digits; one step of Newton's finds the others.
    let step = (2.0 * student.sf(found) - (1.0 - level)) / (2.0 * student.pdf(found));
    if step.is_finite() { found + step } else { found }
}

/// Student's quantile from the normal one: M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions (1964), 26.7.5.
fn student_series(z: f64, degrees_of_freedom: f64) -> f64 {
    let square = z * z;
    let terms = [
        (square + 1.0) / 4.0,
        ((5.0 * square + 16.0) * square + 3.0) / 96.0,
        (((3.0 * square + 19.0) * square + 17.0) * square - 15.0) / 384.0,
        ((((79.0 * square + 776.0) * square + 1482.0) * square - 1920.0) * square - 945.0)
            / 92160.0,
    ];
    let sum = terms.iter().rev().fold(0.0, |sum, term| (sum + term) / degrees_of_freedom);
    z * (1.0 + sum)
}

/// A count as a number.
#[allow(clippy::cast_precision_loss, reason = "counts of units lie far below 2^53")]
pub(super) const fn number(count: u64) -> f64 {
    count as f64
}
