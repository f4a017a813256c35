//! Swedish identity numbers: what a text must be to be one.
//!
//! A personal identity number (personnummer) is a day of birth, three digits and a check digit by the Luhn algorithm
//! (ISO/IEC 7812-1) over the ten digits without the century; in a coordination number (samordningsnummer) the day is
//! increased by 60 (Folkbokföringslag 1991:481, 18 and 18 a §§; SKV 704, SKV 707).

use chrono::NaiveDate;

/// Which identity number a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum IdentityNumber {
    Personal,
    Coordination,
}

/// Whether a text is ten or twelve digits and nothing else.
pub(crate) fn is_bare_number(text: &str) -> bool {
    matches!(text.len(), 10 | 12) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The number that a word is, and whether it is sure: `811218-9876`, `19811218-9876`, `811218+9876`. Digits alone may be
/// anything by chance.
pub(crate) fn identity_number(word: &str) -> Option<(IdentityNumber, bool)> {
    let bytes = word.as_bytes();
    let sign = bytes.len().checked_sub(5).and_then(|place| bytes.get(place)).copied();
    let is_sure = matches!(sign, Some(b'-' | b'+')) && matches!(bytes.len(), 11 | 13);
    if !is_sure && !is_bare_number(word) {
        return None;
    }
    let digits: Vec<u32> = word.chars().filter_map(|letter| letter.to_digit(10)).collect();
    let short = match digits.len() {
        10 => &digits[..],
        12 => digits.get(2..)?,
        _ => return None,
    };
    if digits.len() + usize::from(is_sure) != bytes.len() || !is_checked(short) {
        return None;
    }
    Some((born_on(&digits)?, is_sure))
}

/// Which kind of number the day of birth makes it, if there is such a day.
fn born_on(digits: &[u32]) -> Option<IdentityNumber> {
    let number = |digits: &[u32]| digits.iter().fold(0, |number, digit| number * 10 + digit);
    let (years, rest) = digits.split_at_checked(digits.len().checked_sub(8)?)?;
    let (month, day) = (number(rest.get(..2)?), number(rest.get(2..4)?));
    let (kind, day) = match day {
        61..=91 => (IdentityNumber::Coordination, day - 60),
        _ => (IdentityNumber::Personal, day),
    };
    // Without a century, one that has the 29th of February.
    let year = number(years);
    let centuries = if years.len() == 4 { [year, year] } else { [1900 + year, 2000 + year] };
    let is_plausible = |year: &u32| (1850..2150).contains(year);
    let mut days = centuries
        .iter()
        .filter(|year| is_plausible(year))
        .filter_map(|year| NaiveDate::from_ymd_opt(i32::try_from(*year).ok()?, month, day));
    days.next().map(|_| kind)
}

/// Luhn: every second digit from the first on is doubled, and the sum of all digits ends in 0.
fn is_checked(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .zip([2, 1].into_iter().cycle())
        .map(|(digit, factor)| digit * factor / 10 + digit * factor % 10)
        .sum();
    sum.is_multiple_of(10)
}
