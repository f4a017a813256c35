//! What stands below a table that is not published as it is.

use super::{count, say};
use crate::disclosure::{Merging, Noisy, Pattern, Rounding};
use crate::project::Language;

/// What was done to a table of counts before it was published, and what a reader has to know of that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableLabel {
    /// Some counts are hidden.
    Hidden {
        /// How many.
        hidden: u64,
        /// Of how many, margins counted.
        cells: u64,
    },
    /// Levels are merged.
    Merged {
        /// How many combinations of levels are no longer told apart.
        lost: u64,
        /// How many counts must be hidden all the same.
        hidden: u64,
    },
    /// Counts are rounded so that they still add up.
    Rounded {
        /// What they are multiples of.
        base: u64,
        /// Whether the sums tell no more than the rounding itself.
        passes: bool,
    },
    /// Counts have noise by cell key.
    Noisy {
        /// Whether the sums of the true counts tell no more than the noise itself.
        passes: bool,
    },
}

impl From<&Pattern> for TableLabel {
    fn from(pattern: &Pattern) -> Self {
        Self::Hidden { hidden: hidden(&pattern.hidden), cells: pattern.hidden.len() as u64 }
    }
}

impl From<&Merging> for TableLabel {
    fn from(merging: &Merging) -> Self {
        let lost = merging.cells_lost as u64;
        Self::Merged { lost, hidden: hidden(&merging.pattern.hidden) }
    }
}

impl From<&Rounding> for TableLabel {
    fn from(rounding: &Rounding) -> Self {
        Self::Rounded { base: rounding.base, passes: rounding.audit.passes() }
    }
}

impl From<&Noisy> for TableLabel {
    fn from(noisy: &Noisy) -> Self {
        Self::Noisy { passes: noisy.audit.passes() }
    }
}

fn hidden(flags: &[bool]) -> u64 {
    flags.iter().filter(|hidden| **hidden).count() as u64
}

/// What stands below a table, so that nobody takes its counts for what they are not.
///
/// ```
/// use utfall::disclosure::{Limits, Table, round};
/// use utfall::project::Language;
/// use utfall::wording::table_label;
///
/// let table = Table::of(&[2, 2], &[31, 4, 17, 7])?;
/// let rounded = round(table.system(), 5, Limits::default())?;
/// assert_eq!(
///     table_label((&rounded).into(), Language::English),
///     "Counts are rounded to multiples of 5 so that they still add up; they are not the true ones."
/// );
/// # Ok::<(), utfall::disclosure::DisclosureError>(())
/// ```
pub fn table_label(label: TableLabel, language: Language) -> String {
    match label {
        TableLabel::Hidden { hidden, cells } => of_hidden(hidden, cells, language),
        TableLabel::Merged { lost, hidden } => of_merged(lost, hidden, language),
        TableLabel::Rounded { base, passes } => of_rounded(base, passes, language),
        TableLabel::Noisy { passes } => of_noisy(passes, language),
    }
}

fn of_hidden(hidden: u64, cells: u64, language: Language) -> String {
    let (is_one, hidden) = (hidden == 1, count(hidden, language));
    let cells = count(cells, language);
    say!(
        language,
        format!(
            "{hidden} av {cells} antal är {}: små antal, och det som de kunde räknas fram ur.",
            if is_one { "dolt" } else { "dolda" }
        ),
        format!(
            "{hidden} of {cells} counts {} hidden: small counts, and what they could be computed from.",
            if is_one { "is" } else { "are" }
        )
    )
}

fn of_merged(lost: u64, hidden: u64, language: Language) -> String {
    let lost = (lost == 1, count(lost, language));
    let merged = say!(
        language,
        format!(
            "Nivåer är hopslagna: {} {} skiljs inte längre åt.",
            lost.1,
            if lost.0 { "kombination" } else { "kombinationer" }
        ),
        format!(
            "Levels are merged: {} {} no longer told apart.",
            lost.1,
            if lost.0 { "combination is" } else { "combinations are" }
        )
    );
    let rest = match hidden {
        0 => say!(language, "Inget antal är dolt.", "No count is hidden.").to_owned(),
        1 => say!(language, "Ett antal är dolt ändå.", "One count is hidden all the same.")
            .to_owned(),
        more => {
            let more = count(more, language);
            say!(
                language,
                format!("{more} antal är dolda ändå."),
                format!("{more} counts are hidden all the same.")
            )
        }
    };
    format!("{merged} {rest}")
}

