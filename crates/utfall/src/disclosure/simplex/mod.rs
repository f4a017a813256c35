//! What cells can be, given those that are known: the simplex method on deviations from the true values.
//!
//! Every question asks how far one cell can move while the others balance it within their bounds. The true values answer
//! all relations, so there is no first phase: each cell's deviation starts at 0. The relations are the same for every
//! question, so a basis once found serves all of them; the row of the asked cell is its objective. Of the dictionary that belongs
//! to a basis only that row and the columns that are tried are worked out (revised simplex method; Dantzig, *Linear Programming
//! and Extensions*, 1963): in three dimensions the whole would fill with fractions.

mod basis;
mod factor;

use std::sync::Arc;

use basis::Basis;
use factor::Entries;

/// What counts as no movement, and as no difference between bounds.
const SLACK: f64 = 1e-7;

/// Steps of no length in a row after which the lowest cells move first, which cannot go round in circles (Bland, *Mathematics
/// of Operations Research* 1977).
const STALLED: usize = 300;

/// Steps of no length in a row after which a whole table is not looked for any longer.
const WHOLE_STALLED: usize = 30;

/// How a push ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Push {
    /// The cell is where it was wanted.
    Reached,
    /// It cannot go further.
    Stuck,
    /// It can go as far as one likes.
    Unbounded,
    /// The pivots are used up, or only fractions lead on.
    Spent,
}

/// Deviations from the true values, their bounds, and the basis that balances them. After the cells come the remainders of
/// the relations, which cannot move.
#[derive(Debug, Clone)]
pub(super) struct Simplex {
    basis: Basis,
    /// As it was at first: totals in terms of their parts.
    first: Arc<Basis>,
    deviations: Vec<f64>,
    low: Vec<f64>,
    high: Vec<f64>,
    pivots: u64,
    whole: bool,
    moved: Vec<u32>,
    row: Entries,
    column: Entries,
    /// Whose column it is.
    column_of: Option<usize>,
}

/// A step: who enters, in which direction, how far, and who is in the way.
#[derive(Clone, Copy)]
struct Step {
    entering: usize,
    direction: f64,
    length: f64,
    leaving: Option<usize>,
}

impl Simplex {
    /// Cells that cannot move yet.
    pub(super) fn new(cells: usize, relations: &[Vec<(usize, i64)>]) -> Self {
        let basis = Basis::new(cells, relations);
        let variables = basis.variables();
        Self {
            first: Arc::new(basis.clone()),
            basis,
            deviations: vec![0.0; variables],
            low: vec![0.0; variables],
            high: vec![0.0; variables],
            pivots: 0,
            whole: false,
            moved: Vec::new(),
            row: Entries::new(),
            column: Entries::new(),
            column_of: None,
        }
    }

    /// Lets a cell move within these deviations, or holds it where both are 0.
    pub(super) fn bound(&mut self, cell: usize, low: f64, high: f64) {
        (self.low[cell], self.high[cell]) = (low, high);
    }

    /// How far a cell may go down and up.
    pub(super) fn bounds(&self, cell: usize) -> (f64, f64) {
        (self.low[cell], self.high[cell])
    }

    /// Back to the true values.
    pub(super) fn restart(&mut self) {
        for cell in self.moved.drain(..) {
            self.deviations[cell as usize] = 0.0;
        }
    }

    /// To where a table stands that agrees with all relations.
    pub(super) fn start_at(&mut self, table: &[(usize, i64)]) {
        self.restart();
        for (cell, by) in table {
            #[expect(clippy::cast_precision_loss, reason = "deviations are below 2^51")]
            self.shift(*cell, *by as f64);
        }
    }

    /// Back to the true values and to the first basis.
    pub(super) fn start_afresh(&mut self) {
        self.restart();
        self.basis = (*self.first).clone();
        self.column_of = None;
    }

    pub(super) fn deviation(&self, cell: usize) -> f64 {
        self.deviations[cell]
    }

    /// The cells that may have left their true values, some perhaps more than once.
    pub(super) fn moved(&mut self) -> &[u32] {
        self.moved.sort_unstable();
        self.moved.dedup();
        &self.moved
    }

    /// Pivots made since the beginning.
    pub(super) const fn pivots(&self) -> u64 {
        self.pivots
    }

    /// The cell in terms of those that cannot move: why it is stuck. Empty if it is one of those itself.
    pub(super) fn reasons(&mut self, cell: usize) -> &[(u32, f64)] {
        self.basis.row(cell, &mut self.row);
        &self.row
    }

    /// Moves a cell up or down until it deviates by `goal`, from where things stand.
    pub(super) fn push(&mut self, cell: usize, goal: f64, up: bool, most: u64) -> Push {
        self.whole = false;
        self.pushed(cell, goal, up, most)
    }

    /// The same in steps that keep all cells at whole numbers, from where all are at whole numbers.
    pub(super) fn push_whole(&mut self, cell: usize, goal: f64, up: bool, most: u64) -> Push {
        self.whole = true;
        self.pushed(cell, goal, up, most)
    }

