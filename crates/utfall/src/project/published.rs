//! Figures already published, to be reconciled with each other and with the registers.

use schemars::{Schema, SchemaGenerator, json_schema};

use super::condition::Condition;
use super::decimal::Decimal;
use super::fault::{Faults, Problem};
use super::path::KeyPath;
use super::read::{Declared, Named};
use super::record::{record, words};
use super::tree::{Entry, Node, Value};

record! {
    /// Figures already published, to be reconciled.
    pub struct Published {
        /// Printed tables.
        tables: Vec<PrintedTable>,
        /// Figures claimed in prose.
        statements: Vec<Statement>,
        /// Claims that goals stand as they were set.
        unchanged: Vec<Unchanged>,
    }
}

record! {
    /// A claim in prose that goals are unchanged.
    pub struct Unchanged {
        /// What the claim is called in findings.
        id: String,
        /// Where it stands.
        source: Option<String>,
        /// The goals that it speaks of; left out: all.
        goals: Vec<String>,
    }
}

record! {
    /// A printed table of counts.
    pub struct PrintedTable {
        /// What the table is called in findings.
        id: String,
        /// Where it is printed.
        source: String,
        /// The register that it speaks of.
        register: String,
        /// The crossed columns: all but the last name the rows, the levels of the last stand as columns.
        by: Vec<String>,
        /// The rows.
        rows: Vec<PrintedRow>,
        /// The row of totals.
        total: Option<PrintedRow>,
        /// Of whom the table speaks; left out: everybody.
        of: Option<Condition>,
        /// The time that the table speaks of; left out: `project_end`. Figures of different times are not compared.
        at: Option<String>,
        /// The columns of which not every level is printed, so that a total may be larger than its parts.
        partial: Vec<String>,
        /// The columns of which a unit may stand in several levels, so that a total may be smaller than its parts.
        overlap: Vec<String>,
        /// How far every printed number may lie from the true one by design, as with the cell key method.
        tolerance: Option<u32>,
        /// What every printed number is rounded to a multiple of.
        rounded_to: Option<u32>,
    }
}

/// A row of a printed table: levels that name the row, and counts.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintedRow(pub Named<PrintedCell>);

/// A cell of a printed table.
#[derive(Debug, Clone, PartialEq)]
pub enum PrintedCell {
    /// The level that names the row.
    Level(String),
    /// A count.
    Count(u32),
}

impl PrintedTable {
    /// Every printed count with the levels that it stands for, each with its column; none: everybody.
    pub(crate) fn counts(&self) -> Vec<(Vec<(&str, &str)>, u32)> {
        let mut counts = Vec::new();
        let Some((last, rows)) = self.by.split_last() else { return counts };
        for row in self.rows.iter().chain(&self.total) {
            let of_row: Vec<(&str, &str)> = rows
                .iter()
                .filter_map(|column| match row.0.get(column) {
                    Some(PrintedCell::Level(level)) => Some((column.as_str(), level.as_str())),
                    _ => None,
                })
                .collect();
            for (key, cell) in &row.0 {
                let PrintedCell::Count(count) = cell else { continue };
                let own = (key != "total").then_some((last.as_str(), key.as_str()));
                counts.push((of_row.iter().copied().chain(own).collect(), *count));
            }
        }
        counts
    }
}

impl Declared for PrintedRow {
    fn read(node: &Node, path: &KeyPath, faults: &mut Faults) -> Option<Self> {
        let Value::Table(table) = &node.value else {
            faults.add(path, Problem::wrong_type("a row: a table of levels and counts", node));
            return None;
        };
        let cells = table.iter().filter_map(|Entry { key, node, .. }| {
            let path = path.key(key);
            let cell = match &node.value {
                Value::Text(level) => PrintedCell::Level(level.clone()),
                _ => PrintedCell::Count(u32::read(node, &path, faults)?),
            };
            Some((key.clone(), cell))
        });
        Some(Self(cells.collect()))
    }

