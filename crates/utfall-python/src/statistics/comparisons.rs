//! Several groups, and many comparisons.

use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;
use utfall::stats::{self, AdjustMethod, Disparity, Estimate, Result};

use super::{Triple, Triples, exception, many, method, triple};

/// How far apart groups are: the places of lowest and highest; difference and ratio; whether below four fifths; the
/// share of all; distance and ratio to it, each with the place; the places left out.
type DisparityTuple = (
    (usize, usize),
    (Triple, Option<Triple>),
    bool,
    f64,
    (f64, usize),
    (Option<f64>, usize),
    Vec<usize>,
);

/// The same of many, -1 and NaN where nothing can be compared: places, numbers, flags.
type DisparityArrays<'py> =
    (Vec<Bound<'py, PyArray1<i64>>>, Vec<Bound<'py, PyArray1<f64>>>, Bound<'py, PyArray1<bool>>);

#[pyfunction]
pub(crate) fn disparity(
    py: Python<'_>,
    groups: Vec<(u64, u64)>,
    smallest: u64,
    level: f64,
) -> PyResult<Option<DisparityTuple>> {
    let found =
        stats::disparity(&groups, smallest, level).map_err(|error| exception(py, &error))?;
    Ok(found.map(|found| {
        (
            (found.lowest, found.highest),
            (triple(found.difference), found.ratio.map(triple)),
            found.below_four_fifths,
            found.overall,
            (found.difference_to_overall, found.furthest_by_difference),
            (found.ratio_to_overall, found.furthest_by_ratio),
            found.left_out,
        )
    }))
}

/// So many comparisons, the groups of each one after the other.
#[pyfunction]
pub(crate) fn disparities<'py>(
    py: Python<'py>,
    successes: PyReadonlyArray1<'py, u64>,
    n: PyReadonlyArray1<'py, u64>,
    comparisons: usize,
    smallest: u64,
    level: f64,
) -> PyResult<DisparityArrays<'py>> {
    let (successes, n) = (successes.as_slice()?, n.as_slice()?);
    let made: Result<Vec<Option<Disparity>>> = py.detach(|| {
        let groups = successes.len().min(n.len()) / comparisons.max(1);
        (0..comparisons)
            .map(|row| {
                let places = row * groups..(row + 1) * groups;
                let groups: Vec<_> = places.map(|place| (successes[place], n[place])).collect();
                stats::disparity(&groups, smallest, level)
            })
            .collect()
    });
    let made = made.map_err(|error| exception(py, &error))?;
    let numbers = |of: fn(&Disparity) -> f64| {
        let numbers = made.iter().map(|found| found.as_ref().map_or(f64::NAN, of));
        numbers.collect::<Vec<_>>().into_pyarray(py)
    };
    let places = |of: fn(&Disparity) -> usize| {
        let place = |found: &Disparity| i64::try_from(of(found)).unwrap_or(-1);
        let places = made.iter().map(|found| found.as_ref().map_or(-1, place));
        places.collect::<Vec<_>>().into_pyarray(py)
    };
    let flags = made.iter().map(|found| found.as_ref().is_some_and(|it| it.below_four_fifths));
    Ok((
        vec![
            places(|found| found.lowest),
            places(|found| found.highest),
            places(|found| found.furthest_by_difference),
            places(|found| found.furthest_by_ratio),
        ],
        vec![
            numbers(|found| found.difference.value),
            numbers(|found| found.difference.low),
            numbers(|found| found.difference.high),
            numbers(|found| found.ratio.map_or(f64::NAN, |ratio| ratio.value)),
            numbers(|found| found.ratio.map_or(f64::NAN, |ratio| ratio.low)),
            numbers(|found| found.ratio.map_or(f64::NAN, |ratio| ratio.high)),
            numbers(|found| found.overall),
            numbers(|found| found.difference_to_overall),
            numbers(|found| found.ratio_to_overall.unwrap_or(f64::NAN)),
        ],
        flags.collect::<Vec<_>>().into_pyarray(py),
    ))
}

#[pyfunction]
pub(crate) fn representation_ratio(
    py: Python<'_>,
    share: Triple,
    reference: f64,
) -> PyResult<Triple> {
    let (value, low, high) = share;
    let made = stats::representation_ratio(Estimate { value, low, high }, reference);
    made.map(triple).map_err(|error| exception(py, &error))
}

#[pyfunction]
pub(crate) fn representation_ratios<'py>(
    py: Python<'py>,
    shares: [PyReadonlyArray1<'py, f64>; 3],
    reference: PyReadonlyArray1<'py, f64>,
) -> PyResult<Triples<'py>> {
    let [values, lows, highs] = &shares;
    let (values, lows, highs) = (values.as_slice()?, lows.as_slice()?, highs.as_slice()?);
    let reference = reference.as_slice()?;
    let len = values.len().min(lows.len()).min(highs.len()).min(reference.len());
    many(py, len, |at| {
        let share = Estimate { value: values[at], low: lows[at], high: highs[at] };
        if reference[at].is_nan() {
            return Ok(None);
        }
        stats::representation_ratio(share, reference[at]).map(Some)
    })
}

#[pyfunction]
pub(crate) fn adjust<'py>(
    py: Python<'py>,
    p_values: PyReadonlyArray1<'py, f64>,
    method: &str,
) -> PyResult<Bound<'py, PyArray1<f64>>> {
    let method = method!(py, AdjustMethod, method)?;
    let p_values = p_values.as_slice()?;
    let adjusted = py.detach(|| stats::adjust(p_values, method));
    Ok(adjusted.map_err(|error| exception(py, &error))?.into_pyarray(py))
}
