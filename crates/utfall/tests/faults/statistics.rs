//! Numbers that no statistic can be made of.

use utfall::stats::{ProportionMethod, StatisticsError, proportion};

fn share(successes: u64, n: u64) -> Result<(), StatisticsError> {
    proportion(successes, n, ProportionMethod::Wilson, 0.95).map(|_| ())
}

refused! { std::convert::identity;

a_share_has_no_more_successes_than_units: share(8, 7).map_err(utfall::Error::from) => "more_successes_than_units",
    "8 of 7 is no share; give the successes first, then all units";
}
