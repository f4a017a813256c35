//! Did more units move up than down?

use super::StepTable;
use crate::stats::binomial_test::Alternative;
use crate::stats::error::Result;
use crate::stats::tails::{Binomial, check_units};

/// How many units moved, and the sign test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SignTest {
    /// The units that are on a higher level after than before.
    pub up: u64,
    /// The units that are on a lower level.
    pub down: u64,
    /// The units that are on the same level.
    pub same: u64,
    /// How likely so uneven a move is if up is as likely as down; 1 where nobody moved.
    pub p_value: f64,
}

/// The sign test on a table of levels before (rows) by levels after (columns), exact.
///
/// It counts who moved up and who moved down and nothing else, so it needs no distance between levels. Those who stay
/// are counted but say nothing of the direction; those who were at the top could not rise. Without a comparison group
/// nothing is said of a cause: who enters at a low point rises by chance (regression to the mean). `None` for an empty
/// table.
///
/// [`Alternative::Greater`] asks whether units rather move up than down, [`Alternative::Less`] whether rather down.
///
/// # Errors
///
/// If the table is not square, has more than 2^53 units, or more than 10¹² that moved.
///
/// Source: W. J. Dixon, A. M. Mood, *The statistical sign test*, Journal of the American Statistical Association 41
/// (1946), 557–566.
///
/// ```
/// use utfall::stats::{Alternative, sign_test};
///
/// let test = sign_test(&[[4, 6, 2], [1, 5, 7], [0, 2, 3]], Alternative::TwoSided)?.unwrap();
/// assert_eq!((test.up, test.down, test.same), (15, 3, 12));
/// assert_eq!(format!("{:.4}", test.p_value), "0.0075");
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn sign_test<R: AsRef<[u64]>>(
    table: &[R],
    alternative: Alternative,
) -> Result<Option<SignTest>> {
    let table = StepTable::new(table)?;
    let up: u64 = table.pairs().map(|(low, high)| table.at(low, high)).sum();
    let down: u64 = table.pairs().map(|(low, high)| table.at(high, low)).sum();
    let (same, moved) = (table.same(), up + down);
    check_units(moved)?;
    let p_value = alternative.p_value(&Binomial::new(moved, 0.5), up);
    Ok((moved + same > 0).then_some(SignTest { up, down, same, p_value }))
}
