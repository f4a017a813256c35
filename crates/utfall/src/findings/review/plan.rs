//! The action plan: who does what by when, and what shows that it was done.

use crate::finding::{Fact, Facts, Finding, FindingCode, Subject};
use crate::project::{Activity, Project};

/// What an activity may lack.
type Lacks = fn(&Activity) -> bool;

const LACKS: [(FindingCode, Lacks); 3] = [
    (FindingCode::ActivityWithoutResponsible, |activity| activity.responsible.is_none()),
    (FindingCode::ActivityWithoutDates, |activity| {
        activity.first_day.is_none()
            && activity.last_day.is_none()
            && activity.done_on.is_none()
            && activity.phase.is_none()
    }),
    (FindingCode::ActivityWithoutFollowUp, |activity| {
        activity.indicator.is_none() && activity.evidence.is_none()
    }),
];

pub(super) fn plan(project: &Project, findings: &mut Vec<Finding>) {
    for (code, lacks) in LACKS {
        // Counted from 1, as somebody counts who reads the plan.
        let numbered = project.plan.iter().zip(1_i64..);
        let lacking: Vec<Fact> = numbered
            .filter(|(activity, _)| lacks(activity))
            .map(|(_, number)| Fact::Count(number))
            .collect();
        if lacking.is_empty() {
            continue;
        }
        let share = Fact::Share {
            part: i64::try_from(lacking.len()).unwrap_or(i64::MAX),
            whole: i64::try_from(project.plan.len()).unwrap_or(i64::MAX),
        };
        let count = lacking.len() as u64;
        let facts = Facts::from([("share", share), ("activities", Fact::List(lacking))]);
        findings.push(Finding { count, ..Finding::new(code, Subject::part("plan"), facts) });
    }
}
