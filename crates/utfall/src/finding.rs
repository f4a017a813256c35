//! Findings: what goes on instead of stopping, told with column, count and row numbers, never with a value.

use std::fmt;

use indexmap::IndexMap;

use crate::project::Language;
use crate::wording;

/// How many row numbers a finding names.
const ROWS_NAMED: usize = 10;

/// What a finding is about; [`FindingCode::word`] is stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FindingCode {
    /// A text of a level or flag column that no level declares; its value is unknown.
    UndeclaredSpelling,
    /// A value outside an ordinal scale, or a number that is not finite; its value is unknown.
    OffScale,
    /// A row without an id in the column that identifies persons; it cannot be told from others.
    MissingId,
    /// A date after `as_of`: it has not happened, and is read as null.
    FutureDate,
    /// A level that does not lie within the row's level of the parent column; its value is unknown.
    ContradictoryParent,
    /// A success that is known before it is due; the unit stays `not_due`.
    KnownBeforeDue,
    /// An enrolment with an exit and no start, where persons are counted; no other of its person begins after it.
    MissingStart,
    /// An enrolment whose exit lies before its start, where persons are counted.
    EndBeforeStart,
    /// Persons were counted in parts that were merged: one who is in several of them is counted once in each.
    PersonsInParts,
}

impl FindingCode {
    /// Every code, in the order of the catalogue.
    pub const ALL: [Self; 9] = [
        Self::UndeclaredSpelling,
        Self::OffScale,
        Self::MissingId,
        Self::FutureDate,
        Self::ContradictoryParent,
        Self::KnownBeforeDue,
        Self::MissingStart,
        Self::EndBeforeStart,
        Self::PersonsInParts,
    ];

    /// The code as tables write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::UndeclaredSpelling => "undeclared_spelling",
            Self::OffScale => "off_scale",
            Self::MissingId => "missing_id",
            Self::FutureDate => "future_date",
            Self::ContradictoryParent => "contradictory_parent",
            Self::KnownBeforeDue => "known_before_due",
            Self::MissingStart => "missing_start",
            Self::EndBeforeStart => "end_before_start",
            Self::PersonsInParts => "persons_in_parts",
        }
    }

    /// How grave it is.
    pub const fn severity(self) -> Severity {
        Severity::Warning
    }
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// Figures stand, but somebody should look.
    Warning,
}

impl Severity {
    /// The word as tables write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Warning => "warning",
        }
    }
}

/// What a finding speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Subject {
    /// The register.
    pub register: String,
    /// The column, by its name in the project; for ids, the header.
    pub column: Option<String>,
    /// The indicator, where the finding concerns one.
    pub indicator: Option<String>,
}

/// Something that was found and did not stop the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub code: FindingCode,
    /// What it speaks of.
    pub subject: Subject,
    /// In how many rows; of [`FindingCode::PersonsInParts`] how many parts.
    pub count: u64,
    /// The first ten of these rows, counted from 1 after the header.
    pub rows: Vec<u64>,
}

impl Finding {
    /// The finding as a sentence.
    pub fn sentence(&self, language: Language) -> String {
        wording::finding(self, language)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.sentence(Language::English))
    }
}

/// Gathers findings over the batches of a register, whatever their number and order of subjects.
#[derive(Debug, Clone, Default)]
pub(crate) struct FindingLog(IndexMap<(FindingCode, Subject), Rows>);

/// Some rows: how many, and the first of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Rows {
    pub(crate) count: u64,
    pub(crate) first: Vec<u64>,
}

impl Rows {
    /// Adds a row, whose number is greater than those before.
    pub(crate) fn add(&mut self, row: u64) {
        self.count += 1;
        if self.first.len() < ROWS_NAMED {
            self.first.push(row);
        }
    }

    /// Adds rows whose numbers are greater than those before.
    pub(crate) fn extend(&mut self, rows: Self) {
        self.count += rows.count;
        let free = ROWS_NAMED - self.first.len().min(ROWS_NAMED);
        self.first.extend(rows.first.into_iter().take(free));
    }

    /// Adds rows wherever they stand among those before; no row stands in both.
    pub(crate) fn merge(&mut self, rows: Self) {
        self.count += rows.count;
        self.first.extend(rows.first);
        self.first.sort_unstable();
        self.first.truncate(ROWS_NAMED);
    }

    /// Whether there are none.
    pub(crate) const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// These rows, or nothing where there are none.
    pub(crate) fn some(self) -> Option<Self> {
        (self.count > 0).then_some(self)
    }
}

impl FindingLog {
    pub(crate) fn note(&mut self, code: FindingCode, subject: Subject, rows: Rows) {
        if rows.count == 0 {
            return;
        }
        self.0.entry((code, subject)).or_default().extend(rows);
    }

    /// Adds the findings of rows that follow.
    pub(crate) fn append(&mut self, other: Self) {
        for ((code, subject), rows) in other.0 {
            self.note(code, subject, rows);
        }
    }

    /// The findings, in the order of the catalogue, then by subject.
    pub(crate) fn into_findings(self) -> Vec<Finding> {
        let mut findings: Vec<Finding> = self
            .0
            .into_iter()
            .map(|((code, subject), rows)| Finding {
                code,
                subject,
                count: rows.count,
                rows: rows.first,
            })
            .collect();
        findings
            .sort_by(|left, right| (left.code, &left.subject).cmp(&(right.code, &right.subject)));
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_ten_rows_and_counts_all() {
        let mut log = FindingLog::default();
        let subject = Subject { register: "r".to_owned(), column: None, indicator: None };
        for batch in 0..3 {
            let mut rows = Rows::default();
            (1..=6).for_each(|row| rows.add(batch * 6 + row));
            log.note(FindingCode::FutureDate, subject.clone(), rows);
        }
        let findings = log.into_findings();
        assert_eq!(findings.len(), 1);
        assert_eq!(
            (findings[0].count, &findings[0].rows[..]),
            (18, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10][..])
        );
    }

    #[test]
    fn the_catalogue_holds_every_code_once() {
        let mut words: Vec<_> = FindingCode::ALL.iter().map(|code| code.word()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), FindingCode::ALL.len());
    }
}
