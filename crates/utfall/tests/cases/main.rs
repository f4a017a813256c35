//! Runs every worked case of `tests/cases/`; Python runs the same files. Their format is in `tests/cases/README.md`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

mod checks;
mod companions;

use std::fmt::Write;
use std::path::{Path, PathBuf};

use toml::{Table as Toml, Value};
use utfall::data::{Table, Values};
use utfall::{By, Error, Evaluation, Evaluator, Figure, Finding, Overlap, Project, Verdict, day};

#[test]
fn every_case_holds() {
    let mut failures = String::new();
    let cases = case_files();
    assert!(cases.len() > 100, "only {} cases found", cases.len());
    for path in &cases {
        let case: Toml = std::fs::read_to_string(path).unwrap().parse().unwrap();
        if let Err(fault) = check(&case) {
            let name = path.file_stem().unwrap().to_string_lossy();
            let title = case["title"].as_str().unwrap();
            writeln!(failures, "{name} ({title}):\n{fault}").unwrap();
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

fn case_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
    files.sort();
    files
}

/// Nothing, or what differs.
fn check(case: &Toml) -> Result<(), String> {
    let evaluated = evaluate(case);
    match (case.get("error"), evaluated) {
        (Some(expected), Err(error)) => {
            let code = expected["code"].as_str().unwrap();
            let message = expected.get("message").and_then(Value::as_str);
            let text = error.to_string();
            if error.code() == code && message.is_none_or(|message| message == text) {
                Ok(())
            } else {
                Err(format!("expected {expected}, found {}: {text}", error.code()))
            }
        }
        (Some(expected), Ok(_)) => Err(format!("expected the error {expected}, found none")),
        (None, Err(error)) => Err(format!("unexpected error {}: {error}", error.code())),
        (None, Ok(evaluation)) => compare(case, &evaluation),
    }
}

fn evaluate(case: &Toml) -> Result<Evaluation, Error> {
    let project = Project::from_toml(case["project"].as_str().unwrap())?;
    let as_of = to_day(&case["as_of"]);
    let mut evaluator = Evaluator::by(&project, as_of, by(case.get("by")))?;
    for (register, rows) in case.get("registers").and_then(Value::as_table).into_iter().flatten() {
        evaluator.add(register, &table(rows))?;
    }
    evaluator.finish()
}

fn by(value: Option<&Value>) -> By {
    let texts = |list: &Value| -> Vec<String> {
        list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
    };
    match value {
        None => By::Declared,
        Some(Value::Array(list)) if list.first().is_some_and(Value::is_array) => {
            By::Tables(list.iter().map(texts).collect())
        }
        Some(list) => By::Margins(texts(list)),
    }
}

fn to_day(value: &Value) -> chrono::NaiveDate {
    day::parse(&value.to_string()).unwrap()
}

/// A table whose column types follow from the cells; `""` is a null.
fn table(register: &Value) -> Table<'static> {
    let headers = register["header"].as_array().unwrap();
    let rows = register["rows"].as_array().unwrap();
    let columns = headers.iter().enumerate().map(|(position, header)| {
        let cells: Vec<Option<&Value>> = rows
            .iter()
            .map(|row| Some(&row[position]).filter(|cell| cell.as_str() != Some("")))
            .collect();
        (header.as_str().unwrap().to_owned(), values(&cells))
    });
    Table::new(columns.collect::<Vec<_>>())
}

fn values(cells: &[Option<&Value>]) -> Values<'static> {
    let known: Vec<&Value> = cells.iter().copied().flatten().collect();
    let at = cells.iter().copied();
    if known.is_empty() {
        Values::Nulls(cells.len())
    } else if known.iter().all(|cell| cell.is_str()) {
        Values::from_texts(at.map(|cell| cell.and_then(Value::as_str)))
    } else if known.iter().all(|cell| cell.is_integer()) {
        Values::from_integers(at.map(|cell| cell.and_then(Value::as_integer)))
    } else if known.iter().all(|cell| cell.is_bool()) {
        Values::from_flags(at.map(|cell| cell.and_then(Value::as_bool)).collect::<Vec<_>>())
    } else if known.iter().all(|cell| cell.is_datetime()) {
        Values::from_days(at.map(|cell| cell.map(to_day)))
    } else {
        Values::from_numbers(at.map(|cell| cell.map(number)))
    }
}

