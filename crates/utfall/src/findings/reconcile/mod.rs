//! Do the published figures agree with themselves, with each other, with the goals that they answer, and with the register?

mod answers;
mod claim;
mod goal;
mod linear;
mod money;
mod parts;
mod printed;
mod rational;
mod recount;
mod scope;
mod simplex;
mod space;
mod statements;
mod substitute;
mod system;
mod tables;

use crate::assess::Evaluation;
use crate::finding::{Finding, FindingCode, Subject};
use crate::project::Project;

use scope::{Scope, Source};

impl Project {
    /// What is found in the figures that a project file declares as published ([`Published`](crate::project::Published)).
    ///
    /// Every printed table is held against its own totals and against every other table of the same people, every statement
    /// against tables, other statements and itself, every answer against the goal that it is offered for, and all figures of
    /// a register together as one system in whole numbers of 0 or more. With an evaluation, every figure is held against what
    /// the register gives on its day; what the evaluation does not hold the counts of is `not_recomputed`.
    ///
    /// The gravest findings come first, then in the order of the catalogue. None says what is right: a repair is a hint, and
    /// nothing is corrected. Figures of different times (`at`) are not compared with each other.
    ///
    /// ```
    /// use utfall::{FindingCode, Project};
    ///
    /// let project = Project::from_toml(
    ///     r#"
    ///     schema = 1
    ///     name = "Example"
    ///     [registers.participants]
    ///     unit = "person"
    ///     columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
    ///     columns.place = { header = "Ort", type = "level", levels = ["A", "B"] }
    ///
    ///     [[published.tables]]
    ///     id = "places"
    ///     source = "report, p. 3"
    ///     register = "participants"
    ///     by = ["place", "gender"]
    ///     rows = [{ place = "A", woman = 31, man = 4, total = 35 }, { place = "B", woman = 17, man = 7, total = 24 }]
    ///
    ///     [[published.statements]]
    ///     id = "men_in_a"
    ///     register = "participants"
    ///     says = { percent = 13 }
    ///     of = { place = "A" }
    ///     having = { gender = "man" }
    ///     "#,
    /// )?;
    /// let findings = project.reconcile(None);
    /// assert_eq!(findings.len(), 1);
    /// assert_eq!(findings[0].code, FindingCode::ShareWrong);
    /// assert!(findings[0].to_string().contains("4 of 31"));
    /// # Ok::<(), utfall::Error>(())
    /// ```
    pub fn reconcile(&self, evaluation: Option<&Evaluation>) -> Vec<Finding> {
        let mut found = Vec::new();
        for scope in Scope::all(self) {
            let mut told: Vec<Vec<Source>> = Vec::new();
            tables::tables(&scope, &mut told, &mut found);
            if scope.known.is_none() {
                let subject = Subject::register(scope.register);
                found.push(Finding::new(FindingCode::NotCompared, subject, []));
            }
            statements::statements(&scope, &mut told, &mut found);
            system::contradictions(&scope, &told, &mut found);
            answers::answers(self, &scope, &mut found);
            parts::parts(self, &scope, &mut found);
            if let Some(evaluation) = evaluation {
                recount::recount(self, &scope, evaluation, &mut found);
            }
        }
        money::money(self, &mut found);
        found.sort_by_key(|finding| (finding.severity(), finding.code));
        found
    }
}
