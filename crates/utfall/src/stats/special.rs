//! Quantiles and tails of distributions, from `statrs`, with their ends made exact.

use statrs::distribution::{Beta, ContinuousCDF, Normal, StudentsT};

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
    Beta::new(a, b).map_or(f64::NAN, |beta| beta.inverse_cdf(p))
}

/// A count as a number.
#[allow(clippy::cast_precision_loss, reason = "counts of units lie far below 2^53")]
pub(super) const fn number(count: u64) -> f64 {
    count as f64
}
