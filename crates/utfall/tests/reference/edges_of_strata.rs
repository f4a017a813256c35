//! Strata and steps that leave a method little or nothing to go by; worked out by hand.

use utfall::stats::{
    Alternative, BowkerPairs, CmhMethod, Estimate, HomogeneityMethod, MantelHaenszelMeasure,
    McNemarMethod, Stratum, WilcoxonZeros, bowker, cmh_test, homogeneity, mantel_haenszel, mcnemar,
    sign_test, stuart_maxwell, superiority, wilcoxon,
};

const NOBODY: Stratum = [[0, 0], [0, 0]];
const ONE_GROUP: Stratum = [[3, 4], [0, 0]];

fn pooled(tables: &[Stratum], measure: MantelHaenszelMeasure) -> Option<Estimate> {
    mantel_haenszel(tables, measure, 0.95).unwrap()
}

#[test]
fn nothing_to_compare_is_none() {
    for tables in [&[][..], &[NOBODY], &[ONE_GROUP, NOBODY]] {
        for measure in MantelHaenszelMeasure::ALL {
            assert_eq!(pooled(tables, *measure), None);
        }
        for method in HomogeneityMethod::ALL {
            assert_eq!(homogeneity(tables, *method).unwrap(), None);
        }
        for method in CmhMethod::ALL {
            assert_eq!(cmh_test(tables, *method).unwrap(), None);
        }
    }
}

/// Nobody succeeds: the difference is 0, the ratio 0 / 0, and there is nothing to test.
#[test]
fn nobody_succeeds() {
    let tables = [[[0, 4], [0, 6]], [[0, 2], [0, 2]]];
    let difference = pooled(&tables, MantelHaenszelMeasure::Difference).unwrap();
    assert!(difference.value.abs() < 1e-300 && difference.low.is_nan() && difference.high.is_nan());
    assert_eq!(pooled(&tables, MantelHaenszelMeasure::Ratio), None);
    assert_eq!(pooled(&tables, MantelHaenszelMeasure::OddsRatio), None);
    assert_eq!(cmh_test(&tables, CmhMethod::ChiSquare).unwrap(), None);
    assert_eq!(homogeneity(&tables, HomogeneityMethod::Tarone).unwrap(), None);
}

/// Only the first group succeeds: whatever divides by the second's successes is infinite, and 0 the other way round.
#[test]
fn only_one_group_succeeds() {
    let (tables, swapped) = ([[[2, 2], [0, 6]]], [[[0, 6], [2, 2]]]);
    for measure in [MantelHaenszelMeasure::Ratio, MantelHaenszelMeasure::OddsRatio] {
        let (found, inverse) =
            (pooled(&tables, measure).unwrap(), pooled(&swapped, measure).unwrap());
        assert!(found.value.is_infinite() && found.low.is_nan() && found.high.is_nan());
        assert!(inverse.value.abs() < 1e-300 && inverse.low.is_nan() && inverse.high.is_nan());
    }
}

/// Everybody against nobody: a difference of 1, and a variance of 0 that makes no interval.
#[test]
fn everybody_against_nobody() {
    let found = pooled(&[[[5, 0], [0, 5]]], MantelHaenszelMeasure::Difference).unwrap();
    assert!((found.value - 1.0).abs() < 1e-15 && found.low.is_nan() && found.high.is_nan());
}

/// A difference of 0.8 between groups of five, and a normal interval that would end above 1.
#[test]
fn the_ends_of_a_difference_are_cut() {
    let found = pooled(&[[[5, 0], [1, 4]]], MantelHaenszelMeasure::Difference).unwrap();
    assert!((found.value - 0.8).abs() < 1e-15);
    assert!((found.high - 1.0).abs() < 1e-15, "0.8 + 1.96 sqrt(0.2 * 0.8 / 5) is 1.15");
    assert!((found.low - 0.449_390_983_769_367_35).abs() < 1e-12);
}

/// Half a unit, or one, is not taken off where there is less. statsmodels 0.15.0 gives 0.0969 for two strata without any
/// difference, and 0.1667 for as many up as down.
#[test]
fn a_correction_never_finds_a_difference_where_there_is_none() {
    let alike = [[[5, 5], [5, 5]], [[4, 6], [4, 6]]];
    let test = cmh_test(&alike, CmhMethod::Corrected).unwrap().unwrap();
    assert!(test.statistic.abs() < 1e-300 && (test.p_value - 1.0).abs() < 1e-15);
    let test = mcnemar(&[[1, 3], [3, 1]], McNemarMethod::Corrected).unwrap().unwrap();
    assert!(test.statistic.abs() < 1e-300 && (test.p_value - 1.0).abs() < 1e-15);
}

