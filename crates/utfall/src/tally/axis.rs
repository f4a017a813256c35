//! Axes: what is looked at in a row, and into how many classes it falls.
//!
//! A condition asks little of a row: whether a status is one of two, whether a day lies before another. All tests of
//! one column together divide its values into a few classes, and the class answers every one of them. The classes of
//! all axes are the row's *signature*; rows with one signature are alike in everything that is asked.

use std::collections::HashMap;

use super::truth::Truth;
use crate::day::{self, Delay};

/// What is looked at in a row. Columns are named by their position in the register's declaration.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Source {
    /// A column of levels, with this many.
    Levels { column: usize, levels: u32 },
    /// A date column.
    Days { column: usize },
    /// A number column.
    Numbers { column: usize },
    /// How many levels, or how much, lies between two columns.
    Step { from: usize, to: usize, factors: (Factor, Factor) },
    /// How much lies between several pairs of number columns, all together.
    StepSum { steps: Vec<NumberStep> },
    /// How many days after its due day an observation was made.
    Lateness { after: usize, delay: Delay, observed_on: usize },
}

impl Source {
    /// The columns that are looked at, by position.
    pub(crate) fn columns(&self) -> Vec<usize> {
        match self {
            Self::Levels { column, .. } | Self::Days { column } | Self::Numbers { column } => {
                vec![*column]
            }
            Self::Step { from, to, .. } => vec![*from, *to],
            Self::StepSum { steps } => steps.iter().flat_map(|step| [step.from, step.to]).collect(),
            Self::Lateness { after, observed_on, .. } => vec![*after, *observed_on],
        }
    }
}

/// What lies between two number columns, brought to one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct NumberStep {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) factors: (Factor, Factor),
}

/// The power of ten that brings a column's numbers from the unit of its last decimal to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Factor(i32);

impl Factor {
    pub(crate) fn between(own: Option<u32>, other: Option<u32>) -> Self {
        let exponent = i64::from(other.unwrap_or(0)) - i64::from(own.unwrap_or(0));
        Self(i32::try_from(exponent).unwrap_or(0))
    }

    pub(crate) fn of(self, number: f64) -> f64 {
        // Ten to a negative power is no exact number; dividing by the positive one rounds once.
        if self.0 < 0 { number / 10_f64.powi(-self.0) } else { number * 10_f64.powi(self.0) }
    }
}

/// A yes-or-no question about what a source holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Question {
    /// Is it one of these levels?
    OneOf(Vec<u32>),
    /// Does it lie in one of these intervals?
    Within(Vec<Interval>),
    /// Is it known?
    Known(bool),
}

/// An interval of numbers, both ends included; `None` has no end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Interval {
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
}

impl Interval {
    pub(crate) const fn point(number: f64) -> Self {
        Self { low: Some(number), high: Some(number) }
    }

    /// Whether the whole of the open interval between two cuts, or a single cut (`low == high`), lies within.
    fn holds(&self, low: f64, high: f64) -> bool {
        self.low.is_none_or(|end| end <= low) && self.high.is_none_or(|end| end >= high)
    }
}

/// The numbers at which classes change, ascending; none for levels.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cuts(Vec<f64>);

impl Cuts {
    /// The raw class of a number: twice the cuts below it, plus one if it is a cut; that of unknown comes last.
    #[inline]
    pub(crate) fn raw_class(&self, number: Option<f64>) -> usize {
        number.map_or(self.raw_unknown(), |number| {
            self.0.iter().map(|cut| usize::from(*cut < number) + usize::from(*cut <= number)).sum()
        })
    }

    /// The cuts of days, which are whole.
    pub(crate) fn as_days(&self) -> Vec<i32> {
        #[allow(clippy::cast_possible_truncation, reason = "days are made from 32 bits")]
        self.0.iter().map(|cut| *cut as i32).collect()
    }

    fn raw_unknown(&self) -> usize {
        2 * self.0.len() + 1
    }

    /// The ends of a raw class: two cuts between which it lies, or twice the cut that it is.
    fn ends(&self, raw: usize) -> (f64, f64) {
        let below = raw.div_ceil(2).checked_sub(1).map_or(f64::NEG_INFINITY, |cut| self.0[cut]);
        let above = self.0.get(raw / 2).copied().unwrap_or(f64::INFINITY);
        if raw % 2 == 1 { (below, below) } else { (below, above) }
    }
}

/// A source, the questions asked of it, and its classes.
#[derive(Debug, Clone)]
pub(crate) struct Axis {
    pub(crate) source: Source,
    pub(crate) cuts: Cuts,
    /// From a raw class (a level, or a place among the cuts; unknown last) to a class.
    pub(crate) classes: Vec<u32>,
    /// For each class the answer to each question.
    answers: Vec<Vec<Truth>>,
    questions: Vec<Question>,
    /// Whether every level is a class of its own: the class is then the level, unknown last.
    is_told_apart: bool,
}

impl Axis {
    pub(crate) fn new(source: Source) -> Self {
        Self {
            source,
            cuts: Cuts::default(),
            classes: Vec::new(),
            answers: Vec::new(),
            questions: Vec::new(),
            is_told_apart: false,
        }
    }

    /// Asks for every level by itself.
    pub(crate) fn tell_apart(&mut self) {
        self.is_told_apart = true;
    }

