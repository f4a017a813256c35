//! The steps through which every unit goes, and the counts that always add up.

use std::collections::BTreeSet;

use super::answers::Answers;
use super::measured::Measured;
use super::movement::Movements;
use super::predicate::{Predicate, Signature};
use super::truth::Truth;

/// Where a unit ends up, in the order in which the steps are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Outside,
    Unclassified,
    Excluded,
    /// Not due; `known` where the success is known all the same.
    NotDue {
        known: bool,
    },
    Missing,
    Success,
    Failure,
}

impl Place {
    /// Whether the outcome is known.
    pub(crate) const fn is_observed(self) -> bool {
        matches!(self, Self::Success | Self::Failure)
    }
}

/// The parts of a register, for one indicator and one group.
///
/// `units = outside + unclassified + population`; `population = excluded + not_due + due`; `due = missing + observed`.
///
/// ```
/// use utfall::Accounting;
///
/// let counts = Accounting { outside: 26, not_due: 10, missing: 9, successes: 66, failures: 31, ..Accounting::default() };
/// assert_eq!((counts.units(), counts.population(), counts.due(), counts.observed()), (142, 116, 106, 97));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Accounting {
    /// `of` is false.
    pub outside: u64,
    /// `of` is unknown.
    pub unclassified: u64,
    /// In the population, and taken out by `exclude`.
    pub excluded: u64,
    /// In the population, and the follow-up lies ahead or has nothing to run from.
    pub not_due: u64,
    /// Due, and `having` is unknown or was not observed in its window.
    pub missing: u64,
    /// Observed, and `having` is true.
    pub successes: u64,
    /// Observed, and `having` is false.
    pub failures: u64,
}

impl Accounting {
    /// The names of [`Accounting::parts`], as tables write them.
    pub const PARTS: [&'static str; 10] = [
        "units",
        "outside",
        "unclassified",
        "population",
        "excluded",
        "not_due",
        "due",
        "missing",
        "observed",
        "successes",
    ];

    /// The parts in the order of the table `figures`: each a sum of those that the accounting is made of.
    pub const fn parts(&self) -> [u64; Self::PARTS.len()] {
        [
            self.units(),
            self.outside,
            self.unclassified,
            self.population(),
            self.excluded,
            self.not_due,
            self.due(),
            self.missing,
            self.observed(),
            self.successes,
        ]
    }

    /// All units.
    pub const fn units(&self) -> u64 {
        self.outside + self.unclassified + self.population()
    }

    /// Units of which `of` is true.
    pub const fn population(&self) -> u64 {
        self.excluded + self.not_due + self.due()
    }

    /// Units whose outcome is due.
    pub const fn due(&self) -> u64 {
        self.missing + self.observed()
    }

    /// Units whose outcome is known.
    pub const fn observed(&self) -> u64 {
        self.successes + self.failures
    }

    pub(crate) fn add(&mut self, place: Place, units: u64) {
        let part = match place {
            Place::Outside => &mut self.outside,
            Place::Unclassified => &mut self.unclassified,
            Place::Excluded => &mut self.excluded,
            Place::NotDue { .. } => &mut self.not_due,
            Place::Missing => &mut self.missing,
            Place::Success => &mut self.successes,
            Place::Failure => &mut self.failures,
        };
        *part += units;
    }

    pub(crate) fn add_all(&mut self, other: &Self) {
        self.outside += other.outside;
        self.unclassified += other.unclassified;
        self.excluded += other.excluded;
        self.not_due += other.not_due;
        self.missing += other.missing;
        self.successes += other.successes;
        self.failures += other.failures;
    }
}

/// The questions that decide a unit's place, compiled.
#[derive(Debug, Clone)]
pub(crate) struct Steps {
    pub(crate) of: Predicate,
    pub(crate) exclude: Predicate,
    /// Whether the follow-up is due; absent where nothing falls due later.
    pub(crate) due: Option<Predicate>,
    /// Whether the observation lies in its window; absent where none is declared.
    pub(crate) in_window: Option<Predicate>,
    /// Absent for a count, where everybody in the population is a success, and for a survey, whose answers decide.
    pub(crate) having: Option<Predicate>,
    /// What the indicator is made of, where it is made of several things.
    pub(crate) items: Items,
}

/// The items that an indicator is made of.
#[derive(Debug, Clone)]
pub(crate) enum Items {
    None,
    Movements(Box<Movements>),
    Answers(Answers),
    /// What is kept beside the histogram.
    Beside(Measured),
}

impl Steps {
    /// Where units with a signature end up: in one place, or in one for each answer of a survey.
    pub(crate) fn places(&self, signature: &Signature<'_>) -> Vec<Place> {
        match (self.place(signature), &self.items) {
            (Place::Success, Items::Answers(answers)) => answers.places(signature),
            (place, Items::Answers(answers)) => vec![place; answers.items.len()],
            (place, Items::None | Items::Movements(_) | Items::Beside(_)) => vec![place],
        }
    }

    /// Every axis that decides where a unit ends up, and on which of its items.
    pub(crate) fn axes(&self) -> BTreeSet<usize> {
        let mut axes = BTreeSet::new();
        let mut visit = |axis| {
            axes.insert(axis);
        };
        let asked = [&self.due, &self.in_window, &self.having].into_iter().flatten();
        let asked = asked.chain([&self.of, &self.exclude]);
        asked.for_each(|predicate| predicate.visit_axes(&mut visit));
        match &self.items {
            Items::Movements(movements) => movements.visit_axes(&mut visit),
            Items::Answers(answers) => answers.visit_axes(&mut visit),
            Items::None | Items::Beside(_) => {}
        }
        axes
    }

    /// Whether units with a signature are in the population, not excluded, and due.
    pub(crate) fn is_due(&self, signature: &Signature<'_>) -> bool {
        matches!(self.place(signature), Place::Missing | Place::Success | Place::Failure)
    }

    /// Whether a success is to be observed on a day, so that one known before is remarkable. An event is no observation.
    pub(crate) const fn has_follow_up(&self) -> bool {
        self.due.is_some() && !matches!(self.items, Items::Beside(_))
    }

    /// How many things are counted of each unit.
    pub(crate) fn per_unit(&self) -> usize {
        match &self.items {
            Items::Answers(answers) => answers.items.len(),
            Items::None | Items::Movements(_) | Items::Beside(_) => 1,
        }
    }

    /// Where units with a signature end up.
    pub(crate) fn place(&self, signature: &Signature<'_>) -> Place {
        match signature.truth(&self.of) {
            Truth::False => return Place::Outside,
            Truth::Unknown => return Place::Unclassified,
            Truth::True => {}
        }
        if signature.truth(&self.exclude) == Truth::True {
            return Place::Excluded;
        }
        let Some(having) = &self.having else {
            return Place::Success;
        };
        let success = signature.truth(having);
        if self.due.as_ref().is_some_and(|due| signature.truth(due) != Truth::True) {
            return Place::NotDue { known: success == Truth::True };
        }
        if self.in_window.as_ref().is_some_and(|window| signature.truth(window) != Truth::True) {
            return Place::Missing;
        }
        match success {
            Truth::True => Place::Success,
            Truth::False => Place::Failure,
            Truth::Unknown => Place::Missing,
        }
    }
}
