//! Everything that is published about the same units, as one linear system.

use super::error::{DisclosureError, Result};

/// The largest value that is computed with: sums of a relation stay exact in floating point as well.
pub const MOST: u64 = 1 << 50;

/// How a cell may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Published unless it is hidden.
    Printed,
    /// Published whatever happens, or known from elsewhere, such as the size of a municipality.
    Known,
    /// Published earlier, and so known whatever happens now: to single units too, who have learnt from it what they can.
    Told,
    /// Never printed by itself; an attacker knows only what follows from other cells. It takes nothing to hide, and a small
    /// one is protected all the same.
    Unprinted,
    /// A part that others are made of and that nobody asks for. It takes nothing to hide and needs no protection.
    Part,
}

impl Role {
    /// Whether the cell is known whatever is hidden.
    pub const fn is_known(self) -> bool {
        matches!(self, Self::Known | Self::Told)
    }

    /// Whether the cell is never printed by itself.
    pub const fn is_unprinted(self) -> bool {
        matches!(self, Self::Unprinted | Self::Part)
    }
}

/// What an attacker's interval must contain for a cell to count as protected, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Need {
    /// The interval must reach down to here.
    pub low: u64,
    /// And up to here.
    pub high: u64,
}

/// A whole number that is not negative: a count, or an amount in whole units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// The true value.
    pub value: u64,
    /// How it may leave.
    pub role: Role,
    /// What it costs to hide it: 1 where the fewest cells are to be hidden, its value where the fewest persons, more for
    /// totals and for rows that a goal rests on.
    pub cost: u64,
    /// The least that it can be for somebody who sees that it is hidden: 1 where zeros are always printed, else 0.
    pub floor: u64,
    /// The most that it can be, where that is known.
    pub ceiling: Option<u64>,
    /// Set where the cell must be hidden: the interval that must remain possible.
    pub need: Option<Need>,
    /// Whether the cell is a single unit, who knows it and can subtract it.
    pub lone: bool,
}

impl Cell {
    /// A printed count that costs 1 to hide, of which nothing is known but that it is not negative.
    pub const fn of(value: u64) -> Self {
        Self {
            value,
            role: Role::Printed,
            cost: 1,
            floor: 0,
            ceiling: None,
            need: None,
            lone: false,
        }
    }

    /// The cell as somebody sees it who can tell from what is published in its place that it lies between these: no more than
    /// that can be asked to remain possible.
    pub(super) fn seen_between(&self, floor: u64, ceiling: u64) -> Self {
        let within = |need: Need| Need {
            low: need.low.clamp(floor, self.value),
            high: need.high.clamp(self.value, ceiling),
        };
        let need = self.need.map(within);
        Self { role: Role::Printed, floor, ceiling: Some(ceiling), need, lone: false, ..*self }
    }

    /// How far it may deviate from its value for somebody to whom it is hidden.
    #[expect(clippy::cast_precision_loss, reason = "values are below 2^50")]
    pub(super) fn range(&self) -> (f64, f64) {
        let up = |ceiling: u64| ceiling.saturating_sub(self.value) as f64;
        let down = self.value.saturating_sub(self.floor) as f64;
        (-down, self.ceiling.map_or(f64::INFINITY, up))
    }
}

/// Cells with whole coefficients that add up to 0: a total, and its parts with the coefficient −1.
pub type Relation = Vec<(usize, i64)>;

/// Cells and the relations between them: the finest joint table, its margins, successes and failures, populations nested
/// in each other, several tables over the same units, earlier releases.
///
/// A figure that is a sum of cells is a cell with a relation; a part that nobody prints is a cell with the role
/// [`Role::Unprinted`]. So a table printed without its finest cells, and the same table a month later, are one system.
///
/// ```
/// use utfall::disclosure::{Cell, System};
///
/// // 35 participants, 31 women and 4 men.
/// let cells = [35, 31, 4].map(Cell::of).to_vec();
/// let system = System::new(cells, vec![vec![(0, 1), (1, -1), (2, -1)]])?;
/// assert_eq!(system.cells().len(), 3);
/// # Ok::<(), utfall::disclosure::DisclosureError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct System {
    cells: Vec<Cell>,
    relations: Vec<Relation>,
}

impl System {
    /// Cells and the relations that they keep.
    ///
    /// # Errors
    ///
    /// If a relation names a cell that is not there or twice, or is not kept by the values; if a value lies outside the
    /// bounds that are said to be known, or a protection cannot be met by any interval; if a value is beyond [`MOST`].
    pub fn new(cells: Vec<Cell>, relations: Vec<Relation>) -> Result<Self> {
        for (number, relation) in relations.iter().enumerate() {
            check_relation(number, relation, &cells)?;
        }
        let system = Self { cells, relations };
        system.check_cells()?;
        Ok(system)
    }

    /// Cells of a checked system with what is left of its relations, which need not add up to 0.
    pub(super) const fn part(cells: Vec<Cell>, relations: Vec<Relation>) -> Self {
        Self { cells, relations }
    }

