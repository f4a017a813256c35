//! Registers: columns taken over from others, levels, hierarchies, ids and weights.

use std::collections::HashMap;

use super::super::condition::{Condition, Literal};
use super::super::fault::Problem;
use super::super::path::KeyPath;
use super::super::read::Named;
use super::super::register::{Column, ColumnType, Counting, FLAG_WORDS, Level, Register};
use super::super::{COMPANION_COLUMNS, FIGURE_COLUMNS, UNKNOWN};
use super::{Context, is_name};
use crate::text::normal;

/// How many decimals a floating-point number holds.
const MOST_DECIMALS: u32 = 15;

/// A column of `figures` that a project may nevertheless declare, though not cross figures by: the reason for leaving.
const REASON: &str = "reason";

impl<'a> Context<'a> {
    pub(super) fn registers(&mut self) {
        for (name, register) in &self.declaration.registers {
            let path = KeyPath::of(&["registers", name]);
            let columns = self.resolve_columns(name, register, &path);
            self.columns.insert(name.clone(), columns);
        }
        self.one_declaration_per_name();
        for (name, register) in &self.declaration.registers {
            let path = KeyPath::of(&["registers", name]);
            self.register(name, register, &path);
        }
    }

    fn resolve_columns(
        &mut self,
        register_name: &str,
        register: &'a Register,
        path: &KeyPath,
    ) -> Named<Column> {
        let mut columns = Named::new();
        for (name, column) in &register.columns {
            let path = path.key("columns").key(name);
            self.column_name(name, &path);
            let resolved = match &column.like {
                Some(_) => self.resolve_like(register_name, name, column, &path),
                None => self.own_column(column, &path).then(|| column.clone()),
            };
            if let Some(resolved) = resolved {
                columns.insert(name.clone(), resolved);
            }
        }
        columns
    }

    fn column_name(&mut self, name: &str, path: &KeyPath) {
        let meaning = if Condition::WORDS.contains(&name) {
            "a word of conditions and cannot be the name of a column; choose another name"
        } else if FIGURE_COLUMNS.contains(&name) && name != REASON {
            "a column of `figures` and cannot be the name of a column; choose another name"
        } else {
            if !is_name(name) {
                self.fault(path, Problem::InvalidName { name: name.to_owned() });
            }
            return;
        };
        self.fault(path, Problem::ReservedName { name: name.to_owned(), meaning });
    }

    /// Follows `like` from column to column until one declares itself.
    fn resolve_like(
        &mut self,
        register: &str,
        name: &str,
        column: &'a Column,
        path: &KeyPath,
    ) -> Option<Column> {
        let like_path = path.key("like");
        let mut trail = vec![format!("{register}.{name}")];
        let mut current = column;
        while let Some(like) = &current.like {
            if trail.contains(like) {
                trail.push(like.clone());
                // One fault for each circle, at the column that stands first in it.
                let is_first =
                    trail.iter().all(|name| self.position_of(&trail[0]) <= self.position_of(name));
                if is_first && trail[0] == *like {
                    self.fault(&like_path, Problem::Cycle { names: trail });
                }
                return None;
            }
            trail.push(like.clone());
            let (register, name) = like.split_once('.').unwrap_or((like, ""));
            let registers = &self.declaration.registers;
            let found = registers.get(register).and_then(|register| register.columns.get(name));
            let Some(next) = found else {
                if self.tree.at(&KeyPath::of(&["registers", register, "columns", name])).is_none() {
                    let all = registers.iter().flat_map(|(register, declared)| {
                        declared.columns.keys().map(move |column| format!("{register}.{column}"))
                    });
                    let all: Vec<String> = all.filter(|other| *other != trail[0]).collect();
                    let problem =
                        Problem::unknown_name("column", like, all.iter().map(String::as_str));
                    self.fault(&like_path, problem);
                }
                return None;
            };
            current = next;
        }
        let bare = column.kind.is_none()
            && column.levels.0.is_empty()
            && column.parent.is_none()
            && column.decimals.is_none()
            && column.at_least.is_none()
            && column.at_most.is_none()
            && column.instrument.is_none()
            && column.of_person.is_none()
            && column.sensitive.is_none()
            && column.legal_basis.is_none();
        if !bare {
            let conflict =
                "a column that takes its declaration over adds `header` or `absent` only";
            self.fault(path, Problem::conflict(conflict));
        }
        Some(Column {
            header: column.header.clone().or_else(|| current.header.clone()),
            absent: column.absent.clone().or_else(|| current.absent.clone()),
            ..current.clone()
        })
    }

