//! The tables of a publication as record batches.

use std::sync::Arc;

use arrow_array::{BooleanArray, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use utfall::publication::{AuditedCount, Publication, PublishedCount};

use crate::output::{Columns, signed};

/// A table of a publication with a last column `protected`: whether a row holds less than it did.
///
/// # Errors
///
/// If there are not as many flags as rows.
pub fn with_protected(batch: &RecordBatch, protected: &[bool]) -> Result<RecordBatch, ArrowError> {
    let mut fields: Vec<Arc<Field>> = batch.schema().fields().iter().cloned().collect();
    fields.push(Arc::new(Field::new("protected", DataType::Boolean, false)));
    let mut arrays = batch.columns().to_vec();
    arrays.push(Arc::new(BooleanArray::from(protected.to_vec())));
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
}

/// The table `audit`: a row for each hidden count, with what an outsider can compute of it.
///
/// # Errors
///
/// None that a caller could cause.
pub fn audit(audited: &[AuditedCount<'_>]) -> Result<RecordBatch, ArrowError> {
    let counts: Vec<&PublishedCount> = audited.iter().map(|row| row.count).collect();
    let mut columns = named(&counts);
    columns.counts("low", false, audited.iter().map(|row| Some(signed(row.interval.low))));
    columns.counts("high", true, audited.iter().map(|row| row.interval.high.map(signed)));
    columns.flags("passes", false, audited.iter().map(|row| Some(row.passes)));
    columns.finish()
}

/// The table `counts`: a row for each printed count, with its value where it is shown.
///
/// # Errors
///
/// None that a caller could cause.
pub fn counts(publication: &Publication) -> Result<RecordBatch, ArrowError> {
    let counts: Vec<&PublishedCount> = publication.counts.iter().collect();
    let mut columns = named(&counts);
    columns.counts("value", true, counts.iter().map(|row| row.value.map(signed)));
    columns.finish()
}

/// What is counted, and of whom.
fn named(counts: &[&PublishedCount]) -> Columns {
    let group = |row: &&PublishedCount| -> Vec<String> {
        row.group.iter().map(|(column, code)| format!("{column}={code}")).collect()
    };
    let groups: Vec<Vec<String>> = counts.iter().map(group).collect();
    let mut columns = Columns::default();
    columns.texts("register", false, counts.iter().map(|row| Some(&row.register)));
    columns.lists("counts", counts.iter().map(|row| &row.names[..]));
    columns.lists("group", groups.iter().map(|group| &group[..]));
    columns
}
