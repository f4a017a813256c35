//! What holds for all strata, funnels and scenarios of staff.

use proptest::prelude::*;
use utfall::stats::{
    ChiSquareTest, CmhMethod, Estimate, FunnelMethod, HomogeneityMethod, MantelHaenszelMeasure,
    StaffDensity, StaffingScenario, StandardiseMethod, Stratum, cmh_test, funnel_limits,
    homogeneity, mantel_haenszel, staffing_need, standardise, standardised_difference,
};

use crate::check;
use crate::choices::choices;

fn stratum() -> impl Strategy<Value = Stratum> {
    let cell = || prop_oneof![1 => Just(0_u64), 4 => 0..30_u64];
    (cell(), cell(), cell(), cell()).prop_map(|(a, b, c, d)| [[a, b], [c, d]])
}

fn strata() -> impl Strategy<Value = Vec<Stratum>> {
    prop::collection::vec(stratum(), 0..6)
}

/// Equal but for rounding; NaN is like NaN.
fn alike(one: f64, other: f64) -> bool {
    let scale = one.abs().max(other.abs()).max(1e-3);
    one.is_nan() && other.is_nan()
        || one.total_cmp(&other).is_eq()
        || (one - other).abs() <= 1e-11 * scale
}

fn assert_alike(one: Option<Estimate>, other: Option<Estimate>) {
    let pair = one.zip(other);
    assert_eq!(one.is_none(), other.is_none());
    if let Some((one, other)) = pair {
        let all = alike(one.value, other.value)
            && alike(one.low, other.low)
            && alike(one.high, other.high);
        assert!(all, "{one:?} {other:?}");
    }
}

fn assert_same_test(one: Option<ChiSquareTest>, other: Option<ChiSquareTest>) {
    assert_eq!(one.is_none(), other.is_none());
    if let Some((one, other)) = one.zip(other) {
        assert_eq!(one.degrees_of_freedom, other.degrees_of_freedom);
        // A statistic that is all rounding is as good as 0.
        assert!((one.statistic - other.statistic).abs() <= 1e-10 * one.statistic.max(1.0));
        assert!((one.p_value - other.p_value).abs() <= 1e-6, "{one:?} {other:?}");
    }
}

fn pooled(tables: &[Stratum], measure: MantelHaenszelMeasure) -> Option<Estimate> {
    mantel_haenszel(tables, measure, 0.9).unwrap()
}

fn mirrored(estimate: Estimate) -> Estimate {
    Estimate { value: -estimate.value, low: -estimate.high, high: -estimate.low }
}

fn inverted(estimate: Estimate) -> Estimate {
    let Estimate { value, low, high } = estimate;
    Estimate { value: 1.0 / value, low: 1.0 / high, high: 1.0 / low }
}

#[test]
fn swapped_groups_mirror_the_difference_and_invert_ratios() {
    check(300, &strata(), |tables| {
        let swapped: Vec<Stratum> =
            tables.iter().map(|[first, second]| [*second, *first]).collect();
        let both = |measure| (pooled(&tables, measure), pooled(&swapped, measure));
        let (found, other) = both(MantelHaenszelMeasure::Difference);
        assert_alike(found.map(mirrored), other);
        for measure in [MantelHaenszelMeasure::Ratio, MantelHaenszelMeasure::OddsRatio] {
            let (found, other) = both(measure);
            assert_alike(found.map(inverted), other);
        }
        for method in HomogeneityMethod::ALL {
            let test = |tables| homogeneity(tables, *method).unwrap();
            assert_same_test(test(&tables), test(&swapped));
        }
        for method in CmhMethod::ALL {
            let test = |tables| cmh_test(tables, *method).unwrap();
            assert_same_test(test(&tables), test(&swapped));
        }
    });
}

#[test]
fn failures_for_successes_mirror_the_difference_and_invert_odds() {
    check(300, &strata(), |tables| {
        let swapped: Vec<Stratum> = tables
            .iter()
            .map(|groups| groups.map(|[successes, failures]| [failures, successes]))
            .collect();
        let both = |measure| (pooled(&tables, measure), pooled(&swapped, measure));
        let (found, other) = both(MantelHaenszelMeasure::Difference);
        assert_alike(found.map(mirrored), other);
        let (found, other) = both(MantelHaenszelMeasure::OddsRatio);
        assert_alike(found.map(inverted), other);
        for method in HomogeneityMethod::ALL {
            let test = |tables| homogeneity(tables, *method).unwrap();
            assert_same_test(test(&tables), test(&swapped));
        }
    });
}

