//! Steps: how units have moved on each item of a change, and the matrix of levels before and after.

use std::sync::Arc;

use super::figure::Group;
use super::sums::{Counted, share};
use crate::project::{Column, ColumnType, Item, Measure, Named, Project, UNKNOWN};
use crate::stats::Interval;
use crate::tally::{Computable, Items, Ladder, Movements, Signature, Step, Steps};

/// How the units of a group have moved on one item of a `change` indicator, or on all its items together.
///
/// Ordered by indicator as declared, then by group as [`crate::Figures`] are, then by item as declared, all items last.
///
/// ```
/// use utfall::data::{Table, Values};
/// use utfall::{Evaluator, Project, day};
///
/// let project = Project::from_toml(
///     r#"
///     schema = 1
///     name = "Steps"
///     [registers.participants]
///     unit = "person"
///     columns.start = { header = "Start", type = "ordinal", levels = ["1", "2", "3"] }
///     columns.end = { header = "Slut", type = "ordinal", levels = ["1", "2", "3"] }
///     [indicators.progress]
///     kind = "change"
///     register = "participants"
///     items = [{ from = "start", to = "end" }]
///     "#,
/// )?;
/// let mut evaluator = Evaluator::new(&project, day::parse("2022-06-30").unwrap())?;
/// evaluator.add("participants", &Table::new([
///     ("Start", Values::from_integers([Some(1), Some(2), Some(3)])),
///     ("Slut", Values::from_integers([Some(2), Some(1), None])),
/// ]))?;
/// let evaluation = evaluator.finish()?;
/// let counts = evaluation.steps[0].counts.unwrap();
/// assert_eq!((counts.up, counts.down, counts.not_measurable), (1, 1, 1));
/// let units = |before: &str, after: &str| {
///     let mut cells = evaluation.transitions.iter();
///     cells.find(|cell| (&*cell.before, &*cell.after) == (before, after))?.units
/// };
/// assert_eq!((units("1", "2"), units("3", "(unknown)"), units("1", "1")), (Some(1), Some(1), Some(0)));
/// # Ok::<(), utfall::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct StepFigure {
    /// The register that the indicator is computed from.
    pub register: Arc<str>,
    /// The indicator.
    pub indicator: Arc<str>,
    pub(crate) group: Group,
    /// The item, by its columns: `health_start>health_end`. `None`: several items together, by the rule of the
    /// indicator.
    pub item: Option<Arc<str>>,
    /// Who has moved which way; `None` where nothing could be counted.
    pub counts: Option<StepCounts>,
    /// The Wilson interval of the share that has moved up; `None` where nobody was measured.
    pub up_interval: Option<Interval>,
}

/// Units by the way they have moved, each in one part.
///
/// A step is a movement by at least as much as the indicator asks for (`at_least`).
///
/// ```
/// use utfall::StepCounts;
///
/// let counts = StepCounts { up: 4, same: 3, down: 1, not_measurable: 2, at_ceiling: Some(2) };
/// assert_eq!((counts.population(), counts.measured()), (10, 8));
/// assert_eq!((counts.up_share(), counts.net_share()), (Some(0.5), Some(0.375)));
/// assert_eq!(counts.up_share_of_movable(), Some(4.0 / 6.0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct StepCounts {
    /// A step or more in the direction of what is better.
    pub up: u64,
    /// Less than a step either way.
    pub same: u64,
    /// A step or more back.
    pub down: u64,
    /// One of the two ratings that it takes is not known.
    pub not_measurable: u64,
    /// Of the measured, those who were at the best level before, of every item; `None` where an item is a number, which
    /// has no best level.
    pub at_ceiling: Option<u64>,
}

impl StepCounts {
    /// Units of which `of` is true and that are not excluded.
    pub const fn population(&self) -> u64 {
        self.measured() + self.not_measurable
    }

    /// Units whose movement is known.
    pub const fn measured(&self) -> u64 {
        self.up + self.same + self.down
    }

    /// The share of the measured that has moved up.
    pub fn up_share(&self) -> Option<f64> {
        share(self.up, self.measured())
    }

