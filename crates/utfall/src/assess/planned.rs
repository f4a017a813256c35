//! Plan against outcome: how much of what was planned, for the project and for parts that were active some of the time.

use chrono::NaiveDate;

use super::evaluation::Evaluation;
use super::figure::{Figure, Reason};
use crate::project::{Period, Planned, Project};

/// What was planned of an indicator, what of that is expected at `as_of`, and what came out.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedFigure {
    /// The indicator.
    pub indicator: String,
    /// The columns and codes of the part; empty: the whole project.
    pub part: Vec<(String, String)>,
    /// The day from which this version of the plan holds.
    pub plan_from: NaiveDate,
    /// Whether it is the latest version in force.
    pub current: bool,
    /// The number planned for the whole of the project's time.
    pub planned: f64,
    /// How many days the project has; `None` where its first or last day is not declared.
    pub days: Option<u64>,
    /// On how many of them, up to `as_of`, the part was active.
    pub active_days: Option<u64>,
    /// The value that came out.
    pub outcome: Option<f64>,
    /// Why there is none.
    pub reason: Option<PlannedReason>,
}

/// Why a plan has no outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlannedReason {
    /// The figures of this evaluation are not crossed by the columns of the part.
    NotCrossed,
    /// The figure has no value.
    Figure(Reason),
}

impl PlannedReason {
    /// The word as tables write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotCrossed => "not_crossed",
            Self::Figure(reason) => reason.word(),
        }
    }
}

impl PlannedFigure {
    /// What is expected by `as_of`: of the planned the part that the active days are of the project's, each day alike.
    #[allow(clippy::cast_precision_loss, reason = "days are few")]
    pub fn expected(&self) -> Option<f64> {
        let (active, days) = (self.active_days?, self.days.filter(|days| *days > 0)?);
        Some(self.planned * (active as f64 / days as f64))
    }

    /// The outcome as a fraction of what is expected; `None` where nothing is.
    pub fn outcome_of_expected(&self) -> Option<f64> {
        Some(self.outcome? / self.expected().filter(|expected| *expected > 0.0)?)
    }
}

/// Every plan in force at `as_of`, one row for each of its versions.
pub(super) fn planned(project: &Project, evaluation: &Evaluation) -> Vec<PlannedFigure> {
    let mut rows = Vec::new();
    let period = project.first_day.zip(project.last_day);
    for planned in &project.planned {
        let part: Vec<(String, String)> = planned
            .part
            .iter()
            .flat_map(|part| &part.0)
            .map(|(column, level)| (column.clone(), level.to_string()))
            .collect();
        let figure = figure_of(evaluation, &planned.indicator, &part);
        let outcome = figure.and_then(|figure| evaluation.figures.value(figure));
        let reason = match figure {
            None => Some(PlannedReason::NotCrossed),
            Some(figure) => figure.state.reason().map(PlannedReason::Figure),
        };
        let in_force: Vec<_> =
            planned.plan.iter().filter(|version| version.from <= evaluation.as_of).collect();
        for (position, version) in in_force.iter().enumerate() {
            rows.push(PlannedFigure {
                indicator: planned.indicator.clone(),
                part: part.clone(),
                plan_from: version.from,
                current: position + 1 == in_force.len(),
                planned: version.value.to_f64(),
                days: period.map(|(first, last)| days(first, last)),
                active_days: period.map(|period| active_days(planned, period, evaluation.as_of)),
                outcome,
                reason,
            });
        }
    }
    rows
}

/// The figure of a part; `None` where figures are not crossed by its columns.
fn figure_of<'e>(
    evaluation: &'e Evaluation,
    indicator: &str,
    part: &[(String, String)],
) -> Option<&'e Figure> {
    let figures = &evaluation.figures;
    figures.iter().filter(|figure| figures.indicator(figure) == indicator).find(|figure| {
        let group: Vec<(&str, &str)> = figures.group(figure).collect();
        let is_in = |(column, code): &(String, String)| group.contains(&(column, code));
        group.len() == part.len() && part.iter().all(is_in)
    })
}

/// How many days there are from the first to the last, both included.
fn days(first: NaiveDate, last: NaiveDate) -> u64 {
    u64::try_from((last - first).num_days() + 1).unwrap_or(0)
}

/// How many days of the project, up to `as_of`, lie in a period of the part.
fn active_days(planned: &Planned, (first, last): (NaiveDate, NaiveDate), as_of: NaiveDate) -> u64 {
    let last = last.min(as_of);
    let always = [Period { first_day: None, last_day: None }];
    let periods = if planned.active.is_empty() { &always[..] } else { &planned.active[..] };
    let mut periods: Vec<(NaiveDate, NaiveDate)> = periods
        .iter()
        .map(|period| {
            let begins = period.first_day.map_or(first, |day| day.max(first));
            (begins, period.last_day.map_or(last, |day| day.min(last)))
        })
        .filter(|(begins, ends)| begins <= ends)
        .collect();
    periods.sort_unstable();
    // A day in two periods is one day.
    let (mut active, mut counted): (u64, Option<NaiveDate>) = (0, None);
    for (begins, ends) in periods {
        let begins = counted.and_then(|day| day.succ_opt()).map_or(begins, |day| day.max(begins));
        if begins <= ends {
            active += days(begins, ends);
            counted = Some(ends);
        }
    }
    active
}