    fn pushed(&mut self, cell: usize, goal: f64, up: bool, most: u64) -> Push {
        let sign = if up { 1.0 } else { -1.0 };
        let last = self.pivots.saturating_add(most);
        let mut stalled = 0;
        loop {
            let left = (goal - self.deviations[cell]) * sign;
            if left <= SLACK {
                return Push::Reached;
            }
            if self.pivots >= last || (self.whole && stalled > WHOLE_STALLED) {
                return Push::Spent;
            }
            let Some(step) = self.step(cell, sign, left, stalled > STALLED) else {
                return Push::Stuck;
            };
            if step.length.is_infinite() {
                return Push::Unbounded;
            }
            stalled = if step.length > SLACK { 0 } else { stalled + 1 };
            self.take(step);
        }
    }

    /// The next step, if there is one that brings the cell on. Whether it has a length takes as long to tell as the step itself.
    fn step(&mut self, cell: usize, sign: f64, left: f64, lowest: bool) -> Option<Step> {
        if !self.basis.is_basic(cell) {
            return self.room(cell, sign).then(|| self.ratio(cell, sign, cell, left, lowest));
        }
        let mut row = std::mem::take(&mut self.row);
        self.basis.row(cell, &mut row);
        // Starting each time elsewhere spreads the choice, which leads out of corners where nothing moves.
        let start = if lowest { 0 } else { spread(self.pivots, row.len()) };
        let mut candidates = row[start..].iter().chain(&row[..start]);
        let chosen = candidates.find_map(|(entering, coefficient)| {
            let direction = (coefficient * sign).signum();
            self.room(*entering as usize, direction).then_some((
                *entering,
                coefficient.abs(),
                direction,
            ))
        });
        self.row = row;
        let (entering, pace, direction) = chosen?;
        Some(self.ratio(entering as usize, direction, cell, left / pace, lowest))
    }

    fn room(&self, cell: usize, direction: f64) -> bool {
        if direction > 0.0 {
            self.high[cell] - self.deviations[cell] > SLACK
        } else {
            self.deviations[cell] - self.low[cell] > SLACK
        }
    }

    /// How far a cell can go before it or a basic one comes to a bound, or the pushed one to its goal.
    fn ratio(
        &mut self,
        cell: usize,
        direction: f64,
        pushed: usize,
        goal: f64,
        lowest: bool,
    ) -> Step {
        let bound = if direction > 0.0 { self.high[cell] } else { self.low[cell] };
        let goal = if self.whole { (goal - SLACK).ceil() } else { goal };
        let mut length = ((bound - self.deviations[cell]) * direction).min(goal);
        let mut leaving: Option<(usize, f64)> = None;
        let column = self.column_of(cell);
        for (basic, coefficient) in &column {
            let basic = *basic as usize;
            let pace = coefficient * direction;
            let bound = if pace > 0.0 { self.high[basic] } else { self.low[basic] };
            if bound.is_infinite() {
                continue;
            }
            let ratio = ((bound - self.deviations[basic]) / pace).max(0.0);
            let better = |(other, size): (usize, f64)| {
                // A remainder that has gone never comes back.
                let of_none = self.basis.is_remainder(basic);
                let larger = pace.abs() > size && basic != pushed;
                if lowest { of_none || basic < other } else { of_none || larger }
            };
            let tied = (ratio - length).abs() <= SLACK;
            if ratio < length - SLACK || (tied && leaving.is_some_and(better)) {
                length = ratio.min(length);
                leaving = Some((basic, pace.abs()));
            }
        }
        if self.whole {
            length = whole_part(length, &column);
        }
        self.column = column;
        Step { entering: cell, direction, length, leaving: leaving.map(|(basic, _)| basic) }
    }

    fn take(&mut self, step: Step) {
        self.pivots += 1;
        let column = self.column_of(step.entering);
        if step.length > 0.0 {
            let by = step.direction * step.length;
            self.shift(step.entering, by);
            column.iter().for_each(|(basic, pace)| self.shift(*basic as usize, by * pace));
        }
        if let Some(leaving) = step.leaving {
            self.basis.pivot(step.entering, leaving, &column);
            self.column_of = None;
        }
        self.column = column;
    }

    /// The column of a cell, to be given back.
    fn column_of(&mut self, cell: usize) -> Entries {
        let mut column = std::mem::take(&mut self.column);
        if self.column_of.replace(cell) != Some(cell) {
            self.basis.column(cell, &mut column);
        }
        column
    }

    fn shift(&mut self, cell: usize, by: f64) {
        if self.deviations[cell] == 0.0 {
            self.moved.push(u32::try_from(cell).unwrap_or(u32::MAX));
        }
        let moved = self.deviations[cell] + by;
        let whole = moved.round();
        self.deviations[cell] = if (moved - whole).abs() < SLACK { whole } else { moved };
    }
}

/// The longest step within a length that moves all by whole numbers, with coefficients up to quarters and sixths.
fn whole_part(length: f64, column: &[(u32, f64)]) -> f64 {
    let whole = |steps: f64| {
        column.iter().all(|(_, pace)| {
            let by = pace * steps;
            (by - by.round()).abs() < SLACK
        })
    };
    let unit = [1.0, 2.0, 3.0, 4.0, 6.0, 12.0].into_iter().find(|steps| whole(*steps));
    unit.map_or(0.0, |unit| ((length + SLACK) / unit).floor() * unit)
}

/// A place among some, another for each number.
fn spread(number: u64, places: usize) -> usize {
    let mixed = (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33) as usize;
    mixed.checked_rem(places).unwrap_or(0)
}
