//! Person ids: hashed at the door with a key of this run, compared, and never kept.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::atomic::{AtomicUsize, Ordering};

use siphasher::sip128::{Hasher128, SipHasher13};

use super::register::ColumnReader;
use super::values::{Code, Values, with_codes};
use crate::error::Result;
use crate::finding::{FindingCode, Rows};
use crate::text;
use crate::threads::in_threads;

/// Hashes ids to 128 bits under a key that no other run has.
///
/// Two ids with one hash would be taken for one person: at 10⁸ persons the chance is below 10⁻²².
pub(crate) struct IdHasher {
    keys: (u64, u64),
    /// For rows without an id, so that none of them is taken for the person of an id.
    keys_of_rows: (u64, u64),
}

/// A hashed id, in two halves, and the row that it stands in.
pub(crate) type IdRow = (Hash, u64);

/// The two halves of a hash.
pub(crate) type Hash = (u64, u64);

impl fmt::Debug for IdHasher {
    /// The keys are nobody's to read: with them an id could be told from its hash.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("IdHasher").finish_non_exhaustive()
    }
}

impl IdHasher {
    pub(crate) fn new() -> Self {
        // The standard library's hasher state is seeded at random for each run.
        let key = || RandomState::new().hash_one(0_u8);
        Self { keys: (key(), key()), keys_of_rows: (key(), key()) }
    }

    /// The hash of a text; a text that is a whole number is the same id as that number.
    fn text(&self, id: &str) -> Hash {
        let number = id.parse::<i64>().ok().filter(|number| number.to_string() == id);
        number.map_or_else(|| self.bytes(id.as_bytes()), |number| self.number(number))
    }

    fn number(&self, id: i64) -> Hash {
        self.bytes(&id.to_le_bytes())
    }

    fn bytes(&self, bytes: &[u8]) -> Hash {
        hash(self.keys, bytes)
    }

    /// An id that nobody else has, for a row without one.
    fn row(&self, number: u64) -> Hash {
        hash(self.keys_of_rows, &number.to_le_bytes())
    }

    /// The ids of some rows; a null id is a finding, and its row a person of its own.
    pub(super) fn read(&self, reader: &mut ColumnReader<'_, '_>) -> Result<Vec<IdRow>> {
        let rows = reader.values.len();
        let known = |row: usize| reader.values.known().is_none_or(|known| known.at(row));
        match reader.values {
            Values::Texts { codes, dictionary, .. } => {
                let hashes: Vec<Option<Hash>> = dictionary
                    .iter()
                    .map(|id| {
                        let id = id.as_deref().map(text::normal).unwrap_or_default();
                        (!id.is_empty()).then(|| self.text(&id))
                    })
                    .collect();
                Ok(self.with_ids(reader, |row| {
                    let code = with_codes!(codes, slice => slice[row].position());
                    hashes.get(code).copied().flatten().filter(|_| known(row))
                }))
            }
            Values::Integers { numbers, .. } => {
                Ok(self.with_ids(reader, |row| known(row).then(|| self.number(numbers.at(row)))))
            }
            Values::Numbers { numbers, .. } => {
                let numbers: Vec<f64> =
                    (0..rows).map(|row| if known(row) { numbers[row] } else { f64::NAN }).collect();
                Ok(self.with_ids(reader, |row| {
                    let number = numbers[row];
                    (!number.is_nan()).then(|| self.text(&(number + 0.0).to_string()))
                }))
            }
            Values::Nulls(_) => Ok(self.with_ids(reader, |_| None)),
            other => Err(reader.wrong_type("ids as text or whole numbers", other.noun())),
        }
    }

    fn with_ids(
        &self,
        reader: &mut ColumnReader<'_, '_>,
        hash_of: impl Fn(usize) -> Option<Hash>,
    ) -> Vec<IdRow> {
        let mut missing = Rows::default();
        let mut ids = Vec::with_capacity(reader.values.len());
        for row in 0..reader.values.len() {
            let number = reader.number_of(row);
            let hash = hash_of(row).unwrap_or_else(|| {
                missing.add(number);
                self.row(number)
            });
            ids.push((hash, number));
        }
        reader.note(FindingCode::MissingId, missing);
        ids
    }
}

fn hash(keys: (u64, u64), bytes: &[u8]) -> Hash {
    let mut hasher = SipHasher13::new_with_keys(keys.0, keys.1);
    hasher.write(bytes);
    let hash = hasher.finish128();
    (hash.h1, hash.h2)
}

/// Ids apart by their first bits, so that equal ones meet in a small heap.
pub(crate) struct PersonIds {
    heaps: Vec<Vec<IdRow>>,
}

impl fmt::Debug for PersonIds {
    /// How many there are; what they hold is nobody's to read.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids: usize = self.heaps.iter().map(Vec::len).sum();
        formatter.debug_struct("PersonIds").field("ids", &ids).finish_non_exhaustive()
    }
}

/// How many heaps there are: so many that one of ten million ids fits a near cache.
pub(crate) const HEAPS: usize = 512;

/// Fewer ids than this are compared sooner than a thread starts.
pub(crate) const IDS_PER_THREAD: usize = 1 << 16;

/// The heap that an id belongs to.
pub(super) fn heap_of(hash: &Hash) -> usize {
    usize::try_from(hash.0 >> 55).unwrap_or(0) % HEAPS
}

impl PersonIds {
    pub(crate) fn new() -> Self {
        Self { heaps: vec![Vec::new(); HEAPS] }
    }

    pub(crate) fn add(&mut self, ids: &[IdRow]) {
        for (hash, row) in ids {
            self.heaps[heap_of(hash)].push((*hash, *row));
        }
    }

    /// The rows whose id stands in an earlier row, and that row of the first of them; `None` if every id is its own.
    pub(crate) fn repeated(gathered: &[Self]) -> Option<(u64, Rows)> {
        let next = AtomicUsize::new(0);
        let search = || {
            let mut pairs = Vec::new();
            loop {
                let heap = next.fetch_add(1, Ordering::Relaxed);
                if heap >= HEAPS {
                    return pairs;
                }
                repeated_in(gathered.iter().flat_map(|ids| &ids.heaps[heap]), &mut pairs);
            }
        };
        let ids: usize = gathered.iter().flat_map(|ids| &ids.heaps).map(Vec::len).sum();
        let found = in_threads(ids / IDS_PER_THREAD + 1, search);
        let mut pairs: Vec<(u64, u64)> = found.into_iter().flatten().collect();
        pairs.sort_unstable();
        let (_, first) = *pairs.first()?;
        let mut rows = Rows::default();
        pairs.iter().for_each(|(row, _)| rows.add(*row));
        Some((first, rows))
    }
}

/// Adds each row whose id stands in an earlier row, with the earliest one known, in whatever order they come.
fn repeated_in<'i>(ids: impl Iterator<Item = &'i IdRow> + Clone, pairs: &mut Vec<(u64, u64)>) {
    let mut earliest: HashMap<Hash, u64, foldhash::fast::RandomState> = HashMap::default();
    earliest.reserve(ids.clone().count());
    for (hash, row) in ids {
        let known = earliest.entry(*hash).or_insert(*row);
        if known != row {
            pairs.push(((*known).max(*row), (*known).min(*row)));
            *known = (*known).min(*row);
        }
    }
}
