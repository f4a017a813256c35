//! The one place with `unsafe`: Arrow's C structures are moved out of their `PyCapsule`s.
//!
//! The Arrow `PyCapsule` interface says how: a capsule named `arrow_array_stream` holds a pointer to an
//! `ArrowArrayStream`, one named `arrow_array` or `arrow_schema` to those; the consumer moves the structure out and
//! leaves one behind whose release callback is null, which is what `from_raw` does. pyo3-arrow would do the same at
//! three times the build time and six times the size of the compiled module.
#![allow(unsafe_code, reason = "the Arrow PyCapsule interface hands over C pointers")]

use std::ffi::CStr;
use std::ptr::NonNull;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, StructArray};
use arrow_schema::ArrowError;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

/// Moves the stream out of the capsule that `__arrow_c_stream__` gives.
pub(crate) fn import_stream(capsule: &Bound<'_, PyAny>) -> PyResult<RecordBatchStreamReader> {
    let pointer = pointer(capsule, c"arrow_array_stream")?.cast::<FFI_ArrowArrayStream>();
    // SAFETY: the name of the capsule was checked, so by the interface the pointer leads to an ArrowArrayStream that
    // is ours to take; `from_raw` leaves an empty one behind, so that the capsule's destructor releases nothing.
    let stream = unsafe { FFI_ArrowArrayStream::from_raw(pointer.as_ptr()) };
    RecordBatchStreamReader::try_new(stream).map_err(|error| not_a_table(&error))
}

/// Moves the record batch out of the pair of capsules that `__arrow_c_array__` gives.
pub(crate) fn import_batch(capsules: &Bound<'_, PyAny>) -> PyResult<RecordBatch> {
    let capsules = capsules
        .cast::<PyTuple>()
        .map_err(|_| PyTypeError::new_err("it gives no pair of Arrow capsules"))?;
    let schema = pointer(&capsules.get_item(0)?, c"arrow_schema")?.cast::<FFI_ArrowSchema>();
    let array = pointer(&capsules.get_item(1)?, c"arrow_array")?.cast::<FFI_ArrowArray>();
    // SAFETY: as above, for the two structures of this half of the interface; the schema is only read.
    let data = unsafe {
        let array = FFI_ArrowArray::from_raw(array.as_ptr());
        from_ffi(array, schema.as_ref())
    };
    let data = data.map_err(|error| not_a_table(&error))?;
    if !matches!(data.data_type(), arrow_schema::DataType::Struct(_)) {
        return Err(PyTypeError::new_err("it is a single column"));
    }
    if data.null_count() > 0 {
        return Err(PyTypeError::new_err("some of its rows are null as a whole"));
    }
    Ok(RecordBatch::from(StructArray::from(data)))
}

fn pointer(capsule: &Bound<'_, PyAny>, name: &CStr) -> PyResult<NonNull<std::ffi::c_void>> {
    let capsule = capsule.cast::<PyCapsule>();
    let capsule = capsule.map_err(|_| PyTypeError::new_err("it gives no Arrow capsule"))?;
    capsule.pointer_checked(Some(name))
}

fn not_a_table(error: &ArrowError) -> PyErr {
    PyTypeError::new_err(format!("it holds no table of columns ({error})"))
}
