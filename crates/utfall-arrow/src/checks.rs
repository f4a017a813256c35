//! The results of the checks of horizontal principles as a record batch.

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use utfall::Project;
use utfall::principles::{Adjusted, Aspect, CheckFigures, CheckResult, PartLevel};
use utfall::project::Language;
use utfall::stats::Interval;
use utfall::wording;

use crate::output::{Columns, signed};

/// The table `checks`: a row for each result, with a sentence in `language`.
///
/// # Errors
///
/// None that a caller could cause.
pub fn checks(
    project: &Project,
    results: &[CheckResult],
    language: Language,
) -> Result<RecordBatch, ArrowError> {
    let rows = || results.iter();
    let others: Vec<Vec<String>> = rows().map(|row| other(&row.aspect)).collect();
    let groups: Vec<Vec<String>> = rows().map(|row| texts(&row.part)).collect();
    let mut columns = Columns::default();
    columns.texts("check", false, rows().map(|row| Some(&row.check)));
    columns.texts("principle", true, rows().map(|row| Some(row.principle?.word())));
    columns.texts("kind", false, rows().map(|row| Some(row.kind)));
    columns.texts("aspect", false, rows().map(|row| Some(row.aspect.text())));
    columns.lists("group", groups.iter().map(|group| &group[..]));
    columns.lists("other", others.iter().map(|group| &group[..]));
    columns.flags("current", false, rows().map(|row| Some(row.current)));
    figures(&mut columns, results);
    columns.texts("state", false, rows().map(|row| Some(row.state.word())));
    columns.texts("reason", true, rows().map(|row| Some(row.reason?.word())));
    columns.lists("lacks", rows().map(|row| &row.lacks[..]));
    columns.lists("figures", rows().map(|row| &row.rests_on[..]));
    let sentences = rows().map(|row| Some(wording::check_sentence(project, row, language)));
    columns.texts("sentence", false, sentences);
    columns.finish()
}

fn figures(columns: &mut Columns, results: &[CheckResult]) {
    let rows = || results.iter().map(|row| &*row.figures);
    let count = |of: fn(&CheckFigures) -> Option<u64>| rows().map(move |row| of(row).map(signed));
    columns.counts("successes", true, count(|row| row.successes));
    columns.counts("n", true, count(|row| row.n));
    columns.estimates(["value", "low", "high"], rows().map(|row| row.value));
    columns.counts("open", true, count(|row| row.open));
    columns.counts("unknown", true, count(|row| row.unknown));
    columns.counts("other_successes", true, count(|row| row.other_successes));
    columns.counts("other_n", true, count(|row| row.other_n));
    columns.counts("smallest", true, count(smallest));
    columns.numbers("reference", rows().map(|row| row.reference));
    let difference = ["difference", "difference_low", "difference_high"];
    columns.estimates(difference, rows().map(|row| row.difference));
    columns.numbers("limit", rows().map(|row| row.limit));
    let bound = |of: fn(Interval) -> f64| rows().map(move |row| row.bounds.map(of));
    columns.numbers("bound_low", bound(|bounds| bounds.low));
    columns.numbers("bound_high", bound(|bounds| bounds.high));
    columns.estimates(["ratio", "ratio_low", "ratio_high"], rows().map(|row| row.ratio));
    columns.flags("below_four_fifths", true, rows().map(|row| row.below_four_fifths));
    let adjusted = ["adjusted", "adjusted_low", "adjusted_high"];
    columns.estimates(adjusted, rows().map(|row| Some(row.adjusted.as_ref()?.difference)));
    let left_out = rows().map(|row| row.adjusted.as_ref().map(|found| signed(found.left_out)));
    columns.counts("adjusted_left_out", true, left_out);
    let of_adjusted =
        |of: fn(&Adjusted) -> bool| rows().map(move |row| row.adjusted.as_ref().map(of));
    columns.flags("reversed", true, of_adjusted(|found| found.is_reversed));
    columns.numbers("strata_p_value", rows().map(|row| row.adjusted.as_ref()?.strata_p_value));
    columns.flags("strata_differ", true, of_adjusted(|found| found.strata_differ));
    columns.numbers("p_value", rows().map(|row| row.p_value));
    columns.numbers("p_adjusted", rows().map(|row| row.p_adjusted));
    columns.counts("longest_days", true, count(|row| row.longest_days));
    columns.counts("limit_days", true, count(|row| row.limit_days));
    columns.numbers("part_of_successes", rows().map(|row| row.part_of_successes));
    columns.numbers("value_without", rows().map(|row| row.value_without));
}

/// How many are observed in the smaller of the groups.
fn smallest(figures: &CheckFigures) -> Option<u64> {
    figures.n.map(|n| figures.other_n.map_or(n, |other| other.min(n)))
}

fn other(aspect: &Aspect) -> Vec<String> {
    match aspect {
        Aspect::Gap { other } => texts(other),
        _ => Vec::new(),
    }
}

/// `gender=man`, for each column.
fn texts(part: &[PartLevel]) -> Vec<String> {
    part.iter().map(|level| format!("{}={}", level.column, level.code)).collect()
}
