//! The counts that the checks of a project need, by columns of their own: they do not depend on what figures are crossed
//! by.

use std::collections::BTreeMap;

use super::columns::by_column;
use super::figure::{ByColumn, Reason};
use super::groups::ByLevels;
use crate::project::{Named, Need, NeedOf, Project};
use crate::tally::{Accounting, Computable, Halt, Place, Plan, RegisterTally, Signature};

/// A table of counts that a check needs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Crossed {
    pub(crate) need: Need,
    pub(crate) columns: Vec<ByColumn>,
    /// The combinations that occur, in order; why there are none.
    pub(crate) cells: Result<Vec<CrossedCell>, Reason>,
}

/// What was counted of one combination of levels.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CrossedCell {
    /// The level in each column; unknown is the one after the last.
    pub(crate) levels: Vec<u32>,
    /// The accounting of the indicator; where all units are counted, everybody is a success.
    pub(crate) counts: Accounting,
    /// Of the flow: for each stage those who reached it, and those of whom it is not known whether they did.
    pub(crate) stages: Vec<[u64; 2]>,
    /// Of days: for each of them how many days ago it was and how many units have it, the latest first.
    pub(crate) days_ago: Vec<(i64, u64)>,
}

/// What units with a signature add to a cell.
struct Added {
    places: Vec<Place>,
    /// The stages reached, and whether the one after them is not known.
    passage: Option<(usize, bool)>,
}

/// The tables that the checks need of a register.
pub(super) fn crossed(
    project: &Project,
    name: &str,
    plan: &Plan,
    tally: Option<&RegisterTally>,
) -> Vec<Crossed> {
    let of_register = project.needs().iter().filter(|need| need.register == name);
    of_register
        .map(|need| {
            let none = Named::new();
            let declared = project.columns(name).unwrap_or(&none);
            let columns: Vec<ByColumn> = need
                .columns
                .iter()
                .filter_map(|name| Some(by_column(name, declared.get(name)?)))
                .collect();
            let mut is_absent = need
                .columns
                .iter()
                .any(|name| declared.get(name).is_none_or(|column| column.absent.is_some()));
            if let NeedOf::Days(position) = need.of {
                let day = declared.get_index(position);
                is_absent |= day.is_none_or(|(_, column)| column.absent.is_some());
            }
            let cells = match (unpublished(project, need, plan), tally) {
                _ if is_absent => Err(Reason::NotPublished),
                (Some(reason), _) => Err(reason),
                (None, None) => Err(Reason::RegisterNotGiven),
                (None, Some(tally)) => Ok(cells(project, need, plan, tally)),
            };
            Crossed { need: need.clone(), columns, cells }
        })
        .collect()
}

/// Why what is needed cannot be counted from this source.
fn unpublished(project: &Project, need: &Need, plan: &Plan) -> Option<Reason> {
    match need.of {
        NeedOf::Units | NeedOf::Days(_) => None,
        NeedOf::Flow => {
            let stages = project.flow.as_ref().map_or(0, |flow| flow.stages.len());
            let published = plan.flow.as_ref().map_or(0, |stages| stages.reached.len());
            (published < stages).then_some(Reason::NotPublished)
        }
        NeedOf::Indicator(position) => {
            let (_, computable) = plan.indicators.iter().find(|(known, _)| *known == position)?;
            let measure = &project.indicators.get_index(position)?.1.measure;
            match computable {
                Computable::Yes(_) if measure.counts_units() => None,
                // A checked project compares nothing else.
                Computable::Yes(_) | Computable::NotPublished => Some(Reason::NotPublished),
            }
        }
    }
}

fn cells(project: &Project, need: &Need, plan: &Plan, tally: &RegisterTally) -> Vec<CrossedCell> {
    let stages = match need.of {
        NeedOf::Flow => project.flow.as_ref().map_or(0, |flow| flow.stages.len()),
        NeedOf::Indicator(_) | NeedOf::Units | NeedOf::Days(_) => 0,
    };
    let told: Vec<_> = need
        .columns
        .iter()
        .filter_map(|name| plan.told.iter().find(|told| told.name == *name))
        .collect();
    let mut added: ByLevels<Added> = ByLevels::default();
    let mut cells: BTreeMap<Vec<u32>, CrossedCell> = BTreeMap::new();
    tally.visit(plan, |cell, classes, units| {
        if !added.contains_key(classes) {
            added.insert(classes.to_vec(), of_signature(need, plan, classes));
        }
        let Some(added) = added.get(classes) else { return };
        let levels: Vec<u32> = told.iter().map(|told| told.level(cell, classes)).collect();
        let cell = cells.entry(levels.clone()).or_insert_with(|| CrossedCell {
            levels,
            counts: Accounting::default(),
            stages: vec![[0; 2]; stages],
            days_ago: Vec::new(),
        });
        added.places.iter().for_each(|place| cell.counts.add(*place, units));
        if let Some((reached, is_unknown)) = added.passage {
            cell.stages.iter_mut().take(reached).for_each(|stage| stage[0] += units);
            if let Some(next) = cell.stages.get_mut(reached).filter(|_| is_unknown) {
                next[1] += units;
            }
        }
    });
    let mut cells: Vec<CrossedCell> = cells.into_values().collect();
    if let (NeedOf::Days(column), Some(everybody)) = (need.of, cells.first_mut()) {
        everybody.days_ago = days_ago(column, plan, tally);
    }
    cells
}

/// How many days ago each day of a column was, and how many units have it.
fn days_ago(column: usize, plan: &Plan, tally: &RegisterTally) -> Vec<(i64, u64)> {
    let mark = plan.days.iter().find(|(known, _)| *known == column).map(|(_, mark)| *mark);
    let marks = mark.and_then(|mark| tally.beside().marks.get(mark));
    let mut days: BTreeMap<i64, u64> = BTreeMap::new();
    for ((_, mark), units) in marks.into_iter().flatten() {
        if let Some(ago) = mark.first() {
            *days.entry(*ago).or_default() += units;
        }
    }
    days.into_iter().collect()
}

fn of_signature(need: &Need, plan: &Plan, classes: &[u32]) -> Added {
    let signature = Signature { axes: &plan.axes, classes };
    match need.of {
        NeedOf::Units | NeedOf::Days(_) => Added { places: vec![Place::Success], passage: None },
        NeedOf::Indicator(position) => {
            let steps = plan.steps().find(|(known, _)| *known == position);
            let places = steps.map(|(_, steps)| steps.places(&signature));
            Added { places: places.unwrap_or_default(), passage: None }
        }
        NeedOf::Flow => {
            let passage = plan.flow.as_ref().map(|stages| stages.passage(&signature));
            let passage =
                passage.map(|passage| (passage.reached, passage.next == Some(Halt::Unknown)));
            Added { places: vec![Place::Success], passage }
        }
    }
}
