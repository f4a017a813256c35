//! Goals: indicators that exist, targets that their figures can be judged by, versions in order, ratings on the scale.

use super::super::condition::Literal;
use super::super::decimal::Decimal;
use super::super::fault::Problem;
use super::super::goal::{Evidence, Goal, Promise, Target, Threshold};
use super::super::indicator::{Indicator, Measure};
use super::super::path::KeyPath;
use super::super::read::Named;
use super::super::register::{Column, Part};
use super::Context;

impl Context<'_> {
    pub(super) fn goals(&mut self) {
        for (name, goal) in &self.declaration.goals {
            self.goal(goal, &KeyPath::of(&["goals", name]));
        }
        let links: Named<Vec<String>> = self
            .declaration
            .goals
            .iter()
            .map(|(name, goal)| (name.clone(), goal.leads_to.clone()))
            .collect();
        self.circles(&links, |name| KeyPath::of(&["goals", name, "leads_to"]));
    }

    fn goal(&mut self, goal: &Goal, path: &KeyPath) {
        let indicator =
            goal.indicator.as_ref().and_then(|name| self.indicator(name, &path.key("indicator")));
        for (index, next) in goal.leads_to.iter().enumerate() {
            let path = path.key("leads_to").index(index);
            self.find("goal", "goals", &self.declaration.goals, next, &path);
        }
        if goal.indicator.is_some() && !goal.evidence.is_empty() {
            let conflict = "a goal is computed from an indicator or rated with evidence, not both";
            self.fault(&path.key("evidence"), Problem::conflict(conflict));
        }
        self.targets(&goal.targets, indicator, &goal.scale, &path.key("targets"));
        self.ratings(&goal.evidence, &goal.scale, &path.key("evidence"));
    }

    /// All versions of a target: what each promises, and their order.
    pub(super) fn targets(
        &mut self,
        targets: &[Target],
        indicator: Option<&Indicator>,
        scale: &[String],
        path: &KeyPath,
    ) {
        for (index, target) in targets.iter().enumerate() {
            let path = path.index(index);
            if let Some(before) = index.checked_sub(1).map(|before| &targets[before])
                && target.from <= before.from
            {
                self.fault(
                    &path.key("from"),
                    Problem::RevisionsOutOfOrder {
                        earlier: before.from.to_string(),
                        later: target.from.to_string(),
                    },
                );
            }
            let keyed: &[(&str, &Threshold)] = match &target.promise {
                Promise::AtLeast(threshold) => &[("at_least", threshold)],
                Promise::AtMost(threshold) => &[("at_most", threshold)],
                Promise::Between(low, high) => &[("between", low), ("between", high)],
                Promise::All | Promise::Exists => &[],
            };
            for (key, threshold) in keyed {
                self.threshold(threshold, indicator, scale, &path.key(key));
            }
            self.promise(target, indicator, scale, &path);
        }
    }

    fn threshold(
        &mut self,
        threshold: &Threshold,
        indicator: Option<&Indicator>,
        scale: &[String],
        path: &KeyPath,
    ) {
        match (threshold, indicator) {
            (Threshold::Number(number), Some(indicator)) => {
                self.number_in_range(*number, indicator, path);
            }
            (Threshold::Number(_), None) if !scale.is_empty() => {
                let problem = Problem::WrongType {
                    expected: "a rating of the scale".to_owned(),
                    found: "a number".to_owned(),
                };
                self.fault(path, problem);
            }
            (Threshold::Number(_), None) => {}
            (Threshold::Rating(_), Some(_)) => {
                let problem = Problem::WrongType {
                    expected: "a number".to_owned(),
                    found: "text".to_owned(),
                };
                self.fault(path, problem);
            }
            (Threshold::Rating(rating), None) => self.rating(rating, scale, path),
        }
    }

    fn number_in_range(&mut self, number: Decimal, indicator: &Indicator, path: &KeyPath) {
        let (zero, one) = (Decimal::from_integer(0), Decimal::from_integer(1));
        let is_share = indicator.measure.is_share();
        let is_count = matches!(indicator.measure, Measure::Count(_));
        let (expected, suggestion) = if is_share && (number < zero || number > one) {
            ("a share from 0 to 1", meant_as_percent(number))
        } else if is_count && number < zero {
            ("a count of 0 or more", None)
        } else {
            return;
        };
        let problem =
            Problem::TargetOutOfRange { number: number.to_string(), expected, suggestion };
        self.fault(path, problem);
    }

    fn promise(
        &mut self,
        target: &Target,
        indicator: Option<&Indicator>,
        scale: &[String],
        path: &KeyPath,
    ) {
        if let Promise::Between(Threshold::Number(low), Threshold::Number(high)) = &target.promise
            && low > high
        {
            self.fault(
                &path.key("between"),
                Problem::conflict("the lowest stands first: [lowest, highest]"),
            );
        }
        let is_share = indicator.is_none_or(|indicator| indicator.measure.is_share());
        if target.promise == Promise::All && !(is_share && scale.is_empty()) {
            let conflict =
                "`all` is a promise about a share: that every unit observed is a success";
            self.fault(&path.key("all"), Problem::conflict(conflict));
        }
        if target.promise == Promise::Exists && !scale.is_empty() {
            let conflict = "`exists` is a promise about counted units, not about a rating";
            self.fault(&path.key("exists"), Problem::conflict(conflict));
        }
        let Some(tolerance) = target.tolerance else {
            return;
        };
        let (zero, one) = (Decimal::from_integer(0), Decimal::from_integer(1));
        let of_share = indicator.is_some_and(|indicator| indicator.measure.is_share());
        if tolerance < zero || (of_share && tolerance > one) {
            let expected = if of_share && tolerance > one {
                "a tolerance of a share, from 0 to 1"
            } else {
                "a tolerance of 0 or more"
            };
            let suggestion = meant_as_percent(tolerance).filter(|_| of_share);
            let number = tolerance.to_string();
            self.fault(
                &path.key("tolerance"),
                Problem::OutOfRange { number, expected, suggestion },
            );
        }
        if target.promise == Promise::Exists || !scale.is_empty() {
            let conflict = "`tolerance` belongs to a target with a number";
            self.fault(&path.key("tolerance"), Problem::conflict(conflict));
        }
    }

    /// Evidence: ratings on the scale, of parts that exist.
    pub(super) fn ratings(&mut self, evidence: &[Evidence], scale: &[String], path: &KeyPath) {
        for (index, evidence) in evidence.iter().enumerate() {
            let path = path.index(index);
            self.rating(&evidence.rating, scale, &path.key("rating"));
            if let Some(part) = &evidence.part {
                self.part(part, &path.key("where"));
            }
        }
    }

    fn rating(&mut self, rating: &str, scale: &[String], path: &KeyPath) {
        if scale.is_empty() {
            let conflict = "a rating needs the goal's `scale`: the ratings there are, lowest first";
            self.fault(path, Problem::conflict(conflict));
        } else if !scale.iter().any(|known| known == rating) {
            let names = scale.iter().map(String::as_str);
            self.fault(path, Problem::unknown_name("rating", rating, names));
        }
    }

    /// A part of the project: levels of columns that some register has.
    pub(super) fn part(&mut self, part: &Part, path: &KeyPath) {
        for (name, literal) in &part.0 {
            let path = path.key(name);
            if let Some(column) = self.column_anywhere(name, &path) {
                self.level(&column, literal, &path);
            }
        }
    }

    pub(super) fn level(&mut self, column: &Column, literal: &Literal, path: &KeyPath) {
        let code = literal.to_string();
        if column.levels.position(&code).is_none() {
            let problem = Problem::unknown_name("level", &code, column.levels.codes());
            self.fault(path, problem);
        }
    }
}

/// What a share outside 0 to 1 was probably meant as: 70 for 70 %. Nobody promises one or two per cent.
pub(super) fn meant_as_percent(number: Decimal) -> Option<String> {
    let (two, hundred) = (Decimal::from_integer(2), Decimal::from_integer(100));
    (number >= two && number <= hundred).then(|| number.hundredth_text())
}
