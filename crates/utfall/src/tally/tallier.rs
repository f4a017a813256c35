//! Talliers: tables of one register to its tally, in as many threads as there are processors.

use chrono::NaiveDate;

use super::RegisterTally;
use super::count::{Counter, EarlyRows};
use super::crossing::{By, check_by};
use super::fold::fold;
use super::plan::Plan;
use crate::data::{Enrolments, PersonIds, RegisterReader, Start, Table};
use crate::error::{Error, RegisterProblem, Result};
use crate::finding::{Finding, FindingCode, FindingLog, Subject};
use crate::project::Project;
use crate::threads::{in_order, worth_while};

/// A part of a register that becomes tables when its turn comes: a table itself, or what tables are made from.
pub trait Piece: Sync {
    /// How many rows it has.
    fn rows(&self) -> usize;

    /// Calls `visit` with its tables, one after the other; together they have its rows.
    ///
    /// # Errors
    ///
    /// If it holds what no table can, or `visit` fails.
    fn tables(&self, visit: &mut dyn FnMut(&Table<'_>) -> Result<()>) -> Result<()>;
}

impl Piece for Table<'_> {
    fn rows(&self) -> usize {
        Table::rows(self)
    }

    fn tables(&self, visit: &mut dyn FnMut(&Table<'_>) -> Result<()>) -> Result<()> {
        visit(self)
    }
}

/// Where each of some pieces begins, the first at `next`, and how many rows they have; `next` is then behind them.
pub(crate) fn starts_of<P: Piece>(pieces: &[P], next: &mut Start) -> (Vec<Start>, usize) {
    let mut rows = 0;
    let start = |piece: &P| {
        let start = *next;
        next.before += piece.rows() as u64;
        rows += piece.rows();
        start
    };
    (pieces.iter().map(start).collect(), rows)
}

/// Counts the tables of one register.
///
/// All rows of a register must go through one tallier where its unit is a person, since it sees that no id repeats, and
/// where persons are counted, since it sees which rows are of one. After an error it is of no further use.
#[derive(Debug)]
pub(crate) struct Tallier<'p> {
    project: &'p Project,
    reader: RegisterReader<'p>,
    plan: Plan,
    /// One for each thread that has counted; the first is there from the start.
    workers: Vec<Worker>,
    log: FindingLog,
    start: Start,
}

/// What one thread gathers.
#[derive(Debug)]
struct Worker {
    counter: Counter,
    ids: PersonIds,
    /// Where persons are counted: the rows, which become persons at the end.
    enrolments: Enrolments,
}

impl Worker {
    fn new(plan: &Plan) -> Self {
        let enrolments = Enrolments::default();
        Self { counter: Counter::new(plan), ids: PersonIds::new(), enrolments }
    }
}

/// Fewer rows than this are counted sooner than a thread starts.
const ROWS_PER_THREAD: usize = 1 << 16;

impl<'p> Tallier<'p> {
    /// A tallier for a register of the project.
    ///
    /// # Errors
    ///
    /// If the register is not declared, or `by` names a column that no register can be crossed by.
    pub(crate) fn new(
        project: &'p Project,
        register: &str,
        as_of: NaiveDate,
        by: &By,
    ) -> Result<Self> {
        check_by(project, by)?;
        let reader = RegisterReader::new(project, register, as_of)?;
        let plan = Plan::new(project, reader.name(), reader.declaration(), as_of, by)?;
        let workers = vec![Worker::new(&plan)];
        let (log, start) = (FindingLog::default(), Start { before: 0 });
        Ok(Self { project, reader, plan, workers, log, start })
    }

    /// Counts the rows of several pieces, which follow each other in the register, in as many threads as there are
    /// processors. Neither counts nor findings depend on how a register is divided.
    ///
    /// # Errors
    ///
    /// If a declared header is absent or stands twice, a column holds another type, or a weight is not a whole number
    /// of 0 or more: the error of the first piece that has one.
    pub(crate) fn add_pieces<P: Piece>(&mut self, pieces: &[P]) -> Result<()> {
        let (starts, rows) = starts_of(pieces, &mut self.start);
        let threads = worth_while(pieces.len().min(rows / ROWS_PER_THREAD + 1));
        while self.workers.len() < threads {
            self.workers.push(Worker::new(&self.plan));
        }
        let (project, reader, plan) = (self.project, &self.reader, &self.plan);
        let work = |worker: &mut Worker, piece: usize| {
            count(project, reader, plan, &pieces[piece], starts[piece], worker)
        };
        for log in in_order(&mut self.workers[..threads], pieces.len(), work) {
            self.log.append(log?);
        }
        Ok(())
    }

    /// The counts, and what was found on the way.
    ///
    /// # Errors
    ///
    /// If a person stands in two rows of a register whose unit is the person.
    pub(crate) fn finish(mut self) -> Result<(RegisterTally, Vec<Finding>)> {
        let register = self.reader.name();
        let too_many_units = || Error::register(register, RegisterProblem::TooManyUnits);
        let (mut counters, mut ids, mut enrolments) = (Vec::new(), Vec::new(), Vec::new());
        for worker in self.workers {
            counters.push(worker.counter);
            ids.push(worker.ids);
            enrolments.push(worker.enrolments);
        }
        if let Some((first, rows)) = PersonIds::repeated(&ids) {
            let header = self.reader.declaration().person.clone().unwrap_or_default();
            let problem = RegisterProblem::RepeatedPerson { header, first, rows: rows.into() };
            return Err(Error::register(register, problem));
        }
        let mut overlaps = None;
        if let Some(persons) = &self.plan.persons {
            let folded = fold(&self.plan, persons, &enrolments).ok_or_else(too_many_units)?;
            note_early(self.project, register, folded.early, &mut self.log);
            // No row has been counted yet.
            counters = vec![folded.counter];
            overlaps = Some(folded.overlaps);
        }
        let (histogram, beside) =
            Counter::finish(&self.plan, counters).ok_or_else(too_many_units)?;
        let found = self.log.into_findings();
        let noted =
            found.iter().map(|finding| (finding.code, finding.subject.clone(), finding.count));
        let tally = RegisterTally {
            name: register.to_owned(),
            histogram,
            beside,
            overlaps,
            findings: noted.collect(),
        };
        Ok((tally, found))
    }
}

/// Counts one piece; what was found in it.
fn count<P: Piece>(
    project: &Project,
    reader: &RegisterReader<'_>,
    plan: &Plan,
    piece: &P,
    start: Start,
    worker: &mut Worker,
) -> Result<FindingLog> {
    let (mut log, mut start) = (FindingLog::default(), start);
    piece.tables(&mut |table| {
        let register = reader.read(table, start, &mut log)?;
        if let Some(persons) = &plan.persons {
            worker.enrolments.add(&persons.packing, &register);
        } else {
            let early = worker
                .counter
                .add(plan, &register, start.before + 1)
                .ok_or_else(|| Error::register(reader.name(), RegisterProblem::TooManyUnits))?;
            note_early(project, reader.name(), early, &mut log);
            worker.ids.add(&register.ids);
        }
        start.before += table.rows() as u64;
        Ok(())
    })?;
    Ok(log)
}

/// Successes known before they are due.
fn note_early(project: &Project, register: &str, early: EarlyRows, log: &mut FindingLog) {
    for (indicator, rows) in early {
        let indicator = project.indicators.get_index(indicator).map(|(name, _)| name.clone());
        let subject = Subject { indicator, ..Subject::register(register) };
        log.note(FindingCode::KnownBeforeDue, subject, rows);
    }
}
