//! Enrolments: rows of persons who may have several, kept whole until the last one is read, when those of one person
//! meet.
//!
//! Which row of a person comes first is not known before all are read, and two that start on one day are told apart by
//! everything that they hold. So every declared column is kept, packed into words.

use std::fmt;
use std::ops::Range;

use super::days::Days;
use super::packing::{NO_DAY, Packing, day_of};
use super::persons::{HEAPS, IdRow, heap_of};
use super::register::{Register, RowColumn, Start};
use super::values::CHUNK;
use crate::finding::{FindingCode, Rows};
use crate::project::{self, Column, Counting, Named};

/// The columns, by position, that open and close an enrolment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EnrolmentDates {
    pub(crate) starts: usize,
    pub(crate) ends: usize,
}

impl EnrolmentDates {
    /// Those of a register that counts persons; `None` for any other.
    pub(crate) fn of(register: &project::Register, columns: &Named<Column>) -> Option<Self> {
        let position = |column: &Option<String>| columns.get_index_of(column.as_deref()?);
        let dates = Self { starts: position(&register.starts)?, ends: position(&register.ends)? };
        (register.count == Some(Counting::Persons)).then_some(dates)
    }

    /// Rows with an exit and no start, and rows that end before they start, each under the column to look at.
    pub(super) fn findings(
        self,
        register: &Register<'_>,
        start: Start,
    ) -> [(FindingCode, usize, Rows); 2] {
        let (mut missing, mut reversed) = (Rows::default(), Rows::default());
        if let (RowColumn::Days(starts), RowColumn::Days(ends)) =
            (&register.columns[self.starts], &register.columns[self.ends])
        {
            for row in 0..register.rows {
                match (starts.at(row), ends.at(row)) {
                    (None, Some(_)) => missing.add(start.before + row as u64 + 1),
                    (Some(first), Some(last)) if last < first => {
                        reversed.add(start.before + row as u64 + 1);
                    }
                    _ => {}
                }
            }
        }
        [
            (FindingCode::MissingStart, self.starts, missing),
            (FindingCode::EndBeforeStart, self.ends, reversed),
        ]
    }
}

/// Enrolments that one thread has read, apart by the first bits of their person's id, so that those of one person meet
/// in a small heap. A row takes 24 bytes and 4 for each of its words.
#[derive(Default)]
pub(crate) struct Enrolments {
    heaps: Vec<Heap>,
}

#[derive(Default, Clone)]
struct Heap {
    ids: Vec<IdRow>,
    words: Vec<u32>,
}

impl fmt::Debug for Enrolments {
    /// How many there are; what they hold is nobody's to read.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut enrolments = formatter.debug_struct("Enrolments");
        enrolments.field("rows", &self.rows()).finish_non_exhaustive()
    }
}

impl Enrolments {
    /// How many there are.
    pub(crate) fn rows(&self) -> usize {
        self.heaps.iter().map(|heap| heap.ids.len()).sum()
    }

    /// Keeps all rows of a register.
    pub(crate) fn add(&mut self, packing: &Packing, register: &Register<'_>) {
        self.heaps.resize_with(HEAPS, Heap::default);
        let mut words = vec![0; CHUNK.min(register.rows) * packing.width];
        for start in (0..register.rows).step_by(CHUNK) {
            let rows = start..register.rows.min(start + CHUNK);
            let words = &mut words[..rows.len() * packing.width];
            words.fill(0);
            packing.pack(register, &rows, words);
            for (id, words) in register.ids[rows].iter().zip(words.chunks_exact(packing.width)) {
                let heap = &mut self.heaps[heap_of(&id.0)];
                heap.ids.push(*id);
                heap.words.extend_from_slice(words);
            }
        }
    }
}

/// All enrolments of some persons.
#[derive(Default)]
pub(crate) struct Batch {
    ids: Vec<IdRow>,
    words: Vec<u32>,
    /// The enrolments, those of one person next to each other.
    order: Vec<usize>,
}

