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
        self.published_ids("tables", published.tables.iter().map(|table| &table.id));
        self.published_ids("statements", published.statements.iter().map(|one| &one.id));
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
        if let Some(of) = &table.of {
            self.condition(&table.register, of, &path.key("of"));
        }
        for (key, columns) in [("partial", &table.partial), ("overlap", &table.overlap)] {
            for (index, column) in
                columns.iter().enumerate().filter(|(_, one)| !table.by.contains(one))
            {
                let by = table.by.iter().map(String::as_str);
                self.fault(
                    &path.key(key).index(index),
                    Problem::unknown_name("column", column, by),
                );
            }
        }
        if let Some(unit @ ..2) = table.rounded_to {
            let expected = "a unit that numbers are rounded to, 2 or more";
            let number = unit.to_string();
            self.fault(
                &path.key("rounded_to"),
                Problem::OutOfRange { number, expected, suggestion: None },
            );
        }
    }

    /// No two tables, and no two statements, are called the same in findings.
    fn published_ids<'n>(&mut self, section: &str, ids: impl Iterator<Item = &'n String>) {
        let mut known: Vec<&String> = Vec::new();
        for (index, id) in ids.enumerate() {
            if known.contains(&id) {
                let conflict = format!("the id `{id}` stands twice; give each its own id");
                let path = KeyPath::of(&["published", section]).index(index).key("id");
                self.fault(&path, Problem::Conflict { conflict });
            }
            known.push(id);
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
        self.says(statement, path);
        let Some(register) = &statement.register else {
            if statement.money.is_empty() {
                let expected = "name the register that the statement speaks of, or say `money`";
                let key = "register".to_owned();
                let problem = Problem::MissingKey { key, expected: expected.to_owned() };
                self.fault(&path.key("register"), problem);
            }
            return;
        };
        if !self.has_register(register, &path.key("register")) {
            return;
        }
        let conditions = [
            ("of", &statement.of),
            ("having", &statement.having),
            ("per", &statement.per),
            ("of_whom", &statement.of_whom),
        ];
        for (key, condition) in conditions {
            if let Some(condition) = condition {
                self.condition(register, condition, &path.key(key));
            }
        }
    }

    /// What a statement says fits together.
    fn says(&mut self, statement: &Statement, path: &KeyPath) {
        let (says, says_path) = (&statement.says, path.key("says"));
        if let Some(goal) = &says.in_proportion_to {
            let goals = &self.declaration.goals;
            self.find("goal", "goals", goals, goal, &says_path.key("in_proportion_to"));
        }
        if let Some(decimals @ 10..) = says.decimals {
            let (number, expected) = (decimals.to_string(), "a number of decimals, 9 or fewer");
            let problem = Problem::OutOfRange { number, expected, suggestion: None };
            self.fault(&says_path.key("decimals"), problem);
        }
        if !says.out_of.is_empty()
            && !matches!(says.out_of[..], [part, whole] if part <= whole && whole > 0)
        {
            let conflict = "`out_of` takes two numbers: so many, out of so many";
            self.fault(&says_path.key("out_of"), Problem::conflict(conflict));
        }
        let is_ratio = says.ratio.is_some();
        if is_ratio != statement.per.is_some() || (is_ratio && statement.having.is_none()) {
            let conflict = "a `ratio` is that of `having` to `per`; say all three, or none";
            self.fault(&says_path, Problem::conflict(conflict));
        }
        if (says.in_proportion_to.is_some() || !statement.money.is_empty())
            && self.declaration.money.is_none()
        {
            let conflict = "it speaks of money, and the project has no `[money]`";
            self.fault(path, Problem::conflict(conflict));
        }
        if statement.money.len() > 2 {
            let conflict = "`money` takes one amount, or an amount and what it is a share of";
            self.fault(&path.key("money"), Problem::conflict(conflict));
        }
        if !says.says_anything() {
            let conflict = "the statement says nothing; say `count`, `percent`, `over`, `words`, `out_of`, `ratio` or another";
            self.fault(&says_path, Problem::conflict(conflict));
        }
    }
}
