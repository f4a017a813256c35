//! Checks of horizontal principles: one plain sentence for each result, which says no more than its figures do.

use super::check_words::{check_reason, check_state, level_text};
use super::number::decimal;
use super::{count, percent, percentage_points, promise, say};
use crate::principles::{Adjusted, Aspect, CheckReason, CheckResult, CheckState, PartLevel};
use crate::project::{Column, Language, Project};

/// One plain sentence on a result of a check.
///
/// A difference between groups is told as a difference: nothing is said of its causes.
///
/// ```
/// use utfall::data::{Table, Values};
/// use utfall::project::Language;
/// use utfall::{Evaluator, Project, day, principles, wording};
///
/// let project = Project::from_toml(
///     r#"
///     schema = 1
///     name = "Staff"
///     [registers.staff]
///     unit = "person"
///     weight = "Antal"
///     columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
///     [indicators.men]
///     en = "Men among staff"
///     kind = "share"
///     register = "staff"
///     having = { gender = "man" }
///     [checks.men]
///     principle = "equality"
///     kind = "representation"
///     indicator = "men"
///     balance = true
///     "#,
/// )?;
/// let mut evaluator = Evaluator::new(&project, day::parse("2022-06-30").unwrap())?;
/// evaluator.add("staff", &Table::new([
///     ("Kön", Values::from_texts([Some("woman"), Some("man")])),
///     ("Antal", Values::from_integers([Some(17), Some(5)])),
/// ]))?;
/// let results = principles::checks(&project, &evaluator.finish()?);
/// assert_eq!(
///     wording::check_sentence(&project, &results[0], Language::English),
///     "Men among staff: 5 of 22 = 22.7% (interval 10.1–43.4%), outside 40/60."
/// );
/// # Ok::<(), utfall::Error>(())
/// ```
pub fn check_sentence(project: &Project, result: &CheckResult, language: Language) -> String {
    let words = Words { project, result, language };
    let mut clauses = match &result.aspect {
        Aspect::Gap { other } => words.gap(other),
        Aspect::SmallGroups => vec![words.small_groups()],
        Aspect::Evidence => vec![words.evidence()],
        Aspect::Target { .. } | Aspect::Balance | Aspect::Reference { .. } | Aspect::Share => {
            words.representation()
        }
    };
    clauses.extend(words.reason());
    let text = clauses.join("; ");
    format!("{}: {text}.", words.subject())
}

/// What is known of one result, in words.
struct Words<'a> {
    project: &'a Project,
    result: &'a CheckResult,
    language: Language,
}

