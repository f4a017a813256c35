//! CSV: read in pieces of rows, so that memory does not grow with the file.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use csv::StringRecord;
use utfall::FindingCode;

use self::encoding::{Decoding, Transcoder, decoding, of_windows_1252};
use self::records::{Known, Records};
use super::body::{Body, Sink};
use super::cell::Cell;
use super::fault::{Fault, Result};
use super::layout::{Header, Known as KnownHeader, SAMPLE_ROWS, Sample};
use super::notes::{Notes, word};
use super::options::ReadOptions;
use super::{file_name, words};

mod dialect;
mod encoding;
mod records;

/// How much of a file is looked at before it is read.
const START: usize = 1 << 16;

/// A CSV file whose form is known.
#[derive(Debug)]
pub(super) struct CsvFile {
    path: PathBuf,
    name: String,
    decoding: Decoding,
    /// Bytes before the first record: a mark of byte order, a line that names the separator.
    skipped: u64,
    separator: u8,
    options: ReadOptions,
    header: Header,
}

impl CsvFile {
    /// Looks at the beginning of a file.
    pub(super) fn open(
        path: &Path,
        options: &ReadOptions,
        declared: &[String],
        notes: &mut Notes,
    ) -> Result<Self> {
        let name = file_name(path).into_owned();
        let raw = beginning(&mut open(path, &name)?, &name)?;
        let decoding = decoding(&name, &raw, options.encoding.as_deref())?;
        let header = Header { names: Vec::new(), rows: 0 };
        let mut file = Self {
            path: path.to_owned(),
            name,
            decoding,
            skipped: decoding.mark as u64,
            separator: b',',
            options: options.clone(),
            header,
        };
        let start = beginning(&mut file.source()?, &file.name)?;
        let is_whole = start.len() < START;
        if start.contains(&0) {
            return Err(super::other_kind_of_file(&file.name, "a binary file"));
        }
        if start.iter().all(u8::is_ascii_whitespace) {
            let reason = format!("the file `{}` is empty, expected a header and rows", file.name);
            return Err(Fault::new("empty_file", reason));
        }
        let start = file.separated(&start, is_whole, notes)?;
        file.find_header(start, is_whole, declared, notes)?;
        Ok(file)
    }

