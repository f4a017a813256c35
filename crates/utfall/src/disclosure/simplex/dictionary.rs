//! Relations solved for some of their cells: each basic cell as a sum of the others.

use std::mem::take;

/// A coefficient this close to a whole number is that number: those of tables are nearly all 0, 1 and −1, and stay exact.
const NEARLY: f64 = 1e-9;

/// A row: cells that are not basic, ascending, with their coefficients.
pub(super) type Row = Vec<(u32, f64)>;

/// Each basic variable as a linear form of the others. Rows are sparse: pieces of a table that have nothing to do with
/// each other stay apart without being looked for.
#[derive(Debug, Clone)]
pub(super) struct Dictionary {
    rows: Vec<Row>,
    basic: Vec<u32>,
    row_of: Vec<Option<u32>>,
    /// For each variable the rows that it may stand in: some may have lost it since.
    rows_with: Vec<Vec<u32>>,
    entries: usize,
    buffer: Row,
}

impl Dictionary {
    /// Relations that add up to 0, solved by elimination. Those that follow from others fall away.
    pub(super) fn new(variables: usize, relations: &[Vec<(usize, i64)>]) -> Self {
        let mut dictionary = Self {
            rows: Vec::with_capacity(relations.len()),
            basic: Vec::with_capacity(relations.len()),
            row_of: vec![None; variables],
            rows_with: vec![Vec::new(); variables],
            entries: 0,
            buffer: Row::new(),
        };
        let mut short_first: Vec<&Vec<(usize, i64)>> = relations.iter().collect();
        short_first.sort_by_key(|relation| relation.len());
        short_first.into_iter().for_each(|relation| dictionary.add(relation));
        dictionary
    }

    pub(super) fn row(&self, variable: usize) -> Option<&Row> {
        self.row_of[variable].map(|row| &self.rows[row as usize])
    }

    pub(super) fn is_basic(&self, variable: usize) -> bool {
        self.row_of[variable].is_some()
    }

    /// How many coefficients there are: what a pivot costs.
    pub(super) const fn entries(&self) -> usize {
        self.entries
    }

    /// The basic variables that move with a variable that is not, each with its coefficient.
    pub(super) fn column(&mut self, variable: usize, column: &mut Vec<(u32, f64)>) {
        column.clear();
        let mut rows = take(&mut self.rows_with[variable]);
        rows.sort_unstable();
        rows.dedup();
        rows.retain(|row| {
            let coefficient = coefficient(&self.rows[*row as usize], variable);
            column.extend(coefficient.map(|coefficient| (self.basic[*row as usize], coefficient)));
            coefficient.is_some()
        });
        self.rows_with[variable] = rows;
    }

    /// Lets a variable become basic in place of another, which must move with it.
    pub(super) fn pivot(&mut self, entering: usize, leaving: usize) {
        let Some(place) = self.row_of[leaving] else { return };
        let old = take(&mut self.rows[place as usize]);
        let Some(pivot) = coefficient(&old, entering) else {
            self.rows[place as usize] = old;
            return;
        };
        let mut row = Row::with_capacity(old.len());
        let mut waiting = Some((to_u32(leaving), snapped(1.0 / pivot)));
        for (variable, coefficient) in old {
            if waiting.is_some_and(|(leaving, _)| leaving < variable) {
                row.extend(waiting.take());
            }
            if variable as usize != entering {
                row.push((variable, snapped(-coefficient / pivot)));
            }
        }
        row.extend(waiting);
        self.row_of[leaving] = None;
        self.row_of[entering] = Some(place);
        self.basic[place as usize] = to_u32(entering);
        self.rows_with[leaving].push(place);
        for other in take(&mut self.rows_with[entering]) {
            if other != place {
                self.substitute(other, entering, &row);
            }
        }
        self.rows[place as usize] = row;
    }

    /// Puts the linear form of a variable in its place in a row.
    fn substitute(&mut self, place: u32, variable: usize, form: &Row) {
        let row = &mut self.rows[place as usize];
        let Some(factor) = coefficient(row, variable) else { return };
        let buffer = &mut self.buffer;
        buffer.clear();
        let mut of_row = row.iter().copied().filter(|(v, _)| *v as usize != variable).peekable();
        for (new, coefficient) in form {
            while let Some(entry) = of_row.next_if(|(v, _)| v < new) {
                buffer.push(entry);
            }
            let part = factor * coefficient;
            if let Some((_, old)) = of_row.next_if(|(v, _)| v == new) {
                let sum = snapped(old + part);
                if sum != 0.0 {
                    buffer.push((*new, sum));
                }
            } else {
                buffer.push((*new, snapped(part)));
                self.rows_with[*new as usize].push(place);
            }
        }
        buffer.extend(of_row);
        self.entries = self.entries + buffer.len() - row.len();
        row.clear();
        row.extend_from_slice(buffer);
    }

    /// Adds a relation: what is basic in it is put in terms of what is not, and one of those becomes basic.
    fn add(&mut self, relation: &[(usize, i64)]) {
        let place = to_u32(self.rows.len());
        let mut row: Row = Vec::with_capacity(relation.len());
        #[expect(clippy::cast_precision_loss, reason = "coefficients are small whole numbers")]
        row.extend(relation.iter().map(|(cell, factor)| (to_u32(*cell), *factor as f64)));
        row.sort_unstable_by_key(|(cell, _)| *cell);
        self.entries += row.len();
        let basic: Vec<usize> = row.iter().map(|(cell, _)| *cell as usize).collect();
        self.rows.push(row);
        for cell in basic {
            if let Some(form) = self.row(cell).cloned() {
                self.substitute(place, cell, &form);
            }
        }
        let row = self.rows.last().map(Vec::as_slice).unwrap_or_default();
        // A unit coefficient keeps the others whole. Totals in terms of their parts give the sparsest rows.
        let cheap = |(cell, factor): &(u32, f64)| {
            (
                (factor.abs() - 1.0).abs() > NEARLY,
                *factor < 0.0,
                self.rows_with[*cell as usize].len(),
                std::cmp::Reverse(*cell),
            )
        };
        let Some((solved, pivot)) = row.iter().min_by_key(|entry| cheap(entry)).copied() else {
            // It follows from the others. An empty row stays, so that the rows after it keep their places.
            self.basic.push(u32::MAX);
            return;
        };
        let others = row.iter().filter(|(cell, _)| *cell != solved);
        let form: Row = others.map(|(cell, factor)| (*cell, snapped(-factor / pivot))).collect();
        self.entries -= 1;
        for other in take(&mut self.rows_with[solved as usize]) {
            if other != place {
                self.substitute(other, solved as usize, &form);
            }
        }
        form.iter().for_each(|(cell, _)| self.rows_with[*cell as usize].push(place));
        self.row_of[solved as usize] = Some(place);
        self.basic.push(solved);
        self.rows[place as usize] = form;
    }
}

fn coefficient(row: &Row, variable: usize) -> Option<f64> {
    let found = row.binary_search_by_key(&to_u32(variable), |(cell, _)| *cell);
    found.ok().map(|place| row[place].1)
}

fn snapped(value: f64) -> f64 {
    let whole = value.round();
    if (value - whole).abs() < NEARLY { whole } else { value }
}

/// Systems have far fewer cells than that.
fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
