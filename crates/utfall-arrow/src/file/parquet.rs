//! Parquet: only the columns that a register declares, dictionaries kept, row group by row group.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use utfall::data::Table;
use utfall::{Error, Intake, Piece, Project, Result, text};

use super::{file_name, unreadable, words};
use crate::input::{PIECE_ROWS, table_of};
use crate::watch::Watch;

/// A row group of a file, decoded in the thread that counts it.
struct RowGroup<'p> {
    project: &'p Project,
    register: &'p str,
    path: &'p Path,
    metadata: ArrowReaderMetadata,
    projection: ProjectionMask,
    group: usize,
    all_columns: bool,
}

impl Piece for RowGroup<'_> {
    fn rows(&self) -> usize {
        let rows = self.metadata.metadata().row_group(self.group).num_rows();
        usize::try_from(rows).unwrap_or(0)
    }

    fn tables(&self, visit: &mut dyn FnMut(&Table<'_>) -> Result<()>) -> Result<()> {
        let file = open(self.register, self.path)?;
        let reader =
            ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone())
                .with_projection(self.projection.clone())
                .with_row_groups(vec![self.group])
                .with_batch_size(PIECE_ROWS)
                .build()
                .map_err(|_| broken(self.register, self.path))?;
        for batch in reader {
            let batch = batch.map_err(|_| broken(self.register, self.path))?;
            visit(&table_of(self.project, self.register, &batch, self.all_columns)?)?;
        }
        Ok(())
    }
}

/// How many row groups are counted between two looks at whether to go on.
const GROUPS_AT_A_TIME: usize = 8;

/// Counts Parquet files, which follow each other in the register.
pub(super) fn add<'p>(
    intake: &mut impl Intake<'p>,
    register: &str,
    paths: &[PathBuf],
    watch: &mut Watch<'_>,
) -> Result<()> {
    let (project, all_columns) = (intake.project(), intake.looks_at_all_columns());
    let mut groups = Vec::new();
    for path in paths {
        let (metadata, projection) = open_metadata(project, register, path, all_columns)?;
        // The whole schema first: a header that is absent is missed, a type that no register holds is told.
        let empty = RecordBatch::new_empty(Arc::clone(metadata.schema()));
        intake.add(register, &table_of(project, register, &empty, all_columns)?)?;
        for group in 0..metadata.metadata().num_row_groups() {
            let (metadata, projection) = (metadata.clone(), projection.clone());
            groups.push(RowGroup {
                project,
                register,
                path,
                metadata,
                projection,
                group,
                all_columns,
            });
        }
    }
    let total: u64 = groups.iter().map(|group| group.rows() as u64).sum();
    let mut done = 0;
    for groups in groups.chunks(GROUPS_AT_A_TIME) {
        intake.add_pieces(register, groups)?;
        done += groups.iter().map(|group| group.rows() as u64).sum::<u64>();
        watch.rows(register, done, Some(total))?;
    }
    Ok(())
}

/// What a file says of itself, and which of its columns the register declares. Columns of texts are read as
/// dictionaries, as they lie in the file, but for ids, of which each is its own.
fn open_metadata(
    project: &Project,
    register: &str,
    path: &Path,
    all_columns: bool,
) -> Result<(ArrowReaderMetadata, ProjectionMask)> {
    let file = open(register, path)?;
    let load =
        |options| ArrowReaderMetadata::load(&file, options).map_err(|_| broken(register, path));
    let plain = load(ArrowReaderOptions::new())?;
    let headers: Vec<String> = project
        .headers(register)
        .unwrap_or_default()
        .into_iter()
        .map(|header| text::normal(header).into_owned())
        .collect();
    let person = project.registers.get(register).and_then(|register| register.person.as_deref());
    let person = person.map(|header| text::normal(header).into_owned());
    let is_declared =
        |field: &Field| headers.iter().any(|header| *header == text::normal(field.name()));
    let fields: Vec<Arc<Field>> = plain
        .schema()
        .fields()
        .iter()
        .map(|field| {
            let is_text = matches!(
                field.data_type(),
                DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View
            );
            let is_id = person.as_deref() == Some(text::normal(field.name()).as_ref());
            if !is_text || is_id || !is_declared(field) {
                return Arc::clone(field);
            }
            let coded = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
            Arc::new(field.as_ref().clone().with_data_type(coded))
        })
        .collect();
    let roots: Vec<usize> = fields
        .iter()
        .enumerate()
        .filter(|(_, field)| all_columns || is_declared(field))
        .map(|(root, _)| root)
        .collect();
    let projection = ProjectionMask::roots(plain.parquet_schema(), roots);
    let schema = Schema::new_with_metadata(fields, plain.schema().metadata().clone());
    // A file whose texts cannot be read as dictionaries is read as it is.
    let coded = load(ArrowReaderOptions::new().with_schema(Arc::new(schema)));
    Ok((coded.unwrap_or(plain), projection))
}

fn open(register: &str, path: &Path) -> Result<File> {
    File::open(path).map_err(|error| {
        let reason = format!("the file `{}` cannot be opened: {}", file_name(path), words(&error));
        unreadable(register, "unreadable_file", reason)
    })
}

/// The error of a file that breaks off; the reader's own words could hold values.
fn broken(register: &str, path: &Path) -> Error {
    let name = file_name(path);
    let reason = format!("the file `{name}` cannot be read as Parquet; write it anew");
    unreadable(register, "unreadable_file", reason)
}
