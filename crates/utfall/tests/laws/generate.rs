//! Makes cases: projects with columns of every type, and rows with nulls, future dates and undeclared spellings.

use chrono::{Datelike, Days, Months, NaiveDate};
use proptest::prelude::Strategy;

use crate::choices::{Choices, choices};
use crate::conditions::condition;
use crate::goals::goal;
use crate::items::{self, flow_stages};
use crate::model::{
    By, Case, Cell, Column, Delay, Flow, FollowUp, Form, Indicator, Items, Kind, Level, Project,
    Register, Row, Window,
};

/// Any case.
pub(crate) fn cases() -> impl Strategy<Value = Case> {
    choices().prop_map(|mut choices| case(&mut choices))
}

pub(crate) fn case(choices: &mut Choices) -> Case {
    let as_of = day(*choices.pick(&[(2023, 6, 30), (2024, 2, 29), (2023, 2, 28), (2023, 3, 31)]));
    let project = project(choices, as_of);
    let crossable = project.registers[0].crossable();
    let by = match choices.below(4) {
        0 | 1 => By::Declared,
        2 => By::Margins(some_of(choices, &crossable, 2)),
        _ => By::Tables(choices.list(0, 3, |choices| some_of(choices, &crossable, 2))),
    };
    let rows = project.registers.iter().enumerate().map(|(position, register)| {
        let is_given = position == 0 || !choices.percent(30);
        is_given.then(|| rows(choices, register, as_of))
    });
    let rows = rows.collect();
    Case { project, as_of, by, rows }
}

pub(crate) fn day((year, month, day): (i32, u32, u32)) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Up to `most` of the names, in any order.
fn some_of(choices: &mut Choices, names: &[String], most: usize) -> Vec<String> {
    let mut names = names.to_vec();
    choices.shuffle(&mut names);
    names.truncate(choices.below(most + 1));
    names
}

fn project(choices: &mut Choices, as_of: NaiveDate) -> Project {
    let participants = participants(choices);
    let mut registers = vec![participants];
    if choices.percent(40) {
        registers.push(branches(choices, &registers[0]));
    }
    let asked: Vec<Register> = registers.iter().map(|all| asked(choices, all)).collect();
    let mut position = 0;
    let indicators = choices.list(1, 3, |choices| {
        position += 1;
        let register = choices.below(registers.len());
        indicator(choices, format!("indicator_{position}"), register, &asked[register], as_of)
    });
    let mut position = 0;
    let goals = choices.list(0, 4, |choices| {
        position += 1;
        goal(choices, format!("goal_{position}"), &indicators, &registers[0], as_of)
    });
    let last_day = choices.some(60, |choices| nearby(choices, as_of));
    let flow = choices.some(40, |choices| {
        let reasons = &registers[0].crossable();
        Flow {
            reasons: choices.some(60, |choices| choices.pick(reasons).clone()),
            stages: flow_stages(choices, &asked[0], as_of),
        }
    });
    Project { last_day, registers, indicators, goals, flow }
}

/// A register with a few of its columns: those that the indicators of the case ask. They ask the same ones, since the
/// signatures of a register multiply with every column that is asked.
fn asked(choices: &mut Choices, register: &Register) -> Register {
    let mut few = register.clone();
    choices.shuffle(&mut few.columns);
    few.columns.truncate(2 + choices.below(3));
    // What is measured before is asked together with what is measured after.
    for (before, after) in [("step_start", "step_end"), ("score_before", "score_after")] {
        if few.position(before).is_some() && few.position(after).is_none() {
            few.columns.extend(register.position(after).map(|at| register.columns[at].clone()));
        }
    }
    few
}

/// A register with a column of every type, in any order.
fn participants(choices: &mut Choices) -> Register {
    let steps = 2 + choices.below(4);
    let decimals = choices.some(60, |choices| u32::try_from(choices.below(3)).unwrap());
    let area = levels(choices, "Väst", 3, &[]);
    let areas: Vec<String> = area.iter().map(|level| level.code.clone()).collect();
    let mut columns = vec![
        column(choices, "gender", Kind::Level, Form::Text),
        Column { levels: area, ..column(choices, "area", Kind::Level, Form::Text) },
        Column {
            levels: levels(choices, "Stad", 4, &areas),
            parent: Some("area".to_owned()),
            ..column(choices, "town", Kind::Level, Form::Text)
        },
        column(choices, "agreed", Kind::Flag, Form::Flag),
    ];
    columns[0].levels = levels(choices, "kön", 3, &[]);
    columns[3].levels = flag_levels(choices);
    columns[3].form = *choices.pick(&[Form::Flag, Form::Text, Form::Whole, Form::Decimal]);
    for name in ["step_start", "step_end"] {
        let form = *choices.pick(&[Form::Whole, Form::Text, Form::Decimal]);
        let levels = (1..=steps).map(|step| Level::plain(&step.to_string())).collect();
        columns.push(Column { levels, ..column(choices, name, Kind::Ordinal, form) });
    }
    for name in ["begun", "completed", "seen"] {
        columns.push(column(choices, name, Kind::Date, Form::Day));
    }
    for name in ["score_before", "score_after"] {
        let form = *choices.pick(&[Form::Decimal, Form::Whole]);
        columns.push(Column { decimals, ..column(choices, name, Kind::Number, form) });
    }
    choices.shuffle(&mut columns);
    register(choices, "participants", columns, None)
}

