//! Check: is the register sound?
//!
//! The same tables as for an evaluation, read by the same declarations, but for another question: where an evaluation
//! stops at a date that is none or an id that repeats, a check goes on and tells all of it. Nothing of a row is kept
//! but its number and, until the last one is read, the hash of its id.

mod looks;
mod persons;
mod plan;
mod report;
mod rows;
mod texts;

use chrono::NaiveDate;
use indexmap::IndexMap;

use self::persons::Persons;
use self::plan::Plan;
use self::report::Report;
use self::rows::{Period, Rowset, Seen};
use self::texts::{TextReader, Texts};
use crate::assess::share;
use crate::data::{Cells, RegisterReader, Start, Table, level_count};
use crate::error::{Error, Result};
use crate::finding::{Finding, FindingLog};
use crate::project::{Column, Named, Project};
use crate::tally::{Intake, Piece, starts_of};
use crate::threads::{in_order, worth_while};
use crate::{day, text};

/// What a check of registers gives: findings, and for each group what is complete, valid and in time.
#[derive(Debug, Clone, PartialEq)]
pub struct Soundness {
    /// What somebody should look at, gravest first.
    pub findings: Vec<Finding>,
    /// What is complete, valid and followed up in time: everybody, and each level of each crossed column.
    pub quality: Vec<Quality>,
    /// How often each column is not known, in the same groups.
    pub missing: Vec<Missing>,
}

/// How much of a group is complete, valid and followed up in time, in units (rows, or what they stand for).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quality {
    /// The register.
    pub register: String,
    /// The crossed column; `None`: everybody.
    pub by: Option<String>,
    /// The level of it, `(unknown)` where it is not known.
    pub level: Option<String>,
    /// How many units there are.
    pub units: u64,
    /// Those of which every mandatory column is known; `None` where the register names none.
    pub complete: Option<u64>,
    /// Those without a value that cannot be read, a number out of range, days reversed or outside the project, or a
    /// broken rule.
    pub valid: u64,
    /// Follow-ups that are due, over all indicators; `None` where there are none to make.
    pub due: Option<u64>,
    /// Those of the due whose outcome is known, and was observed in its window where there is one.
    pub timely: Option<u64>,
}

impl Quality {
    /// The share of the units that are complete; `None` where nothing is mandatory, or there are none.
    pub fn complete_share(&self) -> Option<f64> {
        share(self.complete?, self.units)
    }

    /// The share of the units that are valid; `None` where there are none.
    pub fn valid_share(&self) -> Option<f64> {
        share(self.valid, self.units)
    }

    /// The share of the due follow-ups that were made in time; `None` where none are due.
    pub fn timely_share(&self) -> Option<f64> {
        share(self.timely?, self.due?)
    }
}

/// How often a column is not known in a group, in units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The register.
    pub register: String,
    /// The column that is looked at.
    pub column: String,
    /// The crossed column; `None`: everybody.
    pub by: Option<String>,
    /// The level of it, `(unknown)` where it is not known.
    pub level: Option<String>,
    /// How many units there are.
    pub units: u64,
    /// Those of which the column is not known.
    pub missing: u64,
}

/// Checks registers, table by table.
///
/// ```
/// use utfall::data::{Table, Values};
/// use utfall::{Checker, FindingCode, Intake, Project, day};
///
/// let project = Project::from_toml(
///     r#"
///     schema = 1
///     name = "Likes"
///     [registers.people]
///     unit = "person"
///     columns.gender = { header = "Kön", type = "level", levels = ["Kvinna", "Man"] }
///     "#,
/// )?;
/// let mut checker = Checker::new(&project, day::parse("2022-06-30").unwrap());
/// checker.add("people", &Table::new([
///     ("Kön", Values::from_texts([Some("Kvinna"), Some("Kvina")])),
///     ("Anteckning", Values::from_texts([None, Some("ring 811218-9876")])),
/// ]))?;
/// let found = checker.finish().findings;
/// assert_eq!(found[0].code, FindingCode::LooksLikeIdentityNumber);
/// assert_eq!((found[0].subject.column.as_deref(), &found[0].rows[..]), (Some("Anteckning"), &[2][..]));
/// # Ok::<(), utfall::Error>(())
/// ```
#[derive(Debug)]
pub struct Checker<'p> {
    project: &'p Project,
    as_of: NaiveDate,
    registers: IndexMap<String, RegisterCheck<'p>>,
    /// What was found before a row was looked at, such as what was assumed when a file was read.
    noted: Vec<Finding>,
}

/// The check of one register.
#[derive(Debug)]
struct RegisterCheck<'p> {
    name: &'p str,
    columns: &'p Named<Column>,
    reader: RegisterReader<'p>,
    plan: Plan<'p>,
    texts: TextReader,
    period: Period,
    log: FindingLog,
    found: Found,
    start: Start,
}

/// What was found in some rows.
#[derive(Debug, Default)]
struct Found {
    seen: Seen,
    texts: Texts,
    persons: Persons,
}

