//! Patterns of hidden cells: safe from an enumerating attacker, nested, cheapest, whatever the order.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use utfall::disclosure::{
    Cell, DisclosureError, Found, Limits, Need, Pattern, Role, Rules, System, Table, Zeros, audit,
    merge_levels, protect_by, round,
};

use crate::check;

/// Rows, columns and counts, of which many are small.
fn tables() -> impl Strategy<Value = (usize, usize, Vec<u64>)> {
    (2..4_usize, 2..4_usize).prop_flat_map(|(rows, columns)| {
        let count = prop_oneof![3 => 0..6_u64, 2 => 6..40_u64];
        vec(count, rows * columns).prop_map(move |counts| (rows, columns, counts))
    })
}

fn made(table: &Table, threshold: u64, limits: Limits) -> Pattern {
    protect_by(table.system(), Rules::default().with_threshold(threshold), limits).unwrap()
}

/// All whole tables that agree with what is published, by trying every value of one cell after the other; the least and
/// most that each cell was. Hidden cells are 1 or more, since zeros are printed.
fn enumerated(table: &Table, hidden: &[bool], most: u64) -> Vec<(u64, u64)> {
    let cells = table.system().cells();
    let mut seen = vec![(u64::MAX, 0); cells.len()];
    let mut values: Vec<Option<u64>> =
        cells.iter().zip(hidden).map(|(cell, hidden)| (!hidden).then_some(cell.value)).collect();
    fill(table, &mut values, most, &mut seen);
    seen
}

fn fill(table: &Table, values: &mut Vec<Option<u64>>, most: u64, seen: &mut [(u64, u64)]) {
    for relation in table.system().relations() {
        let known: i128 = relation
            .iter()
            .filter_map(|(cell, by)| Some(i128::from(values[*cell]?) * i128::from(*by)))
            .sum();
        let open: Vec<i64> = relation
            .iter()
            .filter(|(cell, _)| values[*cell].is_none())
            .map(|(_, by)| *by)
            .collect();
        // The rest can only be made up by what is open.
        let up = open.iter().any(|by| *by > 0);
        let down = open.iter().any(|by| *by < 0);
        if (known > 0 && !down) || (known < 0 && !up) || (known == 0 && open.len() == 1) {
            return;
        }
    }
    let Some(next) = values.iter().position(Option::is_none) else {
        for (seen, value) in seen.iter_mut().zip(values) {
            let value = value.unwrap();
            *seen = (seen.0.min(value), seen.1.max(value));
        }
        return;
    };
    for value in 1..=most {
        values[next] = Some(value);
        fill(table, values, most, seen);
    }
    values[next] = None;
}

#[test]
fn an_attacker_who_tries_everything_rules_nothing_out() {
    let small = (2..4_usize, vec(0..6_u64, 4..=6)).prop_map(|(columns, counts)| {
        let rows = counts.len() / columns;
        (rows, columns, counts[..rows * columns].to_vec())
    });
    check(60, &small, |(rows, columns, counts)| {
        let table = Table::of(&[rows, columns], &counts).unwrap();
        let pattern = made(&table, 3, Limits::default());
        let cells = table.system().cells().iter().zip(&pattern.hidden);
        let largest = cells.filter(|(_, hidden)| **hidden).map(|(cell, _)| cell.value).max();
        // A protection moves no cell further than by 2.
        let most = largest.unwrap_or_default() + 2;
        if pattern.hidden.iter().filter(|hidden| **hidden).count() > 8 || most > 10 {
            return;
        }
        let seen = enumerated(&table, &pattern.hidden, most);
        let marked = Rules::default().with_threshold(3).mark(table.system()).unwrap();
        for (cell, (low, high)) in marked.cells().iter().zip(seen) {
            if let Some(need) = cell.need {
                assert!(low <= need.low && high >= need.high, "{counts:?}: {cell:?} {low}..{high}");
            }
        }
    });
}

#[test]
fn a_higher_threshold_hides_all_that_a_lower_one_hides() {
    check(25, &tables(), |(rows, columns, counts)| {
        let table = Table::of(&[rows, columns], &counts).unwrap();
        for limits in [Limits::default(), Limits { cells: 0, ..Limits::default() }] {
            let patterns = [2, 3, 4, 5, 6, 8].map(|threshold| made(&table, threshold, limits));
            for pair in patterns.windows(2) {
                let nested =
                    pair[0].hidden.iter().zip(&pair[1].hidden).all(|(one, two)| !one || *two);
                assert!(nested, "{counts:?}");
            }
            assert!(patterns.iter().all(|pattern| pattern.audit.passes()));
        }
    });
}

#[test]
fn the_order_of_levels_changes_nothing() {
    check(40, &tables(), |(rows, columns, counts)| {
        let table = Table::of(&[rows, columns], &counts).unwrap();
        let turned: Vec<u64> = counts.chunks(columns).rev().flatten().copied().collect();
        let turned = Table::of(&[rows, columns], &turned).unwrap();
        let hidden = |table: &Table| {
            let pattern = made(table, 5, Limits::default());
            let cells = table.system().cells().iter().zip(&pattern.hidden);
            let mut hidden: Vec<u64> =
                cells.filter(|(_, hidden)| **hidden).map(|(cell, _)| cell.value).collect();
            hidden.sort_unstable();
            (hidden, pattern.cost, pattern.found)
        };
        assert_eq!(hidden(&table), hidden(&turned), "{counts:?}");
    });
}

