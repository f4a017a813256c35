//! A project with one column more, in which levels of another are merged.

use super::read::Declared;
use super::register::{Column, Level, Levels};
use super::tree::{Entry, Node, Table, Value};
use super::{Labels, Project};
use crate::error::Result;

/// A project that is crossed by a column with merged levels.
#[derive(Debug)]
pub(crate) struct MergedColumn {
    /// The project: conditions and checks go on asking the column that was there.
    pub(crate) project: Project,
    /// The name of the new column.
    pub(crate) name: String,
    /// What was added to the project file, as TOML.
    pub(crate) declared: String,
}

impl Project {
    /// This project with a column beside `column`, read from the same header, in which each of these groups of levels is one
    /// level, and with figures crossed by that column instead. In every register that has the column.
    ///
    /// # Errors
    ///
    /// None for groups of levels that the column has.
    pub(crate) fn with_merged_levels(
        &self,
        column: &str,
        groups: &[Vec<usize>],
    ) -> Result<MergedColumn> {
        let name = self.free_name(column);
        let mut project = self.clone();
        let mut declared = Table::new();
        for (register, declaration) in &mut project.declaration.registers {
            let known = self.columns(register).and_then(|columns| columns.get(column));
            let Some(known) = known else { continue };
            let merged = Column { levels: merged(&known.levels, groups), ..known.clone() };
            for by in declaration.by.iter_mut().filter(|by| *by == column) {
                by.clone_from(&name);
            }
            let mut added = vec![];
            if declaration.by.contains(&name) {
                let by = declaration.by.iter().map(|by| Value::Text(by.clone()).into());
                added.push(Entry::new("by", Value::List(by.collect())));
            }
            let columns = vec![Entry::new(&name, merged.write())];
            added.push(Entry::new("columns", Value::Table(columns)));
            declared.push(Entry::new(register, Value::Table(added)));
            declaration.columns.insert(name.clone(), merged);
        }
        let declared = Value::Table(vec![Entry::new("registers", Value::Table(declared))]);
        Ok(MergedColumn {
            project: Self::from_json(&project.to_json())?,
            name,
            declared: Node::from(declared).to_toml(),
        })
    }

    /// A name that no column has.
    fn free_name(&self, column: &str) -> String {
        let is_taken = |name: &String| {
            let mut columns = self.registers.keys().filter_map(|register| self.columns(register));
            columns.any(|columns| columns.contains_key(name))
        };
        let names = (2..).map(|number| format!("{column}_merged_{number}"));
        let mut names = std::iter::once(format!("{column}_merged")).chain(names);
        names.find(|name| !is_taken(name)).unwrap_or_default()
    }
}

/// The levels of which each is one or several of those that were there: names side by side, and all texts as spellings.
fn merged(levels: &Levels, groups: &[Vec<usize>]) -> Levels {
    let of_group = |group: &Vec<usize>| -> Option<Level> {
        let parts: Vec<&Level> = group.iter().filter_map(|level| levels.0.get(*level)).collect();
        if let [level] = parts[..] {
            return Some(level.clone());
        }
        let joined = |text: fn(&Labels) -> Option<&String>| {
            let names = parts.iter().map(|part| text(&part.labels).unwrap_or(&part.code).as_str());
            let is_named = parts.iter().any(|part| text(&part.labels).is_some());
            is_named.then(|| names.collect::<Vec<_>>().join(" + "))
        };
        let codes: Vec<&str> = parts.iter().map(|part| part.code.as_str()).collect();
        let mut spellings: Vec<String> =
            parts.iter().flat_map(|part| part.texts()).map(str::to_owned).collect();
        spellings.sort_unstable();
        spellings.dedup();
        Some(Level {
            code: codes.join("_"),
            labels: Labels {
                sv: joined(|labels| labels.sv.as_ref()),
                en: joined(|labels| labels.en.as_ref()),
            },
            spellings,
            parent: parts.first()?.parent.clone(),
        })
    };
    Levels(groups.iter().filter_map(of_group).collect())
}
