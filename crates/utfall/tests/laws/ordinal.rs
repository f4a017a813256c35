//! What holds for all tables of steps and all groups on a scale.

use proptest::prelude::*;
use utfall::stats::{
    Alternative, BowkerPairs, ChiSquareTest, McNemarMethod, WilcoxonZeros, bowker, mcnemar,
    sign_test, stuart_maxwell, superiority, wilcoxon,
};

use crate::check;

type Table = Vec<Vec<u64>>;

fn table(levels: usize) -> impl Strategy<Value = Table> {
    let cell = prop_oneof![1 => Just(0_u64), 2 => 0..12_u64];
    prop::collection::vec(prop::collection::vec(cell, levels), levels)
}

fn tables() -> impl Strategy<Value = Table> {
    (1..6_usize).prop_flat_map(table)
}

/// Steps back for steps forth.
fn transposed(table: &Table) -> Table {
    (0..table.len()).map(|level| table.iter().map(|row| row[level]).collect()).collect()
}

/// With a level that nobody was or is on.
fn with_unused(table: &Table, at: usize) -> Table {
    let mut wider = table.clone();
    wider.iter_mut().for_each(|row| row.insert(at, 0));
    wider.insert(at, vec![0; table.len() + 1]);
    wider
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-10 * one.abs().max(other.abs()).max(1e-3)
}

fn assert_same(one: Option<ChiSquareTest>, other: Option<ChiSquareTest>) {
    assert_eq!(one.is_none(), other.is_none(), "{one:?} {other:?}");
    if let Some((one, other)) = one.zip(other) {
        assert_eq!(one.degrees_of_freedom, other.degrees_of_freedom);
        assert!((one.statistic - other.statistic).abs() <= 1e-9 * one.statistic.max(1.0));
        assert!((one.p_value - other.p_value).abs() < 1e-7, "{one:?} {other:?}");
    }
}

#[test]
fn transposed_swaps_up_and_down_and_keeps_p() {
    check(300, &tables(), |table| {
        let back = transposed(&table);
        for (alternative, other) in [
            (Alternative::TwoSided, Alternative::TwoSided),
            (Alternative::Greater, Alternative::Less),
            (Alternative::Less, Alternative::Greater),
        ] {
            let found = sign_test(&table, alternative).unwrap();
            let swapped = sign_test(&back, other).unwrap();
            assert_eq!(found.is_none(), swapped.is_none());
            if let Some((found, swapped)) = found.zip(swapped) {
                assert_eq!((found.up, found.down), (swapped.down, swapped.up));
                assert!(near(found.p_value, swapped.p_value));
            }
            for zeros in WilcoxonZeros::ALL {
                let found = wilcoxon(&table, *zeros, alternative).unwrap();
                let swapped = wilcoxon(&back, *zeros, other).unwrap();
                assert_eq!(found.is_none(), swapped.is_none());
                if let Some((found, swapped)) = found.zip(swapped) {
                    assert!(near(found.z, -swapped.z) && near(found.p_value, swapped.p_value));
                    assert!(near(found.rank_sum_up, swapped.rank_sum_down));
                }
            }
        }
        for pairs in BowkerPairs::ALL {
            assert_same(bowker(&table, *pairs).unwrap(), bowker(&back, *pairs).unwrap());
        }
        assert_same(stuart_maxwell(&table).unwrap(), stuart_maxwell(&back).unwrap());
    });
}

#[test]
fn an_unused_level_changes_nothing_but_distances() {
    check(300, &(tables(), any::<prop::sample::Index>()), |(table, at)| {
        let wider = with_unused(&table, at.index(table.len() + 1));
        let sign = |table| sign_test(table, Alternative::TwoSided).unwrap();
        assert_eq!(sign(&table), sign(&wider));
        for pairs in BowkerPairs::ALL {
            assert_same(bowker(&table, *pairs).unwrap(), bowker(&wider, *pairs).unwrap());
        }
        assert_same(stuart_maxwell(&table).unwrap(), stuart_maxwell(&wider).unwrap());
    });
}

