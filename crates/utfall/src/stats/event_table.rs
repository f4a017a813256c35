//! Durations and how they ended, counted.

use super::error::{MOST_UNITS, Result, StatisticsError, check_length};

/// The most kinds of event that are told apart.
const MOST_KINDS: usize = 100;

/// A number of a kind takes so many bits, and the units the others.
const BITS_OF_A_KIND: u32 = 7;

/// Counts that are worth having for durations that may not occur, at first and for each row.
const ROOM: usize = 4096;
const ROOM_OF_A_ROW: usize = 4;

/// What durations are counted in: whole numbers or floats, of 0 or more. An estimate depends only on their order.
pub trait Time: Copy + sealed::Sealed {
    /// A number that orders durations; `None` for a negative duration and for one that is not finite.
    #[doc(hidden)]
    fn key(self) -> Option<u64>;

    /// The duration with a key.
    #[doc(hidden)]
    fn of_key(key: u64) -> f64;

    /// The duration, where it is a whole number.
    #[doc(hidden)]
    fn whole(self) -> Option<u64>;

    /// The key of a whole number.
    #[doc(hidden)]
    fn key_of_whole(whole: u64) -> u64;
}

/// How a duration ended: 0 (or `false`) for censored, which is that it had not ended when it was last looked at; 1
/// (or `true`) and on for the kinds of event.
pub trait Event: Copy + sealed::Sealed {
    /// The number of the kind.
    #[doc(hidden)]
    fn number(self) -> i64;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! whole_numbers {
    ($($number:ty),*) => {$(
        impl sealed::Sealed for $number {}

        impl Time for $number {
            #[inline]
            fn key(self) -> Option<u64> {
                u64::try_from(self).ok()
            }

            #[allow(clippy::cast_precision_loss, reason = "neighbours beyond 2^53 keep their order")]
            fn of_key(key: u64) -> f64 {
                key as f64
            }

            #[inline]
            fn whole(self) -> Option<u64> {
                u64::try_from(self).ok()
            }

            fn key_of_whole(whole: u64) -> u64 {
                whole
            }
        }

        impl Event for $number {
            #[inline]
            fn number(self) -> i64 {
                i64::try_from(self).unwrap_or(i64::MAX)
            }
        }
    )*};
}

whole_numbers!(u8, u16, u32, u64, usize, i8, i16, i32, i64, isize);

impl sealed::Sealed for f64 {}

impl Time for f64 {
    #[inline]
    fn key(self) -> Option<u64> {
        // The bits of floats of 0 or more are in the order of the floats; adding 0 takes the sign from -0.
        (self >= 0.0 && self.is_finite()).then(|| (self + 0.0).to_bits())
    }

    fn of_key(key: u64) -> f64 {
        Self::from_bits(key)
    }

    #[inline]
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::float_cmp,
        reason = "what is not the same after both ways is not whole"
    )]
    fn whole(self) -> Option<u64> {
        // By way of signed numbers, which a processor converts at once.
        let whole = self as i64;
        (whole as Self == self && whole < 1 << 53).then(|| u64::try_from(whole).ok()).flatten()
    }

    #[allow(clippy::cast_precision_loss, reason = "only numbers below 2^53 are whole")]
    fn key_of_whole(whole: u64) -> u64 {
        (whole as Self).to_bits()
    }
}

impl sealed::Sealed for bool {}

impl Event for bool {
    #[inline]
    fn number(self) -> i64 {
        i64::from(self)
    }
}

/// How many units had an event of each kind, and how many were last looked at without one, at each duration.
///
/// This is what curves are made of. Rows may come in any order, and a duration in several rows; rows of 0 units count
/// nothing. No unit can be told from another.
///
/// ```
/// use utfall::stats::EventTable;
///
/// // Days, kind of event (0: none so far), units.
/// let rows = [(30, 1, 4), (91, 0, 5), (10, 2, 1), (30, 0, 2)];
/// let table = EventTable::new(rows, 2)?;
/// assert_eq!(table.units(), 12);
/// assert_eq!(table.times(), [10.0, 30.0, 91.0]);
/// assert_eq!(table.incidence().at(91.0, 0.95)?.unwrap()[0].value, 4.0 / 12.0);
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct EventTable {
    kinds: usize,
    units: u64,
    times: Vec<f64>,
    /// For each time the censored units, then those of each kind.
    counts: Vec<u64>,
}