    /// The share of the measured that has moved down.
    pub fn down_share(&self) -> Option<f64> {
        share(self.down, self.measured())
    }

    /// The share that has moved up less the share that has moved down: from -1 to 1.
    pub fn net_share(&self) -> Option<f64> {
        let (up, down) = (self.up, self.down);
        let size = share(up.abs_diff(down), self.measured())?;
        Some(if up < down { -size } else { size })
    }

    /// The share that has moved up of those who could: the measured who were not at the best level before.
    pub fn up_share_of_movable(&self) -> Option<f64> {
        share(self.up, self.measured().checked_sub(self.at_ceiling?)?)
    }
}

/// How many units of a group were at one level before and at one after: a cell of the matrix of an item.
///
/// Every pair of levels has its cell, zeros too, unknown last; the cells of an item add up to the population.
#[derive(Debug, Clone, PartialEq)]
pub struct Transition {
    /// The register that the indicator is computed from.
    pub register: Arc<str>,
    /// The indicator.
    pub indicator: Arc<str>,
    pub(crate) group: Group,
    /// The item, by its columns: `health_start>health_end`.
    pub item: Arc<str>,
    /// The code of the level before; `(unknown)` where it is not known.
    pub before: Arc<str>,
    /// The code of the level after; `(unknown)` where it is not known.
    pub after: Arc<str>,
    /// The units; `None` where nothing could be counted.
    pub units: Option<u64>,
}

impl StepFigure {
    /// For each column of [`crate::Figures::columns`] the level of this group; `None` where it is not crossed by it.
    pub fn group(&self) -> &[Option<u32>] {
        &self.group
    }
}

impl Transition {
    /// For each column of [`crate::Figures::columns`] the level of this group; `None` where it is not crossed by it.
    pub fn group(&self) -> &[Option<u32>] {
        &self.group
    }
}

/// An item as it is declared.
struct Declared {
    name: Arc<str>,
    /// The codes of its levels with that of unknown; `None` for numbers.
    codes: Option<Vec<Arc<str>>>,
}

impl Declared {
    fn new(item: &Item, columns: Option<&Named<Column>>) -> Self {
        let column = columns.and_then(|columns| columns.get(&item.from));
        let ordinal = column.filter(|column| column.column_type() != ColumnType::Number);
        let codes = ordinal.map(|column| column.levels.codes().chain([UNKNOWN]));
        Self {
            name: format!("{}>{}", item.from, item.to).into(),
            codes: codes.map(|codes| codes.map(Arc::from).collect()),
        }
    }
}

/// The steps and transitions of every change of a register, by the indicator's position in the project.
pub(super) fn steps(
    project: &Project,
    counted: &Counted<'_>,
) -> Vec<(usize, Vec<StepFigure>, Vec<Transition>)> {
    let mut all = Vec::new();
    for (position, computable) in &counted.plan.indicators {
        let Some((name, indicator)) = project.indicators.get_index(*position) else { continue };
        let Measure::Change(change) = &indicator.measure else { continue };
        let columns = project.columns(&indicator.register);
        let declared: Vec<Declared> =
            change.items.iter().map(|item| Declared::new(item, columns)).collect();
        let change = Change {
            counted,
            register: indicator.register.as_str().into(),
            indicator: name.as_str().into(),
            declared: &declared,
            compiled: match computable {
                Computable::Yes(steps @ Steps { items: Items::Movements(movements), .. }) => {
                    Some((steps, movements))
                }
                _ => None,
            },
        };
        all.push((*position, change.figures(), change.transitions()));
    }
    all
}

/// A change indicator on its register.
struct Change<'a> {
    counted: &'a Counted<'a>,
    register: Arc<str>,
    indicator: Arc<str>,
    declared: &'a [Declared],
    /// `None` where it cannot be computed.
    compiled: Option<(&'a Steps, &'a Movements)>,
}

/// The parts of an item: up, same, down, not measurable, at the ceiling.
const PARTS: usize = 5;

