//! The reference, second part: figures, row by row and group by group, straight from the words of the design.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::beside::{self, Way};
use crate::enrolments::{note_dates, overlaps, persons};
use crate::judge;
use crate::model::{
    By, Case, Cell, Column, ID_HEADER, Indicator, Items, Kind, Register, Row, Survey,
};
use crate::seen::{FigureRow, FindingRow, Seen};
use crate::values::{Value, due_day, read, some, truth};

/// Units by place: outside, unclassified, excluded, not due, missing, successes, failures.
pub(crate) type Counts = [u64; 7];

const OUTSIDE: usize = 0;
const UNCLASSIFIED: usize = 1;
pub(crate) const EXCLUDED: usize = 2;
pub(crate) const NOT_DUE: usize = 3;
pub(crate) const MISSING: usize = 4;
pub(crate) const SUCCESS: usize = 5;
pub(crate) const FAILURE: usize = 6;

/// Everything that an evaluation of the case must show.
pub(crate) fn expected(case: &Case) -> Seen {
    let mut findings = Vec::new();
    let registers: Vec<Read<'_>> = case
        .project
        .registers
        .iter()
        .zip(&case.rows)
        .map(|(register, rows)| Read::new(register, rows.as_deref(), case.as_of, &mut findings))
        .collect();
    let overlap = registers
        .iter()
        .flat_map(|read| {
            overlaps(read.declared, read.units.as_deref(), &tables(read.declared, &case.by))
        })
        .collect();
    let mut figures = Vec::new();
    for indicator in &case.project.indicators {
        let register = &registers[indicator.register];
        let places = register.places(indicator, case.as_of);
        let units = register.units.iter().flatten();
        note_early(indicator, register.declared, units.zip(&places), case.as_of, &mut findings);
        for table in tables(register.declared, &case.by) {
            register.figures(indicator, &table, &places, &mut figures);
        }
    }
    let verdicts = judge::verdicts(case, &figures);
    findings.sort();
    let beside = beside::expected(case, &registers);
    Seen { figures, overlap, verdicts, findings, beside }
}

/// What is counted: a row, or a person with several.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    /// What conditions and groups read.
    pub(crate) row: Vec<Value>,
    /// What success reads: the row, or each enrolment of the person.
    pub(crate) enrolments: Vec<Vec<Value>>,
    /// The number of the row, from 1.
    pub(crate) number: u64,
    /// How many units it stands for.
    pub(crate) weight: u64,
}

impl Unit {
    pub(crate) fn new(row: Vec<Value>, number: u64, weight: u64) -> Self {
        Self { enrolments: vec![row.clone()], row, number, weight }
    }
}

/// A register with its rows read.
pub(crate) struct Read<'a> {
    pub(crate) declared: &'a Register,
    /// `None`: not handed over.
    pub(crate) units: Option<Vec<Unit>>,
}

