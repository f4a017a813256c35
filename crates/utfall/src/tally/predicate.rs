//! Conditions compiled to questions of axes, and their three-valued answers.

use chrono::NaiveDate;

use super::accounting::{Items, Steps};
use super::axis::{Axis, Factor, Interval, Question, Source};
use super::gather::MarkPlan;
use super::measured::Summed;
use super::movement::{LevelStep, total};
use super::truth::Truth;
use crate::data::level_count;
use crate::day::{self, Delay};
use crate::project::{
    Bounds, Change, Clause, Column, ColumnType, Condition, FollowUp, Indicator, Literal, Named,
    Test,
};

/// A condition whose leaves are questions.
#[derive(Debug, Clone)]
pub(crate) enum Predicate {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    /// The answer of an axis to a question.
    Ask {
        axis: usize,
        question: usize,
    },
    /// Whether the steps together reach so many levels; unknown where one of them is.
    Steps {
        steps: Vec<LevelStep>,
        at_least: i64,
    },
}

impl Predicate {
    /// What is always true.
    pub(crate) const ALWAYS: Self = Self::All(Vec::new());
    /// What is never true.
    pub(crate) const NEVER: Self = Self::Any(Vec::new());
}

impl Predicate {
    /// Calls `visit` with every axis that is asked.
    pub(crate) fn visit_axes(&self, visit: &mut impl FnMut(usize)) {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().for_each(|part| part.visit_axes(visit));
            }
            Self::Not(part) => part.visit_axes(visit),
            Self::Ask { axis, .. } => visit(*axis),
            Self::Steps { steps, .. } => steps.iter().for_each(|step| step.visit_axes(visit)),
        }
    }
}

/// A class for each axis: all that predicates know of a row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Signature<'a> {
    pub(crate) axes: &'a [Axis],
    pub(crate) classes: &'a [u32],
}

impl Signature<'_> {
    pub(crate) fn truth(&self, predicate: &Predicate) -> Truth {
        match predicate {
            Predicate::All(parts) => {
                parts.iter().fold(Truth::True, |truth, part| truth.and(self.truth(part)))
            }
            Predicate::Any(parts) => {
                parts.iter().fold(Truth::False, |truth, part| truth.or(self.truth(part)))
            }
            Predicate::Not(part) => self.truth(part).not(),
            Predicate::Ask { axis, question } => {
                self.axes[*axis].answer(self.classes[*axis], *question)
            }
            Predicate::Steps { steps, at_least } => {
                total(steps, self).map_or(Truth::Unknown, |total| (total >= *at_least).into())
            }
        }
    }

    /// Whether a predicate is true; unknown is not.
    pub(crate) fn holds(&self, predicate: &Predicate) -> bool {
        self.truth(predicate) == Truth::True
    }
}

/// Compiles the conditions of one register, gathering the axes that they ask.
#[derive(Debug)]
pub(crate) struct Compiler<'p> {
    pub(super) columns: &'p Named<Column>,
    axes: Vec<Axis>,
    pub(super) sums: Vec<Summed>,
    pub(super) marks: Vec<MarkPlan>,
}

impl<'p> Compiler<'p> {
    pub(crate) const fn new(columns: &'p Named<Column>) -> Self {
        Self { columns, axes: Vec::new(), sums: Vec::new(), marks: Vec::new() }
    }

    /// The axes, divided into classes; the columns that are summed; what is read for marks.
    pub(crate) fn finish(mut self) -> (Vec<Axis>, Vec<Summed>, Vec<MarkPlan>) {
        self.axes.iter_mut().for_each(Axis::divide);
        (self.axes, self.sums, self.marks)
    }

    pub(crate) fn condition(&mut self, condition: &Condition) -> Predicate {
        Predicate::All(condition.0.iter().map(|clause| self.clause(clause)).collect())
    }

    /// The steps of an indicator of which everybody in the population, less the excluded, is a success.
    pub(super) fn population(&mut self, indicator: &Indicator) -> Steps {
        let of = indicator.of.as_ref().map_or(Predicate::ALWAYS, |of| self.condition(of));
        let exclude = indicator.exclude.as_ref();
        let exclude = exclude.map_or(Predicate::NEVER, |exclude| self.condition(exclude));
        Steps { of, exclude, due: None, in_window: None, having: None, items: Items::None }
    }

