//! Purposes: which declared levels they leave out, and how many units of printed tables lie there.

use super::target_groups::{Allowed, asked};
use crate::data::{LevelCodes, Register, RowColumn, level_codes, level_count};
use crate::finding::{Fact, Facts, Finding, FindingCode, Subject};
use crate::project::{Column, Condition, Named, PrintedCell, PrintedTable, Project, UNKNOWN};
use crate::tally::{Conditions, Truth};

pub(super) fn purposes(project: &Project, findings: &mut Vec<Finding>) {
    for (name, purpose) in &project.purposes {
        let (Some(register), Some(of)) = (&purpose.register, &purpose.of) else { continue };
        let Some(columns) = project.columns(register) else { continue };
        let subject = || Subject {
            register: Some(register.clone()),
            ..Subject::part(format!("purposes.{name}"))
        };
        for asks in asked(of, columns) {
            let (Allowed::Levels(allowed), Some((column, declared))) =
                (&asks.allowed, columns.get_index(asks.column))
            else {
                continue;
            };
            let codes = level_codes(declared).into_iter().zip(allowed);
            let outside: Vec<Fact> = codes
                .filter(|(_, is_named)| !**is_named)
                .map(|(code, _)| Fact::Text(code))
                .collect();
            if !outside.is_empty() {
                let facts =
                    [("column", Fact::Text(column.clone())), ("levels", Fact::List(outside))];
                findings.push(Finding::new(FindingCode::LevelsOutsidePurpose, subject(), facts));
            }
        }
        for table in project.published.iter().flat_map(|published| &published.tables) {
            if table.register == *register {
                findings.extend(printed(table, of, columns, subject()));
            }
        }
    }
}

/// How many units of a printed table lie within the purpose, where the table can tell.
fn printed(
    table: &PrintedTable,
    of: &Condition,
    columns: &Named<Column>,
    subject: Subject,
) -> Option<Finding> {
    let mut is_told = true;
    of.visit_columns(&mut |column| is_told &= table.by.iter().any(|by| by == column));
    let (register, counts) = cells(table, columns).filter(|_| is_told)?;
    let conditions = Conditions::new(columns, [of]);
    let (mut within, mut outside) = (0, 0);
    for (row, count) in counts.iter().enumerate() {
        match conditions.truth(&conditions.of_row(&register, row), 0) {
            Truth::True => within += i64::from(*count),
            Truth::False => outside += i64::from(*count),
            Truth::Unknown => {}
        }
    }
    if outside == 0 {
        return None;
    }
    let facts = Facts::from([
        ("table", Fact::Text(table.id.clone())),
        ("within", Fact::Share { part: within, whole: within + outside }),
        ("outside", Fact::Share { part: outside, whole: within + outside }),
    ]);
    let count = u64::try_from(outside).unwrap_or(0);
    Some(Finding { count, ..Finding::new(FindingCode::PrintedOutsidePurpose, subject, facts) })
}

/// The cells of a printed table as rows of a register, and what is printed in each.
fn cells<'a>(table: &PrintedTable, columns: &Named<Column>) -> Option<(Register<'a>, Vec<u32>)> {
    let (_, naming) = table.by.split_last()?;
    let crossed: Vec<(usize, &Column)> = table
        .by
        .iter()
        .map(|name| columns.get_full(name).map(|(position, _, column)| (position, column)))
        .collect::<Option<_>>()?;
    let mut levels: Vec<Vec<u32>> = vec![Vec::new(); crossed.len()];
    let mut counts = Vec::new();
    for row in &table.rows {
        let code = |name: &str| match row.0.get(name) {
            Some(PrintedCell::Level(code)) => Some(code.as_str()),
            _ => None,
        };
        let printed = row.0.iter().filter_map(|(key, cell)| match cell {
            PrintedCell::Count(count) if key != "total" => Some((Some(key.as_str()), *count)),
            _ => None,
        });
        let mut printed: Vec<(Option<&str>, u32)> = printed.collect();
        if let (true, Some(PrintedCell::Count(total))) = (printed.is_empty(), row.0.get("total")) {
            printed.push((None, *total));
        }
        for (across, count) in printed {
            let codes = naming.iter().map(|name| code(name)).chain([across]);
            for ((levels, code), (_, column)) in levels.iter_mut().zip(codes).zip(&crossed) {
                levels.push(level(column, code));
            }
            counts.push(count);
        }
    }
    let mut bound: Vec<RowColumn<'a>> = columns.iter().map(|_| RowColumn::Absent).collect();
    for (levels, (position, column)) in levels.into_iter().zip(&crossed) {
        let unknown = u32::try_from(level_count(column)).unwrap_or(u32::MAX);
        *bound.get_mut(*position)? = RowColumn::Levels(LevelCodes::from_levels(levels, unknown));
    }
    let rows = counts.len();
    Some((Register { rows, columns: bound, weights: None, ids: Vec::new() }, counts))
}

/// The level of a code; the number of levels where it is not known.
fn level(column: &Column, code: Option<&str>) -> u32 {
    let codes = level_codes(column);
    let place = code
        .filter(|code| *code != UNKNOWN)
        .and_then(|code| codes.iter().position(|known| known == code));
    u32::try_from(place.unwrap_or(codes.len())).unwrap_or(u32::MAX)
}
