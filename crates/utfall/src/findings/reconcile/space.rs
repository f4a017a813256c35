//! The space of published figures: all combinations of the levels that they tell apart. Every figure is the sum of
//! some of its cells, so that two figures speak of the same units exactly if they have the same cells.

use crate::data::level_codes;
use crate::project::{
    Bounds, Clause, Column, Condition, Literal, Named, PrintedTable, Test, UNKNOWN,
};

/// Beyond this many combinations, published figures are not tried together.
const MOST_CELLS: usize = 65_536;

/// The combinations of classes, cell after cell.
#[derive(Debug)]
pub(super) struct Space {
    axes: Vec<Axis>,
    /// For each cell the class on each axis.
    cells: Vec<u32>,
}

/// What a figure asks of a unit.
#[derive(Debug)]
enum Axis {
    /// The level of a column; levels that no figure tells apart share a class, the last class is unknown.
    Levels { column: String, codes: Vec<String>, class_of: Vec<u32>, within: Option<Within> },
    /// A question about days or numbers: true, false or unknown.
    Question(Clause),
}

/// The column that another lies within, and the code of its level for each class of the other.
type Within = (String, Vec<Option<String>>);

/// Some cells of a space.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Region(Vec<u64>);

impl Region {
    pub(super) fn is_within(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(own, other)| own & !other == 0)
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(own, other)| own & other != 0)
    }

    pub(super) fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(own, other)| own & other).collect())
    }

    pub(super) fn without(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(own, other)| own & !other).collect())
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    pub(super) fn has(&self, cell: usize) -> bool {
        self.0.get(cell / 64).is_some_and(|word| word >> (cell % 64) & 1 == 1)
    }
}

/// Which level of which column a cell of a printed table stands for.
pub(super) type Place<'a> = [(&'a str, &'a str)];

impl Space {
    /// The space of some conditions and tables; `None` where it has too many cells.
    pub(super) fn of(
        columns: &Named<Column>,
        conditions: &[&Condition],
        tables: &[&PrintedTable],
    ) -> Option<Self> {
        let mut clauses = Vec::new();
        conditions.iter().for_each(|condition| leaves(condition, &mut clauses));
        let mut axes = Vec::new();
        for (name, column) in columns.iter().filter(|(_, column)| column.column_type().has_levels())
        {
            let tests = clauses.iter().filter_map(|clause| match clause {
                Clause::Column(of, test) if of == name => Some(test),
                _ => None,
            });
            let tests: Vec<&Test> = tests.collect();
            let is_printed = tables.iter().any(|table| table.by.contains(name));
            if is_printed || !tests.is_empty() {
                axes.push(Axis::of_column(name, column, columns, &tests, is_printed));
            }
        }
        for clause in clauses {
            let has_levels =
                |name| columns.get(name).is_some_and(|one: &Column| one.column_type().has_levels());
            let is_level = matches!(clause, Clause::Column(name, _) if has_levels(name));
            let is_known =
                axes.iter().any(|axis| matches!(axis, Axis::Question(known) if known == clause));
            if !is_level && !is_known {
                axes.push(Axis::Question(clause.clone()));
            }
        }
        let mut sizes = axes.iter().map(Axis::size);
        sizes.try_fold(1_usize, |cells, size| {
            cells.checked_mul(size).filter(|cells| *cells <= MOST_CELLS)
        })?;
        let mut space = Self { axes, cells: Vec::new() };
        space.list_cells();
        Some(space)
    }

    pub(super) fn len(&self) -> usize {
        self.cells.len() / self.axes.len().max(1)
    }

