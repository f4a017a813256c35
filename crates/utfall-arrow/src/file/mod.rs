//! Files by path: which reader a file needs, and what kinds cannot be read.

use std::borrow::Cow;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use utfall::{Error, Intake, RegisterProblem, Result, Severity, text};

use self::csv::CsvFile;
use self::declared::{Counting, DeclaredColumns};
use self::fault::Fault;
use self::layout::Header;
use self::notes::Notes;
use self::serial::DateSystem;
use self::workbook::WorkbookSheet;
use crate::watch::Watch;

mod body;
mod cell;
mod csv;
mod declared;
mod fault;
mod inferred;
mod layout;
mod notes;
mod options;
mod parquet;
mod reading;
mod serial;
mod spelling;
mod workbook;

pub use options::{ColumnKind, DateOrder, Decimal, Limits, ReadOptions, Sheet, Totals};
pub use reading::{Reading, read};

/// Takes the files of a register, which follow each other, into an evaluation or a check. A folder stands for the Parquet files
/// in it, in the order of their names.
///
/// Parquet files are read row group by row group, in as many threads as there are processors: only the columns that
/// the register declares, dictionaries kept. Excel workbooks (`.xlsx`, `.xlsm`) are read as a whole. Any other file is
/// CSV, read in pieces: memory does not grow with the rows. What a file looks like is detected as [`read`] does; the
/// declared headers and types decide where the header stands and what a cell is, and an empty field is a null.
///
/// Of what is assumed, warnings become findings of the evaluation ([`Intake::note`]); [`read`] tells everything.
///
/// # Errors
///
/// If a file cannot be opened, is empty, of another kind or ambiguous, or has rows of different lengths; if `watch`
/// stops the count; and as [`Intake::add`].
pub fn add_files<'p>(
    intake: &mut impl Intake<'p>,
    register: &str,
    paths: &[PathBuf],
    watch: &mut Watch<'_>,
) -> Result<()> {
    add_files_with(intake, register, paths, &ReadOptions::default(), watch)
}

/// As [`add_files`], with what is declared of the CSV files and workbooks.
///
/// # Errors
///
/// As [`add_files`].
pub fn add_files_with<'p>(
    intake: &mut impl Intake<'p>,
    register: &str,
    paths: &[PathBuf],
    options: &ReadOptions,
    watch: &mut Watch<'_>,
) -> Result<()> {
    let mut parquet_files = Vec::new();
    for path in paths {
        if path.is_dir() {
            parquet_files.extend(files_in(register, path)?);
        } else if starts_as_parquet(path).map_err(|fault| fault.of_register(register))? {
            parquet_files.push(path.clone());
        } else {
            // Rows are numbered in the order of the paths: what came before is counted before.
            parquet::add(intake, register, &std::mem::take(&mut parquet_files), watch)?;
            add_file(intake, register, path, options, watch)?;
        }
    }
    parquet::add(intake, register, &parquet_files, watch)
}

fn files_in(register: &str, folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).map_err(|error| {
        let reason =
            format!("the folder `{}` cannot be read: {}", file_name(folder), words(&error));
        unreadable(register, "unreadable_file", reason)
    })?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|end| end.eq_ignore_ascii_case("parquet")))
        .collect();
    files.sort();
    if files.is_empty() {
        let name = file_name(folder);
        let reason = format!(
            "the folder `{name}` has no Parquet file (`.parquet`); hand over the files themselves"
        );
        return Err(unreadable(register, "empty_folder", reason));
    }
    Ok(files)
}

fn starts_as_parquet(path: &Path) -> fault::Result<bool> {
    start(path).map(|start| start.starts_with(b"PAR1"))
}

fn add_file<'p>(
    intake: &mut impl Intake<'p>,
    register: &str,
    path: &Path,
    options: &ReadOptions,
    watch: &mut Watch<'_>,
) -> Result<()> {
    let project = intake.project();
    let headers: Vec<String> = project
        .headers(register)
        .unwrap_or_default()
        .into_iter()
        .map(|header| text::normal(header).into_owned())
        .collect();
    let fault = |fault: Fault| fault.of_register(register);
    let mut notes = Notes::default();
    let source = Source::open(path, options, &headers, &mut notes).map_err(fault)?;
    let mut columns = {
        let all_columns = intake.looks_at_all_columns();
        DeclaredColumns::new((project, register), source.header(), &source, all_columns)
    };
    let (labels, mut foot) = (columns.labels(), Notes::default());
    let mut counting = Counting::new(intake, register, watch, &source, &mut columns, &mut notes);
    let counted = source.rows(labels, &mut counting, &mut foot).and_then(|()| counting.flush());
    if let Err(found) = counted {
        return Err(counting.stopped.take().unwrap_or_else(|| fault(found)));
    }
    notes.append(foot);
    for found in notes.into_findings(Some(register)) {
        if found.severity() != Severity::Note {
            intake.note(found);
        }
    }
    Ok(())
}

