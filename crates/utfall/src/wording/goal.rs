//! Goals: a line of the goal table, and one plain sentence.

use super::number::{duration, quantity};
use super::{count, goal_reason, judgement, percent, promise, say};
use crate::assess::{Basis, Evaluation, Figure, Judgement, Verdict};
use crate::project::{Language, Measure, Project, Promise};

/// A line of the goal table: one version of a goal's target, every cell as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalLine {
    /// The goal's name in the project file.
    pub goal: String,
    /// What was promised, with the day from which it holds; empty where there is no target.
    pub target: String,
    /// What came out; a dash where nothing can be said.
    pub outcome: String,
    /// The verdict.
    pub verdict: String,
    /// What else a reader has to know: units short, whether it can still change, why it cannot be assessed.
    pub note: String,
}

/// The headings of the goal table, in the order of [`GoalLine`]'s fields.
pub fn headings(language: Language) -> [&'static str; 5] {
    say!(
        language,
        ["Mål", "Målvärde", "Utfall", "Bedömning", "Anmärkning"],
        ["Goal", "Target", "Outcome", "Verdict", "Note"]
    )
}

/// The goal table: every version of every goal's target in force, in the order of the project file.
pub fn goal_lines(project: &Project, evaluation: &Evaluation, language: Language) -> Vec<GoalLine> {
    evaluation
        .verdicts
        .iter()
        .map(|verdict| {
            let facts = Facts::of(project, evaluation, verdict, language);
            let target = match (&facts.promise, verdict.target_from) {
                (Some(promise), Some(from)) if facts.has_versions => {
                    let since = say!(language, "från", "from");
                    format!("{promise} ({since} {from})")
                }
                (promise, _) => promise.clone().unwrap_or_default(),
            };
            GoalLine {
                goal: verdict.goal.clone(),
                target,
                outcome: facts.outcome.clone().unwrap_or_else(|| "–".to_owned()),
                verdict: judgement(verdict.judgement, language).to_owned(),
                note: facts.notes().join("; "),
            }
        })
        .collect()
}

/// One plain sentence on a goal: what came out against the version of the target in force, and against earlier ones.
///
/// `None` for a goal that the evaluation does not have.
pub fn goal_sentence(
    project: &Project,
    evaluation: &Evaluation,
    goal: &str,
    language: Language,
) -> Option<String> {
    let versions: Vec<&Verdict> = evaluation.goal(goal).collect();
    let (current, earlier) = versions.split_last()?;
    let facts = Facts::of(project, evaluation, current, language);
    let text = project.goals.get(goal)?.labels.in_language(language, goal);
    let mut sentence = format!("{}: {}", text.trim_end_matches('.'), facts.clause());
    for verdict in earlier {
        let facts = Facts::of(project, evaluation, verdict, language);
        let promised = facts.promise.unwrap_or_default();
        let word = judgement(verdict.judgement, language);
        sentence.push_str(&say!(
            language,
            format!("; mot det tidigare målvärdet, {promised}: {word}"),
            format!("; against the earlier target, {promised}: {word}")
        ));
    }
    sentence.push('.');
    Some(sentence)
}

/// What is known of one verdict, in words.
struct Facts<'a> {
    verdict: &'a Verdict,
    figure: Option<&'a Figure>,
    promise: Option<String>,
    outcome: Option<String>,
    has_versions: bool,
    language: Language,
}

impl<'a> Facts<'a> {
    fn of(
        project: &'a Project,
        evaluation: &'a Evaluation,
        verdict: &'a Verdict,
        language: Language,
    ) -> Self {
        let indicator = verdict.indicator.as_deref();
        let figure = indicator.and_then(|name| evaluation.figure(name));
        let measure =
            indicator.and_then(|name| project.indicators.get(name)).map(|found| &found.measure);
        let promise = verdict.promise.as_ref().map(|promised| promise(promised, measure, language));
        let outcome = figure.and_then(|figure| outcome(evaluation, figure, measure?, language));
        let has_versions = evaluation.goal(&verdict.goal).count() > 1;
        Self { verdict, figure, promise, outcome, has_versions, language }
    }

