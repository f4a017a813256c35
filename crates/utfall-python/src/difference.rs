//! Differences of two evaluations.

use pyo3::prelude::*;
use utfall::compare::{Difference, Mixture, Side, Which};
use utfall::project::Language;
use utfall::{By, wording};

use crate::error::exception;
use crate::evaluation::PyEvaluation;
use crate::project::PyBy;
use crate::table::PyTable;
use crate::tally::PyTally;

/// What two evaluations differ in.
#[pyclass(frozen, name = "Difference", module = "utfall._native")]
#[derive(Debug)]
pub(crate) struct PyDifference {
    before: Py<PyEvaluation>,
    after: Py<PyEvaluation>,
    difference: Difference,
}

/// Whether definition, data and day are those of the side after.
type Sides = (bool, bool, bool);

/// The mixtures that have to be counted to separate causes.
#[pyfunction]
pub(crate) fn mixtures(before: &PyEvaluation, after: &PyEvaluation) -> Vec<Sides> {
    let is_after = |which| which == Which::After;
    Mixture::needed(before.side(), after.side())
        .into_iter()
        .map(|mixture| {
            (is_after(mixture.definition), is_after(mixture.data), is_after(mixture.as_of))
        })
        .collect()
}

/// The crossing that mixtures are counted by.
#[pyfunction]
pub(crate) fn mixture_by(before: &PyEvaluation, after: &PyEvaluation) -> Option<PyBy> {
    match Mixture::by(before.side(), after.side()) {
        By::Declared => None,
        By::Margins(columns) => Some(PyBy::Margins(columns)),
        By::Tables(tables) => Some(PyBy::Tables(tables)),
    }
}

/// What two evaluations differ in, causes separated by the counts of mixtures.
#[pyfunction]
pub(crate) fn compare(
    py: Python<'_>,
    before: Py<PyEvaluation>,
    after: Py<PyEvaluation>,
    counts: Vec<(Sides, Py<PyTally>)>,
) -> PyResult<PyDifference> {
    let which = |is_after| if is_after { Which::After } else { Which::Before };
    let counts: Vec<_> = counts
        .iter()
        .map(|((definition, data, as_of), tally)| {
            let (definition, data, as_of) = (which(*definition), which(*data), which(*as_of));
            (Mixture { definition, data, as_of }, tally.get().as_tally().clone())
        })
        .collect();
    let found =
        py.detach(|| Difference::with_counts(before.get().side(), after.get().side(), &counts));
    let difference = found.map_err(|error| exception(py, &error))?;
    Ok(PyDifference { before, after, difference })
}

/// The headings of a difference.
#[pyfunction]
pub(crate) fn difference_headings(language: &str) -> [&'static str; 10] {
    wording::difference_headings(Language::of_word(language).unwrap_or(Language::Swedish))
}

/// How many figures of groups are not shown.
#[pyfunction]
pub(crate) fn more_groups(number: u64, language: &str) -> String {
    wording::more_groups(number, Language::of_word(language).unwrap_or(Language::Swedish))
}

#[pymethods]
impl PyDifference {
    fn causes(&self, language: &str) -> PyResult<PyTable> {
        PyTable::new(utfall_arrow::changes(&self.difference, self.language(language)))
    }

    fn figures(&self, language: &str) -> PyResult<PyTable> {
        let (before, after) = self.sides();
        let language = self.language(language);
        PyTable::new(utfall_arrow::changed_figures(before, after, &self.difference, language))
    }

    fn verdicts(&self, language: &str) -> PyResult<PyTable> {
        let (before, after) = self.sides();
        let language = self.language(language);
        PyTable::new(utfall_arrow::changed_verdicts(before, after, &self.difference, language))
    }

    fn lines(&self, language: &str) -> Vec<[String; 6]> {
        let (before, after) = self.sides();
        wording::difference_lines(before, after, &self.difference, self.language(language))
            .into_iter()
            .map(|line| {
                [line.indicator, line.group, line.before, line.after, line.change, line.because]
            })
            .collect()
    }
}

impl PyDifference {
    fn sides(&self) -> (Side<'_>, Side<'_>) {
        (self.before.get().side(), self.after.get().side())
    }

    /// The language of a word that the Python side has checked.
    fn language(&self, word: &str) -> Language {
        let own = || self.after.get().side().project.language();
        Language::of_word(word).unwrap_or_else(own)
    }
}
