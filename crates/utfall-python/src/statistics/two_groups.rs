//! Two groups.

use numpy::{PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;
use utfall::stats::{
    self, Alternative, DifferenceIntervals, DifferenceMethod, Estimate, OddsRatioIntervals,
    OddsRatioMethod, RatioIntervals, RatioMethod, Result,
};

use super::{Triple, Triples, exception, many, many_numbers, method, one, one_number};

/// The successes and units of many pairs of groups.
type Columns<'py> = [PyReadonlyArray1<'py, u64>; 4];

/// The estimates of many pairs of groups.
fn many_pairs<'py>(
    py: Python<'py>,
    columns: &Columns<'py>,
    estimate: impl Fn((u64, u64), (u64, u64)) -> Result<Option<Estimate>> + Send + Sync,
) -> PyResult<Triples<'py>> {
    let [x1, n1, x2, n2] = columns;
    let (x1, n1, x2, n2) = (x1.as_slice()?, n1.as_slice()?, x2.as_slice()?, n2.as_slice()?);
    let len = x1.len().min(n1.len()).min(x2.len()).min(n2.len());
    many(py, len, |at| estimate((x1[at], n1[at]), (x2[at], n2[at])))
}

#[pyfunction]
pub(crate) fn difference(
    py: Python<'_>,
    groups: [(u64, u64); 2],
    method: &str,
    level: f64,
) -> PyResult<Option<Triple>> {
    let method = method!(py, DifferenceMethod, method)?;
    one(py, stats::difference(groups[0], groups[1], method, level))
}

#[pyfunction]
pub(crate) fn differences<'py>(
    py: Python<'py>,
    columns: Columns<'py>,
    method: &str,
    level: f64,
) -> PyResult<Triples<'py>> {
    let method = method!(py, DifferenceMethod, method)?;
    let intervals =
        DifferenceIntervals::new(method, level).map_err(|error| exception(py, &error))?;
    many_pairs(py, &columns, |one, other| intervals.of(one, other))
}

#[pyfunction]
pub(crate) fn ratio(
    py: Python<'_>,
    groups: [(u64, u64); 2],
    method: &str,
    level: f64,
) -> PyResult<Option<Triple>> {
    let method = method!(py, RatioMethod, method)?;
    one(py, stats::ratio(groups[0], groups[1], method, level))
}

#[pyfunction]
pub(crate) fn ratios<'py>(
    py: Python<'py>,
    columns: Columns<'py>,
    method: &str,
    level: f64,
) -> PyResult<Triples<'py>> {
    let method = method!(py, RatioMethod, method)?;
    let intervals = RatioIntervals::new(method, level).map_err(|error| exception(py, &error))?;
    many_pairs(py, &columns, |one, other| intervals.of(one, other))
}

#[pyfunction]
pub(crate) fn odds_ratio(
    py: Python<'_>,
    groups: [(u64, u64); 2],
    method: &str,
    level: f64,
) -> PyResult<Option<Triple>> {
    let method = method!(py, OddsRatioMethod, method)?;
    let intervals =
        OddsRatioIntervals::new(method, level).map_err(|error| exception(py, &error))?;
    one(py, py.detach(|| intervals.of(groups[0], groups[1])))
}

#[pyfunction]
pub(crate) fn odds_ratios<'py>(
    py: Python<'py>,
    columns: Columns<'py>,
    method: &str,
    level: f64,
) -> PyResult<Triples<'py>> {
    let method = method!(py, OddsRatioMethod, method)?;
    let intervals =
        OddsRatioIntervals::new(method, level).map_err(|error| exception(py, &error))?;
    many_pairs(py, &columns, |one, other| intervals.of(one, other))
}

#[pyfunction]
pub(crate) fn fisher_exact(
    py: Python<'_>,
    table: [[u64; 2]; 2],
    alternative: &str,
) -> PyResult<Option<f64>> {
    let alternative = method!(py, Alternative, alternative)?;
    one_number(py, py.detach(|| stats::fisher_exact(table, alternative)))
}

/// Tables lie one after the other, each row by row.
#[pyfunction]
pub(crate) fn fisher_exacts<'py>(
    py: Python<'py>,
    tables: PyReadonlyArray1<'py, u64>,
    alternative: &str,
) -> PyResult<Bound<'py, PyArray1<f64>>> {
    let alternative = method!(py, Alternative, alternative)?;
    let (tables, _) = tables.as_slice()?.as_chunks::<4>();
    many_numbers(py, tables.len(), |position| {
        let [a, b, c, d] = tables[position];
        stats::fisher_exact([[a, b], [c, d]], alternative)
    })
}
