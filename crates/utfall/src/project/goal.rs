//! Goals and their targets, with every revision, and the evidence of goals that no register can compute.

use chrono::NaiveDate;
use schemars::{Schema, SchemaGenerator, json_schema};
use std::fmt;

use super::decimal::Decimal;
use super::fault::{Faults, Problem};
use super::labels::Labels;
use super::path::KeyPath;
use super::read::{Declared, Field, Fields, ObjectSchema, list_schema, read_list, write_list};
use super::record::{record, words};
use super::register::Part;
use super::tree::{Entry, Node, Table, Value};

record! {
    /// What the project promises: a goal on one level, with indicator, targets and its place in the chain of goals.
    pub struct Goal {
        /// The text of the goal.
        labels: Labels,
        /// Whom the goal is about.
        level: GoalLevel,
        /// How far away the goal lies.
        tier: Tier,
        /// The indicator that the goal is measured by.
        indicator: Option<String>,
        /// The targets: every version, in the order of their days.
        targets: Vec<Target>,
        /// The day by which the goal is to be reached.
        due_on: Option<NaiveDate>,
        /// The goals that this one contributes to.
        leads_to: Vec<String>,
        /// Where the outcome is verified (the verification source of a logframe).
        source: Option<String>,
        /// The ratings that an evaluator can give, lowest first, for a goal that no register can compute.
        scale: Vec<String>,
        /// The ratings given.
        evidence: Vec<Evidence>,
        /// What has to hold for the goal to be reachable.
        assumptions: Vec<String>,
        /// What could stand in the way.
        risks: Vec<Risk>,
        /// How it was before the project.
        baseline: Option<Baseline>,
    }
}

words! {
    /// Whom a goal is about.
    pub enum GoalLevel {
        /// Participants.
        Individual = "individual",
        /// The organisations that take part.
        Organisation = "organisation",
        /// How organisations work together.
        Structure = "structure",
    }
}

words! {
    /// How far away a goal lies.
    pub enum Tier {
        /// A long-term effect, beyond the project.
        Effect = "effect",
        /// What is reached when the project is done.
        Project = "project",
        /// What activities deliver on the way.
        Sub = "sub",
    }
}

record! {
    /// One version of a target. Nothing is overwritten: a revision is a further version.
    pub struct Target {
        /// The day from which this version holds.
        from: NaiveDate,
        /// What is promised.
        promise: Promise,
        /// How far below (or above) the target still is near it, in the unit of the value.
        tolerance: Option<Decimal>,
        /// Who decided.
        decided_by: Option<String>,
        /// Why.
        why: Option<String>,
        /// Where it stands.
        source: Option<String>,
    }
}

/// What a target promises; stands as one of the keys `at_least`, `at_most`, `between`, `all`, `exists`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Promise {
    /// This much or more.
    AtLeast(Threshold),
    /// This much or less.
    AtMost(Threshold),
    /// From the first to the second, both included.
    Between(Threshold, Threshold),
    /// Every unit observed.
    All,
    /// At least one unit.
    Exists,
}

/// The number or rating of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Threshold {
    /// A number; a share as a fraction, 0.7 for 70 %.
    Number(Decimal),
    /// A rating of the goal's scale.
    Rating(String),
}

record! {
    /// A rating by the evaluator, with source and day.
    pub struct Evidence {
        /// The part that was rated; left out: the whole project.
        part as "where": Option<Part>,
        /// The rating, a word of the scale.
        rating: String,
        /// The day of the rating.
        on: NaiveDate,
        /// Where the evidence is found.
        source: String,
    }
}

record! {
    /// What could stand in the way of a goal.
    pub struct Risk {
        /// What could happen.
        text: String,
        /// How likely it is.
        likelihood: Option<String>,
        /// What is done about it.
        response: Option<String>,
    }
}

record! {
    /// The value before the project.
    pub struct Baseline {
        /// The value.
        value: Decimal,
        /// The day it speaks of.
        on: NaiveDate,
        /// Where it stands.
        source: Option<String>,
    }
}

