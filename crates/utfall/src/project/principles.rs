//! Horizontal principles as a project declares them: checks, the action plan, the seven grounds.

use chrono::NaiveDate;
use schemars::{Schema, SchemaGenerator, json_schema};

use super::decimal::Decimal;
use super::fault::{Faults, Problem};
use super::goal::{Evidence, Target};
use super::labels::Labels;
use super::path::KeyPath;
use super::read::{Declared, list_schema, read_list, write_list};
use super::record::{alternatives, record, words};
use super::register::Part;
use super::tree::{Node, Value};

words! {
    /// A horizontal principle of the European Social Fund.
    pub enum Principle {
        /// Equality between women and men (jämställdhet).
        Equality = "equality",
        /// Accessibility (tillgänglighet).
        Accessibility = "accessibility",
        /// Non-discrimination (icke-diskriminering).
        NonDiscrimination = "non_discrimination",
    }
}

record! {
    /// A check of a horizontal principle.
    pub struct Check {
        /// The name of the check.
        labels: Labels,
        /// The principle that it serves.
        principle: Principle,
        /// What is checked.
        kind: CheckKind,
    }
}

alternatives! {
    /// What a check looks at.
    pub enum CheckKind by "kind" {
        /// A group's share against a target, a reference, or the 40/60 rule.
        Representation(Representation) = "representation",
        /// A difference of outcomes between groups.
        Gap(Gap) = "gap",
        /// Something that is done, shown by evidence.
        Process(Process) = "process",
        /// Adaptations asked for and given.
        Given(Given) = "given",
        /// Each group's share at every stage of the flow, and of those whose follow-up is missing.
        Parity(Parity) = "parity",
        /// Whether the goals about individuals have their figures by a column.
        Disaggregation(Disaggregation) = "disaggregation",
        /// Whether something is done as often as it should be.
        Cadence(Cadence) = "cadence",
        /// How long it is between meetings.
        Meetings(Meetings) = "meetings",
        /// The criteria of the European Social Fund, as a declared checklist.
        Criteria(Criteria) = "criteria",
    }
}

record! {
    /// A group's share, overall and in every part, so that a total cannot hide segregated parts.
    pub struct Representation {
        /// The share indicator that measures it.
        indicator: String,
        /// The columns in whose every level it is looked at too.
        within: Vec<String>,
        /// Whether the 40/60 rule applies.
        balance: Option<bool>,
        /// A share to compare with.
        reference: Option<Reference>,
        /// Targets of its own, with every version; left out: those of the goals with the same indicator.
        targets: Vec<Target>,
        /// The smallest group that is judged.
        smallest_group: Option<u32>,
    }
}

record! {
    /// A share found elsewhere that a group's share is compared with.
    pub struct Reference {
        /// The share, as a fraction.
        value: Decimal,
        /// Where it comes from.
        source: String,
        /// The part of the project that it is compared with; left out: the whole.
        part as "where": Option<Part>,
    }
}

record! {
    /// A difference of an outcome between groups.
    pub struct Gap {
        /// The indicator whose values are compared.
        indicator: String,
        /// The column whose levels are compared, or several columns whose combinations are.
        groups: OneOrMore,
        /// The columns that the difference is adjusted for.
        adjusted_for: Vec<String>,
        /// How it is adjusted; left out: standardised.
        adjustment: Option<Adjustment>,
        /// The smallest group that is judged; left out: 5.
        smallest_group: Option<u32>,
        /// The largest difference that is accepted, as a fraction; left out: the difference is shown and not judged.
        at_most: Option<Decimal>,
    }
}

words! {
    /// How a difference is adjusted for other columns.
    pub enum Adjustment {
        /// Both groups as if they were spread over the strata as everybody is (direct standardisation).
        Standardised = "standardised",
        /// Differences within strata, pooled by how much each stratum can tell (Mantel and Haenszel).
        MantelHaenszel = "mantel_haenszel",
    }
}

record! {
    /// Something done rather than counted.
    pub struct Process {
        /// What shows that it is done.
        evidence: Vec<Evidence>,
    }
}

record! {
    /// Adaptations asked for and given.
    pub struct Given {
        /// The register.
        register: String,
        /// The flag column of those who asked.
        asked: String,
        /// The flag column of those who were given.
        given: String,
        /// The share indicators (completion, drop-out) in which those who asked are set beside those who did not.
        outcomes: Vec<String>,
    }
}

