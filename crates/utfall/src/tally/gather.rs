//! Gathering: what a row leaves beside the histogram.

use std::collections::HashMap;
use std::ops::Range;

use super::beside::{Beside, Classes, Mark};
use super::histogram::classes_at;
use super::plan::Plan;
use crate::data::{Days, LevelCodes, Numbers, Register};
use crate::day::{self, Delay};
use crate::stats::Moments;

/// What is read of a row for a mark. Columns are named by their position in the register's declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum MarkPlan {
    /// From a date to the first of several events, or to the day on which the world is looked at: days; the same time as
    /// whole calendar months and days beyond; the event from 1, in declared order, or 0 for none yet.
    Spell { after: usize, events: Vec<usize>, as_of: i32 },
    /// The month of a date, counted from the year 0, and levels of columns.
    Month { month: usize, of_each: Vec<usize> },
    /// A number in units of its column's last decimal.
    Number { column: usize },
}

/// The combination of classes of a row, as a number: its place in a dense histogram, or the order in which it came.
type Combination = u32;

type Hashed<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// How many units have each mark.
type Counted = Hashed<Mark, u64>;

/// Gathers sums and marks of the rows that one thread counts.
#[derive(Debug)]
pub(super) struct Gatherer {
    sums: Hashed<Combination, Vec<Moments>>,
    marks: Vec<Hashed<Combination, Counted>>,
    /// The classes of combinations that have no place of their own.
    combinations: Hashed<Classes, Combination>,
    mark: Vec<i64>,
}

impl Gatherer {
    pub(super) fn new(plan: &Plan) -> Self {
        Self {
            sums: HashMap::default(),
            marks: vec![HashMap::default(); plan.marks.len()],
            combinations: HashMap::default(),
            mark: Vec::new(),
        }
    }

    /// The number of a combination that has no place of its own.
    pub(super) fn combination(&mut self, classes: &[u32]) -> Combination {
        if let Some(known) = self.combinations.get(classes) {
            return *known;
        }
        let number = u32::try_from(self.combinations.len()).unwrap_or(u32::MAX);
        self.combinations.insert(classes.into(), number);
        number
    }

    /// Adds rows with their combinations. `None`: more than can be held.
    pub(super) fn add(
        &mut self,
        plan: &Plan,
        register: &Register<'_>,
        rows: Range<usize>,
        combinations: &[Combination],
    ) -> Option<()> {
        let units = |row: usize| register.weights.as_ref().map_or(1, |weights| weights[row]);
        for (sum, summed) in plan.sums.iter().enumerate() {
            let Some(numbers) = register.numbers(summed.column) else { continue };
            for (row, combination) in rows.clone().zip(combinations) {
                let Some(number) = numbers.at(row) else { continue };
                let moments = self
                    .sums
                    .entry(*combination)
                    .or_insert_with(|| vec![Moments::default(); plan.sums.len()]);
                moments[sum].add(number, units(row))?;
            }
        }
        for (kind, mark) in plan.marks.iter().enumerate() {
            let Some(reader) = MarkReader::new(mark, register) else { continue };
            for (row, combination) in rows.clone().zip(combinations) {
                self.mark.clear();
                if units(row) == 0 || reader.read(row, &mut self.mark).is_none() {
                    continue;
                }
                let marks = self.marks[kind].entry(*combination).or_default();
                match marks.get_mut(&self.mark[..]) {
                    Some(count) => *count = count.checked_add(units(row))?,
                    None => {
                        marks.insert(self.mark[..].into(), units(row));
                    }
                }
            }
        }
        Some(())
    }

    /// What was gathered, by classes; `shape` is that of a dense histogram.
    pub(super) fn finish(self, plan: &Plan, shape: &[u32], is_dense: bool) -> Beside {
        let mut beside = Beside::new(plan.sums.len(), plan.marks.len());
        let mut classes = vec![0; shape.len()];
        let interned: Hashed<Combination, Classes> =
            self.combinations.into_iter().map(|(classes, number)| (number, classes)).collect();
        let mut classes_of = |combination: Combination| -> Classes {
            if is_dense {
                classes_at(combination as usize, shape, &mut classes);
                return classes[..].into();
            }
            interned.get(&combination).cloned().unwrap_or_default()
        };
        for (combination, moments) in self.sums {
            let classes = classes_of(combination);
            for (sums, moments) in beside.sums.iter_mut().zip(moments) {
                if moments.units() > 0 {
                    sums.insert(classes.clone(), moments);
                }
            }
        }
        for (whole, kind) in beside.marks.iter_mut().zip(self.marks) {
            for (combination, marks) in kind {
                let classes = classes_of(combination);
                for (mark, units) in marks {
                    whole.insert((classes.clone(), mark), units);
                }
            }
        }
        beside
    }
}

