//! The sign that divides the fields of a CSV file, told by its first rows.

use csv::{ByteRecord, ReaderBuilder};

use super::super::fault::{Fault, Result};

/// Signs that are looked for.
const SIGNS: [u8; 3] = [b';', b',', b'\t'];

/// How many records are looked at.
const RECORDS: usize = 200;

/// How many rows may stand above the header.
const TITLES: usize = 20;

/// The separator that a line `sep=;` names, and the bytes of that line.
pub(super) fn named(start: &[u8]) -> Option<(u8, usize)> {
    let end = start.iter().position(|byte| matches!(byte, b'\n' | b'\r'))?;
    let line = start.get(..end)?;
    let line = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    let (key, value) = line.split_at_checked(4)?;
    let after = start.get(end..)?;
    let newline = if after.starts_with(b"\r\n") { 2 } else { 1 };
    match value {
        [sign] if key.eq_ignore_ascii_case(b"sep=") => Some((*sign, end + newline)),
        _ => None,
    }
}

/// What one sign makes of the first rows.
#[derive(Debug, Clone, Copy)]
struct Fit {
    sign: u8,
    /// Fields of the first record, of any record, and of the records that agree.
    first: usize,
    widest: usize,
    width: usize,
    /// How many records agree, and how many stand above them.
    agreeing: usize,
    above: usize,
}

/// The separator of a file whose beginning is given, and whether that was a choice at all.
pub(super) fn separator(file: &str, start: &[u8], is_whole: bool) -> Result<(u8, bool)> {
    let fits: Vec<Fit> =
        SIGNS.iter().map(|sign| fit(*sign, &records(*sign, start, is_whole))).collect();
    let found: Vec<&Fit> = fits.iter().filter(|fit| fit.width > 1).collect();
    let rank = |fit: &Fit| (fit.agreeing, fit.width);
    let Some(best) = found.iter().copied().max_by_key(|fit| rank(fit)) else {
        return in_doubt(file, &fits);
    };
    let is_tie = found.iter().any(|other| other.sign != best.sign && rank(other) == rank(best));
    // Names like `Ek, Anna` below one header look like a comma file below a title.
    let is_names = best.sign == b',' && best.width == 2 && best.above > 0 && best.first == 1;
    if is_tie || is_names {
        return Err(ambiguous(file));
    }
    Ok((best.sign, true))
}

/// Where the rows agree for no sign: the one that the header has most of, so that the odd row is told.
fn in_doubt(file: &str, fits: &[Fit]) -> Result<(u8, bool)> {
    let rank = |fit: &Fit| (fit.first, fit.widest);
    let Some(best) = fits.iter().max_by_key(|fit| rank(fit)).filter(|fit| fit.widest > 1) else {
        // One column only.
        return Ok((b',', false));
    };
    if fits.iter().any(|other| other.sign != best.sign && rank(other) == rank(best)) {
        return Err(ambiguous(file));
    }
    Ok((best.sign, true))
}

fn ambiguous(file: &str) -> Fault {
    let reason = format!(
        "the fields of `{file}` may be divided by more than one sign; say which with `separator`"
    );
    Fault::new("ambiguous_separator", reason)
}

/// The first records, without one that may be cut off.
pub(super) fn records(sign: u8, start: &[u8], is_whole: bool) -> Vec<ByteRecord> {
    let mut reader =
        ReaderBuilder::new().delimiter(sign).has_headers(false).flexible(true).from_reader(start);
    let mut records: Vec<ByteRecord> =
        reader.byte_records().map_while(std::result::Result::ok).take(RECORDS).collect();
    if !is_whole && records.len() > 1 && records.len() < RECORDS {
        records.pop();
    }
    records
}

fn fit(sign: u8, records: &[ByteRecord]) -> Fit {
    let lengths: Vec<(usize, usize)> =
        records.iter().map(|record| (record.len(), used(record))).collect();
    let first = lengths.first().map_or(0, |(len, _)| *len);
    let widest = lengths.iter().map(|(len, _)| *len).max().unwrap_or(0);
    let mut fit = Fit { sign, first, widest, width: 0, agreeing: 0, above: 0 };
    for (above, (width, _)) in lengths.iter().enumerate().take(TITLES) {
        let below = lengths.get(above..).unwrap_or_default();
        let agrees = |(len, used): &(usize, usize)| {
            len == width || (len > width && used <= width) || *used == 0
        };
        // What stands above a table is at most half full.
        let are_titles =
            lengths.iter().take(above).all(|(_, used)| used.saturating_mul(2) <= *width);
        if *width > 1 && are_titles && below.iter().all(agrees) {
            (fit.width, fit.agreeing, fit.above) = (*width, below.len(), above);
            break;
        }
    }
    fit
}

/// How many fields the rows of the table have: what one row has beyond is told when it is read.
pub(super) fn width(sign: u8, records: &[ByteRecord]) -> usize {
    let fit = fit(sign, records);
    let count = |length: usize| records.iter().filter(|record| record.len() == length).count();
    let usual = || {
        let lengths = records.iter().map(ByteRecord::len);
        // Titles have one field, and may be more than the rows.
        lengths.max_by_key(|length| (*length > 1, count(*length), *length)).unwrap_or(0)
    };
    if fit.width > 0 { fit.width } else { usual() }
}

/// The fields of a record up to the last that is not blank.
fn used(record: &ByteRecord) -> usize {
    let blank = |field: &[u8]| field.iter().all(u8::is_ascii_whitespace);
    (0..record.len())
        .rev()
        .find(|position| record.get(*position).is_some_and(|field| !blank(field)))
        .map_or(0, |position| position + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<char> {
        separator("f", text.as_bytes(), true).ok().map(|(sign, _)| sign.into())
    }

    #[test]
    fn the_rows_tell_the_separator() {
        for (text, expected) in [
            ("a;b\n1,5;2,5\n", ';'),
            ("a,b\n1,2\n", ','),
            ("a\tb\tc\n1\t2\t3\n", '\t'),
            ("\"a,b,c\";d\n\"1,2\";3\n", ';'),
            ("Titel\n\na;b;c\n1;2;3\n", ';'),
            ("a;b;;\n1;2;;\n;;;\n", ';'),
            ("a;b;c\n1;2;3;;\n", ';'),
            ("Namn;Belopp, kr;Datum\nA;1,5;x\nB;2,5;y\n", ';'),
            ("one\n", ','),
            ("one\n1\n2\n", ','),
            ("a;b;c\n1;2\n", ';'),
        ] {
            assert_eq!(found(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn two_separators_alike_are_not_guessed_between() {
        for text in ["a;b,c\n1;2,3\n", "Namn\nEk, Anna\nAl, Bo\n", "a;b,c\n"] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn titles_do_not_make_a_table_narrow() {
        let text = "Titel\nUnder\nDatum\na;b;c\n1;2;3\n";
        assert_eq!(width(b';', &records(b';', text.as_bytes(), true)), 3);
        assert_eq!(width(b';', &records(b';', b"a;b\n1;2\n1;2;3\n", true)), 2);
        assert_eq!(width(b',', &records(b',', b"a\n1\n", true)), 1);
    }

    #[test]
    fn a_line_may_name_it() {
        assert_eq!(named(b"sep=;\r\na;b"), Some((b';', 7)));
        assert_eq!(named(b"\"SEP=|\"\na|b"), Some((b'|', 8)));
        assert_eq!(named(b"sep=\t\na"), Some((b'\t', 6)));
        for start in [&b"sep=;"[..], b"sep=;;\n", b"sepa;b\n", b"\n", b""] {
            assert_eq!(named(start), None);
        }
    }
}
