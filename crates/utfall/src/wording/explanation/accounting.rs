//! The accounting of a figure: every step from all units to those that count.

use super::{Explained, say};
use crate::project::Measure;

/// A step of the accounting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountingStep {
    /// How it follows from the steps before.
    pub sign: Sign,
    /// What is counted.
    pub name: &'static str,
    /// How many units: rows with their weights, of a survey answers, of a coverage months of parts.
    pub units: u64,
}

/// How a step of the accounting follows from those before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sign {
    /// What the accounting begins with.
    All,
    /// It is taken away.
    Less,
    /// It is what remains.
    Remains,
    /// It is a part of what remains.
    OfWhich,
}

impl Sign {
    /// The sign as it is written before the step; empty for the first.
    ///
    /// ```
    /// assert_eq!(utfall::wording::Sign::Remains.text(), "=");
    /// ```
    pub const fn text(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Less => "\u{2212}",
            Self::Remains => "=",
            Self::OfWhich => "✓",
        }
    }
}

impl Explained<'_> {
    pub(super) fn accounting(&self) -> Vec<AccountingStep> {
        let Some(counts) = self.figure.counts.filter(|_| !self.is_protected()) else {
            return Vec::new();
        };
        let language = self.language;
        let step = |sign, name, units| AccountingStep { sign, name, units };
        let all = match self.measure() {
            Measure::Survey(_) => say!(language, "alla efterfrågade svar", "all answers asked for"),
            Measure::Coverage(_) => {
                say!(language, "alla månader och delar", "all months and parts")
            }
            _ => say!(language, "alla i registret", "all in the register"),
        };
        let mut steps = vec![
            step(Sign::All, all, counts.units()),
            step(
                Sign::Less,
                say!(language, "utanför populationen", "outside the population"),
                counts.outside,
            ),
            step(
                Sign::Less,
                say!(
                    language,
                    "oklassade: det är okänt om de hör dit",
                    "unclassified: it is unknown whether they belong"
                ),
                counts.unclassified,
            ),
            step(
                Sign::Remains,
                say!(language, "populationen", "the population"),
                counts.population(),
            ),
            step(Sign::Less, say!(language, "undantagna", "excluded"), counts.excluded),
        ];
        if matches!(self.measure(), Measure::Count(_)) {
            steps.push(step(Sign::Remains, say!(language, "räknade", "counted"), counts.successes));
            return steps;
        }
        steps.extend([
            step(Sign::Less, say!(language, "följs upp senare", "not due yet"), counts.not_due),
            step(Sign::Remains, say!(language, "ska vara uppföljda", "due"), counts.due()),
            step(Sign::Less, say!(language, "saknas", "missing"), counts.missing),
            step(Sign::Remains, say!(language, "observerade", "observed"), counts.observed()),
        ]);
        if self.is_of_counts() {
            let name = say!(language, "uppfyller villkoret", "meet the condition");
            steps.push(step(Sign::OfWhich, name, counts.successes));
        }
        steps
    }

    pub(super) fn is_protected(&self) -> bool {
        self.figure.state == crate::assess::State::Suppressed
    }
}
