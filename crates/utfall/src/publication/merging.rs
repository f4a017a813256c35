//! Instead of hiding: levels of a column that could be merged, so that no group has small counts.

use indexmap::IndexSet;

use super::counts::{Scope, counts};
use crate::assess::Evaluation;
use crate::disclosure::{Rules, System, merge_groups};
use crate::error::{Error, Result};
use crate::project::{Column, ColumnType, Level, Project};
use crate::tally::{Plan, RegisterTally, Signature};

/// Levels of a column that could be merged, and what that would lose and spare.
#[derive(Debug, Clone, PartialEq)]
pub struct ProposedMerging {
    /// The column.
    pub column: String,
    /// The new levels in order, each with the codes that are in it.
    pub levels: Vec<Vec<String>>,
    /// The counts of its groups that are small, each once whatever it is called.
    pub small_before: usize,
    /// Those that are small still when the levels are merged.
    pub small_after: usize,
    /// Counts below are small.
    pub threshold: u64,
    /// The name of the column with the merged levels.
    pub merged_column: String,
    /// The project, crossed by that column instead.
    pub project: Project,
    /// What it declares more than the project that was there, as TOML.
    pub declared: String,
}

/// Proposes which levels of a column to merge, so that as few counts of its groups as can be lie below the threshold of the
/// rules: parts of every accounting, who failed, stages of the flow, in all registers that are crossed by it.
///
/// Two by two, as [`merge_levels`](crate::disclosure::merge_levels) does, until none is small or only two levels are left; of an
/// ordinal column neighbours only, of one that lies within another only levels of the same. The unknown stay a group of their
/// own. Which levels belong together no count can tell: whoever knows them decides.
///
/// # Errors
///
/// If figures are not crossed by the column, or the threshold is out of range.
///
/// ```
/// use utfall::data::{Table, Values};
/// use utfall::disclosure::Rules;
/// use utfall::publication::propose_merging;
/// use utfall::{Evaluator, Project, day};
///
/// let project = Project::from_toml(
///     r#"
///     schema = 1
///     name = "Small"
///     [registers.participants]
///     unit = "person"
///     by = ["place"]
///     columns.place = { header = "Ort", type = "level", levels = ["Flen", "Trosa", "Gnesta"] }
///     [indicators.participants]
///     kind = "count"
///     register = "participants"
///     "#,
/// )?;
/// let places = (0..30).map(|unit| Some(["Flen", "Trosa", "Gnesta"][if unit < 20 { 0 } else { 1 + unit / 27 }]));
/// let mut evaluator = Evaluator::new(&project, day::parse("2022-06-30").unwrap())?;
/// evaluator.add("participants", &Table::new([("Ort", Values::from_texts(places))]))?;
/// let proposed = propose_merging(&project, &evaluator.finish()?, "place", Rules::default())?;
/// assert_eq!(proposed.levels, [vec!["Flen"], vec!["Trosa", "Gnesta"]]);
/// assert_eq!((proposed.small_before, proposed.small_after), (1, 0));
/// # Ok::<(), utfall::Error>(())
/// ```
pub fn propose_merging(
    project: &Project,
    evaluation: &Evaluation,
    column: &str,
    rules: Rules,
) -> Result<ProposedMerging> {
    let tally = evaluation.tally();
    tally.check_project(project)?;
    rules.mark(&System::new(Vec::new(), Vec::new())?)?;
    let mut declared = None;
    let mut counts: Vec<Vec<u64>> = Vec::new();
    for (name, register) in &project.registers {
        let known = project.columns(name).and_then(|columns| columns.get(column));
        let Some(known) = known.filter(|known| known.column_type().has_levels()) else { continue };
        let levels = known.levels.0.len();
        declared.get_or_insert(known);
        let counted = tally.registers().iter().find(|register| register.name() == name);
        if let Some(counted) = counted {
            let plan = Plan::new(project, name, register, tally.as_of(), tally.by())?;
            counts.extend(counts_of_groups(project, (name, &plan, counted), column, levels));
        }
    }
    let unknown = || Error::TableNotEvaluated { columns: vec![column.to_owned()] };
    let declared = declared.ok_or_else(unknown)?;
    if counts.is_empty() {
        return Err(unknown());
    }
    let distinct = different(counts.into_iter());
    let levels = &declared.levels.0;
    let of_level: Vec<Vec<u64>> = (0..levels.len())
        .map(|level| distinct.iter().filter_map(|count| count.get(level).copied()).collect())
        .collect();
    let groups = merge_groups(&of_level, may_be_one(declared), rules.threshold);
    let small = |groups: &[Vec<usize>]| {
        let of_group = |count: &[u64], group: &Vec<usize>| {
            group.iter().fold(0_u64, |sum, level| sum.saturating_add(count[*level]))
        };
        let sums = distinct.iter().map(|count| groups.iter().map(|group| of_group(count, group)));
        let sums = different(sums.map(Iterator::collect));
        let is_small = |count: &&u64| (1..rules.threshold).contains(*count);
        sums.iter().flatten().filter(is_small).count()
    };
    let single: Vec<Vec<usize>> = (0..levels.len()).map(|level| vec![level]).collect();
    let merged = project.with_merged_levels(column, &groups)?;
    let codes =
        |group: &Vec<usize>| group.iter().map(|level| levels[*level].code.clone()).collect();
    Ok(ProposedMerging {
        column: column.to_owned(),
        levels: groups.iter().map(codes).collect(),
        small_before: small(&single),
        small_after: small(&groups),
        threshold: rules.threshold,
        merged_column: merged.name,
        project: merged.project,
        declared: merged.declared,
    })
}