impl Words<'_> {
    /// The indicator's name, or that of the check.
    fn subject(&self) -> String {
        let (result, language) = (self.result, self.language);
        let indicator = result.rests_on.first().map(|name| name.split('(').next().unwrap_or(name));
        let indicator = indicator.and_then(|name| {
            let found = self.project.indicators.get(name)?;
            Some(found.labels.in_language(language, name))
        });
        let checks = self.project.checks_in_force();
        let name = indicator.unwrap_or_else(|| {
            let check = checks.get(&result.check);
            check.map_or(&result.check, |check| check.labels.in_language(language, &result.check))
        });
        let name = name.trim_end_matches('.').to_owned();
        let is_group = matches!(result.aspect, Aspect::Gap { .. });
        if result.part.is_empty() || is_group {
            return name;
        }
        let part = level_text(self.project, &result.part, language);
        format!("{name}, {part}")
    }

    fn representation(&self) -> Vec<String> {
        let (figures, language) = (&self.result.figures, self.language);
        let Some((value, (successes, n))) = figures.value.zip(figures.successes.zip(figures.n))
        else {
            return Vec::new();
        };
        let share = say!(
            language,
            format!(
                "{} av {} = {} (intervall {})",
                count(successes, language),
                count(n, language),
                percent(value.value, language),
                self.interval(value.low, value.high)
            ),
            format!(
                "{} of {} = {} (interval {})",
                count(successes, language),
                count(n, language),
                percent(value.value, language),
                self.interval(value.low, value.high)
            )
        );
        let mut clauses = vec![match self.criterion() {
            Some(criterion) => format!("{share}, {criterion}"),
            None => share,
        }];
        clauses.extend(self.still_open());
        clauses.extend(self.carried());
        clauses
    }

    /// How the share stands to what it is set against.
    fn criterion(&self) -> Option<String> {
        let (result, language) = (self.result, self.language);
        let is_met = match result.state {
            CheckState::Met => Some(true),
            CheckState::NotMet => Some(false),
            _ => None,
        };
        match &result.aspect {
            Aspect::Target { promise: promised, .. } => {
                let indicator = result.rests_on.first();
                let name = indicator.map(|name| name.split('(').next().unwrap_or(name));
                let measure = name.and_then(|name| self.project.indicators.get(name));
                let text = promise(promised, measure.map(|found| &found.measure), language);
                let target = if result.current {
                    say!(
                        language,
                        format!("mot målvärdet {text}"),
                        format!("against the target {text}")
                    )
                } else {
                    say!(
                        language,
                        format!("mot det tidigare målvärdet {text}"),
                        format!("against the earlier target {text}")
                    )
                };
                Some(match is_met {
                    Some(true) => {
                        say!(language, format!("{target}: nått"), format!("{target}: met"))
                    }
                    Some(false) => {
                        say!(language, format!("{target}: inte nått"), format!("{target}: not met"))
                    }
                    None => target,
                })
            }
            Aspect::Balance => Some(
                match is_met {
                    Some(true) => say!(language, "inom 40/60", "within 40/60"),
                    Some(false) => say!(language, "utanför 40/60", "outside 40/60"),
                    None => say!(language, "mot 40/60-regeln", "against the 40/60 rule"),
                }
                .to_owned(),
            ),
            Aspect::Reference { source } => Some(self.reference(source, is_met)),
            _ => None,
        }
    }

    fn reference(&self, source: &str, is_met: Option<bool>) -> String {
        let (figures, language) = (&self.result.figures, self.language);
        let against = percent(figures.reference.unwrap_or(f64::NAN), language);
        let ratio = figures.ratio.map_or(f64::NAN, |ratio| ratio.value);
        let (times, points) = (
            decimal(ratio, 1, language),
            percentage_points(figures.difference.map_or(f64::NAN, |found| found.value), language),
        );
        let word = match is_met {
            Some(true) => say!(language, "inte lägre än", "not lower than"),
            Some(false) => say!(language, "lägre än", "lower than"),
            None => say!(language, "mot", "against"),
        };
        say!(
            language,
            format!(
                "{word} jämförelsetalet {against} ({source}): skillnaden är {points}, kvoten {times}"
            ),
            format!(
                "{word} the reference {against} ({source}): the difference is {points}, the ratio {times}"
            )
        )
    }

    /// What part of all successes a part holds, and what the rest is without it.
    fn carried(&self) -> Option<String> {
        let (figures, language) = (&self.result.figures, self.language);
        let part = percent(figures.part_of_successes?, language);
        let rest = percent(figures.value_without?, language);
        Some(say!(
            language,
            format!("här finns {part} av alla, och utan denna del är andelen {rest}"),
            format!("{part} of all are here, and without this part the share is {rest}")
        ))
    }

    /// What the open cases could make of it.
    fn still_open(&self) -> Option<String> {
        let (figures, language) = (&self.result.figures, self.language);
        if self.result.state != CheckState::Open {
            return None;
        }
        let bounds = figures.bounds?;
        let cases = count(figures.open? + figures.unknown?, language);
        let range = self.interval(bounds.low, bounds.high);
        Some(say!(
            language,
            format!("{cases} öppna fall kan ännu ändra det ({range})"),
            format!("{cases} open cases can still change it ({range})")
        ))
    }

    fn gap(&self, other: &[PartLevel]) -> Vec<String> {
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
        let interval = self.interval(difference.low, difference.high);
        let limit = self.limit();
        let mut clauses = vec![
            say!(language, format!("{one} och {other}"), format!("{one} and {other}")),
            say!(
                language,
                format!("skillnaden är {points} (intervall {interval}){limit}"),
                format!("the difference is {points} (interval {interval}){limit}")
            ),
        ];
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

    fn small_groups(&self) -> String {
        let groups = count(self.result.figures.n.unwrap_or(0), self.language);
        say!(
            self.language,
            format!("{groups} grupper är för små för att jämföras"),
            format!("{groups} groups are too small to be compared")
        )
    }

    fn evidence(&self) -> String {
        let state = check_state(self.result.state, self.language);
        if self.result.rests_on.is_empty() {
            return state.to_owned();
        }
        format!("{state} ({})", self.result.rests_on.join("; "))
    }

    /// Why, where the state does not say it.
    fn reason(&self) -> Option<String> {
        let reason = self.result.reason?;
        let text = check_reason(reason, self.language);
        let is_caution = reason == CheckReason::SmallGroup
            && matches!(self.result.state, CheckState::Met | CheckState::NotMet | CheckState::Open);
        Some(if is_caution {
            say!(self.language, "få är observerade", "few are observed").to_owned()
        } else {
            let state = check_state(self.result.state, self.language);
            format!("{state}, {text}")
        })
    }

    /// `10,1–43,4 %`: both ends of an interval of shares or of differences.
    fn interval(&self, low: f64, high: f64) -> String {
        let language = self.language;
        let (low, high) = (decimal(low * 100.0, 1, language), percent(high, language));
        let is_signed = low.starts_with('\u{2212}') || high.starts_with('\u{2212}');
        if is_signed {
            say!(language, format!("{low} till {high}"), format!("{low} to {high}"))
        } else {
            format!("{low}–{high}")
        }
    }

    /// The header of a column, which a reader of the source knows.
    fn column_text<'n>(&'n self, name: &'n str) -> &'n str {
        let found = column(self.project, name);
        found.and_then(|column| column.header.as_deref()).unwrap_or(name)
    }
}

/// The first column of this name in any register.
pub(super) fn column<'p>(project: &'p Project, name: &str) -> Option<&'p Column> {
    project.registers.keys().find_map(|register| project.columns(register)?.get(name))
}
