//! What holds for every project and every register.
//!
//! Cases are made at random and compared with a reference that goes through the rows one by one and shares no code
//! with the library. `PROPTEST_CASES=5000` looks further than the gate does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

mod beside;
mod checks;
mod choices;
mod companions;
mod conditions;
mod disclosure;
mod edges;
mod enrolments;
mod generate;
mod goals;
mod items;
mod judge;
mod model;
mod ordinal;
mod persons;
mod publication;
mod published;
mod reference;
mod round_trip;
mod seen;
mod settled;
mod strata;
mod tables;
mod tallies;
mod text;
mod time_to_event;
mod two_groups;
mod unknown;
mod values;
mod wide;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestRunner};
use utfall::Evaluation;
use utfall::stats::{ProportionIntervals, ProportionMethod};

use choices::Choices;
use generate::cases;
use model::{By, Case, Cell, Items, Row};
use seen::Seen;
use tables::{Layout, evaluate, evaluate_in, evaluate_parts, table};

/// Checks a law on this many things, or on as many as `PROPTEST_CASES` asks for.
fn check<S: Strategy>(times: u32, strategy: &S, law: impl Fn(S::Value)) {
    let default = Config::default();
    let is_asked = std::env::var_os("PROPTEST_CASES").is_some();
    let config = Config {
        cases: if is_asked { default.cases } else { times },
        max_shrink_iters: 500,
        failure_persistence: None,
        ..default
    };
    let checked = TestRunner::new(config).run(strategy, |thing| {
        law(thing);
        Ok(())
    });
    if let Err(broken) = checked {
        panic!("{broken}");
    }
}

/// Checks a law on this many cases, each with further choices for the law to use.
fn for_every_case(times: u32, law: impl Fn(Case, Choices)) {
    check(times, &(cases(), choices::choices()), |(case, choices)| law(case, choices));
}

#[test]
fn figures_verdicts_and_findings_are_those_of_the_reference() {
    for_every_case(250, |case, _| {
        assert_eq!(Seen::of(&evaluate(&case)), reference::expected(&case));
    });
}

#[test]
fn the_parts_of_the_accounting_add_up() {
    for_every_case(60, |case, _| {
        let evaluation = evaluate(&case);
        for figure in evaluation.figures.iter() {
            let Some(counts) = figure.counts else { continue };
            assert_eq!(counts.units(), counts.outside + counts.unclassified + counts.population());
            assert_eq!(counts.population(), counts.excluded + counts.not_due + counts.due());
            assert_eq!(counts.due(), counts.missing + counts.observed());
            assert_eq!(counts.observed(), counts.successes + counts.failures);
            if figure.is_overall() {
                let name = evaluation.figures.indicator(figure);
                let indicator = case.project.indicators.iter().find(|known| known.name == name);
                let indicator = indicator.unwrap();
                let answers = match &indicator.items {
                    Items::Survey(survey) => survey.items.len() as u64,
                    Items::None | Items::Change(_) => 1,
                };
                let register = &case.project.registers[indicator.register].name;
                assert_eq!(counts.units(), units(&case, register) * answers);
            }
        }
    });
}

/// How many units the rows of a register stand for.
fn units(case: &Case, register: &str) -> u64 {
    let at = case.project.registers.iter().position(|declared| declared.name == register).unwrap();
    let rows = case.rows[at].as_ref().unwrap();
    let is_weighted = case.project.registers[at].has_weights;
    rows.iter().map(|row| if is_weighted { row.weight } else { 1 }).sum()
}

#[test]
fn the_order_of_rows_changes_nothing() {
    for_every_case(80, |mut case, mut choices| {
        let before = Seen::of(&evaluate(&case)).without_rows();
        case.rows.iter_mut().flatten().for_each(|rows| choices.shuffle(rows));
        assert_eq!(Seen::of(&evaluate(&case)).without_rows(), before);
    });
}

