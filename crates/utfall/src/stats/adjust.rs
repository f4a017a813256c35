//! Many comparisons at once.

use super::error::{Result, StatisticsError};
use super::methods;
use super::special::number;

methods! {
    /// How p values of many tests are adjusted.
    pub enum AdjustMethod {
        /// Holm (1979): the probability of any false finding, whatever the dependence between tests.
        Holm = "holm",
        /// Hochberg (1988): the same, with more findings, for tests that are independent or positively dependent.
        Hochberg = "hochberg",
        /// Benjamini and Hochberg (1995): the expected share of false findings among all, for tests that are independent
        /// or positively dependent.
        BenjaminiHochberg = "bh",
        /// Benjamini and Yekutieli (2001): the same whatever the dependence.
        BenjaminiYekutieli = "by",
        /// Bonferroni (Dunn, 1961): the probability of any false finding; never better than Holm.
        Bonferroni = "bonferroni",
    }
}

/// The p values of a family of tests adjusted for their number, in the order given.
///
/// What is at most the level after adjustment is found at that level in the whole family. NaN stays NaN and is no test
/// of the family. The family has to be declared before looking: as a rule, the tests of one indicator in one report.
///
/// # Errors
///
/// If a p value does not lie from 0 to 1.
///
/// Source: S. Holm, *A simple sequentially rejective multiple test procedure*, Scandinavian Journal of Statistics 6
/// (1979), 65–70; Y. Hochberg, *A sharper Bonferroni procedure for multiple tests of significance*, Biometrika 75 (1988),
/// 800–802; Y. Benjamini, Y. Hochberg, *Controlling the false discovery rate*, Journal of the Royal Statistical Society B
/// 57 (1995), 289–300; Y. Benjamini, D. Yekutieli, *The control of the false discovery rate in multiple testing under
/// dependency*, Annals of Statistics 29 (2001), 1165–1188; O. J. Dunn, *Multiple comparisons among means*, Journal of the
/// American Statistical Association 56 (1961), 52–64.
///
/// ```
/// use utfall::stats::{AdjustMethod, adjust};
///
/// let adjusted = adjust(&[0.01, 0.75, 0.02], AdjustMethod::Holm)?;
/// assert_eq!(adjusted, [0.03, 0.75, 0.04]);
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn adjust(p_values: &[f64], method: AdjustMethod) -> Result<Vec<f64>> {
    let mut order = Vec::with_capacity(p_values.len());
    for (place, p_value) in p_values.iter().copied().enumerate() {
        if !p_value.is_nan() {
            if !(0.0..=1.0).contains(&p_value) {
                return Err(StatisticsError::PValueOutOfRange { p_value });
            }
            order.push(place);
        }
    }
    order.sort_by(|one, other| p_values[*one].total_cmp(&p_values[*other]));
    let ranked = (1..).map(number).zip(order.iter().copied());
    let tests = number(order.len() as u64);
    let harmonic: f64 = ranked.clone().map(|(rank, _)| 1.0 / rank).sum();
    let scaled = ranked.map(|(rank, place)| {
        let factor = match method {
            AdjustMethod::Holm | AdjustMethod::Hochberg => tests - rank + 1.0,
            AdjustMethod::BenjaminiHochberg => tests / rank,
            AdjustMethod::BenjaminiYekutieli => tests / rank * harmonic,
            AdjustMethod::Bonferroni => tests,
        };
        (place, (p_values[place] * factor).min(1.0))
    });
    let mut adjusted = p_values.to_vec();
    if matches!(method, AdjustMethod::Holm | AdjustMethod::Bonferroni) {
        let mut greatest = 0.0_f64;
        for (place, p_value) in scaled {
            greatest = greatest.max(p_value);
            adjusted[place] = greatest;
        }
    } else {
        let mut least = 1.0_f64;
        for (place, p_value) in scaled.collect::<Vec<_>>().into_iter().rev() {
            least = least.min(p_value);
            adjusted[place] = least;
        }
    }
    Ok(adjusted)
}

#[cfg(test)]
mod tests {
    use super::{AdjustMethod, adjust};

    /// Worked out by hand: in order 0.005 × 4, 0.01 × 3, 0.03 × 2, 0.04 × 1; none is greater than one that follows.
    #[test]
    fn hochberg_takes_the_least_of_those_that_follow() {
        let adjusted = adjust(&[0.01, 0.04, 0.03, 0.005], AdjustMethod::Hochberg).unwrap();
        let expected = [0.03, 0.04, 0.04, 0.02];
        for (found, expected) in adjusted.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-15, "{adjusted:?}");
        }
    }

    /// Three tests, not four: 0.01 × 3, 0.02 × 2, 0.5 × 1.
    #[test]
    fn what_was_not_tested_is_not_counted() {
        let adjusted = adjust(&[0.02, f64::NAN, 0.01, 0.5], AdjustMethod::Holm).unwrap();
        assert!((adjusted[0] - 0.04).abs() < 1e-15 && (adjusted[2] - 0.03).abs() < 1e-15);
        assert!(adjusted[1].is_nan() && (adjusted[3] - 0.5).abs() < 1e-15);
    }

    #[test]
    fn no_tests_need_no_adjustment() {
        assert_eq!(adjust(&[], AdjustMethod::BenjaminiHochberg), Ok(Vec::new()));
    }
}
