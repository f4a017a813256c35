//! The evaluation without what is hidden.

use std::collections::HashSet;

use super::PublicationRules;
use super::counts::{STAGE_PARTS, STEP_PARTS, SURVEY_PARTS};
use super::printed::{Printed, crossed};
use crate::assess::{
    CostPart, Crossed, CrossedCell, Evaluation, Figure, FlowReason, GoalReason, IncidenceCounts,
    IncidenceFigure, Reason, State, Transition,
};
use crate::disclosure::is_certain;
use crate::project::{Measure, Need, NeedOf, Project};
use crate::tally::Accounting;

/// Which rows of each table of a publication hold less than those of the evaluation did, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Protected {
    /// Rows of [`Evaluation::figures`].
    pub figures: Vec<bool>,
    /// Rows of [`Evaluation::verdicts`].
    pub verdicts: Vec<bool>,
    /// Rows of [`Evaluation::steps`].
    pub steps: Vec<bool>,
    /// Rows of [`Evaluation::transitions`].
    pub transitions: Vec<bool>,
    /// Rows of [`Evaluation::survey`].
    pub survey: Vec<bool>,
    /// Rows of [`Evaluation::incidence`].
    pub incidence: Vec<bool>,
    /// Rows of [`Evaluation::flow`].
    pub flow: Vec<bool>,
    /// Rows of [`Evaluation::flow_reasons`].
    pub flow_reasons: Vec<bool>,
    /// Rows of [`Evaluation::money`].
    pub money: Vec<bool>,
    /// Rows of [`Evaluation::planned`].
    pub planned: Vec<bool>,
}

/// An evaluation without what is hidden, and which of its rows hold less.
pub(super) fn masked(
    project: &Project,
    evaluation: &Evaluation,
    printed: &Printed,
    hidden: &[bool],
    asked: &PublicationRules,
) -> (Evaluation, Protected) {
    let mask = Mask { project, evaluation, printed, hidden, threshold: asked.rules.threshold };
    let mut masked = evaluation.clone();
    let mut protected = Protected::default();
    let is_published = |group: &[Option<u32>]| printed.tables.contains(&crossed(group));
    masked.figures.rows.retain(|figure| is_published(figure.group()));
    masked.steps.retain(|row| is_published(row.group()));
    masked.transitions.retain(|row| is_published(row.group()));
    masked.survey.retain(|row| is_published(row.group()));
    masked.incidence.retain(|row| is_published(row.group()));
    masked.flow.retain(|row| is_published(row.group()));
    masked.flow_reasons.retain(|row| is_published(row.group()));
    mask.incidence(&mut masked.incidence, &mut protected);
    mask.figures(&mut masked, &mut protected);
    mask.steps(&mut masked, &mut protected);
    mask.survey(&mut masked, &mut protected);
    mask.flow(&mut masked, &mut protected);
    // The smallest number is one person's; who is in several groups, and what was found in rows, is in no system.
    let is_open = |register: &str| printed.is_open(register);
    masked.distributions.retain(|row| is_open(&row.register));
    masked.overlap.retain(|row| is_open(&row.register));
    masked.findings.clear();
    let shown = masked.crossed.iter().map(|table| mask.crossed(table)).collect();
    masked.crossed = shown;
    masked.tally = masked.tally.without_counts();
    let masked = masked.judged_anew(project);
    protected.figures = masked.figures.iter().map(Figure::is_protected).collect();
    let of_goal = |indicator: &Option<String>| {
        let figure = indicator.as_ref().and_then(|indicator| masked.figure(indicator));
        figure.is_some_and(Figure::is_protected)
    };
    protected.verdicts = masked
        .verdicts
        .iter()
        .map(|verdict| {
            let is_gone = verdict.reason == Some(GoalReason::Figure(Reason::Protected));
            is_gone
                || (verdict.value.is_some()
                    && verdict.settled.is_none()
                    && of_goal(&verdict.indicator))
        })
        .collect();
    let costs = masked.money.iter();
    protected.money = costs
        .map(|cost| cost.part == CostPart::PerUnit && cost.units.is_none() && of_goal(&cost.of))
        .collect();
    let gone = Some(Reason::Protected.word());
    let planned = masked.planned.iter();
    protected.planned =
        planned.map(|planned| planned.reason.map(crate::PlannedReason::word) == gone).collect();
    (masked, protected)
}

/// The rows of figures that are shown and tell of everybody in a small group.
pub(super) fn certain(
    project: &Project,
    evaluation: &Evaluation,
    asked: &PublicationRules,
) -> Vec<usize> {
    let figures = &evaluation.figures;
    let is_one = |figure: &Figure| {
        let indicator = project.indicators.get(figures.indicator(figure));
        let is_open = asked.open.iter().any(|open| open == figures.register(figure));
        let is_of_units = indicator.is_some_and(|indicator| indicator.measure.counts_units());
        is_of_units
            && !is_open
            && figures.value(figure).is_some()
            && figure.outcome().is_some_and(|(successes, observed)| {
                is_certain(successes, observed, asked.smallest_group())
            })
    };
    let rows = figures.iter().enumerate().filter(|(_, figure)| is_one(figure));
    rows.map(|(row, _)| row).collect()
}

