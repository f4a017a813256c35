//! Counting: one look at each row's columns, one increment.

use std::ops::Range;

use super::axis::{Axis, Cuts, Source, lateness};
use super::histogram::Histogram;
use super::plan::Plan;
use crate::data::{Code, Days, LevelCodes, Numbers, Register, RowColumn, with_codes};
use crate::finding::Rows;

/// How many rows are worked through column by column before they are counted: what fits the nearest cache.
const CHUNK: usize = 2_048;

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
        Self {
            histogram,
            early,
            units: 0,
        }
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
        let units = register
            .weights
            .as_ref()
            .map_or(Some(register.rows as u64), |weights| {
                weights
                    .iter()
                    .try_fold(0_u64, |sum, weight| sum.checked_add(*weight))
            })?;
        self.units = self
            .units
            .checked_add(units)
            .filter(|units| i64::try_from(*units).is_ok())?;
        Some(match self.histogram.strides() {
            Some(strides) => {
                let readers = readers(plan, register, |position| strides[position]);
                self.add_dense(&readers, plan.crossing.columns.len(), register, first_row)
            }
            None => self.add_sparse(&readers(plan, register, |_| 1), plan, register, first_row),
        })
    }

    fn add_dense(
        &mut self,
        readers: &[Reader<'_>],
        crossed: usize,
        register: &Register<'_>,
        first_row: u64,
    ) -> EarlyRows {
        let (cells, signatures) = readers.split_at(crossed);
        let mut rows_found = EarlyRows::new();
        let (mut cell, mut signature) = ([0_u32; CHUNK], [0_u32; CHUNK]);
        for start in (0..register.rows).step_by(CHUNK) {
            let rows = start..register.rows.min(start + CHUNK);
            let (cell, signature) = (&mut cell[..rows.len()], &mut signature[..rows.len()]);
            cell.fill(0);
            signature.fill(0);
            cells
                .iter()
                .for_each(|reader| reader.add(rows.clone(), cell));
            signatures
                .iter()
                .for_each(|reader| reader.add(rows.clone(), signature));
            if let Some(early) = &self.early {
                for (offset, class) in signature.iter().enumerate() {
                    let indicators = &early[*class as usize];
                    if !indicators.is_empty() {
                        let row = first_row + (start + offset) as u64;
                        note(&mut rows_found, indicators, row);
                    }
                }
            }
            match &register.weights {
                None => {
                    for (cell, signature) in cell.iter().zip(signature.iter()) {
                        self.histogram.add_at(cell + signature, 1);
                    }
                }
                Some(weights) => {
                    let places = cell.iter().zip(signature.iter());
                    for ((cell, signature), weight) in places.zip(&weights[rows]) {
                        self.histogram.add_at(cell + signature, *weight);
                    }
                }
            }
        }
        rows_found
    }

    fn add_sparse(
        &mut self,
        readers: &[Reader<'_>],
        plan: &Plan,
        register: &Register<'_>,
        first_row: u64,
    ) -> EarlyRows {
        let crossed = plan.crossing.columns.len();
        let has_follow_ups = plan.has_follow_ups();
        let mut rows_found = EarlyRows::new();
        let mut classes = vec![[0_u32; CHUNK]; readers.len()];
        let mut key = vec![0; readers.len()];
        for start in (0..register.rows).step_by(CHUNK) {
            let rows = start..register.rows.min(start + CHUNK);
            for (reader, classes) in readers.iter().zip(&mut classes) {
                classes.fill(0);
                reader.add(rows.clone(), &mut classes[..rows.len()]);
            }
            for row in rows.clone() {
                for (class, classes) in key.iter_mut().zip(&classes) {
                    *class = classes[row - start];
                }
                let units = register.weights.as_ref().map_or(1, |weights| weights[row]);
                self.histogram.add(&key, units);
                if has_follow_ups {
                    let indicators = plan.known_before_due(&key[crossed..]);
                    note(&mut rows_found, &indicators, first_row + row as u64);
                }
            }
        }
        rows_found
    }
}

/// A reader for each crossed column and axis, its classes multiplied by what they add to a place.
fn readers<'r>(
    plan: &Plan,
    register: &'r Register<'_>,
    stride: impl Fn(usize) -> u32,
) -> Vec<Reader<'r>> {
    let crossed = plan.crossing.columns.iter().map(|column| {
        let source = Source::Levels {
            column: column.position,
            levels: column.unknown(),
        };
        (
            source,
            Cuts::default(),
            (0..=column.unknown()).collect::<Vec<u32>>(),
        )
    });
    let axes = plan
        .axes
        .iter()
        .map(|axis| (axis.source.clone(), axis.cuts.clone(), axis.classes.clone()));
    crossed
        .chain(axes)
        .enumerate()
        .map(|(position, (source, cuts, classes))| {
            let added = classes
                .iter()
                .map(|class| class * stride(position))
                .collect();
            Reader::new(register, &source, cuts, added)
        })
        .collect()
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

fn note(found: &mut EarlyRows, indicators: &[usize], row: u64) {
    for indicator in indicators {
        if let Some((_, rows)) = found.iter_mut().find(|(known, _)| known == indicator) {
            rows.add(row);
        } else {
            let mut rows = Rows::default();
            rows.add(row);
            found.push((*indicator, rows));
        }
    }
}

