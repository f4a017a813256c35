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

/// Where nobody of very many is a success the exact upper end is 1 - (tail)^(1/n), and the lower 0.
#[test]
fn exact_intervals_of_very_many_end() {
    for n in [10_000_000_u64, 1_000_000_000] {
        for k in [0, 1, 3, n / 2, n - 1, n] {
            for method in [ProportionMethod::ClopperPearson, ProportionMethod::Jeffreys] {
                let found = proportion(k, n, method, 0.95).unwrap().unwrap();
                assert!(found.low <= found.value || k == 0, "{k} of {n}: {found:?}");
                assert!(found.high >= found.value || k == n, "{k} of {n}: {found:?}");
            }
        }
        #[allow(clippy::cast_precision_loss, reason = "far below 2^53")]
        let upper = -(0.025_f64.ln() / n as f64).exp_m1();
        let found = proportion(0, n, ProportionMethod::ClopperPearson, 0.95).unwrap().unwrap();
        assert!((found.high / upper - 1.0).abs() < 1e-6, "{found:?} {upper}");
    }
}
