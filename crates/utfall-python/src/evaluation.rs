//! Evaluations.

use std::sync::{Arc, OnceLock};

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use utfall::compare::Side;
use utfall::principles::{self, CheckResult};
use utfall::project::Language;
use utfall::publication::{Protected, Publication};
use utfall::{By, Evaluation, Figure, Project, Reason, Tally, wording};

use crate::project::PyBy;
use crate::table::PyTable;
use crate::tally::PyTally;

/// Title, definition, accounting, outcome, verdicts, changes.
type Explanation = (
    String,
    Vec<String>,
    Vec<(&'static str, &'static str, u64)>,
    Vec<String>,
    Vec<String>,
    Vec<String>,
);

/// An evaluated project.
#[pyclass(frozen, name = "Evaluation", module = "utfall._native")]
#[derive(Debug)]
pub(crate) struct PyEvaluation {
    project: Arc<Project>,
    evaluation: Evaluation,
    /// Which rows hold less than they did, of a publication.
    protected: Option<Protected>,
    /// Made when they are asked for first.
    checks: OnceLock<Vec<CheckResult>>,
}

impl PyEvaluation {
    pub(crate) const fn new(project: Arc<Project>, evaluation: Evaluation) -> Self {
        Self { project, evaluation, protected: None, checks: OnceLock::new() }
    }

    /// What is published.
    pub(crate) fn published(project: Arc<Project>, publication: &Publication) -> Self {
        let protected = Some(publication.protected.clone());
        Self { protected, ..Self::new(project, publication.evaluation.clone()) }
    }

    pub(crate) const fn project(&self) -> &Arc<Project> {
        &self.project
    }

    /// A table, which of a publication has a column that tells which of its rows hold less.
    fn told(
        &self,
        batch: Result<RecordBatch, ArrowError>,
        rows: fn(&Protected) -> &[bool],
    ) -> PyResult<PyTable> {
        let Some(protected) = &self.protected else { return PyTable::new(batch) };
        PyTable::new(batch.and_then(|batch| {
            let none = vec![false; batch.num_rows()];
            let rows = rows(protected);
            let rows = if rows.is_empty() { &none } else { rows };
            utfall_arrow::with_protected(&batch, rows)
        }))
    }

    pub(crate) const fn as_evaluation(&self) -> &Evaluation {
        &self.evaluation
    }

    pub(crate) fn side(&self) -> Side<'_> {
        Side { project: &self.project, evaluation: &self.evaluation }
    }
}

#[pymethods]
impl PyEvaluation {
    #[getter]
    fn as_of(&self) -> String {
        self.evaluation.as_of.to_string()
    }

    /// The crossing that was asked for; `None`: the columns that each register names.
    #[getter]
    fn by(&self) -> Option<PyBy> {
        match self.evaluation.tally().by() {
            By::Declared => None,
            By::Margins(columns) => Some(PyBy::Margins(columns.clone())),
            By::Tables(tables) => Some(PyBy::Tables(tables.clone())),
        }
    }

    /// The level of confidence of intervals.
    #[getter]
    fn level(&self) -> f64 {
        self.evaluation.figures.level()
    }

    /// The registers that were given, with their units.
    fn units(&self) -> Vec<(&str, u64)> {
        self.evaluation.tally().units_by_register().collect()
    }

    /// Whether a tally has the counts that the evaluation is made of.
    fn is_of(&self, tally: &PyTally) -> bool {
        let (own, other) = (self.evaluation.tally(), tally.as_tally());
        let counts = |tally: &Tally| -> Vec<_> {
            let names = tally.units_by_register().map(|(register, _)| register);
            names.map(|register| (register.to_owned(), tally.canonical_bytes(register))).collect()
        };
        counts(own) == counts(other)
    }

