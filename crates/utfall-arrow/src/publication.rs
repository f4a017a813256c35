//! The tables of a publication as record batches.

use std::sync::Arc;

use arrow_array::{BooleanArray, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use utfall::publication::{Publication, PublishedCount};

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
pub fn audit(publication: &Publication) -> Result<RecordBatch, ArrowError> {
    counts(publication.counts.iter().filter(|count| count.value.is_none()))
}

/// The table `counts`: a row for each printed count of the system, hidden or not.
///
/// # Errors
///
/// None that a caller could cause.
pub fn counts<'p>(
    counts: impl Iterator<Item = &'p PublishedCount>,
) -> Result<RecordBatch, ArrowError> {
    let all: Vec<&PublishedCount> = counts.collect();
    let rows = || all.iter().copied();
    let groups: Vec<Vec<String>> = rows()
        .map(|row| row.group.iter().map(|(column, code)| format!("{column}={code}")).collect())
        .collect();
    let mut columns = Columns::default();
    columns.texts("register", false, rows().map(|row| Some(&row.register)));
    columns.lists("counts", rows().map(|row| &row.names[..]));
    columns.lists("group", groups.iter().map(|group| &group[..]));
    columns.counts("value", true, rows().map(|row| row.value.map(signed)));
    columns.counts("low", false, rows().map(|row| Some(signed(row.interval.low))));
    columns.counts("high", true, rows().map(|row| row.interval.high.map(signed)));
    columns.counts("required_low", true, rows().map(|row| row.need.map(|need| signed(need.low))));
    columns.counts("required_high", true, rows().map(|row| row.need.map(|need| signed(need.high))));
    columns.finish()
}
