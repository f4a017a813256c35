//! What the enrolments of a person say together, where that is not what the first one says: columns of a person's row
//! behind those of the register, each filled by a rule.
//!
//! An indicator is then compiled as for any register, with the names of these columns in place of its own.

use super::accounting::Place;
use super::answers::Answer;
use super::movement::{Moved, Step};
use super::predicate::{Compiler, Signature};
use crate::data::{Person, Register, RowColumn};
use crate::project::{
    Column, ColumnTotal, Incidence, Indicator, Measure, Named, OfPerson, Ratio, StepMovement,
    Survey,
};
use crate::stats::ExactSum;

/// A column of persons that is filled from all their enrolments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Combined {
    /// The column of the register, by position.
    column: usize,
    rule: Rule,
}

/// How the enrolments of a person fill a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// The sum of their numbers; unknown where one of them is.
    Total,
    /// The value of the last enrolment in which it is known.
    Latest,
    /// The first day that is not before the person's day in another column; where there is none, that of the last
    /// enrolment.
    FirstFrom { after: usize },
    /// The value in the enrolment that a choice prefers.
    Chosen { choice: usize },
}

/// Which enrolment of a person is preferred, so that success is Kleene's *any*: one that succeeds, else one that could
/// have, else one that does not; of several the earliest.
#[derive(Debug, Clone)]
pub(super) enum Choice {
    /// By how an enrolment has moved.
    Movement(Moved),
    /// By how an enrolment answers an item.
    Answer(Answer),
}

impl Choice {
    /// The place of an enrolment in the order of preference.
    pub(super) fn rank(&self, signature: &Signature<'_>) -> usize {
        match self {
            Self::Movement(moved) => match moved.of(signature) {
                Step::Up => 0,
                Step::NotMeasurable => 1,
                Step::Same => 2,
                Step::Down => 3,
            },
            Self::Answer(answer) => match answer.place(signature) {
                Place::Success => 0,
                Place::Missing => 1,
                Place::Failure => 2,
                // It does not apply.
                _ => 3,
            },
        }
    }
}

/// The columns of persons, and the indicators that read them.
#[derive(Debug)]
pub(super) struct Combining<'p, 'c> {
    columns: &'p Named<Column>,
    /// Compiles what is asked of each enrolment.
    enrolment: &'c mut Compiler<'p>,
    /// The columns of the register, and behind them those that are combined.
    pub(super) named: Named<Column>,
    pub(super) combined: Vec<Combined>,
    pub(super) choices: Vec<Choice>,
}

impl<'p, 'c> Combining<'p, 'c> {
    pub(super) fn new(columns: &'p Named<Column>, enrolment: &'c mut Compiler<'p>) -> Self {
        let (combined, choices) = (Vec::new(), Vec::new());
        Self { columns, enrolment, named: columns.clone(), combined, choices }
    }

    /// The indicator as it is asked of a person's row. `None` where a column is not there; a checked project has all.
    pub(super) fn indicator(&mut self, indicator: &Indicator) -> Option<Indicator> {
        let measure = match &indicator.measure {
            Measure::Sum(total) => Measure::Sum(self.total(total)?),
            Measure::Mean(total) => Measure::Mean(self.total(total)?),
            Measure::Ratio(ratio) => Measure::Ratio(self.ratio(ratio)?),
            Measure::Incidence(incidence) => Measure::Incidence(self.incidence(incidence)?),
            Measure::Change(movement) => Measure::Change(self.movement(movement)?),
            Measure::Survey(survey) => Measure::Survey(self.survey(survey)?),
            // A success is asked of every enrolment by itself, and a coverage is refused.
            Measure::Share(_) | Measure::Count(_) | Measure::Coverage(_) => {
                return Some(indicator.clone());
            }
        };
        Some(Indicator { measure, ..indicator.clone() })
    }

    /// The name of a combined column; equal ones are filled once.
    fn column(&mut self, name: &str, rule: Rule) -> Option<String> {
        let (column, _, declared) = self.columns.get_full(name)?;
        let combined = Combined { column, rule };
        let known = self.combined.iter().position(|known| *known == combined);
        let number = known.unwrap_or(self.combined.len());
        // No name that a project file declares has a control character.
        let name = format!("\u{0}{number}");
        if known.is_none() {
            self.combined.push(combined);
            self.named.insert(name.clone(), declared.clone());
        }
        Some(name)
    }

