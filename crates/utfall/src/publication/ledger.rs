//! All counts of a publication as one linear system.

use std::collections::{BTreeMap, HashMap};

use super::classes::{Classes, GroupUnits};
use super::counts::Count;
use crate::disclosure::{Cell, DisclosureError, Relation, Result, Role, System};
use crate::tally::{Plan, RegisterTally};

/// Beyond so many cells no publication is made: protecting it would take longer than anybody waits.
const MOST_CELLS: usize = 100_000;

/// A count of everybody costs so many times what one of a group does.
const EVERYBODY: u64 = 50;

/// The cells and relations of a publication as they come together.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    cells: Vec<Cell>,
    relations: Vec<Relation>,
    /// Differences of two cells that nobody prints, and that are small.
    differences: Vec<[usize; 2]>,
}

/// A group of a table: the crossed columns of the register, by number, and its level in each.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Place {
    pub(super) table: Vec<usize>,
    pub(super) levels: Vec<u32>,
}

/// The unknown counts of one register: how many units of each class there are, of everybody and in each group.
pub(super) struct Unknowns<'c> {
    pub(super) counts: &'c [Count<'c>],
    classes: &'c Classes,
    everybody: Parts,
    bases: Vec<Base>,
    /// The cells of what is printed, by block and times; all units stand for themselves.
    printed: HashMap<(Place, Option<usize>, Vec<u32>), usize>,
}

/// How many times the units of each class are counted, and the cell of that, or the two that it lies between.
#[derive(Debug, Clone)]
struct Counted {
    times: Vec<u32>,
    cells: [usize; 2],
}

/// For each block and class the cell of its units; `None` where there could be none.
type Parts = Vec<Vec<Option<usize>>>;

/// The groups of a set of crossed columns.
#[derive(Debug)]
struct Base {
    columns: Vec<usize>,
    groups: BTreeMap<Vec<u32>, Parts>,
}

