//! Overlap as sentences: what a sum of groups would hide.

use super::{count, say};
use crate::assess::Evaluation;
use crate::project::Language;

/// A sentence for each crossed column of which persons are in several groups.
///
/// ```
/// use utfall::data::{Table, Values};
/// use utfall::project::Language;
/// use utfall::{Evaluator, Project, day, wording};
///
/// let project = Project::from_toml(
///     r#"
///     schema = 1
///     name = "Example"
///     [registers.enrolments]
///     unit = "enrolment"
///     person = "Id"
///     count = "persons"
///     starts = "enrolled"
///     ends = "left"
///     by = ["branch"]
///     columns.enrolled = { header = "In", type = "date" }
///     columns.left = { header = "Ut", type = "date" }
///     columns.branch = { header = "Gren", type = "level", levels = ["care", "school"] }
///     "#,
/// )?;
/// let mut evaluator = Evaluator::new(&project, day::parse("2022-06-30").unwrap())?;
/// evaluator.add("enrolments", &Table::new([
///     ("Id", Values::from_integers([Some(1), Some(1)])),
///     ("In", Values::from_days([day::parse("2022-01-10"), day::parse("2022-02-01")])),
///     ("Ut", Values::Nulls(2)),
///     ("Gren", Values::from_texts([Some("care"), Some("school")])),
/// ]))?;
/// assert_eq!(wording::overlap_sentences(&evaluator.finish()?, Language::English), [
///     "1 person has enrolments in several groups of `branch` (register `enrolments`) and is counted in that of the first.",
/// ]);
/// # Ok::<(), utfall::Error>(())
/// ```
pub fn overlap_sentences(evaluation: &Evaluation, language: Language) -> Vec<String> {
    let totals = evaluation.overlap.iter().filter(|overlap| overlap.levels.is_empty());
    totals
        .filter(|total| total.persons > 0)
        .map(|total| {
            let (register, column) = (&total.register, &total.column);
            let persons = count(total.persons, language);
            let (noun, have, are) = match (language, total.persons) {
                (Language::Swedish, 1) => ("person", "har", "räknas"),
                (Language::Swedish, _) => ("personer", "har", "räknas var och en"),
                (Language::English, 1) => ("person", "has", "is counted"),
                (Language::English, _) => ("persons", "have", "are each counted"),
            };
            say!(
                language,
                format!(
                    "{persons} {noun} {have} inskrivningar i flera grupper av `{column}` (registret `{register}`) och {are} i den för den första."
                ),
                format!(
                    "{persons} {noun} {have} enrolments in several groups of `{column}` (register `{register}`) and {are} in that of the first."
                )
            )
        })
        .collect()
}