#[test]
fn the_order_of_strata_changes_nothing() {
    check(300, &(strata(), choices()), |(tables, mut choices)| {
        let mut other = tables.clone();
        choices.shuffle(&mut other);
        for measure in MantelHaenszelMeasure::ALL {
            assert_alike(pooled(&tables, *measure), pooled(&other, *measure));
        }
        for method in HomogeneityMethod::ALL {
            let test = |tables| homogeneity(tables, *method).unwrap();
            assert_same_test(test(&tables), test(&other));
        }
        for method in CmhMethod::ALL {
            let test = |tables| cmh_test(tables, *method).unwrap();
            assert_same_test(test(&tables), test(&other));
        }
        let equal = |tables: &[Stratum]| {
            standardised_difference(tables, &vec![1.0; tables.len()], 0.9).unwrap()
        };
        assert_alike(equal(&tables), equal(&other));
    });
}

#[test]
fn a_stratum_with_one_group_carries_no_weight() {
    check(200, &(strata(), 0..30_u64, 0..30_u64), |(tables, successes, failures)| {
        let mut more = tables.clone();
        more.extend([
            [[successes, failures], [0, 0]],
            [[0, 0], [successes, failures]],
            [[0, 0]; 2],
        ]);
        for measure in MantelHaenszelMeasure::ALL {
            assert_alike(pooled(&tables, *measure), pooled(&more, *measure));
        }
        for method in HomogeneityMethod::ALL {
            let test = |tables| homogeneity(tables, *method).unwrap();
            assert_same_test(test(&tables), test(&more));
        }
        for method in CmhMethod::ALL {
            let test = |tables| cmh_test(tables, *method).unwrap();
            assert_same_test(test(&tables), test(&more));
        }
    });
}

#[test]
#[allow(clippy::cast_precision_loss, reason = "counts are small")]
fn one_stratum_gives_the_crude_figure() {
    check(300, &stratum(), |table| {
        let [[a, b], [c, d]] = table.map(|group| group.map(|count| count as f64));
        let (first, second) = (a / (a + b), c / (c + d));
        let value = |measure| pooled(&[table], measure).map(|found| found.value);
        // Where a group has nobody, or 0 would be divided by 0, there is no crude figure either.
        let crude = |value: f64| (!value.is_nan()).then_some(value);
        for (measure, expected) in [
            (MantelHaenszelMeasure::Difference, first - second),
            (MantelHaenszelMeasure::Ratio, first / second),
            (MantelHaenszelMeasure::OddsRatio, (a * d) / (b * c)),
        ] {
            match (value(measure), crude(expected)) {
                (Some(value), Some(expected)) => assert!(alike(value, expected)),
                (found, expected) => assert_eq!(found, expected, "{table:?}"),
            }
        }
        let standardised = standardised_difference(&[table], &[3.0], 0.9).unwrap();
        assert_alike(standardised, pooled(&[table], MantelHaenszelMeasure::Difference));
        assert_eq!(homogeneity(&[table], HomogeneityMethod::Tarone).unwrap(), None);
    });
}

#[test]
fn strata_that_are_alike_have_one_odds_ratio() {
    check(200, &(stratum(), 2..5_usize), |(table, times)| {
        let tables = vec![table; times];
        for method in HomogeneityMethod::ALL {
            if let Some(test) = homogeneity(&tables, *method).unwrap() {
                assert!(test.statistic.abs() < 1e-9 && test.p_value > 0.99, "{test:?}");
                assert_eq!(test.degrees_of_freedom, times as u64 - 1);
            }
        }
    });
}

#[test]
fn corrections_make_tests_more_careful() {
    check(300, &strata(), |tables| {
        let test = |method| homogeneity(&tables, method).unwrap();
        let both = test(HomogeneityMethod::Tarone).zip(test(HomogeneityMethod::BreslowDay));
        assert!(both.is_none_or(|(tarone, plain)| tarone.statistic <= plain.statistic));
        let test = |method| cmh_test(&tables, method).unwrap();
        let both = test(CmhMethod::Corrected).zip(test(CmhMethod::ChiSquare));
        assert!(both.is_none_or(|(corrected, plain)| corrected.p_value >= plain.p_value));
    });
}

/// Any counts give an answer or an error, never a panic.
#[test]
fn any_counts_are_answered() {
    let cell = || prop_oneof![Just(0), Just(1), any::<u64>(), 0..1_u64 << 50];
    let group = || (cell(), cell()).prop_map(|(a, b)| [a, b]);
    let table = (group(), group()).prop_map(|(first, second)| [first, second]);
    let tables = prop::collection::vec(table, 0..4);
    check(
        300,
        &(tables, any::<f64>(), any::<f64>(), any::<u64>()),
        |(tables, level, weight, n)| {
            for measure in MantelHaenszelMeasure::ALL {
                let _ = mantel_haenszel(&tables, *measure, level);
                if let Ok(Some(found)) = mantel_haenszel(&tables, *measure, 0.95) {
                    assert!(!found.value.is_nan(), "{found:?}");
                }
            }
            for method in HomogeneityMethod::ALL {
                if let Ok(Some(test)) = homogeneity(&tables, *method) {
                    assert!((0.0..=1.0).contains(&test.p_value), "{tables:?} {test:?}");
                }
            }
            for method in CmhMethod::ALL {
                if let Ok(Some(test)) = cmh_test(&tables, *method) {
                    assert!((0.0..=1.0).contains(&test.p_value), "{tables:?} {test:?}");
                }
            }
            let weights = vec![weight.abs(); tables.len()];
            if let Ok(Some(found)) = standardised_difference(&tables, &weights, 0.95) {
                assert!((-1.0..=1.0).contains(&found.value), "{found:?}");
            }
            for method in StandardiseMethod::ALL {
                let counts: Vec<u64> = tables.iter().map(|table| table[0][0]).collect();
                let _ = standardise(&counts, &counts, &weights, *method, level);
            }
            for method in FunnelMethod::ALL {
                let _ = funnel_limits(level, n, weight, *method);
                let _ = funnel_limits(level.abs().fract(), n, weight.abs().fract() / 2.0, *method);
            }
        },
    );
}

