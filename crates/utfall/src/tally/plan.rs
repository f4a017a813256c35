//! What is counted in a register: made once from the project, the day and the crossing.

use chrono::NaiveDate;

use super::accounting::{Items, Place, Steps};
use super::axis::Axis;
use super::crossing::{By, Crossing};
use super::flow::Stages;
use super::gather::MarkPlan;
use super::measured::Summed;
use super::persons::{Persons, PersonsCompiler};
use super::predicate::{Compiler, Signature};
use super::told::{Told, days, told};
use crate::error::Result;
use crate::project::{Indicator, Measure, Project, Register};

/// The axes of a register and the steps of its indicators.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) crossing: Crossing,
    pub(crate) axes: Vec<Axis>,
    /// For each indicator on this register: its position in the project, and its steps if it can be computed.
    pub(crate) indicators: Vec<(usize, Computable)>,
    /// The columns whose numbers are summed.
    pub(crate) sums: Vec<Summed>,
    /// What is read of a row for marks.
    pub(crate) marks: Vec<MarkPlan>,
    /// The participant flow, if it is counted in this register.
    pub(crate) flow: Option<Stages>,
    /// The columns that checks need.
    pub(crate) told: Vec<Told>,
    /// The date columns whose days checks need, by position in the register, and the marks that have them: spells from each
    /// day to the one on which the world is looked at.
    pub(crate) days: Vec<(usize, usize)>,
    /// Where enrolments are counted as persons.
    pub(crate) persons: Option<Persons>,
}

/// Whether an indicator can be computed from its register.
#[derive(Debug, Clone)]
pub(crate) enum Computable {
    Yes(Steps),
    /// It reads a column that the source does not have.
    NotPublished,
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
        let own = |(_, indicator): &(usize, &Indicator)| indicator.register == name;
        let declared: Vec<_> = project.indicators.values().enumerate().filter(own).collect();
        let mut persons = PersonsCompiler::of(register, columns);
        let combined = persons.as_mut().map(|persons| {
            let all: Vec<&Indicator> = declared.iter().map(|(_, indicator)| *indicator).collect();
            persons.combine(&all)
        });
        let mut compiler = Compiler::new(combined.as_ref().map_or(columns, |(columns, _)| columns));
        let mut indicators = Vec::new();
        for (number, (position, indicator)) in declared.into_iter().enumerate() {
            let mut reads_absent = false;
            indicator.visit_columns(&mut |column| {
                reads_absent |= columns.get(column).is_some_and(|column| column.absent.is_some());
            });
            reads_absent |= persons.as_ref().is_some_and(PersonsCompiler::lacks_starts);
            let steps = match (&mut persons, &combined) {
                _ if reads_absent => None,
                (Some(persons), Some((_, asked))) => asked[number]
                    .as_ref()
                    .and_then(|asked| persons.steps(&mut compiler, indicator, asked, as_of)),
                _ => compiler.steps(indicator, as_of),
            };
            // In a checked project whatever is not absent is there.
            indicators.push((position, steps.map_or(Computable::NotPublished, Computable::Yes)));
        }
        let flow = project.flow.as_ref().filter(|flow| flow.register == name);
        let flow = flow.map(|flow| compiler.stages(flow));
        let told = told(project, name, columns, &crossing, &mut compiler);
        let days = days(project, name, as_of, &mut compiler);
        let persons = persons.map(PersonsCompiler::finish);
        let (axes, sums, marks) = compiler.finish();
        Ok(Self { crossing, axes, indicators, sums, marks, flow, told, days, persons })
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
            Computable::NotPublished => None,
        })
    }

    /// The indicators (by position in the project) of which units with a signature are known successes before due.
    pub(crate) fn known_before_due(&self, signature: &[u32]) -> Vec<usize> {
        let signature = Signature { axes: &self.axes, classes: signature };
        self.steps()
            .filter(|(_, steps)| steps.has_follow_up())
            .filter(|(_, steps)| steps.place(&signature) == Place::NotDue { known: true })
            .map(|(position, _)| position)
            .collect()
    }

    /// The most units of which everything that is counted can be held.
    pub(crate) fn most_units(&self) -> u64 {
        let per_unit = self.steps().map(|(_, steps)| steps.per_unit() as u64).max();
        i64::MAX.unsigned_abs() / per_unit.unwrap_or(1).max(1)
    }

    /// Whether anything is kept beside the histogram.
    pub(crate) fn has_beside(&self) -> bool {
        !self.sums.is_empty() || !self.marks.is_empty()
    }

    /// Whether any indicator has a follow-up.
    pub(crate) fn has_follow_ups(&self) -> bool {
        self.steps().any(|(_, steps)| steps.has_follow_up())
    }
}

impl Compiler<'_> {
    /// The steps of an indicator. `None` where a column is not there; a checked project has all of them.
    pub(super) fn steps(&mut self, indicator: &Indicator, as_of: NaiveDate) -> Option<Steps> {
        let (having, follow_up, items) = match &indicator.measure {
            Measure::Share(share) => {
                (Some(self.condition(&share.having)), share.follow_up.as_ref(), Items::None)
            }
            Measure::Count(_) => (None, None, Items::None),
            Measure::Change(movement) => {
                let movements = self.movements(movement)?;
                (Some(movements.whole.up.clone()), None, Items::Movements(movements.into()))
            }
            Measure::Survey(survey) => (None, None, Items::Answers(self.answers(survey)?)),
            Measure::Sum(_)
            | Measure::Mean(_)
            | Measure::Ratio(_)
            | Measure::Incidence(_)
            | Measure::Coverage(_) => return self.measured(indicator, as_of),
        };
        let population = self.population(indicator);
        Some(Steps {
            due: follow_up.map(|follow_up| self.due_after(follow_up, as_of)),
            in_window: follow_up.and_then(|follow_up| self.in_window(follow_up, as_of)),
            having,
            items,
            ..population
        })
    }
}
