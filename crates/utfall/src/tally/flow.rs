//! The participant flow: how far units have come, and why they went no further.

use std::collections::BTreeSet;

use super::predicate::{Compiler, Predicate, Signature};
use super::truth::Truth;
use crate::data::level_count;
use crate::project::{Condition, Flow};

/// The stages of the flow, compiled.
#[derive(Debug, Clone)]
pub(crate) struct Stages {
    /// Who has reached each stage, up to the first that reads a column which the source does not have.
    pub(crate) reached: Vec<Predicate>,
    /// The axis of the reason for leaving, with its number of levels, where the source has the column.
    pub(crate) reasons: Option<(usize, u32)>,
}

/// How far a unit has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Passage {
    /// How many stages it has reached, one after the other.
    pub(crate) reached: usize,
    /// What is known of the stage after them; `None` where there is none.
    pub(crate) next: Option<Halt>,
}

/// Why a unit is not at the next stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Halt {
    /// It has not reached it.
    Lost,
    /// It is not known whether it has.
    Unknown,
}

impl Stages {
    /// How far units with a signature have come.
    pub(crate) fn passage(&self, signature: &Signature<'_>) -> Passage {
        for (reached, stage) in self.reached.iter().enumerate() {
            match signature.truth(stage) {
                Truth::True => {}
                Truth::False => return Passage { reached, next: Some(Halt::Lost) },
                Truth::Unknown => return Passage { reached, next: Some(Halt::Unknown) },
            }
        }
        Passage { reached: self.reached.len(), next: None }
    }

    /// Every axis that decides how far a unit has come, and why no further.
    pub(crate) fn axes(&self) -> BTreeSet<usize> {
        let mut axes: BTreeSet<usize> = self.reasons.iter().map(|(axis, _)| *axis).collect();
        for stage in &self.reached {
            stage.visit_axes(&mut |axis| {
                axes.insert(axis);
            });
        }
        axes
    }

    /// The level of the reason for leaving; unknown is the one after the last.
    pub(crate) fn reason(&self, signature: &Signature<'_>) -> Option<u32> {
        self.reasons.map(|(axis, _)| signature.classes[axis])
    }
}

impl Compiler<'_> {
    /// The stages of a flow through this register.
    pub(crate) fn stages(&mut self, flow: &Flow) -> Stages {
        let columns = self.columns;
        let reads_absent = |condition: &Condition| {
            let mut found = false;
            condition.visit_columns(&mut |name| {
                found |= columns.get(name).is_some_and(|column| column.absent.is_some());
            });
            found
        };
        let published = flow.stages.iter().take_while(|stage| !reads_absent(&stage.of));
        let reached = published.map(|stage| self.condition(&stage.of)).collect();
        let reasons = flow.reasons.as_ref().and_then(|name| {
            let (position, _, column) = columns.get_full(name)?;
            let levels = u32::try_from(level_count(column)).ok()?;
            column.absent.is_none().then(|| (self.tell_apart(position, column), levels))
        });
        Stages { reached, reasons }
    }
}
