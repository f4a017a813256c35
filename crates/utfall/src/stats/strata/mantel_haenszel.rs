//! The difference or ratio of two groups, pooled over strata.

use super::{Cells, Stratum, comparable, sum};
use crate::stats::error::{Result, check_level};
use crate::stats::estimate::{Estimate, Interval};
use crate::stats::methods;
use crate::stats::special::two_sided_normal;

methods! {
    /// What is pooled over strata: the first group against the second.
    pub enum MantelHaenszelMeasure {
        /// The first group's share minus the second's, with the variance of Greenland and Robins (1985).
        Difference = "difference",
        /// The first group's share divided by the second's, with the variance of Greenland and Robins (1985).
        Ratio = "ratio",
        /// The first group's odds divided by the second's, with the variance of Robins, Breslow and Greenland (1986).
        OddsRatio = "odds_ratio",
    }
}

/// The difference or ratio of two groups within strata, pooled over the strata (Mantel and Haenszel).
///
/// Groups that are spread differently over strata (sub-projects, departments) can differ in total where they do not
/// differ in any stratum, or the other way round (Simpson's paradox). This compares like with like: each stratum counts
/// by how much it can tell, and one in which a group has nobody counts nothing. It describes one figure for all
/// strata; whether they have one in common, [`homogeneity`](super::homogeneity()) asks, weakly where they are few. Look
/// at the strata too.
///
/// `None` where no stratum has somebody of both groups, or, for a ratio, where what would be divided by is 0 and so is
/// what it would divide. A ratio over 0 is infinite. The ends of the interval are NaN where all units of a group fared
/// alike in such a way that the method gives no width (a standard error of 0, or a ratio of 0 or infinity); those of a
/// difference are cut to -1 and 1.
///
/// # Errors
///
/// If `level` does not lie between 0 and 1, or there are more than 2^53 units.
///
/// Sources: N. Mantel, W. Haenszel, *Statistical aspects of the analysis of data from retrospective studies of disease*,
/// Journal of the National Cancer Institute 22 (1959), 719–748; S. Greenland, J. M. Robins, *Estimation of a common
/// effect parameter from sparse follow-up data*, Biometrics 41 (1985), 55–68; J. Robins, N. Breslow, S. Greenland,
/// *Estimators of the Mantel-Haenszel variance consistent in both sparse data and large-strata limiting models*,
/// Biometrics 42 (1986), 311–323.
///
/// ```
/// use utfall::stats::{MantelHaenszelMeasure, mantel_haenszel};
///
/// // Women and men, in work and not, in two sub-projects. Women do better in both, and worse in total.
/// let tables = [[[8, 2], [30, 10]], [[16, 24], [3, 7]]];
/// let gap = mantel_haenszel(&tables, MantelHaenszelMeasure::Difference, 0.95)?.unwrap();
/// assert_eq!(format!("{:.3} {:.3} {:.3}", gap.value, gap.low, gap.high), "0.075 -0.139 0.289");
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn mantel_haenszel(
    tables: &[Stratum],
    measure: MantelHaenszelMeasure,
    level: f64,
) -> Result<Option<Estimate>> {
    check_level(level)?;
    let strata = comparable(tables)?;
    let z = two_sided_normal(level);
    Ok(match measure {
        MantelHaenszelMeasure::Difference => difference(&strata, z),
        MantelHaenszelMeasure::Ratio => ratio(&strata, z),
        MantelHaenszelMeasure::OddsRatio => odds_ratio(&strata, z),
    })
}

fn difference(strata: &[Cells], z: f64) -> Option<Estimate> {
    let weight = sum(strata, |stratum| stratum.first() * stratum.second() / stratum.total());
    if strata.is_empty() {
        return None;
    }
    let variance = sum(strata, |stratum| {
        let (first, second, total) = (stratum.first(), stratum.second(), stratum.total());
        let of_first = stratum.a * stratum.b * second.powi(3);
        let of_second = stratum.c * stratum.d * first.powi(3);
        (of_first + of_second) / (first * second * total * total)
    });
    let value = sum(strata, Cells::surplus) / weight;
    let possible = Interval { low: -1.0, high: 1.0 };
    Some(Estimate::new(value, Interval::about(value, z * variance.sqrt() / weight, possible)))
}

fn ratio(strata: &[Cells], z: f64) -> Option<Estimate> {
    let above = sum(strata, |stratum| stratum.a * stratum.second() / stratum.total());
    let below = sum(strata, |stratum| stratum.c * stratum.first() / stratum.total());
    // The source's n₁ n₂ (a + c) − a c n, written out so that nothing is subtracted.
    let spread = sum(strata, |stratum| {
        let Cells { a, b, c, d } = stratum;
        (a * d * stratum.first() + b * c * stratum.second()) / stratum.total().powi(2)
    });
    divided(above, below, z, spread / (above * below))
}

fn odds_ratio(strata: &[Cells], z: f64) -> Option<Estimate> {
    let above = sum(strata, Cells::concordant);
    let below = sum(strata, Cells::discordant);
    let parts = |stratum: Cells| {
        let Cells { a, b, c, d } = stratum;
        ((a + d) / stratum.total(), (b + c) / stratum.total())
    };
    let of_above = sum(strata, |stratum| parts(stratum).0 * stratum.concordant());
    let of_below = sum(strata, |stratum| parts(stratum).1 * stratum.discordant());
    let of_both = sum(strata, |stratum| {
        let (agreeing, differing) = parts(stratum);
        agreeing * stratum.discordant() + differing * stratum.concordant()
    });
    let variance =
        (of_above / (above * above) + of_both / (above * below) + of_below / (below * below)) / 2.0;
    divided(above, below, z, variance)
}

/// A ratio with the variance of its logarithm; `None` for 0 divided by 0.
fn divided(above: f64, below: f64, z: f64, variance: f64) -> Option<Estimate> {
    (above > 0.0 || below > 0.0).then(|| {
        let value = above / below;
        Estimate::new(value, Interval::about_ratio(value, z * variance.sqrt()))
    })
}
