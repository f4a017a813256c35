//! Families of tests: p values adjusted for how many questions were asked together.

use crate::stats::{AdjustMethod, adjust};

/// The p values of one family adjusted by Holm, in their order; `None` where nothing was tested.
pub(crate) fn adjusted(p_values: impl Iterator<Item = Option<f64>>) -> Vec<Option<f64>> {
    let p_values: Vec<f64> = p_values.map(|p_value| p_value.unwrap_or(f64::NAN)).collect();
    let adjusted = adjust(&p_values, AdjustMethod::Holm).unwrap_or_default();
    adjusted.into_iter().map(|p_value| (!p_value.is_nan()).then_some(p_value)).collect()
}
