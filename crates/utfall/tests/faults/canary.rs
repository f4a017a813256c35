//! Canaries: values that no message may sing of. Every cell of these tables is one, and every error and finding that a
//! table can give is provoked with them.

use std::collections::BTreeSet;

use utfall::data::{Table, Values};
use utfall::project::Language;
use utfall::{By, Error, Evaluation, Evaluator, Family, FindingCode, Project, Tally, day};

/// What the values of persons look like here: no column, code or count contains any of it.
const CANARIES: [&str; 9] = [
    "kanarie", "7319", "20010928",
    // The day of birth 2001-09-28 as text and as a number of days, the day 2031-09-28 that lies ahead, and the same day
    // with slashes.
    "2001-09", "11593", "2031-09", "22550", "28/9", // A number of 17 digits.
    "8191",
];

const PROJECT: &str = r#"
schema = 1
name = "Canaries"

[registers.people]
unit = "person"
person = "Personnummer"
by = ["area", "town"]
columns.area = { header = "Område", type = "level", levels = ["a", "b"] }
columns.town = { header = "Ort", type = "level", parent = "area", levels = { s = { parent = "a" }, t = { parent = "b" } } }
columns.step = { header = "Steg", type = "ordinal", levels = ["1", "2"] }
columns.asked = { header = "Frågad", type = "flag" }
columns.completed = { header = "Fullföljd", type = "date" }
columns.score = { header = "Poäng", type = "number" }

[registers.enrolments]
unit = "enrolment"
person = "Personnummer"
count = "persons"
starts = "completed"
ends = "left"
columns.area = { like = "people.area" }
columns.score = { like = "people.score" }
columns.completed = { like = "people.completed" }
columns.left = { header = "Avslut", type = "date" }

[registers.counts]
unit = "person"
weight = "Antal"
columns.area = { like = "people.area" }

[indicators.asked]
kind = "share"
register = "people"
having = { area = "a" }
follow_up = { after = "completed", months = 3 }
"#;

type Column = (&'static str, Values<'static>);

