//! What else to hide for one cell: the cheapest cells that balance it.
//!
//! The linear relaxation of the problem for one protected cell (Kelly, Golden and Assad, *Networks* 1992; Fischetti and
//! Salazar, *Management Science* 2001): the cell is moved as far as its protection asks for, and every published cell
//! that has to move with it costs its share. It is solved by the primal-dual method, which needs no more than pushes: while the cell
//! is stuck, the row of the dictionary says on which published cells; their prices rise evenly until one is paid for.

use super::proof::{Engine, Proof, Proven, Question, Table, table_of};
use super::simplex::{Push, Simplex};

/// Tables of prices and a dictionary over all cells that may be hidden.
#[derive(Debug)]
pub(super) struct Purse {
    simplex: Simplex,
    prices: Vec<f64>,
    priced: Vec<usize>,
}

const NOTHING: f64 = 1e-9;

impl Purse {
    pub(super) fn new(engine: &Engine<'_>, allowed: &[bool], hidden: &[bool]) -> Self {
        let may = |cell: usize| allowed[cell] || engine.unknown(hidden, cell);
        let mut simplex = engine.simplex(may);
        for cell in (0..hidden.len()).filter(|cell| engine.unknown(hidden, *cell)) {
            let (low, high) = engine.range(cell);
            simplex.bound(cell, low, high);
        }
        Self { simplex, prices: vec![0.0; hidden.len()], priced: Vec::new() }
    }

    /// The cell is hidden from now on.
    pub(super) fn hide(&mut self, engine: &Engine<'_>, cell: usize) {
        let (low, high) = engine.range(cell);
        self.simplex.bound(cell, low, high);
    }

    /// As [`Engine::prove`], with the cells that are hidden so far.
    pub(super) fn prove(&mut self, engine: &Engine<'_>, cell: usize, known: Proof) -> Proven {
        engine.prove(&mut |question| engine.answer(&mut self.simplex, question), cell, known)
    }

    /// The published cells to hide so that the question has an answer, with that answer if it is a whole table. `None`
    /// if no cells help.
    pub(super) fn buy(
        &mut self,
        engine: &Engine<'_>,
        hidden: &[bool],
        question: Question,
        most: u64,
    ) -> Option<(Vec<usize>, Option<Table>)> {
        self.simplex.restart();
        let held = question.insider.map(|insider| (insider, self.simplex.bounds(insider)));
        held.iter().for_each(|(insider, _)| self.simplex.bound(*insider, 0.0, 0.0));
        let bought = self.pay(engine, hidden, question, most);
        held.iter().for_each(|(insider, (low, high))| self.simplex.bound(*insider, *low, *high));
        let found = bought.then(|| {
            let moved = self.simplex.moved().to_vec();
            let new = moved.into_iter().map(|cell| cell as usize).filter(|cell| {
                !engine.unknown(hidden, *cell) && self.simplex.deviation(*cell) != 0.0
            });
            (new.collect(), table_of(&mut self.simplex))
        });
        self.simplex.restart();
        for cell in std::mem::take(&mut self.priced) {
            self.prices[cell] = 0.0;
            if !engine.unknown(hidden, cell) {
                self.simplex.bound(cell, 0.0, 0.0);
            }
        }
        found
    }

    fn pay(&mut self, engine: &Engine<'_>, hidden: &[bool], question: Question, most: u64) -> bool {
        let Question { cell, goal, .. } = question;
        let last = self.simplex.pivots().saturating_add(most);
        loop {
            let left = last.saturating_sub(self.simplex.pivots());
            #[expect(clippy::cast_precision_loss, reason = "values are below 2^50")]
            match self.simplex.push(cell, goal as f64, goal > 0, left) {
                Push::Reached => return true,
                Push::Stuck => {}
                Push::Unbounded | Push::Spent => return false,
            }
            if !self.raise(engine, hidden, question) {
                return false;
            }
        }
    }

    /// Raises the prices of the cells in the way until one is paid for, and lets that one move.
    fn raise(&mut self, engine: &Engine<'_>, hidden: &[bool], question: Question) -> bool {
        let sign = if question.goal > 0 { 1.0 } else { -1.0 };
        let in_the_way = |(cell, pace): &(u32, f64)| {
            let cell = *cell as usize;
            let known = !engine.unknown(hidden, cell) && question.insider != Some(cell);
            known.then_some((cell, pace * sign))
        };
        let reasons: Vec<(usize, f64)> =
            self.simplex.reasons(question.cell).iter().filter_map(in_the_way).collect();
        let mut rise = f64::INFINITY;
        for (cell, pace) in &reasons {
            let (down, up) = cost(engine, *cell, question.goal);
            let left =
                if *pace > 0.0 { up - self.prices[*cell] } else { down + self.prices[*cell] };
            if left > NOTHING {
                rise = rise.min(left / pace.abs());
            }
        }
        if rise.is_infinite() {
            return false;
        }
        for (cell, pace) in reasons {
            if self.prices[cell] == 0.0 {
                self.priced.push(cell);
            }
            self.prices[cell] += rise * pace;
            let (down, up) = cost(engine, cell, question.goal);
            let (low, high) = engine.range(cell);
            let price = self.prices[cell];
            let by = self.simplex.deviation(cell);
            if price >= up - NOTHING || by > 0.0 {
                self.simplex.bound(cell, 0.0, high);
            } else if -price >= down - NOTHING || by < 0.0 {
                self.simplex.bound(cell, low, 0.0);
            } else {
                self.simplex.bound(cell, 0.0, 0.0);
            }
        }
        true
    }
}

/// What a unit of movement down and up costs: a cell that can give all that is asked for costs no more than one that
/// cannot.
#[expect(clippy::cast_precision_loss, reason = "values are below 2^50")]
fn cost(engine: &Engine<'_>, cell: usize, goal: i64) -> (f64, f64) {
    let (low, high) = engine.range(cell);
    let price = engine.system.cells()[cell].cost.max(1) as f64;
    let units = |room: f64| {
        let units = room.min(goal.unsigned_abs() as f64);
        if units >= 1.0 { price / units } else { f64::INFINITY }
    };
    (units(-low), units(high))
}