/// The columns that a mark is read from, bound.
enum MarkReader<'r> {
    Spell { after: &'r Days<'r>, events: Vec<Option<&'r Days<'r>>>, as_of: i32 },
    Month { month: &'r Days<'r>, of_each: Vec<&'r LevelCodes<'r>> },
    Number(&'r Numbers),
}

impl<'r> MarkReader<'r> {
    /// `None` where the table lacks a column without which there is no mark.
    fn new(plan: &MarkPlan, register: &'r Register<'_>) -> Option<Self> {
        Some(match plan {
            MarkPlan::Spell { after, events, as_of } => Self::Spell {
                after: register.days(*after)?,
                events: events.iter().map(|event| register.days(*event)).collect(),
                as_of: *as_of,
            },
            MarkPlan::Month { month, of_each } => {
                let levels = of_each.iter().map(|column| register.levels(*column));
                Self::Month {
                    month: register.days(*month)?,
                    of_each: levels.collect::<Option<_>>()?,
                }
            }
            MarkPlan::Number { column } => Self::Number(register.numbers(*column)?),
        })
    }

    /// The mark of a row; `None` where it has none.
    fn read(&self, row: usize, mark: &mut Vec<i64>) -> Option<()> {
        match self {
            Self::Spell { after, events, as_of } => {
                let start = after.at(row)?;
                let happened =
                    |(event, days): (usize, Option<&Days<'_>>)| Some((days?.at(row)?, event + 1));
                // The first day counts; of several events on one day the one that is declared first.
                let first = events.iter().copied().enumerate().filter_map(happened).min();
                let (end, event) = first.unwrap_or((*as_of, 0));
                if end < start {
                    return None;
                }
                let (months, rest) = months_between(start, end)?;
                mark.extend([i64::from(end) - i64::from(start), months, rest]);
                mark.push(i64::try_from(event).ok()?);
            }
            Self::Month { month, of_each } => {
                use chrono::Datelike;
                let day = day::from_number(month.at(row)?)?;
                mark.push(i64::from(day.year()) * 12 + i64::from(day.month0()));
                for levels in of_each {
                    let level = levels.at(row);
                    if level == levels.unknown {
                        return None;
                    }
                    mark.push(level.into());
                }
            }
            Self::Number(numbers) => {
                let number = numbers.at(row)?;
                // Beyond 2^53 doubles are no longer told apart by whole numbers.
                #[allow(clippy::cast_possible_truncation, reason = "checked before")]
                mark.push((number.abs() < 9e15).then_some(number as i64)?);
            }
        }
        Some(())
    }
}

/// Whole calendar months between two days, as [`Delay::Months`] counts them, and the days beyond.
fn months_between(start: i32, end: i32) -> Option<(i64, i64)> {
    use chrono::Datelike;
    let (first, last) = (day::from_number(start)?, day::from_number(end)?);
    let months = (last.year() - first.year()) * 12 + i32::try_from(last.month()).ok()?
        - i32::try_from(first.month()).ok()?;
    let mut months = u32::try_from(months).ok()?;
    // The day within the month may not be reached yet.
    let mut reached = Delay::Months(months).after(first)?;
    if reached > last {
        months = months.checked_sub(1)?;
        reached = Delay::Months(months).after(first)?;
    }
    Some((months.into(), i64::from(end) - i64::from(day::number(reached))))
}

#[cfg(test)]
mod tests {
    use super::months_between;
    use crate::day;

    /// Worked out on a calendar: a day that the month lacks becomes the month's last.
    #[test]
    fn months_are_those_of_the_calendar() {
        let cases = [
            ("2021-11-30", "2022-02-28", (3, 0)),
            ("2021-11-30", "2022-02-27", (2, 28)),
            ("2021-01-31", "2021-03-01", (1, 1)),
            ("2020-02-29", "2021-02-28", (12, 0)),
            ("2022-03-15", "2022-03-15", (0, 0)),
            ("2022-03-15", "2022-04-14", (0, 30)),
        ];
        for (start, end, expected) in cases {
            let number = |text| day::number(day::parse(text).unwrap());
            assert_eq!(months_between(number(start), number(end)), Some(expected), "{start} {end}");
        }
    }
}