fn texts(texts: [&'static str; 3]) -> Values<'static> {
    Values::from_texts(texts.map(Some))
}

fn days(days: [&'static str; 3]) -> Values<'static> {
    Values::from_days(days.map(day::parse))
}

/// A table of `people` with some columns replaced.
fn people(replaced: Vec<Column>) -> Vec<Column> {
    let mut columns: Vec<Column> = vec![
        ("Personnummer", texts(["20010928-7319", "kanariefågel", "7319"])),
        ("Område", texts(["a", "a", "b"])),
        ("Ort", texts(["s", "s", "t"])),
        ("Steg", texts(["1", "2", "1"])),
        ("Frågad", texts(["ja", "nej", "ja"])),
        ("Fullföljd", days(["2001-09-28", "2001-09-28", "2001-09-28"])),
        ("Poäng", Values::from_numbers([Some(73_198_191.0), None, Some(0.5)])),
    ];
    for (header, values) in replaced {
        columns.iter_mut().find(|(known, _)| *known == header).unwrap().1 = values;
    }
    columns
}

fn counts(weights: Values<'static>) -> Vec<Column> {
    vec![("Område", texts(["a", "b", "kanarie"])), ("Antal", weights)]
}

fn weights(weights: [f64; 3]) -> Vec<Column> {
    counts(Values::from_numbers(weights.map(Some)))
}

fn evaluate(register: &str, table: &Table<'_>) -> Result<Evaluation, Error> {
    let project = Project::from_toml(PROJECT).unwrap();
    let as_of = day::parse("2022-06-30").unwrap();
    let mut evaluator = Evaluator::by(&project, as_of, By::Declared)?;
    let added = evaluator.add(register, table);
    assert_silent(&format!("{evaluator:?}"));
    added?;
    evaluator.finish()
}

fn assert_silent(text: &str) {
    let text = text.to_lowercase();
    for canary in CANARIES {
        assert!(!text.contains(canary), "`{canary}` in: {text}");
    }
}

#[test]
fn no_error_holds_a_value_of_a_person() {
    let born = || texts(["2001-09-28", "28/9 2001", "kanarie"]);
    let mut repeated = people(vec![]);
    repeated.push(("Ort ", texts(["kanarie", "7319", "s"])));
    let mut uneven = people(vec![]);
    uneven.push(("kanarie", Values::from_integers([Some(7319)])));
    // A file without a row of headers: the first person stands in their place.
    let headless = ["20010928-7319", "kanarie a", "Kanarieort", "2001-09-28", "7319", "8191", "ja"];
    let headless = headless.map(|cell| (cell, texts(["7319", "kanarie", "s"])));
    let too_much = Values::from_integers([Some(i64::MAX - 7319); 3]);
    let typed: Vec<(&str, Vec<Column>)> = vec![
        ("people", headless.to_vec()),
        ("people", people(vec![]).split_off(2)),
        ("people", repeated),
        ("people", uneven),
        ("people", people(vec![("Fullföljd", born())])),
        ("people", people(vec![("Fullföljd", Values::from_integers([Some(20_010_928); 3]))])),
        ("people", people(vec![("Poäng", texts(["7319", "kanarie", "8191"]))])),
        ("people", people(vec![("Poäng", days(["2001-09-28"; 3]))])),
        ("people", people(vec![("Ort", days(["2001-09-28"; 3]))])),
        ("people", people(vec![("Ort", texts(["s", "20010928-7318", "t"]))])),
        ("people", people(vec![("Personnummer", days(["2001-09-28"; 3]))])),
        ("people", people(vec![("Personnummer", texts(["kanarie", "7319", " kanarie"]))])),
        ("people", people(vec![("Personnummer", Values::from_integers([Some(7319); 3]))])),
        ("counts", weights([1.0, f64::NAN, 7319.0])),
        ("counts", weights([1.0, -7319.0, 7319.0])),
        ("counts", weights([1.0, 7319.5, 7319.0])),
        ("counts", weights([1.0, 73_191e15, 7319.0])),
        ("counts", counts(Values::from_integers([Some(7319), None, Some(8191)]))),
        ("counts", counts(too_much)),
        ("counts", counts(texts(["7319", "kanarie", "8191"]))),
        ("kanariefri", people(vec![])),
    ];
    let untyped: Vec<(&str, Vec<Column>)> = vec![
        ("people", people(vec![("Fullföljd", born())])),
        (
            "people",
            people(vec![("Fullföljd", born()), ("Poäng", texts(["7319", "kanarie", "8191"]))]),
        ),
        ("counts", counts(texts(["7319", "-7319", "8191"]))),
        ("counts", counts(texts(["7319", "kanarie", "8191"]))),
    ];
    let typed = typed.into_iter().map(|(register, columns)| (register, Table::new(columns)));
    let untyped =
        untyped.into_iter().map(|(register, table)| (register, Table::new(table).of_texts()));
    let mut codes = BTreeSet::new();
    for (register, table) in typed.chain(untyped) {
        let error = evaluate(register, &table).expect_err("a fault");
        if register != "kanariefri" {
            assert_silent(&error.to_string());
            assert_silent(&format!("{error:?} {error:#?}"));
        }
        codes.insert(error.code());
    }
    let provoked: BTreeSet<&str> = crate::tables::codes().collect();
    assert_eq!(codes, provoked, "every code of a table is provoked here too");
}

/// A value of the first row may happen to be spelled nearly like a header.
#[test]
fn a_first_row_in_place_of_headers_is_not_told_where_it_is_near_one() {
    let row = ["20010928-7319", "Områda", "Orto", "Stege", "kanarie", "2001-09-28", "Poängs"];
    let table = Table::new(row.map(|cell| (cell, texts(["7319", "kanarie", "s"]))));
    let error = evaluate("people", &table).expect_err("a fault");
    let text = format!("{error} {error:?}");
    for cell in row {
        assert!(
            !text.contains(&format!("`{cell}`")) && !text.contains(&format!("\"{cell}\"")),
            "{text}"
        );
    }
}

#[test]
fn no_finding_and_no_figure_holds_a_value_of_a_person() {
    let columns = people(vec![
        ("Personnummer", Values::from_texts([Some("20010928-7319"), None, Some("kanarie")])),
        ("Område", texts(["a", "kanarieområdet", "b"])),
        ("Ort", texts(["t", "7319 kanarie", "t"])),
        ("Steg", texts(["7319", "8191", "kanarie"])),
        ("Frågad", texts(["kanarie", "2001-09-28", "7319"])),
        ("Fullföljd", days(["2031-09-28", "2001-09-28", "2001-09-28"])),
        ("Poäng", Values::from_numbers([Some(f64::INFINITY), Some(7319.8191), Some(f64::NAN)])),
    ]);
    let evaluations = [evaluate("people", &Table::new(columns)).unwrap(), evaluated_in_parts()];
    let findings = || evaluations.iter().flat_map(|evaluation| &evaluation.findings);
    let codes: Vec<FindingCode> = findings().map(|finding| finding.code).collect();
    let of_registers = |code: &&FindingCode| code.family() == Family::Register;
    for code in FindingCode::ALL.iter().filter(of_registers) {
        assert!(codes.contains(code), "{code:?} is not provoked here");
    }
    for finding in findings() {
        assert_silent(&finding.to_string());
        assert_silent(&finding.sentence(Language::Swedish));
        assert_silent(&finding.sentence(Language::English));
        assert_silent(&format!("{finding:?}"));
    }
    assert_silent(&format!("{evaluations:?}"));
}

/// Enrolments of persons, counted in two parts that are merged; nothing that is kept on the way shows them.
fn evaluated_in_parts() -> Evaluation {
    let project = Project::from_toml(PROJECT).unwrap();
    let as_of = day::parse("2022-06-30").unwrap();
    let lefts = [["2001-09-28"; 3], ["2001-09-27"; 3]];
    let tallies = lefts.map(|left| {
        let table = Table::new([
            ("Personnummer", texts(["20010928-7319", "kanariefågel", "7319"])),
            ("Område", texts(["a", "b", "kanarie"])),
            ("Poäng", Values::from_numbers([Some(73_198_191.0), None, Some(0.5)])),
            ("Fullföljd", Values::from_days([day::parse("2001-09-28"), None, None])),
            ("Avslut", days(left)),
        ]);
        let by = By::Margins(vec!["area".to_owned()]);
        let mut evaluator = Evaluator::by(&project, as_of, by).unwrap();
        evaluator.add("enrolments", &table).unwrap();
        assert_silent(&format!("{evaluator:?}"));
        let tally = evaluator.tally().unwrap();
        assert_silent(&format!("{tally:?}"));
        tally
    });
    Evaluation::of_tally(&project, &Tally::merge(tallies).unwrap().unwrap()).unwrap()
}
