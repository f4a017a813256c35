//! Coverage: which months have what is expected of each part.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use super::quantity::ByGroup;
use super::sums::Counted;
use crate::data::{level_codes, level_count};
use crate::day;
use crate::project::{Active, Column, Coverage, Indicator, Measure, Named, Project};
use crate::tally::{Accounting, Place, Steps};

/// What came of one expected month of one part.
#[derive(Debug, Clone, PartialEq)]
pub struct CoverageCell {
    /// The indicator.
    pub indicator: String,
    /// The register that it is computed from.
    pub register: String,
    /// The first day of the month.
    pub month: NaiveDate,
    /// The codes of the part, one for each column of `of_each`.
    pub part: Vec<String>,
    /// What came of it.
    pub state: CellState,
}

/// What came of an expected month of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CellState {
    /// The month has a row that meets the condition.
    Covered,
    /// It has none.
    NotCovered,
    /// It has only rows of which it is not known.
    Unknown,
    /// The month has not ended at `as_of`.
    NotDue,
    /// The part was not active.
    NotExpected,
}

impl CellState {
    /// The word as tables write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Covered => "covered",
            Self::NotCovered => "not_covered",
            Self::Unknown => "unknown",
            Self::NotDue => "not_due",
            Self::NotExpected => "not_expected",
        }
    }
}

/// A cell of everybody: the first day of the month, the codes of the part, and what came of it.
pub(super) type Cell = (NaiveDate, Vec<String>, CellState);

/// Whether a cell has a success, and whether it has a row of which it is not known.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    success: bool,
    unknown: bool,
}

/// The cells that a coverage expects: months of the project and parts.
#[derive(Debug)]
pub(super) struct Expected<'a> {
    coverage: &'a Coverage,
    columns: Vec<(&'a str, &'a Column)>,
    /// Months since the year 0, from the project's first to its last.
    months: std::ops::RangeInclusive<i64>,
    as_of: NaiveDate,
}

impl<'a> Expected<'a> {
    /// `None` where the project has no first or last day, so that no month is expected.
    pub(super) fn new(
        project: &Project,
        columns: &'a Named<Column>,
        indicator: &'a Indicator,
        as_of: NaiveDate,
    ) -> Option<Self> {
        let Measure::Coverage(coverage) = &indicator.measure else { return None };
        let columns = coverage
            .of_each
            .iter()
            .map(|name| Some((name.as_str(), columns.get(name)?)))
            .collect::<Option<_>>()?;
        let months = month_of(project.first_day?)..=month_of(project.last_day?);
        Some(Self { coverage, columns, months, as_of })
    }

    /// Every combination of levels, one for each column.
    fn parts(&self) -> Vec<Vec<i64>> {
        let mut parts: Vec<Vec<i64>> = vec![Vec::new()];
        for (_, column) in &self.columns {
            let levels = 0..i64::try_from(level_count(column)).unwrap_or(0);
            parts = parts
                .iter()
                .flat_map(|part| levels.clone().map(|level| [&part[..], &[level]].concat()))
                .collect();
        }
        parts
    }

    fn codes(&self, part: &[i64]) -> Vec<String> {
        let code = |((_, column), level): (&(&str, &Column), &i64)| {
            let position = usize::try_from(*level).unwrap_or(usize::MAX);
            level_codes(column).get(position).cloned().unwrap_or_default()
        };
        self.columns.iter().zip(part).map(code).collect()
    }

    /// What is to be said of a cell before its rows are looked at.
    fn expectation(&self, month: i64, codes: &[String]) -> Option<CellState> {
        let (first, last) = ends_of(month)?;
        let is_of = |active: &&Active| {
            active.part.0.iter().all(|(column, level)| {
                let position = self.columns.iter().position(|(name, _)| name == column);
                position.is_some_and(|position| codes[position] == level.to_string())
            })
        };
        let mut periods = self.coverage.active.iter().filter(is_of).peekable();
        // A part without a period of its own is active all the time; a month counts if any day of it does.
        let is_active = periods.peek().is_none()
            || periods.any(|active| {
                active.first_day.is_none_or(|day| day <= last)
                    && active.last_day.is_none_or(|day| day >= first)
            });
        if !is_active {
            return Some(CellState::NotExpected);
        }
        (last > self.as_of).then_some(CellState::NotDue)
    }
}

impl Counted<'_> {
    /// The cells of a coverage, counted for every group: a group of the parts' own columns expects its parts only, any
    /// other group expects all. And every cell of everybody.
    pub(super) fn coverage(
        &self,
        steps: &Steps,
        months: usize,
        expected: &Expected<'_>,
        groups: impl Iterator<Item = Vec<Option<u32>>>,
    ) -> (ByGroup<Accounting>, Vec<Cell>) {
        let counts = |place| matches!(place, Place::Success | Place::Missing);
        let seen: ByGroup<HashMap<Vec<i64>, Seen>> = self.beside(
            steps,
            self.marks(months),
            counts,
            |cells: &mut HashMap<_, Seen>, place, (mark, _)| {
                let seen = cells.entry(mark.to_vec()).or_default();
                seen.success |= place == Place::Success;
                seen.unknown |= place == Place::Missing;
            },
        );
        let crossed = &self.plan.crossing.columns;
        let parts: Vec<(Vec<i64>, Vec<String>)> = expected
            .parts()
            .into_iter()
            .map(|part| {
                let codes = expected.codes(&part);
                (part, codes)
            })
            .collect();
        let mut of_everybody = Vec::new();
        let counted = groups.map(|group| {
            let is_of_group = |part: &[i64]| {
                expected.columns.iter().zip(part).all(|((name, _), level)| {
                    let position = crossed.iter().position(|column| column.name == *name);
                    let asked = position.and_then(|position| group[position]);
                    asked.is_none_or(|asked| i64::from(asked) == *level)
                })
            };
            let cells = seen.get(&group);
            let mut counts = Accounting::default();
            for month in expected.months.clone() {
                for (part, codes) in parts.iter().filter(|(part, _)| is_of_group(part)) {
                    let state = expected.expectation(month, codes).unwrap_or_else(|| {
                        let key = [&[month], &part[..]].concat();
                        match cells.and_then(|cells| cells.get(&key)).copied().unwrap_or_default() {
                            Seen { success: true, .. } => CellState::Covered,
                            Seen { unknown: true, .. } => CellState::Unknown,
                            Seen { .. } => CellState::NotCovered,
                        }
                    });
                    count(&mut counts, state);
                    if let (true, Some((first, _))) =
                        (group.iter().all(Option::is_none), ends_of(month))
                    {
                        of_everybody.push((first, codes.clone(), state));
                    }
                }
            }
            (group.clone(), counts)
        });
        let counted = counted.collect();
        (counted, of_everybody)
    }
}

fn count(counts: &mut Accounting, state: CellState) {
    match state {
        CellState::Covered => counts.successes += 1,
        CellState::NotCovered => counts.failures += 1,
        CellState::Unknown => counts.missing += 1,
        CellState::NotDue => counts.not_due += 1,
        CellState::NotExpected => counts.excluded += 1,
    }
}

/// Months since the year 0.
fn month_of(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month0())
}

/// The first and the last day of a month.
fn ends_of(month: i64) -> Option<(NaiveDate, NaiveDate)> {
    let year = i32::try_from(month.div_euclid(12)).ok()?;
    let first = NaiveDate::from_ymd_opt(year, u32::try_from(month.rem_euclid(12)).ok()? + 1, 1)?;
    let last = day::Delay::Months(1).after(first)?.pred_opt()?;
    Some((first, last))
}
