//! Standardised rates and funnels against the test workbook of the R package `PHEindicatormethods` 2.1.0.
//!
//! The package stands under the GPL, so its numbers are not part of this repository. Whoever has the records names the
//! file in `UTFALL_STANDARDISATION_RECORDS`; without it there is nothing to compare, and the other tests of these
//! functions go by exact arithmetic.

use serde_json::Value;
use utfall::stats::{FunnelMethod, StandardiseMethod, funnel_limits, standardise};

use crate::{assert_near, count, number};

fn records(method: &str) -> Option<Vec<Value>> {
    let path = std::env::var_os("UTFALL_STANDARDISATION_RECORDS")?;
    let file: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let of_method = |record: &&Value| record["method"] == method;
    let records: Vec<Value> =
        file["records"].as_array().unwrap().iter().filter(of_method).cloned().collect();
    assert!(!records.is_empty(), "no records of {method}");
    Some(records)
}

#[test]
fn standardised_rates() {
    for record in records("dsr_dobson").into_iter().flatten() {
        let inputs = &record["inputs"];
        let list =
            |name: &str| -> Vec<f64> { serde_json::from_value(inputs[name].clone()).unwrap() };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole counts")]
        let events: Vec<u64> = list("count").iter().map(|count| *count as u64).collect();
        let units: Vec<u64> = serde_json::from_value(inputs["pop"].clone()).unwrap();
        let method = StandardiseMethod::DobsonByar;
        let level = number(&inputs["confidence"]);
        let found = standardise(&events, &units, &list("stdpop"), method, level).unwrap().unwrap();
        let scale = number(&inputs["multiplier"]);
        for (found, name) in [(found.value, "value"), (found.low, "low"), (found.high, "high")] {
            assert_near(found * scale, number(&record["expected"][name]), 1e-12, &record);
        }
    }
}

/// Six decimals of a percentage.
#[test]
fn normal_limits() {
    for record in records("funnel_score_limits").into_iter().flatten() {
        let inputs = &record["inputs"];
        let (target, n) = (number(&inputs["target"]), count(&inputs["n"]));
        let tail = 1.0 - number(&inputs["tail"]);
        let found = funnel_limits(target, n, tail, FunnelMethod::Normal).unwrap().unwrap();
        for (found, name) in [(found.low, "low_pct"), (found.high, "high_pct")] {
            assert!((found * 100.0 - number(&record["expected"][name])).abs() < 1e-6, "{record}");
        }
    }
}

#[test]
fn exact_limits() {
    for record in records("funnel_exact_binomial_quantile").into_iter().flatten() {
        let inputs = &record["inputs"];
        let (target, n) = (number(&inputs["target"]), count(&inputs["n"]));
        let found = funnel_limits(target, n, number(&inputs["tail"]), FunnelMethod::Exact);
        let found = found.unwrap().unwrap();
        let units = number(&inputs["n"]);
        for (found, name) in [(found.low, "q_low"), (found.high, "q_high")] {
            assert_near(found * units, number(&record["expected"][name]), 1e-12, &record);
        }
    }
}
