//! Sums, means and ratios: figures whose value is no share of counted units.

use std::collections::HashMap;

use super::figure::Reason;
use super::sums::Counted;
use crate::stats::{Interval, Moments, ProportionIntervals};
use crate::tally::{Classes, Mark, Measured, Place, Signature, Steps};

/// The value of a figure that is no share of counted units.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// The value.
    pub value: f64,
    /// How far it would carry to others of the same kind; a mean and an incidence have one.
    pub interval: Option<Interval>,
    /// The value as a quotient of whole numbers, where it is one: verdicts compare it exactly.
    pub(crate) exact: Option<(i128, u128)>,
}

impl Quantity {
    /// The sum over nobody.
    pub(super) const ZERO: Self = Self { value: 0.0, interval: None, exact: Some((0, 1)) };
}

/// A quantity, or why there is none.
pub(super) type Found = Result<Quantity, Reason>;

/// By the levels of a group in the crossing, what was found of it.
pub(super) type ByGroup<T> = HashMap<Vec<Option<u32>>, T, foldhash::fast::RandomState>;

impl Counted<'_> {
    /// What is kept beside the histogram, put together for every group of every table. Each entry is asked once whether
    /// it counts, by the place of its units.
    pub(super) fn beside<'e, T: Default, E>(
        &self,
        steps: &Steps,
        entries: impl Iterator<Item = (&'e Classes, E)>,
        counts: impl Fn(Place) -> bool,
        mut add: impl FnMut(&mut T, Place, &E),
    ) -> ByGroup<T> {
        let crossing = &self.plan.crossing;
        let mut groups: ByGroup<T> = ByGroup::default();
        for (classes, entry) in entries {
            let (cell, signature) = classes.split_at(crossing.columns.len().min(classes.len()));
            let place = steps.place(&Signature { axes: &self.plan.axes, classes: signature });
            if !counts(place) {
                continue;
            }
            for table in &crossing.tables {
                let mut group = vec![None; crossing.columns.len()];
                table.iter().for_each(|column| group[*column] = Some(cell[*column]));
                add(groups.entry(group).or_default(), place, &entry);
            }
        }
        groups
    }

    /// The marks of a kind by the classes of their rows, with the units that have each; none where the register was not
    /// given.
    pub(super) fn marks(&self, kind: usize) -> impl Iterator<Item = (&Classes, (&Mark, u64))> {
        let marks = self.tally.and_then(|tally| tally.beside().marks.get(kind));
        marks.into_iter().flatten().map(|((classes, mark), units)| (classes, (mark, *units)))
    }

    /// The numbers of every group in which somebody is observed, of the column that a sum, mean or ratio is of.
    pub(super) fn totals(&self, steps: &Steps, measured: Measured) -> ByGroup<Totals> {
        match measured {
            Measured::Sum { sum } | Measured::Mean { sum, .. } | Measured::Ratio { sum, .. } => {
                self.totals_of(steps, sum)
            }
            Measured::Incidence { .. } | Measured::Coverage { .. } => ByGroup::default(),
        }
    }

    fn totals_of(&self, steps: &Steps, sum: usize) -> ByGroup<Totals> {
        let sums = self.tally.and_then(|tally| tally.beside().sums.get(sum));
        let add = |totals: &mut Totals, place, moments: &&Moments| totals.add(place, moments);
        self.beside(steps, sums.into_iter().flatten(), Place::is_observed, add)
    }

    /// The sum, mean or ratio of every group in which somebody is observed.
    pub(super) fn quantities(
        &self,
        steps: &Steps,
        measured: Measured,
        totals: &ByGroup<Totals>,
    ) -> ByGroup<Found> {
        let (sum, per) = match measured {
            Measured::Sum { sum } | Measured::Mean { sum, .. } => (sum, None),
            Measured::Ratio { sum, per } => (sum, per),
            Measured::Incidence { .. } | Measured::Coverage { .. } => return ByGroup::default(),
        };
        let scale = |sum: usize| self.plan.sums.get(sum).map_or(0, |summed| summed.decimals);
        let (decimals, none) = (scale(sum), Moments::default());
        let divisors = per.map(|per| (self.totals_of(steps, per), scale(per)));
        #[allow(clippy::cast_precision_loss, reason = "counts of units lie far below 2^53")]
        let quantity = |(group, totals): (&Vec<Option<u32>>, &Totals)| {
            let total = Total { moments: &totals.observed, decimals };
            let found = match (measured, &divisors) {
                (Measured::Sum { .. }, _) => Ok(total.sum()),
                (Measured::Mean { .. }, _) => total.mean(&self.intervals),
                (_, None) => total.per(i128::from(totals.successes), 0, totals.successes as f64),
                (_, Some((divisors, decimals))) => {
                    let moments = divisors.get(group).map_or(&none, |totals| &totals.observed);
                    let divisor = Total { moments, decimals: *decimals };
                    match moments.exact_sum().whole() {
                        Some(whole) => total.per(whole, divisor.decimals, divisor.value()),
                        None => total.per_nearest(divisor.value()),
                    }
                }
            };
            (group.clone(), found)
        };
        totals.iter().map(quantity).collect()
    }
}

