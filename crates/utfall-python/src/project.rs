//! Projects.

use std::sync::Arc;

use pyo3::exceptions::{PyImportError, PyTypeError};
use pyo3::prelude::*;
use utfall::data::Table;
use utfall::project::Language;
use utfall::{By, Checker, Error, Evaluation, Evaluator, Intake, Project, Soundness, day, wording};
use utfall_arrow::{Progress, Watch};

use crate::error::{exception, raised};
use crate::evaluation::PyEvaluation;
use crate::findings::{PyFindings, PySoundness};
use crate::source::Source;
use crate::tally::PyTally;

/// A checked project file.
#[pyclass(frozen, eq, name = "Project", module = "utfall._native")]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PyProject(Arc<Project>);

impl PyProject {
    pub(crate) fn new(project: Project) -> Self {
        Self(Arc::new(project))
    }
}

/// What figures are crossed by.
#[derive(FromPyObject, IntoPyObject)]
pub(crate) enum PyBy {
    Margins(Vec<String>),
    Tables(Vec<Vec<String>>),
}

#[pymethods]
impl PyProject {
    #[staticmethod]
    fn from_toml(py: Python<'_>, text: &str, file: &str) -> PyResult<Self> {
        let project = Project::from_toml_file(text, file).map_err(|error| exception(py, &error))?;
        Ok(Self(Arc::new(project)))
    }

    #[staticmethod]
    fn from_json(py: Python<'_>, text: &str, file: &str) -> PyResult<Self> {
        let project = Project::from_json_file(text, file).map_err(|error| exception(py, &error))?;
        Ok(Self(Arc::new(project)))
    }

    fn to_toml(&self) -> String {
        self.0.to_toml()
    }

    fn to_json(&self) -> String {
        self.0.to_json()
    }

    #[getter]
    fn name(&self) -> &str {
        &self.0.name
    }

