//! Figures of groups: a line each, as a person reads them.

use super::goal::outcome;
use super::{Unit, interval, reason, say};
use crate::assess::{Evaluation, Figure, State};
use crate::project::{Language, Measure, Project, UNKNOWN};

/// A line of the table of groups: an indicator's figure for one group, every cell as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupLine {
    /// The indicator's name in the project file.
    pub indicator: String,
    /// The group, by the names of its levels; everybody where it is empty.
    pub group: String,
    /// What came out; why not, where there is no value.
    pub outcome: String,
    /// The interval of a share.
    pub interval: String,
}

/// The headings of the table of groups, in the order of [`GroupLine`]'s fields.
pub fn group_headings(language: Language) -> [&'static str; 4] {
    say!(
        language,
        ["Indikator", "Grupp", "Utfall", "Intervall"],
        ["Indicator", "Group", "Outcome", "Interval"]
    )
}

/// The table of groups: every figure of an evaluation, in its order.
pub fn group_lines(
    project: &Project,
    evaluation: &Evaluation,
    language: Language,
) -> Vec<GroupLine> {
    let figures = &evaluation.figures;
    figures
        .iter()
        .map(|figure| {
            let indicator = figures.indicator(figure);
            let measure = project.indicators.get(indicator).map(|found| &found.measure);
            let known = measure.and_then(|measure| outcome(evaluation, figure, measure, language));
            let is_share = measure.is_some_and(Measure::is_share);
            let unit = if is_share { Unit::Share } else { Unit::Quantity };
            let ends = figures.interval(figure);
            let interval = ends.map(|ends| interval(ends.low, ends.high, unit, language));
            GroupLine {
                indicator: indicator.to_owned(),
                group: group(evaluation, figure, language),
                outcome: known.unwrap_or_else(|| state(figure.state, language).to_owned()),
                interval: interval.unwrap_or_default(),
            }
        })
        .collect()
}

pub(super) fn group(evaluation: &Evaluation, figure: &Figure, language: Language) -> String {
    let columns = evaluation.figures.columns().iter().zip(figure.group());
    let names: Vec<&str> = columns
        .filter_map(|(column, level)| {
            let level = (*level)? as usize;
            let code = column.codes.get(level).map_or(UNKNOWN, String::as_str);
            let labels = column.labels.get(level);
            Some(match labels {
                Some(labels) => labels.in_language(language, code),
                None => say!(language, "okänt", "unknown"),
            })
        })
        .collect();
    if names.is_empty() { say!(language, "alla", "everybody").to_owned() } else { names.join(", ") }
}

pub(super) fn state(state: State, language: Language) -> &'static str {
    match state {
        State::Value => "–",
        State::NotDue => say!(language, "följs upp senare", "not due yet"),
        State::NotComputable(why) => reason(why, language),
        State::Suppressed => say!(language, "skyddat", "protected"),
    }
}
