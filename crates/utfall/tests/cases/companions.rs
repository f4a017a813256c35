//! The tables beside `figures`, as a case names their rows.

use std::fmt::Write;

use toml::{Table as Toml, Value};
use utfall::{Evaluation, FlowCounts, IncidenceCounts, StepCounts, SurveyCounts};

use crate::{Row, differences};

/// A table, and the columns that tell its rows apart within a group; one that a case leaves out is null.
type Keyed = (&'static str, &'static [&'static str]);

const TABLES: [Keyed; 10] = [
    ("steps", &["indicator", "item"]),
    ("transitions", &["indicator", "item", "before", "after"]),
    ("incidence", &["indicator", "event", "months", "days"]),
    ("distributions", &["indicator"]),
    ("coverage", &["indicator", "month", "part"]),
    ("money", &["part", "of", "plan_from"]),
    ("planned", &["indicator", "part", "plan_from"]),
    ("survey", &["indicator", "item"]),
    ("flow", &["stage"]),
    ("flow_reasons", &["stage", "reason"]),
];

/// Compares what a case says of these tables.
pub(crate) fn compare(case: &Toml, evaluation: &Evaluation, faults: &mut String) {
    for (table, keys) in TABLES {
        let found = rows(table, evaluation);
        for expected in list(case, table) {
            let expected = expected.as_table().unwrap();
            let is_it = |row: &&(Toml, Row)| {
                row.0 == group(expected)
                    && keys.iter().all(|key| cell(&row.1, key) == expected.get(*key))
            };
            let rows: Vec<_> = found.iter().filter(is_it).collect();
            match rows[..] {
                [(_, row)] => differences(expected, row, faults),
                _ => writeln!(faults, "  {} rows of {table} {expected}", rows.len()).unwrap(),
            }
        }
        let count = case.get("table_rows").and_then(|rows| rows.get(table));
        if let Some(count) = count.and_then(Value::as_integer)
            && usize::try_from(count).unwrap() != found.len()
        {
            writeln!(faults, "  {} rows of {table}, expected {count}", found.len()).unwrap();
        }
    }
    for expected in list(case, "matrices") {
        compare_matrix(expected.as_table().unwrap(), evaluation, faults);
    }
}

/// A matrix of units: levels before, each with the levels after; unknown last.
fn compare_matrix(expected: &Toml, evaluation: &Evaluation, faults: &mut String) {
    let is_of = |row: &&(Toml, Row)| {
        row.0 == group(expected)
            && ["indicator", "item"].iter().all(|key| cell(&row.1, key) == expected.get(*key))
    };
    let found = rows("transitions", evaluation);
    let cells: Vec<Value> =
        found.iter().filter(is_of).map(|row| cell(&row.1, "units").unwrap().clone()).collect();
    let lines = expected["units"].as_array().unwrap();
    let named: Vec<Value> =
        lines.iter().flat_map(|line| line.as_array().unwrap().clone()).collect();
    if cells != named {
        writeln!(faults, "  found {cells:?} in place of {expected}").unwrap();
    }
}

fn list(case: &Toml, key: &str) -> Vec<Value> {
    case.get(key).and_then(Value::as_array).cloned().unwrap_or_default()
}

fn group(expected: &Toml) -> Toml {
    expected.get("group").and_then(Value::as_table).cloned().unwrap_or_default()
}

fn cell<'r>(row: &'r Row, key: &str) -> Option<&'r Value> {
    row.iter().find(|(column, _)| *column == key)?.1.as_ref()
}

