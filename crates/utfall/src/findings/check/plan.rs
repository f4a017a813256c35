//! What is looked at in the rows of one register: what the project declares of it, and what follows from that.

use crate::day::Delay;
use crate::project::{
    Bounds, Clause, Column, ColumnType, Condition, Counting, FollowUp, Indicator, Measure, Named,
    Project, Register, Share, Test,
};
use crate::tally::Conditions;

/// What is looked at in a row. Columns are named by their position in the declaration, conditions by theirs in
/// `conditions`.
#[derive(Debug)]
pub(super) struct Plan<'p> {
    pub(super) conditions: Conditions,
    /// For each entry of the target group: the part that it speaks of, and its condition.
    pub(super) eligible: Vec<(Option<usize>, usize)>,
    /// For each rule: the rows that it speaks of, and what must hold.
    pub(super) rules: Vec<(Option<usize>, usize)>,
    /// For each purpose that names whom it is for: its name, and its condition.
    pub(super) purposes: Vec<(&'p str, usize)>,
    pub(super) follow_ups: Vec<FollowUpPlan<'p>>,
    /// Pairs of date columns of which the first comes first.
    pub(super) orders: Vec<(usize, usize)>,
    /// Date columns whose days lie within the project.
    pub(super) dates: Vec<usize>,
    /// Number columns with the smallest and the largest number that can be right, in the unit that they are held in.
    pub(super) ranges: Vec<(usize, f64, f64)>,
    pub(super) mandatory: Vec<usize>,
    /// The crossed columns that the source has.
    pub(super) groups: Vec<usize>,
    /// Columns whose unknown values are told: not those that are only known once something has happened.
    pub(super) expected: Vec<usize>,
}

/// A follow-up that an indicator asks for.
#[derive(Debug)]
pub(super) struct FollowUpPlan<'p> {
    pub(super) indicator: &'p str,
    pub(super) of: Option<usize>,
    pub(super) exclude: Option<usize>,
    pub(super) having: usize,
    pub(super) after: usize,
    pub(super) delay: Delay,
    pub(super) window: Option<(u32, u32)>,
    pub(super) observed_on: Option<usize>,
    /// The columns that hold the answer.
    pub(super) answers: Vec<usize>,
}

/// Gathers the conditions that are asked of rows.
#[derive(Default)]
struct Asked<'p>(Vec<&'p Condition>);

impl<'p> Asked<'p> {
    fn ask(&mut self, condition: &'p Condition) -> usize {
        self.0.push(condition);
        self.0.len() - 1
    }
}

impl<'p> Plan<'p> {
    pub(super) fn new(
        project: &'p Project,
        name: &str,
        register: &'p Register,
        columns: &'p Named<Column>,
    ) -> Self {
        let mut asked = Asked::default();
        let eligible = register.eligible.iter().map(|entry| {
            (entry.within.as_ref().map(|within| asked.ask(within)), asked.ask(&entry.of))
        });
        let eligible = eligible.collect();
        let rules = register
            .rules
            .iter()
            .map(|rule| (rule.of.as_ref().map(|of| asked.ask(of)), asked.ask(&rule.must)));
        let rules = rules.collect();
        let purposes = project.purposes.iter().filter_map(|(purpose, declared)| {
            let of = declared.of.as_ref().filter(|_| declared.register.as_deref() == Some(name))?;
            Some((purpose.as_str(), asked.ask(of)))
        });
        let purposes = purposes.collect();
        let follow_ups: Vec<_> = shares(project, name)
            .filter_map(|(indicator, declared, share, follow_up)| {
                Some(FollowUpPlan {
                    indicator,
                    of: declared.of.as_ref().map(|of| asked.ask(of)),
                    exclude: declared.exclude.as_ref().map(|exclude| asked.ask(exclude)),
                    having: asked.ask(&share.having),
                    after: columns.get_index_of(&follow_up.after)?,
                    delay: follow_up.delay(),
                    window: follow_up.window(),
                    observed_on: column_of(follow_up.observed_on.as_ref(), columns),
                    answers: answers(&share.having, columns),
                })
            })
            .collect();
        let position = |name: &String| columns.get_index_of(name);
        let is_there = |column: &usize| {
            columns.get_index(*column).is_some_and(|(_, column)| column.absent.is_none())
        };
        let mandatory: Vec<usize> = register.mandatory.iter().filter_map(position).collect();
        Self {
            conditions: Conditions::new(columns, asked.0),
            eligible,
            rules,
            purposes,
            orders: orders(project, name, register, columns),
            dates: dates(project, name, register, columns),
            ranges: ranges(columns),
            groups: register.by.iter().filter_map(position).filter(is_there).collect(),
            expected: expected(columns, &mandatory, &follow_ups),
            mandatory,
            follow_ups,
        }
    }
}

/// The indicators of a register that ask for a follow-up.
fn shares<'p>(
    project: &'p Project,
    register: &str,
) -> impl Iterator<Item = (&'p str, &'p Indicator, &'p Share, &'p FollowUp)> {
    project.indicators.iter().filter(move |(_, of)| of.register == register).filter_map(
        |(name, indicator)| match &indicator.measure {
            Measure::Share(share) => {
                Some((name.as_str(), indicator, share, share.follow_up.as_ref()?))
            }
            _ => None,
        },
    )
}

