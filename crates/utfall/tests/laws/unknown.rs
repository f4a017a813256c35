//! What is not known is never taken for false.

use chrono::NaiveDate;

use crate::for_every_case;
use crate::generate::day;
use crate::model::{Cell, Clause, Condition, Indicator, Test};
use crate::seen::{FigureRow, Seen};
use crate::tables::evaluate;
use utfall::data::{Table, Values};
use utfall::{Evaluator, Project};

/// Kleene's strong tables (Introduction to Metamathematics, 1952, § 64), as figures show them.
#[test]
fn conditions_follow_kleenes_tables() {
    use Truth::{False, True, Unknown};
    let values = [True, False, Unknown];
    let and = [[True, False, Unknown], [False, False, False], [Unknown, False, Unknown]];
    let or = [[True, True, True], [True, False, Unknown], [True, Unknown, Unknown]];
    for (row, left) in values.into_iter().enumerate() {
        for (column, right) in values.into_iter().enumerate() {
            let found = |having: &str| truth(having, left, right);
            for having in ["{ all = [{ a = true }, { b = true }] }", "{ a = true, b = true }"] {
                assert_eq!(found(having), and[row][column], "{left:?} and {right:?}");
            }
            let or_by_and = "{ not = { all = [{ a = false }, { b = false }] } }";
            for having in ["{ any = [{ a = true }, { b = true }] }", or_by_and] {
                assert_eq!(found(having), or[row][column], "{left:?} or {right:?}");
            }
        }
        let not = [False, True, Unknown][row];
        for having in ["{ not = { a = true } }", "{ a = false }"] {
            assert_eq!(truth(having, left, True), not, "not {left:?}");
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Truth {
    True,
    False,
    Unknown,
}

/// What a condition on two flags says of them.
fn truth(having: &str, left: Truth, right: Truth) -> Truth {
    let project = Project::from_toml(&format!(
        "schema = 1\nname = \"Kleene\"\n[registers.r]\nunit = \"person\"\n\
         columns.a = {{ header = \"A\", type = \"flag\" }}\n\
         columns.b = {{ header = \"B\", type = \"flag\" }}\n\
         [indicators.i]\nkind = \"share\"\nregister = \"r\"\nhaving = {having}\n"
    ));
    let project = project.unwrap();
    let flag = |truth: Truth| match truth {
        Truth::True => Some(true),
        Truth::False => Some(false),
        Truth::Unknown => None,
    };
    let table = Table::new([
        ("A", Values::from_flags([flag(left)])),
        ("B", Values::from_flags([flag(right)])),
    ]);
    let mut evaluator = Evaluator::new(&project, day((2022, 6, 30))).unwrap();
    evaluator.add("r", &table).unwrap();
    let evaluation = evaluator.finish().unwrap();
    let counts = evaluation.figure("i").unwrap().counts.unwrap();
    match (counts.successes, counts.failures, counts.missing) {
        (1, 0, 0) => Truth::True,
        (0, 1, 0) => Truth::False,
        (0, 0, 1) => Truth::Unknown,
        _ => panic!("one row, three places: {counts:?}"),
    }
}

/// Of a row of nulls nothing is known: it is nowhere that something must be false (or, for `exclude`, true) for.
#[test]
fn a_row_of_nulls_is_neither_outside_nor_excluded_nor_observed() {
    for_every_case(80, |mut case, _| {
        for row in case.rows.iter_mut().flatten().flatten() {
            row.cells.fill(Cell::Null);
        }
        let seen = Seen::of(&evaluate(&case));
        for indicator in case.project.indicators.iter().filter(|indicator| !asks_known(indicator)) {
            let Some(counts) = overall(&seen, indicator).counts else { continue };
            let [outside, unclassified, excluded, not_due, missing, successes, failures] = counts;
            let is_share = !indicator.is_count();
            let is_open = is_share || indicator.of.is_some();
            assert_eq!([outside, excluded, failures], [0; 3], "{}", indicator.name);
            assert!(!is_open || successes == 0, "{}: {counts:?}", indicator.name);
            assert!(is_share || not_due + missing == 0, "{}: {counts:?}", indicator.name);
            assert!(indicator.of.is_none() || not_due + missing + successes == 0, "{unclassified}");
        }
    });
}

/// To know less of a row never makes a success, a failure or an outsider of it.
#[test]
fn a_null_never_decides() {
    for_every_case(100, |mut case, mut choices| {
        let before = Seen::of(&evaluate(&case));
        for (register, rows) in case.project.registers.iter().zip(&mut case.rows) {
            for row in rows.iter_mut().flatten() {
                let column = choices.below(register.columns.len());
                // Without its parent a contradictory level is one that can be known.
                if register.columns[column].name != "area" {
                    row.cells[column] = Cell::Null;
                }
            }
        }
        let after = Seen::of(&evaluate(&case));
        for indicator in case.project.indicators.iter().filter(|indicator| is_monotone(indicator)) {
            let counts = |seen: &Seen| overall(seen, indicator).counts;
            let (Some(before), Some(after)) = (counts(&before), counts(&after)) else { continue };
            for place in [0, 5, 6] {
                assert!(after[place] <= before[place], "{}: {before:?} {after:?}", indicator.name);
            }
        }
    });
}

/// A date that has not happened yet is no date.
#[test]
fn a_future_date_is_a_null() {
    for_every_case(60, |mut case, _| {
        let before = Seen::of(&evaluate(&case));
        let is_future = |day: &NaiveDate| *day > case.as_of;
        for cell in case.rows.iter_mut().flatten().flatten().flat_map(|row| &mut row.cells) {
            if matches!(cell, Cell::Day(day) if is_future(day)) {
                *cell = Cell::Null;
            }
        }
        let mut after = Seen::of(&evaluate(&case));
        let mut findings = before.findings.clone();
        findings.retain(|finding| finding.code != "future_date");
        assert_eq!(after.findings, findings);
        after.findings = before.findings.clone();
        assert_eq!(after, before);
    });
}

fn overall<'s>(seen: &'s Seen, indicator: &Indicator) -> &'s FigureRow {
    let is_overall = |row: &&FigureRow| row.indicator == indicator.name && row.group.is_empty();
    seen.figures.iter().find(is_overall).unwrap()
}

fn conditions(indicator: &Indicator) -> impl Iterator<Item = &Condition> {
    indicator.of.iter().chain(&indicator.exclude).chain(&indicator.having)
}

/// Whether it asks if a value is known, which a null answers.
fn asks_known(indicator: &Indicator) -> bool {
    fn asks(condition: &Condition) -> bool {
        condition.0.iter().any(|clause| match clause {
            Clause::Any(parts) | Clause::All(parts) => parts.iter().any(asks),
            Clause::Not(part) => asks(part),
            Clause::Column(_, Test::Within { known, .. }) => known.is_some(),
            Clause::Column(..) | Clause::Change { .. } => false,
        })
    }
    conditions(indicator).any(asks)
}

/// Whether knowing less can only take units away from where something is known: unknown does not exclude, and a
/// closed window without a day of observation is an observation.
fn is_monotone(indicator: &Indicator) -> bool {
    let has_window = indicator.follow_up.as_ref().is_some_and(|found| found.window.is_some());
    let grows = indicator.is_count() && indicator.of.is_none();
    !asks_known(indicator) && indicator.exclude.is_none() && !has_window && !grows
}
