//! The simplex method (Dantzig, 1951), with the rule of Bland (1977), which always ends, where it stalls, in exact
//! fractions; the multipliers of Farkas (1902) name the conditions that cannot hold together.

use std::cmp::Ordering;

use super::linear::{Relation, Row};
use super::rational::Rational;

/// How many exchanges of the basis are made for one solution.
const MOST_PIVOTS: usize = 2_000;
/// How many exchanges in a row may change nothing before the rule that always ends is used.
const MOST_STALLED: usize = 50;

/// The smallest value of a sum, or that it has none.
pub(super) enum Smallest {
    Value(Rational),
    Endless,
}

/// Equations in the form of a basis: each row gives one basic unknown.
#[derive(Debug, Clone)]
pub(super) struct Tableau {
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
    pub(super) fn new(conditions: &[Row], unknowns: usize) -> Option<Self> {
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
    pub(super) fn first_phase(&mut self) -> Option<bool> {
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
    pub(super) fn smallest(mut self, sum: &[usize], factor: Rational) -> Option<Smallest> {
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
    pub(super) fn farkas(&self, conditions: &[Row]) -> Vec<usize> {
        let artificial = self.costs.iter().skip(self.artificial);
        let multipliers = artificial.zip(conditions);
        // An artificial column costs 1 and stands in its row alone: what it costs less is the row's multiplier.
        multipliers
            .filter(|(cost, _)| **cost != Rational::ONE)
            .filter_map(|(_, condition)| condition.origin)
            .collect()
    }

    /// The value of every unknown.
    pub(super) fn values(&self) -> Option<Vec<Rational>> {
        let mut values = vec![Rational::ZERO; self.unknowns];
        for (unknown, row) in self.basis.iter().zip(&self.rows) {
            if let Some(value) = values.get_mut(*unknown) {
                *value = *row.last()?;
            }
        }
        Some(values)
    }
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
