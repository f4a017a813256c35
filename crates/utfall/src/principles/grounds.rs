//! The seven grounds of the Discrimination Act: measured, covered by a process, or not to be collected.

use super::result::{Aspect, CheckReason, CheckResult, CheckState, GroundCover, combined_state};
use super::tables::Tables;
use crate::assess::Reason;
use crate::project::{Ground, GroundName, Principle};

/// The name of the results, and their kind.
const GROUNDS: &str = "grounds";

/// All grounds, in the order of the Act (2008:567, chapter 1, section 1).
const ALL: [GroundName; 7] = [
    GroundName::Sex,
    GroundName::GenderIdentity,
    GroundName::Ethnicity,
    GroundName::Religion,
    GroundName::Disability,
    GroundName::SexualOrientation,
    GroundName::Age,
];

/// A result for each ground; empty where the project declares none and does not have non-discrimination among its
/// principles.
pub(super) fn grounds(tables: &Tables<'_>, others: &[CheckResult]) -> Vec<CheckResult> {
    let project = tables.project;
    if project.grounds.is_empty() && !project.principles.contains(&Principle::NonDiscrimination) {
        return Vec::new();
    }
    ALL.into_iter().map(|ground| result(tables, others, ground)).collect()
}

fn result(tables: &Tables<'_>, others: &[CheckResult], ground: GroundName) -> CheckResult {
    let blank = CheckResult::blank(GROUNDS, Some(Principle::NonDiscrimination), GROUNDS);
    let (cover, state, reason) = match tables.project.grounds.get(ground.word()) {
        Some(Ground { measured: Some(column), .. }) => {
            let (state, reason) = measured(tables, column);
            (GroundCover::Measured(column.clone()), state, reason)
        }
        Some(Ground { process: Some(check), .. }) => {
            let check = check.strip_prefix("checks.").unwrap_or(check);
            // A process that nothing shows covers nothing.
            let of_check = others.iter().filter(|result| result.check == check);
            let (state, reason) = match combined_state(of_check) {
                Some(CheckState::NotMeasured) | None => {
                    (CheckState::NotMeasured, Some(CheckReason::NoEvidence))
                }
                Some(_) => (CheckState::Declared, None),
            };
            (GroundCover::Process(check.to_owned()), state, reason)
        }
        Some(Ground { not_collected: Some(why), .. }) => {
            let reason = Some(CheckReason::NotCollected);
            (GroundCover::NotCollected(why.clone()), CheckState::NotMeasured, reason)
        }
        _ => {
            let reason = Some(CheckReason::Undeclared);
            (GroundCover::Undeclared, CheckState::NotMeasured, reason)
        }
    };
    let rests_on = match &cover {
        GroundCover::Measured(column) => vec![column.clone()],
        GroundCover::Process(check) => vec![format!("checks.{check}")],
        GroundCover::NotCollected(_) | GroundCover::Undeclared => Vec::new(),
    };
    CheckResult { aspect: Aspect::Ground { ground, cover }, state, reason, rests_on, ..blank }
}

/// Whether any register that was given has the column.
fn measured(tables: &Tables<'_>, name: &str) -> (CheckState, Option<CheckReason>) {
    let (project, evaluation) = (tables.project, tables.evaluation);
    let with_column = |register: &&String| {
        let column = project.columns(register).and_then(|columns| columns.get(name));
        column.is_some_and(|column| column.absent.is_none())
    };
    let registers: Vec<&String> = project.registers.keys().filter(with_column).collect();
    let reason = if registers.is_empty() {
        Some(Reason::NotPublished)
    } else if registers.iter().any(|register| evaluation.is_given(register)) {
        None
    } else {
        Some(Reason::RegisterNotGiven)
    };
    match reason {
        None => (CheckState::Met, None),
        Some(reason) => (CheckState::NotMeasured, Some(CheckReason::Figure(reason))),
    }
}
