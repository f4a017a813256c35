//! The tables beside the figures agree with the figures, and with themselves.

use std::collections::BTreeMap;

use proptest::strategy::Strategy;
use utfall::{Evaluation, StepFigure};

use crate::choices::{Choices, choices};
use crate::generate::day;
use crate::model::{
    By, Case, Cell, Change, Column, Form, Indicator, Item, Items, Kind, Project, Register, Row,
};
use crate::seen::{BesideRow, Seen};
use crate::tables::evaluate;
use crate::{check, for_every_case, reference};

/// The accounting of an indicator for a group.
fn counts(
    evaluation: &Evaluation,
    indicator: &str,
    group: &[Option<u32>],
) -> Option<utfall::Accounting> {
    let figures = &evaluation.figures;
    let is_it = |figure: &&utfall::Figure| {
        figures.indicator(figure) == indicator && figure.group() == group
    };
    figures.iter().find(is_it).unwrap().counts
}

#[test]
fn the_steps_of_an_indicator_are_its_figure_and_its_matrix() {
    for_every_case(120, |case, _| {
        let evaluation = evaluate(&case);
        for row in &evaluation.steps {
            let figure = counts(&evaluation, &row.indicator, row.group());
            assert_eq!(row.counts.map(|counts| counts.population()), figure.map(|f| f.due()));
            let Some((steps, figure)) = row.counts.zip(figure) else { continue };
            if is_whole(&evaluation, row) {
                assert_eq!((steps.up, steps.not_measurable), (figure.successes, figure.missing));
                assert_eq!(steps.same + steps.down, figure.failures);
            }
            assert!(steps.at_ceiling.is_none_or(|ceiling| ceiling <= steps.measured()));
            let cells: Vec<_> = evaluation
                .transitions
                .iter()
                .filter(|cell| cell.indicator == row.indicator && cell.group() == row.group())
                .filter(|cell| Some(&cell.item) == row.item.as_ref())
                .collect();
            if cells.is_empty() {
                continue;
            }
            let all: u64 = cells.iter().map(|cell| cell.units.unwrap()).sum();
            assert_eq!(all, steps.population());
            let known = cells.iter().filter(|cell| {
                ![&cell.before, &cell.after].into_iter().any(|code| &**code == "(unknown)")
            });
            assert_eq!(known.map(|cell| cell.units.unwrap()).sum::<u64>(), steps.measured());
        }
    });
}

/// Whether a row is of all items of its indicator.
fn is_whole(evaluation: &Evaluation, row: &StepFigure) -> bool {
    let has_whole = |other: &&StepFigure| other.indicator == row.indicator && other.item.is_none();
    row.item.is_none() || !evaluation.steps.iter().any(|other| has_whole(&other))
}

#[test]
fn the_answers_to_all_items_are_the_figure() {
    for_every_case(120, |case, _| {
        let evaluation = evaluate(&case);
        let mut items = utfall::SurveyCounts::default();
        for row in &evaluation.survey {
            let Some(counted) = row.counts else { continue };
            if row.item.is_some() {
                items.favourable += counted.favourable;
                items.unfavourable += counted.unfavourable;
                items.not_applicable += counted.not_applicable;
                items.missing += counted.missing;
                continue;
            }
            assert_eq!(counted, items);
            items = utfall::SurveyCounts::default();
            let figure = counts(&evaluation, &row.indicator, row.group()).unwrap();
            assert_eq!(counted.favourable, figure.successes);
            assert_eq!(counted.unfavourable, figure.failures);
            assert_eq!(counted.missing, figure.missing);
            // Units taken out by `exclude` were not asked.
            assert!(counted.not_applicable <= figure.excluded);
            assert!(row.respondents.unwrap() <= counted.asked());
        }
    });
}

