//! What an evaluation shows, in rows that the library and the reference both fill, so that they can be compared.

use chrono::NaiveDate;
use utfall::{Evaluation, Figure, Finding, Overlap, Verdict};

use crate::beside;
use crate::reference::{Counts, MISSING, NOT_DUE, SUCCESS};

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Seen {
    pub(crate) figures: Vec<FigureRow>,
    /// Register, column, levels, persons.
    pub(crate) overlap: Vec<(String, String, Vec<String>, u64)>,
    pub(crate) verdicts: Vec<VerdictRow>,
    pub(crate) findings: Vec<FindingRow>,
    /// The tables beside the figures, one after the other.
    pub(crate) beside: Vec<BesideRow>,
}

/// A row of a table beside the figures.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BesideRow {
    /// The table, and what tells the row apart within a group; empty where that is null.
    pub(crate) of: Vec<String>,
    pub(crate) group: Vec<(String, String)>,
    pub(crate) counts: Option<Vec<Option<u64>>>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FigureRow {
    pub(crate) register: String,
    pub(crate) indicator: String,
    pub(crate) kind: String,
    pub(crate) group: Vec<(String, String)>,
    pub(crate) counts: Option<Counts>,
    pub(crate) value: Option<f64>,
    pub(crate) bounds: Option<(f64, f64)>,
    pub(crate) state: String,
    pub(crate) reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct VerdictRow {
    pub(crate) goal: String,
    pub(crate) indicator: Option<String>,
    pub(crate) target_from: Option<NaiveDate>,
    pub(crate) target: Option<String>,
    pub(crate) current: bool,
    pub(crate) value: Option<f64>,
    pub(crate) verdict: String,
    pub(crate) settled: Option<bool>,
    pub(crate) units_short: Option<i64>,
    pub(crate) basis: Option<String>,
    pub(crate) reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FindingRow {
    pub(crate) register: String,
    pub(crate) code: String,
    pub(crate) column: Option<String>,
    pub(crate) indicator: Option<String>,
    pub(crate) count: u64,
    pub(crate) rows: Vec<u64>,
}

impl FindingRow {
    pub(crate) fn new(
        code: &str,
        register: &str,
        column: Option<String>,
        indicator: Option<String>,
        rows: &[u64],
    ) -> Self {
        Self {
            register: register.to_owned(),
            code: code.to_owned(),
            column,
            indicator,
            count: rows.len() as u64,
            rows: rows.iter().copied().take(10).collect(),
        }
    }

    fn of(finding: &Finding) -> Self {
        Self {
            register: finding.subject.register.clone().unwrap_or_default(),
            code: finding.code.word().to_owned(),
            column: finding.subject.column.clone(),
            indicator: finding.subject.indicator.clone(),
            count: finding.count,
            rows: finding.rows.clone(),
        }
    }
}

impl FigureRow {
    /// The row that the reference fills from counts, or from the reason why there are none.
    #[allow(clippy::cast_precision_loss, reason = "counts are small")]
    pub(crate) fn new(
        (register, indicator, kind): (&str, &str, &str),
        group: Vec<(String, String)>,
        counts: Option<Counts>,
        reason: Option<&str>,
    ) -> Self {
        let mut row = Self {
            register: register.to_owned(),
            indicator: indicator.to_owned(),
            kind: kind.to_owned(),
            group,
            counts,
            value: None,
            bounds: None,
            state: "not_computable".to_owned(),
            reason: reason.map(str::to_owned),
        };
        let Some([_, unclassified, _, not_due, missing, successes, failures]) = counts else {
            return row;
        };
        let (observed, due) = (successes + failures, missing + successes + failures);
        if kind == "count" {
            let value = successes as f64;
            row.bounds = Some((value, (successes + unclassified) as f64));
            row.value = Some(value);
            "value".clone_into(&mut row.state);
            return row;
        }
        if due > 0 {
            let share = |part: u64| part as f64 / due as f64;
            row.bounds = Some((share(successes), share(successes + missing)));
        }
        if observed > 0 {
            row.value = Some(successes as f64 / observed as f64);
            "value".clone_into(&mut row.state);
        } else if due > 0 {
            row.reason = Some("nothing_observed".to_owned());
        } else if not_due > 0 {
            "not_due".clone_into(&mut row.state);
        } else {
            row.reason = Some("empty_population".to_owned());
        }
        row
    }

    fn of(evaluation: &Evaluation, figure: &Figure) -> Self {
        let figures = &evaluation.figures;
        let group = figures.group(figure);
        Self {
            register: figures.register(figure).to_owned(),
            indicator: figures.indicator(figure).to_owned(),
            kind: figures.kind(figure).to_owned(),
            group: group.map(|(column, code)| (column.to_owned(), code.to_owned())).collect(),
            counts: figure.counts.map(|counts| {
                let mut places = [
                    counts.outside,
                    counts.unclassified,
                    counts.excluded,
                    0,
                    0,
                    0,
                    counts.failures,
                ];
                places[NOT_DUE] = counts.not_due;
                places[MISSING] = counts.missing;
                places[SUCCESS] = counts.successes;
                places
            }),
            value: figures.value(figure),
            bounds: figures.bounds(figure).map(|bounds| (bounds.low, bounds.high)),
            state: figure.state.word().to_owned(),
            reason: figure.state.reason().map(|reason| reason.word().to_owned()),
        }
    }
}

impl VerdictRow {
    fn of(verdict: &Verdict) -> Self {
        Self {
            goal: verdict.goal.clone(),
            indicator: verdict.indicator.clone(),
            target_from: verdict.target_from,
            target: verdict.promise.as_ref().map(ToString::to_string),
            current: verdict.current,
            value: verdict.value,
            verdict: verdict.judgement.word().to_owned(),
            settled: verdict.settled,
            units_short: verdict.units_short,
            basis: verdict.basis.map(|basis| basis.word().to_owned()),
            reason: verdict.reason.map(|reason| reason.word().to_owned()),
        }
    }
}

fn overlap_row(row: Overlap) -> (String, String, Vec<String>, u64) {
    (row.register, row.column, row.levels, row.persons)
}

impl Seen {
    /// What the library shows; findings sorted, since no rule says in which order they come.
    pub(crate) fn of(evaluation: &Evaluation) -> Self {
        let figures = evaluation.figures.iter();
        let mut findings: Vec<FindingRow> =
            evaluation.findings.iter().map(FindingRow::of).collect();
        findings.sort();
        Self {
            figures: figures.map(|figure| FigureRow::of(evaluation, figure)).collect(),
            overlap: evaluation.overlap.iter().cloned().map(overlap_row).collect(),
            verdicts: evaluation.verdicts.iter().map(VerdictRow::of).collect(),
            findings,
            beside: beside::shown(evaluation),
        }
    }

    /// Without the numbers of rows.
    pub(crate) fn without_rows(mut self) -> Self {
        self.findings.iter_mut().for_each(|finding| finding.rows.clear());
        self
    }
}
