//! Sentences.
pub(crate) fn finding(_: &crate::Finding, _: crate::project::Language) -> String { String::new() }