    fn number(&mut self, name: &str) -> Option<String> {
        match self.columns.get(name)?.of_person.unwrap_or(OfPerson::Total) {
            OfPerson::Total => self.column(name, Rule::Total),
            OfPerson::Last => self.column(name, Rule::Latest),
            OfPerson::First => Some(name.to_owned()),
        }
    }

    fn total(&mut self, total: &ColumnTotal) -> Option<ColumnTotal> {
        Some(ColumnTotal { column: self.number(&total.column)? })
    }

    fn ratio(&mut self, ratio: &Ratio) -> Option<Ratio> {
        let mut ratio = ratio.clone();
        ratio.of_sum = self.number(&ratio.of_sum)?;
        if let Some(sum) = &mut ratio.per.sum {
            *sum = self.number(sum)?;
        }
        Some(ratio)
    }

    fn incidence(&mut self, incidence: &Incidence) -> Option<Incidence> {
        let mut incidence = incidence.clone();
        let after = self.columns.get_index_of(&incidence.after)?;
        for event in incidence.events.values_mut() {
            *event = self.column(event, Rule::FirstFrom { after })?;
        }
        Some(incidence)
    }

    /// All items are read from one enrolment, so that their matrices are of one movement: one that has moved up, else one
    /// that is not measured, else one that has not moved down.
    fn movement(&mut self, movement: &StepMovement) -> Option<StepMovement> {
        let whole = self.enrolment.movements(movement)?.whole;
        let choice = self.choose(Choice::Movement(whole));
        let mut movement = movement.clone();
        for item in &mut movement.items {
            item.from = self.column(&item.from, Rule::Chosen { choice })?;
            item.to = self.column(&item.to, Rule::Chosen { choice })?;
        }
        Some(movement)
    }

    /// Each item is read from an enrolment of its own: one that answers it favourably, else one without an answer, else
    /// one that answers.
    fn survey(&mut self, declared: &Survey) -> Option<Survey> {
        let mut survey = declared.clone();
        for item in &mut survey.items {
            let answer = self.enrolment.answer(item, declared)?;
            let choice = self.choose(Choice::Answer(answer));
            *item = self.column(item, Rule::Chosen { choice })?;
        }
        Some(survey)
    }

    fn choose(&mut self, choice: Choice) -> usize {
        self.choices.push(choice);
        self.choices.len() - 1
    }
}

impl Combined {
    /// The column of some persons, whose rows are in `rows` and whose enrolments lie at their places in `enrolments`;
    /// `rank` is that of an enrolment in a choice.
    pub(super) fn fill(
        &self,
        persons: &[Person],
        rows: &Register<'_>,
        enrolments: &Register<'_>,
        rank: impl Fn(usize, usize) -> usize,
    ) -> RowColumn<'static> {
        let column = &enrolments.columns[self.column];
        if let (Rule::Total, RowColumn::Numbers(numbers)) = (self.rule, column) {
            let total = |person: &Person| -> Option<f64> {
                let mut sum = ExactSum::default();
                for place in person.enrolments.clone() {
                    sum.add(numbers.at(place)?, 1)?;
                }
                Some(sum.value())
            };
            return RowColumn::of_numbers(persons.iter().map(total));
        }
        let last = |person: &Person| person.enrolments.end.saturating_sub(1);
        let place = |(row, person): (usize, &Person)| match self.rule {
            Rule::Total => person.enrolments.start,
            Rule::Latest => {
                let known = |place: &usize| column.is_known(*place);
                person.enrolments.clone().rev().find(known).unwrap_or_else(|| last(person))
            }
            Rule::FirstFrom { after } => {
                let after = rows.days(after).and_then(|days| days.at(row));
                let day = |place: usize| enrolments.days(self.column)?.at(place);
                let in_time = |place: &usize| day(*place) >= after && day(*place).is_some();
                let first =
                    person.enrolments.clone().filter(in_time).min_by_key(|place| day(*place));
                first.unwrap_or_else(|| last(person))
            }
            Rule::Chosen { choice } => {
                let ranked = |place: &usize| rank(choice, *place);
                person.enrolments.clone().min_by_key(ranked).unwrap_or(person.enrolments.start)
            }
        };
        column.of_rows(persons.iter().enumerate().map(place))
    }
}
