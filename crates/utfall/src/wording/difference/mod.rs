//! Differences of two evaluations: what changed, and what that did, in sentences and lines.

mod verdict;

pub use verdict::verdict_sentence;

use crate::assess::Figure;
use crate::compare::{Cause, Changed, DataChange, Difference, FigureDifference, Side};
use crate::project::{Language, Measure};
use crate::wording::chart::{Unit, number};
use crate::wording::goal::outcome;
use crate::wording::group::{group, state};
use crate::wording::{count, say};

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
