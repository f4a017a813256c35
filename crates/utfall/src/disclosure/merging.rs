//! Levels merged until nothing has to be hidden.

use super::error::Result;
use super::protect::{Limits, Pattern, protect_by};
use super::rules::Rules;
use super::table::Table;

/// A table of fewer levels, with its audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merging {
    /// For each dimension the new levels, each with the old ones in it, in the order of their first.
    pub levels: Vec<Vec<Vec<usize>>>,
    /// The table of the new levels.
    pub table: Table,
    /// How many combinations of levels are no longer told apart.
    pub cells_lost: usize,
    /// What must be hidden all the same: nothing, unless the whole table is too small.
    pub pattern: Pattern,
}

/// What is left to do, to be made as small as possible: small counts, then the persons in the merged levels, then place.
type Left = (usize, u64, usize, usize, usize);

/// Merges levels until the rules hide nothing, or there is nothing more to merge.
///
/// Step by step two levels of one dimension become one: those after which the fewest small counts are left, margins counted; of
/// those the two with the fewest persons. Which levels belong together no count can tell, so this is a proposal; levels
/// that are ordered should be merged by hand. Groups of the dimensions are given up.
///
/// # Errors
///
/// As [`protect_by`].
///
/// ```
/// use utfall::disclosure::{Limits, Rules, Table, merge_levels};
///
/// // Branches by women and men, as the Likes report prints them: 0 and 4 and 2 are small.
/// let table = Table::of(&[4, 2], &[49, 17, 24, 0, 15, 4, 2, 27])?;
/// let merged = merge_levels(&table, Rules::default(), Limits::default())?;
/// assert_eq!(merged.levels[0], [vec![0], vec![1], vec![2, 3]]);
/// assert_eq!(merged.cells_lost, 2);
/// assert!(!merged.pattern.hidden.contains(&true));
/// # Ok::<(), utfall::disclosure::DisclosureError>(())
/// ```
pub fn merge_levels(table: &Table, rules: Rules, limits: Limits) -> Result<Merging> {
    let (mut shape, mut counts) = table.levels();
    let cells = counts.len();
    let mut levels: Vec<Vec<Vec<usize>>> =
        shape.iter().map(|size| (0..*size).map(|level| vec![level]).collect()).collect();
    rules.mark(table.system())?;
    while small(&shape, &counts, rules)? > 0 {
        let Some((dimension, one, other)) = best(&shape, &counts, rules)? else { break };
        counts = merged(&shape, &counts, dimension, one, other);
        shape[dimension] -= 1;
        let gone = levels[dimension].remove(other);
        levels[dimension][one].extend(gone);
        levels[dimension][one].sort_unstable();
    }
    let table = Table::of(&shape, &counts)?;
    let pattern = protect_by(table.system(), rules, limits)?;
    Ok(Merging { levels, cells_lost: cells - counts.len(), table, pattern })
}

/// How many cells the rules hide, margins counted.
fn small(shape: &[usize], counts: &[u64], rules: Rules) -> Result<usize> {
    let marked = rules.mark(Table::of(shape, counts)?.system())?;
    Ok(marked.cells().iter().filter(|cell| cell.need.is_some()).count())
}

fn best(shape: &[usize], counts: &[u64], rules: Rules) -> Result<Option<(usize, usize, usize)>> {
    let mut best: Option<Left> = None;
    for (dimension, size) in shape.iter().enumerate() {
        for one in 0..*size {
            for other in one + 1..*size {
                let merged = merged(shape, counts, dimension, one, other);
                let mut shape = shape.to_vec();
                shape[dimension] -= 1;
                let persons = persons(&shape, &merged, dimension, one);
                let left = (small(&shape, &merged, rules)?, persons, dimension, one, other);
                best = Some(best.map_or(left, |best| best.min(left)));
            }
        }
    }
    Ok(best.map(|(_, _, dimension, one, other)| (dimension, one, other)))
}

/// How a place in the row-major order divides: the level of a dimension, and the cells of one level in a row.
fn level(shape: &[usize], dimension: usize, place: usize) -> (usize, usize) {
    let inner: usize = shape.iter().skip(dimension + 1).product();
    (place / inner % shape[dimension], inner)
}

