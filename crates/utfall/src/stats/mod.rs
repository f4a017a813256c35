//! Statistics: numbers to numbers. Nothing here knows of projects.
//!
//! Every function takes counts or measurements and gives a number with its interval. What cannot be computed because
//! there is nothing to compute it from (nobody observed) is `None`; what cannot be meant (more successes than units, a
//! level of 95) is a [`StatisticsError`]. Each function names the source of its method.

mod error;
mod estimate;
mod event_table;
mod incidence;
mod methods;
mod proportion;
mod special;
mod survival;

pub use error::{Result, StatisticsError};
pub use estimate::{Estimate, Interval};
pub use event_table::{Event, EventTable, Time};
pub use incidence::{CumulativeIncidence, aalen_johansen};
pub use proportion::{ProportionIntervals, ProportionMethod, proportion};
pub use survival::{SurvivalCurve, kaplan_meier};

pub(crate) use methods::methods;
