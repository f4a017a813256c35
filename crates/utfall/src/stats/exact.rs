//! Sums that do not depend on the order of what is summed.

use std::collections::BTreeMap;

/// The exact sum of numbers: adding in another order, or in parts that are put together later, gives the same to the bit.
///
/// A sum of doubles is rounded at every step, so its last digits depend on the order of the rows. Here each number is
/// taken apart into a whole number and a power of two, and whole numbers are added; only reading the sum rounds, once,
/// to the nearest double.
///
/// Source of the idea: U. Kulisch, *Computer arithmetic and validity*, 2008 (the exact accumulator).
///
/// ```
/// use utfall::stats::ExactSum;
///
/// let mut sum = ExactSum::default();
/// for number in [1e16, 1.0, -1e16] {
///     sum.add(number, 1).unwrap();
/// }
/// assert_eq!(sum.value(), 1.0);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExactSum {
    /// By exponent of two, a multiple of [`STEP`], the whole number that is to be multiplied by that power.
    parts: BTreeMap<i16, i128>,
}

/// The exponents of two that parts have are multiples of this.
const STEP: i16 = 16;

/// Whole numbers below this one are parts of the exponent 0 as they are.
const WHOLE: f64 = 9_007_199_254_740_992.0;

impl ExactSum {
    /// Adds a number `times` times. `None` where that is more than can be held (beyond 10¹⁷ times); a number that is
    /// not finite is not added.
    #[must_use = "nothing was added where this is none"]
    pub fn add(&mut self, number: f64, times: u64) -> Option<()> {
        if number == 0.0 || !number.is_finite() {
            return Some(());
        }
        let (whole, exponent) = parts_of(number);
        self.add_part(exponent, whole.checked_mul(i128::from(times))?)
    }

    /// Adds another sum. `None` where that is more than can be held.
    #[must_use = "nothing was added where this is none"]
    pub fn merge(&mut self, other: &Self) -> Option<()> {
        other.parts.iter().try_for_each(|(exponent, part)| self.add_part(*exponent, *part))
    }

    /// The sum as the nearest double.
    pub fn value(&self) -> f64 {
        let (digits, lowest, carry) = self.digits(1);
        if carry >= 0 {
            return nearest(&digits, lowest, carry);
        }
        let (digits, lowest, carry) = self.digits(-1);
        -nearest(&digits, lowest, carry)
    }

    /// The sum as the nearest double and what is left of it: together good to 106 bits.
    pub fn value_and_rest(&self) -> (f64, f64) {
        let value = self.value();
        let mut rest = self.clone();
        let rest = rest.add(-value, 1).map_or(0.0, |()| rest.value());
        (value, rest)
    }

    /// The sum as a whole number, where it is one of the exponent 0.
    pub fn whole(&self) -> Option<i128> {
        match self.parts.len() {
            0 => Some(0),
            1 => self.parts.get(&0).copied(),
            _ => None,
        }
    }

    /// The parts by exponent of two, for storing.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (i16, i128)> {
        self.parts.iter().map(|(exponent, part)| (*exponent, *part))
    }

    /// The sum of parts that were stored; `None` where an exponent is none that a double has.
    pub(crate) fn from_parts(parts: impl IntoIterator<Item = (i16, i128)>) -> Option<Self> {
        let mut sum = Self::default();
        for (exponent, part) in parts {
            if exponent % STEP != 0 || !(-1_088..=1_024).contains(&exponent) {
                return None;
            }
            sum.add_part(exponent, part)?;
        }
        Some(sum)
    }

    fn add_part(&mut self, exponent: i16, part: i128) -> Option<()> {
        let sum = self.parts.get(&exponent).copied().unwrap_or(0).checked_add(part)?;
        // A part that is nothing is not kept, so that equal sums of equal numbers are equal.
        if sum == 0 {
            self.parts.remove(&exponent);
        } else {
            self.parts.insert(exponent, sum);
        }
        Some(())
    }

    /// The sum, or its opposite, as digits of 16 bits from the lowest exponent on, and what remains above them.
    fn digits(&self, sign: i128) -> (Vec<u16>, i16, i128) {
        let (Some(lowest), Some(highest)) =
            (self.parts.keys().next().copied(), self.parts.keys().next_back().copied())
        else {
            return (Vec::new(), 0, 0);
        };
        let mut digits = Vec::new();
        let mut carry = 0_i128;
        let mut exponent = lowest;
        while exponent <= highest || !matches!(carry, -1..=0) {
            // A part has few enough bits above its exponent that its opposite and a carry fit.
            carry += sign * self.parts.get(&exponent).copied().unwrap_or(0);
            digits.push(u16::try_from(carry & 0xffff).unwrap_or(0));
            carry >>= 16;
            exponent += STEP;
        }
        (digits, lowest, carry)
    }
}