#[test]
fn the_parts_of_the_flow_are_those_who_reached_the_stage_before() {
    for_every_case(150, |case, _| {
        let evaluation = evaluate(&case);
        let mut reached: BTreeMap<&[Option<u32>], u64> = BTreeMap::new();
        for row in &evaluation.flow {
            let Some(counts) = row.counts else { continue };
            let before = reached.get(row.group()).copied().unwrap_or(counts.units);
            assert_eq!(counts.reached + counts.unknown + counts.lost, before);
            reached.insert(row.group(), counts.reached);
            let mut reasons = evaluation
                .flow_reasons
                .iter()
                .filter(|lost| lost.stage == row.stage && lost.group() == row.group())
                .map(|lost| lost.units)
                .peekable();
            if reasons.peek().is_some_and(Option::is_some) {
                assert_eq!(reasons.sum::<Option<u64>>(), Some(counts.lost));
            }
        }
    });
}

/// The unknown group included, the groups of a table are everybody.
#[test]
fn the_groups_beside_the_figures_add_up_to_overall() {
    for_every_case(80, |case, _| {
        let rows = Seen::of(&evaluate(&case)).beside;
        let columns = |row: &BesideRow| -> Vec<String> {
            row.group.iter().map(|(column, _)| column.clone()).collect()
        };
        for overall in rows.iter().filter(|row| row.group.is_empty()) {
            let like: Vec<_> = rows.iter().filter(|row| row.of == overall.of).collect();
            let mut tables: Vec<_> = like.iter().map(|row| columns(row)).collect();
            tables.dedup();
            for table in tables {
                let of_table = like.iter().filter(|row| columns(row) == table);
                let counts: Option<Vec<_>> = of_table.map(|row| row.counts.clone()).collect();
                let Some((counts, overall)) = counts.zip(overall.counts.clone()) else { continue };
                let sum =
                    |place: usize| -> Option<u64> { counts.iter().map(|group| group[place]).sum() };
                assert_eq!((0..overall.len()).map(sum).collect::<Vec<_>>(), overall, "{table:?}");
            }
        }
    });
}

const ITEMS: usize = 6;

/// So many items that combinations are kept by what occurs.
#[test]
fn an_instrument_of_many_items_is_counted_as_the_reference_counts_it() {
    let cases = choices().prop_map(|mut choices| instrument(&mut choices));
    check(25, &cases, |case| {
        assert_eq!(Seen::of(&evaluate(&case)), reference::expected(&case));
    });
}

fn instrument(choices: &mut Choices) -> Case {
    let codes = ["1", "2", "3", "4", "5"];
    let column = |name: &str| Column::plain(name, Kind::Ordinal, Form::Text, &codes);
    let names: Vec<(String, String)> =
        (0..ITEMS).map(|item| (format!("start_{item}"), format!("end_{item}"))).collect();
    let mut columns: Vec<Column> =
        names.iter().flat_map(|(from, to)| [column(from), column(to)]).collect();
    columns.push(Column::plain("gender", Kind::Level, Form::Text, &["woman", "man"]));
    let rows = choices.list(1, 20, |choices| {
        let mut cells: Vec<Cell> = (0..2 * ITEMS)
            .map(|_| {
                if choices.percent(4) {
                    Cell::Null
                } else {
                    Cell::Text((*choices.pick(&codes)).to_owned())
                }
            })
            .collect();
        cells.push(Cell::Text((*choices.pick(&["woman", "man"])).to_owned()));
        Row { id: Cell::Null, weight: 1, cells }
    });
    let item = |(from, to): &(String, String), choices: &mut Choices| Item {
        from: from.clone(),
        to: to.clone(),
        is_worse: choices.percent(30),
    };
    let indicators = ["any_item", "no_regression", "net", "mean"].map(|rule| Indicator {
        name: rule.to_owned(),
        register: 0,
        of: None,
        exclude: None,
        having: None,
        follow_up: None,
        items: Items::Change(Change {
            rule: Some(rule),
            at_least: choices.some(50, |choices| *choices.pick(&[100, 200, 50])),
            items: names.iter().map(|names| item(names, choices)).collect(),
        }),
    });
    let (registers, indicators) =
        (vec![Register::plain("participants", columns)], indicators.into());
    Case {
        project: Project { registers, indicators, ..Project::default() },
        as_of: day((2022, 6, 30)),
        by: By::Margins(vec!["gender".to_owned()]),
        rows: vec![Some(rows)],
    }
}
