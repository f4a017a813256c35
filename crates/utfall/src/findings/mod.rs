//! Findings beyond counting: whether a project is evaluable, whether its registers are sound.

mod check;
mod review;

pub use check::{Checker, Missing, Quality, Soundness};
