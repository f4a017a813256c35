//! Overlap: persons with enrolments in several groups, whom a figure counts in the group of the first.

use crate::tally::{Plan, RegisterTally};

/// How many persons have enrolments in several levels of a crossed column of a register that counts persons.
///
/// A figure counts each of them in one group, that of the first enrolment; a sum of groups does not show it. For each
/// crossed column the first row is the total, and the others are the combinations of levels that occur: a person is in
/// one of these, with all levels that are known of the enrolments. Fewer levels first, then as declared.
///
/// ```
/// use utfall::data::{Table, Values};
/// use utfall::{Evaluator, Project, day};
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
///     ("Id", Values::from_integers([Some(1), Some(1), Some(2)])),
///     ("In", Values::from_days(["2022-03-01", "2022-01-01", "2022-02-01"].map(day::parse))),
///     ("Ut", Values::Nulls(3)),
///     ("Gren", Values::from_texts([Some("school"), Some("care"), Some("care")])),
/// ]))?;
/// let evaluation = evaluator.finish()?;
/// let [total, both] = &evaluation.overlap[..] else { panic!("two rows") };
/// assert_eq!((total.persons, total.levels.len()), (1, 0));
/// assert_eq!((both.persons, &both.levels[..]), (1, &["care".to_owned(), "school".to_owned()][..]));
/// # Ok::<(), utfall::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// The register.
    pub register: String,
    /// The crossed column.
    pub column: String,
    /// The codes of the levels, in declared order; empty: any two or more.
    pub levels: Vec<String>,
    /// How many persons.
    pub persons: u64,
}

/// The overlaps of one register; none where rows are counted.
pub(super) fn overlaps(register: &str, plan: &Plan, tally: &RegisterTally) -> Vec<Overlap> {
    let Some(counted) = tally.overlaps() else { return Vec::new() };
    let mut rows = Vec::new();
    for (position, column) in plan.crossing.columns.iter().enumerate() {
        // Nobody knows who is where in a column that the source does not have.
        if column.absent {
            continue;
        }
        let mut sets: Vec<(&[u32], u64)> = counted
            .iter()
            .filter(|(of_column, ..)| *of_column == position)
            .map(|(_, levels, persons)| (levels, persons))
            .collect();
        sets.sort_by_key(|(levels, _)| (levels.len(), *levels));
        let total = sets.iter().fold(0_u64, |sum, (_, persons)| sum.saturating_add(*persons));
        rows.extend([(&[][..], total)].into_iter().chain(sets).map(|(levels, persons)| {
            let codes = levels.iter().filter_map(|level| column.codes.get(*level as usize));
            Overlap {
                register: register.to_owned(),
                column: column.name.clone(),
                levels: codes.cloned().collect(),
                persons,
            }
        }));
    }
    rows
}
