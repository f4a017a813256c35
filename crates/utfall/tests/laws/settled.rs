//! A settled verdict is settled: whatever fills the gaps, it stands.

use chrono::NaiveDate;
use proptest::strategy::Strategy;

use crate::check;
use crate::choices::{Choices, choices};
use crate::generate::day;
use crate::goals;
use crate::model::{
    By, Case, Cell, Clause, Column, Condition, Delay, FollowUp, Form, Goal, Indicator, Items, Kind,
    Literal, Project, Register, Row, Test,
};
use crate::tables::evaluate;

const JOINED: usize = 0;
const COMPLETED: usize = 1;
const STATUS: usize = 2;

fn as_of() -> NaiveDate {
    day((2022, 6, 30))
}

#[test]
fn no_answer_that_comes_in_changes_a_settled_verdict() {
    let cases = choices().prop_map(|mut choices| case(&mut choices));
    check(150, &(cases, choices()), |(case, mut choices)| {
        let verdicts = evaluate(&case).verdicts;
        for _ in 0..4 {
            let evaluation = evaluate(&filled(&case, &mut choices));
            let counts = evaluation.figure("work").unwrap().counts.unwrap();
            assert_eq!((counts.unclassified, counts.not_due, counts.missing), (0, 0, 0));
            for (before, after) in verdicts.iter().zip(&evaluation.verdicts) {
                if before.settled == Some(true) {
                    assert_eq!(after.judgement, before.judgement, "{before:?} {after:?}");
                    assert_eq!(after.settled, Some(true));
                }
            }
        }
    });
}

fn case(choices: &mut Choices) -> Case {
    let columns = vec![
        Column::plain("joined", Kind::Flag, Form::Flag, &[]),
        Column::plain("completed", Kind::Date, Form::Day, &[]),
        Column::plain("status", Kind::Level, Form::Text, &["work", "other"]),
    ];
    let register = Register::plain("participants", columns);
    let is =
        |name: &str, literal| Condition(vec![Clause::Column(name.to_owned(), Test::Is(literal))]);
    let indicator = Indicator {
        name: "work".to_owned(),
        register: 0,
        of: Some(is("joined", Literal::Flag(true))),
        exclude: None,
        having: Some(is("status", Literal::Code("work".to_owned()))),
        follow_up: Some(FollowUp {
            after: "completed".to_owned(),
            delay: Delay::Months(3),
            window: None,
        }),
        items: Items::None,
    };
    let rows =
        choices.list(3, 30, |choices| Row { id: Cell::Null, weight: 1, cells: cells(choices) });
    let targets = (0..6).map(|number| Goal {
        name: format!("goal_{number}"),
        indicator: Some(0),
        targets: goals::targets(choices, as_of(), |choices| goals::promise(choices, true)),
        scale: Vec::new(),
        evidence: Vec::new(),
    });
    let goals = targets.collect();
    let indicators = vec![indicator];
    let registers = vec![register];
    let project = Project { registers, indicators, goals, ..Project::default() };
    Case { project, as_of: as_of(), by: By::Declared, rows: vec![Some(rows)] }
}

/// Mostly known, so that verdicts are settled now and then.
fn cells(choices: &mut Choices) -> Vec<Cell> {
    let joined = match choices.below(20) {
        18 => Cell::Null,
        19 => Cell::Flag(false),
        _ => Cell::Flag(true),
    };
    let completed = match choices.below(20) {
        18 => Cell::Null,
        19 => Cell::Day(day((2022, 5, 15))),
        _ => Cell::Day(day((2022, 3, 30))),
    };
    vec![joined, completed, status(choices, 5)]
}

fn status(choices: &mut Choices, nulls: usize) -> Cell {
    if choices.percent(nulls) {
        Cell::Null
    } else {
        Cell::Text((*choices.pick(&["work", "other"])).to_owned())
    }
}

/// The case after every gap is filled: the unclassified are in or out, what was not due is due, and what was missing
/// is answered. What was observed stays as it is.
fn filled(case: &Case, choices: &mut Choices) -> Case {
    let mut filled = case.clone();
    for row in filled.rows.iter_mut().flatten().flatten() {
        let was_in = row.cells[JOINED] != Cell::Null;
        let was_due = row.cells[COMPLETED] == Cell::Day(day((2022, 3, 30)));
        if !was_in {
            row.cells[JOINED] = Cell::Flag(choices.percent(50));
        }
        if !(was_in && was_due) || row.cells[STATUS] == Cell::Null {
            row.cells[COMPLETED] = Cell::Day(day((2022, 1, 1)));
            row.cells[STATUS] = status(choices, 0);
        }
    }
    filled
}
