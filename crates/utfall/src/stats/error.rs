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
    /// More units than can be counted.
    #[error("the units of all rows are more than can be counted; count whole units")]
    TooManyUnits,
    /// Columns that do not belong together.
    #[error("durations number {durations}, their events or units {others}; give one for each")]
    UnlikeLengths {
        /// How many durations there are.
        durations: usize,
        /// How many events, or numbers of units.
        others: usize,
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
            Self::TooManyUnits => "too_many_units",
            Self::UnlikeLengths { .. } => "unlike_lengths",
            Self::HorizonOutOfRange { .. } => "horizon_out_of_range",
            Self::ShareOutOfRange { .. } => "share_out_of_range",
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
