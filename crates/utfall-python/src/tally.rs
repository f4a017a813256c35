//! Tallies.

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use utfall::{Error, Tally};

use crate::error::exception;

/// The counts of a project's registers on a day.
#[pyclass(frozen, eq, name = "Tally", module = "utfall._native")]
#[derive(Debug, PartialEq)]
pub(crate) struct PyTally(Tally);

impl PyTally {
    pub(crate) const fn new(tally: Tally) -> Self {
        Self(tally)
    }

    pub(crate) const fn as_tally(&self) -> &Tally {
        &self.0
    }
}

#[pymethods]
impl PyTally {
    #[staticmethod]
    fn merge(py: Python<'_>, tallies: Vec<Bound<'_, Self>>) -> PyResult<Option<Self>> {
        let tallies: Vec<Tally> = tallies.iter().map(|tally| tally.get().0.clone()).collect();
        let merged: Result<_, Error> = py.detach(|| Tally::merge(tallies));
        merged.map(|whole| whole.map(Self)).map_err(|error| exception(py, &error))
    }

    #[staticmethod]
    fn from_bytes(py: Python<'_>, bytes: &[u8]) -> PyResult<Self> {
        Tally::from_bytes(bytes).map(Self).map_err(|error| exception(py, &error))
    }

    fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.0.to_bytes())
    }

    #[getter]
    fn as_of(&self) -> String {
        self.0.as_of().to_string()
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }
}
