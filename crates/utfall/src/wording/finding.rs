//! Findings as sentences: column, rows and counts, never a value.

use super::template::{self, Sentence};
use super::{count, reading, reconcile, review, say, soundness};
use crate::finding::{Family, Finding, FindingCode};
use crate::project::Language;

pub(crate) fn finding(finding: &Finding, language: Language) -> String {
    match finding.code.family() {
        Family::Register => template::sentence(OF_REGISTERS, finding, language),
        Family::Reading => reading::sentence(finding, language),
        Family::Review => review::sentence(finding, language),
        Family::Check => soundness::sentence(finding, language),
        Family::Reconcile => reconcile::sentence(finding, language),
    }
}

/// What a register holds that could not be counted as it stands.
const OF_REGISTERS: &[Sentence] = &[
    (
        FindingCode::UndeclaredSpelling,
        "Kolumnen `{column}` har en text som inte är deklarerad på {rows}; värdet läses som okänt. Lägg till stavningen under rätt nivå eller rätta källan.",
        "Column `{column}` has a text that is not declared in {rows}; the value is read as unknown. Add the spelling to its level or correct the source.",
    ),
    (
        FindingCode::OffScale,
        "Kolumnen `{column}` har ett värde utanför sin skala på {rows}; det läses som okänt. Rätta källan eller skalan.",
        "Column `{column}` has a value off its scale in {rows}; it is read as unknown. Correct the source or the scale.",
    ),
    (
        FindingCode::FutureDate,
        "Kolumnen `{column}` har ett datum efter uppföljningsdagen på {rows}; det har inte hänt och läses som tomt.",
        "Column `{column}` has a date after the day of the evaluation in {rows}; it has not happened and is read as null.",
    ),
    (
        FindingCode::ContradictoryParent,
        "Kolumnen `{column}` har en nivå som inte ligger inom radens överordnade nivå på {rows}; den läses som okänd. Rätta en av de två.",
        "Column `{column}` has a level that does not lie within the row's parent level in {rows}; it is read as unknown. Correct one of the two.",
    ),
    (
        FindingCode::KnownBeforeDue,
        "Indikatorn `{indicator}` har ett känt utfall innan uppföljningen är aktuell på {rows}; de räknas som inte aktuella än.",
        "Indicator `{indicator}` has a known success before its follow-up is due in {rows}; they stay not due.",
    ),
    (
        FindingCode::MissingId,
        "Kolumnen `{column}` saknar id på {rows}; dessa rader kan inte skiljas från andra personer. Fyll i id.",
        "Column `{column}` has no id in {rows}; these rows cannot be told from other persons. Fill the ids in.",
    ),
    (
        FindingCode::MissingStart,
        "Kolumnen `{column}` är tom på {rows} som har ett avslut; en sådan inskrivning räknas inte som personens första om det finns en annan. Fyll i startdatum.",
        "Column `{column}` is empty in {rows} with an exit; such an enrolment is not the person's first where there is another. Fill the start in.",
    ),
    (
        FindingCode::EndBeforeStart,
        "Kolumnen `{column}` har ett avslut före starten på {rows}; det används som det står. Rätta en av de två.",
        "Column `{column}` has an exit before the start in {rows}; it is used as it stands. Correct one of the two.",
    ),
    (
        FindingCode::PersonsInParts,
        "Registret `{register}` är räknat i {count} delar; en person som finns i flera av dem är räknad en gång i varje. Räkna alla rader på en gång.",
        "Register `{register}` was counted in {count} parts; a person who is in several of them is counted once in each. Count all rows at once.",
    ),
];

/// `rad 3`, `3 rader (3, 17, 20)`, `203 rader (3, 17, 20 …)`.
pub(super) fn rows(finding: &Finding, language: Language) -> String {
    let named: Vec<String> = finding.rows.iter().map(u64::to_string).collect();
    if let ([row], 1) = (&named[..], finding.count) {
        return say!(language, format!("rad {row}"), format!("row {row}"));
    }
    let noun = match finding.count {
        1 => say!(language, "rad", "row"),
        _ => say!(language, "rader", "rows"),
    };
    if named.is_empty() {
        // A tally knows how many rows, and no row.
        return format!("{} {noun}", count(finding.count, language));
    }
    let more = if finding.count > named.len() as u64 { " …" } else { "" };
    format!("{} {noun} ({}{more})", count(finding.count, language), named.join(", "))
}
