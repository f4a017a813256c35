//! Conditions: columns that exist, tests that fit their types, levels that are declared.

use super::super::condition::{Bounds, Change, Clause, Condition, Literal, Test};
use super::super::fault::Problem;
use super::super::path::KeyPath;
use super::super::register::{Column, ColumnType};
use super::Context;

impl Context<'_> {
    pub(super) fn condition(&mut self, register: &str, condition: &Condition, path: &KeyPath) {
        for clause in &condition.0 {
            match clause {
                Clause::Any(parts) => self.parts(register, parts, &path.key("any")),
                Clause::All(parts) => self.parts(register, parts, &path.key("all")),
                Clause::Not(part) => self.condition(register, part, &path.key("not")),
                Clause::Change(change) => self.change(register, change, &path.key("change")),
                Clause::Column(name, test) => {
                    let path = path.key(name);
                    if let Some(column) = self.column(register, name, &path) {
                        self.test(&column, test, &path);
                    }
                }
            }
        }
    }

    fn parts(&mut self, register: &str, parts: &[Condition], path: &KeyPath) {
        for (index, part) in parts.iter().enumerate() {
            self.condition(register, part, &path.index(index));
        }
    }

    fn test(&mut self, column: &Column, test: &Test, path: &KeyPath) {
        match test {
            Test::Is(literal) => self.literal(column, literal, path),
            Test::In(literals) => {
                if literals.is_empty() {
                    self.fault(
                        path,
                        Problem::conflict("an empty list matches nothing; name at least one value"),
                    );
                }
                for (index, literal) in literals.iter().enumerate() {
                    self.literal(column, literal, &path.index(index));
                }
            }
            Test::Within(bounds) => self.bounds(column, bounds, path),
        }
    }

    fn bounds(&mut self, column: &Column, bounds: &Bounds, path: &KeyPath) {
        let Bounds { known, at_least, at_most, between } = bounds;
        let limits = [("at_least", at_least), ("at_most", at_most)];
        let has_limits = at_least.is_some() || at_most.is_some() || !between.is_empty();
        if known.is_none() && !has_limits {
            self.fault(path, Problem::conflict("say `known`, `at_least`, `at_most` or `between`"));
        }
        if has_limits && matches!(column.column_type(), ColumnType::Level | ColumnType::Flag) {
            let conflict = "levels without an order have no bounds; list the levels, or declare the column as ordinal";
            return self.fault(path, Problem::conflict(conflict));
        }
        for (key, literal) in limits {
            if let Some(literal) = literal {
                self.literal(column, literal, &path.key(key));
            }
        }
        if !between.is_empty() && between.len() != 2 {
            let conflict = "`between` takes two values: [smallest, largest]";
            self.fault(&path.key("between"), Problem::conflict(conflict));
        }
        if let [low, high] = &between[..]
            && is_after(column, low, high)
        {
            let conflict = "the smallest stands first: [smallest, largest]";
            self.fault(&path.key("between"), Problem::conflict(conflict));
        }
        for (index, literal) in between.iter().enumerate() {
            self.literal(column, literal, &path.key("between").index(index));
        }
    }

    /// Whether a plain value can be a value of the column.
    fn literal(&mut self, column: &Column, literal: &Literal, path: &KeyPath) {
        let found = match (column.column_type(), literal) {
            (ColumnType::Date, Literal::Day(_))
            | (ColumnType::Number, Literal::Number(_))
            | (ColumnType::Flag, Literal::Flag(_)) => return,
            (ColumnType::Level | ColumnType::Ordinal, literal) => {
                let code = literal.to_string();
                if column.levels.position(&code).is_none() {
                    let problem = Problem::unknown_name("level", &code, column.levels.codes());
                    self.fault(path, problem);
                }
                return;
            }
            (_, Literal::Text(_)) => "text",
            (_, Literal::Number(_)) => "a number",
            (_, Literal::Flag(_)) => "true or false",
            (_, Literal::Day(_)) => "a date",
        };
        let expected = match column.column_type() {
            ColumnType::Date => "a date like 2022-06-30",
            ColumnType::Number => "a number",
            _ => "true or false",
        };
        self.fault(
            path,
            Problem::WrongType { expected: expected.to_owned(), found: found.to_owned() },
        );
    }

    /// Two columns between which a movement can be measured: two ordinal scales alike, or two numbers.
    pub(super) fn movement(&mut self, register: &str, from: &str, to: &str, path: &KeyPath) {
        let types = [ColumnType::Ordinal, ColumnType::Number];
        let before = self.column_of(register, from, &types, &path.key("from"));
        let after = self.column_of(register, to, &types, &path.key("to"));
        let (Some(before), Some(after)) = (before, after) else {
            return;
        };
        let alike = before.column_type() == after.column_type()
            && before.levels.codes().eq(after.levels.codes());
        if !alike {
            let conflict = format!(
                "`{from}` and `{to}` must be two ordinal columns with the same levels, or two numbers"
            );
            self.fault(path, Problem::Conflict { conflict });
        }
    }

    fn change(&mut self, register: &str, change: &Change, path: &KeyPath) {
        self.movement(register, &change.from, &change.to, path);
        if change.at_least.is_none() && change.at_most.is_none() {
            let conflict = "say how large the change is: `at_least` or `at_most`";
            self.fault(path, Problem::conflict(conflict));
        }
    }
}

/// Whether the first of two values of a column comes after the second.
fn is_after(column: &Column, first: &Literal, second: &Literal) -> bool {
    match (first, second) {
        (Literal::Number(first), Literal::Number(second))
            if column.column_type() == ColumnType::Number =>
        {
            first > second
        }
        (Literal::Day(first), Literal::Day(second)) if column.column_type() == ColumnType::Date => {
            first > second
        }
        _ => {
            let position = |literal: &Literal| column.levels.position(&literal.to_string());
            position(first).zip(position(second)).is_some_and(|(first, second)| first > second)
        }
    }
}
