//! A share against a target.

use numpy::{PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;
use utfall::stats::{self, Alternative, ProcessEvidence};

use super::{exception, many_numbers, method, one_number};

/// The evidence, from where on and up to where it would be another, and both p values.
type EvidenceTuple = (&'static str, Option<u64>, Option<u64>, f64, f64);

#[pyfunction]
pub(crate) fn binomial_test(
    py: Python<'_>,
    successes: u64,
    n: u64,
    target: f64,
    alternative: &str,
) -> PyResult<Option<f64>> {
    let alternative = method!(py, Alternative, alternative)?;
    one_number(py, py.detach(|| stats::binomial_test(successes, n, target, alternative)))
}

#[pyfunction]
pub(crate) fn binomial_tests<'py>(
    py: Python<'py>,
    successes: PyReadonlyArray1<'py, u64>,
    n: PyReadonlyArray1<'py, u64>,
    target: PyReadonlyArray1<'py, f64>,
    alternative: &str,
) -> PyResult<Bound<'py, PyArray1<f64>>> {
    let alternative = method!(py, Alternative, alternative)?;
    let (successes, n, target) = (successes.as_slice()?, n.as_slice()?, target.as_slice()?);
    many_numbers(py, successes.len().min(n.len()).min(target.len()), |position| {
        if target[position].is_nan() {
            return Ok(None);
        }
        stats::binomial_test(successes[position], n[position], target[position], alternative)
    })
}

#[pyfunction]
pub(crate) fn process_evidence(
    py: Python<'_>,
    successes: u64,
    n: u64,
    target: f64,
    alpha: f64,
) -> PyResult<Option<EvidenceTuple>> {
    let evidence = py.detach(|| stats::process_evidence(successes, n, target, alpha));
    let evidence = evidence.map_err(|error| exception(py, &error))?;
    Ok(evidence.map(|found| {
        let ProcessEvidence { evidence, achieved_from, not_achieved_up_to, .. } = found;
        let p_values = (found.p_achieved, found.p_not_achieved);
        (evidence.word(), achieved_from, not_achieved_up_to, p_values.0, p_values.1)
    }))
}
