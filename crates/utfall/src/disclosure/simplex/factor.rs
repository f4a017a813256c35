//! A basis as a product of triangles, which answers what the basis and its transpose are solved for.
//!
//! Columns and rows with a single entry are taken first; those of tables leave little else (Markowitz, *Management Science*
//! 1957). Exchanged columns are kept as a product (Dantzig and Orchard-Hays, *Mathematical Tables* 1954) until
//! the whole is made anew.

use std::mem::take;

/// What counts as 0 after a subtraction.
const NOTHING: f64 = 1e-11;

/// A pivot is no smaller than this share of the largest in its column, which keeps rounding errors small.
const SMALLEST_SHARE: f64 = 0.1;

/// Entries, each with a place and a coefficient.
pub(super) type Entries = Vec<(u32, f64)>;

/// Lists of entries, one after another.
#[derive(Debug, Clone, Default)]
pub(super) struct Lists {
    ends: Vec<usize>,
    entries: Entries,
}

impl Lists {
    pub(super) fn of(lists: impl Iterator<Item = Entries>) -> Self {
        let mut made = Self::default();
        for list in lists {
            made.entries.extend(list);
            made.ends.push(made.entries.len());
        }
        made
    }

    pub(super) fn get(&self, list: usize) -> &[(u32, f64)] {
        let start = if list == 0 { 0 } else { self.ends[list - 1] };
        &self.entries[start..self.ends[list]]
    }
}

/// A column that was exchanged: its place, its entry there, and its other entries.
#[derive(Debug, Clone)]
struct Exchange {
    place: u32,
    pivot: f64,
    others: Entries,
}

/// The triangles of a basis. Columns stand in places; which row belongs to which place is a matter of the pivots.
#[derive(Debug, Clone, Default)]
pub(super) struct Factor {
    /// Row, place and value of each pivot, in their order.
    pivots: Vec<(u32, u32, f64)>,
    /// The pivots, by number, whose columns have more below, with what is subtracted from which rows.
    lower: Vec<(u32, Entries)>,
    /// For each pivot the rows of earlier ones in its column.
    above: Lists,
    /// For each pivot the places of later ones in its row.
    beside: Lists,
    exchanges: Vec<Exchange>,
    work: Vec<f64>,
}

/// Rows and places that have no pivot: the columns there follow from others.
pub(super) type Left = (Vec<u32>, Vec<u32>);

impl Factor {
    /// Factors a square matrix given by columns, or tells which rows and columns are left over.
    pub(super) fn new(columns: Vec<Entries>) -> Result<Self, Left> {
        let size = columns.len();
        let mut elimination = Elimination::new(columns);
        while let Some((row, place)) = elimination.next() {
            elimination.eliminate(row, place);
        }
        if elimination.pivots.len() < size {
            return Err(elimination.left());
        }
        Ok(elimination.factor())
    }

    /// How many columns were exchanged since it was made.
    pub(super) const fn exchanged(&self) -> usize {
        self.exchanges.len()
    }

    /// Puts a column in a place, given as it is in terms of the columns that are there.
    pub(super) fn exchange(&mut self, place: u32, pivot: f64, others: Entries) {
        self.exchanges.push(Exchange { place, pivot, others });
    }

    /// The columns, by place, that add up to a vector.
    pub(super) fn solve(&mut self, vector: &[(u32, f64)], found: &mut [f64]) {
        let mut rest = take(&mut self.work);
        rest.resize(self.pivots.len(), 0.0);
        vector.iter().for_each(|(row, value)| rest[*row as usize] = *value);
        for (pivot, below) in &self.lower {
            let value = rest[self.pivots[*pivot as usize].0 as usize];
            if value != 0.0 {
                below.iter().for_each(|(row, share)| rest[*row as usize] -= share * value);
            }
        }
        for (number, (row, place, pivot)) in self.pivots.iter().enumerate().rev() {
            let value = take(&mut rest[*row as usize]);
            if value != 0.0 {
                let value = value / pivot;
                found[*place as usize] = value;
                let above = self.above.get(number).iter();
                above.for_each(|(row, entry)| rest[*row as usize] -= entry * value);
            }
        }
        self.work = rest;
        for Exchange { place, pivot, others } in &self.exchanges {
            let value = found[*place as usize];
            if value != 0.0 {
                let value = value / pivot;
                found[*place as usize] = value;
                others.iter().for_each(|(place, entry)| found[*place as usize] -= entry * value);
            }
        }
    }

