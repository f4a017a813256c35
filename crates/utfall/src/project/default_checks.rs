//! The default checks of a project that lists its `principles`: those that its columns allow, and what the others lack.

use super::condition::{Clause, Condition, Test};
use super::principles::{
    Check, CheckKind, Disaggregation, Gap, Given, OneOrMore, Parity, Principle, Representation,
};
use super::read::Named;
use super::register::{Column, ColumnType};
use super::{GoalLevel, GroundName, Indicator, Labels, Measure, Project};

/// A default check that the project's columns do not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lacking {
    pub(crate) principle: Principle,
    /// The kind of the check.
    pub(crate) kind: &'static str,
    /// What would give it: columns, or a part of the project file.
    pub(crate) lacks: Vec<String>,
}

/// The default checks of a project.
#[derive(Debug, Clone, Default)]
pub(crate) struct DefaultChecks {
    pub(crate) checks: Named<Check>,
    pub(crate) lacking: Vec<Lacking>,
}

/// The names under which columns are looked for, where no ground says which one it is.
const GENDER: [&str; 4] = ["gender", "sex", "kön", "kon"];
const AGE: [&str; 4] = ["age_group", "age", "åldersgrupp", "ålder"];
const DISABILITY: [&str; 2] = ["disability", "funktionsnedsättning"];
const ADAPTATIONS: [(&str, &str); 2] =
    [("adaptation_asked", "adaptation_given"), ("asked", "given")];

impl DefaultChecks {
    pub(crate) fn of(project: &Project) -> Self {
        let mut found = Self::default();
        for principle in &project.principles {
            match principle {
                Principle::Equality => found.equality(project),
                Principle::Accessibility => found.accessibility(project),
                Principle::NonDiscrimination => found.non_discrimination(project),
            }
        }
        found
    }

    fn equality(&mut self, project: &Project) {
        let principle = Principle::Equality;
        let Some(gender) = column_of_ground(project, GroundName::Sex, &GENDER) else {
            for kind in ["representation", "gap", "parity", "disaggregation"] {
                self.lack(principle, kind, &["gender"]);
            }
            return;
        };
        self.representation(project, &gender);
        self.gaps(project, principle, &gender);
        let flow = project.flow.as_ref().map(|flow| &flow.register);
        match flow.filter(|register| has_levels(project, register, &gender)) {
            Some(_) => self.add(
                project,
                principle,
                "parity",
                CheckKind::Parity(Parity {
                    groups: OneOrMore(vec![gender.clone()]),
                    indicator: None,
                    smallest_group: None,
                    at_most: None,
                }),
            ),
            None if flow.is_none() => self.lack(principle, "parity", &["flow"]),
            None => self.lack(principle, "parity", &[gender.as_str()]),
        }
        let by = gender;
        let kind = CheckKind::Disaggregation(Disaggregation { by });
        self.add(project, principle, "disaggregation", kind);
    }

    /// The 40/60 rule for every indicator that is the share of a gender.
    fn representation(&mut self, project: &Project, gender: &str) {
        let of_gender: Vec<(&String, &Indicator)> = project
            .indicators
            .iter()
            .filter(|(_, indicator)| is_share_of(indicator, gender))
            .filter(|(_, indicator)| has_levels(project, &indicator.register, gender))
            .collect();
        if of_gender.is_empty() {
            let needed = format!("kind = \"share\", having = {{ {gender} = … }}");
            self.lack(Principle::Equality, "representation", &[&needed]);
        }
        for (name, indicator) in of_gender {
            let by = project.registers.get(&indicator.register).map(|register| &register.by);
            let within = by.into_iter().flatten().filter(|column| *column != gender);
            let kind = CheckKind::Representation(Representation {
                indicator: name.clone(),
                within: within.cloned().collect(),
                balance: Some(true),
                reference: None,
                targets: Vec::new(),
                smallest_group: None,
            });
            self.add(project, Principle::Equality, &format!("representation_{name}"), kind);
        }
    }

    /// The outcome gap of every indicator of a goal about individuals.
    fn gaps(&mut self, project: &Project, principle: Principle, column: &str) {
        let goals = project.goals.values().filter(|goal| goal.level == GoalLevel::Individual);
        let mut names: Vec<&String> = goals.filter_map(|goal| goal.indicator.as_ref()).collect();
        names.dedup();
        let mut is_found = false;
        for name in names {
            let Some(indicator) = project.indicators.get(name) else { continue };
            let is_gap = indicator.measure.counts_units()
                && has_levels(project, &indicator.register, column)
                && !is_share_of(indicator, column);
            if !is_gap {
                continue;
            }
            is_found = true;
            let kind = CheckKind::Gap(Gap {
                indicator: name.clone(),
                groups: OneOrMore(vec![column.to_owned()]),
                adjusted_for: Vec::new(),
                adjustment: None,
                smallest_group: None,
                at_most: None,
            });
            self.add(project, principle, &format!("gap_{name}_{column}"), kind);
        }
        if !is_found {
            // Neither words nor columns of a language: what would stand in the file.
            self.lack(principle, "gap", &["level = \"individual\"", column]);
        }
    }

