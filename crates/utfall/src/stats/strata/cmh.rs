//! Is there any difference between two groups within strata?

use super::{Cells, Stratum, comparable, sum};
use crate::stats::chi_square::ChiSquareTest;
use crate::stats::error::Result;
use crate::stats::methods;

methods! {
    /// How the Cochran-Mantel-Haenszel statistic is made.
    pub enum CmhMethod {
        /// Without continuity correction.
        ChiSquare = "chi_square",
        /// With half a unit off the surplus of successes (Mantel and Haenszel 1959): never less careful, often more than
        /// needed.
        Corrected = "corrected",
    }
}

/// The Cochran-Mantel-Haenszel test: could two groups with the same chances in every stratum come out like this?
///
/// It asks about one direction in all strata: differences that point both ways cancel. `None` where no stratum can
/// tell: everywhere a group has nobody, or all fared alike. One degree of freedom.
///
/// # Errors
///
/// If there are more than 2^53 units.
///
/// Sources: W. G. Cochran, *Some methods for strengthening the common χ² tests*, Biometrics 10 (1954), 417–451;
/// N. Mantel, W. Haenszel, *Statistical aspects of the analysis of data from retrospective studies of disease*, Journal
/// of the National Cancer Institute 22 (1959), 719–748.
///
/// ```
/// use utfall::stats::{CmhMethod, cmh_test};
///
/// let tables = [[[8, 2], [30, 10]], [[16, 24], [3, 7]]];
/// let test = cmh_test(&tables, CmhMethod::ChiSquare)?.unwrap();
/// assert_eq!(format!("{:.3} {:.3}", test.statistic, test.p_value), "0.422 0.516");
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn cmh_test(tables: &[Stratum], method: CmhMethod) -> Result<Option<ChiSquareTest>> {
    let strata = comparable(tables)?;
    let variance = sum(&strata, |stratum| {
        let total = stratum.total();
        let groups = stratum.first() * stratum.second();
        groups * stratum.successes() * stratum.failures() / (total * total * (total - 1.0))
    });
    let surplus = sum(&strata, Cells::surplus).abs();
    // Half a unit is not taken off where there is less: the statistic would rise again.
    let surplus = match method {
        CmhMethod::ChiSquare => surplus,
        CmhMethod::Corrected => (surplus - 0.5).max(0.0),
    };
    let is_told = variance > 0.0;
    Ok(is_told.then(|| ChiSquareTest::new(surplus * surplus / variance, 1)).flatten())
}
