//! Counting: one look at each row's columns, one increment.

use super::beside::Beside;
use super::early::EarlySignatures;
use super::gather::Gatherer;
use super::histogram::Histogram;
use super::plan::Plan;
use super::reader::{Reader, readers};
use crate::data::{CHUNK, Register};
use crate::finding::Rows;

/// Counts the rows of registers into a histogram.
#[derive(Debug)]
pub(crate) struct Counter {
    histogram: Histogram,
    /// Where the histogram is dense and something falls due later.
    early: Option<EarlySignatures>,
    /// Where something is kept beside the histogram.
    gatherer: Option<Gatherer>,
    units: u64,
}

/// The rows of each indicator (by position in the project) that are successes known before due.
pub(crate) type EarlyRows = Vec<(usize, Rows)>;

impl Counter {
    pub(crate) fn new(plan: &Plan) -> Self {
        let histogram = Histogram::new(plan.shape());
        let is_dense = histogram.strides().is_some();
        let early = (is_dense && plan.has_follow_ups()).then(|| EarlySignatures::new(plan));
        let gatherer = plan.has_beside().then(|| Gatherer::new(plan));
        Self { histogram, early, gatherer, units: 0 }
    }

    /// What several counters of the same plan have counted together; `None`: more than can be counted.
    pub(crate) fn finish(
        plan: &Plan,
        counters: impl IntoIterator<Item = Self>,
    ) -> Option<(Histogram, Beside)> {
        let mut counters = counters.into_iter();
        let mut whole = counters.next()?;
        let mut beside = whole.beside(plan);
        for mut counter in counters {
            whole.merge(&counter)?;
            beside.merge(&counter.beside(plan))?;
        }
        Some((whole.histogram, beside))
    }

    /// Adds the histogram of another counter of the same plan; `None`: more units than can be counted.
    pub(crate) fn merge(&mut self, other: &Self) -> Option<()> {
        self.add_to_units(other.units)?;
        self.histogram.merge(&other.histogram);
        Some(())
    }

    /// What was gathered beside the histogram; it is taken out.
    fn beside(&mut self, plan: &Plan) -> Beside {
        let is_dense = self.histogram.strides().is_some();
        let empty = Beside::new(plan.sums.len(), plan.marks.len());
        let gatherer = self.gatherer.take();
        gatherer.map_or(empty, |gatherer| gatherer.finish(plan, self.histogram.shape(), is_dense))
    }

    /// Counts all rows of a register, the first of which has the number `first_row`. `None`: more units than can be
    /// counted.
    pub(crate) fn add(
        &mut self,
        plan: &Plan,
        register: &Register<'_>,
        first_row: u64,
    ) -> Option<EarlyRows> {
        self.add_to_units(match &register.weights {
            None => register.rows as u64,
            Some(weights) => {
                weights.iter().try_fold(0_u64, |sum, weight| sum.checked_add(*weight))?
            }
        })?;
        let Some(strides) = self.histogram.strides() else {
            let readers = readers(plan, register, |_| 1);
            return self.add_hashed(plan, &readers, register, first_row);
        };
        let readers = readers(plan, register, |position| strides[position]);
        self.add_dense(plan, &readers, register, first_row)
    }

    fn add_to_units(&mut self, units: u64) -> Option<()> {
        let units = self.units.checked_add(units);
        self.units = units.filter(|units| i64::try_from(*units).is_ok())?;
        Some(())
    }

    fn add_dense(
        &mut self,
        plan: &Plan,
        readers: &[Reader<'_>],
        register: &Register<'_>,
        first_row: u64,
    ) -> Option<EarlyRows> {
        let (cells, signatures) = readers.split_at(plan.crossing.columns.len());
        let (mut cell, mut signature) = ([0_u32; CHUNK], [0_u32; CHUNK]);
        for start in (0..register.rows).step_by(CHUNK) {
            let rows = start..register.rows.min(start + CHUNK);
            let (cell, signature) = (&mut cell[..rows.len()], &mut signature[..rows.len()]);
            cell.fill(0);
            signature.fill(0);
            cells.iter().for_each(|reader| reader.add(rows.clone(), cell));
            signatures.iter().for_each(|reader| reader.add(rows.clone(), signature));
            if let Some(signatures) = &mut self.early {
                signatures.note(plan, signature, first_row + start as u64);
            }
            let places =
                cell.iter().zip(signature.iter()).map(|(cell, signature)| cell + signature);
            if let Some(gatherer) = &mut self.gatherer {
                gatherer.add(plan, register, rows.clone(), &places.clone().collect::<Vec<_>>())?;
            }
            match &register.weights {
                None => self.histogram.add_ones(places),
                Some(weights) => self.histogram.add_units(places.zip(&weights[rows])),
            }
        }
        Some(self.early.as_mut().map(EarlySignatures::take).unwrap_or_default())
    }

    fn add_hashed(
        &mut self,
        plan: &Plan,
        readers: &[Reader<'_>],
        register: &Register<'_>,
        first_row: u64,
    ) -> Option<EarlyRows> {
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
            let mut combinations = Vec::new();
            for row in rows.clone() {
                for (class, classes) in key.iter_mut().zip(&classes) {
                    *class = classes[row - start];
                }
                self.histogram
                    .add(&key, register.weights.as_ref().map_or(1, |weights| weights[row]));
                if has_follow_ups {
                    for indicator in plan.known_before_due(&key[crossed..]) {
                        note(&mut early, indicator, first_row + row as u64);
                    }
                }
                combinations
                    .extend(self.gatherer.as_mut().map(|gatherer| gatherer.combination(&key)));
            }
            if let Some(gatherer) = &mut self.gatherer {
                gatherer.add(plan, register, rows, &combinations)?;
            }
        }
        Some(early)
    }
}

/// Notes rows of an indicator wherever they stand among those noted before.
pub(super) fn note_rows(early: &mut EarlyRows, indicator: usize, rows: Rows) {
    match early.iter_mut().find(|(known, _)| *known == indicator) {
        Some((_, noted)) => noted.merge(rows),
        None => early.push((indicator, rows)),
    }
}

/// Notes a row that follows those noted before.
fn note(early: &mut EarlyRows, indicator: usize, row: u64) {
    if let Some((_, noted)) = early.iter_mut().find(|(known, _)| *known == indicator) {
        noted.add(row);
        return;
    }
    let mut rows = Rows::default();
    rows.add(row);
    early.push((indicator, rows));
}
