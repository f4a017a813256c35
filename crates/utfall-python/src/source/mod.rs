//! What a register is handed over as: an object with an Arrow capsule, or a path.

use std::path::PathBuf;

use arrow_array::RecordBatchIterator;
use arrow_array::RecordBatchReader;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};
use utfall::{Intake, Result};
use utfall_arrow::{ReadOptions, Watch};

use crate::file::PyReadOptions;

mod capsule;

/// A register before it is read.
pub(crate) enum Source {
    /// A stream of record batches.
    Stream(Box<dyn RecordBatchReader + Send>),
    /// Files that follow each other, and what is declared of them.
    Files(Vec<PathBuf>, Box<ReadOptions>),
}

impl Source {
    /// Takes hold of a register. The Python side has seen to it that it is a list of paths, a path with options, or
    /// has a capsule method.
    pub(crate) fn of(table: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(paths) = table.cast::<PyList>() {
            return Ok(Self::Files(paths.extract()?, Box::default()));
        }
        if let Ok(file) = table.cast::<PyTuple>() {
            let (path, options): (PathBuf, PyReadOptions) = file.extract()?;
            return Ok(Self::Files(vec![path], Box::new(options.into())));
        }
        if table.hasattr("__arrow_c_stream__")? {
            let stream = capsule::import_stream(&table.call_method0("__arrow_c_stream__")?)?;
            return Ok(Self::Stream(Box::new(stream)));
        }
        let batch = capsule::import_batch(&table.call_method0("__arrow_c_array__")?)?;
        let schema = batch.schema();
        Ok(Self::Stream(Box::new(RecordBatchIterator::new([Ok(batch)], schema))))
    }

    /// Takes the register into an evaluation or a check.
    pub(crate) fn add_to<'p>(
        self,
        intake: &mut impl Intake<'p>,
        register: &str,
        watch: &mut Watch<'_>,
    ) -> Result<()> {
        match self {
            Self::Stream(stream) => utfall_arrow::add_batches(intake, register, stream, watch),
            Self::Files(paths, options) => {
                utfall_arrow::add_files_with(intake, register, &paths, &options, watch)
            }
        }
    }
}
