#![doc = include_str!("../README.md")]
//!
//! - [`add_batches`] counts record batches of a register; [`table`] turns one into a core table.
//! - [`add_file`] does the same for a file by path.
//! - [`figures`] (or [`figures_of`] one indicator), [`verdicts`] and [`findings`] give the tables of an evaluation.
#![forbid(unsafe_code)]

mod file;
mod input;
mod output;
mod values;

pub use file::add_file;
pub use input::{add_batches, table};
pub use output::{figures, figures_of, findings, verdicts};
