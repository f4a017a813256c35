//! The declared side: what a project promises and how it is to be measured.
//!
//! A project file is read in two steps. Its text becomes a tree whose values know their places (`tree`); the tree is
//! walked into a [`Declaration`], and that is checked for what one value alone does not show (`validate`). Both note
//! their faults in one list, so that an author sees all of them at once.

mod changes;
mod condition;
mod decimal;
mod default_checks;
mod fault;
mod flow;
mod goal;
mod indicator;
mod labels;
mod merged;
mod money;
mod needs;
mod path;
mod principles;
mod published;
mod purpose;
mod read;
mod record;
mod register;
mod toml_text;
mod tree;
mod validate;

pub use changes::{ChangedPart, DeclaredChange};
pub use condition::{Bounds, Change, Clause, Condition, Literal, Test};
pub use decimal::Decimal;
pub(crate) use fault::nearest;
pub use fault::{Fault, Problem, ProjectError};
pub use flow::{Flow, Stage};
pub use goal::{Baseline, Evidence, Goal, GoalLevel, Promise, Risk, Target, Threshold, Tier};
pub use indicator::{
    Active, ColumnTotal, Count, Coverage, Direction, FollowUp, Horizon, Incidence, Indicator, Item,
    Measure, Per, Ratio, Share, StepMovement, StepRule, Survey,
};
pub use labels::{Labels, Language};
pub use money::{Funding, Money, Period, Planned, Revision};
use needs::InForce;
pub(crate) use needs::{Need, NeedOf};
pub use path::KeyPath;
pub use principles::{
    Activity, Adjustment, Cadence, Check, CheckKind, Criteria, Disaggregation, Gap, Given, Ground,
    GroundName, Meetings, OneOrMore, Parity, Principle, Process, Reference, Representation,
};
pub use published::{
    Amount, PrintedCell, PrintedRow, PrintedTable, Published, Rounding, Says, ShareWords,
    Statement, Unchanged,
};
pub use purpose::Purpose;
pub use read::Named;
pub(crate) use register::FLAG_WORDS;
pub use register::{
    Column, ColumnType, Counting, Eligible, Identifying, Level, Levels, OfPerson, Part, Register,
    Rule,
};

use chrono::NaiveDate;

use fault::{Faults, syntax_error};
use read::Declared;
use record::record;
use tree::Node;

/// The code of the group of units whose level is not known.
pub const UNKNOWN: &str = "(unknown)";

/// The fixed columns of the table `figures`, in order; the crossed columns stand after `by`.
pub const FIGURE_COLUMNS: [&str; 21] = [
    "register",
    "indicator",
    "kind",
    "by",
    "units",
    "outside",
    "unclassified",
    "population",
    "excluded",
    "not_due",
    "due",
    "missing",
    "observed",
    "successes",
    "value",
    "low",
    "high",
    "bound_low",
    "bound_high",
    "state",
    "reason",
];

/// The columns of the tables beside `figures` (steps, transitions, survey, flow, incidence, distributions, step tests, funnels) that `figures` does not have. Figures
/// are not crossed by a column of one of these names, since it would stand in those tables twice.
pub(crate) const COMPANION_COLUMNS: [&str; 56] = [
    "item",
    "measured",
    "not_measurable",
    "up",
    "same",
    "down",
    "at_ceiling",
    "up_share",
    "down_share",
    "net_share",
    "up_low",
    "up_high",
    "up_share_of_movable",
    "before",
    "after",
    "asked",
    "answered",
    "favourable",
    "not_applicable",
    "share",
    "respondents",
    "response_rate",
    "stage",
    "reached",
    "unknown",
    "lost",
    "share_of_previous",
    "share_of_first",
    "months",
    "days",
    "event",
    "started",
    "events",
    "censored",
    "median_days",
    "mean",
    "standard_deviation",
    "smallest",
    "lower_quartile",
    "median",
    "upper_quartile",
    "largest",
    "sign",
    "sign_adjusted",
    "wilcoxon",
    "stuart_maxwell",
    "bowker",
    "superiority",
    "superiority_low",
    "superiority_high",
    "overall",
    "inner_low",
    "inner_high",
    "outer_low",
    "outer_high",
    "funnel",
];

record! {
    /// A project file: what the project promises, and how it is to be measured.
    pub struct Declaration {
        /// The version of the file format: 1.
        schema: u32,
        /// The name of the project; every output bears it.
        name: String,
        /// Who owns the project.
        owner: Option<String>,
        /// What readers should know beside the name.
        description: Option<String>,
        /// The language of the file's texts and of sentences; left out: Swedish.
        language: Option<Language>,
        /// The first day of the project.
        first_day: Option<NaiveDate>,
        /// The last day of the project.
        last_day: Option<NaiveDate>,
        /// The horizontal principles whose default checks apply.
        principles: Vec<Principle>,
        /// Ready-made parts, by name.
        extends: Vec<String>,
        /// The tables that there are, by name.
        registers: Named<Register>,
        /// Why there is a project, by name.
        purposes: Named<Purpose>,
        /// What is measured, by name.
        indicators: Named<Indicator>,
        /// What is promised, by name.
        goals: Named<Goal>,
        /// The checks of horizontal principles, by name.
        checks: Named<Check>,
        /// The action plan.
        plan: Vec<Activity>,
        /// The participant flow.
        flow: Option<Flow>,
        /// How each of the seven grounds of the Discrimination Act is covered.
        grounds: Named<Ground>,
        /// Planned and actual cost.
        money: Option<Money>,
        /// How much is planned of what indicators count or sum.
        planned: Vec<Planned>,
        /// Figures already published.
        published: Option<Published>,
    }
}

