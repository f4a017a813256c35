//! Linear conditions on numbers that are 0 or more: whether they can hold together, which of them cannot, and between
//! which values a sum then lies. By the simplex method (Dantzig, 1951), with the rule of Bland (1977), which always
//! ends, where it stalls, in exact fractions; the multipliers of Farkas (1902) name the conditions that cannot hold together.

use std::cmp::Ordering;

use super::rational::Rational;

/// A sum of unknown numbers compared with a number.
#[derive(Debug, Clone)]
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

/// How many exchanges of the basis are made for one solution.
const MOST_PIVOTS: usize = 2_000;
/// How many exchanges in a row may change nothing before the rule that always ends is used.
const MOST_STALLED: usize = 50;
/// How many cases whole numbers are divided into.
const MOST_CASES: usize = 40;
/// Beyond this size (conditions times unknowns) nothing is tried.
const MOST_ENTRIES: usize = 400_000;

/// Whether conditions can hold together in whole numbers of 0 or more.
pub(super) fn solve(rows: &[Row], unknowns: usize) -> Outcome {
    let (rows, unknowns, _) = reduced(rows, unknowns, &[]);
    let rows = rows.as_slice();
    if rows.len().saturating_mul(unknowns + rows.len()) > MOST_ENTRIES {
        return Outcome::Undecided;
    }
    let sums = sums_of_claims(rows);
    // Cases still to be looked at: the bounds that divide them from others.
    let (mut cases, mut looked_at, mut core) = (vec![Vec::new()], 0, Vec::new());
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
            Some(false) => core.extend(tableau.farkas(&all)),
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
    core.sort_unstable();
    core.dedup();
    Outcome::Impossible(core)
}

