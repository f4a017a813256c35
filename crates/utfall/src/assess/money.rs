//! Money: what the project was to cost, what it came to, and what that is for each of those whom it reached.

use chrono::NaiveDate;

use super::evaluation::Evaluation;
use super::figure::State;
use crate::project::{Decimal, Goal, Money, Project, Promise, Revision, Threshold};

/// A cost, planned and as it came to, against one version of the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Cost {
    /// What the cost is of.
    pub part: CostPart,
    /// The indicator whose units it is divided by, or who pays; `None` for the whole cost.
    pub of: Option<String>,
    /// The day from which this version of the plan holds; `None` where there is no plan.
    pub plan_from: Option<NaiveDate>,
    /// Whether it is the latest version in force.
    pub current: bool,
    /// The planned cost, in the currency of the project; of [`CostPart::PerUnit`] for each planned unit.
    pub planned: Option<f64>,
    /// How many units a goal promised when this version began; of [`CostPart::PerUnit`] only.
    pub planned_units: Option<u64>,
    /// The cost that it came to; of [`CostPart::PerUnit`] for each unit.
    pub outcome: Option<f64>,
    /// How many units there are; of [`CostPart::PerUnit`] only. `None` where their figure has no value.
    pub units: Option<u64>,
}

/// What a cost is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CostPart {
    /// The whole project.
    Whole,
    /// One unit of an indicator: a participant, somebody who got work.
    PerUnit,
    /// The share of one of those who pay.
    Funding,
}

impl CostPart {
    /// The word as tables write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::PerUnit => "per_unit",
            Self::Funding => "funding",
        }
    }
}

impl Cost {
    /// The outcome as a fraction of what was planned; `None` where one of them is not known, or nothing was planned.
    pub fn outcome_of_planned(&self) -> Option<f64> {
        Some(self.outcome? / self.planned.filter(|planned| *planned > 0.0)?)
    }
}

/// The costs of a project: the whole, for each unit, and of each who pays, for every version of the plan in force.
pub(super) fn costs(project: &Project, evaluation: &Evaluation) -> Vec<Cost> {
    let Some(money) = &project.money else { return Vec::new() };
    let in_force = money.plan.iter().filter(|version| version.from <= evaluation.as_of);
    let mut versions: Vec<Option<&Revision>> = in_force.map(Some).collect();
    if versions.is_empty() {
        versions.push(None);
    }
    let last = versions.len() - 1;
    let of_version = |(position, version): (usize, Option<&Revision>)| {
        of_version(project, money, evaluation, version, position == last)
    };
    versions.into_iter().enumerate().flat_map(of_version).collect()
}

fn of_version(
    project: &Project,
    money: &Money,
    evaluation: &Evaluation,
    version: Option<&Revision>,
    current: bool,
) -> Vec<Cost> {
    let number = |number: &Decimal| number.to_f64();
    let whole = Cost {
        part: CostPart::Whole,
        of: None,
        plan_from: version.map(|version| version.from),
        current,
        planned: version.map(|version| number(&version.value)),
        planned_units: None,
        outcome: money.outcome.as_ref().map(number),
        units: None,
    };
    let per_unit = money.per.iter().map(|indicator| {
        let planned = version.and_then(|version| promised(project, indicator, version.from));
        let units = units(evaluation, indicator);
        Cost {
            part: CostPart::PerUnit,
            of: Some(indicator.clone()),
            planned: per(whole.planned, planned),
            planned_units: planned,
            outcome: per(whole.outcome, units),
            units,
            ..whole.clone()
        }
    });
    let funding = money.funding.iter().map(|funding| {
        let share = number(&funding.share);
        Cost {
            part: CostPart::Funding,
            of: Some(funding.source.clone()),
            planned: whole.planned.map(|planned| planned * share),
            outcome: whole.outcome.map(|outcome| outcome * share),
            ..whole.clone()
        }
    });
    [whole.clone()].into_iter().chain(per_unit).chain(funding).collect()
}

/// The cost for each unit; none of nobody.
#[allow(clippy::cast_precision_loss, reason = "counts of units lie far below 2^53")]
fn per(cost: Option<f64>, units: Option<u64>) -> Option<f64> {
    Some(cost? / units.filter(|units| *units > 0)? as f64)
}

/// The units that an indicator counts as successes: of a count all of them.
fn units(evaluation: &Evaluation, indicator: &str) -> Option<u64> {
    let figure = evaluation.figure(indicator).filter(|figure| figure.state == State::Value)?;
    figure.outcome().map(|(successes, _)| successes)
}

/// How many units goals promised on a day: at least so many of a count.
fn promised(project: &Project, indicator: &str, on: NaiveDate) -> Option<u64> {
    use crate::project::Measure;
    let is_count = matches!(project.indicators.get(indicator)?.measure, Measure::Count(_));
    let promised_by = |goal: &Goal| {
        let target = goal.targets.iter().rev().find(|target| target.from <= on)?;
        match &target.promise {
            Promise::AtLeast(Threshold::Number(number)) => u64::try_from(number.to_integer()?).ok(),
            _ => None,
        }
    };
    let of_indicator = |goal: &&Goal| goal.indicator.as_deref() == Some(indicator);
    project.goals.values().filter(of_indicator).find_map(promised_by).filter(|_| is_count)
}
