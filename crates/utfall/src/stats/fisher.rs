//! Fisher's exact test.

use super::binomial_test::Alternative;
use super::error::Result;
use super::tails::{Hypergeometric, check_units};

/// The p value of Fisher's exact test that two groups have the same odds; `None` where a group is empty.
///
/// Each row of the table is a group: its successes, then its failures. [`Alternative::Greater`] asks for greater odds in
/// the first row. Two-sided, it is the probability of all tables with these margins that are no likelier than the one
/// found (equally likely ones are told from others to within 1e-7). Where all units succeeded or none did it is 1. The
/// test is cautious: with few units it finds less than its level allows.
///
/// # Errors
///
/// If there are more than 10¹² units in a cell or group.
///
/// Source: R. A. Fisher, *Statistical methods for research workers*, 5th edition (1934), section 21.02; for two sides,
/// J. O. Irwin, *Tests of significance for differences between percentages based on small numbers*, Metron 12 (1935),
/// 83–94.
///
/// ```
/// use utfall::stats::{Alternative, fisher_exact};
///
/// let p_value = fisher_exact([[7, 3], [5, 5]], Alternative::Greater)?.unwrap();
/// assert_eq!(format!("{p_value:.4}"), "0.3250");
/// assert_eq!(fisher_exact([[7, 3], [0, 0]], Alternative::Greater)?, None);
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn fisher_exact(table: [[u64; 2]; 2], alternative: Alternative) -> Result<Option<f64>> {
    let [[a, b], [c, d]] = table;
    for n in [a, b, c, d, a.saturating_add(b), c.saturating_add(d)] {
        check_units(n)?;
    }
    if a + b == 0 || c + d == 0 {
        return Ok(None);
    }
    let counts = Hypergeometric::new((a + b, c + d), a + c);
    Ok(Some(alternative.p_value(&counts, a)))
}
