//! What was detected and assumed of a file, as sentences.

use super::finding::rows;
use super::{count, say};
use crate::finding::{Fact, Finding, FindingCode};
use crate::project::Language;

pub(super) fn sentence(finding: &Finding, language: Language) -> String {
    use FindingCode::{
        DatesFromSerials, DatesRespelled, DecimalComma, FailedFormulas, MixedColumn,
        RepeatedHeaderNumbered, ThousandsDivided, TimesLeftOut, TwoDigitYear, UnnamedColumn,
    };
    match finding.code {
        UnnamedColumn
        | RepeatedHeaderNumbered
        | DecimalComma
        | ThousandsDivided
        | DatesRespelled
        | TwoDigitYear
        | DatesFromSerials
        | TimesLeftOut
        | MixedColumn
        | FailedFormulas => of_column(finding, language),
        _ => of_file(finding, language),
    }
}

/// The words of a fact; nothing where it is absent.
fn fact<'f>(finding: &'f Finding, name: &str) -> &'f str {
    match finding.facts.get(name) {
        Some(Fact::Text(text)) => text,
        _ => "",
    }
}

/// How the file as a whole was read.
fn of_file(finding: &Finding, language: Language) -> String {
    let many = count(finding.count, language);
    match finding.code {
        FindingCode::SeparatorDetected => {
            let sign = separator(fact(finding, "separator"), language);
            say!(
                language,
                format!("Fälten i filen skiljs åt av {sign}."),
                format!("The fields of the file are divided by {sign}.")
            )
        }
        FindingCode::EncodingDetected => {
            let encoding = fact(finding, "encoding");
            say!(
                language,
                format!("Filens teckenkodning är {encoding}."),
                format!("The file is encoded as {encoding}.")
            )
        }
        FindingCode::SheetChosen => {
            let sheet = fact(finding, "sheet");
            say!(
                language,
                format!("Bladet `{sheet}` är läst; arbetsboken har {many} blad."),
                format!("Sheet `{sheet}` was read, of {many} in the workbook.")
            )
        }
        _ => of_layout(finding, language),
    }
}

/// Where the table stands in the file.
fn of_layout(finding: &Finding, language: Language) -> String {
    let (many, rows) = (count(finding.count, language), rows(finding, language));
    match finding.code {
        FindingCode::TitleRowsSkipped => match finding.count {
            1 => say!(
                language,
                "En rad ovanför rubrikraden är inte läst.".to_owned(),
                "One row above the header was not read.".to_owned()
            ),
            _ => say!(
                language,
                format!("{many} rader ovanför rubrikraden är inte lästa."),
                format!("{many} rows above the header were not read.")
            ),
        },
        FindingCode::HeaderRowsJoined => say!(
            language,
            "Rubrikerna står på två rader med sammanslagna celler; de är hopskrivna till en."
                .to_owned(),
            "The headers stand in two rows with merged cells; they were joined to one.".to_owned()
        ),
        FindingCode::EmptyColumnsLeftOut => {
            let noun = match finding.count {
                1 => say!(
                    language,
                    "tom kolumn utan rubrik är utelämnad",
                    "empty column without a header was left out"
                ),
                _ => say!(
                    language,
                    "tomma kolumner utan rubrik är utelämnade",
                    "empty columns without headers were left out"
                ),
            };
            format!("{many} {noun}.")
        }
        FindingCode::EmptyRowsLeftOut => say!(
            language,
            format!("Tomma rader är utelämnade: {rows}."),
            format!("Empty rows were left out: {rows}.")
        ),
        _ => of_foot(finding, language),
    }
}

/// Rows that may be no units.
fn of_foot(finding: &Finding, language: Language) -> String {
    let rows = rows(finding, language);
    match finding.code {
        FindingCode::TotalsRowLeftOut => say!(
            language,
            format!(
                "En summarad längst ned är utelämnad, eftersom den inte är någon enhet: {rows}."
            ),
            format!("A totals row at the foot was left out, since it is no unit: {rows}.")
        ),
        FindingCode::TotalsRowsKept => say!(
            language,
            format!(
                "Rader med en etikett som `Summa` eller `Totalt` står bland de andra och räknas som vanliga rader: {rows}. Ta bort dem om de är summor."
            ),
            format!(
                "Rows with a label such as `Summa` or `Totalt` stand among the others and count as rows: {rows}. Remove them if they are totals."
            )
        ),
        _ => say!(
            language,
            format!("Anmärkningar under tabellen är utelämnade: {rows}."),
            format!("Remarks below the table were left out: {rows}.")
        ),
    }
}