impl<'a> Read<'a> {
    fn new(
        declared: &'a Register,
        rows: Option<&[Row]>,
        as_of: NaiveDate,
        findings: &mut Vec<FindingRow>,
    ) -> Self {
        let mut noted: BTreeMap<(&'static str, String), Vec<u64>> = BTreeMap::new();
        let mut number = 0;
        let mut read_row = |row: &Row| {
            number += 1;
            let (values, found) = read(declared, row, as_of);
            for (code, column) in found {
                noted
                    .entry((code, declared.columns[column].name.clone()))
                    .or_default()
                    .push(number);
            }
            note_dates(declared, &values, &mut |code, column| {
                noted.entry((code, column.to_owned())).or_default().push(number);
            });
            let are_told_apart = declared.unit == "person" || declared.persons.is_some();
            if declared.has_ids && are_told_apart && row.id == Cell::Null {
                noted.entry(("missing_id", ID_HEADER.to_owned())).or_default().push(number);
            }
            Unit::new(values, number, if declared.has_weights { row.weight } else { 1 })
        };
        let units = rows.map(|rows| {
            let units: Vec<Unit> = rows.iter().map(&mut read_row).collect();
            let ids = rows.iter().map(|row| row.id.clone());
            match &declared.persons {
                Some(dates) => persons(declared, dates, ids.zip(units).collect()),
                None => units,
            }
        });
        findings.extend(noted.into_iter().map(|((code, column), rows)| {
            FindingRow::new(code, &declared.name, Some(column), None, &rows)
        }));
        Self { declared, units }
    }

    /// Where each unit ends up: in one place, or in one for each answer of a survey.
    fn places(&self, indicator: &Indicator, as_of: NaiveDate) -> Vec<Vec<usize>> {
        let units = self.units.iter().flatten();
        units
            .map(|unit| {
                let place = place(indicator, self.declared, unit, as_of);
                match &indicator.items {
                    Items::Survey(survey) if place == SUCCESS => {
                        let said = beside::said(indicator, self.declared, unit);
                        answers(survey, self.declared, &said)
                    }
                    Items::Survey(survey) => vec![place; survey.items.len()],
                    _ => vec![place],
                }
            })
            .collect()
    }

    /// The groups of a table that are listed, in order.
    pub(crate) fn groups(&self, table: &[usize]) -> Vec<Group> {
        let columns: Vec<&Column> =
            table.iter().map(|column| &self.declared.columns[*column]).collect();
        let is_absent = columns.iter().any(|column| column.is_absent);
        let mut groups = Vec::new();
        for group in combinations(&columns) {
            let is_member = |unit: &&Unit| {
                columns.iter().zip(&group).zip(table).all(|((column, level), position)| {
                    level_number(column, unit.row[*position]) == *level
                })
            };
            let units = self.units.iter().flatten().enumerate();
            let members: Vec<usize> =
                units.filter(|(_, unit)| is_member(unit)).map(|(position, _)| position).collect();
            let units: u64 = members.iter().map(|member| self.weight(*member)).sum();
            if is_declared(&columns, &group) || units > 0 {
                let named = columns.iter().zip(&group);
                let name = named.map(|(column, level)| (column.name.clone(), code(column, *level)));
                groups.push(Group { name: name.collect(), members, is_absent });
            }
        }
        groups
    }

    /// The units that a row stands for.
    pub(crate) fn weight(&self, row: usize) -> u64 {
        self.units.as_ref().unwrap()[row].weight
    }

    fn figures(
        &self,
        indicator: &Indicator,
        table: &[usize],
        places: &[Vec<usize>],
        figures: &mut Vec<FigureRow>,
    ) {
        for group in self.groups(table) {
            let mut counts = Counts::default();
            for member in &group.members {
                places[*member].iter().for_each(|place| counts[*place] += self.weight(*member));
            }
            let reason = match &self.units {
                _ if self.reads_absent(indicator) => Some("not_published"),
                _ if group.is_absent => Some("not_published"),
                None => Some("register_not_given"),
                Some(_) => None,
            };
            let counts = Some(counts).filter(|_| reason.is_none());
            figures.push(FigureRow::new(
                (&self.declared.name, &indicator.name, indicator.kind()),
                group.name,
                counts,
                reason,
            ));
        }
    }

    pub(crate) fn reads_absent(&self, indicator: &Indicator) -> bool {
        let mut is_absent = false;
        indicator.visit_columns(&mut |name| is_absent |= self.declared.column(name).is_absent);
        let starts = self.declared.persons.iter().map(|(starts, _)| starts);
        starts.for_each(|starts| is_absent |= self.declared.column(starts).is_absent);
        is_absent
    }
}

/// A group of a table.
pub(crate) struct Group {
    pub(crate) name: Vec<(String, String)>,
    /// The positions of its rows.
    pub(crate) members: Vec<usize>,
    /// Whether it is crossed by a column that the source lacks.
    pub(crate) is_absent: bool,
}

/// Where each answer of a unit that was asked ends up.
pub(crate) fn answers(survey: &Survey, register: &Register, row: &[Value]) -> Vec<usize> {
    let codes: Vec<String> = survey
        .items
        .iter()
        .map(|item| {
            let column = register.column(item);
            code(column, level_number(column, row[register.position(item).unwrap()]))
        })
        .collect();
    let is_none = |code: &String| survey.not_applicable.contains(code);
    let given = codes.iter().filter(|code| *code != "(unknown)" && !is_none(code)).count();
    let place = |code: &String| match code.as_str() {
        _ if is_none(code) => EXCLUDED,
        "(unknown)" => MISSING,
        _ if given < survey.fewest.unwrap_or(1) => MISSING,
        _ if survey.favourable.contains(code) => SUCCESS,
        _ => FAILURE,
    };
    codes.iter().map(place).collect()
}

/// The steps of the accounting, in their order.
pub(crate) fn place(
    indicator: &Indicator,
    register: &Register,
    unit: &Unit,
    as_of: NaiveDate,
) -> usize {
    let row = &unit.row;
    match indicator.of.as_ref().map_or(Some(true), |of| truth(of, register, row)) {
        Some(false) => return OUTSIDE,
        None => return UNCLASSIFIED,
        Some(true) => {}
    }
    if indicator.exclude.as_ref().is_some_and(|out| truth(out, register, row) == Some(true)) {
        return EXCLUDED;
    }
    if let Items::Change(change) = &indicator.items {
        return match beside::together(change, register, &beside::said(indicator, register, unit)) {
            Some(Way::Up) => SUCCESS,
            Some(Way::Same | Way::Down) => FAILURE,
            None => MISSING,
        };
    }
    let Some(having) = &indicator.having else { return SUCCESS };
    let mut telling: Vec<&Vec<Value>> = unit.enrolments.iter().collect();
    if let Some(follow_up) = &indicator.follow_up {
        let Value::Day(after) = row[register.position(&follow_up.after).unwrap()] else {
            return NOT_DUE;
        };
        let due = due_day(after, follow_up.delay);
        if due > as_of {
            return NOT_DUE;
        }
        if let Some(window) = &follow_up.window {
            let (before, after) = (window.before.unsigned_abs(), window.after.unsigned_abs());
            let (first, last) = (due - Days::new(before), due + Days::new(after));
            let observed_on = register.position(&window.observed_on).unwrap();
            telling.retain(|row| match row[observed_on] {
                Value::Day(observed) => first <= observed && observed <= last,
                // What was not observed by the last day of the window was not observed at all.
                _ => last <= as_of,
            });
        }
    }
    if telling.is_empty() {
        return MISSING;
    }
    match some(telling.into_iter().map(|row| truth(having, register, row))) {
        Some(true) => SUCCESS,
        Some(false) => FAILURE,
        None => MISSING,
    }
}

/// A success that is already known before it is due is a finding.
fn note_early<'u>(
    indicator: &Indicator,
    register: &Register,
    units: impl Iterator<Item = (&'u Unit, &'u Vec<usize>)>,
    as_of: NaiveDate,
    findings: &mut Vec<FindingRow>,
) {
    let mut is_read = true;
    indicator.visit_columns(&mut |name| is_read &= !register.column(name).is_absent);
    let starts = register.persons.iter().map(|(starts, _)| starts);
    starts.for_each(|starts| is_read &= !register.column(starts).is_absent);
    let is_early = |unit: &Unit, places: &[usize]| {
        let having = indicator.having.as_ref();
        let now = Indicator { follow_up: None, ..indicator.clone() };
        places == [NOT_DUE] && having.is_some() && place(&now, register, unit, as_of) == SUCCESS
    };
    let mut early: Vec<u64> = units
        .filter(|(unit, places)| is_read && is_early(unit, places))
        .map(|(unit, _)| unit.number)
        .collect();
    early.sort_unstable();
    if !early.is_empty() {
        let name = Some(indicator.name.clone());
        findings.push(FindingRow::new("known_before_due", &register.name, None, name, &early));
    }
}