impl Change<'_> {
    fn figures(&self) -> Vec<StepFigure> {
        // Of several items there is one row more: all of them together.
        let items = self.declared.len();
        let rows = if items > 1 { items + 1 } else { items };
        let sums = self.counted.sums(rows, rows * PARTS, |signature| self.parts(signature));
        let has_ceiling = |row: usize| match self.declared.get(row) {
            Some(item) => item.codes.is_some(),
            None => self.declared.iter().all(|item| item.codes.is_some()),
        };
        let mut figures = Vec::new();
        for group in sums {
            let sums = group.sums.filter(|_| self.compiled.is_some());
            for row in 0..rows {
                let counts = sums.as_ref().map(|sums| {
                    let sums = &sums[row * PARTS..];
                    StepCounts {
                        up: sums[0],
                        same: sums[1],
                        down: sums[2],
                        not_measurable: sums[3],
                        at_ceiling: has_ceiling(row).then_some(sums[4]),
                    }
                });
                let interval =
                    |counts: StepCounts| self.counted.interval(counts.up, counts.measured());
                figures.push(StepFigure {
                    register: self.register.clone(),
                    indicator: self.indicator.clone(),
                    group: group.group.clone(),
                    item: self.declared.get(row).map(|item| item.name.clone()),
                    counts,
                    up_interval: counts.and_then(interval),
                });
            }
        }
        figures
    }

    /// The parts of all rows that units with a signature are in.
    fn parts(&self, signature: &Signature<'_>) -> Vec<usize> {
        let Some((_, movements)) = self.compiled.filter(|(steps, _)| steps.is_due(signature))
        else {
            return Vec::new();
        };
        let is_at_ceiling =
            |ladder: &Option<Ladder>| ladder.is_some_and(|ladder| ladder.is_at_ceiling(signature));
        let items = &movements.items;
        let mut rows: Vec<(Step, bool)> = items
            .iter()
            .map(|item| (item.moved.of(signature), is_at_ceiling(&item.ladder)))
            .collect();
        if rows.len() > 1 {
            let all_at_ceiling = rows.iter().all(|(_, is_at_ceiling)| *is_at_ceiling);
            rows.push((movements.whole.of(signature), all_at_ceiling));
        }
        let mut parts = Vec::new();
        for (row, (step, is_at_ceiling)) in rows.into_iter().enumerate() {
            let part = match step {
                Step::Up => 0,
                Step::Same => 1,
                Step::Down => 2,
                Step::NotMeasurable => 3,
            };
            parts.push(row * PARTS + part);
            if is_at_ceiling && step != Step::NotMeasurable {
                parts.push(row * PARTS + 4);
            }
        }
        parts
    }

    fn transitions(&self) -> Vec<Transition> {
        // Where the cells of each item begin, among those of all.
        let mut starts = Vec::new();
        let mut size = 0;
        for item in self.declared {
            starts.push(size);
            size += item.codes.as_ref().map_or(0, |codes| codes.len() * codes.len());
        }
        if size == 0 {
            return Vec::new();
        }
        let parts = |signature: &Signature<'_>| {
            let compiled = self.compiled.filter(|(steps, _)| steps.is_due(signature));
            let items = compiled.map_or(&[][..], |(_, movements)| &movements.items);
            let ladders = items.iter().zip(&starts).filter_map(|(item, start)| {
                let ladder = item.ladder?;
                let (before, after) = ladder.ends(signature);
                Some(start + (before * (ladder.levels + 1) + after) as usize)
            });
            ladders.collect()
        };
        let mut transitions = Vec::new();
        for group in self.counted.sums(size, size, parts) {
            let sums = group.sums.filter(|_| self.compiled.is_some());
            for (item, start) in self.declared.iter().zip(&starts) {
                let codes = item.codes.as_deref().unwrap_or_default();
                let pairs =
                    codes.iter().flat_map(|before| codes.iter().map(move |after| (before, after)));
                transitions.extend(pairs.enumerate().map(|(cell, (before, after))| Transition {
                    register: self.register.clone(),
                    indicator: self.indicator.clone(),
                    group: group.group.clone(),
                    item: item.name.clone(),
                    before: before.clone(),
                    after: after.clone(),
                    units: sums.as_ref().map(|sums| sums[start + cell]),
                }));
            }
        }
        transitions
    }
}
