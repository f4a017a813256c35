//! Checks of what is done rather than counted: evidence, declared and not computed.

use super::result::{Aspect, CheckReason, CheckResult, CheckState};
use super::tables::Tables;
use crate::project::Process;

/// Whether there is evidence by the day of the evaluation.
pub(super) fn process(tables: &Tables<'_>, check: &Process, blank: CheckResult) -> CheckResult {
    let as_of = tables.evaluation.as_of;
    let given: Vec<String> = check
        .evidence
        .iter()
        .filter(|evidence| evidence.on <= as_of)
        .map(|evidence| evidence.source.clone())
        .collect();
    let (state, reason) = if given.is_empty() {
        (CheckState::NotMeasured, Some(CheckReason::NoEvidence))
    } else {
        (CheckState::Declared, None)
    };
    CheckResult { aspect: Aspect::Evidence, state, reason, rests_on: given, ..blank }
}
