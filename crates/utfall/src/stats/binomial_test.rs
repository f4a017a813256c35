//! A share against a target: exact tests.

use super::error::{Result, StatisticsError, check_counts, check_target};
use super::methods;
use super::tails::{Binomial, Counts, check_units, first, is_at_most};

methods! {
    /// What a test looks for.
    pub enum Alternative {
        /// A difference in either direction: the probability of everything that is no likelier than what was found.
        TwoSided = "two-sided",
        /// More than is tested against.
        Greater = "greater",
        /// Less than is tested against.
        Less = "less",
    }
}

impl Alternative {
    /// The p value of a count in its distribution.
    pub(super) fn p_value(self, counts: &impl Counts, found: u64) -> f64 {
        match self {
            Self::TwoSided => counts.as_unlikely(found),
            Self::Greater => counts.at_least(found),
            Self::Less => counts.at_most(found),
        }
    }
}

/// The exact p value of `successes` in `n` units if each succeeded with the probability `target`; `None` where `n` is 0.
///
/// Two-sided, it is the probability of all outcomes that are no likelier than the one found (equally likely ones are
/// told from others to within 1e-7), not the double of a tail. A p value says nothing of how large a difference is: show
/// the share and its interval with it.
///
/// # Errors
///
/// If there are more successes than units, more than 10¹² units, or `target` does not lie from 0 to 1.
///
/// Source: C. J. Clopper, E. S. Pearson, *The use of confidence or fiducial limits illustrated in the case of the
/// binomial*, Biometrika 26 (1934), 404–413; for two sides, the principle of minimum likelihood in
/// J. D. Gibbons, J. W. Pratt, *P-values: interpretation and methodology*, American Statistician 29 (1975), 20–25.
///
/// ```
/// use utfall::stats::{Alternative, binomial_test};
///
/// let p_value = binomial_test(42, 50, 0.7, Alternative::Greater)?.unwrap();
/// assert_eq!(format!("{p_value:.4}"), "0.0183");
/// assert_eq!(binomial_test(0, 0, 0.7, Alternative::Greater)?, None);
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn binomial_test(
    successes: u64,
    n: u64,
    target: f64,
    alternative: Alternative,
) -> Result<Option<f64>> {
    check_counts(successes, n)?;
    check_units(n)?;
    check_target(target)?;
    Ok((n > 0).then(|| alternative.p_value(&Binomial::new(n, target), successes)))
}

/// What successes are evidence of, if those who were observed stand for all who could have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// The way of working reaches the target.
    Achieved,
    /// It stays below the target.
    NotAchieved,
    /// Either is still possible.
    Uncertain,
}

impl Evidence {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Achieved, Self::NotAchieved, Self::Uncertain];

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Achieved => "achieved",
            Self::NotAchieved => "not_achieved",
            Self::Uncertain => "uncertain",
        }
    }
}

/// The evidence that a way of working reaches a target share, with what it would have taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProcessEvidence {
    /// What the successes are evidence of.
    pub evidence: Evidence,
    /// The smallest number of successes of as many units that would be [`Evidence::Achieved`]; `None` where none would.
    pub achieved_from: Option<u64>,
    /// The largest number of successes of as many units that would be [`Evidence::NotAchieved`]; `None` where none
    /// would.
    pub not_achieved_up_to: Option<u64>,
    /// The one-sided p value for a share above the target.
    pub p_achieved: f64,
    /// The one-sided p value for a share below the target.
    pub p_not_achieved: f64,
}

