//! Enrolments folded into persons, batch by batch, and these counted.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::count::{Counter, EarlyRows, note_rows};
use super::overlap::Overlaps;
use super::persons::Persons;
use super::plan::Plan;
use super::predicate::Signature;
use super::reader::readers;
use super::truth::Truth;
use crate::data::{Batch, CHUNK, Enrolments, HEAPS, IDS_PER_THREAD, Person, Register, RowColumn};
use crate::finding::Rows;
use crate::threads::in_threads;

/// Persons counted, and what was found on the way.
#[derive(Debug)]
pub(super) struct Folded {
    pub(super) counter: Counter,
    /// The persons of each indicator that are successes known before due, by the rows of their first enrolments.
    pub(super) early: EarlyRows,
    pub(super) overlaps: Overlaps,
}

impl Folded {
    fn new(plan: &Plan) -> Self {
        let (early, overlaps) = (EarlyRows::new(), Overlaps::default());
        Self { counter: Counter::new(plan), early, overlaps }
    }

    /// Adds what another thread has counted; `None`: more persons than can be counted.
    fn merge(mut self, other: Self) -> Option<Self> {
        self.counter.merge(&other.counter)?;
        for (indicator, rows) in other.early {
            note_rows(&mut self.early, indicator, rows);
        }
        self.overlaps.add_all(&other.overlaps);
        Some(self)
    }
}

/// Counts the persons of all enrolments that were read, in as many threads as there are processors. `None`: more than
/// can be counted.
pub(super) fn fold(plan: &Plan, persons: &Persons, gathered: &[Enrolments]) -> Option<Folded> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut folder = Folder::new(plan, persons);
        loop {
            let heap = next.fetch_add(1, Ordering::Relaxed);
            let is_last = heap >= HEAPS;
            if !is_last {
                folder.batch.add(gathered, heap);
            }
            // Heaps of a small register are folded together.
            if is_last || folder.batch.rows() >= CHUNK {
                folder.fold()?;
            }
            if is_last {
                return Some(folder.folded);
            }
        }
    };
    let rows: usize = gathered.iter().map(Enrolments::rows).sum();
    let parts = in_threads(rows / IDS_PER_THREAD + 1, work);
    let merged = parts.into_iter().reduce(|whole, part| whole?.merge(part?));
    let mut folded = merged.flatten()?;
    folded.early.sort_by_key(|(indicator, _)| *indicator);
    folded.overlaps.parts = u64::from(rows > 0);
    Some(folded)
}

/// What an enrolment says of every outcome, and its rank in every choice.
struct Answers {
    outcomes: Vec<Truth>,
    ranks: Vec<usize>,
}

/// Folds batches of enrolments into persons, and counts these.
struct Folder<'p> {
    plan: &'p Plan,
    persons: &'p Persons,
    batch: Batch,
    /// What each signature of an enrolment says.
    answers: HashMap<Box<[u32]>, Arc<Answers>, foldhash::fast::RandomState>,
    folded: Folded,
}

impl<'p> Folder<'p> {
    fn new(plan: &'p Plan, persons: &'p Persons) -> Self {
        let (batch, answers) = (Batch::default(), HashMap::default());
        Self { plan, persons, batch, answers, folded: Folded::new(plan) }
    }

    /// Counts the persons of the batch, and empties it.
    fn fold(&mut self) -> Option<()> {
        let packing = &self.persons.packing;
        let persons = self.batch.persons(packing);
        let enrolments = register(self.batch.rows(), self.batch.columns(packing));
        let answers = self.answers(&enrolments);
        let mut rows = register(persons.len(), self.batch.first_rows(packing, &persons));
        for combined in &self.persons.combined {
            let rank = |choice: usize, place: usize| answers[place].ranks[choice];
            let column = combined.fill(&persons, &rows, &enrolments, rank);
            rows.columns.push(column);
        }
        for (position, outcome) in self.persons.outcomes.iter().enumerate() {
            let of_enrolment = |place: usize| answers[place].outcomes[position];
            let column = outcome.column(&persons, &rows, &enrolments, of_enrolment);
            rows.columns.push(column);
        }
        for (indicator, noted) in self.folded.counter.add(self.plan, &rows, 0)? {
            let person = |row: &u64| persons.get(usize::try_from(*row).ok()?);
            let first = noted.first.iter().filter_map(person).map(|person| person.row).collect();
            note_rows(&mut self.folded.early, indicator, Rows { count: noted.count, first });
        }
        self.count_overlaps(&persons, &enrolments);
        self.batch.clear();
        Some(())
    }

    /// What each enrolment says.
    fn answers(&mut self, enrolments: &Register<'_>) -> Vec<Arc<Answers>> {
        let Persons { outcomes, choices, .. } = self.persons;
        let plan = &self.persons.enrolment;
        let readers = readers(plan, enrolments, |_| 1);
        let mut said = Vec::with_capacity(enrolments.rows);
        let mut classes = vec![[0_u32; CHUNK]; readers.len()];
        let mut signature = vec![0; readers.len()];
        for start in (0..enrolments.rows).step_by(CHUNK) {
            let rows = start..enrolments.rows.min(start + CHUNK);
            for (reader, classes) in readers.iter().zip(&mut classes) {
                classes.fill(0);
                reader.add(rows.clone(), &mut classes[..rows.len()]);
            }
            for row in 0..rows.len() {
                for (class, classes) in signature.iter_mut().zip(&classes) {
                    *class = classes[row];
                }
                if let Some(answers) = self.answers.get(&signature[..]) {
                    said.push(Arc::clone(answers));
                    continue;
                }
                let asked = Signature { axes: &plan.axes, classes: &signature };
                let outcomes = outcomes.iter().map(|outcome| asked.truth(&outcome.having));
                let ranks = choices.iter().map(|choice| choice.rank(&asked));
                let answers =
                    Arc::new(Answers { outcomes: outcomes.collect(), ranks: ranks.collect() });
                said.push(Arc::clone(&answers));
                self.answers.insert(signature.clone().into(), answers);
            }
        }
        said
    }

    /// Counts the persons who are in several levels of a crossed column.
    fn count_overlaps(&mut self, persons: &[Person], enrolments: &Register<'_>) {
        let several = || persons.iter().filter(|person| person.enrolments.len() > 1);
        for (position, column) in self.plan.crossing.columns.iter().enumerate() {
            let RowColumn::Levels(levels) = &enrolments.columns[column.position] else { continue };
            for person in several() {
                let mut met: Vec<u32> =
                    person.enrolments.clone().map(|place| levels.at(place)).collect();
                met.retain(|level| *level != levels.unknown);
                met.sort_unstable();
                met.dedup();
                if met.len() > 1 {
                    self.folded.overlaps.add(position, met, 1);
                }
            }
        }
    }
}

fn register(rows: usize, columns: Vec<RowColumn<'_>>) -> Register<'_> {
    Register { rows, columns, weights: None, ids: Vec::new() }
}
