//! Days by their spelling: year first, Swedish month names, and other orders where they are declared.

use chrono::NaiveDate;
use utfall::day;

use super::super::options::DateOrder;

/// A day that was read from a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Day {
    /// Days since 1970-01-01.
    pub(in super::super) number: i32,
    /// How it was written.
    pub(in super::super) spelled: Spelled,
    /// Whether the century was not written.
    pub(in super::super) two_digit_year: bool,
    /// Whether a time of day other than midnight was written.
    pub(in super::super) timed: bool,
}

/// How a day is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Spelled {
    /// `2021-05-03`, with a time or not.
    Iso,
    /// `20210503`.
    EightDigits,
    /// `210503`.
    SixDigits,
    /// `3 maj 2021`, `2021/5/3`.
    Otherwise,
    /// `03/05/2021`: its order is not known by itself.
    Ordered,
}

/// Two-digit years below this one lie in the 2000s, the others in the 1900s, as in Excel.
const PIVOT: i32 = 30;

/// Month names by their first letters, Swedish and English.
const MONTHS: [(&str, &str); 12] = [
    ("januari", "january"),
    ("februari", "february"),
    ("mars", "march"),
    ("april", "april"),
    ("maj", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("augusti", "august"),
    ("september", "september"),
    ("oktober", "october"),
    ("november", "november"),
    ("december", "december"),
];

/// Reads a trimmed text as a day. Without a declared order, a day like `03/05/2021` is read in the order that fits, and is
/// [`Spelled::Ordered`]: it is only good for telling that the order must be declared.
pub(in super::super) fn read_day(text: &str, order: Option<DateOrder>) -> Option<Day> {
    if let Some(read) = day::parse(text) {
        return Some(known(read, Spelled::Iso));
    }
    // No spelling is shorter than six signs, and the longest is a weekday's worth more than `den 3 september 2021 00:00:00.000`.
    if !(6..=48).contains(&text.len()) || !text.contains(|sign: char| sign.is_ascii_digit()) {
        return None;
    }
    let (date, timed) = without_time(text);
    let read = day::parse(date).map(|read| known(read, Spelled::Iso));
    let read = read.or_else(|| of_digits(date)).or_else(|| of_parts(date, order))?;
    Some(Day { timed, ..read })
}

fn known(day: NaiveDate, spelled: Spelled) -> Day {
    Day { number: day::number(day), spelled, two_digit_year: false, timed: false }
}

/// The text without a time of day behind it, and whether that was another than midnight.
fn without_time(text: &str) -> (&str, bool) {
    let Some(colon) = text.find(':') else { return (text, false) };
    let start = text.get(..colon).and_then(|before| before.rfind([' ', 'T']));
    let Some((date, time)) = start.map(|start| text.split_at(start)) else { return (text, false) };
    let time = time.get(1..).unwrap_or_default().trim_end_matches('Z');
    let parts: Vec<&str> = time.split([':', '.', ',']).collect();
    let is_time = (2..=4).contains(&parts.len())
        && parts.iter().all(|part| {
            (1..=9).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        });
    if !is_time {
        return (text, false);
    }
    (date.trim_end(), time.bytes().any(|byte| (b'1'..=b'9').contains(&byte)))
}

/// `20210503`, `210503`.
fn of_digits(text: &str) -> Option<Day> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
    match text.len() {
        8 => {
            let year = number(0..4).filter(|year| (1900..2100).contains(year))?;
            let read = on(i32::try_from(year).ok()?, number(4..6)?, number(6..8)?)?;
            Some(known(read, Spelled::EightDigits))
        }
        6 => {
            let year = century(i32::try_from(number(0..2)?).ok()?);
            let read = known(on(year, number(2..4)?, number(4..6)?)?, Spelled::SixDigits);
            Some(Day { two_digit_year: true, ..read })
        }
        _ => None,
    }
}

