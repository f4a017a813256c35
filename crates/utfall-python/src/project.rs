//! Projects.

use std::sync::Arc;

use pyo3::prelude::*;
use utfall::{By, Error, Evaluation, Evaluator, Project, day};

use crate::error::exception;
use crate::evaluation::PyEvaluation;
use crate::source::Source;
use crate::tally::PyTally;

/// A checked project file.
#[pyclass(frozen, eq, name = "Project", module = "utfall._native")]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PyProject(Arc<Project>);

/// What figures are crossed by.
#[derive(FromPyObject)]
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

    fn evaluate(
        &self,
        py: Python<'_>,
        registers: Vec<(String, Bound<'_, PyAny>)>,
        as_of: &str,
        by: Option<PyBy>,
        level: f64,
    ) -> PyResult<PyEvaluation> {
        let sources = sources(registers)?;
        let evaluation = py.detach(|| {
            let evaluator = self.counted(sources, as_of, by)?.with_level(level)?;
            evaluator.finish()
        });
        self.evaluation(py, evaluation)
    }

    fn tally(
        &self,
        py: Python<'_>,
        registers: Vec<(String, Bound<'_, PyAny>)>,
        as_of: &str,
        by: Option<PyBy>,
    ) -> PyResult<PyTally> {
        let sources = sources(registers)?;
        let tally = py.detach(|| self.counted(sources, as_of, by)?.tally());
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
    fn counted(
        &self,
        sources: Vec<(String, Source)>,
        as_of: &str,
        by: Option<PyBy>,
    ) -> Result<Evaluator<'_>, Error> {
        let as_of = day::parse(as_of)
            .ok_or_else(|| Error::NotADay { what: "`as_of`", text: as_of.to_owned() })?;
        let by = match by {
            None => By::Declared,
            Some(PyBy::Margins(columns)) => By::Margins(columns),
            Some(PyBy::Tables(tables)) => By::Tables(tables),
        };
        let mut evaluator = Evaluator::by(&self.0, as_of, by)?;
        for (name, source) in sources {
            source.add_to(&mut evaluator, &name)?;
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

fn sources(registers: Vec<(String, Bound<'_, PyAny>)>) -> PyResult<Vec<(String, Source)>> {
    registers.into_iter().map(|(name, table)| Ok((name, Source::of(&table)?))).collect()
}

/// The JSON Schema of project files.
#[pyfunction]
pub(crate) fn json_schema() -> String {
    utfall::project::json_schema()
}
