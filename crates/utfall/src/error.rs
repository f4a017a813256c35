//! The error of the library: everything that stops, with a stable code.

use thiserror::Error;

use crate::project::ProjectError;

/// The result of a function that can stop.
pub type Result<T> = std::result::Result<T, Error>;

/// Everything that stops. What goes on instead is a [`Finding`](crate::Finding).
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum Error {
    /// A project file has faults.
    #[error(transparent)]
    Project(#[from] ProjectError),
}