    /// The row of the inverse that belongs to a place: what each row counts there.
    pub(super) fn solve_transposed(&mut self, place: u32, found: &mut [f64]) {
        let mut rest = take(&mut self.work);
        rest.resize(self.pivots.len(), 0.0);
        rest[place as usize] = 1.0;
        for Exchange { place, pivot, others } in self.exchanges.iter().rev() {
            let others = others.iter().map(|(place, entry)| rest[*place as usize] * entry);
            let others: f64 = others.sum();
            rest[*place as usize] = (rest[*place as usize] - others) / pivot;
        }
        for (number, (row, place, pivot)) in self.pivots.iter().enumerate() {
            let value = take(&mut rest[*place as usize]);
            if value.abs() > NOTHING {
                let value = value / pivot;
                found[*row as usize] = value;
                let beside = self.beside.get(number).iter();
                beside.for_each(|(place, entry)| rest[*place as usize] -= entry * value);
            }
        }
        self.work = rest;
        for (pivot, below) in self.lower.iter().rev() {
            let sum: f64 = below.iter().map(|(row, share)| share * found[*row as usize]).sum();
            found[self.pivots[*pivot as usize].0 as usize] -= sum;
        }
    }
}

/// What is left to be eliminated, and what was.
struct Elimination {
    columns: Vec<Entries>,
    /// The places that each row may have entries in: some may have gone since.
    rows: Vec<Vec<u32>>,
    in_row: Vec<u32>,
    done: Vec<bool>,
    single_columns: Vec<u32>,
    single_rows: Vec<u32>,
    pivots: Vec<(u32, u32, f64)>,
    lower: Vec<(u32, Entries)>,
    above: Vec<Entries>,
    beside: Vec<Entries>,
    /// Where in the present column each row stands, counted from 1.
    standing: Vec<u32>,
}

impl Elimination {
    fn new(columns: Vec<Entries>) -> Self {
        let size = columns.len();
        let mut rows = vec![Vec::new(); size];
        for (place, column) in columns.iter().enumerate() {
            column.iter().for_each(|(row, _)| rows[*row as usize].push(to_u32(place)));
        }
        let in_row: Vec<u32> = rows.iter().map(|row| to_u32(row.len())).collect();
        let all = || (0..to_u32(size)).rev();
        Self {
            single_columns: all().filter(|place| columns[*place as usize].len() == 1).collect(),
            single_rows: all().filter(|row| in_row[*row as usize] == 1).collect(),
            above: vec![Entries::new(); size],
            done: vec![false; size],
            standing: vec![0; size],
            pivots: Vec::with_capacity(size),
            beside: Vec::with_capacity(size),
            lower: Vec::new(),
            columns,
            rows,
            in_row,
        }
    }