#[test]
fn any_split_into_tables_changes_nothing() {
    for_every_case(80, |case, mut choices| {
        let whole = evaluate(&case);
        let parts = evaluate_parts(&case, |register, rows| {
            let mut ends = choices.list(0, 4, |choices| choices.below(rows.len() + 1));
            ends.push(rows.len());
            ends.sort_unstable();
            let starts = std::iter::once(0).chain(ends.clone());
            let mut part = |(start, end): (usize, usize)| {
                let layout = if choices.percent(50) {
                    &mut Layout::Plain
                } else {
                    &mut Layout::Foreign(&mut choices)
                };
                table(register, &rows[start..end], layout)
            };
            starts.zip(ends.clone()).map(&mut part).collect()
        });
        assert_eq!(parts, whole);
    });
}

#[test]
fn a_table_of_weights_is_its_rows_written_out() {
    for_every_case(80, |mut case, _| {
        for register in &mut case.project.registers {
            (register.has_ids, register.has_weights) = (false, true);
        }
        let mut listed = case.clone();
        listed.project.registers.iter_mut().for_each(|register| register.has_weights = false);
        for rows in listed.rows.iter_mut().flatten() {
            let times = |row: &Row| usize::try_from(row.weight).unwrap();
            *rows = rows.iter().flat_map(|row| vec![row.clone(); times(row)]).collect();
        }
        let (weighted, listed) = (evaluate(&case), evaluate(&listed));
        assert_eq!(without_findings(weighted), without_findings(listed));
    });
}

#[test]
fn rows_of_weight_zero_change_no_figure() {
    for_every_case(80, |mut case, mut choices| {
        for register in &mut case.project.registers {
            (register.has_ids, register.has_weights) = (false, true);
        }
        let without = evaluate(&case);
        for (register, rows) in case.project.registers.iter().zip(&mut case.rows) {
            if let Some(rows) = rows {
                let added = choices.list(1, 4, |choices| Row {
                    weight: 0,
                    ..generate::row(choices, register, case.as_of, 0)
                });
                rows.extend(added);
                choices.shuffle(rows);
            }
        }
        assert_eq!(without_findings(evaluate(&case)), without_findings(without));
    });
}

/// Everything that an evaluation says of the registers; the findings and the tally also tell how the rows were written.
fn without_findings(evaluation: Evaluation) -> impl PartialEq + std::fmt::Debug {
    let Evaluation { figures, verdicts, steps, transitions, survey, incidence, .. } = evaluation;
    let Evaluation { distributions, coverage, flow, flow_reasons, money, planned, .. } = evaluation;
    (
        (figures, verdicts, steps, transitions, survey, incidence),
        (distributions, coverage, flow, flow_reasons, money, planned, evaluation.overlap),
    )
}

/// What is told in any layout of memory, and as texts where the source knows nothing else, is the same.
#[test]
fn the_layout_of_a_table_changes_nothing() {
    for_every_case(80, |mut case, mut choices| {
        let plain = evaluate(&case);
        assert_eq!(evaluate_in(&case, &mut Layout::Foreign(&mut choices)), plain);
        // Infinity is a number that no text table writes.
        for cell in case.rows.iter_mut().flatten().flatten().flat_map(|row| &mut row.cells) {
            if matches!(cell, Cell::Decimal(number) if number.is_infinite()) {
                *cell = Cell::Null;
            }
        }
        assert_eq!(evaluate_in(&case, &mut Layout::Texts), evaluate(&case));
    });
}

/// Columns may be declared in any order; only the order of figures follows it.
#[test]
fn the_order_of_columns_changes_no_figure() {
    for_every_case(60, |mut case, mut choices| {
        let in_any_order = |case: &Case| {
            let mut seen = Seen::of(&evaluate(case));
            for figure in &mut seen.figures {
                figure.group.sort();
            }
            let key = |figure: &seen::FigureRow| (figure.indicator.clone(), figure.group.clone());
            seen.figures.sort_by_key(key);
            for row in &mut seen.beside {
                row.group.sort();
            }
            seen.beside.sort_by_key(|row| (row.of.clone(), row.group.clone()));
            seen
        };
        let before = in_any_order(&case);
        for (register, rows) in case.project.registers.iter_mut().zip(&mut case.rows) {
            let mut order: Vec<usize> = (0..register.columns.len()).collect();
            choices.shuffle(&mut order);
            register.columns = order.iter().map(|at| register.columns[*at].clone()).collect();
            for row in rows.iter_mut().flatten() {
                row.cells = order.iter().map(|at| row.cells[*at].clone()).collect();
            }
        }
        assert_eq!(in_any_order(&case), before);
    });
}

