//! Where the header of a table stands: below title rows, in one row, or in two where cells are merged.

use std::collections::HashSet;

use utfall::{FindingCode, text};

use super::fault::{Fault, Result};
use super::notes::Notes;
use super::spelling::{Number, read_day};

/// How many of the first rows are looked at.
pub(super) const SAMPLE_ROWS: usize = 60;

/// The header of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// The names of the columns as they stand; empty where a column has none.
    pub(super) names: Vec<String>,
    /// How many rows stand before the first of the body.
    pub(super) rows: usize,
}

impl Header {
    /// How many columns there are up to the last one with a name.
    pub(super) fn named(&self) -> usize {
        self.names.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1)
    }
}

/// Cells of one row that are merged: the first and the last column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Merge {
    pub(super) row: usize,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// What is known of the header before it is looked for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known<'k> {
    /// Headers that the project declares, in normal form.
    pub(super) declared: &'k [String],
    /// The row that the caller names, from 1 over the rows that are not empty.
    pub(super) row: Option<usize>,
}

/// The first rows of a table as texts.
pub(super) struct Sample<'s> {
    pub(super) file: &'s str,
    pub(super) rows: &'s [Vec<String>],
    pub(super) merges: &'s [Merge],
}

impl Sample<'_> {
    /// Finds the header.
    pub(super) fn header(&self, known: Known<'_>, notes: &mut Notes) -> Result<Header> {
        let row = self.row(known)?;
        let (header, first, is_joined) = self.best(row, known);
        let titles = self.rows.iter().take(first).filter(|row| filled(row) > 0).count();
        notes.count(FindingCode::TitleRowsSkipped, titles as u64, utfall::Facts::NONE);
        if is_joined {
            notes.file(FindingCode::HeaderRowsJoined, utfall::Facts::NONE);
        }
        Ok(header)
    }

    fn row(&self, known: Known<'_>) -> Result<usize> {
        let mut rows = self.rows.iter().enumerate().filter(|(_, row)| filled(row) > 0);
        if let Some(number) = known.row {
            let row = number.checked_sub(1).and_then(|skip| rows.nth(skip));
            let missing = || {
                let reason = format!(
                    "`{}` has no row {number} to take as the header; count from 1",
                    self.file
                );
                Fault::new("header_not_found", reason)
            };
            return row.map(|(row, _)| row).ok_or_else(missing);
        }
        if !known.declared.is_empty() {
            let found = |row: usize| {
                let candidates = self.candidates(row);
                candidates.iter().map(|(header, ..)| matches(header, known.declared)).max()
            };
            let best = (0..self.rows.len()).rev().max_by_key(|row| found(*row)).unwrap_or(0);
            if found(best).is_some_and(|matched| matched > 0) {
                return Ok(best);
            }
            // No declared header stands anywhere: the first row is missed from.
            return Ok(rows.next().map_or(0, |(row, _)| row));
        }
        self.likely()
    }

    /// The first row that is filled as a header is, and holds no values.
    fn likely(&self) -> Result<usize> {
        let spread: Vec<Vec<String>> = (0..self.rows.len()).map(|row| self.spread(row)).collect();
        let width = spread.iter().map(|row| filled(row)).max().unwrap_or(0);
        let not_found = |why: &str| {
            let reason = format!(
                "`{}`: {why}, expected a row of headers; say which row they stand in with `header`",
                self.file
            );
            Err(Fault::new("header_not_found", reason))
        };
        for (position, row) in spread.iter().enumerate() {
            let filled = filled(row);
            if filled * 4 >= width * 3 && filled > 0 {
                if row.iter().any(|cell| is_value(cell)) {
                    return not_found("the first full row holds numbers or dates");
                }
                return Ok(position);
            }
            if filled * 2 > width {
                return not_found("a row above the table is half full");
            }
        }
        not_found("no row is full")
    }

    /// The cells of a row; what is merged over some of several columns stands in each of them.
    fn spread(&self, row: usize) -> Vec<String> {
        let mut cells = self.rows.get(row).cloned().unwrap_or_default();
        if filled(&cells) < 2 {
            return cells;
        }
        for merge in self.merges.iter().filter(|merge| merge.row == row) {
            let Some(text) = cells.get(merge.first).cloned() else { continue };
            let until = cells.len().max(merge.last.min(self.width().saturating_sub(1)) + 1);
            cells.resize(until, String::new());
            cells
                .iter_mut()
                .take(merge.last + 1)
                .skip(merge.first)
                .for_each(|cell| cell.clone_from(&text));
        }
        cells
    }

    fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    fn has_merges(&self, row: usize) -> bool {
        self.merges.iter().any(|merge| merge.row == row && merge.last > merge.first)
            && self.rows.get(row).is_some_and(|cells| filled(cells) > 1 || self.width() > 2)
            && !self.is_title(row)
    }

    /// Whether a row has one cell only, merged from the first column on: a group of columns begins behind the first.
    fn is_title(&self, row: usize) -> bool {
        let is_alone = self.rows.get(row).is_some_and(|cells| filled(cells) == 1);
        is_alone && self.merges.iter().any(|merge| merge.row == row && merge.first == 0)
    }

    /// The headers that may begin at a row: its own, and where cells are merged, those joined with the row below.
    fn candidates(&self, row: usize) -> Vec<(Header, usize, bool)> {
        let own = self.rows.get(row).cloned().unwrap_or_default();
        let mut candidates = vec![(Header { names: own, rows: row + 1 }, row, false)];
        if self.has_merges(row) && self.rows.get(row + 1).is_some_and(|below| filled(below) > 0) {
            let (above, below) = (self.spread_group(row), self.rows.get(row + 1));
            let below = below.map_or(&[][..], Vec::as_slice);
            let names = (0..above.len().max(below.len())).map(|column| {
                let cell = |cells: &[String]| cells.get(column).cloned().unwrap_or_default();
                format!("{} {}", cell(&above), cell(below)).trim().to_owned()
            });
            candidates.push((Header { names: names.collect(), rows: row + 2 }, row, true));
        }
        candidates
    }

    /// As [`Self::spread`], also where one group is the only cell of its row.
    fn spread_group(&self, row: usize) -> Vec<String> {
        let mut cells = self.rows.get(row).cloned().unwrap_or_default();
        for merge in self.merges.iter().filter(|merge| merge.row == row) {
            let Some(text) = cells.get(merge.first).cloned() else { continue };
            if cells.len() <= merge.last && merge.last < self.width() {
                cells.resize(merge.last + 1, String::new());
            }
            let under = cells.iter_mut().take(merge.last + 1).skip(merge.first);
            under.for_each(|cell| cell.clone_from(&text));
        }
        cells
    }

    /// The header at a row: alone, or joined with the row above or below it.
    fn best(&self, row: usize, known: Known<'_>) -> (Header, usize, bool) {
        let mut candidates = self.candidates(row);
        if let Some(above) = row.checked_sub(1).filter(|_| known.row.is_none()) {
            candidates.extend(self.candidates(above).into_iter().filter(|(.., joined)| *joined));
        }
        // Without declared headers, merged cells tell: two rows belong together.
        let score = |header: &Header, joined: bool| {
            let matched = matches(header, known.declared);
            (matched, known.declared.is_empty() && joined)
        };
        let best = candidates.iter().rev().max_by_key(|(header, _, joined)| score(header, *joined));
        let fallback = || (Header { names: Vec::new(), rows: row + 1 }, row, false);
        best.cloned().unwrap_or_else(fallback)
    }
}

