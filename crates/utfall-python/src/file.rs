//! Files with what is declared of them.

use std::collections::HashMap;
use std::path::PathBuf;

use pyo3::prelude::*;
use utfall::project::Language;
use utfall_arrow::{ColumnKind, DateOrder, Decimal, Limits, ReadOptions, Reading, Sheet, Totals};

use crate::error::exception;
use crate::table::PyTable;

/// What is declared of a file; the Python side has seen to it that the words are known.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct PyReadOptions {
    sheet: Option<PySheet>,
    separator: Option<u8>,
    encoding: Option<String>,
    decimal: Option<String>,
    dates: Option<String>,
    header: Option<usize>,
    totals: String,
    columns: Vec<(String, String)>,
    limits: HashMap<String, u64>,
}

/// A sheet by name or by number.
#[derive(FromPyObject)]
enum PySheet {
    Number(usize),
    Name(String),
}

impl From<PyReadOptions> for ReadOptions {
    fn from(options: PyReadOptions) -> Self {
        let kind = |word: &str| match word {
            "number" => ColumnKind::Number,
            "date" => ColumnKind::Date,
            "flag" => ColumnKind::Flag,
            _ => ColumnKind::Text,
        };
        let columns = options.columns.into_iter().map(|(header, word)| (header, kind(&word)));
        Self {
            sheet: options.sheet.map(|sheet| match sheet {
                PySheet::Number(number) => Sheet::Number(number),
                PySheet::Name(name) => Sheet::Name(name),
            }),
            separator: options.separator,
            encoding: options.encoding,
            decimal: options.decimal.map(|sign| match sign.as_str() {
                "," => Decimal::Comma,
                _ => Decimal::Point,
            }),
            dates: options.dates.map(|order| match order.as_str() {
                "day_first" => DateOrder::DayFirst,
                "month_first" => DateOrder::MonthFirst,
                _ => DateOrder::YearFirst,
            }),
            header: options.header,
            totals: if options.totals == "keep" { Totals::Keep } else { Totals::LeaveOut },
            columns: columns.collect(),
            limits: limits(&options.limits),
        }
    }
}

fn limits(asked: &HashMap<String, u64>) -> Limits {
    let usual = Limits::DEFAULT;
    let of = |name: &str, usual: u64| asked.get(name).copied().unwrap_or(usual);
    let size = |name: &str, usual: usize| {
        let asked = asked.get(name).map(|asked| usize::try_from(*asked).unwrap_or(usize::MAX));
        asked.unwrap_or(usual)
    };
    Limits {
        bytes: of("bytes", usual.bytes),
        rows: of("rows", usual.rows),
        columns: size("columns", usual.columns),
        row_bytes: of("row_bytes", usual.row_bytes),
        cell_bytes: size("cell_bytes", usual.cell_bytes),
        unpacked_bytes: of("unpacked_bytes", usual.unpacked_bytes),
        parts: size("parts", usual.parts),
    }
}

/// A file that was read.
#[pyclass(frozen, name = "Reading", module = "utfall._native")]
#[derive(Debug)]
pub(crate) struct PyReading(Reading);

#[pymethods]
impl PyReading {
    fn table(&self) -> PyResult<PyTable> {
        PyTable::new(Ok(self.0.table.clone()))
    }

    fn findings(&self, language: &str) -> PyResult<PyTable> {
        let language = match language {
            "sv" => Language::Swedish,
            _ => Language::English,
        };
        PyTable::new(utfall_arrow::findings(&self.0.findings, language))
    }

    fn types(&self) -> Vec<(String, String)> {
        let schema = self.0.table.schema();
        let of = |field: &arrow_schema::Field| {
            use arrow_schema::DataType::{Boolean, Date32, Float64, Int64, Null};
            let word = match field.data_type() {
                Int64 => "whole number",
                Float64 => "number",
                Date32 => "date",
                Boolean => "flag",
                Null => "empty",
                _ => "text",
            };
            (field.name().clone(), word.to_owned())
        };
        schema.fields().iter().map(|field| of(field)).collect()
    }
}

/// Reads a file as a whole.
#[pyfunction]
pub(crate) fn read(py: Python<'_>, path: PathBuf, options: PyReadOptions) -> PyResult<PyReading> {
    let options = options.into();
    let reading = py.detach(|| utfall_arrow::read(&path, &options));
    reading.map(PyReading).map_err(|error| exception(py, &error))
}
