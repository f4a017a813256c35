//! What was detected and assumed of a file, as findings of the family `reading`.

use utfall::{Fact, Facts, Finding, FindingCode, Subject};

/// How many row numbers a finding names.
const ROWS_NAMED: usize = 10;

/// Findings of one file as they come.
#[derive(Debug, Default)]
pub(super) struct Notes(Vec<Finding>);

/// Some rows: how many, and the first of them.
#[derive(Debug, Clone, Default)]
pub(super) struct RowList {
    pub(super) count: u64,
    pub(super) first: Vec<u64>,
}

impl RowList {
    /// One row.
    pub(super) fn of(row: u64) -> Self {
        Self { count: 1, first: vec![row] }
    }

    pub(super) fn add(&mut self, row: u64) {
        self.count += 1;
        if self.first.len() < ROWS_NAMED {
            self.first.push(row);
        }
    }

    /// `row 3`, `rows 3, 17, 20 and 2 more`.
    pub(super) fn words(&self) -> String {
        utfall::RowNumbers { count: self.count, first: self.first.clone() }.to_string()
    }
}

impl Notes {
    /// Something about the file as a whole.
    pub(super) fn file(&mut self, code: FindingCode, facts: impl Into<Facts>) {
        self.0.push(Finding::new(code, Subject::default(), facts));
    }

    /// As many of something.
    pub(super) fn count(&mut self, code: FindingCode, count: u64, facts: impl Into<Facts>) {
        if count > 0 {
            self.0.push(Finding { count, ..Finding::new(code, Subject::default(), facts) });
        }
    }

    /// Something about rows of a column, or of the file. Rows that follow those told before are added to them.
    pub(super) fn rows(
        &mut self,
        code: FindingCode,
        column: Option<&str>,
        facts: impl Into<Facts>,
        rows: &RowList,
    ) {
        if rows.count == 0 {
            return;
        }
        let subject =
            column.map_or_else(Subject::default, |column| Subject::default().with_column(column));
        let known = self.0.iter_mut().find(|known| known.code == code && known.subject == subject);
        if let Some(known) = known {
            known.count += rows.count;
            let free = ROWS_NAMED.saturating_sub(known.rows.len());
            known.rows.extend(rows.first.iter().take(free));
            return;
        }
        let (count, rows) = (rows.count, rows.first.clone());
        self.0.push(Finding { count, rows, ..Finding::new(code, subject, facts) });
    }

    /// Adds other findings of the file.
    pub(super) fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The findings in the order of the catalogue, each as one of this file and register.
    pub(super) fn into_findings(self, register: Option<&str>) -> Vec<Finding> {
        let mut findings = self.0;
        findings.sort_by_key(|finding| finding.code);
        for finding in &mut findings {
            finding.subject.register = register.map(str::to_owned);
        }
        findings
    }
}

/// A name or a word as a fact.
pub(super) fn word(text: &str) -> Fact {
    Fact::Text(text.to_owned())
}
