//! The results of checks, as a case names them.

use std::fmt::Write;

use toml::{Table as Toml, Value};
use utfall::principles::{
    Aspect, CheckFigures, CheckResult, CheckState, PartLevel, checks, combined_state,
};
use utfall::project::Language;
use utfall::stats::Estimate;
use utfall::{Evaluation, Project, wording};

use crate::{Row, differences};

/// Compares what a case says of checks: rows by check, aspect, group and other group, and what each check comes to.
pub(crate) fn compare(case: &Toml, evaluation: &Evaluation, faults: &mut String) {
    let project = Project::from_toml(case["project"].as_str().unwrap()).unwrap();
    let results = checks(&project, evaluation);
    let none = Vec::new();
    for expected in case.get("checks").and_then(Value::as_array).unwrap_or(&none) {
        let expected = expected.as_table().unwrap();
        let found: Vec<&CheckResult> =
            results.iter().filter(|result| is_it(result, expected)).collect();
        match found[..] {
            [result] => {
                let mut named = expected.clone();
                named.retain(|key, _| !["check", "aspect", "group", "other"].contains(&key));
                differences(&named, &row(&project, result), faults);
            }
            _ => writeln!(faults, "  {} results {expected}", found.len()).unwrap(),
        }
    }
    for (check, state) in case.get("check_states").and_then(Value::as_table).into_iter().flatten() {
        let found = combined_state(results.iter().filter(|result| result.check == *check));
        if found.map(CheckState::word) != state.as_str() {
            writeln!(faults, "  {check} comes to {found:?}, expected {state}").unwrap();
        }
    }
    let rows = case.get("table_rows").and_then(|rows| rows.get("checks"));
    if let Some(rows) = rows.and_then(Value::as_integer)
        && usize::try_from(rows).unwrap() != results.len()
    {
        writeln!(faults, "  {} results, expected {rows}", results.len()).unwrap();
    }
}

fn is_it(result: &CheckResult, expected: &Toml) -> bool {
    let list = |key: &str| -> Vec<String> {
        let list = expected.get(key).and_then(Value::as_array).into_iter().flatten();
        list.map(|text| text.as_str().unwrap().to_owned()).collect()
    };
    let other = match &result.aspect {
        Aspect::Gap { other } => texts(other),
        _ => Vec::new(),
    };
    result.check == expected["check"].as_str().unwrap()
        && expected
            .get("aspect")
            .is_none_or(|aspect| *aspect == Value::String(result.aspect.text()))
        && expected.get("figures").is_none_or(|figures| *figures == array(&result.rests_on))
        && expected.get("kind").is_none_or(|kind| *kind == Value::String(result.kind.to_owned()))
        && texts(&result.part) == list("group")
        && (!expected.contains_key("other") || other == list("other"))
}

fn texts(part: &[PartLevel]) -> Vec<String> {
    part.iter().map(|level| format!("{}={}", level.column, level.code)).collect()
}

fn array(texts: &[String]) -> Value {
    Value::Array(texts.iter().cloned().map(Value::String).collect())
}

fn row(project: &Project, result: &CheckResult) -> Row {
    let figures = &result.figures;
    let sentence = wording::check_sentence(project, result, project.language());
    let mut row = vec![
        ("principle", result.principle.map(|principle| principle.word().into())),
        ("kind", Some(result.kind.into())),
        ("current", Some(result.current.into())),
        ("state", Some(result.state.word().into())),
        ("reason", result.reason.map(|reason| reason.word().into())),
        ("lacks", Some(array(&result.lacks))),
        ("figures", Some(array(&result.rests_on))),
        ("sentence", Some(sentence.into())),
    ];
    row.extend(counts(figures));
    row.extend(numbers(figures));
    assert!(!wording::check_sentence(project, result, Language::English).contains("effect"));
    row
}

fn counts(figures: &CheckFigures) -> Row {
    let count = |units: Option<u64>| units.map(|units| Value::Integer(units.cast_signed()));
    let adjusted = figures.adjusted.as_ref();
    vec![
        ("successes", count(figures.successes)),
        ("n", count(figures.n)),
        ("open", count(figures.open)),
        ("unknown", count(figures.unknown)),
        ("other_successes", count(figures.other_successes)),
        ("other_n", count(figures.other_n)),
        ("longest_days", count(figures.longest_days)),
        ("limit_days", count(figures.limit_days)),
        ("below_four_fifths", figures.below_four_fifths.map(Value::Boolean)),
        ("adjusted_left_out", count(adjusted.map(|adjusted| adjusted.left_out))),
        ("reversed", adjusted.map(|adjusted| adjusted.is_reversed.into())),
        ("strata_differ", adjusted.map(|adjusted| adjusted.strata_differ.into())),
    ]
}

fn numbers(figures: &CheckFigures) -> Row {
    let number = |number: Option<f64>| number.map(Value::Float);
    let value = |estimate: Option<Estimate>| number(estimate.map(|found| found.value));
    let bound = |of: fn(&CheckFigures) -> Option<f64>| number(of(figures));
    vec![
        ("value", value(figures.value)),
        ("reference", number(figures.reference)),
        ("difference", value(figures.difference)),
        ("limit", number(figures.limit)),
        ("bound_low", bound(|figures| Some(figures.bounds?.low))),
        ("bound_high", bound(|figures| Some(figures.bounds?.high))),
        ("ratio", value(figures.ratio)),
        ("adjusted", value(figures.adjusted.as_ref().map(|adjusted| adjusted.difference))),
        ("p_value", number(figures.p_value)),
        ("p_adjusted", number(figures.p_adjusted)),
        ("part_of_successes", number(figures.part_of_successes)),
        ("value_without", number(figures.value_without)),
    ]
}
