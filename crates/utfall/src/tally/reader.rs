//! Readers: the class of each row on one axis, as what it adds to a place of the histogram.

use std::ops::Range;

use super::axis::{Axis, Cuts, Factor, NumberStep, Source, lateness};
use super::plan::Plan;
use crate::data::{CHUNK, Days, LevelCodes, Numbers, Register, select};
use crate::day::Delay;

/// Reads the class of rows on one axis, as what it adds to a place.
pub(super) enum Reader<'r> {
    /// The source's code leads straight to what is added.
    Coded {
        levels: &'r LevelCodes<'r>,
        added: Vec<u32>,
        unknown: u32,
    },
    Days {
        days: &'r Days<'r>,
        cuts: Vec<i32>,
        added: Vec<u32>,
    },
    Numbers {
        numbers: &'r Numbers,
        steps: Steps,
    },
    /// What is added by a difference of levels: `added[to + levels - from]`, unknown last.
    LevelStep {
        from: &'r LevelCodes<'r>,
        to: &'r LevelCodes<'r>,
        added: Vec<u32>,
    },
    NumberStep {
        difference: Difference<'r>,
        steps: Steps,
    },
    NumberSteps {
        parts: Vec<Difference<'r>>,
        steps: Steps,
    },
    Lateness {
        after: &'r Days<'r>,
        delay: Delay,
        observed_on: &'r Days<'r>,
        steps: Steps,
    },
    /// Every row has the same class.
    Constant(u32),
}

/// What lies between two number columns.
pub(super) struct Difference<'r> {
    from: (&'r Numbers, Factor),
    to: (&'r Numbers, Factor),
}

impl Difference<'_> {
    #[inline]
    fn at(&self, row: usize) -> Option<f64> {
        let before = self.from.0.at(row).map(|number| self.from.1.of(number))?;
        let after = self.to.0.at(row).map(|number| self.to.1.of(number))?;
        Some(after - before)
    }
}

/// The classes between an axis's cuts, as what each adds to a place.
pub(super) struct Steps {
    cuts: Cuts,
    added: Vec<u32>,
}

impl Steps {
    #[inline]
    fn added(&self, number: Option<f64>) -> u32 {
        self.added[self.cuts.raw_class(number)]
    }
}

