//! A project file as a tree of values that know where they stand, before anything is read from it.
//!
//! TOML and JSON become the same tree, keys in the order of the file, and a tree becomes either again.

use std::fmt;
use std::ops::Range;

use chrono::NaiveDate;
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

use super::decimal::Decimal;
use super::path::{KeyPath, Segment};
use super::toml_text::to_text;

/// A value and the bytes of the file that it was read from (empty for JSON and for trees made from a project).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) span: Range<usize>,
}

/// What can stand in a project file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Integer(i64),
    Float(f64),
    Flag(bool),
    Date(NaiveDate),
    List(Vec<Node>),
    Table(Table),
    /// What TOML or JSON know and a project file has no use for, by name: a time of day, a null.
    Other(&'static str),
}

/// The entries of a table, in the order of the file.
pub(crate) type Table = Vec<Entry>;

/// A key of a table with its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Range<usize>,
    pub(crate) node: Node,
}

/// What makes a text no TOML or JSON at all: a sentence, and where.
#[derive(Debug)]
pub(crate) struct SyntaxFault {
    pub(crate) message: String,
    pub(crate) position: Option<(usize, usize)>,
}

impl Value {
    /// What this is, as a message says it.
    pub(crate) fn noun(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a decimal number",
            Self::Flag(_) => "true or false",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Other(noun) => noun,
        }
    }
}

impl Value {
    /// What this is, and a short text itself: a project file holds nothing that may not be told.
    pub(crate) fn told(&self) -> String {
        const LONGEST: usize = 40;
        match self {
            Self::Text(text) if text.chars().count() <= LONGEST => format!("the text `{text}`"),
            other => other.noun().to_owned(),
        }
    }
}

impl From<Value> for Node {
    fn from(value: Value) -> Self {
        Self { value, span: 0..0 }
    }
}

impl Entry {
    pub(crate) fn new(key: &str, value: Value) -> Self {
        Self { key: key.to_owned(), key_span: 0..0, node: value.into() }
    }
}

impl Node {
    /// The tree of a TOML text, or everything that its syntax is wrong in.
    pub(crate) fn from_toml(text: &str) -> Result<Self, Vec<SyntaxFault>> {
        let (table, errors) = DeTable::parse_recoverable(text);
        if errors.is_empty() {
            return Ok(Self {
                value: Value::Table(toml_table(table.get_ref())),
                span: table.span(),
            });
        }
        Err(errors
            .iter()
            .map(|error| SyntaxFault {
                message: error.message().to_owned(),
                position: error.span().map(|span| position(text, span.start)),
            })
            .collect())
    }

    /// The tree of a JSON text, or what its syntax is wrong in.
    pub(crate) fn from_json(text: &str) -> Result<Self, Vec<SyntaxFault>> {
        serde_json::from_str::<Self>(text).map_err(|error| {
            let message = error.to_string();
            // The library ends its texts with the position, which is told apart here.
            let message = message.split(" at line ").next().unwrap_or_default().to_owned();
            vec![SyntaxFault { message, position: Some((error.line(), error.column())) }]
        })
    }

    /// The value at a path, if the file has it.
    pub(crate) fn at(&self, path: &KeyPath) -> Option<&Self> {
        path.segments().iter().try_fold(self, |node, segment| match (segment, &node.value) {
            (Segment::Key(key), Value::Table(table)) => {
                table.iter().find(|entry| entry.key == *key).map(|entry| &entry.node)
            }
            (Segment::Index(index), Value::List(list)) => list.get(*index),
            _ => None,
        })
    }

    /// The bytes to point at for a path: its key, or its list element, or the nearest thing above that the file has.
    pub(crate) fn span_of(&self, path: &KeyPath) -> Range<usize> {
        let mut node = self;
        let mut span = 0..0;
        for segment in path.segments() {
            match (segment, &node.value) {
                (Segment::Key(key), Value::Table(table)) => {
                    let Some(entry) = table.iter().find(|entry| entry.key == *key) else {
                        break;
                    };
                    span = entry.key_span.clone();
                    node = &entry.node;
                }
                (Segment::Index(index), Value::List(list)) => {
                    let Some(element) = list.get(*index) else {
                        break;
                    };
                    span = element.span.clone();
                    node = element;
                }
                _ => break,
            }
        }
        span
    }