#[test]
fn of_two_levels_all_tests_are_one() {
    check(200, &table(2), |table| {
        let found = mcnemar(&table, McNemarMethod::ChiSquare).unwrap();
        assert_same(found, stuart_maxwell(&table).unwrap());
        for pairs in BowkerPairs::ALL {
            assert_same(found, bowker(&table, *pairs).unwrap());
        }
        for zeros in WilcoxonZeros::ALL {
            let z = wilcoxon(&table, *zeros, Alternative::TwoSided).unwrap().map(|test| test.z);
            assert_eq!(z.is_none(), found.is_none());
            assert!(found.zip(z).is_none_or(|(found, z)| near(z * z, found.statistic)));
        }
        let corrected = mcnemar(&table, McNemarMethod::Corrected).unwrap();
        assert!(corrected.zip(found).is_none_or(|(less, more)| less.p_value >= more.p_value));
    });
}

/// Three levels have a closed form: J. L. Fleiss, B. S. Everitt, British Journal of Mathematical and Statistical
/// Psychology 24 (1971), 117–123.
#[test]
#[allow(clippy::cast_precision_loss, reason = "counts are small")]
fn three_levels_are_as_in_the_closed_form() {
    check(300, &table(3), |table| {
        let at = |before: usize, after: usize| table[before][after] as f64;
        let mean = |one: usize, other: usize| f64::midpoint(at(one, other), at(other, one));
        let change =
            |level: usize| (0..3).map(|other| at(level, other) - at(other, level)).sum::<f64>();
        let (lower, middle, upper) = (mean(0, 1), mean(0, 2), mean(1, 2));
        let below = 2.0 * (lower * upper + lower * middle + middle * upper);
        if below > 0.0 {
            let above =
                upper * change(0).powi(2) + middle * change(1).powi(2) + lower * change(2).powi(2);
            let found = stuart_maxwell(&table).unwrap().unwrap();
            assert_eq!(found.degrees_of_freedom, 2);
            assert!(near(found.statistic, above / below), "{found:?} {}", above / below);
        }
    });
}

/// The levels of a scale have no order for this test.
#[test]
fn the_order_of_levels_does_not_matter_to_margins() {
    check(200, &(tables(), crate::choices::choices()), |(table, mut choices)| {
        let mut order: Vec<usize> = (0..table.len()).collect();
        choices.shuffle(&mut order);
        let other: Table = order
            .iter()
            .map(|row| order.iter().map(|column| table[*row][*column]).collect())
            .collect();
        assert_same(stuart_maxwell(&table).unwrap(), stuart_maxwell(&other).unwrap());
    });
}

/// Ranks by listing everybody, and p by counting courses of the coin.
#[test]
#[allow(clippy::cast_precision_loss, reason = "counts are small")]
fn everybody_listed_gives_the_same() {
    check(200, &table(4), |table| {
        let mut steps = Vec::new();
        for (before, row) in table.iter().enumerate() {
            for (after, count) in row.iter().enumerate() {
                let step = i32::try_from(after).unwrap() - i32::try_from(before).unwrap();
                steps.extend((0..*count).map(|_| step));
            }
        }
        let up = steps.iter().filter(|step| **step > 0).count();
        let down = steps.iter().filter(|step| **step < 0).count();
        if let Some(found) = sign_test(&table, Alternative::Greater).unwrap() {
            assert_eq!((found.up, found.down), (up as u64, down as u64));
            let mut courses = vec![1.0_f64];
            for _ in 0..up + down {
                let shifted = std::iter::once(0.0).chain(courses.clone());
                courses = courses
                    .iter()
                    .copied()
                    .chain([0.0])
                    .zip(shifted)
                    .map(|(a, b)| f64::midpoint(a, b))
                    .collect();
            }
            assert!(near(found.p_value, courses[up..].iter().sum()), "{found:?}");
        }
        for zeros in WilcoxonZeros::ALL {
            let ranked: Vec<i32> = match zeros {
                WilcoxonZeros::Pratt => steps.clone(),
                WilcoxonZeros::Wilcox => steps.iter().copied().filter(|step| *step != 0).collect(),
            };
            let rank = |step: i32| {
                let closer = ranked.iter().filter(|other| other.abs() < step.abs()).count();
                let tied = ranked.iter().filter(|other| other.abs() == step.abs()).count();
                closer as f64 + f64::midpoint(tied as f64, 1.0)
            };
            if let Some(found) = wilcoxon(&table, *zeros, Alternative::TwoSided).unwrap() {
                let moved = ranked.iter().copied().filter(|step| *step != 0);
                let sum: f64 = moved.clone().filter(|step| *step > 0).map(rank).sum();
                assert!(near(found.rank_sum_up, sum));
                let squares: f64 = moved.clone().map(|step| rank(step).powi(2)).sum();
                let signed: f64 = moved.map(|step| f64::from(step.signum()) * rank(step)).sum();
                assert!(near(found.z, signed / squares.sqrt()), "{found:?}");
            }
        }
    });
}

