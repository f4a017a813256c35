//! Registers so wide that combinations are kept by what occurs, not each at a place of its own.

use crate::choices::{Choices, choices};
use proptest::strategy::Strategy;

use crate::check;
use crate::generate::day;
use crate::model::{
    By, Case, Cell, Clause, Column, Condition, Delay, FollowUp, Form, Indicator, Items, Kind,
    Literal, Project, Register, Row, Test,
};
use crate::seen::Seen;
use crate::tables::evaluate;

/// Eight levels and unknown to the power of this: more combinations than have a place of their own, and more than are
/// listed where they are empty.
const WIDTH: usize = 7;
const LEVELS: usize = 8;

#[test]
fn a_wide_table_shows_the_groups_that_occur_and_they_add_up() {
    let cases = choices().prop_map(|mut choices| wide(&mut choices));
    check(25, &cases, |mut case| {
        let alone = Seen::of(&evaluate(&case));
        let names = case.project.registers[0].columns[2..].iter().map(|column| column.name.clone());
        case.by = By::Tables(vec![names.collect()]);
        let crossed = Seen::of(&evaluate(&case));
        assert_eq!(crossed.findings, alone.findings);
        let (overall, groups): (Vec<_>, Vec<_>) =
            crossed.figures.into_iter().partition(|figure| figure.group.is_empty());
        assert_eq!(overall, alone.figures);
        let rows = case.rows[0].as_ref().unwrap();
        for figure in &groups {
            let is_member = |row: &&Row| {
                figure.group.iter().zip(&row.cells[2..]).all(|((_, code), cell)| match cell {
                    Cell::Text(text) => code == text,
                    _ => code == "(unknown)",
                })
            };
            let members = rows.iter().filter(is_member).count() as u64;
            assert!(members > 0, "{figure:?}");
            assert_eq!(figure.counts.unwrap().iter().sum::<u64>(), members);
        }
        let sum =
            |place: usize| groups.iter().map(|group| group.counts.unwrap()[place]).sum::<u64>();
        assert_eq!(std::array::from_fn(sum), overall[0].counts.unwrap());
        let mut sorted: Vec<_> = groups.iter().map(|figure| figure.group.clone()).collect();
        sorted.dedup();
        assert_eq!(sorted.len(), groups.len());
    });
}

/// A register without rows, and one that is not handed over, have one figure that is listed all the same.
#[test]
fn overall_is_shown_where_no_group_is() {
    let mut case = wide(&mut Choices::none());
    let names = case.project.registers[0].columns[2..].iter().map(|column| column.name.clone());
    case.by = By::Tables(vec![names.collect()]);
    for (rows, reason) in [(Some(Vec::new()), "empty_population"), (None, "register_not_given")] {
        case.rows = vec![rows];
        let figures = Seen::of(&evaluate(&case)).figures;
        let reasons: Vec<_> =
            figures.iter().map(|figure| figure.reason.as_deref()).take(9).collect();
        assert_eq!((reasons, figures.len()), (vec![Some(reason)], 1));
    }
}

fn wide(choices: &mut Choices) -> Case {
    let codes: Vec<String> = (0..LEVELS).map(|code| format!("level {code}")).collect();
    let borrowed: Vec<&str> = codes.iter().map(String::as_str).collect();
    let mut columns = vec![
        Column::plain("completed", Kind::Date, Form::Day, &[]),
        Column::plain("works", Kind::Flag, Form::Flag, &[]),
    ];
    let crossed = |number| Column::plain(&format!("c{number}"), Kind::Level, Form::Text, &borrowed);
    columns.extend((0..WIDTH).map(crossed));
    let register = Register::plain("participants", columns);
    let works = Clause::Column("works".to_owned(), Test::Is(Literal::Flag(true)));
    let follow_up =
        FollowUp { after: "completed".to_owned(), delay: Delay::Months(3), window: None };
    let indicator = Indicator {
        name: "work".to_owned(),
        register: 0,
        of: None,
        exclude: None,
        having: Some(Condition(vec![works])),
        follow_up: Some(follow_up),
        items: Items::None,
    };
    let rows = choices.list(1, 20, |choices| {
        let completed = *choices.pick(&[(2022, 3, 30), (2022, 5, 1), (2022, 8, 1)]);
        let works = choices.pick(&[Cell::Flag(true), Cell::Flag(false), Cell::Null]).clone();
        let mut cells = vec![Cell::Day(day(completed)), works];
        let levels = (0..WIDTH).map(|_| {
            if choices.percent(10) {
                Cell::Null
            } else {
                Cell::Text(choices.pick(&codes[..2]).clone())
            }
        });
        cells.extend(levels);
        Row { id: Cell::Null, weight: 1, cells }
    });
    let (registers, indicators) = (vec![register], vec![indicator]);
    Case {
        project: Project { registers, indicators, ..Project::default() },
        as_of: day((2022, 6, 30)),
        by: By::Margins(Vec::new()),
        rows: vec![Some(rows)],
    }
}
