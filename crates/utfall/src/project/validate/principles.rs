//! Checks, plan and grounds of the horizontal principles, and the flow.

use super::super::fault::Problem;
use super::super::path::KeyPath;
use super::super::principles::{CheckKind, Gap, Given, Ground, GroundName, Parity, Representation};
use super::super::register::ColumnType;
use super::super::{Decimal, Evidence, Indicator, Measure};
use super::Context;
use super::goals::meant_as_percent;

/// The grounds that are special categories of personal data (GDPR, article 9).
const SENSITIVE: [&str; 5] =
    ["gender_identity", "ethnicity", "religion", "disability", "sexual_orientation"];

const LEVELS: [ColumnType; 3] = [ColumnType::Level, ColumnType::Ordinal, ColumnType::Flag];

impl Context<'_> {
    pub(super) fn principles(&mut self) {
        for (name, check) in &self.declaration.checks {
            let path = KeyPath::of(&["checks", name]);
            match &check.kind {
                CheckKind::Representation(representation) => {
                    self.representation(representation, &path);
                }
                CheckKind::Gap(gap) => self.gap(gap, &path),
                CheckKind::Process(process) => {
                    self.evidence(&process.evidence, &path.key("evidence"));
                }
                CheckKind::Given(given) => self.given(given, &path),
                CheckKind::Parity(parity) => self.parity(parity, &path),
                CheckKind::Disaggregation(disaggregation) => {
                    self.column_anywhere(&disaggregation.by, &path.key("by"));
                }
                CheckKind::Cadence(cadence) => {
                    let path_of = path.key("indicator");
                    let measure =
                        self.indicator(&cadence.indicator, &path_of).map(|found| &found.measure);
                    let is_part = |measure: &&Measure| {
                        measure.is_share() || matches!(measure, Measure::Ratio(_))
                    };
                    if let Some(measure) = measure.filter(|measure| !is_part(measure)) {
                        let kinds = "share, change, incidence, coverage, survey or ratio";
                        let problem = wrong_kind(kinds, &cadence.indicator, measure);
                        self.fault(&path_of, problem);
                    }
                    self.share(cadence.at_least, &path.key("at_least"));
                }
                CheckKind::Meetings(meetings) => {
                    if self.has_register(&meetings.register, &path.key("register")) {
                        let date = [ColumnType::Date];
                        self.column_of(&meetings.register, &meetings.day, &date, &path.key("day"));
                        let register = self.declaration.registers.get(&meetings.register);
                        if register.is_some_and(|register| register.person.is_some()) {
                            // The days of persons are not kept.
                            let conflict = "a register of persons holds no meetings; name the register of meetings";
                            self.fault(&path.key("register"), Problem::conflict(conflict));
                        }
                    }
                }
                CheckKind::Criteria(criteria) => {
                    let given = [
                        ("competence", &criteria.competence),
                        ("problem_analysis", &criteria.problem_analysis),
                        ("goals", &criteria.goals),
                        ("activities", &criteria.activities),
                        ("follow_up", &criteria.follow_up),
                    ];
                    for (key, evidence) in given {
                        self.evidence(evidence, &path.key(key));
                    }
                }
            }
        }
        self.plan();
        self.grounds();
        self.flow();
    }

    fn evidence(&mut self, evidence: &[Evidence], path: &KeyPath) {
        for (index, evidence) in evidence.iter().enumerate() {
            if let Some(part) = &evidence.part {
                self.part(part, &path.index(index).key("where"));
            }
        }
    }

    fn given(&mut self, given: &Given, path: &KeyPath) {
        if !self.has_register(&given.register, &path.key("register")) {
            return;
        }
        let flag = [ColumnType::Flag];
        self.column_of(&given.register, &given.asked, &flag, &path.key("asked"));
        self.column_of(&given.register, &given.given, &flag, &path.key("given"));
        for (index, outcome) in given.outcomes.iter().enumerate() {
            let path = path.key("outcomes").index(index);
            let register = self.counted(outcome, &path).map(|indicator| &indicator.register);
            if register.is_some_and(|register| *register != given.register) {
                let register = &given.register;
                let conflict = format!(
                    "`{outcome}` is not computed from register `{register}`, whose adaptations are checked"
                );
                self.fault(&path, Problem::Conflict { conflict });
            }
        }
    }

    fn parity(&mut self, parity: &Parity, path: &KeyPath) {
        self.share(parity.at_most, &path.key("at_most"));
        let Some(flow) = &self.declaration.flow else {
            let expected = "a check of parity looks along the participant flow; declare `[flow]`";
            let problem =
                Problem::MissingKey { key: "flow".to_owned(), expected: expected.to_owned() };
            self.fault(&path.key("kind"), problem);
            return;
        };
        self.groups(&flow.register, &parity.groups.0, path);
        if let Some(name) = &parity.indicator {
            let path = path.key("indicator");
            let register = self.counted(name, &path).map(|indicator| indicator.register.clone());
            if let Some(register) = register {
                self.groups(&register, &parity.groups.0, &path);
            }
        }
    }

    /// An indicator whose units are a success or not, one by one.
    fn counted(&mut self, name: &str, path: &KeyPath) -> Option<&Indicator> {
        let indicator = self.indicator(name, path)?;
        if indicator.measure.counts_units() {
            return Some(indicator);
        }
        let problem = wrong_kind("share, change or incidence", name, &indicator.measure);
        self.fault(path, problem);
        None
    }

    /// A number that is a share.
    fn share(&mut self, number: Option<Decimal>, path: &KeyPath) {
        let (zero, one) = (Decimal::from_integer(0), Decimal::from_integer(1));
        if let Some(number) = number.filter(|number| *number < zero || *number > one) {
            let (expected, suggestion) = ("a share from 0 to 1", meant_as_percent(number));
            self.fault(
                path,
                Problem::OutOfRange { number: number.to_string(), expected, suggestion },
            );
        }
    }

    fn representation(&mut self, representation: &Representation, path: &KeyPath) {
        let name = &representation.indicator;
        let Some(indicator) = self.counted(name, &path.key("indicator")).cloned() else { return };
        self.targets(&representation.targets, Some(&indicator), &[], &path.key("targets"));
        self.columns_of_register(&indicator.register, &representation.within, &path.key("within"));
        let Some(reference) = &representation.reference else { return };
        let path = path.key("reference");
        self.share(Some(reference.value), &path.key("value"));
        if let Some(part) = &reference.part {
            self.part(part, &path.key("where"));
            for column in part.0.keys() {
                let path = path.key("where").key(column);
                self.column_of(&indicator.register, column, &LEVELS, &path);
            }
        }
    }

    fn gap(&mut self, gap: &Gap, path: &KeyPath) {
        self.share(gap.at_most, &path.key("at_most"));
        let Some(indicator) = self.counted(&gap.indicator, &path.key("indicator")) else { return };
        let register = indicator.register.clone();
        self.groups(&register, &gap.groups.0, path);
        self.columns_of_register(&register, &gap.adjusted_for, &path.key("adjusted_for"));
        for (index, column) in gap.adjusted_for.iter().enumerate() {
            if gap.groups.0.contains(column) {
                let conflict = "a difference between groups is not adjusted for what makes them; leave this column out";
                self.fault(&path.key("adjusted_for").index(index), Problem::conflict(conflict));
            }
        }
    }

    fn groups(&mut self, register: &str, groups: &[String], path: &KeyPath) {
        let path = path.key("groups");
        match groups {
            [] => {
                let expected = "name a level column, or a list of them".to_owned();
                self.fault(&path, Problem::MissingKey { key: "groups".to_owned(), expected });
            }
            [single] => {
                self.column_of(register, single, &LEVELS, &path);
            }
            several => self.columns_of_register(register, several, &path),
        }
    }

    fn columns_of_register(&mut self, register: &str, columns: &[String], path: &KeyPath) {
        for (index, column) in columns.iter().enumerate() {
            self.column_of(register, column, &LEVELS, &path.index(index));
        }
    }

    fn plan(&mut self) {
        for (index, activity) in self.declaration.plan.iter().enumerate() {
            let path = KeyPath::of(&["plan"]).index(index);
            if let Some(indicator) = &activity.indicator {
                self.indicator(indicator, &path.key("indicator"));
            }
            if activity.first_day.zip(activity.last_day).is_some_and(|(first, last)| last < first) {
                let conflict = "`last_day` lies before `first_day`; exchange them or correct one";
                self.fault(&path.key("last_day"), Problem::conflict(conflict));
            }
        }
    }

    fn grounds(&mut self) {
        for (name, ground) in &self.declaration.grounds {
            let path = KeyPath::of(&["grounds", name]);
            if !GroundName::WORDS.contains(&name.as_str()) {
                let names = GroundName::WORDS.iter().copied();
                self.fault(&path, Problem::unknown_name("ground", name, names));
            }
            let Ground { measured, process, not_collected } = ground;
            let given = [measured, process, not_collected];
            if given.into_iter().flatten().count() != 1 {
                let conflict = "a ground is one of: `measured` by a column, covered by a `process`, or `not_collected`";
                self.fault(&path, Problem::conflict(conflict));
            }
            if let Some(column) = measured {
                let found = self.column_anywhere(column, &path.key("measured"));
                let is_kept = found.is_none_or(|column| column.sensitive == Some(true));
                if SENSITIVE.contains(&name.as_str()) && !is_kept {
                    let conflict = format!(
                        "`{column}` holds sensitive personal data; declare it with `sensitive = true` and its `legal_basis`"
                    );
                    self.fault(&path.key("measured"), Problem::Conflict { conflict });
                }
            }
            if let Some(check) = process {
                let check = check.strip_prefix("checks.").unwrap_or(check);
                let checks = &self.declaration.checks;
                self.find("check", "checks", checks, check, &path.key("process"));
            }
        }
    }

    fn flow(&mut self) {
        let Some(flow) = &self.declaration.flow else {
            return;
        };
        let path = KeyPath::of(&["flow"]);
        if !self.has_register(&flow.register, &path.key("register")) {
            return;
        }
        if flow.stages.is_empty() {
            self.fault(
                &path.key("stages"),
                Problem::MissingKey {
                    key: "stages".to_owned(),
                    expected: "list the stages in order, each with `id` and `of`".to_owned(),
                },
            );
        }
        for (index, stage) in flow.stages.iter().enumerate() {
            let path_of_id = path.key("stages").index(index).key("id");
            if stage.id.trim().is_empty() {
                let conflict = "a stage needs an id: what it is called in tables";
                self.fault(&path_of_id, Problem::conflict(conflict));
            } else if flow.stages[..index].iter().any(|before| before.id == stage.id) {
                let conflict =
                    format!("the stage `{}` stands twice; give each its own id", stage.id);
                self.fault(&path_of_id, Problem::Conflict { conflict });
            }
            self.condition(&flow.register, &stage.of, &path.key("stages").index(index).key("of"));
        }
        if let Some(column) = &flow.reasons {
            self.column_of(&flow.register, column, &LEVELS, &path.key("reasons"));
        }
    }
}

/// An indicator of a kind that nothing can be done with here.
fn wrong_kind(kinds: &str, name: &str, measure: &Measure) -> Problem {
    Problem::WrongType {
        expected: format!("an indicator of kind {kinds}"),
        found: format!("`{name}`, an indicator of kind {}", measure.word()),
    }
}
