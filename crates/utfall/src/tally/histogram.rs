//! Counts over cells and signatures: dense where they fit, hashed where they do not.

use std::collections::HashMap;

/// Units by class of every crossed column and axis.
#[derive(Debug, Clone)]
pub(crate) struct Histogram {
    shape: Vec<u32>,
    counts: Counts,
}

#[derive(Debug, Clone)]
enum Counts {
    /// A place for each combination: the first class varies slowest.
    Dense(Vec<u64>),
    /// The combinations that occur.
    Sparse(HashMap<Box<[u32]>, u64>),
}

/// The most combinations that have a place of their own (32 MiB of counts).
const MOST_DENSE: u64 = 1 << 22;

impl Histogram {
    pub(crate) fn new(shape: Vec<u32>) -> Self {
        let slots = shape.iter().try_fold(1_u64, |slots, size| slots.checked_mul((*size).into()));
        let counts = match slots {
            Some(slots) if slots <= MOST_DENSE => {
                Counts::Dense(vec![0; usize::try_from(slots).unwrap_or(0)])
            }
            _ => Counts::Sparse(HashMap::new()),
        };
        Self { shape, counts }
    }

    /// An empty histogram that takes up no more than it will hold, whatever its shape.
    pub(crate) fn hashed(shape: Vec<u32>) -> Self {
        Self { shape, counts: Counts::Sparse(HashMap::new()) }
    }

    /// For each position of the shape what a class adds to a place; `None` where combinations are hashed.
    pub(crate) fn strides(&self) -> Option<Vec<u32>> {
        let Counts::Dense(_) = &self.counts else {
            return None;
        };
        let mut stride = 1_u32;
        let mut strides: Vec<u32> = self
            .shape
            .iter()
            .rev()
            .map(|size| {
                let own = stride;
                stride = stride.saturating_mul(*size);
                own
            })
            .collect();
        strides.reverse();
        Some(strides)
    }

    /// Adds one unit at each place of a dense histogram.
    #[inline]
    pub(crate) fn add_ones(&mut self, places: impl Iterator<Item = u32>) {
        if let Counts::Dense(counts) = &mut self.counts {
            places.for_each(|place| counts[place as usize] += 1);
        }
    }

    /// Adds units at places of a dense histogram.
    #[inline]
    pub(crate) fn add_units<'u>(&mut self, places: impl Iterator<Item = (u32, &'u u64)>) {
        if let Counts::Dense(counts) = &mut self.counts {
            places.for_each(|(place, units)| counts[place as usize] += units);
        }
    }

    /// How many classes each position has.
    pub(crate) fn shape(&self) -> &[u32] {
        &self.shape
    }

    /// Adds the units of another histogram, if it has the same shape and the sum can be counted; whether it did.
    pub(crate) fn merge_like(&mut self, other: &Self) -> bool {
        let fits =
            self.units().checked_add(other.units()).is_some_and(|sum| i64::try_from(sum).is_ok());
        if self.shape != other.shape || !fits {
            return false;
        }
        self.merge(other);
        true
    }

    /// How many units are held.
    pub(crate) fn units(&self) -> u64 {
        let mut sum = 0_u64;
        self.visit(&mut |_, units| sum = sum.saturating_add(units));
        sum
    }

    /// Adds the units of a histogram of the same shape.
    pub(crate) fn merge(&mut self, other: &Self) {
        match (&mut self.counts, &other.counts) {
            (Counts::Dense(counts), Counts::Dense(others)) => {
                counts.iter_mut().zip(others).for_each(|(count, other)| *count += other);
            }
            _ => other.visit(&mut |classes, units| self.add(classes, units)),
        }
    }

    /// Adds units to a combination.
    pub(crate) fn add(&mut self, classes: &[u32], units: u64) {
        match &mut self.counts {
            Counts::Dense(counts) => {
                let place = classes
                    .iter()
                    .zip(&self.shape)
                    .fold(0_usize, |place, (class, size)| place * *size as usize + *class as usize);
                counts[place] += units;
            }
            Counts::Sparse(counts) => match counts.get_mut(classes) {
                Some(count) => *count += units,
                None => {
                    counts.insert(classes.into(), units);
                }
            },
        }
    }

    /// Calls `visit` with every combination that occurs and its units, in ascending order.
    pub(crate) fn visit(&self, visit: &mut dyn FnMut(&[u32], u64)) {
        match &self.counts {
            Counts::Dense(counts) => {
                let mut classes = vec![0; self.shape.len()];
                for (place, units) in counts.iter().enumerate().filter(|(_, units)| **units > 0) {
                    classes_at(place, &self.shape, &mut classes);
                    visit(&classes, *units);
                }
            }
            Counts::Sparse(counts) => {
                let mut sorted: Vec<_> = counts.iter().filter(|(_, units)| **units > 0).collect();
                sorted.sort_unstable();
                sorted.into_iter().for_each(|(classes, units)| visit(classes, *units));
            }
        }
    }
}

/// The combination of classes at a place; the last class varies fastest.
pub(super) fn classes_at(place: usize, shape: &[u32], classes: &mut [u32]) {
    let mut rest = place;
    for (class, size) in classes.iter_mut().zip(shape).rev() {
        let size = *size as usize;
        *class = u32::try_from(rest % size).unwrap_or(0);
        rest /= size;
    }
}

impl PartialEq for Histogram {
    /// Equal where they hold the same units, however they are kept.
    fn eq(&self, other: &Self) -> bool {
        let listed = |histogram: &Self| {
            let mut list = Vec::new();
            histogram.visit(&mut |classes, units| list.push((classes.to_vec(), units)));
            list
        };
        self.shape == other.shape && listed(self) == listed(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(mut histogram: Histogram) -> Vec<(Vec<u32>, u64)> {
        for (classes, units) in [([1, 0, 2], 3), ([0, 1, 1], 1), ([1, 0, 2], 4)] {
            histogram.add(&classes, units);
        }
        let mut list = Vec::new();
        histogram.visit(&mut |classes, units| list.push((classes.to_vec(), units)));
        list
    }

    #[test]
    fn dense_and_sparse_hold_the_same() {
        let dense = filled(Histogram::new(vec![2, 2, 3]));
        let sparse = filled(Histogram::hashed(vec![2, 2, 3]));
        assert_eq!(dense, vec![(vec![0, 1, 1], 1), (vec![1, 0, 2], 7)]);
        assert_eq!(dense, sparse);
    }

    #[test]
    fn places_are_sums_of_strides() {
        assert_eq!(Histogram::new(vec![2, 2, 3]).strides(), Some(vec![6, 3, 1]));
        assert_eq!(Histogram::new(vec![u32::MAX; 40]).strides(), None);
    }
}
