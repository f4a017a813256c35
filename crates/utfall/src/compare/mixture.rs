//! Mixtures of two sides: the definition of one, the data of the other, on the day of either.

use std::collections::BTreeMap;

use super::{Cause, Side};
use crate::assess::{Evaluation, Figures};
use crate::error::{Error, Result};
use crate::tally::{By, Tally};

/// Which of two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Which {
    /// The one before.
    Before,
    /// The one after.
    After,
}

/// What is to be counted so that causes can be separated: the registers of one side, by the project of one, on the day of
/// one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mixture {
    /// Whose project counts.
    pub definition: Which,
    /// Whose registers are counted.
    pub data: Which,
    /// On whose day.
    pub as_of: Which,
}

/// The causes that counts have; a mixture has a bit for each, set where it is that of the side after.
pub(super) const COUNTED: [Cause; 3] = [Cause::Definition, Cause::Data, Cause::AsOf];

impl Mixture {
    /// The mixtures that have to be counted to separate what definition, data and day did; none where only one of them can
    /// have changed anything.
    ///
    /// Each is counted with [`Mixture::by`] as the crossing.
    pub fn needed(before: Side<'_>, after: Side<'_>) -> Vec<Self> {
        let present = present(before, after);
        let all: u8 = present.iter().sum();
        (1..all).filter(|bits| bits & !all == 0).map(Self::of_bits).collect()
    }

    /// The crossing that mixtures are counted by: that of both sides, or everybody only where they are crossed otherwise.
    pub fn by(before: Side<'_>, after: Side<'_>) -> By {
        let (one, other) = (before.evaluation.tally().by(), after.evaluation.tally().by());
        if one == other { one.clone() } else { By::Margins(Vec::new()) }
    }

    fn of_bits(bits: u8) -> Self {
        let which = |position: usize| {
            if bits & (1 << position) == 0 { Which::Before } else { Which::After }
        };
        Self { definition: which(0), data: which(1), as_of: which(2) }
    }

    fn bits(self) -> u8 {
        let bit = |which: Which, position: u8| u8::from(which == Which::After) << position;
        bit(self.definition, 0) | bit(self.data, 1) | bit(self.as_of, 2)
    }
}

/// The bits of the causes that can have changed anything.
fn present(before: Side<'_>, after: Side<'_>) -> Vec<u8> {
    let is_counted_alike = before.project.counts_as(after.project);
    let is_same_day = before.evaluation.as_of == after.evaluation.as_of;
    let registers = registers(before, after);
    let is_same_data = registers.iter().all(|register| {
        counts_differ(
            before.evaluation.tally(),
            after.evaluation.tally(),
            register,
            is_counted_alike,
        ) == Some(false)
    });
    let is_defined_alike = is_counted_alike
        || before
            .project
            .indicators
            .keys()
            .chain(after.project.indicators.keys())
            .all(|indicator| before.project.defines_as(after.project, indicator));
    [!is_defined_alike, !is_same_data, !is_same_day]
        .into_iter()
        .enumerate()
        .filter_map(|(position, is_present)| is_present.then_some(1 << position))
        .collect()
}

