//! Whether a verdict can still change: over every way in which the open cases may turn out.

use super::verdict::{Judgement, Rule};
use crate::project::Measure;
use crate::tally::Accounting;

/// Whether every way in which the missing, the not yet due and the unclassified of a share could still turn out gives
/// the same verdict.
///
/// With `D` due, `m` missing, `c` not due, `u` unclassified and `k` successes, `q` units end up in the population, from
/// `D + c` to `D + c + u`, and of these `p` are successes, from `k` to `k + m + c` and those of the unclassified that
/// came in. The verdict is looked at for all of these pairs, by whole numbers.
pub(super) fn share(rule: &Rule, verdict: Judgement, counts: &Accounting) -> bool {
    let certain = counts.due() + counts.not_due;
    let open = counts.missing + counts.not_due;
    (0..=counts.unclassified).all(|joining| {
        let units = certain + joining;
        let successes = counts.successes..=counts.successes + open + joining;
        rule.is_the_same_over(verdict, successes, units)
    })
}

/// The counts of a share as [`share`] is to look at them: where a missing answer of a survey may turn out to be no
/// answer to the question, it may leave the population, as the unclassified may stay out of it.
pub(super) fn can_leave(measure: &Measure, counts: &Accounting) -> Accounting {
    match measure {
        Measure::Survey(survey) if !survey.not_applicable.is_empty() => {
            let unclassified = counts.unclassified + counts.missing;
            Accounting { unclassified, missing: 0, ..*counts }
        }
        _ => *counts,
    }
}

/// Whether the verdict on a sum, mean, ratio or incidence can no longer change. An unknown number could be any, so one
/// that is missing leaves it open; a sum can grow until the project's last day. An incidence is looked at as the share
/// that it becomes when everybody is followed to the horizon.
pub(super) fn quantity(
    measure: &Measure,
    verdict: Judgement,
    rule: &Rule,
    counts: &Accounting,
    is_over: bool,
) -> bool {
    if matches!(measure, Measure::Incidence(_)) {
        return share(rule, verdict, counts);
    }
    let is_complete = counts.missing == 0 && counts.unclassified == 0;
    is_complete && (is_over || !matches!(measure, Measure::Sum(_)))
}

/// Whether a count's verdict can no longer change: it can grow by the unclassified, and before the project's last day
/// by any number.
pub(super) fn count(rule: &Rule, verdict: Judgement, counts: &Accounting, is_over: bool) -> bool {
    let most = if is_over { counts.successes + counts.unclassified } else { u64::MAX };
    rule.is_the_same_over(verdict, counts.successes..=most, 1)
}
