//! The reference, third part: persons with several enrolments, one person after the other, straight from the words of
//! the design; and cases that have such persons.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::Strategy;

use crate::choices::{Choices, choices};
use crate::generate;
use crate::model::{Case, Cell, Kind, Register, Row};
use crate::reference::{Unit, code};
use crate::values::Value;

/// Any case whose first register counts persons.
pub(crate) fn cases() -> impl Strategy<Value = Case> {
    (choices(), choices()).prop_map(|(mut choices, mut more)| {
        let mut case = generate::case(&mut choices);
        let as_of = case.as_of;
        let register = &mut case.project.registers[0];
        let mut dates: Vec<String> = register
            .columns
            .iter()
            .filter(|column| column.kind == Kind::Date)
            .map(|column| column.name.clone())
            .collect();
        more.shuffle(&mut dates);
        register.persons = Some((dates[0].clone(), dates[1].clone()));
        (register.has_ids, register.has_weights) = (true, false);
        case.rows[0] = Some(rows(&mut more, &case.project.registers[0], as_of));
        case
    })
}

/// Rows of a few persons, who often begin on one day and are often alike in much else.
fn rows(choices: &mut Choices, register: &Register, as_of: chrono::NaiveDate) -> Vec<Row> {
    let persons = choices.between(1, 9);
    let starts = register.position(&register.persons.as_ref().unwrap().0).unwrap();
    let mut rows: Vec<Row> = Vec::new();
    for _ in 0..choices.below(22) {
        let id = Cell::Whole(choices.between(1, persons));
        let id = if choices.percent(6) { Cell::Null } else { id };
        let mut row = generate::row(choices, register, as_of, 0);
        let of_person: Vec<&Row> = rows.iter().filter(|row| row.id == id).collect();
        if !of_person.is_empty() {
            let other = (*choices.pick(&of_person)).clone();
            if choices.percent(35) {
                row.cells[starts] = other.cells[starts].clone();
            } else if choices.percent(30) {
                let changed = choices.below(row.cells.len());
                let cell = row.cells[changed].clone();
                row.cells = other.cells;
                row.cells[changed] = cell;
            }
        }
        rows.push(Row { id, ..row });
    }
    rows
}

/// What the days of a row of a register that counts persons say that cannot be: a code and the column.
pub(crate) fn note_dates(
    register: &Register,
    row: &[Value],
    note: &mut dyn FnMut(&'static str, &str),
) {
    let Some((starts, ends)) = &register.persons else { return };
    let day = |column: &str| row[register.position(column).unwrap()];
    match (day(starts), day(ends)) {
        _ if register.column(starts).is_absent => {}
        (Value::Unknown, Value::Day(_)) => note("missing_start", starts),
        (Value::Day(start), Value::Day(end)) if end < start => note("end_before_start", ends),
        _ => {}
    }
}

/// The persons of a register whose rows have these ids.
pub(crate) fn persons(
    register: &Register,
    (starts, ends): &(String, String),
    rows: Vec<(Cell, Unit)>,
) -> Vec<Unit> {
    let mut by_id: BTreeMap<i64, Vec<Unit>> = BTreeMap::new();
    for (id, row) in rows {
        // Nobody is known to be the person of a row without an id.
        let own = -i64::try_from(row.number).unwrap();
        let id = if let Cell::Whole(id) = id { id } else { own };
        by_id.entry(id).or_default().push(row);
    }
    let start = register.position(starts).unwrap();
    let end = register.position(ends).unwrap();
    by_id.into_values().map(|enrolments| person(start, end, enrolments)).collect()
}

fn person(start: usize, end: usize, mut enrolments: Vec<Unit>) -> Unit {
    let day = |unit: &Unit, column: usize| match unit.row[column] {
        Value::Day(day) => Some(day),
        _ => None,
    };
    let has_begun = |unit: &Unit| day(unit, start).is_some() || day(unit, end).is_some();
    if enrolments.iter().any(has_begun) {
        enrolments.retain(has_begun);
    }
    enrolments.sort_by_key(|unit| {
        let ranks: Vec<(bool, i64)> = unit.row.iter().map(|value| rank(*value)).collect();
        (rank(unit.row[start]), ranks)
    });
    let mut first = enrolments[0].clone();
    let exits: Option<Vec<chrono::NaiveDate>> =
        enrolments.iter().map(|enrolment| day(enrolment, end)).collect();
    first.row[end] =
        exits.and_then(|exits| exits.into_iter().max()).map_or(Value::Unknown, Value::Day);
    first.enrolments = enrolments.into_iter().map(|enrolment| enrolment.row).collect();
    first
}

/// Where a value stands among those of its column: unknown last.
fn rank(value: Value) -> (bool, i64) {
    match value {
        Value::Unknown => (true, 0),
        Value::Level(level) => (false, i64::try_from(level).unwrap()),
        Value::Day(day) => (false, utfall::day::number(day).into()),
        Value::Number(number) => (false, number),
    }
}

/// Register, column, levels, persons: those who have enrolments in several levels of a column that tables are made of.
pub(crate) fn overlaps(
    register: &Register,
    persons: Option<&[Unit]>,
    tables: &[Vec<usize>],
) -> Vec<(String, String, Vec<String>, u64)> {
    let mut rows = Vec::new();
    let (Some(persons), Some(_)) = (persons, &register.persons) else { return rows };
    let crossed: BTreeSet<usize> = tables.iter().flatten().copied().collect();
    for position in crossed {
        let column = &register.columns[position];
        if column.is_absent {
            continue;
        }
        let mut sets: BTreeMap<(usize, Vec<usize>), u64> = BTreeMap::new();
        for person in persons {
            let levels: BTreeSet<usize> = person
                .enrolments
                .iter()
                .filter_map(|row| {
                    if let Value::Level(level) = row[position] { Some(level) } else { None }
                })
                .collect();
            if levels.len() > 1 {
                *sets.entry((levels.len(), levels.into_iter().collect())).or_default() += 1;
            }
        }
        let mut push = |levels: &[usize], persons| {
            let codes = levels.iter().map(|level| code(column, *level)).collect();
            rows.push((register.name.clone(), column.name.clone(), codes, persons));
        };
        push(&[], sets.values().sum());
        sets.iter().for_each(|((_, levels), persons)| push(levels, *persons));
    }
    rows
}