/// Three parts: numbers, or a month's name between two.
fn of_parts(text: &str, order: Option<DateOrder>) -> Option<Day> {
    let mut parts =
        text.split([' ', '\u{a0}', '-', '/', '.', ',', '\'']).filter(|part| !part.is_empty());
    let first = parts.next()?;
    let first = if first.eq_ignore_ascii_case("den") { parts.next()? } else { first };
    let (second, third) = (parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    if let Some(month) = month(second) {
        let (year, two_digit_year) = year(third)?;
        let read = known(on(year, month, small(first)?)?, Spelled::Otherwise);
        return Some(Day { two_digit_year, ..read });
    }
    if first.len() == 4 {
        let read = on(year(first)?.0, small(second)?, small(third)?)?;
        return Some(known(read, Spelled::Otherwise));
    }
    let in_order = |order: DateOrder| {
        let (year_part, month, day) = match order {
            DateOrder::DayFirst => (third, second, first),
            DateOrder::MonthFirst => (third, first, second),
            DateOrder::YearFirst => (first, second, third),
        };
        let (year, two_digit_year) = year(year_part)?;
        let read = known(on(year, small(month)?, small(day)?)?, Spelled::Ordered);
        Some(Day { two_digit_year, ..read })
    };
    match order {
        Some(order) => in_order(order).map(|day| Day { spelled: Spelled::Otherwise, ..day }),
        None => [DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::YearFirst]
            .into_iter()
            .find_map(in_order),
    }
}

fn on(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

/// A day or a month: one or two digits.
fn small(part: &str) -> Option<u32> {
    let is_small = part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    is_small.then(|| part.parse().ok()).flatten()
}

/// A year, and whether its century was not written.
fn year(part: &str) -> Option<(i32, bool)> {
    let number: i32 =
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok()).flatten()?;
    match part.len() {
        4 => (1800..2200).contains(&number).then_some((number, false)),
        2 => Some((century(number), true)),
        _ => None,
    }
}

const fn century(year: i32) -> i32 {
    if year < PIVOT { 2000 + year } else { 1900 + year }
}

/// A month by its name or an abbreviation of three letters or more.
fn month(part: &str) -> Option<u32> {
    let word = part.to_lowercase();
    if word.len() < 3 {
        return None;
    }
    let position = MONTHS
        .iter()
        .position(|(swedish, english)| swedish.starts_with(&word) || english.starts_with(&word))?;
    u32::try_from(position + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, order: Option<DateOrder>) -> Option<String> {
        let read = read_day(text, order).filter(|day| day.spelled != Spelled::Ordered)?;
        day::from_number(read.number).map(|day| day.to_string())
    }

    #[test]
    fn reads_the_third_of_may() {
        for text in [
            "2021-05-03",
            "2021-05-03 00:00:00",
            "2021-05-03T00:00:00.000Z",
            "2021-05-03 14:30",
            "20210503",
            "210503",
            "2021/5/3",
            "3 maj 2021",
            "03 Maj 2021",
            "den 3 maj 2021",
            "3 maj -21",
            "3 maj 21",
            "3-maj-21",
            "3-May-2021",
            "3 maj 2021 00:00",
        ] {
            assert_eq!(read(text, None).as_deref(), Some("2021-05-03"), "{text}");
        }
        assert_eq!(read("1 okt. 1999", None).as_deref(), Some("1999-10-01"));
        assert_eq!(read("31 dec 2020", None).as_deref(), Some("2020-12-31"));
    }

    #[test]
    fn other_orders_are_read_where_they_are_declared() {
        use DateOrder::{DayFirst, MonthFirst, YearFirst};
        for (text, order, expected) in [
            ("03/05/2021", DayFirst, "2021-05-03"),
            ("05/03/2021", MonthFirst, "2021-05-03"),
            ("3.5.2021", DayFirst, "2021-05-03"),
            ("3/5 2021", DayFirst, "2021-05-03"),
            ("3/5 -21", DayFirst, "2021-05-03"),
            ("21-05-03", YearFirst, "2021-05-03"),
        ] {
            assert_eq!(read(text, Some(order)).as_deref(), Some(expected), "{text}");
            assert_eq!(read_day(text, None).unwrap().spelled, Spelled::Ordered, "{text}");
        }
        assert_eq!(read("13/05/2021", Some(MonthFirst)), None);
    }

    #[test]
    fn a_year_without_a_century_is_told_and_turns_at_thirty() {
        for (text, expected) in
            [("290101", "2029-01-01"), ("300101", "1930-01-01"), ("991231", "1999-12-31")]
        {
            let day = read_day(text, None).unwrap();
            assert!(day.two_digit_year);
            assert_eq!(read(text, None).as_deref(), Some(expected));
        }
        assert!(!read_day("20210503", None).unwrap().two_digit_year);
    }

    #[test]
    fn a_time_of_day_is_told_unless_it_is_midnight() {
        assert!(!read_day("2021-05-03 00:00:00", None).unwrap().timed);
        assert!(read_day("2021-05-03 00:01", None).unwrap().timed);
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "",
            "2021",
            "2021-02-30",
            "20210230",
            "210230",
            "30 feb 2021",
            "3 ma 2021",
            "3 xyz 2021",
            "070-12 34",
            "10.0.0.1",
            "1.2.3",
            "12:30",
            "2021-05-03 kl 9",
            "maj 2021",
            "1,234",
            "99/99/2021",
            "18500101",
            "３ maj 2021",
        ] {
            assert_eq!(read_day(text, None), None, "{text}");
        }
    }
}