    /// Whether a follow-up is due.
    pub(super) fn due_after(&mut self, follow_up: &FollowUp, as_of: NaiveDate) -> Predicate {
        match self.columns.get_index_of(&follow_up.after) {
            Some(after) => self.due(after, follow_up.delay(), as_of),
            None => Predicate::NEVER,
        }
    }

    /// Whether a day of a column lies so far back that what falls due a while after it is due.
    pub(super) fn due(&mut self, column: usize, delay: Delay, as_of: NaiveDate) -> Predicate {
        let Some(last) = last_due(delay, as_of) else {
            return Predicate::NEVER;
        };
        let high = Some(f64::from(last));
        self.ask(Source::Days { column }, Question::Within(vec![Interval { low: None, high }]))
    }

    /// Whether `having` tells of the outcome: the observation lies in its window, or the window has closed without one.
    pub(crate) fn in_window(
        &mut self,
        follow_up: &FollowUp,
        as_of: NaiveDate,
    ) -> Option<Predicate> {
        let (before, after) = follow_up.window()?;
        let observed_on = self.columns.get_index_of(follow_up.observed_on.as_deref()?)?;
        let column = self.columns.get_index_of(&follow_up.after)?;
        let delay = follow_up.delay();
        let interval = Interval { low: Some(-f64::from(before)), high: Some(f64::from(after)) };
        let lateness = Source::Lateness { after: column, delay, observed_on };
        let observed = self.ask(lateness, Question::Within(vec![interval]));
        let not_observed = self.ask(Source::Days { column: observed_on }, Question::Known(false));
        let closed = last_closed(follow_up, as_of).map_or(Predicate::NEVER, |last| {
            let high = Some(f64::from(last));
            self.ask(Source::Days { column }, Question::Within(vec![Interval { low: None, high }]))
        });
        Some(Predicate::Any(vec![observed, Predicate::All(vec![not_observed, closed])]))
    }

    /// A question of an axis.
    pub(crate) fn ask(&mut self, source: Source, question: Question) -> Predicate {
        let axis = self.axis(source);
        Predicate::Ask { axis, question: self.axes[axis].ask(question) }
    }

    /// The axis of a column of levels, each level a class of its own.
    pub(super) fn tell_apart(&mut self, position: usize, column: &Column) -> usize {
        let axis = self.axis(source_of(position, column));
        self.axes[axis].tell_apart();
        axis
    }

    fn axis(&mut self, source: Source) -> usize {
        self.axes.iter().position(|axis| axis.source == source).unwrap_or_else(|| {
            self.axes.push(Axis::new(source));
            self.axes.len() - 1
        })
    }

    fn clause(&mut self, clause: &Clause) -> Predicate {
        match clause {
            Clause::All(parts) => {
                Predicate::All(parts.iter().map(|part| self.condition(part)).collect())
            }
            Clause::Any(parts) => {
                Predicate::Any(parts.iter().map(|part| self.condition(part)).collect())
            }
            Clause::Not(part) => Predicate::Not(Box::new(self.condition(part))),
            Clause::Change(change) => self.change(change),
            Clause::Column(name, test) => self.test(name, test),
        }
    }

    fn change(&mut self, change: &Change) -> Predicate {
        let columns = self.columns;
        let (Some((from, _, before)), Some((to, _, after))) =
            (columns.get_full(&change.from), columns.get_full(&change.to))
        else {
            return Predicate::NEVER;
        };
        // Both are brought to the finer of their units; where one has none, to the numbers themselves.
        let decimals = before.decimals.zip(after.decimals).map(|(before, after)| before.max(after));
        let number = |limit: &crate::project::Decimal| limit.in_units(decimals);
        let interval = Interval {
            low: change.at_least.as_ref().map(number),
            high: change.at_most.as_ref().map(number),
        };
        let factor = |column: &Column| Factor::between(column.decimals, decimals);
        let factors = (factor(before), factor(after));
        self.ask(Source::Step { from, to, factors }, Question::Within(vec![interval]))
    }

