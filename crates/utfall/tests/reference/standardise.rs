//! Standardised shares by exact fractions, standardised rates by hand, and limits of funnels by exact counts.

use proptest::prelude::*;
use utfall::stats::{
    Estimate, FunnelMethod, StandardiseMethod, funnel_limits, standardise, standardised_difference,
};

/// The quantile of the normal distribution at 0.975, from mpmath 1.4.1 with 40 digits: sqrt(2) * erfinv(0.95).
const Z: f64 = 1.959_963_984_540_054_2;

/// A fraction of whole numbers, not reduced.
#[derive(Clone, Copy)]
struct Fraction(u128, u128);

impl Fraction {
    fn add(self, other: Self) -> Self {
        Self(self.0 * other.1 + other.0 * self.1, self.1 * other.1).reduced()
    }

    fn reduced(self) -> Self {
        let (mut a, mut b) = (self.0, self.1);
        while b > 0 {
            (a, b) = (b, a % b);
        }
        Self(self.0 / a, self.1 / a)
    }

    #[allow(clippy::cast_precision_loss, reason = "both parts are rounded once")]
    fn value(self) -> f64 {
        self.0 as f64 / self.1 as f64
    }
}

/// The weighted mean of shares and its variance, as fractions.
fn exact(strata: &[(u64, u64, u32)]) -> (Fraction, Fraction) {
    let total: u128 = strata.iter().map(|(_, _, weight)| u128::from(*weight)).sum();
    let mut made = (Fraction(0, 1), Fraction(0, 1));
    for (successes, failures, weight) in strata {
        let (k, n) = (u128::from(*successes), u128::from(successes + failures));
        let weight = u128::from(*weight);
        made.0 = made.0.add(Fraction(weight * k, total * n));
        let part = Fraction(weight * weight * k * (n - k), total * total * n * n * n).reduced();
        made.1 = made.1.add(part);
    }
    made
}

fn assert_near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-13, "{found} is not {expected}");
}

fn assert_interval(found: Estimate, value: f64, variance: f64, lowest: f64) {
    assert_near(found.value, value);
    if variance > 0.0 {
        assert_near(found.low, (value - Z * variance.sqrt()).max(lowest));
        assert_near(found.high, (value + Z * variance.sqrt()).min(1.0));
    } else {
        assert!(found.low.is_nan() && found.high.is_nan());
    }
}

fn stratum() -> impl Strategy<Value = (u64, u64, u32)> {
    (0..20_u64, 1..20_u64, 1..20_u32)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shares_are_those_of_exact_fractions(strata in prop::collection::vec(stratum(), 1..5)) {
        let successes: Vec<u64> = strata.iter().map(|stratum| stratum.0).collect();
        let n: Vec<u64> = strata.iter().map(|stratum| stratum.0 + stratum.1).collect();
        let weights: Vec<f64> = strata.iter().map(|stratum| f64::from(stratum.2)).collect();
        let (value, variance) = exact(&strata);
        let found = standardise(&successes, &n, &weights, StandardiseMethod::Binomial, 0.95);
        assert_interval(found.unwrap().unwrap(), value.value(), variance.value(), 0.0);
    }

    #[test]
    fn differences_are_those_of_exact_fractions(
        strata in prop::collection::vec((stratum(), 0..20_u64, 1..20_u64), 1..5),
    ) {
        let second: Vec<_> = strata.iter().map(|((_, _, weight), c, d)| (*c, *d, *weight)).collect();
        let first: Vec<_> = strata.iter().map(|(first, _, _)| *first).collect();
        let tables: Vec<_> = strata.iter().map(|((a, b, _), c, d)| [[*a, *b], [*c, *d]]).collect();
        let weights: Vec<f64> = first.iter().map(|stratum| f64::from(stratum.2)).collect();
        let ((a, of_a), (b, of_b)) = (exact(&first), exact(&second));
        let found = standardised_difference(&tables, &weights, 0.95).unwrap().unwrap();
        assert_interval(found, a.value() - b.value(), of_a.value() + of_b.value(), -1.0);
    }
}

#[test]
fn a_stratum_without_units_has_no_share() {
    let share = |n: [u64; 2], weights: [f64; 2]| {
        standardise(&[1, 0], &n, &weights, StandardiseMethod::Binomial, 0.95).unwrap()
    };
    assert_eq!(share([4, 0], [1.0, 1.0]), None);
    assert_eq!(share([4, 0], [1.0, 0.0]), share([4, 9], [1.0, 0.0]));
    assert_near(share([4, 0], [1.0, 0.0]).unwrap().value, 0.25);
    assert_eq!(share([4, 4], [0.0, 0.0]), None);
    assert_eq!(standardise(&[], &[], &[], StandardiseMethod::Binomial, 0.95).unwrap(), None);
    let difference =
        |tables, weights: [f64; 2]| standardised_difference(tables, &weights, 0.95).unwrap();
    let tables = &[[[1, 3], [2, 2]], [[1, 3], [0, 0]]];
    assert_eq!(difference(tables, [1.0, 1.0]), None);
    assert_near(difference(tables, [1.0, 0.0]).unwrap().value, -0.25);
    // Weights as large as numbers go are still proportions.
    assert_near(share([4, 4], [f64::MAX, f64::MAX]).unwrap().value, 0.125);
}

