//! Sums and means of numbers, the same in whatever order they come.

use super::error::{Result, check_level};
use super::estimate::Estimate;
use super::exact::ExactSum;
use super::special::{number, two_sided_student};

/// How many numbers there are, their exact sum, and the exact sum of their squares: what a mean and its spread are made
/// of.
///
/// ```
/// use utfall::stats::Moments;
///
/// let mut hours = Moments::default();
/// for number in [12.5, 7.5, 10.0] {
///     hours.add(number, 1).unwrap();
/// }
/// assert_eq!((hours.units(), hours.sum(), hours.mean()), (3, 30.0, Some(10.0)));
/// assert_eq!(hours.variance(), Some(6.25));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moments {
    units: u64,
    sum: ExactSum,
    squares: ExactSum,
}

impl Moments {
    /// Adds a number `times` times; one that is not finite is left out. `None` where that is more than can be held.
    #[must_use = "nothing was added where this is none"]
    pub fn add(&mut self, number: f64, times: u64) -> Option<()> {
        if !number.is_finite() {
            return Some(());
        }
        self.units = self.units.checked_add(times)?;
        self.sum.add(number, times)?;
        // The square of a double has up to 106 bits: what its rounding takes away is added too.
        let square = number * number;
        self.squares.add(square, times)?;
        self.squares.add(number.mul_add(number, -square), times)
    }

    /// Adds others. `None` where that is more than can be held.
    #[must_use = "nothing was added where this is none"]
    pub fn merge(&mut self, other: &Self) -> Option<()> {
        self.units = self.units.checked_add(other.units)?;
        self.sum.merge(&other.sum)?;
        self.squares.merge(&other.squares)
    }

    /// How many numbers there are.
    pub const fn units(&self) -> u64 {
        self.units
    }

    /// Their sum, rounded once.
    pub fn sum(&self) -> f64 {
        self.sum.value()
    }

    /// Their exact sum.
    pub const fn exact_sum(&self) -> &ExactSum {
        &self.sum
    }

    /// Their mean; `None` where there are none.
    pub fn mean(&self) -> Option<f64> {
        (self.units > 0).then(|| self.sum() / number(self.units))
    }

    /// Their variance as a sample's, with n - 1; `None` of fewer than two.
    pub fn variance(&self) -> Option<f64> {
        if self.units < 2 {
            return None;
        }
        // n Σx² - (Σx)² with the parts that rounding takes away, for the two are nearly equal where the spread is small.
        let n = number(self.units);
        let ((squares, rest_of_squares), (sum, sum_rest)) =
            (self.squares.value_and_rest(), self.sum.value_and_rest());
        let (scaled, scaled_rest) = product(n, squares);
        let (of_sum, rest_of_square) = product(sum, sum);
        let rest = scaled_rest + n * rest_of_squares - rest_of_square - 2.0 * sum * sum_rest;
        Some((((scaled - of_sum) + rest) / n / (n - 1.0)).max(0.0))
    }

    /// The mean with its interval by Student's t; `None` where there are no numbers. The ends are NaN of one number, which
    /// says nothing about spread.
    ///
    /// The interval says how far the mean would carry to other units of the same kind. It assumes that means of so many
    /// are nearly normal: with few units and a long tail (a few very high costs) it is too narrow.
    ///
    /// # Errors
    ///
    /// If `level` (0.95 for 95 %) does not lie between 0 and 1.
    ///
    /// Source: Student, *The probable error of a mean*, Biometrika 6 (1908), 1–25.
    pub fn estimate(&self, level: f64) -> Result<Option<Estimate>> {
        check_level(level)?;
        let Some(value) = self.mean() else { return Ok(None) };
        let half = self.variance().map_or(f64::NAN, |variance| {
            let n = number(self.units);
            two_sided_student(level, n - 1.0) * (variance / n).sqrt()
        });
        Ok(Some(Estimate { value, low: value - half, high: value + half }))
    }

    /// The parts, for storing.
    pub(crate) const fn parts(&self) -> (u64, &ExactSum, &ExactSum) {
        (self.units, &self.sum, &self.squares)
    }

    /// From parts that were stored.
    pub(crate) const fn from_parts(units: u64, sum: ExactSum, squares: ExactSum) -> Self {
        Self { units, sum, squares }
    }
}

/// A product and what its rounding takes away.
fn product(left: f64, right: f64) -> (f64, f64) {
    let product = left * right;
    (product, left.mul_add(right, -product))
}

#[cfg(test)]
mod tests {
    use super::Moments;

    fn of(numbers: &[f64]) -> Moments {
        let mut moments = Moments::default();
        numbers.iter().for_each(|number| moments.add(*number, 1).unwrap());
        moments
    }

    /// Worked out by hand: the squared deviations sum to 121.75; Student's t at 0.975 with 4 degrees of freedom is
    /// 2.7764451051977987 (printed tables: 2.776).
    #[test]
    fn mean_and_interval_of_five_numbers() {
        let moments = of(&[12.5, 7.5, 10.0, 3.25, 18.0]);
        let estimate = moments.estimate(0.95).unwrap().unwrap();
        assert!((moments.variance().unwrap() - 30.4375).abs() < 1e-12);
        assert!((estimate.value - 10.25).abs() < 1e-15);
        assert!((estimate.low - 3.399_715_977_968_405).abs() < 1e-10, "{estimate:?}");
        assert!((estimate.high - 17.100_284_022_031_595).abs() < 1e-10, "{estimate:?}");
    }

    /// The spread of 1, 2, 3 is 1 wherever they lie.
    #[test]
    fn spread_is_kept_far_from_zero() {
        for start in [0.0, 1e6, 1e12, 4e15] {
            assert_eq!(
                of(&[start + 1.0, start + 2.0, start + 3.0]).variance(),
                Some(1.0),
                "{start}"
            );
        }
    }

    #[test]
    fn few_numbers_have_no_spread() {
        assert_eq!(of(&[]).mean(), None);
        assert_eq!(of(&[3.0]).variance(), None);
        assert!(of(&[3.0]).estimate(0.95).unwrap().unwrap().low.is_nan());
    }
}
