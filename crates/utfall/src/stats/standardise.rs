//! Shares and rates as they would be in a population put together otherwise.

use super::error::{Result, check_amounts, check_counts, check_length, check_level, check_total};
use super::estimate::{Estimate, Interval};
use super::methods;
use super::special::{number, two_sided_normal};
use super::strata::Stratum;

methods! {
    /// What is standardised, and so how its interval is made.
    pub enum StandardiseMethod {
        /// Shares: successes of units. Normal interval with the binomial variance, cut to 0 and 1.
        Binomial = "binomial",
        /// Rates of rare events: events by units at risk, which may be fewer than the events. Interval of Dobson and
        /// others (1991) with Byar's limits. For shares it is too wide: it takes no account of there being no more
        /// successes than units.
        DobsonByar = "dobson_byar",
    }
}

/// The share (or rate) that a population would have with the shares of these strata and the weights of another
/// population: direct standardisation.
///
/// `weights` say how large each stratum is in the population that is compared in: any amounts, of which only the
/// proportions matter. Units are not people who were there: it is a thought experiment, to be shown beside the crude
/// share and the shares of the strata.
///
/// `None` where a stratum has weight and no units (what its share would be, nobody knows: leave the stratum out, or put
/// it together with another), or where there is no weight at all. Strata without weight are passed over. The ends of the
/// interval are NaN where it has no width (every stratum 0 or 1; for `DobsonByar`, no event).
///
/// # Errors
///
/// If the lists have different lengths, a weight is negative or no number, `level` does not lie between 0 and 1, there
/// are more than 2^53 units, or, for shares, a stratum has more successes than units.
///
/// Sources: J. L. Fleiss, B. Levin, M. C. Paik, *Statistical Methods for Rates and Proportions* (3rd edition 2003),
/// chapter 19; A. J. Dobson, K. Kuulasmaa, E. Eberle, J. Scherer, *Confidence intervals for weighted sums of Poisson
/// parameters*, Statistics in Medicine 10 (1991), 457–462; N. E. Breslow, N. E. Day, *Statistical Methods in Cancer
/// Research 2* (IARC 1987), 69 (Byar).
///
/// ```
/// use utfall::stats::{StandardiseMethod, standardise};
///
/// // In work in two branches, if each branch had half of everybody.
/// let share = standardise(&[18, 2], &[30, 10], &[1.0, 1.0], StandardiseMethod::Binomial, 0.95)?;
/// assert_eq!(share.unwrap().value, (0.6 + 0.2) / 2.0);
/// assert_eq!(standardise(&[18, 0], &[30, 0], &[1.0, 1.0], StandardiseMethod::Binomial, 0.95)?, None);
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn standardise(
    successes: &[u64],
    n: &[u64],
    weights: &[f64],
    method: StandardiseMethod,
    level: f64,
) -> Result<Option<Estimate>> {
    check_level(level)?;
    check_length("n", n.len(), successes.len())?;
    check_length("weights", weights.len(), successes.len())?;
    check_amounts("weights", weights)?;
    check_total(successes.iter().copied())?;
    check_total(n.iter().copied())?;
    if method == StandardiseMethod::Binomial {
        successes.iter().zip(n).try_for_each(|(successes, n)| check_counts(*successes, *n))?;
    }
    let z = two_sided_normal(level);
    let counts = successes.iter().zip(n).map(|(successes, n)| (number(*successes), number(*n)));
    Ok(weighted(counts, weights).map(|strata| match method {
        StandardiseMethod::Binomial => {
            let half = z * binomial_variance(&strata).sqrt();
            let value = mean(&strata);
            Estimate::new(value, Interval::about(value, half, Interval { low: 0.0, high: 1.0 }))
        }
        StandardiseMethod::DobsonByar => dobson_byar(&strata, z),
    }))
}