/// A number, or a fraction as text.
fn number(value: &Value) -> f64 {
    match value {
        Value::Float(number) => *number,
        #[allow(clippy::cast_precision_loss, reason = "cases are small")]
        Value::Integer(number) => *number as f64,
        Value::String(fraction) => {
            let (part, whole) = fraction.split_once('/').unwrap();
            part.trim().parse::<f64>().unwrap() / whole.trim().parse::<f64>().unwrap()
        }
        other => panic!("{other} is no number"),
    }
}

fn compare(case: &Toml, evaluation: &Evaluation) -> Result<(), String> {
    let mut faults = String::new();
    let list = |key: &str| case.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    for expected in list("figures") {
        let expected = expected.as_table().unwrap();
        match find_figure(evaluation, expected) {
            Some(figure) => differences(expected, &figure_row(evaluation, figure), &mut faults),
            None => writeln!(faults, "  no figure {expected}").unwrap(),
        }
    }
    for absent in list("absent_figure") {
        if find_figure(evaluation, absent.as_table().unwrap()).is_some() {
            writeln!(faults, "  a figure that should not be there: {absent}").unwrap();
        }
    }
    if let Some(rows) = case.get("figure_rows").and_then(Value::as_integer)
        && usize::try_from(rows).unwrap() != evaluation.figures.len()
    {
        writeln!(faults, "  {} figures, expected {rows}", evaluation.figures.len()).unwrap();
    }
    for expected in list("verdicts") {
        let expected = expected.as_table().unwrap();
        match find_verdict(evaluation, expected) {
            Some(verdict) => differences(expected, &verdict_row(verdict), &mut faults),
            None => writeln!(faults, "  no verdict {expected}").unwrap(),
        }
    }
    companions::compare(case, evaluation, &mut faults);
    checks::compare(case, evaluation, &mut faults);
    if case.contains_key("overlap") {
        let expected = list("overlap");
        let found = evaluation.overlap.iter().map(overlap_row).collect::<Vec<_>>();
        let expected: Vec<&Toml> = expected.iter().map(|row| row.as_table().unwrap()).collect();
        if found.iter().collect::<Vec<_>>() != expected {
            writeln!(faults, "  overlap: expected {expected:?}, found {found:?}").unwrap();
        }
    }
    compare_findings(&list("findings"), &evaluation.findings, &mut faults);
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn find_figure<'e>(evaluation: &'e Evaluation, expected: &Toml) -> Option<&'e Figure> {
    let group = expected.get("group").and_then(Value::as_table).cloned().unwrap_or_default();
    evaluation.figures.iter().find(|figure| {
        let found: Vec<(&str, &str)> = evaluation.figures.group(figure).collect();
        evaluation.figures.indicator(figure) == expected["indicator"].as_str().unwrap()
            && found.len() == group.len()
            && found
                .iter()
                .all(|(column, code)| group.get(*column).and_then(Value::as_str) == Some(*code))
    })
}

fn find_verdict<'e>(evaluation: &'e Evaluation, expected: &'e Toml) -> Option<&'e Verdict> {
    let goal = expected["goal"].as_str().unwrap();
    let versions: Vec<&Verdict> = evaluation.goal(goal).collect();
    match expected.get("target").and_then(Value::as_str) {
        Some(target) => versions.into_iter().find(|verdict| {
            verdict.promise.as_ref().is_some_and(|found| found.to_string() == target)
        }),
        None if versions.len() == 1 => versions.first().copied(),
        None => None,
    }
}

