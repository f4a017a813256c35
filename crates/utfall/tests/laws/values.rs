//! The reference, first part: what a cell says, and what a condition says of a row.

use chrono::{Datelike, Days, NaiveDate};

use crate::model::{Cell, Clause, Column, Condition, Delay, Kind, Literal, Register, Row, Test};

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Value {
    Unknown,
    Level(usize),
    Day(NaiveDate),
    /// In hundredths, rounded to the decimals that count.
    Number(i64),
}

/// A code of the catalogue, and the column it speaks of.
pub(crate) type Found = (&'static str, usize);

/// What a row says, and what is to be found in it.
pub(crate) fn read(register: &Register, row: &Row, as_of: NaiveDate) -> (Vec<Value>, Vec<Found>) {
    let mut found = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    for (position, (column, cell)) in register.columns.iter().zip(&row.cells).enumerate() {
        let (value, code) = read_cell(column, cell, as_of);
        found.extend(code.map(|code| (code, position)));
        values.push(value);
    }
    for (position, column) in register.columns.iter().enumerate() {
        let Some(parent) = &column.parent else { continue };
        let above = register.position(parent).unwrap();
        if let (Value::Level(level), Value::Level(held)) = (values[position], values[above])
            && column.levels[level].parent.as_ref()
                != Some(&register.columns[above].levels[held].code)
        {
            values[position] = Value::Unknown;
            found.push(("contradictory_parent", position));
        }
    }
    (values, found)
}

fn read_cell(column: &Column, cell: &Cell, as_of: NaiveDate) -> (Value, Option<&'static str>) {
    if column.is_absent {
        return (Value::Unknown, None);
    }
    match column.kind {
        Kind::Date => match cell {
            Cell::Day(day) if *day > as_of => (Value::Unknown, Some("future_date")),
            Cell::Day(day) => (Value::Day(*day), None),
            _ => (Value::Unknown, None),
        },
        Kind::Number => match cell {
            Cell::Decimal(number) if number.is_infinite() => (Value::Unknown, Some("off_scale")),
            Cell::Decimal(number) if !number.is_nan() => {
                (Value::Number(that_count(*number, column.decimals)), None)
            }
            Cell::Whole(number) => (Value::Number(100 * number), None),
            _ => (Value::Unknown, None),
        },
        Kind::Level | Kind::Ordinal | Kind::Flag => {
            let text = text_of(cell);
            match level_of(column, &text) {
                Some(level) => (Value::Level(level), None),
                None if text.is_empty() => (Value::Unknown, None),
                None if column.kind == Kind::Ordinal => (Value::Unknown, Some("off_scale")),
                None => (Value::Unknown, Some("undeclared_spelling")),
            }
        }
    }
}

/// A number in hundredths, rounded to the decimals that count. No number of a case lies half-way between two.
#[allow(clippy::cast_possible_truncation, reason = "numbers are small")]
fn that_count(number: f64, decimals: Option<u32>) -> i64 {
    let unit = 10_f64.powi(2 - i32::try_from(decimals.unwrap_or(2)).unwrap());
    ((number * 100.0 / unit).round() * unit) as i64
}

/// A cell as text: trimmed, diacritics composed, whole floats as whole numbers; empty for a null.
fn text_of(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => composed(text),
        Cell::Whole(number) => number.to_string(),
        Cell::Decimal(number) if number.is_nan() => String::new(),
        Cell::Decimal(number) => format!("{number:.0}"),
        Cell::Flag(flag) => flag.to_string(),
        Cell::Null | Cell::Day(_) => String::new(),
    }
}

fn composed(text: &str) -> String {
    text.trim().replace("o\u{308}", "ö").replace("a\u{30a}", "å").replace("a\u{308}", "ä")
}

/// The level that a text stands for; for a flag 0 is false and 1 is true.
fn level_of(column: &Column, text: &str) -> Option<usize> {
    let stands_for = |texts: Vec<&str>| texts.iter().any(|known| composed(known) == text);
    let declared = column.levels.iter().position(|level| stands_for(level.texts()));
    let word = match text.to_lowercase().as_str() {
        "nej" | "false" | "0" => Some(0),
        "ja" | "true" | "1" => Some(1),
        _ => None,
    };
    declared.or(word.filter(|_| column.kind == Kind::Flag))
}

