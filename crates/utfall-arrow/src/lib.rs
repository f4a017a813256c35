#![doc = include_str!("../README.md")]
//!
//! - [`add_batches`] counts record batches of a register; [`table`] turns one into a core table.
//! - [`add_files`] does the same for files by path: Parquet, CSV or Excel.
//! - [`read`] gives a file as a record batch, with a report of what was detected and assumed.
//! - [`figures`] (or [`figures_of`] one indicator), [`verdicts`] and [`findings`] give the tables of an evaluation;
//!   [`comparisons`], [`steps`], [`transitions`], [`incidence`], [`distributions`], [`coverage`], [`survey`], [`flow`] and
//!   [`flow_reasons`] those beside its figures; [`checks()`] the results of the checks of horizontal principles; [`quality`]
//!   and [`missing`] those of a check of registers; [`changes`], [`changed_figures`] and [`changed_verdicts`] those of a difference.
#![forbid(unsafe_code)]

mod checks;
mod companions;
mod difference;
mod file;
mod input;
mod output;
mod values;
mod watch;

pub use checks::checks;
pub use companions::{
    comparisons, coverage, distributions, flow, flow_reasons, funnels, incidence, money, planned,
    step_tests, steps, strata, survey, transitions,
};
pub use difference::{changed_figures, changed_verdicts, changes};
pub use file::{
    ColumnKind, DateOrder, Decimal, Limits, ReadOptions, Reading, Sheet, Totals, add_files,
    add_files_with, read,
};
pub use input::{add_batches, table};
pub use output::{figures, figures_of, findings, missing, overlap, quality, verdicts};
pub use watch::{Progress, Watch};
