//! Counting: one look at each row's columns, one increment.

use std::ops::Range;
use std::panic::resume_unwind;
use std::thread;

use super::axis::Axis;
use super::histogram::Histogram;
use super::plan::Plan;
use super::reader::{Reader, readers};
use crate::data::{CHUNK, Register};
use crate::finding::Rows;

/// Counts the rows of registers into a histogram.
#[derive(Debug)]
pub(crate) struct Counter {
    histogram: Histogram,
    /// For each signature (in a dense histogram) the indicators of which it is a success known before due.
    early: Option<Vec<Vec<usize>>>,
    units: u64,
}

/// The rows of each indicator (by position in the project) that are successes known before due.
pub(crate) type EarlyRows = Vec<(usize, Rows)>;

impl Counter {
    pub(crate) fn new(plan: &Plan) -> Self {
        let histogram = Histogram::new(plan.shape());
        let is_dense = histogram.strides().is_some();
        let early = (is_dense && plan.has_follow_ups()).then(|| early_signatures(plan));
        Self { histogram, early, units: 0 }
    }

    pub(crate) fn into_histogram(self) -> Histogram {
        self.histogram
    }

    /// Counts all rows of a register, the first of which has the number `first_row`. `None`: more units than can be
    /// counted.
    pub(crate) fn add(
        &mut self,
        plan: &Plan,
        register: &Register<'_>,
        first_row: u64,
    ) -> Option<EarlyRows> {
        let units = match &register.weights {
            None => Some(register.rows as u64),
            Some(weights) => weights.iter().try_fold(0_u64, |sum, weight| sum.checked_add(*weight)),
        };
        let units = units.and_then(|units| self.units.checked_add(units));
        self.units = units.filter(|units| i64::try_from(*units).is_ok())?;
        let Some(strides) = self.histogram.strides() else {
            let readers = readers(plan, register, |_| 1);
            return Some(add_hashed(&mut self.histogram, &readers, plan, register, first_row));
        };
        let readers = readers(plan, register, |position| strides[position]);
        let (cells, signatures) = readers.split_at(plan.crossing.columns.len());
        let part = Part { cells, signatures, register, early: self.early.as_deref(), first_row };
        Some(part.count_in_threads(&mut self.histogram))
    }
}

/// What is counted into a dense histogram.
#[derive(Clone, Copy)]
struct Part<'r> {
    cells: &'r [Reader<'r>],
    signatures: &'r [Reader<'r>],
    register: &'r Register<'r>,
    early: Option<&'r [Vec<usize>]>,
    first_row: u64,
}

/// Fewer rows than this are counted sooner than a thread starts.
const ROWS_PER_THREAD: usize = 1 << 17;

impl Part<'_> {
    /// Counts all rows, divided among as many threads as there are processors. Sums do not depend on who adds what.
    fn count_in_threads(self, histogram: &mut Histogram) -> EarlyRows {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        let parts = processors.min(self.register.rows / ROWS_PER_THREAD).max(1);
        let size = self.register.rows.div_ceil(parts);
        let rows = |part: usize| part * size..self.register.rows.min((part + 1) * size);
        thread::scope(|scope| {
            let others: Vec<_> = (1..parts)
                .map(|part| {
                    let mut own = histogram.emptied();
                    scope.spawn(move || {
                        let early = self.count(rows(part), &mut own);
                        (own, early)
                    })
                })
                .collect();
            let mut early = self.count(rows(0), histogram);
            for other in others {
                let (counted, found) = other.join().unwrap_or_else(|panic| resume_unwind(panic));
                histogram.merge(&counted);
                found.into_iter().for_each(|(indicator, rows)| note(&mut early, indicator, rows));
            }
            early
        })
    }

    fn count(self, rows: Range<usize>, histogram: &mut Histogram) -> EarlyRows {
        let mut early = EarlyRows::new();
        let (mut cell, mut signature) = ([0_u32; CHUNK], [0_u32; CHUNK]);
        for start in rows.clone().step_by(CHUNK) {
            let rows = start..rows.end.min(start + CHUNK);
            let (cell, signature) = (&mut cell[..rows.len()], &mut signature[..rows.len()]);
            cell.fill(0);
            signature.fill(0);
            self.cells.iter().for_each(|reader| reader.add(rows.clone(), cell));
            self.signatures.iter().for_each(|reader| reader.add(rows.clone(), signature));
            if let Some(indicators) = self.early {
                for (row, class) in rows.clone().zip(signature.iter()) {
                    for indicator in &indicators[*class as usize] {
                        note(&mut early, *indicator, Rows::of(self.first_row + row as u64));
                    }
                }
            }
            let places = cell.iter().zip(signature).map(|(cell, signature)| cell + *signature);
            match &self.register.weights {
                None => histogram.add_ones(places),
                Some(weights) => histogram.add_units(places.zip(&weights[rows])),
            }
        }
        early
    }
}

fn add_hashed(
    histogram: &mut Histogram,
    readers: &[Reader<'_>],
    plan: &Plan,
    register: &Register<'_>,
    first_row: u64,
) -> EarlyRows {
    let crossed = plan.crossing.columns.len();
    let has_follow_ups = plan.has_follow_ups();
    let mut early = EarlyRows::new();
    let mut classes = vec![[0_u32; CHUNK]; readers.len()];
    let mut key = vec![0; readers.len()];
    for start in (0..register.rows).step_by(CHUNK) {
        let rows = start..register.rows.min(start + CHUNK);
        for (reader, classes) in readers.iter().zip(&mut classes) {
            classes.fill(0);
            reader.add(rows.clone(), &mut classes[..rows.len()]);
        }
        for row in rows {
            for (class, classes) in key.iter_mut().zip(&classes) {
                *class = classes[row - start];
            }
            histogram.add(&key, register.weights.as_ref().map_or(1, |weights| weights[row]));
            if has_follow_ups {
                for indicator in plan.known_before_due(&key[crossed..]) {
                    note(&mut early, indicator, Rows::of(first_row + row as u64));
                }
            }
        }
    }
    early
}

/// For each signature in the order of their places, the indicators of which it is a success known before due.
fn early_signatures(plan: &Plan) -> Vec<Vec<usize>> {
    let shape: Vec<u32> = plan.axes.iter().map(Axis::size).collect();
    let count = shape.iter().map(|size| *size as usize).product();
    (0..count)
        .map(|place| {
            let mut rest = place;
            let mut signature = vec![0; shape.len()];
            for (class, size) in signature.iter_mut().zip(&shape).rev() {
                *class = u32::try_from(rest % *size as usize).unwrap_or(0);
                rest /= *size as usize;
            }
            plan.known_before_due(&signature)
        })
        .collect()
}

/// Notes rows that follow those noted before.
fn note(early: &mut EarlyRows, indicator: usize, rows: Rows) {
    match early.iter_mut().find(|(known, _)| *known == indicator) {
        Some((_, noted)) => noted.extend(rows),
        None => early.push((indicator, rows)),
    }
}
