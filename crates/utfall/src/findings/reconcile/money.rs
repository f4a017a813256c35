//! Statements about money: shares of amounts, and money that is said to follow a target.

use super::claim::Claim;
use super::goal::least;
use crate::finding::{Fact, Facts, Finding, FindingCode, Subject};
use crate::project::{Amount, Decimal, Money, Project, Revision, Statement, Tier};

/// What is found in the statements about money.
pub(super) fn money(project: &Project, found: &mut Vec<Finding>) {
    let (Some(money), Some(published)) = (&project.money, &project.published) else { return };
    for statement in &published.statements {
        let subject = || Subject::part(format!("published.statements.{}", statement.id));
        for facts in shares(money, statement) {
            found.push(Finding::new(FindingCode::ShareWrong, subject(), facts));
        }
        if let Some(facts) = proportion(project, money, statement) {
            found.push(Finding::new(FindingCode::NotInProportion, subject(), facts));
        }
    }
}

fn plan(money: &Money) -> Vec<&Revision> {
    let mut plan: Vec<&Revision> = money.plan.iter().collect();
    plan.sort_by_key(|revision| revision.from);
    plan
}

fn amount(money: &Money, amount: Amount) -> Option<Decimal> {
    match amount {
        Amount::Plan => plan(money).first().map(|revision| revision.value),
        Amount::RevisedPlan => plan(money).last().map(|revision| revision.value),
        Amount::Outcome => money.outcome,
    }
}

/// The shares that a statement says of two amounts, and that they are not.
fn shares(money: &Money, statement: &Statement) -> Vec<Facts> {
    let [part, whole] = statement.money[..] else { return Vec::new() };
    let amounts = amount(money, part).zip(amount(money, whole));
    let Some((part, whole)) = amounts.filter(|(_, whole)| *whole > Decimal::from_integer(0)) else {
        return Vec::new();
    };
    let Some((k, n)) = over_one_scale(part, whole) else { return Vec::new() };
    let wrong = Claim::shares(&statement.says).into_iter().filter(|claim| !claim.holds(k, n));
    let told = wrong.map(|claim| {
        let amounts = Fact::List(vec![Fact::Number(part), Fact::Number(whole)]);
        let gives = claim.printed(k, n).map(Fact::Number);
        Facts::from([claim.said, ("amounts", amounts)]).with("gives", gives)
    });
    told.collect()
}

/// Two numbers as whole numbers of one unit.
fn over_one_scale(one: Decimal, other: Decimal) -> Option<(i64, i64)> {
    let ((one, first), (other, second)) = (one.digits_and_scale(), other.digits_and_scale());
    let scale = first.max(second);
    let widened = |digits: i64, own| digits.checked_mul(10_i64.checked_pow(scale - own)?);
    Some((widened(one, first)?, widened(other, second)?))
}

/// An amount for each of so many, to the nearest whole.
fn per_unit(amount: Decimal, units: Decimal) -> Option<Fact> {
    let (amount, units) = over_one_scale(amount, units)?;
    let (amount, units) = (i128::from(amount), i128::from(units));
    let each = (2 * amount + units).checked_div_euclid(2 * units)?;
    Some(Fact::Count(i64::try_from(each).ok()?))
}

/// Money that is said to follow a goal: its versions beside those of the target, and its outcome beside what was reached.
fn proportion(project: &Project, money: &Money, statement: &Statement) -> Option<Facts> {
    let name = statement.says.in_proportion_to.as_ref()?;
    let goal = project.goals.get(name)?;
    let mut targets: Vec<_> = goal.targets.iter().collect();
    targets.sort_by_key(|target| target.from);
    let targets: Vec<Decimal> =
        targets.iter().filter_map(|target| least(&target.promise)).collect();
    let plan: Vec<Decimal> = plan(money).iter().map(|revision| revision.value).collect();
    let (first_plan, last_plan) = (*plan.first()?, *plan.last()?);
    let first_target = *targets.first()?;
    let reached = counts(project, |answer, _| answer == name).first().map(|(_, count)| *count);
    let reached_number = reached.map(Decimal::from_integer);
    let is_revised = plan.len() <= targets.len();
    let pairs: Vec<(Decimal, Decimal)> = plan
        .iter()
        .copied()
        .zip(targets.iter().copied())
        .chain(money.outcome.zip(reached_number))
        .collect();
    if is_revised && are_alike(&pairs) {
        return None;
    }
    let numbers = |list: &[Decimal]| Fact::List(list.iter().copied().map(Fact::Number).collect());
    let pair = |part, whole| Fact::List(vec![Fact::Number(part), Fact::Number(whole)]);
    let reason = if is_revised { "per_unit_differs" } else { "target_not_revised" };
    let others = counts(project, |answer, tier| answer != name && tier == Tier::Project);
    let each = |(part, count): (String, i64)| {
        let each = per_unit(money.outcome?, Decimal::from_integer(count))?;
        Some(Fact::List(vec![Fact::Text(part), Fact::Count(count), each]))
    };
    let others: Vec<Fact> = others.into_iter().filter_map(each).collect();
    let facts = Facts::from([
        ("goal", Fact::Text(name.clone())),
        ("reason", Fact::Text(reason.to_owned())),
        ("plan", numbers(&plan)),
        ("targets", numbers(&targets)),
    ]);
    Some(
        facts
            .with("outcome", money.outcome.map(Fact::Number))
            .with("reached", reached.map(Fact::Count))
            .with("planned_per_unit", per_unit(first_plan, first_target))
            .with("revised_per_unit_reached", reached_number.and_then(|n| per_unit(last_plan, n)))
            .with(
                "outcome_per_unit_reached",
                money.outcome.zip(reached_number).and_then(|(outcome, n)| per_unit(outcome, n)),
            )
            .with("revised_of_plan", Some(pair(last_plan, first_plan)))
            .with("reached_of_target", reached_number.map(|n| pair(n, first_target)))
            .with("outcome_of_plan", money.outcome.map(|outcome| pair(outcome, first_plan)))
            .with("outcome_of_revised", money.outcome.map(|outcome| pair(outcome, last_plan)))
            .with("outcome_per_answer", (!others.is_empty()).then_some(Fact::List(others))),
    )
}

/// The counts that statements give as answers to some goals.
fn counts(project: &Project, is_asked: impl Fn(&str, Tier) -> bool) -> Vec<(String, i64)> {
    let statements = project.published.iter().flat_map(|published| &published.statements);
    let answers = statements.filter_map(|statement| {
        let name = statement.answers.as_ref()?;
        let goal = project.goals.get(name)?;
        let count = statement.says.count?;
        is_asked(name, goal.tier)
            .then(|| (format!("published.statements.{}", statement.id), count.into()))
    });
    answers.collect()
}

/// Whether amounts for each unit lie within a twentieth of the first.
fn are_alike(pairs: &[(Decimal, Decimal)]) -> bool {
    let each: Vec<f64> =
        pairs.iter().map(|(amount, units)| amount.to_f64() / units.to_f64()).collect();
    let first = each.first().copied().unwrap_or_default();
    each.iter().all(|one| (one - first).abs() <= first.abs() / 20.0)
}
