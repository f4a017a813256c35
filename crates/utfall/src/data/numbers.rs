//! Number columns: whole and decimal numbers, at the decimals that are declared.

use super::register::{ColumnReader, RowColumn};
use super::values::{Code, Values, with_codes};
use crate::error::{RegisterProblem, Result};
use crate::finding::{FindingCode, Rows};
use crate::text;

/// Numbers of a column, bound; NaN where not known.
///
/// With declared decimals they are held in units of the last decimal, rounded, so that scores are compared as they are
/// printed: 1.0900000333786 and 1.09 are the same at two decimals.
#[derive(Debug, Clone)]
pub(crate) struct Numbers(Vec<f64>);

impl Numbers {
    /// Numbers in the unit in which their column is held; NaN is not known.
    pub(crate) const fn new(numbers: Vec<f64>) -> Self {
        Self(numbers)
    }

    #[inline]
    pub(crate) fn at(&self, row: usize) -> Option<f64> {
        let number = self.0[row];
        (!number.is_nan()).then_some(number)
    }
}

/// A number in the unit in which a column with these decimals is held.
fn in_units(number: f64, decimals: Option<u32>) -> f64 {
    match decimals.and_then(|decimals| i32::try_from(decimals).ok()) {
        Some(decimals) => (number * 10_f64.powi(decimals)).round(),
        None => number,
    }
}

pub(super) fn read<'a>(
    reader: &mut ColumnReader<'_, 'a>,
    decimals: Option<u32>,
) -> Result<RowColumn<'a>> {
    let (mut numbers, wrong) = parsed_numbers(reader, "numbers")?;
    if let Some(rows) = wrong.some() {
        if !reader.is_lenient {
            let expected = "a number like 12.5";
            return Err(reader.error(RegisterProblem::wrong_cells(reader.header, expected, rows)));
        }
        reader.note(FindingCode::NotANumber, rows);
    }
    let mut infinite = Rows::default();
    for (row, number) in numbers.iter_mut().enumerate() {
        if number.is_infinite() {
            infinite.add(reader.number_of(row));
            *number = f64::NAN;
        }
        *number = in_units(*number, decimals);
    }
    reader.note(FindingCode::OffScale, infinite);
    Ok(RowColumn::Numbers(Numbers(numbers)))
}

/// The numbers of a column that must hold some; NaN where null. Errors tell what was expected of the column, and of a
/// cell of a source that has texts only.
pub(super) fn read_numbers(
    reader: &ColumnReader<'_, '_>,
    expected: &str,
    expected_cell: &str,
) -> Result<Vec<f64>> {
    let (numbers, wrong) = parsed_numbers(reader, expected)?;
    let error = wrong
        .some()
        .map(|rows| reader.error(RegisterProblem::wrong_cells(reader.header, expected_cell, rows)));
    error.map_or(Ok(numbers), Err)
}

/// The numbers of a column, NaN where null, and the rows of a source that has texts only whose text is none.
fn parsed_numbers(reader: &ColumnReader<'_, '_>, expected: &str) -> Result<(Vec<f64>, Rows)> {
    let mut wrong = Rows::default();
    let rows = 0..reader.values.len();
    let known = |row: usize| reader.values.known().is_none_or(|known| known.at(row));
    let or_null = |row: usize, number: f64| if known(row) { number } else { f64::NAN };
    match reader.values {
        #[allow(clippy::cast_precision_loss, reason = "counts and scores lie far below 2^53")]
        Values::Integers { numbers, .. } => {
            Ok((rows.map(|row| or_null(row, numbers.at(row) as f64)).collect(), wrong))
        }
        Values::Numbers { numbers, .. } => {
            Ok((rows.map(|row| or_null(row, numbers[row])).collect(), wrong))
        }
        Values::Texts { codes, dictionary, .. } if reader.texts_only => {
            let parsed: Vec<Option<f64>> =
                dictionary.iter().map(|text| parse(text.as_deref())).collect();
            let numbers = rows
                .map(|row| {
                    let code = with_codes!(codes, slice => slice[row].position());
                    let number = parsed.get(code).filter(|_| known(row)).copied();
                    number.unwrap_or(Some(f64::NAN)).unwrap_or_else(|| {
                        wrong.add(reader.number_of(row));
                        f64::NAN
                    })
                })
                .collect();
            Ok((numbers, wrong))
        }
        Values::Nulls(len) => Ok((vec![f64::NAN; *len], wrong)),
        other => Err(reader.wrong_type(expected, other.noun())),
    }
}

/// A text as a number: NaN where empty, `None` where it is none.
fn parse(text: Option<&str>) -> Option<f64> {
    let text = text.map(text::normal).unwrap_or_default();
    if text.is_empty() {
        return Some(f64::NAN);
    }
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E'));
    text.parse().ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_plain_numbers_only() {
        assert_eq!(parse(Some(" 12.5 ")), Some(12.5));
        assert_eq!(parse(Some("1e3")), Some(1000.0));
        for text in ["12,5", "inf", "nan", "1 000", "x"] {
            assert_eq!(parse(Some(text)), None, "{text}");
        }
        assert!(parse(None).is_some_and(f64::is_nan));
    }

    #[test]
    fn rounds_to_declared_decimals() {
        assert!((in_units(1.090_000_033_378_6, Some(2)) - 109.0).abs() < f64::EPSILON);
        assert!((in_units(0.29, Some(2)) - 29.0).abs() < f64::EPSILON);
    }
}
