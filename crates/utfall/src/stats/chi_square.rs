//! What a chi-square test gives.

use super::special::{chi_square_tail, number};

/// A chi-square test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChiSquareTest {
    /// The statistic: 0 where the counts are as the null hypothesis has them.
    pub statistic: f64,
    /// Its degrees of freedom.
    pub degrees_of_freedom: u64,
    /// How likely a statistic as large or larger is if the null hypothesis holds.
    pub p_value: f64,
}

impl ChiSquareTest {
    /// The test of a statistic; `None` without degrees of freedom.
    pub(crate) fn new(statistic: f64, degrees_of_freedom: u64) -> Option<Self> {
        let p_value = chi_square_tail(statistic, number(degrees_of_freedom));
        (degrees_of_freedom > 0).then_some(Self { statistic, degrees_of_freedom, p_value })
    }
}