    /// The cells of which every condition is true.
    pub(super) fn region<'c>(&self, conditions: impl IntoIterator<Item = &'c Condition>) -> Region {
        let conditions: Vec<&Condition> = conditions.into_iter().collect();
        self.cells_where(|cell| {
            conditions.iter().all(|condition| self.holds(condition, cell) == Some(true))
        })
    }

    /// The cells of some levels.
    pub(super) fn at(&self, place: &Place<'_>) -> Region {
        let classes: Vec<(usize, u32)> = place
            .iter()
            .filter_map(|(column, code)| {
                let (position, axis) = self.axis(column)?;
                Some((position, axis.class_of_code(code)?))
            })
            .collect();
        self.cells_where(|cell| {
            classes.iter().all(|(position, class)| cell.get(*position) == Some(class))
        })
    }

    /// The cells with any other level of a column than these.
    pub(super) fn beside(&self, column: &str, codes: &[&str]) -> Region {
        let Some((position, axis)) = self.axis(column) else {
            return self.cells_where(|_| false);
        };
        let classes: Vec<u32> = codes.iter().filter_map(|code| axis.class_of_code(code)).collect();
        self.cells_where(|cell| cell.get(position).is_some_and(|class| !classes.contains(class)))
    }

    fn axis(&self, column: &str) -> Option<(usize, &Axis)> {
        let is_of = |axis: &Axis| matches!(axis, Axis::Levels { column: own, .. } if own == column);
        self.axes.iter().enumerate().find(|(_, axis)| is_of(axis))
    }

    fn cells_where(&self, is_in: impl Fn(&[u32]) -> bool) -> Region {
        let mut words = vec![0_u64; self.len().div_ceil(64)];
        for (cell, classes) in self.cells.chunks(self.axes.len().max(1)).enumerate() {
            if let Some(word) = words.get_mut(cell / 64)
                && is_in(classes)
            {
                *word |= 1 << (cell % 64);
            }
        }
        Region(words)
    }

    /// Lists the combinations of classes, without those whose level lies outside its parent's. Without axes there is
    /// one cell, of one class that nobody asks for.
    fn list_cells(&mut self) {
        let mut classes = vec![0_u32; self.axes.len().max(1)];
        loop {
            if self.is_possible(&classes) {
                self.cells.extend(&classes);
            }
            let mut next = self.axes.iter().zip(classes.iter_mut()).rev();
            let has_next = next.any(|(axis, class)| {
                let is_last = *class as usize + 1 >= axis.size();
                *class = if is_last { 0 } else { *class + 1 };
                !is_last
            });
            if !has_next {
                return;
            }
        }
    }

    fn is_possible(&self, classes: &[u32]) -> bool {
        self.axes.iter().zip(classes).all(|(axis, class)| {
            let Axis::Levels { within: Some((column, parents)), .. } = axis else { return true };
            let parent = parents.get(*class as usize).and_then(Option::as_deref);
            let above = parent.and_then(|code| {
                let (position, axis) = self.axis(column)?;
                Some((position, axis.class_of_code(code)?))
            });
            above.is_none_or(|(position, class)| classes.get(position) == Some(&class))
        })
    }

    fn holds(&self, condition: &Condition, cell: &[u32]) -> Option<bool> {
        truth(condition, &|clause| self.answer(clause, cell))
    }

    /// What a cell answers to one question.
    fn answer(&self, clause: &Clause, cell: &[u32]) -> Option<bool> {
        if let Clause::Column(column, test) = clause
            && let Some((position, axis)) = self.axis(column)
        {
            return axis.answer(test, *cell.get(position)?);
        }
        let is_it = |axis: &Axis| matches!(axis, Axis::Question(own) if own == clause);
        let position = self.axes.iter().position(is_it)?;
        [Some(true), Some(false), None].get(*cell.get(position)? as usize).copied()?
    }
}

/// Whether a condition is true, false or unknown, given the answers to its questions.
pub(super) fn truth(
    condition: &Condition,
    answer: &dyn Fn(&Clause) -> Option<bool>,
) -> Option<bool> {
    all(condition.0.iter().map(|clause| match clause {
        Clause::All(parts) => all(parts.iter().map(|part| truth(part, answer))),
        Clause::Any(parts) => {
            all(parts.iter().map(|part| Some(!truth(part, answer)?))).map(|none| !none)
        }
        Clause::Not(part) => Some(!truth(part, answer)?),
        Clause::Column(..) | Clause::Change(_) => answer(clause),
    }))
}

