//! Ordinal steps and groups on a scale: SciPy 1.17.1, statsmodels 0.15.0.
//!
//! Left out: statsmodels' default `shift_zeros=True`, which adds 0.5 to every cell where one is 0 (`_shifted`), and
//! Bhapkar's test and Somers' d, which the library does not offer.

use serde_json::Value;
use utfall::stats::{
    Alternative, BowkerPairs, ChiSquareTest, McNemarMethod, WilcoxonZeros, bowker, mcnemar,
    sign_test, stuart_maxwell, superiority, wilcoxon,
};

use crate::{assert_near, count, number, records};

fn table(record: &Value) -> Vec<Vec<u64>> {
    serde_json::from_value(record["inputs"]["table"].clone()).unwrap()
}

fn counts(record: &Value, name: &str) -> Vec<u64> {
    serde_json::from_value(record["inputs"][name].clone()).unwrap()
}

#[test]
fn sign() {
    for (peer, alternative) in [
        ("sign_test_two-sided", Alternative::TwoSided),
        ("sign_test_greater", Alternative::Greater),
    ] {
        for record in records("ordinal_steps", peer) {
            let found = sign_test(&table(&record), alternative).unwrap().unwrap();
            let expected = &record["expected"];
            assert_eq!(found.up, count(&expected["n_up"]));
            assert_eq!(found.down, count(&expected["n_down"]));
            assert_eq!(found.same, count(&expected["n_same"]));
            assert_near_relative(found.p_value, &expected["p_value"], 1e-11, &record);
        }
    }
}

#[test]
fn signed_ranks() {
    for (peer, zeros) in [
        ("wilcoxon_pratt_approx", WilcoxonZeros::Pratt),
        ("wilcoxon_wilcox_approx", WilcoxonZeros::Wilcox),
    ] {
        for record in records("ordinal_steps", peer) {
            let found = wilcoxon(&table(&record), zeros, Alternative::TwoSided).unwrap().unwrap();
            let expected = &record["expected"];
            // The peer gives the smaller rank sum, and its z.
            let statistic = found.rank_sum_up.min(found.rank_sum_down);
            assert_near(statistic, number(&expected["statistic"]), 1e-15, &record);
            assert_near(-found.z.abs(), number(&expected["z"]), 1e-13, &record);
            assert_near_relative(found.p_value, &expected["p_value"], 1e-12, &record);
        }
    }
}

#[test]
fn symmetry() {
    for record in records("ordinal_steps", "bowker") {
        let found = bowker(&table(&record), BowkerPairs::All).unwrap().unwrap();
        assert_test(found, &record);
        assert_near_relative(found.p_value, &record["expected"]["p_value"], 1e-12, &record);
    }
}

#[test]
fn marginal_homogeneity() {
    let mut found_none = 0;
    for record in records("ordinal_steps", "stuart_maxwell") {
        if let Some(found) = stuart_maxwell(&table(&record)).unwrap() {
            assert_test(found, &record);
            // The peer's p value is 1 minus what lies below.
            let p_value = number(&record["expected"]["p_value"]);
            assert!((found.p_value - p_value).abs() < 1e-14, "{found:?}: {record}");
        } else {
            assert!(number(&record["expected"]["statistic"]).is_nan(), "{record}");
            found_none += 1;
        }
    }
    assert_eq!(found_none, 1);
}

#[test]
fn two_levels() {
    for (peer, method) in [
        ("mcnemar_exact=False_corr=False", McNemarMethod::ChiSquare),
        ("mcnemar_exact=False_corr=True", McNemarMethod::Corrected),
    ] {
        for record in records("ordinal_steps", peer) {
            let found = mcnemar(&table(&record), method).unwrap().unwrap();
            assert_near(found.statistic, number(&record["expected"]["statistic"]), 1e-14, &record);
            assert_near_relative(found.p_value, &record["expected"]["p_value"], 1e-13, &record);
        }
    }
    for record in records("ordinal_steps", "mcnemar_exact=True_corr=False") {
        let found = sign_test(&table(&record), Alternative::TwoSided).unwrap().unwrap();
        assert_eq!(found.up.min(found.down), 5);
        assert_near_relative(found.p_value, &record["expected"]["p_value"], 1e-13, &record);
    }
}

#[test]
fn probability_of_superiority() {
    for record in records("ordinal_steps", "mann_whitney") {
        let (a, b) = (counts(&record, "counts1"), counts(&record, "counts2"));
        let found = superiority(&a, &b, 0.95).unwrap().unwrap();
        let expected = &record["expected"];
        assert_near(found.probability.value, number(&expected["prob_superiority"]), 1e-14, &record);
        assert_near(found.cliffs_delta.value, number(&expected["cliffs_delta"]), 1e-12, &record);
    }
}

#[test]
fn brunner_munzel() {
    let mut clipped = 0;
    for record in records("ordinal_steps", "brunner_munzel_prob_superiority") {
        let (a, b) = (counts(&record, "counts1"), counts(&record, "counts2"));
        let level = 1.0 - number(&record["inputs"]["alpha"]);
        let found = superiority(&a, &b, level).unwrap().unwrap();
        let expected = &record["expected"];
        assert_near(found.probability.value, number(&expected["prob1"]), 1e-14, &record);
        assert_near(found.statistic, number(&expected["statistic"]), 1e-12, &record);
        assert_near(found.degrees_of_freedom, number(&expected["df"]), 1e-12, &record);
        assert_near_relative(found.p_value, &expected["p_value"], 1e-11, &record);
        // The peer's interval is not cut to what is possible.
        let (low, high) = (number(&expected["ci_low"]), number(&expected["ci_high"]));
        assert_near(found.probability.low, low.max(0.0), 1e-12, &record);
        assert_near(found.probability.high, high.min(1.0), 1e-12, &record);
        clipped += usize::from(low < 0.0);
    }
    assert_eq!(clipped, 2);
}

fn assert_test(found: ChiSquareTest, record: &Value) {
    let expected = &record["expected"];
    assert_near(found.statistic, number(&expected["statistic"]), 1e-12, record);
    let degrees_of_freedom = u32::try_from(found.degrees_of_freedom).unwrap();
    assert_near(f64::from(degrees_of_freedom), number(&expected["df"]), 1e-15, record);
}

/// Small p values are compared by their digits.
fn assert_near_relative(found: f64, expected: &Value, tolerance: f64, record: &Value) {
    let expected = number(expected);
    assert!((found / expected - 1.0).abs() <= tolerance, "{found} is not {expected}: {record}");
}

/// Thousands of units, more than any record has. By exact fractions, and mpmath 1.4.1 with 40 digits for Student's t.
#[test]
fn brunner_munzel_of_thousands() {
    let (a, b) = ([300, 800, 1200, 900, 400], [100, 400, 1000, 1400, 900]);
    let found = superiority(&a, &b, 0.95).unwrap().unwrap();
    for (found, expected) in [
        (found.probability.value, 0.349_049_707_602_339_2),
        (found.probability.low, 0.337_062_656_818_576_7),
        (found.probability.high, 0.361_036_758_386_101_7),
        (found.statistic, -24.685_481_742_737_235),
        (found.degrees_of_freedom, 7_311.233_371_608_078),
        (found.p_value, 2.682_033_336_677_674e-129),
    ] {
        assert!((found / expected - 1.0).abs() < 1e-11, "{found} is not {expected}");
    }
}