/// Fewer rows than this are looked at sooner than a thread starts.
const ROWS_PER_THREAD: usize = 1 << 15;

impl<'p> Checker<'p> {
    /// Checks registers of a project on a day: a later date has not happened.
    pub fn new(project: &'p Project, as_of: NaiveDate) -> Self {
        Self { project, as_of, registers: IndexMap::new(), noted: Vec::new() }
    }

    /// What was found, when all tables are in.
    pub fn finish(self) -> Soundness {
        let (mut findings, mut quality, mut missing) = (self.noted, Vec::new(), Vec::new());
        for check in self.registers.into_values() {
            let report = Report {
                project: self.project,
                name: check.name,
                register: check.reader.declaration(),
                columns: check.columns,
                plan: &check.plan,
                seen: &check.found.seen,
                texts: &check.found.texts,
                persons: &check.found.persons,
            };
            findings.extend(check.log.into_findings());
            findings.extend(report.findings());
            quality.extend(report.quality());
            missing.extend(report.missing_table());
        }
        findings.sort_by_key(|finding| (finding.severity(), finding.code));
        Soundness { findings, quality, missing }
    }
}

impl<'p> Intake<'p> for Checker<'p> {
    fn project(&self) -> &'p Project {
        self.project
    }

    fn add_pieces<P: Piece>(&mut self, register: &str, pieces: &[P]) -> Result<()> {
        if let Some(check) = self.registers.get_mut(register) {
            return check.add_pieces(pieces);
        }
        let mut check = RegisterCheck::new(self.project, register, self.as_of)?;
        check.add_pieces(pieces)?;
        self.registers.insert(register.to_owned(), check);
        Ok(())
    }

    fn note(&mut self, finding: Finding) {
        self.noted.push(finding);
    }

    fn looks_at_all_columns(&self) -> bool {
        true
    }
}

impl<'p> RegisterCheck<'p> {
    fn new(project: &'p Project, register: &str, as_of: NaiveDate) -> Result<Self> {
        let reader = RegisterReader::lenient(project, register, as_of)?;
        let (name, declaration) = (reader.name(), reader.declaration());
        let columns = project.columns(name).ok_or_else(|| Error::RegisterNotDeclared {
            register: register.to_owned(),
            declared: project.registers.keys().cloned().collect(),
        })?;
        let plan = Plan::new(project, name, declaration, columns);
        let texts = TextReader::new(declaration, columns);
        let number = |day: Option<NaiveDate>| day.map(day::number);
        let period =
            Period { first: number(project.first_day), last: number(project.last_day), as_of };
        let (log, start) = (FindingLog::default(), Start { before: 0 });
        let mut check = Self {
            name,
            columns,
            reader,
            plan,
            texts,
            period,
            log,
            found: Found::default(),
            start,
        };
        check.found = check.nothing();
        Ok(check)
    }

    /// What is found in no rows.
    fn nothing(&self) -> Found {
        let declared = self.plan.groups.iter().filter_map(|column| self.columns.get_index(*column));
        let levels: usize = declared.map(|(_, column)| level_count(column) + 1).sum();
        let seen = Seen::new(&self.plan, self.columns.len(), levels + 1);
        Found { seen, ..Found::default() }
    }

    fn add_pieces<P: Piece>(&mut self, pieces: &[P]) -> Result<()> {
        let (starts, rows) = starts_of(pieces, &mut self.start);
        let check = &*self;
        let look = |(): &mut (), piece: usize| check.look(&pieces[piece], starts[piece]);
        let threads = worth_while(pieces.len().min(rows / ROWS_PER_THREAD + 1));
        let found = in_order(&mut vec![(); threads], pieces.len(), look);
        for found in found {
            let (log, found) = found?;
            self.log.append(log);
            self.found.seen.append(found.seen);
            self.found.texts.append(found.texts);
            self.found.persons.append(found.persons);
        }
        Ok(())
    }

    /// Looks at one piece.
    fn look<P: Piece>(&self, piece: &P, start: Start) -> Result<(FindingLog, Found)> {
        let (mut log, mut start, mut found) = (FindingLog::default(), start, self.nothing());
        piece.tables(&mut |table| {
            let register = self.reader.read(table, start, &mut log)?;
            let rows = Rowset {
                register: &register,
                source: self.source(table),
                start,
                period: self.period,
            };
            rows.look(&self.plan, &mut found.seen);
            self.texts.look(table, start.before, &mut found.texts);
            found.persons.add(&register, &self.plan.groups);
            start.before += table.rows() as u64;
            Ok(())
        })?;
        Ok((log, found))
    }

    /// The cells of each declared column as they arrive.
    fn source<'t, 'a>(&self, table: &'t Table<'a>) -> Vec<Option<Cells<'t, 'a>>> {
        let found = self.columns.values().map(|column| {
            let header = column.header.as_deref().filter(|_| column.absent.is_none())?;
            let header = text::normal(header);
            let mut columns = table.columns().iter();
            let (_, values) = columns.find(|(known, _)| text::normal(known) == header)?;
            Some(Cells::of(values))
        });
        found.collect()
    }
}
