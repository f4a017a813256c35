//! How the declared types are read from a tree, written to one, and described in the JSON Schema.
//!
//! A type that can stand as a value is [`Declared`]; a type that can stand in a table, under a key or as several keys
//! of the table itself, is a [`Field`]. The macros in `record.rs` write both for plain records and closed lists of
//! words, so that reader, writer and schema cannot drift apart.

use chrono::NaiveDate;
use indexmap::IndexMap;
use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value as Json, json};

use super::decimal::Decimal;
use super::fault::{Faults, Problem, nearest};
use super::path::KeyPath;
use super::tree::{Entry, Node, Table, Value};
use crate::day::Delay;

/// Named things in the order of the file.
pub type Named<T> = IndexMap<String, T>;

/// A type that is read from one value of a project file.
pub(crate) trait Declared: Sized {
    /// Reads it, noting every fault; `None` where it cannot be made.
    fn read(node: &Node, path: &KeyPath, faults: &mut Faults) -> Option<Self>;

    /// Writes it so that reading gives an equal one.
    fn write(&self) -> Value;

    /// What may stand in its place.
    fn schema(generator: &mut SchemaGenerator) -> Schema;

    /// What a reader goes on with when a required value is missing or wrong, so that later faults are found too. The
    /// reading fails all the same.
    fn stand_in() -> Option<Self> {
        None
    }
}

/// A type that is read from the entries of a table.
pub(crate) trait Field: Sized {
    /// Takes it from under `key`, or from several keys of its own.
    fn take(fields: &mut Fields<'_>, key: &'static str) -> Option<Self>;

    /// Puts it back; puts nothing where it is empty.
    fn put(&self, table: &mut Table, key: &'static str);

    /// Adds its properties to the schema of the table.
    fn describe(object: &mut ObjectSchema<'_>, key: &'static str, description: &str);
}

/// The entries of one table while it is read.
pub(crate) struct Fields<'a> {
    table: &'a [Entry],
    path: KeyPath,
    known: Vec<&'static str>,
    /// Whether it is known which keys the table may have.
    is_known: bool,
    pub(crate) faults: &'a mut Faults,
}

impl<'a> Fields<'a> {
    /// The fields of a node, which must be a table.
    pub(crate) fn of(node: &'a Node, path: &KeyPath, faults: &'a mut Faults) -> Option<Self> {
        if let Value::Table(table) = &node.value {
            Some(Self { table, path: path.clone(), known: Vec::new(), is_known: true, faults })
        } else {
            faults.add(path, Problem::wrong_type("a table", node));
            None
        }
    }

    pub(crate) fn path(&self) -> &KeyPath {
        &self.path
    }

    /// The node under a key, which is a known one from now on.
    pub(crate) fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        self.known.push(key);
        self.table.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    /// A value that must be there.
    fn required<T: Declared>(&mut self, key: &'static str) -> Option<T> {
        let path = self.path.key(key);
        let read = if let Some(node) = self.node(key) {
            T::read(node, &path, self.faults)
        } else {
            self.missing(key, "it is required here");
            None
        };
        read.or_else(T::stand_in)
    }

    /// A value that may be left out: `Some(None)` if it is, `None` if it cannot be read.
    pub(crate) fn optional<T: Declared>(&mut self, key: &'static str) -> Option<T> {
        let path = self.path.key(key);
        self.node(key).and_then(|node| T::read(node, &path, self.faults))
    }

    /// Notes that a key is missing.
    pub(crate) fn missing(&mut self, key: &str, expected: &str) {
        let problem = Problem::MissingKey { key: key.to_owned(), expected: expected.to_owned() };
        self.faults.add(&self.path.key(key), problem);
    }

    /// Says that it cannot be known which keys the table may have, since what decides that could not be read.
    pub(crate) fn give_up(&mut self) {
        self.is_known = false;
    }

    /// Notes every key that nobody asked for.
    pub(crate) fn finish(self) {
        if !self.is_known {
            return;
        }
        let expected: Vec<String> = self.known.iter().map(|key| (*key).to_owned()).collect();
        for entry in self.table.iter().filter(|entry| !self.known.contains(&entry.key.as_str())) {
            let problem = Problem::UnknownKey {
                key: entry.key.clone(),
                expected: expected.clone(),
                suggestion: nearest(&entry.key, &expected),
            };
            self.faults.add_beside(&self.path.key(&entry.key), problem);
        }
    }
}

/// The schema of a table while its fields describe themselves.
pub(crate) struct ObjectSchema<'a> {
    pub(crate) generator: &'a mut SchemaGenerator,
    properties: Map<String, Json>,
    required: Vec<&'static str>,
    variants: Vec<(Map<String, Json>, Vec<&'static str>)>,
}