/// The numbers of the observed units of a group, and how many of these are successes.
#[derive(Debug, Default)]
pub(super) struct Totals {
    pub(super) observed: Moments,
    successes: u64,
}

impl Totals {
    fn add(&mut self, place: Place, moments: &Moments) {
        // A tally holds no more units than its sums do, and those were put together before.
        let _ = self.observed.merge(moments);
        if place == Place::Success {
            self.successes += moments.units();
        }
    }
}

/// Numbers in units of a column's last decimal.
struct Total<'m> {
    moments: &'m Moments,
    decimals: u32,
}

impl Total<'_> {
    fn unit(&self) -> f64 {
        10_f64.powi(i32::try_from(self.decimals).unwrap_or(0))
    }

    fn value(&self) -> f64 {
        self.moments.sum() / self.unit()
    }

    /// The sum over a whole number, as a quotient of whole numbers that can be compared.
    fn over(&self, divisor: u128) -> Option<(i128, u128)> {
        let whole = self.moments.exact_sum().whole()?;
        Some((whole, 10_u128.checked_pow(self.decimals)?.checked_mul(divisor)?))
    }

    fn sum(&self) -> Quantity {
        Quantity { value: self.value(), interval: None, exact: self.over(1) }
    }

    fn mean(&self, intervals: &ProportionIntervals) -> Found {
        let estimate = self.moments.estimate(intervals.level()).ok().flatten();
        let estimate = estimate.ok_or(Reason::NothingObserved)?;
        let (low, high) = (estimate.low / self.unit(), estimate.high / self.unit());
        Ok(Quantity {
            value: estimate.value / self.unit(),
            interval: (!low.is_nan()).then_some(Interval { low, high }),
            exact: self.over(self.moments.units().into()),
        })
    }

    /// The sum per `divisor` in units of `decimals`, which is `number`.
    fn per(&self, divisor: i128, decimals: u32, number: f64) -> Found {
        let scaled = |(whole, unit): (i128, u128)| {
            let sign = divisor.signum();
            let numerator = whole.checked_mul(10_i128.checked_pow(decimals)?)?.checked_mul(sign)?;
            Some((numerator, unit.checked_mul(divisor.unsigned_abs())?))
        };
        let exact = self.over(1).and_then(scaled);
        self.per_nearest(number).map(|quantity| Quantity { exact, ..quantity })
    }

    fn per_nearest(&self, divisor: f64) -> Found {
        if divisor == 0.0 {
            return Err(Reason::NothingToDivideBy);
        }
        Ok(Quantity { value: self.value() / divisor, interval: None, exact: None })
    }
}
