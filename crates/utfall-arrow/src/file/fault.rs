//! What stops the reading of a file, before it is known whose register it is.

use utfall::{Error, RegisterProblem};

/// A file that cannot be read: a stable code, and what is wrong and what to do.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) reason: String,
}

impl Fault {
    pub(super) fn new(code: &'static str, reason: impl Into<String>) -> Self {
        Self { code, reason: reason.into() }
    }

    /// As the error of a register.
    pub(super) fn of_register(self, register: &str) -> Error {
        let problem = RegisterProblem::Unreadable { code: self.code, reason: self.reason };
        Error::register(register, problem)
    }
}

/// The result of reading a file.
pub(super) type Result<T> = std::result::Result<T, Fault>;
