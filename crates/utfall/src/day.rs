//! Days: their text form, their number, and the calendar rule of follow-ups.

use std::fmt;

use chrono::{Days, Months, NaiveDate};

/// Reads a day in the form `2022-06-30`, and in no other.
///
/// ```
/// assert!(utfall::day::parse("2022-06-30").is_some());
/// assert!(utfall::day::parse("2022-6-30").is_none());
/// assert!(utfall::day::parse("2022-02-30").is_none());
/// ```
pub fn parse(text: &str) -> Option<NaiveDate> {
    let shape: Vec<bool> = text.bytes().map(|byte| byte.is_ascii_digit()).collect();
    let expected = [true, true, true, true, false, true, true, false, true, true];
    (shape == expected && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-')
        .then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
        .flatten()
}

/// The number of a day: days since 1970-01-01, as Arrow's `Date32` counts them.
pub fn number(day: NaiveDate) -> i32 {
    day.to_epoch_days()
}

/// The day with a number, or `None` outside the calendar.
pub fn from_number(number: i32) -> Option<NaiveDate> {
    NaiveDate::from_epoch_days(number)
}

/// How long after a day something falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Delay {
    /// Calendar months; a day that the month lacks becomes the month's last.
    Months(u32),
    /// Days.
    Days(u32),
}

impl fmt::Display for Delay {
    /// `exit`, `+28 d`, `+3 months`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days(0) => formatter.write_str("exit"),
            Self::Days(days) => write!(formatter, "+{days} d"),
            Self::Months(months) => write!(formatter, "+{months} months"),
        }
    }
}

impl Delay {
    /// The time that a project file names: `exit` (the day itself), `+28 d`, `+3 months`, any other number of days or
    /// months; `None` for any other text.
    ///
    /// ```
    /// use utfall::day::Delay;
    ///
    /// assert_eq!(Delay::parse("exit"), Some(Delay::Days(0)));
    /// assert_eq!(Delay::parse("+28 d"), Some(Delay::Days(28)));
    /// assert_eq!(Delay::parse("+1 month"), Some(Delay::Months(1)));
    /// assert_eq!(Delay::parse("later"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        if text.trim() == "exit" {
            return Some(Self::Days(0));
        }
        let after = text.trim().strip_prefix('+')?.trim_start();
        let (number, unit) = after.split_at(after.find(|letter: char| !letter.is_ascii_digit())?);
        let number = number.parse().ok()?;
        match unit.trim() {
            "d" | "day" | "days" => Some(Self::Days(number)),
            "month" | "months" => Some(Self::Months(number)),
            _ => None,
        }
    }

    /// The number of calendar months, where it is one of them.
    pub const fn months(self) -> Option<u32> {
        match self {
            Self::Months(months) => Some(months),
            Self::Days(_) => None,
        }
    }

    /// The number of days, where it is one of them.
    pub const fn days(self) -> Option<u32> {
        match self {
            Self::Days(days) => Some(days),
            Self::Months(_) => None,
        }
    }

    /// The day this long after `day`, or `None` outside the calendar.
    ///
    /// ```
    /// use utfall::day::{Delay, parse};
    ///
    /// let due = |text| Delay::Months(3).after(parse(text).unwrap()).unwrap().to_string();
    /// assert_eq!(due("2022-03-30"), "2022-06-30");
    /// assert_eq!(due("2022-03-31"), "2022-06-30");
    /// assert_eq!(due("2021-11-30"), "2022-02-28");
    /// ```
    pub fn after(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Months(months) => day.checked_add_months(Months::new(months)),
            Self::Days(days) => day.checked_add_days(Days::new(days.into())),
        }
    }

    /// The last day whose due day is not later than `as_of`: everything on or before it is due.
    ///
    /// Adding months never changes the order of days, so there is one such day; with a clamped month's end, several
    /// days fall due together and the last of them is it.
    ///
    /// ```
    /// use utfall::day::{Delay, parse};
    ///
    /// let last = Delay::Months(3).last_due(parse("2022-06-30").unwrap()).unwrap();
    /// assert_eq!(last.to_string(), "2022-03-31");
    /// ```
    pub fn last_due(self, as_of: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Days(days) => as_of.checked_sub_days(Days::new(days.into())),
            Self::Months(months) => {
                let start = as_of.checked_sub_months(Months::new(months))?;
                start
                    .iter_days()
                    .take_while(|day| self.after(*day).is_some_and(|due| due <= as_of))
                    .last()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        parse(text).unwrap()
    }

    #[test]
    fn last_due_is_the_last_day_that_is_due() {
        let start = day("2019-12-01");
        for months in [1, 3, 6, 12] {
            for as_of in start.iter_days().take(1200) {
                let delay = Delay::Months(months);
                let last = delay.last_due(as_of).unwrap();
                assert!(delay.after(last).unwrap() <= as_of);
                assert!(delay.after(last.succ_opt().unwrap()).unwrap() > as_of);
            }
        }
    }

    #[test]
    fn numbers_count_from_1970() {
        assert_eq!(number(day("1970-01-02")), 1);
        assert_eq!(from_number(-1), Some(day("1969-12-31")));
    }
}
