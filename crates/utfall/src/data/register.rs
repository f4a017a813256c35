//! A table bound to its declaration.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::days::{self, Days};
use super::enrolments::EnrolmentDates;
use super::levels::{LevelCodes, LevelReader};
use super::numbers::{self, Numbers};
use super::persons::{IdHasher, IdRow};
use super::table::Table;
use super::values::Values;
use super::weights;
use crate::error::{Error, RegisterProblem, Result};
use crate::finding::{FindingCode, FindingLog, Rows, Subject};
use crate::project::{Column, ColumnType, Named, Project, nearest};
use crate::text;

/// The values of a declared column, bound to its type.
#[derive(Debug)]
pub(crate) enum RowColumn<'a> {
    /// Codes of levels.
    Levels(LevelCodes<'a>),
    /// Days.
    Days(Days<'a>),
    /// Numbers, in units of the last declared decimal.
    Numbers(Numbers),
    /// The source has no such column: nothing is known.
    Absent,
}

/// Rows of a register, bound to its declaration: columns in declared order.
#[derive(Debug)]
pub(crate) struct Register<'a> {
    pub(crate) rows: usize,
    pub(crate) columns: Vec<RowColumn<'a>>,
    /// How many units each row stands for; `None`: one.
    pub(crate) weights: Option<Vec<u64>>,
    /// The hashed ids of all rows, where persons are told apart; a row without one has an id of its own.
    pub(crate) ids: Vec<IdRow>,
}

impl RowColumn<'_> {
    /// Numbers that are computed; `None` is not known, nor is what no double holds.
    pub(crate) fn of_numbers(numbers: impl Iterator<Item = Option<f64>>) -> RowColumn<'static> {
        let finite = |number: f64| if number.is_finite() { number } else { f64::NAN };
        RowColumn::Numbers(Numbers::new(
            numbers.map(|number| number.map_or(f64::NAN, finite)).collect(),
        ))
    }

    /// Whether the value of a row is known.
    pub(crate) fn is_known(&self, row: usize) -> bool {
        match self {
            Self::Levels(levels) => levels.at(row) != levels.unknown,
            Self::Days(days) => days.at(row).is_some(),
            Self::Numbers(numbers) => numbers.at(row).is_some(),
            Self::Absent => false,
        }
    }

    /// The values of some rows, one after the other.
    pub(crate) fn of_rows(&self, rows: impl Iterator<Item = usize>) -> RowColumn<'static> {
        match self {
            Self::Levels(levels) => {
                let at = rows.map(|row| levels.at(row));
                RowColumn::Levels(LevelCodes::from_levels(at.collect(), levels.unknown))
            }
            Self::Days(days) => RowColumn::Days(Days::known(rows.map(|row| days.at(row)))),
            Self::Numbers(numbers) => RowColumn::of_numbers(rows.map(|row| numbers.at(row))),
            Self::Absent => RowColumn::Absent,
        }
    }
}

impl<'a> Register<'a> {
    /// The levels of a column, by its position in the declaration; `None` where it is absent or of another type.
    pub(crate) fn levels(&self, column: usize) -> Option<&LevelCodes<'a>> {
        match &self.columns[column] {
            RowColumn::Levels(levels) => Some(levels),
            _ => None,
        }
    }

    /// The days of a column, by its position in the declaration; `None` where it is absent or of another type.
    pub(crate) fn days(&self, column: usize) -> Option<&Days<'a>> {
        match &self.columns[column] {
            RowColumn::Days(days) => Some(days),
            _ => None,
        }
    }

    /// The numbers of a column, by its position in the declaration; `None` where it is absent or of another type.
    pub(crate) fn numbers(&self, column: usize) -> Option<&Numbers> {
        match &self.columns[column] {
            RowColumn::Numbers(numbers) => Some(numbers),
            _ => None,
        }
    }
}

/// Where the rows of a table begin within their register.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Start {
    /// The rows of the register before this table.
    pub(crate) before: u64,
}

/// A table, where its headers stand, and where its rows begin.
struct Source<'t, 'a> {
    table: &'t Table<'a>,
    positions: HashMap<String, usize>,
    start: Start,
}

/// Reads one column of a table: its values, and where to tell what was found.
pub(crate) struct ColumnReader<'r, 'a> {
    pub(super) register: &'r str,
    pub(super) column: Option<&'r str>,
    pub(super) header: &'r str,
    pub(super) values: &'r Values<'a>,
    pub(super) texts_only: bool,
    pub(super) as_of: NaiveDate,
    /// Whether a cell that cannot be read is a finding and unknown, not an error.
    pub(super) is_lenient: bool,
    /// Whether it may hold what identifies persons.
    pub(super) may_identify: bool,
    pub(super) start: Start,
    pub(super) log: &'r mut FindingLog,
}

