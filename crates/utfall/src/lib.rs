#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod day;
mod error;
pub mod project;
pub mod text;

pub use error::{Error, Result};
pub use project::Project;
