//! Indicators: unused, not split by gender, of populations that differ, of steps that nobody has defined.

use super::of_indicator;
use crate::finding::{Fact, Facts, Finding, FindingCode, Subject};
use crate::project::{CheckKind, Clause, Condition, Indicator, Measure, Project, Register};

pub(super) fn indicators(project: &Project, findings: &mut Vec<Finding>) {
    for (name, indicator) in &project.indicators {
        let mut note = |code, facts| {
            findings.push(Finding::new(code, of_indicator(project, name), facts));
        };
        if !is_used(project, name) {
            note(FindingCode::UnusedIndicator, Facts::NONE);
        }
        if let Some(facts) = not_by_gender(project, indicator) {
            note(FindingCode::IndicatorNotByGender, facts);
        }
        let unnamed = without_instrument(project, indicator);
        if !unnamed.is_empty() {
            let columns = unnamed.into_iter().map(Fact::Text).collect();
            let facts = Facts::from([("columns", Fact::List(columns))]);
            note(FindingCode::StepWithoutInstrument, facts);
        }
        if matches!(&indicator.measure, Measure::Change(change) if change.at_least.is_none()) {
            note(FindingCode::StepWithoutRule, Facts::NONE);
        }
    }
    denominators(project, findings);
}

/// Whether a goal, a check, an activity, a plan or a cost uses an indicator.
fn is_used(project: &Project, name: &str) -> bool {
    let goals = project.goals.values().filter_map(|goal| goal.indicator.as_ref());
    let checks = project.checks.values().flat_map(|check| match &check.kind {
        CheckKind::Representation(representation) => vec![&representation.indicator],
        CheckKind::Gap(gap) => vec![&gap.indicator],
        CheckKind::Parity(parity) => parity.indicator.iter().collect(),
        CheckKind::Given(given) => given.outcomes.iter().collect(),
        CheckKind::Cadence(cadence) => vec![&cadence.indicator],
        CheckKind::Process(_)
        | CheckKind::Disaggregation(_)
        | CheckKind::Meetings(_)
        | CheckKind::Criteria(_) => Vec::new(),
    });
    let activities = project.plan.iter().filter_map(|activity| activity.indicator.as_ref());
    let planned = project.planned.iter().map(|planned| &planned.indicator);
    let costs = project.money.iter().flat_map(|money| &money.per);
    goals.chain(checks).chain(activities).chain(planned).chain(costs).any(|used| used == name)
}

/// What keeps an indicator about persons from being split by gender; nothing where it is, or is about gender itself.
fn not_by_gender(project: &Project, indicator: &Indicator) -> Option<Facts> {
    let register = project.registers.get(&indicator.register)?;
    let gender = gender_column(project)?;
    if !is_about_persons(register) {
        return None;
    }
    let column = project.columns(&indicator.register)?.get(gender);
    let is_published = column.is_some_and(|column| column.absent.is_none());
    let mut reads_gender = false;
    if let Measure::Share(share) = &indicator.measure {
        share.having.visit_columns(&mut |column| reads_gender |= column == gender);
    }
    let is_split = is_published && register.by.iter().any(|column| column == gender);
    if is_split || reads_gender && is_published {
        return None;
    }
    Some(Facts::from([
        ("column", Fact::Text(gender.to_owned())),
        ("published", Fact::Flag(is_published)),
    ]))
}

/// The column of gender: the one by which the ground *sex* is measured, else one that bears its name.
fn gender_column(project: &Project) -> Option<&str> {
    const NAMES: [&str; 4] = ["gender", "sex", "kön", "kon"];
    let measured = project.grounds.get("sex").and_then(|ground| ground.measured.as_deref());
    let columns = project.registers.values().flat_map(|register| register.columns.keys());
    let mut named = columns.map(String::as_str).filter(|name| NAMES.contains(name));
    measured.or_else(|| named.next())
}

fn is_about_persons(register: &Register) -> bool {
    register.person.is_some() || ["person", "enrolment"].contains(&register.unit.as_str())
}

/// The columns between which steps are counted and that name no instrument.
fn without_instrument(project: &Project, indicator: &Indicator) -> Vec<String> {
    let mut columns: Vec<&str> = Vec::new();
    match &indicator.measure {
        Measure::Change(change) => {
            columns.extend(change.items.iter().flat_map(|item| [&*item.from, &*item.to]));
        }
        Measure::Share(share) => steps_of(&share.having, &mut columns),
        _ => {}
    }
    for condition in indicator.of.iter().chain(&indicator.exclude) {
        steps_of(condition, &mut columns);
    }
    let declared = project.columns(&indicator.register);
    let has_instrument = |name: &str| {
        let column = declared.and_then(|columns| columns.get(name));
        column.is_none_or(|column| column.instrument.is_some())
    };
    let mut unnamed: Vec<String> = Vec::new();
    for name in columns {
        if !has_instrument(name) && !unnamed.iter().any(|known| known == name) {
            unnamed.push(name.to_owned());
        }
    }
    unnamed
}

fn steps_of<'c>(condition: &'c Condition, columns: &mut Vec<&'c str>) {
    for clause in &condition.0 {
        match clause {
            Clause::Any(parts) | Clause::All(parts) => {
                parts.iter().for_each(|part| steps_of(part, columns));
            }
            Clause::Not(part) => steps_of(part, columns),
            Clause::Change(change) => columns.extend([&*change.from, &*change.to]),
            Clause::Column(..) => {}
        }
    }
}

/// Shares of one register that goals use and whose populations differ: the percentages are not of the same persons.
fn denominators(project: &Project, findings: &mut Vec<Finding>) {
    for register in project.registers.keys() {
        let mut populations: Vec<&Option<Condition>> = Vec::new();
        let mut names = Vec::new();
        for goal in project.goals.values() {
            let used =
                goal.indicator.as_ref().and_then(|name| project.indicators.get_key_value(name));
            let Some((name, indicator)) = used else { continue };
            if indicator.register != *register || !indicator.measure.is_share() {
                continue;
            }
            if !populations.contains(&&indicator.of) {
                populations.push(&indicator.of);
            }
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        if populations.len() > 1 {
            let count = populations.len() as u64;
            let indicators = names.into_iter().map(Fact::Text).collect();
            let facts = Facts::from([("indicators", Fact::List(indicators))]);
            let subject = Subject::register(register);
            let finding = Finding::new(FindingCode::DenominatorsDiffer, subject, facts);
            findings.push(Finding { count, ..finding });
        }
    }
}
