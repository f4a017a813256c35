//! Words, numbers and sentences of charts and displays.

use std::collections::BTreeMap;

use pyo3::prelude::*;
use utfall::Tally;
use utfall::project::Language;
use utfall::wording::{self, ChartWord, ReceiptPart, ReceiptState, TableLabel, Unit};

/// The language of a word that the Python side has checked.
fn language(word: &str) -> Language {
    Language::of_word(word).unwrap_or(Language::Swedish)
}

/// Every word of charts and displays, by its code.
#[pyfunction]
#[pyo3(name = "chart_words")]
pub(crate) fn chart_words(language: &str) -> BTreeMap<&'static str, &'static str> {
    let language = self::language(language);
    ChartWord::ALL.iter().map(|word| (word.code(), word.text(language))).collect()
}

/// A number of units with a word; the bare number where there is no such word.
#[pyfunction]
pub(crate) fn counted(units: u64, word: &str, language: &str) -> String {
    let language = self::language(language);
    ChartWord::of_code(word).map_or_else(
        || wording::count(units, language),
        |word| wording::counted(units, word, language),
    )
}

/// A number: a `share`, a difference in `points`, or else a quantity.
#[pyfunction]
pub(crate) fn number_text(number: f64, unit: &str, language: &str) -> String {
    let unit = Unit::of_word(unit).unwrap_or(Unit::Quantity);
    wording::number(number, unit, self::language(language))
}

/// An interval.
#[pyfunction]
pub(crate) fn interval_text(low: f64, high: f64, unit: &str, language: &str) -> String {
    let unit = Unit::of_word(unit).unwrap_or(Unit::Quantity);
    wording::interval(low, high, unit, self::language(language))
}

/// So many of so many.
#[pyfunction]
pub(crate) fn out_of(part: u64, whole: u64, share: f64, language: &str) -> String {
    wording::out_of(part, whole, share, self::language(language))
}

/// Why there is no value.
#[pyfunction]
#[pyo3(signature = (state, reason, language))]
pub(crate) fn state_text(
    state: &str,
    reason: Option<&str>,
    language: &str,
) -> Option<&'static str> {
    wording::state_text(state, reason, self::language(language))
}

/// A verdict.
#[pyfunction]
pub(crate) fn verdict_text(verdict: &str, language: &str) -> Option<&'static str> {
    wording::verdict_text(verdict, self::language(language))
}

/// What a chart says to whoever cannot see it.
#[pyfunction]
pub(crate) fn description(
    title: &str,
    marks: Vec<(String, String)>,
    most: usize,
    language: &str,
) -> String {
    wording::description(title, &marks, most, self::language(language))
}

/// A line on a part of a receipt, by the words of part and state.
#[pyfunction]
pub(crate) fn receipt_line(part: &str, name: &str, state: &str, language: &str) -> Option<String> {
    let part = ReceiptPart::of_word(part, name)?;
    Some(wording::receipt_line(part, ReceiptState::of_word(state)?, self::language(language)))
}

/// One sentence on a whole receipt.
#[pyfunction]
pub(crate) fn receipt_sentence(agree: u64, differ: u64, open: u64, language: &str) -> String {
    wording::receipt_sentence(agree, differ, open, self::language(language))
}

/// The words that a receipt is laid out with.
#[pyfunction]
pub(crate) fn receipt_words(language: &str) -> [&'static str; 9] {
    wording::receipt_words(self::language(language))
}

/// The version of the form of canonical bytes.
#[pyfunction]
pub(crate) const fn tally_form() -> u8 {
    Tally::FORM
}

/// The headings of an explanation.
#[pyfunction]
pub(crate) fn explanation_headings(language: &str) -> [&'static str; 5] {
    wording::explanation_headings(self::language(language))
}

/// What stands below a table: `hidden` so many of so many, `merged` so many and so many hidden, `rounded` to a base; whether
/// its audit passes.
#[pyfunction]
pub(crate) fn table_label(kind: &str, numbers: (u64, u64), passes: bool, language: &str) -> String {
    let (one, other) = numbers;
    let label = match kind {
        "hidden" => TableLabel::Hidden { hidden: one, cells: other },
        "merged" => TableLabel::Merged { lost: one, hidden: other },
        "rounded" => TableLabel::Rounded { base: one, passes },
        _ => TableLabel::Noisy { passes },
    };
    wording::table_label(label, self::language(language))
}