/// The tables of a register, as positions of its columns: fewer columns first, the empty one (overall) first of all.
pub(crate) fn tables(register: &Register, by: &By) -> Vec<Vec<usize>> {
    let with_parents = |names: &[String]| {
        let mut columns: Vec<usize> = Vec::new();
        for name in names {
            let mut next = register.position(name);
            while let Some(position) = next {
                columns.push(position);
                let parent = register.columns[position].parent.as_ref();
                next = parent.and_then(|parent| register.position(parent));
            }
        }
        columns.sort_unstable();
        columns.dedup();
        columns
    };
    let mut tables: Vec<Vec<usize>> = match by {
        By::Declared => margins(register, &with_parents(&register.by)),
        By::Margins(names) => margins(register, &with_parents(names)),
        By::Tables(lists) => {
            let has_all =
                |list: &&Vec<String>| list.iter().all(|name| register.position(name).is_some());
            lists.iter().filter(has_all).map(|list| with_parents(list)).collect()
        }
    };
    tables.push(Vec::new());
    tables.sort_by_key(|table| (table.len(), table.clone()));
    tables.dedup();
    tables
}

/// Every subset of the columns in which a column stands with the one that it lies within.
fn margins(register: &Register, columns: &[usize]) -> Vec<Vec<usize>> {
    let mut subsets: Vec<Vec<usize>> = vec![Vec::new()];
    for column in columns {
        let longer = subsets.clone().into_iter().map(|subset| [&subset[..], &[*column]].concat());
        subsets.extend(longer.collect::<Vec<_>>());
    }
    subsets.retain(|subset| {
        subset.iter().all(|column| {
            let parent = register.columns[*column].parent.as_ref();
            parent.is_none_or(|parent| subset.contains(&register.position(parent).unwrap()))
        })
    });
    subsets
}

/// How many levels a column has.
pub(crate) fn size(column: &Column) -> usize {
    if column.kind == Kind::Flag { 2 } else { column.levels.len() }
}

pub(crate) fn level_number(column: &Column, value: Value) -> usize {
    if let Value::Level(level) = value { level } else { size(column) }
}

pub(crate) fn code(column: &Column, level: usize) -> String {
    if level == size(column) {
        "(unknown)".to_owned()
    } else if column.kind == Kind::Flag {
        ["false", "true"][level].to_owned()
    } else {
        column.levels[level].code.clone()
    }
}

/// Every combination of levels, unknown last.
fn combinations(columns: &[&Column]) -> Vec<Vec<usize>> {
    columns.iter().fold(vec![Vec::new()], |groups, column| {
        let longer = |group: &Vec<usize>| {
            (0..=size(column)).map(|level| [&group[..], &[level]].concat()).collect::<Vec<_>>()
        };
        groups.iter().flat_map(longer).collect()
    })
}

/// Whether all levels of a group are declared, and lie within each other as declared.
fn is_declared(columns: &[&Column], group: &[usize]) -> bool {
    columns.iter().zip(group).all(|(column, level)| {
        *level < size(column)
            && column.parent.as_ref().is_none_or(|parent| {
                let above = columns.iter().position(|other| other.name == *parent).unwrap();
                let held = columns[above].levels.get(group[above]);
                held.is_none_or(|held| column.levels[*level].parent.as_ref() == Some(&held.code))
            })
    })
}
