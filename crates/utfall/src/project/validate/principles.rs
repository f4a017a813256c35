//! Checks, plan and grounds of the horizontal principles, and the flow.

use super::super::fault::Problem;
use super::super::path::KeyPath;
use super::super::principles::{CheckKind, Gap, Ground, GroundName, Representation};
use super::super::register::ColumnType;
use super::Context;

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
                    for (index, evidence) in process.evidence.iter().enumerate() {
                        if let Some(part) = &evidence.part {
                            self.part(part, &path.key("evidence").index(index).key("where"));
                        }
                    }
                }
                CheckKind::Given(given) => {
                    if self.has_register(&given.register, &path.key("register")) {
                        let flag = [ColumnType::Flag];
                        self.column_of(&given.register, &given.asked, &flag, &path.key("asked"));
                        self.column_of(&given.register, &given.given, &flag, &path.key("given"));
                    }
                }
            }
        }
        self.plan();
        self.grounds();
        self.flow();
    }

    fn representation(&mut self, representation: &Representation, path: &KeyPath) {
        let indicator = self.indicator(&representation.indicator, &path.key("indicator"));
        let Some(indicator) = indicator else { return };
        self.targets(&representation.targets, Some(indicator), &[], &path.key("targets"));
        self.columns_of_register(&indicator.register, &representation.within, &path.key("within"));
        if let Some(part) = representation.reference.as_ref().and_then(|found| found.part.as_ref())
        {
            self.part(part, &path.key("reference").key("where"));
        }
    }

    fn gap(&mut self, gap: &Gap, path: &KeyPath) {
        let Some(indicator) = self.indicator(&gap.indicator, &path.key("indicator")) else {
            return;
        };
        match &gap.groups.0[..] {
            [single] => {
                self.column_of(&indicator.register, single, &LEVELS, &path.key("groups"));
            }
            several => {
                self.columns_of_register(&indicator.register, several, &path.key("groups"));
            }
        }
        self.columns_of_register(&indicator.register, &gap.adjusted_for, &path.key("adjusted_for"));
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
                self.column_anywhere(column, &path.key("measured"));
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
