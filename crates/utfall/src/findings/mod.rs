//! Findings beyond counting: whether a project is evaluable, whether its registers are sound.

pub(crate) mod review;
