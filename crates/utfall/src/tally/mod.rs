//! Tallies: sufficient counts of registers. After this point no row, id or date of a person exists any more.
//!
//! A row is looked at once. Each crossed column gives its level, each axis (`axis`) a class; together they are a
//! place in a `histogram` that is increased by one. All indicators are sums over that histogram: their conditions
//! are evaluated once for each signature that occurs, not for each row (`accounting`).

mod accounting;
mod answers;
mod axis;
mod beside;
mod bytes;
mod combined;
mod conditions;
mod count;
mod crossing;
mod early;
mod flow;
mod fold;
mod gather;
mod histogram;
mod intake;
mod measured;
mod movement;
mod overlap;
mod persons;
mod plan;
mod predicate;
mod reader;
mod tallier;
mod told;
mod truth;

use std::hash::Hasher;

use chrono::NaiveDate;
use siphasher::sip128::{Hasher128, SipHasher13};

pub use accounting::Accounting;
pub use crossing::By;
pub use intake::Intake;
pub use tallier::Piece;

pub(crate) use accounting::{Items, Place, Steps};
pub(crate) use answers::Answers;
pub(crate) use beside::{Beside, Classes, Mark};
pub(crate) use conditions::Conditions;
pub(crate) use crossing::{CrossedColumn, check_by};
pub(crate) use flow::{Halt, Stages};
pub(crate) use measured::Measured;
pub(crate) use movement::{Ladder, Movements, Step};
pub(crate) use plan::{Computable, Plan};
pub(crate) use predicate::Signature;
pub(crate) use tallier::{Tallier, starts_of};
pub(crate) use truth::Truth;

use histogram::Histogram;
use overlap::Overlaps;

use crate::error::{Error, Result};
use crate::finding::{Facts, Finding, FindingCode, Subject};
use crate::project::Project;

/// The counts of a project's registers on a day: everything that an evaluation is made of, and nothing of a person.
///
/// Tallies of parts of a register merge into the tally of the whole, in any order, to the same bits; they can be
/// written to bytes ([`Tally::to_bytes`]) and read back. A tally knows its project, its day and its crossing, and
/// merges only with its like. That no id stands in two rows is seen within one tally only; where persons are counted
/// (`count = "persons"`), one whose enrolments stand in several tallies is counted once in each, and a merged tally says
/// so by the finding `persons_in_parts`.
///
/// ```
/// use utfall::data::{Table, Values};
/// use utfall::{Evaluation, Evaluator, Project, Tally, day};
///
/// let project = Project::from_toml(
///     r#"
///     schema = 1
///     name = "Staff"
///     [registers.staff]
///     unit = "member"
///     columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
///     [indicators.staff]
///     kind = "count"
///     register = "staff"
///     "#,
/// )?;
/// let as_of = day::parse("2022-06-30").unwrap();
/// let mut parts = Vec::new();
/// for genders in [["woman", "man"], ["man", "man"]] {
///     let mut evaluator = Evaluator::new(&project, as_of)?;
///     evaluator.add("staff", &Table::new([("Kön", Values::from_texts(genders.map(Some)))]))?;
///     parts.push(Tally::from_bytes(&evaluator.tally()?.to_bytes())?);
/// }
/// let whole = Tally::merge(parts)?.unwrap();
/// let evaluation = Evaluation::of_tally(&project, &whole)?;
/// assert_eq!(evaluation.figures.value(evaluation.figure("staff").unwrap()), Some(4.0));
/// # Ok::<(), utfall::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// A fingerprint of the project file.
    project: u128,
    as_of: NaiveDate,
    by: By,
    /// The registers that were given, by name, so that no order of merging shows.
    registers: Vec<RegisterTally>,
}

/// The counts of one register, crossed and classified.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RegisterTally {
    name: String,
    histogram: Histogram,
    beside: Beside,
    /// Who is in several groups; only where enrolments are counted as persons.
    overlaps: Option<Overlaps>,
    /// What was found, with the number of rows; which rows is forgotten.
    findings: Vec<(FindingCode, Subject, u64)>,
}

impl Tally {
    /// The tally of registers that were counted for a project.
    pub(crate) fn new(
        project: &Project,
        as_of: NaiveDate,
        by: By,
        mut registers: Vec<RegisterTally>,
    ) -> Self {
        registers.sort_by(|left, right| left.name.cmp(&right.name));
        Self { project: fingerprint(project), as_of, by: by.in_order(), registers }
    }

    /// The day on which the world was looked at.
    pub fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    /// What was crossed.
    pub fn by(&self) -> &By {
        &self.by
    }

    /// The registers that were counted, by name, each with how many units.
    ///
    /// ```
    /// use utfall::{Evaluator, Project, day};
    ///
    /// let project = Project::from_toml("schema = 1\nname = \"Likes\"")?;
    /// let tally = Evaluator::new(&project, day::parse("2022-06-30").unwrap())?.tally()?;
    /// assert_eq!(tally.units_by_register().count(), 0);
    /// # Ok::<(), utfall::Error>(())
    /// ```
    pub fn units_by_register(&self) -> impl Iterator<Item = (&str, u64)> {
        self.registers.iter().map(|register| (register.name.as_str(), register.units()))
    }

