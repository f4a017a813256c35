//! An order of cells that does not depend on the order in which they were given.

use super::error::Result;
use super::system::{Cell, Relation, System};

/// Rounds of telling equal cells apart by choosing one, after which equal ones stay in the order given.
const CHOICES: usize = 64;

/// A system in an order of its own, and where each of its cells stood: cells are told apart by their values and by what
/// they add up to, again and again (colour refinement; Weisfeiler and Leman 1968), so that a table whose levels come in
/// another order is the same system. Cells that stay equal can change places without anybody seeing it, and one of them is
/// chosen.
pub(super) fn canonical(system: &System) -> Result<(System, Vec<usize>)> {
    let mut colours: Vec<u64> = system.cells().iter().map(colour).collect();
    refine(system, &mut colours);
    for choice in 0..CHOICES {
        let Some(chosen) = tied(&colours) else { break };
        colours[chosen] = mixed(colours[chosen], 0x51_7c_c1 + choice as u64);
        refine(system, &mut colours);
    }
    let mut order: Vec<usize> = (0..colours.len()).collect();
    order.sort_by_key(|cell| colours[*cell]);
    let mut place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(new, old)| place[*old] = new);
    let cells: Vec<Cell> = order.iter().map(|old| system.cells()[*old]).collect();
    let moved = |relation: &Relation| {
        let mut moved: Relation = relation.iter().map(|(cell, by)| (place[*cell], *by)).collect();
        moved.sort_unstable();
        moved
    };
    let mut relations: Vec<Relation> = system.relations().iter().map(moved).collect();
    relations.sort_unstable();
    Ok((System::new(cells, relations)?, order))
}

/// The first cell of the smallest colour that several have.
fn tied(colours: &[u64]) -> Option<usize> {
    let mut sorted = colours.to_vec();
    sorted.sort_unstable();
    let twice = sorted.windows(2).find(|pair| pair.first() == pair.last())?.first().copied()?;
    colours.iter().position(|colour| *colour == twice)
}

fn refine(system: &System, colours: &mut Vec<u64>) {
    let mut classes = count(colours);
    loop {
        let mut sums = vec![0_u64; colours.len()];
        for relation in system.relations() {
            let parts = relation.iter().map(|(cell, by)| mixed(colours[*cell], by.cast_unsigned()));
            let whole = parts.fold(0, u64::wrapping_add);
            for (cell, by) in relation {
                let seen = mixed(whole, by.cast_unsigned());
                sums[*cell] = sums[*cell].wrapping_add(seen);
            }
        }
        let finer: Vec<u64> =
            colours.iter().zip(&sums).map(|(colour, sum)| mixed(*colour, *sum)).collect();
        let now = count(&finer);
        if now <= classes {
            return;
        }
        (*colours, classes) = (finer, now);
    }
}

fn count(colours: &[u64]) -> usize {
    let mut sorted = colours.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted.len()
}

fn colour(cell: &Cell) -> u64 {
    let need = cell.need.map_or((u64::MAX, u64::MAX), |need| (need.low, need.high));
    let parts = [
        cell.value,
        cell.role as u64,
        cell.cost,
        cell.floor,
        cell.ceiling.unwrap_or(u64::MAX),
        need.0,
        need.1,
        u64::from(cell.lone),
    ];
    parts.into_iter().fold(0, mixed)
}

/// Two numbers as one, spread over all bits (the finisher of `SplitMix64`; Steele, Lea and Flood, OOPSLA 2014).
const fn mixed(one: u64, other: u64) -> u64 {
    let mut bits = one.rotate_left(23) ^ other.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}
