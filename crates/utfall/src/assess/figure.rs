//! Figures: the value of an indicator for a group, with everything that it rests on.

use std::sync::Arc;

use super::quantity::{Found, Quantity};
use crate::project::{Labels, Measure, UNKNOWN};
use crate::stats::{Interval, ProportionIntervals};
use crate::tally::Accounting;

/// All figures of an evaluation: one for each indicator, table and group.
///
/// Ordered by indicator as declared, fewer crossed columns first, levels as declared, unknown last.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    pub(crate) indicators: Vec<FigureIndicator>,
    pub(crate) columns: Vec<ByColumn>,
    pub(crate) rows: Vec<Figure>,
    /// How intervals of shares are made.
    pub(crate) intervals: ProportionIntervals,
}

/// What figures know of their indicator.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FigureIndicator {
    pub(crate) name: String,
    pub(crate) register: String,
    pub(crate) measure: Measure,
}

/// A column that figures are crossed by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByColumn {
    /// Its name in the project.
    pub name: String,
    /// The codes of its levels, in declared order.
    pub codes: Vec<String>,
    /// The names of its levels.
    pub labels: Vec<Labels>,
}

impl ByColumn {
    /// The code of a level; `(unknown)` for the one after the last.
    pub fn code(&self, level: u32) -> &str {
        self.codes.get(level as usize).map_or(UNKNOWN, String::as_str)
    }
}

/// For each crossed column the level of a group, or `None`; shared by the figures of all indicators.
pub(crate) type Group = Arc<[Option<u32>]>;

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The position of its indicator in the project.
    pub(crate) indicator: usize,
    /// For each column of [`Figures::columns`] the level of this group; `None` where the figure is not crossed by it.
    pub(crate) group: Group,
    /// The parts of the accounting; `None` where nothing could be counted, and where one of them is protected.
    pub counts: Option<Accounting>,
    /// Of a figure with a protected part those that may be shown, in the order of [`Accounting::PARTS`].
    pub(crate) shown: Option<Box<[Option<u64>; Accounting::PARTS.len()]>>,
    /// The value of a sum, mean, ratio or incidence; that of other kinds follows from the counts.
    pub(crate) quantity: Option<Box<Quantity>>,
    /// Whether there is a value, and why not.
    pub state: State,
}

/// Whether a figure has a value. A true zero is a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// There is a value.
    Value,
    /// Nobody's outcome is due yet, and somebody's will be.
    NotDue,
    /// There is no value, for a reason.
    NotComputable(Reason),
    /// There is a value that may not be published.
    Suppressed,
}

/// Why a figure cannot be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// Nobody is in the population, or everybody in it is excluded.
    EmptyPopulation,
    /// Outcomes are due, and none was observed.
    NothingObserved,
    /// The register was not handed over.
    RegisterNotGiven,
    /// The source does not have a column that the indicator reads.
    NotPublished,
    /// A ratio's divisor is 0.
    NothingToDivideBy,
    /// Nobody is followed to the horizon.
    NotEstimable,
    /// The project has no first or last day, so that no month is expected.
    NoPeriod,
    /// It may not be published.
    Protected,
}

impl State {
    /// The word as tables write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::NotDue => "not_due",
            Self::NotComputable(_) => "not_computable",
            Self::Suppressed => "suppressed",
        }
    }

    /// The reason, where there is one.
    pub const fn reason(self) -> Option<Reason> {
        match self {
            Self::NotComputable(reason) => Some(reason),
            Self::Suppressed => Some(Reason::Protected),
            Self::Value | Self::NotDue => None,
        }
    }
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 8] = [
        Self::EmptyPopulation,
        Self::NothingObserved,
        Self::RegisterNotGiven,
        Self::NotPublished,
        Self::NothingToDivideBy,
        Self::NotEstimable,
        Self::NoPeriod,
        Self::Protected,
    ];

    /// The word as tables write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::EmptyPopulation => "empty_population",
            Self::NothingObserved => "nothing_observed",
            Self::RegisterNotGiven => "register_not_given",
            Self::NotPublished => "not_published",
            Self::NothingToDivideBy => "nothing_to_divide_by",
            Self::NotEstimable => "not_estimable",
            Self::NoPeriod => "no_period",
            Self::Protected => "protected",
        }
    }
}

impl Figure {
    pub(super) fn computed(
        indicator: usize,
        group: Group,
        counts: Accounting,
        measure: &Measure,
        found: Option<Found>,
    ) -> Self {
        // A count or a sum over nobody is 0, which is a figure; a sum over somebody of whom nothing is known is none.
        let is_of_nobody = match measure {
            Measure::Count(_) => true,
            Measure::Sum(_) => counts.due() == 0,
            _ => false,
        };
        let nothing = match counts {
            Accounting { missing: 1.., .. } => State::NotComputable(Reason::NothingObserved),
            Accounting { not_due: 1.., .. } => State::NotDue,
            _ => State::NotComputable(Reason::EmptyPopulation),
        };
        let has_observed = counts.observed() > 0;
        let (quantity, state) = match (measure, found) {
            (_, Some(Ok(quantity))) => (Some(Box::new(quantity)), State::Value),
            (_, Some(Err(reason))) if has_observed => (None, State::NotComputable(reason)),
            (Measure::Sum(_), _) if is_of_nobody => (Some(Box::new(Quantity::ZERO)), State::Value),
            (_, None) if is_of_nobody || has_observed => (None, State::Value),
            _ => (None, nothing),
        };
        Self { indicator, group, counts: Some(counts), shown: None, quantity, state }
    }

    pub(crate) fn without(indicator: usize, group: Group, reason: Reason) -> Self {
        let state = State::NotComputable(reason);
        Self { indicator, group, counts: None, shown: None, quantity: None, state }
    }

