//! Laws of a check: pieces, threads and the order of rows change nothing but row numbers; clean registers give no errors;
//! a check never panics.

use proptest::prelude::*;
use utfall::data::{Table, Values};
use utfall::{
    Checker, Evaluator, Finding, FindingCode, Intake, Missing, Project, Quality, Severity, day,
};

const PROJECT: &str = r#"
schema = 1
name = "Laws"
first_day = 2020-01-01
last_day = 2022-12-31

[registers.people]
unit = "person"
person = "Id"
by = ["area", "gender"]
mandatory = ["gender", "score"]
eligible = [{ within = { area = "a" }, of = { score = { at_least = 3 } } }, { of = { gender = "woman" } }]
rules = [{ of = { gender = "man" }, must = { score = { at_most = 8 } } }]
columns.area = { header = "Område", type = "level", levels = ["a", "b", "c"] }
columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
columns.score = { header = "Poäng", type = "number", at_least = 0, at_most = 9 }
columns.begun = { header = "Start", type = "date" }
columns.left = { header = "Slut", type = "date" }

[purposes.a]
register = "people"
of = { area = "a" }

[indicators.work]
kind = "share"
register = "people"
of = { left = { known = true } }
having = { score = { at_least = 5 } }
follow_up = { after = "left", months = 3 }

[flow]
register = "people"
stages = [{ id = "begun", of = { begun = { known = true } } }, { id = "left", of = { left = { known = true } } }]
"#;

/// Cells of one row, by header.
type Row = [Option<String>; 6];

const HEADERS: [&str; 6] = ["Id", "Område", "Kön", "Poäng", "Start", "Slut"];

fn cell(texts: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    prop::option::weighted(0.9, prop::sample::select(texts))
        .prop_map(|text| text.map(str::to_owned))
}

/// Rows with every kind of fault.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let days: &[&str] =
        &["2019-12-31", "2020-05-01", "2021-01-31", "2022-12-31", "2020-02-30", "x"];
    let row = (
        cell(&["1", "2", "3", "811218-9876", "8112189876", "701063-2391", "Anna Andersson"]),
        cell(&["a", "b", "c", "aa", "nowhere"]),
        cell(&["woman", "man", "womann", "kvinna"]),
        cell(&["0", "3", "8.5", "9", "10", "-1", "tio"]),
        cell(days),
        cell(days),
    );
    prop::collection::vec(row.prop_map(|(a, b, c, d, e, f)| [a, b, c, d, e, f]), 0..40)
}

/// Rows that are as their declaration says; the second part of an eligible entry is not asked of them.
fn clean_rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (
        prop::sample::select(&["a", "b", "c"][..]),
        prop::sample::select(&["woman", "man"][..]),
        0..9_u8,
        0..400_i64,
        0..400_i64,
    );
    prop::collection::vec(row, 0..40).prop_map(|rows| {
        let first = day::parse("2020-01-01").unwrap();
        let day = |days: i64| Some((first + chrono(days)).to_string());
        let made =
            rows.into_iter().enumerate().map(|(number, (area, gender, score, begun, long))| {
                [
                    Some(format!("P{number}")),
                    Some(area.to_owned()),
                    Some(gender.to_owned()),
                    Some(score.to_string()),
                    day(begun),
                    day(begun + long),
                ]
            });
        made.collect()
    })
}

fn chrono(days: i64) -> chrono::Days {
    chrono::Days::new(days.try_into().unwrap())
}

fn table(rows: &[Row]) -> Table<'static> {
    let columns = HEADERS.iter().enumerate().map(|(place, header)| {
        (*header, Values::from_texts(rows.iter().map(|row| row[place].clone()).collect::<Vec<_>>()))
    });
    Table::new(columns.collect::<Vec<_>>()).of_texts()
}

