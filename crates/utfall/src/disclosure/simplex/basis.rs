//! Relations solved for some of their cells: each basic cell as a sum of the others, of which only what is asked for is
//! worked out.

use std::mem::take;
use std::sync::Arc;

use super::factor::{Entries, Factor, Lists, to_u32};

/// A coefficient this close to a whole number is that number: those of tables are nearly all 0, 1 and −1, and stay exact.
const NEARLY: f64 = 1e-9;

/// Exchanges after which the triangles are made anew.
const EXCHANGES: usize = 20;

/// Added and taken away again, this rounds to whole numbers in two steps: it leaves no room for fractions.
const SHIFT: f64 = 6_755_399_441_055_744.0;

const NOWHERE: u32 = u32::MAX;

/// The relations by row and by cell.
#[derive(Debug)]
struct Matrix {
    rows: Lists,
    columns: Lists,
    cells: usize,
}

/// As many variables as there are relations, in terms of all others. Each relation has a remainder, a variable that is always
/// 0: it stands in where no cell does, so that relations which follow from others do no harm.
#[derive(Debug, Clone)]
pub(super) struct Basis {
    matrix: Arc<Matrix>,
    basic: Vec<u32>,
    place_of: Vec<u32>,
    factor: Factor,
    by_place: Vec<f64>,
    by_row: Vec<f64>,
    by_cell: Vec<f64>,
    touched: Vec<u32>,
}

impl Basis {
    /// Relations between cells that add up to 0. The remainders are the variables after the cells.
    pub(super) fn new(cells: usize, relations: &[Vec<(usize, i64)>]) -> Self {
        let relations: Vec<_> = relations.iter().filter(|relation| !relation.is_empty()).collect();
        let mut columns = vec![Entries::new(); cells];
        let mut rows = Vec::with_capacity(relations.len());
        for (row, relation) in relations.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "coefficients are small whole numbers")]
            let entry = |(cell, factor): &(usize, i64)| (to_u32(*cell), *factor as f64);
            let entries: Entries = relation.iter().map(entry).collect();
            for (cell, factor) in &entries {
                columns[*cell as usize].push((to_u32(row), *factor));
            }
            rows.push(entries);
        }
        let basic = first(&rows, &columns);
        let size = basic.len();
        let matrix = Matrix {
            rows: Lists::of(rows.into_iter()),
            columns: Lists::of(columns.into_iter()),
            cells,
        };
        let mut made = Self {
            matrix: Arc::new(matrix),
            basic,
            place_of: vec![NOWHERE; cells + size],
            factor: Factor::default(),
            by_place: vec![0.0; size],
            by_row: vec![0.0; size],
            by_cell: vec![0.0; cells],
            touched: Vec::new(),
        };
        for (place, basic) in made.basic.iter().enumerate() {
            made.place_of[*basic as usize] = to_u32(place);
        }
        made.make_anew();
        made
    }

    /// How many variables there are: cells and remainders.
    pub(super) fn variables(&self) -> usize {
        self.place_of.len()
    }

    pub(super) fn is_basic(&self, variable: usize) -> bool {
        self.place_of[variable] != NOWHERE
    }

    pub(super) fn is_remainder(&self, variable: usize) -> bool {
        variable >= self.matrix.cells
    }

    /// The basic variables that move with a cell that is not basic, each with its coefficient.
    pub(super) fn column(&mut self, cell: usize, column: &mut Entries) {
        column.clear();
        self.factor.solve(self.matrix.columns.get(cell), &mut self.by_place);
        for (basic, value) in self.basic.iter().zip(&mut self.by_place) {
            if *value != 0.0 {
                let value = snapped(-take(value));
                if value != 0.0 {
                    column.push((*basic, value));
                }
            }
        }
    }

    /// A basic cell as a sum of the cells that are not, ascending.
    pub(super) fn row(&mut self, cell: usize, row: &mut Entries) {
        row.clear();
        let place = self.place_of[cell];
        if place == NOWHERE {
            return;
        }
        self.factor.solve_transposed(place, &mut self.by_row);
        for (relation, value) in self.by_row.iter_mut().enumerate() {
            if *value == 0.0 {
                continue;
            }
            let value = take(value);
            for (cell, factor) in self.matrix.rows.get(relation) {
                let sum = &mut self.by_cell[*cell as usize];
                if *sum == 0.0 {
                    self.touched.push(*cell);
                }
                *sum -= factor * value;
            }
        }
        if self.touched.len() * 8 > self.matrix.cells {
            self.touched.clear();
            self.touched.extend(0..to_u32(self.matrix.cells));
        } else {
            self.touched.sort_unstable();
        }
        for cell in self.touched.drain(..) {
            let value = snapped(take(&mut self.by_cell[cell as usize]));
            if value != 0.0 && self.place_of[cell as usize] == NOWHERE {
                row.push((cell, value));
            }
        }
    }

    /// Lets a cell become basic in place of a variable, which must move with it; the column is that of the cell.
    pub(super) fn pivot(&mut self, entering: usize, leaving: usize, column: &Entries) {
        let place = self.place_of[leaving];
        let mut pivot = None;
        let mut others = Entries::with_capacity(column.len());
        for (basic, value) in column {
            if *basic as usize == leaving {
                pivot = Some(-value);
            } else {
                others.push((self.place_of[*basic as usize], -value));
            }
        }
        let Some(pivot) = pivot else { return };
        self.place_of[leaving] = NOWHERE;
        self.place_of[entering] = place;
        self.basic[place as usize] = to_u32(entering);
        if self.factor.exchanged() < EXCHANGES {
            self.factor.exchange(place, pivot, others);
        } else {
            self.make_anew();
        }
    }

    /// Makes the triangles from the relations themselves, without the rounding errors that came together. Should cells depend
    /// on each other, remainders stand in for them.
    fn make_anew(&mut self) {
        loop {
            let columns = self.basic.iter().map(|basic| {
                let basic = *basic as usize;
                match basic.checked_sub(self.matrix.cells) {
                    Some(row) => vec![(to_u32(row), 1.0)],
                    None => self.matrix.columns.get(basic).to_vec(),
                }
            });
            match Factor::new(columns.collect()) {
                Ok(factor) => {
                    self.factor = factor;
                    return;
                }
                Err((rows, places)) => {
                    for (row, place) in rows.into_iter().zip(places) {
                        let remainder = self.matrix.cells + row as usize;
                        self.place_of[self.basic[place as usize] as usize] = NOWHERE;
                        self.place_of[remainder] = place;
                        self.basic[place as usize] = to_u32(remainder);
                    }
                }
            }
        }
    }
}

