//! Person ids: hashed at the door with a key of this run, compared, and never kept.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use siphasher::sip128::{Hasher128, SipHasher13};
use std::hash::Hasher;

use super::register::ColumnReader;
use super::values::{Code, Values, with_codes};
use crate::error::{RegisterProblem, Result};
use crate::finding::{FindingCode, Rows};
use crate::text;

/// The ids seen so far, as 128-bit hashes under a key that no other run has, each with its row.
///
/// Two ids with one hash would be taken for one person: at 10⁸ persons the chance is below 10⁻²².
#[derive(Debug)]
pub(crate) struct PersonIds {
    keys: (u64, u64),
    rows: HashMap<u128, u64>,
}

impl PersonIds {
    pub(crate) fn new() -> Self {
        // The standard library's hasher state is seeded at random for each run.
        let key = || RandomState::new().hash_one(0_u8);
        Self { keys: (key(), key()), rows: HashMap::new() }
    }

    fn hash(&self, bytes: &[u8]) -> u128 {
        let mut hasher = SipHasher13::new_with_keys(self.keys.0, self.keys.1);
        hasher.write(bytes);
        hasher.finish128().as_u128()
    }

    /// Takes in the ids of some rows; a null id is a finding, an id that is there already an error.
    pub(super) fn add(&mut self, reader: &mut ColumnReader<'_, '_>) -> Result<()> {
        let rows = reader.values.len();
        let known = |row: usize| reader.values.known().is_none_or(|known| known.at(row));
        match reader.values {
            Values::Texts { codes, dictionary, .. } => {
                let hashes: Vec<Option<u128>> = dictionary
                    .iter()
                    .map(|id| {
                        let id = id.as_deref().map(text::normal).unwrap_or_default();
                        (!id.is_empty()).then(|| self.hash(id.as_bytes()))
                    })
                    .collect();
                self.add_hashes(reader, |row| {
                    let code = with_codes!(codes, slice => slice[row].position());
                    hashes.get(code).copied().flatten().filter(|_| known(row))
                })
            }
            Values::Integers { numbers, .. } => {
                let hashes: Vec<Option<u128>> = (0..rows)
                    .map(|row| {
                        known(row).then(|| self.hash(numbers.at(row).to_string().as_bytes()))
                    })
                    .collect();
                self.add_hashes(reader, |row| hashes[row])
            }
            Values::Numbers { numbers, .. } => {
                let hashes: Vec<Option<u128>> = (0..rows)
                    .map(|row| {
                        (known(row) && !numbers[row].is_nan())
                            .then(|| self.hash(numbers[row].to_string().as_bytes()))
                    })
                    .collect();
                self.add_hashes(reader, |row| hashes[row])
            }
            Values::Nulls(_) => self.add_hashes(reader, |_| None),
            other => Err(reader.wrong_type("ids as text or whole numbers", other.noun())),
        }
    }

    fn add_hashes(
        &mut self,
        reader: &mut ColumnReader<'_, '_>,
        hash_of: impl Fn(usize) -> Option<u128>,
    ) -> Result<()> {
        let (mut missing, mut repeated) = (Rows::default(), Rows::default());
        let mut first_of_pair = None;
        for row in 0..reader.values.len() {
            let number = reader.number_of(row);
            let Some(hash) = hash_of(row) else {
                missing.add(number);
                continue;
            };
            let first = *self.rows.entry(hash).or_insert(number);
            if first != number {
                first_of_pair.get_or_insert(first);
                repeated.add(number);
            }
        }
        reader.note(FindingCode::MissingId, missing);
        match (first_of_pair, repeated.some()) {
            (Some(first), Some(rows)) => Err(reader.error(RegisterProblem::RepeatedPerson {
                header: reader.header.to_owned(),
                first,
                rows: rows.into(),
            })),
            _ => Ok(()),
        }
    }
}