fn column_of(name: Option<&String>, columns: &Named<Column>) -> Option<usize> {
    columns.get_index_of(name?)
}

/// The columns that a success is read from.
fn answers(having: &Condition, columns: &Named<Column>) -> Vec<usize> {
    let mut found = Vec::new();
    for clause in &having.0 {
        match clause {
            Clause::Column(name, _) => found.extend(columns.get_index_of(name)),
            Clause::Any(parts) | Clause::All(parts) => {
                found.extend(parts.iter().flat_map(|part| answers(part, columns)));
            }
            Clause::Not(part) => found.extend(answers(part, columns)),
            // A rating may be made long before.
            Clause::Change(_) => {}
        }
    }
    found
}

/// Which days come before which: starts before ends, events before what follows them, stages in their order.
fn orders(
    project: &Project,
    name: &str,
    register: &Register,
    columns: &Named<Column>,
) -> Vec<(usize, usize)> {
    let mut names: Vec<(&String, &String)> = Vec::new();
    // Of persons with several enrolments the reader tells itself.
    if register.count != Some(Counting::Persons) {
        names.extend(register.starts.as_ref().zip(register.ends.as_ref()));
    }
    for indicator in project.indicators.values().filter(|indicator| indicator.register == name) {
        match &indicator.measure {
            Measure::Share(share) => {
                let follow_up = share.follow_up.iter();
                names
                    .extend(follow_up.filter_map(|of| Some((&of.after, of.observed_on.as_ref()?))));
            }
            Measure::Incidence(of) => {
                names.extend(of.events.values().map(|event| (&of.after, event)));
            }
            _ => {}
        }
    }
    let mut found: Vec<(usize, usize)> = names
        .into_iter()
        .filter_map(|(first, then)| {
            Some((columns.get_index_of(first)?, columns.get_index_of(then)?))
        })
        .collect();
    let stages = stage_dates(project, name, columns);
    for pair in stages.windows(2) {
        let [before, after] = pair else { continue };
        let pairs = before.iter().flat_map(|first| after.iter().map(move |then| (*first, *then)));
        found.extend(pairs);
    }
    let mut seen = Vec::new();
    found.retain(|pair| {
        let is_new = pair.0 != pair.1 && !seen.contains(pair);
        seen.push(*pair);
        is_new
    });
    found
}

/// For each stage of the flow that asks for days which no stage before asked for: those.
fn stage_dates(project: &Project, register: &str, columns: &Named<Column>) -> Vec<Vec<usize>> {
    let flow = project.flow.as_ref().filter(|flow| flow.register == register);
    let mut seen: Vec<usize> = Vec::new();
    let mut stages = Vec::new();
    for stage in flow.iter().flat_map(|flow| &flow.stages) {
        let new = stage.of.0.iter().filter_map(|clause| match clause {
            Clause::Column(name, Test::Within(Bounds { known: Some(true), .. })) => {
                let (position, _, column) = columns.get_full(name)?;
                (column.column_type() == ColumnType::Date).then_some(position)
            }
            _ => None,
        });
        let new: Vec<usize> = new.filter(|column| !seen.contains(column)).collect();
        seen.extend(&new);
        if !new.is_empty() {
            stages.push(new);
        }
    }
    stages
}

/// Date columns of what happens in the project: starts, ends, what follow-ups and times run from, months of reports,
/// stages. Follow-ups themselves may come after it.
fn dates(
    project: &Project,
    name: &str,
    register: &Register,
    columns: &Named<Column>,
) -> Vec<usize> {
    let mut names: Vec<&String> = register.starts.iter().chain(&register.ends).collect();
    for indicator in project.indicators.values().filter(|indicator| indicator.register == name) {
        match &indicator.measure {
            Measure::Share(share) => names.extend(share.follow_up.iter().map(|of| &of.after)),
            Measure::Incidence(incidence) => names.push(&incidence.after),
            Measure::Coverage(coverage) => names.push(&coverage.month),
            _ => {}
        }
    }
    let positions = names.into_iter().filter_map(|name| columns.get_index_of(name));
    let mut found: Vec<usize> =
        positions.chain(stage_dates(project, name, columns).into_iter().flatten()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn ranges(columns: &Named<Column>) -> Vec<(usize, f64, f64)> {
    let ranged = columns
        .values()
        .enumerate()
        .filter(|(_, column)| column.at_least.is_some() || column.at_most.is_some());
    let ends = ranged.map(|(position, column)| {
        let end = |limit: Option<crate::project::Decimal>, open: f64| {
            limit.map_or(open, |limit| limit.in_units(column.decimals))
        };
        (position, end(column.at_least, f64::NEG_INFINITY), end(column.at_most, f64::INFINITY))
    });
    ends.collect()
}

/// Columns that every row should know: all but days, which come when something happens, and answers, which are told as
/// missing follow-ups; and whatever is mandatory.
fn expected(
    columns: &Named<Column>,
    mandatory: &[usize],
    follow_ups: &[FollowUpPlan<'_>],
) -> Vec<usize> {
    let is_answer = |column: &usize| follow_ups.iter().any(|of| of.answers.contains(column));
    let expected = columns.values().enumerate().filter(|(position, column)| {
        let is_open = column.column_type() == ColumnType::Date || is_answer(position);
        column.absent.is_none() && (mandatory.contains(position) || !is_open)
    });
    expected.map(|(position, _)| position).collect()
}
