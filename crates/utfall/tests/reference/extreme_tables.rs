//! Tables at the ends of what there is: definitions evaluated in 60 digits (see the file).

use serde_json::Value;
use utfall::stats::{
    Alternative, DifferenceMethod, OddsRatioMethod, RatioMethod, binomial_test, difference,
    odds_ratio, ratio,
};

use crate::{count, number, records};

const FILE: &str = "extreme_tables";

type Group = (u64, u64);

fn groups(record: &Value) -> (Group, Group, f64) {
    let inputs = &record["inputs"];
    let group = |x: &str, n: &str| (count(&inputs[x]), count(&inputs[n]));
    (group("x1", "n1"), group("x2", "n2"), number(&inputs["level"]))
}

/// Refuses a number that differs from another in relation to it: ends near 0 too must have their digits.
fn assert_digits(found: f64, expected: &Value, tolerance: f64, record: &Value) {
    let expected = number(expected);
    let is_near = (found - expected).abs() <= tolerance * expected.abs();
    assert!(is_near || found.total_cmp(&expected).is_eq(), "{found} is not {expected}: {record}");
}

#[test]
fn differences() {
    for (method, words) in
        [(DifferenceMethod::Mee, "diff_mee"), (DifferenceMethod::MiettinenNurminen, "diff_mn")]
    {
        for record in records(FILE, words) {
            let (one, other, level) = groups(&record);
            let found = difference(one, other, method, level).unwrap().unwrap();
            assert_digits(found.low, &record["expected"]["low"], 1e-11, &record);
            assert_digits(found.high, &record["expected"]["high"], 1e-11, &record);
        }
    }
}

#[test]
fn ratios() {
    for (method, words) in
        [(RatioMethod::Koopman, "ratio_koopman"), (RatioMethod::MiettinenNurminen, "ratio_mn")]
    {
        for record in records(FILE, words) {
            let (one, other, level) = groups(&record);
            let found = ratio(one, other, method, level).unwrap().unwrap();
            assert_digits(found.low, &record["expected"]["low"], 1e-11, &record);
            assert_digits(found.high, &record["expected"]["high"], 1e-11, &record);
        }
    }
}

#[test]
fn exact_ratios_of_odds() {
    for record in records(FILE, "or_exact") {
        let (one, other, level) = groups(&record);
        let found = odds_ratio(one, other, OddsRatioMethod::Exact, level).unwrap().unwrap();
        let expected = &record["expected"];
        assert_digits(found.value, &expected["estimate"], 1e-11, &record);
        assert_digits(found.low, &expected["low"], 1e-11, &record);
        assert_digits(found.high, &expected["high"], 1e-11, &record);
    }
}

#[test]
fn tails() {
    for record in records(FILE, "binomial_tails") {
        let inputs = &record["inputs"];
        let (successes, n) = (count(&inputs["k"]), count(&inputs["n"]));
        for alternative in [Alternative::Less, Alternative::Greater] {
            let found = binomial_test(successes, n, number(&inputs["target"]), alternative);
            let expected = &record["expected"][alternative.word()];
            assert_digits(found.unwrap().unwrap(), expected, 1e-12, &record);
        }
    }
}
