//! Checks of horizontal principles: one plain sentence for each result, which says no more than its figures do.

use super::check_words::{check_reason, check_state, level_text};
use super::number::decimal;
use super::{count, percent, percentage_points, promise, say};
use crate::principles::{Aspect, CheckReason, CheckResult, CheckState};
use crate::project::{Column, Language, Project, Promise};

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
        Aspect::Stage { .. } | Aspect::MissingFollowUp => words.against_others(),
        Aspect::Target { .. }
        | Aspect::Balance
        | Aspect::Reference { .. }
        | Aspect::Share
        | Aspect::Cadence { .. } => words.representation(),
        other => words.declared(other),
    };
    clauses.extend(words.reason());
    let text = clauses.join("; ");
    format!("{}: {text}.", words.subject())
}

/// A line of the table of checks: one result, every cell as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckLine {
    /// The check's name in the project file.
    pub check: String,
    /// What the result comes to.
    pub state: String,
    /// The result as a sentence.
    pub sentence: String,
}

/// The headings of the table of checks, in the order of [`CheckLine`]'s fields.
pub fn check_headings(language: Language) -> [&'static str; 3] {
    say!(language, ["Kontroll", "Läge", "Resultat"], ["Check", "State", "Result"])
}

/// The table of checks: every result, in order.
pub fn check_lines(
    project: &Project,
    results: &[CheckResult],
    language: Language,
) -> Vec<CheckLine> {
    let line = |result: &CheckResult| CheckLine {
        check: result.check.clone(),
        state: check_state(result.state, language).to_owned(),
        sentence: check_sentence(project, result, language),
    };
    results.iter().map(line).collect()
}

/// What is known of one result, in words.
pub(super) struct Words<'a> {
    pub(super) project: &'a Project,
    pub(super) result: &'a CheckResult,
    pub(super) language: Language,
}