    /// This tree as TOML text.
    pub(crate) fn to_toml(&self) -> String {
        match &self.value {
            Value::Table(table) => to_text(table),
            _ => String::new(),
        }
    }

    /// This tree as JSON text, indented.
    pub(crate) fn to_json(&self) -> String {
        format!("{:#}\n", json_value(&self.value))
    }
}

/// Line and column of a byte, both counted from 1, columns in characters.
pub(crate) fn position(text: &str, byte: usize) -> (usize, usize) {
    // Spans begin at characters; the text up to one that did not would be the whole text.
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

fn toml_table(table: &DeTable<'_>) -> Table {
    table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_span: key.span(),
            node: Node { value: from_toml_value(value.get_ref()), span: value.span() },
        })
        .collect()
}

fn from_toml_value(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(Value::Other("a number of more than 18 digits"), Value::Integer),
        DeValue::Float(number) => number
            .as_str()
            .parse()
            .map_or(Value::Other("a number that cannot be read"), Value::Float),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(moment) => from_toml_date(moment),
        DeValue::Array(list) => Value::List(
            list.iter()
                .map(|item| Node { value: from_toml_value(item.get_ref()), span: item.span() })
                .collect(),
        ),
        DeValue::Table(table) => Value::Table(toml_table(table)),
    }
}

fn from_toml_date(moment: &Datetime) -> Value {
    match (moment.date, moment.time) {
        (Some(date), None) => {
            NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
                .map_or(Value::Other("a day that does not exist"), Value::Date)
        }
        _ => Value::Other("a time of day"),
    }
}

fn json_value(value: &Value) -> serde_json::Value {
    match value {
        Value::Text(text) => text.clone().into(),
        Value::Integer(number) => (*number).into(),
        Value::Float(number) => (*number).into(),
        Value::Flag(flag) => (*flag).into(),
        Value::Date(day) => day.to_string().into(),
        Value::List(list) => list.iter().map(|node| json_value(&node.value)).collect(),
        Value::Table(table) => serde_json::Value::Object(
            table.iter().map(|entry| (entry.key.clone(), json_value(&entry.node.value))).collect(),
        ),
        Value::Other(noun) => (*noun).into(),
    }
}

impl From<&Decimal> for Value {
    fn from(decimal: &Decimal) -> Self {
        decimal.to_integer().map_or_else(|| Self::Float(decimal.to_f64()), Self::Integer)
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor).map(Self::from)
    }
}

/// Builds a tree from JSON; unlike `serde_json::Value` it refuses a key that stands twice.
struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Integer(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(i64::try_from(number)
            .map_or(Value::Other("a number of more than 18 digits"), Value::Integer))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Float(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Other("null"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(node) = sequence.next_element()? {
            list.push(node);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut table = Table::new();
        while let Some((key, node)) = map.next_entry::<String, Node>()? {
            if table.iter().any(|entry| entry.key == key) {
                return Err(de::Error::custom(format_args!("the key `{key}` stands twice")));
            }
            table.push(Entry { key, key_span: 0..0, node });
        }
        Ok(Value::Table(table))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toml_and_json_give_the_same_values_in_the_order_of_the_file() {
        let toml = Node::from_toml("b = 1\na = [\"x\", 0.5]\nday = true\n").unwrap();
        let json = Node::from_json(r#"{"b": 1, "a": ["x", 0.5], "day": true}"#).unwrap();
        assert_eq!(toml.to_json(), json.to_json());
        assert_eq!(json.to_toml(), toml.to_toml());
    }

    #[test]
    fn a_json_key_that_stands_twice_is_refused() {
        let faults = Node::from_json(r#"{"a": 1, "a": 2}"#).unwrap_err();
        assert_eq!(faults[0].message, "the key `a` stands twice");
    }

    #[test]
    fn all_syntax_faults_are_told_with_line_and_column() {
        let faults = Node::from_toml("a = \nb = 1\nc = ]\n").unwrap_err();
        assert!(faults.len() >= 2, "{faults:?}");
        let lines: Vec<_> = faults.iter().filter_map(|fault| Some(fault.position?.0)).collect();
        assert!(lines.contains(&1) && lines.contains(&3), "{lines:?}");
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        assert_eq!(position("å = 1\nää = 2", "å = 1\nää".len()), (2, 3));
    }
}