pub(crate) type Row = Vec<(&'static str, Option<Value>)>;

fn figure_row(evaluation: &Evaluation, figure: &Figure) -> Row {
    let figures = &evaluation.figures;
    let count = |count: u64| Some(Value::Integer(i64::try_from(count).unwrap()));
    let counts = figure.counts;
    let (interval, bounds) = (figures.interval(figure), figures.bounds(figure));
    vec![
        ("register", Some(figures.register(figure).into())),
        ("kind", Some(figures.kind(figure).into())),
        ("units", counts.and_then(|counts| count(counts.units()))),
        ("outside", counts.and_then(|counts| count(counts.outside))),
        ("unclassified", counts.and_then(|counts| count(counts.unclassified))),
        ("population", counts.and_then(|counts| count(counts.population()))),
        ("excluded", counts.and_then(|counts| count(counts.excluded))),
        ("not_due", counts.and_then(|counts| count(counts.not_due))),
        ("due", counts.and_then(|counts| count(counts.due()))),
        ("missing", counts.and_then(|counts| count(counts.missing))),
        ("observed", counts.and_then(|counts| count(counts.observed()))),
        ("successes", counts.and_then(|counts| count(counts.successes))),
        ("value", figures.value(figure).map(Value::Float)),
        ("low", interval.map(|interval| Value::Float(interval.low))),
        ("high", interval.map(|interval| Value::Float(interval.high))),
        ("bound_low", bounds.map(|bounds| Value::Float(bounds.low))),
        ("bound_high", bounds.map(|bounds| Value::Float(bounds.high))),
        ("state", Some(figure.state.word().into())),
        ("reason", figure.state.reason().map(|reason| reason.word().into())),
    ]
}

fn verdict_row(verdict: &Verdict) -> Row {
    let achieved_at = verdict.process.and_then(|process| process.achieved_at);
    vec![
        ("indicator", verdict.indicator.clone().map(Value::String)),
        ("target_from", verdict.target_from.map(|day| day.to_string().into())),
        ("target", verdict.promise.as_ref().map(|promise| promise.to_string().into())),
        ("current", Some(verdict.current.into())),
        ("value", verdict.value.map(Value::Float)),
        ("verdict", Some(verdict.judgement.word().into())),
        ("settled", verdict.settled.map(Value::Boolean)),
        ("units_short", verdict.units_short.map(Value::Integer)),
        ("basis", verdict.basis.map(|basis| basis.word().into())),
        ("reason", verdict.reason.map(|reason| reason.word().into())),
        ("process", verdict.process.map(|process| process.evidence.word().into())),
        ("achieved_at", achieved_at.map(|units| Value::Integer(units.cast_signed()))),
    ]
}

fn overlap_row(overlap: &Overlap) -> Toml {
    let levels = overlap.levels.iter().cloned().map(Value::String).collect();
    [
        ("register", overlap.register.clone().into()),
        ("column", overlap.column.clone().into()),
        ("levels", Value::Array(levels)),
        ("persons", Value::Integer(i64::try_from(overlap.persons).unwrap())),
    ]
    .into_iter()
    .map(|(key, value): (&str, Value)| (key.to_owned(), value))
    .collect()
}

/// Compares the columns that the case names; everything that it names must exist.
pub(crate) fn differences(expected: &Toml, found: &Row, faults: &mut String) {
    let named = [("indicator", ()), ("group", ()), ("goal", ())];
    for (key, value) in expected.iter().filter(|(key, _)| *key != "null") {
        let Some((_, cell)) = found.iter().find(|(column, _)| column == key) else {
            assert!(named.iter().any(|(name, ())| name == key), "unknown column `{key}` in a case");
            continue;
        };
        let is_equal = match cell {
            Some(Value::Float(cell)) => (cell - number(value)).abs() <= 1e-12,
            Some(Value::String(cell)) => {
                *cell == value.as_str().map_or_else(|| value.to_string(), str::to_owned)
            }
            Some(cell) => cell == value,
            None => false,
        };
        if !is_equal {
            writeln!(faults, "  {key}: expected {value}, found {cell:?} in {expected}").unwrap();
        }
    }
    for key in expected.get("null").and_then(Value::as_array).into_iter().flatten() {
        let key = key.as_str().unwrap();
        let (_, cell) =
            found.iter().find(|(column, _)| *column == key).expect("a column of the table");
        if cell.is_some() {
            writeln!(faults, "  {key}: expected null, found {cell:?} in {expected}").unwrap();
        }
    }
}

fn compare_findings(expected: &[Value], found: &[Finding], faults: &mut String) {
    let row = |finding: &Finding| -> Row {
        let subject = &finding.subject;
        let rows = finding.rows.iter().map(|row| Value::Integer(i64::try_from(*row).unwrap()));
        vec![
            ("code", Some(finding.code.word().into())),
            ("severity", Some(finding.code.severity().word().into())),
            ("register", subject.register.clone().map(Value::String)),
            ("column", subject.column.clone().map(Value::String)),
            ("indicator", subject.indicator.clone().map(Value::String)),
            ("count", Some(Value::Integer(i64::try_from(finding.count).unwrap()))),
            ("rows", Some(Value::Array(rows.collect()))),
        ]
    };
    if expected.len() != found.len() {
        writeln!(faults, "  {} findings, expected {}: {found:?}", found.len(), expected.len())
            .unwrap();
        return;
    }
    for (expected, found) in expected.iter().zip(found) {
        differences(expected.as_table().unwrap(), &row(found), faults);
    }
}