#[test]
fn the_cheapest_costs_no_more_than_any_other_that_passes() {
    check(12, &vec(1..9_u64, 4), |counts| {
        let table = Table::of(&[2, 2], &counts).unwrap();
        let rules = Rules { singletons: false, ..Rules::default() };
        let marked = rules.mark(table.system()).unwrap();
        let pattern = protect_by(table.system(), rules, Limits::default()).unwrap();
        assert_eq!(pattern.found, Found::Cheapest);
        let passing = (0..1_usize << 9).filter(|bits| {
            let hidden: Vec<bool> = (0..9).map(|cell| bits >> cell & 1 == 1).collect();
            bits.count_ones() < u32::try_from(pattern.cost).unwrap()
                && audit(&marked, &hidden).unwrap().passes()
        });
        assert_eq!(passing.count(), 0, "{counts:?} {pattern:?}");
    });
}

#[test]
fn three_dimensions_groups_and_protected_zeros_pass_too() {
    check(10, &vec(0..12_u64, 18), |counts| {
        let table = Table::of(&[3, 3, 2], &counts).unwrap();
        let rules = Rules { zeros: Zeros::Protected, ..Rules::default() };
        let limits = Limits { cells: 0, ..Limits::default() };
        let pattern = protect_by(table.system(), rules, limits).unwrap();
        let marked = rules.mark(table.system()).unwrap();
        assert!(audit(&marked, &pattern.hidden).unwrap().passes());
        assert!(
            marked
                .cells()
                .iter()
                .zip(&pattern.hidden)
                .all(|(cell, hidden)| cell.need.is_none() || *hidden)
        );
    });
}

#[test]
fn the_difference_of_two_releases_is_protected() {
    // What was published is known; what came since may be one person.
    let releases = (vec(5..30_u64, 4), vec(0..4_u64, 4));
    check(25, &releases, |(before, new)| {
        let mut values = before.clone();
        values.extend(before.iter().zip(&new).map(|(before, new)| before + new));
        values.extend(&new);
        let relations =
            (0..4).map(|cell| vec![(cell + 4, 1), (cell, -1), (cell + 8, -1)]).collect();
        let system = System::new(values.into_iter().map(Cell::of).collect(), relations);
        let system = system.unwrap().with(|number, cell| match number {
            0..4 => cell.role = Role::Known,
            4..8 => {}
            _ => (cell.role, cell.cost) = (Role::Unprinted, 0),
        });
        let pattern = protect_by(&system.unwrap(), Rules::default(), Limits::default()).unwrap();
        assert!(pattern.audit.passes());
        for (cell, new) in new.iter().enumerate() {
            assert_eq!(pattern.hidden[cell + 4], (1..5).contains(new), "{new}");
        }
    });
}

#[test]
fn rounded_tables_add_up_and_stay_near() {
    check(25, &tables(), |(rows, columns, counts)| {
        let table = Table::of(&[rows, columns], &counts).unwrap();
        let rounded = round(table.system(), 5, Limits::default()).unwrap();
        for (cell, value) in table.system().cells().iter().zip(&rounded.values) {
            assert!(value % 5 == 0 && value.abs_diff(cell.value) < 5);
            assert!(cell.value % 5 != 0 || *value == cell.value);
        }
        for relation in table.system().relations() {
            let sum: i64 =
                relation.iter().map(|(cell, by)| rounded.values[*cell].cast_signed() * by).sum();
            assert_eq!(sum, 0);
        }
    });
}

#[test]
fn merged_tables_keep_everybody() {
    check(25, &tables(), |(rows, columns, counts)| {
        let table = Table::of(&[rows, columns], &counts).unwrap();
        let merged = merge_levels(&table, Rules::default(), Limits::default()).unwrap();
        let (shape, left) = merged.table.levels();
        assert_eq!(left.iter().sum::<u64>(), counts.iter().sum::<u64>());
        assert_eq!(merged.cells_lost, counts.len() - left.len());
        let mut all: Vec<usize> = merged.levels[0].iter().flatten().copied().collect();
        all.sort_unstable();
        assert_eq!((all, shape[0]), ((0..rows).collect(), merged.levels[0].len()));
        assert!(merged.pattern.audit.passes());
        assert!(!merged.pattern.hidden.contains(&true) || left.len() == 1);
    });
}

/// Persons in parts that nobody asks for, and figures that are sums of them.
fn of_parts(parts: &[u64], figures: &[Vec<usize>], change: impl Fn(usize, &mut Cell)) -> System {
    let system = System::from_atoms(parts, figures).unwrap();
    let changed = |number: usize, cell: &mut Cell| {
        if number < parts.len() {
            cell.role = Role::Part;
        } else {
            change(number - parts.len(), cell);
        }
    };
    system.with(changed).unwrap()
}