/// How a column was read.
fn of_column(finding: &Finding, language: Language) -> String {
    let column = finding.subject.column.as_deref().unwrap_or_default();
    let rows = rows(finding, language);
    match finding.code {
        FindingCode::UnnamedColumn => say!(
            language,
            format!("En kolumn saknar rubrik och heter här `{column}`."),
            format!("A column has no header and is called `{column}` here.")
        ),
        FindingCode::RepeatedHeaderNumbered => say!(
            language,
            format!("En rubrik står flera gånger; en av kolumnerna heter här `{column}`."),
            format!("A header stands several times; one of the columns is called `{column}` here.")
        ),
        FindingCode::DecimalComma => say!(
            language,
            format!("Kolumnen `{column}` har decimalkomma på {rows}."),
            format!("Column `{column}` has a decimal comma in {rows}.")
        ),
        FindingCode::ThousandsDivided => say!(
            language,
            format!("Kolumnen `{column}` har tal med avskilda tusental på {rows}."),
            format!("Column `{column}` has numbers with their thousands divided in {rows}.")
        ),
        _ => of_dates(finding, language),
    }
}

/// How the cells of a column were read as dates, and which could not be read.
fn of_dates(finding: &Finding, language: Language) -> String {
    let column = finding.subject.column.as_deref().unwrap_or_default();
    let rows = rows(finding, language);
    match finding.code {
        FindingCode::DatesRespelled => say!(
            language,
            format!(
                "Kolumnen `{column}` har datum som är skrivna på annat sätt än 2022-06-30 på {rows}."
            ),
            format!(
                "Column `{column}` has dates that are written otherwise than 2022-06-30 in {rows}."
            )
        ),
        FindingCode::TwoDigitYear => say!(
            language,
            format!(
                "Kolumnen `{column}` har datum utan sekel på {rows}; årtal under 30 läses som 2000-tal, andra som 1900-tal."
            ),
            format!(
                "Column `{column}` has dates without a century in {rows}; years below 30 are read as 2000s, others as 1900s."
            )
        ),
        FindingCode::DatesFromSerials => {
            let system = fact(finding, "system");
            say!(
                language,
                format!(
                    "Kolumnen `{column}` har dagar som tal på {rows}; de läses som datum i Excels datumsystem {system}."
                ),
                format!(
                    "Column `{column}` has days as numbers in {rows}; they are read as dates of Excel's {system} date system."
                )
            )
        }
        FindingCode::TimesLeftOut => say!(
            language,
            format!("Kolumnen `{column}` har klockslag på {rows}; bara dagen är läst."),
            format!("Column `{column}` has times of day in {rows}; only the day was read.")
        ),
        FindingCode::MixedColumn => say!(
            language,
            format!(
                "Kolumnen `{column}` har mest tal eller datum, men text på {rows}; den läses som text. Rätta källan om kolumnen är tal eller datum."
            ),
            format!(
                "Column `{column}` has numbers or dates for the most part, and texts in {rows}; it is read as text. Correct the source if it is a column of numbers or dates."
            )
        ),
        _ => say!(
            language,
            format!(
                "Kolumnen `{column}` har ett formelfel på {rows}; det läses som tomt. Rätta formeln."
            ),
            format!(
                "Column `{column}` has the error of a formula in {rows}; it is read as null. Correct the formula."
            )
        ),
    }
}

/// A separator by its name.
fn separator(sign: &str, language: Language) -> String {
    match sign {
        ";" => say!(language, "semikolon", "semicolons").to_owned(),
        "," => say!(language, "kommatecken", "commas").to_owned(),
        "\t" => say!(language, "tabbar", "tabs").to_owned(),
        other => format!("`{other}`"),
    }
}

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
