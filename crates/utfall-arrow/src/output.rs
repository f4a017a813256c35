//! Evaluations as record batches, with the columns and types that the design fixes.

use std::sync::Arc;

use arrow_array::builder::{Int64Builder, ListBuilder, StringBuilder};
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray,
};
use arrow_schema::{ArrowError, Field, Schema};
use utfall::project::Language;
use utfall::stats::Estimate;
use utfall::{Accounting, Evaluation, Figure, Figures, Finding, Missing, Quality, day};

/// The table `figures`: a row for each indicator, table and group.
///
/// # Errors
///
/// None that a caller could cause.
pub fn figures(figures: &Figures) -> Result<RecordBatch, ArrowError> {
    rows(figures, &figures.iter().collect::<Vec<_>>())
}

/// The rows of `figures` of one indicator crossed by exactly these columns.
///
/// # Errors
///
/// None that a caller could cause.
pub fn figures_of(
    figures: &Figures,
    indicator: &str,
    by: &[String],
) -> Result<RecordBatch, ArrowError> {
    let by: Vec<&str> = by.iter().map(String::as_str).collect();
    rows(figures, &figures.table(indicator, &by).collect::<Vec<_>>())
}

/// The table `overlap`: for each crossed column of a register that counts persons, how many are in several levels.
///
/// # Errors
///
/// None that a caller could cause.
pub fn overlap(evaluation: &Evaluation) -> Result<RecordBatch, ArrowError> {
    let rows = || evaluation.overlap.iter();
    let mut levels = ListBuilder::new(StringBuilder::new());
    for row in rows() {
        row.levels.iter().for_each(|level| levels.values().append_value(level));
        levels.append(true);
    }
    let mut columns = Columns::default();
    columns.texts("register", false, rows().map(|row| Some(&row.register)));
    columns.texts("column", false, rows().map(|row| Some(&row.column)));
    columns.add("levels", false, Arc::new(levels.finish()));
    columns.counts("persons", false, rows().map(|row| Some(signed(row.persons))));
    columns.finish()
}

/// The table `verdicts`: a row for each version of a goal's target in force.
///
/// # Errors
///
/// None that a caller could cause.
pub fn verdicts(evaluation: &Evaluation) -> Result<RecordBatch, ArrowError> {
    let rows = || evaluation.verdicts.iter();
    let mut columns = Columns::default();
    columns.texts("goal", false, rows().map(|row| Some(&row.goal)));
    columns.texts("indicator", true, rows().map(|row| row.indicator.as_ref()));
    columns.days("target_from", rows().map(|row| row.target_from));
    columns.texts("target", true, rows().map(|row| Some(row.promise.as_ref()?.to_string())));
    columns.flags("current", false, rows().map(|row| Some(row.current)));
    columns.numbers("value", rows().map(|row| row.value));
    columns.texts("verdict", false, rows().map(|row| Some(row.judgement.word())));
    columns.flags("settled", true, rows().map(|row| row.settled));
    columns.counts("units_short", true, rows().map(|row| row.units_short));
    columns.texts("basis", true, rows().map(|row| Some(row.basis?.word())));
    columns.texts("reason", true, rows().map(|row| Some(row.reason?.word())));
    columns.texts("process", true, rows().map(|row| Some(row.process?.evidence.word())));
    let achieved_at = rows().map(|row| row.process?.achieved_at.map(signed));
    columns.counts("achieved_at", true, achieved_at);
    columns.finish()
}

