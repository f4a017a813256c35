//! Linear conditions on whole numbers of 0 or more: whether they can hold together, which of them cannot, and between
//! which values a sum then lies.

use std::collections::BTreeSet;

use super::rational::Rational;
use super::simplex::{Smallest, Tableau};
use super::substitute::{Substituted, substitute};

/// A sum of unknown numbers compared with a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The unknown numbers of the sum, each once, with their factors.
    pub(super) terms: Vec<(usize, i128)>,
    pub(super) relation: Relation,
    pub(super) number: i128,
    /// What the condition comes from; `None` for one that only divides cases.
    pub(super) origin: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Equal,
    AtLeast,
    AtMost,
}

/// What the conditions allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// They can hold: there is a solution in whole numbers, or none was ruled out in many cases.
    Possible,
    /// They cannot hold, and these origins suffice for that.
    Impossible(Vec<usize>),
    /// It was not found out within the limits.
    Undecided,
}

/// How many cases whole numbers are divided into.
const MOST_CASES: usize = 40;
/// Beyond this size (conditions times unknowns) nothing is tried.
const MOST_ENTRIES: usize = 400_000;

/// Whether conditions can hold together in whole numbers of 0 or more.
pub(super) fn solve(rows: &[Row], unknowns: usize) -> Outcome {
    let Substituted { rows, because, .. } = match substitute(rows, unknowns) {
        Ok(substituted) => substituted,
        Err(core) => return Outcome::Impossible(core.into_iter().collect()),
    };
    let (rows, unknowns, _) = reduced(&rows, unknowns, &[]);
    if rows.len().saturating_mul(unknowns + rows.len()) > MOST_ENTRIES {
        return Outcome::Undecided;
    }
    let sums = sums_of_claims(&rows);
    // Cases still to be looked at: the bounds that divide them from others.
    let (mut cases, mut looked_at, mut core) = (vec![Vec::new()], 0, BTreeSet::new());
    while let Some(bounds) = cases.pop() {
        looked_at += 1;
        if looked_at > MOST_CASES {
            // Fractions can hold; whether whole numbers can too is not worth more.
            return Outcome::Possible;
        }
        let all: Vec<Row> = rows.iter().chain(&bounds).cloned().collect();
        let Some(mut tableau) = Tableau::new(&all, unknowns) else { return Outcome::Undecided };
        match tableau.first_phase() {
            None => return Outcome::Undecided,
            Some(false) => {
                let of_rows = tableau.farkas(&all).into_iter();
                core.extend(of_rows.filter_map(|row| because.get(row)).flatten().copied());
            }
            Some(true) => {
                let Some(values) = tableau.values() else { return Outcome::Undecided };
                let Some((terms, value)) = fractional(&sums, &values) else {
                    return Outcome::Possible;
                };
                let ends = [(Relation::AtMost, value.floor()), (Relation::AtLeast, value.ceil())];
                for (relation, number) in ends {
                    let bound = Row { terms: terms.clone(), relation, number, origin: None };
                    cases.push(bounds.iter().cloned().chain([bound]).collect());
                }
            }
        }
    }
    Outcome::Impossible(core.into_iter().collect())
}

/// The smallest and the largest value of a sum under conditions; `None` for an end that it does not have, nothing where
/// the conditions cannot hold or it was not found out.
pub(super) fn range(
    rows: &[Row],
    unknowns: usize,
    sum: &[usize],
) -> Option<(Option<i128>, Option<i128>)> {
    let Substituted { rows, values, .. } = substitute(rows, unknowns).ok()?;
    let value = |unknown: &usize| values.get(*unknown).copied().flatten();
    let known: i128 = sum.iter().filter_map(value).sum();
    let open: Vec<usize> = sum.iter().copied().filter(|unknown| value(unknown).is_none()).collect();
    let (rows, unknowns, sum) = reduced(&rows, unknowns, &open);
    if rows.len().saturating_mul(unknowns + rows.len()) > MOST_ENTRIES {
        return None;
    }
    let mut tableau = Tableau::new(&rows, unknowns)?;
    if !tableau.first_phase()? {
        return None;
    }
    let least = match tableau.clone().smallest(&sum, Rational::ONE)? {
        Smallest::Value(value) => Some(known + value.ceil()),
        Smallest::Endless => None,
    };
    let most = match tableau.smallest(&sum, Rational::ONE.minus())? {
        Smallest::Value(value) => Some(known + value.minus().floor()),
        Smallest::Endless => None,
    };
    Some((least, most))
}

