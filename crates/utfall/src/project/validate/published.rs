//! Printed tables and statements: registers, columns, levels and goals that they speak of.

use super::super::UNKNOWN;
use super::super::fault::Problem;
use super::super::path::KeyPath;
use super::super::published::{PrintedCell, PrintedRow, PrintedTable, Statement};
use super::super::register::ColumnType;
use super::Context;

const LEVELS: [ColumnType; 3] = [ColumnType::Level, ColumnType::Ordinal, ColumnType::Flag];

impl Context<'_> {
    pub(super) fn published(&mut self) {
        let Some(published) = &self.declaration.published else {
            return;
        };
        for (index, table) in published.tables.iter().enumerate() {
            self.printed_table(table, &KeyPath::of(&["published", "tables"]).index(index));
        }
        for (index, statement) in published.statements.iter().enumerate() {
            self.statement(statement, &KeyPath::of(&["published", "statements"]).index(index));
        }
        for (index, claim) in published.unchanged.iter().enumerate() {
            let path = KeyPath::of(&["published", "unchanged"]).index(index).key("goals");
            for (index, goal) in claim.goals.iter().enumerate() {
                self.find("goal", "goals", &self.declaration.goals, goal, &path.index(index));
            }
        }
    }

    fn printed_table(&mut self, table: &PrintedTable, path: &KeyPath) {
        if !self.has_register(&table.register, &path.key("register")) {
            return;
        }
        let by = path.key("by");
        for (index, column) in table.by.iter().enumerate() {
            self.column_of(&table.register, column, &LEVELS, &by.index(index));
        }
        if table.by.is_empty() {
            self.fault(
                &by,
                Problem::MissingKey {
                    key: "by".to_owned(),
                    expected: "name the crossed columns; the levels of the last stand as columns"
                        .to_owned(),
                },
            );
        }
        for (index, row) in table.rows.iter().enumerate() {
            self.printed_row(table, row, &path.key("rows").index(index));
        }
        if let Some(total) = &table.total {
            self.printed_row(table, total, &path.key("total"));
        }
    }

    /// The keys of a row: the columns that name it, and the levels of the last column, `(unknown)` and `total`.
    fn printed_row(&mut self, table: &PrintedTable, row: &PrintedRow, path: &KeyPath) {
        let Some((last, naming)) = table.by.split_last() else {
            return;
        };
        let Some(columns) = self.columns.get(&table.register).cloned() else {
            return;
        };
        let Some(across) = columns.get(last) else {
            return;
        };
        for (key, cell) in &row.0 {
            let path = path.key(key);
            let problem = match cell {
                PrintedCell::Level(code) => match columns.get(key).filter(|_| naming.contains(key))
                {
                    Some(column) if column.levels.position(code).is_some() || code == UNKNOWN => {
                        continue;
                    }
                    Some(column) => Problem::unknown_name("level", code, column.levels.codes()),
                    None => Problem::unknown_name("column", key, naming.iter().map(String::as_str)),
                },
                PrintedCell::Count(_) => {
                    let codes = across.levels.codes().chain([UNKNOWN, "total"]);
                    if codes.clone().any(|code| code == key) {
                        continue;
                    }
                    Problem::unknown_name("level", key, codes)
                }
            };
            self.fault(&path, problem);
        }
    }

    fn statement(&mut self, statement: &Statement, path: &KeyPath) {
        if let Some(goal) = &statement.answers {
            let goals = &self.declaration.goals;
            self.find("goal", "goals", goals, goal, &path.key("answers"));
        }
        if !self.has_register(&statement.register, &path.key("register")) {
            return;
        }
        let conditions =
            [("of", &statement.of), ("having", &statement.having), ("of_whom", &statement.of_whom)];
        for (key, condition) in conditions {
            if let Some(condition) = condition {
                self.condition(&statement.register, condition, &path.key(key));
            }
        }
    }
}