impl EventTable {
    /// Counts rows of a duration, a kind of event from 1 to `kinds` (0: censored), and the units that it stands for.
    ///
    /// # Errors
    ///
    /// If a duration is negative or not finite, an event is none of the kinds, there are more than 100 kinds, or more
    /// than 2⁵³ units.
    pub fn new<T: Time, E: Event>(
        rows: impl IntoIterator<Item = (T, E, u64)>,
        kinds: usize,
    ) -> Result<Self> {
        check_kinds(kinds)?;
        Self::made::<T>(Counter::of(rows, kinds)?, kinds)
    }

    /// Counts slices of durations and of events, each of one unit or of as many as `units` says.
    ///
    /// Without a number of kinds there are as many as the largest number among the events.
    ///
    /// # Errors
    ///
    /// As [`Self::new`], and if the slices are not equally long.
    ///
    /// ```
    /// use utfall::stats::EventTable;
    ///
    /// let table = EventTable::from_slices(&[10, 30, 91], &[2, 1, 0], Some(&[1, 4, 5]), None)?;
    /// assert_eq!((table.kinds(), table.units()), (2, 10));
    /// # Ok::<(), utfall::stats::StatisticsError>(())
    /// ```
    pub fn from_slices<T: Time, E: Event>(
        durations: &[T],
        events: &[E],
        units: Option<&[u64]>,
        kinds: Option<usize>,
    ) -> Result<Self> {
        let len = durations.len();
        check_length("events", events.len(), len)?;
        check_length("units", units.map_or(len, <[u64]>::len), len)?;
        let largest = || events.iter().fold(0, |largest, event| event.number().max(largest));
        let kinds = kinds.unwrap_or_else(|| usize::try_from(largest()).unwrap_or(usize::MAX));
        check_kinds(kinds)?;
        let rows = durations.iter().zip(events);
        let counter = match units {
            None => Counter::of(rows.map(|(time, event)| (*time, *event, 1)), kinds)?,
            Some(units) => {
                let rows = rows.zip(units);
                Counter::of(rows.map(|((time, event), units)| (*time, *event, *units)), kinds)?
            }
        };
        Self::made::<T>(counter, kinds)
    }

    fn made<T: Time>(counter: Counter, kinds: usize) -> Result<Self> {
        let units = counter.units;
        if units > MOST_UNITS {
            return Err(StatisticsError::TooManyUnits { most: MOST_UNITS });
        }
        let (times, counts) = counter.finish::<T>();
        Ok(Self { kinds, units, times, counts })
    }

    /// How many kinds of event there are.
    pub const fn kinds(&self) -> usize {
        self.kinds
    }

    /// How many units there are.
    pub const fn units(&self) -> u64 {
        self.units
    }

    /// The durations that occur, in order.
    pub fn times(&self) -> &[f64] {
        &self.times
    }

    /// For each time the censored units and those of each kind.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u64, &[u64])> {
        let rows = self.counts.chunks_exact(self.kinds + 1);
        rows.filter_map(|row| row.split_first()).map(|(censored, events)| (*censored, events))
    }
}

const fn check_kinds(kinds: usize) -> Result<()> {
    if kinds <= MOST_KINDS { Ok(()) } else { Err(StatisticsError::TooManyKinds { kinds }) }
}

/// Counts of rows. Small whole durations, which most are, are counted where they lie; others are sorted.
struct Counter {
    units: u64,
    /// How many counts a time has.
    width: usize,
    /// Counts by whole duration and kind.
    near: Vec<u64>,
    /// Of the others the key, and the units with the kind in the last bits.
    far: Vec<(u64, u64)>,
}

impl Counter {
    /// Counts rows.
    fn of<T: Time, E: Event>(
        rows: impl IntoIterator<Item = (T, E, u64)>,
        kinds: usize,
    ) -> Result<Self> {
        let width = kinds + 1;
        let mut counter = Self { units: 0, width, near: Vec::new(), far: Vec::new() };
        let (mut total, mut places) = (0_u64, 0);
        for (row, (time, event, units)) in (1..).zip(rows) {
            // Too many units are an error at the end, whatever the counts have come to.
            total = total.saturating_add(units);
            let kind = usize::try_from(event.number()).unwrap_or(usize::MAX);
            let whole = time.whole().and_then(|whole| usize::try_from(whole).ok());
            let place = whole.unwrap_or(usize::MAX);
            if place < places && kind < width {
                let there = &mut counter.near[place * width + kind];
                *there = there.wrapping_add(units);
                continue;
            }
            if kind > kinds {
                return Err(StatisticsError::NotAnEvent { row, kinds });
            }
            let key = time.key().ok_or(StatisticsError::NotADuration { row })?;
            counter.add_beyond((key, place), kind, units, row);
            places = counter.near.len() / width;
        }
        counter.units = total;
        Ok(counter)
    }