/// The rows of a table with their groups.
fn rows(table: &str, evaluation: &Evaluation) -> Vec<(Toml, Row)> {
    let named = |group: &[Option<u32>]| -> Toml {
        let codes = evaluation.figures.codes(group);
        codes.map(|(column, code)| (column.to_owned(), code.into())).collect()
    };
    match table {
        "steps" => evaluation.steps.iter().map(|row| (named(row.group()), step_row(row))).collect(),
        "transitions" => {
            let rows = evaluation.transitions.iter();
            rows.map(|row| (named(row.group()), transition_row(row))).collect()
        }
        "incidence" => {
            let rows = evaluation.incidence.iter();
            rows.map(|row| (named(row.group()), incidence_row(row))).collect()
        }
        "distributions" => {
            let rows = evaluation.distributions.iter();
            rows.map(|row| (named(row.group()), distribution_row(row))).collect()
        }
        "money" => evaluation.money.iter().map(|row| (Toml::new(), money_row(row))).collect(),
        "planned" => evaluation.planned.iter().map(|row| (Toml::new(), planned_row(row))).collect(),
        "coverage" => {
            evaluation.coverage.iter().map(|row| (Toml::new(), coverage_row(row))).collect()
        }
        "survey" => {
            evaluation.survey.iter().map(|row| (named(row.group()), survey_row(row))).collect()
        }
        "flow" => evaluation.flow.iter().map(|row| (named(row.group()), flow_row(row))).collect(),
        _ => {
            let rows = evaluation.flow_reasons.iter();
            rows.map(|row| (named(row.group()), reason_row(row))).collect()
        }
    }
}

fn count(count: Option<u64>) -> Option<Value> {
    Some(Value::Integer(i64::try_from(count?).unwrap()))
}

fn incidence_row(row: &utfall::IncidenceFigure) -> Row {
    let of = |part: fn(IncidenceCounts) -> u64| count(row.counts.map(part));
    let number = |number: Option<f64>| number.map(Value::Float);
    vec![
        ("register", Some((&*row.register).into())),
        ("indicator", Some((&*row.indicator).into())),
        ("months", count(row.horizon.months().map(u64::from))),
        ("days", count(row.horizon.days().map(u64::from))),
        ("event", row.event.as_deref().map(Value::from)),
        ("started", of(|counts| counts.started)),
        ("events", of(|counts| counts.events)),
        ("censored", of(|counts| counts.censored)),
        ("value", number(row.value)),
        ("low", number(row.interval.map(|interval| interval.low))),
        ("high", number(row.interval.map(|interval| interval.high))),
        ("median_days", number(row.median_days)),
    ]
}

fn distribution_row(row: &utfall::Distribution) -> Row {
    let quantile = |position: usize| Some(Value::Float(row.quantiles?[position]));
    vec![
        ("register", Some((&*row.register).into())),
        ("indicator", Some((&*row.indicator).into())),
        ("observed", count(Some(row.observed))),
        ("mean", row.mean.map(Value::Float)),
        ("standard_deviation", row.standard_deviation.map(Value::Float)),
        ("smallest", quantile(0)),
        ("lower_quartile", quantile(1)),
        ("median", quantile(2)),
        ("upper_quartile", quantile(3)),
        ("largest", quantile(4)),
    ]
}

fn coverage_row(row: &utfall::CoverageCell) -> Row {
    let month: toml::value::Datetime = row.month.to_string().parse().unwrap();
    vec![
        ("register", Some((&*row.register).into())),
        ("indicator", Some((&*row.indicator).into())),
        ("month", Some(month.into())),
        ("part", Some(row.part.clone().into())),
        ("state", Some(row.state.word().into())),
    ]
}

fn day(day: chrono::NaiveDate) -> Value {
    Value::Datetime(day.to_string().parse().unwrap())
}

fn money_row(row: &utfall::Cost) -> Row {
    vec![
        ("part", Some(row.part.word().into())),
        ("of", row.of.as_deref().map(Value::from)),
        ("plan_from", row.plan_from.map(day)),
        ("current", Some(row.current.into())),
        ("planned", row.planned.map(Value::Float)),
        ("planned_units", count(row.planned_units)),
        ("outcome", row.outcome.map(Value::Float)),
        ("units", count(row.units)),
        ("outcome_of_planned", row.outcome_of_planned().map(Value::Float)),
    ]
}

