//! Makes conditions on the columns of a register.

use chrono::NaiveDate;

use crate::choices::Choices;
use crate::generate::nearby;
use crate::model::{Clause, Column, Condition, Kind, Literal, Register, Test};

/// A condition of up to three clauses, nested up to `depth` deep; empty only where the register has no columns.
pub(crate) fn condition(
    choices: &mut Choices,
    register: &Register,
    as_of: NaiveDate,
    depth: usize,
) -> Condition {
    let mut clauses: Vec<Clause> = Vec::new();
    for _ in 0..=choices.below(3) / 2 {
        let Some(clause) = clause(choices, register, as_of, depth) else { continue };
        // A key stands once in a table.
        if !clauses.iter().any(|known| key(known) == key(&clause)) {
            clauses.push(clause);
        }
    }
    Condition(clauses)
}

fn key(clause: &Clause) -> &str {
    match clause {
        Clause::Any(_) => "any",
        Clause::All(_) => "all",
        Clause::Not(_) => "not",
        Clause::Change { .. } => "change",
        Clause::Column(name, _) => name,
    }
}

fn clause(
    choices: &mut Choices,
    register: &Register,
    as_of: NaiveDate,
    depth: usize,
) -> Option<Clause> {
    let column =
        choices.pick(register.columns.get(..)?.first().map(|_| &register.columns)?).clone();
    let parts = |choices: &mut Choices| {
        choices.list(1, 3, |choices| condition(choices, register, as_of, depth - 1))
    };
    Some(match choices.below(if depth > 0 { 10 } else { 6 }) {
        5 => change(choices, register)
            .unwrap_or_else(|| Clause::Column(column.name.clone(), test(choices, &column, as_of))),
        6 | 7 => Clause::Any(parts(choices)),
        8 => Clause::All(parts(choices)),
        9 => Clause::Not(condition(choices, register, as_of, depth - 1)),
        _ => Clause::Column(column.name.clone(), test(choices, &column, as_of)),
    })
}

fn change(choices: &mut Choices, register: &Register) -> Option<Clause> {
    let (from, to) = *choices.pick(&[("step_start", "step_end"), ("score_before", "score_after")]);
    register.position(to)?;
    let column = &register.columns[register.position(from)?];
    let limit = |choices: &mut Choices| match column.kind {
        Kind::Ordinal => 100 * choices.between(-2, 2),
        _ => hundredths(choices, column),
    };
    let at_least = choices.some(70, limit);
    let at_most = if at_least.is_none() { Some(limit(choices)) } else { choices.some(30, limit) };
    let (from, to) = (from.to_owned(), to.to_owned());
    Some(Clause::Change { from, to, at_least, at_most })
}

fn test(choices: &mut Choices, column: &Column, as_of: NaiveDate) -> Test {
    let is_ordered = !matches!(column.kind, Kind::Level | Kind::Flag);
    match choices.below(if is_ordered { 7 } else { 5 }) {
        0 | 1 => Test::Is(literal(choices, column, as_of)),
        2 | 3 => Test::In(choices.list(1, 3, |choices| literal(choices, column, as_of))),
        4 => within(Some(choices.percent(50))),
        5 => {
            let Test::Within { known, .. } = within(choices.some(30, |_| true)) else {
                unreachable!("within gives bounds")
            };
            let at_least = Some(literal(choices, column, as_of));
            let at_most = choices.some(30, |choices| literal(choices, column, as_of));
            Test::Within { known, at_least, at_most, between: None }
        }
        _ => {
            let at_most = choices.some(50, |choices| literal(choices, column, as_of));
            let between = if at_most.is_none() {
                let (one, other) =
                    (literal(choices, column, as_of), literal(choices, column, as_of));
                Some(if place(column, &one) <= place(column, &other) {
                    (one, other)
                } else {
                    (other, one)
                })
            } else {
                None
            };
            Test::Within { known: None, at_least: None, at_most, between }
        }
    }
}

fn within(known: Option<bool>) -> Test {
    Test::Within { known, at_least: None, at_most: None, between: None }
}

fn literal(choices: &mut Choices, column: &Column, as_of: NaiveDate) -> Literal {
    match column.kind {
        Kind::Level | Kind::Ordinal => Literal::Code(choices.pick(&column.levels).code.clone()),
        Kind::Date => Literal::Day(nearby(choices, as_of)),
        Kind::Number => Literal::Hundredths(hundredths(choices, column)),
        Kind::Flag => Literal::Flag(choices.percent(50)),
    }
}

/// Where a value of an ordered column stands among the others.
fn place(column: &Column, literal: &Literal) -> i64 {
    match literal {
        Literal::Code(code) => {
            let place = column.levels.iter().position(|level| level.code == *code).unwrap();
            i64::try_from(place).unwrap()
        }
        Literal::Hundredths(number) => *number,
        Literal::Flag(flag) => i64::from(*flag),
        Literal::Day(day) => i64::from(day.to_epoch_days()),
    }
}

/// A limit with no more decimals than those of the column that count.
fn hundredths(choices: &mut Choices, column: &Column) -> i64 {
    match column.decimals {
        None => 25 * choices.between(-8, 20),
        Some(0) => 100 * choices.between(-2, 5),
        Some(1) => 10 * choices.between(-20, 50),
        Some(_) => choices.between(-200, 500),
    }
}