    /// Where `register.column` stands in the file: the positions of its register and its column.
    fn position_of(&self, name: &str) -> (Option<usize>, Option<usize>) {
        let (register, column) = name.split_once('.').unwrap_or((name, ""));
        let found = self.declaration.registers.get_full(register);
        let column = found.and_then(|(_, _, register)| register.columns.get_index_of(column));
        (found.map(|(position, _, _)| position), column)
    }

    /// Checks a column that declares itself; whether it can be used.
    fn own_column(&mut self, column: &Column, path: &KeyPath) -> bool {
        let Some(kind) = column.kind else {
            // A type that is there but no known word has its fault already.
            let expected = "write one of level, ordinal, date, number, flag, or take a column over with `like`";
            self.fault(
                &path.key("type"),
                Problem::MissingKey { key: "type".to_owned(), expected: expected.to_owned() },
            );
            return false;
        };
        if column.header.is_none() && column.absent.is_none() {
            self.fault(
                &path.key("header"),
                Problem::MissingKey {
                    key: "header".to_owned(),
                    expected: "write the header of the column in the table".to_owned(),
                },
            );
        }
        if let Some(decimals) = column.decimals.filter(|decimals| *decimals > MOST_DECIMALS) {
            self.fault(
                &path.key("decimals"),
                Problem::OutOfRange {
                    number: decimals.to_string(),
                    expected: "a number of decimals from 0 to 15",
                    suggestion: None,
                },
            );
        }
        if column.of_person.is_some() && kind != ColumnType::Number {
            let conflict = "`of_person` belongs to a column of type number; of other columns the first enrolment counts";
            self.fault(&path.key("of_person"), Problem::conflict(conflict));
        }
        if column.decimals.is_some() && kind != ColumnType::Number {
            let conflict = "`decimals` belongs to a column of type number";
            self.fault(&path.key("decimals"), Problem::conflict(conflict));
        }
        self.range(kind, column, path);
        if column.sensitive == Some(true) && column.legal_basis.is_none() {
            self.fault(
                &path.key("legal_basis"),
                Problem::MissingKey {
                    key: "legal_basis".to_owned(),
                    expected: "a sensitive column may not be collected without one".to_owned(),
                },
            );
        }
        self.levels(kind, column, &path.key("levels"));
        true
    }

    /// The smallest and the largest number that can be right.
    fn range(&mut self, kind: ColumnType, column: &Column, path: &KeyPath) {
        for (key, limit) in [("at_least", column.at_least), ("at_most", column.at_most)] {
            if limit.is_some() && kind != ColumnType::Number {
                let conflict =
                    format!("`{key}` belongs to a column of type number; leave it out of others");
                self.fault(&path.key(key), Problem::Conflict { conflict });
            }
        }
        if column.at_least.zip(column.at_most).is_some_and(|(least, most)| least > most) {
            let conflict = "`at_most` lies below `at_least`; exchange them or correct one";
            self.fault(&path.key("at_most"), Problem::conflict(conflict));
        }
    }

    fn levels(&mut self, kind: ColumnType, column: &Column, path: &KeyPath) {
        let levels = &column.levels.0;
        let conflict = match kind {
            ColumnType::Level | ColumnType::Ordinal if levels.is_empty() => {
                "a column of levels needs at least one; list them in order"
            }
            ColumnType::Date | ColumnType::Number if !levels.is_empty() => {
                "a date or a number has no levels"
            }
            ColumnType::Flag
                if levels.iter().any(|level| level.code != "true" && level.code != "false") =>
            {
                "a flag has the levels `true` and `false` only"
            }
            _ => return self.spellings(kind, levels, path),
        };
        self.fault(path, Problem::conflict(conflict));
    }

