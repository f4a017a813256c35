//! Conditions: predicates on one row, written as tables.

use std::fmt;

use chrono::NaiveDate;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::decimal::Decimal;
use super::fault::{Faults, Problem};
use super::path::KeyPath;
use super::read::{Declared, Fields, list_schema, read_list, write_list};
use super::record::record;
use super::tree::{Entry, Node, Table, Value};

/// A predicate on one row: true, false or unknown.
///
/// A table of the project file; several keys mean *and*. A null makes a comparison unknown. `any`, `all` and `not`
/// follow Kleene logic: `any` is true as soon as one part is true, whatever the others are.
///
/// ```toml
/// having = { status_3m = ["work", "studies"] }
/// of = { completed = { known = true }, not = { reason = "ill" } }
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Condition(pub Vec<Clause>);

/// One key of a condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause {
    /// `any = [...]`: at least one of the conditions.
    Any(Vec<Condition>),
    /// `all = [...]`: every one of the conditions.
    All(Vec<Condition>),
    /// `not = {...}`.
    Not(Condition),
    /// `change = {...}`: how far a unit moved from one column to another.
    Change(Change),
    /// `column = ...`: a test of one column.
    Column(String, Test),
}

/// What a column's value is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// `column = "level"`.
    Is(Literal),
    /// `column = ["level", "level"]`: one of these.
    In(Vec<Literal>),
    /// `column = { at_least = 12 }` and the like.
    Within(Bounds),
}

record! {
    /// Bounds that a value lies within; several keys mean *and*.
    pub struct Bounds {
        /// Whether the value is known; the one test that a null answers with true or false.
        known: Option<bool>,
        /// The smallest value, itself included; for an ordinal column the lowest level.
        at_least: Option<Literal>,
        /// The largest value, itself included.
        at_most: Option<Literal>,
        /// The smallest and the largest value, both included.
        between: Vec<Literal>,
    }
}

record! {
    /// A movement from one column to another: steps of an ordinal scale, or a difference of numbers.
    pub struct Change {
        /// The column before.
        from: String,
        /// The column after.
        to: String,
        /// The smallest movement, itself included.
        at_least: Option<Decimal>,
        /// The largest movement, itself included.
        at_most: Option<Decimal>,
    }
}

/// A plain value of a condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// A level's code.
    Text(String),
    /// A number.
    Number(Decimal),
    /// True or false.
    Flag(bool),
    /// A day.
    Day(NaiveDate),
}

impl fmt::Display for Literal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => formatter.write_str(text),
            Self::Number(number) => number.fmt(formatter),
            Self::Flag(flag) => flag.fmt(formatter),
            Self::Day(day) => day.fmt(formatter),
        }
    }
}

impl Condition {
    /// The words of conditions; no column bears one of them.
    pub(crate) const WORDS: &'static [&'static str] =
        &["any", "all", "not", "change", "known", "at_least", "at_most", "between", "from", "to"];

    /// Calls `visit` with the name of every column that the condition reads.
    pub(crate) fn visit_columns<'a>(&'a self, visit: &mut dyn FnMut(&'a str)) {
        for clause in &self.0 {
            match clause {
                Clause::Any(parts) | Clause::All(parts) => {
                    parts.iter().for_each(|part| part.visit_columns(visit));
                }
                Clause::Not(part) => part.visit_columns(visit),
                Clause::Change(change) => {
                    visit(&change.from);
                    visit(&change.to);
                }
                Clause::Column(column, _) => visit(column),
            }
        }
    }
}

impl Declared for Condition {
    fn read(node: &Node, path: &KeyPath, faults: &mut Faults) -> Option<Self> {
        let Value::Table(table) = &node.value else {
            faults.add(path, Problem::wrong_type("a condition: a table", node));
            return None;
        };
        let clauses = table
            .iter()
            .map(|entry| Clause::take(entry, &path.key(&entry.key), faults))
            .collect::<Vec<_>>();
        clauses.into_iter().collect::<Option<_>>().map(Self)
    }

