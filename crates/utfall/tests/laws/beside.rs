//! The reference, fourth part: steps, transitions, surveys and the flow, row by row.

use utfall::Evaluation;

use crate::model::{
    By, Case, Change, Column, Flow, Indicator, Item, Items, Kind, Register, Survey,
};
use crate::reference::{
    EXCLUDED, FAILURE, Group, MISSING, Read, SUCCESS, Unit, answers, code, level_number, place,
    size, tables,
};
use crate::seen::BesideRow;
use crate::values::{Value, truth};

/// Which way a unit has moved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Way {
    Up,
    Same,
    Down,
}

/// How far a unit has moved on an item, in hundredths, up where that is better; `None` where it is not known.
fn movement(item: &Item, register: &Register, row: &[Value]) -> Option<i64> {
    let value = |name: &str| row[register.position(name).unwrap()];
    let moved = match (value(&item.from), value(&item.to)) {
        (Value::Level(before), Value::Level(after)) => {
            100 * (i64::try_from(after).unwrap() - i64::try_from(before).unwrap())
        }
        (Value::Number(before), Value::Number(after)) => after - before,
        _ => return None,
    };
    Some(if item.is_worse { -moved } else { moved })
}

fn way(moved: i64, at_least: i64) -> Way {
    if moved >= at_least {
        Way::Up
    } else if moved <= -at_least {
        Way::Down
    } else {
        Way::Same
    }
}

fn at_least(change: &Change) -> i64 {
    change.at_least.unwrap_or(100)
}

/// Which way a unit has moved on all items together; `None` where that is not known, whatever the unknown items are.
pub(crate) fn together(change: &Change, register: &Register, row: &[Value]) -> Option<Way> {
    let at_least = at_least(change);
    let moved: Vec<Option<i64>> =
        change.items.iter().map(|item| movement(item, register, row)).collect();
    if let Some("net" | "mean") = change.rule {
        let sum: i64 = moved.iter().copied().sum::<Option<i64>>()?;
        let items = i64::try_from(moved.len()).unwrap();
        let times = if change.rule == Some("mean") { items } else { 1 };
        return Some(way(sum, at_least * times));
    }
    // Every way in which the unknown items may have moved, by the step up or down that they may be.
    let mut outcomes: Vec<Vec<Way>> = vec![Vec::new()];
    for moved in moved {
        let ways =
            moved.map_or(vec![Way::Up, Way::Same, Way::Down], |moved| vec![way(moved, at_least)]);
        let longer = |ways_so_far: &Vec<Way>| {
            ways.iter().map(|way| [&ways_so_far[..], &[*way]].concat()).collect::<Vec<_>>()
        };
        outcomes = outcomes.iter().flat_map(longer).collect();
    }
    let is_up = |ways: &Vec<Way>| {
        let has_up = ways.contains(&Way::Up);
        if change.rule == Some("no_regression") {
            has_up && !ways.contains(&Way::Down)
        } else {
            has_up
        }
    };
    if outcomes.iter().all(is_up) {
        return Some(Way::Up);
    }
    if outcomes.iter().any(is_up) {
        return None;
    }
    let is_down = outcomes.iter().all(|ways| ways.contains(&Way::Down));
    Some(if is_down { Way::Down } else { Way::Same })
}

/// What a unit says of the items of an indicator: its row, or what the enrolments of a person say together.
pub(crate) fn said(indicator: &Indicator, register: &Register, unit: &Unit) -> Vec<Value> {
    // The first of those of the lowest rank.
    let preferred = |rank: &dyn Fn(&[Value]) -> usize| {
        unit.enrolments.iter().min_by_key(|row| rank(row)).unwrap().clone()
    };
    match &indicator.items {
        Items::None => unit.row.clone(),
        Items::Change(change) => preferred(&|row| match together(change, register, row) {
            Some(Way::Up) => 0,
            None => 1,
            Some(Way::Same) => 2,
            Some(Way::Down) => 3,
        }),
        Items::Survey(survey) => {
            let mut said = unit.row.clone();
            for item in &survey.items {
                let (position, column) = (register.position(item).unwrap(), register.column(item));
                let answer = |row: &[Value]| code(column, level_number(column, row[position]));
                let chosen = preferred(&|row| match answer(row) {
                    code if survey.not_applicable.contains(&code) => 3,
                    code if code == "(unknown)" => 1,
                    code if survey.favourable.contains(&code) => 0,
                    _ => 2,
                });
                said[position] = chosen[position];
            }
            said
        }
    }
}

