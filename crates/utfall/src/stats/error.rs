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
}

impl StatisticsError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::LevelOutOfRange { .. } => "level_out_of_range",
            Self::MoreSuccessesThanUnits { .. } => "more_successes_than_units",
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
