//! What disclosure control cannot be made of.

use thiserror::Error;

/// The result of disclosure control.
pub type Result<T> = std::result::Result<T, DisclosureError>;

/// Cells, relations or rules that cannot be meant, or that cannot be kept together. Cells and relations are numbered
/// from 0, as they were given; values are never quoted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DisclosureError {
    /// A relation that speaks of a cell that is not there.
    #[error(
        "relation {relation} names cell {cell}, and there are {cells} cells numbered from 0; correct the number"
    )]
    NoSuchCell {
        /// The relation.
        relation: usize,
        /// The cell that it names.
        cell: usize,
        /// How many there are.
        cells: usize,
    },
    /// A relation that names a cell twice, or with the coefficient 0.
    #[error(
        "relation {relation} names cell {cell} twice or with the coefficient 0; name each cell once"
    )]
    RepeatedCell {
        /// The relation.
        relation: usize,
        /// The cell.
        cell: usize,
    },
    /// A relation that the values do not keep.
    #[error(
        "the values do not keep relation {relation}; a total must be the sum of its parts before rounding"
    )]
    DoesNotAddUp {
        /// The relation.
        relation: usize,
    },
    /// A value beyond what is computed exactly.
    #[error("cell {cell} or what it adds up to is more than {most}; give smaller units")]
    CellTooLarge {
        /// The cell.
        cell: usize,
        /// The most that is computed with.
        most: u64,
    },
    /// Bounds known to the attacker that do not hold.
    #[error(
        "cell {cell} lies outside the bounds that an attacker is said to know; correct its floor or ceiling"
    )]
    OutsideKnownBounds {
        /// The cell.
        cell: usize,
    },
    /// A protection that no attacker's interval could have.
    #[error(
        "cell {cell} is to be protected over an interval without its value or beyond the known bounds; widen the bounds or narrow the protection"
    )]
    NotAProtection {
        /// The cell.
        cell: usize,
    },
    /// A cell that is both to be hidden and to be published.
    #[error(
        "cell {cell} must be hidden and is declared as always published; leave it to be hidden, or publish no more than coarser cells"
    )]
    MustBePublished {
        /// The cell.
        cell: usize,
    },
    /// A cell that follows from those that are always published.
    #[error(
        "cell {cell} can be computed too closely from cells that are always published; allow more of them to be hidden"
    )]
    CannotBeProtected {
        /// The cell.
        cell: usize,
    },
    /// A list of another length than the cells.
    #[error("`{name}` has length {found}, expected {expected}; give one entry for each cell")]
    UnlikeCells {
        /// The list.
        name: &'static str,
        /// Its length.
        found: usize,
        /// The length that it must have.
        expected: usize,
    },
    /// A threshold that is none.
    #[error("a threshold of {threshold} is not between 1 and {most}; write 5 for the usual rule")]
    ThresholdOutOfRange {
        /// The threshold.
        threshold: u64,
        /// The most that there may be.
        most: u64,
    },
    /// A share of a rule on amounts that is none.
    #[error("{percent} is no percentage; write a number above 0 and at most 100")]
    PercentOutOfRange {
        /// The percentage, as text.
        percent: String,
    },
    /// A group of levels that is none.
    #[error(
        "group {group} of dimension {dimension} names a level that is not there, or that is in a group already; let each level be in one group"
    )]
    NotAGroup {
        /// The dimension, from 0.
        dimension: usize,
        /// The group, from 0.
        group: usize,
    },
    /// A table without cells, or with too many.
    #[error("a table of {cells} cells; give one with 1 to {most}, margins counted")]
    TableSize {
        /// The cells, margins counted; the largest number there is if they are more.
        cells: usize,
        /// The most that there may be.
        most: usize,
    },
    /// A base that nothing can be rounded to.
    #[error("a base of {base} rounds nothing; write 3 or 5")]
    BaseOutOfRange {
        /// The base.
        base: u64,
    },
    /// A rounding that was not found within the limits.
    #[error(
        "no rounding to {base} that keeps the sums was found within the limits; take a smaller base, or hide cells instead"
    )]
    NoRounding {
        /// The base.
        base: u64,
    },
    /// A table of noise that is none.
    #[error(
        "the noise has {found} entries where {expected} are needed, with a row to repeat among them; give one for each pair of count and key"
    )]
    NotANoiseTable {
        /// The entries that there are.
        found: usize,
        /// The entries that are needed.
        expected: usize,
    },
}

impl DisclosureError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoSuchCell { .. } => "no_such_cell",
            Self::RepeatedCell { .. } => "repeated_cell",
            Self::DoesNotAddUp { .. } => "does_not_add_up",
            Self::CellTooLarge { .. } => "cell_too_large",
            Self::OutsideKnownBounds { .. } => "outside_known_bounds",
            Self::NotAProtection { .. } => "not_a_protection",
            Self::MustBePublished { .. } => "must_be_published",
            Self::CannotBeProtected { .. } => "cannot_be_protected",
            Self::UnlikeCells { .. } => "unlike_cells",
            Self::ThresholdOutOfRange { .. } => "threshold_out_of_range",
            Self::PercentOutOfRange { .. } => "percent_out_of_range",
            Self::NotAGroup { .. } => "not_a_group_of_levels",
            Self::TableSize { .. } => "table_size",
            Self::BaseOutOfRange { .. } => "base_out_of_range",
            Self::NoRounding { .. } => "no_rounding",
            Self::NotANoiseTable { .. } => "not_a_noise_table",
        }
    }
}