/// A stratum that cannot tell is no degree of freedom. statsmodels 0.15.0 has NaN or counts it.
#[test]
fn strata_that_cannot_tell_are_not_counted() {
    let telling = [[[5, 5], [2, 5]], [[4, 6], [4, 2]]];
    let untelling = [ONE_GROUP, [[0, 4], [0, 5]], [[4, 0], [5, 0]], NOBODY];
    for method in HomogeneityMethod::ALL {
        let alone = homogeneity(&telling, *method).unwrap().unwrap();
        assert_eq!(alone.degrees_of_freedom, 1);
        let all: Vec<Stratum> = telling.into_iter().chain(untelling).collect();
        assert_eq!(homogeneity(&all, *method).unwrap(), Some(alone));
        assert_eq!(homogeneity(&telling[..1], *method).unwrap(), None);
    }
    // A common odds ratio of infinity: no cell is expected where it would have to be.
    let infinite = [[[2, 2], [0, 6]], [[3, 1], [0, 6]]];
    assert_eq!(homogeneity(&infinite, HomogeneityMethod::Tarone).unwrap(), None);
    assert!(homogeneity(&infinite, HomogeneityMethod::Woolf).unwrap().is_some());
}

/// A cell that is far smaller than its margins keeps its digits: an odds ratio of 7 × 10^11 in two strata.
///
/// Expected: mpmath 1.4.1 with 60 digits, from the root of the quadratic.
#[test]
fn a_tiny_expected_cell_is_exact() {
    let tables = [[[1_000_000, 1], [1, 1_000_000]], [[500_000, 1], [2, 2_000_000]]];
    let found = homogeneity(&tables, HomogeneityMethod::BreslowDay).unwrap().unwrap();
    assert!((found.statistic / 0.138_669_549_768_770_86 - 1.0).abs() < 1e-9, "{}", found.statistic);
}

#[test]
fn nobody_moved() {
    let table = [[5, 0, 0], [0, 6, 0], [0, 0, 4]];
    let sign = sign_test(&table, Alternative::TwoSided).unwrap().unwrap();
    assert_eq!((sign.up, sign.down, sign.same), (0, 0, 15));
    assert!((sign.p_value - 1.0).abs() < 1e-15);
    assert_eq!(wilcoxon(&table, WilcoxonZeros::Pratt, Alternative::TwoSided).unwrap(), None);
    assert_eq!(bowker(&table, BowkerPairs::All).unwrap(), None);
    assert_eq!(stuart_maxwell(&table).unwrap(), None);
    assert_eq!(mcnemar(&[[5, 0], [0, 6]], McNemarMethod::ChiSquare).unwrap(), None);
}

#[test]
fn an_empty_table_is_none() {
    for table in [vec![], vec![vec![0]], vec![vec![0, 0], vec![0, 0]]] {
        assert_eq!(sign_test(&table, Alternative::Greater).unwrap(), None);
        assert_eq!(wilcoxon(&table, WilcoxonZeros::Wilcox, Alternative::Less).unwrap(), None);
        assert_eq!(bowker(&table, BowkerPairs::Moved).unwrap(), None);
        assert_eq!(stuart_maxwell(&table).unwrap(), None);
    }
}

/// A level that all stay on says nothing of a shift. statsmodels 0.15.0 has NaN for both tables.
#[test]
fn levels_that_nobody_leaves_or_reaches() {
    // Three up and one down: (3 - 1)² / (3 + 1).
    let found = stuart_maxwell(&[[5, 3, 0], [1, 5, 0], [0, 0, 4]]).unwrap().unwrap();
    assert_eq!(found.degrees_of_freedom, 1);
    assert!((found.statistic - 1.0).abs() < 1e-15);
    // And six up and two down between two other levels: (6 - 2)² / (6 + 2) more.
    let table = [[5, 3, 0, 0], [1, 5, 0, 0], [0, 0, 4, 6], [0, 0, 2, 1]];
    let found = stuart_maxwell(&table).unwrap().unwrap();
    assert_eq!(found.degrees_of_freedom, 2);
    assert!((found.statistic - 3.0).abs() < 1e-15);
}

/// An unused level is no degree of freedom; a pair between which nobody moved is one of `All` only.
#[test]
fn degrees_of_freedom_of_bowker() {
    let table = [[5, 3, 0, 0], [1, 5, 0, 0], [0, 0, 0, 0], [0, 2, 0, 1]];
    for (pairs, degrees_of_freedom) in [(BowkerPairs::All, 3), (BowkerPairs::Moved, 2)] {
        let found = bowker(&table, pairs).unwrap().unwrap();
        assert_eq!(found.degrees_of_freedom, degrees_of_freedom);
        // (3 - 1)² / 4 + 2² / 2
        assert!((found.statistic - 3.0).abs() < 1e-15);
    }
}

/// One unit has no spread, and all of one group above all of the other have none either.
#[test]
fn groups_without_spread() {
    for (a, b, value) in [
        ([0, 1], [3, 4], 5.0 / 7.0),
        ([0, 5], [4, 0], 1.0),
        ([3, 0], [0, 4], 0.0),
        ([0, 5], [0, 4], 0.5),
    ] {
        let found = superiority(&a, &b, 0.95).unwrap().unwrap();
        assert!((found.probability.value - value).abs() < 1e-15, "{found:?}");
        assert!((found.cliffs_delta.value - (2.0 * value - 1.0)).abs() < 1e-15);
        assert!(found.probability.low.is_nan() && found.cliffs_delta.high.is_nan());
        assert!(found.p_value.is_nan() && found.statistic.is_nan());
    }
    assert_eq!(superiority(&[0, 0], &[1, 2], 0.95).unwrap(), None);
    assert_eq!(superiority(&[], &[], 0.95).unwrap(), None);
}
