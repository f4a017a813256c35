//! The records of a CSV file as text, whatever their encoding, and none longer than allowed.

use std::cell::Cell as Shared;
use std::io::{Error, ErrorKind, Read, Result as IoResult};
use std::rc::Rc;

use csv::{ByteRecord, Reader, ReaderBuilder, StringRecord};

use super::super::fault::{Fault, Result};
use super::super::options::Limits;
use super::encoding::{is_unlikely_windows_1252, of_windows_1252};

/// Hands on bytes as long as the record that is being read may have more.
struct Capped {
    source: Box<dyn Read>,
    left: Rc<Shared<u64>>,
}

impl Read for Capped {
    fn read(&mut self, into: &mut [u8]) -> IoResult<usize> {
        let left = self.left.get();
        if left == 0 {
            return Err(Error::from(ErrorKind::QuotaExceeded));
        }
        let read = self.source.read(into)?;
        self.left.set(left.saturating_sub(read as u64));
        Ok(read)
    }
}

/// What the text so far is known to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// ASCII, which is both.
    Ascii,
    Utf8,
    Windows1252,
}

/// The records of a file.
pub(super) struct Records<'f> {
    file: &'f str,
    reader: Reader<Capped>,
    left: Rc<Shared<u64>>,
    limits: Limits,
    record: StringRecord,
    known: Known,
    must_be_utf8: bool,
    /// How many records were read, and how many of them stand before the first row.
    read: u64,
    above: u64,
}

impl<'f> Records<'f> {
    pub(super) fn new(
        file: &'f str,
        source: Box<dyn Read>,
        separator: u8,
        limits: Limits,
        must_be_utf8: bool,
    ) -> Self {
        let left = Rc::new(Shared::new(limits.row_bytes));
        let reader = ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(1 << 16)
            .from_reader(Capped { source, left: Rc::clone(&left) });
        Self {
            file,
            reader,
            left,
            limits,
            record: StringRecord::new(),
            known: Known::Ascii,
            must_be_utf8,
            read: 0,
            above: 0,
        }
    }

    /// What the text so far is known to be.
    pub(super) const fn known(&self) -> Known {
        self.known
    }

    /// Passes over the records before the first row.
    pub(super) fn skip(&mut self, records: usize) -> Result<()> {
        self.above = records as u64;
        for _ in 0..records {
            self.next()?;
        }
        Ok(())
    }

    /// The header, which is the next record.
    pub(super) fn header(&mut self) -> Result<Option<&StringRecord>> {
        self.above += 1;
        self.next()
    }

    /// The next record, if there is one.
    pub(super) fn next(&mut self) -> Result<Option<&StringRecord>> {
        let mut bytes = std::mem::take(&mut self.record).into_byte_record();
        self.left.set(self.limits.row_bytes);
        let has_more =
            self.reader.read_byte_record(&mut bytes).map_err(|error| self.fault(&error))?;
        if !has_more {
            return Ok(None);
        }
        self.read += 1;
        if bytes.len() > self.limits.columns {
            return Err(self.too_wide());
        }
        if bytes.as_slice().len() > self.limits.cell_bytes
            && bytes.iter().any(|field| field.len() > self.limits.cell_bytes)
        {
            return Err(self.too_long(self.limits.cell_bytes as u64));
        }
        self.record = self.text(bytes)?;
        Ok(Some(&self.record))
    }

    /// The record as text. ASCII goes on as it is; the first record with other letters says which encoding it is.
    fn text(&mut self, bytes: ByteRecord) -> Result<StringRecord> {
        let is_undecided = self.known != Known::Utf8;
        if is_undecided && bytes.as_slice().is_ascii() {
            return StringRecord::from_byte_record(bytes).map_err(|_| self.mixed());
        }
        match (StringRecord::from_byte_record(bytes), self.known) {
            (Ok(record), Known::Ascii | Known::Utf8) => {
                self.known = Known::Utf8;
                Ok(record)
            }
            // Letters of UTF-8 are no words in Windows-1252.
            (Ok(_), Known::Windows1252) | (Err(_), Known::Utf8) => Err(self.mixed()),
            (Err(_), _) if self.must_be_utf8 => Err(self.mixed()),
            (Err(error), _) => {
                let bytes = error.into_byte_record();
                let is_header = self.read <= self.above.max(1);
                if bytes.iter().any(|field| is_unlikely_windows_1252(field, is_header)) {
                    return Err(self.undetected());
                }
                self.known = Known::Windows1252;
                Ok(bytes.iter().map(of_windows_1252).collect::<Vec<_>>().into())
            }
        }
    }

    /// `row 3`, `the header`.
    pub(super) fn place(&self) -> String {
        match self.read.saturating_sub(self.above) {
            0 => "the header".to_owned(),
            row => format!("row {row}"),
        }
    }

    fn mixed(&self) -> Fault {
        let (place, file) = (self.place(), self.file);
        let reason = format!(
            "{place} of `{file}` is not in the encoding of what stands before it, or not in the one that is declared; save the file as CSV (UTF-8)"
        );
        Fault::new("mixed_encodings", reason)
    }

    fn undetected(&self) -> Fault {
        let (place, file) = (self.place(), self.file);
        let reason = format!(
            "{place} of `{file}` is neither UTF-8 nor Windows-1252; say the encoding with `encoding`, such as `macintosh`, or save the file as CSV (UTF-8)"
        );
        Fault::new("unknown_encoding", reason)
    }

    fn too_wide(&self) -> Fault {
        let (place, file, most) = (self.place(), self.file, self.limits.columns);
        let reason = format!(
            "{place} of `{file}` has more than {most} fields; look for a stray separator, or raise the limit `columns`"
        );
        Fault::new("too_many_columns_in_file", reason)
    }

    fn too_long(&self, most: u64) -> Fault {
        let (file, row) = (self.file, self.read.saturating_sub(self.above));
        let reason = format!(
            "row {row} of `{file}` or a cell of it is longer than {most} bytes; look for a missing quote, or raise the limits `row_bytes` and `cell_bytes`"
        );
        Fault::new("cell_too_long", reason)
    }

    fn fault(&mut self, error: &csv::Error) -> Fault {
        let kind = match error.kind() {
            csv::ErrorKind::Io(error) => Some(error.kind()),
            _ => None,
        };
        self.read += 1;
        let file = self.file;
        match kind {
            Some(ErrorKind::QuotaExceeded) => self.too_long(self.limits.row_bytes),
            Some(ErrorKind::InvalidData) => {
                let place = self.place();
                let reason = format!(
                    "{place} of `{file}` or a row near it breaks its encoding; save the file as CSV (UTF-8)"
                );
                Fault::new("mixed_encodings", reason)
            }
            Some(kind) => {
                Fault::new("unreadable_file", format!("the file `{file}` cannot be read: {kind}"))
            }
            None => {
                Fault::new("unreadable_file", format!("the file `{file}` cannot be read as CSV"))
            }
        }
    }
}