#[test]
fn who_is_the_other_cell_has_no_question_about_it() {
    // Nobody is in the third figure, so the one person of the first is the one of the second, by way of parts.
    let figures = [vec![0, 1], vec![0, 2], vec![1, 2]];
    let system = of_parts(&[1, 0, 0], &figures, |_, _| {});
    for limits in [Limits::default(), Limits { cells: 0, ..Limits::default() }] {
        let pattern = protect_by(&system, Rules::default(), limits).unwrap();
        assert_eq!(pattern.hidden, [false, false, false, true, true, false]);
        assert!(pattern.audit.passes());
        assert!(pattern.audit.cells.iter().all(|cell| cell.cell >= 3));
    }
}

#[test]
fn what_she_learns_from_a_published_total_is_refused() {
    // A total of 5 that everybody has: the one person in the one part knows the 4 in the other.
    let known = |figure: usize, cell: &mut Cell| {
        if figure == 2 {
            cell.role = Role::Known;
        }
    };
    let system = of_parts(&[1, 4], &[vec![0], vec![1], vec![0, 1]], known);
    let rules = Rules { zeros: Zeros::Secondary, ..Rules::default() };
    let refused = protect_by(&system, rules, Limits::default());
    assert!(matches!(refused, Err(DisclosureError::CannotBeProtected { cell: 3 })), "{refused:?}");
    let outsiders = Rules { singletons: false, ..rules };
    assert!(protect_by(&system, outsiders, Limits::default()).unwrap().audit.passes());
}

#[test]
fn sums_of_unprinted_parts_can_always_be_protected() {
    let figures = vec(vec(0..5_usize, 1..4), 1..8);
    check(40, &(vec(0..6_u64, 5), figures), |(parts, mut figures)| {
        figures.iter_mut().for_each(|figure| {
            figure.sort_unstable();
            figure.dedup();
        });
        let system = of_parts(&parts, &figures, |_, _| {});
        let rules = Rules { zeros: Zeros::Secondary, ..Rules::default() };
        for limits in [Limits::default(), Limits { cells: 0, ..Limits::default() }] {
            let pattern = protect_by(&system, rules, limits);
            assert!(pattern.is_ok_and(|pattern| pattern.audit.passes()), "{parts:?} {figures:?}");
        }
    });
}

#[test]
fn the_cheapest_of_sums_of_parts_costs_no_more_than_any_other_that_passes() {
    // Some figures were told before. Single units ask too, also what nothing can answer; that must not make a pattern dearer.
    let figures =
        vec((vec(0..7_usize, 1..6), prop_oneof![3 => Just(false), 1 => Just(true)]), 5..9);
    check(400, &(vec(prop_oneof![0..3_u64, 3..9_u64], 7), figures), |(parts, mut figures)| {
        for (figure, _) in &mut figures {
            figure.sort_unstable();
            figure.dedup();
        }
        let (figures, told): (Vec<_>, Vec<_>) = figures.into_iter().unzip();
        let system = of_parts(&parts, &figures, |figure, cell| {
            if told[figure] {
                cell.role = Role::Told;
            }
        });
        let rules = Rules { zeros: Zeros::Secondary, ..Rules::default() };
        let pattern = protect_by(&system, rules, Limits::default()).unwrap();
        assert_eq!(pattern.found, Found::Cheapest);
        // No more is asked of the others than of it.
        let needs: BTreeMap<usize, Option<Need>> =
            pattern.audit.cells.iter().map(|cell| (cell.cell, cell.need)).collect();
        let marked = rules.mark(&system).unwrap();
        let marked = marked
            .with(|number, cell| cell.need = needs.get(&number).copied().unwrap_or(cell.need))
            .unwrap();
        for bits in 0..1_u64 << figures.len() {
            let is_hidden = |cell: usize| {
                let figure = cell.checked_sub(parts.len());
                figure.is_some_and(|figure| bits >> figure & 1 == 1 && !told[figure])
            };
            let hidden: Vec<bool> = (0..marked.cells().len()).map(is_hidden).collect();
            let is_cheaper = marked.cost(&hidden) < pattern.cost;
            let passes = is_cheaper && audit(&marked, &hidden).unwrap().passes();
            assert!(!passes, "{parts:?} {figures:?} {told:?} {pattern:?} {hidden:?}");
        }
    });
}

#[test]
fn a_large_table_is_asked_in_parts() {
    // 114 × 114 with margins is beyond what is asked as a whole; one small count in every 1,000.
    let counts: Vec<u64> =
        (0..113 * 113).map(|at| if at % 997 == 5 { 3 } else { 5 + at % 7 }).collect();
    let table = Table::of(&[113, 113], &counts).unwrap();
    let pattern = made(&table, 5, Limits::default());
    assert!(pattern.audit.passes());
    let hidden = pattern.hidden.iter().filter(|hidden| **hidden).count();
    // A small count takes three others at the most.
    let small = counts.iter().filter(|count| **count < 5).count();
    assert!((2 * small..=4 * small).contains(&hidden), "{hidden} for {small}");
}
