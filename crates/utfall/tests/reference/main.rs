//! Statistics against values of established packages.
//!
//! The files in `tests/reference` hold for each value the package, its version and the call that gave it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

mod admissions;
mod calendar;
mod comparisons;
mod disclosure;
mod edges_of_strata;
mod extreme_tables;
mod ordinal;
mod phe;
mod proportion;
mod staffing;
mod standardise;
mod stratified;
mod target;
mod time_to_event;
mod two_groups;

use serde_json::Value;

/// The records of a file that a method made.
fn records(file: &str, method: &str) -> Vec<Value> {
    let path = format!("{}/../../tests/reference/{file}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let file: Value = serde_json::from_str(&text).unwrap();
    let of_method = |record: &&Value| record["method"] == method;
    let records: Vec<Value> =
        file["records"].as_array().unwrap().iter().filter(of_method).cloned().collect();
    assert!(!records.is_empty(), "no records of {method}");
    records
}

/// A number of a record; "inf" and "nan" are texts.
fn number(value: &Value) -> f64 {
    value.as_f64().or_else(|| value.as_str()?.parse().ok()).unwrap_or_else(|| panic!("{value}"))
}

/// A count of a record.
fn count(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value}"))
}

/// Refuses a number that is further from another than the tolerance, relative or (near 0) absolute.
fn assert_near(found: f64, expected: f64, tolerance: f64, record: &Value) {
    let same = found.is_nan() && expected.is_nan() || found.total_cmp(&expected).is_eq();
    let near = (found - expected).abs() <= tolerance * expected.abs().max(1e-4);
    assert!(same || near, "{found} is not {expected}: {record}");
}