impl<'a> ObjectSchema<'a> {
    pub(crate) fn new(generator: &'a mut SchemaGenerator) -> Self {
        Self { generator, properties: Map::new(), required: Vec::new(), variants: Vec::new() }
    }

    /// Adds one property.
    pub(crate) fn property(&mut self, key: &'static str, schema: Schema, description: &str) {
        let mut schema = schema;
        if !description.trim().is_empty() {
            schema.insert("description".to_owned(), description.trim().into());
        }
        self.properties.insert(key.to_owned(), schema.to_value());
    }

    /// Says that the property added last must be there.
    pub(crate) fn require(&mut self, key: &'static str) {
        self.required.push(key);
    }

    /// Adds one alternative: the fields that the table has when `tag` is `word`.
    pub(crate) fn variant(
        &mut self,
        tag: &'static str,
        word: &str,
        describe: impl FnOnce(&mut ObjectSchema<'_>),
    ) {
        let mut own = ObjectSchema::new(self.generator);
        own.property(tag, json_schema!({ "const": word }), "");
        own.require(tag);
        describe(&mut own);
        let (properties, required) = (own.properties, own.required);
        self.variants.push((properties, required));
    }

    /// The schema of the whole table; nothing else may stand in it.
    pub(crate) fn finish(self, description: &str) -> Schema {
        let Self { properties, required, variants, .. } = self;
        let closed = |own: Map<String, Json>, own_required: Vec<&'static str>| {
            let mut all = properties.clone();
            all.extend(own);
            let required: Vec<_> = required.iter().copied().chain(own_required).collect();
            json!({
                "type": "object", "properties": all, "required": required, "additionalProperties": false
            })
        };
        let mut schema = if variants.is_empty() {
            closed(Map::new(), Vec::new())
        } else {
            let alternatives: Vec<Json> =
                variants.into_iter().map(|(own, required)| closed(own, required)).collect();
            json!({ "oneOf": alternatives })
        };
        schema["description"] = description.trim().into();
        Schema::try_from(schema).unwrap_or_default()
    }
}

impl<T: Declared> Field for T {
    fn take(fields: &mut Fields<'_>, key: &'static str) -> Option<Self> {
        fields.required(key)
    }

    fn put(&self, table: &mut Table, key: &'static str) {
        table.push(Entry::new(key, self.write()));
    }

    fn describe(object: &mut ObjectSchema<'_>, key: &'static str, description: &str) {
        let schema = T::schema(object.generator);
        object.property(key, schema, description);
        object.require(key);
    }
}

impl<T: Declared> Field for Option<T> {
    fn take(fields: &mut Fields<'_>, key: &'static str) -> Option<Self> {
        Some(fields.optional(key))
    }

    fn put(&self, table: &mut Table, key: &'static str) {
        if let Some(value) = self {
            value.put(table, key);
        }
    }

    fn describe(object: &mut ObjectSchema<'_>, key: &'static str, description: &str) {
        let schema = T::schema(object.generator);
        object.property(key, schema, description);
    }
}

impl<T: Declared> Field for Vec<T> {
    fn take(fields: &mut Fields<'_>, key: &'static str) -> Option<Self> {
        let path = fields.path().key(key);
        let Some(node) = fields.node(key) else {
            return Some(Self::new());
        };
        Some(read_list(node, &path, fields.faults).unwrap_or_default())
    }

    fn put(&self, table: &mut Table, key: &'static str) {
        if !self.is_empty() {
            table.push(Entry::new(key, write_list(self)));
        }
    }

    fn describe(object: &mut ObjectSchema<'_>, key: &'static str, description: &str) {
        let schema = list_schema::<T>(object.generator);
        object.property(key, schema, description);
    }
}

impl<T: Declared> Field for Named<T> {
    fn take(fields: &mut Fields<'_>, key: &'static str) -> Option<Self> {
        let path = fields.path().key(key);
        let Some(node) = fields.node(key) else {
            return Some(Self::new());
        };
        let Value::Table(table) = &node.value else {
            fields.faults.add(&path, Problem::wrong_type("a table", node));
            return Some(Self::new());
        };
        let entries = table.iter().filter_map(|entry| {
            let read = T::read(&entry.node, &path.key(&entry.key), fields.faults)?;
            Some((entry.key.clone(), read))
        });
        Some(entries.collect())
    }

    fn put(&self, table: &mut Table, key: &'static str) {
        if !self.is_empty() {
            let entries = self.iter().map(|(name, value)| Entry::new(name, value.write()));
            table.push(Entry::new(key, Value::Table(entries.collect())));
        }
    }

    fn describe(object: &mut ObjectSchema<'_>, key: &'static str, description: &str) {
        let schema = T::schema(object.generator);
        object.property(
            key,
            json_schema!({ "type": "object", "additionalProperties": schema }),
            description,
        );
    }
}