/// Reads the class of rows on one axis, as what it adds to a place.
enum Reader<'r> {
    /// The source's code leads straight to what is added.
    Coded {
        levels: &'r LevelCodes<'r>,
        added: Vec<u32>,
        unknown: u32,
    },
    Days {
        days: &'r Days<'r>,
        steps: Steps,
    },
    Numbers {
        numbers: &'r Numbers,
        steps: Steps,
    },
    LevelStep {
        from: &'r LevelCodes<'r>,
        to: &'r LevelCodes<'r>,
        steps: Steps,
    },
    NumberStep {
        from: &'r Numbers,
        to: &'r Numbers,
        steps: Steps,
    },
    Lateness {
        after: &'r Days<'r>,
        delay: crate::day::Delay,
        observed_on: &'r Days<'r>,
        steps: Steps,
    },
    /// Every row has the same class.
    Constant(u32),
}

/// The classes between an axis's cuts, as what each adds to a place.
struct Steps {
    cuts: Cuts,
    added: Vec<u32>,
}

impl Steps {
    #[inline]
    fn added(&self, number: Option<f64>) -> u32 {
        self.added[self.cuts.raw_class(number)]
    }
}

impl<'r> Reader<'r> {
    /// A reader of a source; where its columns are absent, every row has the class of unknown, the last.
    fn new(register: &'r Register<'_>, source: &Source, cuts: Cuts, added: Vec<u32>) -> Self {
        let unknown = added.last().copied().unwrap_or(0);
        if added.iter().all(|class| *class == unknown) {
            return Self::Constant(unknown);
        }
        Self::of_columns(register, source, cuts, added, unknown).unwrap_or(Self::Constant(unknown))
    }

    fn of_columns(
        register: &'r Register<'_>,
        source: &Source,
        cuts: Cuts,
        added: Vec<u32>,
        unknown: u32,
    ) -> Option<Self> {
        let levels = |column: usize| match &register.columns[column] {
            RowColumn::Levels(levels) => Some(levels),
            _ => None,
        };
        let days = |column: usize| match &register.columns[column] {
            RowColumn::Days(days) => Some(days),
            _ => None,
        };
        let numbers = |column: usize| match &register.columns[column] {
            RowColumn::Numbers(numbers) => Some(numbers),
            _ => None,
        };
        let steps = Steps { cuts, added };
        Some(match *source {
            Source::Levels { column, .. } => {
                let levels = levels(column)?;
                let added = levels
                    .levels
                    .iter()
                    .map(|level| steps.added[*level as usize]);
                Self::Coded {
                    levels,
                    added: added.collect(),
                    unknown,
                }
            }
            Source::Days { column } => Self::Days {
                days: days(column)?,
                steps,
            },
            Source::Numbers { column } => Self::Numbers {
                numbers: numbers(column)?,
                steps,
            },
            Source::Step { from, to } => match (levels(from), levels(to)) {
                (Some(from), Some(to)) => Self::LevelStep { from, to, steps },
                _ => Self::NumberStep {
                    from: numbers(from)?,
                    to: numbers(to)?,
                    steps,
                },
            },
            Source::Lateness {
                after,
                delay,
                observed_on,
            } => Self::Lateness {
                after: days(after)?,
                delay,
                observed_on: days(observed_on)?,
                steps,
            },
        })
    }

    /// Adds each row's part of its place.
    fn add(&self, rows: Range<usize>, places: &mut [u32]) {
        match self {
            Self::Coded {
                levels,
                added,
                unknown,
            } => {
                with_codes!(&levels.codes, codes => {
                    let codes = &codes[rows.clone()];
                    match &levels.known {
                        None => {
                            for (place, code) in places.iter_mut().zip(codes) {
                                *place += added.get(code.position()).copied().unwrap_or(*unknown);
                            }
                        }
                        Some(known) => {
                            for ((place, code), row) in places.iter_mut().zip(codes).zip(rows) {
                                let class = added.get(code.position()).copied().unwrap_or(*unknown);
                                *place += if known.at(row) { class } else { *unknown };
                            }
                        }
                    }
                });
            }
            Self::Days { days, steps } => {
                add_by(rows, places, |row| steps.added(days.at(row).map(f64::from)));
            }
            Self::Numbers { numbers, steps } => {
                add_by(rows, places, |row| steps.added(numbers.at(row)));
            }
            Self::LevelStep { from, to, steps } => add_by(rows, places, |row| {
                let (before, after) = (from.at(row), to.at(row));
                let is_known = before != from.unknown && after != to.unknown;
                steps.added(is_known.then(|| f64::from(after) - f64::from(before)))
            }),
            Self::NumberStep { from, to, steps } => add_by(rows, places, |row| {
                steps.added(
                    from.at(row)
                        .zip(to.at(row))
                        .map(|(before, after)| after - before),
                )
            }),
            Self::Lateness {
                after,
                delay,
                observed_on,
                steps,
            } => add_by(rows, places, |row| {
                steps.added(lateness(after.at(row), *delay, observed_on.at(row)))
            }),
            Self::Constant(added) => places.iter_mut().for_each(|place| *place += added),
        }
    }
}

#[inline]
fn add_by(rows: Range<usize>, places: &mut [u32], added: impl Fn(usize) -> u32) {
    for (place, row) in places.iter_mut().zip(rows) {
        *place += added(row);
    }
}
