//! One sentence on a verdict that changed.

use super::{listed, net, outcome_of};
use crate::assess::Verdict;
use crate::compare::{Changed, DataChange, Difference, Side, VerdictDifference};
use crate::project::{Decimal, Language, Promise, Threshold};
use crate::wording::{judgement, promise, say};

/// One sentence on a verdict that changed: outcome, units, target, verdict, and what did it.
pub fn verdict_sentence(
    before: Side<'_>,
    after: Side<'_>,
    difference: &Difference,
    verdict: &VerdictDifference,
    language: Language,
) -> String {
    let goals = [after, before].map(|side| side.project.goals.get(&verdict.goal));
    let label = goals
        .into_iter()
        .flatten()
        .next()
        .map_or(verdict.goal.as_str(), |goal| goal.labels.in_language(language, &verdict.goal));
    let clauses: Vec<String> = outcomes(before, after, verdict, language)
        .into_iter()
        .chain(units(after, difference, verdict, language))
        .chain(target(before, after, verdict, language))
        .chain([judged(verdict, language)])
        .chain(settled(verdict, language))
        .collect();
    format!("{}: {}.", label.trim_end_matches('.'), clauses.join("; "))
}

/// What came out before and after.
fn outcomes(
    before: Side<'_>,
    after: Side<'_>,
    verdict: &VerdictDifference,
    language: Language,
) -> Option<String> {
    let told = |side: Side<'_>, verdict: Option<&Verdict>| {
        let indicator = verdict?.indicator.as_deref()?;
        Some(outcome_of(side, side.evaluation.figure(indicator), language))
    };
    let one = told(before, verdict.before.as_ref());
    let other = told(after, verdict.after.as_ref());
    match (one, other) {
        (Some(one), Some(other)) if one == other => Some(say!(
            language,
            format!("utfallet är fortfarande {one}"),
            format!("the outcome is still {one}")
        )),
        (Some(one), Some(other)) => Some(format!("{one} → {other}")),
        (one, other) => one.or(other),
    }
}

/// How many more or fewer units the register of the goal's indicator has.
fn units(
    after: Side<'_>,
    difference: &Difference,
    verdict: &VerdictDifference,
    language: Language,
) -> Option<String> {
    let indicator = verdict.after.as_ref()?.indicator.as_deref()?;
    let register = &after.project.indicators.get(indicator)?.register;
    difference.causes.iter().find_map(|changed| match changed {
        Changed::Data(DataChange {
            register: of,
            group,
            before: Some(one),
            after: Some(other),
            ..
        }) if of == register && group.is_empty() && one != other => {
            let net = net(*one, *other, language);
            Some(say!(
                language,
                format!("{net} i registret `{register}`"),
                format!("{net} in register `{register}`")
            ))
        }
        _ => None,
    })
}

/// What happened to the target.
fn target(
    before: Side<'_>,
    after: Side<'_>,
    verdict: &VerdictDifference,
    language: Language,
) -> Option<String> {
    let (one, other) = (verdict.before.as_ref(), verdict.after.as_ref());
    let told = |side: Side<'_>, verdict: &Verdict| {
        let indicator =
            verdict.indicator.as_ref().and_then(|name| side.project.indicators.get(name));
        let measure = indicator.map(|indicator| &indicator.measure);
        let text = promise(verdict.promise.as_ref()?, measure, language);
        Some((text, verdict.target_from?))
    };
    let old = one.and_then(|verdict| told(before, verdict));
    let new = other.and_then(|verdict| told(after, verdict));
    match (old, new) {
        (Some((old, _)), Some((new, from))) if old != new => {
            let verb = verb(one?.promise.as_ref()?, other?.promise.as_ref()?, language);
            Some(say!(
                language,
                format!("målvärdet {verb} från {old} till {new}, gäller från {from}"),
                format!("the target was {verb} from {old} to {new}, in force from {from}")
            ))
        }
        (Some((_, old)), Some((new, from))) if old != from => Some(say!(
            language,
            format!("målvärdet {new} gäller från {from} i stället för {old}"),
            format!("the target {new} is in force from {from} instead of {old}")
        )),
        (None, Some((new, from))) => Some(say!(
            language,
            format!("målvärdet {new} har kommit till, gäller från {from}"),
            format!("the target {new} was added, in force from {from}")
        )),
        (Some((old, _)), None) => Some(say!(
            language,
            format!("målvärdet {old} gäller inte längre"),
            format!("the target {old} is no longer in force")
        )),
        _ => None,
    }
}

/// Whether a target was raised, lowered or changed.
fn verb(before: &Promise, after: &Promise, language: Language) -> &'static str {
    let threshold = |promise: &Promise| match promise {
        Promise::AtLeast(Threshold::Number(number)) => Some((true, *number)),
        Promise::AtMost(Threshold::Number(number)) => Some((false, *number)),
        _ => None,
    };
    let compared = |one: (bool, Decimal), other: (bool, Decimal)| {
        (one.0 == other.0).then(|| other.1.cmp(&one.1))
    };
    match threshold(before).zip(threshold(after)).and_then(|(one, other)| compared(one, other)) {
        Some(std::cmp::Ordering::Greater) => say!(language, "höjdes", "raised"),
        Some(std::cmp::Ordering::Less) => say!(language, "sänktes", "lowered"),
        _ => say!(language, "ändrades", "changed"),
    }
}

/// What happened to the verdict, and what did it.
fn judged(verdict: &VerdictDifference, language: Language) -> String {
    let word = |verdict: &Verdict| judgement(verdict.judgement, language);
    match (&verdict.before, &verdict.after) {
        (Some(one), Some(other)) if one.judgement == other.judgement => say!(
            language,
            format!("bedömningen är densamma: {}", word(other)),
            format!("the verdict is the same: {}", word(other))
        ),
        (Some(one), Some(other)) => {
            let names = listed(&verdict.causes, language);
            let through = match (verdict.causes.is_empty(), verdict.is_separated) {
                (true, _) => String::new(),
                (false, true) => {
                    say!(language, format!(" genom {names}"), format!(" through {names}"))
                }
                (false, false) => say!(
                    language,
                    format!(" (inte åtskilt: {names})"),
                    format!(" (not separated: {names})")
                ),
            };
            let (one, other) = (word(one), word(other));
            say!(
                language,
                format!("bedömningen gick från {one} till {other}{through}"),
                format!("the verdict went from {one} to {other}{through}")
            )
        }
        (None, Some(other)) => say!(
            language,
            format!("nytt mål, {}", word(other)),
            format!("a new goal, {}", word(other))
        ),
        _ => say!(language, "målet finns inte längre", "the goal is no longer there").to_owned(),
    }
}

/// Whether the verdict became settled, or open.
fn settled(verdict: &VerdictDifference, language: Language) -> Option<String> {
    let is_settled = |verdict: &Option<Verdict>| verdict.as_ref()?.settled;
    let said = match (is_settled(&verdict.before), is_settled(&verdict.after)) {
        (Some(false), Some(true)) => {
            say!(language, "den kan inte längre ändras", "it can no longer change")
        }
        (Some(true) | None, Some(false)) => {
            say!(language, "den kan ännu ändras", "it can still change")
        }
        _ => return None,
    };
    Some(said.to_owned())
}
