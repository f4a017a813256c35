//! Indicators: what is measured, on which register.

use chrono::NaiveDate;
use schemars::{Schema, SchemaGenerator, json_schema};

use super::condition::Condition;
use super::decimal::Decimal;
use super::fault::{Faults, Problem};
use super::labels::Labels;
use super::path::KeyPath;
use super::read::{Declared, Named};
use super::record::{alternatives, record, words};
use super::register::Part;
use super::tree::{Node, Value};
use crate::day::Delay;

record! {
    /// What is measured, of whom, on which register.
    pub struct Indicator {
        /// The name of the indicator.
        labels: Labels,
        /// The register that it is computed from.
        register: String,
        /// Who is counted; left out: everybody.
        of: Option<Condition>,
        /// Who is taken out of population and success alike; unknown does not take out.
        exclude: Option<Condition>,
        /// What kind of figure it is.
        measure: Measure,
    }
}

alternatives! {
    /// The kind of a figure with what it needs.
    pub enum Measure by "kind" {
        /// The share of the population that has a property.
        Share(Share) = "share",
        /// The number of units in the population.
        Count(Count) = "count",
        /// The sum of a column.
        Sum(ColumnTotal) = "sum",
        /// The mean of a column.
        Mean(ColumnTotal) = "mean",
        /// A sum per unit or per another sum: cost per participant.
        Ratio(Ratio) = "ratio",
        /// Movement on an ordinal scale between two ratings.
        Change(StepMovement) = "change",
        /// Time from one date to the first of several kinds of event.
        Incidence(Incidence) = "incidence",
        /// The share of expected month and level cells that have a row satisfying a condition.
        Coverage(Coverage) = "coverage",
        /// Favourable answers to the items of a survey.
        Survey(Survey) = "survey",
    }
}

impl Measure {
    /// Whether the value is a share from 0 to 1.
    pub const fn is_share(&self) -> bool {
        matches!(
            self,
            Self::Share(_)
                | Self::Change(_)
                | Self::Incidence(_)
                | Self::Coverage(_)
                | Self::Survey(_)
        )
    }
}

record! {
    /// A share: `having` of `of`.
    pub struct Share {
        /// What makes a unit of the population a success.
        having: Condition,
        /// When the success is to be observed.
        follow_up: Option<FollowUp>,
    }
}

record! {
    /// A count of the population; it has no further keys.
    pub struct Count {}
}

record! {
    /// A sum or a mean of one column.
    pub struct ColumnTotal {
        /// The number column.
        column: String,
    }
}

record! {
    /// A sum per unit or per another sum.
    pub struct Ratio {
        /// The number column whose sum is divided.
        of_sum: String,
        /// What it is divided by.
        per: Per,
    }
}

record! {
    /// What a ratio is divided by: the units that meet a condition, or the sum of a column.
    pub struct Per {
        /// The units counted; left out together with `sum`: the population.
        having: Option<Condition>,
        /// The number column that is summed.
        sum: Option<String>,
    }
}

record! {
    /// Movement between a rating before and one after, over one or several items.
    pub struct StepMovement {
        /// How the items together decide; several items need it.
        rule: Option<StepRule>,
        /// The smallest movement that counts, in levels or in the unit of the numbers; left out: 1.
        at_least: Option<Decimal>,
        /// The items: which column before, which after.
        items: Vec<Item>,
    }
}

words! {
    /// How several items together decide whether a unit has moved.
    pub enum StepRule {
        /// At least one item has moved.
        AnyItem = "any_item",
        /// The sum of all movements; all items must be measured.
        Net = "net",
        /// The mean of all movements; all items must be measured.
        Mean = "mean",
        /// At least one item has moved and none has moved back.
        NoRegression = "no_regression",
    }
}

record! {
    /// One item of an instrument.
    pub struct Item {
        /// The column before.
        from: String,
        /// The column after.
        to: String,
        /// Which way is forward; left out: up.
        higher_is: Option<Direction>,
    }
}

words! {
    /// Which way is forward.
    pub enum Direction {
        /// Higher values are better.
        Better = "better",
        /// Higher values are worse.
        Worse = "worse",
    }
}

record! {
    /// Time to the first of several kinds of event, censored at `as_of`.
    pub struct Incidence {
        /// The date column that the time runs from.
        after: String,
        /// The kinds of event with their date columns; the first one that happens counts.
        events: Named<String>,
        /// The times at which the share is read off.
        horizons: Vec<Horizon>,
    }
}

record! {
    /// How long after a date: months, days, or a named time; one of the three.
    pub struct Horizon {
        /// Calendar months.
        months: Option<u32>,
        /// Days.
        days: Option<u32>,
        /// A named time: `exit`, `+28 d`, `+3 months`.
        at: Option<Delay>,
    }
}

impl Horizon {
    /// How long after the date it is.
    pub fn delay(&self) -> Delay {
        delay(self.at, self.months, self.days)
    }
}

/// The one of these that is declared.
fn delay(at: Option<Delay>, months: Option<u32>, days: Option<u32>) -> Delay {
    let months = at.or_else(|| months.map(Delay::Months));
    months.unwrap_or_else(|| Delay::Days(days.unwrap_or(0)))
}

