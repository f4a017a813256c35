//! One share.

use numpy::PyReadonlyArray1;
use pyo3::prelude::*;
use utfall::stats::{self, ProportionIntervals, ProportionMethod};

use super::{Triple, Triples, exception, method, one, written};

#[pyfunction]
pub(crate) fn proportion(
    py: Python<'_>,
    successes: u64,
    n: u64,
    method: &str,
    level: f64,
) -> PyResult<Option<Triple>> {
    let method = method!(py, ProportionMethod, method)?;
    one(py, stats::proportion(successes, n, method, level))
}

#[pyfunction]
pub(crate) fn proportions<'py>(
    py: Python<'py>,
    successes: PyReadonlyArray1<'py, u64>,
    n: PyReadonlyArray1<'py, u64>,
    method: &str,
    level: f64,
) -> PyResult<Triples<'py>> {
    let method = method!(py, ProportionMethod, method)?;
    let intervals =
        ProportionIntervals::new(method, level).map_err(|error| exception(py, &error))?;
    let (successes, n) = (successes.as_slice()?, n.as_slice()?);
    written(py, successes.len().min(n.len()), |start, made| {
        intervals.of_each(&successes[start..], &n[start..], made)
    })
}
