//! Ids of persons: those that repeat, and persons whose rows lie in several levels of a crossed column.

use std::fmt;

use crate::data::{Hash, Register};
use crate::finding::Rows;

/// Hashed ids with the levels of the crossed columns in their rows.
#[derive(Default)]
pub(super) struct Persons {
    ids: Vec<(Hash, u64)>,
    /// For each row a level of each crossed column; `u32::MAX` is unknown.
    levels: Vec<u32>,
}

impl fmt::Debug for Persons {
    /// How many rows there are; what they hold is nobody's to read.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Persons").field("rows", &self.ids.len()).finish_non_exhaustive()
    }
}

impl Persons {
    pub(super) fn add(&mut self, register: &Register<'_>, groups: &[usize]) {
        self.ids.extend_from_slice(&register.ids);
        for row in 0..register.ids.len() {
            self.levels.extend(groups.iter().map(|column| {
                let levels = register.levels(*column);
                levels.map_or(u32::MAX, |levels| {
                    Some(levels.at(row))
                        .filter(|level| *level != levels.unknown)
                        .unwrap_or(u32::MAX)
                })
            }));
        }
    }

    pub(super) fn append(&mut self, other: Self) {
        self.ids.extend(other.ids);
        self.levels.extend(other.levels);
    }

    /// The rows whose id stands in an earlier row.
    pub(super) fn repeated(&self) -> Rows {
        let mut ids = self.ids.clone();
        ids.sort_unstable();
        let pairs = ids.iter().zip(ids.iter().skip(1));
        let mut later: Vec<u64> =
            pairs.filter(|(one, other)| one.0 == other.0).map(|(_, (_, row))| *row).collect();
        later.sort_unstable();
        let mut rows = Rows::default();
        later.into_iter().for_each(|row| rows.add(row));
        rows
    }

    /// For each crossed column how many persons have rows in several of its levels.
    pub(super) fn in_several(&self, groups: usize) -> Vec<u64> {
        let mut order: Vec<usize> = (0..self.ids.len()).collect();
        order.sort_unstable_by_key(|place| self.ids.get(*place));
        let mut several = vec![0; groups];
        let mut rest = &order[..];
        while let Some(first) = rest.first() {
            let hash = self.ids.get(*first).map(|(hash, _)| hash);
            let is_same = |place: &&usize| self.ids.get(**place).map(|(hash, _)| hash) == hash;
            let (person, others) = rest.split_at(rest.iter().take_while(is_same).count().max(1));
            rest = others;
            for (group, several) in several.iter_mut().enumerate() {
                let level = |place: &usize| self.levels.get(place * groups + group).copied();
                let mut known = person.iter().filter_map(level).filter(|level| *level != u32::MAX);
                let first = known.next();
                *several += u64::from(known.any(|level| Some(level) != first));
            }
        }
        several
    }
}