record! {
    /// Which cells of month and levels have a row that meets a condition.
    pub struct Coverage {
        /// The date column that the month is read from.
        month: String,
        /// The level columns of which every level is expected every month.
        of_each: Vec<String>,
        /// What the row must meet; left out: that it is there.
        having: Option<Condition>,
        /// Parts that paused or left and are not expected all the time.
        active: Vec<Active>,
    }
}

/// When a part of the project was active.
#[derive(Debug, Clone, PartialEq)]
pub struct Active {
    /// The part, by column and level.
    pub part: Part,
    /// Its first day; `None`: the project's.
    pub first_day: Option<NaiveDate>,
    /// Its last day; `None`: the project's.
    pub last_day: Option<NaiveDate>,
}

impl Declared for Active {
    fn read(node: &Node, path: &KeyPath, faults: &mut Faults) -> Option<Self> {
        let Value::Table(table) = &node.value else {
            faults.add(path, Problem::wrong_type("a table", node));
            return None;
        };
        let (mut first_day, mut last_day, mut part) = (None, None, Part::default());
        for entry in table {
            let path = path.key(&entry.key);
            match entry.key.as_str() {
                "first_day" => first_day = NaiveDate::read(&entry.node, &path, faults),
                "last_day" => last_day = NaiveDate::read(&entry.node, &path, faults),
                column => {
                    let level = Declared::read(&entry.node, &path, faults)?;
                    part.0.insert(column.to_owned(), level);
                }
            }
        }
        Some(Self { part, first_day, last_day })
    }

    fn write(&self) -> Value {
        let Value::Table(mut table) = self.part.write() else {
            return Value::Table(Vec::new());
        };
        super::read::Field::put(&self.first_day, &mut table, "first_day");
        super::read::Field::put(&self.last_day, &mut table, "last_day");
        Value::Table(table)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let day = NaiveDate::schema(generator);
        let level = super::condition::Literal::schema(generator);
        json_schema!({
            "type": "object",
            "properties": { "first_day": day, "last_day": day },
            "additionalProperties": level
        })
    }
}

record! {
    /// Answers to the items of a survey.
    pub struct Survey {
        /// The columns of the items.
        items: Vec<String>,
        /// The levels that are favourable, of every item.
        favourable: Vec<String>,
        /// Levels that are no answer to the question, such as *not applicable*; such answers are taken out.
        not_applicable: Vec<String>,
        /// How many items a unit must have answered for its answers to count; left out: 1.
        fewest_answers: Option<u32>,
    }
}

record! {
    /// When a success is to be observed: a while after a date, perhaps within a window.
    pub struct FollowUp {
        /// The date column that the time runs from.
        after: String,
        /// Calendar months; a day that the month lacks becomes the month's last.
        months: Option<u32>,
        /// Days.
        days: Option<u32>,
        /// A named time: `exit` (the day itself), `+28 d`, `+3 months`.
        at: Option<Delay>,
        /// The date column with the day of the observation; a window needs it.
        observed_on: Option<String>,
        /// How many days before and after the due day an observation counts.
        window_days: Vec<u32>,
    }
}

impl FollowUp {
    /// How long after the date the observation falls due.
    pub fn delay(&self) -> Delay {
        delay(self.at, self.months, self.days)
    }

    /// Days before and after the due day, where a window is declared.
    pub fn window(&self) -> Option<(u32, u32)> {
        match self.window_days[..] {
            [before, after] => Some((before, after)),
            _ => None,
        }
    }
}

impl Indicator {
    /// Calls `visit` with the name of every column that the indicator reads.
    pub(crate) fn visit_columns<'a>(&'a self, visit: &mut dyn FnMut(&'a str)) {
        for condition in self.of.iter().chain(&self.exclude) {
            condition.visit_columns(visit);
        }
        match &self.measure {
            Measure::Share(share) => {
                share.having.visit_columns(visit);
                if let Some(follow_up) = &share.follow_up {
                    visit(&follow_up.after);
                    follow_up.observed_on.iter().for_each(|column| visit(column));
                }
            }
            Measure::Count(_) => {}
            Measure::Sum(total) | Measure::Mean(total) => visit(&total.column),
            Measure::Ratio(ratio) => {
                visit(&ratio.of_sum);
                ratio.per.sum.iter().for_each(|column| visit(column));
                ratio.per.having.iter().for_each(|having| having.visit_columns(visit));
            }
            Measure::Change(movement) => movement.items.iter().for_each(|item| {
                visit(&item.from);
                visit(&item.to);
            }),
            Measure::Incidence(incidence) => {
                visit(&incidence.after);
                incidence.events.values().for_each(|column| visit(column));
            }
            Measure::Coverage(coverage) => {
                visit(&coverage.month);
                coverage.of_each.iter().for_each(|column| visit(column));
                coverage.having.iter().for_each(|having| having.visit_columns(visit));
            }
            Measure::Survey(survey) => survey.items.iter().for_each(|column| visit(column)),
        }
    }
}
