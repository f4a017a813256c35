//! Steps on an ordinal scale, and two groups on one.

use pyo3::prelude::*;
use utfall::stats::{
    self, Alternative, BowkerPairs, McNemarMethod, SignTest, WilcoxonTest, WilcoxonZeros,
};

use super::{ChiSquare, Triple, chi_square, exception, method, triple};

/// Up, down, same and p value.
type Sign = (u64, u64, u64, f64);

/// Rank sums up and down, z and p value.
type Wilcoxon = (f64, f64, f64, f64);

/// Probability, delta, statistic, degrees of freedom and p value.
type Superiority = (Triple, Triple, f64, f64, f64);

#[pyfunction]
pub(crate) fn sign_test(
    py: Python<'_>,
    table: Vec<Vec<u64>>,
    alternative: &str,
) -> PyResult<Option<Sign>> {
    let alternative = method!(py, Alternative, alternative)?;
    let test = stats::sign_test(&table, alternative).map_err(|error| exception(py, &error))?;
    Ok(test.map(|SignTest { up, down, same, p_value }| (up, down, same, p_value)))
}

#[pyfunction]
pub(crate) fn wilcoxon(
    py: Python<'_>,
    table: Vec<Vec<u64>>,
    zeros: &str,
    alternative: &str,
) -> PyResult<Option<Wilcoxon>> {
    let zeros = method!(py, WilcoxonZeros, zeros)?;
    let alternative = method!(py, Alternative, alternative)?;
    let test =
        stats::wilcoxon(&table, zeros, alternative).map_err(|error| exception(py, &error))?;
    Ok(test.map(|WilcoxonTest { rank_sum_up, rank_sum_down, z, p_value }| {
        (rank_sum_up, rank_sum_down, z, p_value)
    }))
}

#[pyfunction]
pub(crate) fn stuart_maxwell(py: Python<'_>, table: Vec<Vec<u64>>) -> PyResult<Option<ChiSquare>> {
    chi_square(py, stats::stuart_maxwell(&table))
}

#[pyfunction]
pub(crate) fn bowker(
    py: Python<'_>,
    table: Vec<Vec<u64>>,
    pairs: &str,
) -> PyResult<Option<ChiSquare>> {
    let pairs = method!(py, BowkerPairs, pairs)?;
    chi_square(py, stats::bowker(&table, pairs))
}

#[pyfunction]
pub(crate) fn mcnemar(
    py: Python<'_>,
    table: Vec<Vec<u64>>,
    method: &str,
) -> PyResult<Option<ChiSquare>> {
    let method = method!(py, McNemarMethod, method)?;
    chi_square(py, stats::mcnemar(&table, method))
}

#[pyfunction]
pub(crate) fn superiority(
    py: Python<'_>,
    counts_a: Vec<u64>,
    counts_b: Vec<u64>,
    level: f64,
) -> PyResult<Option<Superiority>> {
    let found = stats::superiority(&counts_a, &counts_b, level);
    let found = found.map_err(|error| exception(py, &error))?;
    Ok(found.map(|found| {
        let (probability, delta) = (triple(found.probability), triple(found.cliffs_delta));
        (probability, delta, found.statistic, found.degrees_of_freedom, found.p_value)
    }))
}
