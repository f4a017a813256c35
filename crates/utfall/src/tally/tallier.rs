//! Talliers: tables of one register to its tally, in as many threads as there are processors.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use chrono::NaiveDate;

use super::RegisterTally;
use super::count::Counter;
use super::crossing::{By, check_by};
use super::plan::Plan;
use crate::data::{IdRow, PersonIds, RegisterReader, Start, Table};
use crate::error::{Error, RegisterProblem, Result};
use crate::finding::{Finding, FindingCode, FindingLog, Subject};
use crate::project::Project;

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

/// Counts the tables of one register.
///
/// All rows of a register must go through one tallier where its unit is a person, since it sees that no id repeats.
/// After an error it is of no further use.
#[derive(Debug)]
pub(crate) struct Tallier<'p> {
    project: &'p Project,
    reader: RegisterReader<'p>,
    plan: Plan,
    counter: Counter,
    ids: PersonIds,
    log: FindingLog,
    start: Start,
}

/// What one piece adds beside its counts.
struct Counted {
    ids: Vec<IdRow>,
    log: FindingLog,
}

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
        let counter = Counter::new(&plan);
        let (ids, log) = (PersonIds::new(), FindingLog::default());
        Ok(Self { project, reader, plan, counter, ids, log, start: Start { before: 0 } })
    }

    /// Counts the rows of several pieces, which follow each other in the register, in as many threads as there are
    /// processors. Neither counts nor findings depend on how a register is divided.
    ///
    /// # Errors
    ///
    /// If a declared header is absent or stands twice, a column holds another type, or a weight is not a whole number
    /// of 0 or more: the error of the first piece that has one.
    pub(crate) fn add_pieces<P: Piece>(&mut self, pieces: &[P]) -> Result<()> {
        let mut starts = Vec::with_capacity(pieces.len());
        for piece in pieces {
            starts.push(self.start);
            self.start.before += piece.rows() as u64;
        }
        let processors = thread::available_parallelism().map_or(1, usize::from);
        let threads = processors.min(pieces.len());
        let next = AtomicUsize::new(0);
        let (project, reader, plan) = (self.project, &self.reader, &self.plan);
        let work = |counter: &mut Counter| {
            let mut results = Vec::new();
            loop {
                let position = next.fetch_add(1, Ordering::Relaxed);
                let Some((piece, start)) = pieces.get(position).zip(starts.get(position)) else {
                    return results;
                };
                results.push((position, count(project, reader, plan, piece, *start, counter)));
            }
        };
        let counter = &mut self.counter;
        let (mut results, others) = thread::scope(|scope| {
            let others: Vec<_> = (1..threads)
                .map(|_| {
                    let mut own = counter.emptied();
                    scope.spawn(|| {
                        let results = work(&mut own);
                        (results, own)
                    })
                })
                .collect();
            let mut results = work(counter);
            let mut counters = Vec::new();
            for other in others {
                let (found, own) = other.join().unwrap_or_else(|panic| resume_unwind(panic));
                results.extend(found);
                counters.push(own);
            }
            (results, counters)
        });
        // In the order of the register, whoever worked on what.
        results.sort_by_key(|(position, _)| *position);
        for (_, piece) in results {
            let Counted { ids, log } = piece?;
            self.ids.add(&ids);
            self.log.append(log);
        }
        let merged: Option<()> = others.iter().try_for_each(|other| self.counter.merge(other));
        merged.ok_or_else(|| Error::register(self.reader.name(), RegisterProblem::TooManyUnits))
    }

    /// The counts, and what was found on the way.
    ///
    /// # Errors
    ///
    /// If a person stands in two rows of a register whose unit is the person.
    pub(crate) fn finish(self) -> Result<(RegisterTally, Vec<Finding>)> {
        let register = self.reader.name();
        if let Some((first, rows)) = self.ids.repeated() {
            let header = self.reader.declaration().person.clone().unwrap_or_default();
            let problem = RegisterProblem::RepeatedPerson { header, first, rows: rows.into() };
            return Err(Error::register(register, problem));
        }
        let found = self.log.into_findings();
        let counted =
            found.iter().map(|finding| (finding.code, finding.subject.clone(), finding.count));
        let tally = RegisterTally {
            name: register.to_owned(),
            histogram: self.counter.into_histogram(),
            findings: counted.collect(),
        };
        Ok((tally, found))
    }
}

fn count<P: Piece>(
    project: &Project,
    reader: &RegisterReader<'_>,
    plan: &Plan,
    piece: &P,
    start: Start,
    counter: &mut Counter,
) -> Result<Counted> {
    let (mut log, mut ids) = (FindingLog::default(), Vec::new());
    let mut start = start;
    piece.tables(&mut |table| {
        let register = reader.read(table, start, &mut log)?;
        let early = counter
            .add(plan, &register, start.before + 1)
            .ok_or_else(|| Error::register(reader.name(), RegisterProblem::TooManyUnits))?;
        for (indicator, rows) in early {
            let indicator = project.indicators.get_index(indicator).map(|(name, _)| name.clone());
            let subject = Subject { register: reader.name().to_owned(), column: None, indicator };
            log.note(FindingCode::KnownBeforeDue, subject, rows);
        }
        ids.extend(register.ids);
        start.before += table.rows() as u64;
        Ok(())
    })?;
    Ok(Counted { ids, log })
}