impl Ledger {
    /// The unknown counts of a register that is published in these tables.
    pub(super) fn unknowns<'c>(
        &mut self,
        (plan, tally): (&Plan, &RegisterTally),
        counts: &'c [Count<'c>],
        classes: &'c Classes,
        tables: &[Vec<usize>],
    ) -> Result<Unknowns<'c>> {
        let all = classes.count(plan, tally, &[]).into_values().next().unwrap_or_default();
        let mut everybody = Parts::new();
        for units in &all.units {
            everybody.push(self.add_parts(units.iter().copied().map(Some))?);
        }
        let mut bases = Vec::new();
        for columns in bases_of(tables) {
            let mut groups = BTreeMap::new();
            for (levels, counted) in classes.count(plan, tally, &columns) {
                groups.insert(levels, self.group(classes, &counted)?);
            }
            for (number, block) in classes.blocks.iter().enumerate() {
                for group_class in 0..block.group_classes.len() {
                    let of_class = |(class, _): &(usize, &Option<usize>)| {
                        block.group_class[*class] == group_class
                    };
                    let whole = everybody[number].iter().enumerate().filter(of_class);
                    let whole = whole.filter_map(|(_, cell)| Some(((*cell)?, 1)));
                    let parts =
                        groups.values().filter_map(|parts: &Parts| parts[number][group_class]);
                    self.relations.push(whole.chain(parts.map(|cell| (cell, -1))).collect());
                }
            }
            bases.push(Base { columns, groups });
        }
        Ok(Unknowns { counts, classes, everybody, bases, printed: HashMap::new() })
    }

    /// The cells of the classes of one group.
    fn group(&mut self, classes: &Classes, counted: &GroupUnits) -> Result<Parts> {
        let mut parts = Parts::new();
        for (number, block) in classes.blocks.iter().enumerate() {
            let mut units = vec![0_u64; block.group_classes.len()];
            let of_classes = counted.units[number].iter().enumerate();
            of_classes.for_each(|(class, of_class)| units[block.group_class[class]] += of_class);
            let possible = |(class, units): (usize, &u64)| {
                block.is_possible(class, number, counted).then_some(*units)
            };
            parts.push(self.add_parts(units.iter().enumerate().map(possible))?);
        }
        Ok(parts)
    }

    fn add_parts(
        &mut self,
        units: impl Iterator<Item = Option<u64>>,
    ) -> Result<Vec<Option<usize>>> {
        let part = |value: u64| Cell { role: Role::Part, cost: 0, ..Cell::of(value) };
        units.map(|units| units.map(|units| self.add(part(units))).transpose()).collect()
    }

    fn add(&mut self, cell: Cell) -> Result<usize> {
        let number = self.cells.len();
        if number >= MOST_CELLS {
            return Err(DisclosureError::TableSize { cells: number + 1, most: MOST_CELLS });
        }
        self.cells.push(cell);
        Ok(number)
    }

    /// The cell of a printed count of a group. `None` for a count that no unit could be in, which is 0 to everybody. What is
    /// printed under two names is one cell, and costs the most of them.
    pub(super) fn print(
        &mut self,
        unknowns: &mut Unknowns<'_>,
        place: &Place,
        count: usize,
    ) -> Result<Option<usize>> {
        let printed = &unknowns.counts[count];
        let is_of_everybody = place.table.is_empty();
        let cost = if is_of_everybody { printed.cost * EVERYBODY } else { printed.cost };
        let blocks = &unknowns.classes.blocks;
        let Some(number) = blocks.iter().position(|block| block.counts.contains(&count)) else {
            return Ok(None);
        };
        let block = &blocks[number];
        let times = block.times(count, is_of_everybody);
        if times.iter().all(|times| *times == 0) {
            return Ok(None);
        }
        // All units are the same whatever they are looked at for.
        let is_all = times.iter().all(|times| *times == 1);
        let key = if is_all {
            (place.clone(), None, Vec::new())
        } else {
            (place.clone(), Some(number), times)
        };
        if let Some(cell) = unknowns.printed.get(&key).copied() {
            if let Some(cell) = self.cells.get_mut(cell) {
                cell.cost = cell.cost.max(cost);
            }
            return Ok(Some(cell));
        }
        let asked = if is_all { 0..blocks.len() } else { number..number + 1 };
        let mut cell = None;
        for number in asked {
            let parts = unknowns.parts(place, number, if is_all { None } else { Some(&key.2) });
            let value = parts.iter().fold(0_u64, |sum, (part, times)| {
                sum.saturating_add(self.value(*part).saturating_mul(times.unsigned_abs()))
            });
            let of_count = match cell {
                Some(known) => known,
                None => *cell.insert(self.add(Cell { cost, ..Cell::of(value) })?),
            };
            let parts = parts.into_iter().map(|(part, times)| (part, -times));
            self.relations.push([(of_count, 1)].into_iter().chain(parts).collect());
        }
        if let Some(cell) = cell {
            unknowns.printed.insert(key, cell);
        }
        Ok(cell)
    }

    /// Adds the differences that a reader can take: between two counts of a group, one of which lies within the other. A
    /// small one is to be protected as a printed count is.
    pub(super) fn add_differences(&mut self, unknowns: &Unknowns<'_>, threshold: u64) {
        let mut by_place: BTreeMap<(&Place, usize), Vec<Counted>> = BTreeMap::new();
        for ((place, block, times), cell) in &unknowns.printed {
            let Some(block) = *block else { continue };
            let printed = by_place.entry((place, block)).or_default();
            printed.push(Counted { times: times.clone(), cells: [*cell, *cell] });
        }
        for ((place, number), mut printed) in by_place {
            let classes = unknowns.classes.blocks[number].classes_of(place);
            let all = unknowns.printed.get(&(place.clone(), None, Vec::new()));
            let of_all = |cell: &usize| Counted { times: vec![1; classes], cells: [*cell; 2] };
            printed.extend(all.map(of_all));
            printed.sort_by(|one, other| one.times.cmp(&other.times));
            let smallest = self.smallest(&printed, threshold);
            self.differences.extend(smallest.into_iter().map(|difference| difference.cells));
        }
    }

    /// The small differences that have to be looked at: those in which no smaller one, and no small count, lies. Where
    /// that one could be as many as the threshold, so could they.
    fn smallest(&self, printed: &[Counted], threshold: u64) -> Vec<Counted> {
        let is_small = |units: u64| (1..threshold).contains(&units);
        let mut found: Vec<Counted> = Vec::new();
        for whole in printed {
            for part in printed {
                let Some(times) = less(&whole.times, &part.times) else { continue };
                let cells = [whole.cells[0], part.cells[0]];
                if is_small(self.value(cells[0]).saturating_sub(self.value(cells[1]))) {
                    found.push(Counted { times, cells });
                }
            }
        }
        found.sort_by_key(|counted| (counted.times.iter().sum::<u32>(), counted.times.clone()));
        let small = printed.iter().filter(|counted| is_small(self.value(counted.cells[0])));
        let mut kept: Vec<Vec<u32>> = small.map(|counted| counted.times.clone()).collect();
        found.retain(|counted| {
            let lies_within = |small: &Vec<u32>| {
                small.iter().zip(&counted.times).all(|(small, own)| small <= own)
            };
            let is_new = !kept.iter().any(lies_within);
            if is_new {
                kept.push(counted.times.clone());
            }
            is_new
        });
        found
    }

    /// A cell that is known, and one for how far another lies from it, which is to be protected where it is small.
    pub(super) fn add_earlier(&mut self, cell: usize, earlier: u64) -> Result<()> {
        let now = self.value(cell);
        if now == earlier {
            return Ok(());
        }
        let known = self.add(Cell { role: Role::Told, ..Cell::of(earlier) })?;
        let by =
            self.add(Cell { role: Role::Unprinted, cost: 0, ..Cell::of(now.abs_diff(earlier)) })?;
        let sign = if now > earlier { -1 } else { 1 };
        self.relations.push(vec![(cell, 1), (known, -1), (by, sign)]);
        Ok(())
    }

    /// The true value of a cell.
    pub(super) fn value(&self, cell: usize) -> u64 {
        self.cells.get(cell).map_or(0, |cell| cell.value)
    }

    /// Changes a cell.
    pub(super) fn change(&mut self, cell: usize, change: impl FnOnce(&mut Cell)) {
        if let Some(cell) = self.cells.get_mut(cell) {
            change(cell);
        }
    }

    /// All of it; the differences last, since which are small depends on the threshold.
    pub(super) fn finish(mut self) -> Result<System> {
        for [whole, part] in std::mem::take(&mut self.differences) {
            let value = self.value(whole).saturating_sub(self.value(part));
            let cell = self.add(Cell { role: Role::Unprinted, cost: 0, ..Cell::of(value) })?;
            self.relations.push(vec![(whole, 1), (part, -1), (cell, -1)]);
        }
        System::new(self.cells, self.relations)
    }
}

