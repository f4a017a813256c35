//! Time to outcome: lifelines 0.30.3 and statsmodels 0.15.0.

use serde_json::Value;
use utfall::stats::{CumulativeIncidence, Estimate, aalen_johansen, kaplan_meier};

use crate::{assert_near, count, number, records};

fn numbers(values: &Value) -> Vec<f64> {
    values.as_array().unwrap().iter().map(number).collect()
}

fn counts(values: &Value) -> Vec<u64> {
    values.as_array().unwrap().iter().map(count).collect()
}

/// Compares the ends of an interval, whose order the peer mixes up where it reckons with incidences. What it gives for
/// 0 and 1, where log(−log) is undefined, is the value itself; here there is none.
fn assert_ends(found: Estimate, expected: &Value, record: &Value) {
    let (low, high) = (number(&expected["ci_low"]), number(&expected["ci_high"]));
    if [0.0, 1.0].contains(&found.value) {
        assert!(found.low.is_nan() && found.high.is_nan(), "{record}");
        let is_value = |end: f64| end.is_nan() || end.total_cmp(&found.value).is_eq();
        assert!(is_value(low) && is_value(high), "{record}");
    } else {
        assert_near(found.low, low.min(high), 1e-12, record);
        assert_near(found.high, low.max(high), 1e-12, record);
    }
}

#[test]
fn kaplan_meier_at_horizons() {
    for record in records("kaplan_meier", "kaplan_meier") {
        let (inputs, expected) = (&record["inputs"], &record["expected"]);
        let durations = numbers(&inputs["durations"]);
        let curve = kaplan_meier(&durations, &counts(&inputs["observed"])).unwrap();
        let level = 1.0 - number(&inputs["alpha"]);
        assert_eq!(curve.units(), count(&expected["n"]));
        for expected in expected["at"].as_array().unwrap() {
            let horizon = number(&expected["horizon"]);
            let found = curve.at(horizon, level).unwrap().unwrap();
            assert_near(found.value, number(&expected["survival"]), 1e-12, &record);
            assert_ends(found, expected, &record);
            let steps = curve.times().iter().filter(|time| **time <= horizon).count();
            let variance = steps.checked_sub(1).map_or(0.0, |step| curve.variance()[step]);
            assert_near(variance.sqrt(), number(&expected["se_greenwood"]), 1e-10, &record);
            let events: u64 = curve.events()[..steps].iter().sum();
            assert_eq!(events, count(&expected["n_events_by_h"]), "{record}");
            let before = curve.times().iter().filter(|time| **time < horizon).count();
            let censored: u64 = curve.censored()[..before].iter().sum();
            assert_eq!(censored, count(&expected["n_censored_before_h"]), "{record}");
            assert_eq!(curve.at_risk()[before], count(&expected["n_at_risk_just_before_h"]));
        }
        let median = curve.median(level).unwrap().map_or(f64::INFINITY, |median| median.value);
        assert_near(median, number(&expected["median"]), 0.0, &record);
    }
}

/// The incidence of one kind at a horizon, and its standard error.
fn at(curves: &CumulativeIncidence, kind: usize, horizon: f64, level: f64) -> (Estimate, f64) {
    let found = curves.at(horizon, level).unwrap().unwrap()[kind - 1];
    let steps = curves.overall().times().iter().filter(|time| **time <= horizon).count();
    let variance = steps.checked_sub(1).map_or(0.0, |step| curves.variance()[kind - 1][step]);
    (found, variance.sqrt())
}

#[test]
fn aalen_johansen_at_horizons() {
    let mut complete = 0;
    // The peer multiplies 0 with infinity where the last one at risk has an event. By the formula in exact fractions:
    let exact: [f64; 3] = [665.0 / 26_244.0, 715.0 / 31_104.0, 9_625.0 / 839_808.0];
    for record in records("aalen_johansen", "aalen_johansen") {
        let (inputs, expected) = (&record["inputs"], &record["expected"]);
        let durations = numbers(&inputs["durations"]);
        let curves = aalen_johansen(&durations, &counts(&inputs["event"])).unwrap();
        let level = 1.0 - number(&inputs["alpha"]);
        assert_eq!(curves.overall().units(), count(&expected["n"]));
        for (kind, expected) in expected["cif_by_cause"].as_object().unwrap() {
            for expected in expected.as_array().unwrap() {
                let kind: usize = kind.parse().unwrap();
                let (found, error) = at(&curves, kind, number(&expected["horizon"]), level);
                assert_near(found.value, number(&expected["cif"]), 1e-12, &record);
                if number(&expected["se"]).is_nan() {
                    complete += 1;
                    assert_near(error, exact[kind - 1].sqrt(), 1e-10, &record);
                    assert!(found.low < found.value && found.value < found.high);
                    continue;
                }
                assert_near(error, number(&expected["se"]), 1e-10, &record);
                if expected.get("ci_low").is_some() {
                    assert_ends(found, expected, &record);
                }
            }
        }
    }
    // The three kinds of one cohort, and no other.
    assert_eq!(complete, 3);
}

/// Times by which a share has had an event, with their intervals (none: infinity), by dataset: lifelines 0.30.0
/// (`qth_survival_times` of the log(−log) band) and statsmodels 0.15.0 (`quantile_ci` with `cloglog`) agree on all.
const QUANTILES: [(&str, f64, f64, f64, f64); 12] = [
    ("lung", 0.25, 170.0, 144.0, 194.0),
    ("lung", 0.5, 310.0, 284.0, 361.0),
    ("lung", 0.75, 550.0, 457.0, 643.0),
    ("waltons[miR-137]", 0.5, 26.0, 19.0, 29.0),
    ("rossi(weeks)", 0.25, 50.0, 43.0, f64::INFINITY),
    ("kidney_transplant[black_male]", 0.25, 2557.0, 1384.0, f64::INFINITY),
    ("leukemia[Rx=0](weeks)", 0.25, 13.0, 6.0, 22.0),
    ("leukemia[Rx=0](weeks)", 0.5, 23.0, 13.0, f64::INFINITY),
    ("leukemia[Rx=1](weeks)", 0.5, 8.0, 4.0, 11.0),
    ("larynx(years)", 0.5, 6.0, 3.8, 7.0),
    ("lymphoma[Stage_group=1]", 0.25, 42.0, 6.0, 253.0),
    ("lymphoma[Stage_group=2]", 0.75, 184.0, 110.0, f64::INFINITY),
];

#[test]
fn quantiles_and_their_intervals() {
    let records = records("kaplan_meier", "kaplan_meier");
    for (dataset, share, value, low, high) in QUANTILES {
        let mut inputs = records.iter().map(|record| &record["inputs"]);
        let inputs = inputs.find(|inputs| inputs["dataset"] == dataset).unwrap();
        let (durations, observed) = (numbers(&inputs["durations"]), counts(&inputs["observed"]));
        let curve = kaplan_meier(&durations, &observed).unwrap();
        let found = curve.quantile(share, 0.95).unwrap().unwrap();
        let high = if high.is_infinite() { f64::NAN } else { high };
        assert_near(found.value, value, 0.0, inputs);
        assert_near(found.low, low, 0.0, inputs);
        assert_near(found.high, high, 0.0, inputs);
    }
}
