//! A table of results: an Arrow stream for data frames, columns of Python values for people.

use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_array::{Array, RecordBatch, RecordBatchIterator};
use arrow_schema::{ArrowError, DataType};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};

/// A table of results.
#[pyclass(frozen, name = "Table", module = "utfall._native")]
#[derive(Debug)]
pub(crate) struct PyTable(RecordBatch);

impl PyTable {
    pub(crate) fn new(batch: Result<RecordBatch, ArrowError>) -> PyResult<Self> {
        batch.map(Self).map_err(|error| PyRuntimeError::new_err(error.to_string()))
    }
}

#[pymethods]
impl PyTable {
    fn __len__(&self) -> usize {
        self.0.num_rows()
    }

    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.0.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // By the interface a producer may leave a requested schema aside; the columns have the types that are fixed.
        drop(requested_schema);
        let batches = RecordBatchIterator::new([Ok(self.0.clone())], self.0.schema());
        let stream = FFI_ArrowArrayStream::new(Box::new(batches));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let columns = PyDict::new(py);
        for (field, array) in self.0.schema().fields().iter().zip(self.0.columns()) {
            columns.set_item(field.name(), python_list(py, array.as_ref())?)?;
        }
        Ok(columns)
    }
}

fn python_list<'py>(py: Python<'py>, array: &dyn Array) -> PyResult<Bound<'py, PyList>> {
    match array.data_type() {
        DataType::Int64 => PyList::new(py, array.as_primitive::<Int64Type>().iter()),
        DataType::Float64 => PyList::new(py, array.as_primitive::<Float64Type>().iter()),
        DataType::Boolean => PyList::new(py, array.as_boolean().iter()),
        DataType::Date32 => {
            let date = py.import("datetime")?.getattr("date")?;
            let days = array.as_primitive::<Date32Type>().iter().map(|day| {
                let text = day.and_then(utfall::day::from_number).map(|day| day.to_string());
                text.map(|text| date.call_method1("fromisoformat", (text,))).transpose()
            });
            PyList::new(py, days.collect::<PyResult<Vec<_>>>()?)
        }
        DataType::List(_) => {
            let lists = array
                .as_list::<i32>()
                .iter()
                .map(|list| list.map(|list| python_list(py, list.as_ref())).transpose());
            PyList::new(py, lists.collect::<PyResult<Vec<_>>>()?)
        }
        DataType::Null => PyList::new(py, (0..array.len()).map(|_| py.None())),
        DataType::LargeUtf8 => PyList::new(py, array.as_string::<i64>().iter()),
        _ => PyList::new(py, array.as_string::<i32>().iter()),
    }
}
