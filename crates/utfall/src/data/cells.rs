//! Cells as they arrive, for whoever looks at what the source holds and not at what it means.

use super::values::{Code, Values, with_codes};
use crate::text;

/// The values of a column, and which of its coded texts say something.
#[derive(Debug)]
pub(crate) struct Cells<'t, 'a> {
    values: &'t Values<'a>,
    says: Vec<bool>,
}

impl<'t, 'a> Cells<'t, 'a> {
    pub(crate) fn of(values: &'t Values<'a>) -> Self {
        let says = values
            .dictionary()
            .map(|found| found.is_some_and(|found| !text::normal(found).is_empty()));
        Self { values, says: says.collect() }
    }

    /// Whether the source holds something in a row: neither a null nor an empty text.
    pub(crate) fn has_value(&self, row: usize) -> bool {
        if self.values.known().is_some_and(|known| !known.at(row)) {
            return false;
        }
        match self.values {
            Values::Texts { .. } => {
                self.values.code(row).and_then(|code| self.says.get(code)).copied().unwrap_or(false)
            }
            Values::Numbers { numbers, .. } => !numbers[row].is_nan(),
            Values::Nulls(_) => false,
            Values::Integers { .. } | Values::Days { .. } | Values::Flags { .. } => true,
        }
    }
}

impl Values<'_> {
    /// The coded texts; nothing where the values are no texts.
    pub(crate) fn dictionary(&self) -> impl Iterator<Item = Option<&str>> {
        let texts = match self {
            Self::Texts { dictionary, .. } => &dictionary[..],
            _ => &[],
        };
        texts.iter().map(Option::as_deref)
    }

    /// The place of a row's text among the coded texts; `None` where it is null, or the values are no texts.
    pub(crate) fn code(&self, row: usize) -> Option<usize> {
        match self {
            Self::Texts { codes, known, .. } => known
                .as_ref()
                .is_none_or(|known| known.at(row))
                .then(|| with_codes!(codes, slice => slice[row].position())),
            _ => None,
        }
    }
}
