//! Statistics: numbers and NumPy arrays in, numbers and NumPy arrays out.

pub(crate) mod binomial_test;
pub(crate) mod comparisons;
pub(crate) mod ordinal;
pub(crate) mod proportion;
pub(crate) mod staffing;
pub(crate) mod strata;
pub(crate) mod time_to_event;
pub(crate) mod two_groups;

use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;

use numpy::{IntoPyArray, PyArray1, PyArrayMethods};
use pyo3::prelude::*;
use utfall::stats::{ChiSquareTest, Estimate, Result, StatisticsError};

use crate::error::raised;

/// Below this many estimates a thread costs more than it saves.
const ESTIMATES_OF_A_THREAD: usize = 50_000;

/// Value, low and high.
type Triple = (f64, f64, f64);

/// Value, low and high of many.
type Triples<'py> =
    (Bound<'py, PyArray1<f64>>, Bound<'py, PyArray1<f64>>, Bound<'py, PyArray1<f64>>);

/// The exception for numbers that no statistic can be made of.
fn exception(py: Python<'_>, error: &StatisticsError) -> PyErr {
    raised(py, "UtfallError", &error.to_string(), error.code())
}

/// The exception for a word that names no method.
fn unknown_method<'a>(py: Python<'_>, word: &str, known: impl Iterator<Item = &'a str>) -> PyErr {
    let known: Vec<String> = known.map(|word| format!("`{word}`")).collect();
    let message = format!("there is no method `{word}`; there are {}", known.join(", "));
    raised(py, "UtfallError", &message, "unknown_method")
}

/// The method that a word names.
macro_rules! method {
    ($py:expr, $methods:ty, $word:expr) => {
        <$methods>::from_word($word).ok_or_else(|| {
            let known = <$methods>::ALL.iter().map(|method| method.word());
            $crate::statistics::unknown_method($py, $word, known)
        })
    };
}
use method;

/// One estimate, or the error of its numbers.
fn one(py: Python<'_>, estimate: Result<Option<Estimate>>) -> PyResult<Option<Triple>> {
    let estimate = estimate.map_err(|error| exception(py, &error))?;
    Ok(estimate.map(triple))
}

const fn triple(estimate: Estimate) -> Triple {
    (estimate.value, estimate.low, estimate.high)
}

/// Statistic, degrees of freedom and p value.
type ChiSquare = (f64, u64, f64);

/// A chi-square test, or the error of its numbers.
fn chi_square(py: Python<'_>, test: Result<Option<ChiSquareTest>>) -> PyResult<Option<ChiSquare>> {
    let test = test.map_err(|error| exception(py, &error))?;
    Ok(test.map(|ChiSquareTest { statistic, degrees_of_freedom, p_value }| {
        (statistic, degrees_of_freedom, p_value)
    }))
}

/// Many estimates, in threads and without the interpreter's lock; NaN where there is none, and the error of the first
/// that has one.
fn many(
    py: Python<'_>,
    len: usize,
    estimate: impl Fn(usize) -> Result<Option<Estimate>> + Send + Sync,
) -> PyResult<Triples<'_>> {
    let none = Estimate { value: f64::NAN, low: f64::NAN, high: f64::NAN };
    written(py, len, |start, [values, lows, highs]| {
        let made = values.iter_mut().zip(lows).zip(highs);
        for (position, ((value, low), high)) in (start..).zip(made) {
            let made = estimate(position)?.unwrap_or(none);
            (*value, *low, *high) = (made.value, made.low, made.high);
        }
        Ok(())
    })
}

/// Values, lows and highs that a function writes, part by part: it gets the place where a part begins, and the part.
fn written(
    py: Python<'_>,
    len: usize,
    write: impl Fn(usize, [&mut [f64]; 3]) -> Result<()> + Send + Sync,
) -> PyResult<Triples<'_>> {
    // NumPy asks for large pages, which take a fraction of the time to be handed out.
    let [values, lows, highs] = [(); 3].map(|()| PyArray1::zeros(py, len, false));
    {
        let (mut values, mut lows, mut highs) =
            (values.readwrite(), lows.readwrite(), highs.readwrite());
        let made = [values.as_slice_mut()?, lows.as_slice_mut()?, highs.as_slice_mut()?];
        py.detach(|| in_threads(made, &write)).map_err(|error| exception(py, &error))?;
    }
    Ok((values, lows, highs))
}

/// Writes each part in a thread.
fn in_threads(
    made: [&mut [f64]; 3],
    write: &(impl Fn(usize, [&mut [f64]; 3]) -> Result<()> + Sync),
) -> Result<()> {
    let len = made[0].len();
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let size = len.div_ceil(threads.min(len / ESTIMATES_OF_A_THREAD).max(1)).max(1);
    let [values, lows, highs] = made.map(|made| made.chunks_mut(size));
    let parts = values.zip(lows).zip(highs).enumerate();
    let mut parts = parts.map(|(number, ((values, lows), highs))| {
        move || write(number * size, [values, lows, highs])
    });
    thread::scope(|scope| {
        let first = parts.next();
        let others: Vec<_> = parts.map(|part| scope.spawn(part)).collect();
        first.map_or(Ok(()), |mut part| part())?;
        let mut done = others.into_iter().map(thread::ScopedJoinHandle::join);
        done.try_for_each(|done| done.unwrap_or_else(|panic| resume_unwind(panic)))
    })
}

/// One number, or the error of what it is made of.
fn one_number(py: Python<'_>, number: Result<Option<f64>>) -> PyResult<Option<f64>> {
    number.map_err(|error| exception(py, &error))
}

/// Many numbers without the interpreter's lock; NaN where there is none, and the error of the first that has one.
fn many_numbers(
    py: Python<'_>,
    len: usize,
    number: impl Fn(usize) -> Result<Option<f64>> + Send + Sync,
) -> PyResult<Bound<'_, PyArray1<f64>>> {
    let made: Result<Vec<f64>> =
        py.detach(|| (0..len).map(|at| Ok(number(at)?.unwrap_or(f64::NAN))).collect());
    Ok(made.map_err(|error| exception(py, &error))?.into_pyarray(py))
}