#[test]
#[allow(clippy::cast_precision_loss, reason = "counts are small")]
fn funnels_contain_the_target_and_shrink() {
    let cases = (0.0..=1.0_f64, 1..3_000_u64, 0.0005..0.3_f64, 2..9_u64);
    check(300, &cases, |(target, n, tail, times)| {
        for method in FunnelMethod::ALL {
            let limits = |n| funnel_limits(target, n, tail, *method).unwrap().unwrap();
            let (small, large) = (limits(n), limits(n * times));
            for limits in [small, large] {
                assert!(0.0 <= limits.low && limits.low <= target, "{limits:?}");
                assert!(target <= limits.high && limits.high <= 1.0, "{limits:?}");
            }
            // Exact limits lie on whole numbers of successes: up to the step between two of them.
            let step = if *method == FunnelMethod::Normal { 1e-12 } else { 1.0 / n as f64 };
            assert!(large.high - large.low <= small.high - small.low + step, "{small:?} {large:?}");
        }
    });
}

#[test]
fn failures_mirror_a_funnel() {
    check(200, &(0..=1000_u32, 1..500_u64, 0.0005..0.3_f64), |(thousandths, n, tail)| {
        let target = f64::from(thousandths) / 1000.0;
        for method in FunnelMethod::ALL {
            let limits = |target| funnel_limits(target, n, tail, *method).unwrap().unwrap();
            let (found, mirror) = (limits(target), limits(1.0 - target));
            // At exactly ten expected, rounding decides between exact and normal.
            let edge =
                (target.min(1.0 - target) * 1000.0).round() * f64::from(u32::try_from(n).unwrap());
            if *method != FunnelMethod::Automatic || (edge - 10_000.0).abs() > 1.0 {
                assert!(alike(found.low, 1.0 - mirror.high) && alike(found.high, 1.0 - mirror.low));
            }
        }
    });
}

#[test]
fn weights_are_proportions_and_equal_shares_need_none() {
    check(200, &(strata(), 0.01..100.0_f64), |(tables, scale)| {
        let weights: Vec<f64> = (1..).map(f64::from).take(tables.len()).collect();
        let scaled: Vec<f64> = weights.iter().map(|weight| weight * scale).collect();
        assert_alike(
            standardised_difference(&tables, &weights, 0.9).unwrap(),
            standardised_difference(&tables, &scaled, 0.9).unwrap(),
        );
        // A quarter everywhere is a quarter whatever the weights.
        let n: Vec<u64> = (1..).map(|of| 4 * of).take(tables.len()).collect();
        let successes: Vec<u64> = n.iter().map(|n| n / 4).collect();
        for method in StandardiseMethod::ALL {
            let found = standardise(&successes, &n, &scaled, *method, 0.9).unwrap();
            assert!(found.is_none_or(|found| alike(found.value, 0.25)));
        }
    });
}

/// What is taken in as `intake` says leaves no gap.
#[test]
fn the_intake_meets_the_need() {
    let years = prop::collection::vec((1.0..1e6_f64, 1.0..1e6_f64), 2..12);
    let cases = (years, 0.0..1.0_f64, 0.05..=1.0_f64, 0.001..0.5_f64);
    check(200, &cases, |(years, attrition, completion, density)| {
        let population: Vec<[f64; 2]> =
            years.into_iter().map(|(young, old)| [young, old]).collect();
        let density = StaffDensity::PerHead { density: &[density, 2.0 * density], staff: None };
        let scenario =
            StaffingScenario { attrition: &[attrition], completion, ..Default::default() };
        let without = staffing_need(&population, density, &scenario).unwrap().unwrap();
        let planned = StaffingScenario { planned: &without.intake, ..scenario };
        let with = staffing_need(&population, density, &planned).unwrap().unwrap();
        assert_eq!(with.need, without.need);
        for (gap, (need, intake)) in
            with.gap[1..].iter().zip(with.need[1..].iter().zip(&with.intake))
        {
            assert!(*gap <= 1e-9 * need, "{gap}");
            assert!(*intake <= 0.0 || gap.abs() <= 1e-9 * need, "{gap} where {intake} begin");
        }
    });
}
