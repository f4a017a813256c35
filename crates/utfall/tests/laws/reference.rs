//! The reference, second part: figures, row by row and group by group, straight from the words of the design.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::enrolments::{note_dates, overlaps, persons};
use crate::judge;
use crate::model::{By, Case, Cell, Column, ID_HEADER, Indicator, Kind, Register, Row};
use crate::seen::{FigureRow, FindingRow, Seen};
use crate::values::{Value, due_day, read, some, truth};

/// Units by place: outside, unclassified, excluded, not due, missing, successes, failures.
pub(crate) type Counts = [u64; 7];

const OUTSIDE: usize = 0;
const UNCLASSIFIED: usize = 1;
const EXCLUDED: usize = 2;
pub(crate) const NOT_DUE: usize = 3;
pub(crate) const MISSING: usize = 4;
pub(crate) const SUCCESS: usize = 5;
const FAILURE: usize = 6;

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
    Seen { figures, overlap, verdicts, findings }
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
    weight: u64,
}

impl Unit {
    pub(crate) fn new(row: Vec<Value>, number: u64, weight: u64) -> Self {
        Self { enrolments: vec![row.clone()], row, number, weight }
    }
}

/// A register with its rows read.
struct Read<'a> {
    declared: &'a Register,
    /// `None`: not handed over.
    units: Option<Vec<Unit>>,
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

    /// Where each unit ends up.
    fn places(&self, indicator: &Indicator, as_of: NaiveDate) -> Vec<usize> {
        let units = self.units.iter().flatten();
        units.map(|unit| place(indicator, self.declared, unit, as_of)).collect()
    }

    fn figures(
        &self,
        indicator: &Indicator,
        table: &[usize],
        places: &[usize],
        figures: &mut Vec<FigureRow>,
    ) {
        let columns: Vec<&Column> =
            table.iter().map(|column| &self.declared.columns[*column]).collect();
        let mut is_absent = columns.iter().any(|column| column.is_absent);
        indicator.visit_columns(&mut |name| is_absent |= self.declared.column(name).is_absent);
        let starts = self.declared.persons.iter().map(|(starts, _)| starts);
        starts.for_each(|starts| is_absent |= self.declared.column(starts).is_absent);
        for group in combinations(&columns) {
            let mut counts = Counts::default();
            for (unit, place) in self.units.iter().flatten().zip(places) {
                let is_member = |((column, level), position): ((&&Column, &usize), &usize)| {
                    level_number(column, unit.row[*position]) == *level
                };
                if columns.iter().zip(&group).zip(table).all(is_member) {
                    counts[*place] += unit.weight;
                }
            }
            if !is_declared(&columns, &group) && counts == Counts::default() {
                continue;
            }
            let named = columns.iter().zip(&group);
            let named = named.map(|(column, level)| (column.name.clone(), code(column, *level)));
            let reason = match &self.units {
                _ if is_absent => Some("not_published"),
                None => Some("register_not_given"),
                Some(_) => None,
            };
            let is_count = indicator.having.is_none();
            let counts = Some(counts).filter(|_| reason.is_none());
            figures.push(FigureRow::new(
                (&self.declared.name, &indicator.name, is_count),
                named.collect(),
                counts,
                reason,
            ));
        }
    }
}

/// The steps of the accounting, in their order.
fn place(indicator: &Indicator, register: &Register, unit: &Unit, as_of: NaiveDate) -> usize {
    let row = &unit.row;
    match indicator.of.as_ref().map_or(Some(true), |of| truth(of, register, row)) {
        Some(false) => return OUTSIDE,
        None => return UNCLASSIFIED,
        Some(true) => {}
    }
    if indicator.exclude.as_ref().is_some_and(|out| truth(out, register, row) == Some(true)) {
        return EXCLUDED;
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
    units: impl Iterator<Item = (&'u Unit, &'u usize)>,
    as_of: NaiveDate,
    findings: &mut Vec<FindingRow>,
) {
    let mut is_read = true;
    indicator.visit_columns(&mut |name| is_read &= !register.column(name).is_absent);
    let starts = register.persons.iter().map(|(starts, _)| starts);
    starts.for_each(|starts| is_read &= !register.column(starts).is_absent);
    let is_early = |unit: &Unit, place: usize| {
        let having = indicator.having.as_ref();
        let now = Indicator { follow_up: None, ..indicator.clone() };
        place == NOT_DUE && having.is_some() && self::place(&now, register, unit, as_of) == SUCCESS
    };
    let mut early: Vec<u64> = units
        .filter(|(unit, place)| is_read && is_early(unit, **place))
        .map(|(unit, _)| unit.number)
        .collect();
    early.sort_unstable();
    if !early.is_empty() {
        let name = Some(indicator.name.clone());
        findings.push(FindingRow::new("known_before_due", &register.name, None, name, &early));
    }
}

/// The tables of a register, as positions of its columns: fewer columns first, the empty one (overall) first of all.
fn tables(register: &Register, by: &By) -> Vec<Vec<usize>> {
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
fn size(column: &Column) -> usize {
    if column.kind == Kind::Flag { 2 } else { column.levels.len() }
}

fn level_number(column: &Column, value: Value) -> usize {
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