/// Kleene's *and*.
fn all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut whole = Some(true);
    for part in parts {
        match part {
            Some(false) => return Some(false),
            None => whole = None,
            Some(true) => {}
        }
    }
    whole
}

/// The questions that a condition is made of.
fn leaves<'a>(condition: &'a Condition, found: &mut Vec<&'a Clause>) {
    for clause in &condition.0 {
        match clause {
            Clause::Any(parts) | Clause::All(parts) => {
                parts.iter().for_each(|part| leaves(part, found));
            }
            Clause::Not(part) => leaves(part, found),
            Clause::Change(_) | Clause::Column(..) => found.push(clause),
        }
    }
}

impl Axis {
    fn of_column(
        name: &str,
        column: &Column,
        columns: &Named<Column>,
        tests: &[&Test],
        is_printed: bool,
    ) -> Self {
        let codes = level_codes(column);
        let is_parent = columns.values().any(|other| other.parent.as_deref() == Some(name));
        let is_whole = is_printed || is_parent || column.parent.is_some();
        let mut kinds: Vec<(Vec<Option<bool>>, Option<usize>)> = Vec::new();
        let mut class_of = Vec::new();
        for level in 0..codes.len() {
            let answers = tests.iter().map(|test| answer(test, &codes, level)).collect();
            let kind = (answers, is_whole.then_some(level));
            let class = kinds.iter().position(|known| *known == kind).unwrap_or(kinds.len());
            if class == kinds.len() {
                kinds.push(kind);
            }
            class_of.push(u32::try_from(class).unwrap_or(u32::MAX));
        }
        let parents = || column.levels.0.iter().map(|level| level.parent.clone()).collect();
        let within = column.parent.as_ref().map(|parent| (parent.clone(), parents()));
        Self::Levels { column: name.to_owned(), codes, class_of, within }
    }

    fn size(&self) -> usize {
        match self {
            Self::Levels { class_of, .. } => {
                class_of.iter().max().map_or(0, |class| *class as usize + 1) + 1
            }
            Self::Question(Clause::Column(_, Test::Within(Bounds { known: Some(_), .. }))) => 2,
            Self::Question(_) => 3,
        }
    }

    /// The class of a level's code, or of unknown.
    fn class_of_code(&self, code: &str) -> Option<u32> {
        let Self::Levels { codes, class_of, .. } = self else { return None };
        if code == UNKNOWN {
            return u32::try_from(self.size() - 1).ok();
        }
        class_of.get(codes.iter().position(|own| own == code)?).copied()
    }

    /// What a class answers to a test.
    fn answer(&self, test: &Test, class: u32) -> Option<bool> {
        let Self::Levels { codes, class_of, .. } = self else { return None };
        let level = class_of.iter().position(|own| *own == class).unwrap_or(codes.len());
        answer(test, codes, level)
    }
}

/// What a level answers to a test; the level after the last is unknown.
pub(super) fn answer(test: &Test, codes: &[String], level: usize) -> Option<bool> {
    let position = |literal: &Literal| {
        let code = literal.to_string();
        codes.iter().position(|own| *own == code)
    };
    if let Test::Within(Bounds { known: Some(known), .. }) = test
        && level >= codes.len()
    {
        return Some(!known);
    }
    if level >= codes.len() {
        return None;
    }
    Some(match test {
        Test::Is(literal) => position(literal) == Some(level),
        Test::In(literals) => literals.iter().any(|literal| position(literal) == Some(level)),
        Test::Within(Bounds { known, at_least, at_most, between }) => {
            let above = at_least
                .iter()
                .chain(between.first())
                .all(|low| position(low).is_none_or(|low| level >= low));
            let below = at_most
                .iter()
                .chain(between.get(1))
                .all(|high| position(high).is_none_or(|high| level <= high));
            known.unwrap_or(true) && above && below
        }
    })
}
