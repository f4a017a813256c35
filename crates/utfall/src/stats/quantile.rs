//! Quantiles of counted numbers.

use std::collections::BTreeMap;

/// The number below which a share of all numbers lies, between neighbours in proportion; `None` where there are no
/// numbers, or the share does not lie within 0 and 1. 0 gives the smallest, 0.5 the median, 1 the largest.
///
/// Source: R. J. Hyndman, Y. Fan, *Sample quantiles in statistical packages*, The American Statistician 50 (1996),
/// 361–365, type 7: what R, `NumPy` and the PERCENTILE.INC of spreadsheets give.
///
/// ```
/// use utfall::stats::quantile;
///
/// // One 3, two 5 and one 10.
/// let numbers = [(3, 1), (5, 2), (10, 1)].into();
/// assert_eq!(quantile(&numbers, 0.5), Some(5.0));
/// assert_eq!(quantile(&numbers, 0.9), Some(8.5));
/// ```
pub fn quantile(numbers: &BTreeMap<i64, u64>, share: f64) -> Option<f64> {
    let n: u64 = numbers.values().fold(0, |sum, units| sum.saturating_add(*units));
    if n == 0 || !(0.0..=1.0).contains(&share) {
        return None;
    }
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a position among counted units, which lie far below 2^53"
    )]
    let (position, below) = {
        let position = (n - 1) as f64 * share;
        (position, position.floor() as u64)
    };
    let at = |rank: u64| {
        let mut passed = 0_u64;
        numbers.iter().find_map(|(number, units)| {
            passed = passed.saturating_add(*units);
            (rank < passed).then_some(*number)
        })
    };
    let (low, high) = (at(below)?, at((below + 1).min(n - 1))?);
    #[allow(clippy::cast_precision_loss, reason = "marks are whole numbers below 2^53")]
    Some((high as f64 - low as f64).mul_add(position.fract(), low as f64))
}