/// Counts once each: the same numbers under several names are one. The first, of all units, stays first.
fn different(counts: impl Iterator<Item = Vec<u64>>) -> Vec<Vec<u64>> {
    counts.collect::<IndexSet<_>>().into_iter().collect()
}

/// Which levels can be one: neighbours of an order, and levels of the same parent.
fn may_be_one(column: &Column) -> impl Fn(&[usize], &[usize]) -> bool + '_ {
    let is_ordered = column.column_type() == ColumnType::Ordinal;
    let parent = |group: &[usize]| -> Option<&str> {
        let level: &Level = column.levels.0.get(*group.first()?)?;
        level.parent.as_deref()
    };
    move |one, other| {
        let is_next = one.last().zip(other.first()).is_some_and(|(last, first)| last + 1 == *first);
        parent(one) == parent(other) && (is_next || !is_ordered)
    }
}

/// For each count that a publication prints of the groups of a register, units first, how many are in it of each level.
fn counts_of_groups(
    project: &Project,
    (register, plan, tally): (&str, &Plan, &RegisterTally),
    column: &str,
    levels: usize,
) -> Vec<Vec<u64>> {
    let crossed = plan.crossing.columns.iter().position(|crossed| crossed.name == column);
    let Some(place) = crossed else { return Vec::new() };
    let counts = counts(project, register, plan);
    let printed: Vec<_> = counts.iter().filter(|count| count.scope == Scope::Groups).collect();
    let mut found = vec![vec![0_u64; levels]; printed.len()];
    tally.visit(plan, |cell, classes, units| {
        let level = cell.get(place).map_or(levels, |level| *level as usize);
        if level >= levels {
            return;
        }
        let signature = Signature { axes: &plan.axes, classes };
        for (count, found) in printed.iter().zip(&mut found) {
            let times = u64::from((count.times)(&signature));
            found[level] = found[level].saturating_add(units.saturating_mul(times));
        }
    });
    let of = |name: &str| printed.iter().position(|count| count.name == name);
    let failures = printed.iter().filter_map(|count| {
        let successes = count.name.strip_suffix(".successes")?;
        let observed = of(&format!("{successes}.observed"))?;
        let pairs = found.get(observed)?.iter().zip(found.get(of(&count.name)?)?);
        Some(pairs.map(|(observed, successes)| observed.saturating_sub(*successes)).collect())
    });
    let failures: Vec<Vec<u64>> = failures.collect();
    found.into_iter().chain(failures).collect()
}
