//! Tallies as bytes: versioned, checked, and read with suspicion.

use std::collections::BTreeMap;
use std::hash::Hasher;

use serde::{Deserialize, Serialize};
use siphasher::sip::SipHasher13;

use super::beside::{Beside, Classes, Mark};
use super::histogram::Histogram;
use super::overlap::Overlaps;
use super::{By, RegisterTally, Tally};
use crate::day;
use crate::error::{Error, Result};
use crate::finding::{FindingCode, Subject};
use crate::stats::{ExactSum, Moments};

/// What the bytes begin with; the last is the version of the form.
const MAGIC: &[u8; 8] = b"utfall\x00\x02";

/// How many bytes the check sum at the end has.
const CHECK: usize = 8;

/// What the bytes hold between the magic and the check sum.
#[derive(Serialize, Deserialize)]
struct Stored {
    project: u128,
    as_of: i32,
    by: StoredBy,
    registers: Vec<StoredRegister>,
}

#[derive(Serialize, Deserialize)]
enum StoredBy {
    Declared,
    Margins(Vec<String>),
    Tables(Vec<Vec<String>>),
}

#[derive(Serialize, Deserialize)]
struct StoredRegister {
    name: String,
    shape: Vec<u32>,
    /// The classes of every combination, one combination after the other.
    classes: Vec<u32>,
    /// The units of every combination.
    units: Vec<u64>,
    sums: Vec<Vec<StoredSum>>,
    marks: Vec<Vec<StoredMark>>,
    overlaps: Option<StoredOverlaps>,
    findings: Vec<StoredFinding>,
}

#[derive(Serialize, Deserialize)]
struct StoredSum {
    classes: Vec<u32>,
    units: u64,
    sum: Vec<(i16, i128)>,
    squares: Vec<(i16, i128)>,
}

#[derive(Serialize, Deserialize)]
struct StoredMark {
    classes: Vec<u32>,
    mark: Vec<i64>,
    units: u64,
}

#[derive(Serialize, Deserialize)]
struct StoredOverlaps {
    parts: u64,
    /// A position of the shape, levels of it, and the persons who are in all of these.
    persons: Vec<(u32, Vec<u32>, u64)>,
}

#[derive(Serialize, Deserialize)]
struct StoredFinding {
    code: String,
    column: Option<String>,
    indicator: Option<String>,
    count: u64,
}

impl Tally {
    /// The version of the form of [`Tally::to_bytes`] and [`Tally::canonical_bytes`]. Bytes of two forms differ for the same
    /// counts.
    pub const FORM: u8 = MAGIC[MAGIC.len() - 1];

    /// The counts of one register as bytes that only its counts decide, to be hashed; `None` for a register that was not
    /// given.
    ///
    /// Equal bytes are equal counts, whatever the order of the rows, the pieces they came in and the tallies that were
    /// merged. The project file, the day and the crossing are not in them, but what they ask for decides what is counted: bytes
    /// are to be compared between tallies of one project, day and crossing. A hash of them is no secret where a register is
    /// small: whoever tries all counts of five persons finds the one that has the hash. Hash them with a key then.
    ///
    /// ```
    /// use utfall::data::{Table, Values};
    /// use utfall::{Evaluator, Project, day};
    ///
    /// let project = Project::from_toml(
    ///     r#"
    ///     schema = 1
    ///     name = "Staff"
    ///     [registers.staff]
    ///     unit = "member"
    ///     by = ["gender"]
    ///     columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
    ///     "#,
    /// )?;
    /// let bytes = |genders: [&'static str; 3]| {
    ///     let mut evaluator = Evaluator::new(&project, day::parse("2022-06-30").unwrap())?;
    ///     evaluator.add("staff", &Table::new([("Kön", Values::from_texts(genders.map(Some)))]))?;
    ///     Ok::<_, utfall::Error>(evaluator.tally()?.canonical_bytes("staff"))
    /// };
    /// assert_eq!(bytes(["woman", "man", "man"])?, bytes(["man", "woman", "man"])?);
    /// assert_ne!(bytes(["woman", "man", "man"])?, bytes(["woman", "woman", "man"])?);
    /// # Ok::<(), utfall::Error>(())
    /// ```
    pub fn canonical_bytes(&self, register: &str) -> Option<Vec<u8>> {
        let register = self.registers.iter().find(|counted| counted.name == register)?;
        let mut stored = StoredRegister::of(register);
        // What a row of no weight leaves behind, and in how many parts was counted, are no counts.
        stored.sums.iter_mut().for_each(|sums| sums.retain(|sum| sum.units > 0));
        stored.marks.iter_mut().for_each(|marks| marks.retain(|mark| mark.units > 0));
        stored.overlaps.iter_mut().for_each(|overlaps| overlaps.parts = 0);
        stored.findings.sort_by(|one, next| one.key().cmp(&next.key()));
        Some(postcard::to_extend(&stored, MAGIC.to_vec()).unwrap_or_default())
    }