/// The tables beside the figures that an evaluation of the case must show.
pub(crate) fn expected(case: &Case, registers: &[Read<'_>]) -> Vec<BesideRow> {
    let (mut steps, mut transitions, mut surveys) = (Vec::new(), Vec::new(), Vec::new());
    for indicator in &case.project.indicators {
        let shown = Shown { case, register: &registers[indicator.register], indicator };
        for group in shown.register.all_groups(&case.by) {
            match &indicator.items {
                Items::None => {}
                Items::Change(change) => {
                    shown.steps(change, &group, &mut steps);
                    shown.transitions(change, &group, &mut transitions);
                }
                Items::Survey(survey) => shown.survey(survey, &group, &mut surveys),
            }
        }
    }
    let (mut stages, mut reasons) = (Vec::new(), Vec::new());
    if let Some(flow) = &case.project.flow {
        for stage in 0..flow.stages.len() {
            for group in registers[0].all_groups(&case.by) {
                flow_rows(flow, stage, &registers[0], &group, (&mut stages, &mut reasons));
            }
        }
    }
    [steps, transitions, surveys, stages, reasons].concat()
}

impl Read<'_> {
    fn all_groups(&self, by: &By) -> Vec<Group> {
        tables(self.declared, by).iter().flat_map(|table| self.groups(table)).collect()
    }
}

/// An indicator on its register.
struct Shown<'a> {
    case: &'a Case,
    register: &'a Read<'a>,
    indicator: &'a Indicator,
}

