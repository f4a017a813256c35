//! Enrolments become persons: one row for each, which is then counted as any other.
//!
//! The row is that of the first enrolment, with the person's last exit in place of its own. What the enrolments say
//! together (`combined.rs`) stands in further columns of the row. What makes a success is asked of every enrolment, and
//! Kleene's *any* of the answers is one more column, with the levels false and true. So places, figures and tallies know
//! nothing of enrolments.

use chrono::NaiveDate;

use super::accounting::Steps;
use super::axis::{Question, Source, lateness};
use super::combined::{Choice, Combined, Combining};
use super::crossing::Crossing;
use super::plan::Plan;
use super::predicate::{Compiler, Predicate, last_closed, last_due};
use super::truth::Truth;
use crate::data::{EnrolmentDates, LevelCodes, Packing, Person, Register, RowColumn};
use crate::day::Delay;
use crate::project::{self, Column, Condition, FollowUp, Indicator, Measure, Named};

/// How the enrolments of a register become persons.
#[derive(Debug, Clone)]
pub(crate) struct Persons {
    pub(crate) packing: Packing,
    /// What success asks of an enrolment: axes that are crossed by nothing.
    pub(super) enrolment: Box<Plan>,
    /// What the enrolments say together: each a column behind those of the register.
    pub(super) combined: Vec<Combined>,
    /// Which enrolments are preferred for them.
    pub(super) choices: Vec<Choice>,
    /// What success asks of a person: each a column behind the combined ones.
    pub(super) outcomes: Vec<Outcome>,
}

/// A question about a person that is answered by any of the enrolments.
#[derive(Debug, Clone)]
pub(super) struct Outcome {
    pub(super) having: Predicate,
    /// When an enrolment tells of the outcome; `None`: always.
    window: Option<Window>,
}

/// When the observation of an enrolment tells of what is due for its person.
#[derive(Debug, Clone)]
struct Window {
    after: usize,
    observed_on: usize,
    delay: Delay,
    /// How many days early (negative) and late an observation may be.
    lateness: (f64, f64),
    /// The last day of `after` that is due, and the last one whose window has closed.
    last_due: Option<i32>,
    last_closed: Option<i32>,
}

/// The levels of an outcome: false, true, and unknown.
const OUTCOMES: u32 = 2;

/// Compiles the indicators of a register that counts persons.
#[derive(Debug)]
pub(super) struct PersonsCompiler<'p> {
    columns: &'p Named<Column>,
    dates: EnrolmentDates,
    enrolment: Compiler<'p>,
    combined: Vec<Combined>,
    choices: Vec<Choice>,
    outcomes: Vec<Outcome>,
    /// What each outcome was compiled from.
    declared: Vec<(&'p Condition, Option<&'p FollowUp>)>,
}

impl<'p> PersonsCompiler<'p> {
    /// `None` for a register that counts its rows.
    pub(super) fn of(register: &project::Register, columns: &'p Named<Column>) -> Option<Self> {
        Some(Self {
            columns,
            dates: EnrolmentDates::of(register, columns)?,
            enrolment: Compiler::new(columns),
            combined: Vec::new(),
            choices: Vec::new(),
            outcomes: Vec::new(),
            declared: Vec::new(),
        })
    }

    /// Whether the source has no day on which enrolments begin: nobody's first one is known then.
    pub(super) fn lacks_starts(&self) -> bool {
        self.columns[self.dates.starts].absent.is_some()
    }

    /// The columns of a person's row, and the indicators as they are asked of it; `None` where one cannot be.
    pub(super) fn combine(
        &mut self,
        indicators: &[&Indicator],
    ) -> (Named<Column>, Vec<Option<Indicator>>) {
        let mut combining = Combining::new(self.columns, &mut self.enrolment);
        let asked = indicators.iter().map(|indicator| combining.indicator(indicator)).collect();
        let Combining { named, combined, choices, .. } = combining;
        (self.combined, self.choices) = (combined, choices);
        (named, asked)
    }

    /// The steps of an indicator, and of it as it is asked of a person's row; what success asks of each enrolment is a
    /// column behind all others.
    pub(super) fn steps(
        &mut self,
        compiler: &mut Compiler<'_>,
        indicator: &'p Indicator,
        asked: &Indicator,
        as_of: NaiveDate,
    ) -> Option<Steps> {
        let (having, follow_up) = match &indicator.measure {
            Measure::Share(share) => (Some(&share.having), share.follow_up.as_ref()),
            Measure::Ratio(ratio) => (ratio.per.having.as_ref(), None),
            _ => (None, None),
        };
        let Some(having) = having else { return compiler.steps(asked, as_of) };
        let column = self.columns.len() + self.combined.len();
        let column = column + self.outcome(having, follow_up, as_of);
        let success =
            compiler.ask(Source::Levels { column, levels: OUTCOMES }, Question::OneOf(vec![1]));
        // Whether an enrolment tells of the outcome is asked of each: the person's answer is in `having`.
        let steps = match &indicator.measure {
            Measure::Share(_) => {
                let due = follow_up.map(|follow_up| compiler.due_after(follow_up, as_of));
                Steps { due, ..compiler.population(asked) }
            }
            _ => compiler.steps(asked, as_of)?,
        };
        Some(Steps { having: Some(success), ..steps })
    }