    fn test(&mut self, name: &str, test: &Test) -> Predicate {
        // A checked project names columns that exist.
        let columns = self.columns;
        let Some((position, _, column)) = columns.get_full(name) else {
            return Predicate::NEVER;
        };
        match test {
            Test::Is(literal) => self.one_of(position, column, std::slice::from_ref(literal)),
            Test::In(literals) => self.one_of(position, column, literals),
            Test::Within(bounds) => self.bounds(position, column, bounds),
        }
    }

    fn one_of(&mut self, position: usize, column: &Column, literals: &[Literal]) -> Predicate {
        let source = source_of(position, column);
        let question = if column.column_type().has_levels() {
            Question::OneOf(literals.iter().filter_map(|literal| level(column, literal)).collect())
        } else {
            let numbers = literals.iter().map(|literal| number(column, literal));
            Question::Within(numbers.map(Interval::point).collect())
        };
        self.ask(source, question)
    }

    fn bounds(&mut self, position: usize, column: &Column, bounds: &Bounds) -> Predicate {
        let mut parts = Vec::new();
        if let Some(known) = bounds.known {
            parts.push(self.ask(source_of(position, column), Question::Known(known)));
        }
        let ends = [
            (bounds.at_least.as_ref(), None),
            (None, bounds.at_most.as_ref()),
            (bounds.between.first(), bounds.between.get(1)),
        ];
        for (low, high) in ends.into_iter().filter(|(low, high)| low.is_some() || high.is_some()) {
            let question = if column.column_type().has_levels() {
                let low = low.and_then(|literal| level(column, literal)).unwrap_or(0);
                let high = high.and_then(|literal| level(column, literal)).unwrap_or(u32::MAX);
                let count = u32::try_from(level_count(column)).unwrap_or(u32::MAX);
                Question::OneOf((low..=high.min(count.saturating_sub(1))).collect())
            } else {
                Question::Within(vec![Interval {
                    low: low.map(|literal| number(column, literal)),
                    high: high.map(|literal| number(column, literal)),
                }])
            };
            parts.push(self.ask(source_of(position, column), question));
        }
        Predicate::All(parts)
    }
}

/// The last day so far back that what falls due a while after it is due.
pub(super) fn last_due(delay: Delay, as_of: NaiveDate) -> Option<i32> {
    delay.last_due(as_of).map(day::number)
}

/// The last day so far back that the window of its follow-up has closed.
pub(super) fn last_closed(follow_up: &FollowUp, as_of: NaiveDate) -> Option<i32> {
    let (_, after) = follow_up.window()?;
    last_due(follow_up.delay(), as_of.checked_sub_days(chrono::Days::new(after.into()))?)
}

pub(super) fn source_of(column: usize, declared: &Column) -> Source {
    match declared.column_type() {
        ColumnType::Date => Source::Days { column },
        ColumnType::Number => Source::Numbers { column },
        ColumnType::Level | ColumnType::Ordinal | ColumnType::Flag => {
            let levels = u32::try_from(level_count(declared)).unwrap_or(u32::MAX);
            Source::Levels { column, levels }
        }
    }
}

/// The code of a level; for a flag 0 is false and 1 is true.
fn level(column: &Column, literal: &Literal) -> Option<u32> {
    match (column.column_type(), literal) {
        (ColumnType::Flag, Literal::Flag(_)) => level_of_code(column, &literal.to_string()),
        (ColumnType::Flag, _) => None,
        _ => level_of_code(column, &literal.to_string()),
    }
}

/// The level that bears a code; for a flag 0 is `false` and 1 is `true`.
pub(super) fn level_of_code(column: &Column, code: &str) -> Option<u32> {
    let position = match column.column_type() {
        ColumnType::Flag => ["false", "true"].iter().position(|known| *known == code),
        _ => column.levels.position(code),
    };
    u32::try_from(position?).ok()
}

/// A day or a number as axes hold it. A checked project has no other literal here.
fn number(column: &Column, literal: &Literal) -> f64 {
    match literal {
        Literal::Day(day) => f64::from(day::number(*day)),
        Literal::Number(number) => number.in_units(column.decimals),
        Literal::Text(_) | Literal::Flag(_) => f64::NAN,
    }
}
