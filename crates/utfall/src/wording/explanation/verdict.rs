//! The versions of a target with their rules, and what could still change a verdict.

use super::{Explained, say};
use crate::assess::Verdict;
use crate::project::{Measure, Promise, Target};
use crate::wording::condition::both;
use crate::wording::{count, goal_reason, judgement, percentage_points, promise, quantity};

impl Explained<'_> {
    pub(super) fn verdicts(&self) -> Vec<String> {
        if !self.figure.is_overall() || self.is_protected() {
            return Vec::new();
        }
        self.judged().map(|verdict| self.version(verdict)).collect()
    }

    /// The verdicts of goals with this indicator.
    fn judged(&self) -> impl Iterator<Item = &Verdict> {
        let name = self.name;
        self.evaluation
            .verdicts
            .iter()
            .filter(move |verdict| verdict.indicator.as_deref() == Some(name))
    }

    fn version(&self, verdict: &Verdict) -> String {
        let language = self.language;
        let goal = self.project.goals.get(&verdict.goal);
        let label = goal.map_or("", |goal| goal.labels.in_language(language, &verdict.goal));
        let mut sentences = vec![format!("{}.", label.trim_end_matches('.'))];
        if let (Some(promised), Some(from)) = (&verdict.promise, verdict.target_from) {
            let promised = promise(promised, Some(self.measure()), language);
            let target =
                goal.and_then(|goal| goal.targets.iter().find(|target| target.from == from));
            let decided = target.map(|target| decided(target, self)).unwrap_or_default();
            sentences.push(if verdict.current {
                say!(
                    language,
                    format!("Målvärdet är sedan {from} {promised}{decided}."),
                    format!("The target is since {from} {promised}{decided}.")
                )
            } else {
                say!(
                    language,
                    format!("Ett tidigare målvärde var från {from} {promised}{decided}."),
                    format!("An earlier target was from {from} {promised}{decided}.")
                )
            });
            sentences.extend(self.rule(verdict, &promised));
            sentences.extend(target.and_then(|target| self.tolerance(target)));
        }
        let word = judgement(verdict.judgement, language);
        let why = verdict
            .reason
            .map(|why| format!(" ({})", goal_reason(why, language)))
            .unwrap_or_default();
        sentences.push(say!(
            language,
            format!("Bedömning: {word}{why}."),
            format!("Verdict: {word}{why}.")
        ));
        sentences.join(" ")
    }

    /// What has to be so for the target to be reached, in whole numbers where the value is so many of so many.
    fn rule(&self, verdict: &Verdict, promised: &str) -> Option<String> {
        let language = self.language;
        let value = self.evaluation.figures.value(self.figure)?;
        if !self.is_of_counts() {
            let value = match self.measure() {
                Measure::Count(_) => count(self.figure.outcome()?.0, language),
                Measure::Incidence(_) => self.end(value),
                _ => quantity(value, language),
            };
            return Some(say!(
                language,
                format!("Regeln: värdet ska vara {promised}; det är {value}."),
                format!("The rule: the value is to be {promised}; it is {value}.")
            ));
        }
        let (successes, observed) = self.figure.outcome()?;
        let (n, met) = (count(observed, language), count(successes, language));
        let verb = if successes == 1 { "meets" } else { "meet" };
        let successes = i64::try_from(successes).ok()?;
        let short = verdict.units_short;
        let number = |units: i64| count(u64::try_from(units).unwrap_or_default(), language);
        let whole = match (&verdict.promise, short) {
            (Some(Promise::AtLeast(_)), Some(short)) => {
                let needed = number(successes.saturating_add(short));
                say!(
                    language,
                    format!(", det vill säga {needed} eller fler"),
                    format!(", that is {needed} or more")
                )
            }
            (Some(Promise::AtMost(_)), Some(short)) => {
                let allowed = number(successes.saturating_sub(short));
                say!(
                    language,
                    format!(", det vill säga {allowed} eller färre"),
                    format!(", that is {allowed} or fewer")
                )
            }
            _ => String::new(),
        };
        Some(say!(
            language,
            format!("Regeln: {promised} av {n} observerade{whole}; {met} uppfyller villkoret."),
            format!("The rule: {promised} of {n} observed{whole}; {met} {verb} the condition.")
        ))
    }

    fn tolerance(&self, target: &Target) -> Option<String> {
        let language = self.language;
        let tolerance = target.tolerance.as_ref()?.to_f64();
        let within = if self.measure().is_share() {
            percentage_points(tolerance, language)
        } else {
            quantity(tolerance, language)
        };
        Some(say!(
            language,
            format!("Högst {within} därifrån är nästan nått."),
            format!("At most {within} from it is nearly met.")
        ))
    }

    pub(super) fn changes(&self) -> Vec<String> {
        if self.is_protected() {
            return Vec::new();
        }
        let language = self.language;
        let open = self.open();
        let mut sentences = Vec::new();
        if !open.is_empty() {
            let open = both(&open, language);
            sentences.push(say!(language, format!("Öppna: {open}."), format!("Open: {open}.")));
        }
        sentences.extend(self.at_the_ends());
        if self.figure.is_overall() {
            sentences.extend(
                self.judged()
                    .filter(|verdict| verdict.current)
                    .flat_map(|verdict| self.to_change(verdict)),
            );
        } else if self.judged().next().is_some() {
            let sentence = say!(
                language,
                "Målvärdet gäller alla tillsammans; grupper bedöms inte för sig.",
                "The target is of everybody together; groups are not judged by themselves."
            );
            sentences.push(sentence.to_owned());
        }
        sentences
    }

    fn open(&self) -> Vec<String> {
        let language = self.language;
        let counts = self.figure.counts.unwrap_or_default();
        [
            (counts.missing, say!(language, "saknas", "missing")),
            (counts.not_due, say!(language, "följs upp senare", "not due yet")),
            (counts.unclassified, say!(language, "oklassade", "unclassified")),
        ]
        .into_iter()
        .filter(|(units, _)| *units > 0)
        .map(|(units, what)| format!("{} {what}", count(units, language)))
        .collect()
    }

    /// What the value would be if all the missing failed, and if all succeeded.
    fn at_the_ends(&self) -> Option<String> {
        let language = self.language;
        let missing = self.figure.counts?.missing;
        let bounds = self
            .evaluation
            .figures
            .bounds(self.figure)
            .filter(|_| missing > 0 && self.is_of_counts())?;
        let (low, high) = (self.end(bounds.low), self.end(bounds.high));
        Some(say!(
            language,
            format!(
                "Om ingen av dem som saknas uppfyllde villkoret vore utfallet {low}, om alla gjorde det {high}."
            ),
            format!(
                "If none of the missing met the condition the outcome would be {low}, if all did {high}."
            )
        ))
    }

    fn to_change(&self, verdict: &Verdict) -> Vec<String> {
        let language = self.language;
        let mut sentences = Vec::new();
        if let Some(short) = verdict
            .units_short
            .and_then(|short| u64::try_from(short).ok())
            .filter(|short| *short > 0)
        {
            let number = count(short, language);
            sentences.push(if matches!(verdict.promise, Some(Promise::AtMost(_))) {
                say!(
                    language,
                    format!("Med lika många observerade är det {number} för många."),
                    format!("With as many observed, that is {number} too many.")
                )
            } else {
                say!(
                    language,
                    format!("Med lika många observerade fattas {number}."),
                    format!("With as many observed, {number} more would be needed.")
                )
            });
        }
        sentences.extend(verdict.settled.map(|settled| {
            if settled {
                say!(
                    language,
                    "Bedömningen är avgjord: den blir densamma hur de öppna än utfaller.",
                    "The verdict is settled: it stays the same however the open cases turn out."
                )
            } else {
                say!(
                    language,
                    "Bedömningen kan ännu ändras, beroende på hur de öppna utfaller.",
                    "The verdict can still change, depending on how the open cases turn out."
                )
            }
            .to_owned()
        }));
        sentences
    }
}

fn decided(target: &Target, explained: &Explained<'_>) -> String {
    let language = explained.language;
    let by = target
        .decided_by
        .as_ref()
        .map(|who| say!(language, format!("beslutat av {who}"), format!("decided by {who}")));
    let why = target
        .why
        .as_ref()
        .map(|why| say!(language, format!("skäl: {why}"), format!("reason: {why}")));
    let parts: Vec<String> = by.into_iter().chain(why).collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join("; ")) }
}