/// What a condition says of a row; `None` is unknown.
pub(crate) fn truth(condition: &Condition, register: &Register, row: &[Value]) -> Option<bool> {
    every(condition.0.iter().map(|clause| clause_truth(clause, register, row)))
}

/// Kleene's *and*: false as soon as one part is, else unknown as soon as one part is.
fn every(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let parts: Vec<_> = parts.collect();
    if parts.contains(&Some(false)) {
        Some(false)
    } else if parts.contains(&None) {
        None
    } else {
        Some(true)
    }
}

/// Kleene's *or*: true as soon as one part is, else unknown as soon as one part is.
pub(crate) fn some(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let parts: Vec<_> = parts.collect();
    if parts.contains(&Some(true)) {
        Some(true)
    } else if parts.contains(&None) {
        None
    } else {
        Some(false)
    }
}

fn clause_truth(clause: &Clause, register: &Register, row: &[Value]) -> Option<bool> {
    match clause {
        Clause::All(parts) => every(parts.iter().map(|part| truth(part, register, row))),
        Clause::Any(parts) => some(parts.iter().map(|part| truth(part, register, row))),
        Clause::Not(part) => truth(part, register, row).map(|known| !known),
        Clause::Change { from, to, at_least, at_most } => {
            let value = |name: &str| row[register.position(name).unwrap()];
            let moved = match (value(from), value(to)) {
                (Value::Level(before), Value::Level(after)) => {
                    100 * (i64::try_from(after).unwrap() - i64::try_from(before).unwrap())
                }
                (Value::Number(before), Value::Number(after)) => after - before,
                _ => return None,
            };
            Some(
                at_least.is_none_or(|low| moved >= low) && at_most.is_none_or(|high| moved <= high),
            )
        }
        Clause::Column(name, test) => {
            let column = register.column(name);
            test_truth(test, column, row[register.position(name).unwrap()])
        }
    }
}

fn test_truth(test: &Test, column: &Column, value: Value) -> Option<bool> {
    let compare = |literal: &Literal| order(value, column, literal);
    match test {
        Test::Is(literal) => Some(compare(literal)?.is_eq()),
        Test::In(literals) => some(literals.iter().map(|literal| Some(compare(literal)?.is_eq()))),
        Test::Within { known, at_least, at_most, between } => {
            let is_known = value != Value::Unknown;
            let mut parts = vec![];
            parts.extend(known.map(|known| Some(known == is_known)));
            parts.extend(at_least.iter().map(|low| Some(compare(low)?.is_ge())));
            parts.extend(at_most.iter().map(|high| Some(compare(high)?.is_le())));
            parts.extend(
                between
                    .iter()
                    .map(|(low, high)| Some(compare(low)?.is_ge() && compare(high)?.is_le())),
            );
            every(parts.into_iter())
        }
    }
}

/// How a value stands to a literal; `None` where it is not known.
fn order(value: Value, column: &Column, literal: &Literal) -> Option<std::cmp::Ordering> {
    Some(match (value, literal) {
        (Value::Level(level), Literal::Code(code)) => {
            level.cmp(&column.levels.iter().position(|level| level.code == *code).unwrap())
        }
        (Value::Level(level), Literal::Flag(flag)) => level.cmp(&usize::from(*flag)),
        (Value::Day(day), Literal::Day(other)) => day.cmp(other),
        (Value::Number(number), Literal::Hundredths(other)) => number.cmp(other),
        (Value::Unknown, _) => return None,
        (value, literal) => panic!("{value:?} is not compared with {literal:?}"),
    })
}

/// The day on which something falls due: calendar months, clamped to the month's end, or days.
pub(crate) fn due_day(after: NaiveDate, delay: Delay) -> NaiveDate {
    let months = match delay {
        Delay::Days(days) => return after + Days::new(days.unsigned_abs()),
        Delay::Months(months) => i64::from(after.year()) * 12 + i64::from(after.month0()) + months,
    };
    let (year, month) = (
        i32::try_from(months.div_euclid(12)).unwrap(),
        u32::try_from(months.rem_euclid(12) + 1).unwrap(),
    );
    let clamped = (1..=after.day()).rev();
    clamped.into_iter().find_map(|day| NaiveDate::from_ymd_opt(year, month, day)).unwrap()
}
