//! Quantiles and tails of distributions, from `statrs`, with their ends made exact.

use statrs::distribution::{ChiSquared, ContinuousCDF, Normal, StudentsT};
use statrs::function::beta::checked_beta_reg;

use super::root::root;

/// The standard normal quantile at both ends of which a level lies: 1.96 for 0.95.
pub(super) fn two_sided_normal(level: f64) -> f64 {
    // What is left outside is exact where a level near 1 is not.
    upper_normal((1.0 - level) / 2.0)
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
    let half = degrees_of_freedom / 2.0;
    // Of what lies inside and outside, the smaller keeps its digits.
    let (inside, outside) = if level < 0.5 {
        let inside = beta_quantile(level, 0.5, half);
        (inside, 1.0 - inside)
    } else {
        let outside = beta_quantile(1.0 - level, half, 0.5);
        (1.0 - outside, outside)
    };
    (degrees_of_freedom * inside / outside).sqrt()
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

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use super::two_sided_student;

    /// With one degree of freedom the quantile is a cotangent, with two an algebraic number.
    #[test]
    fn student_at_few_degrees_of_freedom() {
        for outside in [0.9, 0.5, 0.05, 1e-4, 1e-9, 1e-13] {
            let level = 1.0 - outside;
            let outside = 1.0 - level;
            let one = 1.0 / (PI / 2.0 * outside).tan();
            let two = level * (2.0 / (outside * (2.0 - outside))).sqrt();
            for (degrees, expected) in [(1.0, one), (2.0, two)] {
                let found = two_sided_student(level, degrees);
                assert!(
                    (found / expected - 1.0).abs() < 1e-10,
                    "{degrees} {outside}: {found} {expected}"
                );
            }
        }
    }
}