fn planned_row(row: &utfall::PlannedFigure) -> Row {
    let part: Vec<String> =
        row.part.iter().map(|(column, code)| format!("{column} = {code}")).collect();
    vec![
        ("indicator", Some((&*row.indicator).into())),
        ("part", Some(part.into())),
        ("plan_from", Some(day(row.plan_from))),
        ("current", Some(row.current.into())),
        ("planned", Some(Value::Float(row.planned))),
        ("days", count(row.days)),
        ("active_days", count(row.active_days)),
        ("expected", row.expected().map(Value::Float)),
        ("outcome", row.outcome.map(Value::Float)),
        ("outcome_of_expected", row.outcome_of_expected().map(Value::Float)),
        ("reason", row.reason.map(|reason| reason.word().into())),
    ]
}

fn step_row(row: &utfall::StepFigure) -> Row {
    let of = |part: fn(StepCounts) -> u64| count(row.counts.map(part));
    let share = |share: fn(&StepCounts) -> Option<f64>| share(&row.counts?).map(Value::Float);
    vec![
        ("register", Some((&*row.register).into())),
        ("indicator", Some((&*row.indicator).into())),
        ("item", row.item.as_deref().map(Value::from)),
        ("population", of(|counts| counts.population())),
        ("measured", of(|counts| counts.measured())),
        ("not_measurable", of(|counts| counts.not_measurable)),
        ("up", of(|counts| counts.up)),
        ("same", of(|counts| counts.same)),
        ("down", of(|counts| counts.down)),
        ("at_ceiling", count(row.counts.and_then(|counts| counts.at_ceiling))),
        ("up_share", share(StepCounts::up_share)),
        ("down_share", share(StepCounts::down_share)),
        ("net_share", share(StepCounts::net_share)),
        ("up_low", row.up_interval.map(|interval| Value::Float(interval.low))),
        ("up_high", row.up_interval.map(|interval| Value::Float(interval.high))),
        ("up_share_of_movable", share(StepCounts::up_share_of_movable)),
    ]
}

fn transition_row(row: &utfall::Transition) -> Row {
    vec![
        ("register", Some((&*row.register).into())),
        ("indicator", Some((&*row.indicator).into())),
        ("item", Some((&*row.item).into())),
        ("before", Some((&*row.before).into())),
        ("after", Some((&*row.after).into())),
        ("units", count(row.units)),
    ]
}

fn survey_row(row: &utfall::SurveyFigure) -> Row {
    let of = |part: fn(SurveyCounts) -> u64| count(row.counts.map(part));
    let share = row.counts.and_then(|counts| counts.share());
    vec![
        ("register", Some((&*row.register).into())),
        ("indicator", Some((&*row.indicator).into())),
        ("item", row.item.as_deref().map(Value::from)),
        ("asked", of(|counts| counts.asked())),
        ("not_applicable", of(|counts| counts.not_applicable)),
        ("missing", of(|counts| counts.missing)),
        ("answered", of(|counts| counts.answered())),
        ("favourable", of(|counts| counts.favourable)),
        ("share", share.map(Value::Float)),
        ("low", row.interval.map(|interval| Value::Float(interval.low))),
        ("high", row.interval.map(|interval| Value::Float(interval.high))),
        ("respondents", count(row.respondents)),
        ("response_rate", row.response_rate.map(Value::Float)),
    ]
}

fn flow_row(row: &utfall::FlowFigure) -> Row {
    let of = |part: fn(FlowCounts) -> u64| count(row.counts.map(part));
    let share = |share: fn(&FlowCounts) -> Option<f64>| share(&row.counts?).map(Value::Float);
    vec![
        ("register", Some((&*row.register).into())),
        ("stage", Some((&*row.stage).into())),
        ("units", of(|counts| counts.units)),
        ("reached", of(|counts| counts.reached)),
        ("unknown", of(|counts| counts.unknown)),
        ("lost", of(|counts| counts.lost)),
        ("share_of_previous", share(FlowCounts::share_of_previous)),
        ("share_of_first", share(FlowCounts::share_of_first)),
    ]
}

fn reason_row(row: &utfall::FlowReason) -> Row {
    vec![
        ("register", Some((&*row.register).into())),
        ("stage", Some((&*row.stage).into())),
        ("reason", Some((&*row.reason).into())),
        ("units", count(row.units)),
    ]
}
