//! Date columns: days as they are, texts where the source has nothing else, and no day after `as_of`.

use std::borrow::Cow;
use std::ops::Range;

use super::register::{ColumnReader, RowColumn};
use super::values::{Bits, Code, Values, with_codes};
use crate::error::{RegisterProblem, Result};
use crate::finding::{FindingCode, Rows};
use crate::{day, text};

/// Days of a date column, bound: `None` where not known, and where they lie after `as_of`.
#[derive(Debug, Clone)]
#[allow(clippy::struct_field_names, reason = "the days are what this is")]
pub(crate) struct Days<'a> {
    days: Cow<'a, [i32]>,
    known: Option<Bits<'a>>,
    /// The last day that has happened.
    last: i32,
}

impl Days<'_> {
    /// Days that have happened; `None` is not known.
    pub(crate) fn known(days: impl IntoIterator<Item = Option<i32>>) -> Days<'static> {
        let (days, known): (Vec<i32>, Vec<bool>) =
            days.into_iter().map(|day| (day.unwrap_or(0), day.is_some())).unzip();
        Days { days: days.into(), known: Some(Bits::from_flags(known)), last: i32::MAX }
    }

    #[inline]
    pub(crate) fn at(&self, row: usize) -> Option<i32> {
        self.known
            .as_ref()
            .is_none_or(|known| known.at(row))
            .then(|| self.days[row])
            .filter(|day| *day <= self.last)
    }

    /// Writes the days of some rows, and whether each is known.
    #[inline]
    pub(crate) fn fill(&self, rows: Range<usize>, days: &mut [i32], known: &mut [bool]) {
        days.copy_from_slice(&self.days[rows.clone()]);
        match &self.known {
            None => known.fill(true),
            Some(bits) => bits.unpack(rows, known),
        }
        for (known, day) in known.iter_mut().zip(days) {
            *known &= *day <= self.last;
        }
    }

    /// The rows whose day has not happened.
    fn future(&self, number_of: impl Fn(usize) -> u64) -> Rows {
        let mut future = Rows::default();
        // Most registers have no such day at all, and the latest tells; it is found many days at once.
        if self.days.iter().fold(i32::MIN, |latest, day| latest.max(*day)) <= self.last {
            return future;
        }
        for (row, day) in self.days.iter().enumerate() {
            if *day > self.last && self.known.as_ref().is_none_or(|known| known.at(row)) {
                future.add(number_of(row));
            }
        }
        future
    }
}

pub(super) fn read<'a>(reader: &mut ColumnReader<'_, 'a>) -> Result<RowColumn<'a>> {
    let last = day::number(reader.as_of);
    let days = match reader.values {
        Values::Days { days, known } => Days { days: days.clone(), known: known.clone(), last },
        Values::Texts { codes, dictionary, known } if reader.texts_only => {
            let parsed: Vec<Parsed> =
                dictionary.iter().map(|text| Parsed::of(text.as_deref())).collect();
            let at = |row: usize| {
                let is_known = known.as_ref().is_none_or(|known| known.at(row));
                let code = with_codes!(codes, slice => slice[row].position());
                parsed.get(code).copied().filter(|_| is_known).unwrap_or(Parsed::Empty)
            };
            from_parsed(reader, at)?
        }
        Values::Nulls(len) => Days {
            days: vec![0; *len].into(),
            known: Some(Bits::from_flags(std::iter::repeat_n(false, *len))),
            last,
        },
        other => return Err(reader.wrong_type("dates", other.noun())),
    };
    // A day after `as_of` has not happened: it is read as null, and is a finding.
    let future = days.future(|row| reader.number_of(row));
    reader.note(FindingCode::FutureDate, future);
    Ok(RowColumn::Days(days))
}

/// A text read as a day.
#[derive(Debug, Clone, Copy)]
enum Parsed {
    Empty,
    Day(i32),
    Other,
}

impl Parsed {
    fn of(text: Option<&str>) -> Self {
        let text = text.map(text::normal).unwrap_or_default();
        match day::parse(&text) {
            Some(day) => Self::Day(day::number(day)),
            None if text.is_empty() => Self::Empty,
            None => Self::Other,
        }
    }
}

fn from_parsed<'a>(
    reader: &mut ColumnReader<'_, 'a>,
    at: impl Fn(usize) -> Parsed,
) -> Result<Days<'a>> {
    let rows = reader.values.len();
    let mut wrong = Rows::default();
    let (mut days, mut known) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
    for row in 0..rows {
        let parsed = at(row);
        if matches!(parsed, Parsed::Other) {
            wrong.add(reader.number_of(row));
        }
        days.push(if let Parsed::Day(day) = parsed { day } else { 0 });
        known.push(matches!(parsed, Parsed::Day(_)));
    }
    if let Some(rows) = wrong.some() {
        if !reader.is_lenient {
            let expected = "a date like 2022-06-30";
            return Err(reader.error(RegisterProblem::wrong_cells(reader.header, expected, rows)));
        }
        reader.note(FindingCode::ImpossibleDate, rows);
    }
    let last = day::number(reader.as_of);
    Ok(Days { days: days.into(), known: Some(Bits::from_flags(known)), last })
}
