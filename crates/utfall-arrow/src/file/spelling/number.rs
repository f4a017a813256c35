//! Numbers by their signs: which sign is the decimal one is decided by all cells of a column together.

use super::super::options::Decimal;

/// A number as it is written, before it is known which sign is the decimal one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Number {
    negative: bool,
    whole: String,
    fraction: String,
    form: Form,
}

/// What the signs of one number say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Digits alone.
    Whole,
    /// Digits in groups of three, divided by spaces.
    Spaced,
    /// Decimals behind this sign, beyond doubt.
    Decimals(Decimal),
    /// As above, with thousands that are divided as well.
    GroupedDecimals(Decimal),
    /// Several groups of three behind this sign: it divides thousands.
    Grouped(Decimal),
    /// One group of three behind this sign, as `1,234`: decimals or thousands.
    Unclear(Decimal),
}

/// What the numbers of a column say of their decimal sign.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in super::super) struct Evidence {
    comma: bool,
    point: bool,
    unclear_comma: bool,
}

/// Which sign is the decimal one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Decision {
    /// This one.
    Sign(Decimal),
    /// Some numbers say comma, others point.
    Mixed,
    /// `1,234` alone, which may be either.
    Unclear,
}

/// Spaces that divide thousands: plain, no-break, narrow no-break, thin.
const SPACES: [char; 4] = [' ', '\u{a0}', '\u{202f}', '\u{2009}'];

impl Number {
    /// Reads a trimmed text; `None` where it is no number. Leading zeros are allowed.
    pub(in super::super) fn read(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix(['-', '\u{2212}']);
        let (negative, body) = (unsigned.is_some(), unsigned.unwrap_or(text));
        if !body.contains(|sign: char| sign.is_ascii_digit()) {
            return None;
        }
        let (whole, fraction, form) =
            if body.contains(SPACES) { spaced(body) } else { unspaced(body) }?;
        Some(Self { negative, whole, fraction, form })
    }

    /// The number as a text with a decimal point; `None` where its signs contradict the decimal sign.
    pub(in super::super) fn text(&self, decimal: Decimal) -> Option<String> {
        let sign = if self.negative { "-" } else { "" };
        let (whole, fraction) = (&self.whole, &self.fraction);
        match self.form {
            Form::Whole | Form::Spaced => Some(format!("{sign}{whole}")),
            Form::Decimals(own) | Form::GroupedDecimals(own) => {
                (own == decimal).then(|| format!("{sign}{whole}.{fraction}"))
            }
            Form::Grouped(own) => (own != decimal).then(|| format!("{sign}{whole}")),
            Form::Unclear(own) if own == decimal => Some(format!("{sign}{whole}.{fraction}")),
            Form::Unclear(_) => Some(format!("{sign}{whole}{fraction}")),
        }
    }

    /// Whether it is a whole number that a spreadsheet would not write: `007`.
    pub(in super::super) fn has_leading_zero(&self) -> bool {
        self.whole.len() > 1 && self.whole.starts_with('0')
    }

    /// How many digits stand before the decimal sign.
    pub(in super::super) fn digits(&self) -> usize {
        self.whole.len()
    }

    /// Whether it has decimals under this sign.
    pub(in super::super) fn has_decimals(&self, decimal: Decimal) -> bool {
        match self.form {
            Form::Decimals(_) | Form::GroupedDecimals(_) => true,
            Form::Unclear(own) => own == decimal,
            Form::Whole | Form::Spaced | Form::Grouped(_) => false,
        }
    }

    /// Whether its decimals stand behind a comma, once it is known that commas are decimal.
    pub(in super::super) fn has_decimal_comma(&self) -> bool {
        use Decimal::Comma;
        matches!(
            self.form,
            Form::Decimals(Comma) | Form::GroupedDecimals(Comma) | Form::Unclear(Comma)
        )
    }

