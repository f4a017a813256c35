//! The counts that a publication prints of a register: each a number of units, or of their answers.

use std::collections::BTreeSet;

use crate::project::{Measure, Project};
use crate::tally::{
    Accounting, Answers, Halt, Items, Ladder, Moved, Movements, Place, Plan, Signature, Stages,
    Step, Steps,
};

/// Of whom a count is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Of everybody and of every published group.
    Groups,
    /// Of everybody only: matrices, reasons and single items, which of groups would be mostly masks.
    Everybody,
}

/// A count that is printed.
pub(super) struct Count<'p> {
    /// What it is called, in the audit and among the rows of the tables: `work.successes`.
    pub(super) name: String,
    pub(super) scope: Scope,
    /// What hiding it costs.
    pub(super) cost: u64,
    /// The axes that decide who is in it.
    pub(super) axes: BTreeSet<usize>,
    /// How many times a unit is in it: once, or of a survey once for each answer.
    pub(super) times: Box<dyn Fn(&Signature<'_>) -> u32 + 'p>,
}

/// What hiding a part of the accounting costs, in the order of [`Accounting::PARTS`]: a figure lives from its successes
/// and how many were observed.
const COSTS: [u64; Accounting::PARTS.len()] = [8, 1, 1, 4, 1, 2, 4, 2, 8, 8];

/// The parts of a row of `flow`.
pub(super) const STAGE_PARTS: [&str; 4] = ["units", "reached", "unknown", "lost"];

/// What hiding each of them costs.
const STAGE_COSTS: [u64; STAGE_PARTS.len()] = [8, 8, 1, 4];

/// The parts of a row of `steps`.
pub(super) const STEP_PARTS: [&str; 7] =
    ["population", "measured", "not_measurable", "up", "same", "down", "at_ceiling"];

/// The parts of a row of `survey`.
pub(super) const SURVEY_PARTS: [&str; 5] =
    ["asked", "not_applicable", "missing", "answered", "favourable"];

/// The counts of a register, in the order of its indicators, the flow last.
pub(super) fn counts<'p>(project: &'p Project, register: &str, plan: &'p Plan) -> Vec<Count<'p>> {
    let mut counts = vec![Count {
        name: "units".to_owned(),
        scope: Scope::Groups,
        cost: 8,
        axes: BTreeSet::new(),
        times: Box::new(|_| 1),
    }];
    for (position, steps) in plan.steps() {
        let Some((name, indicator)) = project.indicators.get_index(position) else { continue };
        // A coverage counts months and parts, and nobody is in them.
        if matches!(indicator.measure, Measure::Coverage(_)) {
            continue;
        }
        let axes = steps.axes();
        for (part, (word, cost)) in Accounting::PARTS.iter().zip(COSTS).enumerate() {
            counts.push(Count {
                name: format!("{name}.{word}"),
                scope: Scope::Groups,
                cost,
                axes: axes.clone(),
                times: Box::new(move |signature| in_part(steps, part, signature)),
            });
        }
        match (&steps.items, &indicator.measure) {
            (Items::Movements(movements), Measure::Change(change)) => {
                let items: Vec<String> =
                    change.items.iter().map(|item| format!("{}>{}", item.from, item.to)).collect();
                of_movements(name, &items, (steps, movements), &mut counts);
            }
            (Items::Answers(answers), Measure::Survey(survey)) => {
                of_answers(name, &survey.items, (steps, answers), &mut counts);
            }
            _ => {}
        }
    }
    let flow = project.flow.as_ref().filter(|flow| flow.register == register);
    if let Some((flow, stages)) = flow.zip(plan.flow.as_ref()) {
        let ids: Vec<&str> = flow.stages.iter().map(|stage| stage.id.as_str()).collect();
        of_flow(&ids, stages, &mut counts);
    }
    counts
}

/// How many times units with a signature are in a part of the accounting.
fn in_part(steps: &Steps, part: usize, signature: &Signature<'_>) -> u32 {
    let mut counted = Accounting::default();
    steps.places(signature).into_iter().for_each(|place| counted.add(place, 1));
    counted.parts().get(part).map_or(0, |times| u32::try_from(*times).unwrap_or(u32::MAX))
}