/// The difference of the standardised shares of two groups, the first minus the second, with a normal interval.
///
/// `tables` has the counts of both groups in each stratum, as for [`mantel_haenszel`](super::mantel_haenszel()), which
/// chooses its own weights: more certain where strata differ little. Here the weights are yours, and the difference is
/// that of two numbers that can be shown. `None` where a stratum has weight and a group has nobody in it, or without any
/// weight. The ends are cut to -1 and 1, and NaN where they would have no width.
///
/// # Errors
///
/// If there are not as many weights as tables, a weight is negative or no number, `level` does not lie between 0 and 1,
/// or there are more than 2^53 units.
///
/// Source: as for [`standardise`].
///
/// ```
/// use utfall::stats::standardised_difference;
///
/// let tables = [[[8, 2], [30, 10]], [[16, 24], [3, 7]]];
/// let gap = standardised_difference(&tables, &[20.0, 80.0], 0.95)?.unwrap();
/// assert_eq!(format!("{:.3} {:.3} {:.3}", gap.value, gap.low, gap.high), "0.090 -0.174 0.354");
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn standardised_difference(
    tables: &[Stratum],
    weights: &[f64],
    level: f64,
) -> Result<Option<Estimate>> {
    check_level(level)?;
    check_length("weights", weights.len(), tables.len())?;
    check_amounts("weights", weights)?;
    check_total(tables.iter().flatten().flatten().copied())?;
    let group = |at: usize| {
        let counts = tables.iter().map(move |table| {
            let [successes, failures] = table[at];
            (number(successes), number(successes + failures))
        });
        weighted(counts, weights)
    };
    let (Some(first), Some(second)) = (group(0), group(1)) else { return Ok(None) };
    let value = mean(&first) - mean(&second);
    let variance = binomial_variance(&first) + binomial_variance(&second);
    let half = two_sided_normal(level) * variance.sqrt();
    let possible = Interval { low: -1.0, high: 1.0 };
    Ok(Some(Estimate::new(value, Interval::about(value, half, possible))))
}

/// A stratum with its part of all weights.
struct Weighted {
    successes: f64,
    n: f64,
    weight: f64,
}

/// The strata with weight; `None` where one of them has no units, or none has weight.
fn weighted(counts: impl Iterator<Item = (f64, f64)>, weights: &[f64]) -> Option<Vec<Weighted>> {
    // Weights near the largest number would add up to infinity, so they are first made small.
    let largest = weights.iter().copied().fold(0.0, f64::max);
    let total: f64 = weights.iter().map(|weight| weight / largest).sum();
    let strata: Vec<Weighted> = counts
        .zip(weights)
        .filter(|(_, weight)| **weight > 0.0)
        .map(|((successes, n), weight)| Weighted { successes, n, weight: weight / largest / total })
        .collect();
    (!strata.is_empty() && strata.iter().all(|stratum| stratum.n > 0.0)).then_some(strata)
}

fn mean(strata: &[Weighted]) -> f64 {
    strata.iter().map(|stratum| stratum.weight * stratum.successes / stratum.n).sum()
}

/// The sum of w² p (1 - p) / n.
fn binomial_variance(strata: &[Weighted]) -> f64 {
    let of_stratum = |stratum: &Weighted| {
        let failures = stratum.n - stratum.successes;
        stratum.weight.powi(2) * stratum.successes * failures / stratum.n.powi(3)
    };
    strata.iter().map(of_stratum).sum()
}

fn dobson_byar(strata: &[Weighted], z: f64) -> Estimate {
    let value = mean(strata);
    let events: f64 = strata.iter().map(|stratum| stratum.successes).sum();
    if events <= 0.0 {
        return Estimate::new(value, Interval::NONE);
    }
    let variance: f64 = strata
        .iter()
        .map(|stratum| stratum.weight.powi(2) * stratum.successes / stratum.n.powi(2))
        .sum();
    let limit = |events: f64, z: f64| {
        events * (1.0 - 1.0 / (9.0 * events) + z / (3.0 * events.sqrt())).powi(3)
    };
    let scale = (variance / events).sqrt();
    let low = value + scale * (limit(events, -z).max(0.0) - events);
    let high = value + scale * (limit(events + 1.0, z) - events);
    Estimate::new(value, Interval { low: low.max(0.0), high })
}
