//! Findings of a review, a check, or whatever else looks for them.

use pyo3::prelude::*;
use utfall::Finding;
use utfall::project::Language;

use crate::table::PyTable;

/// Findings, and their table in either language.
#[pyclass(frozen, name = "Findings", module = "utfall._native")]
#[derive(Debug)]
pub(crate) struct PyFindings(Vec<Finding>);

impl PyFindings {
    pub(crate) const fn new(findings: Vec<Finding>) -> Self {
        Self(findings)
    }
}

#[pymethods]
impl PyFindings {
    fn __len__(&self) -> usize {
        self.0.len()
    }

    fn table(&self, language: &str) -> PyResult<PyTable> {
        let language = Language::of_word(language).unwrap_or(Language::Swedish);
        PyTable::new(utfall_arrow::findings(&self.0, language))
    }

    /// The findings at these places.
    fn at(&self, places: Vec<usize>) -> Self {
        Self(places.into_iter().filter_map(|place| self.0.get(place).cloned()).collect())
    }
}
