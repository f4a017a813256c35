//! The error of the library: everything that stops, with a stable code.

use thiserror::Error;

#[cfg(feature = "disclosure")]
use crate::disclosure::DisclosureError;
use crate::finding::Rows;
use crate::project::{ProjectError, nearest};
use crate::stats::StatisticsError;

/// The result of a function that can stop.
pub type Result<T> = std::result::Result<T, Error>;

/// Everything that stops. What goes on instead is a [`Finding`](crate::Finding).
///
/// No text holds a value from a row: columns, row numbers and counts only.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum Error {
    /// A project file has faults.
    #[error(transparent)]
    Project(#[from] ProjectError),
    /// A register cannot be read.
    #[error("register `{register}`: {problem}")]
    Register {
        /// The register.
        register: String,
        /// What is wrong with it.
        problem: RegisterProblem,
    },
    /// A file that is no register yet cannot be read.
    #[error("{reason}")]
    File {
        /// A stable code of the reason.
        code: &'static str,
        /// What is wrong, and what to do.
        reason: String,
    },
    /// A register was handed over that the project does not declare.
    #[error("register `{register}` is not declared; the project declares {}", listed(declared))]
    RegisterNotDeclared {
        /// The name that was given.
        register: String,
        /// The registers there are.
        declared: Vec<String>,
    },
    /// Figures were asked for by a column that no register can be crossed by.
    #[error(
        "no register has a column of levels `{column}` to cross figures by{}",
        hint(column, columns)
    )]
    UnknownByColumn {
        /// The column that was asked for.
        column: String,
        /// The columns there are.
        columns: Vec<String>,
    },
    /// A table was to be published that the evaluation does not have.
    #[error(
        "no figures are crossed by {}; name the columns of a table of the evaluation, or evaluate with `by`",
        listed(columns)
    )]
    TableNotEvaluated {
        /// The columns that were asked for.
        columns: Vec<String>,
    },
    /// A count that must be hidden follows from what is published whatever else is hidden.
    #[error(
        "a count of `{register}` cannot be protected: {count} of {group} can be computed, or a part of it, from counts of 0 that are always shown; let zeros be hidden where that hides others (zeros = \"secondary\"), or publish fewer tables"
    )]
    CannotBePublished {
        /// The register.
        register: String,
        /// What is counted, such as `work.successes`.
        count: String,
        /// The group, such as `gender=woman`; `everybody`.
        group: String,
    },
    /// More columns are to be crossed than all margins can be listed of.
    #[error(
        "{columns} columns make more tables than can be listed; cross at most {most}, or name the tables as a list of lists"
    )]
    TooManyColumns {
        /// How many were asked for.
        columns: usize,
        /// How many there may be.
        most: usize,
    },
    /// A text that should be a day is none.
    #[error("`{text}` is not a day; write {what} like 2022-06-30")]
    NotADay {
        /// What the day is for.
        what: &'static str,
        /// The text that was given.
        text: String,
    },
    /// Numbers that no statistic can be made of.
    #[error(transparent)]
    Statistics(#[from] StatisticsError),
    /// Cells or rules that disclosure control cannot be made of.
    #[cfg(feature = "disclosure")]
    #[error(transparent)]
    Disclosure(#[from] DisclosureError),
    /// Tallies that were not counted alike.
    #[error(
        "the tallies are not of one {what}; count all parts with the same project file, day and crossing"
    )]
    UnlikeTallies {
        /// What they differ in.
        what: &'static str,
    },
    /// Bytes that are no tally.
    #[error("the bytes cannot be read as a tally: {reason}; write the tally anew")]
    BrokenTally {
        /// What is wrong with them.
        reason: &'static str,
    },
    /// The count was stopped by whoever watched it.
    #[error("the count was stopped before its end")]
    Stopped,
    /// Something was asked of an evaluation that it does not have.
    #[error("there is no {what} `{name}`; there are {}", listed(names))]
    UnknownName {
        /// What was asked for: an indicator, a goal, a group.
        what: &'static str,
        /// The name.
        name: String,
        /// The names there are.
        names: Vec<String>,
    },
}