impl Shown<'_> {
    /// The rows of a group that are in the population, with their units; `None` where nothing is counted.
    fn asked(&self, group: &Group) -> Option<Vec<(Vec<Value>, u64)>> {
        let units = self.register.units.as_ref()?;
        if group.is_absent || self.register.reads_absent(self.indicator) {
            return None;
        }
        let members = group.members.iter().map(|member| &units[*member]);
        let is_asked = |unit: &&Unit| {
            let place = place(self.indicator, self.register.declared, unit, self.case.as_of);
            [MISSING, SUCCESS, FAILURE].contains(&place)
        };
        let said = |unit: &Unit| said(self.indicator, self.register.declared, unit);
        Some(members.filter(is_asked).map(|unit| (said(unit), unit.weight)).collect())
    }

    fn row(
        &self,
        table: &str,
        of: &[&str],
        group: &Group,
        counts: Option<Vec<Option<u64>>>,
    ) -> BesideRow {
        let names = [table, &self.register.declared.name, &self.indicator.name];
        let of = names.iter().chain(of).map(|name| (*name).to_owned()).collect();
        BesideRow { of, group: group.name.clone(), counts }
    }

    fn steps(&self, change: &Change, group: &Group, rows: &mut Vec<BesideRow>) {
        let register = self.register.declared;
        let asked = self.asked(group);
        let mut add = |name: &str, items: &[Item], way: &dyn Fn(&[Value]) -> Option<Way>| {
            let is_number = |item: &Item| register.column(&item.from).kind == Kind::Number;
            let has_ceiling = !items.iter().any(is_number);
            let counts = asked.as_ref().map(|asked| {
                let count = |is_counted: &dyn Fn(&[Value]) -> bool| {
                    asked.iter().filter(|(row, _)| is_counted(row)).map(|(_, units)| units).sum()
                };
                let of = |wanted: Option<Way>| Some(count(&|row| way(row) == wanted));
                let is_at_ceiling = |row: &[Value]| {
                    way(row).is_some() && items.iter().all(|item| is_best(item, register, row))
                };
                vec![
                    of(Some(Way::Up)),
                    of(Some(Way::Same)),
                    of(Some(Way::Down)),
                    of(None),
                    has_ceiling.then(|| count(&is_at_ceiling)),
                ]
            });
            rows.push(self.row("steps", &[name], group, counts));
        };
        for item in &change.items {
            let way = |row: &[Value]| Some(way(movement(item, register, row)?, at_least(change)));
            add(&name(item), std::slice::from_ref(item), &way);
        }
        if change.items.len() > 1 {
            add("", &change.items, &|row| together(change, register, row));
        }
    }

    fn transitions(&self, change: &Change, group: &Group, rows: &mut Vec<BesideRow>) {
        let register = self.register.declared;
        let asked = self.asked(group);
        for item in &change.items {
            let column = register.column(&item.from);
            if column.kind == Kind::Number {
                continue;
            }
            for (before, after) in pairs(column) {
                let level = |name: &str, row: &[Value]| {
                    level_number(column, row[register.position(name).unwrap()])
                };
                let is_here = |row: &[Value]| {
                    (level(&item.from, row), level(&item.to, row)) == (before, after)
                };
                let units = asked.as_ref().map(|asked| {
                    let here = asked.iter().filter(|(row, _)| is_here(row));
                    vec![Some(here.map(|(_, units)| units).sum())]
                });
                let of = [&*name(item), &code(column, before), &code(column, after)];
                rows.push(self.row("transitions", &of, group, units));
            }
        }
    }

    fn survey(&self, survey: &Survey, group: &Group, rows: &mut Vec<BesideRow>) {
        let register = self.register.declared;
        let asked = self.asked(group);
        let placed: Option<Vec<(Vec<usize>, u64)>> = asked.as_ref().map(|asked| {
            asked.iter().map(|(row, units)| (answers(survey, register, row), *units)).collect()
        });
        let counts = |items: std::ops::Range<usize>| {
            placed.as_ref().map(|placed| {
                let of = |wanted: usize| {
                    let units = placed.iter().map(|(places, units)| {
                        let times = places[items.clone()].iter().filter(|place| **place == wanted);
                        times.count() as u64 * units
                    });
                    Some(units.sum())
                };
                vec![of(SUCCESS), of(FAILURE), of(EXCLUDED), of(MISSING)]
            })
        };
        for (position, item) in survey.items.iter().enumerate() {
            let counts = counts(position..position + 1);
            rows.push(self.row("survey", &[item], group, counts));
        }
        let respondents = placed.as_ref().map(|placed| {
            let has_answered = |places: &Vec<usize>| {
                let counted = places.iter().filter(|place| [SUCCESS, FAILURE].contains(*place));
                counted.count() >= survey.fewest.unwrap_or(1)
            };
            let respondents = placed.iter().filter(|(places, _)| has_answered(places));
            Some(respondents.map(|(_, units)| units).sum())
        });
        let counts = counts(0..survey.items.len()).zip(respondents);
        let counts = counts.map(|(counts, respondents)| [counts, vec![respondents]].concat());
        rows.push(self.row("survey", &[""], group, counts));
    }
}

fn name(item: &Item) -> String {
    format!("{}>{}", item.from, item.to)
}

/// Whether a unit was at the best level of an item before.
fn is_best(item: &Item, register: &Register, row: &[Value]) -> bool {
    let column = register.column(&item.from);
    let best = if item.is_worse { 0 } else { size(column) - 1 };
    row[register.position(&item.from).unwrap()] == Value::Level(best)
}

/// Every level before with every level after, unknown last.
fn pairs(column: &Column) -> impl Iterator<Item = (usize, usize)> {
    let levels = size(column);
    (0..=levels).flat_map(move |before| (0..=levels).map(move |after| (before, after)))
}

