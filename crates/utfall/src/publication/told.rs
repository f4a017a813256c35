//! What is known already: tables that the project file says are printed, and earlier releases.

use std::collections::HashSet;

use super::ledger::Ledger;
use super::printed::{Group, Printed, crossed, key};
use super::{Publication, PublicationRules, PublishedCount};
use crate::assess::{Evaluation, Figures};
use crate::disclosure::{Need, Role};
use crate::error::{Error, Result};
use crate::project::{PrintedTable, Project};

/// The tables of which something is known already, by position among the columns of figures.
pub(super) fn tables(
    project: &Project,
    evaluation: &Evaluation,
    asked: &PublicationRules,
    earlier: &[&Publication],
) -> Result<Vec<Vec<usize>>> {
    let figures = &evaluation.figures;
    let mut tables = Vec::new();
    let published = project.published.iter().filter(|_| asked.printed_tables);
    for table in published.flat_map(|published| &published.tables) {
        let position =
            |name: &String| figures.columns().iter().position(|column| column.name == *name);
        let Some(mut columns) = table.by.iter().map(position).collect::<Option<Vec<usize>>>()
        else {
            continue;
        };
        columns.sort_unstable();
        if figures.iter().any(|figure| crossed(figure.group()) == columns) {
            // A printed table tells its margins, too.
            tables.extend(columns.iter().map(|column| vec![*column]));
            tables.push(columns);
        }
    }
    tables.retain(|table| figures.iter().any(|figure| crossed(figure.group()) == *table));
    for publication in earlier {
        tables.extend(tables_of(publication, evaluation)?);
    }
    Ok(tables)
}

/// The counts of which something is known already, by register, name and group: of tables that are not published now, no
/// others have to be looked at.
pub(super) fn counts(
    project: &Project,
    evaluation: &Evaluation,
    asked: &PublicationRules,
    earlier: &[&Publication],
) -> HashSet<(String, Group)> {
    let figures = &evaluation.figures;
    let printed = exact_tables(project).filter(|_| asked.printed_tables);
    let of_tables = printed.flat_map(|table| {
        let groups = table.counts().into_iter();
        let groups = groups.filter_map(|(levels, _)| group_of(&levels, figures));
        groups.map(|group| (key(&table.register, "units"), group))
    });
    let earlier = earlier.iter().flat_map(|earlier| &earlier.counts);
    let of_releases = earlier.flat_map(|count| {
        let group = group_of(&levels_of(count), figures);
        let names = count.names.iter().zip(std::iter::repeat(group));
        names.filter_map(|(name, group)| Some((key(&count.register, name), group?)))
    });
    of_tables.chain(of_releases).collect()
}

/// Whether the project file says that tables of counts of units are printed.
pub(super) fn is_printed(project: &Project) -> bool {
    exact_tables(project).next().is_some()
}

/// The tables of the project file whose numbers are counts of units as they are.
fn exact_tables(project: &Project) -> impl Iterator<Item = &PrintedTable> {
    let tables = project.published.iter().flat_map(|published| &published.tables);
    tables.filter(|table| {
        table.of.is_none() && table.tolerance.is_none() && table.rounded_to.is_none()
    })
}

fn levels_of(count: &PublishedCount) -> Vec<(&str, &str)> {
    count.group.iter().map(|(column, code)| (column.as_str(), code.as_str())).collect()
}

/// Marks the counts that the project file says are printed. One that is not the count of today is of another time or a
/// slip, and tells nothing.
pub(super) fn tell(
    project: &Project,
    evaluation: &Evaluation,
    printed: &Printed,
    ledger: &mut Ledger,
) {
    for table in exact_tables(project) {
        for (levels, count) in table.counts() {
            let Some(group) = group_of(&levels, &evaluation.figures) else { continue };
            let Some(cell) = printed.cell(&table.register, "units", &group) else { continue };
            if ledger.value(cell) == u64::from(count) {
                ledger.change(cell, |cell| cell.role = Role::Told);
                tell_members(&table.register, &group, (u64::from(count), printed), ledger);
            }
        }
    }
}

/// Who reads that a group has so many units takes all of them to be those that indicators speak of. Where that is so, it is
/// told as well: it tells of nobody in particular.
fn tell_members(
    register: &str,
    group: &Group,
    (units, printed): (u64, &Printed),
    ledger: &mut Ledger,
) {
    let of_group = printed
        .named
        .iter()
        .filter(|(_, named)| named.register == register && named.group == *group);
    for (cell, named) in of_group {
        let is = |part: &str| named.names.iter().any(|name| name.ends_with(part));
        let value = ledger.value(*cell);
        let is_all = is(".population") && value == units;
        let is_none = (is(".outside") || is(".unclassified")) && value == 0;
        if is_all || is_none {
            ledger.change(*cell, |cell| cell.role = Role::Told);
        }
    }
}

/// Links the counts to those of an earlier release.
pub(super) fn link(
    earlier: &Publication,
    evaluation: &Evaluation,
    printed: &Printed,
    asked: &PublicationRules,
    ledger: &mut Ledger,
) -> Result<()> {
    let is_same_day = earlier.as_of == evaluation.as_of;
    for count in &earlier.counts {
        let Some(group) = group_of(&levels_of(count), &evaluation.figures) else { continue };
        let cells =
            count.names.iter().filter_map(|name| printed.cell(&count.register, name, &group));
        for cell in cells {
            match count.value {
                Some(value) if is_same_day && ledger.value(cell) == value => {
                    ledger.change(cell, |cell| cell.role = Role::Told);
                }
                Some(value) => ledger.add_earlier(cell, value)?,
                // Small ones are hidden for their own sake.
                None => ledger.change(cell, |cell| {
                    let is_small = (1..asked.rules.threshold).contains(&cell.value);
                    if !is_small && cell.role == Role::Printed {
                        cell.need = Some(Need { low: cell.value, high: cell.value });
                    }
                }),
            }
        }
    }
    Ok(())
}

/// A group among the columns of the figures; `None` if one of its columns is not among them.
fn group_of(levels: &[(&str, &str)], figures: &Figures) -> Option<Group> {
    let mut group = vec![None; figures.columns().len()];
    for (name, code) in levels {
        let position = figures.columns().iter().position(|column| column.name == *name)?;
        let column = figures.columns().get(position)?;
        let level =
            column.codes.iter().position(|known| known == code).unwrap_or(column.codes.len());
        *group.get_mut(position)? = Some(u32::try_from(level).ok()?);
    }
    Some(group)
}

/// The tables of an earlier release of the same day, which is of the same units.
fn tables_of(earlier: &Publication, evaluation: &Evaluation) -> Result<Vec<Vec<usize>>> {
    if earlier.as_of != evaluation.as_of {
        return Ok(Vec::new());
    }
    let columns = evaluation.figures.columns();
    let mut tables = Vec::new();
    for count in &earlier.counts {
        let position =
            |(name, _): &(String, String)| columns.iter().position(|column| column.name == *name);
        let table: Option<Vec<usize>> = count.group.iter().map(position).collect();
        let Some(table) = table else {
            let columns = count.group.iter().map(|(name, _)| name.clone()).collect();
            return Err(Error::TableNotEvaluated { columns });
        };
        tables.push(table);
    }
    Ok(tables)
}
