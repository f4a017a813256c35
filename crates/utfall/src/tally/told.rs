//! Columns that are told apart level by level for the checks of a project, whatever figures are crossed by.
//!
//! A column that figures are crossed by has its levels in the cell already. Others become axes of the signature, so that
//! what figures are crossed by stays the same, and a project without checks counts nothing more.

use chrono::NaiveDate;

use super::crossing::Crossing;
use super::gather::MarkPlan;
use super::predicate::Compiler;
use crate::day;
use crate::project::{Column, Named, NeedOf, Project};

/// A column that is told apart.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) name: String,
    place: Place,
}

/// Where its levels are found.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// Among the crossed columns.
    Cell(usize),
    /// Among the axes.
    Axis(usize),
}

impl Told {
    /// The level of the units of a cell and signature; unknown is the one after the last.
    pub(crate) fn level(&self, cell: &[u32], signature: &[u32]) -> u32 {
        let level = match self.place {
            Place::Cell(column) => cell.get(column),
            Place::Axis(axis) => signature.get(axis),
        };
        level.copied().unwrap_or(u32::MAX)
    }
}

/// The columns that the checks of a project need of a register.
pub(super) fn told(
    project: &Project,
    register: &str,
    columns: &Named<Column>,
    crossing: &Crossing,
    compiler: &mut Compiler<'_>,
) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    let needs = project.needs();
    let names =
        needs.iter().filter(|need| need.register == register).flat_map(|need| &need.columns);
    for name in names {
        let Some((position, _, column)) = columns.get_full(name) else { continue };
        if told.iter().any(|known| known.name == *name) {
            continue;
        }
        let crossed = crossing.columns.iter().position(|crossed| crossed.position == position);
        let place = match crossed {
            Some(crossed) => Place::Cell(crossed),
            None => Place::Axis(compiler.tell_apart(position, column)),
        };
        told.push(Told { name: name.clone(), place });
    }
    told
}

/// The date columns whose days the checks of a project need of a register, and their marks: how long ago each day was.
pub(super) fn days(
    project: &Project,
    register: &str,
    as_of: NaiveDate,
    compiler: &mut Compiler<'_>,
) -> Vec<(usize, usize)> {
    let needs = project.needs();
    let of_register = needs.iter().filter(|need| need.register == register);
    let columns = of_register.filter_map(|need| match need.of {
        NeedOf::Days(column) => Some(column),
        NeedOf::Indicator(_) | NeedOf::Flow | NeedOf::Units => None,
    });
    let as_of = day::number(as_of);
    let mut mark = |after| compiler.mark(MarkPlan::Spell { after, events: Vec::new(), as_of });
    columns.map(|column| (column, mark(column))).collect()
}