/// Whether `successes` of `n` units show that the way of working reaches a target share; `None` where `n` is 0.
///
/// Those observed are taken for a sample of all with whom one could have worked in this way, each independent of the
/// others. It is **achieved** if so many successes or more had at most the probability `alpha` were the share exactly
/// the target, **not achieved** if so few or fewer had, else **uncertain**: with few units nearly always. This is not
/// the verdict on a goal, which compares what came out with what was promised and needs no test.
///
/// The tests are exact, so they agree with the Clopper-Pearson interval of level `1 - 2 * alpha`, and not always with
/// Wilson's.
///
/// # Errors
///
/// If there are more successes than units, more than 10¹² units, `target` does not lie from 0 to 1, or `alpha` not
/// between 0 and 0.5 (0.5 included).
///
/// Source: the one-sided exact tests of C. J. Clopper, E. S. Pearson, *The use of confidence or fiducial limits
/// illustrated in the case of the binomial*, Biometrika 26 (1934), 404–413.
///
/// ```
/// use utfall::stats::{Evidence, process_evidence};
///
/// let evidence = process_evidence(15, 20, 0.7, 0.05)?.unwrap();
/// assert_eq!(evidence.evidence, Evidence::Uncertain);
/// assert_eq!(evidence.achieved_from, Some(18));
/// assert_eq!(evidence.not_achieved_up_to, Some(10));
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn process_evidence(
    successes: u64,
    n: u64,
    target: f64,
    alpha: f64,
) -> Result<Option<ProcessEvidence>> {
    check_counts(successes, n)?;
    check_units(n)?;
    check_target(target)?;
    if !(alpha > 0.0 && alpha <= 0.5) {
        return Err(StatisticsError::AlphaOutOfRange { alpha });
    }
    if n == 0 {
        return Ok(None);
    }
    let counts = Binomial::new(n, target);
    let achieved_from = first(0, n + 1, |count| is_at_most(counts.at_least(count), alpha));
    let not_achieved_below = first(0, n + 1, |count| !is_at_most(counts.at_most(count), alpha));
    let evidence = if successes >= achieved_from {
        Evidence::Achieved
    } else if successes < not_achieved_below {
        Evidence::NotAchieved
    } else {
        Evidence::Uncertain
    };
    Ok(Some(ProcessEvidence {
        evidence,
        achieved_from: (achieved_from <= n).then_some(achieved_from),
        not_achieved_up_to: not_achieved_below.checked_sub(1),
        p_achieved: counts.at_least(successes),
        p_not_achieved: counts.at_most(successes),
    }))
}

#[cfg(test)]
mod tests {
    use super::{Evidence, process_evidence};

    fn limits(n: u64, target: f64, alpha: f64) -> (Option<u64>, Option<u64>) {
        let found = process_evidence(0, n, target, alpha).unwrap().unwrap();
        (found.achieved_from, found.not_achieved_up_to)
    }

    /// Worked out by hand: all of five coins show heads with 1/32, all of four with 1/16.
    #[test]
    fn five_coins_can_show_what_four_cannot() {
        assert_eq!(limits(5, 0.5, 0.05), (Some(5), Some(0)));
        assert_eq!(limits(4, 0.5, 0.05), (None, None));
        assert_eq!(limits(4, 0.5, 0.0625), (Some(4), Some(0)));
        // 0.1 × 0.1, and 0.2 × 0.2 × 0.2.
        assert_eq!(limits(2, 0.1, 0.01).0, Some(2));
        assert_eq!(limits(3, 0.2, 0.008).0, Some(3));
    }

    #[test]
    fn targets_of_none_and_all() {
        assert_eq!(limits(3, 0.0, 0.05), (Some(1), None));
        assert_eq!(limits(3, 1.0, 0.05), (None, Some(2)));
    }

    #[test]
    fn nobody_is_evidence_of_nothing() {
        assert_eq!(process_evidence(0, 0, 0.7, 0.05), Ok(None));
        let evidence = |successes| process_evidence(successes, 5, 0.5, 0.05).unwrap().unwrap();
        assert_eq!(evidence(5).evidence, Evidence::Achieved);
        assert_eq!(evidence(4).evidence, Evidence::Uncertain);
        assert_eq!(evidence(0).evidence, Evidence::NotAchieved);
    }
}