/// A finite number as a whole number times a power of two whose exponent is a multiple of [`STEP`].
fn parts_of(number: f64) -> (i128, i16) {
    if number.fract() == 0.0 && number.abs() < WHOLE {
        #[allow(clippy::cast_possible_truncation, reason = "a whole number below 2^53")]
        return (number as i128, 0);
    }
    let bits = number.to_bits();
    let biased = i16::try_from(bits >> 52 & 0x7ff).unwrap_or(0);
    let fraction = i128::from(bits & ((1 << 52) - 1));
    // Numbers too small for a leading bit have the exponent of the smallest that have one.
    let (whole, exponent) =
        if biased == 0 { (fraction, -1_074) } else { (fraction | 1 << 52, biased - 1_075) };
    let above = exponent.rem_euclid(STEP);
    let whole = whole << above;
    (if number < 0.0 { -whole } else { whole }, exponent - above)
}

/// The double next to a number of digits, none of which is negative; ties go to the even one.
fn nearest(digits: &[u16], lowest: i16, carry: i128) -> f64 {
    debug_assert_eq!(carry, 0, "all is in the digits");
    let Some(top) = digits.iter().rposition(|digit| *digit != 0) else {
        return 0.0;
    };
    // Seven digits hold more than twice the bits of a double; of the rest it only matters whether it is nothing.
    let first = top.saturating_sub(6);
    let whole = digits[first..=top]
        .iter()
        .rev()
        .fold(0_u128, |whole, digit| whole << 16 | u128::from(*digit));
    let has_rest = digits[..first].iter().any(|digit| *digit != 0);
    #[allow(clippy::cast_precision_loss, reason = "this is the one rounding")]
    let rounded = (whole | u128::from(has_rest)) as f64;
    let exponent = i32::from(lowest) + 16 * i32::try_from(first).unwrap_or(0);
    // Two steps, since a power of two below the smallest double would be nothing by itself.
    let half = exponent / 2;
    rounded * 2_f64.powi(half) * 2_f64.powi(exponent - half)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::ExactSum;

    fn sum_of(numbers: &[f64]) -> ExactSum {
        let mut sum = ExactSum::default();
        numbers.iter().for_each(|number| sum.add(*number, 1).unwrap());
        sum
    }

    #[test]
    fn one_number_is_itself() {
        for number in
            [0.1, -0.1, 1.0, -3.5e300, 5e-324, 1.0 / 3.0, 2e16, -9_007_199_254_740_993.0, f64::MAX]
        {
            assert!(sum_of(&[number]).value().total_cmp(&number).is_eq(), "{number}");
        }
    }

    /// Values of Python's `math.fsum`, which rounds the exact sum once.
    #[test]
    fn sums_as_pythons_fsum() {
        let cases: [(&[f64], f64); 5] = [
            (&[0.1; 10], 1.0),
            (&[1e16, 1.0, 1e-16], 1.000_000_000_000_000_2e16),
            (&[1e308, 1e308, -1e308], 1e308),
            (&[1e100, 1.0, -1e100, 1e-100], 1.0),
            (&[0.1, 0.2, 0.3, -0.6], 2.775_557_561_562_891_4e-17),
        ];
        for (numbers, expected) in cases {
            assert!(sum_of(numbers).value().total_cmp(&expected).is_eq(), "{numbers:?}");
        }
    }

    #[test]
    fn whole_numbers_stay_whole() {
        assert_eq!(sum_of(&[109.0, -12.0]).whole(), Some(97));
        assert_eq!(sum_of(&[0.5]).whole(), None);
        assert_eq!(sum_of(&[]).whole(), Some(0));
    }

    fn numbers() -> impl Strategy<Value = Vec<f64>> {
        let number = prop_oneof![
            -1e6..1e6_f64,
            (-300..300_i32, -1.0..1.0_f64).prop_map(|(e, m)| m * 10_f64.powi(e))
        ];
        proptest::collection::vec(number, 0..30)
    }

    proptest! {
        #[test]
        fn order_and_parts_change_nothing(numbers in numbers(), cut in 0..30_usize) {
            let whole = sum_of(&numbers);
            let mut reversed = numbers.clone();
            reversed.reverse();
            let (first, second) = numbers.split_at(cut.min(numbers.len()));
            let mut merged = sum_of(second);
            merged.merge(&sum_of(first)).unwrap();
            prop_assert_eq!(&whole, &sum_of(&reversed));
            prop_assert_eq!(&whole, &merged);
            prop_assert_eq!(ExactSum::from_parts(whole.parts()), Some(whole));
        }

        #[test]
        fn what_is_added_and_taken_away_is_nothing(numbers in numbers()) {
            let mut sum = sum_of(&numbers);
            numbers.iter().for_each(|number| sum.add(-number, 1).unwrap());
            prop_assert_eq!(sum, ExactSum::default());
        }
    }
}