/// How many declared headers a header has.
fn matches(header: &Header, declared: &[String]) -> usize {
    let names: HashSet<_> = header.names.iter().map(|name| text::normal(name)).collect();
    declared.iter().filter(|name| names.contains(name.as_str())).count()
}

fn filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.is_empty()).count()
}

/// Whether a text is a number or a date, and no year: years are headers too. Personal identity numbers, phone numbers and
/// addresses of e-mail are no headers either.
fn is_value(cell: &str) -> bool {
    let is_year = cell.len() == 4 && cell.parse().is_ok_and(|year| (1900..2100).contains(&year));
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    !is_year
        && (Number::read(cell).is_some()
            || read_day(cell, None).is_some()
            || digits >= 6
            || cell.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(
        rows: &[&str],
        merges: &[Merge],
        known: Known<'_>,
    ) -> std::result::Result<(Vec<String>, usize), &'static str> {
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.split(';').map(str::to_owned).collect()).collect();
        let sample = Sample { file: "f", rows: &rows, merges };
        let found = sample.header(known, &mut Notes::default());
        found.map(|header| (header.names, header.rows)).map_err(|fault| fault.code)
    }

    fn names(names: &str) -> Vec<String> {
        names.split(';').map(str::to_owned).collect()
    }

    #[test]
    fn the_first_full_row_is_the_header() {
        let plain = find(&["Kön;Ålder;Start", "K;17;2021-05-03"], &[], Known::default());
        assert_eq!(plain, Ok((names("Kön;Ålder;Start"), 1)));
        let titled =
            ["Deltagare;;;", "", "Utskriven;2021-05-03;;", "Kön;2019;2020;2021", "K;1;2;3"];
        assert_eq!(find(&titled, &[], Known::default()), Ok((names("Kön;2019;2020;2021"), 4)));
    }

    #[test]
    fn a_table_without_headers_is_refused() {
        assert_eq!(find(&["K;17;x", "M;18;y"], &[], Known::default()), Err("header_not_found"));
        for first in ["Anna;850101-1234;K", "Anna;a@b.se;K", "Anna;070-123 45 67;K"] {
            assert_eq!(find(&[first, "B;x;M"], &[], Known::default()), Err("header_not_found"));
        }
        assert_eq!(find(&["a;b;c;;", "1;2;3;4;5"], &[], Known::default()), Err("header_not_found"));
        let asked = Known { row: Some(1), ..Known::default() };
        assert_eq!(find(&["K;17;x", "M;18;y"], &[], asked), Ok((names("K;17;x"), 1)));
    }

    #[test]
    fn declared_headers_are_looked_for() {
        let rows = ["a;b;c;d", "Projekt;Likes;;", "Kön;Start;17;", "K;2021-05-03;;"];
        let declared = ["Kön".to_owned(), "Start".to_owned()];
        let known = Known { declared: &declared, row: None };
        assert_eq!(find(&rows, &[], known), Ok((names("Kön;Start;17;"), 3)));
    }

    #[test]
    fn merged_headers_are_joined_with_the_row_below() {
        let merge = Merge { row: 1, first: 1, last: 2 };
        let expected = Ok((names("Kön;3 mån Status;3 mån Datum"), 3));
        let upright = ["Titel;;", "Kön;3 mån;", ";Status;Datum", "K;x;2021-05-03"];
        assert_eq!(find(&upright, &[merge], Known::default()), expected);
        let above = ["Titel;;", ";3 mån;", "Kön;Status;Datum", "K;x;2021-05-03"];
        assert_eq!(find(&above, &[merge], Known::default()), expected);
        let declared = ["Status".to_owned()];
        let known = Known { declared: &declared, row: None };
        assert_eq!(find(&above, &[merge], known), Ok((names("Kön;Status;Datum"), 3)));
    }

    #[test]
    fn a_merged_title_is_a_title() {
        let merge = Merge { row: 0, first: 0, last: 2 };
        let rows = ["Deltagare;;", "Kön;Ålder;Start", "K;17;2021-05-03"];
        assert_eq!(find(&rows, &[merge], Known::default()), Ok((names("Kön;Ålder;Start"), 2)));
    }
}
