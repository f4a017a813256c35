//! Questions to a part of a large system: the cells near one, with all others at their true values.
//!
//! What is possible there is possible in the whole, so a table found there proves as much. A part has few relations, and
//! a step among them costs little; what it does not answer is asked of a larger part, or answered by hiding more.

use super::greedy::Purse;
use super::proof::{Engine, Question, Table};
use super::system::{Cell, Relation, System};

/// A system with more cells than this is asked in parts first.
pub(super) const LARGE: usize = 12_000;

/// Hidden cells of each of the asked cell's relations that a part takes, and how many a part has at most.
const WIDTH: (usize, usize) = (12, 700);

/// The same where others may be hidden too, the cheapest first; the wider where the narrower is not enough.
const WIDTHS: [(usize, usize); 2] = [(8, 700), (20, 3_000)];

/// Numbers that are marked, in the order in which they were.
struct Marked {
    marks: Vec<bool>,
    all: Vec<usize>,
}

impl Marked {
    fn new(numbers: usize) -> Self {
        Self { marks: vec![false; numbers], all: Vec::new() }
    }

    fn mark(&mut self, number: usize) {
        if !std::mem::replace(&mut self.marks[number], true) {
            self.all.push(number);
        }
    }
}

/// A part of a system, with its own numbers for cells.
struct Part {
    cells: Vec<usize>,
    system: System,
}

/// Answers a question by cells that are hidden.
pub(super) fn answer(engine: &Engine<'_>, hidden: &[bool], question: Question) -> Option<Table> {
    let price = |cell: usize| engine.unknown(hidden, cell).then_some(0);
    let part = Part::around(engine, question, WIDTH, price);
    let inner = Engine::new(&part.system);
    let mut simplex = inner.simplex(|_| true);
    for cell in 0..part.cells.len() {
        let (low, high) = inner.range(cell);
        simplex.bound(cell, low, high);
    }
    let table = inner.answer(&mut simplex, part.inside(question)?)?;
    Some(part.outside(&table))
}

/// As [`Purse::buy`], among the cells near the asked one.
pub(super) fn buy(
    engine: &Engine<'_>,
    allowed: &[bool],
    hidden: &[bool],
    question: Question,
    most: u64,
) -> Option<(Vec<usize>, Option<Table>)> {
    let price = |cell: usize| {
        let known = !engine.unknown(hidden, cell);
        let cost = || engine.system.cells()[cell].cost.max(1);
        (allowed[cell] || !known).then(|| if known { cost() } else { 0 })
    };
    WIDTHS.iter().find_map(|width| {
        let part = Part::around(engine, question, *width, price);
        let inner = Engine::new(&part.system);
        let of_part = |flags: &[bool]| part.cells.iter().map(|cell| flags[*cell]).collect();
        let (allowed, hidden): (Vec<bool>, Vec<bool>) = (of_part(allowed), of_part(hidden));
        let mut purse = Purse::new(&inner, &allowed, &hidden);
        let (new, table) = purse.buy(&inner, &hidden, part.inside(question)?, most)?;
        let new = new.into_iter().map(|cell| part.cells[cell]).collect();
        Some((new, table.map(|table| part.outside(&table))))
    })
}

impl Part {
    /// The cheapest cells of the relations of the asked one, and again and again the cells where two relations meet that have
    /// a cell in the part: in a table of any number of dimensions the smaller table that those span.
    fn around(
        engine: &Engine<'_>,
        question: Question,
        (width, most): (usize, usize),
        price: impl Fn(usize) -> Option<u64>,
    ) -> Self {
        let price = |cell: usize| if question.insider == Some(cell) { None } else { price(cell) };
        let cells = engine.system.cells().len();
        let mut found = Marked::new(cells);
        let mut touched = Marked::new(engine.system.relations().len());
        found.mark(question.cell);
        for relation in &engine.relations_of[question.cell] {
            let cells = engine.system.relations()[*relation].iter().map(|(cell, _)| *cell);
            let mut priced: Vec<(u64, usize)> =
                cells.filter_map(|cell| Some((price(cell)?, cell))).collect();
            priced.sort_unstable();
            priced.into_iter().take(width + 1).for_each(|(_, cell)| found.mark(cell));
        }
        let mut seen = 0;
        while seen < found.all.len() && found.all.len() < most {
            let relations = touched.all.len();
            for cell in &found.all[seen..] {
                engine.relations_of[*cell].iter().for_each(|relation| touched.mark(*relation));
            }
            seen = found.all.len();
            let mut next = Vec::new();
            let mut met = Marked::new(cells);
            for relation in &touched.all[relations..] {
                for (cell, _) in &engine.system.relations()[*relation] {
                    let own = &engine.relations_of[*cell];
                    let two = own.iter().filter(|relation| touched.marks[**relation]).take(2);
                    if !found.marks[*cell] && !met.marks[*cell] && two.count() >= own.len().min(2) {
                        met.mark(*cell);
                        next.extend(price(*cell).map(|price| (price, *cell)));
                    }
                }
            }
            next.sort_unstable();
            next.into_iter().take(most - seen).for_each(|(_, cell)| found.mark(cell));
        }
        for cell in &found.all[seen..] {
            engine.relations_of[*cell].iter().for_each(|relation| touched.mark(*relation));
        }
        Self::of(engine, found.all, &touched.all)
    }

    fn of(engine: &Engine<'_>, mut cells: Vec<usize>, relations: &[usize]) -> Self {
        cells.sort_unstable();
        let mut place = vec![usize::MAX; engine.system.cells().len()];
        cells.iter().enumerate().for_each(|(at, cell)| place[*cell] = at);
        let among = |relation: &usize| {
            let parts = engine.system.relations()[*relation].iter();
            let inside = parts.map(|(cell, by)| (place[*cell], *by));
            inside.filter(|(cell, _)| *cell != usize::MAX).collect::<Relation>()
        };
        let relations = relations.iter().map(among).collect();
        // Whose question it is, the whole system knows.
        let alike = |cell: &usize| Cell { lone: false, ..engine.system.cells()[*cell] };
        let system = System::part(cells.iter().map(alike).collect(), relations);
        Self { cells, system }
    }

    fn inside(&self, question: Question) -> Option<Question> {
        let cell = self.cells.binary_search(&question.cell).ok()?;
        Some(Question { cell, insider: None, ..question })
    }

    fn outside(&self, table: &Table) -> Table {
        table.iter().map(|(cell, by)| (self.cells[*cell], *by)).collect()
    }
}