/// The smallest and the largest value of a sum under conditions; `None` for an end that it does not have, nothing where
/// the conditions cannot hold or it was not found out.
pub(super) fn range(
    rows: &[Row],
    unknowns: usize,
    sum: &[usize],
) -> Option<(Option<i128>, Option<i128>)> {
    let (rows, unknowns, sum) = reduced(rows, unknowns, sum);
    let (rows, sum) = (rows.as_slice(), sum.as_slice());
    if rows.len().saturating_mul(unknowns + rows.len()) > MOST_ENTRIES {
        return None;
    }
    let mut tableau = Tableau::new(rows, unknowns)?;
    if !tableau.first_phase()? {
        return None;
    }
    let least = match tableau.clone().smallest(sum, Rational::ONE)? {
        Smallest::Value(value) => Some(value.ceil()),
        Smallest::Endless => None,
    };
    let most = match tableau.smallest(sum, Rational::ONE.minus())? {
        Smallest::Value(value) => Some(value.minus().floor()),
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

/// The smallest value of a sum, or that it has none.
enum Smallest {
    Value(Rational),
    Endless,
}

/// Equations in the form of a basis: each row gives one basic unknown.
#[derive(Debug, Clone)]
struct Tableau {
    /// For each row its factors; the last is the right side.
    rows: Vec<Vec<Rational>>,
    /// The reduced costs; the last is minus the value.
    costs: Vec<Rational>,
    basis: Vec<usize>,
    unknowns: usize,
    /// The first column of those that were only added to have a basis.
    artificial: usize,
    width: usize,
    pivots: usize,
}

impl Tableau {
    /// A column for each unknown, one for the slack of each row, and one artificial for each row.
    fn new(conditions: &[Row], unknowns: usize) -> Option<Self> {
        let height = conditions.len();
        let artificial = unknowns + height;
        let width = artificial + height;
        let mut rows = Vec::with_capacity(height);
        let mut costs = vec![Rational::ZERO; width + 1];
        let mut basis = Vec::with_capacity(height);
        for (position, condition) in conditions.iter().enumerate() {
            let sign = if condition.number < 0 { -1 } else { 1 };
            let mut row = vec![Rational::ZERO; width + 1];
            for (unknown, factor) in &condition.terms {
                *row.get_mut(*unknown)? = Rational::whole(sign * factor);
            }
            let slack = match condition.relation {
                Relation::Equal => 0,
                Relation::AtLeast => -sign,
                Relation::AtMost => sign,
            };
            *row.get_mut(unknowns + position)? = Rational::whole(slack);
            *row.get_mut(artificial + position)? = Rational::ONE;
            *row.get_mut(width)? = Rational::whole(sign * condition.number);
            if slack == 1 {
                basis.push(unknowns + position);
            } else {
                basis.push(artificial + position);
                for (cost, entry) in costs.iter_mut().zip(&row) {
                    *cost = cost.plus(entry.minus())?;
                }
            }
            *costs.get_mut(artificial + position)? =
                costs.get(artificial + position)?.plus(Rational::ONE)?;
            rows.push(row);
        }
        Some(Self { rows, costs, basis, unknowns, artificial, width, pivots: 0 })
    }

    /// Makes the artificial unknowns as small as they can be: whether that is nothing.
    fn first_phase(&mut self) -> Option<bool> {
        self.descend()?;
        if !self.costs.last()?.is_zero() {
            return Some(false);
        }
        // An artificial unknown that is still basic is 0; it leaves for any other, or its row says nothing.
        for row in 0..self.rows.len() {
            if *self.basis.get(row)? >= self.artificial {
                let entries = self.rows.get(row)?.iter().take(self.artificial);
                if let Some(column) = entries.clone().position(|entry| !entry.is_zero()) {
                    self.pivot(row, column)?;
                }
            }
        }
        Some(true)
    }

    /// The smallest value of a sum times a factor, from a solution on; nothing where it has no end.
    fn smallest(mut self, sum: &[usize], factor: Rational) -> Option<Smallest> {
        self.costs = vec![Rational::ZERO; self.width + 1];
        for unknown in sum {
            *self.costs.get_mut(*unknown)? = factor;
        }
        for row in 0..self.rows.len() {
            let cost = *self.costs.get(*self.basis.get(row)?)?;
            self.subtract_from_costs(row, cost)?;
        }
        if !self.descend()? {
            return Some(Smallest::Endless);
        }
        Some(Smallest::Value(self.costs.last()?.minus()))
    }

    /// Exchanges the basis until no cost can be made smaller; false where there is no end to it.
    fn descend(&mut self) -> Option<bool> {
        let mut stalled = 0;
        loop {
            let Some(column) = self.entering(stalled > MOST_STALLED) else { return Some(true) };
            let mut leaving: Option<(usize, Rational)> = None;
            for (row, entries) in self.rows.iter().enumerate() {
                let entry = *entries.get(column)?;
                if !entry.is_positive() {
                    continue;
                }
                let ratio = entries.last()?.over(entry)?;
                let is_first = match leaving {
                    None => true,
                    Some((best, smallest)) => match ratio.compare(smallest)? {
                        Ordering::Less => true,
                        Ordering::Equal => self.basis.get(row) < self.basis.get(best),
                        Ordering::Greater => false,
                    },
                };
                if is_first {
                    leaving = Some((row, ratio));
                }
            }
            let Some((row, step)) = leaving else { return Some(false) };
            stalled = if step.is_zero() { stalled + 1 } else { 0 };
            self.pivot(row, column)?;
        }
    }

    /// The column that enters the basis: that of the smallest cost, or, where nothing has moved for long, the first of a
    /// negative one.
    fn entering(&self, is_stalled: bool) -> Option<usize> {
        let mut found: Option<(usize, Rational)> = None;
        for (column, cost) in self.costs.iter().take(self.artificial).enumerate() {
            if !cost.is_negative() {
                continue;
            }
            if is_stalled {
                return Some(column);
            }
            let is_smaller = match found {
                // Two costs that cannot be compared in 128 bits: either will do.
                Some((_, smallest)) => cost.compare(smallest).is_some_and(Ordering::is_lt),
                None => true,
            };
            if is_smaller {
                found = Some((column, *cost));
            }
        }
        found.map(|(column, _)| column)
    }

    fn pivot(&mut self, row: usize, column: usize) -> Option<()> {
        self.pivots += 1;
        if self.pivots > MOST_PIVOTS {
            return None;
        }
        let divisor = *self.rows.get(row)?.get(column)?;
        for entry in self.rows.get_mut(row)? {
            if !entry.is_zero() && divisor != Rational::ONE {
                *entry = entry.over(divisor)?;
            }
        }
        let pivot = self.rows.get(row)?.clone();
        for (position, entries) in self.rows.iter_mut().enumerate() {
            let factor = *entries.get(column)?;
            if position != row && !factor.is_zero() {
                subtract(entries, &pivot, factor)?;
            }
        }
        let cost = *self.costs.get(column)?;
        subtract(&mut self.costs, &pivot, cost)?;
        *self.basis.get_mut(row)? = column;
        Some(())
    }

    fn subtract_from_costs(&mut self, row: usize, factor: Rational) -> Option<()> {
        subtract(&mut self.costs, self.rows.get(row)?, factor)
    }

    /// The origins of the conditions whose combination has no solution, after a first phase that found none.
    fn farkas(&self, conditions: &[Row]) -> Vec<usize> {
        let artificial = self.costs.iter().skip(self.artificial);
        let multipliers = artificial.zip(conditions);
        // An artificial column costs 1 and stands in its row alone: what it costs less is the row's multiplier.
        multipliers
            .filter(|(cost, _)| **cost != Rational::ONE)
            .filter_map(|(_, condition)| condition.origin)
            .collect()
    }

    /// The value of every unknown.
    fn values(&self) -> Option<Vec<Rational>> {
        let mut values = vec![Rational::ZERO; self.unknowns];
        for (unknown, row) in self.basis.iter().zip(&self.rows) {
            if let Some(value) = values.get_mut(*unknown) {
                *value = *row.last()?;
            }
        }
        Some(values)
    }
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

/// Subtracts a multiple of one row from another.
fn subtract(row: &mut [Rational], other: &[Rational], factor: Rational) -> Option<()> {
    if factor.is_zero() {
        return Some(());
    }
    let minus = factor.minus();
    let (is_one, is_minus_one) = (minus == Rational::ONE, factor == Rational::ONE);
    for (entry, other) in row.iter_mut().zip(other) {
        if other.is_zero() {
            continue;
        }
        let step = if is_one {
            *other
        } else if is_minus_one {
            other.minus()
        } else {
            other.times(minus)?
        };
        *entry = entry.plus(step)?;
    }
    Some(())
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
        let rows: Vec<Row> = (0..700).map(|one| row(&[one], Relation::Equal, 1, one)).collect();
        assert_eq!(solve(&rows, 700), Outcome::Undecided);
    }
}
