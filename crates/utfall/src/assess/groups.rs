//! From the finest cells to every group of every table.

use std::collections::HashMap;

use crate::tally::{Accounting, CrossedColumn, Place, Plan, RegisterTally, Signature, Steps};

/// Something by levels or classes. Nothing of it leaves the process, so the fast hasher will do.
pub(super) type ByLevels<T> = HashMap<Vec<u32>, T, foldhash::fast::RandomState>;

/// The accounting of every computable indicator (in the plan's order) for one cell or group.
type Counts = Vec<Accounting>;

/// The groups of one register: for each table, in order, its groups in order.
#[derive(Debug)]
pub(crate) struct Groups {
    /// For each crossed column the level of the group; `None` where the table is not crossed by it.
    pub(crate) group: Vec<Option<u32>>,
    /// The counts; `None` where the register was not given.
    pub(crate) counts: Option<Counts>,
}

/// Beyond this many figures, only groups that are not empty are listed.
const MOST_ROWS: u64 = 1_000_000;

/// Every group of a register. Declared combinations appear even where nobody is in them; a group of unknown level only
/// where somebody is.
pub(crate) fn groups(plan: &Plan, tally: Option<&RegisterTally>) -> Vec<Groups> {
    let indicators = plan.steps().count();
    let cells = tally.map(|tally| cells(plan, tally, indicators)).unwrap_or_default();
    let columns = &plan.crossing.columns;
    let lists_empty = lists_empty(plan, plan.indicators.len() as u64);
    let mut groups = Vec::new();
    for table in &plan.crossing.tables {
        let mut counted: ByLevels<Counts> = ByLevels::default();
        for (cell, counts) in &cells {
            let group: Vec<u32> = table.iter().map(|column| cell[*column]).collect();
            let sums =
                counted.entry(group).or_insert_with(|| vec![Accounting::default(); indicators]);
            sums.iter_mut().zip(counts).for_each(|(sum, part)| sum.add_all(part));
        }
        let levels = listed(columns, table, counted.keys().cloned().collect(), lists_empty);
        groups.extend(levels.into_iter().map(|levels| {
            let mut group = vec![None; columns.len()];
            table.iter().zip(&levels).for_each(|(column, level)| group[*column] = Some(*level));
            let counts = tally.map(|_| {
                counted.remove(&levels).unwrap_or_else(|| vec![Accounting::default(); indicators])
            });
            Groups { group, counts }
        }));
    }
    groups
}

/// Whether groups with nobody in them are listed, where each has so many rows.
pub(super) fn lists_empty(plan: &Plan, rows: u64) -> bool {
    let columns = &plan.crossing.columns;
    let declared = |table: &Vec<usize>| {
        table.iter().map(|column| columns[*column].codes.len() as u64).product::<u64>()
    };
    let declared: u64 = plan.crossing.tables.iter().map(declared).sum();
    declared.saturating_mul(rows) <= MOST_ROWS
}

/// The groups of a table that are listed, in order: those that occur, and those that are declared where the empty ones
/// are listed.
pub(super) fn listed(
    columns: &[CrossedColumn],
    table: &[usize],
    mut levels: Vec<Vec<u32>>,
    lists_empty: bool,
) -> Vec<Vec<u32>> {
    if lists_empty {
        levels.extend(declared_groups(columns, table));
    } else if table.is_empty() {
        // Everybody is listed whoever is there.
        levels.push(Vec::new());
    }
    levels.sort_unstable();
    levels.dedup();
    levels
}

/// The finest cells that are not empty. Signatures are judged once each, however many cells have them.
fn cells(plan: &Plan, tally: &RegisterTally, indicators: usize) -> Vec<(Vec<u32>, Counts)> {
    let mut places: ByLevels<Vec<(usize, Place)>> = ByLevels::default();
    let mut cells: Vec<(Vec<u32>, Counts)> = Vec::new();
    tally.visit(plan, |cell, classes, units| {
        if !places.contains_key(classes) {
            let signature = Signature { axes: &plan.axes, classes };
            let of_indicator = |(indicator, (_, steps)): (usize, (usize, &Steps))| {
                steps.places(&signature).into_iter().map(move |place| (indicator, place))
            };
            let of_signature = plan.steps().enumerate().flat_map(of_indicator).collect();
            places.insert(classes.to_vec(), of_signature);
        }
        // Cells arrive in order: the last one is this one, or a new one begins.
        if cells.last().is_none_or(|(last, _)| last != cell) {
            cells.push((cell.to_vec(), vec![Accounting::default(); indicators]));
        }
        if let (Some((_, counts)), Some(places)) = (cells.last_mut(), places.get(classes)) {
            for (indicator, place) in places {
                counts[*indicator].add(*place, units);
            }
        }
    });
    cells
}

/// Every combination of declared levels in which each level lies within the level of its parent.
fn declared_groups(columns: &[CrossedColumn], table: &[usize]) -> Vec<Vec<u32>> {
    let mut groups: Vec<Vec<u32>> = vec![Vec::new()];
    for column in table {
        let crossed = &columns[*column];
        let mut longer = Vec::new();
        for group in &groups {
            longer.extend(
                (0..crossed.unknown())
                    .map(|level| group.iter().copied().chain([level]).collect::<Vec<u32>>()),
            );
        }
        groups = longer;
    }
    groups.retain(|group| {
        table.iter().zip(group).all(|(column, level)| {
            let Some((parent, within)) = &columns[*column].within else {
                return true;
            };
            let parent = table.iter().position(|other| other == parent);
            parent.is_none_or(|parent| within[*level as usize] == group[parent])
        })
    });
    groups
}
