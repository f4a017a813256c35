//! Publications.

use std::sync::Arc;

use pyo3::prelude::*;
use utfall::disclosure::{CertainShares, Found, Limits, Rules, Zeros};
use utfall::project::Language;
use utfall::publication::{ProposedMerging, Publication, PublicationRules, propose_merging};
use utfall::wording;

use crate::error::exception;
use crate::evaluation::PyEvaluation;
use crate::project::PyProject;
use crate::table::PyTable;

/// An evaluation of which nothing can be computed that its rules hide.
#[pyclass(frozen, name = "Publication", module = "utfall._native")]
#[derive(Debug)]
pub(crate) struct PyPublication {
    publication: Publication,
    evaluation: Py<PyEvaluation>,
}

#[pymethods]
impl PyPublication {
    #[new]
    #[allow(clippy::too_many_arguments, reason = "what Python hands over")]
    #[pyo3(signature = (evaluation, threshold, zeros, tables, open_registers, hides_certain_shares, printed_tables, earlier, cells))]
    fn new(
        py: Python<'_>,
        evaluation: &PyEvaluation,
        threshold: u64,
        zeros: &str,
        tables: Option<Vec<Vec<String>>>,
        open_registers: Vec<String>,
        hides_certain_shares: bool,
        printed_tables: bool,
        earlier: Vec<Bound<'_, Self>>,
        cells: usize,
    ) -> PyResult<Self> {
        let zeros = match zeros {
            "printed" => Zeros::Printed,
            "protected" => Zeros::Protected,
            _ => Zeros::Secondary,
        };
        let rules = PublicationRules {
            rules: Rules { threshold, zeros, ..Rules::default() },
            tables,
            open: open_registers,
            certain_shares: if hides_certain_shares {
                CertainShares::Hidden
            } else {
                CertainShares::Flagged
            },
            printed_tables,
            limits: Limits { cells, ..Limits::default() },
        };
        let earlier: Vec<&Publication> =
            earlier.iter().map(|earlier| &earlier.get().publication).collect();
        let project = Arc::clone(evaluation.project());
        let of = evaluation.as_evaluation();
        let publication = py.detach(|| Publication::new(&project, of, &rules, &earlier));
        let publication = publication.map_err(|error| exception(py, &error))?;
        let evaluation = Py::new(py, PyEvaluation::published(project, &publication))?;
        Ok(Self { publication, evaluation })
    }

    /// What is published.
    #[getter]
    fn evaluation(&self, py: Python<'_>) -> Py<PyEvaluation> {
        self.evaluation.clone_ref(py)
    }

    #[getter]
    const fn threshold(&self) -> u64 {
        self.publication.rules.rules.threshold
    }

    #[getter]
    const fn zeros(&self) -> &'static str {
        match self.publication.rules.rules.zeros {
            Zeros::Printed => "printed",
            Zeros::Secondary => "secondary",
            Zeros::Protected => "protected",
        }
    }

    #[getter]
    const fn found(&self) -> &'static str {
        match self.publication.found {
            Found::Cheapest => "cheapest",
            Found::Heuristic => "heuristic",
        }
    }

    #[getter]
    fn hidden(&self) -> usize {
        self.publication.hidden()
    }

    /// The rows of figures that tell of everybody in a small group.
    fn certain(&self) -> &[usize] {
        &self.publication.certain
    }

    fn note(&self, language: &str) -> String {
        let language = Language::of_word(language).unwrap_or(Language::Swedish);
        wording::protection_note(&self.publication, language)
    }

    fn audit(&self, py: Python<'_>) -> PyResult<PyTable> {
        let audited = py.detach(|| self.publication.audit());
        let audited = audited.map_err(|error| exception(py, &error))?;
        PyTable::new(utfall_arrow::audit(&audited))
    }

    fn counts(&self) -> PyResult<PyTable> {
        PyTable::new(utfall_arrow::counts(&self.publication))
    }

    fn attack(&self, py: Python<'_>) -> PyResult<PyTable> {
        let told = py.detach(|| self.publication.attack());
        let told = told.map_err(|error| exception(py, &error))?;
        PyTable::new(utfall_arrow::audit(&told))
    }
}

/// Levels that could be merged.
#[pyclass(frozen, name = "ProposedMerging", module = "utfall._native")]
#[derive(Debug)]
pub(crate) struct PyMerging(ProposedMerging);

#[pymethods]
impl PyMerging {
    #[new]
    fn new(
        py: Python<'_>,
        evaluation: &PyEvaluation,
        column: &str,
        threshold: u64,
    ) -> PyResult<Self> {
        let rules = Rules { threshold, ..Rules::default() };
        let of = evaluation.as_evaluation();
        let proposed = propose_merging(evaluation.project(), of, column, rules);
        proposed.map(Self).map_err(|error| exception(py, &error))
    }

    #[getter]
    fn merged_column(&self) -> &str {
        &self.0.merged_column
    }

    #[getter]
    fn levels(&self) -> Vec<Vec<String>> {
        self.0.levels.clone()
    }

    #[getter]
    const fn small_before(&self) -> usize {
        self.0.small_before
    }

    #[getter]
    const fn small_after(&self) -> usize {
        self.0.small_after
    }

    #[getter]
    fn declared(&self) -> &str {
        &self.0.declared
    }

    #[getter]
    fn project(&self) -> PyProject {
        PyProject::new(self.0.project.clone())
    }

    fn sentence(&self, language: &str) -> String {
        let language = Language::of_word(language).unwrap_or(Language::Swedish);
        wording::merging_sentence(&self.0, language)
    }
}