record! {
    /// Whether groups come equally far through the flow, and are followed up alike.
    pub struct Parity {
        /// The column whose levels are compared, or several columns whose combinations are.
        groups: OneOrMore,
        /// An indicator of which the share of missing follow-ups is compared too.
        indicator: Option<String>,
        /// The smallest group that is judged; left out: 5.
        smallest_group: Option<u32>,
        /// The largest difference that is accepted, as a fraction; left out: differences are shown and not judged.
        at_most: Option<Decimal>,
    }
}

record! {
    /// Whether the goals about individuals have their figures by a column.
    pub struct Disaggregation {
        /// The column, such as the one of gender.
        by: String,
    }
}

record! {
    /// Whether something is done as often as it should be.
    pub struct Cadence {
        /// The indicator that counts it: a `coverage` of months and parts, a `share` of meetings, a `ratio` of those
        /// present.
        indicator: String,
        /// The smallest value that is accepted, as a fraction; left out: 1, always.
        at_least: Option<Decimal>,
    }
}

record! {
    /// How long it is between the meetings of a group, such as the steering group.
    pub struct Meetings {
        /// The register of meetings.
        register: String,
        /// The date column of the day on which each was held.
        day: String,
        /// How many days there are at most from one to the next.
        at_most_days: u32,
    }
}

record! {
    /// What the European Social Fund asks of a project that takes the horizontal principles into account.
    pub struct Criteria {
        /// There is competence about them, in the project or at hand.
        competence: Vec<Evidence>,
        /// The analysis of the problem has them in it.
        problem_analysis: Vec<Evidence>,
        /// Goals follow from that analysis.
        goals: Vec<Evidence>,
        /// All activities take them into account.
        activities: Vec<Evidence>,
        /// They are followed up.
        follow_up: Vec<Evidence>,
    }
}

record! {
    /// An activity of the action plan.
    pub struct Activity {
        /// The text of the activity.
        labels: Labels,
        /// The principle that it serves; left out: none.
        principle: Option<Principle>,
        /// The phase that it belongs to.
        phase: Option<String>,
        /// Its first day.
        first_day: Option<NaiveDate>,
        /// Its last day.
        last_day: Option<NaiveDate>,
        /// The day on which it was done.
        done_on: Option<NaiveDate>,
        /// Who is responsible.
        responsible: Option<String>,
        /// The indicator that follows it up.
        indicator: Option<String>,
        /// What shows that it was done.
        evidence: Option<String>,
    }
}

words! {
    /// One of the seven grounds of the Discrimination Act (2008:567).
    pub enum GroundName {
        /// Sex (kön).
        Sex = "sex",
        /// Transgender identity or expression (könsöverskridande identitet eller uttryck).
        GenderIdentity = "gender_identity",
        /// Ethnicity (etnisk tillhörighet).
        Ethnicity = "ethnicity",
        /// Religion or other belief (religion eller annan trosuppfattning).
        Religion = "religion",
        /// Disability (funktionsnedsättning).
        Disability = "disability",
        /// Sexual orientation (sexuell läggning).
        SexualOrientation = "sexual_orientation",
        /// Age (ålder).
        Age = "age",
    }
}

record! {
    /// How a ground is covered: one of the three.
    pub struct Ground {
        /// The column that measures it.
        measured: Option<String>,
        /// The check that covers it without measuring.
        process: Option<String>,
        /// Why it may not be collected here.
        not_collected: Option<String>,
    }
}

/// One column or several crossed.
#[derive(Debug, Clone, PartialEq)]
pub struct OneOrMore(pub Vec<String>);

impl Declared for OneOrMore {
    fn read(node: &Node, path: &KeyPath, faults: &mut Faults) -> Option<Self> {
        match &node.value {
            Value::Text(name) => Some(Self(vec![name.clone()])),
            Value::List(_) => read_list(node, path, faults).map(Self),
            _ => {
                faults.add(path, Problem::wrong_type("a column or a list of columns", node));
                None
            }
        }
    }

    fn write(&self) -> Value {
        match &self.0[..] {
            [name] => name.write(),
            names => write_list(names),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let name = String::schema(generator);
        let names = list_schema::<String>(generator);
        json_schema!({ "anyOf": [name, names] })
    }
}
