//! Excel workbooks: one sheet of them, cell by cell, so that two cells far apart take no memory between them.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};
use utfall::FindingCode;

use self::archive::broken;
use super::body::{Body, Sink};
use super::cell::{Cell, Moment, Stored};
use super::fault::{Fault, Result};
use super::layout::{Header, Known, Merge, SAMPLE_ROWS, Sample};
use super::notes::{Notes, word};
use super::options::{Limits, ReadOptions, Sheet};
use super::serial::DateSystem;
use super::spelling::read_day;
use super::{file_name, words};

mod archive;

/// A workbook as its reader holds it.
type Workbook = Xlsx<Cursor<Vec<u8>>>;

/// The cells of a sheet, by row.
type Rows = Vec<Vec<Stored>>;

/// A sheet of a workbook whose form is known.
#[derive(Debug)]
pub(super) struct WorkbookSheet {
    rows: Rows,
    header: Header,
    pub(super) system: DateSystem,
    pub(super) options: ReadOptions,
}

impl WorkbookSheet {
    /// Reads a sheet.
    pub(super) fn open(
        path: &Path,
        options: &ReadOptions,
        declared: &[String],
        notes: &mut Notes,
    ) -> Result<Self> {
        let name = file_name(path).into_owned();
        let bytes = bytes(path, &name, options.limits.bytes)?;
        archive::check(&name, &bytes, &options.limits)?;
        // The reader was not written for files made to break it: what it trips over is a broken file.
        let read = catch_unwind(AssertUnwindSafe(|| sheet(&name, bytes, options, notes)));
        let (rows, merges, system) = read.unwrap_or_else(|_| Err(broken(&name)))?;
        let texts: Vec<Vec<String>> = rows
            .iter()
            .take(SAMPLE_ROWS)
            .map(|row| row.iter().map(|cell| shown(cell.cell())).collect())
            .collect();
        if texts.iter().all(|row| row.iter().all(String::is_empty)) {
            let reason = format!("the sheet of `{name}` is empty, expected a header and rows");
            return Err(Fault::new("empty_file", reason));
        }
        let sample = Sample { file: &name, rows: &texts, merges: &merges };
        let mut header = sample.header(Known { declared, row: options.header }, notes)?;
        // Columns to the right that have values and no header are columns too.
        let width = rows.iter().skip(header.rows).map(Vec::len).max().unwrap_or(0);
        let names = header.named();
        header.names.resize(names.max(width), String::new());
        Ok(Self { rows, header, system, options: options.clone() })
    }

    /// The header.
    pub(super) fn header(&self) -> &Header {
        &self.header
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
        for row in self.rows.iter().skip(self.header.rows) {
            let missing = width.saturating_sub(row.len());
            let cells =
                row.iter().map(Stored::cell).chain(std::iter::repeat_n(Cell::Empty, missing));
            body.take(cells, sink)?;
        }
        body.finish(sink, notes)
    }
}

/// A cell as the search for the header sees it.
fn shown(cell: Cell<'_>) -> String {
    match cell {
        Cell::Text(text) => text.trim().to_owned(),
        cell => cell.text().unwrap_or_default(),
    }
}

fn bytes(path: &Path, name: &str, most: u64) -> Result<Vec<u8>> {
    let fault = |error: &std::io::Error| {
        let reason = format!("the file `{name}` cannot be read: {}", words(error));
        Fault::new("unreadable_file", reason)
    };
    let file = std::fs::File::open(path).map_err(|error| fault(&error))?;
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| fault(&error))?;
    if bytes.len() as u64 > most {
        return Err(super::too_large(name, most));
    }
    Ok(bytes)
}

fn sheet(
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
    notes: &mut Notes,
) -> Result<(Rows, Vec<Merge>, DateSystem)> {
    let mut workbook = Workbook::new(Cursor::new(bytes)).map_err(|_| broken(name))?;
    let system =
        if workbook.has_1904_epoch() { DateSystem::From1904 } else { DateSystem::From1900 };
    let sheet = chosen(name, &mut workbook, options, notes)?;
    let rows = rows(name, &mut workbook, &sheet, system, &options.limits)?;
    let regions = workbook.merge_cells_by_sheet_name(&sheet).map_err(|_| broken(name))?;
    let merges = regions.iter().filter(|merge| merge.end.1 > merge.start.1).map(|merge| Merge {
        row: merge.start.0 as usize,
        first: merge.start.1 as usize,
        last: merge.end.1 as usize,
    });
    Ok((rows, merges.collect(), system))
}

