//! What two project files declare differently: every key, by its path.

use super::read::Declared;
use super::toml_text::inline_text;
use super::tree::{Entry, Node, Table, Value};
use super::{Goal, Named, Project};

/// A key of the project file whose value is another one in a second project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredChange {
    /// Where it stands: `goals.men.targets[2020-09-01].at_least`. Parts of a list are named by what tells them apart, such
    /// as the day of a target, else counted from 0.
    pub path: String,
    /// What the first project says, as the file writes it; `None` where it says nothing.
    pub before: Option<String>,
    /// What the second project says; `None` where it says nothing.
    pub after: Option<String>,
}

/// What part of a project a change is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChangedPart {
    /// How figures are counted: registers, indicators, the first and last day.
    Definition,
    /// What is promised: goals and their targets.
    Target,
    /// The ratings of goals that no register can compute.
    Evidence,
    /// Neither figures nor verdicts rest on it.
    Other,
}

impl DeclaredChange {
    /// What part of the project it is in.
    pub fn part(&self) -> ChangedPart {
        let mut keys = self.path.split('.');
        let (first, _, third) = (keys.next(), keys.next(), keys.next());
        match (first.map(bare), third.map(bare)) {
            (Some("indicators"), Some("sv" | "en")) => ChangedPart::Other,
            (Some("registers" | "indicators" | "first_day" | "last_day"), _) => {
                ChangedPart::Definition
            }
            (Some("goals"), Some("evidence")) => ChangedPart::Evidence,
            (Some("goals"), None | Some("indicator" | "targets" | "scale")) => ChangedPart::Target,
            _ => ChangedPart::Other,
        }
    }
}

/// A key without the part of a list behind it.
fn bare(key: &str) -> &str {
    key.split('[').next().unwrap_or(key)
}

impl Project {
    /// What another project declares differently, in the order of the file. Equal projects have no changes.
    ///
    /// ```
    /// use utfall::Project;
    ///
    /// let before = Project::from_toml("schema = 1\nname = \"Likes\"\nlast_day = 2022-06-30")?;
    /// let after = Project::from_toml("schema = 1\nname = \"Likes\"\nlast_day = 2022-12-31")?;
    /// let changes = before.changes(&after);
    /// assert_eq!(changes[0].path, "last_day");
    /// assert_eq!(changes[0].after.as_deref(), Some("2022-12-31"));
    /// assert!(before.changes(&before).is_empty());
    /// # Ok::<(), utfall::Error>(())
    /// ```
    pub fn changes(&self, other: &Self) -> Vec<DeclaredChange> {
        let mut changes = Vec::new();
        compare("", &tree(self), &tree(other), &mut changes);
        changes
    }

    /// Whether both count by the same declarations: registers and what is asked of them, in the same order.
    pub(crate) fn counts_as(&self, other: &Self) -> bool {
        let counting = |project: &Self| {
            let Value::Table(mut table) = project.declaration.write() else { return Table::new() };
            table.retain(|entry| !UNCOUNTED.contains(&entry.key.as_str()));
            table.iter_mut().filter(|entry| entry.key == "indicators").for_each(drop_texts);
            table
        };
        counting(self) == counting(other)
    }

    /// Whether both define an indicator alike: itself, its register, and the days of the project.
    pub(crate) fn defines_as(&self, other: &Self, indicator: &str) -> bool {
        let own = |project: &Self| {
            let mut found = project.indicators.get(indicator).cloned()?;
            found.labels = super::Labels::default();
            let register = project.registers.get(&found.register).cloned();
            // Columns may be like those of another register.
            let columns: Option<Vec<_>> = project.columns(&found.register).map(|columns| {
                columns.iter().map(|(name, column)| (name.clone(), column.clone())).collect()
            });
            Some((found, register, columns, project.first_day, project.last_day))
        };
        own(self) == own(other)
    }

    /// This project with the goals of another one: what is counted here, judged by what is promised there. It is for
    /// verdicts alone: a goal may name an indicator that there is not.
    pub(crate) fn with_goals(&self, goals: Named<Goal>) -> Self {
        let mut project = self.clone();
        project.declaration.goals = goals;
        project
    }
}

/// The keys that nothing is counted by.
const UNCOUNTED: [&str; 10] = [
    "name",
    "owner",
    "description",
    "language",
    "purposes",
    "goals",
    "plan",
    "money",
    "planned",
    "published",
];