    /// Figures that are sums of unknown counts: for each figure the atoms in it. The atoms themselves are not printed;
    /// a figure of one atom prints it. The cells are first the atoms, then the figures.
    ///
    /// # Errors
    ///
    /// As [`System::new`].
    ///
    /// ```
    /// use utfall::disclosure::System;
    ///
    /// // A month ago 4 women and 3 men; now 5 women and 3 men, of whom 1 woman is new.
    /// let atoms = [4, 3, 1];
    /// let figures = [vec![0], vec![1], vec![0, 1], vec![0, 2], vec![0, 1, 2]];
    /// let system = System::from_atoms(&atoms, &figures)?;
    /// let values: Vec<u64> = system.cells().iter().map(|cell| cell.value).collect();
    /// assert_eq!(values, [4, 3, 1, 4, 3, 7, 5, 8]);
    /// # Ok::<(), utfall::disclosure::DisclosureError>(())
    /// ```
    pub fn from_atoms(atoms: &[u64], figures: &[Vec<usize>]) -> Result<Self> {
        let unprinted = |value: &u64| Cell { role: Role::Unprinted, cost: 0, ..Cell::of(*value) };
        let mut cells: Vec<Cell> = atoms.iter().map(unprinted).collect();
        let mut relations = Vec::with_capacity(figures.len());
        for (number, figure) in figures.iter().enumerate() {
            let mut value = 0_u64;
            for atom in figure {
                let part = atoms.get(*atom).ok_or(DisclosureError::NoSuchCell {
                    relation: number,
                    cell: *atom,
                    cells: atoms.len(),
                })?;
                value = value.saturating_add(*part);
            }
            let parts = figure.iter().map(|atom| (*atom, -1));
            relations.push([(cells.len(), 1)].into_iter().chain(parts).collect());
            cells.push(Cell::of(value));
        }
        Self::new(cells, relations)
    }

    /// The cells, in the order in which they were given.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The relations, in the order in which they were given.
    pub fn relations(&self) -> &[Relation] {
        &self.relations
    }

    /// The same with other roles, costs, bounds or protections: `change` gets the number of each cell and the cell.
    ///
    /// # Errors
    ///
    /// As [`System::new`].
    pub fn with(&self, mut change: impl FnMut(usize, &mut Cell)) -> Result<Self> {
        let mut changed = self.clone();
        changed.cells.iter_mut().enumerate().for_each(|(number, cell)| change(number, cell));
        let same = changed.cells.iter().zip(&self.cells).all(|(new, old)| new.value == old.value);
        if same {
            changed.check_cells()?;
        } else {
            return Self::new(changed.cells, changed.relations);
        }
        Ok(changed)
    }

    /// The cost of hiding these cells. Unprinted ones cost nothing.
    pub fn cost(&self, hidden: &[bool]) -> u64 {
        let printed = |(cell, hidden): &(&Cell, &bool)| **hidden && !cell.role.is_unprinted();
        let costs = self.cells.iter().zip(hidden).filter(printed);
        costs.fold(0, |sum, (cell, _)| sum.saturating_add(cell.cost))
    }

    fn check_cells(&self) -> Result<()> {
        for (number, cell) in self.cells.iter().enumerate() {
            let ceiling = cell.ceiling.unwrap_or(MOST);
            if cell.value > MOST {
                return Err(DisclosureError::CellTooLarge { cell: number, most: MOST });
            }
            // Only who sees a mask draws a conclusion from it, and a cell that is always shown bears none.
            if !cell.role.is_known() && !(cell.floor..=ceiling).contains(&cell.value) {
                return Err(DisclosureError::OutsideKnownBounds { cell: number });
            }
            let Some(need) = cell.need else { continue };
            if cell.role.is_known() {
                return Err(DisclosureError::MustBePublished { cell: number });
            }
            let possible = cell.floor <= need.low && need.high <= ceiling;
            if !possible || !(need.low..=need.high).contains(&cell.value) {
                return Err(DisclosureError::NotAProtection { cell: number });
            }
        }
        Ok(())
    }
}

fn check_relation(number: usize, relation: &Relation, cells: &[Cell]) -> Result<()> {
    let mut named: Vec<usize> = relation.iter().map(|(cell, _)| *cell).collect();
    named.sort_unstable();
    let twice = named.windows(2).find(|pair| pair.first() == pair.last());
    let nothing = relation.iter().find(|(_, coefficient)| *coefficient == 0);
    let repeated = twice.and_then(|pair| pair.first()).or(nothing.map(|(cell, _)| cell));
    if let Some(cell) = repeated {
        return Err(DisclosureError::RepeatedCell { relation: number, cell: *cell });
    }
    let mut sum = 0_i128;
    for (cell, coefficient) in relation {
        let missing =
            DisclosureError::NoSuchCell { relation: number, cell: *cell, cells: cells.len() };
        let part = i128::from(cells.get(*cell).ok_or(missing)?.value) * i128::from(*coefficient);
        if part.unsigned_abs() > u128::from(MOST) {
            return Err(DisclosureError::CellTooLarge { cell: *cell, most: MOST });
        }
        sum += part;
    }
    if sum == 0 { Ok(()) } else { Err(DisclosureError::DoesNotAddUp { relation: number }) }
}
