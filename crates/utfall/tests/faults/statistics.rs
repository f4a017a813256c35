//! Numbers that no statistic can be made of.

use utfall::stats::{
    EventTable, ProportionMethod, StatisticsError, aalen_johansen, kaplan_meier, proportion,
};

fn share(successes: u64, n: u64) -> Result<(), StatisticsError> {
    proportion(successes, n, ProportionMethod::Wilson, 0.95).map(|_| ())
}

fn incidence(durations: &[f64], events: &[i64]) -> Result<(), StatisticsError> {
    aalen_johansen(durations, events).map(|_| ())
}

fn counted(rows: &[(u32, i64, u64)], kinds: usize) -> Result<(), StatisticsError> {
    EventTable::new(rows.iter().copied(), kinds).map(|_| ())
}

fn units(units: &[u64]) -> Result<(), StatisticsError> {
    EventTable::from_slices(&[1, 2], &[true, true], Some(units), None).map(|_| ())
}

fn without_an_event(horizon: f64) -> Result<(), StatisticsError> {
    kaplan_meier(&[1, 2], &[true, false])?.at(horizon, 0.95).map(|_| ())
}

fn quantile(share: f64) -> Result<(), StatisticsError> {
    kaplan_meier(&[1, 2], &[true, false])?.quantile(share, 0.95).map(|_| ())
}

/// A statistic's error as the crate's.
fn read(made: Result<(), StatisticsError>) -> Result<(), utfall::Error> {
    made.map_err(utfall::Error::from)
}

refused! { read;

a_share_has_no_more_successes_than_units: share(8, 7) => "more_successes_than_units",
    "8 of 7 is no share; give the successes first, then all units";

a_duration_is_not_negative: incidence(&[1.0, -1.0], &[1, 1]) => "not_a_duration",
    "row 2 has a duration that is no number of 0 or more; correct it, or leave the row out";

a_duration_is_a_number: incidence(&[f64::NAN], &[1]) => "not_a_duration",
    "row 1 has a duration that is no number of 0 or more; correct it, or leave the row out";

a_duration_has_an_end: incidence(&[f64::INFINITY], &[0]) => "not_a_duration",
    "row 1 has a duration that is no number of 0 or more; correct it, or leave the row out";

an_event_is_one_of_its_kinds: counted(&[(1, 2, 1), (1, 3, 1)], 2) => "not_an_event",
    "row 2 has an event whose number is not from 0 to 2; number the kinds from 1, and write 0 for censored";

an_event_is_not_negative: incidence(&[1.0, 2.0], &[-1, 1]) => "not_an_event",
    "row 1 has an event whose number is not from 0 to 1; number the kinds from 1, and write 0 for censored";

kinds_of_event_are_few: incidence(&[1.0], &[101]) => "too_many_kinds",
    "101 kinds of event are more than 100; number them from 1, without gaps";

units_can_be_counted: counted(&[(1, 1, 1), (1, 0, 1 << 53)], 1) => "too_many_units",
    "the units of all rows are more than can be counted; count whole units";

units_can_be_added: counted(&[(1, 1, 1), (1, 0, u64::MAX)], 1) => "too_many_units",
    "the units of all rows are more than can be counted; count whole units";

every_duration_has_an_event: incidence(&[1.0, 2.0], &[1]) => "unlike_lengths",
    "durations number 2, their events or units 1; give one for each";

every_duration_has_its_units: units(&[1, 1, 1]) => "unlike_lengths",
    "durations number 2, their events or units 3; give one for each";

a_horizon_is_not_negative: without_an_event(-1.0) => "horizon_out_of_range",
    "-1 is no horizon; write a number of 0 or more, in the unit of the durations";

a_horizon_is_a_number: without_an_event(f64::NAN) => "horizon_out_of_range",
    "NaN is no horizon; write a number of 0 or more, in the unit of the durations";

a_quantile_is_of_a_share: quantile(50.0) => "share_out_of_range",
    "50 is no share that a time can be asked for; write a fraction between 0 and 1";
}
