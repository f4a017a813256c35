//! Decimal numbers as they are written: `0.7` is 7/10, not the nearest binary fraction.

use std::cmp::Ordering;
use std::fmt;

/// An exact decimal number of at most 18 digits.
///
/// A target of a project file is one: the exact rational number of its shortest decimal. Verdicts compare counts with
/// it by whole numbers, so that 35 of 50 is exactly 70 %.
///
/// ```
/// use utfall::project::Decimal;
///
/// let target = Decimal::from_f64(0.7).unwrap();
/// assert_eq!(target.to_string(), "0.7");
/// assert!(target.compare_ratio(35, 50).is_eq());
/// assert!(target.compare_ratio(34, 50).is_lt());
/// assert_eq!((target.times_ceil(142), target.times_floor(142)), (100, 99));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// The digits without the decimal point; has no trailing zero unless `scale` is 0.
    digits: i64,
    /// How many of them stand after the decimal point.
    scale: u32,
}

const MOST_DIGITS: u32 = 18;

impl Decimal {
    /// The exact decimal that a floating-point number is written as, or `None` if it is not finite or has more than
    /// 18 digits.
    pub fn from_f64(number: f64) -> Option<Self> {
        if !number.is_finite() {
            return None;
        }
        // Rust prints the shortest decimal that reads back as the same number, never with an exponent.
        let text = number.to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let scale = u32::try_from(fraction.len()).ok().filter(|scale| *scale <= MOST_DIGITS)?;
        let digits = format!("{whole}{fraction}").parse().ok()?;
        Some(Self { digits, scale })
    }

    /// The whole number, exactly.
    pub const fn from_integer(number: i64) -> Self {
        Self { digits: number, scale: 0 }
    }

    /// This number divided by ten so many times, or `None` beyond 18 decimals.
    pub(crate) fn divided_by_ten(self, times: u32) -> Option<Self> {
        let scale = self.scale.checked_add(times).filter(|scale| *scale <= MOST_DIGITS)?;
        Some(Self { digits: self.digits, scale }.trimmed())
    }

    /// The digits without the decimal point, and how many of them stand after it.
    pub(crate) const fn digits_and_scale(&self) -> (i64, u32) {
        (self.digits, self.scale)
    }

    /// The nearest floating-point number.
    pub fn to_f64(&self) -> f64 {
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    /// The whole number that this is, or `None` if it has decimals.
    pub const fn to_integer(&self) -> Option<i64> {
        if self.scale == 0 { Some(self.digits) } else { None }
    }

    /// How `part / whole` compares with this number, exactly; `whole` must be positive.
    pub fn compare_ratio(&self, part: u64, whole: u64) -> Ordering {
        (i128::from(part) * self.denominator()).cmp(&(i128::from(self.digits) * i128::from(whole)))
    }

    /// How `part / whole` compares with this number, exactly; `None` where the numbers are too large for that. `whole`
    /// must be positive.
    pub(crate) fn compare_quotient(&self, part: i128, whole: u128) -> Option<Ordering> {
        let whole = i128::try_from(whole).ok()?;
        let (left, right) =
            (part.checked_mul(self.denominator())?, i128::from(self.digits).checked_mul(whole)?);
        Some(left.cmp(&right))
    }

    /// The smallest whole number not below this number times `count`.
    pub fn times_ceil(&self, count: u64) -> i128 {
        -(-self.numerator(count)).div_euclid(self.denominator())
    }

    /// The largest whole number not above this number times `count`.
    pub fn times_floor(&self, count: u64) -> i128 {
        self.numerator(count).div_euclid(self.denominator())
    }

    /// This number so many times, or `None` beyond 18 digits.
    pub(crate) fn times(&self, count: u64) -> Option<Self> {
        let digits = self.digits.checked_mul(i64::try_from(count).ok()?)?;
        Some(Self { digits, scale: self.scale }.trimmed())
    }

    /// This number less `other`, or `None` beyond 18 digits.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let widened =
            |number: &Self| number.digits.checked_mul(10_i64.checked_pow(scale - number.scale)?);
        Some(Self { digits: widened(self)?.checked_sub(widened(other)?)?, scale }.trimmed())
    }

    /// This number and `other` together, or `None` beyond 18 digits.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Option<Self> {
        self.minus(&Self { digits: other.digits.checked_neg()?, scale: other.scale })
    }

    /// This number in units of the last of so many decimals, not rounded to them: 12.5 tenths for 1.25.
    pub(crate) fn in_units(&self, decimals: Option<u32>) -> f64 {
        let exponent = i64::from(decimals.unwrap_or(0)) - i64::from(self.scale);
        // Read from text, the nearest floating-point number; a product of two would not always be.
        format!("{}e{exponent}", self.digits).parse().unwrap_or(f64::NAN)
    }

    /// A hundredth of this number as text, with two decimals or more: `0.70` for 70.
    pub(crate) fn hundredth_text(&self) -> String {
        Self { digits: self.digits, scale: self.scale + 2 }.to_string()
    }

    fn numerator(&self, count: u64) -> i128 {
        i128::from(self.digits) * i128::from(count)
    }

    fn denominator(&self) -> i128 {
        10_i128.pow(self.scale)
    }

    fn trimmed(mut self) -> Self {
        while self.scale > 0 && self.digits % 10 == 0 {
            self.digits /= 10;
            self.scale -= 1;
        }
        self
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        (i128::from(self.digits) * other.denominator())
            .cmp(&(i128::from(other.digits) * self.denominator()))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return write!(formatter, "{}", self.digits);
        }
        let unit = 10_u64.pow(self.scale);
        let sign = if self.digits < 0 { "-" } else { "" };
        let (whole, fraction) =
            (self.digits.unsigned_abs() / unit, self.digits.unsigned_abs() % unit);
        write!(formatter, "{sign}{whole}.{fraction:0width$}", width = self.scale as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(number: f64) -> Decimal {
        Decimal::from_f64(number).unwrap()
    }

    #[test]
    fn is_the_shortest_decimal() {
        for (number, text) in [(0.7, "0.7"), (0.1 + 0.2, "0.30000000000000004"), (-0.05, "-0.05")] {
            assert_eq!(decimal(number).to_string(), text);
            assert_eq!(decimal(number).to_f64().to_bits(), number.to_bits());
        }
        assert_eq!(decimal(300.0), Decimal::from_integer(300));
    }

    #[test]
    fn refuses_what_has_no_short_decimal() {
        assert_eq!(Decimal::from_f64(f64::NAN), None);
        assert_eq!(Decimal::from_f64(f64::INFINITY), None);
        assert_eq!(Decimal::from_f64(1e300), None);
        assert_eq!(Decimal::from_f64(1e-300), None);
    }

    #[test]
    fn compares_and_rounds_exactly() {
        let half = decimal(0.5);
        assert!(half.compare_ratio(1, 2).is_eq());
        assert_eq!((half.times_ceil(3), half.times_floor(3)), (2, 1));
        let negative = decimal(-0.5);
        assert_eq!((negative.times_ceil(3), negative.times_floor(3)), (-1, -2));
        assert!(decimal(0.7) > decimal(0.65));
    }

    #[test]
    fn sums_are_exact() {
        assert_eq!(decimal(0.7).minus(&decimal(0.05)), Some(decimal(0.65)));
        assert_eq!(decimal(0.95).plus(&decimal(0.05)), Some(Decimal::from_integer(1)));
    }
}