    /// The tally as bytes, for [`Tally::from_bytes`]. Equal tallies give equal bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let stored = Stored {
            project: self.project,
            as_of: day::number(self.as_of),
            by: match self.by.clone() {
                By::Declared => StoredBy::Declared,
                By::Margins(columns) => StoredBy::Margins(columns),
                By::Tables(tables) => StoredBy::Tables(tables),
            },
            registers: self.registers.iter().map(StoredRegister::of).collect(),
        };
        // Writing to memory does not fail.
        let mut bytes = postcard::to_extend(&stored, MAGIC.to_vec()).unwrap_or_default();
        let check = check_sum(&bytes);
        bytes.extend(check);
        bytes
    }

    /// Reads a tally from the bytes that [`Tally::to_bytes`] gave.
    ///
    /// # Errors
    ///
    /// If they are no tally, of another version, cut short or changed.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let broken = |reason| Error::BrokenTally { reason };
        let (name, version) = MAGIC.split_at(MAGIC.len() - 1);
        let rest = bytes.strip_prefix(name).ok_or_else(|| broken("they are no tally"))?;
        let Some(rest) = rest.strip_prefix(version) else {
            return Err(broken("they were written by another version of this library"));
        };
        let (body, check) =
            rest.split_last_chunk::<CHECK>().ok_or_else(|| broken("they are cut short"))?;
        if check_sum(&bytes[..bytes.len() - CHECK]) != *check {
            return Err(broken("they are cut short or changed"));
        }
        let stored: Stored =
            postcard::from_bytes(body).map_err(|_| broken("they are cut short or changed"))?;
        let inconsistent = || broken("they contradict themselves");
        let registers = stored.registers.into_iter().map(StoredRegister::read);
        Ok(Self {
            project: stored.project,
            as_of: day::from_number(stored.as_of).ok_or_else(inconsistent)?,
            by: match stored.by {
                StoredBy::Declared => By::Declared,
                StoredBy::Margins(columns) => By::Margins(columns),
                StoredBy::Tables(tables) => By::Tables(tables),
            },
            registers: registers.collect::<Option<_>>().ok_or_else(inconsistent)?,
        })
    }
}

impl StoredFinding {
    fn key(&self) -> (&str, &Option<String>, &Option<String>) {
        (&self.code, &self.column, &self.indicator)
    }
}

impl StoredRegister {
    fn of(register: &RegisterTally) -> Self {
        let (mut classes, mut units) = (Vec::new(), Vec::new());
        register.histogram.visit(&mut |combination, count| {
            classes.extend_from_slice(combination);
            units.push(count);
        });
        let findings = register.findings.iter().map(|(code, subject, count)| StoredFinding {
            code: code.word().to_owned(),
            column: subject.column.clone(),
            indicator: subject.indicator.clone(),
            count: *count,
        });
        Self {
            name: register.name.clone(),
            shape: register.histogram.shape().to_vec(),
            classes,
            units,
            sums: register.beside.sums.iter().map(stored_sums).collect(),
            marks: register.beside.marks.iter().map(stored_marks).collect(),
            overlaps: register.overlaps.as_ref().map(StoredOverlaps::of),
            findings: findings.collect(),
        }
    }

    /// The register, or `None` where a class lies beyond its shape or more units are held than can be counted.
    fn read(self) -> Option<RegisterTally> {
        let width = self.shape.len();
        if self.classes.len() != width.checked_mul(self.units.len())? {
            return None;
        }
        let sum = self.units.iter().try_fold(0_u64, |sum, units| sum.checked_add(*units))?;
        i64::try_from(sum).ok()?;
        let mut histogram = Histogram::hashed(self.shape.clone());
        for (combination, units) in self.units.iter().enumerate() {
            let classes = &self.classes[combination * width..(combination + 1) * width];
            within(classes, &self.shape)?;
            histogram.add(classes, *units);
        }
        let beside = read_beside(self.sums, self.marks, &self.shape)?;
        let overlaps = match self.overlaps {
            Some(overlaps) => Some(overlaps.read(&self.shape, sum)?),
            None => None,
        };
        let findings = self.findings.into_iter().map(|finding| {
            let code = FindingCode::ALL.iter().copied().find(|code| code.word() == finding.code)?;
            let StoredFinding { column, indicator, count, .. } = finding;
            let subject = Subject { column, indicator, ..Subject::register(&self.name) };
            Some((code, subject, count))
        });
        let findings = findings.collect::<Option<_>>()?;
        Some(RegisterTally { name: self.name, histogram, beside, overlaps, findings })
    }
}

