//! Differences of two evaluations as record batches.

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use utfall::compare::{Cause, Changed, Difference, Side};
use utfall::project::{ChangedPart, Language};
use utfall::{Figure, wording};

use crate::output::{Columns, signed};

/// The table `causes` of a difference: a row for each key, setting, register and group that changed.
///
/// # Errors
///
/// None that a caller could cause.
pub fn changes(difference: &Difference, language: Language) -> Result<RecordBatch, ArrowError> {
    let rows = || difference.causes.iter();
    let data = |changed: &Changed| match changed {
        Changed::Data(change) => Some(change.clone()),
        _ => None,
    };
    let mut columns = Columns::default();
    columns.texts("cause", false, rows().map(|row| Some(cause(row))));
    columns.texts("part", true, rows().map(part));
    columns.texts("before", true, rows().map(|row| texts(row).0));
    columns.texts("after", true, rows().map(|row| texts(row).1));
    columns.texts("register", true, rows().map(|row| Some(data(row)?.register)));
    let groups: Vec<Vec<(String, String)>> =
        rows().map(|row| data(row).map(|change| change.group).unwrap_or_default()).collect();
    cells(&mut columns, &groups);
    columns.counts("units_before", true, rows().map(|row| data(row)?.before.map(signed)));
    columns.counts("units_after", true, rows().map(|row| data(row)?.after.map(signed)));
    columns.flags("counts_differ", true, rows().map(|row| data(row)?.counts_differ));
    let sentences = rows().map(|row| Some(wording::changed_sentence(row, language)));
    columns.texts("sentence", false, sentences);
    columns.finish()
}

/// The table `figures` of a difference: a row for each figure that changed.
///
/// # Errors
///
/// None that a caller could cause.
pub fn changed_figures(
    before: Side<'_>,
    after: Side<'_>,
    difference: &Difference,
    language: Language,
) -> Result<RecordBatch, ArrowError> {
    let rows = || difference.figures.iter();
    let mut columns = Columns::default();
    columns.texts("indicator", false, rows().map(|row| Some(&row.indicator)));
    cells(&mut columns, &rows().map(|row| row.group.clone()).collect::<Vec<_>>());
    let counted = |figure: &Option<Figure>| figure.as_ref()?.counts;
    columns.counts(
        "successes_before",
        true,
        rows().map(|row| Some(signed(counted(&row.before)?.successes))),
    );
    columns.counts(
        "observed_before",
        true,
        rows().map(|row| Some(signed(counted(&row.before)?.observed()))),
    );
    columns.numbers("value_before", rows().map(|row| row.value_before));
    columns.texts("state_before", true, rows().map(|row| Some(row.before.as_ref()?.state.word())));
    columns.counts(
        "successes_after",
        true,
        rows().map(|row| Some(signed(counted(&row.after)?.successes))),
    );
    columns.counts(
        "observed_after",
        true,
        rows().map(|row| Some(signed(counted(&row.after)?.observed()))),
    );
    columns.numbers("value_after", rows().map(|row| row.value_after));
    columns.texts("state_after", true, rows().map(|row| Some(row.after.as_ref()?.state.word())));
    columns.numbers("change", rows().map(|row| row.change));
    for (position, name) in ["by_definition", "by_data", "by_as_of"].into_iter().enumerate() {
        columns.numbers(name, rows().map(|row| row.parts?.get(position).copied()));
    }
    causes(&mut columns, rows().map(|row| &row.causes[..]));
    columns.flags("separated", false, rows().map(|row| Some(row.is_separated)));
    columns.flags("protected", false, rows().map(|row| Some(row.is_protected)));
    let sentence = |row| Some(wording::figure_sentence(before, after, row, language));
    columns.texts("sentence", false, rows().map(sentence));
    columns.finish()
}

/// The table `verdicts` of a difference: a row for each goal whose verdict, figure or target changed.
///
/// # Errors
///
/// None that a caller could cause.
pub fn changed_verdicts(
    before: Side<'_>,
    after: Side<'_>,
    difference: &Difference,
    language: Language,
) -> Result<RecordBatch, ArrowError> {
    let rows = || difference.verdicts.iter();
    let mut columns = Columns::default();
    columns.texts("goal", false, rows().map(|row| Some(&row.goal)));
    for (end, is_before) in [("before", true), ("after", false)] {
        let side = || rows().map(move |row| if is_before { &row.before } else { &row.after });
        let name = |what: &str| format!("{what}_{end}");
        let target = side().map(|verdict| Some(verdict.as_ref()?.promise.as_ref()?.to_string()));
        columns.texts(&name("target"), true, target);
        let from = side().map(|verdict| verdict.as_ref()?.target_from);
        columns.days(&name("target_from"), from);
        columns.numbers(&name("value"), side().map(|verdict| verdict.as_ref()?.value));
        let word = side().map(|verdict| Some(verdict.as_ref()?.judgement.word()));
        columns.texts(&name("verdict"), true, word);
        columns.flags(&name("settled"), true, side().map(|verdict| verdict.as_ref()?.settled));
    }
    causes(&mut columns, rows().map(|row| &row.causes[..]));
    columns.flags("separated", false, rows().map(|row| Some(row.is_separated)));
    let sentence = |row| Some(wording::verdict_sentence(before, after, difference, row, language));
    columns.texts("sentence", false, rows().map(sentence));
    columns.finish()
}

/// What a change is, in the word of its cause.
fn cause(changed: &Changed) -> &'static str {
    match changed {
        Changed::Declared(change) => match change.part() {
            ChangedPart::Definition => Cause::Definition.word(),
            ChangedPart::Target => Cause::Target.word(),
            ChangedPart::Evidence => Cause::Evidence.word(),
            ChangedPart::Other => "other",
        },
        Changed::Setting { name: "as_of", .. } => Cause::AsOf.word(),
        Changed::Setting { .. } => "setting",
        Changed::Data(_) => Cause::Data.word(),
    }
}

fn part(changed: &Changed) -> Option<String> {
    match changed {
        Changed::Declared(change) => Some(change.path.clone()),
        Changed::Setting { name, .. } => Some((*name).to_owned()),
        Changed::Data(_) => None,
    }
}

fn texts(changed: &Changed) -> (Option<String>, Option<String>) {
    match changed {
        Changed::Declared(change) => (change.before.clone(), change.after.clone()),
        Changed::Setting { before, after, .. } => (Some(before.clone()), Some(after.clone())),
        Changed::Data(_) => (None, None),
    }
}

/// The crossed columns of each row, and its codes in them.
fn cells(columns: &mut Columns, groups: &[Vec<(String, String)>]) {
    let of = |part: fn(&(String, String)) -> &String| -> Vec<Vec<String>> {
        groups.iter().map(|group| group.iter().map(part).cloned().collect()).collect()
    };
    columns.lists("by", of(|cell| &cell.0).iter().map(|list| &list[..]));
    columns.lists("group", of(|cell| &cell.1).iter().map(|list| &list[..]));
}

fn causes<'d>(columns: &mut Columns, rows: impl Iterator<Item = &'d [Cause]>) {
    let words: Vec<Vec<String>> =
        rows.map(|causes| causes.iter().map(|cause| cause.word().to_owned()).collect()).collect();
    columns.lists("causes", words.iter().map(|list| &list[..]));
}