const PROMISES: [&str; 5] = ["at_least", "at_most", "between", "all", "exists"];

impl Field for Promise {
    fn take(fields: &mut Fields<'_>, _: &'static str) -> Option<Self> {
        let mut found = Vec::new();
        for key in PROMISES {
            if let Some(node) = fields.node(key) {
                found.push((key, node));
            }
        }
        let path = fields.path().clone();
        match found[..] {
            [(key, node)] => Self::read_as(key, node, &path.key(key), fields.faults),
            [] => {
                fields.missing(
                    "at_least",
                    "a target needs one of at_least, at_most, between, all, exists",
                );
                None
            }
            [_, (second, _), ..] => {
                let conflict = "a target promises one thing; keep one of at_least, at_most, between, all, exists";
                fields.faults.add(&path.key(second), Problem::conflict(conflict));
                None
            }
        }
    }

    fn put(&self, table: &mut Table, _: &'static str) {
        let (key, value) = match self {
            Self::AtLeast(threshold) => ("at_least", threshold.write()),
            Self::AtMost(threshold) => ("at_most", threshold.write()),
            Self::Between(low, high) => ("between", write_list(&[low.clone(), high.clone()])),
            Self::All => ("all", Value::Flag(true)),
            Self::Exists => ("exists", Value::Flag(true)),
        };
        table.push(Entry::new(key, value));
    }

    fn describe(object: &mut ObjectSchema<'_>, _: &'static str, _: &str) {
        let threshold = Threshold::schema(object.generator);
        let pair = list_schema::<Threshold>(object.generator);
        object.property("at_least", threshold.clone(), "This much or more.");
        object.property("at_most", threshold, "This much or less.");
        object.property("between", pair, "From the first to the second, both included.");
        object.property("all", json_schema!({ "const": true }), "Every unit observed.");
        object.property("exists", json_schema!({ "const": true }), "At least one unit.");
    }
}

impl Promise {
    fn read_as(key: &str, node: &Node, path: &KeyPath, faults: &mut Faults) -> Option<Self> {
        match key {
            "at_least" => Threshold::read(node, path, faults).map(Self::AtLeast),
            "at_most" => Threshold::read(node, path, faults).map(Self::AtMost),
            "between" => {
                let mut ends = read_list::<Threshold>(node, path, faults)?.into_iter();
                let (low, high, rest) = (ends.next(), ends.next(), ends.next());
                let pair = low.zip(high).filter(|_| rest.is_none());
                if pair.is_none() {
                    faults.add(
                        path,
                        Problem::conflict("`between` takes two numbers: [lowest, highest]"),
                    );
                }
                pair.map(|(low, high)| Self::Between(low, high))
            }
            _ if !bool::read(node, path, faults)? => {
                faults.add(path, Problem::conflict(format!("`{key}` is true or left out")));
                None
            }
            "all" => Some(Self::All),
            _ => Some(Self::Exists),
        }
    }
}

impl fmt::Display for Promise {
    /// As the table `verdicts` writes it: `at_least 0.7`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtLeast(threshold) => write!(formatter, "at_least {threshold}"),
            Self::AtMost(threshold) => write!(formatter, "at_most {threshold}"),
            Self::Between(low, high) => write!(formatter, "between {low} and {high}"),
            Self::All => formatter.write_str("all"),
            Self::Exists => formatter.write_str("exists"),
        }
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(formatter),
            Self::Rating(rating) => formatter.write_str(rating),
        }
    }
}

impl Declared for Threshold {
    fn read(node: &Node, path: &KeyPath, faults: &mut Faults) -> Option<Self> {
        match &node.value {
            Value::Text(rating) => Some(Self::Rating(rating.clone())),
            Value::Integer(_) | Value::Float(_) => {
                Decimal::read(node, path, faults).map(Self::Number)
            }
            _ => {
                faults.add(path, Problem::wrong_type("a number, or a rating of the scale", node));
                None
            }
        }
    }

    fn write(&self) -> Value {
        match self {
            Self::Number(number) => number.write(),
            Self::Rating(rating) => rating.write(),
        }
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["number", "string"] })
    }
}
