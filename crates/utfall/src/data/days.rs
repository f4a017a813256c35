//! Date columns: days as they are, texts where the source has nothing else, and no day after `as_of`.

use std::borrow::Cow;

use super::register::{ColumnReader, RowColumn};
use super::values::{Bits, Code, Values, with_codes};
use crate::error::{RegisterProblem, Result};
use crate::finding::{FindingCode, Rows};
use crate::{day, text};

/// Days of a date column, bound: `None` where not known.
#[derive(Debug, Clone)]
pub(crate) struct Days<'a> {
    days: Cow<'a, [i32]>,
    known: Option<Bits<'a>>,
}

impl Days<'_> {
    #[inline]
    pub(crate) fn at(&self, row: usize) -> Option<i32> {
        self.known
            .as_ref()
            .is_none_or(|known| known.at(row))
            .then(|| self.days[row])
    }
}

pub(super) fn read<'a>(reader: &mut ColumnReader<'_, 'a>) -> Result<RowColumn<'a>> {
    let days = match reader.values {
        Values::Days { days, known } => Days {
            days: days.clone(),
            known: known.clone(),
        },
        Values::Texts {
            codes,
            dictionary,
            known,
        } if reader.texts_only => {
            let parsed: Vec<Parsed> = dictionary
                .iter()
                .map(|text| Parsed::of(text.as_deref()))
                .collect();
            let at = |row: usize| {
                let is_known = known.as_ref().is_none_or(|known| known.at(row));
                let code = with_codes!(codes, slice => slice[row].position());
                parsed
                    .get(code)
                    .copied()
                    .filter(|_| is_known)
                    .unwrap_or(Parsed::Empty)
            };
            from_parsed(reader, at)?
        }
        Values::Nulls(len) => Days {
            days: vec![0; *len].into(),
            known: Some(Bits::from_flags(std::iter::repeat_n(false, *len))),
        },
        other => return Err(reader.wrong_type("dates", other.noun())),
    };
    Ok(RowColumn::Days(without_future(reader, days)))
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
    reader: &ColumnReader<'_, 'a>,
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
        days.push(if let Parsed::Day(day) = parsed {
            day
        } else {
            0
        });
        known.push(matches!(parsed, Parsed::Day(_)));
    }
    if let Some(rows) = wrong.some() {
        let expected = "a date like 2022-06-30";
        return Err(reader.error(RegisterProblem::wrong_cells(reader.header, expected, rows)));
    }
    Ok(Days {
        days: days.into(),
        known: Some(Bits::from_flags(known)),
    })
}

/// A day after `as_of` has not happened: it becomes null, and a finding.
fn without_future<'a>(reader: &mut ColumnReader<'_, 'a>, days: Days<'a>) -> Days<'a> {
    let limit = day::number(reader.as_of);
    // The cheap look first: no day at all lies ahead in most registers.
    if days
        .days
        .iter()
        .copied()
        .max()
        .is_none_or(|latest| latest <= limit)
    {
        return days;
    }
    let mut future = Rows::default();
    let known = (0..days.days.len()).map(|row| match days.at(row) {
        Some(day) if day > limit => {
            future.add(reader.number_of(row));
            false
        }
        day => day.is_some(),
    });
    let known = Bits::from_flags(known);
    reader.note(FindingCode::FutureDate, future);
    Days {
        days: days.days,
        known: Some(known),
    }
}
