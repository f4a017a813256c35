//! Findings of a review, a check, or whatever else looks for them.

use pyo3::prelude::*;
use utfall::project::Language;
use utfall::{Finding, Soundness};

use crate::table::PyTable;

/// What a check gives beside its findings.
#[pyclass(frozen, name = "Soundness", module = "utfall._native")]
#[derive(Debug)]
pub(crate) struct PySoundness(Soundness);

impl PySoundness {
    pub(crate) const fn new(soundness: Soundness) -> Self {
        Self(soundness)
    }
}

#[pymethods]
impl PySoundness {
    fn findings(&self) -> PyFindings {
        PyFindings::new(self.0.findings.clone())
    }

    fn quality(&self) -> PyResult<PyTable> {
        PyTable::new(utfall_arrow::quality(&self.0.quality))
    }

    fn missing(&self) -> PyResult<PyTable> {
        PyTable::new(utfall_arrow::missing(&self.0.missing))
    }
}

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