impl StoredOverlaps {
    fn of(overlaps: &Overlaps) -> Self {
        let persons = overlaps.iter().map(|(column, levels, persons)| {
            (u32::try_from(column).unwrap_or(u32::MAX), levels.to_vec(), persons)
        });
        Self { parts: overlaps.parts, persons: persons.collect() }
    }

    /// The overlaps, or `None` where they are not of this shape, not in order, or of more persons than there are.
    fn read(self, shape: &[u32], units: u64) -> Option<Overlaps> {
        let mut overlaps = Overlaps::in_parts(self.parts);
        let mut of_column = vec![0_u64; shape.len()];
        for (column, levels, persons) in &self.persons {
            let column = usize::try_from(*column).ok()?;
            let last = shape.get(column)?.checked_sub(1)?;
            let are_levels = levels.iter().all(|level| *level < last);
            let are_several = levels.len() > 1 && levels.is_sorted_by(|one, next| one < next);
            of_column[column] = of_column[column].checked_add(*persons)?;
            if !are_levels || !are_several || *persons == 0 || of_column[column] > units {
                return None;
            }
            overlaps.add(column, levels.clone(), *persons);
        }
        let are_in_order =
            self.persons.is_sorted_by(|one, next| (one.0, &one.1) < (next.0, &next.1));
        (are_in_order && self.parts <= units && (self.parts > 0) == (units > 0)).then_some(overlaps)
    }
}

/// Refuses classes beyond a shape.
fn within(classes: &[u32], shape: &[u32]) -> Option<()> {
    let is_within =
        classes.len() == shape.len() && classes.iter().zip(shape).all(|(class, size)| class < size);
    is_within.then_some(())
}

fn stored_sums(sums: &BTreeMap<Classes, Moments>) -> Vec<StoredSum> {
    let stored = sums.iter().map(|(classes, moments)| {
        let (units, sum, squares) = moments.parts();
        StoredSum {
            classes: classes.to_vec(),
            units,
            sum: sum.parts().collect(),
            squares: squares.parts().collect(),
        }
    });
    stored.collect()
}

fn stored_marks(marks: &BTreeMap<(Classes, Mark), u64>) -> Vec<StoredMark> {
    let stored = marks.iter().map(|((classes, mark), units)| StoredMark {
        classes: classes.to_vec(),
        mark: mark.to_vec(),
        units: *units,
    });
    stored.collect()
}

/// What is kept beside a histogram, or `None` where it does not belong to its shape or cannot be held.
fn read_beside(
    sums: Vec<Vec<StoredSum>>,
    marks: Vec<Vec<StoredMark>>,
    shape: &[u32],
) -> Option<Beside> {
    let mut beside = Beside::new(sums.len(), marks.len());
    for (whole, stored) in beside.sums.iter_mut().zip(sums) {
        for StoredSum { classes, units, sum, squares } in stored {
            within(&classes, shape)?;
            let (sum, squares) = (ExactSum::from_parts(sum)?, ExactSum::from_parts(squares)?);
            whole.insert(classes.into(), Moments::from_parts(units, sum, squares));
        }
    }
    for (whole, stored) in beside.marks.iter_mut().zip(marks) {
        for StoredMark { classes, mark, units } in stored {
            within(&classes, shape)?;
            whole.insert((classes.into(), mark.into()), units);
        }
    }
    Some(beside)
}

fn check_sum(bytes: &[u8]) -> [u8; CHECK] {
    let mut hasher = SipHasher13::new();
    hasher.write(bytes);
    hasher.finish().to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten units, crossed by a column of three levels and unknown; an axis of two classes behind it.
    fn read(parts: u64, persons: &[(u32, &[u32], u64)]) -> Option<Overlaps> {
        let persons =
            persons.iter().map(|(column, levels, persons)| (*column, levels.to_vec(), *persons));
        StoredOverlaps { parts, persons: persons.collect() }.read(&[4, 2], 10)
    }

    #[test]
    fn overlaps_that_contradict_themselves_are_not_read() {
        assert!(read(2, &[(0, &[0, 1], 3), (0, &[0, 1, 2], 1), (0, &[0, 2], 6)]).is_some());
        let broken: [&[(u32, &[u32], u64)]; 9] = [
            &[(2, &[0, 1], 1)],
            &[(0, &[0, 3], 1)],
            &[(0, &[0], 1)],
            &[(0, &[], 1)],
            &[(0, &[1, 0], 1)],
            &[(0, &[0, 0], 1)],
            &[(0, &[0, 1], 0)],
            &[(0, &[0, 1], 6), (0, &[0, 2], 5)],
            &[(0, &[0, 2], 1), (0, &[0, 1], 1)],
        ];
        for persons in broken {
            assert!(read(1, persons).is_none(), "{persons:?}");
        }
        assert!(read(0, &[]).is_none() && read(11, &[]).is_none());
        assert!(read(1, &[(0, &[0, 1], u64::MAX), (0, &[0, 2], 1)]).is_none());
    }
}
