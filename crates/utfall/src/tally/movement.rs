//! Movement between two ratings: how far a unit has moved on each item, and on all of them by the declared rule.
//!
//! Every level of an item's columns is told apart, for the matrix of before and after needs them all; how far a unit has
//! moved then follows from its classes. Only between numbers do axes of their own say it.

use super::axis::{Factor, Interval, NumberStep, Question, Source};
use super::predicate::{Compiler, Predicate, Signature};
use super::truth::Truth;
use crate::data::level_count;
use crate::project::{Column, ColumnType, Decimal, Direction, Item, StepMovement, StepRule};

/// The items of a change, and all of them together.
#[derive(Debug, Clone)]
pub(crate) struct Movements {
    pub(crate) items: Vec<ItemMovement>,
    /// By the declared rule; of one item the item itself.
    pub(crate) whole: Moved,
}

/// The movement on one item.
#[derive(Debug, Clone)]
pub(crate) struct ItemMovement {
    pub(crate) moved: Moved,
    /// The levels before and after; absent where numbers are measured.
    pub(crate) ladder: Option<Ladder>,
}

/// Whether a unit has moved up or down by as much as counts.
#[derive(Debug, Clone)]
pub(crate) struct Moved {
    pub(crate) up: Predicate,
    down: Predicate,
}

/// Which way a unit has moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Up,
    Same,
    Down,
    NotMeasurable,
}

impl Moved {
    pub(crate) fn of(&self, signature: &Signature<'_>) -> Step {
        match signature.truth(&self.up) {
            Truth::True => Step::Up,
            Truth::Unknown => Step::NotMeasurable,
            Truth::False if signature.holds(&self.down) => Step::Down,
            Truth::False => Step::Same,
        }
    }
}

/// The axes of the levels before and after.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ladder {
    from: usize,
    to: usize,
    /// How many levels there are; the class of unknown.
    pub(crate) levels: u32,
    best: u32,
}

impl Ladder {
    /// The levels before and after; unknown is the one after the last.
    pub(crate) fn ends(&self, signature: &Signature<'_>) -> (u32, u32) {
        (signature.classes[self.from], signature.classes[self.to])
    }

    /// Whether the best level was reached before, so that no movement leads higher.
    pub(crate) fn is_at_ceiling(&self, signature: &Signature<'_>) -> bool {
        signature.classes[self.from] == self.best
    }
}

/// A step between two columns of levels, by the classes of their axes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LevelStep {
    from: usize,
    to: usize,
    /// The class of unknown.
    unknown: u32,
}

impl LevelStep {
    pub(super) fn visit_axes(&self, visit: &mut impl FnMut(usize)) {
        visit(self.from);
        visit(self.to);
    }
}

impl Movements {
    /// Calls `visit` with every axis that is asked.
    pub(super) fn visit_axes(&self, visit: &mut impl FnMut(usize)) {
        let moved = self.items.iter().map(|item| &item.moved).chain([&self.whole]);
        for moved in moved {
            moved.up.visit_axes(visit);
            moved.down.visit_axes(visit);
        }
        for ladder in self.items.iter().filter_map(|item| item.ladder) {
            visit(ladder.from);
            visit(ladder.to);
        }
    }
}

/// How many levels some steps lead up together; `None` where one of them is not known.
pub(super) fn total(steps: &[LevelStep], signature: &Signature<'_>) -> Option<i64> {
    let known = |axis: usize, step: &LevelStep| {
        Some(signature.classes[axis]).filter(|level| *level != step.unknown)
    };
    let length = |step: &LevelStep| {
        let (from, to) = (known(step.from, step)?, known(step.to, step)?);
        Some(i64::from(to) - i64::from(from))
    };
    steps.iter().map(length).sum()
}

/// Two columns of an item in the direction of what is better.
#[derive(Debug, Clone, Copy)]
enum Pair {
    Levels { step: LevelStep },
    Numbers { from: usize, to: usize, decimals: (Option<u32>, Option<u32>) },
}

