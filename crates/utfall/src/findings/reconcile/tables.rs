//! Tables against their own totals, and against each other.

use super::printed::{BadSum, BadSumKind, Grid};
use super::scope::{Scope, Source, place_fact};
use super::system::row_repairs;
use crate::finding::{Fact, Facts, Finding, FindingCode};

/// What is found in the tables of a scope.
pub(super) fn tables(scope: &Scope<'_>, told: &mut Vec<Vec<Source>>, found: &mut Vec<Finding>) {
    for (table, grid) in scope.grids.iter().enumerate() {
        let subject = || scope.subject(Source::Table(table));
        for (place, first, second) in grid.printed_twice() {
            let facts = [
                ("place", place_fact(&place)),
                ("first", Fact::Count(first)),
                ("second", Fact::Count(second)),
            ];
            found.push(Finding::new(FindingCode::PrintedTwice, subject(), facts));
        }
        let (bad, repairs) = (grid.bad_sums(), repairs(grid));
        if !bad.is_empty() {
            told.push(vec![Source::Table(table)]);
        }
        for sum in bad {
            let code = match sum.kind {
                BadSumKind::Missing => FindingCode::PartsMissing,
                BadSumKind::Overlap => FindingCode::PartsOverlap,
                BadSumKind::PartAbove => FindingCode::PartAboveTotal,
            };
            found.push(Finding::new(code, subject(), sum_facts(&sum, repairs.clone())));
        }
    }
    pairs(scope, told, found);
}

/// How many changes are offered.
const MOST_REPAIRS: usize = 3;

/// The changes of one number that make all sums of a table right, if there are few.
fn repairs(grid: &Grid<'_>) -> Option<Fact> {
    let repairs = grid.repairs();
    if repairs.is_empty() || repairs.len() > MOST_REPAIRS {
        return None;
    }
    let one = |(place, from, to): &(Vec<(&str, &str)>, i64, i64)| {
        Fact::List(vec![place_fact(place), Fact::Count(*from), Fact::Count(*to)])
    };
    Some(Fact::List(repairs.iter().map(one).collect()))
}

fn sum_facts(sum: &BadSum<'_>, repairs: Option<Fact>) -> Facts {
    let part = |(code, number): &(&str, i64)| {
        Fact::List(vec![Fact::Text((*code).to_owned()), Fact::Count(*number)])
    };
    let facts = [
        ("place", place_fact(&sum.place)),
        ("column", Fact::Text(sum.column.to_owned())),
        ("total", Fact::Count(sum.total)),
        ("sum", Fact::Count(sum.sum())),
        ("difference", Fact::Count(sum.difference())),
        ("parts", Fact::List(sum.parts.iter().map(part).collect())),
    ];
    Facts::from(facts).with("repairs", repairs)
}

/// All pairs of tables: every number that both have, of the same units.
fn pairs(scope: &Scope<'_>, told: &mut Vec<Vec<Source>>, found: &mut Vec<Finding>) {
    let Some(known) = &scope.known else { return };
    for second in 0..scope.grids.len() {
        for first in 0..second {
            let (mut categories, mut total) = (Vec::new(), None);
            for (_, numbers) in known.iter() {
                let of = |table| numbers.iter().find(|one| one.source == Source::Table(table));
                let (Some(one), Some(other)) = (of(first), of(second)) else { continue };
                if one.number.agrees(&other.number) {
                    continue;
                }
                let (before, after) = (one.number.printed, other.number.printed);
                let row = [
                    place_fact(&other.place),
                    Fact::Count(before),
                    Fact::Count(after),
                    Fact::Count(after - before),
                ];
                if other.place.is_empty() || one.place.is_empty() {
                    total = total.or(Some((before, after)));
                }
                categories.push(Fact::List(row.into()));
            }
            if categories.is_empty() {
                continue;
            }
            told.push(vec![Source::Table(first), Source::Table(second)]);
            let count = categories.len() as u64;
            let facts = Facts::from([
                ("other", Fact::Text(scope.part(Source::Table(first)))),
                ("categories", Fact::List(categories)),
            ]);
            let repairs = row_repairs(scope, known, first, second);
            let facts = facts
                .with("other_total", total.map(|(before, _)| Fact::Count(before)))
                .with("total", total.map(|(_, after)| Fact::Count(after)))
                .with("difference", total.map(|(before, after)| Fact::Count(after - before)))
                .with("repairs", (!repairs.is_empty()).then_some(Fact::List(repairs)));
            let subject = scope.subject(Source::Table(second));
            let finding = Finding::new(FindingCode::TablesDiffer, subject, facts);
            found.push(Finding { count, ..finding });
        }
    }
}
