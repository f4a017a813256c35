//! What was detected and assumed of a file, as sentences.

use super::template::{self, Sentence};
use crate::finding::{Finding, FindingCode};
use crate::project::Language;

pub(super) fn sentence(finding: &Finding, language: Language) -> String {
    let is_of_one = |(code, ..): &Sentence| *code == finding.code && finding.count == 1;
    let sentences = if OF_ONE.iter().any(is_of_one) { OF_ONE } else { SENTENCES };
    template::sentence(sentences, finding, language)
}

/// Sentences that are others of one than of many.
const OF_ONE: &[Sentence] = &[
    (
        FindingCode::TitleRowsSkipped,
        "En rad ovanför rubrikraden är inte läst.",
        "One row above the header was not read.",
    ),
    (
        FindingCode::EmptyColumnsLeftOut,
        "{count} tom kolumn utan rubrik är utelämnad.",
        "{count} empty column without a header was left out.",
    ),
];

const SENTENCES: &[Sentence] = &[
    (
        FindingCode::SeparatorDetected,
        "Fälten i filen skiljs åt av {separator}.",
        "The fields of the file are divided by {separator}.",
    ),
    (
        FindingCode::EncodingDetected,
        "Filens teckenkodning är {encoding}.",
        "The file is encoded as {encoding}.",
    ),
    (
        FindingCode::SheetChosen,
        "Bladet `{sheet}` är läst; arbetsboken har {count} blad.",
        "Sheet `{sheet}` was read, of {count} in the workbook.",
    ),
    (
        FindingCode::TitleRowsSkipped,
        "{count} rader ovanför rubrikraden är inte lästa.",
        "{count} rows above the header were not read.",
    ),
    (
        FindingCode::HeaderRowsJoined,
        "Rubrikerna står på två rader med sammanslagna celler; de är hopskrivna till en.",
        "The headers stand in two rows with merged cells; they were joined to one.",
    ),
    (
        FindingCode::UnnamedColumn,
        "En kolumn saknar rubrik och heter här `{column}`.",
        "A column has no header and is called `{column}` here.",
    ),
    (
        FindingCode::RepeatedHeaderNumbered,
        "En rubrik står flera gånger; en av kolumnerna heter här `{column}`.",
        "A header stands several times; one of the columns is called `{column}` here.",
    ),
    (
        FindingCode::EmptyColumnsLeftOut,
        "{count} tomma kolumner utan rubrik är utelämnade.",
        "{count} empty columns without headers were left out.",
    ),
    (
        FindingCode::EmptyRowsLeftOut,
        "Tomma rader är utelämnade: {rows}.",
        "Empty rows were left out: {rows}.",
    ),
    (
        FindingCode::TotalsRowLeftOut,
        "En summarad längst ned är utelämnad, eftersom den inte är någon enhet: {rows}.",
        "A totals row at the foot was left out, since it is no unit: {rows}.",
    ),
    (
        FindingCode::TotalsRowsKept,
        "Rader med en etikett som `Summa` eller `Totalt` står bland de andra och räknas som vanliga rader: {rows}. Ta bort dem om de är summor.",
        "Rows with a label such as `Summa` or `Totalt` stand among the others and count as rows: {rows}. Remove them if they are totals.",
    ),
    (
        FindingCode::RemarksLeftOut,
        "Anmärkningar under tabellen är utelämnade: {rows}.",
        "Remarks below the table were left out: {rows}.",
    ),
    (
        FindingCode::DecimalComma,
        "Kolumnen `{column}` har decimalkomma på {rows}.",
        "Column `{column}` has a decimal comma in {rows}.",
    ),
    (
        FindingCode::ThousandsDivided,
        "Kolumnen `{column}` har tal med avskilda tusental på {rows}.",
        "Column `{column}` has numbers with their thousands divided in {rows}.",
    ),
    (
        FindingCode::DatesRespelled,
        "Kolumnen `{column}` har datum som är skrivna på annat sätt än 2022-06-30 på {rows}.",
        "Column `{column}` has dates that are written otherwise than 2022-06-30 in {rows}.",
    ),
    (
        FindingCode::TwoDigitYear,
        "Kolumnen `{column}` har datum utan sekel på {rows}; årtal under 30 läses som 2000-tal, andra som 1900-tal.",
        "Column `{column}` has dates without a century in {rows}; years below 30 are read as 2000s, others as 1900s.",
    ),
    (
        FindingCode::DatesFromSerials,
        "Kolumnen `{column}` har dagar som tal på {rows}; de läses som datum i Excels datumsystem {system}.",
        "Column `{column}` has days as numbers in {rows}; they are read as dates of Excel's {system} date system.",
    ),
    (
        FindingCode::TimesLeftOut,
        "Kolumnen `{column}` har klockslag på {rows}; bara dagen är läst.",
        "Column `{column}` has times of day in {rows}; only the day was read.",
    ),
    (
        FindingCode::MixedColumn,
        "Kolumnen `{column}` har mest tal eller datum, men text på {rows}; den läses som text. Rätta källan om kolumnen är tal eller datum.",
        "Column `{column}` has numbers or dates for the most part, and texts in {rows}; it is read as text. Correct the source if it is a column of numbers or dates.",
    ),
    (
        FindingCode::FailedFormulas,
        "Kolumnen `{column}` har ett formelfel på {rows}; det läses som tomt. Rätta formeln.",
        "Column `{column}` has the error of a formula in {rows}; it is read as null. Correct the formula.",
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::finding::{Facts, Subject};

    /// Also those of other families: a code without a sentence would say that of another.
    #[test]
    fn every_code_has_a_sentence_of_its_own_in_both_languages() {
        let mut said = BTreeSet::new();
        for code in FindingCode::ALL {
            let subject = Subject::register("staff").with_column("Start").with_indicator("work");
            let finding = Finding { count: 2, ..Finding::new(*code, subject, Facts::NONE) };
            for language in [Language::Swedish, Language::English] {
                let sentence = finding.sentence(language);
                assert!(sentence.ends_with('.') && sentence.len() > 20, "{sentence}");
                said.insert(sentence);
            }
        }
        assert_eq!(said.len(), 2 * FindingCode::ALL.len());
    }
}
