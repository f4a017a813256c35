//! Conditions compiled to questions of axes, and their three-valued answers.

use chrono::NaiveDate;

use super::axis::{Axis, Factor, Interval, Question, Source};
use super::truth::Truth;
use crate::data::level_count;
use crate::day;
use crate::project::{
    Bounds, Change, Clause, Column, ColumnType, Condition, FollowUp, Literal, Named, Test,
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
}

impl Predicate {
    /// What is always true.
    pub(crate) const ALWAYS: Self = Self::All(Vec::new());
    /// What is never true.
    pub(crate) const NEVER: Self = Self::Any(Vec::new());
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
        }
    }
}

/// Compiles the conditions of one register, gathering the axes that they ask.
#[derive(Debug)]
pub(crate) struct Compiler<'p> {
    columns: &'p Named<Column>,
    axes: Vec<Axis>,
}

impl<'p> Compiler<'p> {
    pub(crate) const fn new(columns: &'p Named<Column>) -> Self {
        Self { columns, axes: Vec::new() }
    }

    /// The axes, divided into classes.
    pub(crate) fn into_axes(mut self) -> Vec<Axis> {
        self.axes.iter_mut().for_each(Axis::divide);
        self.axes
    }

    pub(crate) fn condition(&mut self, condition: &Condition) -> Predicate {
        Predicate::All(condition.0.iter().map(|clause| self.clause(clause)).collect())
    }

    /// Whether a day lies so far back that its follow-up is due.
    pub(crate) fn due(&mut self, follow_up: &FollowUp, as_of: NaiveDate) -> Predicate {
        let Some(column) = self.columns.get_index_of(&follow_up.after) else {
            return Predicate::NEVER;
        };
        let Some(last) = last_due(follow_up, as_of) else {
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
        let axis = self.axes.iter().position(|axis| axis.source == source).unwrap_or_else(|| {
            self.axes.push(Axis::new(source));
            self.axes.len() - 1
        });
        Predicate::Ask { axis, question: self.axes[axis].ask(question) }
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

/// The last day so far back that its follow-up is due.
pub(super) fn last_due(follow_up: &FollowUp, as_of: NaiveDate) -> Option<i32> {
    follow_up.delay().last_due(as_of).map(day::number)
}

/// The last day so far back that the window of its follow-up has closed.
pub(super) fn last_closed(follow_up: &FollowUp, as_of: NaiveDate) -> Option<i32> {
    let (_, after) = follow_up.window()?;
    last_due(follow_up, as_of.checked_sub_days(chrono::Days::new(after.into()))?)
}

fn source_of(column: usize, declared: &Column) -> Source {
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
        (ColumnType::Flag, Literal::Flag(flag)) => Some(u32::from(*flag)),
        (ColumnType::Flag, _) => None,
        _ => u32::try_from(column.levels.position(&literal.to_string())?).ok(),
    }
}

/// A day or a number as axes hold it. A checked project has no other literal here.
fn number(column: &Column, literal: &Literal) -> f64 {
    match literal {
        Literal::Day(day) => f64::from(day::number(*day)),
        Literal::Number(number) => number.in_units(column.decimals),
        Literal::Text(_) | Literal::Flag(_) => f64::NAN,
    }
}