    /// The next pivot: of a column with one entry, of a row with one, else of the shortest column.
    fn next(&mut self) -> Option<(u32, u32)> {
        while let Some(place) = self.single_columns.pop() {
            if let ([(row, _)], false) =
                (self.columns[place as usize].as_slice(), self.done[place as usize])
            {
                return Some((*row, place));
            }
        }
        while let Some(row) = self.single_rows.pop() {
            let has = |place: &u32| {
                !self.done[*place as usize]
                    && self.columns[*place as usize].iter().any(|(other, _)| *other == row)
            };
            if self.in_row[row as usize] == 1
                && let Some(place) = self.rows[row as usize].iter().copied().find(has)
            {
                return Some((row, place));
            }
        }
        let open = (0..self.columns.len())
            .filter(|place| !self.done[*place] && !self.columns[*place].is_empty());
        let place = open.min_by_key(|place| self.columns[*place].len())?;
        let column = &self.columns[place];
        let largest = column.iter().map(|(_, entry)| entry.abs()).fold(0.0, f64::max);
        let large = column.iter().filter(|(_, entry)| entry.abs() >= SMALLEST_SHARE * largest);
        let row = large.min_by_key(|(row, _)| (self.in_row[*row as usize], *row))?.0;
        Some((row, to_u32(place)))
    }

    fn eliminate(&mut self, row: u32, place: u32) {
        self.done[place as usize] = true;
        let mut below = take(&mut self.columns[place as usize]);
        let Some(at) = below.iter().position(|(other, _)| *other == row) else { return };
        let (_, pivot) = below.swap_remove(at);
        for (other, entry) in &mut below {
            *entry /= pivot;
            self.shorten(*other);
        }
        let mut beside = Entries::new();
        for other in take(&mut self.rows[row as usize]) {
            if self.done[other as usize] {
                continue;
            }
            let column = &mut self.columns[other as usize];
            let Some(at) = column.iter().position(|(of, _)| *of == row) else { continue };
            let (_, entry) = column.swap_remove(at);
            beside.push((other, entry));
            self.above[other as usize].push((row, entry));
            self.subtract(other, entry, &below);
            if self.columns[other as usize].len() == 1 {
                self.single_columns.push(other);
            }
        }
        if !below.is_empty() {
            self.lower.push((to_u32(self.pivots.len()), below));
        }
        self.beside.push(beside);
        self.pivots.push((row, place, pivot));
        self.in_row[row as usize] = 0;
    }

    fn shorten(&mut self, row: u32) {
        self.in_row[row as usize] -= 1;
        if self.in_row[row as usize] == 1 {
            self.single_rows.push(row);
        }
    }

    /// Subtracts a multiple of the pivot's column from another.
    fn subtract(&mut self, place: u32, by: f64, below: &Entries) {
        if below.is_empty() {
            return;
        }
        let mut column = take(&mut self.columns[place as usize]);
        for (at, (row, _)) in column.iter().enumerate() {
            self.standing[*row as usize] = to_u32(at + 1);
        }
        for (row, share) in below {
            match self.standing[*row as usize] {
                0 => {
                    column.push((*row, -share * by));
                    self.rows[*row as usize].push(place);
                    self.in_row[*row as usize] += 1;
                }
                at => column[at as usize - 1].1 -= share * by,
            }
        }
        column.iter().for_each(|(row, _)| self.standing[*row as usize] = 0);
        column.retain(|(row, entry)| {
            let stays = entry.abs() > NOTHING;
            if !stays {
                self.shorten(*row);
            }
            stays
        });
        self.columns[place as usize] = column;
    }

    fn left(&self) -> Left {
        let mut open = vec![true; self.columns.len()];
        self.pivots.iter().for_each(|(row, _, _)| open[*row as usize] = false);
        let rows = (0..to_u32(open.len())).filter(|row| open[*row as usize]).collect();
        let places = (0..to_u32(open.len())).filter(|place| !self.done[*place as usize]).collect();
        (rows, places)
    }

    fn factor(mut self) -> Factor {
        let above = self.pivots.iter().map(|(_, place, _)| take(&mut self.above[*place as usize]));
        Factor {
            above: Lists::of(above),
            beside: Lists::of(self.beside.into_iter()),
            lower: self.lower,
            exchanges: Vec::new(),
            work: vec![0.0; self.pivots.len()],
            pivots: self.pivots,
        }
    }
}

/// Systems have far fewer cells than that.
pub(super) fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
