//! Numbers as people write them.

use super::say;
use crate::day::Delay;
use crate::project::{Decimal, Language};

/// A no-break space: a number and what belongs to it stay on one line.
pub(super) const NO_BREAK: char = '\u{a0}';

/// A share as a percentage with one decimal: `42,9 %` with a no-break space in Swedish, `42.9%` in English.
///
/// ```
/// use utfall::project::Language;
/// use utfall::wording::percent;
///
/// assert_eq!(percent(3.0 / 7.0, Language::Swedish), "42,9\u{a0}%");
/// assert_eq!(percent(3.0 / 7.0, Language::English), "42.9%");
/// ```
pub fn percent(share: f64, language: Language) -> String {
    let number = decimal(share * 100.0, 1, language);
    say!(language, format!("{number}{NO_BREAK}%"), format!("{number}%"))
}

/// A difference of two shares: `5,0 procentenheter`, `5.0 percentage points`.
pub fn percentage_points(difference: f64, language: Language) -> String {
    let number = decimal(difference * 100.0, 1, language);
    say!(
        language,
        format!("{number}{NO_BREAK}procentenheter"),
        format!("{number} percentage points")
    )
}

/// A whole number with its thousands apart: `12 345` with no-break spaces in Swedish, `12,345` in English.
///
/// ```
/// use utfall::project::Language;
///
/// assert_eq!(utfall::wording::count(12_345, Language::English), "12,345");
/// ```
pub fn count(number: u64, language: Language) -> String {
    grouped(&number.to_string(), language)
}

/// A number with a fixed number of decimals.
pub(super) fn decimal(number: f64, decimals: usize, language: Language) -> String {
    let text = format!("{:.decimals$}", number.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let is_zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let sign = if number < 0.0 && !is_zero { "\u{2212}" } else { "" };
    let mark = say!(language, ",", ".");
    let mark = if fraction.is_empty() { "" } else { mark };
    format!("{sign}{}{mark}{fraction}", grouped(whole, language))
}

/// A number of the project file, with the decimals that it is written with.
pub(super) fn exact(number: &Decimal, language: Language) -> String {
    let decimals = number.to_string().split_once('.').map_or(0, |(_, part)| part.len());
    decimal(number.to_f64(), decimals, language)
}

/// A sum, mean or ratio: whole from a thousand on and where it is whole, else with two decimals.
///
/// ```
/// use utfall::project::Language;
///
/// assert_eq!(utfall::wording::quantity(2.5, Language::Swedish), "2,50");
/// ```
pub fn quantity(number: f64, language: Language) -> String {
    let is_whole = number.abs() >= 1_000.0 || number.fract() == 0.0;
    decimal(number, if is_whole { 0 } else { 2 }, language)
}

/// A p value, with three decimals: `0,039`; below a thousandth `<0,001`, since it is never 0.
///
/// ```
/// use utfall::project::Language;
///
/// assert_eq!(utfall::wording::p_value(0.0390625, Language::Swedish), "0,039");
/// assert_eq!(utfall::wording::p_value(1e-9, Language::English), "<0.001");
/// ```
pub fn p_value(number: f64, language: Language) -> String {
    if number < 0.001 {
        return format!("<{}", decimal(0.001, 3, language));
    }
    decimal(number, 3, language)
}

/// How long after a date: `3 månader`, `91 days`.
pub(super) fn duration(horizon: Delay, language: Language) -> String {
    let (number, (one, several)) = match horizon {
        Delay::Months(months) => {
            (months, say!(language, ("månad", "månader"), ("month", "months")))
        }
        Delay::Days(days) => (days, say!(language, ("dag", "dagar"), ("day", "days"))),
    };
    format!("{number}{NO_BREAK}{}", if number == 1 { one } else { several })
}

fn grouped(digits: &str, language: Language) -> String {
    let separator = say!(language, NO_BREAK, ',');
    // Four digits stand together in Swedish; English divides them.
    let smallest = say!(language, 5, 4);
    if digits.len() < smallest {
        return digits.to_owned();
    }
    let mut grouped = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_numbers_as_each_language_does() {
        assert_eq!(count(1_420, Language::Swedish), "1420");
        assert_eq!(count(14_200_000, Language::Swedish), "14\u{a0}200\u{a0}000");
        assert_eq!(count(1_420, Language::English), "1,420");
        assert_eq!(
            percentage_points(-0.142, Language::Swedish),
            "\u{2212}14,2\u{a0}procentenheter"
        );
        assert_eq!(percent(-0.0001, Language::English), "0.0%");
    }
}
