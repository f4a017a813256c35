//! Statistics: numbers to numbers. Nothing here knows of projects.
//!
//! Every function takes counts or measurements and gives a number with its interval. What cannot be computed because
//! there is nothing to compute it from (nobody observed) is `None`; what cannot be meant (more successes than units, a
//! level of 95) is a [`StatisticsError`]. Each function names the source of its method.

mod adjust;
mod binomial_test;
mod chi_square;
mod difference;
mod disparity;
mod error;
mod estimate;
mod event_table;
mod exact;
mod fisher;
mod funnel;
mod incidence;
mod methods;
mod moments;
mod odds_ratio;
mod ordinal;
mod proportion;
mod quantile;
mod ratio;
mod representation;
mod root;
mod special;
mod staffing;
mod standardise;
mod strata;
mod survival;
mod tails;

pub use adjust::{AdjustMethod, adjust};
pub use binomial_test::{Alternative, Evidence, ProcessEvidence, binomial_test, process_evidence};
pub use chi_square::ChiSquareTest;
pub use difference::{DifferenceIntervals, DifferenceMethod, difference};
pub use disparity::{Disparity, disparity};
pub use error::{Result, StatisticsError};
pub use estimate::{Estimate, Interval};
pub use event_table::{Event, EventTable, Time};
pub use exact::ExactSum;
pub use fisher::fisher_exact;
pub use funnel::{FunnelLimits, FunnelMethod, funnel_limits};
pub use incidence::{CumulativeIncidence, aalen_johansen};
pub use moments::Moments;
pub use odds_ratio::{OddsRatioIntervals, OddsRatioMethod, odds_ratio};
pub use ordinal::{
    BowkerPairs, McNemarMethod, SignTest, Superiority, WilcoxonTest, WilcoxonZeros, bowker,
    mcnemar, sign_test, stuart_maxwell, superiority, wilcoxon,
};
pub use proportion::{ProportionIntervals, ProportionMethod, proportion};
pub use quantile::quantile;
pub use ratio::{RatioIntervals, RatioMethod, ratio};
pub use representation::representation_ratio;
pub use staffing::{StaffDensity, StaffingNeed, StaffingScenario, staffing_need};
pub use standardise::{StandardiseMethod, standardise, standardised_difference};
pub use strata::{
    CmhMethod, HomogeneityMethod, MantelHaenszelMeasure, Stratum, cmh_test, homogeneity,
    mantel_haenszel,
};
pub use survival::{SurvivalCurve, kaplan_meier};

pub(crate) use methods::methods;