    /// Counts a duration that is no place yet: it becomes one, unless the table would grow beyond what the rows so far
    /// are worth.
    #[cold]
    fn add_beyond(&mut self, (key, place): (u64, usize), kind: usize, units: u64, rows: usize) {
        let most = (ROOM + rows * ROOM_OF_A_ROW) / self.width;
        if place < most {
            self.near.resize(most.min(2 * (place + 1)) * self.width, 0);
            self.near[place * self.width + kind] = units;
        } else {
            self.far.push((key, units << BITS_OF_A_KIND | kind as u64));
        }
    }

    /// The times in order, and their counts.
    fn finish<T: Time>(self) -> (Vec<f64>, Vec<u64>) {
        let Self { width, near, mut far, .. } = self;
        let (mut times, mut counts) = (Vec::new(), Vec::new());
        let counted = (0_u64..).zip(near.chunks_exact(width));
        let counted = counted.filter(|(_, row)| row.iter().any(|units| *units > 0));
        if far.is_empty() {
            for (whole, row) in counted {
                times.push(T::of_key(T::key_of_whole(whole)));
                counts.extend_from_slice(row);
            }
            return (times, counts);
        }
        for (whole, row) in counted {
            let kinds = (0_u64..).zip(row);
            let key = T::key_of_whole(whole);
            far.extend(kinds.map(|(kind, units)| (key, *units << BITS_OF_A_KIND | kind)));
        }
        far.sort_unstable_by_key(|(key, _)| *key);
        far.retain(|(_, units)| units >> BITS_OF_A_KIND > 0);
        let mut last = None;
        for (key, units) in far {
            if last != Some(key) {
                times.push(T::of_key(key));
                counts.resize(counts.len() + width, 0);
                last = Some(key);
            }
            let kind = usize::try_from(units & ((1 << BITS_OF_A_KIND) - 1)).unwrap_or_default();
            let row = counts.len() - width;
            counts[row + kind] += units >> BITS_OF_A_KIND;
        }
        (times, counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted<T: Time>(rows: &[(T, u8, u64)]) -> Vec<(f64, u64, Vec<u64>)> {
        let table = EventTable::new(rows.iter().copied(), 2).unwrap();
        let rows = table.rows().map(|(censored, events)| (censored, events.to_vec()));
        table
            .times()
            .iter()
            .zip(rows)
            .map(|(time, (censored, events))| (*time, censored, events))
            .collect()
    }

    #[test]
    fn near_and_far_times_stand_in_one_order() {
        let rows = [(2.5, 1, 1), (7.0, 2, 3), (1e18, 0, 2), (0.0, 1, 1), (-0.0, 0, 4), (7.0, 2, 1)];
        let expected = [
            (0.0, 4, vec![1, 0]),
            (2.5, 0, vec![1, 0]),
            (7.0, 0, vec![0, 4]),
            (1e18, 2, vec![0, 0]),
        ];
        assert_eq!(counted(&rows), expected);
    }

    #[test]
    fn a_time_that_was_far_and_is_near_later_is_one_time() {
        // 5,000 is too far for the first row, and near after a thousand.
        let rows = (0..3_000).map(|row| (if row % 1_000 == 0 { 5_000 } else { 1 }, 1, 1));
        let rows: Vec<(i64, u8, u64)> = rows.collect();
        assert_eq!(counted(&rows), [(1.0, 0, vec![2_997, 0]), (5_000.0, 0, vec![3, 0])]);
    }

    #[test]
    fn rows_of_nobody_make_no_time() {
        assert_eq!(counted(&[(3_u32, 1, 0), (1 << 31, 1, 0)]), []);
    }

    #[test]
    fn the_largest_and_smallest_numbers_are_durations_too() {
        let times = |rows| EventTable::new(rows, 1).unwrap().times().to_vec();
        assert_eq!(times([(u64::MAX, true, 1)]), [18_446_744_073_709_551_615.0]);
        let times = |rows| EventTable::new(rows, 1).unwrap().times().to_vec();
        assert_eq!(times([(f64::MAX, true, 1), (5e-324, true, 1)]), [5e-324, f64::MAX]);
    }
}
