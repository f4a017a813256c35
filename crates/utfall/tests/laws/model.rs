//! Projects and rows in the tests' own words: nothing here is a type of the library, so that the reference shares no
//! code with what it is compared with.

use std::fmt;

use chrono::NaiveDate;

use crate::text;

/// A project, its rows, and what is asked of them.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) project: Project,
    pub(crate) as_of: NaiveDate,
    pub(crate) by: By,
    /// The rows of each register; `None`: not handed over.
    pub(crate) rows: Vec<Option<Vec<Row>>>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Project {
    pub(crate) last_day: Option<NaiveDate>,
    pub(crate) registers: Vec<Register>,
    pub(crate) indicators: Vec<Indicator>,
    pub(crate) goals: Vec<Goal>,
    pub(crate) flow: Option<Flow>,
}

/// The participant flow, through the first register; its stages are called by their numbers.
#[derive(Debug, Clone)]
pub(crate) struct Flow {
    pub(crate) stages: Vec<Condition>,
    pub(crate) reasons: Option<String>,
}

/// What figures are crossed by.
#[derive(Debug, Clone)]
pub(crate) enum By {
    Declared,
    Margins(Vec<String>),
    Tables(Vec<Vec<String>>),
}

#[derive(Debug, Clone)]
pub(crate) struct Register {
    pub(crate) name: String,
    pub(crate) unit: &'static str,
    pub(crate) has_ids: bool,
    pub(crate) has_weights: bool,
    /// The columns that open and close an enrolment, where persons are counted.
    pub(crate) persons: Option<(String, String)>,
    pub(crate) by: Vec<String>,
    pub(crate) columns: Vec<Column>,
    /// The register whose columns these are, by `like`.
    pub(crate) like: Option<String>,
}

pub(crate) const ID_HEADER: &str = "Löpnummer";
pub(crate) const WEIGHT_HEADER: &str = "Antal på raden";

#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) header: String,
    pub(crate) kind: Kind,
    /// Levels in order; for a flag those of `false` and `true`.
    pub(crate) levels: Vec<Level>,
    pub(crate) parent: Option<String>,
    pub(crate) decimals: Option<u32>,
    pub(crate) is_absent: bool,
    /// What its cells are in the table.
    pub(crate) form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Level,
    Ordinal,
    Date,
    Number,
    Flag,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Form {
    Text,
    Whole,
    Decimal,
    Flag,
    Day,
}

#[derive(Debug, Clone)]
pub(crate) struct Level {
    pub(crate) code: String,
    pub(crate) sv: Option<String>,
    pub(crate) en: Option<String>,
    pub(crate) spellings: Vec<String>,
    /// The code of the parent's level that it lies within.
    pub(crate) parent: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Indicator {
    pub(crate) name: String,
    /// The position of its register.
    pub(crate) register: usize,
    pub(crate) of: Option<Condition>,
    pub(crate) exclude: Option<Condition>,
    /// What a share asks for; absent for other kinds.
    pub(crate) having: Option<Condition>,
    pub(crate) follow_up: Option<FollowUp>,
    pub(crate) items: Items,
}

/// What an indicator is made of, where it is made of several things.
#[derive(Debug, Clone)]
pub(crate) enum Items {
    None,
    Change(Change),
    Survey(Survey),
}

#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) rule: Option<&'static str>,
    /// In hundredths.
    pub(crate) at_least: Option<i64>,
    pub(crate) items: Vec<Item>,
}

#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) is_worse: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Survey {
    pub(crate) items: Vec<String>,
    /// Codes.
    pub(crate) favourable: Vec<String>,
    pub(crate) not_applicable: Vec<String>,
    pub(crate) fewest: Option<usize>,
}

#[derive(Debug, Clone)]
pub(crate) struct FollowUp {
    pub(crate) after: String,
    pub(crate) delay: Delay,
    pub(crate) window: Option<Window>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Delay {
    Months(i64),
    Days(i64),
}

#[derive(Debug, Clone)]
pub(crate) struct Window {
    pub(crate) observed_on: String,
    pub(crate) before: i64,
    pub(crate) after: i64,
}

/// Clauses that hold together.
#[derive(Debug, Clone)]
pub(crate) struct Condition(pub(crate) Vec<Clause>);

#[derive(Debug, Clone)]
pub(crate) enum Clause {
    Any(Vec<Condition>),
    All(Vec<Condition>),
    Not(Condition),
    /// From one column to another; limits in hundredths.
    Change {
        from: String,
        to: String,
        at_least: Option<i64>,
        at_most: Option<i64>,
    },
    Column(String, Test),
}

#[derive(Debug, Clone)]
pub(crate) enum Test {
    Is(Literal),
    In(Vec<Literal>),
    Within {
        known: Option<bool>,
        at_least: Option<Literal>,
        at_most: Option<Literal>,
        between: Option<(Literal, Literal)>,
    },
}

#[derive(Debug, Clone)]
pub(crate) enum Literal {
    Code(String),
    Hundredths(i64),
    Flag(bool),
    Day(NaiveDate),
}

#[derive(Debug, Clone)]
pub(crate) struct Goal {
    pub(crate) name: String,
    /// The position of its indicator.
    pub(crate) indicator: Option<usize>,
    pub(crate) targets: Vec<Target>,
    /// The ratings there are, lowest first; empty where no evidence is used.
    pub(crate) scale: Vec<String>,
    pub(crate) evidence: Vec<Evidence>,
}

#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(crate) from: NaiveDate,
    pub(crate) promise: Promise,
    /// In thousandths.
    pub(crate) tolerance: Option<i64>,
}

