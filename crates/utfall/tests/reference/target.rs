//! A share against a target: SciPy 1.17.1, whose tails were compared with exact rational arithmetic.

use utfall::stats::{Alternative, ProportionMethod, binomial_test, proportion};

use crate::{assert_near, count, number, records};

fn assert_p_values(peer: &str, alternative: Alternative) {
    for record in records("target_test", peer) {
        let inputs = &record["inputs"];
        let n = count(&inputs["n"]);
        let found = binomial_test(count(&inputs["k"]), n, number(&inputs["target"]), alternative);
        let (found, expected) = (found.unwrap().unwrap(), number(&record["expected"]["p_value"]));
        assert!((found / expected - 1.0).abs() < 1e-12, "{found} is not {expected}: {record}");
    }
}

#[test]
fn greater() {
    assert_p_values("binomtest_greater", Alternative::Greater);
}

#[test]
fn less() {
    assert_p_values("binomtest_less", Alternative::Less);
}

#[test]
fn two_sided() {
    assert_p_values("binomtest_two-sided", Alternative::TwoSided);
}

#[test]
fn intervals_beside_the_tests() {
    for (peer, method) in [
        ("binomtest_ci_exact", ProportionMethod::ClopperPearson),
        ("binomtest_ci_wilson", ProportionMethod::Wilson),
    ] {
        for record in records("target_test", peer) {
            let (inputs, expected) = (&record["inputs"], &record["expected"]);
            let (successes, n) = (count(&inputs["k"]), count(&inputs["n"]));
            let found = proportion(successes, n, method, number(&inputs["confidence"]));
            let found = found.unwrap().unwrap();
            let is_exact = method == ProportionMethod::ClopperPearson;
            let tolerance = if is_exact && n > 10_000 { 1e-5 } else { 1e-10 };
            assert_near(found.low, number(&expected["low"]), tolerance, &record);
            assert_near(found.high, number(&expected["high"]), tolerance, &record);
        }
    }
}
