//! Differences of two evaluations: what changed, and what that did, in sentences and lines.

use super::chart::{Unit, number};
use super::goal::outcome;
use super::group::{group, state};
use super::{count, judgement, promise, say};
use crate::assess::{Figure, Verdict};
use crate::compare::{
    Cause, Changed, DataChange, Difference, FigureDifference, Side, VerdictDifference,
};
use crate::project::{Decimal, Language, Measure, Promise, Threshold};

/// A line of the table of figures that changed, every cell as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifferenceLine {
    /// The indicator's name in the project file.
    pub indicator: String,
    /// The group; everybody where it is empty.
    pub group: String,
    /// What came out before; why not, where there was no value.
    pub before: String,
    /// What came out after.
    pub after: String,
    /// By how much it changed, with its sign.
    pub change: String,
    /// What did it, and how much of it; what could have, where that is not separated.
    pub because: String,
}

/// What the parts of a comparison are called, and the headings of the table of figures: what changed, verdicts, figures,
/// that nothing changed; then the headings in the order of [`DifferenceLine`]'s fields.
pub fn difference_headings(language: Language) -> [&'static str; 10] {
    say!(
        language,
        [
            "Vad som ändrats",
            "Mål",
            "Utfall",
            "Ingenting har ändrats.",
            "Indikator",
            "Grupp",
            "Före",
            "Efter",
            "Ändring",
            "Genom"
        ],
        [
            "What changed",
            "Goals",
            "Figures",
            "Nothing has changed.",
            "Indicator",
            "Group",
            "Before",
            "After",
            "Change",
            "Through"
        ]
    )
}

/// How many figures of groups changed that are not shown.
///
/// ```
/// use utfall::project::Language;
///
/// assert_eq!(utfall::wording::more_groups(1, Language::English), "The figure of 1 group changed too.");
/// ```
pub fn more_groups(number: u64, language: Language) -> String {
    if number == 1 {
        return say!(
            language,
            "Utfallet för 1 grupp har också ändrats.",
            "The figure of 1 group changed too."
        )
        .to_owned();
    }
    let number = count(number, language);
    say!(
        language,
        format!("Utfallet för {number} grupper har också ändrats."),
        format!("The figures of {number} groups changed too.")
    )
}

/// What a cause is called: `uppgifterna`, `the data`.
///
/// ```
/// use utfall::compare::Cause;
/// use utfall::project::Language;
///
/// assert_eq!(utfall::wording::cause(Cause::Target, Language::Swedish), "målvärdet");
/// ```
pub fn cause(cause: Cause, language: Language) -> &'static str {
    match cause {
        Cause::Definition => say!(language, "definitionen", "the definition"),
        Cause::Data => say!(language, "uppgifterna", "the data"),
        Cause::AsOf => say!(language, "dagen", "the day"),
        Cause::Target => say!(language, "målvärdet", "the target"),
        Cause::Evidence => say!(language, "bedömningarna", "the ratings"),
    }
}

/// A sentence on something that changed.
pub fn changed_sentence(changed: &Changed, language: Language) -> String {
    match changed {
        Changed::Declared(change) => {
            let path = &change.path;
            match (&change.before, &change.after) {
                (Some(before), Some(after)) => format!("{path}: {before} → {after}"),
                (None, Some(after)) => {
                    say!(
                        language,
                        format!("{path}: tillagt, {after}"),
                        format!("{path}: added, {after}")
                    )
                }
                (Some(_), None) => {
                    say!(language, format!("{path}: borttaget"), format!("{path}: removed"))
                }
                (None, None) => path.clone(),
            }
        }
        Changed::Setting { name, before, after } => {
            let name = match *name {
                "as_of" => {
                    say!(language, "dagen som utfallet ses från", "the day that is looked from")
                }
                "by" => say!(language, "korsningen", "the crossing"),
                _ => say!(language, "konfidensgraden", "the level of confidence"),
            };
            format!("{name}: {before} → {after}")
        }
        Changed::Data(change) => data_sentence(change, language),
    }
}

fn data_sentence(change: &DataChange, language: Language) -> String {
    let DataChange { register, before, after, counts_differ, .. } = change;
    let cells: Vec<String> =
        change.group.iter().map(|(column, code)| format!("{column}={code}")).collect();
    let whom = say!(language, format!("registret `{register}`"), format!("register `{register}`"));
    let whom = if cells.is_empty() { whom } else { format!("{whom}, {}", cells.join(", ")) };
    let told =
        |units: Option<u64>| units.map_or_else(|| "–".to_owned(), |units| count(units, language));
    match (before, after) {
        (Some(one), Some(other)) if one == other => say!(
            language,
            format!("{whom}: lika många ({}), men andra uppgifter", told(*before)),
            format!("{whom}: as many ({}), with other data", told(*before))
        ),
        (None, Some(_)) if cells.is_empty() => say!(
            language,
            format!("{whom}: inte lämnat → {}", told(*after)),
            format!("{whom}: not given → {}", told(*after))
        ),
        (Some(_), None) if cells.is_empty() => say!(
            language,
            format!("{whom}: {} → inte lämnat", told(*before)),
            format!("{whom}: {} → not given", told(*before))
        ),
        (Some(one), Some(other)) => {
            let open = match counts_differ {
                None if cells.is_empty() => say!(
                    language,
                    "; om uppgifter om samma enheter också har ändrats går inte att se",
                    "; whether data of the same units changed too cannot be seen"
                ),
                _ => "",
            };
            format!(
                "{whom}: {} → {} ({}){open}",
                told(*before),
                told(*after),
                net(*one, *other, language)
            )
        }
        _ => format!("{whom}: {} → {}", told(*before), told(*after)),
    }
}

