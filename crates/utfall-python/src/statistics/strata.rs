//! Two groups within strata, standardised shares and limits of funnels.

use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;
use utfall::stats::{
    self, CmhMethod, FunnelLimits, FunnelMethod, HomogeneityMethod, Interval,
    MantelHaenszelMeasure, Result, StandardiseMethod, Stratum,
};

use super::{ChiSquare, Triple, chi_square, exception, method, one};

/// Low and high.
type Pair = (f64, f64);

/// Low and high of many.
type Pairs<'py> = (Bound<'py, PyArray1<f64>>, Bound<'py, PyArray1<f64>>);

#[pyfunction]
pub(crate) fn mantel_haenszel(
    py: Python<'_>,
    tables: Vec<Stratum>,
    measure: &str,
    level: f64,
) -> PyResult<Option<Triple>> {
    let measure = method!(py, MantelHaenszelMeasure, measure)?;
    one(py, stats::mantel_haenszel(&tables, measure, level))
}

#[pyfunction]
pub(crate) fn cmh_test(
    py: Python<'_>,
    tables: Vec<Stratum>,
    method: &str,
) -> PyResult<Option<ChiSquare>> {
    let method = method!(py, CmhMethod, method)?;
    chi_square(py, stats::cmh_test(&tables, method))
}

#[pyfunction]
pub(crate) fn homogeneity(
    py: Python<'_>,
    tables: Vec<Stratum>,
    method: &str,
) -> PyResult<Option<ChiSquare>> {
    let method = method!(py, HomogeneityMethod, method)?;
    chi_square(py, stats::homogeneity(&tables, method))
}

#[pyfunction]
pub(crate) fn standardise(
    py: Python<'_>,
    successes: Vec<u64>,
    n: Vec<u64>,
    weights: Vec<f64>,
    method: &str,
    level: f64,
) -> PyResult<Option<Triple>> {
    let method = method!(py, StandardiseMethod, method)?;
    one(py, stats::standardise(&successes, &n, &weights, method, level))
}

#[pyfunction]
pub(crate) fn standardised_difference(
    py: Python<'_>,
    tables: Vec<Stratum>,
    weights: Vec<f64>,
    level: f64,
) -> PyResult<Option<Triple>> {
    one(py, stats::standardised_difference(&tables, &weights, level))
}

#[pyfunction]
pub(crate) fn funnel_limits(
    py: Python<'_>,
    target: f64,
    n: u64,
    tail: f64,
    method: &str,
) -> PyResult<Option<Pair>> {
    let limits = limits(py, target, tail, method)?.of(n).map_err(|error| exception(py, &error))?;
    Ok(limits.map(|Interval { low, high }| (low, high)))
}

#[pyfunction]
pub(crate) fn funnels<'py>(
    py: Python<'py>,
    target: f64,
    n: PyReadonlyArray1<'py, u64>,
    tail: f64,
    method: &str,
) -> PyResult<Pairs<'py>> {
    let limits = limits(py, target, tail, method)?;
    let n = n.as_slice()?;
    let made: Result<(Vec<f64>, Vec<f64>)> = py.detach(|| {
        let none = Interval { low: f64::NAN, high: f64::NAN };
        let pairs = n.iter().map(|n| Ok(limits.of(*n)?.unwrap_or(none)));
        pairs.map(|pair: Result<_>| pair.map(|Interval { low, high }| (low, high))).collect()
    });
    let (low, high) = made.map_err(|error| exception(py, &error))?;
    Ok((low.into_pyarray(py), high.into_pyarray(py)))
}

fn limits(py: Python<'_>, target: f64, tail: f64, method: &str) -> PyResult<FunnelLimits> {
    let method = method!(py, FunnelMethod, method)?;
    FunnelLimits::new(target, tail, method).map_err(|error| exception(py, &error))
}