fn groups() -> impl Strategy<Value = (Vec<u64>, Vec<u64>)> {
    (1..6_usize).prop_flat_map(|levels| {
        let group = || prop::collection::vec(0..9_u64, levels);
        (group(), group())
    })
}

#[test]
#[allow(clippy::cast_precision_loss, reason = "counts are small")]
fn superiority_is_a_share_of_pairs_and_mirrors() {
    check(300, &groups(), |(a, b)| {
        let (mut higher, mut pairs) = (0, 0);
        for (level, count) in a.iter().enumerate() {
            for (other, of_other) in b.iter().enumerate() {
                pairs += count * of_other;
                higher += count * of_other * u64::from(level > other) * 2;
                higher += count * of_other * u64::from(level == other);
            }
        }
        let found = superiority(&a, &b, 0.9).unwrap();
        let Some(found) = found else { return assert_eq!(pairs, 0) };
        assert!(near(found.probability.value, higher as f64 / (2 * pairs) as f64));
        let swapped = superiority(&b, &a, 0.9).unwrap().unwrap();
        let upside_down = |counts: &[u64]| counts.iter().rev().copied().collect::<Vec<_>>();
        let reversed = superiority(&upside_down(&a), &upside_down(&b), 0.9).unwrap().unwrap();
        for other in [swapped, reversed] {
            assert!(near(other.probability.value, 1.0 - found.probability.value));
            assert_eq!(other.probability.low.is_nan(), found.probability.low.is_nan());
            if !found.probability.low.is_nan() {
                assert!(near(other.probability.low, 1.0 - found.probability.high));
                assert!(near(other.statistic, -found.statistic));
                assert!(near(other.p_value, found.p_value));
            }
        }
    });
}

/// Any counts and any level give an answer or an error, never a panic, and end.
#[test]
fn any_counts_are_answered() {
    let cell = prop_oneof![4 => 0..9_u64, 1 => any::<u64>(), 1 => 0..1_u64 << 50];
    let rows = prop::collection::vec(prop::collection::vec(cell, 0..5), 0..5);
    let level = prop_oneof![
        any::<f64>(),
        0.0..1.0_f64,
        (0..17_i32).prop_map(|digits| 1.0 - 10_f64.powi(-digits)),
        (0..300_i32).prop_map(|digits| 10_f64.powi(-digits)),
    ];
    check(400, &(rows, level), |(rows, level)| {
        for alternative in Alternative::ALL {
            let _ = sign_test(&rows, *alternative);
            for zeros in WilcoxonZeros::ALL {
                let _ = wilcoxon(&rows, *zeros, *alternative);
            }
        }
        for pairs in BowkerPairs::ALL {
            let _ = bowker(&rows, *pairs);
        }
        let _ = (stuart_maxwell(&rows), mcnemar(&rows, McNemarMethod::Corrected));
        for (a, b) in rows.iter().zip(rows.iter().skip(1)) {
            if let Ok(Some(found)) = superiority(a, b, level) {
                assert!((0.0..=1.0).contains(&found.probability.value), "{found:?}");
            }
        }
    });
}