/// For each relation a cell that is in none of those that come before it in some order, or the remainder: totals in terms
/// of their parts, the finest first, which is nearly the whole of a table's rank and needs no elimination.
fn first(rows: &[Entries], columns: &[Entries]) -> Vec<u32> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let depth = depths(rows, columns);
    order.sort_by_key(|row| (depth[*row], rows[*row].len(), *row));
    let mut taken = vec![false; rows.len()];
    let mut basic: Vec<u32> = (0..rows.len()).map(|row| to_u32(columns.len() + row)).collect();
    for row in order {
        let free = |(cell, _): &&(u32, f64)| {
            columns[*cell as usize].iter().all(|(other, _)| !taken[*other as usize])
        };
        // A unit coefficient keeps the others whole.
        let cheap = |(cell, factor): &&(u32, f64)| {
            let unlike_one = (factor.abs() - 1.0).abs() > NEARLY;
            (unlike_one, *factor < 0.0, columns[*cell as usize].len(), *cell)
        };
        if let Some((cell, _)) = rows[row].iter().filter(free).min_by_key(cheap) {
            basic[row] = *cell;
            taken[row] = true;
        }
    }
    basic
}

/// How many sums of sums stand below each relation.
fn depths(rows: &[Entries], columns: &[Entries]) -> Vec<usize> {
    let mut depth = vec![0; rows.len()];
    // As many rounds as a hierarchy has levels.
    for _ in 0..8 {
        let mut deeper = false;
        for (row, entries) in rows.iter().enumerate() {
            let parts = entries.iter().filter(|(_, factor)| *factor < 0.0);
            let below = parts.flat_map(|(part, _)| &columns[*part as usize]);
            let below = below.filter(|(other, factor)| *factor > 0.0 && *other as usize != row);
            let below = below.map(|(other, _)| depth[*other as usize] + 1).max().unwrap_or(0);
            if below > depth[row] {
                (depth[row], deeper) = (below, true);
            }
        }
        if !deeper {
            break;
        }
    }
    depth
}

fn snapped(value: f64) -> f64 {
    let whole = (value + SHIFT) - SHIFT;
    if (value - whole).abs() < NEARLY { whole } else { value }
}
