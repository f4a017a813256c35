//! Errors of the core as the exceptions of `utfall._errors`, with their code.

use pyo3::prelude::*;
use utfall::Error;

/// The exception for an error.
pub(crate) fn exception(py: Python<'_>, error: &Error) -> PyErr {
    let class = match error {
        Error::Project(_) => "ProjectError",
        Error::Register { .. } | Error::RegisterNotDeclared { .. } | Error::File { .. } => {
            "RegisterError"
        }
        _ => "UtfallError",
    };
    raised(py, class, &error.to_string(), error.code())
}

/// An exception of this package by its class, with its code.
pub(crate) fn raised(py: Python<'_>, class: &str, message: &str, code: &str) -> PyErr {
    let made = py
        .import("utfall._errors")
        .and_then(|module| module.getattr(class))
        .and_then(|class| class.call1((message, code)));
    made.map_or_else(|error| error, PyErr::from_value)
}