impl ColumnReader<'_, '_> {
    /// The number of a row of this table within the register, from 1.
    pub(super) fn number_of(&self, row: usize) -> u64 {
        self.start.before + row as u64 + 1
    }

    pub(super) fn note(&mut self, code: FindingCode, rows: Rows) {
        let column = self.column.unwrap_or(self.header);
        self.log.note(code, Subject::register(self.register).with_column(column), rows);
    }

    pub(super) fn error(&self, problem: RegisterProblem) -> Error {
        Error::register(self.register, problem)
    }

    pub(super) fn wrong_type(&self, expected: &str, found: &'static str) -> Error {
        self.error(RegisterProblem::WrongType {
            header: self.header.to_owned(),
            expected: expected.to_owned(),
            found: found.to_owned(),
        })
    }
}

/// How tables of one register are read, made once for all of them.
#[derive(Debug)]
pub(crate) struct RegisterReader<'p> {
    name: &'p str,
    declaration: &'p crate::project::Register,
    columns: &'p Named<Column>,
    headers: Vec<&'p str>,
    levels: Vec<Option<LevelReader>>,
    /// For each column that lies within another: its parent's position, and for each of its levels the parent's level.
    parents: Vec<Option<(usize, Vec<u32>)>>,
    hasher: IdHasher,
    /// Where enrolments are counted as persons.
    enrolments: Option<EnrolmentDates>,
    as_of: NaiveDate,
    is_lenient: bool,
}

impl<'p> RegisterReader<'p> {
    pub(crate) fn new(project: &'p Project, name: &str, as_of: NaiveDate) -> Result<Self> {
        let (Some((name, declaration)), Some(columns)) = (
            project.registers.get_key_value(name).map(|(key, value)| (key.as_str(), value)),
            project.columns(name),
        ) else {
            let declared = project.registers.keys().cloned().collect();
            return Err(Error::RegisterNotDeclared { register: name.to_owned(), declared });
        };
        let levels = columns
            .values()
            .map(|column| column.column_type().has_levels().then(|| LevelReader::of(column)))
            .collect();
        let parents = columns.values().map(|column| parent_levels(column, columns)).collect();
        let headers = project.headers(name).unwrap_or_default();
        let hasher = IdHasher::new();
        let enrolments = EnrolmentDates::of(declaration, columns);
        let is_lenient = false;
        Ok(Self {
            name,
            declaration,
            columns,
            headers,
            levels,
            parents,
            hasher,
            enrolments,
            as_of,
            is_lenient,
        })
    }

    /// A reader for somebody who looks for what is wrong: cells that cannot be read are findings, and ids are read
    /// wherever a column of them is declared.
    pub(crate) fn lenient(project: &'p Project, name: &str, as_of: NaiveDate) -> Result<Self> {
        Ok(Self { is_lenient: true, ..Self::new(project, name, as_of)? })
    }