impl Unknowns<'_> {
    /// The units of everybody that are in one count and not in another, where both are of one block.
    pub(super) fn units_of_one_only(
        &self,
        ledger: &Ledger,
        (one, other): (usize, usize),
    ) -> Option<u64> {
        let mut blocks = self.classes.blocks.iter().enumerate();
        let (number, block) = blocks.find(|(_, block)| block.counts.contains(&one))?;
        if !block.counts.contains(&other) {
            return None;
        }
        let (one, other) = (block.times(one, true), block.times(other, true));
        let only = one.iter().zip(&other).map(|(one, other)| *one > 0 && *other == 0);
        let cells = self.everybody[number].iter().zip(only).filter(|(_, only)| *only);
        Some(cells.filter_map(|(cell, _)| *cell).map(|cell| ledger.value(cell)).sum())
    }

    /// The cells of the classes of a block in every finest group within a group of a table, with how many times each
    /// counts: once where no times are given.
    fn parts(&self, place: &Place, number: usize, times: Option<&[u32]>) -> Vec<(usize, i64)> {
        let counted = |parts: &Parts| -> Vec<(usize, i64)> {
            let parts = parts[number].iter().enumerate();
            let times = |class: usize| {
                times.map_or(1, |times| times.get(class).map_or(0, |times| i64::from(*times)))
            };
            let cells = parts.filter_map(|(class, cell)| Some(((*cell)?, times(class))));
            cells.filter(|(_, times)| *times > 0).collect()
        };
        if place.table.is_empty() {
            return counted(&self.everybody);
        }
        let Place { table, levels } = place;
        let base = self.bases.iter().find(|base| has_all(&base.columns, table));
        let Some(base) = base else { return Vec::new() };
        let places: Vec<Option<usize>> = table
            .iter()
            .map(|column| base.columns.iter().position(|known| known == column))
            .collect();
        let is_within = |own: &Vec<u32>| {
            let mut asked = places.iter().zip(levels);
            asked.all(|(place, level)| place.and_then(|place| own.get(place)) == Some(level))
        };
        let within = base.groups.iter().filter(|(levels, _)| is_within(levels));
        within.flat_map(|(_, parts)| counted(parts)).collect()
    }
}