    /// Finds the separator; gives what stands behind a line that names it.
    fn separated<'s>(
        &mut self,
        start: &'s [u8],
        is_whole: bool,
        notes: &mut Notes,
    ) -> Result<&'s [u8]> {
        let named = dialect::named(start);
        let length = named.map_or(0, |(_, length)| length);
        let start = start.get(length..).unwrap_or_default();
        // The line is behind what is skipped already.
        self.skipped += length as u64;
        let declared = self.options.separator.or(named.map(|(sign, _)| sign));
        let (separator, is_told) = match declared {
            Some(sign) => (sign, true),
            None => dialect::separator(&self.name, start, is_whole)?,
        };
        self.separator = separator;
        if is_told && self.options.separator.is_none() {
            let sign = char::from(separator).to_string();
            notes.file(FindingCode::SeparatorDetected, [("separator", word(&sign))]);
        }
        Ok(start)
    }

    fn find_header(
        &mut self,
        start: &[u8],
        is_whole: bool,
        declared: &[String],
        notes: &mut Notes,
    ) -> Result<()> {
        let text = |field: &[u8]| match std::str::from_utf8(field) {
            Ok(text) => text.trim().to_owned(),
            Err(_) => of_windows_1252(field).trim().to_owned(),
        };
        let records = dialect::records(self.separator, start, is_whole);
        let width = dialect::width(self.separator, &records);
        let rows: Vec<Vec<String>> = records
            .iter()
            .take(SAMPLE_ROWS)
            .map(|record| record.iter().take(width).map(text).collect())
            .collect();
        let sample = Sample { file: &self.name, rows: &rows, merges: &[] };
        let known = KnownHeader { declared, row: self.options.header };
        self.header = sample.header(known, notes)?;
        // The sample is decoded leniently; the header itself as every other record.
        let mut records = self.records()?;
        records.skip(self.header.rows.saturating_sub(1))?;
        let Some(header) = records.header()? else { return Ok(()) };
        self.header.names = header.iter().map(|name| name.trim().to_owned()).collect();
        Ok(())
    }

    /// The header.
    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    /// What is declared of the file.
    pub(super) fn options(&self) -> &ReadOptions {
        &self.options
    }

    /// Hands every row that is a unit to the sink.
    pub(super) fn rows(
        &self,
        labels: Vec<usize>,
        sink: &mut impl Sink,
        notes: &mut Notes,
    ) -> Result<()> {
        let width = self.header.names.len();
        let mut body = Body::new(width, self.options.totals, labels);
        // Columns to the right without a header may be left out of a row.
        let named = self.header.named();
        let mut records = self.records()?;
        records.skip(self.header.rows)?;
        loop {
            let place = body.rows() + 1;
            let Some(record) = records.next()? else { break };
            let len = record.len();
            let cells = record.iter().take(width).map(Cell::of_text);
            if len < width && (len >= named || is_padded(record, width)) {
                body.take(cells.chain(std::iter::repeat_n(Cell::Empty, width - len)), sink)?;
            } else if len == width || is_padded(record, width) {
                body.take(cells, sink)?;
            } else {
                return Err(uneven(&self.name, place, len, width));
            }
        }
        if records.known() == Known::Windows1252 {
            notes.file(FindingCode::EncodingDetected, [("encoding", word("Windows-1252"))]);
        } else if let Some(encoding) =
            self.decoding.from.filter(|_| self.options.encoding.is_none())
        {
            notes.file(FindingCode::EncodingDetected, [("encoding", word(encoding.name()))]);
        }
        body.finish(sink, notes)
    }

    fn records(&self) -> Result<Records<'_>> {
        let must_be_utf8 = self.decoding.must_be_utf8 || self.decoding.from.is_some();
        let mut source = self.source()?;
        let skipped = self.skipped - self.decoding.mark as u64;
        pass(&mut source, skipped, &self.name)?;
        let limits = self.options.limits;
        Ok(Records::new(&self.name, source, self.separator, limits, must_be_utf8))
    }

    /// The bytes of the file behind a mark of byte order, as UTF-8 where its encoding is known.
    fn source(&self) -> Result<Box<dyn Read>> {
        let mut file = BufReader::with_capacity(START, open(&self.path, &self.name)?);
        pass(&mut file, self.decoding.mark as u64, &self.name)?;
        Ok(match self.decoding.from {
            Some(encoding) => Box::new(Transcoder::new(file, encoding)),
            None => Box::new(file),
        })
    }
}

/// Whether a record is as long as the header but for blank fields, or blank altogether.
fn is_padded(record: &StringRecord, width: usize) -> bool {
    let is_blank = |text: &str| Cell::of_text(text).is_empty();
    (record.len() > width && record.iter().skip(width).all(is_blank)) || record.iter().all(is_blank)
}

fn uneven(file: &str, row: u64, len: usize, width: usize) -> Fault {
    let fields = if len == 1 { "field" } else { "fields" };
    let reason = format!(
        "row {row} of `{file}` has {len} {fields}, expected {width} as in the header; look for a missing quote or a stray delimiter"
    );
    Fault::new("uneven_rows", reason)
}

fn open(path: &Path, name: &str) -> Result<File> {
    File::open(path).map_err(|error| {
        let reason = format!("the file `{name}` cannot be opened: {}", words(&error));
        Fault::new("unreadable_file", reason)
    })
}

/// The first bytes of what is read; fewer than asked for only where there are no more.
fn beginning(source: &mut impl Read, name: &str) -> Result<Vec<u8>> {
    let mut start = Vec::new();
    let read = source.take(START as u64).read_to_end(&mut start);
    read.map_err(|error| unreadable(name, &error))?;
    Ok(start)
}

fn pass(source: &mut impl Read, bytes: u64, name: &str) -> Result<()> {
    let passed = std::io::copy(&mut source.take(bytes), &mut std::io::sink());
    passed.map(|_| ()).map_err(|error| unreadable(name, &error))
}

fn unreadable(name: &str, error: &std::io::Error) -> Fault {
    if error.kind() == std::io::ErrorKind::InvalidData {
        let reason = format!("`{name}` breaks its encoding; save the file as CSV (UTF-8)");
        return Fault::new("mixed_encodings", reason);
    }
    Fault::new("unreadable_file", format!("the file `{name}` cannot be read: {}", words(error)))
}
