//! Statistics: numbers to numbers. Nothing here knows of projects.
//!
//! Every function takes counts or measurements and gives a number with its interval. What cannot be computed because
//! there is nothing to compute it from (nobody observed) is `None`; what cannot be meant (more successes than units, a
//! level of 95) is a [`StatisticsError`]. Each function names the source of its method.

mod chi_square;
mod error;
mod estimate;
mod funnel;
mod methods;
mod ordinal;
mod proportion;
mod special;
mod staffing;
mod standardise;
mod strata;

pub use chi_square::ChiSquareTest;
pub use error::{Result, StatisticsError};
pub use estimate::{Estimate, Interval};
pub use funnel::{FunnelLimits, FunnelMethod, funnel_limits};
pub use ordinal::{
    Alternative, BowkerPairs, McNemarMethod, SignTest, Superiority, WilcoxonTest, WilcoxonZeros,
    bowker, mcnemar, sign_test, stuart_maxwell, superiority, wilcoxon,
};
pub use proportion::{ProportionIntervals, ProportionMethod, proportion};
pub use staffing::{StaffDensity, StaffingNeed, StaffingScenario, staffing_need};
pub use standardise::{StandardiseMethod, standardise, standardised_difference};
pub use strata::{
    CmhMethod, HomogeneityMethod, MantelHaenszelMeasure, Stratum, cmh_test, homogeneity,
    mantel_haenszel,
};

pub(crate) use methods::methods;