/// A person: the enrolments that count, and what they say together.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// The places of the enrolments in their batch, the first one first.
    pub(crate) enrolments: Range<usize>,
    /// The last exit; `None` while an enrolment is open, and where none has ended.
    pub(crate) last_exit: Option<i32>,
    /// The number of the row of the first enrolment.
    pub(crate) row: u64,
}

impl Batch {
    pub(crate) fn clear(&mut self) {
        self.ids.clear();
        self.words.clear();
    }

    /// How many enrolments there are.
    pub(crate) fn rows(&self) -> usize {
        self.ids.len()
    }

    /// Adds one heap of what all threads have read: every enrolment of the persons in it.
    pub(crate) fn add(&mut self, gathered: &[Enrolments], heap: usize) {
        for heap in gathered.iter().filter_map(|enrolments| enrolments.heaps.get(heap)) {
            self.ids.extend_from_slice(&heap.ids);
            self.words.extend_from_slice(&heap.words);
        }
    }

    /// The columns of all enrolments, at their places.
    pub(crate) fn columns(&self, packing: &Packing) -> Vec<RowColumn<'static>> {
        packing.columns(&self.words, &self.order)
    }

    /// One row for each person: the first enrolment, with the last exit in place of its own.
    pub(crate) fn first_rows(
        &self,
        packing: &Packing,
        persons: &[Person],
    ) -> Vec<RowColumn<'static>> {
        let firsts: Vec<usize> =
            persons.iter().map(|person| self.order[person.enrolments.start]).collect();
        let mut columns = packing.columns(&self.words, &firsts);
        if let RowColumn::Days(ends) = &mut columns[packing.dates.ends] {
            *ends = Days::known(persons.iter().map(|person| person.last_exit));
        }
        columns
    }

    /// The persons, in the order of the rows of their first enrolments.
    pub(crate) fn persons(&mut self, packing: &Packing) -> Vec<Person> {
        let Self { ids, words, order } = self;
        order.clear();
        order.extend(0..ids.len());
        order.sort_unstable_by_key(|enrolment| ids[*enrolment].0);
        let mut persons = Vec::with_capacity(ids.len());
        let mut start = 0;
        while start < order.len() {
            let hash = ids[order[start]].0;
            let rest = order[start..].iter();
            let end = start + rest.take_while(|enrolment| ids[**enrolment].0 == hash).count();
            persons.push(person(packing, ids, words, &mut order[start..end], start));
            start = end;
        }
        persons.sort_unstable_by_key(|person| person.row);
        persons
    }
}

/// One person, whose enrolments are put in order; the first of them has the place `start`.
fn person(
    packing: &Packing,
    ids: &[IdRow],
    words: &[u32],
    enrolments: &mut [usize],
    start: usize,
) -> Person {
    let words =
        |enrolment: usize| &words[enrolment * packing.width..(enrolment + 1) * packing.width];
    let begins = |enrolment: usize| packing.day(words(enrolment), packing.dates.starts);
    let ends = |enrolment: usize| packing.day(words(enrolment), packing.dates.ends);
    // Without any day nothing says that it took place. It counts only for a person who has no other.
    let has_begun = |enrolment: usize| begins(enrolment) != NO_DAY || ends(enrolment) != NO_DAY;
    let key = |enrolment: usize| {
        let (number, is_idle) = (ids[enrolment].1, !has_begun(enrolment));
        (is_idle, begins(enrolment), words(enrolment), number)
    };
    if enrolments.len() > 1 {
        enrolments.sort_unstable_by(|left, right| key(*left).cmp(&key(*right)));
    }
    let begun = enrolments.iter().filter(|enrolment| has_begun(**enrolment)).count();
    let counted = if begun == 0 { &enrolments[..] } else { &enrolments[..begun] };
    // The word of an open enrolment's end is above that of any day.
    let last_exit = counted.iter().map(|enrolment| ends(*enrolment)).max().and_then(day_of);
    let row = enrolments.first().map_or(0, |first| ids[*first].1);
    Person { enrolments: start..start + counted.len(), last_exit, row }
}
