//! What a caller declares of a file, and how large it may be.

/// What is declared of a file; what is left out is detected, and where it cannot be told, asked for.
///
/// ```
/// use utfall_arrow::{Decimal, ReadOptions};
///
/// let options = ReadOptions { decimal: Some(Decimal::Comma), ..ReadOptions::default() };
/// assert_eq!(options.limits.columns, 16_384);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The sheet of a workbook.
    pub sheet: Option<Sheet>,
    /// The sign between the fields of a CSV file, in ASCII.
    pub separator: Option<u8>,
    /// The encoding of a CSV file by a label of the WHATWG standard: `windows-1252`, `utf-16le`, `macintosh`.
    pub encoding: Option<String>,
    /// The sign before decimals in texts.
    pub decimal: Option<Decimal>,
    /// The order of day, month and year in days like `03/05/2021`.
    pub dates: Option<DateOrder>,
    /// The row of the header, counted from 1 over the rows that are not empty.
    pub header: Option<usize>,
    /// What to do with a totals row at the foot.
    pub totals: Totals,
    /// What columns hold, by header.
    pub columns: Vec<(String, ColumnKind)>,
    /// How large the file may be.
    pub limits: Limits,
}

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sheet {
    /// By name.
    Name(String),
    /// By number, counted from 1, as the tabs stand.
    Number(usize),
}

/// The sign before decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimal {
    /// `12,5`.
    Comma,
    /// `12.5`.
    Point,
}

/// The order of day, month and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// `03/05/2021` is the third of May.
    DayFirst,
    /// `03/05/2021` is the fifth of March.
    MonthFirst,
    /// `21-05-03` is the third of May 2021.
    YearFirst,
}

/// What to do with a row at the foot whose label is a word for totals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Totals {
    /// It is no unit: it is left out, and that is told.
    #[default]
    LeaveOut,
    /// It is a row as any other.
    Keep,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Texts as they stand.
    Text,
    /// Numbers.
    Number,
    /// Days.
    Date,
    /// True and false.
    Flag,
}

/// How large a file may be. What lies beyond is an error, before memory is taken for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file that is read as a whole; a register of CSV, which is counted in pieces, may be longer.
    pub bytes: u64,
    /// Rows of a file that is read as a whole.
    pub rows: u64,
    /// Columns.
    pub columns: usize,
    /// Bytes of a row of CSV: one open quote would else swallow the whole file.
    pub row_bytes: u64,
    /// Bytes of one cell in UTF-8.
    pub cell_bytes: usize,
    /// Bytes that a workbook, which is a zip archive, may unpack to.
    pub unpacked_bytes: u64,
    /// Parts of that archive.
    pub parts: usize,
}

impl Limits {
    /// What Excel can hold (16,384 columns, a million rows, 32,767 signs in a cell) fits in, and two gigabytes of CSV.
    pub const DEFAULT: Self = Self {
        bytes: 2 << 30,
        rows: 50_000_000,
        columns: 16_384,
        row_bytes: 16 << 20,
        cell_bytes: 1 << 20,
        unpacked_bytes: 2 << 30,
        parts: 10_000,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