/// A table of findings: code, family, severity, subject, facts, count, the first rows, and a sentence in `language`.
///
/// # Errors
///
/// None that a caller could cause.
pub fn findings(findings: &[Finding], language: Language) -> Result<RecordBatch, ArrowError> {
    let rows = || findings.iter();
    let mut numbers = ListBuilder::new(Int64Builder::new());
    for finding in rows() {
        finding.rows.iter().for_each(|row| numbers.values().append_value(signed(*row)));
        numbers.append(true);
    }
    let mut columns = Columns::default();
    columns.texts("code", false, rows().map(|row| Some(row.code.word())));
    columns.texts("family", false, rows().map(|row| Some(row.code.family().word())));
    columns.texts("severity", false, rows().map(|row| Some(row.severity().word())));
    columns.texts("subject", false, rows().map(|row| Some(row.subject.to_string())));
    columns.texts("register", true, rows().map(|row| row.subject.register.as_ref()));
    columns.texts("column", true, rows().map(|row| row.subject.column.as_ref()));
    columns.texts("indicator", true, rows().map(|row| row.subject.indicator.as_ref()));
    columns.counts("count", false, rows().map(|row| Some(signed(row.count))));
    columns.add("rows", false, Arc::new(numbers.finish()));
    columns.texts("facts", true, rows().map(|row| row.facts.to_json()));
    columns.texts("sentence", false, rows().map(|row| Some(row.sentence(language))));
    columns.finish()
}

/// The table `quality`: what is complete, valid and followed up in time, for everybody and each crossed level.
///
/// # Errors
///
/// None that a caller could cause.
pub fn quality(quality: &[Quality]) -> Result<RecordBatch, ArrowError> {
    let rows = || quality.iter();
    let mut columns = Columns::default();
    columns.texts("register", false, rows().map(|row| Some(&row.register)));
    columns.texts("by", true, rows().map(|row| row.by.as_ref()));
    columns.texts("level", true, rows().map(|row| row.level.as_ref()));
    columns.counts("units", false, rows().map(|row| Some(signed(row.units))));
    columns.counts("complete", true, rows().map(|row| row.complete.map(signed)));
    columns.counts("valid", false, rows().map(|row| Some(signed(row.valid))));
    columns.counts("due", true, rows().map(|row| row.due.map(signed)));
    columns.counts("timely", true, rows().map(|row| row.timely.map(signed)));
    columns.numbers("complete_share", rows().map(Quality::complete_share));
    columns.numbers("valid_share", rows().map(Quality::valid_share));
    columns.numbers("timely_share", rows().map(Quality::timely_share));
    columns.finish()
}

/// The table `missing`: how often each column is not known, for everybody and each crossed level.
///
/// # Errors
///
/// None that a caller could cause.
pub fn missing(missing: &[Missing]) -> Result<RecordBatch, ArrowError> {
    let rows = || missing.iter();
    let mut columns = Columns::default();
    columns.texts("register", false, rows().map(|row| Some(&row.register)));
    columns.texts("column", false, rows().map(|row| Some(&row.column)));
    columns.texts("by", true, rows().map(|row| row.by.as_ref()));
    columns.texts("level", true, rows().map(|row| row.level.as_ref()));
    columns.counts("units", false, rows().map(|row| Some(signed(row.units))));
    columns.counts("missing", false, rows().map(|row| Some(signed(row.missing))));
    columns.finish()
}

fn rows(figures: &Figures, rows: &[&Figure]) -> Result<RecordBatch, ArrowError> {
    let rows = || rows.iter().copied();
    let mut columns = Columns::default();
    columns.texts("register", false, rows().map(|figure| Some(figures.register(figure))));
    columns.texts("indicator", false, rows().map(|figure| Some(figures.indicator(figure))));
    columns.texts("kind", false, rows().map(|figure| Some(figures.kind(figure))));
    columns.crossed(figures, &rows().map(Figure::group).collect::<Vec<_>>());
    for (part, name) in Accounting::PARTS.into_iter().enumerate() {
        columns.counts(name, true, rows().map(|figure| figure.parts()?[part].map(signed)));
    }
    columns.numbers("value", rows().map(|figure| figures.value(figure)));
    columns.numbers("low", rows().map(|figure| Some(figures.interval(figure)?.low)));
    columns.numbers("high", rows().map(|figure| Some(figures.interval(figure)?.high)));
    columns.numbers("bound_low", rows().map(|figure| Some(figures.bounds(figure)?.low)));
    columns.numbers("bound_high", rows().map(|figure| Some(figures.bounds(figure)?.high)));
    columns.texts("state", false, rows().map(|figure| Some(figure.state.word())));
    columns.texts("reason", true, rows().map(|figure| Some(figure.state.reason()?.word())));
    columns.finish()
}

