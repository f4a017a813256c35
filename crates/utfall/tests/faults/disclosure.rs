//! Cells and rules that disclosure control cannot be made of.

use utfall::Error;
use utfall::disclosure::{
    Cell, CellKey, Dimension, Limits, Need, Relation, Role, Rules, System, Table, audit, dominates,
    protect, round,
};

/// A total of 9, of 4 and 5.
fn sum() -> Vec<Relation> {
    vec![vec![(0, 1), (1, -1), (2, -1)]]
}

fn cells() -> Vec<Cell> {
    [9, 4, 5].map(Cell::of).to_vec()
}

fn system(relations: Vec<Relation>) -> Result<(), Error> {
    Ok(System::new(cells(), relations).map(drop)?)
}

fn changed(change: impl Fn(&mut Cell)) -> Result<(), Error> {
    let system = System::new(cells(), sum())?;
    let mut change = |number: usize, cell: &mut Cell| {
        if number == 1 {
            change(cell);
        }
    };
    Ok(system.with(&mut change).map(drop)?)
}

fn all_known() -> Result<(), Error> {
    let marked = System::new(cells(), sum())?.with(|number, cell| match number {
        1 => cell.need = Some(Need { low: 0, high: 5 }),
        _ => cell.role = Role::Known,
    })?;
    Ok(protect(&marked, Limits::default()).map(drop)?)
}

fn audited(hidden: &[bool]) -> Result<(), Error> {
    Ok(audit(&System::new(cells(), sum())?, hidden).map(drop)?)
}

fn threshold(threshold: u64) -> Result<(), Error> {
    let system = System::new(cells(), sum())?;
    Ok(Rules::default().with_threshold(threshold).mark(&system).map(drop)?)
}

fn table(dimensions: Vec<Dimension>) -> Result<(), Error> {
    Ok(Table::new(dimensions, &[4, 5]).map(drop)?)
}

fn rounded(base: u64) -> Result<(), Error> {
    Ok(round(&System::new(cells(), sum())?, base, Limits::default()).map(drop)?)
}

/// A total of 4 stays; its four parts of 1 are equal, so they become 0 or 16 together.
fn no_rounding() -> Result<(), Error> {
    let equal = |one, other| vec![(one, 1), (other, -1)];
    let sum = vec![(0, 1), (1, -1), (2, -1), (3, -1), (4, -1)];
    let relations = vec![sum, equal(1, 2), equal(2, 3), equal(3, 4)];
    let tied = System::new([4, 1, 1, 1, 1].map(Cell::of).to_vec(), relations)?;
    Ok(round(&tied, 4, Limits::default()).map(drop)?)
}

refused! { std::convert::identity;

a_relation_speaks_of_cells_that_are_there: system(vec![vec![(0, 1), (3, -1)]]) => "no_such_cell",
    "relation 0 names cell 3, and there are 3 cells numbered from 0; correct the number";

a_relation_names_a_cell_once: system(vec![vec![(0, 1), (1, -1), (1, -1)]]) => "repeated_cell",
    "relation 0 names cell 1 twice or with the coefficient 0; name each cell once";

a_cell_with_no_part_in_a_relation: system(vec![vec![(0, 0)]]) => "repeated_cell",
    "relation 0 names cell 0 twice or with the coefficient 0; name each cell once";

values_keep_relations: system(vec![vec![(0, 1), (1, -1)]]) => "does_not_add_up",
    "the values do not keep relation 0; a total must be the sum of its parts before rounding";

values_are_computed_exactly: changed(|cell| cell.value = 1 << 51) => "cell_too_large",
    "cell 1 or what it adds up to is more than 1125899906842624; give smaller units";

known_bounds_hold: changed(|cell| cell.floor = 5) => "outside_known_bounds",
    "cell 1 lies outside the bounds that an attacker is said to know; correct its floor or ceiling";

a_protection_is_around_the_value: changed(|cell| cell.need = Some(Need { low: 5, high: 9 })) =>
    "not_a_protection", "cell 1 is to be protected over an interval without its value or beyond the known bounds; widen the bounds or narrow the protection";

what_is_always_published_cannot_be_hidden: changed(|cell| {
    (cell.role, cell.need) = (Role::Known, Some(Need { low: 0, high: 5 }));
}) => "must_be_published",
    "cell 1 must be hidden and is declared as always published; leave it to be hidden, or publish no more than coarser cells";

what_follows_from_the_known_cannot_be_protected: all_known() => "cannot_be_protected",
    "cell 1 can be computed too closely from cells that are always published; allow more of them to be hidden";

a_mask_has_an_entry_for_each_cell: audited(&[true]) => "unlike_cells",
    "`hidden` has length 1, expected 3; give one entry for each cell";

a_threshold_of_nothing: threshold(0) => "threshold_out_of_range",
    "a threshold of 0 is not between 1 and 100; write 5 for the usual rule";

a_threshold_of_too_much: threshold(101) => "threshold_out_of_range",
    "a threshold of 101 is not between 1 and 100; write 5 for the usual rule";

a_dominance_of_nothing: dominates(&[1], 1, 0.0).map(drop).map_err(Error::from) => "percent_out_of_range",
    "0 is no percentage; write a number above 0 and at most 100";

a_level_is_in_one_group: table(vec![Dimension::grouped(2, vec![vec![0], vec![0]])]) => "not_a_group_of_levels",
    "group 1 of dimension 0 names a level that is not there, or that is in a group already; let each level be in one group";

a_table_has_cells: table(vec![Dimension::flat(0)]) => "table_size",
    "a table of 1 cells; give one with 1 to 1000000, margins counted";

a_table_has_a_count_for_each_cell: table(vec![Dimension::flat(3)]) => "unlike_cells",
    "`counts` has length 2, expected 3; give one entry for each cell";

a_base_of_one_rounds_nothing: rounded(1) => "base_out_of_range",
    "a base of 1 rounds nothing; write 3 or 5";

not_all_tables_can_be_rounded: no_rounding() => "no_rounding",
    "no rounding to 4 that keeps the sums was found within the limits; take a smaller base, or hide cells instead";

noise_has_an_entry_for_each_count_and_key: CellKey::new(2, 2, 1, vec![0; 3]).map(drop).map_err(Error::from) =>
    "not_a_noise_table", "the noise has 3 entries where 4 are needed, with a row to repeat among them; give one for each pair of count and key";

noise_needs_a_key_for_each_cell: System::new(cells(), sum()).and_then(|system| CellKey::new(1, 1, 1, vec![0])?.protect(&system, &[0])).map(drop).map_err(Error::from) =>
    "unlike_cells", "`sums_of_keys` has length 1, expected 3; give one entry for each cell";
}