    /// Whether its thousands are divided under this decimal sign.
    pub(in super::super) fn has_thousands(&self, decimal: Decimal) -> bool {
        match self.form {
            Form::Spaced | Form::Grouped(_) | Form::GroupedDecimals(_) => true,
            Form::Unclear(own) => own != decimal,
            Form::Whole | Form::Decimals(_) => false,
        }
    }
}

/// Digits before and behind the decimal sign, and what the signs say.
type Parts = (String, String, Form);

fn spaced(body: &str) -> Option<Parts> {
    let sign = body.find([',', '.']);
    let (whole, rest) = body.split_at(sign.unwrap_or(body.len()));
    let space = whole.chars().find(|sign| SPACES.contains(sign))?;
    let whole = grouped(whole, space)?;
    let Some(sign) = rest.chars().next() else {
        return Some((whole, String::new(), Form::Spaced));
    };
    let fraction = digits(rest.get(1..)?).filter(|fraction| !fraction.is_empty())?;
    let decimal = if sign == ',' { Decimal::Comma } else { Decimal::Point };
    Some((whole, fraction.to_owned(), Form::GroupedDecimals(decimal)))
}

fn unspaced(body: &str) -> Option<Parts> {
    let Some(last) = body.rfind([',', '.']) else {
        return Some((digits(body)?.to_owned(), String::new(), Form::Whole));
    };
    let (before, rest) = body.split_at(last);
    let own = if rest.starts_with(',') { Decimal::Comma } else { Decimal::Point };
    let (sign, other) = if own == Decimal::Comma { (',', '.') } else { ('.', ',') };
    let fraction = digits(rest.get(1..)?)?;
    if before.contains(sign) {
        // The same sign twice divides thousands, and nothing else may stand there.
        return Some((grouped(body, sign)?, String::new(), Form::Grouped(own)));
    }
    if before.contains(other) {
        let whole = grouped(before, other)?;
        let is_number = !fraction.is_empty();
        return is_number.then(|| (whole, fraction.to_owned(), Form::GroupedDecimals(own)));
    }
    let whole = digits(before)?;
    let is_unclear =
        fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    // `5.` is a number to most programs, `5,` is none to anybody.
    let is_number = !fraction.is_empty() || own == Decimal::Point;
    let form = if is_unclear { Form::Unclear(own) } else { Form::Decimals(own) };
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = if fraction.is_empty() { "0" } else { fraction };
    is_number.then(|| (whole.to_owned(), fraction.to_owned(), form))
}

fn digits(text: &str) -> Option<&str> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then_some(text)
}

/// The digits of groups: up to three, then three each.
fn grouped(text: &str, sign: char) -> Option<String> {
    let mut groups = text.split(sign);
    let first = digits(groups.next()?)?;
    if !(1..=3).contains(&first.len()) || first.starts_with('0') {
        return None;
    }
    let mut whole = first.to_owned();
    for group in groups {
        whole.push_str(digits(group).filter(|group| group.len() == 3)?);
    }
    Some(whole)
}

impl Evidence {
    /// Takes a number in.
    pub(in super::super) fn add(&mut self, number: &Number) {
        match number.form {
            Form::Whole | Form::Spaced | Form::Unclear(Decimal::Point) => {}
            Form::Decimals(Decimal::Comma)
            | Form::GroupedDecimals(Decimal::Comma)
            | Form::Grouped(Decimal::Point) => self.comma = true,
            Form::Decimals(Decimal::Point)
            | Form::GroupedDecimals(Decimal::Point)
            | Form::Grouped(Decimal::Comma) => self.point = true,
            Form::Unclear(Decimal::Comma) => self.unclear_comma = true,
        }
    }

    /// Whether a number has a decimal point beyond doubt.
    pub(in super::super) const fn has_point(self) -> bool {
        self.point
    }

    /// Whether no number had a comma.
    pub(in super::super) const fn is_plain(self) -> bool {
        !self.comma && !self.unclear_comma
    }

