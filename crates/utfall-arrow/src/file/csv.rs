//! CSV: read in pieces of rows, so that memory does not grow with the file.

use std::io::Read;

use csv::{ErrorKind, ReaderBuilder, StringRecord};
use utfall::data::{Table, TextsBuilder};
use utfall::{Intake, Result};

use super::unreadable;
use crate::watch::Watch;

/// How many rows are counted at a time.
const ROWS: usize = 65_536;

/// Counts the rows of a CSV text whose first bytes are `start`.
pub(super) fn add<'p>(
    intake: &mut impl Intake<'p>,
    register: &str,
    file: &str,
    start: &[u8],
    text: impl Read,
    watch: &mut Watch<'_>,
) -> Result<()> {
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter(start)).has_headers(true).from_reader(text);
    let fault = |error: &csv::Error| {
        let (code, reason) = explain(file, error);
        unreadable(register, code, reason)
    };
    let headers: Vec<String> =
        reader.headers().map_err(|error| fault(&error))?.iter().map(str::to_owned).collect();
    let (mut record, mut done) = (StringRecord::new(), 0);
    loop {
        let mut columns: Vec<TextsBuilder> =
            headers.iter().map(|_| TextsBuilder::default()).collect();
        let mut rows = 0;
        while rows < ROWS && reader.read_record(&mut record).map_err(|error| fault(&error))? {
            for (column, field) in columns.iter_mut().zip(&record) {
                column.push(Some(field).filter(|field| !field.is_empty()));
            }
            rows += 1;
        }
        let columns = columns.into_iter().map(TextsBuilder::finish);
        let table = Table::new(headers.iter().map(String::as_str).zip(columns)).of_texts();
        intake.add(register, &table)?;
        if rows < ROWS {
            return Ok(());
        }
        done += rows as u64;
        watch.rows(register, done, None)?;
    }
}

/// The delimiter that the header line has most of, outside quotes; a comma where it has none.
fn delimiter(start: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in start {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            byte => {
                for (delimiter, count) in &mut counts {
                    *count += i32::from(delimiter == byte);
                }
            }
        }
    }
    // `max_by_key` gives the last of equals: the comma stands last when nothing is found.
    counts
        .into_iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map_or(b',', |(delimiter, _)| delimiter)
}

/// What is wrong with a CSV text, without a word of its rows.
fn explain(file: &str, error: &csv::Error) -> (&'static str, String) {
    // The header is record 0: the number of a record is the number of its row.
    let place = |position: Option<&csv::Position>| match position.map_or(0, csv::Position::record) {
        0 => "the header".to_owned(),
        row => format!("row {row}"),
    };
    match error.kind() {
        ErrorKind::Utf8 { pos, .. } => (
            "not_utf8",
            format!(
                "{} of `{file}` is not UTF-8; save the file as CSV (UTF-8)",
                place(pos.as_ref())
            ),
        ),
        ErrorKind::UnequalLengths { pos, expected_len, len } => {
            let fields = if *len == 1 { "field" } else { "fields" };
            (
                "uneven_rows",
                format!(
                    "{} of `{file}` has {len} {fields}, expected {expected_len} as in the header; look for a missing quote or a stray delimiter",
                    place(pos.as_ref())
                ),
            )
        }
        ErrorKind::Io(error) => {
            ("unreadable_file", format!("the file `{file}` cannot be read: {}", error.kind()))
        }
        _ => ("unreadable_file", format!("the file `{file}` cannot be read as CSV")),
    }
}

#[cfg(test)]
mod tests {
    use super::delimiter;

    #[test]
    fn finds_the_delimiter_of_the_header() {
        for (header, expected) in [
            ("a,b;c,d\n1;2;3;4", b','),
            ("a;b\n", b';'),
            ("a\tb\tc", b'\t'),
            ("\"a,b,c\";d", b';'),
            ("one", b','),
        ] {
            assert_eq!(delimiter(header.as_bytes()), expected, "{header}");
        }
    }
}
