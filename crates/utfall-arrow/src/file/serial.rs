//! Days as spreadsheets count them.

use chrono::{Days, NaiveDate};
use utfall::day;

use super::cell::Moment;

/// From which day a workbook counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum DateSystem {
    /// Day 1 is 1900-01-01, as Excel has it, with a 29 February 1900 that never was.
    #[default]
    From1900,
    /// Day 0 is 1904-01-01, as Excel for Macintosh had it.
    From1904,
}

impl DateSystem {
    /// The day of a serial number; nothing where no spreadsheet has one.
    pub(super) fn day(self, serial: f64) -> Option<Moment> {
        // Excel ends with the year 9999.
        const LAST: f64 = 2_958_466.0;
        let first = if self == Self::From1900 { 1.0 } else { 0.0 };
        if !(first..LAST).contains(&serial) {
            return None;
        }
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it lies between 0 and 2,958,466"
        )]
        let whole = serial.floor() as u64;
        let (year, month, day, days) = match (self, whole) {
            (Self::From1904, whole) => (1904, 1, 1, whole),
            (Self::From1900, 60) => return None,
            (Self::From1900, ..60) => (1899, 12, 31, whole),
            (Self::From1900, whole) => (1899, 12, 30, whole),
        };
        let epoch = NaiveDate::from_ymd_opt(year, month, day)?;
        let found = epoch.checked_add_days(Days::new(days))?;
        Some(Moment { day: day::number(found), timed: serial.fract() > 0.0 })
    }

    /// The day that a plain number may stand for: one before 2101, since larger numbers are rather days in digits.
    pub(super) fn likely_day(self, number: f64) -> Option<Moment> {
        const FIRST_OF_2101: i32 = 47_847;
        self.day(number).filter(|moment| moment.day < FIRST_OF_2101)
    }

    /// `1900` or `1904`.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::From1900 => "1900",
            Self::From1904 => "1904",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(system: DateSystem, serial: f64) -> Option<String> {
        day::from_number(system.day(serial)?.day).map(|day| day.to_string())
    }

    /// The days are those of Excel's own documentation: 1900-01-01 is 1, 2008-01-01 is 39448 (support page of `DATE`
    /// and `DATEVALUE`), and the two systems lie 1,462 days apart.
    #[test]
    fn serials_are_those_of_excel() {
        use DateSystem::{From1900, From1904};
        assert_eq!(text(From1900, 1.0).as_deref(), Some("1900-01-01"));
        assert_eq!(text(From1900, 59.0).as_deref(), Some("1900-02-28"));
        assert_eq!(text(From1900, 60.0), None);
        assert_eq!(text(From1900, 61.0).as_deref(), Some("1900-03-01"));
        assert_eq!(text(From1900, 39_448.0).as_deref(), Some("2008-01-01"));
        assert_eq!(text(From1904, 39_448.0 - 1_462.0).as_deref(), Some("2008-01-01"));
        assert!(From1900.likely_day(73_415.0).is_some(), "2100-12-31");
        assert_eq!(text(From1900, 73_415.0).as_deref(), Some("2100-12-31"));
        assert!(From1900.likely_day(73_416.0).is_none());
        assert!(From1900.likely_day(210_503.0).is_none());
        assert_eq!(text(From1900, 0.5), None);
        assert_eq!(text(From1900, f64::NAN), None);
        assert!(From1900.day(39_448.25).unwrap().timed);
    }
}
