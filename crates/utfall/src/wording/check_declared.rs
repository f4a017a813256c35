//! What is declared rather than counted: evidence, the action plan, the seven grounds, adaptations.

use super::check::Words;
use super::check_words::{
    activity_progress, check_state, criterion_text, ground_text, plan_part, principle_text,
};
use super::{count, percent, say};
use crate::principles::{Aspect, CheckState, GroundCover};
use crate::project::{GroundName, Labels};

impl Words<'_> {
    /// What the sentence is about, where that is no indicator.
    pub(super) fn declared_subject(&self) -> Option<String> {
        let language = self.language;
        let named = |labels: &Labels, code: &str| labels.in_language(language, code).to_owned();
        match &self.result.aspect {
            Aspect::Stage { stage } => {
                let mut stages = self.project.flow.iter().flat_map(|flow| &flow.stages);
                let found = stages.find(|found| found.id == *stage);
                let flow = say!(language, "Flödet", "The flow");
                let name = found.map(|found| named(&found.labels, stage));
                Some(name.map_or_else(|| flow.to_owned(), |name| format!("{flow}, {name}")))
            }
            Aspect::Goal { goal, .. } => Some(named(&self.project.goals.get(goal)?.labels, goal)),
            Aspect::Activity { position, .. } => {
                let activity = self.project.plan.get(position.checked_sub(1)?)?;
                let unnamed = say!(language, "utan text", "without a text");
                let text = named(&activity.labels, unnamed);
                let text = text.trim_end_matches('.');
                Some(say!(
                    language,
                    format!("Aktivitet {position} ({text})"),
                    format!("Activity {position} ({text})")
                ))
            }
            Aspect::PlanPart { .. } | Aspect::PlanCoverage { .. } => {
                Some(say!(language, "Handlingsplanen", "The action plan").to_owned())
            }
            Aspect::Ground { ground, .. } => Some(ground_text(*ground, language).to_owned()),
            Aspect::Criterion { criterion } => Some(criterion_text(criterion, language).to_owned()),
            Aspect::Lacking => {
                let principle = self.result.principle.map(|found| principle_text(found, language));
                Some(format!("{} ({})", principle?, self.result.kind))
            }
            _ => None,
        }
    }

    /// The clauses of what is declared.
    pub(super) fn declared(&self, aspect: &Aspect) -> Vec<String> {
        let language = self.language;
        let clause = match aspect {
            Aspect::Evidence | Aspect::Criterion { .. } => return self.evidence(),
            Aspect::Ground { ground, cover } => self.ground(*ground, cover),
            Aspect::Given => return self.given(),
            Aspect::Interval { .. } => return self.interval_of_meetings(),
            Aspect::Goal { by, .. } => return self.disaggregation(by),
            Aspect::PlanPart { part } => self.plan_part(part),
            Aspect::Activity { progress, .. } => {
                let progress = activity_progress(*progress, language);
                let lacks: Vec<&str> =
                    self.result.lacks.iter().map(|part| plan_part(part, language)).collect();
                if lacks.is_empty() {
                    return vec![progress.to_owned()];
                }
                let lacks = lacks.join(", ");
                say!(
                    language,
                    format!("{progress}; saknar {lacks}"),
                    format!("{progress}; has no {lacks}")
                )
            }
            Aspect::PlanCoverage { phase } => self.plan_coverage(phase.as_deref()),
            Aspect::SmallGroups => {
                let groups = count(self.result.figures.n.unwrap_or(0), language);
                say!(
                    language,
                    format!("{groups} grupper är för små för att jämföras"),
                    format!("{groups} groups are too small to be compared")
                )
            }
            Aspect::Lacking => {
                let lacks = self.result.lacks.join("`, `");
                say!(
                    language,
                    format!("kan inte göras; det som saknas är `{lacks}`"),
                    format!("cannot be made; what is lacking is `{lacks}`")
                )
            }
            _ => return Vec::new(),
        };
        vec![clause]
    }

    fn evidence(&self) -> Vec<String> {
        if self.result.rests_on.is_empty() {
            return Vec::new();
        }
        let state = check_state(self.result.state, self.language);
        vec![format!("{state} ({})", self.result.rests_on.join("; "))]
    }

    fn given(&self) -> Vec<String> {
        let (figures, language) = (&self.result.figures, self.language);
        let Some((value, (successes, n))) = figures.value.zip(figures.successes.zip(figures.n))
        else {
            return Vec::new();
        };
        let share = percent(value.value, language);
        let (successes, n) = (count(successes, language), count(n, language));
        let mut clauses = vec![say!(
            language,
            format!("{successes} av {n} som bad om anpassning har fått den = {share}"),
            format!("{successes} of {n} who asked for an adaptation were given it = {share}")
        )];
        clauses.extend(self.still_open());
        clauses
    }

    fn interval_of_meetings(&self) -> Vec<String> {
        let (figures, language) = (&self.result.figures, self.language);
        let (Some(longest), Some(limit)) = (figures.longest_days, figures.limit_days) else {
            return Vec::new();
        };
        let held = match figures.n {
            Some(1) => say!(language, "1 möte", "1 meeting").to_owned(),
            n => {
                let n = count(n.unwrap_or(0), language);
                say!(language, format!("{n} möten"), format!("{n} meetings"))
            }
        };
        let (longest, limit) = (count(longest, language), count(limit, language));
        let mut clauses = vec![say!(
            language,
            format!("{held}, som längst {longest} dagar emellan mot högst {limit}"),
            format!("{held}, at the longest {longest} days apart against at most {limit}")
        )];
        if self.result.state == CheckState::Open {
            clauses.push(
                match figures.open {
                    Some(1..) => say!(
                        language,
                        "möten utan känd dag kan ha legat emellan",
                        "meetings of which the day is not known may lie between"
                    ),
                    _ => say!(language, "projektet pågår ännu", "the project is still under way"),
                }
                .to_owned(),
            );
        }
        clauses
    }

    fn disaggregation(&self, by: &str) -> Vec<String> {
        let (language, by) = (self.language, self.column_text(by));
        if self.result.state != CheckState::Met {
            return Vec::new();
        }
        vec![say!(
            language,
            format!("siffrorna finns uppdelade efter {by}"),
            format!("its figures are there by {by}")
        )]
    }

    fn plan_part(&self, part: &str) -> String {
        let (figures, language) = (&self.result.figures, self.language);
        let successes = count(figures.successes.unwrap_or(0), language);
        let n = count(figures.n.unwrap_or(0), language);
        let part = plan_part(part, language);
        say!(
            language,
            format!("{successes} av {n} aktiviteter har {part}"),
            format!("{successes} of {n} activities have {part}")
        )
    }

    fn plan_coverage(&self, phase: Option<&str>) -> String {
        let (result, language) = (self.result, self.language);
        let principle = result.principle.map_or("", |found| principle_text(found, language));
        let activities = count(result.figures.successes.unwrap_or(0), language);
        let phase = phase.map_or_else(String::new, |phase| {
            say!(language, format!(" i fasen {phase}"), format!(" in the phase {phase}"))
        });
        say!(
            language,
            format!("aktiviteter för {principle}{phase}: {activities}"),
            format!("activities for {principle}{phase}: {activities}")
        )
    }

    fn ground(&self, ground: GroundName, cover: &GroundCover) -> String {
        let language = self.language;
        match cover {
            GroundCover::Measured(name) => {
                let column = self.column_text(name);
                if self.result.state == CheckState::Met {
                    say!(
                        language,
                        format!("mäts med kolumnen {column}"),
                        format!("measured by the column {column}")
                    )
                } else {
                    say!(
                        language,
                        format!("ska mätas med kolumnen {column}"),
                        format!("to be measured by the column {column}")
                    )
                }
            }
            GroundCover::Process(check) => {
                let checks = self.project.checks_in_force();
                let labels = checks.get(check).map(|check| check.labels.clone());
                let name = labels.unwrap_or_default();
                let name = name.in_language(language, check);
                if self.result.state == CheckState::Declared {
                    say!(
                        language,
                        format!("mäts inte; täcks av {name}, redovisat och inte beräknat"),
                        format!("not measured; covered by {name}, declared and not computed")
                    )
                } else {
                    say!(
                        language,
                        format!("mäts inte; {name} ska täcka den, men underlag saknas"),
                        format!("not measured; {name} is to cover it, but there is no evidence")
                    )
                }
            }
            GroundCover::NotCollected(why) => {
                say!(language, format!("samlas inte in: {why}"), format!("not collected: {why}"))
            }
            GroundCover::Undeclared => say!(
                language,
                format!("`grounds.{}` finns inte i projektfilen", ground.word()),
                format!("`grounds.{}` is not in the project file", ground.word())
            ),
        }
    }
}
