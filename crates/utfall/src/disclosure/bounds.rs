//! What simple sums tell of cells.

use super::system::{Cell, System};

/// What counts as narrower.
const NEARLY: f64 = 1e-6;

/// Rounds over all relations: as many as a hierarchy has levels are enough for its floors.
const ROUNDS: usize = 8;

/// Bounds that follow from one relation at a time: what a published total leaves for its hidden parts.
pub(super) fn outer_bounds(system: &System, unknown: impl Fn(usize) -> bool) -> Vec<(f64, f64)> {
    let range = |(number, cell): (usize, &Cell)| {
        if unknown(number) { cell.range() } else { (0.0, 0.0) }
    };
    let mut bounds: Vec<(f64, f64)> = system.cells().iter().enumerate().map(range).collect();
    for _ in 0..ROUNDS {
        let mut narrower = false;
        for relation in system.relations() {
            narrower |= narrow(&mut bounds, relation);
        }
        if !narrower {
            break;
        }
    }
    bounds
}

/// Narrows what a relation narrows, and tells whether it did.
#[expect(clippy::cast_precision_loss, reason = "coefficients are small whole numbers")]
fn narrow(bounds: &mut [(f64, f64)], relation: &[(usize, i64)]) -> bool {
    let span = |bounds: &[(f64, f64)], (cell, factor): (usize, i64)| {
        let (low, high) = bounds[cell];
        let (one, other) = (low * factor as f64, high * factor as f64);
        if one <= other { (one, other) } else { (other, one) }
    };
    // Sums of the finite ends, and how many ends are infinite.
    let (mut sums, mut infinite) = ([0.0; 2], [0_usize; 2]);
    let open = |bounds: &[(f64, f64)], cell: usize| bounds[cell] != (0.0, 0.0);
    for part in relation.iter().filter(|(cell, _)| open(bounds, *cell)) {
        let (low, high) = span(bounds, *part);
        for (side, end) in [low, high].into_iter().enumerate() {
            if end.is_finite() { sums[side] += end } else { infinite[side] += 1 }
        }
    }
    let mut narrower = false;
    for (cell, factor) in relation {
        if !open(bounds, *cell) {
            continue;
        }
        let (low, high) = span(bounds, (*cell, *factor));
        // What the others can be at most is the least that this one must be, and the other way round.
        let rest = |side: usize, own: f64, none: f64| {
            let others = infinite[side] - usize::from(own.is_infinite());
            let sum = if own.is_finite() { sums[side] - own } else { sums[side] };
            if others == 0 { -sum } else { none }
        };
        let (from, to) = (rest(1, high, f64::NEG_INFINITY), rest(0, low, f64::INFINITY));
        let factor = *factor as f64;
        let (from, to) =
            if factor > 0.0 { (from / factor, to / factor) } else { (to / factor, from / factor) };
        let (old_low, old_high) = bounds[*cell];
        let (new_low, new_high) = (old_low.max(from), old_high.min(to));
        if new_low > old_low + NEARLY || new_high < old_high - NEARLY {
            narrower = true;
            bounds[*cell] = (new_low.min(0.0), new_high.max(0.0));
        }
    }
    narrower
}