fn of_rounded(base: u64, passes: bool, language: Language) -> String {
    let base = count(base, language);
    let rounded = say!(
        language,
        format!(
            "Antalen är avrundade till multiplar av {base} så att de fortfarande summerar; de är inte de sanna."
        ),
        format!(
            "Counts are rounded to multiples of {base} so that they still add up; they are not the true ones."
        )
    );
    let told = say!(
        language,
        " Summorna röjer mer än vad avrundningen lämnar öppet.",
        " Their sums tell more than the rounding leaves open."
    );
    rounded + if passes { "" } else { told }
}

fn of_noisy(passes: bool, language: Language) -> String {
    let noisy = say!(
        language,
        "Antalen har fått brus (cellnyckelmetoden); de är inte de sanna, och delar behöver inte summera till sina summor.",
        "Counts have noise (cell key method); they are not the true ones, and parts need not add up to their totals."
    );
    let told = say!(
        language,
        " Att de sanna antalen summerar röjer mer än vad bruset lämnar öppet.",
        " That the true counts add up tells more than the noise leaves open."
    );
    format!("{noisy}{}", if passes { "" } else { told })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_in_both_languages() {
        let labels = [
            TableLabel::Hidden { hidden: 1, cells: 9 },
            TableLabel::Hidden { hidden: 4, cells: 15 },
            TableLabel::Merged { lost: 1, hidden: 0 },
            TableLabel::Merged { lost: 2, hidden: 1 },
            TableLabel::Merged { lost: 2, hidden: 3 },
            TableLabel::Rounded { base: 5, passes: true },
            TableLabel::Rounded { base: 3, passes: false },
            TableLabel::Noisy { passes: true },
            TableLabel::Noisy { passes: false },
        ];
        let said = |language| labels.map(|label| table_label(label, language));
        assert_eq!(
            said(Language::Swedish),
            [
                "1 av 9 antal är dolt: små antal, och det som de kunde räknas fram ur.",
                "4 av 15 antal är dolda: små antal, och det som de kunde räknas fram ur.",
                "Nivåer är hopslagna: 1 kombination skiljs inte längre åt. Inget antal är dolt.",
                "Nivåer är hopslagna: 2 kombinationer skiljs inte längre åt. Ett antal är dolt ändå.",
                "Nivåer är hopslagna: 2 kombinationer skiljs inte längre åt. 3 antal är dolda ändå.",
                "Antalen är avrundade till multiplar av 5 så att de fortfarande summerar; de är inte de sanna.",
                "Antalen är avrundade till multiplar av 3 så att de fortfarande summerar; de är inte de sanna. Summorna röjer mer än vad avrundningen lämnar öppet.",
                "Antalen har fått brus (cellnyckelmetoden); de är inte de sanna, och delar behöver inte summera till sina summor.",
                "Antalen har fått brus (cellnyckelmetoden); de är inte de sanna, och delar behöver inte summera till sina summor. Att de sanna antalen summerar röjer mer än vad bruset lämnar öppet.",
            ]
        );
        assert_eq!(
            said(Language::English),
            [
                "1 of 9 counts is hidden: small counts, and what they could be computed from.",
                "4 of 15 counts are hidden: small counts, and what they could be computed from.",
                "Levels are merged: 1 combination is no longer told apart. No count is hidden.",
                "Levels are merged: 2 combinations are no longer told apart. One count is hidden all the same.",
                "Levels are merged: 2 combinations are no longer told apart. 3 counts are hidden all the same.",
                "Counts are rounded to multiples of 5 so that they still add up; they are not the true ones.",
                "Counts are rounded to multiples of 3 so that they still add up; they are not the true ones. Their sums tell more than the rounding leaves open.",
                "Counts have noise (cell key method); they are not the true ones, and parts need not add up to their totals.",
                "Counts have noise (cell key method); they are not the true ones, and parts need not add up to their totals. That the true counts add up tells more than the noise leaves open.",
            ]
        );
    }
}