/// A count as the tables hold it. A tally holds no more units than fit.
pub(crate) fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The columns of a record batch while it is made.
#[derive(Default)]
pub(crate) struct Columns {
    fields: Vec<Field>,
    arrays: Vec<ArrayRef>,
}

impl Columns {
    fn add(&mut self, name: &str, nullable: bool, array: ArrayRef) {
        self.fields.push(Field::new(name, array.data_type().clone(), nullable));
        self.arrays.push(array);
    }

    /// For each row the list of the columns that it is crossed by, and its code in each of them.
    pub(crate) fn crossed(&mut self, figures: &Figures, groups: &[&[Option<u32>]]) {
        let mut crossed = ListBuilder::new(StringBuilder::new());
        for group in groups {
            figures.codes(group).for_each(|(column, _)| crossed.values().append_value(column));
            crossed.append(true);
        }
        self.add("by", false, Arc::new(crossed.finish()));
        for (position, column) in figures.columns().iter().enumerate() {
            let codes = groups.iter().map(|group| Some(column.code(group[position]?)));
            self.texts(&column.name, true, codes);
        }
    }

    /// For each row a list of texts.
    pub(crate) fn lists<'t>(&mut self, name: &str, lists: impl Iterator<Item = &'t [String]>) {
        let mut texts = ListBuilder::new(StringBuilder::new());
        for list in lists {
            list.iter().for_each(|text| texts.values().append_value(text));
            texts.append(true);
        }
        self.add(name, false, Arc::new(texts.finish()));
    }

    pub(crate) fn texts<Text: AsRef<str>>(
        &mut self,
        name: &str,
        nullable: bool,
        texts: impl Iterator<Item = Option<Text>>,
    ) {
        self.add(name, nullable, Arc::new(texts.collect::<StringArray>()));
    }

    pub(crate) fn counts(
        &mut self,
        name: &str,
        nullable: bool,
        counts: impl Iterator<Item = Option<i64>>,
    ) {
        self.add(name, nullable, Arc::new(counts.collect::<Int64Array>()));
    }

    pub(crate) fn numbers(&mut self, name: &str, numbers: impl Iterator<Item = Option<f64>>) {
        self.add(name, true, Arc::new(numbers.collect::<Float64Array>()));
    }

    /// An estimate and the ends of its interval; null where there is none.
    pub(crate) fn estimates(
        &mut self,
        names: [&str; 3],
        estimates: impl Iterator<Item = Option<Estimate>>,
    ) {
        let estimates: Vec<Option<Estimate>> = estimates.collect();
        let parts: [fn(Estimate) -> f64; 3] =
            [|estimate| estimate.value, |estimate| estimate.low, |estimate| estimate.high];
        for (name, part) in names.into_iter().zip(parts) {
            let number = |estimate: &Option<Estimate>| known(part((*estimate)?));
            self.numbers(name, estimates.iter().map(number));
        }
    }

    pub(crate) fn flags(
        &mut self,
        name: &str,
        nullable: bool,
        flags: impl Iterator<Item = Option<bool>>,
    ) {
        self.add(name, nullable, Arc::new(flags.collect::<BooleanArray>()));
    }

    pub(crate) fn days(
        &mut self,
        name: &str,
        days: impl Iterator<Item = Option<chrono::NaiveDate>>,
    ) {
        let days = days.map(|day| day.map(day::number));
        self.add(name, true, Arc::new(days.collect::<Date32Array>()));
    }

    pub(crate) fn finish(self) -> Result<RecordBatch, ArrowError> {
        RecordBatch::try_new(Arc::new(Schema::new(self.fields)), self.arrays)
    }
}

/// A number that there is: a ratio to nothing is none, nor is an end that a method does not give.
pub(crate) fn known(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}
