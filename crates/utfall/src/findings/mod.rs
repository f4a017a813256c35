//! Findings beyond counting: whether a project is evaluable, whether its registers are sound, whether published figures hold.

pub(crate) mod reconcile;
pub(crate) mod review;
