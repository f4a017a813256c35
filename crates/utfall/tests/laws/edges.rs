//! What the cases made at random leave out, since it is too rare to be met there.

use utfall::data::{Table, Values};
use utfall::{Accounting, Evaluation, Evaluator, Project};

use crate::generate::day;

/// The evaluation of one table of a register `r` with these columns and this indicator `i`.
fn evaluated(columns: &str, indicator: &str, table: &Table<'_>) -> Evaluation {
    let text = format!(
        "schema = 1\nname = \"Edges\"\n[registers.r]\nunit = \"person\"\n{columns}\n\
         [indicators.i]\nregister = \"r\"\n{indicator}\n"
    );
    let project = Project::from_toml(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let mut evaluator = Evaluator::new(&project, day((2022, 6, 30))).unwrap();
    evaluator.add("r", table).unwrap();
    evaluator.finish().unwrap()
}

fn overall(evaluation: &Evaluation) -> Accounting {
    evaluation.figure("i").unwrap().counts.unwrap()
}

/// 1.0 at one decimal and 1.05 at two differ by 0.05, not by 95 of any unit.
#[test]
fn a_change_between_unlike_decimals_is_the_difference_of_the_numbers() {
    let columns = "columns.before = { header = \"Före\", type = \"number\", decimals = 1 }\n\
                   columns.after = { header = \"Efter\", type = \"number\", decimals = 2 }";
    let indicator = "kind = \"share\"\nhaving = { change = { from = \"before\", to = \"after\", at_least = 1 } }";
    let table = Table::new([
        ("Före", Values::from_numbers([Some(1.0), Some(1.0)])),
        ("Efter", Values::from_numbers([Some(1.05), Some(2.0)])),
    ]);
    let counts = overall(&evaluated(columns, indicator, &table));
    assert_eq!((counts.successes, counts.failures), (1, 1));
}

/// Decimals say how many of a number count, not how many of the limit that it is compared with: 1.3 is above 1.25.
#[test]
fn a_limit_keeps_its_own_decimals() {
    let columns = "columns.score = { header = \"Poäng\", type = \"number\", decimals = 1 }";
    let table = Table::new([("Poäng", Values::from_numbers([Some(1.2), Some(1.3)]))]);
    for (limit, expected) in [("{ at_most = 1.25 }", (1, 1)), ("{ at_least = 1.24 }", (1, 1))] {
        let indicator = format!("kind = \"share\"\nhaving = {{ score = {limit} }}");
        let counts = overall(&evaluated(columns, &indicator, &table));
        assert_eq!((counts.successes, counts.failures), expected, "{limit}");
    }
}

/// A pair is contradictory as the row has it, in whatever order the columns are declared.
#[test]
fn a_hierarchy_of_three_levels_is_read_in_any_order_of_columns() {
    let region =
        "columns.region = { header = \"Region\", type = \"level\", levels = [\"A\", \"B\"] }";
    let area = "columns.area = { header = \"Område\", type = \"level\", parent = \"region\", \
                levels = { a = { parent = \"A\" }, b = { parent = \"B\" } } }";
    let town = "columns.town = { header = \"Ort\", type = \"level\", parent = \"area\", \
                levels = { s = { parent = \"a\" }, t = { parent = \"b\" } } }";
    let table = Table::new([
        ("Region", Values::from_texts([Some("A"), Some("A")])),
        ("Område", Values::from_texts([Some("b"), Some("a")])),
        ("Ort", Values::from_texts([Some("s"), Some("t")])),
    ]);
    let indicator = "kind = \"share\"\nhaving = { town = \"s\" }";
    let down = evaluated(&[region, area, town].join("\n"), indicator, &table);
    let up = evaluated(&[town, area, region].join("\n"), indicator, &table);
    assert_eq!(up.findings, down.findings);
    assert_eq!(overall(&up), overall(&down));
}

/// Minus zero is zero, as a level, a flag and a weight.
#[test]
fn minus_zero_is_zero() {
    let columns = "weight = \"Antal\"\n\
                   columns.step = { header = \"Steg\", type = \"ordinal\", levels = [\"0\", \"1\"] }\n\
                   columns.asked = { header = \"Frågad\", type = \"flag\" }";
    let indicator = "kind = \"share\"\nhaving = { step = \"0\", asked = false }";
    let table = Table::new([
        ("Steg", Values::from_numbers([Some(-0.0), Some(0.0)])),
        ("Frågad", Values::from_numbers([Some(-0.0), Some(0.0)])),
        ("Antal", Values::from_numbers([Some(1.0), Some(-0.0)])),
    ]);
    let evaluation = evaluated(columns, indicator, &table);
    assert_eq!(evaluation.findings, []);
    assert_eq!(overall(&evaluation).successes, 1);
}

/// An empty table has headers and nothing else; its columns may have any type.
#[test]
fn a_table_without_rows_is_a_register() {
    let columns = "columns.day = { header = \"Dag\", type = \"date\" }";
    let indicator = "kind = \"count\"";
    for values in [Values::Nulls(0), Values::from_days([])] {
        let evaluation = evaluated(columns, indicator, &Table::new([("Dag", values)]));
        let figure = evaluation.figure("i").unwrap();
        assert_eq!(evaluation.figures.value(figure), Some(0.0));
    }
}

/// As a day that falls due on `as_of` is due, a window whose last day is `as_of` has closed: what was not observed in it
/// was not observed at all, and `having` decides. The day before it is open, and the answer is missing.
#[test]
fn a_window_has_closed_on_its_last_day() {
    let columns = "columns.completed = { header = \"Fullföljd\", type = \"date\" }\n\
                   columns.job = { header = \"Anställd\", type = \"date\" }";
    let indicator = "kind = \"share\"\nhaving = { job = { known = true } }\n\
                     follow_up = { after = \"completed\", days = 10, observed_on = \"job\", window_days = [0, 5] }";
    // Due on 2022-06-25, in the window until 2022-06-30.
    for (completed, expected) in [((2022, 6, 15), (0, 1)), ((2022, 6, 16), (1, 0))] {
        let table = Table::new([
            ("Fullföljd", Values::from_days([Some(day(completed))])),
            ("Anställd", Values::from_days([None])),
        ]);
        let counts = overall(&evaluated(columns, indicator, &table));
        assert_eq!((counts.missing, counts.failures), expected, "{completed:?}");
    }
}

/// Each unit of a survey is counted once for every item: 3 times 2^62 answers are more than can be counted.
#[test]
fn answers_together_stay_below_what_can_be_counted() {
    let columns = ["a", "b", "c"]
        .map(|name| format!("columns.{name} = {{ header = \"{name}\", type = \"flag\" }}\n"));
    let text = format!(
        "schema = 1\nname = \"Edges\"\n[registers.r]\nunit = \"answer\"\nweight = \"Antal\"\n{}\
         [indicators.i]\nkind = \"survey\"\nregister = \"r\"\nitems = [\"a\", \"b\", \"c\"]\n\
         favourable = [\"true\"]\n",
        columns.concat()
    );
    let project = Project::from_toml(&text).unwrap();
    let answer = || Values::from_flags([Some(true)]);
    for (weight, is_counted) in [(1 << 61, true), (1 << 62, false)] {
        let weights = Values::from_integers([Some(weight)]);
        let table =
            Table::new([("a", answer()), ("b", answer()), ("c", answer()), ("Antal", weights)]);
        let mut evaluator = Evaluator::new(&project, day((2022, 6, 30))).unwrap();
        evaluator.add("r", &table).unwrap();
        let error = evaluator.finish().map_err(|error| error.code()).err();
        assert_eq!(error, (!is_counted).then_some("weight_overflow"));
    }
}