/// The same conditions on fewer unknowns: those that every condition and the sum treat alike are one, and those that
/// none speaks of are left out. Without it, cases would be divided by numbers that could be exchanged for each other.
fn reduced(rows: &[Row], unknowns: usize, sum: &[usize]) -> (Vec<Row>, usize, Vec<usize>) {
    let mut columns: Vec<Vec<(usize, i128)>> = vec![Vec::new(); unknowns];
    for (position, row) in rows.iter().enumerate() {
        for (unknown, factor) in &row.terms {
            if let Some(column) = columns.get_mut(*unknown) {
                column.push((position, *factor));
            }
        }
    }
    for unknown in sum {
        if let Some(column) = columns.get_mut(*unknown) {
            column.push((rows.len(), 1));
        }
    }
    let mut distinct: Vec<Vec<(usize, i128)>> = columns;
    distinct.sort_unstable();
    distinct.dedup();
    distinct.retain(|column| !column.is_empty());
    let mut rows: Vec<Row> =
        rows.iter().map(|row| Row { terms: Vec::new(), ..row.clone() }).collect();
    let mut sum = Vec::new();
    for (unknown, column) in distinct.iter().enumerate() {
        for (position, factor) in column {
            match rows.get_mut(*position) {
                Some(row) => row.terms.push((unknown, *factor)),
                None => sum.push(unknown),
            }
        }
    }
    (rows, distinct.len(), sum)
}

/// The sums that claims of shares speak of: the unknowns of one factor in a condition of several.
fn sums_of_claims(rows: &[Row]) -> Vec<Vec<usize>> {
    let mut sums = Vec::new();
    for row in rows {
        let mut factors: Vec<i128> = row.terms.iter().map(|(_, factor)| *factor).collect();
        factors.sort_unstable();
        factors.dedup();
        for factor in factors.iter().filter(|_| factors.len() > 1) {
            let own = row.terms.iter().filter(|(_, other)| other == factor);
            sums.push(own.map(|(unknown, _)| *unknown).collect());
        }
    }
    sums
}

/// A sum, or else an unknown, whose value is no whole number. Where the counts of a claim are whole, the others mostly are
/// too; were each unknown asked for itself, many could be exchanged for each other.
fn fractional(sums: &[Vec<usize>], values: &[Rational]) -> Option<(Vec<(usize, i128)>, Rational)> {
    let value = |sum: &[usize]| {
        let mut parts = sum.iter().filter_map(|unknown| values.get(*unknown));
        parts.try_fold(Rational::ZERO, |sum, part| sum.plus(*part))
    };
    let of_sum =
        sums.iter().find_map(|sum| Some((sum, value(sum).filter(|value| !value.is_whole())?)));
    if let Some((sum, value)) = of_sum {
        return Some((sum.iter().map(|unknown| (*unknown, 1)).collect(), value));
    }
    let unknown = values.iter().position(|value| !value.is_whole())?;
    Some((vec![(unknown, 1)], *values.get(unknown)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(terms: &[usize], relation: Relation, number: i128, origin: usize) -> Row {
        let terms = terms.iter().map(|unknown| (*unknown, 1)).collect();
        Row { terms, relation, number, origin: Some(origin) }
    }

    #[test]
    fn what_can_hold_is_told_from_what_cannot() {
        use Relation::{AtLeast, AtMost, Equal};
        let rows = [row(&[0, 1], Equal, 5, 0), row(&[0], AtLeast, 3, 1), row(&[1], AtMost, 9, 2)];
        assert_eq!(solve(&rows, 2), Outcome::Possible);
        let worse = [&rows[..], &[row(&[1], AtLeast, 3, 3)]].concat();
        assert_eq!(solve(&worse, 2), Outcome::Impossible(vec![0, 1, 3]));
        assert_eq!(range(&rows, 2, &[1]), Some((Some(0), Some(2))));
        assert_eq!(range(&rows[1..], 2, &[0]), Some((Some(3), None)));
        assert_eq!(range(&worse, 2, &[0]), None);
    }

    /// Each two of three make 1: halves do, whole numbers do not.
    #[test]
    fn only_whole_numbers_count() {
        let pairs = [[0, 1], [0, 2], [1, 2]];
        let rows: Vec<Row> =
            (0..).zip(&pairs).map(|(origin, pair)| row(pair, Relation::Equal, 1, origin)).collect();
        assert_eq!(solve(&rows, 3), Outcome::Impossible(vec![0, 1, 2]));
    }

    #[test]
    fn what_is_too_large_is_not_decided() {
        let rows: Vec<Row> =
            (0..700).map(|one| row(&[one, one + 1], Relation::Equal, 1, one)).collect();
        assert_eq!(solve(&rows, 701), Outcome::Undecided);
    }
}
