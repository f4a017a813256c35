//! Tables rounded so that they still add up.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions, Variable};

use super::audit::{Audit, audit};
use super::error::{DisclosureError, Result};
use super::protect::Limits;
use super::system::{Cell, System};

/// A rounded system, with the audit of what an outsider can compute from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rounding {
    /// What all published values are multiples of.
    pub base: u64,
    /// For each cell of the system what is published; unprinted cells are rounded with the others.
    pub values: Vec<u64>,
    /// How far all values together are from the true ones.
    pub distance: u64,
    /// What an outsider can compute who knows the base. A protection holds where everything that the rounding itself leaves
    /// open remains possible when the sums are used too.
    pub audit: Audit,
}

/// Each cell rounded to a multiple of the base next to it, so that all relations hold and the distance to the true values is
/// the least there is; multiples stay (controlled rounding, zero-restricted: Cox, *Journal of the American Statistical
/// Association* 1987; Fischetti and Salazar, *Networks* 1998).
///
/// Margins are kept in so far as rounded parts add up to rounded totals. The roles of cells make no difference.
///
/// # Errors
///
/// If the base is below 2 or beyond a thousand, or if no rounding is found within the limits; in three dimensions there may be none.
///
/// ```
/// use utfall::disclosure::{Limits, Table, round};
///
/// let table = Table::of(&[2, 2], &[31, 4, 17, 7])?;
/// let rounded = round(table.system(), 5, Limits::default())?;
/// assert_eq!(rounded.values, [30, 5, 35, 20, 5, 25, 50, 10, 60]);
/// # Ok::<(), utfall::disclosure::DisclosureError>(())
/// ```
pub fn round(system: &System, base: u64, limits: Limits) -> Result<Rounding> {
    if !(2..=1_000).contains(&base) {
        return Err(DisclosureError::BaseOutOfRange { base });
    }
    let values = nearest(system, base, limits).ok_or(DisclosureError::NoRounding { base })?;
    let keeps = |relation: &super::Relation| {
        let parts = relation.iter();
        parts.map(|(cell, by)| i128::from(values[*cell]) * i128::from(*by)).sum::<i128>() == 0
    };
    if !system.relations().iter().all(keeps) {
        return Err(DisclosureError::NoRounding { base });
    }
    let distance = system.cells().iter().zip(&values);
    let distance = distance.map(|(cell, value)| cell.value.abs_diff(*value)).sum();
    let seen = system.with(|number, cell| {
        let rounded = values[number];
        *cell = cell.seen_between(rounded.saturating_sub(base - 1), rounded + (base - 1));
    })?;
    let audit = audit(&seen, &vec![true; values.len()])?;
    Ok(Rounding { base, values, distance, audit })
}

#[expect(clippy::cast_precision_loss, reason = "values are below 2^50")]
fn nearest(system: &System, base: u64, limits: Limits) -> Option<Vec<u64>> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let base_of = |cell: &Cell| cell.value - cell.value % base;
    // A variable for each cell that is no multiple: whether it goes up.
    let up = |cell: &Cell| {
        let over = cell.value % base;
        (over > 0).then(|| problem.add_binary_var(base as f64 - 2.0 * over as f64))
    };
    let ups: Vec<Option<Variable>> = system.cells().iter().map(up).collect();
    for relation in system.relations() {
        let mut parts = Vec::with_capacity(relation.len());
        let mut sum = 0.0;
        for (cell, by) in relation {
            let by = *by as f64;
            sum += by * (base_of(&system.cells()[*cell]) / base) as f64;
            parts.extend(ups[*cell].map(|up| (up, by)));
        }
        if !parts.is_empty() {
            problem.add_constraint(parts.as_slice(), ComparisonOp::Eq, -sum);
        }
    }
    let mut options = SolveOptions::default();
    options.node_limit = Some(limits.nodes as _);
    let solution = problem.solve_with(options).ok()?.into_solution().ok()?;
    let rounded = |(cell, up): (&Cell, &Option<Variable>)| {
        let up = up.is_some_and(|up| solution.var_value(up) > 0.5);
        base_of(cell) + if up { base } else { 0 }
    };
    Some(system.cells().iter().zip(&ups).map(rounded).collect())
}