/// A reader for each crossed column and axis, its classes multiplied by what they add to a place.
pub(super) fn readers<'r>(
    plan: &Plan,
    register: &'r Register<'_>,
    stride: impl Fn(usize) -> u32,
) -> Vec<Reader<'r>> {
    let crossed = plan.crossing.columns.iter().map(|column| {
        let source = Source::Levels { column: column.position, levels: column.unknown() };
        (source, Cuts::default(), (0..=column.unknown()).collect::<Vec<u32>>())
    });
    let axes = plan
        .axes
        .iter()
        .map(|Axis { source, cuts, classes, .. }| (source.clone(), cuts.clone(), classes.clone()));
    crossed
        .chain(axes)
        .enumerate()
        .map(|(position, (source, cuts, classes))| {
            let added = classes.iter().map(|class| class * stride(position)).collect();
            Reader::new(register, &source, cuts, added)
        })
        .collect()
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
        let difference = |step: &NumberStep| {
            let (from, to) = (register.numbers(step.from)?, register.numbers(step.to)?);
            Some(Difference { from: (from, step.factors.0), to: (to, step.factors.1) })
        };
        let steps = Steps { cuts, added };
        Some(match *source {
            Source::Levels { column, .. } => {
                let levels = register.levels(column)?;
                let added = levels.levels.iter().map(|level| steps.added[*level as usize]);
                Self::Coded { levels, added: added.collect(), unknown }
            }
            Source::Days { column } => Self::Days {
                days: register.days(column)?,
                cuts: steps.cuts.as_days(),
                added: steps.added,
            },
            Source::Numbers { column } => {
                Self::Numbers { numbers: register.numbers(column)?, steps }
            }
            Source::Step { from, to, factors } => {
                let Some((from, to)) = register.levels(from).zip(register.levels(to)) else {
                    let difference = difference(&NumberStep { from, to, factors })?;
                    return Some(Self::NumberStep { difference, steps });
                };
                let last = i64::from(from.unknown) - 1;
                #[allow(clippy::cast_precision_loss, reason = "levels are few")]
                let differences = (-last - 1..=last).map(|step| steps.added(Some(step as f64)));
                let added = differences.chain([unknown]).collect();
                Self::LevelStep { from, to, added }
            }
            Source::StepSum { steps: ref parts } => {
                let parts = parts.iter().map(difference).collect::<Option<_>>()?;
                Self::NumberSteps { parts, steps }
            }
            Source::Lateness { after, delay, observed_on } => Self::Lateness {
                after: register.days(after)?,
                delay,
                observed_on: register.days(observed_on)?,
                steps,
            },
        })
    }

    /// Adds each row's part of its place; at most [`CHUNK`] rows.
    pub(super) fn add(&self, rows: Range<usize>, places: &mut [u32]) {
        match self {
            Self::Coded { levels, added, unknown } => {
                levels.look_up(rows, added, *unknown, places, |place, added| *place += added);
            }
            Self::Days { days, cuts, added } => add_by_day(rows, days, cuts, added, places),
            Self::Numbers { numbers, steps } => {
                add_by(rows, places, |row| steps.added(numbers.at(row)));
            }
            Self::LevelStep { from, to, added } => {
                let (mut before, mut after) = ([0_u32; CHUNK], [0_u32; CHUNK]);
                let unknown = from.unknown;
                let put = |place: &mut u32, level| *place = level;
                let (before, after) = (&mut before[..rows.len()], &mut after[..rows.len()]);
                from.look_up(rows.clone(), &from.levels, unknown, before, put);
                to.look_up(rows, &to.levels, unknown, after, put);
                let last = u32::try_from(added.len() - 1).unwrap_or(0);
                for ((place, from), to) in places.iter_mut().zip(before).zip(after) {
                    // `from` is at most unknown, and unknown itself leads to a place of its own.
                    let step = select(*to != unknown, *to + unknown - *from, last);
                    *place += added[select(*from != unknown, step, last) as usize];
                }
            }
            Self::NumberStep { difference, steps } => {
                add_by(rows, places, |row| steps.added(difference.at(row)));
            }
            Self::NumberSteps { parts, steps } => add_by(rows, places, |row| {
                let total: Option<f64> = parts.iter().map(|part| part.at(row)).sum();
                steps.added(total)
            }),
            Self::Lateness { after, delay, observed_on, steps } => add_by(rows, places, |row| {
                steps.added(lateness(after.at(row), *delay, observed_on.at(row)))
            }),
            Self::Constant(added) => places.iter_mut().for_each(|place| *place += added),
        }
    }
}

/// Days, cut by cut, so that a cut is compared with many days at once.
fn add_by_day(
    rows: Range<usize>,
    days: &Days<'_>,
    cuts: &[i32],
    added: &[u32],
    places: &mut [u32],
) {
    let (mut day, mut known, mut class) = ([0_i32; CHUNK], [false; CHUNK], [0_u32; CHUNK]);
    let len = rows.len();
    let (day, known, class) = (&mut day[..len], &mut known[..len], &mut class[..len]);
    days.fill(rows, day, known);
    for cut in cuts {
        for (class, day) in class.iter_mut().zip(day.iter()) {
            *class += u32::from(cut < day) + u32::from(cut <= day);
        }
    }
    let unknown = u32::try_from(added.len() - 1).unwrap_or(0);
    for ((place, class), known) in places.iter_mut().zip(class).zip(known) {
        *place += added[select(*known, *class, unknown) as usize];
    }
}

#[inline]
fn add_by(rows: Range<usize>, places: &mut [u32], added: impl Fn(usize) -> u32) {
    for (place, row) in places.iter_mut().zip(rows) {
        *place += added(row);
    }
}
