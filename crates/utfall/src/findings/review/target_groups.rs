//! Target groups: sub-projects that chose whom to recruit by conditions that exclude each other, or differ.

use super::of_indicator;
use crate::data::level_count;
use crate::day;
use crate::finding::{Fact, Facts, Finding, FindingCode, Subject};
use crate::project::{
    Bounds, Clause, Column, ColumnType, Condition, Eligible, Literal, Named, Project, Test,
};

pub(super) fn target_groups(project: &Project, findings: &mut Vec<Finding>) {
    for name in project.registers.keys() {
        findings.extend(contradictions(project, name));
        findings.extend(differences(project, name));
    }
    populations(project, findings);
}

/// Pairs of parts of a register whose target groups exclude each other.
pub(crate) fn contradictions(project: &Project, register: &str) -> Vec<Finding> {
    let (Some(declared), Some(columns)) =
        (project.registers.get(register), project.columns(register))
    else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (index, one) in declared.eligible.iter().enumerate() {
        for (other_index, other) in declared.eligible.iter().enumerate().skip(index + 1) {
            let (first, second) = (asked(&one.of, columns), asked(&other.of, columns));
            let Some((one_asks, other_asks)) = excluding(&first, &second) else { continue };
            let facts = Facts::from([
                ("part", Fact::Text(part(one, index))),
                ("asks", Fact::Text(one_asks)),
                ("other_part", Fact::Text(part(other, other_index))),
                ("other_asks", Fact::Text(other_asks)),
            ]);
            let subject = Subject::part(format!("registers.{register}.eligible"));
            found.push(Finding::new(FindingCode::TargetGroupsContradict, subject, facts));
        }
    }
    found
}

/// The columns that not all parts of a register ask for alike.
fn differences(project: &Project, register: &str) -> Option<Finding> {
    let columns = project.columns(register)?;
    let eligible = &project.registers.get(register)?.eligible;
    let groups: Vec<_> = eligible.iter().map(|entry| asked(&entry.of, columns)).collect();
    let mut unlike: Vec<Fact> = Vec::new();
    for (position, (name, _)) in columns.iter().enumerate() {
        let mut sets = groups.iter().map(|group| {
            group.iter().find(|asks| asks.column == position).map(|asks| &asks.allowed)
        });
        let first = sets.next().flatten();
        if sets.any(|set| set != first) {
            unlike.push(Fact::Text(name.clone()));
        }
    }
    if unlike.is_empty() {
        return None;
    }
    let facts = Facts::from([
        ("parts", Fact::Count(i64::try_from(eligible.len()).unwrap_or(i64::MAX))),
        ("columns", Fact::List(unlike)),
    ]);
    let subject = Subject::part(format!("registers.{register}.eligible"));
    Some(Finding::new(FindingCode::TargetGroupsDiffer, subject, facts))
}

/// Indicators whose population excludes whom a part recruits.
fn populations(project: &Project, findings: &mut Vec<Finding>) {
    for (name, indicator) in &project.indicators {
        let (Some(register), Some(columns), Some(of)) = (
            project.registers.get(&indicator.register),
            project.columns(&indicator.register),
            &indicator.of,
        ) else {
            continue;
        };
        let population = asked(of, columns);
        for (index, entry) in register.eligible.iter().enumerate() {
            let group = asked(&entry.of, columns);
            let Some((counts, recruits)) = excluding(&population, &group) else { continue };
            let facts = Facts::from([
                ("asks", Fact::Text(counts)),
                ("other_part", Fact::Text(part(entry, index))),
                ("other_asks", Fact::Text(recruits)),
            ]);
            let code = FindingCode::PopulationExcludesTargetGroup;
            findings.push(Finding::new(code, of_indicator(project, name), facts));
        }
    }
}

/// What a condition asks of one column, of whatever else.
pub(super) struct Asks {
    pub(super) column: usize,
    pub(super) allowed: Allowed,
    /// The test as the file has it: `sfi = true`.
    text: String,
}

/// The values that a test leaves.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Allowed {
    /// Which levels.
    Levels(Vec<bool>),
    /// From a number or day to another, both included.
    Within(f64, f64),
}

impl Allowed {
    /// Whether no value is left of both.
    fn excludes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Levels(one), Self::Levels(other)) => {
                !one.iter().zip(other).any(|(one, other)| *one && *other)
            }
            (Self::Within(low, high), Self::Within(other_low, other_high)) => {
                low.max(*other_low) > high.min(*other_high)
            }
            _ => false,
        }
    }
}

