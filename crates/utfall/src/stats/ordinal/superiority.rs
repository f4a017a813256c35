//! Does one group stand higher on a scale than another?

use crate::stats::error::{Result, check_length, check_level, check_total};
use crate::stats::estimate::{Estimate, Interval};
use crate::stats::special::{number, two_sided_student, two_sided_student_tail};

/// How two groups stand on one scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Superiority {
    /// How likely somebody of the first group stands higher than somebody of the second, ties counted half.
    pub probability: Estimate,
    /// Cliff's delta: how likely higher minus how likely lower, from -1 to 1.
    pub cliffs_delta: Estimate,
    /// The statistic of Brunner and Munzel.
    pub statistic: f64,
    /// Its degrees of freedom.
    pub degrees_of_freedom: f64,
    /// How likely a statistic as far from 0 is if the probability is one half.
    pub p_value: f64,
}

/// The probability of superiority of two independent groups, from how many of each stand on each level of an ordinal
/// scale, lowest level first.
///
/// It needs the order of levels and no distances. The interval and test are those of Brunner and Munzel, which do not
/// ask the groups to be spread alike; the interval is cut to 0 and 1. It is a normal kind of interval and rough for
/// groups of fewer than some ten. The ends and the test are NaN where a group has a single unit, or where there is no
/// spread (all of one group stand above all of the other, or all on one level). `None` where a group has nobody.
///
/// For the same units before and after, take the [sign test](super::sign_test). A difference between groups is no
/// effect.
///
/// # Errors
///
/// If the groups have different numbers of levels, there are more than 2^53 units, or `level` (of confidence) does not
/// lie between 0 and 1.
///
/// Sources: E. Brunner, U. Munzel, *The nonparametric Behrens-Fisher problem*, Biometrical Journal 42 (2000), 17–25;
/// N. Cliff, *Dominance statistics: ordinal analyses to answer ordinal questions*, Psychological Bulletin 114 (1993),
/// 494–509.
///
/// ```
/// use utfall::stats::superiority;
///
/// let women_and_men = superiority(&[2, 3, 1], &[0, 4, 2], 0.95)?.unwrap();
/// assert_eq!(format!("{:.3}", women_and_men.probability.value), "0.306");
/// assert_eq!(format!("{:.3}", women_and_men.cliffs_delta.value), "-0.389");
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn superiority(counts_a: &[u64], counts_b: &[u64], level: f64) -> Result<Option<Superiority>> {
    check_level(level)?;
    check_length("counts_b", counts_b.len(), counts_a.len())?;
    check_total(counts_a.iter().chain(counts_b).copied())?;
    let (a, b) = (Placements::new(counts_a, counts_b), Placements::new(counts_b, counts_a));
    if a.units <= 0.0 || b.units <= 0.0 {
        return Ok(None);
    }
    let value = a.mean / b.units;
    let (of_a, of_b) = (a.variance(b.units), b.variance(a.units));
    let variance = of_a + of_b;
    let (mut interval, [mut statistic, mut degrees_of_freedom, mut p_value]) =
        (Interval::NONE, [f64::NAN; 3]);
    if variance > 0.0 {
        let weights = of_a * of_a / (a.units - 1.0) + of_b * of_b / (b.units - 1.0);
        degrees_of_freedom = variance * variance / weights;
        statistic = (value - 0.5) / variance.sqrt();
        p_value = two_sided_student_tail(statistic, degrees_of_freedom);
        let half = two_sided_student(level, degrees_of_freedom) * variance.sqrt();
        interval = Interval::about(value, half, Interval { low: 0.0, high: 1.0 });
    }
    let delta = |probability: f64| 2.0 * probability - 1.0;
    let of_delta = Interval { low: delta(interval.low), high: delta(interval.high) };
    Ok(Some(Superiority {
        probability: Estimate::new(value, interval),
        cliffs_delta: Estimate::new(delta(value), of_delta),
        statistic,
        degrees_of_freedom,
        p_value,
    }))
}

/// How many of another group stand below the units of a group, ties counted half.
struct Placements {
    /// The units of the group.
    units: f64,
    /// The mean of their placements.
    mean: f64,
    /// The sum of squared distances from the mean.
    squares: f64,
}

impl Placements {
    fn new(counts: &[u64], others: &[u64]) -> Self {
        let mut below = 0.0;
        let placed: Vec<(f64, f64)> = counts
            .iter()
            .zip(others)
            .map(|(count, tied)| {
                let placement = below + number(*tied) / 2.0;
                below += number(*tied);
                (number(*count), placement)
            })
            .collect();
        let units: f64 = placed.iter().map(|(count, _)| count).sum();
        let mean = placed.iter().map(|(count, placement)| count * placement).sum::<f64>() / units;
        let squares = placed.iter().map(|(count, placement)| count * (placement - mean).powi(2));
        Self { units, mean, squares: squares.sum() }
    }

    /// The part of the variance of the probability that comes from the group; NaN for a single unit.
    fn variance(&self, others: f64) -> f64 {
        self.squares / (self.units - 1.0) / (self.units * others * others)
    }
}
