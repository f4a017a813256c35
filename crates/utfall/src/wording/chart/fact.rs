//! Facts of a chart as text: beside a mark, and in the alternative text, the same.

use super::ChartWord;
use crate::assess::{Judgement, Reason};
use crate::project::Language;
use crate::wording::number::decimal;
use crate::wording::{
    count, judgement, p_value, percent, percentage_points, quantity, reason, say,
};

/// What a number of a chart is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A share from 0 to 1, written as a percentage.
    Share,
    /// A difference of shares, written in percentage points.
    Points,
    /// A sum, mean, ratio or count.
    Quantity,
    /// A p value.
    PValue,
}

impl Unit {
    /// The unit of a word: `share`, `points`, `quantity`, `p_value`.
    pub fn of_word(word: &str) -> Option<Self> {
        match word {
            "share" => Some(Self::Share),
            "points" => Some(Self::Points),
            "quantity" => Some(Self::Quantity),
            "p_value" => Some(Self::PValue),
            _ => None,
        }
    }
}

/// A number with its unit.
///
/// ```
/// use utfall::project::Language;
/// use utfall::wording::{Unit, number};
///
/// assert_eq!(number(0.429, Unit::Share, Language::Swedish), "42,9\u{a0}%");
/// assert_eq!(number(0.05, Unit::Points, Language::English), "5.0 percentage points");
/// ```
pub fn number(number: f64, unit: Unit, language: Language) -> String {
    match unit {
        Unit::Share => percent(number, language),
        Unit::Points => percentage_points(number, language),
        Unit::Quantity => quantity(number, language),
        Unit::PValue => p_value(number, language),
    }
}

/// An interval; the unit stands once, `58,2–76,4 %`, and that of a difference beside the difference only.
///
/// ```
/// use utfall::project::Language;
/// use utfall::wording::{Unit, interval};
///
/// assert_eq!(interval(0.582, 0.764, Unit::Share, Language::Swedish), "58,2–76,4\u{a0}%");
/// assert_eq!(interval(-0.05, 0.1, Unit::Points, Language::English), "from −5.0 to 10.0");
/// ```
pub fn interval(low: f64, high: f64, unit: Unit, language: Language) -> String {
    let end = number(high, unit, language);
    match unit {
        Unit::Share => format!("{}–{end}", decimal(low * 100.0, 1, language)),
        Unit::Quantity | Unit::PValue => format!("{}–{end}", number(low, unit, language)),
        // A dash would be read as a minus.
        Unit::Points => {
            let [low, high] = [low, high].map(|end| decimal(end * 100.0, 1, language));
            say!(language, format!("från {low} till {high}"), format!("from {low} to {high}"))
        }
    }
}

/// So many of so many: `66 av 97 = 68,0 %`.
///
/// ```
/// use utfall::project::Language;
///
/// assert_eq!(utfall::wording::out_of(66, 97, 66.0 / 97.0, Language::English), "66 of 97 = 68.0%");
/// ```
pub fn out_of(part: u64, whole: u64, share: f64, language: Language) -> String {
    let (part, whole) = (count(part, language), count(whole, language));
    let (of, share) = (say!(language, "av", "of"), percent(share, language));
    format!("{part} {of} {whole} = {share}")
}

/// A number of units with a word: `9 saknas`.
///
/// ```
/// use utfall::project::Language;
/// use utfall::wording::{ChartWord, counted};
///
/// assert_eq!(counted(9, ChartWord::Missing, Language::Swedish), "9 saknas");
/// assert_eq!(counted(1, ChartWord::Observed, Language::Swedish), "1 observerad");
/// ```
pub fn counted(units: u64, word: ChartWord, language: Language) -> String {
    let noun = match (word, language, units) {
        (ChartWord::Observed, Language::Swedish, 1) => "observerad",
        (ChartWord::Months, Language::Swedish, 1) => "månad",
        (ChartWord::Months, Language::English, 1) => "month",
        (ChartWord::Days, Language::Swedish, 1) => "dag",
        (ChartWord::Days, Language::English, 1) => "day",
        (ChartWord::Covered, Language::Swedish, 0 | 2..) => "täckta",
        (ChartWord::NotCovered, Language::Swedish, 0 | 2..) => "inte täckta",
        (ChartWord::Unknown, Language::Swedish, 1) => "okänd",
        (ChartWord::Unknown, Language::Swedish, _) => "okända",
        (ChartWord::Up, Language::Swedish, _) => "har gått framåt",
        (ChartWord::Up, Language::English, _) => "moved forward",
        (ChartWord::Same, Language::Swedish, _) => "är kvar",
        (ChartWord::Same, Language::English, _) => "stayed",
        (ChartWord::Down, Language::Swedish, _) => "har gått bakåt",
        (ChartWord::Down, Language::English, _) => "moved back",
        _ => word.text(language),
    };
    format!("{} {noun}", count(units, language))
}

/// Why there is no value, by the words of the table of figures; `None` where there is one.
///
/// ```
/// use utfall::project::Language;
/// use utfall::wording::state_text;
///
/// assert_eq!(state_text("suppressed", None, Language::Swedish), Some("skyddat"));
/// assert_eq!(state_text("value", None, Language::Swedish), None);
/// ```
pub fn state_text(state: &str, why: Option<&str>, language: Language) -> Option<&'static str> {
    match state {
        "value" => None,
        "not_due" => Some(ChartWord::NotDue.text(language)),
        "suppressed" => Some(ChartWord::Protected.text(language)),
        _ => {
            let found = Reason::ALL.iter().find(|reason| Some(reason.word()) == why);
            Some(found.map_or("–", |found| reason(*found, language)))
        }
    }
}

/// A verdict by the word of the table of verdicts.
///
/// ```
/// use utfall::project::Language;
///
/// assert_eq!(utfall::wording::verdict_text("not_met", Language::English), Some("not met"));
/// ```
pub fn verdict_text(word: &str, language: Language) -> Option<&'static str> {
    let found = Judgement::ALL.iter().find(|found| found.word() == word)?;
    Some(judgement(*found, language))
}

/// What a chart says to whoever cannot see it: the title, then each mark with what stands beside it, at most `most` of
/// them and how many more there are.
///
/// ```
/// use utfall::project::Language;
///
/// let marks = [("Kvinnor".to_owned(), "3 av 4 = 75,0 %".to_owned()), ("Män".to_owned(), "skyddat".to_owned())];
/// let text = utfall::wording::description("Andel i arbete", &marks, 1, Language::Swedish);
/// assert_eq!(text, "Andel i arbete. Kvinnor: 3 av 4 = 75,0 %; och 1 till.");
/// ```
pub fn description(
    title: &str,
    marks: &[(String, String)],
    most: usize,
    language: Language,
) -> String {
    let title = title.trim_end_matches('.');
    if marks.is_empty() {
        return format!("{title}. {}.", ChartWord::Nothing.text(language));
    }
    let shown = marks.iter().take(most).map(|(name, text)| match (name.as_str(), text.as_str()) {
        ("", text) => text.to_owned(),
        (name, "") => name.to_owned(),
        (name, text) => format!("{name}: {text}"),
    });
    let mut clauses: Vec<String> = shown.collect();
    let more = marks.len().saturating_sub(most);
    if more > 0 {
        clauses.push(say!(language, format!("och {more} till"), format!("and {more} more")));
    }
    format!("{title}. {}.", clauses.join("; "))
}
