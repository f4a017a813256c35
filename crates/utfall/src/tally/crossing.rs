//! Which columns figures are crossed by, and which tables that makes.

use crate::data::{level_codes, parent_levels};
use crate::error::{Error, Result};
use crate::project::{COMPANION_COLUMNS, Column, FIGURE_COLUMNS, Named, Project, Register};

/// What figures are to be crossed by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum By {
    /// The columns that each register names itself.
    #[default]
    Declared,
    /// All margins of these columns; each register uses those that it has. Empty: overall only.
    Margins(Vec<String>),
    /// Overall, and the table of each of these sets of columns.
    Tables(Vec<Vec<String>>),
}

impl By {
    /// The same crossing, however its columns were ordered.
    pub(crate) fn in_order(mut self) -> Self {
        let sorted = |columns: &mut Vec<String>| {
            columns.sort();
            columns.dedup();
        };
        match &mut self {
            Self::Declared => {}
            Self::Margins(columns) => sorted(columns),
            Self::Tables(tables) => {
                tables.iter_mut().for_each(sorted);
                tables.sort();
                tables.dedup();
            }
        }
        self
    }
}

/// The columns that one register is crossed by, in declared order, and the tables of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Crossing {
    pub(crate) columns: Vec<CrossedColumn>,
    /// Sets of positions in `columns`, ascending; fewer columns first, the empty one (overall) first of all.
    pub(crate) tables: Vec<Vec<usize>>,
}

/// A column that figures are crossed by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CrossedColumn {
    pub(crate) name: String,
    /// Its position in the register's declaration.
    pub(crate) position: usize,
    pub(crate) codes: Vec<String>,
    /// Whether the source lacks it: its groups are not published.
    pub(crate) absent: bool,
    /// The position in `Crossing::columns` of the column that it lies within, with the parent's level for each level.
    pub(crate) within: Option<(usize, Vec<u32>)>,
}

impl CrossedColumn {
    /// The code of unknown: the number of levels.
    pub(crate) fn unknown(&self) -> u32 {
        u32::try_from(self.codes.len()).unwrap_or(u32::MAX)
    }
}

/// Beyond this many columns, all margins are more tables than anybody reads.
const MOST_COLUMNS: usize = 12;

impl Crossing {
    /// The crossing of a register; columns that it lacks are passed over.
    pub(crate) fn of(project: &Project, name: &str, register: &Register, by: &By) -> Result<Self> {
        let none = Named::new();
        let declared = project.columns(name).unwrap_or(&none);
        let lists: Vec<&[String]> = match by {
            By::Declared => vec![&register.by],
            By::Margins(columns) => vec![columns],
            By::Tables(tables) => tables.iter().map(Vec::as_slice).collect(),
        };
        // A column within another brings that one along: no table has a municipality without its sub-project.
        let with_parents = |column: &String| {
            let mut position = declared.get_index_of(column);
            std::iter::from_fn(move || {
                let current = position?;
                position = declared
                    .get_index(current)
                    .and_then(|(_, column)| declared.get_index_of(column.parent.as_ref()?));
                Some(current)
            })
        };
        let sets = lists.iter().filter(|list| {
            // A table is only made by a register that has all of its columns; margins are made of those there are.
            !matches!(by, By::Tables(_)) || list.iter().all(|column| declared.contains_key(column))
        });
        let sets: Vec<Vec<usize>> = sets
            .map(|list| {
                let mut positions: Vec<usize> = list.iter().flat_map(with_parents).collect();
                positions.sort_unstable();
                positions.dedup();
                positions
            })
            .collect();
        let mut positions: Vec<usize> = sets.iter().flatten().copied().collect();
        positions.sort_unstable();
        positions.dedup();
        let columns: Vec<CrossedColumn> = positions
            .iter()
            .filter_map(|position| crossed(declared, *position, &positions))
            .collect();
        let tables = match by {
            By::Tables(_) => {
                let place = |position: &usize| positions.binary_search(position).ok();
                sets.iter().map(|set| set.iter().filter_map(place).collect()).collect()
            }
            By::Declared | By::Margins(_) => margins(&columns)?,
        };
        Ok(Self { columns, tables: in_order(tables) })
    }
}

/// Refuses columns that no register has, or that have no levels.
pub(crate) fn check_by(project: &Project, by: &By) -> Result<()> {
    let asked: Vec<&String> = match by {
        By::Declared => Vec::new(),
        By::Margins(columns) => columns.iter().collect(),
        By::Tables(tables) => tables.iter().flatten().collect(),
    };
    let mut columns: Vec<String> = project
        .registers
        .keys()
        .filter_map(|name| project.columns(name))
        .flatten()
        .filter(|(name, column)| {
            column.column_type().has_levels()
                && !FIGURE_COLUMNS.contains(&name.as_str())
                && !COMPANION_COLUMNS.contains(&name.as_str())
        })
        .map(|(name, _)| name.clone())
        .collect();
    columns.dedup();
    let unknown = asked.into_iter().find(|column| !columns.contains(column));
    unknown.map_or(Ok(()), |column| {
        columns.sort();
        columns.dedup();
        Err(Error::UnknownByColumn { column: column.clone(), columns })
    })
}

fn crossed(
    declared: &Named<Column>,
    position: usize,
    positions: &[usize],
) -> Option<CrossedColumn> {
    let (name, column) = declared.get_index(position)?;
    let codes = level_codes(column);
    let within = parent_levels(column, declared)
        .and_then(|(parent, levels)| Some((positions.binary_search(&parent).ok()?, levels)));
    Some(CrossedColumn {
        name: name.clone(),
        position,
        codes,
        absent: column.absent.is_some(),
        within,
    })
}

/// All subsets in which every column has the one that it lies within.
fn margins(columns: &[CrossedColumn]) -> Result<Vec<Vec<usize>>> {
    if columns.len() > MOST_COLUMNS {
        return Err(Error::TooManyColumns { columns: columns.len(), most: MOST_COLUMNS });
    }
    let subsets = (0_u32..1 << columns.len()).map(|members| {
        (0..columns.len()).filter(|column| members >> column & 1 == 1).collect::<Vec<_>>()
    });
    let has_parents = |set: &Vec<usize>| {
        set.iter().all(|column| {
            columns[*column].within.as_ref().is_none_or(|(parent, _)| set.contains(parent))
        })
    };
    Ok(subsets.filter(has_parents).collect())
}

fn in_order(mut tables: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    tables.push(Vec::new());
    tables.sort_by(|left, right| left.len().cmp(&right.len()).then_with(|| left.cmp(right)));
    tables.dedup();
    tables
}