struct Mask<'a> {
    project: &'a Project,
    evaluation: &'a Evaluation,
    printed: &'a Printed,
    hidden: &'a [bool],
    threshold: u64,
}

impl Mask<'_> {
    fn shows(&self, register: &str, name: &str, group: &[Option<u32>]) -> bool {
        self.printed.shows(self.hidden, (register, name), group)
    }

    /// Whether a number of persons that is in no system may be shown: it is none, or not few.
    const fn is_safe(&self, units: u64) -> bool {
        units == 0 || units >= self.threshold
    }

    fn figures(&self, masked: &mut Evaluation, protected: &mut Protected) {
        let of_everybody: HashSet<String> = masked
            .incidence
            .iter()
            .zip(&protected.incidence)
            .filter(|(row, is_hidden)| **is_hidden && row.group().iter().all(Option::is_none))
            .map(|(row, _)| row.indicator.clone())
            .collect();
        let figures = &self.evaluation.figures;
        for figure in &mut masked.figures.rows {
            let Some(counts) = figure.counts else { continue };
            let (register, name) = (figures.register(figure), figures.indicator(figure));
            let measure = self.project.indicators.get(name).map(|indicator| &indicator.measure);
            // A coverage counts months and parts, and nobody is in them.
            if self.printed.is_open(register) || matches!(measure, Some(Measure::Coverage(_))) {
                continue;
            }
            let parts = counts.parts();
            let shown: Vec<bool> = Accounting::PARTS
                .iter()
                .map(|part| self.shows(register, &format!("{name}.{part}"), figure.group()))
                .collect();
            let mut left = [None; Accounting::PARTS.len()];
            for ((left, part), is_shown) in left.iter_mut().zip(parts).zip(&shown) {
                *left = is_shown.then_some(part);
            }
            if left.iter().any(Option::is_none) {
                (figure.counts, figure.shown) = (None, Some(Box::new(left)));
            }
            let is_number = matches!(
                measure,
                Some(
                    Measure::Sum(_) | Measure::Mean(_) | Measure::Ratio(_) | Measure::Incidence(_)
                )
            );
            let may_leave = !is_number
                || figure.is_overall()
                    && self.is_safe(counts.observed())
                    && !self.printed.withheld.contains(&figure.indicator)
                    && !of_everybody.contains(name);
            let [.., not_due, _, missing, _, _] = left;
            let tells = figure.outcome().is_some()
                && (figure.state == State::Value || (not_due.is_some() && missing.is_some()));
            if !tells || !may_leave {
                (figure.state, figure.quantity) = (State::Suppressed, None);
            }
        }
    }

    fn steps(&self, masked: &mut Evaluation, protected: &mut Protected) {
        for row in &mut masked.steps {
            let item = row.item.as_deref().unwrap_or_default();
            let is_hidden = row.counts.is_some()
                && STEP_PARTS.iter().any(|part| {
                    let name = format!("steps.{}.{item}.{part}", row.indicator);
                    !self.shows(&row.register, &name, row.group())
                });
            if is_hidden {
                (row.counts, row.up_interval) = (None, None);
            }
            protected.steps.push(is_hidden);
        }
        let is_same = |one: &Transition, other: &Transition| {
            (&one.indicator, &one.group, &one.item) == (&other.indicator, &other.group, &other.item)
        };
        // A matrix has as many rows as columns, unknown last.
        for matrix in masked.transitions.chunk_by_mut(is_same) {
            let levels = matrix.len().isqrt().max(1);
            for (cell, row) in matrix.iter_mut().enumerate() {
                let (before, after) = (cell / levels, cell % levels);
                let name = format!("transitions.{}.{}.{before}>{after}", row.indicator, row.item);
                let is_hidden =
                    row.units.is_some() && !self.shows(&row.register, &name, row.group());
                if is_hidden {
                    row.units = None;
                }
                protected.transitions.push(is_hidden);
            }
        }
    }

    fn survey(&self, masked: &mut Evaluation, protected: &mut Protected) {
        for row in &mut masked.survey {
            let item = row.item.as_deref().unwrap_or_default();
            let shows = |part: &str| {
                let name = format!("survey.{}.{item}.{part}", row.indicator);
                self.shows(&row.register, &name, row.group())
            };
            let hides_counts = row.counts.is_some() && !SURVEY_PARTS.iter().all(|part| shows(part));
            let hides_respondents = row.respondents.is_some() && !shows("respondents");
            if hides_counts {
                (row.counts, row.interval) = (None, None);
            }
            if hides_respondents {
                (row.respondents, row.response_rate) = (None, None);
            }
            protected.survey.push(hides_counts || hides_respondents);
        }
    }

    /// Incidences rest on days, which are in no system: they are shown of everybody, and only where no horizon, and no
    /// time between two, has few events or few who are not followed.
    fn incidence(&self, rows: &mut [IncidenceFigure], protected: &mut Protected) {
        let is_same = |one: &IncidenceFigure, other: &IncidenceFigure| {
            one.indicator == other.indicator && one.group() == other.group()
        };
        for rows in rows.chunk_by_mut(is_same) {
            let Some(first) = rows.first() else { continue };
            let is_open = self.printed.is_open(&first.register);
            let is_overall = first.group().iter().all(Option::is_none);
            let may_leave = is_open || (is_overall && self.are_safe(rows));
            for row in rows {
                let is_hidden = row.counts.is_some() && !may_leave;
                if is_hidden {
                    (row.counts, row.value, row.interval, row.median_days) =
                        (None, None, None, None);
                }
                protected.incidence.push(is_hidden);
            }
        }
    }

    fn are_safe(&self, rows: &[IncidenceFigure]) -> bool {
        let parts = |counts: IncidenceCounts| {
            let rest = counts.started.saturating_sub(counts.events + counts.censored);
            [counts.started, counts.events, counts.censored, rest]
        };
        rows.iter().enumerate().all(|(number, row)| {
            let Some(counts) = row.counts.map(parts) else { return true };
            let earlier = rows.iter().take(number).filter(|other| other.event == row.event);
            let mut gaps = earlier.filter_map(|other| other.counts.map(parts)).flat_map(|other| {
                counts.into_iter().zip(other).map(|(one, other)| one.abs_diff(other))
            });
            counts.into_iter().all(|units| self.is_safe(units))
                && gaps.all(|units| self.is_safe(units))
        })
    }

    fn flow(&self, masked: &mut Evaluation, protected: &mut Protected) {
        let first = masked.flow.first().map(|row| row.stage.clone());
        for row in &mut masked.flow {
            let shows = |stage: &str, part: &str| {
                let name = format!("flow.{stage}.{part}");
                self.shows(&row.register, &name, row.group())
            };
            let is_hidden = row.counts.is_some()
                && !(STAGE_PARTS.iter().all(|part| shows(&row.stage, part))
                    && first.as_ref().is_none_or(|first| shows(first, "reached")));
            if is_hidden {
                row.counts = None;
            }
            protected.flow.push(is_hidden);
        }
        let is_same = |one: &FlowReason, other: &FlowReason| {
            one.stage == other.stage && one.group() == other.group()
        };
        for reasons in masked.flow_reasons.chunk_by_mut(is_same) {
            for (reason, row) in reasons.iter_mut().enumerate() {
                let name = format!("flow_reasons.{}.{reason}", row.stage);
                let is_hidden =
                    row.units.is_some() && !self.shows(&row.register, &name, row.group());
                if is_hidden {
                    row.units = None;
                }
                protected.flow_reasons.push(is_hidden);
            }
        }
    }

    /// A table of counts that checks are made of: all of it or nothing.
    fn crossed(&self, table: &Crossed) -> Crossed {
        let register = &table.need.register;
        let is_shown = |cell: &CrossedCell| self.shows_cell(&table.need, cell);
        let cells = match &table.cells {
            Ok(cells) if self.printed.is_open(register) || cells.iter().all(is_shown) => {
                Ok(cells.clone())
            }
            Ok(_) => Err(Reason::Protected),
            Err(reason) => Err(*reason),
        };
        Crossed { cells, need: table.need.clone(), columns: table.columns.clone() }
    }

    fn shows_cell(&self, need: &Need, cell: &CrossedCell) -> bool {
        let columns = self.evaluation.figures.columns();
        let mut group = vec![None; columns.len()];
        for (name, level) in need.columns.iter().zip(&cell.levels) {
            let place = columns.iter().position(|column| column.name == *name);
            let Some(known) = place.and_then(|place| group.get_mut(place)) else { return false };
            *known = Some(*level);
        }
        let shows = |name: &str| self.shows(&need.register, name, &group);
        if !self.printed.tables.contains(&crossed(&group)) {
            return false;
        }
        match need.of {
            NeedOf::Indicator(position) => {
                let name = self.project.indicators.get_index(position).map(|(name, _)| name);
                name.is_some_and(|name| {
                    Accounting::PARTS.iter().all(|part| shows(&format!("{name}.{part}")))
                })
            }
            NeedOf::Units => shows("units"),
            NeedOf::Flow => self.project.flow.iter().flat_map(|flow| &flow.stages).all(|stage| {
                STAGE_PARTS.iter().all(|part| shows(&format!("flow.{}.{part}", stage.id)))
            }),
            // Days are those of persons, unless the register is open.
            NeedOf::Days(_) => false,
        }
    }
}
