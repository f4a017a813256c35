//! Disclosure control: counts and relations in, masks and intervals out.

use pyo3::prelude::*;
use utfall::disclosure::{
    self, Audit, Cell, CellKey, Dimension, DisclosureError, Found, Limits, Need, Pattern, Relation,
    Role, Rules, System, Table, Zeros,
};

use crate::error::raised;

/// Cell, least and most that it can be, what its protection asks for, and whether it has that.
type Audited = (usize, u64, Option<u64>, Option<(u64, u64)>, bool);

/// Hidden cells, cost, whether no pattern is cheaper, and the audit.
type Hidden = (Vec<bool>, u64, bool, Vec<Audited>);

/// Values, roles, costs, floors, ceilings and protections.
type Cells = (Vec<u64>, Vec<String>, Vec<u64>, Vec<u64>, Vec<Option<u64>>, Vec<Option<(u64, u64)>>);

/// Threshold, whether zeros are printed, whether single units count, and cells up to which the cheapest is looked for.
type Asked = (Option<u64>, bool, bool, usize);

/// For each dimension the new levels, each with the old ones in it.
type Merged = Vec<Vec<Vec<usize>>>;

/// The levels of each dimension, and its groups.
type Shape = Vec<(usize, Vec<Vec<usize>>)>;

/// The cells of the table in a row, what is hidden of them, and what that costs.
#[pyfunction]
pub(crate) fn protect_table(
    py: Python<'_>,
    shape: Shape,
    counts: Vec<u64>,
    cost: &str,
    rules: Asked,
) -> PyResult<(Vec<u64>, Hidden)> {
    let made = py.detach(|| {
        let table = table(shape, &counts, cost)?;
        let pattern = protected(&table, rules)?;
        let values = table.cells().iter().map(|cell| cell.value).collect();
        Ok((values, hidden(pattern)))
    });
    made.map_err(|error| exception(py, &error))
}

#[pyfunction]
pub(crate) fn audit_table(
    py: Python<'_>,
    shape: Shape,
    counts: Vec<u64>,
    hidden: Vec<bool>,
    rules: Asked,
) -> PyResult<Vec<Audited>> {
    let made = py.detach(|| audited(&table(shape, &counts, "cells")?, &hidden, rules));
    made.map_err(|error| exception(py, &error))
}

#[pyfunction]
pub(crate) fn protect_cells(
    py: Python<'_>,
    cells: Cells,
    relations: Vec<Relation>,
    rules: Asked,
) -> PyResult<Hidden> {
    let made = py.detach(|| Ok(hidden(protected(&system(cells, relations)?, rules)?)));
    made.map_err(|error| exception(py, &error))
}

#[pyfunction]
pub(crate) fn audit_cells(
    py: Python<'_>,
    cells: Cells,
    relations: Vec<Relation>,
    hidden: Vec<bool>,
    rules: Asked,
) -> PyResult<Vec<Audited>> {
    let made = py.detach(|| audited(&system(cells, relations)?, &hidden, rules));
    made.map_err(|error| exception(py, &error))
}

/// The rounded cells of the table in a row, their distance, and the audit.
#[pyfunction]
pub(crate) fn round_table(
    py: Python<'_>,
    shape: Shape,
    counts: Vec<u64>,
    base: u64,
    rules: Asked,
) -> PyResult<(Vec<u64>, u64, Vec<Audited>)> {
    let made = py.detach(|| {
        let marked = marked(&table(shape, &counts, "cells")?, rules)?;
        let rounded = disclosure::round(&marked, base, Limits::default())?;
        Ok((rounded.values, rounded.distance, rows(rounded.audit)))
    });
    made.map_err(|error| exception(py, &error))
}

/// For each dimension the levels that are merged, the counts of the merged table, and what is hidden of it.
#[pyfunction]
pub(crate) fn merge_levels(
    py: Python<'_>,
    shape: Vec<usize>,
    counts: Vec<u64>,
    rules: Asked,
) -> PyResult<(Merged, Vec<u64>, Hidden)> {
    let made = py.detach(|| {
        let table = Table::of(&shape, &counts)?;
        let merged = disclosure::merge_levels(&table, rules_of(rules), limits(rules))?;
        Ok((merged.levels, merged.table.levels().1, hidden(merged.pattern)))
    });
    made.map_err(|error| exception(py, &error))
}