    /// How many combinations of levels and answers are held, over all registers, and how many sums and marks beside them.
    /// It does not grow with the rows once every combination has occurred (of an instrument of many items there are more
    /// than persons), but with the different durations and numbers that marks are made of.
    pub fn len(&self) -> usize {
        let mut combinations = 0;
        for register in &self.registers {
            register.histogram.visit(&mut |_, _| combinations += 1);
            combinations += register.beside.len();
        }
        combinations
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The tally of everything that these were counted from; `None` if there are none.
    ///
    /// # Errors
    ///
    /// If they are not of one project, day and crossing, or hold more units together than can be counted.
    pub fn merge(tallies: impl IntoIterator<Item = Self>) -> Result<Option<Self>> {
        let mut tallies = tallies.into_iter();
        let Some(mut whole) = tallies.next() else { return Ok(None) };
        for part in tallies {
            check_like("project file", &part.project, &whole.project)?;
            check_like("day", &part.as_of, &whole.as_of)?;
            check_like("crossing", &part.by, &whole.by)?;
            for register in part.registers {
                whole.merge_register(register)?;
            }
        }
        Ok(Some(whole))
    }

    /// Refuses a project that the tally was not counted for.
    pub(crate) fn check_project(&self, project: &Project) -> Result<()> {
        check_like("project file", &fingerprint(project), &self.project)
    }

    pub(crate) fn registers(&self) -> &[RegisterTally] {
        &self.registers
    }

    fn merge_register(&mut self, part: RegisterTally) -> Result<()> {
        let Some(whole) = self.registers.iter_mut().find(|register| register.name == part.name)
        else {
            self.registers.push(part);
            self.registers.sort_by(|left, right| left.name.cmp(&right.name));
            return Ok(());
        };
        let is_merged = whole.overlaps.is_some() == part.overlaps.is_some()
            && whole.histogram.merge_like(&part.histogram)
            && whole.beside.merge(&part.beside).is_some();
        if !is_merged {
            return Err(Error::UnlikeTallies { what: "project file" });
        }
        if let (Some(whole), Some(part)) = (&mut whole.overlaps, &part.overlaps) {
            whole.add_all(part);
        }
        for (code, subject, count) in part.findings {
            let noted = whole
                .findings
                .iter_mut()
                .find(|(known, about, _)| *known == code && *about == subject);
            match noted {
                Some((_, _, noted)) => *noted = noted.saturating_add(count),
                None => whole.findings.push((code, subject, count)),
            }
        }
        whole.findings.sort();
        Ok(())
    }
}

impl RegisterTally {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// What was found, without the rows.
    pub(crate) fn findings(&self) -> impl Iterator<Item = Finding> {
        let parts = self.overlaps.iter().map(|overlaps| overlaps.parts).filter(|parts| *parts > 1);
        let in_parts =
            parts.map(|parts| (FindingCode::PersonsInParts, Subject::register(&self.name), parts));
        self.findings.iter().cloned().chain(in_parts).map(|(code, subject, count)| Finding {
            code,
            subject,
            facts: Facts::NONE,
            count,
            rows: Vec::new(),
        })
    }

    /// What is kept beside the histogram.
    pub(crate) const fn beside(&self) -> &Beside {
        &self.beside
    }

    /// How many units were counted.
    pub(crate) fn units(&self) -> u64 {
        self.histogram.units()
    }

    /// Whether it was counted by this plan.
    pub(crate) fn is_of(&self, plan: &Plan) -> bool {
        let is_crossed = |(column, levels, _): (usize, &[u32], u64)| {
            let column = plan.crossing.columns.get(column);
            column.is_some_and(|column| levels.iter().all(|level| *level < column.unknown()))
        };
        self.histogram.shape() == plan.shape()
            && self.beside.sums.len() == plan.sums.len()
            && self.beside.marks.len() == plan.marks.len()
            && self.overlaps.is_some() == plan.persons.is_some()
            && self.overlaps.iter().flat_map(Overlaps::iter).all(is_crossed)
    }

    /// Who is in several groups; `None` where rows are counted.
    pub(crate) const fn overlaps(&self) -> Option<&Overlaps> {
        self.overlaps.as_ref()
    }

    /// Calls `visit` with the levels of the crossed columns, the classes of the axes, and the units.
    pub(crate) fn visit(&self, plan: &Plan, mut visit: impl FnMut(&[u32], &[u32], u64)) {
        let crossed = plan.crossing.columns.len();
        self.histogram.visit(&mut |classes, units| {
            let (cell, signature) = classes.split_at(crossed);
            visit(cell, signature, units);
        });
    }
}

fn check_like<T: PartialEq>(what: &'static str, found: &T, own: &T) -> Result<()> {
    if found == own { Ok(()) } else { Err(Error::UnlikeTallies { what }) }
}

/// A fingerprint of everything that a project file declares.
fn fingerprint(project: &Project) -> u128 {
    // No secret is kept by it: it only tells one project file from another.
    let mut hasher = SipHasher13::new();
    hasher.write(project.to_json().as_bytes());
    hasher.finish128().as_u128()
}