    pub(crate) const fn name(&self) -> &'p str {
        self.name
    }

    pub(crate) const fn declaration(&self) -> &'p crate::project::Register {
        self.declaration
    }

    /// Binds the rows of a table, the first of which is the register's row `start.before + 1`.
    pub(crate) fn read<'a>(
        &self,
        table: &Table<'a>,
        start: Start,
        log: &mut FindingLog,
    ) -> Result<Register<'a>> {
        let source = Source { table, positions: self.positions(table)?, start };
        let ids = match &self.declaration.person {
            Some(header)
                if self.is_lenient
                    || self.declaration.unit == "person"
                    || self.enrolments.is_some() =>
            {
                self.hasher.read(&mut self.reader(&source, header, None, log))?
            }
            _ => Vec::new(),
        };
        let weights = match &self.declaration.weight {
            Some(header) => Some(weights::read(&self.reader(&source, header, None, log))?),
            None => None,
        };
        let mut columns = Vec::with_capacity(self.columns.len());
        for ((name, column), levels) in self.columns.iter().zip(&self.levels) {
            let Some(header) = column.header.as_deref().filter(|_| column.absent.is_none()) else {
                columns.push(RowColumn::Absent);
                continue;
            };
            let mut reader = self.reader(&source, header, Some(name), log);
            columns.push(match (levels, column.column_type()) {
                (Some(levels), _) => levels.read(&mut reader)?,
                (None, ColumnType::Number) => numbers::read(&mut reader, column.decimals)?,
                (None, _) => days::read(&mut reader)?,
            });
        }
        let mut register = Register { rows: table.rows(), columns, weights, ids };
        self.contradictions(&mut register, start, log);
        if let Some(enrolments) = &self.enrolments {
            self.note_dates(enrolments, &register, start, log);
        }
        Ok(register)
    }

    /// What the days of enrolments say that cannot be.
    fn note_dates(
        &self,
        dates: &EnrolmentDates,
        register: &Register<'_>,
        start: Start,
        log: &mut FindingLog,
    ) {
        for (code, column, rows) in dates.findings(register, start) {
            let column = self.columns.get_index(column).map(|(name, _)| name.clone());
            let subject = Subject { column, ..Subject::register(self.name) };
            log.note(code, subject, rows);
        }
    }

    fn reader<'r, 'a>(
        &'r self,
        source: &'r Source<'_, 'a>,
        header: &'r str,
        column: Option<&'r str>,
        log: &'r mut FindingLog,
    ) -> ColumnReader<'r, 'a> {
        ColumnReader {
            register: self.name,
            column,
            header,
            values: &source.table.columns()[source.positions[text::normal(header).as_ref()]].1,
            texts_only: source.table.is_texts_only(),
            as_of: self.as_of,
            is_lenient: self.is_lenient,
            may_identify: self.may_identify(header),
            start: source.start,
            log,
        }
    }

    /// Whether a column is declared to hold what identifies persons.
    fn may_identify(&self, header: &str) -> bool {
        let is_it = |declared: &str| text::normal(declared) == text::normal(header);
        self.declaration.identifying.iter().any(|declared| is_it(&declared.header))
    }

    /// Where each header stands in the table; every declared one does, once.
    fn positions(&self, table: &Table<'_>) -> Result<HashMap<String, usize>> {
        let mut positions: HashMap<String, usize> = HashMap::new();
        let mut repeated = Vec::new();
        for (position, (header, _)) in table.columns().iter().enumerate() {
            let header = text::normal(header).into_owned();
            if positions.insert(header.clone(), position).is_some() && !repeated.contains(&header) {
                repeated.push(header);
            }
        }
        let declared: Vec<String> =
            self.headers.iter().map(|header| text::normal(header).into_owned()).collect();
        let missing: Vec<String> =
            declared.iter().filter(|header| !positions.contains_key(*header)).cloned().collect();
        if !missing.is_empty() {
            let headers: Vec<String> =
                table.headers().map(|header| text::normal(header).into_owned()).collect();
            // Where a declared header was found, the first line is one of headers; else it may be a person's.
            let has_headers = missing.len() < declared.len();
            let near = missing.iter().find_map(|header| nearest(header, &headers));
            let near = near.filter(|_| has_headers);
            let columns = table.columns().len();
            let problem = RegisterProblem::MissingHeader { missing, near, columns };
            return Err(Error::register(self.name, problem));
        }
        if let Some(header) = repeated.into_iter().find(|header| declared.contains(header)) {
            return Err(Error::register(self.name, RegisterProblem::RepeatedHeader { header }));
        }
        let uneven = table
            .columns()
            .iter()
            .any(|(_, values)| values.len() != table.rows() || !values.is_sound());
        if uneven {
            return Err(Error::register(self.name, RegisterProblem::UnevenColumns));
        }
        Ok(positions)
    }

    /// A level that does not lie within the row's level of the parent column becomes unknown. Each pair is looked at as
    /// the row has it, whatever became of others.
    fn contradictions(&self, register: &mut Register<'_>, start: Start, log: &mut FindingLog) {
        let mut mended = Vec::new();
        for (position, parent) in self.parents.iter().enumerate() {
            let Some((parent, within)) = parent else { continue };
            let (RowColumn::Levels(child), RowColumn::Levels(parent)) =
                (&register.columns[position], &register.columns[*parent])
            else {
                continue;
            };
            let mut contradictory = Rows::default();
            let levels = (0..register.rows).map(|row| {
                let (level, above) = (child.at(row), parent.at(row));
                let expected = within.get(level as usize).copied().unwrap_or(above);
                if above == parent.unknown || above == expected {
                    return level;
                }
                contradictory.add(start.before + row as u64 + 1);
                child.unknown
            });
            let levels = LevelCodes::from_levels(levels.collect(), child.unknown);
            if contradictory.count > 0 {
                mended.push((position, levels, contradictory));
            }
        }
        for (position, levels, contradictory) in mended {
            register.columns[position] = RowColumn::Levels(levels);
            let column = self.columns.get_index(position).map(|(name, _)| name.clone());
            let subject = Subject { column, ..Subject::register(self.name) };
            log.note(FindingCode::ContradictoryParent, subject, contradictory);
        }
    }
}

/// The position of a column's parent, and for each level of the column the level of the parent that it lies within.
pub(crate) fn parent_levels(column: &Column, columns: &Named<Column>) -> Option<(usize, Vec<u32>)> {
    let (position, _, parent) = columns.get_full(column.parent.as_ref()?)?;
    let within = column.levels.0.iter().map(|level| {
        let code = level.parent.as_deref().unwrap_or_default();
        parent.levels.position(code).and_then(|code| u32::try_from(code).ok()).unwrap_or(u32::MAX)
    });
    Some((position, within.collect()))
}