fn checked(tables: &[Table<'_>]) -> (Vec<Finding>, Vec<Quality>, Vec<Missing>) {
    let project = Project::from_toml(PROJECT).unwrap();
    let mut checker = Checker::new(&project, day::parse("2023-12-31").unwrap());
    checker.add_pieces("people", tables).unwrap();
    let soundness = checker.finish();
    (soundness.findings, soundness.quality, soundness.missing)
}

/// The findings without their row numbers.
fn numberless(findings: Vec<Finding>) -> Vec<Finding> {
    findings.into_iter().map(|finding| Finding { rows: Vec::new(), ..finding }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn pieces_change_nothing(rows in rows(), size in 1..7_usize) {
        let whole = checked(&[table(&rows)]);
        let pieces: Vec<Table<'_>> = rows.chunks(size).map(table).collect();
        let pieces = if pieces.is_empty() { vec![table(&rows)] } else { pieces };
        prop_assert!(checked(&pieces) == whole);
    }

    #[test]
    fn the_order_of_rows_changes_nothing_but_row_numbers(rows in rows(), turn in 0..40_usize) {
        let (found, quality, missing) = checked(&[table(&rows)]);
        let mut turned = rows.clone();
        turned.reverse();
        if !turned.is_empty() {
            let turn = turn % turned.len();
            turned.rotate_left(turn);
        }
        let (other, other_quality, other_missing) = checked(&[table(&turned)]);
        prop_assert!(numberless(found) == numberless(other));
        prop_assert!((quality, missing) == (other_quality, other_missing));
    }

    #[test]
    fn counts_are_those_of_the_rows(rows in rows()) {
        let (found, quality, missing) = checked(&[table(&rows)]);
        for finding in &found {
            let named = finding.rows.len() as u64;
            prop_assert!(named <= finding.count && (named == 10 || named == finding.count
                || finding.code == FindingCode::MissingUnevenly || named == 0));
            prop_assert!(finding.rows.is_sorted());
            prop_assert!(finding.rows.iter().all(|row| (1..=rows.len() as u64).contains(row)));
        }
        for by in ["area", "gender"] {
            let parts = quality.iter().filter(|row| row.by.as_deref() == Some(by));
            let sums = parts.fold((0, 0, 0), |(units, valid, due), row| {
                (units + row.units, valid + row.valid, due + row.due.unwrap())
            });
            let all = &quality[0];
            prop_assert_eq!(sums, (all.units, all.valid, all.due.unwrap()));
        }
        for row in &quality {
            prop_assert!(row.valid <= row.units && row.timely <= row.due);
        }
        prop_assert!(missing.iter().all(|row| row.missing <= row.units));
        prop_assert_eq!(quality[0].units, rows.len() as u64);
    }

    #[test]
    fn a_clean_register_gives_no_error_and_is_valid(rows in clean_rows()) {
        let (found, quality, missing) = checked(&[table(&rows)]);
        let errors: Vec<_> =
            found.iter().filter(|finding| finding.severity() == Severity::Error).collect();
        prop_assert!(errors.is_empty(), "{} errors, the first is {:?}", errors.len(), errors.first());
        prop_assert_eq!((quality[0].valid, quality[0].complete), (rows.len() as u64, Some(rows.len() as u64)));
        prop_assert!(missing.iter().all(|row| row.missing == 0));
    }

    /// Whatever the texts and headers are: no panic, and an error or findings.
    #[test]
    fn no_text_stops_a_check(cells in prop::collection::vec(".{0,24}", 1..20), header in ".{0,16}") {
        let project = Project::from_toml(PROJECT).unwrap();
        let mut checker = Checker::new(&project, day::parse("2023-12-31").unwrap());
        let texts = || Values::from_texts(cells.iter().map(Some));
        let columns = HEADERS.iter().map(|header| (*header).to_owned()).chain([header]);
        let table = Table::new(columns.map(|header| (header, texts())).collect::<Vec<_>>()).of_texts();
        if checker.add("people", &table).is_ok() {
            for finding in checker.finish().findings {
                prop_assert!(finding.to_string().len() > 20);
            }
        }
    }
}

/// Conditions of every kind, in the columns of `people`.
const CONDITIONS: [&str; 8] = [
    r#"{ area = "a" }"#,
    r#"{ area = ["b", "c"], gender = "man" }"#,
    "{ score = { at_least = 3, at_most = 8 } }",
    "{ score = 9 }",
    "{ begun = { at_least = 2021-01-31 } }",
    "{ left = { known = true }, begun = { between = [2020-05-01, 2021-01-31] } }",
    r#"{ any = [{ not = { area = "a" } }, { gender = "woman" }] }"#,
    "{ not = { all = [{ score = { at_least = 3 } }, { gender = { known = false } }] } }",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// A condition means in a check what it means in a figure: who is not, and who is unknown.
    #[test]
    fn conditions_mean_what_they_mean_in_figures(rows in rows(), condition in 0..CONDITIONS.len()) {
        let condition = CONDITIONS[condition];
        let text = format!(
            r#"
            schema = 1
            name = "Conditions"
            [registers.people]
            unit = "enrolment"
            eligible = [{{ of = {condition} }}]
            columns.area = {{ header = "Område", type = "level", levels = ["a", "b", "c"] }}
            columns.gender = {{ header = "Kön", type = "level", levels = ["woman", "man"] }}
            columns.score = {{ header = "Poäng", type = "number" }}
            columns.begun = {{ header = "Start", type = "date" }}
            columns.left = {{ header = "Slut", type = "date" }}
            [indicators.met]
            kind = "share"
            register = "people"
            having = {condition}
            "#
        );
        let project = Project::from_toml(&text).unwrap();
        // An evaluation stops at what cannot be read.
        let readable = |cell: &Option<String>| {
            let unreadable = ["tio", "x", "2020-02-30"];
            !cell.as_deref().is_some_and(|text| unreadable.contains(&text))
        };
        let rows: Vec<Row> = rows.into_iter().filter(|row| row.iter().all(readable)).collect();
        let as_of = day::parse("2023-12-31").unwrap();
        let mut checker = Checker::new(&project, as_of);
        checker.add("people", &table(&rows)).unwrap();
        let found = checker.finish().findings;
        let count = |code| found.iter().find(|found| found.code == code).map_or(0, |found| found.count);
        let mut evaluator = Evaluator::new(&project, as_of).unwrap();
        evaluator.add("people", &table(&rows)).unwrap();
        let evaluation = evaluator.finish().unwrap();
        let counts = evaluation.figure("met").unwrap().counts.unwrap();
        prop_assert_eq!(count(FindingCode::OutsideTargetGroup), counts.observed() - counts.successes);
        prop_assert_eq!(count(FindingCode::TargetGroupUnknown), counts.missing);
    }

    /// Counted a second time, as a reader would: cell by cell.
    #[test]
    fn counts_are_those_of_a_reader_who_counts(rows in rows()) {
        let (found, ..) = checked(&[table(&rows)]);
        let count = |code| -> u64 {
            found.iter().filter(|found| found.code == code).map(|found| found.count).sum()
        };
        let rows_where = |is: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| is(row)).count() as u64;
        let text = |row: &Row, place: usize| row[place].clone().unwrap_or_default();
        let known_day = |row: &Row, place: usize| {
            Some(text(row, place)).filter(|text| !["", "x", "2020-02-30"].contains(&&**text))
        };
        let ids: std::collections::BTreeSet<String> =
            rows.iter().map(|row| text(row, 0)).filter(|id| !id.is_empty()).collect();
        let with_id = rows_where(&|row| row[0].is_some());
        prop_assert_eq!(count(FindingCode::RepeatedId), with_id - ids.len() as u64);
        let out = |row: &Row| ["10", "-1"].contains(&&*text(row, 3));
        prop_assert_eq!(count(FindingCode::NumberOutOfRange), rows_where(&out));
        prop_assert_eq!(count(FindingCode::NotANumber), rows_where(&|row| text(row, 3) == "tio"));
        // Days of this form are ordered as their texts are.
        let is_reversed = |row: &Row| {
            known_day(row, 4).zip(known_day(row, 5)).is_some_and(|(begun, left)| left < begun)
        };
        prop_assert_eq!(count(FindingCode::DatesReversed), rows_where(&is_reversed));
        let is_early = |place: usize| rows_where(&|row| text(row, place) == "2019-12-31");
        prop_assert_eq!(count(FindingCode::DateOutsideProject), is_early(4) + is_early(5));
        let is_broken = |row: &Row| {
            text(row, 2) == "man" && ["8.5", "9", "10"].contains(&&*text(row, 3))
        };
        prop_assert_eq!(count(FindingCode::RuleBroken), rows_where(&is_broken));
        let is_incomplete = |row: &Row| {
            !["woman", "man"].contains(&&*text(row, 2)) || ["", "tio"].contains(&&*text(row, 3))
        };
        prop_assert_eq!(count(FindingCode::IncompleteRecord), rows_where(&is_incomplete));
    }
}

/// So many rows that several threads share the pieces.
#[test]
fn threads_change_nothing() {
    let row = |number: usize| -> Row {
        let gender = if number.is_multiple_of(1000) { "womann" } else { "woman" };
        let id = if number % 5000 == 1 { "1".to_owned() } else { format!("P{number}") };
        let cells =
            ["a", gender, "5", "2020-05-01", "2020-04-30"].map(|text| Some(text.to_owned()));
        let [area, gender, score, begun, left] = cells;
        [Some(id), area, gender, score, begun, left]
    };
    let rows: Vec<Row> = (0..34_000).map(row).collect();
    let pieces: Vec<Table<'_>> = rows.chunks(7_000).map(table).collect();
    let whole = checked(&[table(&rows)]);
    assert!(checked(&pieces) == whole);
    let count = |code| whole.0.iter().find(|finding| finding.code == code).map(|found| found.count);
    assert_eq!(count(FindingCode::NearSpelling), Some(34));
    assert_eq!(count(FindingCode::RepeatedId), Some(6));
    assert_eq!(count(FindingCode::DatesReversed), Some(34_000));
}
