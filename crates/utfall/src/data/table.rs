//! A table as it arrives: columns by header.

use std::borrow::Cow;

use super::values::Values;

/// A table, or a part of one: the rows of a register as they arrive, by header.
///
/// ```
/// use utfall::data::{Table, Values};
///
/// let table = Table::new([
///     ("Kön", Values::from_texts([Some("K"), Some("M")])),
///     ("Antal", Values::from_integers([Some(17), Some(5)])),
/// ]);
/// assert_eq!(table.rows(), 2);
/// ```
#[derive(Debug, Clone)]
pub struct Table<'a> {
    columns: Vec<(Cow<'a, str>, Values<'a>)>,
    texts_only: bool,
}

impl<'a> Table<'a> {
    /// A table of these columns. Headers are compared after trimming and Unicode normalisation.
    pub fn new<Header: Into<Cow<'a, str>>>(
        columns: impl IntoIterator<Item = (Header, Values<'a>)>,
    ) -> Self {
        let columns = columns.into_iter().map(|(header, values)| (header.into(), values)).collect();
        Self { columns, texts_only: false }
    }

    /// A table from a source that knows texts only, such as CSV: dates, numbers and counts are read from their texts.
    ///
    /// In any other table a text where a date belongs is an error, since it says that something went wrong before.
    #[must_use]
    pub fn of_texts(mut self) -> Self {
        self.texts_only = true;
        self
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |(_, values)| values.len())
    }

    /// The headers, in order.
    pub fn headers(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(header, _)| header.as_ref())
    }

    pub(crate) fn columns(&self) -> &[(Cow<'a, str>, Values<'a>)] {
        &self.columns
    }

    pub(crate) fn is_texts_only(&self) -> bool {
        self.texts_only
    }
}