impl super::classes::Block {
    /// How many classes there are in a group.
    fn classes_of(&self, place: &Place) -> usize {
        if place.table.is_empty() { self.classes.len() } else { self.group_classes.len() }
    }

    /// For each class how many times its units are in a count.
    fn times(&self, count: usize, is_of_everybody: bool) -> Vec<u32> {
        let classes = if is_of_everybody { &self.classes } else { &self.group_classes };
        let place = self.counts.iter().position(|known| *known == count);
        let of_class = |times: &Vec<u32>| place.and_then(|place| times.get(place)).copied();
        classes.iter().map(|times| of_class(times).unwrap_or_default()).collect()
    }
}

/// What is in one count and not in another that lies within it; `None` if it does not, or is the same.
fn less(whole: &[u32], part: &[u32]) -> Option<Vec<u32>> {
    let rest: Option<Vec<u32>> =
        whole.iter().zip(part).map(|(whole, part)| whole.checked_sub(*part)).collect();
    rest.filter(|rest| rest.iter().any(|times| *times > 0))
}

/// The sets of columns whose groups have to be told apart. Tables that have no column in common are linked by their totals
/// only: whatever fits both separately fits them together. Tables that share columns are parts of one finer table.
fn bases_of(tables: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut bases: Vec<Vec<usize>> = Vec::new();
    for table in tables.iter().filter(|table| !table.is_empty()) {
        let mut whole = table.clone();
        let (sharing, apart): (Vec<_>, Vec<_>) =
            bases.into_iter().partition(|base| base.iter().any(|column| whole.contains(column)));
        whole.extend(sharing.into_iter().flatten());
        whole.sort_unstable();
        whole.dedup();
        bases = apart;
        bases.push(whole);
    }
    bases.sort();
    bases
}

fn has_all(columns: &[usize], asked: &[usize]) -> bool {
    asked.iter().all(|column| columns.contains(column))
}

#[cfg(test)]
mod tests {
    use super::bases_of;

    #[test]
    fn tables_that_share_a_column_are_parts_of_one() {
        assert_eq!(bases_of(&[vec![], vec![0], vec![1]]), [vec![0], vec![1]]);
        assert_eq!(bases_of(&[vec![0], vec![2], vec![0, 1], vec![1, 3]]), [vec![0, 1, 3], vec![2]]);
        assert_eq!(bases_of(&[vec![0], vec![1], vec![0, 1]]), [vec![0, 1]]);
    }
}
