//! Printed tables as grids: every number by the levels that it stands for, and the totals that follow from others.

use indexmap::IndexMap;

use crate::project::{PrintedCell, PrintedRow, PrintedTable};

/// A number as it is printed, and the true numbers that it can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) printed: i64,
    pub(super) low: i64,
    pub(super) high: i64,
}

impl Number {
    /// A printed number that lies so far from the true one by design, or is rounded to a multiple of something.
    pub(super) fn of(printed: u32, tolerance: Option<u32>, rounded_to: Option<u32>) -> Self {
        let slack = i64::from(tolerance.unwrap_or(0)) + i64::from(rounded_to.unwrap_or(0) / 2);
        let printed = i64::from(printed);
        Self { printed, low: (printed - slack).max(0), high: printed + slack }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        let Self { printed, low, high } = self;
        Self { printed: printed + other.printed, low: low + other.low, high: high + other.high }
    }

    /// Whether both can stand for one number.
    pub(super) const fn agrees(&self, other: &Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}

/// The levels that a number stands for, each with its column.
pub(super) type Levels<'p> = Vec<(&'p str, &'p str)>;

/// For each crossed column the position of a level, or `None` for all of them.
type Key = Vec<Option<usize>>;

/// A printed table by the levels that its numbers stand for.
#[derive(Debug, Clone)]
pub(super) struct Grid<'p> {
    pub(super) table: &'p PrintedTable,
    /// For each crossed column the levels that are printed.
    pub(super) levels: Vec<Vec<&'p str>>,
    numbers: IndexMap<Key, Number>,
    /// Numbers printed for levels that have one already.
    repeated: Vec<(Key, Number)>,
}

/// A number of a table, printed or the sum of printed ones.
#[derive(Debug)]
pub(super) struct Margin<'p> {
    pub(super) place: Levels<'p>,
    pub(super) number: Number,
    /// Whether it is crossed by every column.
    pub(super) is_cell: bool,
    /// Whether it stands in print.
    pub(super) is_printed: bool,
}

