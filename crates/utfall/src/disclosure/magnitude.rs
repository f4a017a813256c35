//! Amounts of which one contributor could work out another's: money, hours.

use super::error::{DisclosureError, Result};
use super::system::Need;

/// Whether the `largest` contributors together make up more than `percent` of an amount: the (n, k) rule of dominance
/// (Willenborg and de Waal, *Elements of Statistical Disclosure Control*, 2001, ch. 6).
///
/// An amount of 0 is dominated by nobody.
///
/// # Errors
///
/// If the percentage is not above 0 and at most 100.
///
/// ```
/// use utfall::disclosure::dominates;
///
/// assert!(dominates(&[900, 50, 50], 1, 85.0)?);
/// assert!(!dominates(&[400, 300, 300], 1, 85.0)?);
/// # Ok::<(), utfall::disclosure::DisclosureError>(())
/// ```
pub fn dominates(contributions: &[u64], largest: usize, percent: f64) -> Result<bool> {
    check_percent(percent)?;
    let sorted = descending(contributions);
    let total = sum(&sorted);
    Ok(sum(sorted.get(..largest.min(sorted.len())).unwrap_or_default()) > total * percent / 100.0)
}

/// How far an amount must stay in the dark so that no contributor can estimate the largest one closer than `percent`:
/// the p % rule. The second largest knows her own part, and takes the rest, without the two largest, for 0.
///
/// `None` if the others blur the largest enough. Else the amount must be able to be as much lower and as much higher as is
/// missing (its lower end stops at 0).
///
/// # Errors
///
/// If the percentage is not above 0 and at most 100.
///
/// ```
/// use utfall::disclosure::{Need, p_percent};
///
/// // Without the two largest 10 remain, and 10 % of 800 are 80: 70 are missing.
/// assert_eq!(p_percent(&[800, 190, 10], 10.0)?, Some(Need { low: 930, high: 1070 }));
/// assert_eq!(p_percent(&[400, 350, 250], 10.0)?, None);
/// # Ok::<(), utfall::disclosure::DisclosureError>(())
/// ```
pub fn p_percent(contributions: &[u64], percent: f64) -> Result<Option<Need>> {
    check_percent(percent)?;
    let sorted = descending(contributions);
    let total = sorted.iter().fold(0_u64, |sum, part| sum.saturating_add(*part));
    let largest = sorted.first().copied().unwrap_or_default();
    let rest = sum(sorted.get(2..).unwrap_or_default());
    #[expect(clippy::cast_precision_loss, reason = "amounts are below 2^50")]
    let missing = (largest as f64 * percent / 100.0 - rest).ceil();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is positive")]
    let need = |missing: f64| Need {
        low: total.saturating_sub(missing as u64),
        high: total.saturating_add(missing as u64),
    };
    Ok((missing > 0.0).then(|| need(missing)))
}

fn check_percent(percent: f64) -> Result<()> {
    if percent > 0.0 && percent <= 100.0 {
        Ok(())
    } else {
        Err(DisclosureError::PercentOutOfRange { percent: percent.to_string() })
    }
}

fn descending(contributions: &[u64]) -> Vec<u64> {
    let mut sorted = contributions.to_vec();
    sorted.sort_unstable_by(|one, other| other.cmp(one));
    sorted
}

#[expect(clippy::cast_precision_loss, reason = "amounts are below 2^50")]
fn sum(amounts: &[u64]) -> f64 {
    amounts.iter().map(|amount| *amount as f64).sum()
}
