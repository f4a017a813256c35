//! Linear conditions on numbers that are 0 or more: whether they can hold together, which of them cannot, and between
//! which values a sum then lies. By the simplex method (Dantzig, 1951) with the rule of Bland (1977), which always ends,
//! in exact fractions; the multipliers of Farkas (1902) name the conditions that cannot hold together.

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
    /// They can hold; a solution in whole numbers.
    Possible,
    /// They cannot hold, and these origins suffice for that.
    Impossible(Vec<usize>),
    /// It was not found out within the limits.
    Undecided,
}

/// How many exchanges of the basis are made for one solution.
const MOST_PIVOTS: usize = 2_000;
/// How many cases whole numbers are divided into.
const MOST_CASES: usize = 40;
/// Beyond this size (conditions times unknowns) nothing is tried.
const MOST_ENTRIES: usize = 400_000;

/// Whether conditions can hold together in whole numbers of 0 or more.
pub(super) fn solve(rows: &[Row], unknowns: usize) -> Outcome {
    if rows.len().saturating_mul(unknowns + rows.len()) > MOST_ENTRIES {
        return Outcome::Undecided;
    }
    // Cases still to be looked at: the bounds that divide them from others.
    let (mut cases, mut looked_at, mut core) = (vec![Vec::new()], 0, Vec::new());
    while let Some(bounds) = cases.pop() {
        looked_at += 1;
        if looked_at > MOST_CASES {
            return Outcome::Undecided;
        }
        let all: Vec<Row> = rows.iter().chain(&bounds).cloned().collect();
        let Some(mut tableau) = Tableau::new(&all, unknowns) else { return Outcome::Undecided };
        match tableau.first_phase() {
            None => return Outcome::Undecided,
            Some(false) => core.extend(tableau.farkas(&all)),
            Some(true) => match tableau.fractional() {
                None => return Outcome::Possible,
                Some((unknown, value)) => {
                    let bound = |relation, number| Row {
                        terms: vec![(unknown, 1)],
                        relation,
                        number,
                        origin: None,
                    };
                    for one in [
                        bound(Relation::AtLeast, value.ceil()),
                        bound(Relation::AtMost, value.floor()),
                    ] {
                        cases.push(bounds.iter().cloned().chain([one]).collect());
                    }
                }
            },
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
    if rows.len().saturating_mul(unknowns + rows.len()) > MOST_ENTRIES {
        return None;
    }
    let mut tableau = Tableau::new(rows, unknowns)?;
    if !tableau.first_phase()? {
        return None;
    }
    let least = tableau.clone().smallest(sum, Rational::ONE)?.map(Rational::ceil);
    let most = tableau.smallest(sum, Rational::ONE.minus())?.map(|value| value.minus().floor());
    Some((least, most))
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
    fn smallest(mut self, sum: &[usize], factor: Rational) -> Option<Option<Rational>> {
        self.costs = vec![Rational::ZERO; self.width + 1];
        for unknown in sum {
            *self.costs.get_mut(*unknown)? = factor;
        }
        for row in 0..self.rows.len() {
            let cost = *self.costs.get(*self.basis.get(row)?)?;
            self.subtract_from_costs(row, cost)?;
        }
        if !self.descend()? {
            return Some(None);
        }
        Some(self.costs.last().map(|value| value.minus()))
    }

    /// Exchanges the basis until no cost can be made smaller; false where there is no end to it.
    fn descend(&mut self) -> Option<bool> {
        loop {
            let entering =
                self.costs.iter().take(self.artificial).position(|cost| cost.is_negative());
            let Some(column) = entering else { return Some(true) };
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
                        std::cmp::Ordering::Less => true,
                        std::cmp::Ordering::Equal => self.basis.get(row) < self.basis.get(best),
                        std::cmp::Ordering::Greater => false,
                    },
                };
                if is_first {
                    leaving = Some((row, ratio));
                }
            }
            let Some((row, _)) = leaving else { return Some(false) };
            self.pivot(row, column)?;
        }
    }

    fn pivot(&mut self, row: usize, column: usize) -> Option<()> {
        self.pivots += 1;
        if self.pivots > MOST_PIVOTS {
            return None;
        }
        let divisor = *self.rows.get(row)?.get(column)?;
        for entry in self.rows.get_mut(row)? {
            if !entry.is_zero() {
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

    /// An unknown whose value is no whole number.
    fn fractional(&self) -> Option<(usize, Rational)> {
        let values = self.basis.iter().zip(&self.rows);
        values
            .filter_map(|(unknown, row)| Some((*unknown, *row.last()?)))
            .filter(|(unknown, value)| *unknown < self.unknowns && !value.is_whole())
            .min_by_key(|(unknown, _)| *unknown)
    }
}

/// Subtracts a multiple of one row from another.
fn subtract(row: &mut [Rational], other: &[Rational], factor: Rational) -> Option<()> {
    if factor.is_zero() {
        return Some(());
    }
    let minus = factor.minus();
    for (entry, other) in row.iter_mut().zip(other) {
        if !other.is_zero() {
            *entry = entry.plus(other.times(minus)?)?;
        }
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