/// Limits in thousandths, or positions on the goal's scale.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Promise {
    AtLeast(i64),
    AtMost(i64),
    Between(i64, i64),
    All,
    Exists,
}

#[derive(Debug, Clone)]
pub(crate) struct Evidence {
    /// A column and the code of its level; `None`: the whole project.
    pub(crate) part: Option<(String, String)>,
    /// The position of the rating on the scale.
    pub(crate) rating: usize,
    pub(crate) on: NaiveDate,
}

#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) id: Cell,
    pub(crate) weight: u64,
    /// One for each column of the register, also for an absent one.
    pub(crate) cells: Vec<Cell>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Null,
    Text(String),
    Whole(i64),
    Decimal(f64),
    Flag(bool),
    Day(NaiveDate),
}

impl Column {
    /// A column whose header is its name, and whose levels have codes only.
    pub(crate) fn plain(name: &str, kind: Kind, form: Form, codes: &[&str]) -> Self {
        Self {
            name: name.to_owned(),
            header: name.to_owned(),
            kind,
            levels: codes.iter().map(|code| Level::plain(code)).collect(),
            parent: None,
            decimals: None,
            is_absent: false,
            form,
        }
    }
}

impl Level {
    /// A level that nothing but its code stands for.
    pub(crate) fn plain(code: &str) -> Self {
        Self { code: code.to_owned(), sv: None, en: None, spellings: Vec::new(), parent: None }
    }

    /// Every text that stands for this level.
    pub(crate) fn texts(&self) -> Vec<&str> {
        let labels = self.sv.iter().chain(&self.en).chain(&self.spellings);
        std::iter::once(&self.code).chain(labels).map(String::as_str).collect()
    }
}

impl Register {
    /// A register of persons, without ids and weights, and crossed by nothing.
    pub(crate) fn plain(name: &str, columns: Vec<Column>) -> Self {
        Self {
            name: name.to_owned(),
            unit: "person",
            has_ids: false,
            has_weights: false,
            persons: None,
            by: Vec::new(),
            columns,
            like: None,
        }
    }

    pub(crate) fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|declared| declared.name == column)
    }

    pub(crate) fn column(&self, name: &str) -> &Column {
        self.columns.iter().find(|column| column.name == name).unwrap()
    }

    /// The columns that figures can be crossed by.
    pub(crate) fn crossable(&self) -> Vec<String> {
        let has_levels = |column: &&Column| !matches!(column.kind, Kind::Date | Kind::Number);
        self.columns.iter().filter(has_levels).map(|column| column.name.clone()).collect()
    }
}

impl Indicator {
    pub(crate) fn kind(&self) -> &'static str {
        match (&self.items, &self.having) {
            (Items::Change(_), _) => "change",
            (Items::Survey(_), _) => "survey",
            (Items::None, Some(_)) => "share",
            (Items::None, None) => "count",
        }
    }

    pub(crate) fn is_count(&self) -> bool {
        self.kind() == "count"
    }

    /// Calls `visit` with every column that it reads.
    pub(crate) fn visit_columns(&self, visit: &mut dyn FnMut(&str)) {
        for condition in self.of.iter().chain(&self.exclude).chain(&self.having) {
            condition.visit_columns(visit);
        }
        if let Some(follow_up) = &self.follow_up {
            visit(&follow_up.after);
            follow_up.window.iter().for_each(|window| visit(&window.observed_on));
        }
        match &self.items {
            Items::None => {}
            Items::Change(change) => change.items.iter().for_each(|item| {
                visit(&item.from);
                visit(&item.to);
            }),
            Items::Survey(survey) => survey.items.iter().for_each(|item| visit(item)),
        }
    }
}

impl Condition {
    pub(crate) fn visit_columns(&self, visit: &mut dyn FnMut(&str)) {
        for clause in &self.0 {
            match clause {
                Clause::Any(parts) | Clause::All(parts) => {
                    parts.iter().for_each(|part| part.visit_columns(visit));
                }
                Clause::Not(part) => part.visit_columns(visit),
                Clause::Change { from, to, .. } => {
                    visit(from);
                    visit(to);
                }
                Clause::Column(name, _) => visit(name),
            }
        }
    }
}

impl fmt::Debug for Case {
    /// The project as its text, and a line for each row, since that is what a person wants to see of a broken law.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "as_of = {}, {:?}\n{}", self.as_of, self.by, text::of(&self.project))?;
        for (register, rows) in self.project.registers.iter().zip(&self.rows) {
            let columns: Vec<&str> = register.columns.iter().map(|column| &*column.name).collect();
            writeln!(formatter, "{}: id, weight, {columns:?}", register.name)?;
            match rows {
                None => writeln!(formatter, "  not handed over")?,
                Some(rows) => rows.iter().try_for_each(|row| {
                    writeln!(formatter, "  {:?}, {}, {:?}", row.id, row.weight, row.cells)
                })?,
            }
        }
        Ok(())
    }
}