/// What a condition asks of single columns. Parts that leave a choice between columns ask nothing of one.
pub(super) fn asked(condition: &Condition, columns: &Named<Column>) -> Vec<Asks> {
    let mut asks = Vec::new();
    for clause in &condition.0 {
        match clause {
            Clause::All(parts) => asks.extend(parts.iter().flat_map(|part| asked(part, columns))),
            Clause::Column(name, test) => asks.extend(of_test(name, test, columns)),
            Clause::Not(part) => {
                // Of several tests it is open which one fails.
                if let ([Clause::Column(..)], [single]) = (&part.0[..], &asked(part, columns)[..])
                    && let Allowed::Levels(levels) = &single.allowed
                {
                    let allowed = Allowed::Levels(levels.iter().map(|is_in| !is_in).collect());
                    let text = format!("not {}", single.text);
                    asks.push(Asks { column: single.column, allowed, text });
                }
            }
            Clause::Any(_) | Clause::Change(_) => {}
        }
    }
    asks
}

fn of_test(name: &str, test: &Test, columns: &Named<Column>) -> Option<Asks> {
    let (position, _, column) = columns.get_full(name)?;
    let allowed = match test {
        Test::Is(literal) => literals(column, std::slice::from_ref(literal))?,
        Test::In(listed) => literals(column, listed)?,
        Test::Within(bounds) => within(column, bounds)?,
    };
    Some(Asks { column: position, allowed, text: format!("{name} {}", told(test)) })
}

fn literals(column: &Column, literals: &[Literal]) -> Option<Allowed> {
    if column.column_type().has_levels() {
        let mut levels = vec![false; level_count(column)];
        for literal in literals {
            *levels.get_mut(level(column, literal)?)? = true;
        }
        return Some(Allowed::Levels(levels));
    }
    let [single] = literals else { return None };
    let number = number(single)?;
    Some(Allowed::Within(number, number))
}

fn within(column: &Column, bounds: &Bounds) -> Option<Allowed> {
    let low = bounds.at_least.as_ref().or(bounds.between.first());
    let high = bounds.at_most.as_ref().or(bounds.between.get(1));
    if low.is_none() && high.is_none() {
        return None;
    }
    if column.column_type().has_levels() {
        let first = low.map_or(Some(0), |low| level(column, low))?;
        let last = high.map_or(Some(usize::MAX), |high| level(column, high))?;
        let levels = (0..level_count(column)).map(|place| (first..=last).contains(&place));
        return Some(Allowed::Levels(levels.collect()));
    }
    let low = low.map_or(Some(f64::NEG_INFINITY), number)?;
    Some(Allowed::Within(low, high.map_or(Some(f64::INFINITY), number)?))
}

/// The place of a level; for a flag 0 is false and 1 is true.
fn level(column: &Column, literal: &Literal) -> Option<usize> {
    match (column.column_type(), literal) {
        (ColumnType::Flag, Literal::Flag(flag)) => Some(usize::from(*flag)),
        (ColumnType::Flag, _) => None,
        _ => column.levels.position(&literal.to_string()),
    }
}

fn number(literal: &Literal) -> Option<f64> {
    match literal {
        Literal::Number(number) => Some(number.to_f64()),
        Literal::Day(day) => Some(f64::from(day::number(*day))),
        Literal::Text(_) | Literal::Flag(_) => None,
    }
}

/// The tests of one column that no value passes both.
fn excluding(one: &[Asks], other: &[Asks]) -> Option<(String, String)> {
    let pairs = one.iter().flat_map(|asks| other.iter().map(move |others| (asks, others)));
    let mut pairs = pairs.filter(|(asks, others)| asks.column == others.column);
    let (asks, others) = pairs.find(|(asks, others)| asks.allowed.excludes(&others.allowed))?;
    Some((asks.text.clone(), others.text.clone()))
}

/// A part as a reader knows it: `Nyköping`, or its place in the list where its condition is not that plain.
pub(crate) fn part(entry: &Eligible, index: usize) -> String {
    match entry.within.as_ref().map(|within| &within.0[..]) {
        Some([Clause::Column(_, Test::Is(literal))]) => literal.to_string(),
        _ => format!("eligible[{index}]"),
    }
}

fn told(test: &Test) -> String {
    let listed = |literals: &[Literal]| {
        literals.iter().map(Literal::to_string).collect::<Vec<_>>().join(", ")
    };
    match test {
        Test::Is(literal) => format!("= {literal}"),
        Test::In(literals) => format!("= {}", listed(literals)),
        Test::Within(bounds) => {
            let low = bounds.at_least.as_ref().or(bounds.between.first());
            let high = bounds.at_most.as_ref().or(bounds.between.get(1));
            let ends = [low.map(|low| format!("≥ {low}")), high.map(|high| format!("≤ {high}"))];
            ends.into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
    }
}
