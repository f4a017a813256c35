//! Weights: whole numbers of units that a row stands for.

use super::numbers::read_numbers;
use super::register::ColumnReader;
use super::values::{Code, Values, with_codes};
use crate::error::{RegisterProblem, Result};
use crate::finding::Rows;

/// The largest whole number up to which floating-point numbers hold every one.
const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;

pub(super) fn read(reader: &ColumnReader<'_, '_>) -> Result<Vec<u64>> {
    let mut weights = Vec::with_capacity(reader.values.len());
    let mut faults = Faults::default();
    if let Values::Integers { numbers, known } = reader.values {
        for row in 0..numbers.len() {
            let is_known = known.as_ref().is_none_or(|known| known.at(row));
            let weight = if is_known { u64::try_from(numbers.at(row)).ok() } else { None };
            match weight {
                None if is_known => faults.negative.add(reader.number_of(row)),
                None => faults.null.add(reader.number_of(row)),
                Some(_) => {}
            }
            weights.push(weight.unwrap_or(0));
        }
    } else if let Some(rows) = beyond_64_bits(reader) {
        faults.too_large = rows;
    } else {
        let nan_is_null = !matches!(reader.values, Values::Numbers { .. });
        let known = |row: usize| reader.values.known().is_none_or(|known| known.at(row));
        for (row, number) in
            read_numbers(reader, "whole numbers", "a whole number")?.into_iter().enumerate()
        {
            let noted = match number {
                number if number.is_nan() && (nan_is_null || !known(row)) => Some(&mut faults.null),
                number if number.is_nan() => Some(&mut faults.not_a_number),
                number if number < 0.0 => Some(&mut faults.negative),
                number if number >= LARGEST_EXACT => Some(&mut faults.too_large),
                number if number.fract() != 0.0 => Some(&mut faults.fractional),
                _ => None,
            };
            if let Some(rows) = noted {
                rows.add(reader.number_of(row));
            }
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "whole, and between 0 and 2^53, or the reading fails"
            )]
            weights.push(number as u64);
        }
    }
    match faults.first(reader.header) {
        Some(problem) => Err(reader.error(problem)),
        None => Ok(weights),
    }
}

/// The rows of whole numbers that arrive as texts, since 64 bits with a sign do not hold them.
fn beyond_64_bits(reader: &ColumnReader<'_, '_>) -> Option<Rows> {
    let Values::Texts { codes, dictionary, known } = reader.values else { return None };
    let is_large: Vec<bool> = dictionary
        .iter()
        .map(|text| text.as_deref()?.parse::<u64>().ok())
        .map(|number| number.map(|number| i64::try_from(number).is_err()))
        .collect::<Option<_>>()
        .filter(|_| !reader.texts_only)?;
    let mut rows = Rows::default();
    for row in 0..codes.len() {
        let code = with_codes!(codes, slice => slice[row].position());
        let is_known = known.as_ref().is_none_or(|known| known.at(row));
        if is_known && is_large.get(code) == Some(&true) {
            rows.add(reader.number_of(row));
        }
    }
    rows.some()
}

#[derive(Default)]
struct Faults {
    null: Rows,
    not_a_number: Rows,
    negative: Rows,
    fractional: Rows,
    too_large: Rows,
}

impl Faults {
    fn first(self, header: &str) -> Option<RegisterProblem> {
        let header = header.to_owned();
        if let Some(rows) = self.null.some() {
            return Some(RegisterProblem::WeightNull { header, rows: rows.into() });
        }
        if let Some(rows) = self.not_a_number.some() {
            return Some(RegisterProblem::WeightNotANumber { header, rows: rows.into() });
        }
        if let Some(rows) = self.negative.some() {
            return Some(RegisterProblem::WeightNegative { header, rows: rows.into() });
        }
        if let Some(rows) = self.fractional.some() {
            return Some(RegisterProblem::WeightFractional { header, rows: rows.into() });
        }
        let rows = self.too_large.some()?;
        Some(RegisterProblem::WeightOverflow { header, rows: rows.into() })
    }
}
