//! One share: statsmodels 0.15.0 and SciPy 1.17.1.

use utfall::stats::{Estimate, ProportionMethod, proportion};

use crate::{assert_near, count, number, records};

fn assert_intervals(peer: &str, method: ProportionMethod, closed_form: bool) {
    for record in records("proportion_ci", peer) {
        let (inputs, expected) = (&record["inputs"], &record["expected"]);
        let n = count(&inputs["n"]);
        let Estimate { value, low, high } =
            proportion(count(&inputs["k"]), n, method, 1.0 - number(&inputs["alpha"]))
                .unwrap()
                .unwrap();
        let tolerance = match n {
            _ if closed_form => 1e-12,
            0..=1_000 => 1e-10,
            1_001..=10_000 => 1e-8,
            _ => 1e-5,
        };
        assert_near(value, number(&expected["estimate"]), 1e-15, &record);
        assert_near(low, number(&expected["low"]), tolerance, &record);
        assert_near(high, number(&expected["high"]), tolerance, &record);
    }
}

#[test]
fn wilson() {
    assert_intervals("wilson", ProportionMethod::Wilson, true);
}

#[test]
fn clopper_pearson() {
    assert_intervals("beta", ProportionMethod::ClopperPearson, false);
}

#[test]
fn jeffreys() {
    assert_intervals("jeffreys", ProportionMethod::Jeffreys, false);
}

#[test]
fn agresti_coull() {
    assert_intervals("agresti_coull", ProportionMethod::AgrestiCoull, true);
}