/// Reads a list; elements that cannot be read are left out, their faults noted.
pub(crate) fn read_list<T: Declared>(
    node: &Node,
    path: &KeyPath,
    faults: &mut Faults,
) -> Option<Vec<T>> {
    let Value::List(list) = &node.value else {
        faults.add(path, Problem::wrong_type("a list", node));
        return None;
    };
    let elements = list.iter().enumerate();
    Some(elements.filter_map(|(index, item)| T::read(item, &path.index(index), faults)).collect())
}

pub(crate) fn write_list<T: Declared>(list: &[T]) -> Value {
    Value::List(list.iter().map(|item| item.write().into()).collect())
}

pub(crate) fn list_schema<T: Declared>(generator: &mut SchemaGenerator) -> Schema {
    let items = T::schema(generator);
    json_schema!({ "type": "array", "items": items })
}

/// Reads a plain value, or notes what was expected.
fn scalar<T>(
    node: &Node,
    path: &KeyPath,
    faults: &mut Faults,
    expected: &str,
    read: impl FnOnce(&Value) -> Option<T>,
) -> Option<T> {
    let value = read(&node.value);
    if value.is_none() {
        faults.add(path, Problem::wrong_type(expected, node));
    }
    value
}

impl Declared for String {
    fn read(node: &Node, path: &KeyPath, faults: &mut Faults) -> Option<Self> {
        scalar(node, path, faults, "text", |value| match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        })
    }

    fn write(&self) -> Value {
        Value::Text(self.clone())
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }

    fn stand_in() -> Option<Self> {
        Some(Self::new())
    }
}

impl Declared for bool {
    fn read(node: &Node, path: &KeyPath, faults: &mut Faults) -> Option<Self> {
        scalar(node, path, faults, "true or false", |value| match value {
            Value::Flag(flag) => Some(*flag),
            _ => None,
        })
    }

    fn write(&self) -> Value {
        Value::Flag(*self)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "boolean" })
    }
}

impl Declared for u32 {
    fn read(node: &Node, path: &KeyPath, faults: &mut Faults) -> Option<Self> {
        const EXPECTED: &str = "a whole number, 0 or more";
        let read = match node.value {
            Value::Integer(number) => Self::try_from(number).ok(),
            _ => None,
        };
        if let (None, Value::Integer(number)) = (read, &node.value) {
            let (expected, found) = (EXPECTED.to_owned(), number.to_string());
            faults.add(path, Problem::WrongType { expected, found });
        }
        if read.is_none() {
            faults.add(path, Problem::wrong_type(EXPECTED, node));
        }
        read
    }

    fn write(&self) -> Value {
        Value::Integer((*self).into())
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 0 })
    }

    fn stand_in() -> Option<Self> {
        Some(1)
    }
}

impl Declared for i64 {
    fn read(node: &Node, path: &KeyPath, faults: &mut Faults) -> Option<Self> {
        scalar(node, path, faults, "a whole number", |value| match value {
            Value::Integer(number) => Some(*number),
            _ => None,
        })
    }

    fn write(&self) -> Value {
        Value::Integer(*self)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer" })
    }
}

impl Declared for Decimal {
    fn read(node: &Node, path: &KeyPath, faults: &mut Faults) -> Option<Self> {
        scalar(node, path, faults, "a number of at most 18 digits", |value| match value {
            Value::Integer(number) => Some(Self::from_integer(*number)),
            Value::Float(number) => Self::from_f64(*number),
            _ => None,
        })
    }

    fn write(&self) -> Value {
        self.into()
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number" })
    }
}

impl Declared for Delay {
    fn read(node: &Node, path: &KeyPath, faults: &mut Faults) -> Option<Self> {
        let expected = "`exit` for the day itself, or a time after it like `+28 d` or `+3 months`";
        scalar(node, path, faults, expected, |value| match value {
            Value::Text(text) => Self::parse(text),
            _ => None,
        })
    }

    fn write(&self) -> Value {
        Value::Text(self.to_string())
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        let pattern = r"^(exit|\+ *[0-9]+ *(d|days?|months?))$";
        json_schema!({ "type": "string", "pattern": pattern })
    }
}

impl Declared for NaiveDate {
    fn read(node: &Node, path: &KeyPath, faults: &mut Faults) -> Option<Self> {
        // JSON has no dates: a text in their form is one.
        scalar(node, path, faults, "a date like 2022-06-30", |value| match value {
            Value::Date(day) => Some(*day),
            Value::Text(text) => crate::day::parse(text),
            _ => None,
        })
    }

    fn write(&self) -> Value {
        Value::Date(*self)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}
