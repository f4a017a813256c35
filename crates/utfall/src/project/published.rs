//! Figures already published, to be reconciled with each other and with the registers.

use schemars::{Schema, SchemaGenerator, json_schema};

use super::condition::Condition;
use super::decimal::Decimal;
use super::fault::{Faults, Problem};
use super::path::KeyPath;
use super::read::{Declared, Named};
use super::record::record;
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
        /// The register that it speaks of.
        register: String,
        /// What it says.
        says: Says,
        /// Of whom; left out: everybody.
        of: Option<Condition>,
        /// With which property.
        having: Option<Condition>,
        /// The goal that the text offers this figure for.
        answers: Option<String>,
        /// Of whom the text speaks.
        of_whom: Option<Condition>,
        /// The time that the text speaks of.
        at: Option<String>,
    }
}

record! {
    /// What a statement says; all parts are checked against each other.
    pub struct Says {
        /// A percentage, as printed.
        percent: Option<Decimal>,
        /// How many decimals it is printed with.
        decimals: Option<u32>,
        /// A number of units.
        count: Option<u32>,
        /// Of how many.
        n: Option<u32>,
    }
}
