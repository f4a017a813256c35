//! A workbook is a zip archive: how much it unpacks to is looked at before it is read.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::super::fault::{Fault, Result};
use super::super::options::Limits;

/// Checks an archive: its list of parts first, then each part, since the list may lie. Archives within it are never
/// opened.
pub(super) fn check(file: &str, bytes: &[u8], limits: &Limits) -> Result<()> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken(file))?;
    if archive.len() > limits.parts {
        let reason = format!(
            "the workbook `{file}` has more than {} parts; save it anew from Excel, or raise the limit `parts`",
            limits.parts
        );
        return Err(Fault::new("archive_too_large", reason));
    }
    let mut declared = 0_u64;
    for part in 0..archive.len() {
        let part = archive.by_index_raw(part).map_err(|_| broken(file))?;
        if part.encrypted() {
            return Err(protected(file));
        }
        declared = declared.saturating_add(part.size());
    }
    if declared > limits.unpacked_bytes {
        return Err(too_large(file, limits));
    }
    let mut left = limits.unpacked_bytes;
    for part in 0..archive.len() {
        let part = archive.by_index(part).map_err(|_| broken(file))?;
        let unpacked = std::io::copy(&mut part.take(left.saturating_add(1)), &mut std::io::sink());
        let unpacked = unpacked.map_err(|_| broken(file))?;
        left = left.checked_sub(unpacked).ok_or_else(|| too_large(file, limits))?;
    }
    if archive.index_for_name("xl/workbook.xml").is_none() {
        let has = |part: &str| archive.index_for_name(part).is_some();
        let kind = if has("xl/workbook.bin") {
            "an Excel workbook of the binary kind (.xlsb)"
        } else if has("mimetype") && has("content.xml") {
            "an OpenDocument file"
        } else {
            "a zip archive and no Excel workbook"
        };
        return Err(super::super::other_kind_of_file(file, kind));
    }
    Ok(())
}

fn too_large(file: &str, limits: &Limits) -> Fault {
    let reason = format!(
        "the workbook `{file}` unpacks to more than {} bytes; save the sheet as CSV (UTF-8), or raise the limit `unpacked_bytes`",
        limits.unpacked_bytes
    );
    Fault::new("archive_too_large", reason)
}

/// The error of a workbook with a password.
fn protected(file: &str) -> Fault {
    let reason = format!("the workbook `{file}` is protected by a password; save it without one");
    Fault::new("protected_workbook", reason)
}

/// The error of a workbook that breaks off; the reader's own words could hold values.
pub(super) fn broken(file: &str) -> Fault {
    let reason =
        format!("the file `{file}` cannot be read as an Excel workbook; save it anew as .xlsx");
    Fault::new("unreadable_file", reason)
}
