//! What changed: keys of the project file, what was asked for, and data.

use super::mixture::{Mixtures, registers};
use super::{Changed, DataChange, Side};
use crate::assess::{Figure, Figures};
use crate::tally::By;

pub(super) fn causes(before: Side<'_>, after: Side<'_>, mixtures: &Mixtures<'_>) -> Vec<Changed> {
    let declared = before.project.changes(after.project).into_iter().map(Changed::Declared);
    let data = registers(before, after);
    let data = data.iter().flat_map(|register| of_register(before, after, mixtures, register));
    declared.chain(settings(before, after)).chain(data.map(Changed::Data)).collect()
}

fn settings(before: Side<'_>, after: Side<'_>) -> Vec<Changed> {
    let told = |side: Side<'_>| {
        let figures = &side.evaluation.figures;
        [
            side.evaluation.as_of.to_string(),
            crossing(side.evaluation.tally().by()),
            figures.level().to_string(),
        ]
    };
    let names = ["as_of", "by", "level"].into_iter();
    let both = told(before).into_iter().zip(told(after));
    names
        .zip(both)
        .filter(|(_, (before, after))| before != after)
        .map(|(name, (before, after))| Changed::Setting { name, before, after })
        .collect()
}

/// A crossing as it is asked for.
fn crossing(by: &By) -> String {
    let list = |names: &[String]| format!("[{}]", names.join(", "));
    match by {
        By::Declared => "declared".to_owned(),
        By::Margins(columns) => list(columns),
        By::Tables(tables) => list(&tables.iter().map(|table| list(table)).collect::<Vec<_>>()),
    }
}

/// The units of a register and of its groups by single columns, where they are others.
fn of_register(
    before: Side<'_>,
    after: Side<'_>,
    mixtures: &Mixtures<'_>,
    register: &str,
) -> Vec<DataChange> {
    let counts_differ = mixtures.counts_differ(register);
    let units = |side: Side<'_>| {
        let mut counted = side.evaluation.tally().units_by_register();
        counted.find(|(name, _)| *name == register).map(|(_, units)| units)
    };
    let change = |group, before: Option<u64>, after: Option<u64>| DataChange {
        register: register.to_owned(),
        group,
        before,
        after,
        counts_differ,
    };
    let whole = (units(before), units(after));
    if counts_differ == Some(false) || (counts_differ.is_none() && whole.0 == whole.1) {
        return Vec::new();
    }
    let (old, new) = (groups(before, register), groups(after, register));
    let mut changes = vec![change(Vec::new(), whole.0, whole.1)];
    if whole.0.is_none() || whole.1.is_none() {
        return changes;
    }
    let units_of = |groups: &[Counted], group: &Group| {
        groups.iter().find(|(known, _)| known == group).map(|(_, units)| *units)
    };
    let gone = old.iter().filter(|(group, _)| units_of(&new, group).is_none());
    for (group, _) in new.iter().chain(gone) {
        let is_crossed_by_both = |groups: &[Counted]| {
            groups.iter().any(|(known, _)| {
                known.first().map(|cell| &cell.0) == group.first().map(|cell| &cell.0)
            })
        };
        if !is_crossed_by_both(&old) || !is_crossed_by_both(&new) {
            continue;
        }
        // A group that is not listed has nobody in it; one without counts is protected.
        let (before, after) =
            (units_of(&old, group).unwrap_or(Some(0)), units_of(&new, group).unwrap_or(Some(0)));
        if before != after {
            changes.push(change(group.clone(), before, after));
        }
    }
    changes
}

type Group = Vec<(String, String)>;
type Counted = (Group, Option<u64>);

/// The units of the groups of a register by single columns: every indicator counts the same.
fn groups(side: Side<'_>, register: &str) -> Vec<Counted> {
    let figures = &side.evaluation.figures;
    let Some(first) = figures.iter().find(|figure| figures.register(figure) == register) else {
        return Vec::new();
    };
    let name = figures.indicator(first);
    let of_indicator = figures.iter().filter(|figure| figures.indicator(figure) == name);
    of_indicator
        .map(|figure| (group(figures, figure), figure.counts.map(|counts| counts.units())))
        .filter(|(group, _)| group.len() == 1)
        .collect()
}

fn group(figures: &Figures, figure: &Figure) -> Group {
    figures.group(figure).map(|(column, code)| (column.to_owned(), code.to_owned())).collect()
}