/// One stratum is Byar's interval of a count, divided by the units at risk. Events may be more than units at risk.
///
/// By mpmath 1.4.1 with 40 digits: x (1 - 1 / 9x - z / 3 sqrt(x))³ for the lower limit, and for the upper limit
/// y (1 - 1 / 9y + z / 3 sqrt(y))³ with y = x + 1.
#[test]
fn rates_by_byar() {
    let rate = |events: u64, units: u64| {
        let method = StandardiseMethod::DobsonByar;
        standardise(&[events], &[units], &[7.0], method, 0.95).unwrap().unwrap()
    };
    for (events, low, high) in BYAR {
        let found = rate(events, 4);
        assert_near(found.value, f64::from(u32::try_from(events).unwrap()) / 4.0);
        assert_near(found.low, low / 4.0);
        assert_near(found.high, high / 4.0);
    }
    let none = rate(0, 4);
    assert!(none.value.abs() < 1e-300 && none.low.is_nan() && none.high.is_nan());
}

const BYAR: [(u64, f64, f64); 3] = [
    (1, 0.013_072_132_901_504_324, 5.563_755_582_475_263),
    (9, 4.106_885_024_013_134, 17.085_780_688_536_686),
    (100, 81.362_105_490_527_87, 121.627_937_579_206_49),
];

/// Two strata, by hand from the formula of Dobson and others: 10 events in 100 and 20 in 400, weights 1 and 3.
///
/// The rate is (0.1 + 3 × 0.05) / 4, its variance (10 / 100² + 9 × 20 / 400²) / 16; mpmath 1.4.1 with 40 digits.
#[test]
fn rates_by_dobson() {
    let method = StandardiseMethod::DobsonByar;
    let found = standardise(&[10, 20], &[100, 400], &[1.0, 3.0], method, 0.95).unwrap().unwrap();
    assert_near(found.value, 0.0625);
    assert_near(found.low, DOBSON.0);
    assert_near(found.high, DOBSON.1);
}

const DOBSON: (f64, f64) = (0.041_957_899_616_440_44, 0.089_491_709_537_367);

/// How many of 10^n equally likely courses have each number of successes, where one unit succeeds in `tenths` of ten.
fn courses(n: u32, tenths: u128) -> Vec<u128> {
    let mut courses = vec![1_u128];
    for _ in 0..n {
        let mut next = vec![0; courses.len() + 1];
        for (successes, number) in courses.iter().enumerate() {
            next[successes] += number * (10 - tenths);
            next[successes + 1] += number * tenths;
        }
        courses = next;
    }
    courses
}

/// No rounding: for up to 30 units, every course is counted. Some tails are exactly as large as a chance of these targets:
/// 0.3 is that of one unit, 0.49 of two.
#[test]
fn limits_are_the_fewest_and_most_that_do_not_surprise() {
    let tails = [(25, 0.025), (1, 0.001), (200, 0.2), (300, 0.3), (125, 0.125), (490, 0.49)];
    for (tenths, target) in [(0, 0.0), (1, 0.1), (3, 0.3), (5, 0.5), (7, 0.7), (9, 0.9), (10, 1.0)]
    {
        for n in 1..=30 {
            let courses = courses(n, tenths);
            let all: u128 = courses.iter().sum();
            for (thousandths, tail) in tails {
                let surprises = |beyond: u128| beyond * 1000 <= thousandths * all;
                let low = (0..=n as usize)
                    .rev()
                    .find(|low| surprises(courses[..*low].iter().sum()))
                    .unwrap();
                let high = (0..=n as usize)
                    .find(|high| surprises(courses[high + 1..].iter().sum()))
                    .unwrap();
                let found = funnel_limits(target, u64::from(n), tail, FunnelMethod::Exact);
                let found = found.unwrap().unwrap();
                let share =
                    |successes: usize| f64::from(u32::try_from(successes).unwrap()) / f64::from(n);
                assert_near(found.low, share(low).min(target));
                assert_near(found.high, share(high).max(target));
            }
        }
    }
}

#[test]
fn limits_are_exact_where_fewer_than_ten_are_expected() {
    let limits = |n, method| funnel_limits(0.9, n, 0.025, method).unwrap().unwrap();
    assert_eq!(limits(99, FunnelMethod::Automatic), limits(99, FunnelMethod::Exact));
    assert_eq!(limits(101, FunnelMethod::Automatic), limits(101, FunnelMethod::Normal));
    assert_ne!(limits(101, FunnelMethod::Normal), limits(101, FunnelMethod::Exact));
    assert_eq!(funnel_limits(0.9, 0, 0.025, FunnelMethod::Automatic).unwrap(), None);
}

/// 0.7 and 400 units: 1.959964 sqrt(0.7 × 0.3 / 400) on either side; 3.090232 for a tail of 0.001 (Abramowitz and
/// Stegun, table 26.5).
#[test]
fn normal_limits_by_hand() {
    for (tail, z) in [(0.025, Z), (0.001, 3.090_232_306_167_813_5)] {
        let found = funnel_limits(0.7, 400, tail, FunnelMethod::Automatic).unwrap().unwrap();
        let half = z * (0.7_f64 * 0.3 / 400.0).sqrt();
        assert_near(found.low, 0.7 - half);
        assert_near(found.high, 0.7 + half);
    }
    let wide = funnel_limits(0.5, 1, 0.001, FunnelMethod::Normal).unwrap().unwrap();
    assert_near(wide.low, 0.0);
    assert_near(wide.high, 1.0);
}
