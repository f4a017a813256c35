//! Are levels as they were, and is each move as frequent as its way back?

use super::StepTable;
use crate::stats::chi_square::ChiSquareTest;
use crate::stats::error::{Result, StatisticsError};
use crate::stats::methods;
use crate::stats::special::number;

methods! {
    /// Which pairs of levels are degrees of freedom of Bowker's test.
    pub enum BowkerPairs {
        /// All pairs of levels that are used, as Bowker has it. Pairs between which nobody moved make the test more
        /// careful than it needs to be.
        All = "all",
        /// The pairs between which somebody moved.
        Moved = "moved",
    }
}

methods! {
    /// How McNemar's statistic is made.
    pub enum McNemarMethod {
        /// Without continuity correction.
        ChiSquare = "chi_square",
        /// With one unit off the difference (Edwards 1948): never less careful, often more than needed.
        Corrected = "corrected",
    }
}

/// Stuart and Maxwell's test on a table of levels before (rows) by levels after (columns): are as many on each level
/// after as before?
///
/// Levels that nobody moved to or from tell nothing of it and are left out, unused ones among them; peers divide by 0
/// there. If moves join all other levels, the degrees of freedom are one less than these levels; levels that moves do
/// not join are groups of their own, each with one degree less. `None` where nobody moved. The order of levels is not
/// used: for up and down, take the [sign test](super::sign_test).
///
/// # Errors
///
/// If the table is not square or has more than 2^53 units.
///
/// Sources: A. Stuart, *A test for homogeneity of the marginal distributions in a two-way classification*, Biometrika 42
/// (1955), 412–416; A. E. Maxwell, *Comparing the classification of subjects by two independent judges*, British Journal
/// of Psychiatry 116 (1970), 651–655.
///
/// ```
/// use utfall::stats::stuart_maxwell;
///
/// let test = stuart_maxwell(&[[4, 6, 2], [1, 5, 7], [0, 2, 3]])?.unwrap();
/// assert_eq!((test.degrees_of_freedom, format!("{:.2}", test.statistic)), (2, "8.25".to_owned()));
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn stuart_maxwell<R: AsRef<[u64]>>(table: &[R]) -> Result<Option<ChiSquareTest>> {
    let table = StepTable::new(table)?;
    let levels = table.levels;
    let mut moves = vec![vec![0.0; levels]; levels];
    let mut change = vec![0.0; levels];
    for (low, high) in table.pairs() {
        let (up, down) = (number(table.at(low, high)), number(table.at(high, low)));
        (moves[low][high], moves[high][low]) = (up + down, up + down);
        change[low] += down - up;
        change[high] += up - down;
    }
    // The covariance of the changes is a network: levels joined by moves. Taking out one level after the other, and
    // handing on to its neighbours what it was joined to and what it lost, solves the equations by adding only.
    let (mut statistic, mut degrees_of_freedom) = (0.0, 0);
    for level in 0..levels {
        let joined: f64 = moves[level][level + 1..].iter().sum();
        if joined <= 0.0 {
            continue;
        }
        statistic += change[level] * change[level] / joined;
        degrees_of_freedom += 1;
        let shares: Vec<f64> = moves[level].iter().map(|moved| moved / joined).collect();
        for other in level + 1..levels {
            change[other] += change[level] * shares[other];
            for third in (level + 1..levels).filter(|third| *third != other) {
                moves[other][third] += moves[level][other] * shares[third];
            }
        }
    }
    Ok(ChiSquareTest::new(statistic, degrees_of_freedom))
}

/// Bowker's test on a table of levels before (rows) by levels after (columns): is each move as frequent as its way back?
///
/// It can find moves that leave as many on each level as there were, which [`stuart_maxwell`] cannot. Unused levels are
/// left out. `None` where nobody moved. Many rare moves make the chi-square approximation rough.
///
/// # Errors
///
/// If the table is not square or has more than 2^53 units.
///
/// Source: A. H. Bowker, *A test for symmetry in contingency tables*, Journal of the American Statistical Association 43
/// (1948), 572–574.
///
/// ```
/// use utfall::stats::{BowkerPairs, bowker};
///
/// let test = bowker(&[[4, 6, 2], [1, 5, 7], [0, 2, 3]], BowkerPairs::All)?.unwrap();
/// assert_eq!((test.degrees_of_freedom, format!("{:.2}", test.statistic)), (3, "8.35".to_owned()));
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn bowker<R: AsRef<[u64]>>(table: &[R], pairs: BowkerPairs) -> Result<Option<ChiSquareTest>> {
    let table = StepTable::new(table)?;
    let (mut statistic, mut moved) = (0.0, 0);
    for (low, high) in table.pairs() {
        let (up, down) = (number(table.at(low, high)), number(table.at(high, low)));
        if up + down > 0.0 {
            statistic += (up - down).powi(2) / (up + down);
            moved += 1;
        }
    }
    if moved == 0 {
        return Ok(None);
    }
    let degrees_of_freedom = match pairs {
        BowkerPairs::All => {
            let is_used = |level: &usize| table.is_used(*level);
            let used = (0..table.levels).filter(is_used).fold(0, |used: u64, _| used + 1);
            used * (used - 1) / 2
        }
        BowkerPairs::Moved => moved,
    };
    Ok(ChiSquareTest::new(statistic, degrees_of_freedom))
}

/// McNemar's test on a table of two levels before (rows) by two after (columns): are as many on the upper level after as
/// before?
///
/// The exact form of it is the [sign test](super::sign_test) of the same table, to be preferred where fewer than some 25
/// moved. `None` where nobody moved.
///
/// # Errors
///
/// If the table is not square, has not two levels, or has more than 2^53 units.
///
/// Sources: Q. McNemar, *Note on the sampling error of the difference between correlated proportions or percentages*,
/// Psychometrika 12 (1947), 153–157; A. L. Edwards, *Note on the correction for continuity in testing the significance of
/// the difference between correlated proportions*, Psychometrika 13 (1948), 185–187.
///
/// ```
/// use utfall::stats::{McNemarMethod, mcnemar};
///
/// let test = mcnemar(&[[20, 14], [5, 30]], McNemarMethod::ChiSquare)?.unwrap();
/// assert_eq!(format!("{:.2} {:.3}", test.statistic, test.p_value), "4.26 0.039");
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn mcnemar<R: AsRef<[u64]>>(
    table: &[R],
    method: McNemarMethod,
) -> Result<Option<ChiSquareTest>> {
    let table = StepTable::new(table)?;
    if table.levels != 2 {
        return Err(StatisticsError::NotTwoLevels { levels: table.levels });
    }
    let (up, down) = (number(table.at(0, 1)), number(table.at(1, 0)));
    let moved = up + down;
    // A unit is not taken off where there is none: the statistic would rise again.
    let difference = match method {
        McNemarMethod::ChiSquare => (up - down).abs(),
        McNemarMethod::Corrected => ((up - down).abs() - 1.0).max(0.0),
    };
    Ok((moved > 0.0).then(|| ChiSquareTest::new(difference * difference / moved, 1)).flatten())
}