impl Words<'_> {
    /// What the sentence is about: an indicator, a check, an activity, with the part that it speaks of.
    fn subject(&self) -> String {
        let (result, language) = (self.result, self.language);
        let name = self.declared_subject().or_else(|| self.indicator()).unwrap_or_else(|| {
            let checks = self.project.checks_in_force();
            let check = checks.get(&result.check);
            check
                .map_or(&*result.check, |check| check.labels.in_language(language, &result.check))
                .to_owned()
        });
        let name = name.trim_end_matches('.');
        if result.part.is_empty() || matches!(result.aspect, Aspect::Gap { .. }) {
            return name.to_owned();
        }
        format!("{name}, {}", level_text(self.project, &result.part, language))
    }

    /// The name of the indicator that the result rests on.
    fn indicator(&self) -> Option<String> {
        let first = self.result.rests_on.first()?;
        let name = first.split('(').next().unwrap_or(first);
        let found = self.project.indicators.get(name)?;
        Some(found.labels.in_language(self.language, name).to_owned())
    }

    fn representation(&self) -> Vec<String> {
        let Some(share) = self.share() else { return Vec::new() };
        let mut clauses = vec![match self.criterion() {
            Some(criterion) => format!("{share}, {criterion}"),
            None => share,
        }];
        clauses.extend(self.still_open());
        clauses.extend(self.carried());
        clauses
    }

    /// `4 av 35 = 11,4 % (intervall 4,5–26,0 %)`; of what is no share of units the value alone.
    fn share(&self) -> Option<String> {
        let (figures, language) = (&self.result.figures, self.language);
        let value = figures.value?;
        let share = percent(value.value, language);
        let Some((successes, n)) = figures.successes.zip(figures.n) else { return Some(share) };
        let (of, interval) = say!(language, ("av", "intervall"), ("of", "interval"));
        let (successes, n) = (count(successes, language), count(n, language));
        let share = format!("{successes} {of} {n} = {share}");
        if value.low.is_nan() || matches!(self.result.aspect, Aspect::Cadence { .. }) {
            return Some(share);
        }
        Some(format!("{share} ({interval} {})", self.interval(value.low, value.high)))
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
            Aspect::Target { promise: promised, .. } => Some(self.target(promised, is_met)),
            Aspect::Cadence { at_least } => {
                let least = percent(at_least.to_f64(), language);
                Some(say!(
                    language,
                    format!("mot minst {least}"),
                    format!("against at least {least}")
                ))
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

    fn target(&self, promised: &Promise, is_met: Option<bool>) -> String {
        let (result, language) = (self.result, self.language);
        let indicator = result.rests_on.first();
        let name = indicator.map(|name| name.split('(').next().unwrap_or(name));
        let measure = name.and_then(|name| self.project.indicators.get(name));
        let text = promise(promised, measure.map(|found| &found.measure), language);
        let against = if result.current {
            say!(language, "mot målvärdet", "against the target")
        } else {
            say!(language, "mot det tidigare målvärdet", "against the earlier target")
        };
        let verdict = match is_met {
            Some(true) => say!(language, ": nått", ": met"),
            Some(false) => say!(language, ": inte nått", ": not met"),
            None => "",
        };
        format!("{against} {text}{verdict}")
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
        // Of a part that holds less than half of them it would say little.
        let part = figures.part_of_successes.filter(|part| *part >= 0.5)?;
        let (part, rest) = (percent(part, language), percent(figures.value_without?, language));
        Some(say!(
            language,
            format!("denna del har {part} av alla sådana, och utan den är andelen {rest}"),
            format!("this part has {part} of all of them, and without it the share is {rest}")
        ))
    }

    /// What the open cases could make of it.
    pub(super) fn still_open(&self) -> Option<String> {
        let (figures, language) = (&self.result.figures, self.language);
        if self.result.state != CheckState::Open {
            return None;
        }
        let bounds = figures.bounds?;
        let cases = count(figures.open? + figures.unknown?, language);
        let range = match figures.difference {
            Some(_) => self.points(bounds.low, bounds.high),
            None => self.interval(bounds.low, bounds.high),
        };
        Some(say!(
            language,
            format!("{cases} öppna fall kan ännu ändra det ({range})"),
            format!("{cases} open cases can still change it ({range})")
        ))
    }

    /// Why, where neither the state nor a clause says it.
    fn reason(&self) -> Option<String> {
        let (result, language) = (self.result, self.language);
        let is_told = match result.aspect {
            Aspect::Ground { .. } => !matches!(result.reason, Some(CheckReason::Figure(_))),
            Aspect::PlanPart { .. }
            | Aspect::PlanCoverage { .. }
            | Aspect::Activity { .. }
            | Aspect::SmallGroups
            | Aspect::Lacking => true,
            _ => false,
        };
        let reason = result.reason.filter(|_| !is_told)?;
        let is_judged =
            matches!(result.state, CheckState::Met | CheckState::NotMet | CheckState::Open);
        if is_judged && reason == CheckReason::SmallGroup {
            return Some(say!(language, "få är observerade", "few are observed").to_owned());
        }
        let (state, text) = (check_state(result.state, language), check_reason(reason, language));
        Some(format!("{state}, {text}"))
    }

    /// `10,1–43,4 %`: both ends of an interval of shares.
    fn interval(&self, low: f64, high: f64) -> String {
        let language = self.language;
        format!("{}–{}", decimal(low * 100.0, 1, language), percent(high, language))
    }

    /// `−17,4 till 20,2`: both ends of an interval of differences, in percentage points.
    pub(super) fn points(&self, low: f64, high: f64) -> String {
        let language = self.language;
        let to = say!(language, "till", "to");
        let end = |number: f64| decimal(number * 100.0, 1, language);
        format!("{} {to} {}", end(low), end(high))
    }

    /// The header of a column, which a reader of the source knows.
    pub(super) fn column_text<'n>(&'n self, name: &'n str) -> &'n str {
        let found = column(self.project, name);
        found.and_then(|column| column.header.as_deref()).unwrap_or(name)
    }
}

/// The first column of this name in any register.
pub(super) fn column<'p>(project: &'p Project, name: &str) -> Option<&'p Column> {
    project.registers.keys().find_map(|register| project.columns(register)?.get(name))
}
