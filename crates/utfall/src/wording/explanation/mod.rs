//! Explanations: how a figure came about, from the definition to what could still change a verdict.

mod accounting;
mod definition;
mod verdict;

use super::goal::outcome;
use super::number::percent;
use super::{goal_reason, group, reason, say};
use crate::assess::{Evaluation, Figure, GoalReason, State};
use crate::project::{Indicator, Language, Measure, Project};

pub use accounting::{AccountingStep, Sign};

/// How a figure came about, in words.
///
/// Sections are empty where there is nothing to say: a figure without counts has no accounting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The indicator, and the group if it is not everybody.
    pub title: String,
    /// What is measured, of whom, and when.
    pub definition: Vec<String>,
    /// Every step from all units to those that count.
    pub accounting: Vec<AccountingStep>,
    /// The value and how sure it is; why there is none, where there is none.
    pub outcome: Vec<String>,
    /// Every version of every target of this indicator, with the rule and the verdict. Of everybody only.
    pub verdicts: Vec<String>,
    /// What is still open, and what it could come to.
    pub changes: Vec<String>,
}

/// The headings of an explanation: definition, accounting, outcome, verdicts, changes.
///
/// ```
/// use utfall::project::Language;
///
/// assert_eq!(utfall::wording::explanation_headings(Language::English)[1], "Accounting");
/// ```
pub fn explanation_headings(language: Language) -> [&'static str; 5] {
    say!(
        language,
        ["Definition", "Räkning", "Utfall", "Bedömning", "Vad som kan ändra det"],
        ["Definition", "Accounting", "Outcome", "Verdict", "What could change it"]
    )
}

/// Explains a figure of an evaluation of `project`; `None` for an indicator that the project does not have.
///
/// ```
/// use utfall::data::{Table, Values};
/// use utfall::project::Language;
/// use utfall::{Evaluator, Project, day, wording};
///
/// let project = Project::from_toml(
///     r#"
///     schema = 1
///     name = "Staff"
///     [registers.staff]
///     unit = "person"
///     columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
///     [indicators.men]
///     kind = "share"
///     register = "staff"
///     having = { gender = "man" }
///     "#,
/// )?;
/// let mut evaluator = Evaluator::new(&project, day::parse("2022-06-30").unwrap())?;
/// evaluator.add("staff", &Table::new([
///     ("Kön", Values::from_texts([Some("woman"), Some("man"), Some("woman"), None])),
/// ]))?;
/// let evaluation = evaluator.finish()?;
/// let men = evaluation.figure("men").unwrap();
/// let explained = wording::explanation(&project, &evaluation, men, Language::English).unwrap();
/// assert_eq!(explained.definition[2], "What is asked: `gender` is man.");
/// assert_eq!(explained.outcome[0], "The outcome is 1 of 3 = 33.3%.");
/// # Ok::<(), utfall::Error>(())
/// ```
pub fn explanation(
    project: &Project,
    evaluation: &Evaluation,
    figure: &Figure,
    language: Language,
) -> Option<Explanation> {
    let name = evaluation.figures.indicator(figure);
    let indicator = project.indicators.get(name)?;
    let explained = Explained { project, evaluation, figure, name, indicator, language };
    Some(Explanation {
        title: explained.title(),
        definition: explained.definition(),
        accounting: explained.accounting(),
        outcome: explained.outcome(),
        verdicts: explained.verdicts(),
        changes: explained.changes(),
    })
}

/// A figure with everything that its explanation draws on.
struct Explained<'a> {
    project: &'a Project,
    evaluation: &'a Evaluation,
    figure: &'a Figure,
    name: &'a str,
    indicator: &'a Indicator,
    language: Language,
}

impl Explained<'_> {
    fn measure(&self) -> &Measure {
        &self.indicator.measure
    }

    /// Whether the value is so many of so many.
    fn is_of_counts(&self) -> bool {
        matches!(
            self.measure(),
            Measure::Share(_) | Measure::Change(_) | Measure::Coverage(_) | Measure::Survey(_)
        )
    }

    fn title(&self) -> String {
        let label = self.indicator.labels.in_language(self.language, self.name);
        if self.figure.is_overall() {
            return label.to_owned();
        }
        format!("{label} · {}", group::group(self.evaluation, self.figure, self.language))
    }

    fn outcome(&self) -> Vec<String> {
        let language = self.language;
        let Some(known) = outcome(self.evaluation, self.figure, self.measure(), language) else {
            return vec![self.without_value()];
        };
        let mut sentences = vec![say!(
            language,
            format!("Utfallet är {known}."),
            format!("The outcome is {known}.")
        )];
        if let Some(interval) = self.evaluation.figures.interval(self.figure) {
            let (low, high) = (self.end(interval.low), self.end(interval.high));
            let level = percent(self.evaluation.figures.level(), language).replacen(
                say!(language, ",0", ".0"),
                "",
                1,
            );
            sentences.push(say!(
                language,
                format!(
                    "Intervallet går från {low} till {high} (konfidensgrad {level}): så långt bär utfallet till andra av samma slag."
                ),
                format!(
                    "The interval goes from {low} to {high} (level of confidence {level}): so far does the outcome carry to others of the same kind."
                )
            ));
        }
        sentences
    }

    fn without_value(&self) -> String {
        let language = self.language;
        match self.figure.state {
            State::NotComputable(why) => {
                let why = goal_reason(GoalReason::Figure(why), language);
                say!(
                    language,
                    format!("Utfallet kan inte beräknas: {why}."),
                    format!("The outcome cannot be computed: {why}.")
                )
            }
            State::NotDue => say!(
                language,
                "Det finns inget utfall än: ingen ska vara uppföljd ännu.",
                "There is no outcome yet: nobody's follow-up is due."
            )
            .to_owned(),
            State::Suppressed => say!(
                language,
                "Utfallet är skyddat och visas inte.",
                "The outcome is protected and not shown."
            )
            .to_owned(),
            State::Value => reason(crate::assess::Reason::NothingObserved, language).to_owned(),
        }
    }

    /// A value of the indicator, as its kind is written.
    fn end(&self, number: f64) -> String {
        if self.measure().is_share() {
            percent(number, self.language)
        } else {
            super::quantity(number, self.language)
        }
    }
}
