//! Horizontal principles: equality, accessibility, non-discrimination. Does it hold for everybody?
//!
//! A check takes counts of an evaluation (or evidence, or the action plan) and gives results: each with the figures that
//! it rests on, a state and, where there is one, a reason. `met` and `not_met` are decided on whole numbers and only if
//! nothing that is still open could change them; intervals are shown beside and never decide. A difference between
//! groups says nothing of its causes.

mod compare;
mod disaggregation;
mod gap;
mod grounds;
mod limits;
mod meetings;
mod parity;
mod plan;
mod process;
mod representation;
mod result;
mod tables;

use crate::assess::Evaluation;
use crate::project::{CheckKind, Project};

pub use result::{
    ActivityProgress, Adjusted, Aspect, CheckFigures, CheckReason, CheckResult, CheckState,
    GroundCover, PartLevel, combined_state,
};

use tables::Tables;

/// The results of every check of a project, in the order of the project file.
///
/// Each part, pair of groups, version of a target and criterion is a result of its own; [`combined_state`] says what
/// those of one check come to.
///
/// ```
/// use utfall::data::{Table, Values};
/// use utfall::principles::{CheckState, checks};
/// use utfall::{Evaluator, Project, day};
///
/// let project = Project::from_toml(
///     r#"
///     schema = 1
///     name = "Staff"
///     [registers.staff]
///     unit = "person"
///     weight = "Antal"
///     columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
///     [indicators.men]
///     kind = "share"
///     register = "staff"
///     having = { gender = "man" }
///     [checks.men]
///     principle = "equality"
///     kind = "representation"
///     indicator = "men"
///     balance = true
///     "#,
/// )?;
/// let mut evaluator = Evaluator::new(&project, day::parse("2022-06-30").unwrap())?;
/// evaluator.add("staff", &Table::new([
///     ("Kön", Values::from_texts([Some("woman"), Some("man")])),
///     ("Antal", Values::from_integers([Some(17), Some(5)])),
/// ]))?;
/// let results = checks(&project, &evaluator.finish()?);
/// assert_eq!((results.len(), results[0].state), (1, CheckState::NotMet));
/// assert_eq!((results[0].figures.successes, results[0].figures.n), (Some(5), Some(22)));
/// # Ok::<(), utfall::Error>(())
/// ```
pub fn checks(project: &Project, evaluation: &Evaluation) -> Vec<CheckResult> {
    let tables = Tables { project, evaluation };
    let mut results = Vec::new();
    for (name, check) in project.checks_in_force() {
        let blank = CheckResult::blank(name, Some(check.principle), check.kind.word());
        results.extend(match &check.kind {
            CheckKind::Representation(declared) => {
                representation::representation(&tables, declared, &blank)
            }
            CheckKind::Gap(declared) => gap::gap(&tables, declared, &blank),
            CheckKind::Process(declared) => vec![process::process(&tables, declared, blank)],
            CheckKind::Given(declared) => process::given(&tables, declared, &blank),
            CheckKind::Parity(declared) => parity::parity(&tables, declared, &blank),
            CheckKind::Disaggregation(declared) => {
                disaggregation::disaggregation(&tables, declared, &blank)
            }
            CheckKind::Cadence(declared) => process::cadence(&tables, declared, &blank),
            CheckKind::Meetings(declared) => vec![meetings::meetings(&tables, declared, blank)],
            CheckKind::Criteria(declared) => process::criteria(&tables, declared, &blank),
        });
    }
    results.extend(project.lacking_checks().iter().map(|lacking| {
        let name = lacking.principle.word();
        let blank = CheckResult::blank(name, Some(lacking.principle), lacking.kind);
        let (aspect, reason) = (Aspect::Lacking, Some(CheckReason::NoColumn));
        CheckResult { aspect, reason, lacks: lacking.lacks.clone(), ..blank }
    }));
    results.extend(plan::plan(&tables));
    let grounds = grounds::grounds(&tables, &results);
    results.extend(grounds);
    gap::adjust_for_many(project, &mut results);
    results
}
