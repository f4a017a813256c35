//! What an estimate is.

/// A value with its interval. An end is NaN where the method gives none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The value itself.
    pub value: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end of its interval.
    pub high: f64,
}

impl Estimate {
    pub(crate) const fn new(value: f64, interval: Interval) -> Self {
        Self { value, low: interval.low, high: interval.high }
    }
}

/// An interval, both ends included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// None: both ends NaN.
    pub(crate) const NONE: Self = Self { low: f64::NAN, high: f64::NAN };

    /// From `half` below a value to `half` above it, cut to what is possible.
    ///
    /// None where `half` is 0, as it is where everybody or nobody succeeded: a normal interval without width would
    /// claim to be certain.
    pub(crate) fn about(value: f64, half: f64, possible: Self) -> Self {
        if half > 0.0 {
            let Self { low, high } = possible;
            Self { low: (value - half).max(low), high: (value + half).min(high) }
        } else {
            Self::NONE
        }
    }

    /// The interval of a ratio from the standard error of its logarithm, `half` of which lies on either side; none
    /// where `half` is 0 or where the ratio is 0 or infinite and has no logarithm.
    pub(crate) fn about_ratio(ratio: f64, half: f64) -> Self {
        if half > 0.0 && half.is_finite() && ratio > 0.0 && ratio.is_finite() {
            Self { low: ratio * (-half).exp(), high: ratio * half.exp() }
        } else {
            Self::NONE
        }
    }
}
