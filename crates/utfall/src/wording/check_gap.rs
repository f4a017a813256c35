//! Differences between groups, as differences: nothing is said of their causes.

use super::check::Words;
use super::check_words::level_text;
use super::number::decimal;
use super::{count, percent, percentage_points, say};
use crate::principles::{Adjusted, Aspect, CheckState, PartLevel};

impl Words<'_> {
    pub(super) fn gap(&self, other: &[PartLevel]) -> Vec<String> {
        let (figures, language) = (&self.result.figures, self.language);
        let (Some(difference), Some(value), Some(against)) =
            (figures.difference, figures.value, figures.reference)
        else {
            return Vec::new();
        };
        let of = say!(language, "av", "of");
        let group = |part: &[PartLevel], share: f64, successes: Option<u64>, n: Option<u64>| {
            let name = level_text(self.project, part, language);
            let successes = count(successes.unwrap_or(0), language);
            let n = count(n.unwrap_or(0), language);
            format!("{name} {} ({successes} {of} {n})", percent(share, language))
        };
        let one = group(&self.result.part, value.value, figures.successes, figures.n);
        let other = group(other, against, figures.other_successes, figures.other_n);
        let points = percentage_points(difference.value, language);
        let interval = self.points(difference.low, difference.high);
        let limit = self.limit();
        let mut clauses = vec![
            say!(language, format!("{one} och {other}"), format!("{one} and {other}")),
            say!(
                language,
                format!("skillnaden är {points} (intervall {interval}){limit}"),
                format!("the difference is {points} (interval {interval}){limit}")
            ),
        ];
        clauses.extend(self.four_fifths());
        clauses.extend(self.still_open());
        clauses.extend(figures.adjusted.iter().flat_map(|adjusted| self.adjusted(adjusted)));
        clauses
    }

    fn limit(&self) -> String {
        let language = self.language;
        let Some(limit) = self.result.figures.limit else { return String::new() };
        let limit = percentage_points(limit, language);
        match self.result.state {
            CheckState::Met => say!(
                language,
                format!(", inom de {limit} som godtas"),
                format!(", within the {limit} that are accepted")
            ),
            CheckState::NotMet => say!(
                language,
                format!(", mer än de {limit} som godtas"),
                format!(", more than the {limit} that are accepted")
            ),
            _ => say!(language, format!(" mot högst {limit}"), format!(" against at most {limit}")),
        }
    }

    fn adjusted(&self, adjusted: &Adjusted) -> Vec<String> {
        let language = self.language;
        let columns: Vec<&str> =
            adjusted.columns.iter().map(|name| self.column_text(name)).collect();
        let columns = columns.join(", ");
        let points = percentage_points(adjusted.difference.value, language);
        let other_way = if adjusted.is_reversed {
            say!(language, ", alltså åt andra hållet", ", the other way round")
        } else {
            ""
        };
        let left_out = match adjusted.left_out {
            0 => String::new(),
            units => {
                let units = count(units, language);
                say!(
                    language,
                    format!(" ({units} kan inte jämföras så)"),
                    format!(" ({units} cannot be compared so)")
                )
            }
        };
        let mut clauses = vec![say!(
            language,
            format!("justerad för {columns} är den {points}{other_way}{left_out}"),
            format!("adjusted for {columns} it is {points}{other_way}{left_out}")
        )];
        if let Some(p_value) = adjusted.strata_p_value.filter(|_| adjusted.strata_differ) {
            let p_value = self.p_value(p_value);
            clauses.push(say!(
                language,
                format!("delarna skiljer sig sinsemellan (Woolfs test, {p_value}), så läs dem var för sig"),
                format!("the parts differ among themselves (Woolf's test, {p_value}), so look at each")
            ));
        }
        clauses
    }

    fn p_value(&self, p_value: f64) -> String {
        if p_value < 0.0005 {
            return say!(self.language, "p < 0,001", "p < 0.001").to_owned();
        }
        format!("p = {}", decimal(p_value, 3, self.language))
    }

    /// A ratio below four fifths is a reason to look closer, no more.
    fn four_fifths(&self) -> Option<String> {
        let (figures, language) = (&self.result.figures, self.language);
        if figures.below_four_fifths != Some(true) {
            return None;
        }
        let ratio = decimal(figures.ratio?.value, 2, language);
        Some(say!(
            language,
            format!("kvoten är {ratio}, där 0,80 till 1,25 brukar räknas som nära"),
            format!("the ratio is {ratio}, where 0.80 to 1.25 is usually taken as near")
        ))
    }

    /// A group against everybody else: at a stage of the flow, or of those whose follow-up is missing.
    pub(super) fn against_others(&self) -> Vec<String> {
        let (figures, language) = (&self.result.figures, self.language);
        let (Some(value), Some((successes, n))) = (figures.value, figures.successes.zip(figures.n))
        else {
            return Vec::new();
        };
        let of = say!(language, "av", "of");
        let share = |value: f64, successes: u64, n: u64| {
            let (successes, n) = (count(successes, language), count(n, language));
            format!("{successes} {of} {n} = {}", percent(value, language))
        };
        let of_whom = match &self.result.aspect {
            Aspect::MissingFollowUp => say!(language, " saknas", " are missing"),
            // The first stage is reached from the register.
            _ if !self.result.current => {
                say!(language, " i registret kom hit", " in the register came here")
            }
            _ => say!(language, " kom hit från steget före", " came here from the stage before"),
        };
        let mut clauses = vec![format!("{}{of_whom}", share(value.value, successes, n))];
        let other = figures.reference.zip(figures.other_successes.zip(figures.other_n));
        if let (Some((other, (successes, n))), Some(difference)) = (other, figures.difference) {
            let others = share(other, successes, n);
            let (points, limit) = (percentage_points(difference.value, language), self.limit());
            let interval = self.points(difference.low, difference.high);
            clauses.push(say!(
                language,
                format!("bland övriga {others}; skillnaden är {points} (intervall {interval}){limit}"),
                format!("among the others {others}; the difference is {points} (interval {interval}){limit}")
            ));
        }
        clauses.extend(self.still_open());
        if let Some(part) = figures.part_of_successes {
            let part = percent(part, language);
            clauses.push(say!(
                language,
                format!("{part} av dem som kom hit hör till gruppen"),
                format!("{part} of those who came here are of the group")
            ));
        }
        clauses
    }
}
