//! The columns that figures are crossed by.

use super::figure::ByColumn;
use crate::data::level_codes;
use crate::project::{Column, Labels, Level, Project};
use crate::tally::Plan;

/// The columns that any register is crossed by, in declared order over all registers.
pub(super) fn by_columns(project: &Project, plans: &[(&String, Plan)]) -> Vec<ByColumn> {
    let is_crossed = |name: &str| {
        plans.iter().any(|(_, plan)| plan.crossing.columns.iter().any(|column| column.name == name))
    };
    let mut columns: Vec<ByColumn> = Vec::new();
    for (name, column) in
        project.registers.keys().filter_map(|name| project.columns(name)).flatten()
    {
        if is_crossed(name) && !columns.iter().any(|known| known.name == *name) {
            columns.push(by_column(name, column));
        }
    }
    columns
}

/// A column with the codes and names of its levels.
pub(super) fn by_column(name: &str, column: &Column) -> ByColumn {
    let level =
        |code: &str| -> Option<&Level> { column.levels.0.iter().find(|level| level.code == code) };
    let codes = level_codes(column);
    let labels = codes
        .iter()
        .map(|code| level(code).map_or_else(Labels::default, |level| level.labels.clone()))
        .collect();
    ByColumn { name: name.to_owned(), codes, labels }
}
