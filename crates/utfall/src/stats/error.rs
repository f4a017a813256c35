//! What a statistic cannot be made of.

use thiserror::Error;

/// The result of a statistic.
pub type Result<T> = std::result::Result<T, StatisticsError>;

/// Numbers that cannot be meant.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum StatisticsError {
    /// A level of confidence that is none.
    #[error("{level} is not a level of confidence; write a fraction between 0 and 1, such as 0.95")]
    LevelOutOfRange {
        /// The level.
        level: f64,
    },
    /// More successes than there are units.
    #[error("{successes} of {n} is no share; give the successes first, then all units")]
    MoreSuccessesThanUnits {
        /// The successes.
        successes: u64,
        /// The units.
        n: u64,
    },
    /// A duration that is none.
    #[error(
        "row {row} has a duration that is no number of 0 or more; correct it, or leave the row out"
    )]
    NotADuration {
        /// The row, counted from 1.
        row: usize,
    },
    /// A number for an event that stands for none of the kinds.
    #[error(
        "row {row} has an event whose number is not from 0 to {kinds}; number the kinds from 1, and write 0 for censored"
    )]
    NotAnEvent {
        /// The row, counted from 1.
        row: usize,
        /// How many kinds there are.
        kinds: usize,
    },
    /// More kinds of event than are told apart.
    #[error("{kinds} kinds of event are more than 100; number them from 1, without gaps")]
    TooManyKinds {
        /// How many kinds there are.
        kinds: usize,
    },
    /// A horizon before the beginning.
    #[error("{horizon} is no horizon; write a number of 0 or more, in the unit of the durations")]
    HorizonOutOfRange {
        /// The horizon.
        horizon: f64,
    },
    /// A share that has no quantile.
    #[error("{share} is no share that a time can be asked for; write a fraction between 0 and 1")]
    ShareOutOfRange {
        /// The share.
        share: f64,
    },
    /// More units than a statistic can be made of.
    #[error("more than {most} units together; no register has so many, so look for a wrong column")]
    TooManyUnits {
        /// The most that there may be.
        most: u64,
    },
    /// A target that is no share.
    #[error("{target} is no share to aim at; write a fraction from 0 to 1, such as 0.7")]
    TargetShareOutOfRange {
        /// The target.
        target: f64,
    },
    /// A level of significance at which a share could be both above and below a target.
    #[error(
        "{alpha} is no level of significance; write a fraction between 0 and 0.5, such as 0.05"
    )]
    AlphaOutOfRange {
        /// The level of significance.
        alpha: f64,
    },
    /// A share to compare with that nothing can be divided by.
    #[error("{reference} is no share to compare with; write a fraction above 0, at most 1")]
    ReferenceOutOfRange {
        /// The share among those compared with.
        reference: f64,
    },
    /// A p value that is no probability.
    #[error("{p_value} is no p value; it must lie from 0 to 1, or be NaN where there is none")]
    PValueOutOfRange {
        /// The p value.
        p_value: f64,
    },
    /// Lists that belong together, of different lengths.
    #[error(
        "`{name}` has length {found}, expected {expected}; give lists that belong together one length"
    )]
    UnlikeLengths {
        /// The list.
        name: &'static str,
        /// How many numbers it has.
        found: usize,
        /// How many it needs.
        expected: usize,
    },
    /// A table of levels before by levels after with more or fewer columns than rows.
    #[error(
        "a row of {columns} in a table of {rows} rows; a table before x after has a row and a column for each level"
    )]
    NotSquare {
        /// The rows of the table.
        rows: usize,
        /// The columns of the row.
        columns: usize,
    },
    /// A test for two levels on another table.
    #[error(
        "a table of {levels} levels where two are compared; for more, take `bowker` or `stuart_maxwell`"
    )]
    NotTwoLevels {
        /// The levels of the table.
        levels: usize,
    },
    /// An amount that is none.
    #[error("`{name}` holds {value}; write numbers of 0 or more")]
    AmountOutOfRange {
        /// What the amount is of.
        name: &'static str,
        /// The amount.
        value: f64,
    },
    /// A share that is none.
    #[error("`{name}` holds {value}; write fractions, such as 0.05 for 5 %")]
    FractionOutOfRange {
        /// What the fraction is of.
        name: &'static str,
        /// The fraction.
        value: f64,
    },
    /// A training that nobody comes from.
    #[error("`{name}` is 0, so no intake is large enough; write a fraction above 0")]
    NobodyArrives {
        /// The share that is 0.
        name: &'static str,
    },
    /// A tail that is none.
    #[error("{tail} is no tail; write what may lie beyond each limit, below 0.5, such as 0.025")]
    TailOutOfRange {
        /// The tail.
        tail: f64,
    },
}