/// A total that is not the sum of its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BadSum<'p> {
    pub(super) kind: BadSumKind,
    pub(super) place: Levels<'p>,
    /// The column over whose levels the parts lie.
    pub(super) column: &'p str,
    pub(super) parts: Vec<(&'p str, i64)>,
    pub(super) total: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BadSumKind {
    Missing,
    Overlap,
    /// The first part is larger than the total.
    PartAbove,
}

impl<'p> Grid<'p> {
    pub(super) fn new(table: &'p PrintedTable) -> Self {
        let levels = vec![Vec::new(); table.by.len()];
        let mut grid = Self { table, levels, numbers: IndexMap::new(), repeated: Vec::new() };
        for row in table.rows.iter().chain(&table.total) {
            grid.add_row(row);
        }
        grid
    }

    fn add_row(&mut self, row: &'p PrintedRow) {
        let Some((across, naming)) = self.table.by.split_last() else { return };
        let mut key: Key = Vec::new();
        for (position, column) in naming.iter().enumerate() {
            let code = match row.0.get(column) {
                Some(PrintedCell::Level(code)) => Some(code.as_str()),
                _ => None,
            };
            key.push(code.map(|code| self.level(position, code)));
        }
        for (name, cell) in &row.0 {
            let PrintedCell::Count(count) = cell else { continue };
            let is_total = name == "total" || name == across;
            let level = (!is_total).then(|| self.level(naming.len(), name));
            let number = Number::of(*count, self.table.tolerance, self.table.rounded_to);
            let key: Key = key.iter().copied().chain([level]).collect();
            match self.numbers.get(&key) {
                Some(first) if first.printed != number.printed => self.repeated.push((key, number)),
                Some(_) => {}
                None => {
                    self.numbers.insert(key, number);
                }
            }
        }
    }

    fn level(&mut self, position: usize, code: &'p str) -> usize {
        let Some(levels) = self.levels.get_mut(position) else { return 0 };
        levels.iter().position(|known| *known == code).unwrap_or_else(|| {
            levels.push(code);
            levels.len() - 1
        })
    }

    /// The levels that a number stands for, column by column.
    fn place(&self, key: &Key) -> Levels<'p> {
        let columns = self.table.by.iter().zip(&self.levels).zip(key);
        columns
            .filter_map(|((column, levels), level)| {
                Some((column.as_str(), *levels.get((*level)?)?))
            })
            .collect()
    }

    fn is_partial(&self, position: usize) -> bool {
        self.table.by.get(position).is_some_and(|column| self.table.partial.contains(column))
    }

    fn is_overlapping(&self, position: usize) -> bool {
        self.table.by.get(position).is_some_and(|column| self.table.overlap.contains(column))
    }

    /// The number of some levels: printed, or the sum of all its parts over a column whose levels are all there.
    fn number(&self, key: &Key) -> Option<Number> {
        if let Some(number) = self.numbers.get(key) {
            return Some(*number);
        }
        let open = (0..key.len()).filter(|position| key.get(*position) == Some(&None));
        open.filter(|position| !self.is_partial(*position) && !self.is_overlapping(*position))
            .find_map(|position| {
                let numbers = self.parts(key, position).into_iter().map(|(_, number)| number);
                numbers.collect::<Option<Vec<_>>>()?.into_iter().reduce(Number::plus)
            })
    }

    /// The parts of a number over a column: its levels with their numbers, where there are any.
    fn parts(&self, key: &Key, position: usize) -> Vec<(&'p str, Option<Number>)> {
        let levels = self.levels.get(position).into_iter().flatten().enumerate();
        levels.map(|(level, code)| (*code, self.number(&with(key, position, level)))).collect()
    }

    /// Whether any part of a number over a column is printed.
    fn has_printed_parts(&self, key: &Key, position: usize) -> bool {
        let levels = 0..self.levels.get(position).map_or(0, Vec::len);
        levels.into_iter().any(|level| self.numbers.contains_key(&with(key, position, level)))
    }

    /// Whether its numbers, printed or summed, are few enough to be listed.
    pub(super) fn is_listed(&self) -> bool {
        let mut sizes = self.levels.iter().map(|levels| levels.len() + 1);
        let all = sizes.try_fold(1_usize, usize::checked_mul);
        all.is_some_and(|all| all <= MOST_LISTED)
    }

    /// How many numbers are printed.
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Every number of the table, printed or summed, from the total to the cells.
    pub(super) fn margins(&self) -> Vec<Margin<'p>> {
        let mut keys: Vec<Key> = vec![Vec::new()];
        for levels in &self.levels {
            let ends = || (0..levels.len()).map(Some);
            let longer = |key: &Key| -> Vec<Key> {
                let with = |end| key.iter().copied().chain([end]).collect();
                std::iter::once(None).chain(ends()).map(with).collect()
            };
            keys = keys.iter().flat_map(longer).collect();
        }
        keys.sort_by_key(|key| key.iter().flatten().count());
        let margin = |key: Key| {
            Some(Margin {
                number: self.number(&key)?,
                place: self.place(&key),
                is_cell: key.iter().all(Option::is_some),
                is_printed: self.numbers.contains_key(&key),
            })
        };
        keys.into_iter().filter_map(margin).collect()
    }

    /// The totals that are not the sum of their parts.
    pub(super) fn bad_sums(&self) -> Vec<BadSum<'p>> {
        let mut found = Vec::new();
        for (key, total) in &self.numbers {
            let open = || (0..key.len()).filter(|position| key.get(*position) == Some(&None));
            let printed: Vec<usize> =
                open().filter(|position| self.has_printed_parts(key, *position)).collect();
            // Where no parts are printed, the cells beneath them are summed, over the first column that can be.
            let summed = open()
                .find(|position| self.parts(key, *position).iter().any(|(_, part)| part.is_some()));
            let positions = if printed.is_empty() { summed.into_iter().collect() } else { printed };
            for position in positions {
                found.extend(self.bad_sum(key, *total, position));
            }
        }
        found
    }

    fn bad_sum(&self, key: &Key, total: Number, position: usize) -> Option<BadSum<'p>> {
        let parts = self.parts(key, position);
        let known: Vec<(&str, Number)> =
            parts.iter().filter_map(|(code, number)| Some((*code, (*number)?))).collect();
        let sum = known.iter().map(|(_, number)| *number).reduce(Number::plus)?;
        let is_whole = known.len() == parts.len() && !self.is_partial(position);
        let above = known.iter().find(|(_, part)| part.low > total.high);
        let (kind, parts) = if let (Some(part), true) = (above, self.is_overlapping(position)) {
            (BadSumKind::PartAbove, vec![*part])
        } else if sum.high < total.low && is_whole {
            (BadSumKind::Missing, known)
        } else if sum.low > total.high && !self.is_overlapping(position) {
            (BadSumKind::Overlap, known)
        } else {
            return None;
        };
        Some(BadSum {
            kind,
            place: self.place(key),
            column: self.table.by.get(position)?,
            parts: parts.into_iter().map(|(code, number)| (code, number.printed)).collect(),
            total: total.printed,
        })
    }

    /// Numbers that are printed twice, differently: the levels, the first and the second.
    pub(super) fn printed_twice(&self) -> Vec<(Levels<'p>, i64, i64)> {
        let twice = self.repeated.iter().filter_map(|(key, second)| {
            Some((self.place(key), self.numbers.get(key)?.printed, second.printed))
        });
        twice.collect()
    }

    /// The printed numbers whose change alone makes every sum right, with what they would have to be.
    pub(super) fn repairs(&self) -> Vec<(Levels<'p>, i64, i64)> {
        let bad = self.bad_sums();
        if bad.is_empty() || self.numbers.len() > MOST_TRIED {
            return Vec::new();
        }
        let mut changes: Vec<i64> = bad.iter().map(BadSum::difference).collect();
        changes.extend(bad.iter().map(|sum| -sum.difference()));
        changes.sort_unstable();
        changes.dedup();
        let mut tried = self.clone();
        let mut found = Vec::new();
        for (key, number) in &self.numbers {
            for change in &changes {
                let Number { printed, low, high } = *number;
                if printed + change < 0 {
                    continue;
                }
                let tried_number =
                    Number { printed: printed + change, low: low + change, high: high + change };
                tried.numbers.insert(key.clone(), tried_number);
                if tried.bad_sums().is_empty() {
                    found.push((self.place(key), printed, tried_number.printed));
                }
            }
            tried.numbers.insert(key.clone(), *number);
        }
        found
    }
}

/// Of tables with more numbers than this, margins included, only printed totals are looked at.
const MOST_LISTED: usize = 65_536;
/// Of larger tables no change is tried.
const MOST_TRIED: usize = 200;

impl BadSum<'_> {
    pub(super) fn sum(&self) -> i64 {
        self.parts.iter().map(|(_, number)| number).sum()
    }

    /// How much more the parts are than the total.
    pub(super) fn difference(&self) -> i64 {
        self.sum() - self.total
    }
}

fn with(key: &Key, position: usize, level: usize) -> Key {
    let at =
        |(place, own): (usize, &Option<usize>)| if place == position { Some(level) } else { *own };
    key.iter().enumerate().map(at).collect()
}
