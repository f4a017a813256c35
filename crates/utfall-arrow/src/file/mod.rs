//! Files by path: which reader a file needs, and what kinds cannot be read.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use utfall::{Error, Evaluator, RegisterProblem, Result};

mod csv;

/// Counts a file of a register into an evaluation.
///
/// A file is CSV: fields divided by `,`, `;` or tabs (whichever the header has most of), UTF-8, with or without a byte
/// order mark, the first line a header. An empty field is a null.
///
/// # Errors
///
/// If the file cannot be opened, is empty, is of another kind, is not UTF-8, or has rows of different lengths; and as
/// [`Evaluator::add`].
pub fn add_file(evaluator: &mut Evaluator<'_>, register: &str, path: &Path) -> Result<()> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let unreadable =
        |code, reason| Error::register(register, RegisterProblem::Unreadable { code, reason });
    let file = File::open(path).map_err(|error| {
        unreadable(
            "unreadable_file",
            format!("the file `{name}` cannot be opened: {}", error.kind()),
        )
    })?;
    let mut reader = BufReader::with_capacity(1 << 20, file);
    let start = reader
        .fill_buf()
        .map_err(|error| {
            unreadable(
                "unreadable_file",
                format!("the file `{name}` cannot be read: {}", error.kind()),
            )
        })?
        .to_vec();
    if let Some(kind) = other_kind(&start) {
        let reason = format!("the file `{name}` is {kind}, expected CSV; save it as CSV (UTF-8)");
        return Err(unreadable("other_kind_of_file", reason));
    }
    let text = start.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&start);
    if text.iter().all(u8::is_ascii_whitespace) {
        let reason = format!("the file `{name}` is empty, expected a header and rows");
        return Err(unreadable("empty_file", reason));
    }
    let skipped = start.len() - text.len();
    reader.consume(skipped);
    csv::add(evaluator, register, &name, text.to_vec().as_slice(), reader)
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What a file is whose first bytes are not those of a text.
fn other_kind(start: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 7] = [
        (b"PK\x03\x04", "a zip archive, such as an Excel workbook"),
        (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
        (b"PAR1", "a Parquet file"),
        (b"ARROW1", "an Arrow file"),
        (b"%PDF", "a PDF"),
        (b"\xff\xfe", "text in UTF-16"),
        (b"\xfe\xff", "text in UTF-16"),
    ];
    let known = KINDS.iter().find(|(magic, _)| start.starts_with(magic)).map(|(_, kind)| *kind);
    known.or_else(|| start.contains(&0).then_some("a binary file"))
}
