//! Record batches to tables of the core: only the columns that a register declares are looked at.

use arrow_array::{RecordBatch, RecordBatchReader};
use utfall::data::{Table, Values};
use utfall::{Error, Intake, Piece, Project, RegisterProblem, Result, text};

use crate::values::values;
use crate::watch::Watch;

/// A record batch as a table of a register. Columns that the register does not declare are not looked at.
///
/// # Errors
///
/// If a declared column has an Arrow type that no register holds.
///
/// ```
/// use std::sync::Arc;
///
/// use arrow_array::{RecordBatch, StringArray};
/// use utfall::Project;
///
/// let project = Project::from_toml(
///     r#"
///     schema = 1
///     name = "Staff"
///     [registers.staff]
///     unit = "person"
///     columns.gender = { header = "Kön", type = "level", levels = ["K", "M"] }
///     "#,
/// )?;
/// let genders: StringArray = ["K", "M", "K"].into_iter().map(Some).collect();
/// let batch = RecordBatch::try_from_iter([("Kön", Arc::new(genders) as _)]).unwrap();
/// assert_eq!(utfall_arrow::table(&project, "staff", &batch)?.rows(), 3);
/// # Ok::<(), utfall::Error>(())
/// ```
pub fn table<'a>(project: &Project, register: &str, batch: &'a RecordBatch) -> Result<Table<'a>> {
    table_of(project, register, batch, false)
}

/// A record batch as a table of a register, with the columns that it does not declare or without them. Those that hold
/// what no register holds are left out either way.
pub(crate) fn table_of<'a>(
    project: &Project,
    register: &str,
    batch: &'a RecordBatch,
    all_columns: bool,
) -> Result<Table<'a>> {
    let headers: Vec<String> = project
        .headers(register)
        .unwrap_or_default()
        .into_iter()
        .map(|header| text::normal(header).into_owned())
        .collect();
    let schema = batch.schema_ref();
    let mut columns: Vec<(&'a str, Values<'a>)> = Vec::with_capacity(batch.num_columns());
    for (field, array) in schema.fields().iter().zip(batch.columns()) {
        let is_declared = headers.iter().any(|header| *header == text::normal(field.name()));
        let read = if is_declared {
            values(array.as_ref()).map_err(|found| {
                Error::register(
                    register,
                    RegisterProblem::WrongType {
                        header: field.name().clone(),
                        expected: "text, numbers, dates or true and false".to_owned(),
                        found: format!("values of the type {found}"),
                    },
                )
            })?
        } else if all_columns {
            values(array.as_ref()).unwrap_or_else(|_| Values::Nulls(batch.num_rows()))
        } else {
            Values::Nulls(batch.num_rows())
        };
        columns.push((field.name(), read));
    }
    Ok(Table::new(columns))
}

/// How many rows a thread works through before it takes the next piece: few enough to share, enough to be worth it.
pub(crate) const PIECE_ROWS: usize = 1 << 17;

/// How many rows are taken in before they are counted.
const ROWS_AT_A_TIME: usize = 1 << 21;

/// Some rows of a batch, which become a table in the thread that counts them.
struct BatchPiece<'p> {
    project: &'p Project,
    register: &'p str,
    batch: RecordBatch,
    all_columns: bool,
}

impl Piece for BatchPiece<'_> {
    fn rows(&self) -> usize {
        self.batch.num_rows()
    }

    fn tables(&self, visit: &mut dyn FnMut(&Table<'_>) -> Result<()>) -> Result<()> {
        visit(&table_of(self.project, self.register, &self.batch, self.all_columns)?)
    }
}

/// Takes every batch of a stream into an evaluation or a check, in as many threads as there are processors.
///
/// # Errors
///
/// If the stream breaks off, a column has a type that no register holds, or the core refuses the rows
/// ([`Intake::add_pieces`]), or `watch` stops the count.
pub fn add_batches<'p>(
    intake: &mut impl Intake<'p>,
    register: &str,
    reader: impl RecordBatchReader,
    watch: &mut Watch<'_>,
) -> Result<()> {
    let (project, all_columns) = (intake.project(), intake.looks_at_all_columns());
    let piece = |batch| BatchPiece { project, register, batch, all_columns };
    // A stream without batches still has a schema, and its headers are checked as those of an empty table.
    let mut pieces = vec![piece(RecordBatch::new_empty(reader.schema()))];
    let (mut rows, mut done) = (0, 0);
    for batch in reader {
        let batch = batch.map_err(|_| broken_stream(register))?;
        for start in (0..batch.num_rows()).step_by(PIECE_ROWS) {
            pieces.push(piece(batch.slice(start, PIECE_ROWS.min(batch.num_rows() - start))));
        }
        rows += batch.num_rows();
        if rows >= ROWS_AT_A_TIME {
            intake.add_pieces(register, &pieces)?;
            done += rows as u64;
            watch.rows(register, done, None)?;
            pieces.clear();
            rows = 0;
        }
    }
    intake.add_pieces(register, &pieces)
}

/// The error of a producer that fails; its own words could hold values of a row.
fn broken_stream(register: &str) -> Error {
    let reason = "the table's producer failed while it handed over its rows; try to read the whole table by itself first";
    Error::register(
        register,
        RegisterProblem::Unreadable { code: "broken_stream", reason: reason.to_owned() },
    )
}
