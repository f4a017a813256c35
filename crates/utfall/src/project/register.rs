//! Registers: which tables there are and how their columns are to be read.

use schemars::{Schema, SchemaGenerator, json_schema};

use super::condition::{Condition, Literal};
use super::decimal::Decimal;
use super::fault::{Faults, Problem};
use super::labels::Labels;
use super::path::KeyPath;
use super::read::{Declared, Field, Fields, Named, ObjectSchema};
use super::record::{record, words};
use super::tree::{Entry, Node, Table, Value};

record! {
    /// One table of the project: what a row is and how its columns are read.
    pub struct Register {
        /// The name of the register.
        labels: Labels,
        /// What one row is: `person`, `enrolment`, `employer`, `meeting`, any word.
        unit: String,
        /// Header of the column that identifies a person; hashed at the door and never kept.
        person: Option<String>,
        /// Header of a column of counts, for a table that is already aggregated: a row stands for that many units.
        weight: Option<String>,
        /// Whether a person with several rows counts once (`persons`) or each row counts (`units`, the default).
        count: Option<Counting>,
        /// The date column that opens an enrolment, for `count = "persons"`.
        starts: Option<String>,
        /// The date column that closes an enrolment, for `count = "persons"`.
        ends: Option<String>,
        /// The columns crossed in every figure, with all margins.
        by: Vec<String>,
        /// The columns, by name.
        columns: Named<Column>,
        /// Conditions of the target group; checked, never enforced.
        eligible: Vec<Eligible>,
        /// What has to hold in every row; checked, never enforced.
        rules: Vec<Rule>,
        /// The columns that a complete record knows, such as those that a funder asks for.
        mandatory: Vec<String>,
        /// Columns that are known to hold identity numbers, telephone numbers, e-mail or names.
        identifying: Vec<Identifying>,
        /// How many were asked to answer, for the response rate of a survey.
        invited: Option<u32>,
    }
}

words! {
    /// What is counted in a register of enrolments.
    pub enum Counting {
        /// One person once per project, by the rule of the European Social Fund.
        Persons = "persons",
        /// Every row.
        Units = "units",
    }
}

record! {
    /// A column: its header in the table, its type, and the levels and spellings of its values.
    pub struct Column {
        /// Takes the declaration over from `register.column`; a header given beside it is this register's own.
        like: Option<String>,
        /// The header in the table, after trimming.
        header: Option<String>,
        /// What the values are.
        kind as "type": Option<ColumnType>,
        /// The levels in order; for a flag the spellings of `true` and `false`.
        levels: Levels,
        /// The level column that this one lies within: a municipality within a sub-project.
        parent: Option<String>,
        /// How many decimals of a number count when numbers are compared.
        decimals: Option<u32>,
        /// The smallest number that can be right.
        at_least: Option<Decimal>,
        /// The largest number that can be right.
        at_most: Option<Decimal>,
        /// The instrument by which the values are rated, and by whom.
        instrument: Option<String>,
        /// What the number of a person with several enrolments is, for `count = "persons"`; left out: `total`.
        of_person: Option<OfPerson>,
        /// Why the source has no such column; what needs it is not assessable for that reason.
        absent: Option<String>,
        /// Whether the column holds sensitive personal data; it then needs a legal basis.
        sensitive: Option<bool>,
        /// The legal basis for keeping a sensitive column.
        legal_basis: Option<String>,
    }
}

words! {
    /// What the number of a person with several enrolments is.
    pub enum OfPerson {
        /// The sum over the enrolments, as of costs or hours; unknown where one of them is.
        Total = "total",
        /// That of the first enrolment, as of an age.
        First = "first",
        /// The last that is known, as of a score that is taken again.
        Last = "last",
    }
}

impl Column {
    /// What the values are; a column that has taken its declaration over always has a type.
    pub fn column_type(&self) -> ColumnType {
        self.kind.unwrap_or(ColumnType::Level)
    }
}

words! {
    /// What the values of a column are.
    pub enum ColumnType {
        /// One of several levels without an order of better and worse.
        Level = "level",
        /// One of several levels that rise in the order in which they are declared.
        Ordinal = "ordinal",
        /// A day.
        Date = "date",
        /// A number.
        Number = "number",
        /// True or false; read from `1`/`0`, `ja`/`nej`, `true`/`false` and declared spellings.
        Flag = "flag",
    }
}

/// The words that stand for true and false in any case.
pub(crate) const FLAG_WORDS: [(&str, bool); 8] = [
    ("true", true),
    ("false", false),
    ("ja", true),
    ("nej", false),
    ("1", true),
    ("0", false),
    // As Swedish spreadsheets write them.
    ("sant", true),
    ("falskt", false),
];

impl ColumnType {
    /// Whether the values are one of a list of levels, so that figures can be crossed by the column.
    pub const fn has_levels(self) -> bool {
        matches!(self, Self::Level | Self::Ordinal | Self::Flag)
    }
}

record! {
    /// Who belongs to the target group, in one part of the project or in all of it.
    pub struct Eligible {
        /// The part that it speaks of; left out: all.
        within: Option<Condition>,
        /// The condition that a unit of the target group meets.
        of: Condition,
        /// Where the condition stands.
        source: Option<String>,
    }
}

