//! Timestamps to days: the day that the clock showed where the timestamp was made.

use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::timezone::Tz;
use arrow_array::types::ArrowTimestampType;
use chrono::{DateTime, TimeZone};
use utfall::data::Values;

use super::{bits_of, day_number};

const SECONDS: i64 = 86_400;

/// The days of timestamps that count `per_second` parts of a second. With a zone, the day is the one in that zone:
/// midnight in Stockholm is still the day before in UTC.
pub(super) fn days_of_timestamps<'a, T: ArrowTimestampType>(
    array: &'a dyn Array,
    per_second: i64,
    zone: Option<&str>,
) -> Result<Values<'a>, String> {
    let moments = array.as_primitive::<T>().values().iter();
    let known = bits_of(array.nulls());
    let Some(zone) = zone.filter(|zone| !matches!(*zone, "UTC" | "Etc/UTC" | "+00:00" | "Z"))
    else {
        let days = moments.map(|moment| day_number(moment.div_euclid(SECONDS * per_second)));
        return Ok(Values::Days { days: days.collect(), known });
    };
    let zone: Tz =
        zone.parse().map_err(|_| format!("Timestamp in the unknown time zone {zone}"))?;
    let days = moments.map(|moment| {
        let seconds = moment.div_euclid(per_second);
        DateTime::from_timestamp(seconds, 0).map_or_else(
            || day_number(seconds.div_euclid(SECONDS)),
            |moment| utfall::day::number(zone.from_utc_datetime(&moment.naive_utc()).date_naive()),
        )
    });
    Ok(Values::Days { days: days.collect(), known })
}
