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
    /// More units than can be counted one by one.
    #[error("{n} units are more than can be compared exactly; {most} are the most")]
    TooManyUnits {
        /// The units.
        n: u64,
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
}

impl StatisticsError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::LevelOutOfRange { .. } => "level_out_of_range",
            Self::MoreSuccessesThanUnits { .. } => "more_successes_than_units",
            Self::TooManyUnits { .. } => "too_many_units",
            Self::TargetShareOutOfRange { .. } => "target_share_out_of_range",
            Self::AlphaOutOfRange { .. } => "alpha_out_of_range",
            Self::ReferenceOutOfRange { .. } => "reference_out_of_range",
            Self::PValueOutOfRange { .. } => "p_value_out_of_range",
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
