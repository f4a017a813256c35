//! Two groups within strata: statsmodels 0.15.0, `PythonMeta` 1.26.

use serde_json::Value;
use utfall::stats::{
    ChiSquareTest, CmhMethod, Estimate, HomogeneityMethod, MantelHaenszelMeasure, Stratum,
    cmh_test, homogeneity, mantel_haenszel,
};

use crate::{assert_near, number, records};

/// The quantile of the normal distribution at 0.975, from mpmath 1.4.1 with 40 digits: sqrt(2) * erfinv(0.95).
const Z: f64 = 1.959_963_984_540_054_2;

fn tables(record: &Value) -> Vec<Stratum> {
    serde_json::from_value(record["inputs"]["tables"].clone()).unwrap()
}

fn pooled(record: &Value, measure: MantelHaenszelMeasure) -> Estimate {
    mantel_haenszel(&tables(record), measure, 0.95).unwrap().unwrap()
}

/// A p value of 0 is what the peer makes of 1 minus what lies below.
fn assert_test(found: ChiSquareTest, record: &Value) {
    let expected = &record["expected"];
    let statistic = number(&expected["statistic"]);
    let is_none = statistic < 1e-12;
    assert!(
        is_none && found.statistic.abs() < 1e-12
            || (found.statistic / statistic - 1.0).abs() < 1e-12
    );
    let p_value = number(&expected["p_value"]);
    assert!((found.p_value - p_value).abs() < 1e-12 * p_value.max(1e-2), "{found:?} {record}");
}

#[test]
fn odds_ratio() {
    for record in records("stratified", "mh_odds_ratio") {
        let found = pooled(&record, MantelHaenszelMeasure::OddsRatio);
        let expected = &record["expected"];
        assert_near(found.value, number(&expected["estimate"]), 1e-12, &record);
        assert_near(found.low, number(&expected["low"]), 1e-12, &record);
        assert_near(found.high, number(&expected["high"]), 1e-12, &record);
        let standard_error = (found.high / found.low).ln() / (2.0 * Z);
        assert_near(standard_error, number(&expected["log_se_rbg"]), 1e-12, &record);
    }
}

#[test]
fn ratio() {
    for record in records("stratified", "mh_risk_ratio_point") {
        let found = pooled(&record, MantelHaenszelMeasure::Ratio);
        assert_near(found.value, number(&record["expected"]["estimate"]), 1e-12, &record);
    }
    for record in records("stratified", "mh_risk_ratio") {
        let found = pooled(&record, MantelHaenszelMeasure::Ratio);
        let standard_error = (found.high / found.low).ln() / (2.0 * Z);
        assert_near(found.value, number(&record["expected"]["estimate"]), 1e-12, &record);
        assert_near(standard_error, number(&record["expected"]["log_se"]), 1e-12, &record);
    }
}

#[test]
fn difference() {
    for record in records("stratified", "mh_risk_difference") {
        let found = pooled(&record, MantelHaenszelMeasure::Difference);
        let standard_error = (found.high - found.low) / (2.0 * Z);
        assert_near(found.value, number(&record["expected"]["estimate"]), 1e-12, &record);
        assert_near(standard_error, number(&record["expected"]["se"]), 1e-12, &record);
    }
}

#[test]
fn cochran_mantel_haenszel() {
    for (peer, method) in [
        ("cmh_test_correction=False", CmhMethod::ChiSquare),
        ("cmh_test_correction=True", CmhMethod::Corrected),
    ] {
        for record in records("stratified", peer) {
            assert_test(cmh_test(&tables(&record), method).unwrap().unwrap(), &record);
        }
    }
}

#[test]
fn breslow_day_and_tarone() {
    for (peer, method) in [
        ("breslow_day", HomogeneityMethod::BreslowDay),
        ("breslow_day_tarone", HomogeneityMethod::Tarone),
    ] {
        for record in records("stratified", peer) {
            let found = homogeneity(&tables(&record), method).unwrap().unwrap();
            assert_test(found, &record);
            assert_eq!(Some(found.degrees_of_freedom), record["expected"]["df"].as_u64());
        }
    }
}

/// No record of the file is left untested.
#[test]
fn every_record_is_compared() {
    let methods = [
        "mh_odds_ratio",
        "mh_risk_ratio_point",
        "mh_risk_ratio",
        "mh_risk_difference",
        "cmh_test_correction=False",
        "cmh_test_correction=True",
        "breslow_day",
        "breslow_day_tarone",
    ];
    let compared: usize = methods.iter().map(|method| records("stratified", method).len()).sum();
    assert_eq!(compared, 83);
}
