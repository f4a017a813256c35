//! Fractions of whole numbers, exact; what does not fit in 128 bits is no result.

use std::cmp::Ordering;

/// A fraction in lowest terms, its denominator positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rational {
    numerator: i128,
    denominator: i128,
}

impl Rational {
    pub(super) const ZERO: Self = Self::whole(0);
    pub(super) const ONE: Self = Self::whole(1);

    pub(super) const fn whole(number: i128) -> Self {
        Self { numerator: number, denominator: 1 }
    }

    fn of(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 1 {
            return Some(Self::whole(numerator));
        }
        let divisor = common(numerator.checked_abs()?, denominator.checked_abs()?).max(1);
        let sign = denominator.signum();
        let (numerator, denominator) = (numerator / divisor * sign, denominator / divisor * sign);
        (denominator > 0).then_some(Self { numerator, denominator })
    }

    pub(super) const fn is_zero(self) -> bool {
        self.numerator == 0
    }

    pub(super) const fn is_negative(self) -> bool {
        self.numerator < 0
    }

    pub(super) const fn is_positive(self) -> bool {
        self.numerator > 0
    }

    pub(super) const fn is_whole(self) -> bool {
        self.denominator == 1
    }

    pub(super) const fn floor(self) -> i128 {
        self.numerator.div_euclid(self.denominator)
    }

    pub(super) const fn ceil(self) -> i128 {
        -(-self.numerator).div_euclid(self.denominator)
    }

    pub(super) const fn minus(self) -> Self {
        Self { numerator: -self.numerator, denominator: self.denominator }
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        if self.denominator == 1 && other.denominator == 1 {
            return Some(Self::whole(self.numerator.checked_add(other.numerator)?));
        }
        if self.denominator == other.denominator {
            return Self::of(self.numerator.checked_add(other.numerator)?, self.denominator);
        }
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Self::of(left.checked_add(right)?, self.denominator.checked_mul(other.denominator)?)
    }

    pub(super) fn times(self, other: Self) -> Option<Self> {
        if self.denominator == 1 && other.denominator == 1 {
            return Some(Self::whole(self.numerator.checked_mul(other.numerator)?));
        }
        let numerator = self.numerator.checked_mul(other.numerator)?;
        Self::of(numerator, self.denominator.checked_mul(other.denominator)?)
    }

    /// This fraction divided by another that is not zero.
    pub(super) fn over(self, other: Self) -> Option<Self> {
        let numerator = self.numerator.checked_mul(other.denominator)?;
        Self::of(numerator, self.denominator.checked_mul(other.numerator)?)
    }

    pub(super) fn compare(self, other: Self) -> Option<Ordering> {
        if self.denominator == other.denominator {
            return Some(self.numerator.cmp(&other.numerator));
        }
        let left = self.numerator.checked_mul(other.denominator)?;
        Some(left.cmp(&other.numerator.checked_mul(self.denominator)?))
    }
}

fn common(left: i128, right: i128) -> i128 {
    let (mut left, mut right) = (left, right);
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_exact_and_in_lowest_terms() {
        let third = Rational::of(2, 6).unwrap();
        assert_eq!(third, Rational { numerator: 1, denominator: 3 });
        assert_eq!(third.plus(third).unwrap().plus(third), Some(Rational::ONE));
        assert_eq!(third.times(Rational::whole(3)), Some(Rational::ONE));
        assert_eq!(Rational::ONE.over(Rational::whole(-3)), Some(third.minus()));
        assert_eq!((third.floor(), third.ceil()), (0, 1));
        assert_eq!((third.minus().floor(), third.minus().ceil()), (-1, 0));
        assert_eq!(Rational::whole(i128::MAX).plus(Rational::ONE), None);
    }
}
