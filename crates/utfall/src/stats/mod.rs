//! Statistics: numbers to numbers. Nothing here knows of projects.
//!
//! Every function takes counts or measurements and gives a number with its interval. What cannot be computed because
//! there is nothing to compute it from (nobody observed) is `None`; what cannot be meant (more successes than units, a
//! level of 95) is a [`StatisticsError`]. Each function names the source of its method.

mod error;
mod estimate;
mod methods;
mod proportion;
mod special;

pub use error::{Result, StatisticsError};
pub use estimate::{Estimate, Interval};
pub use proportion::{ProportionIntervals, ProportionMethod, proportion};

pub(crate) use methods::methods;