/// The unknown group included, the groups of a table are everybody.
#[test]
fn the_groups_of_a_table_add_up_to_overall() {
    for_every_case(80, |case, _| {
        let seen = Seen::of(&evaluate(&case));
        let columns = |figure: &seen::FigureRow| -> Vec<String> {
            figure.group.iter().map(|(column, _)| column.clone()).collect()
        };
        for overall in seen.figures.iter().filter(|figure| figure.group.is_empty()) {
            let of_indicator =
                seen.figures.iter().filter(|other| other.indicator == overall.indicator);
            let mut tables: Vec<Vec<String>> = of_indicator.clone().map(columns).collect();
            tables.dedup();
            for table in tables {
                let of_table = of_indicator.clone().filter(|figure| columns(figure) == table);
                let counts: Vec<_> = of_table.map(|figure| figure.counts).collect();
                if let Some(overall) = overall.counts.filter(|_| !counts.contains(&None)) {
                    let sum = |place: usize| {
                        counts.iter().flatten().map(|group| group[place]).sum::<u64>()
                    };
                    assert_eq!(std::array::from_fn(sum), overall, "{table:?}");
                }
            }
        }
    });
}

/// Fewer tables show the same figures.
#[test]
fn what_else_is_crossed_changes_no_figure() {
    for_every_case(60, |mut case, _| {
        let crossed = Seen::of(&evaluate(&case));
        case.by = By::Margins(Vec::new());
        let alone = Seen::of(&evaluate(&case));
        let overall = crossed.figures.into_iter().filter(|figure| figure.group.is_empty());
        assert_eq!(alone.figures, overall.collect::<Vec<_>>());
        assert_eq!((alone.verdicts, alone.findings), (crossed.verdicts, crossed.findings));
        let overall = crossed.beside.into_iter().filter(|row| row.group.is_empty());
        assert_eq!(alone.beside, overall.collect::<Vec<_>>());
    });
}

#[test]
fn intervals_and_bounds_contain_the_value() {
    for_every_case(80, |case, _| {
        let evaluation = evaluate(&case);
        let figures = &evaluation.figures;
        for figure in figures.iter() {
            let (value, bounds) = (figures.value(figure), figures.bounds(figure));
            let (Some(value), Some(bounds)) = (value, bounds) else { continue };
            assert!(bounds.low <= value && value <= bounds.high, "{value} in {bounds:?}");
            let Some(interval) = figures.interval(figure) else {
                assert!(["count", "survey"].contains(&figures.kind(figure)));
                continue;
            };
            assert!(interval.low <= value && value <= interval.high, "{value} in {interval:?}");
            assert!(0.0 <= bounds.low && bounds.high <= 1.0, "{bounds:?}");
        }
    });
}

/// The ends of Wilson's interval are the shares that lie exactly `z` standard errors of their own from the value.
#[test]
fn wilson_ends_are_as_far_as_the_level_allows() {
    // Quantiles of the normal distribution: R 4.3.1, qnorm((1 + level) / 2).
    let levels = [
        (0.9, 1.644_853_626_951_472_6),
        (0.95, 1.959_963_984_540_054),
        (0.99, 2.575_829_303_548_900_4),
    ];
    for (level, z) in levels {
        let intervals = ProportionIntervals::new(ProportionMethod::Wilson, level).unwrap();
        for units in (1..60).chain([1_000, 123_456, 10_000_000]) {
            for successes in (0..=units).step_by(usize::try_from(units / 50 + 1).unwrap()) {
                let found = intervals.of(successes, units).unwrap().unwrap();
                #[allow(clippy::cast_precision_loss, reason = "counts are small")]
                let (value, n) = (successes as f64 / units as f64, units as f64);
                assert!(
                    0.0 <= found.low && found.low <= value,
                    "{successes} of {units}: {found:?}"
                );
                assert!(
                    value <= found.high && found.high <= 1.0,
                    "{successes} of {units}: {found:?}"
                );
                for end in [found.low, found.high] {
                    let distance = z * (end * (1.0 - end) / n).sqrt();
                    let is_at_edge = end <= 0.0 || end >= 1.0;
                    assert!(is_at_edge || ((value - end).abs() - distance).abs() < 1e-9, "{end}");
                }
            }
        }
    }
}
