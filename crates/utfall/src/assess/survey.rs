//! Surveys: the answers to each item, and how many answered.

use std::sync::Arc;

use super::figure::Group;
use super::sums::{Counted, share};
use crate::project::{Measure, Project};
use crate::stats::Interval;
use crate::tally::{Answers, Computable, Items, Place, Signature, Steps};

/// The answers of a group to one item of a `survey` indicator, or to all its items together.
///
/// Ordered by indicator as declared, then by group as [`crate::Figures`] are, then by item as declared, all items last.
///
/// ```
/// use utfall::data::{Table, Values};
/// use utfall::{Evaluator, Project, day};
///
/// let project = Project::from_toml(
///     r#"
///     schema = 1
///     name = "Survey"
///     [registers.answers]
///     unit = "answer"
///     invited = 4
///     columns.again = { header = "Igen", type = "flag" }
///     [indicators.again]
///     kind = "survey"
///     register = "answers"
///     items = ["again"]
///     favourable = ["true"]
///     "#,
/// )?;
/// let mut evaluator = Evaluator::new(&project, day::parse("2022-06-30").unwrap())?;
/// let answers = Values::from_flags([Some(true), Some(false), None]);
/// evaluator.add("answers", &Table::new([("Igen", answers)]))?;
/// let evaluation = evaluator.finish()?;
/// let [item, together] = &evaluation.survey[..] else { panic!("a row for the item and one for all") };
/// assert_eq!((item.item.as_deref(), item.counts.unwrap().answered()), (Some("again"), 2));
/// assert_eq!((together.respondents, together.response_rate), (Some(2), Some(0.5)));
/// # Ok::<(), utfall::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct SurveyFigure {
    /// The register that the indicator is computed from.
    pub register: Arc<str>,
    /// The indicator.
    pub indicator: Arc<str>,
    pub(crate) group: Group,
    /// The item, by its column. `None`: all items together.
    pub item: Option<Arc<str>>,
    /// The answers; `None` where nothing could be counted.
    pub counts: Option<SurveyCounts>,
    /// The Wilson interval of the favourable share, of one item only: several answers of one person are not independent.
    pub interval: Option<Interval>,
    /// Of all items together: units that answered as many items as the indicator asks for (`fewest_answers`).
    pub respondents: Option<u64>,
    /// Of all items and everybody: the respondents as a share of those invited, where the register declares how many.
    pub response_rate: Option<f64>,
}

/// Answers by kind, each in one part.
///
/// ```
/// use utfall::SurveyCounts;
///
/// let counts = SurveyCounts { favourable: 6, unfavourable: 2, not_applicable: 1, missing: 3 };
/// assert_eq!((counts.asked(), counts.answered(), counts.share()), (12, 8, Some(0.75)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct SurveyCounts {
    /// The answer is one of the favourable levels.
    pub favourable: u64,
    /// It is another level.
    pub unfavourable: u64,
    /// It is a level that is no answer to the question.
    pub not_applicable: u64,
    /// There is none, or the unit gave fewer answers than count.
    pub missing: u64,
}

impl SurveyCounts {
    /// Answers asked for: a unit of which `of` is true and that is not excluded, times the items.
    pub const fn asked(&self) -> u64 {
        self.answered() + self.not_applicable + self.missing
    }

    /// Answers given that count.
    pub const fn answered(&self) -> u64 {
        self.favourable + self.unfavourable
    }

    /// The share of the given answers that is favourable.
    pub fn share(&self) -> Option<f64> {
        share(self.favourable, self.answered())
    }

    fn plus(self, other: Self) -> Self {
        Self {
            favourable: self.favourable + other.favourable,
            unfavourable: self.unfavourable + other.unfavourable,
            not_applicable: self.not_applicable + other.not_applicable,
            missing: self.missing + other.missing,
        }
    }
}

impl SurveyFigure {
    /// For each column of [`crate::Figures::columns`] the level of this group; `None` where it is not crossed by it.
    pub fn group(&self) -> &[Option<u32>] {
        &self.group
    }
}

