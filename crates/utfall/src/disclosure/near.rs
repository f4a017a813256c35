//! Questions to a part of a large system: the cells near one, with all others at their true values.
//!
//! What is possible there is possible in the whole, so a table found there proves as much. A part has few relations, and
//! a step among them costs little; what it does not answer is asked of a larger part, or answered by hiding more.

use std::collections::BTreeSet;

use super::greedy::Purse;
use super::proof::{Engine, Question, Table};
use super::system::{Cell, Relation, System};

/// A system with more cells than this is asked in parts first.
pub(super) static LARGE: std::sync::LazyLock<usize> = std::sync::LazyLock::new(|| {
    std::env::var("LARGE").ok().and_then(|v| v.parse().ok()).unwrap_or(12_000)
});

/// Cells of each of the asked cell's relations that a part takes, the cheapest first, and how many a part has at most.
pub(super) const WIDTHS: [(usize, usize); 2] = [(8, 700), (20, 3_000)];

/// A part of a system, with its own numbers for cells.
struct Part {
    cells: Vec<usize>,
    system: System,
}

/// Answers a question by cells that are hidden.
pub(super) fn answer(engine: &Engine<'_>, hidden: &[bool], question: Question) -> Option<Table> {
    let price = |cell: usize| engine.unknown(hidden, cell).then_some(0);
    WIDTHS.iter().find_map(|width| {
        let part = Part::around(engine, question, *width, price);
        let inner = Engine::new(&part.system);
        let mut simplex = inner.simplex(|_| true);
        for cell in 0..part.cells.len() {
            let (low, high) = inner.range(cell);
            simplex.bound(cell, low, high);
        }
        let table = inner.answer(&mut simplex, part.inside(question)?)?;
        Some(part.outside(&table))
    })
}

/// As [`Purse::buy`], among the cells near the asked one.
pub(super) fn buy(
    engine: &Engine<'_>,
    allowed: &[bool],
    hidden: &[bool],
    question: Question,
    most: u64,
) -> Option<(Vec<usize>, Option<Table>)> {
    let price = |cell: usize| match engine.unknown(hidden, cell) {
        true => Some(0),
        false => allowed[cell].then(|| engine.system.cells()[cell].cost.max(1)),
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
        let mut found = BTreeSet::from([question.cell]);
        let mut touched = BTreeSet::new();
        for relation in &engine.relations_of[question.cell] {
            let cells = engine.system.relations()[*relation].iter().map(|(cell, _)| *cell);
            let mut priced: Vec<(u64, usize)> =
                cells.filter_map(|cell| Some((price(cell)?, cell))).collect();
            priced.sort_unstable();
            found.extend(priced.into_iter().map(|(_, cell)| cell).take(width + 1));
        }
        let mut ring: Vec<usize> = found.iter().copied().collect();
        while !ring.is_empty() && found.len() < most {
            let relations = ring.iter().flat_map(|cell| &engine.relations_of[*cell]).copied();
            let new: BTreeSet<usize> = relations.filter(|new| !touched.contains(new)).collect();
            touched.extend(&new);
            let mut next = BTreeSet::new();
            for relation in new {
                for (cell, _) in &engine.system.relations()[relation] {
                    let own = &engine.relations_of[*cell];
                    let met =
                        own.iter().filter(|relation| touched.contains::<usize>(relation)).count();
                    if met >= own.len().min(2) && !found.contains(cell) {
                        next.extend(price(*cell).map(|price| (price, *cell)));
                    }
                }
            }
            let left = most - found.len();
            ring = next.into_iter().map(|(_, cell)| cell).take(left).collect();
            found.extend(&ring);
        }
        Self::of(engine, found.into_iter().collect(), &touched)
    }

    fn of(engine: &Engine<'_>, cells: Vec<usize>, touched: &BTreeSet<usize>) -> Self {
        let among = |relation: &usize| {
            let parts = engine.system.relations()[*relation].iter();
            let inside = |(cell, by): &(usize, i64)| Some((cells.binary_search(cell).ok()?, *by));
            parts.filter_map(inside).collect::<Relation>()
        };
        let mut relations: BTreeSet<usize> = touched.clone();
        relations.extend(cells.iter().flat_map(|cell| &engine.relations_of[*cell]));
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
