//! The chain of goals: sub-goals lead to project goals, those to long-term effects; what has to hold on each tier.
//!
//! That the chain has no circle is seen when the file is read.

use super::of_goal;
use crate::finding::{Fact, Facts, Finding, FindingCode, Subject};
use crate::project::{Goal, Project, Tier};

pub(super) fn chain(project: &Project, findings: &mut Vec<Finding>) {
    for (name, goal) in &project.goals {
        let mut note = |code, facts| findings.push(Finding::new(code, of_goal(name), facts));
        let onward = |tier| reaches(project, goal, tier);
        match goal.tier {
            Tier::Sub if !onward(Tier::Project) => {
                note(FindingCode::SubGoalWithoutProjectGoal, Facts::NONE);
            }
            Tier::Project if !onward(Tier::Effect) => {
                note(FindingCode::ProjectGoalWithoutEffect, Facts::NONE);
            }
            _ => {}
        }
        let is_led_to = project.goals.values().any(|other| other.leads_to.contains(name));
        match goal.tier {
            Tier::Project if !is_led_to => {
                note(FindingCode::ProjectGoalWithoutSubGoal, Facts::NONE);
            }
            Tier::Effect if !is_led_to => note(FindingCode::EffectWithoutGoal, Facts::NONE),
            _ => {}
        }
        for next in &goal.leads_to {
            if project.goals.get(next).is_some_and(|next| rank(next.tier) < rank(goal.tier)) {
                let facts = Facts::from([("leads_to", Fact::Text(next.clone()))]);
                note(FindingCode::ChainBackwards, facts);
            }
        }
        for (index, risk) in goal.risks.iter().enumerate() {
            if risk.response.is_none() {
                let subject = Subject::part(format!("goals.{name}.risks[{index}]"));
                let facts = Facts::from([("risk", Fact::Text(risk.text.clone()))]);
                findings.push(Finding::new(FindingCode::RiskWithoutResponse, subject, facts));
            }
        }
    }
    tiers(project, findings);
}

/// Assumptions and risks belong to every row of the matrix of goals.
fn tiers(project: &Project, findings: &mut Vec<Finding>) {
    for tier in [Tier::Effect, Tier::Project, Tier::Sub] {
        let goals = || project.goals.values().filter(|goal| goal.tier == tier);
        if goals().next().is_none() {
            continue;
        }
        let facts = || Facts::from([("tier", Fact::Text(tier.word().to_owned()))]);
        let mut note = |code| findings.push(Finding::new(code, Subject::part("goals"), facts()));
        if goals().all(|goal| goal.assumptions.is_empty()) {
            note(FindingCode::TierWithoutAssumptions);
        }
        if goals().all(|goal| goal.risks.is_empty()) {
            note(FindingCode::TierWithoutRisks);
        }
    }
}

/// Whether some goal of a tier lies ahead of a goal, by however many steps.
fn reaches(project: &Project, goal: &Goal, tier: Tier) -> bool {
    let mut ahead: Vec<&str> = goal.leads_to.iter().map(String::as_str).collect();
    let mut seen: Vec<&str> = Vec::new();
    while let Some(name) = ahead.pop() {
        let Some(next) = project.goals.get(name).filter(|_| !seen.contains(&name)) else {
            continue;
        };
        if next.tier == tier {
            return true;
        }
        seen.push(name);
        ahead.extend(next.leads_to.iter().map(String::as_str));
    }
    false
}

/// How far away the goals of a tier lie.
const fn rank(tier: Tier) -> u8 {
    match tier {
        Tier::Sub => 0,
        Tier::Project => 1,
        Tier::Effect => 2,
    }
}