record! {
    /// What has to hold in every row that a condition is true of.
    pub struct Rule {
        /// What the rule says.
        labels: Labels,
        /// The rows that it speaks of; left out: all.
        of: Option<Condition>,
        /// What has to hold in them.
        must: Condition,
    }
}

record! {
    /// A column that is known to hold what identifies a person, and may.
    pub struct Identifying {
        /// Its header in the table.
        header: String,
        /// The legal basis for keeping it.
        legal_basis: String,
    }
}

/// One level of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// The code, as conditions and tables write it.
    pub code: String,
    /// Its names; they match in data too.
    pub labels: Labels,
    /// Further spellings in real files.
    pub spellings: Vec<String>,
    /// The level of the parent column that this one lies within.
    pub parent: Option<String>,
}

impl Level {
    fn of_code(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            labels: Labels::default(),
            spellings: Vec::new(),
            parent: None,
        }
    }

    /// Code, labels and spellings: every text that stands for this level.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let code = std::iter::once(self.code.as_str());
        code.chain(self.labels.texts()).chain(self.spellings.iter().map(String::as_str))
    }

    fn take(entry: &Entry, path: &KeyPath, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(&entry.node, path, faults)?;
        let labels = Labels::take(&mut fields, "")?;
        let spellings = Vec::take(&mut fields, "spellings")?;
        let parent = fields.optional("parent");
        fields.finish();
        Some(Self { code: entry.key.clone(), labels, spellings, parent })
    }

    fn put(&self) -> Value {
        let mut table = Table::new();
        self.labels.put(&mut table, "");
        self.spellings.put(&mut table, "spellings");
        self.parent.put(&mut table, "parent");
        Value::Table(table)
    }
}

/// The levels of a column in order; a list of codes, or a table of code to names and spellings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Levels(pub Vec<Level>);

impl Levels {
    /// The position of a code.
    pub fn position(&self, code: &str) -> Option<usize> {
        self.0.iter().position(|level| level.code == code)
    }

    /// The codes in order.
    pub fn codes(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.iter().map(|level| level.code.as_str())
    }
}

impl Field for Levels {
    fn take(fields: &mut Fields<'_>, key: &'static str) -> Option<Self> {
        let path = fields.path().key(key);
        let Some(node) = fields.node(key) else {
            return Some(Self::default());
        };
        let faults = &mut *fields.faults;
        let levels = match &node.value {
            Value::List(list) => read_codes(list, &path, faults),
            Value::Table(table) => table
                .iter()
                .filter_map(|entry| Level::take(entry, &path.key(&entry.key), faults))
                .collect(),
            _ => {
                faults.add(&path, Problem::wrong_type("a list or a table of levels", node));
                Vec::new()
            }
        };
        Some(Self(levels))
    }

    fn put(&self, table: &mut Table, key: &'static str) {
        if self.0.is_empty() {
            return;
        }
        let plain = self.0.iter().all(|level| *level == Level::of_code(&level.code));
        let value = if plain {
            Value::List(self.codes().map(|code| Value::Text(code.to_owned()).into()).collect())
        } else {
            Value::Table(self.0.iter().map(|level| Entry::new(&level.code, level.put())).collect())
        };
        table.push(Entry::new(key, value));
    }

    fn describe(object: &mut ObjectSchema<'_>, key: &'static str, description: &str) {
        object.property(key, levels_schema(), description);
    }
}

fn read_codes(list: &[Node], path: &KeyPath, faults: &mut Faults) -> Vec<Level> {
    let elements = list.iter().enumerate();
    elements
        .filter_map(|(index, node)| {
            let code = String::read(node, &path.index(index), faults)?;
            Some(Level::of_code(&code))
        })
        .collect()
}

fn levels_schema() -> Schema {
    json_schema!({
        "oneOf": [
            { "type": "array", "items": { "type": "string" } },
            {
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "properties": {
                        "sv": { "type": "string" },
                        "en": { "type": "string" },
                        "spellings": { "type": "array", "items": { "type": "string" } },
                        "parent": { "type": "string" }
                    },
                    "additionalProperties": false
                }
            }
        ]
    })
}

/// Levels named by column: the part of a project that something speaks of.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Part(pub Named<Literal>);

impl Declared for Part {
    fn read(node: &Node, path: &KeyPath, faults: &mut Faults) -> Option<Self> {
        let Value::Table(table) = &node.value else {
            faults.add(path, Problem::wrong_type("a table of column = level", node));
            return None;
        };
        let entries = table.iter().filter_map(|entry| {
            let literal = Literal::read(&entry.node, &path.key(&entry.key), faults)?;
            Some((entry.key.clone(), literal))
        });
        Some(Self(entries.collect()))
    }

    fn write(&self) -> Value {
        Value::Table(
            self.0.iter().map(|(name, literal)| Entry::new(name, literal.write())).collect(),
        )
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let literal = Literal::schema(generator);
        json_schema!({ "type": "object", "additionalProperties": literal })
    }
}