/// The rows of one stage and group, and those of the reasons of whom it lost.
fn flow_rows(
    flow: &Flow,
    stage: usize,
    register: &Read<'_>,
    group: &Group,
    (stages, reasons): (&mut Vec<BesideRow>, &mut Vec<BesideRow>),
) {
    let declared = register.declared;
    let mut reads_absent = false;
    for condition in &flow.stages[..=stage] {
        condition.visit_columns(&mut |name| reads_absent |= declared.column(name).is_absent);
    }
    let units = register.units.as_ref().filter(|_| !group.is_absent && !reads_absent);
    let members: Option<Vec<&Unit>> =
        units.map(|units| group.members.iter().map(|member| &units[*member]).collect());
    // What is known of this stage, of those who came through all before it.
    let here = |row: &[Value]| {
        let before = &flow.stages[..stage];
        let is_through = before.iter().all(|of| truth(of, declared, row) == Some(true));
        is_through.then(|| truth(&flow.stages[stage], declared, row))
    };
    let count = |members: &[&Unit], is_counted: &dyn Fn(&[Value]) -> bool| -> u64 {
        members.iter().filter(|unit| is_counted(&unit.row)).map(|unit| unit.weight).sum()
    };
    let of = |table: &str, more: &[&str]| -> Vec<String> {
        let number = (stage + 1).to_string();
        let names = [table, &declared.name, &number];
        names.iter().chain(more).map(|name| (*name).to_owned()).collect()
    };
    let counts = members.as_ref().map(|members| {
        [Some(true), None, Some(false)]
            .iter()
            .map(|wanted| Some(count(members, &|row| here(row) == Some(*wanted))))
            .chain([Some(count(members, &|_| true))])
            .collect()
    });
    stages.push(BesideRow { of: of("flow", &[]), group: group.name.clone(), counts });
    let Some(column) = flow.reasons.as_ref().map(|name| declared.column(name)) else { return };
    let position = declared.position(&column.name).unwrap();
    for level in 0..=size(column) {
        let is_here = |row: &[Value]| {
            here(row) == Some(Some(false)) && level_number(column, row[position]) == level
        };
        let units = members.as_ref().filter(|_| !column.is_absent);
        let counts = units.map(|members| vec![Some(count(members, &is_here))]);
        let of = of("flow_reasons", &[&code(column, level)]);
        reasons.push(BesideRow { of, group: group.name.clone(), counts });
    }
}

/// The tables beside the figures as the library shows them.
pub(crate) fn shown(evaluation: &Evaluation) -> Vec<BesideRow> {
    let named = |group: &[Option<u32>]| -> Vec<(String, String)> {
        let codes = evaluation.figures.codes(group);
        codes.map(|(column, code)| (column.to_owned(), code.to_owned())).collect()
    };
    let row = |of: &[&str], group: &[Option<u32>], counts| BesideRow {
        of: of.iter().map(|name| (*name).to_owned()).collect(),
        group: named(group),
        counts,
    };
    let mut rows: Vec<BesideRow> = Vec::new();
    rows.extend(evaluation.steps.iter().map(|step| {
        let item = step.item.as_deref().unwrap_or_default();
        let counts = step.counts.map(|counts| {
            let parts = [counts.up, counts.same, counts.down, counts.not_measurable].map(Some);
            [&parts[..], &[counts.at_ceiling]].concat()
        });
        row(&["steps", &step.register, &step.indicator, item], step.group(), counts)
    }));
    rows.extend(evaluation.transitions.iter().map(|cell| {
        let of =
            ["transitions", &cell.register, &cell.indicator, &cell.item, &cell.before, &cell.after];
        row(&of, cell.group(), cell.units.map(|units| vec![Some(units)]))
    }));
    rows.extend(evaluation.survey.iter().map(|asked| {
        let item = asked.item.as_deref().unwrap_or_default();
        let counts = asked.counts.map(|counts| {
            let parts =
                [counts.favourable, counts.unfavourable, counts.not_applicable, counts.missing];
            parts.into_iter().chain(asked.respondents).map(Some).collect()
        });
        row(&["survey", &asked.register, &asked.indicator, item], asked.group(), counts)
    }));
    rows.extend(evaluation.flow.iter().map(|stage| {
        let counts = stage.counts.map(|counts| {
            vec![counts.reached, counts.unknown, counts.lost, counts.units]
                .into_iter()
                .map(Some)
                .collect()
        });
        row(&["flow", &stage.register, &stage.stage], stage.group(), counts)
    }));
    rows.extend(evaluation.flow_reasons.iter().map(|lost| {
        let of = ["flow_reasons", &lost.register, &lost.stage, &lost.reason];
        row(&of, lost.group(), lost.units.map(|units| vec![Some(units)]))
    }));
    rows
}
