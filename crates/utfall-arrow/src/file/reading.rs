//! A file as an Arrow table, with a report of what was detected and assumed.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow_schema::{Field, Schema};
use utfall::{Error, Facts, Finding, FindingCode, Subject, text};

use super::body::Sink;
use super::cell::Cell;
use super::fault::{Fault, Result};
use super::inferred::{ColumnCells, Manner};
use super::notes::{Notes, RowList};
use super::options::{ColumnKind, ReadOptions};
use super::{Source, file_name};

/// A file that was read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The table: columns of texts, whole and decimal numbers, days, flags, or nulls alone.
    pub table: RecordBatch,
    /// What was detected and assumed: findings of the family `reading`. Rows are counted from 1 after the header; those
    /// that were left out count in what is said of them, and not in what is said of columns.
    pub findings: Vec<Finding>,
}

/// Reads a CSV file or a sheet of an Excel workbook (`.xlsx`, `.xlsm`) as a whole.
///
/// The encoding, the separator, the header and the kind of each column are detected: a column is one of numbers or days
/// if all its cells are. What is detected and assumed is told as findings; what could be two things is an error that says
/// what to declare.
///
/// # Errors
///
/// [`Error::File`] if the file cannot be opened, is of another kind, is larger than `options.limits`, or is ambiguous.
///
/// ```
/// use utfall_arrow::{ReadOptions, read};
///
/// let path = std::env::temp_dir().join("utfall-doc-deltagare.csv");
/// std::fs::write(&path, "Kön;Poäng;Start\nK;12,5;3 maj 2021\nM;9;4 maj 2021\n").unwrap();
/// let reading = read(&path, &ReadOptions::default())?;
/// assert_eq!(reading.table.num_rows(), 2);
/// let found: Vec<&str> = reading.findings.iter().map(|finding| finding.code.word()).collect();
/// assert_eq!(found, ["separator_detected", "decimal_comma", "dates_respelled"]);
/// # Ok::<(), utfall::Error>(())
/// ```
pub fn read(path: &Path, options: &ReadOptions) -> utfall::Result<Reading> {
    read_whole(path, options)
        .map_err(|fault| Error::File { code: fault.code, reason: fault.reason })
}

fn read_whole(path: &Path, options: &ReadOptions) -> Result<Reading> {
    let name = file_name(path);
    let size = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    if size > options.limits.bytes {
        return Err(super::too_large(&name, options.limits.bytes));
    }
    let mut notes = Notes::default();
    let declared: Vec<String> =
        options.columns.iter().map(|(header, _)| text::normal(header).into_owned()).collect();
    let source = Source::open(path, options, &declared, &mut notes)?;
    let names = &source.header().names;
    for header in &declared {
        if !names.iter().any(|name| text::normal(name) == *header) {
            let reason =
                format!("`{name}` has no column `{header}`; `columns` names headers of the file");
            return Err(Fault::new("unknown_column", reason));
        }
    }
    let columns = names.iter().map(|_| ColumnCells::default()).collect();
    let mut gathered = Gathered { columns, rows: 0, most: options.limits.rows, file: &name };
    source.rows(Vec::new(), &mut gathered, &mut notes)?;
    let system = source.is_workbook().then(|| source.date_system());
    let manner = Manner { decimal: options.decimal, dates: options.dates, system };
    let table = gathered.table(names, options, manner, &mut notes)?;
    Ok(Reading { table, findings: notes.into_findings(None) })
}

/// The cells of all rows.
struct Gathered<'g> {
    columns: Vec<ColumnCells>,
    rows: u64,
    most: u64,
    file: &'g str,
}

impl Sink for Gathered<'_> {
    fn row<'r>(&mut self, cells: impl Iterator<Item = Cell<'r>>) -> Result<()> {
        self.rows += 1;
        if self.rows > self.most {
            return Err(super::too_many_rows(self.file, self.most));
        }
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push(cell);
        }
        Ok(())
    }
}

impl Gathered<'_> {
    fn table(
        self,
        names: &[String],
        options: &ReadOptions,
        manner: Manner,
        notes: &mut Notes,
    ) -> Result<RecordBatch> {
        let mut taken: HashSet<String> = HashSet::new();
        let (mut fields, mut arrays, mut left_out) = (Vec::new(), Vec::<ArrayRef>::new(), 0);
        for ((number, name), cells) in (1..).zip(names).zip(&self.columns) {
            if name.is_empty() && cells.is_blank() {
                left_out += 1;
                continue;
            }
            let header = named(name, number, names, &mut taken, notes);
            let array = cells.array(&header, kind(options, name), manner, notes)?;
            fields.push(Field::new(header, array.data_type().clone(), true));
            arrays.push(array);
        }
        notes.count(FindingCode::EmptyColumnsLeftOut, left_out, Facts::NONE);
        let rows = usize::try_from(self.rows).ok();
        let size = RecordBatchOptions::new().with_row_count(rows);
        RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &size)
            .map_err(|_| Fault::new("unreadable_file", format!("`{}` makes no table", self.file)))
    }
}

fn kind(options: &ReadOptions, name: &str) -> Option<ColumnKind> {
    let mut columns = options.columns.iter();
    let declared = columns.find(|(header, _)| text::normal(header) == text::normal(name));
    declared.map(|(_, kind)| *kind)
}

/// The name of a column: its header, or one made up where it has none or another column has it.
fn named(
    name: &str,
    number: usize,
    names: &[String],
    taken: &mut HashSet<String>,
    notes: &mut Notes,
) -> String {
    let normal = text::normal(name).into_owned();
    let (base, code) = if normal.is_empty() {
        (format!("column {number}"), Some(FindingCode::UnnamedColumn))
    } else if taken.contains(&normal) {
        (format!("{normal} (2)"), Some(FindingCode::RepeatedHeaderNumbered))
    } else {
        (normal, None)
    };
    let mut header = base.clone();
    let mut count = 3_usize;
    while taken.contains(&header) || (code.is_some() && names.contains(&header)) {
        header = format!("{} ({count})", base.strip_suffix(" (2)").unwrap_or(&base));
        count += 1;
    }
    taken.insert(header.clone());
    if let Some(code) = code {
        let subject = Subject::default().with_column(header.as_str());
        notes.rows(
            code,
            subject.column.as_deref(),
            Facts::NONE,
            &RowList { count: 1, first: Vec::new() },
        );
    }
    header
}
