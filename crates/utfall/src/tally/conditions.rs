//! Conditions asked of single rows, where somebody wants to know which rows they are and not only how many.

use super::axis::{Axis, Source, lateness};
use super::predicate::{Compiler, Predicate, Signature};
use super::truth::Truth;
use crate::data::Register;
use crate::project::{Column, Condition, Named};

/// Some conditions on the rows of one register.
#[derive(Debug, Clone)]
pub(crate) struct Conditions {
    axes: Vec<Axis>,
    predicates: Vec<Predicate>,
}

/// What conditions know of one row.
#[derive(Debug, Clone)]
pub(crate) struct RowClasses(Vec<u32>);

impl Conditions {
    pub(crate) fn new<'c>(
        columns: &Named<Column>,
        conditions: impl IntoIterator<Item = &'c Condition>,
    ) -> Self {
        let mut compiler = Compiler::new(columns);
        let conditions = conditions.into_iter();
        let predicates = conditions.map(|condition| compiler.condition(condition)).collect();
        let (axes, _, _) = compiler.finish();
        Self { axes, predicates }
    }

    /// What the conditions know of a row.
    pub(crate) fn of_row(&self, register: &Register<'_>, row: usize) -> RowClasses {
        let class = |axis: &Axis| {
            let raw = raw_class(axis, register, row);
            axis.classes.get(raw).or(axis.classes.last()).copied().unwrap_or(0)
        };
        RowClasses(self.axes.iter().map(class).collect())
    }

    /// What a condition, by its position, says of a row.
    pub(crate) fn truth(&self, row: &RowClasses, condition: usize) -> Truth {
        let signature = Signature { axes: &self.axes, classes: &row.0 };
        self.predicates
            .get(condition)
            .map_or(Truth::Unknown, |predicate| signature.truth(predicate))
    }
}

/// The raw class of a row on an axis: that of unknown where a column is absent.
fn raw_class(axis: &Axis, register: &Register<'_>, row: usize) -> usize {
    let number = |column: usize| register.numbers(column)?.at(row);
    let level = |column: usize| {
        let levels = register.levels(column)?;
        Some(levels.at(row)).filter(|level| *level != levels.unknown)
    };
    let found = match &axis.source {
        Source::Levels { column, .. } => {
            return level(*column).map_or(usize::MAX, |level| level as usize);
        }
        Source::Days { column } => {
            register.days(*column).and_then(|days| days.at(row)).map(f64::from)
        }
        Source::Numbers { column } => number(*column),
        Source::Step { from, to, factors } => {
            let levels = || Some(f64::from(level(*to)?) - f64::from(level(*from)?));
            let numbers = || Some(factors.1.of(number(*to)?) - factors.0.of(number(*from)?));
            levels().or_else(numbers)
        }
        Source::StepSum { steps } => steps
            .iter()
            .map(|step| {
                Some(step.factors.1.of(number(step.to)?) - step.factors.0.of(number(step.from)?))
            })
            .sum(),
        Source::Lateness { after, delay, observed_on } => {
            let day = |column: usize| register.days(column)?.at(row);
            lateness(day(*after), *delay, day(*observed_on))
        }
    };
    axis.cuts.raw_class(found)
}