    fn write(&self) -> Value {
        Value::Table(self.0.iter().map(Clause::put).collect())
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Self>()
    }
}

impl JsonSchema for Condition {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Condition".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let conditions = list_schema::<Self>(generator);
        let condition = Self::schema(generator);
        let change = Change::schema(generator);
        let test = Test::schema(generator);
        json_schema!({
            "description": "A predicate on one row; several keys mean and. Keys are columns, any, all, not, change.",
            "type": "object",
            "properties": { "any": conditions, "all": conditions, "not": condition, "change": change },
            "additionalProperties": test
        })
    }
}

impl Clause {
    fn take(entry: &Entry, path: &KeyPath, faults: &mut Faults) -> Option<Self> {
        let node = &entry.node;
        match entry.key.as_str() {
            "any" => read_parts(node, path, faults).map(Self::Any),
            "all" => read_parts(node, path, faults).map(Self::All),
            "not" => Condition::read(node, path, faults).map(Self::Not),
            "change" => Change::read(node, path, faults).map(Self::Change),
            column => {
                Test::read(node, path, faults).map(|test| Self::Column(column.to_owned(), test))
            }
        }
    }

    fn put(&self) -> Entry {
        match self {
            Self::Any(parts) => Entry::new("any", write_list(parts)),
            Self::All(parts) => Entry::new("all", write_list(parts)),
            Self::Not(part) => Entry::new("not", part.write()),
            Self::Change(change) => Entry::new("change", change.write()),
            Self::Column(column, test) => Entry::new(column, test.write()),
        }
    }
}

fn read_parts(node: &Node, path: &KeyPath, faults: &mut Faults) -> Option<Vec<Condition>> {
    let parts = read_list::<Condition>(node, path, faults)?;
    if parts.is_empty() {
        faults.add(
            path,
            Problem::conflict("an empty list decides nothing; name at least one condition"),
        );
        return None;
    }
    Some(parts)
}

impl Declared for Test {
    fn read(node: &Node, path: &KeyPath, faults: &mut Faults) -> Option<Self> {
        match &node.value {
            Value::List(_) => read_list(node, path, faults).map(Self::In),
            Value::Table(_) => {
                let mut fields = Fields::of(node, path, faults)?;
                let bounds = Bounds::take_fields(&mut fields);
                fields.finish();
                bounds.map(Self::Within)
            }
            _ => Literal::read(node, path, faults).map(Self::Is),
        }
    }

    fn write(&self) -> Value {
        match self {
            Self::Is(literal) => literal.write(),
            Self::In(literals) => write_list(literals),
            Self::Within(bounds) => {
                let mut table = Table::new();
                bounds.put_fields(&mut table);
                Value::Table(table)
            }
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let literal = Literal::schema(generator);
        let literals = list_schema::<Literal>(generator);
        let bounds = Bounds::schema(generator);
        json_schema!({ "anyOf": [literal, literals, bounds] })
    }
}

impl Declared for Literal {
    fn read(node: &Node, path: &KeyPath, faults: &mut Faults) -> Option<Self> {
        match &node.value {
            // JSON has no dates: a text in their form is one, in TOML too, so that both read alike.
            Value::Text(text) => {
                Some(crate::day::parse(text).map_or_else(|| Self::Text(text.clone()), Self::Day))
            }
            Value::Flag(flag) => Some(Self::Flag(*flag)),
            Value::Date(day) => Some(Self::Day(*day)),
            Value::Integer(_) | Value::Float(_) => {
                Decimal::read(node, path, faults).map(Self::Number)
            }
            _ => {
                faults.add(
                    path,
                    Problem::wrong_type("a level, a number, a date, true or false", node),
                );
                None
            }
        }
    }

    fn write(&self) -> Value {
        match self {
            Self::Text(text) => text.write(),
            Self::Number(number) => number.write(),
            Self::Flag(flag) => flag.write(),
            Self::Day(day) => day.write(),
        }
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number", "boolean"] })
    }
}
