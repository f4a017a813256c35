//! Files by path: which reader a file needs, and what kinds cannot be read.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind};
use std::path::{Path, PathBuf};

use utfall::{Error, Intake, RegisterProblem, Result};

use crate::watch::Watch;

mod csv;
mod parquet;

/// Takes the files of a register, which follow each other, into an evaluation or a check. A folder stands for the Parquet files
/// in it, in the order of their names.
///
/// Parquet files are read row group by row group, in as many threads as there are processors: only the columns that
/// the register declares, dictionaries kept. Any other file is CSV: fields divided by `,`, `;` or tabs (whichever the
/// header has most of), UTF-8, with or without a byte order mark, the first line a header; an empty field is a null.
/// Memory does not grow with the rows.
///
/// # Errors
///
/// If a file cannot be opened, is empty, is of another kind, is not UTF-8, or has rows of different lengths; if `watch`
/// stops the count; and as [`Intake::add`].
pub fn add_files<'p>(
    intake: &mut impl Intake<'p>,
    register: &str,
    paths: &[PathBuf],
    watch: &mut Watch<'_>,
) -> Result<()> {
    let mut parquet_files = Vec::new();
    for path in paths {
        if path.is_dir() {
            parquet_files.extend(files_in(register, path)?);
        } else if starts_as_parquet(register, path)? {
            parquet_files.push(path.clone());
        } else {
            // Rows are numbered in the order of the paths: what came before is counted before.
            parquet::add(intake, register, &std::mem::take(&mut parquet_files), watch)?;
            add_csv(intake, register, path, watch)?;
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

fn starts_as_parquet(register: &str, path: &Path) -> Result<bool> {
    open(register, path).map(|(start, _)| start.starts_with(b"PAR1"))
}

fn add_csv<'p>(
    intake: &mut impl Intake<'p>,
    register: &str,
    path: &Path,
    watch: &mut Watch<'_>,
) -> Result<()> {
    let (start, mut reader) = open(register, path)?;
    let name = file_name(path);
    if let Some(kind) = other_kind(&start) {
        let reason =
            format!("the file `{name}` is {kind}, expected CSV or Parquet; save it as CSV (UTF-8)");
        return Err(unreadable(register, "other_kind_of_file", reason));
    }
    let text = start.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&start);
    if text.iter().all(u8::is_ascii_whitespace) {
        let reason = format!("the file `{name}` is empty, expected a header and rows");
        return Err(unreadable(register, "empty_file", reason));
    }
    reader.consume(start.len() - text.len());
    csv::add(intake, register, &name, text, reader, watch)
}

/// The first bytes of a file, and the file with nothing taken from it.
fn open(register: &str, path: &Path) -> Result<(Vec<u8>, BufReader<File>)> {
    const START: usize = 1 << 16;
    let name = file_name(path);
    let fault = |error: &std::io::Error, what: &str| {
        let reason = format!("the file `{name}` cannot be {what}: {}", words(error));
        unreadable(register, "unreadable_file", reason)
    };
    let file = File::open(path).map_err(|error| fault(&error, "opened"))?;
    let mut reader = BufReader::with_capacity(START, file);
    let start = reader.fill_buf().map_err(|error| fault(&error, "read"))?.to_vec();
    Ok((start, reader))
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

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What a file is whose first bytes are not those of a text.
fn other_kind(start: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 6] = [
        (b"PK\x03\x04", "a zip archive, such as an Excel workbook"),
        (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
        (b"ARROW1", "an Arrow file"),
        (b"%PDF", "a PDF"),
        (b"\xff\xfe", "text in UTF-16"),
        (b"\xfe\xff", "text in UTF-16"),
    ];
    let known = KINDS.iter().find(|(magic, _)| start.starts_with(magic)).map(|(_, kind)| *kind);
    known.or_else(|| start.contains(&0).then_some("a binary file"))
}