    /// One text stands for one level only.
    fn spellings(&mut self, kind: ColumnType, levels: &[Level], path: &KeyPath) {
        let mut owners: HashMap<String, &str> = HashMap::new();
        if kind == ColumnType::Flag {
            owners.extend(
                FLAG_WORDS.map(|(word, is_true)| {
                    (word.to_owned(), if is_true { "true" } else { "false" })
                }),
            );
        }
        for level in levels {
            let path = path.key(&level.code);
            if level.code == UNKNOWN {
                let meaning = "what the group of unknown values is called and cannot be the code of a level; choose another code";
                let name = level.code.clone();
                self.fault(&path, Problem::ReservedName { name, meaning });
            }
            if normal(&level.code).is_empty() {
                let conflict = "a level needs a code that is not empty";
                self.fault(&path, Problem::conflict(conflict));
            }
            for text in level.texts() {
                let text = normal(text).into_owned();
                let first = owners.entry(text.clone()).or_insert(&level.code);
                if *first != level.code {
                    let (first, second) = ((*first).to_owned(), level.code.clone());
                    self.fault(&path, Problem::AmbiguousSpelling { text, first, second });
                }
            }
        }
        let repeated = (1..levels.len())
            .find(|index| levels[..*index].iter().any(|level| level.code == levels[*index].code));
        if let Some(index) = repeated {
            let conflict =
                format!("the level `{}` stands twice; leave one out", levels[index].code);
            self.fault(&path.index(index), Problem::Conflict { conflict });
        }
    }

    fn one_declaration_per_name(&mut self) {
        let mut firsts: HashMap<&str, (&str, Column)> = HashMap::new();
        let mut faults = Vec::new();
        for (register, columns) in &self.columns {
            for (name, column) in columns {
                let bare = Column { header: None, absent: None, ..column.clone() };
                match firsts.get(name.as_str()) {
                    Some((other, first)) if *first != bare => {
                        let path = KeyPath::of(&["registers", register, "columns", name]);
                        let (column, other) = (name.clone(), (*other).to_owned());
                        faults.push((path, Problem::UnlikeColumns { column, other }));
                    }
                    Some(_) => {}
                    None => {
                        firsts.insert(name, (register, bare));
                    }
                }
            }
        }
        for (path, problem) in faults {
            self.fault(&path, problem);
        }
    }

    fn register(&mut self, name: &str, register: &'a Register, path: &KeyPath) {
        if register.person.is_some() && register.weight.is_some() {
            let conflict = "`weight` and `person` do not go together: a row of counts is no person";
            self.fault(&path.key("weight"), Problem::conflict(conflict));
        }
        if register.unit.trim().is_empty() {
            self.fault(
                &path.key("unit"),
                Problem::conflict("name what one row is: person, enrolment, meeting"),
            );
        }
        self.persons(name, register, path);
        for (index, column) in register.by.iter().enumerate() {
            let path = path.key("by").index(index);
            let types = [ColumnType::Level, ColumnType::Ordinal, ColumnType::Flag];
            self.column_of(name, column, &types, &path);
            let meaning = if column == REASON {
                "a column of `figures` and figures cannot be crossed by it; leave it out of `by`, or give the column another name"
            } else if COMPANION_COLUMNS.contains(&column.as_str()) {
                "a column of the tables beside `figures` and figures cannot be crossed by it; leave it out of `by`, or give the column another name"
            } else {
                ""
            };
            if !meaning.is_empty() {
                self.fault(&path, Problem::ReservedName { name: column.clone(), meaning });
            }
            if register.by[..index].contains(column) {
                self.fault(
                    &path,
                    Problem::conflict("a column is crossed once; leave the second out"),
                );
            }
        }
        self.parents(name, register, path);
        for (index, eligible) in register.eligible.iter().enumerate() {
            let path = path.key("eligible").index(index);
            if let Some(within) = &eligible.within {
                self.condition(name, within, &path.key("within"));
            }
            self.condition(name, &eligible.of, &path.key("of"));
        }
        self.soundness(name, register, path);
    }