/// A project without faults: a [`Declaration`] that has been checked, and what follows from it.
///
/// ```
/// use utfall::Project;
///
/// let project = Project::from_toml(
///     r#"
///     schema = 1
///     name = "Likes"
///
///     [registers.participants]
///     unit = "person"
///     columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
///
///     [indicators.men]
///     kind = "share"
///     register = "participants"
///     having = { gender = "man" }
///
///     [goals.men]
///     level = "individual"
///     tier = "sub"
///     indicator = "men"
///     targets = [{ from = 2020-01-01, at_least = 0.5 }, { from = 2020-09-01, at_least = 0.15 }]
///     "#,
/// )?;
/// assert_eq!(project.goals["men"].targets.len(), 2);
/// assert_eq!(Project::from_json(&project.to_json())?, project);
/// # Ok::<(), utfall::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Project {
    declaration: Declaration,
    columns: Named<Named<Column>>,
    in_force: InForce,
}

impl Project {
    /// Reads a project from TOML text.
    ///
    /// # Errors
    ///
    /// All faults of the file at once, each with line and column, what was expected, and what was probably meant.
    pub fn from_toml(text: &str) -> Result<Self, crate::Error> {
        Self::from_toml_file(text, "project file")
    }

    /// Reads a project from the text of a TOML file, whose name is told in errors.
    ///
    /// # Errors
    ///
    /// As [`Project::from_toml`].
    pub fn from_toml_file(text: &str, file: &str) -> Result<Self, crate::Error> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let tree = Node::from_toml(text)
            .map_err(|faults| syntax_error(file, faults, |message| Problem::NotToml { message }))?;
        Ok(Self::from_tree(&tree, file, Some(text))?)
    }

    /// Reads a project from JSON text: the same keys, dates as texts.
    ///
    /// # Errors
    ///
    /// All faults of the file at once, each with its key path, what was expected, and what was probably meant.
    pub fn from_json(text: &str) -> Result<Self, crate::Error> {
        Self::from_json_file(text, "project file")
    }

    /// Reads a project from the text of a JSON file, whose name is told in errors.
    ///
    /// # Errors
    ///
    /// As [`Project::from_json`].
    pub fn from_json_file(text: &str, file: &str) -> Result<Self, crate::Error> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let tree = Node::from_json(text)
            .map_err(|faults| syntax_error(file, faults, |message| Problem::NotJson { message }))?;
        Ok(Self::from_tree(&tree, file, None)?)
    }

    /// The project as TOML text; reading it gives an equal project.
    pub fn to_toml(&self) -> String {
        Node::from(self.declaration.write()).to_toml()
    }

    /// The project as JSON text; reading it gives an equal project.
    pub fn to_json(&self) -> String {
        Node::from(self.declaration.write()).to_json()
    }

    /// The columns of a register, by name, every `like` resolved; `None` for a register that is not declared.
    pub fn columns(&self, register: &str) -> Option<&Named<Column>> {
        self.columns.get(register)
    }

    /// The headers that a table of a register must have; `None` for a register that is not declared.
    pub fn headers(&self, register: &str) -> Option<Vec<&str>> {
        let declared = self.registers.get(register)?;
        let columns = self.columns(register)?.values();
        let headers = columns
            .filter(|column| column.absent.is_none())
            .filter_map(|column| column.header.as_deref());
        let own = declared.person.iter().chain(&declared.weight).map(String::as_str);
        Some(own.chain(headers).collect())
    }

    /// The language of the project's texts and sentences.
    pub fn language(&self) -> Language {
        self.declaration.language.unwrap_or(Language::Swedish)
    }

    fn from_tree(tree: &Node, file: &str, text: Option<&str>) -> Result<Self, ProjectError> {
        let mut faults = Faults::default();
        let declaration = Declaration::read(tree, &KeyPath::default(), &mut faults);
        let columns = declaration
            .as_ref()
            .map(|declaration| validate::validate(declaration, tree, &mut faults))
            .unwrap_or_default();
        let declaration = faults.finish(declaration, file, tree, text)?;
        let mut project = Self { declaration, columns, in_force: InForce::default() };
        project.in_force = InForce::of(&project);
        Ok(project)
    }
}

impl std::ops::Deref for Project {
    type Target = Declaration;

    fn deref(&self) -> &Declaration {
        &self.declaration
    }
}

/// The JSON Schema of project files, as text: for editors that complete and check them.
///
/// ```
/// let schema = utfall::project::json_schema();
/// assert!(schema.contains("\"registers\""));
/// ```
pub fn json_schema() -> String {
    let mut schema = schemars::SchemaGenerator::default().into_root_schema_for::<Declaration>();
    schema.insert("title".to_owned(), "utfall project file".into());
    format!("{:#}\n", schema.as_value())
}