/// How many more or fewer: `12 fler`.
fn net(before: u64, after: u64, language: Language) -> String {
    let number = count(before.abs_diff(after), language);
    if after > before {
        say!(language, format!("{number} fler"), format!("{number} more"))
    } else {
        say!(language, format!("{number} färre"), format!("{number} fewer"))
    }
}

/// The table of figures that changed.
pub fn difference_lines(
    before: Side<'_>,
    after: Side<'_>,
    difference: &Difference,
    language: Language,
) -> Vec<DifferenceLine> {
    difference
        .figures
        .iter()
        .map(|figure| DifferenceLine {
            indicator: figure.indicator.clone(),
            group: group_of(before, after, figure, language),
            before: outcome_of(before, figure.before.as_ref(), language),
            after: outcome_of(after, figure.after.as_ref(), language),
            change: change_of(after, before, figure, language),
            because: because(figure, unit(after, before, &figure.indicator), language),
        })
        .collect()
}

/// One sentence on a figure that changed.
pub fn figure_sentence(
    before: Side<'_>,
    after: Side<'_>,
    figure: &FigureDifference,
    language: Language,
) -> String {
    let label = label(before, after, &figure.indicator, language);
    let whom = if figure.group.is_empty() {
        String::new()
    } else {
        format!(", {}", group_of(before, after, figure, language))
    };
    let one = outcome_of(before, figure.before.as_ref(), language);
    let other = outcome_of(after, figure.after.as_ref(), language);
    let change = change_of(after, before, figure, language);
    let change = if change.is_empty() { change } else { format!(" ({change})") };
    let because = because(figure, unit(after, before, &figure.indicator), language);
    let through = match (because.is_empty(), figure.is_separated) {
        (true, _) => String::new(),
        (false, true) => {
            say!(language, format!("; genom {because}"), format!("; through {because}"))
        }
        (false, false) => format!("; {because}"),
    };
    format!("{label}{whom}: {one} → {other}{change}{through}.")
}

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

/// Names of causes: `uppgifterna och målvärdet`.
fn listed(causes: &[Cause], language: Language) -> String {
    let names: Vec<&str> = causes.iter().map(|found| cause(*found, language)).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            format!("{} {} {last}", rest.join(", "), say!(language, "och", "and"))
        }
        _ => names.concat(),
    }
}

/// What did it, with its part where there are several.
fn because(figure: &FigureDifference, unit: Unit, language: Language) -> String {
    if !figure.is_separated {
        let names = listed(&figure.causes, language);
        return say!(language, format!("inte åtskilt: {names}"), format!("not separated: {names}"));
    }
    let parts = figure.parts.filter(|_| figure.causes.len() > 1);
    let Some(parts) = parts else { return listed(&figure.causes, language) };
    let named = Cause::ALL.iter().zip(parts).filter(|(found, _)| figure.causes.contains(found));
    let named = named.map(|(found, part)| {
        format!("{} {}", cause(*found, language), signed(part, unit, language))
    });
    named.collect::<Vec<_>>().join(", ")
}

fn signed(change: f64, unit: Unit, language: Language) -> String {
    let sign = if change > 0.0 { "+" } else { "" };
    format!("{sign}{}", number(change, unit, language))
}

fn change_of(
    after: Side<'_>,
    before: Side<'_>,
    figure: &FigureDifference,
    language: Language,
) -> String {
    let unit = unit(after, before, &figure.indicator);
    figure.change.map_or_else(String::new, |change| signed(change, unit, language))
}

fn measure<'p>(one: Side<'p>, other: Side<'p>, indicator: &str) -> Option<&'p Measure> {
    let of = |side: Side<'p>| side.project.indicators.get(indicator).map(|found| &found.measure);
    of(one).or_else(|| of(other))
}

fn unit(one: Side<'_>, other: Side<'_>, indicator: &str) -> Unit {
    let is_share = measure(one, other, indicator).is_some_and(Measure::is_share);
    if is_share { Unit::Points } else { Unit::Quantity }
}

fn label(before: Side<'_>, after: Side<'_>, indicator: &str, language: Language) -> String {
    let of = |side: Side<'_>| {
        let found = side.project.indicators.get(indicator)?;
        Some(found.labels.in_language(language, indicator).to_owned())
    };
    of(after).or_else(|| of(before)).unwrap_or_else(|| indicator.to_owned())
}

fn group_of(
    before: Side<'_>,
    after: Side<'_>,
    figure: &FigureDifference,
    language: Language,
) -> String {
    match (&figure.after, &figure.before) {
        (Some(found), _) => group(after.evaluation, found, language),
        (None, Some(found)) => group(before.evaluation, found, language),
        (None, None) => String::new(),
    }
}

fn outcome_of(side: Side<'_>, figure: Option<&Figure>, language: Language) -> String {
    let Some(figure) = figure else { return "–".to_owned() };
    let indicator = side.evaluation.figures.indicator(figure);
    let measure = side.project.indicators.get(indicator).map(|found| &found.measure);
    let known = measure.and_then(|measure| outcome(side.evaluation, figure, measure, language));
    known.unwrap_or_else(|| state(figure.state, language).to_owned())
}