    /// What follows the goal's text and a colon.
    fn clause(&self) -> String {
        let language = self.language;
        let known = match (&self.outcome, &self.promise) {
            (Some(outcome), Some(promise)) => say!(
                language,
                format!("utfallet är {outcome} mot målvärdet {promise}"),
                format!("the outcome is {outcome} against the target {promise}")
            ),
            (Some(outcome), None) => {
                say!(
                    language,
                    format!("utfallet är {outcome}"),
                    format!("the outcome is {outcome}")
                )
            }
            (None, Some(promise)) => {
                say!(
                    language,
                    format!("målvärdet är {promise}"),
                    format!("the target is {promise}")
                )
            }
            (None, None) => String::new(),
        };
        let verdict = match self.verdict.judgement {
            Judgement::Met => say!(language, ", som är nått", ", which is met"),
            Judgement::Near => say!(language, ", som nästan är nått", ", which is nearly met"),
            Judgement::NotMet => say!(language, ", som inte är nått", ", which is not met"),
            Judgement::NotDue => {
                say!(
                    language,
                    ", men det är inte dags att följa upp än",
                    ", but its follow-up is not due yet"
                )
            }
            Judgement::NotAssessable if known.is_empty() => {
                say!(language, "kan inte bedömas", "cannot be assessed")
            }
            Judgement::NotAssessable => {
                say!(language, ", men det kan inte bedömas", ", but it cannot be assessed")
            }
        };
        let clause = format!("{known}{verdict}");
        std::iter::once(clause).chain(self.notes()).collect::<Vec<_>>().join("; ")
    }

    /// What else a reader has to know.
    fn notes(&self) -> Vec<String> {
        let (language, verdict) = (self.language, self.verdict);
        let mut notes = Vec::new();
        if let Some(why) = verdict.reason {
            notes.push(goal_reason(why, language).to_owned());
        }
        if let Some(short) = verdict.units_short.and_then(|short| u64::try_from(short).ok())
            && short > 0
        {
            let number = count(short, language);
            notes.push(if matches!(verdict.promise, Some(Promise::AtMost(_))) {
                say!(language, format!("{number} för många"), format!("{number} too many"))
            } else {
                say!(language, format!("{number} fattas"), format!("{number} short"))
            });
        }
        if verdict.settled == Some(false) {
            notes.push(self.open_note());
        }
        if verdict.basis == Some(Basis::Declared) && verdict.settled.is_some() {
            let note = say!(
                language,
                "bedömt, inte beräknat; lägsta bedömningen räknas",
                "rated, not computed; the lowest rating counts"
            );
            notes.push(note.to_owned());
        }
        notes
    }

    /// Why a verdict can still change.
    fn open_note(&self) -> String {
        let language = self.language;
        let counts = self.figure.and_then(|figure| figure.counts).unwrap_or_default();
        let missing = say!(language, "saknas", "missing");
        let not_due = say!(language, "följs upp senare", "not due yet");
        let unclassified = say!(language, "oklassade", "unclassified");
        let open: Vec<String> = [
            (counts.missing, missing),
            (counts.not_due, not_due),
            (counts.unclassified, unclassified),
        ]
        .into_iter()
        .filter(|(units, _)| *units > 0)
        .map(|(units, what)| format!("{} {what}", count(units, language)))
        .collect();
        let change = say!(language, "kan ännu ändras", "can still change");
        if open.is_empty() { change.to_owned() } else { format!("{change} ({})", open.join(", ")) }
    }
}

/// What came out: `66 av 97 = 68,0 %`.
pub(super) fn outcome(
    evaluation: &Evaluation,
    figure: &Figure,
    measure: &Measure,
    language: Language,
) -> Option<String> {
    let value = evaluation.figures.value(figure)?;
    let outcome = figure.outcome();
    let successes = outcome.map(|(successes, _)| count(successes, language));
    let n = outcome.map(|(_, observed)| count(observed, language));
    match measure {
        Measure::Count(_) => return successes,
        Measure::Sum(_) | Measure::Ratio(_) => return Some(quantity(value, language)),
        Measure::Mean(_) => {
            let mean = quantity(value, language);
            let Some(n) = n else { return Some(mean) };
            return Some(say!(language, format!("{mean} (n = {n})"), format!("{mean} (n = {n})")));
        }
        Measure::Incidence(incidence) => {
            let (share, horizon) = (percent(value, language), incidence.horizons.first()?);
            let time = duration(horizon.delay(), language);
            return Some(say!(
                language,
                format!("{share} inom {time}"),
                format!("{share} within {time}")
            ));
        }
        Measure::Share(_) | Measure::Change(_) | Measure::Coverage(_) | Measure::Survey(_) => {}
    }
    let (share, successes, n) = (percent(value, language), successes?, n?);
    Some(say!(
        language,
        format!("{successes} av {n} = {share}"),
        format!("{successes} of {n} = {share}")
    ))
}
