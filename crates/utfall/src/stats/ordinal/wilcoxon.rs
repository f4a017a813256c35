//! Did units move further up than down?

use super::StepTable;
use crate::stats::binomial_test::Alternative;
use crate::stats::error::Result;
use crate::stats::methods;
use crate::stats::special::{number, two_sided_normal_tail};

methods! {
    /// What becomes of those who stayed where they were.
    pub enum WilcoxonZeros {
        /// They take the lowest ranks and then leave (Pratt 1959), so that a move counts for more where many stay.
        Pratt = "pratt",
        /// They leave before anybody is ranked (Wilcoxon 1945).
        Wilcox = "wilcox",
    }
}

/// The signed-rank test of Wilcoxon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WilcoxonTest {
    /// The ranks, by how far they moved, of those who moved up.
    pub rank_sum_up: f64,
    /// The ranks of those who moved down.
    pub rank_sum_down: f64,
    /// The difference of the two in standard errors: positive where the moves up weigh more.
    pub z: f64,
    /// How likely so uneven rank sums are if moves up and down are alike.
    pub p_value: f64,
}

/// Wilcoxon's signed-rank test on a table of levels before (rows) by levels after (columns), by normal approximation
/// with ties and without continuity correction.
///
/// It ranks moves by how many levels they cross, so it takes one step to be as far as any other: two steps from the
/// bottom are ranked with two steps to the top. Where that cannot be meant, take the [sign test](super::sign_test); this
/// one shows how much the size of steps matters. With fewer than some ten moves the approximation is rough. `None` where
/// nobody moved. [`Alternative::Greater`] asks whether units rather move up than down, [`Alternative::Less`] whether rather
/// down.
///
/// # Errors
///
/// If the table is not square or has more than 2^53 units.
///
/// Sources: F. Wilcoxon, *Individual comparisons by ranking methods*, Biometrics Bulletin 1 (1945), 80–83; J. W. Pratt,
/// *Remarks on zeros and ties in the Wilcoxon signed rank procedures*, Journal of the American Statistical Association
/// 54 (1959), 655–667.
///
/// ```
/// use utfall::stats::{Alternative, WilcoxonZeros, wilcoxon};
///
/// let table = [[4, 6, 2], [1, 5, 7], [0, 2, 3]];
/// let test = wilcoxon(&table, WilcoxonZeros::Pratt, Alternative::TwoSided)?.unwrap();
/// assert_eq!(format!("{:.2} {:.4}", test.z, test.p_value), "2.87 0.0041");
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn wilcoxon<R: AsRef<[u64]>>(
    table: &[R],
    zeros: WilcoxonZeros,
    alternative: Alternative,
) -> Result<Option<WilcoxonTest>> {
    let table = StepTable::new(table)?;
    let mut ranked = match zeros {
        WilcoxonZeros::Pratt => table.same(),
        WilcoxonZeros::Wilcox => 0,
    };
    let [mut rank_sum_up, mut rank_sum_down, mut squares] = [0.0; 3];
    for distance in 1..table.levels {
        let pairs = || (0..table.levels - distance).map(|low| (low, low + distance));
        let up: u64 = pairs().map(|(low, high)| table.at(low, high)).sum();
        let down: u64 = pairs().map(|(low, high)| table.at(high, low)).sum();
        let tied = up + down;
        let rank = f64::midpoint(number(ranked + 1), number(ranked + tied));
        ranked += tied;
        rank_sum_up += number(up) * rank;
        rank_sum_down += number(down) * rank;
        squares += number(tied) * rank * rank;
    }
    // Under the null hypothesis every rank has either sign with equal chance, so its square is its variance, ties or not.
    let z = (rank_sum_up - rank_sum_down) / squares.sqrt();
    let tail = two_sided_normal_tail(z);
    let p_value = match alternative {
        Alternative::TwoSided => tail,
        Alternative::Greater if z > 0.0 => tail / 2.0,
        Alternative::Less if z < 0.0 => tail / 2.0,
        Alternative::Greater | Alternative::Less => 1.0 - tail / 2.0,
    };
    Ok((squares > 0.0).then_some(WilcoxonTest { rank_sum_up, rank_sum_down, z, p_value }))
}
