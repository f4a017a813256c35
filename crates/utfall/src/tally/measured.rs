//! Figures that are made of sums or marks: what is kept for them, and who is observed.

use chrono::NaiveDate;

use super::accounting::{Items, Steps};
use super::axis::{Interval, Question, Source};
use super::gather::MarkPlan;
use super::predicate::{Compiler, Predicate};
use crate::day::{self, Delay};
use crate::project::{Coverage, Incidence, Indicator, Measure, Ratio};

/// A figure that is made of sums or marks, which the plan numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measured {
    Sum {
        sum: usize,
    },
    Mean {
        sum: usize,
        numbers: Option<usize>,
    },
    /// The sum per unit that is a success, or per another sum.
    Ratio {
        sum: usize,
        per: Option<usize>,
    },
    Incidence {
        spells: usize,
    },
    Coverage {
        months: usize,
    },
}

/// A column whose numbers are summed, by position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Summed {
    pub(crate) column: usize,
    /// The numbers are held in units of the last of so many decimals.
    pub(crate) decimals: u32,
}

impl Compiler<'_> {
    /// The steps of an indicator that is made of sums or marks; `None` for one of another kind.
    pub(super) fn measured(&mut self, indicator: &Indicator, as_of: NaiveDate) -> Option<Steps> {
        let population = Steps { having: Some(Predicate::ALWAYS), ..self.population(indicator) };
        match &indicator.measure {
            Measure::Sum(total) => {
                let (sum, known) = self.sum(&total.column)?;
                let items = Items::Beside(Measured::Sum { sum });
                Some(Steps { in_window: Some(known), items, ..population })
            }
            Measure::Mean(total) => {
                let (sum, known) = self.sum(&total.column)?;
                let numbers = self.numbers(&total.column);
                let items = Items::Beside(Measured::Mean { sum, numbers });
                Some(Steps { in_window: Some(known), items, ..population })
            }
            Measure::Ratio(ratio) => self.ratio(ratio, population),
            Measure::Incidence(incidence) => self.incidence(incidence, as_of, population),
            Measure::Coverage(coverage) => self.coverage(coverage, population),
            Measure::Share(_) | Measure::Count(_) | Measure::Change(_) | Measure::Survey(_) => None,
        }
    }

    /// The number of a column's sum, and whether a row has a number to add.
    fn sum(&mut self, name: &str) -> Option<(usize, Predicate)> {
        let (column, _, declared) = self.columns.get_full(name)?;
        let sum =
            self.sums.iter().position(|summed| summed.column == column).unwrap_or_else(|| {
                self.sums.push(Summed { column, decimals: declared.decimals.unwrap_or(0) });
                self.sums.len() - 1
            });
        Some((sum, self.ask(Source::Numbers { column }, Question::Known(true))))
    }

    pub(super) fn mark(&mut self, mark: MarkPlan) -> usize {
        self.marks.iter().position(|known| *known == mark).unwrap_or_else(|| {
            self.marks.push(mark);
            self.marks.len() - 1
        })
    }

    /// The marks of a column's numbers, of which quantiles are made; only where its decimals are declared, since then
    /// there are not as many numbers as rows.
    fn numbers(&mut self, name: &str) -> Option<usize> {
        let (column, _, declared) = self.columns.get_full(name)?;
        declared.decimals?;
        Some(self.mark(MarkPlan::Number { column }))
    }

    fn ratio(&mut self, ratio: &Ratio, population: Steps) -> Option<Steps> {
        let (sum, known) = self.sum(&ratio.of_sum)?;
        let mut observed = vec![known];
        let per = match &ratio.per.sum {
            Some(per) => {
                let (per, known) = self.sum(per)?;
                observed.push(known);
                Some(per)
            }
            None => None,
        };
        let having = ratio.per.having.as_ref();
        Some(Steps {
            in_window: Some(Predicate::All(observed)),
            having: Some(having.map_or(Predicate::ALWAYS, |having| self.condition(having))),
            items: Items::Beside(Measured::Ratio { sum, per }),
            ..population
        })
    }

    /// Somebody who is not followed to the first horizon is not due; a success has had an event by then.
    fn incidence(
        &mut self,
        incidence: &Incidence,
        as_of: NaiveDate,
        population: Steps,
    ) -> Option<Steps> {
        let after = self.columns.get_index_of(&incidence.after)?;
        let events: Vec<usize> = incidence
            .events
            .values()
            .map(|event| self.columns.get_index_of(event))
            .collect::<Option<_>>()?;
        let horizon = incidence.horizons.first()?.delay();
        let spells =
            self.mark(MarkPlan::Spell { after, events: events.clone(), as_of: day::number(as_of) });
        let due = self.due(after, horizon, as_of);
        let mut within = |delay, interval: Interval| {
            let each = events.iter().map(|event| {
                let happened = self.ask(Source::Days { column: *event }, Question::Known(true));
                let lateness = Source::Lateness { after, delay, observed_on: *event };
                let then = self.ask(lateness, Question::Within(vec![interval]));
                Predicate::All(vec![happened, then])
            });
            Predicate::Any(each.collect())
        };
        let before_start = within(Delay::Days(0), Interval { low: None, high: Some(-1.0) });
        let by_horizon = within(horizon, Interval { low: None, high: Some(0.0) });
        Some(Steps {
            due: Some(due),
            in_window: Some(Predicate::Not(Box::new(before_start))),
            having: Some(by_horizon),
            items: Items::Beside(Measured::Incidence { spells }),
            ..population
        })
    }

    fn coverage(&mut self, coverage: &Coverage, population: Steps) -> Option<Steps> {
        let month = self.columns.get_index_of(&coverage.month)?;
        let of_each: Vec<usize> = coverage
            .of_each
            .iter()
            .map(|column| self.columns.get_index_of(column))
            .collect::<Option<_>>()?;
        let months = self.mark(MarkPlan::Month { month, of_each });
        let having = coverage.having.as_ref();
        Some(Steps {
            having: Some(having.map_or(Predicate::ALWAYS, |having| self.condition(having))),
            items: Items::Beside(Measured::Coverage { months }),
            ..population
        })
    }
}
