//! What a goal asks for: of whom, with which property, when, and how many.

use crate::finding::Fact;
use crate::project::{
    Clause, Condition, Decimal, FollowUp, Goal, Indicator, Measure, Project, Promise, Statement,
    Target, Test, Threshold,
};

/// A statement that a text offers as the answer to a goal, and what the goal asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer<'p> {
    pub(super) name: &'p str,
    pub(super) goal: &'p Goal,
    pub(super) indicator: &'p Indicator,
}

impl<'p> Answer<'p> {
    /// The goal that a statement answers, if it has an indicator that counts units.
    pub(super) fn of(project: &'p Project, statement: &'p Statement) -> Option<Self> {
        let name = statement.answers.as_ref()?;
        let goal = project.goals.get(name)?;
        let indicator = project.indicators.get(goal.indicator.as_ref()?)?;
        let is_counted = matches!(indicator.measure, Measure::Share(_) | Measure::Count(_));
        is_counted.then_some(Self { name, goal, indicator })
    }

    /// In what the statement speaks of something else than the goal.
    pub(super) fn differences(&self, statement: &Statement) -> Vec<&'static str> {
        let of_whom = statement.of_whom.as_ref().or(statement.of.as_ref());
        let mut found = Vec::new();
        let (population, property) = match &self.indicator.measure {
            // A count has no property: all conditions say who is counted.
            Measure::Count(_) => (clauses([of_whom, statement.having.as_ref()]), None),
            Measure::Share(share) => (clauses([of_whom, None]), Some(&share.having)),
            _ => (Vec::new(), None),
        };
        if population != clauses([self.indicator.of.as_ref(), None]) {
            found.push("population");
        }
        if self.follow_up().is_some() && statement.at.as_deref() != Some("follow_up") {
            found.push("time");
        }
        if property.is_some_and(|own| {
            clauses([statement.having.as_ref(), None]) != clauses([Some(own), None])
        }) {
            found.push("property");
        }
        found
    }

    pub(super) fn follow_up(&self) -> Option<&'p FollowUp> {
        match &self.indicator.measure {
            Measure::Share(share) => share.follow_up.as_ref(),
            _ => None,
        }
    }

    pub(super) const fn is_share(&self) -> bool {
        matches!(self.indicator.measure, Measure::Share(_))
    }

    /// The versions of the target, the latest last.
    pub(super) fn targets(&self) -> Vec<&'p Target> {
        let mut targets: Vec<&Target> = self.goal.targets.iter().collect();
        targets.sort_by_key(|target| target.from);
        targets
    }
}

/// The share or number that a promise asks for at least; all of them is 1.
pub(super) fn least(promise: &Promise) -> Option<Decimal> {
    match promise {
        Promise::AtLeast(Threshold::Number(number)) => Some(*number),
        Promise::All => Some(Decimal::from_integer(1)),
        _ => None,
    }
}

/// Whether so many of so many meet a promise; for a count, `whole` is 1. Nothing where the promise is no number.
pub(super) fn meets(promise: &Promise, part: i64, whole: i64) -> Option<bool> {
    let (part, whole) =
        (u64::try_from(part).ok()?, u64::try_from(whole).ok().filter(|whole| *whole > 0)?);
    let compared = |threshold: &Threshold| match threshold {
        Threshold::Number(number) => Some(number.compare_ratio(part, whole)),
        Threshold::Rating(_) => None,
    };
    Some(match promise {
        Promise::AtLeast(low) => compared(low)?.is_ge(),
        Promise::AtMost(high) => compared(high)?.is_le(),
        Promise::Between(low, high) => compared(low)?.is_ge() && compared(high)?.is_le(),
        Promise::All => part == whole,
        Promise::Exists => part > 0,
    })
}

/// A promise as a fact.
pub(super) fn promised(promise: &Promise, is_share: bool) -> Fact {
    Fact::Promise { promise: promise.clone(), is_share }
}

/// How conditions are written that mean the same: one list of clauses in one order.
pub(super) fn clauses<'c>(
    conditions: impl IntoIterator<Item = Option<&'c Condition>>,
) -> Vec<String> {
    let mut flat = Vec::new();
    conditions.into_iter().flatten().for_each(|condition| flatten(condition, &mut flat));
    flat.sort();
    flat.dedup();
    flat
}

fn flatten(condition: &Condition, flat: &mut Vec<String>) {
    for clause in &condition.0 {
        match clause {
            Clause::All(parts) => parts.iter().for_each(|part| flatten(part, flat)),
            Clause::Any(parts) => {
                let mut parts: Vec<String> =
                    parts.iter().map(|part| clauses([Some(part)]).join(" and ")).collect();
                parts.sort();
                flat.push(format!("any of {}", parts.join(", ")));
            }
            Clause::Not(part) => flat.push(format!("not {}", clauses([Some(part)]).join(" and "))),
            Clause::Change(change) => flat.push(format!("{change:?}")),
            Clause::Column(column, Test::Is(literal)) => {
                flat.push(format!("{column} in {literal}"));
            }
            Clause::Column(column, Test::In(literals)) => {
                let mut codes: Vec<String> = literals.iter().map(ToString::to_string).collect();
                codes.sort();
                codes.dedup();
                flat.push(format!("{column} in {}", codes.join(", ")));
            }
            Clause::Column(column, Test::Within(bounds)) => {
                flat.push(format!("{column} {bounds:?}"));
            }
        }
    }
}
