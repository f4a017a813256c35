//! What is counted in a register: made once from the project, the day and the crossing.

use chrono::NaiveDate;

use super::accounting::{Place, Steps};
use super::axis::Axis;
use super::crossing::{By, Crossing};
use super::persons::{Persons, PersonsCompiler};
use super::predicate::{Compiler, Predicate, Signature};
use crate::error::Result;
use crate::project::{Indicator, Measure, Project, Register};

/// The axes of a register and the steps of its indicators.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) crossing: Crossing,
    pub(crate) axes: Vec<Axis>,
    /// For each indicator on this register: its position in the project, and its steps if it can be computed.
    pub(crate) indicators: Vec<(usize, Computable)>,
    /// Where enrolments are counted as persons.
    pub(crate) persons: Option<Persons>,
}

/// Whether an indicator can be computed from its register.
#[derive(Debug, Clone)]
pub(crate) enum Computable {
    Yes(Steps),
    /// It reads a column that the source does not have.
    NotPublished,
    /// Its kind is not computed by this version.
    NotImplemented,
}

impl Plan {
    pub(crate) fn new(
        project: &Project,
        name: &str,
        register: &Register,
        as_of: NaiveDate,
        by: &By,
    ) -> Result<Self> {
        let crossing = Crossing::of(project, name, register, by)?;
        let none = crate::project::Named::new();
        let columns = project.columns(name).unwrap_or(&none);
        let mut compiler = Compiler::new(columns);
        let mut persons = PersonsCompiler::of(register, columns);
        let mut indicators = Vec::new();
        for (position, indicator) in project.indicators.values().enumerate() {
            if indicator.register != name {
                continue;
            }
            let mut reads_absent = false;
            indicator.visit_columns(&mut |column| {
                reads_absent |= columns.get(column).is_some_and(|column| column.absent.is_some());
            });
            reads_absent |= persons.as_ref().is_some_and(PersonsCompiler::lacks_starts);
            let steps = match &mut persons {
                _ if reads_absent => None,
                Some(persons) => persons.steps(&mut compiler, indicator, as_of),
                None => steps(&mut compiler, indicator, as_of),
            };
            let computable = match steps {
                _ if reads_absent => Computable::NotPublished,
                steps => steps.map_or(Computable::NotImplemented, Computable::Yes),
            };
            indicators.push((position, computable));
        }
        let persons = persons.map(PersonsCompiler::finish);
        Ok(Self { crossing, axes: compiler.into_axes(), indicators, persons })
    }

    /// How many classes each column and axis has: crossed columns first, with unknown.
    pub(crate) fn shape(&self) -> Vec<u32> {
        let crossed = self.crossing.columns.iter().map(|column| column.unknown() + 1);
        crossed.chain(self.axes.iter().map(Axis::size)).collect()
    }

    /// The steps of every indicator that can be computed, with its position in the project.
    pub(crate) fn steps(&self) -> impl Iterator<Item = (usize, &Steps)> {
        self.indicators.iter().filter_map(|(position, computable)| match computable {
            Computable::Yes(steps) => Some((*position, steps)),
            Computable::NotPublished | Computable::NotImplemented => None,
        })
    }

    /// The indicators (by position in the project) of which units with a signature are known successes before due.
    pub(crate) fn known_before_due(&self, signature: &[u32]) -> Vec<usize> {
        let signature = Signature { axes: &self.axes, classes: signature };
        self.steps()
            .filter(|(_, steps)| steps.due.is_some())
            .filter(|(_, steps)| steps.place(&signature) == Place::NotDue { known: true })
            .map(|(position, _)| position)
            .collect()
    }

    /// Whether any indicator has a follow-up.
    pub(crate) fn has_follow_ups(&self) -> bool {
        self.steps().any(|(_, steps)| steps.due.is_some())
    }
}

fn steps(compiler: &mut Compiler<'_>, indicator: &Indicator, as_of: NaiveDate) -> Option<Steps> {
    let (having, follow_up) = match &indicator.measure {
        Measure::Share(share) => (Some(&share.having), share.follow_up.as_ref()),
        Measure::Count(_) => (None, None),
        _ => return None,
    };
    Some(Steps {
        of: indicator.of.as_ref().map_or(Predicate::ALWAYS, |of| compiler.condition(of)),
        exclude: indicator
            .exclude
            .as_ref()
            .map_or(Predicate::NEVER, |exclude| compiler.condition(exclude)),
        due: follow_up.map(|follow_up| compiler.due(follow_up, as_of)),
        in_window: follow_up.and_then(|follow_up| compiler.in_window(follow_up, as_of)),
        having: having.map(|having| compiler.condition(having)),
    })
}
