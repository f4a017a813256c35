//! Findings: answers that do not stop the work, told with subject, facts, count and row numbers, never with a value of a row.

mod catalogue;

use std::fmt;

use chrono::NaiveDate;
use indexmap::IndexMap;

use crate::project::{Decimal, Language, Promise};
use crate::wording;

pub use catalogue::{Family, FindingCode, Severity};

/// How many row numbers a finding names.
const ROWS_NAMED: usize = 10;

/// What a finding speaks of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Subject {
    /// The register, where it is one or a part of one.
    pub register: Option<String>,
    /// The column, by its name in the project; for ids, the header.
    pub column: Option<String>,
    /// The indicator, where the finding concerns one.
    pub indicator: Option<String>,
    /// The key path of another part of the project file, as `goals.men`.
    pub part: Option<String>,
}

impl Subject {
    /// A register.
    pub fn register(name: impl Into<String>) -> Self {
        Self { register: Some(name.into()), ..Self::default() }
    }

    /// A part of the project file, by its key path.
    pub fn part(path: impl Into<String>) -> Self {
        Self { part: Some(path.into()), ..Self::default() }
    }

    /// A column of it.
    #[must_use]
    pub fn with_column(self, name: impl Into<String>) -> Self {
        Self { column: Some(name.into()), ..self }
    }

    /// An indicator of it.
    #[must_use]
    pub fn with_indicator(self, name: impl Into<String>) -> Self {
        Self { indicator: Some(name.into()), ..self }
    }
}

impl fmt::Display for Subject {
    /// `goals.men`, `indicators.work`, `participants.gender`, `participants`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self { part: Some(part), .. } => formatter.write_str(part),
            Self { indicator: Some(indicator), .. } => write!(formatter, "indicators.{indicator}"),
            Self { register: Some(register), column: Some(column), .. } => {
                write!(formatter, "{register}.{column}")
            }
            Self { register: one, column: other, .. } => {
                formatter.write_str(one.as_ref().or(other.as_ref()).map_or("", String::as_str))
            }
        }
    }
}

/// Something that a finding states, beside its count and rows. Never a value of a person's row.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fact {
    /// A whole number: of units, or a signed difference.
    Count(i64),
    /// A number as it is declared or printed, exactly.
    Number(Decimal),
    /// A share as its two counts.
    Share {
        /// Those with the property.
        part: i64,
        /// Of how many.
        whole: i64,
    },
    /// Yes or no.
    Flag(bool),
    /// A day.
    Day(NaiveDate),
    /// A name or words of the project file.
    Text(String),
    /// What a target promises, and whether it speaks of a share.
    Promise {
        /// What is promised.
        promise: Promise,
        /// Whether its numbers are shares, 0.7 for 70 %.
        is_share: bool,
    },
    /// Several of them, in order.
    List(Vec<Self>),
}

impl Fact {
    /// The fact as tables write it: a share as `[part, whole]`, a day as `2022-06-30`.
    fn json(&self) -> serde_json::Value {
        match self {
            Self::Count(count) => (*count).into(),
            Self::Number(number) => number.to_f64().into(),
            Self::Share { part, whole } => serde_json::json!([part, whole]),
            Self::Flag(flag) => (*flag).into(),
            Self::Day(day) => day.to_string().into(),
            Self::Text(text) => text.clone().into(),
            Self::Promise { promise, .. } => promise.to_string().into(),
            Self::List(facts) => facts.iter().map(Self::json).collect(),
        }
    }
}

/// What a finding states, by names that are the same in every finding of its code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts(Vec<(&'static str, Fact)>);

impl Facts {
    /// No facts beside count and rows.
    pub const NONE: Self = Self(Vec::new());

    /// The fact of a name.
    pub fn get(&self, name: &str) -> Option<&Fact> {
        self.iter().find(|(known, _)| *known == name).map(|(_, fact)| fact)
    }

    /// These facts and one more, where there is one.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, fact: Option<Fact>) -> Self {
        self.0.extend(fact.map(|fact| (name, fact)));
        self
    }

    /// The facts in order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Fact)> {
        self.0.iter().map(|(name, fact)| (*name, fact))
    }

    /// The facts as a JSON object, or nothing where there are none.
    pub fn to_json(&self) -> Option<String> {
        let object = || -> serde_json::Map<String, serde_json::Value> {
            self.iter().map(|(name, fact)| (name.to_owned(), fact.json())).collect()
        };
        (!self.0.is_empty()).then(|| serde_json::Value::Object(object()).to_string())
    }
}

impl<const N: usize> From<[(&'static str, Fact); N]> for Facts {
    fn from(facts: [(&'static str, Fact); N]) -> Self {
        Self(facts.into())
    }
}

/// Something that was found and did not stop the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub code: FindingCode,
    /// What it speaks of.
    pub subject: Subject,
    /// What it states.
    pub facts: Facts,
    /// In how many rows, or how many of what it speaks of; of [`FindingCode::PersonsInParts`] how many parts.
    pub count: u64,
    /// The first ten of these rows, counted from 1 after the header; empty where it does not speak of rows.
    pub rows: Vec<u64>,
}

impl Finding {
    /// A finding that speaks of one thing and of no rows.
    pub fn new(code: FindingCode, subject: Subject, facts: impl Into<Facts>) -> Self {
        Self { code, subject, facts: facts.into(), count: 1, rows: Vec::new() }
    }

    /// How grave it is.
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }

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
                facts: Facts::NONE,
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
        let subject = Subject::register("r");
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
    fn a_subject_and_facts_are_written_as_the_file_names_them() {
        let register = Subject::register("staff");
        assert_eq!(register.to_string(), "staff");
        assert_eq!(register.clone().with_column("gender").to_string(), "staff.gender");
        assert_eq!(register.with_indicator("men").to_string(), "indicators.men");
        assert_eq!(Subject::part("goals.men").to_string(), "goals.men");
        let totals = Fact::List(vec![Fact::Count(138), Fact::Count(142)]);
        let facts = Facts::from([
            ("share", Fact::Share { part: 4, whole: 35 }),
            ("totals", totals),
            ("on", Fact::Text("2022".to_owned())),
        ]);
        let json = r#"{"share":[4,35],"totals":[138,142],"on":"2022"}"#;
        assert_eq!(facts.to_json().as_deref(), Some(json));
        assert_eq!(Facts::NONE.to_json(), None);
    }

    #[test]
    fn the_catalogue_holds_every_code_once() {
        let mut words: Vec<_> = FindingCode::ALL.iter().map(|code| code.word()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), FindingCode::ALL.len());
    }
}
