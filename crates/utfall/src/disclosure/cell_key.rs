//! Noise that is the same wherever the same persons are counted.

use super::error::{DisclosureError, Result};

/// Noise by cell key (Fraser and Wooton, UNECE work session on statistical data confidentiality, 2005): the method of the
/// Australian Bureau of Statistics, which Statistics Sweden and the Office for National Statistics have taken over.
///
/// Every person has a record key, drawn once and kept secret by whoever publishes. The keys of the persons in a cell are
/// added up modulo the number of keys; that cell key and the count look the noise up in a table. The same persons get the same
/// noise in every table, so asking again does not average it out. Margins get noise of their own, so tables do not add
/// up; a label must say so. No linear audit applies: what can be told of a count is what its noise leaves open.
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
        let row = if count <= self.counts {
            count - 1
        } else {
            self.counts - self.repeat + (count - self.counts - 1) % self.repeat
        };
        let place = usize::try_from(row * self.keys + sum_of_keys % self.keys).ok();
        let noise = place.and_then(|place| self.noise.get(place)).copied().unwrap_or_default();
        count.saturating_add_signed(noise)
    }
}