/// The answers to every survey of a register, by the indicator's position in the project.
pub(super) fn survey(project: &Project, counted: &Counted<'_>) -> Vec<(usize, Vec<SurveyFigure>)> {
    let mut all = Vec::new();
    for (position, computable) in &counted.plan.indicators {
        let Some((name, indicator)) = project.indicators.get_index(*position) else { continue };
        let Measure::Survey(survey) = &indicator.measure else { continue };
        let register = project.registers.get(&indicator.register);
        let asked = Asked {
            counted,
            register: indicator.register.as_str().into(),
            indicator: name.as_str().into(),
            items: &survey.items,
            invited: register.and_then(|register| register.invited),
            compiled: match computable {
                Computable::Yes(steps @ Steps { items: Items::Answers(answers), .. }) => {
                    Some((steps, answers))
                }
                _ => None,
            },
        };
        all.push((*position, asked.figures()));
    }
    all
}

/// A survey indicator on its register.
struct Asked<'a> {
    counted: &'a Counted<'a>,
    register: Arc<str>,
    indicator: Arc<str>,
    items: &'a [String],
    invited: Option<u32>,
    /// `None` where it cannot be computed.
    compiled: Option<(&'a Steps, &'a Answers)>,
}

/// The parts of an item: favourable, unfavourable, not applicable, missing.
const PARTS: usize = 4;

impl Asked<'_> {
    fn figures(&self) -> Vec<SurveyFigure> {
        let items: Vec<Arc<str>> = self.items.iter().map(|item| item.as_str().into()).collect();
        // The last part is that of the respondents.
        let size = items.len() * PARTS + 1;
        let mut figures = Vec::new();
        for group in self.counted.sums(items.len() + 1, size, |signature| self.parts(signature)) {
            let sums = group.sums.filter(|_| self.compiled.is_some());
            let of_items: Vec<Option<SurveyCounts>> = (0..items.len())
                .map(|item| Some(counts(&sums.as_ref()?[item * PARTS..])))
                .collect();
            let row = |item: Option<Arc<str>>, counts: Option<SurveyCounts>| SurveyFigure {
                register: self.register.clone(),
                indicator: self.indicator.clone(),
                group: group.group.clone(),
                interval: counts
                    .filter(|_| item.is_some() || items.len() == 1)
                    .and_then(|counts| self.counted.interval(counts.favourable, counts.answered())),
                item,
                counts,
                respondents: None,
                response_rate: None,
            };
            let rows = items.iter().zip(&of_items);
            figures.extend(rows.map(|(item, counts)| row(Some(item.clone()), *counts)));
            let together = of_items
                .iter()
                .copied()
                .try_fold(SurveyCounts::default(), |sum, item| Some(sum.plus(item?)));
            let respondents = sums.as_ref().and_then(|sums| sums.last().copied());
            let is_overall = group.group.iter().all(Option::is_none);
            let rate = |respondents: u64| share(respondents, self.invited?.into());
            figures.push(SurveyFigure {
                respondents,
                response_rate: respondents.filter(|_| is_overall).and_then(rate),
                ..row(None, together)
            });
        }
        figures
    }

    /// The parts of all items that the answers of units with a signature are in.
    fn parts(&self, signature: &Signature<'_>) -> Vec<usize> {
        let Some((_, answers)) = self.compiled.filter(|(steps, _)| steps.is_due(signature)) else {
            return Vec::new();
        };
        let places = answers.places(signature).into_iter().enumerate();
        let mut parts: Vec<usize> = places
            .map(|(item, place)| {
                let part = match place {
                    Place::Success => 0,
                    Place::Failure => 1,
                    Place::Excluded => 2,
                    _ => 3,
                };
                item * PARTS + part
            })
            .collect();
        if answers.is_respondent(signature) {
            parts.push(self.items.len() * PARTS);
        }
        parts
    }
}

fn counts(sums: &[u64]) -> SurveyCounts {
    SurveyCounts {
        favourable: sums[0],
        unfavourable: sums[1],
        not_applicable: sums[2],
        missing: sums[3],
    }
}