    /// Asks a question; equal questions are asked once.
    pub(crate) fn ask(&mut self, question: Question) -> usize {
        let asked = self.questions.iter().position(|known| *known == question);
        asked.unwrap_or_else(|| {
            self.questions.push(question);
            self.questions.len() - 1
        })
    }

    /// Divides the source into classes, when all questions are asked.
    pub(crate) fn divide(&mut self) {
        let mut cuts: Vec<f64> = self
            .questions
            .iter()
            .flat_map(|question| match question {
                Question::Within(intervals) => &intervals[..],
                Question::OneOf(_) | Question::Known(_) => &[],
            })
            .flat_map(|interval| [interval.low, interval.high])
            .flatten()
            .collect();
        cuts.sort_by(f64::total_cmp);
        cuts.dedup();
        self.cuts = Cuts(cuts);
        let mut found: HashMap<Vec<Truth>, u32> = HashMap::new();
        for raw in 0..self.raw_classes() {
            let answers: Vec<Truth> =
                self.questions.iter().map(|question| self.answer_of_raw(question, raw)).collect();
            let next = u32::try_from(self.answers.len()).unwrap_or(u32::MAX);
            let known = found.get(&answers).copied().filter(|_| !self.is_told_apart);
            if known.is_none() {
                found.insert(answers.clone(), next);
                self.answers.push(answers);
            }
            self.classes.push(known.unwrap_or(next));
        }
    }

    /// How many classes there are.
    pub(crate) fn size(&self) -> u32 {
        u32::try_from(self.answers.len()).unwrap_or(u32::MAX)
    }

    /// The answer of a class to a question.
    pub(crate) fn answer(&self, class: u32, question: usize) -> Truth {
        self.answers[class as usize][question]
    }

    /// The raw class of unknown: the last.
    fn raw_unknown(&self) -> usize {
        match self.source {
            Source::Levels { levels, .. } => levels as usize,
            _ => self.cuts.raw_unknown(),
        }
    }

    fn raw_classes(&self) -> usize {
        self.raw_unknown() + 1
    }

    fn answer_of_raw(&self, question: &Question, raw: usize) -> Truth {
        let is_unknown = raw == self.raw_unknown();
        match question {
            Question::Known(known) => (is_unknown != *known).into(),
            _ if is_unknown => Truth::Unknown,
            Question::OneOf(levels) => levels.iter().any(|level| *level as usize == raw).into(),
            Question::Within(intervals) => {
                let (low, high) = self.cuts.ends(raw);
                intervals.iter().any(|interval| interval.holds(low, high)).into()
            }
        }
    }
}

/// How many days after its due day an observation was made; `None` where either is not known.
pub(crate) fn lateness(after: Option<i32>, delay: Delay, observed_on: Option<i32>) -> Option<f64> {
    let due = delay.after(day::from_number(after?)?)?;
    Some(f64::from(observed_on?) - f64::from(day::number(due)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(low: Option<f64>, high: Option<f64>) -> Question {
        Question::Within(vec![Interval { low, high }])
    }

    #[test]
    fn classes_answer_as_the_numbers_themselves() {
        let mut axis = Axis::new(Source::Numbers { column: 0 });
        let bounds =
            [(None, Some(2.0)), (Some(2.0), None), (Some(2.0), Some(2.0)), (Some(-1.0), Some(5.0))];
        let questions: Vec<usize> =
            bounds.iter().map(|(low, high)| axis.ask(within(*low, *high))).collect();
        let known = axis.ask(Question::Known(true));
        axis.divide();
        for number in [-7.0, -1.0, 0.0, 1.999, 2.0, 2.001, 5.0, 5.5] {
            let class = axis.classes[axis.cuts.raw_class(Some(number))];
            for ((low, high), question) in bounds.iter().zip(&questions) {
                let expected =
                    low.is_none_or(|low| low <= number) && high.is_none_or(|high| number <= high);
                assert_eq!(
                    axis.answer(class, *question),
                    expected.into(),
                    "{number} in {low:?}..{high:?}"
                );
            }
            assert_eq!(axis.answer(class, known), Truth::True);
        }
        let unknown = axis.classes[axis.cuts.raw_class(None)];
        assert_eq!(axis.answer(unknown, questions[0]), Truth::Unknown);
        assert_eq!(axis.answer(unknown, known), Truth::False);
    }

    #[test]
    fn levels_with_the_same_answers_are_one_class() {
        let mut axis = Axis::new(Source::Levels { column: 0, levels: 290 });
        axis.ask(Question::OneOf(vec![3, 17]));
        axis.divide();
        assert_eq!(axis.size(), 3);
    }

    #[test]
    fn levels_told_apart_are_their_own_classes() {
        let mut axis = Axis::new(Source::Levels { column: 0, levels: 4 });
        let question = axis.ask(Question::OneOf(vec![1, 2]));
        axis.tell_apart();
        axis.divide();
        assert_eq!(axis.classes, vec![0, 1, 2, 3, 4]);
        let answers: Vec<Truth> = (0..5).map(|class| axis.answer(class, question)).collect();
        assert_eq!(answers, [Truth::False, Truth::True, Truth::True, Truth::False, Truth::Unknown]);
    }

    #[test]
    fn an_axis_without_questions_is_one_class() {
        let mut axis = Axis::new(Source::Days { column: 0 });
        axis.divide();
        assert_eq!((axis.size(), axis.cuts.raw_class(Some(1.0))), (1, 0));
    }
}
