//! Overlap: how many persons are in several levels of a crossed column, so that no sum of groups hides it.

use std::collections::BTreeMap;

/// What a register of persons knows beside its histogram.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Overlaps {
    /// In how many parts the persons were counted: more than one where tallies were merged.
    pub(crate) parts: u64,
    /// By the position of a crossed column and the levels, ascending, the persons with enrolments in exactly these.
    persons: BTreeMap<(usize, Vec<u32>), u64>,
}

impl Overlaps {
    /// Of persons that were counted in this many parts.
    pub(crate) fn in_parts(parts: u64) -> Self {
        Self { parts, ..Self::default() }
    }

    /// Adds persons who are in several levels of a column.
    pub(crate) fn add(&mut self, column: usize, levels: Vec<u32>, persons: u64) {
        let sum = self.persons.entry((column, levels)).or_default();
        *sum = sum.saturating_add(persons);
    }

    pub(crate) fn add_all(&mut self, other: &Self) {
        self.parts = self.parts.saturating_add(other.parts);
        for ((column, levels), persons) in &other.persons {
            self.add(*column, levels.clone(), *persons);
        }
    }

    /// The columns, the levels and the persons in exactly these, in ascending order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &[u32], u64)> {
        self.persons.iter().map(|((column, levels), persons)| (*column, &levels[..], *persons))
    }
}
