//! What can be required after something was told.

use super::audit::{AuditedCell, unproven};
use super::error::Result;
use super::system::{Need, Role, System};

/// A marked system in which no more is required of a cell than what everybody knows leaves: what was told cannot be taken back
/// ([`Role::Told`]), and relations may say that nobody can be in a cell of 0. What follows from cells that are always
/// published ([`Role::Known`]) stays required, since it need not be published.
pub(super) fn attainable(marked: System) -> Result<System> {
    let tells = |cell: &super::Cell| {
        cell.role == Role::Told || (cell.value == 0 && cell.need.is_some_and(|need| need.high > 0))
    };
    if !marked.cells().iter().any(tells) {
        return Ok(marked);
    }
    let mut attainable = marked;
    // The second time for those that no whole table can take as far as sums of fractions do.
    for is_last in [false, true] {
        let untold = attainable.with(|_, cell| {
            if cell.role == Role::Known {
                cell.role = Role::Part;
            }
        })?;
        let everything: Vec<bool> =
            untold.cells().iter().map(|cell| cell.role == Role::Printed).collect();
        let unproven = unproven(&untold, &everything)?;
        if unproven.is_empty() {
            break;
        }
        let mut left: Vec<Option<Need>> = vec![None; everything.len()];
        for AuditedCell { cell, need, interval, .. } in unproven {
            let value = untold.cells()[cell].value;
            let reached = |need: Need| Need {
                low: need.low.max(interval.low),
                high: interval.high.map_or(need.high, |high| need.high.min(high)),
            };
            left[cell] =
                if is_last { Some(Need { low: value, high: value }) } else { need.map(reached) };
        }
        attainable = attainable.with(|number, cell| cell.need = left[number].or(cell.need))?;
    }
    Ok(attainable)
}