    fn accessibility(&mut self, project: &Project) {
        let principle = Principle::Accessibility;
        let is_flag = |register: &str, name: &str| {
            let column = published(project, register, name);
            column.is_some_and(|column| column.column_type() == ColumnType::Flag)
        };
        let found = project.registers.keys().find_map(|register| {
            let pair = ADAPTATIONS
                .iter()
                .find(|(asked, given)| is_flag(register, asked) && is_flag(register, given));
            pair.map(|(asked, given)| (register, *asked, *given))
        });
        match found {
            Some((register, asked, given)) => {
                self.add(
                    project,
                    principle,
                    "given",
                    CheckKind::Given(Given {
                        register: register.clone(),
                        asked: asked.to_owned(),
                        given: given.to_owned(),
                        outcomes: Vec::new(),
                    }),
                );
            }
            None => self.lack(principle, "given", &[ADAPTATIONS[0].0, ADAPTATIONS[0].1]),
        }
        match column_of_ground(project, GroundName::Disability, &DISABILITY) {
            Some(column) => self.gaps(project, principle, &column),
            None => self.lack(principle, "gap", &["disability"]),
        }
    }

    fn non_discrimination(&mut self, project: &Project) {
        let principle = Principle::NonDiscrimination;
        let age = column_of_ground(project, GroundName::Age, &AGE);
        let others = [
            GroundName::GenderIdentity,
            GroundName::Ethnicity,
            GroundName::Religion,
            GroundName::SexualOrientation,
        ];
        let others = others.into_iter().filter_map(|ground| column_of_ground(project, ground, &[]));
        let columns: Vec<String> = others.chain(age.clone()).collect();
        for column in columns {
            self.gaps(project, principle, &column);
        }
        if age.is_none() {
            self.lack(principle, "gap", &["age_group"]);
        }
        if project.grounds.is_empty() {
            self.lack(principle, "grounds", &["grounds"]);
        }
    }

    /// Adds a check, unless the project declares one that looks at the same.
    fn add(&mut self, project: &Project, principle: Principle, name: &str, kind: CheckKind) {
        let is_declared =
            project.checks.values().any(|check| looks_at_the_same(&check.kind, &kind));
        let name = format!("{}_{name}", principle.word());
        if !is_declared && !project.checks.contains_key(&name) {
            self.checks.insert(name, Check { labels: Labels::default(), principle, kind });
        }
    }

    fn lack(&mut self, principle: Principle, kind: &'static str, lacks: &[&str]) {
        let lacks = lacks.iter().map(|lacking| (*lacking).to_owned()).collect();
        self.lacking.push(Lacking { principle, kind, lacks });
    }
}

/// Whether a declared check looks at what a default one would.
fn looks_at_the_same(declared: &CheckKind, default: &CheckKind) -> bool {
    match (declared, default) {
        (CheckKind::Representation(declared), CheckKind::Representation(default)) => {
            declared.indicator == default.indicator
        }
        (CheckKind::Gap(declared), CheckKind::Gap(default)) => {
            declared.indicator == default.indicator && declared.groups == default.groups
        }
        (CheckKind::Parity(declared), CheckKind::Parity(default)) => {
            declared.groups == default.groups
        }
        (CheckKind::Disaggregation(declared), CheckKind::Disaggregation(default)) => {
            declared.by == default.by
        }
        (CheckKind::Given(declared), CheckKind::Given(default)) => {
            declared.register == default.register
        }
        _ => false,
    }
}

/// The column that measures a ground: the one that is declared, or one of the usual names.
fn column_of_ground(project: &Project, ground: GroundName, names: &[&str]) -> Option<String> {
    let declared = project.grounds.get(ground.word());
    let declared = declared.and_then(|ground| ground.measured.clone());
    let is_there =
        |name: &str| project.registers.keys().any(|register| has_levels(project, register, name));
    declared
        .into_iter()
        .chain(names.iter().map(|name| (*name).to_owned()))
        .find(|name| is_there(name))
}

fn published<'p>(project: &'p Project, register: &str, name: &str) -> Option<&'p Column> {
    project.columns(register)?.get(name).filter(|column| column.absent.is_none())
}

fn has_levels(project: &Project, register: &str, name: &str) -> bool {
    published(project, register, name).is_some_and(|column| column.column_type().has_levels())
}

/// Whether an indicator is the share of a level of a column.
fn is_share_of(indicator: &Indicator, column: &str) -> bool {
    let Measure::Share(share) = &indicator.measure else { return false };
    let Condition(clauses) = &share.having;
    matches!(&clauses[..], [Clause::Column(name, Test::Is(_))] if name == column)
}
