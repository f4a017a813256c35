//! The share of a group among participants compared with its share among those who could have been.

use super::error::{Result, StatisticsError};
use super::estimate::Estimate;

/// How many times the share of a group among participants is its share in the eligible population.
///
/// 1 is the same share, 0.5 half of it. The ends are those of the share's interval divided by the reference, which is
/// taken as known: it should come from a register or a census of those whom the project is meant for, not of all
/// inhabitants.
///
/// # Errors
///
/// If `reference` is not above 0 and at most 1.
///
/// Source: the participation to prevalence ratio, as in L. E. Eshera, H. Itana, L. Zhang, G. Soon, E. O. Fadiran,
/// *Demographics of clinical trials participants in pivotal clinical trials for new molecular entity drugs and
/// biologics approved by FDA from 2010 to 2012*, American Journal of Therapeutics 22 (2015), 435–455.
///
/// ```
/// use utfall::stats::{ProportionMethod, proportion, representation_ratio};
///
/// let women = proportion(30, 120, ProportionMethod::Wilson, 0.95)?.unwrap();
/// let ratio = representation_ratio(women, 0.5)?;
/// assert_eq!(ratio.value, 0.5);
/// assert_eq!(ratio.high, women.high / 0.5);
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn representation_ratio(share: Estimate, reference: f64) -> Result<Estimate> {
    if !(reference > 0.0 && reference <= 1.0) {
        return Err(StatisticsError::ReferenceOutOfRange { reference });
    }
    let Estimate { value, low, high } = share;
    Ok(Estimate { value: value / reference, low: low / reference, high: high / reference })
}
