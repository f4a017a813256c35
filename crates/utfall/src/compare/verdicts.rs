//! Verdicts that are others, against the versions of targets in force.

use indexmap::IndexMap;

use super::mixture::Mixtures;
use super::separate::movers;
use super::{Cause, Side, VerdictDifference};
use crate::assess::{Evaluation, Judgement, Verdict, verdicts as judged};
use crate::project::{Goal, Named};

pub(super) fn verdicts(
    before: Side<'_>,
    after: Side<'_>,
    mixtures: &Mixtures<'_>,
) -> Vec<VerdictDifference> {
    let (old, new) = (current(before.evaluation), current(after.evaluation));
    let goals: Vec<&str> = after.project.goals.keys().map(String::as_str).collect();
    let gone = before.project.goals.keys().map(String::as_str).filter(|goal| !goals.contains(goal));
    let mut judge = Judge { before, after, mixtures, known: IndexMap::new() };
    goals
        .iter()
        .copied()
        .chain(gone)
        .filter_map(|goal| {
            let (old, new) = (old.get(goal).copied(), new.get(goal).copied());
            if old.map(seen) == new.map(seen) {
                return None;
            }
            let (causes, is_separated) = match (old, new) {
                (Some(old), Some(new)) if old.judgement == new.judgement => (Vec::new(), true),
                (Some(_), Some(_)) => judge.causes(goal),
                _ => (vec![Cause::Target], true),
            };
            Some(VerdictDifference {
                goal: goal.to_owned(),
                before: old.cloned(),
                after: new.cloned(),
                causes,
                is_separated,
            })
        })
        .collect()
}

/// The verdicts against the versions in force, by goal.
fn current(evaluation: &Evaluation) -> IndexMap<&str, &Verdict> {
    let verdicts = evaluation.verdicts.iter().filter(|verdict| verdict.current);
    verdicts.map(|verdict| (verdict.goal.as_str(), verdict)).collect()
}

type Seen<'v> = (
    Judgement,
    Option<&'static str>,
    Option<String>,
    Option<chrono::NaiveDate>,
    Option<u64>,
    Option<bool>,
);

fn seen(verdict: &Verdict) -> Seen<'_> {
    (
        verdict.judgement,
        verdict.reason.map(crate::assess::GoalReason::word),
        verdict.promise.as_ref().map(ToString::to_string),
        verdict.target_from,
        verdict.value.map(f64::to_bits),
        verdict.settled,
    )
}

/// Judges mixtures of both sides; the verdicts of each are made once.
struct Judge<'a> {
    before: Side<'a>,
    after: Side<'a>,
    mixtures: &'a Mixtures<'a>,
    /// The verdicts of a mixture, by the causes that are those of the side after.
    known: IndexMap<Vec<Cause>, Option<IndexMap<String, Judgement>>>,
}

impl Judge<'_> {
    /// What made a verdict another one, and whether that is certain.
    fn causes(&mut self, goal: &str) -> (Vec<Cause>, bool) {
        let possible = self.possible(goal);
        let present = self.mixtures.causes();
        let is_complete = self.mixtures.is_complete();
        // Where mixtures were not counted, what counts rest on changes as one.
        let mut blocks: Vec<Vec<Cause>> = if is_complete {
            present.iter().map(|cause| vec![*cause]).collect()
        } else {
            vec![present.clone()]
        };
        blocks.retain(|block| !block.is_empty());
        blocks.extend([vec![Cause::Target], vec![Cause::Evidence]]);
        for subset in super::separate::subsets(&blocks.concat()) {
            self.judge(subset);
        }
        let known = &self.known;
        let judgement = |after: &[Cause]| {
            let mut after = after.to_vec();
            after.sort_unstable();
            known.get(&after)?.as_ref()?.get(goal).copied()
        };
        match movers(&blocks, &judgement) {
            Some(causes) => {
                // Of a block only what can have moved this verdict is named.
                let named = causes.into_iter().filter(|cause| {
                    is_complete || !present.contains(cause) || possible.contains(cause)
                });
                let causes: Vec<Cause> = named.collect();
                let moved = causes.iter().filter(|cause| present.contains(cause)).count();
                (causes, moved <= 1 || is_complete)
            }
            None if possible.len() == 1 => (possible, true),
            None => (possible, false),
        }
    }

    /// What can have made a verdict another one.
    fn possible(&self, goal: &str) -> Vec<Cause> {
        let (one, other) =
            (self.before.project.goals.get(goal), self.after.project.goals.get(goal));
        let promised =
            |goal: &Goal| (goal.indicator.clone(), goal.targets.clone(), goal.scale.clone());
        let indicators =
            [one, other].into_iter().flatten().filter_map(|goal| goal.indicator.as_ref());
        let mut possible: Vec<Cause> =
            indicators.flat_map(|indicator| self.mixtures.possible(indicator)).collect();
        if self.before.evaluation.as_of != self.after.evaluation.as_of {
            possible.push(Cause::AsOf);
        }
        if one.map(promised) != other.map(promised) {
            possible.push(Cause::Target);
        }
        if one.map(|goal| &goal.evidence) != other.map(|goal| &goal.evidence) {
            possible.push(Cause::Evidence);
        }
        possible.sort_unstable();
        possible.dedup();
        possible
    }

    /// Judges what is counted in one mixture by what is promised in it.
    fn judge(&mut self, after: Vec<Cause>) {
        let mut after = after;
        after.sort_unstable();
        if self.known.contains_key(&after) {
            return;
        }
        let verdicts = self.mixtures.evaluation(&after).map(|evaluation| {
            let is_after = |cause: Cause| after.contains(&cause);
            let side = |is_after: bool| if is_after { self.after } else { self.before };
            let goals = mixed(
                &side(is_after(Cause::Target)).project.goals,
                &side(is_after(Cause::Evidence)).project.goals,
            );
            // Where both define alike the figures of either side stand in the order of its own project.
            let counted =
                if self.is_of_after(evaluation, &after) { self.after } else { self.before };
            let project = counted.project.with_goals(goals);
            let verdicts = judged(&project, &evaluation.figures, evaluation.as_of);
            let current = verdicts.into_iter().filter(|verdict| verdict.current);
            current.map(|verdict| (verdict.goal, verdict.judgement)).collect()
        });
        self.known.insert(after, verdicts);
    }

    /// Whether an evaluation was counted by the project of the side after.
    fn is_of_after(&self, evaluation: &Evaluation, after: &[Cause]) -> bool {
        if self.mixtures.causes().contains(&Cause::Definition) {
            return after.contains(&Cause::Definition);
        }
        std::ptr::eq(evaluation, self.after.evaluation)
    }
}

/// The goals that both have: what is promised of one, the ratings of the other.
fn mixed(promised: &Named<Goal>, rated: &Named<Goal>) -> Named<Goal> {
    let goals = promised.iter().filter_map(|(name, goal)| {
        let evidence = rated.get(name)?.evidence.clone();
        Some((name.clone(), Goal { evidence, ..goal.clone() }))
    });
    goals.collect()
}
