//! Review: is the project evaluable as it is written?
//!
//! Only the project file is looked at, so that a review can be made before there is a single row: what a reader of the
//! logical framework approach asks (K. Örtengren, *Logical Framework Approach*, 2012), and what a report has to answer
//! for later: revised targets, target groups that differ, purposes that do not name whom the project reached.

mod chain;
mod goals;
mod indicators;
mod plan;
mod purposes;
mod quantities;
mod target_groups;
mod targets;
mod texts;

use crate::finding::{Finding, Subject};
use crate::project::{Project, Tier};

pub(crate) use target_groups::{contradictions, part};

impl Project {
    /// What stands in the way of evaluating the project as it is written, gravest first.
    ///
    /// Nothing but the project file is looked at, printed tables included. An empty list does not say that the project
    /// is a good one: it says that what the catalogue asks for is there.
    ///
    /// ```
    /// use utfall::{FindingCode, Project};
    ///
    /// let project = Project::from_toml(
    ///     r#"
    ///     schema = 1
    ///     name = "Likes"
    ///     [goals.employers]
    ///     level = "organisation"
    ///     tier = "project"
    ///     sv = "Arbetsgivare har anställt deltagare"
    ///     "#,
    /// )?;
    /// let codes: Vec<_> = project.review().iter().map(|finding| finding.code).collect();
    /// assert!(codes.contains(&FindingCode::GoalWithoutIndicator));
    /// assert!(codes.contains(&FindingCode::GoalWithoutTime));
    /// # Ok::<(), utfall::Error>(())
    /// ```
    pub fn review(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        goals::goals(self, &mut findings);
        texts::texts(self, &mut findings);
        indicators::indicators(self, &mut findings);
        chain::chain(self, &mut findings);
        plan::plan(self, &mut findings);
        targets::targets(self, &mut findings);
        target_groups::target_groups(self, &mut findings);
        purposes::purposes(self, &mut findings);
        findings.sort_by_key(|finding| (finding.severity(), finding.code));
        findings
    }
}

/// A goal as a subject.
fn of_goal(name: &str) -> Subject {
    Subject::part(format!("goals.{name}"))
}

/// An indicator as a subject.
fn of_indicator(project: &Project, name: &str) -> Subject {
    let register = project.indicators.get(name).map(|indicator| indicator.register.clone());
    Subject { register, ..Subject::default() }.with_indicator(name)
}

/// Whether a goal lies within what the project itself is to reach.
fn is_within_reach(tier: Tier) -> bool {
    tier != Tier::Effect
}
