//! Numbers and days as people write them: decimal commas, spaces between thousands, `3 maj 2021`.

mod date;
mod number;

pub(super) use date::{Day, Spelled, read_day};
pub(super) use number::{Decision, Evidence, Number};