    /// For each column of [`Figures::columns`] the level of this group; `None` where the figure is not crossed by it.
    pub fn group(&self) -> &[Option<u32>] {
        &self.group
    }

    /// The parts of the accounting in the order of [`Accounting::PARTS`], each `None` where it is protected. `None` where
    /// nothing could be counted.
    pub fn parts(&self) -> Option<[Option<u64>; Accounting::PARTS.len()]> {
        self.counts.map(|counts| counts.parts().map(Some)).or(self.shown.as_deref().copied())
    }

    /// How many of how many observed are a success; `None` where nothing could be counted, or one of the two is protected.
    pub fn outcome(&self) -> Option<(u64, u64)> {
        let [.., observed, successes] = self.parts()?;
        Some((successes?, observed?))
    }

    /// Whether something of it is protected.
    pub fn is_protected(&self) -> bool {
        self.shown.is_some() || self.state == State::Suppressed
    }

    /// Whether this is the figure of everybody.
    pub fn is_overall(&self) -> bool {
        self.group.iter().all(Option::is_none)
    }
}

impl Figures {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The figures, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Figure> + Clone {
        self.rows.iter()
    }

    /// The columns that figures are crossed by, in declared order over all registers.
    pub fn columns(&self) -> &[ByColumn] {
        &self.columns
    }

    /// The level of confidence of intervals.
    pub fn level(&self) -> f64 {
        self.intervals.level()
    }

    /// The name of a figure's indicator.
    pub fn indicator(&self, figure: &Figure) -> &str {
        &self.indicators[figure.indicator].name
    }

    /// The register that a figure comes from.
    pub fn register(&self, figure: &Figure) -> &str {
        &self.indicators[figure.indicator].register
    }

    /// The kind of a figure's indicator: `share`, `count` and so on.
    pub fn kind(&self, figure: &Figure) -> &'static str {
        self.indicators[figure.indicator].measure.word()
    }

    /// The columns that a figure is crossed by, with the code of its group in each.
    pub fn group<'f>(&'f self, figure: &'f Figure) -> impl Iterator<Item = (&'f str, &'f str)> {
        self.codes(&figure.group)
    }

    /// The columns that a row of any table is crossed by, with the code of its group in each, from the levels that its
    /// `group()` gives.
    pub fn codes<'f>(
        &'f self,
        group: &'f [Option<u32>],
    ) -> impl Iterator<Item = (&'f str, &'f str)> {
        self.columns
            .iter()
            .zip(group)
            .filter_map(|(column, level)| Some((column.name.as_str(), column.code((*level)?))))
    }

    /// The value: for a share a fraction from 0 to 1, for a count the count. `None` where [`Figure::state`] says why.
    pub fn value(&self, figure: &Figure) -> Option<f64> {
        if figure.state != State::Value {
            return None;
        }
        if let Some(quantity) = &figure.quantity {
            return Some(quantity.value);
        }
        let (successes, observed) = figure.outcome()?;
        Some(if self.is_count(figure) {
            number(successes)
        } else {
            number(successes) / number(observed)
        })
    }

    /// The Wilson interval of a share. None for a count, nor for a survey of several items, since the answers of one
    /// person are not independent.
    pub fn interval(&self, figure: &Figure) -> Option<Interval> {
        if figure.state != State::Value {
            return None;
        }
        if let Some(quantity) = &figure.quantity {
            return quantity.interval;
        }
        let is_sampled = match &self.indicators[figure.indicator].measure {
            Measure::Survey(survey) => survey.items.len() == 1,
            Measure::Count(_) | Measure::Coverage(_) => false,
            _ => true,
        };
        if !is_sampled {
            return None;
        }
        let (successes, observed) = figure.outcome()?;
        let share = self.intervals.of(successes, observed).ok()??;
        Some(Interval { low: share.low, high: share.high })
    }

    /// What the value could be whatever the missing (for a count: the unclassified) turn out to be.
    pub fn bounds(&self, figure: &Figure) -> Option<Interval> {
        if !self.has_bounds(figure) || figure.state == State::Suppressed {
            return None;
        }
        let [_, _, unclassified, _, _, _, due, missing, _, successes] = figure.parts()?;
        let low = number(successes?);
        if self.is_count(figure) {
            return Some(Interval { low, high: low + number(unclassified?) });
        }
        let (due, missing) = (due?, number(missing?));
        (due > 0).then(|| Interval { low: low / number(due), high: (low + missing) / number(due) })
    }

    /// The figures of an indicator crossed by exactly these columns, in order.
    pub fn table<'f>(
        &'f self,
        indicator: &'f str,
        by: &'f [&'f str],
    ) -> impl Iterator<Item = &'f Figure> {
        let has_all = by.iter().all(|name| self.columns.iter().any(|column| column.name == *name));
        self.rows.iter().filter(move |figure| {
            has_all
                && self.indicator(figure) == indicator
                && self
                    .columns
                    .iter()
                    .zip(figure.group.iter())
                    .all(|(column, level)| level.is_some() == by.contains(&column.name.as_str()))
        })
    }

    /// Nothing bounds what an unknown number could be, nor what happens to those who are still followed.
    fn has_bounds(&self, figure: &Figure) -> bool {
        !matches!(
            self.indicators[figure.indicator].measure,
            Measure::Sum(_) | Measure::Mean(_) | Measure::Ratio(_) | Measure::Incidence(_)
        )
    }

    fn is_count(&self, figure: &Figure) -> bool {
        matches!(self.indicators[figure.indicator].measure, Measure::Count(_))
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of units lie far below 2^53")]
fn number(count: u64) -> f64 {
    count as f64
}
