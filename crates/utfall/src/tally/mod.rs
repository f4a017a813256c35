//! Tallies: sufficient counts of a register. After this point no row, id or date of a person exists any more.
//!
//! A row is looked at once. Each crossed column gives its level, each axis ([`axis`]) a class; together they are a
//! place in a [`histogram`] that is increased by one. All indicators are sums over that histogram: their conditions
//! are evaluated once for each signature that occurs, not for each row ([`accounting`]).

mod accounting;
mod axis;
mod count;
mod crossing;
mod histogram;
mod plan;
mod predicate;
mod reader;
mod truth;

use chrono::NaiveDate;

pub use accounting::Accounting;
pub use crossing::By;

pub(crate) use crossing::{CrossedColumn, check_by};
pub(crate) use plan::{Computable, Plan};
pub(crate) use predicate::Signature;

use count::Counter;
use histogram::Histogram;

use crate::data::{PersonIds, RegisterReader, Start, Table};
use crate::error::{Error, RegisterProblem, Result};
use crate::finding::{Finding, FindingCode, FindingLog, Subject};
use crate::project::Project;

/// The counts of one register, crossed and classified: everything that figures are made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    register: String,
    histogram: Histogram,
}

impl Tally {
    /// The register that was counted.
    pub fn register(&self) -> &str {
        &self.register
    }

    /// Calls `visit` with the levels of the crossed columns, the classes of the axes, and the units.
    pub(crate) fn visit(&self, plan: &Plan, mut visit: impl FnMut(&[u32], &[u32], u64)) {
        let crossed = plan.crossing.columns.len();
        self.histogram.visit(&mut |classes, units| {
            let (cell, signature) = classes.split_at(crossed);
            visit(cell, signature, units);
        });
    }
}

/// Counts the tables of one register, one after the other.
///
/// All rows of a person must go through one tallier, since it sees that no id repeats where the unit is a person.
///
/// ```
/// use utfall::data::{Table, Values};
/// use utfall::{By, Project, Tallier, day};
///
/// let project = Project::from_toml(
///     r#"
///     schema = 1
///     name = "Staff"
///     [registers.staff]
///     unit = "person"
///     columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
///     "#,
/// )?;
/// let as_of = day::parse("2022-06-30").unwrap();
/// let mut tallier = Tallier::new(&project, "staff", as_of, &By::Declared)?;
/// tallier.add(&Table::new([("Kön", Values::from_texts([Some("woman"), Some("kvinna")]))]))?;
/// let (tally, findings) = tallier.finish();
/// assert_eq!(tally.register(), "staff");
/// assert_eq!(findings[0].code.word(), "undeclared_spelling");
/// # Ok::<(), utfall::Error>(())
/// ```
#[derive(Debug)]
pub struct Tallier<'p> {
    project: &'p Project,
    register: &'p str,
    reader: RegisterReader<'p>,
    plan: Plan,
    counter: Counter,
    persons: PersonIds,
    log: FindingLog,
    start: Start,
}

impl<'p> Tallier<'p> {
    /// A tallier for a register of the project.
    ///
    /// # Errors
    ///
    /// If the register is not declared, or `by` names a column that no register can be crossed by.
    pub fn new(project: &'p Project, register: &str, as_of: NaiveDate, by: &By) -> Result<Self> {
        check_by(project, by)?;
        let reader = RegisterReader::new(project, register, as_of)?;
        let (name, declaration) = (reader.name(), reader.declaration());
        let plan = Plan::new(project, name, declaration, as_of, by)?;
        let counter = Counter::new(&plan);
        Ok(Self {
            project,
            register: name,
            reader,
            plan,
            counter,
            persons: PersonIds::new(),
            log: FindingLog::default(),
            start: Start { before: 0 },
        })
    }

    /// Counts the rows of a table.
    ///
    /// # Errors
    ///
    /// If a declared header is absent or stands twice, a column holds another type, a weight is not a whole number of
    /// 0 or more, or a person stands in two rows of a register whose unit is the person.
    pub fn add(&mut self, table: &Table<'_>) -> Result<()> {
        let register = self.reader.read(table, self.start, &mut self.persons, &mut self.log)?;
        let early = self
            .counter
            .add(&self.plan, &register, self.start.before + 1)
            .ok_or_else(|| Error::register(self.register, RegisterProblem::TooManyUnits))?;
        for (indicator, rows) in early {
            let indicator =
                self.project.indicators.get_index(indicator).map(|(name, _)| name.clone());
            let subject = Subject { register: self.register.to_owned(), column: None, indicator };
            self.log.note(FindingCode::KnownBeforeDue, subject, rows);
        }
        self.start.before += table.rows() as u64;
        Ok(())
    }

    /// The counts, and what was found on the way.
    pub fn finish(self) -> (Tally, Vec<Finding>) {
        let tally =
            Tally { register: self.register.to_owned(), histogram: self.counter.into_histogram() };
        (tally, self.log.into_findings())
    }
}
