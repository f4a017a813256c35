//! Statistics: numbers to numbers. Nothing here knows of projects.
//!
//! Every function takes counts or measurements and gives a number with its interval. What cannot be computed because
//! there is nothing to compute it from (nobody observed) is `None`; what cannot be meant (more successes than units, a
//! level of 95) is a [`StatisticsError`]. Each function names the source of its method.

mod adjust;
mod binomial_test;
mod difference;
mod disparity;
mod error;
mod estimate;
mod fisher;
mod methods;
mod odds_ratio;
mod proportion;
mod ratio;
mod representation;
mod root;
mod special;
mod tails;

pub use adjust::{AdjustMethod, adjust};
pub use binomial_test::{Alternative, Evidence, ProcessEvidence, binomial_test, process_evidence};
pub use difference::{DifferenceIntervals, DifferenceMethod, difference};
pub use disparity::{Disparity, disparity};
pub use error::{Result, StatisticsError};
pub use estimate::{Estimate, Interval};
pub use fisher::fisher_exact;
pub use odds_ratio::{OddsRatioIntervals, OddsRatioMethod, odds_ratio};
pub use proportion::{ProportionIntervals, ProportionMethod, proportion};
pub use ratio::{RatioIntervals, RatioMethod, ratio};
pub use representation::representation_ratio;

pub(crate) use methods::methods;
