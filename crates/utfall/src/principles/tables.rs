//! The tables of counts that checks read, and the names of what they read.

use std::collections::BTreeMap;

use super::limits::ShareRange;
use super::result::PartLevel;
use crate::assess::{ByColumn, Crossed, CrossedCell, Evaluation, Reason};
use crate::project::{Need, Project};
use crate::tally::Accounting;

/// A project and its evaluation, as checks read them.
pub(super) struct Tables<'a> {
    pub(super) project: &'a Project,
    pub(super) evaluation: &'a Evaluation,
}

/// A table that was counted.
pub(super) struct Counted<'a> {
    pub(super) columns: &'a [ByColumn],
    pub(super) cells: &'a [CrossedCell],
}

impl<'a> Tables<'a> {
    /// The table of an indicator by some columns; why there is none.
    pub(super) fn indicator(
        &self,
        indicator: &str,
        columns: &[String],
    ) -> Result<Counted<'a>, Reason> {
        self.table(self.project.need(indicator, columns))
    }

    pub(super) fn table(&self, need: Option<Need>) -> Result<Counted<'a>, Reason> {
        let known = need.and_then(|need| {
            self.evaluation.crossed.iter().find(|crossed: &&Crossed| crossed.need == need)
        });
        // A checked project needs nothing that is not counted.
        let found = known.ok_or(Reason::NotPublished)?;
        let cells = found.cells.as_ref().map_err(|reason| *reason)?;
        Ok(Counted { columns: &found.columns, cells })
    }

    /// The level of confidence of intervals.
    pub(super) fn level(&self) -> f64 {
        self.evaluation.figures.level()
    }
}

impl Counted<'_> {
    /// Whether the levels at these columns are known.
    pub(super) fn is_known(&self, cell: &CrossedCell, at: &[usize]) -> bool {
        at.iter().all(|column| {
            let codes = self.columns.get(*column).map_or(0, |column| column.codes.len());
            cell.levels.get(*column).is_some_and(|level| (*level as usize) < codes)
        })
    }

    /// The counts of everybody in some cells.
    pub(super) fn sum(&self, mut counts: impl FnMut(&CrossedCell) -> bool) -> Accounting {
        let mut sum = Accounting::default();
        self.cells.iter().filter(|cell| counts(cell)).for_each(|cell| sum.add_all(&cell.counts));
        sum
    }

    /// Everybody: nobody could join.
    pub(super) fn everybody(&self) -> ShareRange {
        ShareRange { counts: self.sum(|_| true), joining: 0 }
    }

    /// A group: the levels at the first columns. Units of which one of these levels is not known could belong to it.
    pub(super) fn group(&self, levels: &[u32]) -> ShareRange {
        let at: Vec<usize> = (0..levels.len()).collect();
        let is_it = |cell: &CrossedCell| cell.levels.starts_with(levels);
        let unknown = self.sum(|cell| !self.is_known(cell, &at));
        let joining = unknown.due() + unknown.not_due + unknown.unclassified;
        ShareRange { counts: self.sum(is_it), joining }
    }

    /// Every group of the first columns with what `counts` says of its cells, and the same of everybody of known group. The
    /// cells are gone through once.
    pub(super) fn ranges(
        &self,
        columns: usize,
        counts: impl Fn(&CrossedCell) -> Accounting,
    ) -> (Vec<(Vec<u32>, ShareRange)>, Accounting) {
        let at: Vec<usize> = (0..columns).collect();
        let mut of_groups: BTreeMap<&[u32], Accounting> = BTreeMap::new();
        let (mut known, mut unknown) = (Accounting::default(), Accounting::default());
        for cell in self.cells {
            let counts = counts(cell);
            if self.is_known(cell, &at) {
                known.add_all(&counts);
                let levels = cell.levels.get(..columns).unwrap_or_default();
                of_groups.entry(levels).or_default().add_all(&counts);
            } else {
                unknown.add_all(&counts);
            }
        }
        let joining = unknown.due() + unknown.not_due + unknown.unclassified;
        let range = |levels: Vec<u32>| {
            let counts = of_groups.get(&levels[..]).copied().unwrap_or_default();
            (levels, ShareRange { counts, joining })
        };
        (self.groups(columns).into_iter().map(range).collect(), known)
    }

    /// Every combination of declared levels of the first columns, or those that occur where there are too many.
    fn groups(&self, columns: usize) -> Vec<Vec<u32>> {
        let first = self.columns.get(..columns).unwrap_or_default();
        let declared: usize =
            first.iter().fold(1, |product, column| product.saturating_mul(column.codes.len()));
        if declared > MOST_DECLARED {
            let at: Vec<usize> = (0..columns).collect();
            let known = self.cells.iter().filter(|cell| self.is_known(cell, &at));
            let mut groups: Vec<Vec<u32>> =
                known.filter_map(|cell| Some(cell.levels.get(..columns)?.to_vec())).collect();
            groups.dedup();
            return groups;
        }
        let mut groups: Vec<Vec<u32>> = vec![Vec::new()];
        for column in first {
            let codes = 0..u32::try_from(column.codes.len()).unwrap_or(u32::MAX);
            let longer = |group: Vec<u32>| {
                codes.clone().map(move |level| group.iter().copied().chain([level]).collect())
            };
            groups = groups.into_iter().flat_map(longer).collect();
        }
        groups
    }

    /// The names of the levels of a group.
    pub(super) fn part(&self, levels: &[u32]) -> Vec<PartLevel> {
        let named = self.columns.iter().zip(levels);
        named
            .map(|(column, level)| PartLevel {
                column: column.name.clone(),
                code: column.code(*level).to_owned(),
            })
            .collect()
    }
}

/// Beyond this many combinations of levels, only those that occur are groups.
const MOST_DECLARED: usize = 1_000;

/// A figure by name: `men(subproject=Viadidakt)`.
pub(super) fn figure(indicator: &str, part: &[PartLevel]) -> String {
    if part.is_empty() {
        return indicator.to_owned();
    }
    let levels: Vec<String> =
        part.iter().map(|level| format!("{}={}", level.column, level.code)).collect();
    format!("{indicator}({})", levels.join(", "))
}