fn of_movements<'p>(
    indicator: &str,
    items: &[String],
    (steps, movements): (&'p Steps, &'p Movements),
    counts: &mut Vec<Count<'p>>,
) {
    let axes = steps.axes();
    let mut rows: Vec<(&str, Scope, &Moved, Vec<Option<Ladder>>)> = Vec::new();
    let is_one = items.len() == 1;
    for (item, moved) in items.iter().zip(&movements.items) {
        let scope = if is_one { Scope::Groups } else { Scope::Everybody };
        rows.push((item, scope, &moved.moved, vec![moved.ladder]));
    }
    if !is_one {
        let ladders = movements.items.iter().map(|item| item.ladder).collect();
        rows.push(("", Scope::Groups, &movements.whole, ladders));
    }
    for (item, scope, moved, ladders) in rows {
        for (part, word) in STEP_PARTS.iter().enumerate() {
            let ladders = ladders.clone();
            let is_in = move |signature: &Signature<'_>| {
                let at_ceiling = || {
                    ladders
                        .iter()
                        .all(|ladder| ladder.is_some_and(|ladder| ladder.is_at_ceiling(signature)))
                };
                steps.is_due(signature) && in_step_part(moved.of(signature), part, at_ceiling)
            };
            counts.push(Count {
                name: format!("steps.{indicator}.{item}.{word}"),
                scope,
                cost: 4,
                axes: axes.clone(),
                times: Box::new(move |signature| u32::from(is_in(signature))),
            });
        }
    }
    for (item, ladder) in items.iter().zip(movements.items.iter().map(|item| item.ladder)) {
        let Some(ladder) = ladder else { continue };
        let pairs =
            (0..=ladder.levels).flat_map(|one| (0..=ladder.levels).map(move |two| (one, two)));
        for (before, after) in pairs {
            let is_in = move |signature: &Signature<'_>| {
                steps.is_due(signature) && ladder.ends(signature) == (before, after)
            };
            counts.push(Count {
                name: format!("transitions.{indicator}.{item}.{before}>{after}"),
                scope: Scope::Everybody,
                cost: 2,
                axes: axes.clone(),
                times: Box::new(move |signature| u32::from(is_in(signature))),
            });
        }
    }
}

/// Whether who has moved so is in a part of a row of `steps`.
fn in_step_part(step: Step, part: usize, at_ceiling: impl Fn() -> bool) -> bool {
    let is_measured = step != Step::NotMeasurable;
    match part {
        0 => true,
        1 => is_measured,
        2 => !is_measured,
        3 => step == Step::Up,
        4 => step == Step::Same,
        5 => step == Step::Down,
        _ => is_measured && at_ceiling(),
    }
}

fn of_answers<'p>(
    indicator: &str,
    items: &[String],
    (steps, answers): (&'p Steps, &'p Answers),
    counts: &mut Vec<Count<'p>>,
) {
    let axes = steps.axes();
    let each = items.iter().enumerate().map(|(item, name)| (Some(item), name.as_str()));
    for (item, name) in each.chain([(None, "")]) {
        for (part, word) in SURVEY_PARTS.iter().enumerate() {
            let times = move |signature: &Signature<'_>| {
                if !steps.is_due(signature) {
                    return 0;
                }
                let places = answers.places(signature).into_iter().enumerate();
                let asked = places.filter(|(place, _)| item.is_none_or(|item| item == *place));
                let counted = asked.filter(|(_, place)| in_survey_part(*place, part)).count();
                u32::try_from(counted).unwrap_or(u32::MAX)
            };
            counts.push(Count {
                name: format!("survey.{indicator}.{name}.{word}"),
                scope: if item.is_some() { Scope::Everybody } else { Scope::Groups },
                cost: 2,
                axes: axes.clone(),
                times: Box::new(times),
            });
        }
    }
    let respond = move |signature: &Signature<'_>| {
        steps.is_due(signature) && answers.is_respondent(signature)
    };
    counts.push(Count {
        name: format!("survey.{indicator}..respondents"),
        scope: Scope::Groups,
        cost: 4,
        axes,
        times: Box::new(move |signature| u32::from(respond(signature))),
    });
}

fn in_survey_part(place: Place, part: usize) -> bool {
    match part {
        0 => true,
        1 => place == Place::Excluded,
        2 => !place.is_observed() && place != Place::Excluded,
        3 => place.is_observed(),
        _ => place == Place::Success,
    }
}

fn of_flow<'p>(ids: &[&str], stages: &'p Stages, counts: &mut Vec<Count<'p>>) {
    let axes = stages.axes();
    for (stage, id) in ids.iter().enumerate().take(stages.reached.len()) {
        for (part, (word, cost)) in STAGE_PARTS.iter().zip(STAGE_COSTS).enumerate() {
            let is_in = move |signature: &Signature<'_>| {
                let passage = stages.passage(signature);
                match part {
                    0 => true,
                    1 => passage.reached > stage,
                    2 => passage.reached == stage && passage.next == Some(Halt::Unknown),
                    _ => passage.reached == stage && passage.next == Some(Halt::Lost),
                }
            };
            counts.push(Count {
                name: format!("flow.{id}.{word}"),
                scope: Scope::Groups,
                cost,
                axes: axes.clone(),
                times: Box::new(move |signature| u32::from(is_in(signature))),
            });
        }
        let levels = stages.reasons.map_or(0, |(_, levels)| levels + 1);
        for reason in 0..levels {
            let is_in = move |signature: &Signature<'_>| {
                let passage = stages.passage(signature);
                let is_lost = passage.reached == stage && passage.next == Some(Halt::Lost);
                is_lost && stages.reason(signature) == Some(reason)
            };
            counts.push(Count {
                name: format!("flow_reasons.{id}.{reason}"),
                scope: Scope::Everybody,
                cost: 2,
                axes: axes.clone(),
                times: Box::new(move |signature| u32::from(is_in(signature))),
            });
        }
    }
}
