//! Quantities in the texts of goals, in Swedish and English: shares, numbers, everybody, times.
//!
//! Digits are read wherever they stand. Number words are read where a unit of time follows (*tre månader*): elsewhere
//! they mostly count something else than what is promised (*två arbetssätt*). Years of the calendar, ranges (*18-24*)
//! and ages (*25 år*) are left out.

use crate::project::Decimal;

/// A quantity as it stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    pub(super) value: Value,
    /// The words that it was read from.
    pub(super) text: String,
}

/// What a quantity is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value {
    /// A share, as a fraction.
    Share(Decimal),
    /// A number of something.
    Number(Decimal),
    /// Calendar months.
    Months(u32),
    /// Days.
    Days(u32),
}

/// Words that mean everybody where a text begins with them, or one of [`WHO`] follows.
const EVERYBODY: [&str; 6] = ["alla", "samtliga", "everybody", "everyone", "all", "every"];

/// Words that tell that *alla* speaks of whom the goal is about.
const WHO: [&str; 9] =
    ["som", "deltagare", "deltagarna", "de", "dem", "who", "participants", "participant", "those"];

/// Shares that have a word.
const SHARES: [(&str, f64); 9] = [
    ("hälften", 0.5),
    ("half", 0.5),
    ("fjärdedel", 0.25),
    ("fjärdedelar", 0.25),
    ("quarter", 0.25),
    ("quarters", 0.25),
    ("femtedel", 0.2),
    ("femtedelar", 0.2),
    ("tiondel", 0.1),
];

const WORDS: [(&str, u32); 30] = [
    ("en", 1),
    ("ett", 1),
    ("två", 2),
    ("tre", 3),
    ("fyra", 4),
    ("fem", 5),
    ("sex", 6),
    ("sju", 7),
    ("åtta", 8),
    ("nio", 9),
    ("tio", 10),
    ("elva", 11),
    ("tolv", 12),
    ("arton", 18),
    ("tjugofyra", 24),
    ("a", 1),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("eighteen", 18),
    ("half", 1),
];

/// Longer than this many years is an age, not a time to a goal.
const MOST_YEARS: u32 = 5;

/// All quantities of a text, in order.
pub(super) fn quantities(text: &str) -> Vec<Quantity> {
    let words: Vec<String> = words(text);
    let mut found = Vec::new();
    let mut position = 0;
    while position < words.len() {
        let (quantity, taken) = at(&words, position);
        found.extend(quantity);
        position += taken.max(1);
    }
    found
}

/// The quantity that begins at a word, and how many words it takes.
fn at(words: &[String], position: usize) -> (Option<Quantity>, usize) {
    let word = |ahead: usize| words.get(position + ahead).map(String::as_str).unwrap_or_default();
    let first = word(0);
    let lower = first.to_lowercase();
    let quantity = |value: Value, taken: usize| {
        let text = words.get(position..position + taken).unwrap_or_default().join(" ");
        (Some(Quantity { value, text }), taken)
    };
    if let Some(percent) = first.strip_suffix('%').filter(|rest| !rest.is_empty()) {
        return number(percent)
            .and_then(hundredth)
            .map_or((None, 1), |share| quantity(Value::Share(share), 1));
    }
    if let Some((number, taken)) = digits(words, position) {
        let next = word(taken).to_lowercase();
        if ["%", "procent", "percent"].contains(&next.as_str())
            || next == "per" && word(taken + 1) == "cent"
        {
            return hundredth(number)
                .map_or((None, taken), |share| quantity(Value::Share(share), taken + 1));
        }
        if let Some(unit) = Unit::of(&next) {
            let whole = number.to_integer().and_then(|number| u32::try_from(number).ok());
            return whole
                .and_then(|count| unit.times(count))
                .map_or((None, taken + 1), |time| quantity(time, taken + 1));
        }
        let is_year = number.to_integer().is_some_and(|year| (1900..=2100).contains(&year));
        return if is_year && taken == 1 {
            (None, 1)
        } else {
            quantity(Value::Number(number), taken)
        };
    }
    if let Some(time) = time_in_words(&lower, &word(1).to_lowercase()) {
        return quantity(time, 2);
    }
    if lower == "halvår" {
        return quantity(Value::Months(6), 1);
    }
    if EVERYBODY.contains(&lower.as_str())
        && (position == 0 || WHO.contains(&word(1).to_lowercase().as_str()))
    {
        return quantity(Value::Share(Decimal::from_integer(1)), 1);
    }
    share_in_words(&lower, position.checked_sub(1).and_then(|before| words.get(before)))
        .map_or((None, 1), |share| quantity(Value::Share(share), 1))
}

/// `tre månader`, `one year`.
fn time_in_words(word: &str, next: &str) -> Option<Value> {
    let (_, count) = WORDS.iter().find(|(known, _)| *known == word)?;
    match next {
        "halvår" => Some(Value::Months(6 * count)),
        _ => Unit::of(next)?.times(*count),
    }
}

