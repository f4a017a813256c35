//! A table of counts with all its margins as a system.

use super::error::{DisclosureError, Result};
use super::system::{Cell, Relation, System};

/// The most cells of a table, margins counted.
const MOST_CELLS: usize = 1_000_000;

/// Levels of one dimension: places that are counted, groups of them, and the total.
///
/// Places are numbered: first the levels, then the groups in the order given, last the total. A group may hold groups
/// before it, so that municipalities lie in sub-projects and these in counties.
///
/// ```
/// use utfall::disclosure::Dimension;
///
/// // Three municipalities, of which the first two make up a sub-project.
/// let places = Dimension::grouped(3, vec![vec![0, 1]]);
/// assert_eq!(places.places(), 5);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    levels: usize,
    groups: Vec<Vec<usize>>,
}

impl Dimension {
    /// Levels with only a total.
    pub const fn flat(levels: usize) -> Self {
        Self { levels, groups: Vec::new() }
    }

    /// Levels with groups: each lists the levels and earlier groups in it.
    pub const fn grouped(levels: usize, groups: Vec<Vec<usize>>) -> Self {
        Self { levels, groups }
    }

    /// How many places there are: levels, groups and the total.
    pub fn places(&self) -> usize {
        self.levels.saturating_add(self.groups.len()).saturating_add(1)
    }

    /// Each group and the total, with what is directly in it.
    fn sums(&self, dimension: usize) -> Result<Vec<(usize, Vec<usize>)>> {
        let mut free = vec![true; self.places()];
        let mut sums = Vec::with_capacity(self.groups.len() + 1);
        for (group, parts) in self.groups.iter().enumerate() {
            let place = self.levels + group;
            for part in parts {
                let is_free = *part < place && free.get(*part).copied().unwrap_or(false);
                if !is_free {
                    return Err(DisclosureError::NotAGroup { dimension, group });
                }
                free[*part] = false;
            }
            if parts.is_empty() {
                return Err(DisclosureError::NotAGroup { dimension, group });
            }
            sums.push((place, parts.clone()));
        }
        let total = self.places() - 1;
        sums.push((total, (0..total).filter(|place| free[*place]).collect()));
        Ok(sums)
    }
}

/// A table of counts with all its margins and groups.
///
/// Cells are in row-major order over the places of the dimensions, the last dimension fastest; in each dimension the
/// levels come first, then the groups, last the total.
///
/// ```
/// use utfall::disclosure::Table;
///
/// let table = Table::of(&[2, 2], &[31, 4, 17, 7])?;
/// let values: Vec<u64> = table.system().cells().iter().map(|cell| cell.value).collect();
/// assert_eq!(values, [31, 4, 35, 17, 7, 24, 48, 11, 59]);
/// # Ok::<(), utfall::disclosure::DisclosureError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    dimensions: Vec<Dimension>,
    system: System,
}

impl Table {
    /// Counts by dimensions with a total each; row-major, the last dimension fastest.
    ///
    /// # Errors
    ///
    /// As [`Table::new`].
    pub fn of(shape: &[usize], counts: &[u64]) -> Result<Self> {
        Self::new(shape.iter().map(|levels| Dimension::flat(*levels)).collect(), counts)
    }

    /// Counts by dimensions with groups; row-major over the levels, the last dimension fastest.
    ///
    /// # Errors
    ///
    /// If there are no cells or more than a million, if the counts are not one for each combination of levels, if a group
    /// names what is not there or is in a group already, or if the total is beyond [`MOST`](super::MOST).
    pub fn new(dimensions: Vec<Dimension>, counts: &[u64]) -> Result<Self> {
        let product = |size: fn(&Dimension) -> usize| {
            dimensions.iter().map(size).fold(1, usize::saturating_mul)
        };
        let (cells, expected) = (product(Dimension::places), product(|of| of.levels));
        if expected == 0 || cells > MOST_CELLS {
            return Err(DisclosureError::TableSize { cells, most: MOST_CELLS });
        }
        if counts.len() != expected {
            let found = counts.len();
            return Err(DisclosureError::UnlikeCells { name: "counts", found, expected });
        }
        let mut sums = Vec::with_capacity(dimensions.len());
        for (number, dimension) in dimensions.iter().enumerate() {
            sums.push(dimension.sums(number)?);
        }
        let values = values(&dimensions, &sums, counts);
        let relations = relations(&dimensions, &sums);
        let system = System::new(values.into_iter().map(Cell::of).collect(), relations)?;
        Ok(Self { dimensions, system })
    }

    /// The cells and relations.
    pub const fn system(&self) -> &System {
        &self.system
    }

    /// The dimensions.
    pub fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }

    /// The sizes of the dimensions and the counts of the combinations of levels, row-major.
    pub fn levels(&self) -> (Vec<usize>, Vec<u64>) {
        let cells = self.system.cells().iter().enumerate();
        let counts = cells.filter(|(number, _)| self.sums_of(*number) == 0);
        let counts = counts.map(|(_, cell)| cell.value).collect();
        (self.dimensions.iter().map(|dimension| dimension.levels).collect(), counts)
    }

    /// How many groups and totals a cell is in the place of: 0 for a combination of levels, the number of dimensions for the
    /// grand total. What a cost may rest on.
    pub fn sums_of(&self, cell: usize) -> usize {
        let mut rest = cell;
        let mut sums = 0;
        for dimension in self.dimensions.iter().rev() {
            sums += usize::from(rest % dimension.places() >= dimension.levels);
            rest /= dimension.places();
        }
        sums
    }
}

type Sums = Vec<(usize, Vec<usize>)>;

/// The cells of the whole table: each dimension in turn is extended by its groups and total.
fn values(dimensions: &[Dimension], sums: &[Sums], counts: &[u64]) -> Vec<u64> {
    let mut values = counts.to_vec();
    let mut inner = 1;
    for (dimension, sums) in dimensions.iter().zip(sums).rev() {
        let mut extended = Vec::with_capacity(values.len() / dimension.levels * dimension.places());
        for block in values.chunks(inner * dimension.levels) {
            let mut block = block.to_vec();
            for (_, parts) in sums {
                let sum = |at: usize| {
                    let parts = parts.iter().map(|part| block[part * inner + at]);
                    parts.fold(0, u64::saturating_add)
                };
                let new: Vec<u64> = (0..inner).map(sum).collect();
                block.extend(new);
            }
            extended.extend(block);
        }
        values = extended;
        inner *= dimension.places();
    }
    values
}

fn relations(dimensions: &[Dimension], sums: &[Sums]) -> Vec<Relation> {
    let cells: usize = dimensions.iter().map(Dimension::places).product();
    let mut relations = Vec::new();
    let mut inner = 1;
    for (dimension, sums) in dimensions.iter().zip(sums).rev() {
        let block = inner * dimension.places();
        for start in (0..cells).step_by(block) {
            for at in start..start + inner {
                for (sum, parts) in sums {
                    let parts = parts.iter().map(|part| (at + part * inner, -1));
                    relations.push([(at + sum * inner, 1)].into_iter().chain(parts).collect());
                }
            }
        }
        inner = block;
    }
    relations
}