    /// What is declared to tell a sound register from another.
    fn soundness(&mut self, name: &str, register: &Register, path: &KeyPath) {
        for (index, rule) in register.rules.iter().enumerate() {
            let path = path.key("rules").index(index);
            if let Some(of) = &rule.of {
                self.condition(name, of, &path.key("of"));
            }
            self.condition(name, &rule.must, &path.key("must"));
        }
        for (index, column) in register.mandatory.iter().enumerate() {
            self.column(name, column, &path.key("mandatory").index(index));
        }
        for (index, identifying) in register.identifying.iter().enumerate() {
            let path = path.key("identifying").index(index);
            for (key, text) in
                [("header", &identifying.header), ("legal_basis", &identifying.legal_basis)]
            {
                if normal(text).is_empty() {
                    let conflict = format!("`{key}` is empty; write it, or leave the entry out");
                    self.fault(&path.key(key), Problem::Conflict { conflict });
                }
            }
        }
    }

    fn persons(&mut self, name: &str, register: &Register, path: &KeyPath) {
        if register.count == Some(Counting::Persons) {
            let needed = [
                ("person", register.person.is_some()),
                ("starts", register.starts.is_some()),
                ("ends", register.ends.is_some()),
            ];
            for (key, _) in needed.into_iter().filter(|(_, given)| !given) {
                self.fault(
                    &path.key(key),
                    Problem::MissingKey {
                        key: key.to_owned(),
                        expected: "`count = \"persons\"` needs person, starts and ends".to_owned(),
                    },
                );
            }
        }
        for (key, column) in [("starts", &register.starts), ("ends", &register.ends)] {
            if let Some(column) = column {
                self.column_of(name, column, &[ColumnType::Date], &path.key(key));
            }
        }
        let counts_persons = register.count == Some(Counting::Persons);
        if counts_persons && register.starts.is_some() && register.starts == register.ends {
            let conflict = "a person has a first start and a last exit, and one column holds one day; declare two columns, with one header if there is but one";
            self.fault(&path.key("ends"), Problem::conflict(conflict));
        }
    }

    /// Hierarchies: the parent is a column of levels, every level names one of them, and no circle is made.
    fn parents(&mut self, name: &str, register: &'a Register, path: &KeyPath) {
        let mut links: Named<Vec<String>> = Named::new();
        for (child, column) in self.columns.get(name).cloned().unwrap_or_default() {
            let path = path.key("columns").key(&child);
            let own = register.columns.get(&child).is_some_and(|column| column.like.is_none());
            let Some(parent) = &column.parent else {
                if own && column.levels.0.iter().any(|level| level.parent.is_some()) {
                    let conflict = "levels with a `parent` need the column's own `parent`: the column they lie within";
                    self.fault(&path, Problem::conflict(conflict));
                }
                continue;
            };
            links.insert(child.clone(), vec![parent.clone()]);
            let types = [ColumnType::Level, ColumnType::Ordinal];
            let parent = self.column_of(name, parent, &types, &path.key("parent"));
            for level in parent.iter().flat_map(|_| &column.levels.0).filter(|_| own) {
                let path = path.key("levels").key(&level.code).key("parent");
                match (&level.parent, &parent) {
                    (Some(code), Some(parent)) => {
                        self.level(parent, &Literal::Text(code.clone()), &path);
                    }
                    (Some(_), None) => {}
                    (None, _) => self.fault(&path, Problem::MissingKey {
                        key: "parent".to_owned(),
                        expected: "every level of a column with a parent names the level it lies within"
                            .to_owned(),
                    }),
                }
            }
        }
        self.circles(&links, |child| path.key("columns").key(child).key("parent"));
    }
}