impl StatisticsError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::LevelOutOfRange { .. } => "level_out_of_range",
            Self::MoreSuccessesThanUnits { .. } => "more_successes_than_units",
            Self::NotADuration { .. } => "not_a_duration",
            Self::NotAnEvent { .. } => "not_an_event",
            Self::TooManyKinds { .. } => "too_many_kinds",
            Self::HorizonOutOfRange { .. } => "horizon_out_of_range",
            Self::ShareOutOfRange { .. } => "share_out_of_range",
            Self::TooManyUnits { .. } => "too_many_units",
            Self::TargetShareOutOfRange { .. } => "target_share_out_of_range",
            Self::AlphaOutOfRange { .. } => "alpha_out_of_range",
            Self::ReferenceOutOfRange { .. } => "reference_out_of_range",
            Self::PValueOutOfRange { .. } => "p_value_out_of_range",
            Self::UnlikeLengths { .. } => "unlike_lengths",
            Self::NotSquare { .. } => "not_square",
            Self::NotTwoLevels { .. } => "not_two_levels",
            Self::AmountOutOfRange { .. } => "amount_out_of_range",
            Self::FractionOutOfRange { .. } => "fraction_out_of_range",
            Self::NobodyArrives { .. } => "nobody_arrives",
            Self::TailOutOfRange { .. } => "tail_out_of_range",
        }
    }
}

/// Refuses a level that does not lie between 0 and 1.
pub(crate) fn check_level(level: f64) -> Result<()> {
    if level > 0.0 && level < 1.0 {
        Ok(())
    } else {
        Err(StatisticsError::LevelOutOfRange { level })
    }
}

/// Refuses more successes than units.
pub(crate) const fn check_counts(successes: u64, n: u64) -> Result<()> {
    if successes <= n {
        Ok(())
    } else {
        Err(StatisticsError::MoreSuccessesThanUnits { successes, n })
    }
}

/// Refuses a target that is no share.
pub(crate) fn check_target(target: f64) -> Result<()> {
    if (0.0..=1.0).contains(&target) {
        Ok(())
    } else {
        Err(StatisticsError::TargetShareOutOfRange { target })
    }
}

/// Refuses a list of another length than those that it belongs to.
pub(crate) const fn check_length(name: &'static str, found: usize, expected: usize) -> Result<()> {
    if found == expected {
        Ok(())
    } else {
        Err(StatisticsError::UnlikeLengths { name, found, expected })
    }
}

/// The most units of which a number still tells one more: 2^53.
pub(crate) const MOST_UNITS: u64 = 1 << f64::MANTISSA_DIGITS;

/// Refuses counts that add up to more than that.
pub(crate) fn check_total(counts: impl IntoIterator<Item = u64>) -> Result<()> {
    let total = counts.into_iter().try_fold(0_u64, u64::checked_add);
    if total.is_some_and(|total| total <= MOST_UNITS) {
        Ok(())
    } else {
        Err(StatisticsError::TooManyUnits { most: MOST_UNITS })
    }
}

/// Refuses amounts that are negative, infinite or no numbers.
pub(crate) fn check_amounts(name: &'static str, amounts: &[f64]) -> Result<()> {
    match amounts.iter().find(|amount| !(amount.is_finite() && **amount >= 0.0)) {
        Some(value) => Err(StatisticsError::AmountOutOfRange { name, value: *value }),
        None => Ok(()),
    }
}

/// Refuses fractions outside 0 to 1.
pub(crate) fn check_fractions(name: &'static str, fractions: &[f64]) -> Result<()> {
    match fractions.iter().find(|fraction| !(0.0..=1.0).contains(*fraction)) {
        Some(value) => Err(StatisticsError::FractionOutOfRange { name, value: *value }),
        None => Ok(()),
    }
}