/// Each cell of a table with its noise, and the audit. Sums of keys add up as counts do.
#[pyfunction]
pub(crate) fn noisy_table(
    py: Python<'_>,
    shape: Shape,
    counts_and_keys: (Vec<u64>, Vec<u64>),
    noise: (u64, u64, u64, Vec<i64>),
    rules: Asked,
) -> PyResult<(Vec<u64>, Vec<Audited>)> {
    let made = py.detach(|| {
        let (counts, sums_of_keys) = counts_and_keys;
        let (keys, most, repeat, entries) = noise;
        let method = CellKey::new(keys, most, repeat, entries)?;
        let marked = marked(&table(shape.clone(), &counts, "cells")?, rules)?;
        let keys = table(shape, &sums_of_keys, "cells")?;
        let keys: Vec<u64> = keys.cells().iter().map(|cell| cell.value).collect();
        let made = method.protect(&marked, &keys)?;
        Ok((made.values, rows(made.audit)))
    });
    made.map_err(|error| exception(py, &error))
}

/// Whether the largest contributors make up more than a part of an amount.
#[pyfunction]
pub(crate) fn dominates(
    py: Python<'_>,
    contributions: Vec<u64>,
    largest: u64,
    percent: f64,
) -> PyResult<bool> {
    let largest = usize::try_from(largest).unwrap_or(usize::MAX);
    disclosure::dominates(&contributions, largest, percent).map_err(|error| exception(py, &error))
}

/// The least and the most that an amount must be able to be.
#[pyfunction]
pub(crate) fn p_percent(
    py: Python<'_>,
    contributions: Vec<u64>,
    percent: f64,
) -> PyResult<Option<(u64, u64)>> {
    let need = disclosure::p_percent(&contributions, percent);
    let need = need.map_err(|error| exception(py, &error))?;
    Ok(need.map(|Need { low, high }| (low, high)))
}

fn exception(py: Python<'_>, error: &DisclosureError) -> PyErr {
    raised(py, "UtfallError", &error.to_string(), error.code())
}

fn table(shape: Shape, counts: &[u64], cost: &str) -> disclosure::Result<System> {
    let dimensions =
        shape.into_iter().map(|(levels, groups)| Dimension::grouped(levels, groups)).collect();
    let table = Table::new(dimensions, counts)?;
    table.system().with(|number, cell| {
        cell.cost = match cost {
            "persons" => cell.value.max(1),
            // A total is worth more than all that could be hidden in its place.
            "totals" => 10_u64.saturating_pow(u32::try_from(table.sums_of(number)).unwrap_or(0)),
            // The fewest cells, and of as many those with the fewest totals.
            _ => 1_000 + u64::try_from(table.sums_of(number)).unwrap_or(0),
        };
    })
}

fn system(cells: Cells, relations: Vec<Relation>) -> disclosure::Result<System> {
    let (values, roles, costs, floors, ceilings, needs) = cells;
    let mut made: Vec<Cell> = values.into_iter().map(Cell::of).collect();
    let others = roles.iter().zip(costs).zip(floors).zip(ceilings).zip(needs);
    for (cell, ((((role, cost), floor), ceiling), need)) in made.iter_mut().zip(others) {
        cell.role = match role.as_str() {
            "known" => Role::Known,
            "told" => Role::Told,
            "unprinted" => Role::Unprinted,
            _ => Role::Printed,
        };
        (cell.cost, cell.floor, cell.ceiling) = (cost, floor, ceiling);
        cell.need = need.map(|(low, high)| Need { low, high });
    }
    System::new(made, relations)
}

fn rules_of((threshold, zeros_printed, singletons, _): Asked) -> Rules {
    let zeros = if zeros_printed { Zeros::Printed } else { Zeros::Protected };
    Rules { threshold: threshold.unwrap_or(1), zeros, singletons }
}

fn limits((_, _, _, cells): Asked) -> Limits {
    Limits { cells, ..Limits::default() }
}

/// Without a threshold only the cells' own protections count.
fn marked(system: &System, rules: Asked) -> disclosure::Result<System> {
    if rules.0.is_some() { rules_of(rules).mark(system) } else { Ok(system.clone()) }
}

fn protected(system: &System, rules: Asked) -> disclosure::Result<Pattern> {
    if rules.0.is_some() {
        disclosure::protect_by(system, rules_of(rules), limits(rules))
    } else {
        disclosure::protect(system, limits(rules))
    }
}

fn audited(system: &System, hidden: &[bool], rules: Asked) -> disclosure::Result<Vec<Audited>> {
    disclosure::audit(&marked(system, rules)?, hidden).map(rows)
}

fn hidden(pattern: Pattern) -> Hidden {
    let cheapest = pattern.found == Found::Cheapest;
    (pattern.hidden, pattern.cost, cheapest, rows(pattern.audit))
}

fn rows(audit: Audit) -> Vec<Audited> {
    let row = |cell: disclosure::AuditedCell| {
        let need = cell.need.map(|Need { low, high }| (low, high));
        (cell.cell, cell.interval.low, cell.interval.high, need, cell.passes())
    };
    audit.cells.into_iter().map(row).collect()
}