    /// Takes in what other numbers of the column say.
    pub(in super::super) fn merge(&mut self, other: Self) {
        self.comma |= other.comma;
        self.point |= other.point;
        self.unclear_comma |= other.unclear_comma;
    }

    /// Which sign is the decimal one. A lone `1.234` has decimals: that is how programs write numbers; a lone `1,234`
    /// may be either.
    pub(in super::super) const fn decide(self, declared: Option<Decimal>) -> Decision {
        match (declared, self.comma, self.point) {
            (Some(declared), ..) => Decision::Sign(declared),
            (None, true, true) => Decision::Mixed,
            (None, true, false) => Decision::Sign(Decimal::Comma),
            (None, false, false) if self.unclear_comma => Decision::Unclear,
            (None, false, _) => Decision::Sign(Decimal::Point),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(number: &str, decimal: Decimal) -> Option<String> {
        Number::read(number)?.text(decimal)
    }

    fn decided(numbers: &[&str]) -> Decision {
        let mut evidence = Evidence::default();
        numbers.iter().for_each(|number| evidence.add(&Number::read(number).unwrap()));
        evidence.decide(None)
    }

    #[test]
    fn reads_swedish_numbers() {
        for (number, expected) in [
            ("12,5", "12.5"),
            ("-12,5", "-12.5"),
            ("\u{2212}0,25", "-0.25"),
            ("1 234,5", "1234.5"),
            ("1\u{a0}234\u{a0}567", "1234567"),
            ("1\u{202f}234,50", "1234.50"),
            ("1.234,5", "1234.5"),
            ("1.234.567", "1234567"),
            ("1,234", "1.234"),
            ("1.234", "1234"),
            (",5", "0.5"),
            ("17", "17"),
        ] {
            assert_eq!(text(number, Decimal::Comma).as_deref(), Some(expected), "{number}");
        }
    }

    #[test]
    fn reads_english_numbers() {
        for (number, expected) in [
            ("12.5", "12.5"),
            ("1,234.5", "1234.5"),
            ("1,234,567", "1234567"),
            ("1,234", "1234"),
            ("1.234", "1.234"),
            ("5.", "5.0"),
        ] {
            assert_eq!(text(number, Decimal::Point).as_deref(), Some(expected), "{number}");
        }
        assert_eq!(text("12,5", Decimal::Point), None);
        assert_eq!(text("1,234.5", Decimal::Comma), None);
    }

    #[test]
    fn what_is_no_number_is_none() {
        for number in [
            "",
            "-",
            "x",
            "1 23",
            "12 34 567",
            "1,2,3",
            "1.2.3",
            "1 234.567.8",
            "5,",
            "12a",
            "070-123",
            "0 123",
            "1\u{a0}234 567",
            "1,,2",
            "3 maj",
            "--1",
            "1-2",
            ".",
            ",",
            "٣",
        ] {
            assert_eq!(Number::read(number), None, "{number}");
        }
    }

    #[test]
    fn the_whole_column_tells_the_decimal_sign() {
        assert_eq!(decided(&["1,234", "2,5"]), Decision::Sign(Decimal::Comma));
        assert_eq!(decided(&["1,234", "1,234,567"]), Decision::Sign(Decimal::Point));
        assert_eq!(decided(&["1.234", "2,5"]), Decision::Sign(Decimal::Comma));
        assert_eq!(decided(&["1,234", "17"]), Decision::Unclear);
        assert_eq!(decided(&["1,234", "1.234"]), Decision::Unclear);
        assert_eq!(decided(&["1.234", "17"]), Decision::Sign(Decimal::Point));
        assert_eq!(decided(&["0,125"]), Decision::Sign(Decimal::Comma));
        assert_eq!(decided(&["1234,567"]), Decision::Sign(Decimal::Comma));
        assert_eq!(decided(&["1,5", "1.5"]), Decision::Mixed);
    }
}
