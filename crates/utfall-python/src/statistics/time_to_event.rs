//! Time to outcome.

use numpy::{PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;
use utfall::stats::{CumulativeIncidence, Event, EventTable, Result, SurvivalCurve, Time};

use super::{Triple, Triples, exception, many, one, triple};

/// Durations as they arrive.
#[derive(FromPyObject)]
pub(crate) enum Durations<'py> {
    Long(PyReadonlyArray1<'py, i64>),
    Short(PyReadonlyArray1<'py, i32>),
    Float(PyReadonlyArray1<'py, f64>),
}

/// Kinds of event as they arrive; 0 or false for censored.
#[derive(FromPyObject)]
pub(crate) enum Events<'py> {
    Flags(PyReadonlyArray1<'py, bool>),
    Codes(PyReadonlyArray1<'py, u8>),
    Numbers(PyReadonlyArray1<'py, i64>),
}

type Units<'py> = PyReadonlyArray1<'py, u64>;

/// Counts slices without the interpreter's lock.
fn count<T: Time + Sync, E: Event + Sync>(
    py: Python<'_>,
    durations: &[T],
    events: &[E],
    units: Option<&[u64]>,
    kinds: Option<usize>,
) -> Result<EventTable> {
    py.detach(|| EventTable::from_slices(durations, events, units, kinds))
}

/// Counts arrays of whichever types.
fn table(
    py: Python<'_>,
    durations: &Durations<'_>,
    events: &Events<'_>,
    units: Option<&Units<'_>>,
    kinds: Option<usize>,
) -> PyResult<EventTable> {
    let units = units.map(PyReadonlyArray1::as_slice).transpose()?;
    macro_rules! counted {
        ($($times:ident),*; $events:expr) => {
            match durations {
                $(Durations::$times(times) => count(py, times.as_slice()?, $events, units, kinds),)*
            }
        };
    }
    let table = match events {
        Events::Flags(flags) => counted!(Long, Short, Float; flags.as_slice()?),
        Events::Codes(codes) => counted!(Long, Short, Float; codes.as_slice()?),
        Events::Numbers(numbers) => counted!(Long, Short, Float; numbers.as_slice()?),
    };
    table.map_err(|error| exception(py, &error))
}

#[pyfunction]
#[pyo3(signature = (durations, observed, units))]
pub(crate) fn kaplan_meier(
    py: Python<'_>,
    durations: Durations<'_>,
    observed: Events<'_>,
    units: Option<Units<'_>>,
) -> PyResult<PySurvivalCurve> {
    let table = table(py, &durations, &observed, units.as_ref(), Some(1))?;
    Ok(PySurvivalCurve(py.detach(|| table.survival())))
}

#[pyfunction]
#[pyo3(signature = (durations, events, units, kinds))]
pub(crate) fn aalen_johansen(
    py: Python<'_>,
    durations: Durations<'_>,
    events: Events<'_>,
    units: Option<Units<'_>>,
    kinds: Option<usize>,
) -> PyResult<PyCumulativeIncidence> {
    let table = table(py, &durations, &events, units.as_ref(), kinds)?;
    Ok(PyCumulativeIncidence(py.detach(|| table.incidence())))
}

/// The share without an event.
#[pyclass(frozen, name = "SurvivalCurve", module = "utfall._native")]
#[derive(Debug)]
pub(crate) struct PySurvivalCurve(SurvivalCurve);

#[pymethods]
impl PySurvivalCurve {
    #[getter]
    fn units(&self) -> u64 {
        self.0.units()
    }

    #[getter]
    fn times<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<f64>> {
        PyArray1::from_slice(py, self.0.times())
    }

    #[getter]
    fn at_risk<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<u64>> {
        PyArray1::from_slice(py, self.0.at_risk())
    }

    #[getter]
    fn events<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<u64>> {
        PyArray1::from_slice(py, self.0.events())
    }

    #[getter]
    fn censored<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<u64>> {
        PyArray1::from_slice(py, self.0.censored())
    }

    #[getter]
    fn survival<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<f64>> {
        PyArray1::from_slice(py, self.0.survival())
    }

    #[getter]
    fn variance<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<f64>> {
        PyArray1::from_slice(py, self.0.variance())
    }

    fn at(&self, py: Python<'_>, horizon: f64, level: f64) -> PyResult<Option<Triple>> {
        one(py, self.0.at(horizon, level))
    }

    fn at_each<'py>(
        &self,
        py: Python<'py>,
        horizons: PyReadonlyArray1<'py, f64>,
        level: f64,
    ) -> PyResult<Triples<'py>> {
        let horizons = horizons.as_slice()?;
        many(py, horizons.len(), |position| self.0.at(horizons[position], level))
    }

    fn quantile(&self, py: Python<'_>, share: f64, level: f64) -> PyResult<Option<Triple>> {
        one(py, self.0.quantile(share, level))
    }
}

/// The share with an event of each kind.
#[pyclass(frozen, name = "CumulativeIncidence", module = "utfall._native")]
#[derive(Debug)]
pub(crate) struct PyCumulativeIncidence(CumulativeIncidence);

#[pymethods]
impl PyCumulativeIncidence {
    #[getter]
    fn kinds(&self) -> usize {
        self.0.incidence().len()
    }

    #[getter]
    fn overall(&self) -> PySurvivalCurve {
        PySurvivalCurve(self.0.overall().clone())
    }

    #[getter]
    fn events<'py>(&self, py: Python<'py>) -> Vec<Bound<'py, PyArray1<u64>>> {
        self.0.events().iter().map(|kind| PyArray1::from_slice(py, kind)).collect()
    }

    #[getter]
    fn incidence<'py>(&self, py: Python<'py>) -> Vec<Bound<'py, PyArray1<f64>>> {
        self.0.incidence().iter().map(|kind| PyArray1::from_slice(py, kind)).collect()
    }

    #[getter]
    fn variance<'py>(&self, py: Python<'py>) -> Vec<Bound<'py, PyArray1<f64>>> {
        self.0.variance().iter().map(|kind| PyArray1::from_slice(py, kind)).collect()
    }

    fn at(&self, py: Python<'_>, horizon: f64, level: f64) -> PyResult<Option<Vec<Triple>>> {
        let kinds = self.0.at(horizon, level).map_err(|error| exception(py, &error))?;
        Ok(kinds.map(|kinds| kinds.into_iter().map(triple).collect()))
    }

    fn at_each<'py>(
        &self,
        py: Python<'py>,
        horizons: PyReadonlyArray1<'py, f64>,
        level: f64,
    ) -> PyResult<Vec<Triples<'py>>> {
        let horizons = horizons.as_slice()?;
        let of_kind = |kind: usize| {
            many(py, horizons.len(), |position| {
                let kinds = self.0.at(horizons[position], level)?;
                Ok(kinds.and_then(|kinds| kinds.get(kind).copied()))
            })
        };
        (0..self.kinds()).map(of_kind).collect()
    }
}