/// The name of the sheet to read: the one that is asked for, or the only one with anything in it.
fn chosen(
    file: &str,
    workbook: &mut Workbook,
    options: &ReadOptions,
    notes: &mut Notes,
) -> Result<String> {
    let sheets: Vec<(String, bool)> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    let names = || {
        let names: Vec<String> = sheets.iter().map(|(name, _)| format!("`{name}`")).collect();
        names.join(", ")
    };
    let found = match &options.sheet {
        Some(Sheet::Name(asked)) => sheets
            .iter()
            .find(|(name, _)| utfall::text::normal(name) == utfall::text::normal(asked)),
        Some(Sheet::Number(number)) => {
            number.checked_sub(1).and_then(|position| sheets.get(position))
        }
        None => {
            let mut with_content = Vec::new();
            for (name, is_visible) in &sheets {
                if *is_visible && has_content(file, workbook, name)? {
                    with_content.push(name);
                }
            }
            return match with_content[..] {
                [only] => {
                    if sheets.len() > 1 {
                        let facts = [("sheet", word(only))];
                        notes.count(FindingCode::SheetChosen, sheets.len() as u64, facts);
                    }
                    Ok(only.clone())
                }
                [] => {
                    let reason =
                        format!("the workbook `{file}` is empty, expected a header and rows");
                    Err(Fault::new("empty_file", reason))
                }
                _ => {
                    let reason = format!(
                        "the workbook `{file}` has several sheets with content: {}; say which with `sheet`",
                        names()
                    );
                    Err(Fault::new("sheet_not_chosen", reason))
                }
            };
        }
    };
    found.map(|(name, _)| name.clone()).ok_or_else(|| {
        let reason = format!("the workbook `{file}` has no such sheet; there are {}", names());
        Fault::new("unknown_sheet", reason)
    })
}

fn has_content(file: &str, workbook: &mut Workbook, sheet: &str) -> Result<bool> {
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(|_| broken(file))?;
    while let Some(cell) = cells.next_cell().map_err(|_| broken(file))? {
        let is_empty = match cell.get_value() {
            DataRef::Empty => true,
            DataRef::String(text) => text.trim().is_empty(),
            DataRef::SharedString(text) => text.trim().is_empty(),
            _ => false,
        };
        if !is_empty {
            return Ok(true);
        }
    }
    Ok(false)
}

fn rows(
    file: &str,
    workbook: &mut Workbook,
    sheet: &str,
    system: DateSystem,
    limits: &Limits,
) -> Result<Rows> {
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(|_| broken(file))?;
    let mut rows: Rows = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(|_| broken(file))? {
        let (row, column) = cell.get_position();
        let (row, column) = (row as usize, column as usize);
        let stored = stored(cell.get_value(), system);
        if stored == Stored::Empty {
            continue;
        }
        if matches!(&stored, Stored::Text(text) if text.len() > limits.cell_bytes) {
            let reason = format!(
                "a cell of `{file}` is longer than {} bytes; shorten it, or raise the limit `cell_bytes`",
                limits.cell_bytes
            );
            return Err(Fault::new("cell_too_long", reason));
        }
        if row as u64 >= limits.rows {
            return Err(super::too_many_rows(file, limits.rows));
        }
        if column >= limits.columns {
            let reason = format!(
                "the sheet of `{file}` has more than {} columns; look for a stray cell, or raise the limit `columns`",
                limits.columns
            );
            return Err(Fault::new("too_many_columns_in_file", reason));
        }
        if rows.len() <= row {
            rows.resize_with(row + 1, Vec::new);
        }
        let Some(cells) = rows.get_mut(row) else { continue };
        if cells.len() <= column {
            cells.resize(column + 1, Stored::Empty);
        }
        if let Some(place) = cells.get_mut(column) {
            *place = stored;
        }
    }
    Ok(rows)
}

fn stored(value: &DataRef<'_>, system: DateSystem) -> Stored {
    match value {
        DataRef::Empty => Stored::Empty,
        #[allow(clippy::cast_precision_loss, reason = "a workbook holds its numbers as doubles")]
        DataRef::Int(number) => Stored::Number(*number as f64),
        DataRef::Float(number) => Stored::Number(*number),
        DataRef::String(text) | DataRef::DurationIso(text) => Cell::of_text(text).stored(),
        DataRef::SharedString(text) => Cell::of_text(text).stored(),
        DataRef::Bool(flag) => Stored::Flag(*flag),
        DataRef::DateTime(moment) => of_moment(*moment, system),
        DataRef::DateTimeIso(text) => {
            let read = read_day(text, None);
            let moment = read.map(|read| Moment { day: read.number, timed: read.timed });
            moment.map_or_else(|| Cell::of_text(text).stored(), Stored::Day)
        }
        DataRef::Error(_) => Stored::Failed,
    }
}

/// A number with a format of dates; a time of day or a duration stays a number.
fn of_moment(moment: ExcelDateTime, system: DateSystem) -> Stored {
    let day = system.day(moment.as_f64()).filter(|_| moment.is_datetime());
    day.map_or(Stored::Number(moment.as_f64()), Stored::Day)
}
