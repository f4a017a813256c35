//! Noise that is the same wherever the same persons are counted.

use super::audit::{Audit, audit};
use super::error::{DisclosureError, Result};
use super::system::System;

/// A system with noise, and the audit of what an outsider can compute from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noisy {
    /// For each cell of the system what is published; unprinted cells get noise as the others do.
    pub values: Vec<u64>,
    /// What an outsider can compute who has the table of noise, but no key. A protection holds where everything that the noise
    /// itself leaves open remains possible when it is used too that the true counts add up. Here it may fail: where it does,
    /// whoever publishes should hide cells instead, or take a wider noise.
    pub audit: Audit,
}

/// Noise by cell key (Fraser and Wooton, UNECE work session on statistical data confidentiality, 2005): the method of the
/// Australian Bureau of Statistics, which Statistics Sweden and the Office for National Statistics have taken over.
///
/// Every person has a record key, drawn once and kept secret by whoever publishes. The keys of the persons in a cell are
/// added up modulo the number of keys; that cell key and the count look the noise up in a table. The same persons get the same
/// noise in every table, so asking again does not average it out. Margins get noise of their own, so tables do not add
/// up; a label must say so. The true counts do: what that tells of each, [`CellKey::protect`] computes.
///
/// There is no randomness here: the caller gives keys and noise, and keeps both to himself.
///
/// ```
/// use utfall::disclosure::CellKey;
///
/// // Two keys; a count of 1 becomes 0 or 2, and from 2 on every second gets one more.
/// let noise = CellKey::new(2, 2, 1, vec![-1, 1, 0, 1])?;
/// assert_eq!(noise.publish(1, 6), 0);
/// assert_eq!(noise.publish(1, 7), 2);
/// assert_eq!(noise.publish(40, 6), 40);
/// assert_eq!(noise.publish(0, 0), 0);
/// # Ok::<(), utfall::disclosure::DisclosureError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellKey {
    keys: u64,
    counts: u64,
    repeat: u64,
    noise: Vec<i64>,
}

impl CellKey {
    /// A table of noise: for each count from 1 to `counts`, one entry for each cell key from 0. Counts beyond use the last
    /// `repeat` rows again and again.
    ///
    /// # Errors
    ///
    /// If the table has not an entry for each count and key, or if more rows are repeated than there are, or none.
    pub fn new(keys: u64, counts: u64, repeat: u64, noise: Vec<i64>) -> Result<Self> {
        let size = keys.checked_mul(counts).and_then(|size| usize::try_from(size).ok());
        let expected = size.unwrap_or(usize::MAX);
        if noise.len() != expected || noise.is_empty() || !(1..=counts).contains(&repeat) {
            return Err(DisclosureError::NotANoiseTable { found: noise.len(), expected });
        }
        Ok(Self { keys, counts, repeat, noise })
    }

    /// What is published in place of a count, from the sum of the record keys of the persons in it. 0 stays 0: a cell that
    /// nobody is in has no key.
    pub fn publish(&self, count: u64, sum_of_keys: u64) -> u64 {
        if count == 0 {
            return 0;
        }
        let key = usize::try_from(sum_of_keys % self.keys).ok();
        let noise = key.and_then(|key| self.row(count).get(key)).copied().unwrap_or_default();
        count.saturating_add_signed(noise)
    }

    /// Each cell of a system with its noise, from the sum of the record keys of the persons in it, and what can be computed
    /// of it all the same.
    ///
    /// # Errors
    ///
    /// If there is not one sum of keys for each cell.
    ///
    /// ```
    /// use utfall::disclosure::{CellKey, Rules, Table};
    ///
    /// // One woman and four men; a key of 0 takes one away, a key of 1 adds one.
    /// let table = Table::of(&[2], &[1, 4])?;
    /// let marked = Rules::default().mark(table.system())?;
    /// let noisy = CellKey::new(2, 1, 1, vec![-1, 1])?.protect(&marked, &[0, 1, 1])?;
    /// assert_eq!(noisy.values, [0, 5, 6]);
    /// // 0 was 0 or 1, 5 was 4 or 6, 6 was 5 or 7: only 0 + 5 is not possible, and nothing follows for either count alone.
    /// let women = noisy.audit.cells[0].interval;
    /// assert_eq!((women.low, women.high), (0, Some(1)));
    /// # Ok::<(), utfall::disclosure::DisclosureError>(())
    /// ```
    pub fn protect(&self, system: &System, sums_of_keys: &[u64]) -> Result<Noisy> {
        let (found, expected) = (sums_of_keys.len(), system.cells().len());
        if found != expected {
            return Err(DisclosureError::UnlikeCells { name: "sums_of_keys", found, expected });
        }
        let cells = system.cells().iter().zip(sums_of_keys);
        let values: Vec<u64> = cells.map(|(cell, key)| self.publish(cell.value, *key)).collect();
        let seen = system.with(|number, cell| {
            let (floor, ceiling) = self.origins(values[number]);
            *cell = cell.seen_between(floor, ceiling);
        })?;
        let audit = audit(&seen, &vec![true; values.len()])?;
        Ok(Noisy { values, audit })
    }

    /// The noise of a count that is not 0, by cell key.
    fn row(&self, count: u64) -> &[i64] {
        let row = if count <= self.counts {
            count - 1
        } else {
            self.counts - self.repeat + (count - self.counts - 1) % self.repeat
        };
        let keys = usize::try_from(self.keys).unwrap_or(usize::MAX);
        let start = usize::try_from(row).unwrap_or(usize::MAX).saturating_mul(keys);
        self.noise.get(start..start.saturating_add(keys)).unwrap_or_default()
    }

    /// The least and the most that a count can have been that was published so.
    fn origins(&self, published: u64) -> (u64, u64) {
        let widest = self.noise.iter().map(|noise| noise.unsigned_abs()).max().unwrap_or_default();
        let from = published.saturating_sub(widest)..=published.saturating_add(widest);
        let is_origin = |count: &u64| match *count {
            0 => published == 0,
            count => {
                self.row(count).iter().any(|noise| count.saturating_add_signed(*noise) == published)
            }
        };
        let mut origins = from.filter(is_origin);
        let least = origins.next().unwrap_or(published);
        (least, origins.next_back().unwrap_or(least))
    }
}
