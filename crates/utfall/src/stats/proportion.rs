//! Intervals of one share.

use statrs::distribution::{ContinuousCDF, Normal};

/// An interval, both ends included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The Wilson score interval of `successes` out of `n`, two-sided, without continuity correction.
///
/// It says how far the share would carry to other units of the same kind. `None` where `n` is 0, where `successes`
/// exceeds `n`, or where `level` (0.95 for 95 %) does not lie between 0 and 1. At 0 and `n` successes one end is
/// exactly 0 or 1.
///
/// Source: E. B. Wilson, *Probable inference, the law of succession, and statistical inference*, Journal of the
/// American Statistical Association 22 (1927), 209–212.
///
/// ```
/// let interval = utfall::stats::wilson(7, 24, 0.95).unwrap();
/// assert_eq!(format!("{:.3} {:.3}", interval.low, interval.high), "0.149 0.492");
/// assert_eq!(utfall::stats::wilson(0, 0, 0.95), None);
/// ```
pub fn wilson(successes: u64, n: u64, level: f64) -> Option<Interval> {
    if n == 0 || successes > n || !(level > 0.0 && level < 1.0) {
        return None;
    }
    let z = Normal::standard().inverse_cdf(0.5 + level / 2.0);
    #[allow(clippy::cast_precision_loss, reason = "counts of units lie far below 2^53")]
    let (k, n) = (successes as f64, n as f64);
    let (p, z2) = (k / n, z * z);
    let middle = p + z2 / (2.0 * n);
    let half = z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z2 / n;
    // The formula leaves rounding errors about 0 and 1, where the ends are exact.
    let low = if successes == 0 { 0.0 } else { ((middle - half) / scale).max(0.0) };
    let high = if k >= n { 1.0 } else { ((middle + half) / scale).min(1.0) };
    Some(Interval { low, high })
}