/// A file whose form is known.
enum Source {
    Csv(CsvFile),
    Workbook(WorkbookSheet),
}

impl Source {
    fn open(
        path: &Path,
        options: &ReadOptions,
        declared: &[String],
        notes: &mut Notes,
    ) -> fault::Result<Self> {
        let start = start(path)?;
        if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
            return WorkbookSheet::open(path, options, declared, notes).map(Self::Workbook);
        }
        if let Some(kind) = other_kind(&start) {
            return Err(other_kind_of_file(&file_name(path), kind));
        }
        CsvFile::open(path, options, declared, notes).map(Self::Csv)
    }

    fn header(&self) -> &Header {
        match self {
            Self::Csv(file) => file.header(),
            Self::Workbook(sheet) => sheet.header(),
        }
    }

    fn options(&self) -> &ReadOptions {
        match self {
            Self::Csv(file) => file.options(),
            Self::Workbook(sheet) => &sheet.options,
        }
    }

    const fn is_workbook(&self) -> bool {
        matches!(self, Self::Workbook(_))
    }

    fn date_system(&self) -> DateSystem {
        match self {
            Self::Csv(_) => DateSystem::default(),
            Self::Workbook(sheet) => sheet.system,
        }
    }

    /// Hands every row that is a unit to the sink.
    fn rows(
        &self,
        labels: Vec<usize>,
        sink: &mut impl body::Sink,
        notes: &mut Notes,
    ) -> fault::Result<()> {
        match self {
            Self::Csv(file) => file.rows(labels, sink, notes),
            Self::Workbook(sheet) => sheet.rows(labels, sink, notes),
        }
    }
}

/// The first bytes of a file.
fn start(path: &Path) -> fault::Result<Vec<u8>> {
    const START: u64 = 64;
    let name = file_name(path);
    let fault = |error: &std::io::Error, what: &str| {
        let reason = format!("the file `{name}` cannot be {what}: {}", words(error));
        Fault::new("unreadable_file", reason)
    };
    let file = File::open(path).map_err(|error| fault(&error, "opened"))?;
    let mut start = Vec::new();
    file.take(START).read_to_end(&mut start).map_err(|error| fault(&error, "read"))?;
    Ok(start)
}

/// What went wrong with a file, in words that do not depend on the system.
fn words(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "no such file".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        kind => kind.to_string(),
    }
}

/// A file's name without its folders.
fn file_name(path: &Path) -> Cow<'_, str> {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy()
}

fn unreadable(register: &str, code: &'static str, reason: String) -> Error {
    Error::register(register, RegisterProblem::Unreadable { code, reason })
}

fn other_kind_of_file(name: &str, kind: &str) -> Fault {
    let reason = format!(
        "the file `{name}` is {kind}, expected CSV, Excel (.xlsx) or Parquet; save it as CSV (UTF-8)"
    );
    Fault::new("other_kind_of_file", reason)
}

fn too_large(name: &str, most: u64) -> Fault {
    let reason = format!(
        "the file `{name}` is larger than {most} bytes; divide it, or raise the limit `bytes`"
    );
    Fault::new("file_too_large", reason)
}

fn too_many_rows(name: &str, most: u64) -> Fault {
    let reason =
        format!("`{name}` has more than {most} rows; divide it, or raise the limit `rows`");
    Fault::new("too_many_rows", reason)
}

/// What a file is whose first bytes are those of no text.
fn other_kind(start: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 4] = [
        (b"\xd0\xcf\x11\xe0", "an old Excel workbook, or one with a password"),
        (b"ARROW1", "an Arrow file"),
        (b"PAR1", "a Parquet file"),
        (b"%PDF", "a PDF"),
    ];
    KINDS.iter().find(|(magic, _)| start.starts_with(magic)).map(|(_, kind)| *kind)
}