    fn canonical_bytes<'py>(&self, py: Python<'py>, register: &str) -> Option<Bound<'py, PyBytes>> {
        self.evaluation.tally().canonical_bytes(register).map(|bytes| PyBytes::new(py, &bytes))
    }

    fn figures(&self) -> PyResult<PyTable> {
        self.told(utfall_arrow::figures(&self.evaluation.figures), |rows| &rows.figures)
    }

    fn table(&self, indicator: &str, by: Vec<String>) -> PyResult<PyTable> {
        let batch = utfall_arrow::figures_of(&self.evaluation.figures, indicator, &by);
        if self.protected.is_none() {
            return PyTable::new(batch);
        }
        let by: Vec<&str> = by.iter().map(String::as_str).collect();
        let figures = self.evaluation.figures.table(indicator, &by);
        let rows: Vec<bool> = figures.map(Figure::is_protected).collect();
        PyTable::new(batch.and_then(|batch| utfall_arrow::with_protected(&batch, &rows)))
    }

    fn overlap(&self) -> PyResult<PyTable> {
        self.told(utfall_arrow::overlap(&self.evaluation), |_| &[])
    }

    fn verdicts(&self) -> PyResult<PyTable> {
        self.told(utfall_arrow::verdicts(&self.evaluation), |rows| &rows.verdicts)
    }

    fn checks(&self, language: &str) -> PyResult<PyTable> {
        let batch = utfall_arrow::checks(&self.project, self.results(), self.language(language));
        if self.protected.is_none() {
            return PyTable::new(batch);
        }
        let gone = Reason::Protected.word();
        let is_gone = |row: &CheckResult| row.reason.is_some_and(|reason| reason.word() == gone);
        let rows: Vec<bool> = self.results().iter().map(is_gone).collect();
        PyTable::new(batch.and_then(|batch| utfall_arrow::with_protected(&batch, &rows)))
    }

    fn check_lines(&self, language: &str) -> Vec<[String; 3]> {
        wording::check_lines(&self.project, self.results(), self.language(language))
            .into_iter()
            .map(|line| [line.check, line.state, line.sentence])
            .collect()
    }

    fn check_state(&self, check: &str) -> Option<&'static str> {
        let of_check = self.results().iter().filter(|result| result.check == check);
        principles::combined_state(of_check).map(principles::CheckState::word)
    }

    fn findings(&self, language: &str) -> PyResult<PyTable> {
        let batch = utfall_arrow::findings(&self.evaluation.findings, self.language(language));
        self.told(batch, |_| &[])
    }

    fn steps(&self) -> PyResult<PyTable> {
        self.told(utfall_arrow::steps(&self.evaluation), |rows| &rows.steps)
    }

    fn transitions(&self) -> PyResult<PyTable> {
        self.told(utfall_arrow::transitions(&self.evaluation), |rows| &rows.transitions)
    }

    fn survey(&self) -> PyResult<PyTable> {
        self.told(utfall_arrow::survey(&self.evaluation), |rows| &rows.survey)
    }

    fn flow(&self) -> PyResult<PyTable> {
        self.told(utfall_arrow::flow(&self.evaluation), |rows| &rows.flow)
    }

    fn comparisons(&self) -> PyResult<PyTable> {
        self.told(utfall_arrow::comparisons(&self.evaluation), |_| &[])
    }

    fn incidence(&self) -> PyResult<PyTable> {
        self.told(utfall_arrow::incidence(&self.evaluation), |rows| &rows.incidence)
    }

    fn distributions(&self) -> PyResult<PyTable> {
        self.told(utfall_arrow::distributions(&self.evaluation), |_| &[])
    }

    fn step_tests(&self) -> PyResult<PyTable> {
        self.told(utfall_arrow::step_tests(&self.evaluation), |_| &[])
    }

    fn strata(&self) -> PyResult<PyTable> {
        self.told(utfall_arrow::strata(&self.evaluation), |_| &[])
    }

    fn funnels(&self) -> PyResult<PyTable> {
        self.told(utfall_arrow::funnels(&self.evaluation), |_| &[])
    }

    fn money(&self) -> PyResult<PyTable> {
        self.told(utfall_arrow::money(&self.evaluation), |rows| &rows.money)
    }

    fn planned(&self) -> PyResult<PyTable> {
        self.told(utfall_arrow::planned(&self.evaluation), |rows| &rows.planned)
    }

    fn coverage(&self) -> PyResult<PyTable> {
        self.told(utfall_arrow::coverage(&self.evaluation), |_| &[])
    }

    fn flow_reasons(&self) -> PyResult<PyTable> {
        self.told(utfall_arrow::flow_reasons(&self.evaluation), |rows| &rows.flow_reasons)
    }

    #[getter]
    fn by_columns(&self) -> Vec<&str> {
        self.evaluation.figures.columns().iter().map(|column| column.name.as_str()).collect()
    }

    fn goal_lines(&self, language: &str) -> Vec<[String; 5]> {
        wording::goal_lines(&self.project, &self.evaluation, self.language(language))
            .into_iter()
            .map(|line| [line.goal, line.target, line.outcome, line.verdict, line.note])
            .collect()
    }

    fn group_lines(&self, language: &str) -> Vec<[String; 4]> {
        wording::group_lines(&self.project, &self.evaluation, self.language(language))
            .into_iter()
            .map(|line| [line.indicator, line.group, line.outcome, line.interval])
            .collect()
    }

    fn overlap_sentences(&self, language: &str) -> Vec<String> {
        wording::overlap_sentences(&self.evaluation, self.language(language))
    }

    /// Title, definition, accounting (sign, name, units), outcome, verdicts and changes of the figure of a group; `None`
    /// for a figure that there is not.
    fn explanation(
        &self,
        indicator: &str,
        group: Vec<(String, String)>,
        language: &str,
    ) -> Option<Explanation> {
        let by: Vec<&str> = group.iter().map(|(column, _)| column.as_str()).collect();
        let figures = &self.evaluation.figures;
        let figure = figures.table(indicator, &by).find(|figure| {
            let is_of_group = |(column, code): (&str, &str)| {
                group.iter().any(|(name, level)| name == column && level == code)
            };
            figures.group(figure).all(is_of_group)
        })?;
        let language = self.language(language);
        let explained = wording::explanation(&self.project, &self.evaluation, figure, language)?;
        let steps = explained.accounting.into_iter();
        let steps = steps.map(|step| (step.sign.text(), step.name, step.units)).collect();
        Some((
            explained.title,
            explained.definition,
            steps,
            explained.outcome,
            explained.verdicts,
            explained.changes,
        ))
    }

    fn goal_sentence(&self, goal: &str, language: &str) -> Option<String> {
        wording::goal_sentence(&self.project, &self.evaluation, goal, self.language(language))
    }
}

impl PyEvaluation {
    fn results(&self) -> &[CheckResult] {
        self.checks.get_or_init(|| principles::checks(&self.project, &self.evaluation))
    }

    /// The language of a word that the Python side has checked.
    fn language(&self, word: &str) -> Language {
        Language::of_word(word).unwrap_or_else(|| self.project.language())
    }
}

/// The headings of the table of checks.
#[pyfunction]
pub(crate) fn check_headings(language: &str) -> [&'static str; 3] {
    wording::check_headings(Language::of_word(language).unwrap_or(Language::Swedish))
}

/// The headings of the table of groups.
#[pyfunction]
pub(crate) fn group_headings(language: &str) -> [&'static str; 4] {
    wording::group_headings(Language::of_word(language).unwrap_or(Language::Swedish))
}

/// The headings of the goal table.
#[pyfunction]
pub(crate) fn headings(language: &str) -> [&'static str; 5] {
    wording::headings(Language::of_word(language).unwrap_or(Language::Swedish))
}