    #[getter]
    fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    #[getter]
    fn language(&self) -> &'static str {
        self.0.language().word()
    }

    #[getter]
    fn registers(&self) -> Vec<&str> {
        self.0.registers.keys().map(String::as_str).collect()
    }

    #[getter]
    fn indicators(&self) -> Vec<&str> {
        self.0.indicators.keys().map(String::as_str).collect()
    }

    #[getter]
    fn goals(&self) -> Vec<&str> {
        self.0.goals.keys().map(String::as_str).collect()
    }

    fn indicator_label(&self, name: &str, language: &str) -> Option<&str> {
        let (name, indicator) = self.0.indicators.get_key_value(name)?;
        Some(indicator.labels.in_language(self.language_of(language), name))
    }

    fn goal_label(&self, name: &str, language: &str) -> Option<&str> {
        let (name, goal) = self.0.goals.get_key_value(name)?;
        Some(goal.labels.in_language(self.language_of(language), name))
    }

    /// The header of a column; else its name.
    fn column_label(&self, register: &str, name: &str) -> Option<&str> {
        let (name, column) = self.0.columns(register)?.get_key_value(name)?;
        Some(column.header.as_deref().unwrap_or(name))
    }

    /// The codes and labels of a column's levels, in declared order.
    fn level_labels(&self, register: &str, name: &str, language: &str) -> Vec<(&str, &str)> {
        let language = self.language_of(language);
        let column = self.0.columns(register).and_then(|columns| columns.get(name));
        let levels = column.map(|column| &column.levels.0[..]).unwrap_or_default();
        levels
            .iter()
            .map(|level| (level.code.as_str(), level.labels.in_language(language, &level.code)))
            .collect()
    }

    /// What a version of a goal's target promises, in words.
    fn target_text(&self, goal: &str, from_: &str, language: &str) -> Option<String> {
        let goal = self.0.goals.get(goal)?;
        let from = day::parse(from_)?;
        let target = goal.targets.iter().find(|target| target.from == from)?;
        let indicator = goal.indicator.as_ref().and_then(|name| self.0.indicators.get(name));
        let measure = indicator.map(|indicator| &indicator.measure);
        Some(wording::promise(&target.promise, measure, self.language_of(language)))
    }

    fn review(&self, py: Python<'_>) -> PyFindings {
        PyFindings::new(py.detach(|| self.0.review()))
    }

    fn reconcile(&self, py: Python<'_>, evaluation: Option<&PyEvaluation>) -> PyFindings {
        let evaluation = evaluation.map(PyEvaluation::as_evaluation);
        PyFindings::new(py.detach(|| self.0.reconcile(evaluation)))
    }

    fn check(
        &self,
        py: Python<'_>,
        registers: Vec<(String, Bound<'_, PyAny>)>,
        as_of: &str,
        watch: Py<PyAny>,
    ) -> PyResult<PySoundness> {
        let sources = sources(registers)?;
        let mut told = Told { watch, raised: None };
        let soundness = py.detach(|| self.checked(sources, as_of, &mut told));
        if let Some(raised) = told.raised {
            return Err(raised);
        }
        soundness.map(PySoundness::new).map_err(|error| exception(py, &error))
    }

    fn evaluate(
        &self,
        py: Python<'_>,
        registers: Vec<(String, Bound<'_, PyAny>)>,
        as_of: &str,
        by: Option<PyBy>,
        level: f64,
        watch: Py<PyAny>,
    ) -> PyResult<PyEvaluation> {
        let sources = sources(registers)?;
        let mut told = Told { watch, raised: None };
        let evaluation = py.detach(|| {
            let evaluator = self.counted(sources, as_of, by, &mut told)?.with_level(level)?;
            evaluator.finish()
        });
        told.raised.map_or_else(|| self.evaluation(py, evaluation), Err)
    }

    fn tally(
        &self,
        py: Python<'_>,
        registers: Vec<(String, Bound<'_, PyAny>)>,
        as_of: &str,
        by: Option<PyBy>,
        watch: Py<PyAny>,
    ) -> PyResult<PyTally> {
        let sources = sources(registers)?;
        let mut told = Told { watch, raised: None };
        let tally = py.detach(|| self.counted(sources, as_of, by, &mut told)?.tally());
        if let Some(raised) = told.raised {
            return Err(raised);
        }
        tally.map(PyTally::new).map_err(|error| exception(py, &error))
    }

    fn evaluate_tally(
        &self,
        py: Python<'_>,
        tally: &PyTally,
        level: f64,
    ) -> PyResult<PyEvaluation> {
        let evaluation = py.detach(|| Evaluation::of_tally_at(&self.0, tally.as_tally(), level));
        self.evaluation(py, evaluation)
    }
}

impl PyProject {
    /// The language of a word that the Python side has checked.
    fn language_of(&self, word: &str) -> Language {
        Language::of_word(word).unwrap_or_else(|| self.0.language())
    }

    fn checked(
        &self,
        sources: Vec<(String, Source)>,
        as_of: &str,
        told: &mut Told,
    ) -> Result<Soundness, Error> {
        let mut checker = Checker::new(&self.0, day::parse(as_of).ok_or_else(|| not_a_day(as_of))?);
        let mut tell = |progress: Progress<'_>| told.tell(progress);
        for (name, source) in sources {
            checker.add_pieces::<Table<'_>>(&name, &[])?;
            source.add_to(&mut checker, &name, &mut Watch::new(&mut tell))?;
        }
        Ok(checker.finish())
    }

    fn counted(
        &self,
        sources: Vec<(String, Source)>,
        as_of: &str,
        by: Option<PyBy>,
        told: &mut Told,
    ) -> Result<Evaluator<'_>, Error> {
        let as_of = day::parse(as_of).ok_or_else(|| not_a_day(as_of))?;
        let by = match by {
            None => By::Declared,
            Some(PyBy::Margins(columns)) => By::Margins(columns),
            Some(PyBy::Tables(tables)) => By::Tables(tables),
        };
        let mut evaluator = Evaluator::by(&self.0, as_of, by)?;
        let mut tell = |progress: Progress<'_>| told.tell(progress);
        for (name, source) in sources {
            // A register that is not declared is told before its file is looked for.
            evaluator.add_pieces::<Table<'_>>(&name, &[])?;
            source.add_to(&mut evaluator, &name, &mut Watch::new(&mut tell))?;
        }
        Ok(evaluator)
    }

    fn evaluation(
        &self,
        py: Python<'_>,
        evaluation: Result<Evaluation, Error>,
    ) -> PyResult<PyEvaluation> {
        evaluation
            .map(|evaluation| PyEvaluation::new(Arc::clone(&self.0), evaluation))
            .map_err(|error| exception(py, &error))
    }
}

fn not_a_day(as_of: &str) -> Error {
    Error::NotADay { what: "`as_of`", text: as_of.to_owned() }
}

/// Who is told how far a count is: a Python function, which may raise (and a Ctrl-C raises in it).
struct Told {
    watch: Py<PyAny>,
    raised: Option<PyErr>,
}

impl Told {
    fn tell(&mut self, progress: Progress<'_>) -> bool {
        let Progress { register, rows, total } = progress;
        let told = Python::attach(|py| {
            py.check_signals()?;
            self.watch.call1(py, (register, rows, total))
        });
        self.raised = told.err();
        self.raised.is_none()
    }
}

fn sources(registers: Vec<(String, Bound<'_, PyAny>)>) -> PyResult<Vec<(String, Source)>> {
    registers
        .into_iter()
        .map(|(name, table)| match Source::of(&table) {
            Ok(source) => Ok((name, source)),
            // What a capsule fails with; a producer's own exception goes on as it is.
            Err(error) if error.is_instance_of::<PyTypeError>(table.py()) => {
                let reason = error.value(table.py());
                let message = format!(
                    "register `{name}`: this is no table that can be read: {reason}; hand over a whole table"
                );
                Err(raised(table.py(), "RegisterError", &message, "not_a_table"))
            }
            Err(error) if error.is_instance_of::<PyImportError>(table.py()) => {
                let message = format!(
                    "register `{name}`: a pandas data frame is read by way of PyArrow; install `utfall[pandas]`"
                );
                Err(PyImportError::new_err(message))
            }
            Err(error) => Err(error),
        })
        .collect()
}

/// The JSON Schema of project files.
#[pyfunction]
pub(crate) fn json_schema() -> String {
    utfall::project::json_schema()
}
