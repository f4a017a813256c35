//! Do strata have one odds ratio in common?

use super::{Cells, Stratum, comparable, sum};
use crate::stats::chi_square::ChiSquareTest;
use crate::stats::error::Result;
use crate::stats::methods;

methods! {
    /// How strata are compared.
    pub enum HomogeneityMethod {
        /// The test of Breslow and Day with the correction of Tarone (1985), which makes up for the common odds ratio
        /// being that of Mantel and Haenszel.
        Tarone = "tarone",
        /// The test of Breslow and Day (1980) as it was first given.
        BreslowDay = "breslow_day",
        /// Woolf's test (1955) on logarithms of odds ratios, with half a unit added to every cell (Haldane 1956) so
        /// that a cell of 0 has one. For comparison with others' figures; some add nothing, or only where a cell is 0.
        Woolf = "woolf",
    }
}

/// Do all strata have one odds ratio in common? The null hypothesis is that they do.
///
/// With few or small strata the test is weak: not being able to tell them apart does not make them alike. Look at the
/// strata too. Those that cannot tell (a group with nobody, or all fared alike) are left out; the degrees of freedom are
/// one less than the strata that are left. `None` where fewer than two are, or where the odds ratio of Mantel and
/// Haenszel is 0 or infinite (not for `Woolf`).
///
/// # Errors
///
/// If there are more than 2^53 units.
///
/// Sources: N. E. Breslow, N. E. Day, *Statistical Methods in Cancer Research 1* (IARC 1980), section 4.4; R. E. Tarone,
/// *On heterogeneity tests based on efficient scores*, Biometrika 72 (1985), 91–95; B. Woolf, *On estimating the
/// relation between blood group and disease*, Annals of Human Genetics 19 (1955), 251–253; J. B. S. Haldane, *The
/// estimation and significance of the logarithm of a ratio of frequencies*, Annals of Human Genetics 20 (1956), 309–311.
///
/// ```
/// use utfall::stats::{HomogeneityMethod, homogeneity};
///
/// let tables = [[[8, 2], [30, 10]], [[16, 24], [3, 7]]];
/// let test = homogeneity(&tables, HomogeneityMethod::Tarone)?.unwrap();
/// assert_eq!((test.degrees_of_freedom, format!("{:.2}", test.p_value)), (1, "0.89".to_owned()));
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn homogeneity(tables: &[Stratum], method: HomogeneityMethod) -> Result<Option<ChiSquareTest>> {
    let mut strata = comparable(tables)?;
    strata.retain(|stratum| stratum.successes() > 0.0 && stratum.failures() > 0.0);
    Ok(match method {
        HomogeneityMethod::Tarone => breslow_day(&strata, true),
        HomogeneityMethod::BreslowDay => breslow_day(&strata, false),
        HomogeneityMethod::Woolf => woolf(&strata),
    })
}

fn breslow_day(strata: &[Cells], is_corrected: bool) -> Option<ChiSquareTest> {
    let ratio = sum(strata, Cells::concordant) / sum(strata, Cells::discordant);
    if !(ratio > 0.0 && ratio.is_finite()) {
        return None;
    }
    let [mut statistic, mut surplus, mut variance] = [0.0; 3];
    for stratum in strata {
        let expected = expected(*stratum, ratio);
        let of_stratum = 1.0 / inverses(expected);
        statistic += (stratum.a - expected.a).powi(2) / of_stratum;
        surplus += stratum.a - expected.a;
        variance += of_stratum;
    }
    if is_corrected {
        // It is never negative; rounding may make it so where all strata are alike.
        statistic = (statistic - surplus * surplus / variance).max(0.0);
    }
    ChiSquareTest::new(statistic, degrees_of_freedom(strata))
}

fn woolf(strata: &[Cells]) -> Option<ChiSquareTest> {
    let with_half = |cells: &Cells| Cells {
        a: cells.a + 0.5,
        b: cells.b + 0.5,
        c: cells.c + 0.5,
        d: cells.d + 0.5,
    };
    let strata: Vec<Cells> = strata.iter().map(with_half).collect();
    let weight = |stratum: Cells| 1.0 / inverses(stratum);
    let log = |stratum: Cells| (stratum.concordant() / stratum.discordant()).ln();
    let mean = sum(&strata, |stratum| weight(stratum) * log(stratum)) / sum(&strata, weight);
    let statistic = sum(&strata, |stratum| weight(stratum) * (log(stratum) - mean).powi(2));
    ChiSquareTest::new(statistic, degrees_of_freedom(&strata))
}

fn degrees_of_freedom(strata: &[Cells]) -> u64 {
    strata.iter().skip(1).map(|_| 1).sum()
}

/// The cells that a stratum with these margins is expected to have under an odds ratio.
fn expected(stratum: Cells, ratio: f64) -> Cells {
    let (first, second) = (stratum.first(), stratum.second());
    let (successes, failures) = (stratum.successes(), stratum.failures());
    let total = stratum.total();
    // Each from its own equation: a difference of margins would lose the digits of a small cell.
    Cells {
        a: expected_cell(first, successes, total, ratio),
        b: expected_cell(first, failures, total, 1.0 / ratio),
        c: expected_cell(second, successes, total, 1.0 / ratio),
        d: expected_cell(second, failures, total, ratio),
    }
}

/// The root x of x (total - row - column + x) = ratio (row - x) (column - x) that is a cell.
fn expected_cell(row: f64, column: f64, total: f64, ratio: f64) -> f64 {
    let rest = total - row - column;
    let linear = rest + ratio * (row + column);
    // The discriminant, written out so that nothing is subtracted from what may be as large.
    let spread = row * (total - row) + column * (total - column);
    let root = (rest * rest + 2.0 * ratio * spread + (ratio * (row - column)).powi(2)).sqrt();
    if linear >= 0.0 {
        2.0 * ratio * row * column / (linear + root)
    } else {
        (root - linear) / (2.0 * (1.0 - ratio))
    }
}

/// The sum of the inverses of the cells.
fn inverses(cells: Cells) -> f64 {
    1.0 / cells.a + 1.0 / cells.b + 1.0 / cells.c + 1.0 / cells.d
}
