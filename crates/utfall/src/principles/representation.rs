//! Representation: the share of a group, overall and in every part, against a target, a share found elsewhere, or the
//! 40/60 rule.

use super::limits::{Limits, ShareRange, cautious, unobserved};
use super::result::{Aspect, CheckReason, CheckResult, CheckState, PartLevel};
use super::tables::{Tables, figure};
use crate::assess::{Reason, share};
use crate::project::{Decimal, Reference, Representation, Target};
use crate::stats::{Estimate, ProportionMethod, proportion, representation_ratio};

/// A part of the project, and the share in it.
struct Part<'a> {
    check: &'a Representation,
    levels: Vec<PartLevel>,
    range: ShareRange,
    everybody: ShareRange,
    level: f64,
}

/// The results of a check: everybody against every version of the target in force, each part against the current one.
pub(super) fn representation(
    tables: &Tables<'_>,
    check: &Representation,
    blank: &CheckResult,
) -> Vec<CheckResult> {
    let indicator = &check.indicator;
    let everybody = match tables.indicator(indicator, &[]) {
        Ok(table) => table.everybody(),
        Err(reason) => {
            let aspect = first_aspect(tables, check);
            let rests_on = vec![indicator.clone()];
            return vec![CheckResult { aspect, rests_on, ..blank.clone() }.not_measured(reason)];
        }
    };
    let level = tables.level();
    let whole = Part { check, levels: Vec::new(), range: everybody, everybody, level };
    let targets = targets(tables, check);
    let mut results: Vec<CheckResult> = Vec::new();
    let last = targets.len().saturating_sub(1);
    for (position, target) in targets.iter().enumerate() {
        let current = position == last;
        results.extend(whole.against_target(target, CheckResult { current, ..blank.clone() }));
    }
    results.extend(whole.against_balance(blank));
    let whole_reference = check.reference.as_ref().filter(|reference| reference.part.is_none());
    results.extend(whole_reference.map(|reference| whole.against(reference, blank)));
    let has_limit = !targets.is_empty() || check.balance == Some(true);
    if !has_limit && (check.reference.is_none() || !check.within.is_empty()) {
        results.push(whole.shown(tables, blank));
    }
    for column in &check.within {
        match tables.indicator(indicator, std::slice::from_ref(column)) {
            Ok(table) => {
                for (levels, range) in table.ranges(1, |cell| cell.counts).0 {
                    let part = Part { levels: table.part(&levels), range, ..whole };
                    let target = targets.last();
                    results.extend(
                        target.and_then(|target| part.against_target(target, blank.clone())),
                    );
                    results.extend(part.against_balance(blank));
                    if !has_limit {
                        results.push(part.shown(tables, blank));
                    }
                }
            }
            Err(reason) => results.push(unpublished(check, column, reason, blank)),
        }
    }
    if let Some(reference) = check.reference.as_ref().filter(|found| found.part.is_some()) {
        results.push(in_part(tables, &whole, reference, blank));
    }
    results
}

/// The versions of the target in force: those of the check, or of the goals with its indicator.
fn targets<'a>(tables: &'a Tables<'_>, check: &'a Representation) -> Vec<&'a Target> {
    let as_of = tables.evaluation.as_of;
    declared_targets(tables, check).into_iter().filter(|target| target.from <= as_of).collect()
}

fn declared_targets<'a>(tables: &'a Tables<'_>, check: &'a Representation) -> Vec<&'a Target> {
    if !check.targets.is_empty() {
        return check.targets.iter().collect();
    }
    let goals = tables.project.goals.values();
    let own = goals.filter(|goal| goal.indicator.as_ref() == Some(&check.indicator));
    // Two goals on one indicator have two histories, which are not one: the first counts.
    own.map(|goal| goal.targets.iter().collect::<Vec<_>>())
        .find(|targets| !targets.is_empty())
        .unwrap_or_default()
}

fn first_aspect(tables: &Tables<'_>, check: &Representation) -> Aspect {
    if let Some(target) = targets(tables, check).last() {
        return Aspect::Target { from: target.from, promise: target.promise.clone() };
    }
    match &check.reference {
        _ if check.balance == Some(true) => Aspect::Balance,
        Some(reference) => Aspect::Reference { source: reference.source.clone() },
        None => Aspect::Share,
    }
}

fn unpublished(
    check: &Representation,
    column: &str,
    reason: Reason,
    blank: &CheckResult,
) -> CheckResult {
    let rests_on = vec![format!("{}({column})", check.indicator)];
    CheckResult { aspect: Aspect::Share, rests_on, ..blank.clone() }.not_measured(reason)
}

