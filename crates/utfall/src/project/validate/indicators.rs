//! Indicators: registers and columns that exist and fit the kind; follow-ups and windows.

use super::super::decimal::Decimal;
use super::super::fault::Problem;
use super::super::indicator::{
    Coverage, FollowUp, Incidence, Indicator, Item, Measure, Ratio, StepMovement, StepRule, Survey,
};
use super::super::path::KeyPath;
use super::super::register::{ColumnType, Counting};
use super::Context;
use crate::day::Delay;

const LEVELS: [ColumnType; 3] = [ColumnType::Level, ColumnType::Ordinal, ColumnType::Flag];

const ZERO: Decimal = Decimal::from_integer(0);

impl Context<'_> {
    pub(super) fn indicators(&mut self) {
        for (name, indicator) in &self.declaration.indicators {
            let path = KeyPath::of(&["indicators", name]);
            if self.has_register(&indicator.register, &path.key("register")) {
                self.indicator_of(indicator, &path);
            }
        }
    }

    fn indicator_of(&mut self, indicator: &Indicator, path: &KeyPath) {
        let register = indicator.register.as_str();
        if let Some(of) = &indicator.of {
            self.condition(register, of, &path.key("of"));
        }
        if let Some(exclude) = &indicator.exclude {
            self.condition(register, exclude, &path.key("exclude"));
        }
        match &indicator.measure {
            Measure::Share(share) => {
                self.condition(register, &share.having, &path.key("having"));
                if let Some(follow_up) = &share.follow_up {
                    self.follow_up(register, follow_up, &path.key("follow_up"));
                }
            }
            Measure::Count(_) => {}
            Measure::Sum(total) | Measure::Mean(total) => {
                self.number(register, &total.column, &path.key("column"));
            }
            Measure::Ratio(ratio) => self.ratio(register, ratio, path),
            Measure::Change(movement) => self.step_movement(register, movement, path),
            Measure::Incidence(incidence) => self.incidence(register, incidence, path),
            Measure::Coverage(coverage) => self.coverage(register, coverage, path),
            Measure::Survey(survey) => self.survey(register, survey, path),
        }
    }

    fn number(&mut self, register: &str, column: &str, path: &KeyPath) {
        self.column_of(register, column, &[ColumnType::Number], path);
    }

    fn date(&mut self, register: &str, column: &str, path: &KeyPath) {
        self.column_of(register, column, &[ColumnType::Date], path);
    }

    fn follow_up(&mut self, register: &str, follow_up: &FollowUp, path: &KeyPath) {
        self.date(register, &follow_up.after, &path.key("after"));
        let times = (follow_up.months, follow_up.days, follow_up.at);
        self.one_duration(times, path);
        if let Some(column) = &follow_up.observed_on {
            self.date(register, column, &path.key("observed_on"));
        }
        let window = &follow_up.window_days;
        if !window.is_empty() && window.len() != 2 {
            let conflict = "`window_days` takes two numbers: [days before, days after] the due day";
            self.fault(&path.key("window_days"), Problem::conflict(conflict));
        }
        if !window.is_empty() && follow_up.observed_on.is_none() {
            self.fault(
                &path.key("observed_on"),
                Problem::MissingKey {
                    key: "observed_on".to_owned(),
                    expected: "a window needs the column with the day of the observation"
                        .to_owned(),
                },
            );
        }
    }

    fn one_duration(
        &mut self,
        (months, days, at): (Option<u32>, Option<u32>, Option<Delay>),
        path: &KeyPath,
    ) {
        let given = [months.is_some(), days.is_some(), at.is_some()];
        if given.into_iter().filter(|given| *given).count() != 1 {
            let conflict = "say how long after: one of `months`, `days` and `at`";
            self.fault(path, Problem::conflict(conflict));
        }
        // Further ahead than any project lasts, and safely within the calendar.
        let (most_months, most_days) = (1_200, 36_525);
        let limits = [
            ("months", months, most_months),
            ("days", days, most_days),
            ("at", at.and_then(Delay::months), most_months),
            ("at", at.and_then(Delay::days), most_days),
        ];
        for (key, number, limit) in limits {
            if let Some(number) = number.filter(|number| *number > limit) {
                self.fault(
                    &path.key(key),
                    Problem::OutOfRange {
                        number: number.to_string(),
                        expected: "a time of at most 100 years",
                        suggestion: None,
                    },
                );
            }
        }
    }

    fn ratio(&mut self, register: &str, ratio: &Ratio, path: &KeyPath) {
        self.number(register, &ratio.of_sum, &path.key("of_sum"));
        let per = path.key("per");
        if let Some(column) = &ratio.per.sum {
            self.number(register, column, &per.key("sum"));
        }
        if let Some(having) = &ratio.per.having {
            self.condition(register, having, &per.key("having"));
        }
        if ratio.per.sum.is_some() && ratio.per.having.is_some() {
            let conflict = "a ratio is per units that meet `having` or per a `sum`, not both";
            self.fault(&per, Problem::conflict(conflict));
        }
    }

    fn step_movement(&mut self, register: &str, movement: &StepMovement, path: &KeyPath) {
        let items = path.key("items");
        if movement.items.is_empty() {
            self.fault(
                &items,
                Problem::MissingKey {
                    key: "items".to_owned(),
                    expected: "list the items: which column before, which after".to_owned(),
                },
            );
        }
        for (index, item) in movement.items.iter().enumerate() {
            let path = items.index(index);
            let is_same = |other: &Item| (&other.from, &other.to) == (&item.from, &item.to);
            if item.from == item.to {
                let conflict = "nobody moves from a column to itself; name the column before and the column after";
                self.fault(&path, Problem::conflict(conflict));
            } else if movement.items[..index].iter().any(is_same) {
                let conflict = "an item counts once; leave the second out";
                self.fault(&path, Problem::conflict(conflict));
            }
            self.movement(register, &item.from, &item.to, &path);
        }
        self.sum_of_movements(register, movement, path);
        if let Some(at_least) = movement.at_least.filter(|at_least| *at_least <= ZERO) {
            self.fault(
                &path.key("at_least"),
                Problem::OutOfRange {
                    number: at_least.to_string(),
                    expected: "a movement of more than 0",
                    suggestion: None,
                },
            );
        }
        if movement.items.len() > 1 && movement.rule.is_none() {
            self.fault(
                &path.key("rule"),
                Problem::MissingKey {
                    key: "rule".to_owned(),
                    expected: "several items need a rule: any_item, net, mean or no_regression"
                        .to_owned(),
                },
            );
        }
    }

    /// Levels and numbers have no sum.
    fn sum_of_movements(&mut self, register: &str, movement: &StepMovement, path: &KeyPath) {
        if !matches!(movement.rule, Some(StepRule::Net | StepRule::Mean)) {
            return;
        }
        let Some(columns) = self.columns.get(register) else { return };
        let is_number = |item: &Item| {
            columns.get(&item.from).map(|column| column.column_type() == ColumnType::Number)
        };
        let mut kinds: Vec<bool> = movement.items.iter().filter_map(is_number).collect();
        kinds.dedup();
        if kinds.len() > 1 {
            let conflict = "levels and numbers have no sum; take `any_item` or `no_regression`, or make two indicators";
            self.fault(&path.key("rule"), Problem::conflict(conflict));
        }
    }

    fn incidence(&mut self, register: &str, incidence: &Incidence, path: &KeyPath) {
        self.date(register, &incidence.after, &path.key("after"));
        let lists = [
            (
                "events",
                incidence.events.is_empty(),
                "name the kinds of event with their date columns",
            ),
            ("horizons", incidence.horizons.is_empty(), "say by when: [{ months = 3 }]"),
        ];
        for (key, _, expected) in lists.into_iter().filter(|(_, is_empty, _)| *is_empty) {
            let (key, expected) = (key.to_owned(), expected.to_owned());
            self.fault(&path.key(&key), Problem::MissingKey { key, expected });
        }
        for (event, column) in &incidence.events {
            self.date(register, column, &path.key("events").key(event));
        }
        for (index, horizon) in incidence.horizons.iter().enumerate() {
            let times = (horizon.months, horizon.days, horizon.at);
            self.one_duration(times, &path.key("horizons").index(index));
        }
    }

    fn coverage(&mut self, register: &str, coverage: &Coverage, path: &KeyPath) {
        let counts = self.declaration.registers.get(register).and_then(|register| register.count);
        if counts == Some(Counting::Persons) {
            let conflict = "a coverage asks which months have a row, and this register counts persons; declare the table once more, with `count = \"units\"`";
            self.fault(&path.key("kind"), Problem::conflict(conflict));
        }
        self.date(register, &coverage.month, &path.key("month"));
        for (index, column) in coverage.of_each.iter().enumerate() {
            self.column_of(register, column, &LEVELS, &path.key("of_each").index(index));
        }
        if let Some(having) = &coverage.having {
            self.condition(register, having, &path.key("having"));
        }
        for (index, active) in coverage.active.iter().enumerate() {
            let path = path.key("active").index(index);
            for (name, level) in &active.part.0 {
                let path = path.key(name);
                if let Some(column) = self.column(register, name, &path) {
                    self.level(&column, level, &path);
                }
            }
        }
    }

    fn survey(&mut self, register: &str, survey: &Survey, path: &KeyPath) {
        let needed = [
            ("items", &survey.items, "list the columns of the items"),
            ("favourable", &survey.favourable, "list the levels that are favourable"),
        ];
        for (key, _, expected) in needed.into_iter().filter(|(_, given, _)| given.is_empty()) {
            let (key, expected) = (key.to_owned(), expected.to_owned());
            self.fault(&path.key(&key), Problem::MissingKey { key, expected });
        }
        for (index, name) in survey.items.iter().enumerate() {
            let path_of_item = path.key("items").index(index);
            if survey.items[..index].contains(name) {
                let conflict = "an item counts once; leave the second out";
                self.fault(&path_of_item, Problem::conflict(conflict));
            }
            let Some(column) = self.column_of(register, name, &LEVELS, &path_of_item) else {
                continue;
            };
            let codes: Vec<&str> = match column.column_type() {
                ColumnType::Flag => vec!["false", "true"],
                _ => column.levels.codes().collect(),
            };
            for (key, named) in
                [("favourable", &survey.favourable), ("not_applicable", &survey.not_applicable)]
            {
                for (index, code) in named.iter().enumerate() {
                    if !codes.contains(&code.as_str()) {
                        let problem = Problem::unknown_name("level", code, codes.iter().copied());
                        self.fault(&path.key(key).index(index), problem);
                    }
                }
            }
        }
        for (index, code) in survey.not_applicable.iter().enumerate() {
            if survey.favourable.contains(code) {
                let conflict = format!("`{code}` is favourable or not applicable, not both");
                self.fault(
                    &path.key("not_applicable").index(index),
                    Problem::Conflict { conflict },
                );
            }
        }
        let items = survey.items.len();
        if let Some(fewest) = survey.fewest_answers
            && (fewest == 0 || fewest as usize > items)
        {
            self.fault(
                &path.key("fewest_answers"),
                Problem::OutOfRange {
                    number: fewest.to_string(),
                    expected: "a number of answers from 1 to the number of items",
                    suggestion: None,
                },
            );
        }
    }
}