/// `hälften`, and `tre fjärdedelar` by the word before.
fn share_in_words(word: &str, before: Option<&String>) -> Option<Decimal> {
    let (_, share) = SHARES.iter().find(|(known, _)| *known == word)?;
    let before = before.map(|word| word.to_lowercase()).unwrap_or_default();
    let parts = WORDS.iter().find(|(known, _)| *known == before && *known != "half");
    let parts = parts.filter(|_| *share < 0.5).map_or(1, |(_, count)| *count);
    Decimal::from_f64(*share)?.times(u64::from(parts))
}

/// A unit of time.
#[derive(Debug, Clone, Copy)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    fn of(word: &str) -> Option<Self> {
        match word {
            "dag" | "dagar" | "day" | "days" => Some(Self::Day),
            "vecka" | "veckor" | "week" | "weeks" => Some(Self::Week),
            "månad" | "månader" | "mån" | "month" | "months" => Some(Self::Month),
            "år" | "year" | "years" => Some(Self::Year),
            _ => None,
        }
    }

    fn times(self, count: u32) -> Option<Value> {
        match self {
            Self::Day => Some(Value::Days(count)),
            Self::Week => count.checked_mul(7).map(Value::Days),
            Self::Month => Some(Value::Months(count)),
            Self::Year if count <= MOST_YEARS => Some(Value::Months(12 * count)),
            Self::Year => None,
        }
    }
}

/// A number in digits that begins at a word, thousands apart or not, and how many words it takes.
fn digits(words: &[String], position: usize) -> Option<(Decimal, usize)> {
    let first = words.get(position)?;
    let is_digits = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let mut joined = first.clone();
    let mut taken = 1;
    if first.len() <= 3 && is_digits(first) {
        let groups = words.get(position + 1..).unwrap_or_default().iter();
        for group in groups.take_while(|group| group.len() == 3 && is_digits(group)) {
            joined.push_str(group);
            taken += 1;
        }
    }
    number(&joined).map(|number| (number, taken))
}

/// A word as a number: `70`, `12,5`, `12.5`.
fn number(word: &str) -> Option<Decimal> {
    let plain = word.replace(',', ".");
    let is_number = plain.starts_with(|first: char| first.is_ascii_digit())
        && plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    plain.parse::<f64>().ok().filter(|_| is_number).and_then(Decimal::from_f64)
}

fn hundredth(number: Decimal) -> Option<Decimal> {
    number.hundredth_text().parse::<f64>().ok().and_then(Decimal::from_f64)
}

/// The words of a text, without what divides them. A sign of per cent stays with its number or by itself.
fn words(text: &str) -> Vec<String> {
    let edge = |letter: char| !letter.is_alphanumeric() && letter != '%';
    text.split_whitespace()
        .map(|word| word.trim_matches(edge).to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(number: f64) -> Value {
        Value::Share(Decimal::from_f64(number).unwrap())
    }

    fn read(text: &str) -> Vec<Value> {
        quantities(text).into_iter().map(|quantity| quantity.value).collect()
    }

    #[test]
    fn reads_what_goals_promise() {
        for (text, expected) in [
            (
                "70 % av dem som fullföljt ska efter tre månader ha arbete",
                vec![share(0.7), Value::Months(3)],
            ),
            ("70\u{a0}% når målet", vec![share(0.7)]),
            ("Minst 12,5% och 3 procent", vec![share(0.125), share(0.03)]),
            ("300 deltagare", vec![Value::Number(Decimal::from_integer(300))]),
            (
                "1 200 deltagare inom ett år",
                vec![Value::Number(Decimal::from_integer(1200)), Value::Months(12)],
            ),
            ("Alla som slutfört projektet", vec![share(1.0)]),
            ("Everybody who completed", vec![share(1.0)]),
            ("Hälften i arbete efter ett halvår", vec![share(0.5), Value::Months(6)]),
            ("tre fjärdedelar av deltagarna", vec![share(0.75)]),
            ("in work within 6 months", vec![Value::Months(6)]),
            ("inom fyra veckor", vec![Value::Days(28)]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn leaves_out_years_ranges_ages_and_what_is_counted_beside() {
        for text in [
            "Under 2022 har två arbetssätt prövats",
            "unga 18-24 år i alla kommuner",
            "personer över 25 år",
            "en metod",
            "",
        ] {
            assert_eq!(read(text), vec![], "{text}");
        }
    }

    #[test]
    fn quotes_the_words_that_it_read() {
        let texts: Vec<String> = quantities("Minst 70 % efter tre månader.")
            .into_iter()
            .map(|found| found.text)
            .collect();
        assert_eq!(texts, ["70 %", "tre månader"]);
    }
}