fn drop_texts(indicators: &mut Entry) {
    let Value::Table(table) = &mut indicators.node.value else { return };
    for indicator in table {
        if let Value::Table(keys) = &mut indicator.node.value {
            keys.retain(|entry| entry.key != "sv" && entry.key != "en");
        }
    }
}

fn tree(project: &Project) -> Value {
    project.declaration.write()
}

fn compare(path: &str, before: &Value, after: &Value, changes: &mut Vec<DeclaredChange>) {
    match (before, after) {
        (Value::Table(before), Value::Table(after)) => compare_tables(path, before, after, changes),
        (Value::List(before), Value::List(after)) => match (named(before), named(after)) {
            (Some(before), Some(after)) => compare_parts(path, &before, &after, changes),
            _ if before != after => changes.push(changed(path, Some(before), Some(after))),
            _ => {}
        },
        _ if before != after => changes.push(DeclaredChange {
            path: path.to_owned(),
            before: Some(text(before)),
            after: Some(text(after)),
        }),
        _ => {}
    }
}

fn changed(path: &str, before: Option<&Vec<Node>>, after: Option<&Vec<Node>>) -> DeclaredChange {
    let told = |list: Option<&Vec<Node>>| list.map(|list| text(&Value::List(list.clone())));
    DeclaredChange { path: path.to_owned(), before: told(before), after: told(after) }
}

fn compare_tables(path: &str, before: &Table, after: &Table, changes: &mut Vec<DeclaredChange>) {
    let parts = |table: &Table| {
        table.iter().map(|entry| (entry.key.clone(), entry.node.clone())).collect::<Parts>()
    };
    let dot = if path.is_empty() { "" } else { "." };
    let under = |key: &str| format!("{path}{dot}{key}");
    compare_keys(path, &parts(before), &parts(after), &under, changes);
}

/// Parts of a table or a list, by what tells them apart.
type Parts = Vec<(String, Node)>;

fn compare_parts(path: &str, before: &Parts, after: &Parts, changes: &mut Vec<DeclaredChange>) {
    compare_keys(path, before, after, &|key| format!("{path}[{key}]"), changes);
}

fn compare_keys(
    path: &str,
    before: &Parts,
    after: &Parts,
    under: &dyn Fn(&str) -> String,
    changes: &mut Vec<DeclaredChange>,
) {
    let find = |parts: &'_ Parts, key: &str| parts.iter().position(|(name, _)| name == key);
    for (key, node) in before {
        match find(after, key).and_then(|at| after.get(at)) {
            Some((_, other)) => compare(&under(key), &node.value, &other.value, changes),
            None => changes.push(DeclaredChange {
                path: under(key),
                before: Some(inline_text(node)),
                after: None,
            }),
        }
    }
    for (key, node) in after {
        if find(before, key).is_none() {
            let after = Some(inline_text(node));
            changes.push(DeclaredChange { path: under(key), before: None, after });
        }
    }
    let shared = |parts: &Parts, others: &Parts| {
        let names = parts.iter().filter(|(key, _)| find(others, key).is_some());
        names.map(|(key, _)| key.clone()).collect::<Vec<_>>()
    };
    let (first, second) = (shared(before, after), shared(after, before));
    if first != second {
        // The order of keys is part of a project: levels, columns, the parts of a condition.
        let (before, after) = (Some(first.join(", ")), Some(second.join(", ")));
        changes.push(DeclaredChange { path: path.to_owned(), before, after });
    }
}

/// What tells the parts of lists apart.
const NAMES: [&str; 4] = ["from", "id", "code", "on"];

/// The parts of a list of tables by what tells them apart; `None` for another list.
fn named(list: &[Node]) -> Option<Parts> {
    let tables: Vec<&Table> = list
        .iter()
        .map(|node| match &node.value {
            Value::Table(table) => Some(table),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let by_key = NAMES.iter().find_map(|name| {
        let name_of = |table: &&Table| {
            let entry = table.iter().find(|entry| entry.key == *name)?;
            Some(text(&entry.node.value))
        };
        let names: Vec<String> = tables.iter().map(name_of).collect::<Option<_>>()?;
        let is_unique = names.iter().collect::<std::collections::HashSet<_>>().len() == names.len();
        (is_unique && !names.is_empty()).then_some(names)
    });
    let names = by_key.unwrap_or_else(|| (0..list.len()).map(|at| at.to_string()).collect());
    Some(names.into_iter().zip(list.iter().cloned()).collect())
}

fn text(value: &Value) -> String {
    inline_text(&Node::from(value.clone()))
}