fn persons(shape: &[usize], counts: &[u64], dimension: usize, of: usize) -> u64 {
    let counts = counts.iter().enumerate();
    let of = counts.filter(|(place, _)| level(shape, dimension, *place).0 == of);
    of.fold(0, |sum, (_, count)| sum.saturating_add(*count))
}

/// The counts with one level added to another before it.
fn merged(shape: &[usize], counts: &[u64], dimension: usize, one: usize, other: usize) -> Vec<u64> {
    let kept = counts.iter().enumerate().filter_map(|(place, count)| {
        let (here, inner) = level(shape, dimension, place);
        let partner = if here == one { counts[place + (other - one) * inner] } else { 0 };
        (here != other).then(|| count.saturating_add(partner))
    });
    kept.collect()
}

/// Groups merged two by two until none of their counts is small, or only two are left: those after which the fewest small counts
/// remain; of those the two with the fewest units, which are the first count of each group. Of all that were on the way the one
/// with the fewest small counts, and then the most groups, is given: for each new group the old ones in it.
pub(crate) fn merge_groups(
    counts: &[Vec<u64>],
    may_be_one: impl Fn(&[usize], &[usize]) -> bool,
    threshold: u64,
) -> Vec<Vec<usize>> {
    let small =
        |counts: &[u64]| counts.iter().filter(|count| (1..threshold).contains(*count)).count();
    let mut groups: Vec<(Vec<usize>, Vec<u64>)> =
        counts.iter().enumerate().map(|(group, counts)| (vec![group], counts.clone())).collect();
    let left = |groups: &[(Vec<usize>, Vec<u64>)]| -> usize {
        groups.iter().map(|(_, counts)| small(counts)).sum()
    };
    let mut best = (left(&groups), groups.clone());
    while groups.len() > 2 && best.0 > 0 {
        let pairs =
            (0..groups.len()).flat_map(|one| (one + 1..groups.len()).map(move |two| (one, two)));
        let may = |(one, two): &(usize, usize)| may_be_one(&groups[*one].0, &groups[*two].0);
        let all = left(&groups);
        let outcome = |(one, two): &(usize, usize)| {
            let sum = added(&groups[*one].1, &groups[*two].1);
            let gone = small(&groups[*one].1) + small(&groups[*two].1);
            (all - gone + small(&sum), sum.first().copied(), *one, *two)
        };
        let Some((one, two)) = pairs.filter(may).min_by_key(outcome) else { break };
        let (levels, counts) = groups.remove(two);
        groups[one].0.extend(levels);
        groups[one].0.sort_unstable();
        groups[one].1 = added(&groups[one].1, &counts);
        let now = left(&groups);
        if now < best.0 {
            best = (now, groups.clone());
        }
    }
    best.1.into_iter().map(|(levels, _)| levels).collect()
}

fn added(one: &[u64], other: &[u64]) -> Vec<u64> {
    one.iter().zip(other).map(|(one, other)| one.saturating_add(*other)).collect()
}

#[cfg(test)]
mod tests {
    use super::merge_groups;

    #[test]
    fn merges_what_is_small_with_the_smallest_that_helps() {
        let counts = [vec![60, 30], vec![20, 9], vec![6, 2], vec![12, 8]];
        assert_eq!(merge_groups(&counts, |_, _| true, 5), [vec![0], vec![1], vec![2, 3]]);
        // Neighbours only.
        let next = |one: &[usize], two: &[usize]| {
            one.last().is_some_and(|last| two.first() == Some(&(last + 1)))
        };
        let counts = [vec![6, 2], vec![60, 30], vec![5, 5]];
        assert_eq!(merge_groups(&counts, next, 5), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn leaves_two_groups_whatever_is_small() {
        assert_eq!(merge_groups(&[vec![3], vec![2]], |_, _| true, 5), [vec![0], vec![1]]);
        assert_eq!(merge_groups(&[vec![1], vec![1], vec![1]], |_, _| true, 5).len(), 2);
        assert_eq!(merge_groups(&[vec![9], vec![8], vec![7]], |_, _| true, 5).len(), 3);
    }
}