/// A register with some of the columns of another, under headers of its own.
fn branches(choices: &mut Choices, other: &Register) -> Register {
    let mut columns: Vec<Column> = other.columns.clone();
    columns.retain(|_| !choices.percent(30));
    for column in &mut columns {
        column.header = format!("{} (gren)", column.header);
    }
    if !columns.iter().any(|column| column.name == "area") {
        columns.retain(|column| column.name != "town");
    }
    register(choices, "branches", columns, Some(other.name.clone()))
}

fn register(
    choices: &mut Choices,
    name: &str,
    columns: Vec<Column>,
    like: Option<String>,
) -> Register {
    let has_weights = choices.percent(30);
    let mut register = Register {
        unit: choices.pick::<&str>(&["person", "enrolment"]),
        has_ids: !has_weights && choices.percent(50),
        has_weights,
        like,
        ..Register::plain(name, columns)
    };
    register.by = some_of(choices, &register.crossable(), 2);
    register
}

fn column(choices: &mut Choices, name: &str, kind: Kind, form: Form) -> Column {
    Column {
        header: format!("{name} på svenska"),
        is_absent: choices.percent(2),
        ..Column::plain(name, kind, form, &[])
    }
}

/// One to `most` levels that lie within `parents`, if there are any.
fn levels(choices: &mut Choices, stem: &str, most: usize, parents: &[String]) -> Vec<Level> {
    let count = 1 + choices.below(most);
    let level = |number: usize, choices: &mut Choices| Level {
        sv: choices.some(40, |_| format!("Östra {stem} {number}")),
        en: choices.some(40, |_| format!("East {stem} {number}")),
        spellings: choices.list(0, 2, |choices| {
            let ending = choices.below(9);
            decorated(choices, &format!("å.{stem}{number}{ending}"))
        }),
        parent: (!parents.is_empty()).then(|| choices.pick(parents).clone()),
        ..Level::plain(&format!("{stem}_{number}"))
    };
    (1..=count).map(|number| level(number, choices)).collect()
}

fn flag_levels(choices: &mut Choices) -> Vec<Level> {
    let is_declared = choices.percent(50);
    let declared = [("false", "Avböjt"), ("true", "Lämnat å sidan")];
    let levels = declared.map(|(code, spelling)| {
        let spellings = vec![spelling.to_owned()];
        Level { spellings, ..Level::plain(code) }
    });
    if is_declared { levels.into() } else { Vec::new() }
}

/// The text, perhaps with spaces about it, perhaps with separate diacritics.
fn decorated(choices: &mut Choices, text: &str) -> String {
    let text = match choices.below(3) {
        2 => text.replace('ö', "o\u{308}").replace('å', "a\u{30a}").replace('ä', "a\u{308}"),
        _ => text.to_owned(),
    };
    match choices.below(4) {
        2 => format!("  {text}\t"),
        3 => format!("{text}\u{a0}"),
        _ => text,
    }
}

fn indicator(
    choices: &mut Choices,
    name: String,
    register_position: usize,
    register: &Register,
    as_of: NaiveDate,
) -> Indicator {
    let of = choices.some(50, |choices| condition(choices, register, as_of, 1));
    let exclude = choices.some(35, |choices| condition(choices, register, as_of, 2));
    let items = if choices.percent(35) { items::items(choices, register) } else { Items::None };
    let often = if matches!(items, Items::None) { 75 } else { 0 };
    let having = choices.some(often, |choices| condition(choices, register, as_of, 3));
    let dates: Vec<&Column> =
        register.columns.iter().filter(|column| column.kind == Kind::Date).collect();
    let follow_up = if having.is_none() || dates.is_empty() {
        None
    } else {
        choices.some(60, |choices| follow_up(choices, &dates))
    };
    // The columns of a register may be so few that nothing can be asked of them.
    let empty = |condition: &crate::model::Condition| condition.0.is_empty();
    let of = of.filter(|condition| !empty(condition));
    let exclude = exclude.filter(|condition| !empty(condition));
    let having = having.filter(|condition| !empty(condition));
    let follow_up = follow_up.filter(|_| having.is_some());
    Indicator { name, register: register_position, of, exclude, having, follow_up, items }
}