/// A share found elsewhere, against the part of the project that it speaks of.
fn in_part(
    tables: &Tables<'_>,
    whole: &Part<'_>,
    reference: &Reference,
    blank: &CheckResult,
) -> CheckResult {
    let named = reference.part.iter().flat_map(|part| &part.0);
    let (columns, codes): (Vec<String>, Vec<String>) =
        named.map(|(column, code)| (column.clone(), code.to_string())).unzip();
    let table = match tables.indicator(&whole.check.indicator, &columns) {
        Ok(table) => table,
        Err(reason) => {
            let aspect = Aspect::Reference { source: reference.source.clone() };
            let rests_on = vec![whole.check.indicator.clone()];
            return CheckResult { aspect, rests_on, ..blank.clone() }.not_measured(reason);
        }
    };
    let level = |(column, code): (&crate::assess::ByColumn, &String)| {
        let position = column.codes.iter().position(|known| known == code);
        position.and_then(|position| u32::try_from(position).ok()).unwrap_or(u32::MAX)
    };
    let levels: Vec<u32> = table.columns.iter().zip(&codes).map(level).collect();
    let part = Part { levels: table.part(&levels), range: table.group(&levels), ..*whole };
    part.against(reference, blank)
}

impl Part<'_> {
    /// `None` for a rating, which no share is judged by.
    fn against_target(&self, target: &Target, blank: CheckResult) -> Option<CheckResult> {
        let limits = Limits::of(&target.promise)?;
        let aspect = Aspect::Target { from: target.from, promise: target.promise.clone() };
        Some(self.judged(&limits, aspect, blank))
    }

    /// `None` where the rule does not apply.
    fn against_balance(&self, blank: &CheckResult) -> Option<CheckResult> {
        let limits = Limits::balance().filter(|_| self.check.balance == Some(true))?;
        Some(self.judged(&limits, Aspect::Balance, blank.clone()))
    }

    /// Against a share found elsewhere, which it should reach.
    fn against(&self, reference: &Reference, blank: &CheckResult) -> CheckResult {
        let limits = Limits::at_least(reference.value);
        let aspect = Aspect::Reference { source: reference.source.clone() };
        let mut result = self.judged(&limits, aspect, blank.clone());
        let against = reference.value.to_f64();
        let figures = &mut result.figures;
        figures.reference = Some(against);
        if let Some(share) = figures.value {
            figures.difference = Some(less(share, &reference.value));
            figures.ratio = representation_ratio(share, against).ok();
            figures.bounds = self.range.bounds().map(|bounds| crate::stats::Interval {
                low: bounds.low - against,
                high: bounds.high - against,
            });
        }
        result
    }

    /// The share alone, where nothing is promised of it.
    fn shown(&self, tables: &Tables<'_>, blank: &CheckResult) -> CheckResult {
        let has_targets = !declared_targets(tables, self.check).is_empty();
        let reason = if has_targets { CheckReason::NoTargetYet } else { CheckReason::NoLimit };
        let result = self.with_figures(Aspect::Share, blank.clone());
        let reason = match self.range.observed() {
            Some(_) => reason,
            None => unobserved(&self.range),
        };
        // Beside a share found elsewhere it is shown, and the check is not held up by it.
        let current = self.check.reference.is_none();
        CheckResult { state: CheckState::CannotTell, reason: Some(reason), current, ..result }
    }

    fn judged(&self, limits: &Limits, aspect: Aspect, blank: CheckResult) -> CheckResult {
        let result = self.with_figures(aspect, blank);
        let Some(state) = limits.judge(&self.range) else {
            let reason = Some(unobserved(&self.range));
            return CheckResult { state: CheckState::CannotTell, reason, ..result };
        };
        let observed = self.range.counts.observed();
        let (state, reason) = cautious(state, None, observed, self.check.smallest_group);
        CheckResult { state, reason, ..result }
    }

    fn with_figures(&self, aspect: Aspect, blank: CheckResult) -> CheckResult {
        let (range, everybody) = (&self.range, &self.everybody);
        let (successes, n) = (range.counts.successes, range.counts.observed());
        let mut result = CheckResult { aspect, part: self.levels.clone(), ..blank };
        let figures = &mut result.figures;
        figures.successes = Some(successes);
        figures.n = Some(n);
        figures.value =
            proportion(successes, n, ProportionMethod::Wilson, self.level).ok().flatten();
        figures.open = Some(range.open());
        figures.unknown = Some(range.joining);
        figures.bounds = range.bounds();
        if !self.levels.is_empty() {
            let without = everybody.counts.successes.saturating_sub(successes);
            let others = everybody.counts.observed().saturating_sub(n);
            figures.part_of_successes = share(successes, everybody.counts.successes);
            figures.value_without = share(without, others);
        }
        result.rests_on = vec![figure(&self.check.indicator, &self.levels)];
        if !self.levels.is_empty() {
            result.rests_on.push(self.check.indicator.clone());
        }
        result
    }
}

/// A share less a number that is taken as known.
fn less(share: Estimate, number: &Decimal) -> Estimate {
    let number = number.to_f64();
    let Estimate { value, low, high } = share;
    Estimate { value: value - number, low: low - number, high: high - number }
}