    fn write(&self) -> Value {
        let cells = self.0.iter().map(|(key, cell)| {
            let value = match cell {
                PrintedCell::Level(level) => level.write(),
                PrintedCell::Count(count) => count.write(),
            };
            Entry::new(key, value)
        });
        Value::Table(cells.collect())
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "additionalProperties": { "oneOf": [{ "type": "string" }, { "type": "integer", "minimum": 0 }] }
        })
    }
}

record! {
    /// A figure claimed in prose.
    pub struct Statement {
        /// What the statement is called in findings.
        id: String,
        /// Where it stands.
        source: Option<String>,
        /// The register that it speaks of; left out where it speaks of money.
        register: Option<String>,
        /// What it says.
        says: Says,
        /// Of whom; left out: everybody.
        of: Option<Condition>,
        /// With which property.
        having: Option<Condition>,
        /// For a ratio: per whom.
        per: Option<Condition>,
        /// The money that it speaks of: one amount, or an amount and that which it is a share of.
        money: Vec<Amount>,
        /// The goal that the text offers this figure for.
        answers: Option<String>,
        /// Of whom the text speaks.
        of_whom: Option<Condition>,
        /// The time that the text speaks of; left out: `project_end`; `follow_up`: the time that the goal's indicator asks
        /// for. Figures of different times are not compared.
        at: Option<String>,
        /// How far a count may lie from the true one by design.
        tolerance: Option<u32>,
    }
}

record! {
    /// What a statement says; all parts are checked against each other.
    pub struct Says {
        /// A percentage, as printed.
        percent: Option<Decimal>,
        /// How many decimals the percentage or ratio is printed with; left out: as many as it is written with.
        decimals: Option<u32>,
        /// How it was rounded; left out: to the nearest, ties either way.
        rounding: Option<Rounding>,
        /// A number of units.
        count: Option<u32>,
        /// Of how many.
        n: Option<u32>,
        /// More than this percentage.
        over: Option<Decimal>,
        /// Less than this percentage.
        under: Option<Decimal>,
        /// This percentage or more.
        at_least: Option<Decimal>,
        /// This percentage or less.
        at_most: Option<Decimal>,
        /// A share in words.
        words: Option<ShareWords>,
        /// A share as so many out of so many, rounded: `[7, 10]`.
        out_of: Vec<u32>,
        /// How many of `having` there are for each of `per`.
        ratio: Option<Decimal>,
        /// The goal whose target and outcome the money is said to follow.
        in_proportion_to: Option<String>,
    }
}

impl Says {
    /// Whether there is anything to be checked.
    pub(crate) fn says_anything(&self) -> bool {
        self.count.is_some()
            || self.n.is_some()
            || self.ratio.is_some()
            || self.in_proportion_to.is_some()
            || self.says_a_share()
    }

    /// Whether a share is said, in whatever form.
    pub(crate) fn says_a_share(&self) -> bool {
        let limits = [&self.percent, &self.over, &self.under, &self.at_least, &self.at_most];
        limits.into_iter().any(Option::is_some) || self.words.is_some() || !self.out_of.is_empty()
    }
}

words! {
    /// How a printed number was rounded.
    pub enum Rounding {
        /// To the nearest, a tie upwards.
        HalfUp = "half_up",
        /// To the nearest, a tie to the even digit.
        HalfEven = "half_even",
        /// Down.
        Down = "down",
        /// Up.
        Up = "up",
    }
}

words! {
    /// Shares as texts say them.
    pub enum ShareWords {
        /// Nobody: 0 %.
        Nobody = "nobody",
        /// Less than half: under 50 %.
        LessThanHalf = "less_than_half",
        /// Almost half: from 45 % to under 55 %.
        AlmostHalf = "almost_half",
        /// Half: from 49.5 % to under 50.5 %.
        Half = "half",
        /// A little more than half: over 50 % to 55 %.
        LittleMoreThanHalf = "a_little_more_than_half",
        /// More than half: over 50 %.
        MoreThanHalf = "more_than_half",
        /// Everybody: 100 %.
        Everybody = "everybody",
    }
}

words! {
    /// An amount of the project's money.
    pub enum Amount {
        /// The first version of the plan.
        Plan = "plan",
        /// The latest version of the plan.
        RevisedPlan = "revised_plan",
        /// The cost that it came to.
        Outcome = "outcome",
    }
}