/// The registers that either side was given.
pub(super) fn registers(before: Side<'_>, after: Side<'_>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for side in [before, after] {
        for (name, _) in side.evaluation.tally().units_by_register() {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// Whether the counts of a register differ between tallies; `None` where they were not counted alike.
fn counts_differ(
    before: &Tally,
    after: &Tally,
    register: &str,
    is_counted_alike: bool,
) -> Option<bool> {
    let (one, other) = (before.canonical_bytes(register), after.canonical_bytes(register));
    if one.is_none() || other.is_none() {
        return Some(one != other);
    }
    let is_alike = is_counted_alike && before.as_of() == after.as_of() && before.by() == after.by();
    is_alike.then_some(one != other)
}

/// Everything that was counted of two sides: themselves, and what is between them.
pub(super) struct Mixtures<'a> {
    before: Side<'a>,
    after: Side<'a>,
    /// The bits of the causes that can have changed anything.
    present: Vec<u8>,
    /// What was counted between the sides, by bits.
    between: BTreeMap<u8, Evaluation>,
}

impl<'a> Mixtures<'a> {
    pub(super) fn none(before: Side<'a>, after: Side<'a>) -> Self {
        Self { before, after, present: present(before, after), between: BTreeMap::new() }
    }

    pub(super) fn new(
        before: Side<'a>,
        after: Side<'a>,
        counts: &[(Mixture, Tally)],
    ) -> Result<Self> {
        let by = Mixture::by(before, after);
        let mut mixtures = Self::none(before, after);
        for (mixture, tally) in counts {
            let side = |which| if which == Which::Before { before } else { after };
            let unlike = |what| Err(Error::UnlikeTallies { what });
            if tally.as_of() != side(mixture.as_of).evaluation.as_of {
                return unlike("day");
            }
            if *tally.by() != by {
                return unlike("crossing");
            }
            let evaluation = Evaluation::of_tally(side(mixture.definition).project, tally)?;
            mixtures.between.insert(mixture.bits(), evaluation);
        }
        Ok(mixtures)
    }

    /// The counted causes that can have changed anything.
    pub(super) fn causes(&self) -> Vec<Cause> {
        let bits = self.present.iter();
        bits.filter_map(|bit| COUNTED.get(bit.trailing_zeros() as usize).copied()).collect()
    }

    /// Whether every mixture of the present causes was counted.
    pub(super) fn is_complete(&self) -> bool {
        let all = self.all();
        (1..all).filter(|bits| bits & !all == 0).all(|bits| self.between.contains_key(&bits))
    }

    /// The evaluation where these causes are those of the side after, the others those of the side before.
    pub(super) fn evaluation(&self, after: &[Cause]) -> Option<&Evaluation> {
        let bits = COUNTED
            .iter()
            .enumerate()
            .map(|(position, cause)| if after.contains(cause) { 1 << position } else { 0 });
        match bits.sum::<u8>() & self.all() {
            0 => Some(self.before.evaluation),
            bits if bits == self.all() => Some(self.after.evaluation),
            bits => self.between.get(&bits),
        }
    }

    /// The figures where these causes are those of the side after.
    pub(super) fn figures(&self, after: &[Cause]) -> Option<&Figures> {
        self.evaluation(after).map(|evaluation| &evaluation.figures)
    }

    /// Whether the counts of a register differ: told by the tallies of the sides, else by counting the data of both as one
    /// side and as the other.
    pub(super) fn counts_differ(&self, register: &str) -> Option<bool> {
        let (before, after) = (self.before, self.after);
        let is_alike = before.project.counts_as(after.project);
        let (one, other) = (before.evaluation.tally(), after.evaluation.tally());
        counts_differ(one, other, register, is_alike).or_else(|| {
            if !self.is_complete() {
                return None;
            }
            let causes = self.causes();
            let rest: Vec<Cause> =
                causes.iter().copied().filter(|cause| *cause != Cause::Data).collect();
            let differ = |one: &[Cause], other: &[Cause]| {
                let (one, other) = (self.evaluation(one)?, self.evaluation(other)?);
                counts_differ(one.tally(), other.tally(), register, true)
            };
            let as_before = differ(&[], &[Cause::Data])?;
            Some(as_before || differ(&rest, &causes)?)
        })
    }

    /// Whether only one side has an indicator.
    pub(super) fn is_of_one_side(&self, indicator: &str) -> bool {
        let has = |side: Side<'_>| side.project.indicators.contains_key(indicator);
        has(self.before) != has(self.after)
    }

    /// What can have changed a figure of an indicator.
    pub(super) fn possible(&self, indicator: &str) -> Vec<Cause> {
        let (before, after) = (self.before.project, self.after.project);
        let register = |side: &Side<'_>| {
            side.project.indicators.get(indicator).map(|found| found.register.clone())
        };
        let registers = [register(&self.before), register(&self.after)];
        let has_other_data = || {
            registers.iter().flatten().any(|register| self.counts_differ(register) != Some(false))
        };
        let present = self.causes();
        present
            .into_iter()
            .filter(|cause| match cause {
                Cause::Definition => !before.defines_as(after, indicator),
                Cause::Data => has_other_data(),
                _ => true,
            })
            .collect()
    }

    fn all(&self) -> u8 {
        self.present.iter().sum()
    }
}