/// What can be wrong with a register; [`RegisterProblem::code`] is stable.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RegisterProblem {
    /// Headers that the declaration names are not in the table.
    ///
    /// The table's own headers are not told: where a file has none, its first row stands in their place.
    #[error(
        "no column has the header {}{}; the table has {columns} columns; declare a column that the source lacks with `absent = \"why\"`",
        listed(missing),
        near.as_ref().map_or_else(String::new, |near| format!(" (`{near}` is near it)"))
    )]
    MissingHeader {
        /// The headers that are missing.
        missing: Vec<String>,
        /// A header of the table that is spelled nearly like one of them.
        near: Option<String>,
        /// How many columns the table has.
        columns: usize,
    },
    /// Two columns have one header.
    #[error("two columns have the header `{header}`; rename one")]
    RepeatedHeader {
        /// The header.
        header: String,
    },
    /// Columns of one table have different numbers of rows.
    #[error("columns have different numbers of rows; hand over one table")]
    UnevenColumns,
    /// A column holds another type than declared.
    #[error(
        "column `{header}` holds {found}, expected {expected}; convert it before handing the table over"
    )]
    WrongType {
        /// The header.
        header: String,
        /// What belongs there.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// Cells of a text table cannot be read as the declared type.
    #[error("column `{header}`: expected {expected}, found something else in {rows}; correct {}", if rows.count == 1 { "it" } else { "them" })]
    WrongCells {
        /// The header.
        header: String,
        /// What belongs there.
        expected: String,
        /// Where.
        rows: RowNumbers,
    },
    /// A weight is null.
    #[error("column `{header}` of weights is empty in {rows}; write 0 for no units")]
    WeightNull {
        /// The header.
        header: String,
        /// Where.
        rows: RowNumbers,
    },
    /// A weight is NaN.
    #[error("column `{header}` of weights is not a number (NaN) in {rows}; write 0 for no units")]
    WeightNotANumber {
        /// The header.
        header: String,
        /// Where.
        rows: RowNumbers,
    },
    /// A weight is below zero.
    #[error("column `{header}` of weights is negative in {rows}; a row stands for 0 or more units")]
    WeightNegative {
        /// The header.
        header: String,
        /// Where.
        rows: RowNumbers,
    },
    /// A weight is no whole number.
    #[error(
        "column `{header}` of weights is no whole number in {rows}; a row stands for whole units"
    )]
    WeightFractional {
        /// The header.
        header: String,
        /// Where.
        rows: RowNumbers,
    },
    /// Weights are larger than counts can be.
    #[error("column `{header}` of weights is larger than can be counted exactly in {rows}")]
    WeightOverflow {
        /// The header.
        header: String,
        /// Where.
        rows: RowNumbers,
    },
    /// The units together are more than counts can hold.
    #[error("the weights together are more than can be counted (2^63)")]
    TooManyUnits,
    /// One person stands in several rows of a register whose unit is the person.
    #[error(
        "row {first} and {rows} hold the same `{header}`, expected one row per person; drop the repeats, or declare `unit = \"enrolment\"` to count enrolments"
    )]
    RepeatedPerson {
        /// The header of the id column.
        header: String,
        /// The first row of the first id that repeats.
        first: u64,
        /// The rows that repeat an id.
        rows: RowNumbers,
    },
    /// Texts of a column are identity numbers of persons.
    #[error(
        "column `{header}` has texts that look like personal identity numbers in {rows}; remove the column or put pseudonyms in its place; if it may be there, declare it with its legal basis in `identifying`"
    )]
    IdentityNumbers {
        /// The header of the column.
        header: String,
        /// The rows.
        rows: RowNumbers,
    },
    /// The table cannot be read at all.
    #[error("{reason}")]
    Unreadable {
        /// A stable code of the reason.
        code: &'static str,
        /// What is wrong, and what to do.
        reason: String,
    },
}

/// Some rows: how many, and the numbers of the first, counted from 1 after the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowNumbers {
    /// How many rows.
    pub count: u64,
    /// The first of them, ten at most.
    pub first: Vec<u64>,
}

impl From<Rows> for RowNumbers {
    fn from(rows: Rows) -> Self {
        Self { count: rows.count, first: rows.first }
    }
}

impl std::fmt::Display for RowNumbers {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const NAMED: usize = 3;
        let named: Vec<String> = self.first.iter().take(NAMED).map(u64::to_string).collect();
        let noun = if self.count == 1 { "row" } else { "rows" };
        write!(formatter, "{noun} {}", named.join(", "))?;
        match self.count - named.len() as u64 {
            0 => Ok(()),
            more => write!(formatter, " and {more} more"),
        }
    }
}

impl RegisterProblem {
    /// The stable code of this problem.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::MissingHeader { .. } => "missing_header",
            Self::RepeatedHeader { .. } => "repeated_header",
            Self::UnevenColumns => "uneven_columns",
            Self::WrongType { .. } | Self::WrongCells { .. } => "wrong_type",
            Self::WeightNull { .. } => "weight_null",
            Self::WeightNotANumber { .. } => "weight_not_a_number",
            Self::WeightNegative { .. } => "weight_negative",
            Self::WeightFractional { .. } => "weight_fractional",
            Self::WeightOverflow { .. } | Self::TooManyUnits => "weight_overflow",
            Self::RepeatedPerson { .. } => "repeated_person",
            Self::IdentityNumbers { .. } => "identity_numbers",
            Self::Unreadable { code, .. } => code,
        }
    }

    pub(crate) fn wrong_cells(header: &str, expected: &str, rows: Rows) -> Self {
        Self::WrongCells {
            header: header.to_owned(),
            expected: expected.to_owned(),
            rows: rows.into(),
        }
    }
}

impl Error {
    /// The stable code of this error; for a project file, of its first fault.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Project(error) => error.code(),
            Self::Register { problem, .. } => problem.code(),
            Self::File { code, .. } => code,
            Self::RegisterNotDeclared { .. } => "register_not_declared",
            Self::UnknownByColumn { .. } => "unknown_by_column",
            Self::TableNotEvaluated { .. } => "table_not_evaluated",
            Self::CannotBePublished { .. } => "cannot_be_protected",
            Self::TooManyColumns { .. } => "too_many_columns",
            Self::NotADay { .. } => "not_a_day",
            Self::Statistics(error) => error.code(),
            #[cfg(feature = "disclosure")]
            Self::Disclosure(error) => error.code(),
            Self::Stopped => "stopped",
            Self::UnlikeTallies { .. } => "unlike_tallies",
            Self::BrokenTally { .. } => "broken_tally",
            Self::UnknownName { .. } => "unknown_name",
        }
    }

    /// A register that cannot be read.
    pub fn register(register: &str, problem: RegisterProblem) -> Self {
        Self::Register { register: register.to_owned(), problem }
    }
}

/// The name that was probably meant, or the names there are.
fn hint(name: &str, names: &[String]) -> String {
    nearest(name, names).map_or_else(
        || format!("; there are {}", listed(names)),
        |near| format!("; did you mean `{near}`?"),
    )
}

/// Names in backticks, the first twelve of them.
fn listed(names: &[String]) -> String {
    const SHOWN: usize = 12;
    if names.is_empty() {
        return "none".to_owned();
    }
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