fn follow_up(choices: &mut Choices, dates: &[&Column]) -> FollowUp {
    let delay = match choices.below(2) {
        0 => Delay::Months(choices.between(0, 4)),
        _ => Delay::Days(choices.between(0, 90)),
    };
    let window = choices.some(50, |choices| Window {
        observed_on: choices.pick(dates).name.clone(),
        before: choices.between(0, 40),
        after: choices.between(0, 40),
    });
    FollowUp { after: choices.pick(dates).name.clone(), delay, window }
}

/// A day before or soon after `as_of`, often at the end of a month.
pub(crate) fn nearby(choices: &mut Choices, as_of: NaiveDate) -> NaiveDate {
    if choices.percent(50) {
        let month = as_of - Months::new(u32::try_from(choices.below(6)).unwrap());
        let wanted = *choices.pick(&[28, 29, 30, 31, 1, as_of.day()]);
        (0..4).find_map(|less| month.with_day(wanted - less)).unwrap_or(month)
    } else {
        let start = as_of - Days::new(160);
        start + Days::new(choices.between(0, 175).unsigned_abs())
    }
}

fn rows(choices: &mut Choices, register: &Register, as_of: NaiveDate) -> Vec<Row> {
    let mut number = 0;
    choices.list(0, 24, |choices| {
        number += 1;
        row(choices, register, as_of, number)
    })
}

pub(crate) fn row(
    choices: &mut Choices,
    register: &Register,
    as_of: NaiveDate,
    number: i64,
) -> Row {
    let is_repeated = register.unit != "person" && choices.percent(20);
    let id = if choices.percent(5) { Cell::Null } else { Cell::Whole(number) };
    Row {
        id: if is_repeated { Cell::Whole(1) } else { id },
        weight: choices.between(0, 4).unsigned_abs(),
        cells: register.columns.iter().map(|column| cell(choices, column, as_of)).collect(),
    }
}

fn cell(choices: &mut Choices, column: &Column, as_of: NaiveDate) -> Cell {
    if choices.percent(15) {
        return Cell::Null;
    }
    match column.kind {
        Kind::Date => Cell::Day(nearby(choices, as_of)),
        Kind::Number => number(choices, column),
        Kind::Level => Cell::Text(match choices.below(20) {
            18 => "?".to_owned(),
            19 => decorated(choices, ""),
            _ => {
                let level = choices.pick(&column.levels);
                let texts = level.texts();
                let text = *choices.pick(&texts);
                decorated(choices, text)
            }
        }),
        Kind::Ordinal => {
            let step = choices.between(1, i64::try_from(column.levels.len()).unwrap());
            let step = if choices.percent(4) { 9 } else { step };
            coded(choices, column.form, step)
        }
        Kind::Flag => flag(choices, column),
    }
}

fn coded(choices: &mut Choices, form: Form, code: i64) -> Cell {
    match form {
        Form::Whole => Cell::Whole(code),
        #[allow(clippy::cast_precision_loss, reason = "codes are small")]
        Form::Decimal => Cell::Decimal(if choices.percent(5) { f64::NAN } else { code as f64 }),
        _ => Cell::Text(decorated(choices, &code.to_string())),
    }
}

fn flag(choices: &mut Choices, column: &Column) -> Cell {
    let flag = choices.percent(50);
    match column.form {
        Form::Flag => Cell::Flag(flag),
        Form::Text if choices.percent(5) => Cell::Text("kanske".to_owned()),
        Form::Text => {
            let words = if flag { ["Ja", "true", "1", "JA"] } else { ["nej", "False", "0", "Nej"] };
            let declared =
                column.levels.get(usize::from(flag)).map(|level| level.spellings[0].clone());
            let text = declared.filter(|_| choices.percent(40));
            let text = text.unwrap_or_else(|| (*choices.pick(&words)).to_owned());
            Cell::Text(decorated(choices, &text))
        }
        form => {
            let code = if choices.percent(5) { 2 } else { i64::from(flag) };
            coded(choices, form, code)
        }
    }
}

/// Numbers in quarters where every decimal counts, since binary fractions are exact there; else in the hundredths or
/// tenths that count, with a little noise that does not.
fn number(choices: &mut Choices, column: &Column) -> Cell {
    let whole = choices.between(-3, 6);
    if column.form == Form::Whole {
        return Cell::Whole(whole);
    }
    let hundredths = match column.decimals {
        None => 100 * whole + 25 * choices.between(0, 3),
        Some(0) => 100 * whole + choices.between(-20, 20),
        Some(1) => 100 * whole + 10 * choices.between(0, 9) + choices.between(-3, 3),
        Some(_) => 100 * whole + choices.between(0, 99),
    };
    #[allow(clippy::cast_precision_loss, reason = "numbers are small")]
    let number = hundredths as f64 / 100.0;
    match choices.below(25) {
        22 => Cell::Decimal(f64::NAN),
        23 => Cell::Decimal(f64::INFINITY),
        24 if column.decimals.is_some() => Cell::Decimal(number + 3e-8),
        _ => Cell::Decimal(number),
    }
}