impl Compiler<'_> {
    /// The items of a change and its rule. `None` where columns do not fit; a checked project has none such.
    pub(crate) fn movements(&mut self, declared: &StepMovement) -> Option<Movements> {
        let at_least = declared.at_least.unwrap_or_else(|| Decimal::from_integer(1));
        let (mut pairs, mut items) = (Vec::new(), Vec::new());
        for item in &declared.items {
            let (pair, ladder) = self.pair(item)?;
            let moved = self.moved(&[pair], &at_least, 1)?;
            pairs.push(pair);
            items.push(ItemMovement { moved, ladder });
        }
        let ups = Predicate::Any(items.iter().map(|item| item.moved.up.clone()).collect());
        let down = Predicate::Any(items.iter().map(|item| item.moved.down.clone()).collect());
        let whole = match (declared.rule, &items[..]) {
            // Whatever the rule, one item decides alone.
            (_, [item]) => item.moved.clone(),
            (Some(StepRule::NoRegression), _) => {
                let none_down = Predicate::Not(Box::new(down.clone()));
                Moved { up: Predicate::All(vec![ups, none_down]), down }
            }
            (Some(StepRule::Net), _) => self.moved(&pairs, &at_least, 1)?,
            (Some(StepRule::Mean), _) => self.moved(&pairs, &at_least, pairs.len() as u64)?,
            (Some(StepRule::AnyItem) | None, _) => Moved { up: ups, down },
        };
        Some(Movements { items, whole })
    }

    fn pair(&mut self, item: &Item) -> Option<(Pair, Option<Ladder>)> {
        let columns = self.columns;
        let is_reversed = item.higher_is == Some(Direction::Worse);
        let before = columns.get_full(&item.from)?;
        let after = columns.get_full(&item.to)?;
        // What is worse when higher moves forward from after to before.
        let (low, high) = if is_reversed { (after, before) } else { (before, after) };
        if before.2.column_type() == ColumnType::Number {
            let decimals = (low.2.decimals, high.2.decimals);
            return Some((Pair::Numbers { from: low.0, to: high.0, decimals }, None));
        }
        let mut axis = |(position, _, column): (usize, &String, &Column)| {
            (self.tell_apart(position, column), u32::try_from(level_count(column)).ok())
        };
        let ((from, levels), (to, _)) = (axis(before), axis(after));
        let levels = levels?;
        let best = if is_reversed { 0 } else { levels.saturating_sub(1) };
        let (low, high) = if is_reversed { (to, from) } else { (from, to) };
        let step = LevelStep { from: low, to: high, unknown: levels };
        Some((Pair::Levels { step }, Some(Ladder { from, to, levels, best })))
    }

    /// Whether some pairs together have moved by `at_least`, so many times: once each, or once for each pair.
    fn moved(&mut self, pairs: &[Pair], at_least: &Decimal, times: u64) -> Option<Moved> {
        let steps: Vec<LevelStep> = pairs
            .iter()
            .filter_map(|pair| match pair {
                Pair::Levels { step } => Some(*step),
                Pair::Numbers { .. } => None,
            })
            .collect();
        if steps.len() == pairs.len() {
            // Levels are whole: the smallest whole number that reaches the limit.
            let at_least = i64::try_from(at_least.times_ceil(times)).unwrap_or(i64::MAX);
            let back = steps.iter().map(|step| LevelStep { from: step.to, to: step.from, ..*step });
            let down = Predicate::Steps { steps: back.collect(), at_least };
            return Some(Moved { up: Predicate::Steps { steps, at_least }, down });
        }
        self.numbers_moved(pairs, at_least, times)
    }

    fn numbers_moved(&mut self, pairs: &[Pair], at_least: &Decimal, times: u64) -> Option<Moved> {
        let numbers: Vec<_> = pairs
            .iter()
            .map(|pair| match pair {
                Pair::Numbers { from, to, decimals } => Some((*from, *to, *decimals)),
                Pair::Levels { .. } => None,
            })
            .collect::<Option<_>>()?;
        // All are brought to the finest of their units; where one has none, to the numbers themselves.
        let all = numbers.iter().flat_map(|(.., decimals)| [decimals.0, decimals.1]);
        let finest = all.collect::<Option<Vec<_>>>().and_then(|all| all.into_iter().max());
        let factor = |own| Factor::between(own, finest);
        let steps: Vec<NumberStep> = numbers
            .iter()
            .map(|(from, to, own)| {
                let factors = (factor(own.0), factor(own.1));
                NumberStep { from: *from, to: *to, factors }
            })
            .collect();
        let source = match steps[..] {
            [NumberStep { from, to, factors }] => Source::Step { from, to, factors },
            _ => Source::StepSum { steps },
        };
        #[allow(clippy::cast_precision_loss, reason = "items are few")]
        let limit = at_least.times(times).map_or_else(
            || at_least.in_units(finest) * times as f64,
            |limit| limit.in_units(finest),
        );
        let mut ask =
            |low, high| self.ask(source.clone(), Question::Within(vec![Interval { low, high }]));
        Some(Moved { up: ask(Some(limit), None), down: ask(None, Some(-limit)) })
    }
}
