//! Findings beyond counting: whether a project is evaluable, whether its registers are sound, whether published figures
//! hold.

mod check;
mod reconcile;
mod review;

pub use check::{Checker, Missing, Quality, Soundness};
