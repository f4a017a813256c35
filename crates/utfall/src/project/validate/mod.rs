//! What one value alone does not show: names that must exist, types that must fit, orders and circles.
//!
//! One file per part of the project file. A thing whose declaration could not be read is known to the tree though not
//! to the declaration; what refers to it is not reported a second time.

mod conditions;
mod goals;
mod indicators;
mod money;
mod principles;
mod published;
mod purposes;
mod registers;

use super::fault::{Faults, Problem};
use super::path::KeyPath;
use super::read::Named;
use super::register::{Column, ColumnType};
use super::tree::Node;
use super::{Declaration, Indicator};

/// Notes every fault of a declaration and gives its columns, by register, with every `like` resolved.
pub(super) fn validate(
    declaration: &Declaration,
    tree: &Node,
    faults: &mut Faults,
) -> Named<Named<Column>> {
    let mut context = Context { declaration, tree, columns: Named::new(), faults };
    context.header();
    context.registers();
    context.purposes();
    context.indicators();
    context.goals();
    context.principles();
    context.promised_numbers();
    context.published();
    context.columns
}

/// What all checks share.
struct Context<'a> {
    declaration: &'a Declaration,
    tree: &'a Node,
    columns: Named<Named<Column>>,
    faults: &'a mut Faults,
}

/// What the results that no check gives are called.
const CHECK_WORDS: [&str; 5] =
    ["plan", "grounds", "equality", "accessibility", "non_discrimination"];

/// The version of the file format that this library reads.
const SCHEMA: u32 = 1;

impl<'a> Context<'a> {
    fn header(&mut self) {
        let Declaration { schema, first_day, last_day, .. } = self.declaration;
        if *schema != SCHEMA {
            self.fault(
                &KeyPath::of(&["schema"]),
                Problem::OutOfRange {
                    number: schema.to_string(),
                    expected: "a version of the file format that this release reads",
                    suggestion: Some(SCHEMA.to_string()),
                },
            );
        }
        if first_day.zip(*last_day).is_some_and(|(first, last)| last < first) {
            let conflict = "`last_day` lies before `first_day`; exchange them or correct one";
            self.fault(&KeyPath::of(&["last_day"]), Problem::conflict(conflict));
        }
        let declaration = self.declaration;
        self.names("registers", declaration.registers.keys());
        self.names("purposes", declaration.purposes.keys());
        self.names("indicators", declaration.indicators.keys());
        self.names("goals", declaration.goals.keys());
        self.names("checks", declaration.checks.keys());
        for name in declaration.checks.keys().filter(|name| CHECK_WORDS.contains(&name.as_str())) {
            let meaning = "what the results of the plan, the grounds or a principle are called; give the check another name";
            let problem = Problem::ReservedName { name: name.clone(), meaning };
            self.fault(&KeyPath::of(&["checks", name]), problem);
        }
    }

    fn fault(&mut self, path: &KeyPath, problem: Problem) {
        self.faults.add(path, problem);
    }

    fn names<'n>(&mut self, section: &str, names: impl Iterator<Item = &'n String>) {
        for name in names.filter(|name| !is_name(name)) {
            self.fault(&KeyPath::of(&[section, name]), Problem::InvalidName { name: name.clone() });
        }
    }

    /// The entry of a named section, or a fault at `path` if nothing has the name.
    fn find<T>(
        &mut self,
        what: &'static str,
        section: &str,
        entries: &'a Named<T>,
        name: &str,
        path: &KeyPath,
    ) -> Option<&'a T> {
        let found = entries.get(name);
        if found.is_none() && self.tree.at(&KeyPath::of(&[section, name])).is_none() {
            let names = entries.keys().map(String::as_str);
            self.fault(path, Problem::unknown_name(what, name, names));
        }
        found
    }

    fn indicator(&mut self, name: &str, path: &KeyPath) -> Option<&'a Indicator> {
        self.find("indicator", "indicators", &self.declaration.indicators, name, path)
    }

    /// Whether a register has the name; else a fault at `path`.
    fn has_register(&mut self, name: &str, path: &KeyPath) -> bool {
        self.find("register", "registers", &self.declaration.registers, name, path).is_some()
    }

    /// The resolved column of a register, or a fault at `path`.
    fn column(&mut self, register: &str, name: &str, path: &KeyPath) -> Option<Column> {
        let columns = self.columns.get(register)?;
        if let Some(column) = columns.get(name) {
            return Some(column.clone());
        }
        if self.tree.at(&KeyPath::of(&["registers", register, "columns", name])).is_none() {
            let problem = Problem::unknown_name("column", name, columns.keys().map(String::as_str));
            self.fault(path, problem);
        }
        None
    }

    /// The column, if it has one of these types; else a fault at `path`.
    fn column_of(
        &mut self,
        register: &str,
        name: &str,
        types: &[ColumnType],
        path: &KeyPath,
    ) -> Option<Column> {
        let column = self.column(register, name, path)?;
        if types.contains(&column.column_type()) {
            return Some(column);
        }
        let expected = types.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(" or ");
        self.fault(
            path,
            Problem::WrongType {
                expected: format!("a column of type {expected}"),
                found: format!("`{name}`, a column of type {}", column.column_type().word()),
            },
        );
        None
    }

    /// The first column of this name in any register, or a fault at `path`.
    fn column_anywhere(&mut self, name: &str, path: &KeyPath) -> Option<Column> {
        let found = self.columns.values().find_map(|columns| columns.get(name)).cloned();
        if found.is_none() {
            let names =
                self.columns.values().flat_map(|columns| columns.keys().map(String::as_str));
            let problem = Problem::unknown_name("column", name, names);
            self.fault(path, problem);
        }
        found
    }

    /// Names that lead from one to the next and back: one fault for each circle.
    fn circles(&mut self, links: &Named<Vec<String>>, path_of: impl Fn(&str) -> KeyPath) {
        let mut reported: Vec<Vec<String>> = Vec::new();
        for start in links.keys() {
            let Some(circle) = circle_from(start, links) else {
                continue;
            };
            let mut members = circle.clone();
            members.sort();
            members.dedup();
            if !reported.contains(&members) {
                reported.push(members);
                self.fault(&path_of(start), Problem::Cycle { names: circle });
            }
        }
    }
}

/// The way from `start` back to `start`, both ends included, if there is one.
fn circle_from(start: &str, links: &Named<Vec<String>>) -> Option<Vec<String>> {
    let mut seen: Vec<&str> = Vec::new();
    let mut trails = vec![vec![start]];
    while let Some(trail) = trails.pop() {
        let last = *trail.last()?;
        for next in links.get(last).into_iter().flatten() {
            let longer: Vec<&str> = trail.iter().copied().chain([next.as_str()]).collect();
            if next == start {
                return Some(longer.into_iter().map(str::to_owned).collect());
            }
            if !seen.contains(&next.as_str()) {
                seen.push(next);
                trails.push(longer);
            }
        }
    }
    None
}

/// Whether a text can be a name: letters (any alphabet), digits, `_` and `-`, a letter first.
fn is_name(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_alphabetic)
        && name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-'))
}