    /// The position of an outcome; equal ones are asked once.
    fn outcome(
        &mut self,
        having: &'p Condition,
        follow_up: Option<&'p FollowUp>,
        as_of: NaiveDate,
    ) -> usize {
        let follow_up = follow_up.filter(|follow_up| follow_up.window().is_some());
        let asked = self.declared.iter().position(|declared| *declared == (having, follow_up));
        asked.unwrap_or_else(|| {
            self.declared.push((having, follow_up));
            let window = follow_up.and_then(|follow_up| self.window(follow_up, as_of));
            self.outcomes.push(Outcome { having: self.enrolment.condition(having), window });
            self.outcomes.len() - 1
        })
    }

    fn window(&self, follow_up: &FollowUp, as_of: NaiveDate) -> Option<Window> {
        let (before, after) = follow_up.window()?;
        Some(Window {
            after: self.columns.get_index_of(&follow_up.after)?,
            observed_on: self.columns.get_index_of(follow_up.observed_on.as_deref()?)?,
            delay: follow_up.delay(),
            lateness: (-f64::from(before), f64::from(after)),
            last_due: last_due(follow_up.delay(), as_of),
            last_closed: last_closed(follow_up, as_of),
        })
    }

    pub(super) fn finish(self) -> Persons {
        let crossing = Crossing { columns: Vec::new(), tables: vec![Vec::new()] };
        let (axes, sums, marks) = self.enrolment.finish();
        let indicators = Vec::new();
        let (flow, told, days, persons) = (None, Vec::new(), Vec::new(), None);
        let enrolment = Plan { crossing, axes, indicators, sums, marks, flow, told, days, persons };
        let packing = Packing::new(self.columns, self.dates);
        let Self { combined, choices, outcomes, .. } = self;
        Persons { packing, enrolment: Box::new(enrolment), combined, choices, outcomes }
    }
}

impl Outcome {
    /// The column of answers. The persons' rows are in `rows`, their enrolments at their places in `enrolments`.
    pub(super) fn column(
        &self,
        persons: &[Person],
        rows: &Register<'_>,
        enrolments: &Register<'_>,
        of_enrolment: impl Fn(usize) -> Truth,
    ) -> RowColumn<'static> {
        let levels = persons.iter().enumerate().map(|(row, person)| {
            match self.truth(person, row, rows, enrolments, &of_enrolment) {
                Truth::False => 0,
                Truth::True => 1,
                Truth::Unknown => OUTCOMES,
            }
        });
        RowColumn::Levels(LevelCodes::from_levels(levels.collect(), OUTCOMES))
    }

    /// Kleene's *any* of the enrolments of a person that tell of the outcome; unknown where none does.
    fn truth(
        &self,
        person: &Person,
        row: usize,
        rows: &Register<'_>,
        enrolments: &Register<'_>,
        of_enrolment: impl Fn(usize) -> Truth,
    ) -> Truth {
        let window = self.window.as_ref();
        // What is not due yet is looked at whatever its window: a success may be known early.
        let due = window.and_then(|window| {
            let after = rows.days(window.after)?.at(row)?;
            (after <= window.last_due?).then_some((window, after))
        });
        let tells = |place: &usize| {
            due.is_none_or(|(window, after)| {
                let observed_on = enrolments.days(window.observed_on);
                window.holds(after, observed_on.and_then(|days| days.at(*place)))
            })
        };
        let told = person.enrolments.clone().filter(tells).map(of_enrolment);
        told.reduce(Truth::or).unwrap_or(Truth::Unknown)
    }
}

impl Window {
    /// Whether an enrolment tells of what is due so long after `after`: its observation lies in the window, or the
    /// window has closed without one.
    fn holds(&self, after: i32, observed_on: Option<i32>) -> bool {
        let (early, late) = self.lateness;
        match lateness(Some(after), self.delay, observed_on) {
            Some(days) => early <= days && days <= late,
            None => observed_on.is_none() && self.last_closed.is_some_and(|last| after <= last),
        }
    }
}
