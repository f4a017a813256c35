//! What a figure is evidence of: whether the way of working would reach the target again.
//!
//! The verdict itself is descriptive: the project's register holds everybody, and the figure is compared with the target
//! as it is. Beside it stands what the same figure would say of another round of the same work, for readers who ask.

use crate::project::{Measure, Promise, Threshold};
use crate::stats::{Evidence, process_evidence};
use crate::tally::Accounting;

/// What a figure is evidence of, as a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Process {
    /// Whether the way of working reaches the target.
    pub evidence: ProcessState,
    /// The number of successes, of as many observed, from which it would be `Achieved` (for `at_most`: up to which);
    /// `None` where none would.
    pub achieved_at: Option<u64>,
}

/// What a figure is evidence of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProcessState {
    /// The way of working reaches the target.
    Achieved,
    /// It does not.
    NotAchieved,
    /// Either is still possible: there are too few units to tell.
    Uncertain,
    /// What is missing could decide it.
    UncertainDueToMissing,
}

impl ProcessState {
    /// The word as tables write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Achieved => "achieved",
            Self::NotAchieved => "not_achieved",
            Self::Uncertain => "uncertain",
            Self::UncertainDueToMissing => "uncertain_due_to_missing",
        }
    }
}

/// The level of each one-sided test: together as a 90 % interval of Clopper and Pearson.
const ALPHA: f64 = 0.05;

/// The evidence for a share of units that are observed once each against `at_least` or `at_most`; `None` for others.
///
/// Exact one-sided binomial tests. Where outcomes are missing, all of them failures and all of them successes must say
/// the same.
pub(super) fn process(
    measure: &Measure,
    promise: &Promise,
    counts: &Accounting,
) -> Option<Process> {
    let is_of_units = match measure {
        Measure::Share(_) | Measure::Change(_) => true,
        Measure::Survey(survey) => survey.items.len() == 1,
        _ => false,
    };
    let (is_floor, target) = match promise {
        Promise::AtLeast(Threshold::Number(target)) => (true, target.to_f64()),
        Promise::AtMost(Threshold::Number(target)) => (false, target.to_f64()),
        _ => return None,
    };
    if !is_of_units {
        return None;
    }
    let test =
        |successes: u64, n: u64| process_evidence(successes, n, target, ALPHA).ok().flatten();
    let state = |evidence| match (evidence, is_floor) {
        (Evidence::Achieved, true) | (Evidence::NotAchieved, false) => ProcessState::Achieved,
        (Evidence::NotAchieved, true) | (Evidence::Achieved, false) => ProcessState::NotAchieved,
        (Evidence::Uncertain, _) => ProcessState::Uncertain,
    };
    let observed = test(counts.successes, counts.observed())?;
    let worst = test(counts.successes, counts.due())?;
    let best = test(counts.successes + counts.missing, counts.due())?;
    let is_robust = worst.evidence == best.evidence;
    Some(Process {
        evidence: if is_robust {
            state(best.evidence)
        } else {
            ProcessState::UncertainDueToMissing
        },
        achieved_at: if is_floor { observed.achieved_from } else { observed.not_achieved_up_to },
    })
}
