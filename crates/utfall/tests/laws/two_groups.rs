//! What holds for every share against a target, every two groups, and every family of tests.

use proptest::prelude::*;
use utfall::stats::{
    AdjustMethod, Alternative, DifferenceMethod, Estimate, Evidence, OddsRatioMethod, RatioMethod,
    adjust, binomial_test, difference, disparity, fisher_exact, odds_ratio, process_evidence,
    ratio,
};

use crate::check;

type Group = (u64, u64);

/// A group of few or many units, with the ends more often than chance would have them.
fn group() -> impl Strategy<Value = Group> {
    let units = prop_oneof![6 => 1..30_u64, 3 => 30..2_000_u64, 1 => 9_000_000..=10_000_000_u64];
    units.prop_flat_map(|n| {
        let few = n.min(3);
        (prop_oneof![Just(0), Just(n), 1..=few, n - few..=n, 0..=n], Just(n))
    })
}

fn level() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.5), Just(0.9), Just(0.95), Just(0.999), 0.01..0.9999_f64]
}

fn failures((successes, n): Group) -> Group {
    (n - successes, n)
}

/// Whether two numbers are the same but for rounding.
fn is_same(one: f64, other: f64) -> bool {
    one.total_cmp(&other).is_eq()
        || one.is_nan() && other.is_nan()
        || (one - other).abs() <= 1e-9 * (one.abs() + other.abs()) + 1e-15
}

fn assert_same(one: Estimate, [value, low, high]: [f64; 3]) {
    let is_same = is_same(one.value, value) && is_same(one.low, low) && is_same(one.high, high);
    assert!(is_same, "{one:?} is not {:?}", Estimate { value, low, high });
}

fn assert_difference(one: Group, other: Group, method: DifferenceMethod, level: f64) {
    let of = |one, other| difference(one, other, method, level).unwrap().unwrap();
    let found = of(one, other);
    assert!(-1.0 <= found.low && found.low <= found.high && found.high <= 1.0, "{found:?}");
    // The middle of Agresti and Caffo is another value.
    if method != DifferenceMethod::AgrestiCaffo {
        assert!(found.low <= found.value && found.value <= found.high, "{found:?}");
    }
    let opposite = [-found.value, -found.high, -found.low];
    assert_same(of(other, one), opposite);
    assert_same(of(failures(one), failures(other)), opposite);
    let twice = of((2 * one.0, 2 * one.1), (2 * other.0, 2 * other.1));
    assert!(twice.high - twice.low <= found.high - found.low, "{twice:?} is wider than {found:?}");
}

#[test]
fn differences() {
    check(300, &(group(), group(), level()), |(one, other, level)| {
        for method in DifferenceMethod::ALL {
            assert_difference(one, other, *method, level);
        }
    });
}

#[test]
fn more_is_asked_of_a_higher_level() {
    check(200, &(group(), group(), level()), |(one, other, level)| {
        let higher = 1.0 - (1.0 - level) / 2.0;
        for method in DifferenceMethod::ALL {
            let of = |level| difference(one, other, *method, level).unwrap().unwrap();
            let (narrow, wide) = (of(level), of(higher));
            assert!(wide.low <= narrow.low && narrow.high <= wide.high, "{method:?}");
        }
        for method in RatioMethod::ALL {
            let of = |level| ratio(one, other, *method, level).unwrap();
            if let (Some(narrow), Some(wide)) = (of(level), of(higher)) {
                let is_wider = !(wide.low > narrow.low || narrow.high > wide.high);
                assert!(is_wider, "{method:?}: {narrow:?} {wide:?}");
            }
        }
    });
}

fn assert_ratio(of: &dyn Fn(Group, Group) -> Option<Estimate>, one: Group, other: Group) {
    let Some(found) = of(one, other) else { return assert_eq!(of(other, one), None) };
    // An end that does not exist is NaN.
    assert!(!(found.low < 0.0 || found.low > found.value || found.value > found.high), "{found:?}");
    assert_same(of(other, one).unwrap(), [1.0 / found.value, 1.0 / found.high, 1.0 / found.low]);
    let twice = of((2 * one.0, 2 * one.1), (2 * other.0, 2 * other.1)).unwrap();
    let is_wider = twice.low < found.low * (1.0 - 1e-12) || twice.high > found.high * (1.0 + 1e-12);
    assert!(!is_wider, "{twice:?} is wider than {found:?}");
}

#[test]
fn ratios() {
    check(300, &(group(), group(), level()), |(one, other, level)| {
        for method in RatioMethod::ALL {
            assert_ratio(&|one, other| ratio(one, other, *method, level).unwrap(), one, other);
        }
    });
}

#[test]
fn ratios_of_odds() {
    check(60, &(group(), group(), level()), |(one, other, level)| {
        // Half a unit more matters less when the units are doubled, so that the value moves.
        for method in [OddsRatioMethod::Woolf, OddsRatioMethod::Exact] {
            let of = |one, other| odds_ratio(one, other, method, level).unwrap();
            assert_ratio(&of, one, other);
        }
        for method in OddsRatioMethod::ALL {
            let of = |one, other| odds_ratio(one, other, *method, level).unwrap();
            let Some(found) = of(one, other) else { continue };
            let opposite = [1.0 / found.value, 1.0 / found.high, 1.0 / found.low];
            assert_same(of(failures(one), failures(other)).unwrap(), opposite);
            assert_same(of(other, one).unwrap(), opposite);
        }
    });
}

/// The exact interval does not hold 1 where Fisher's one-sided test finds a difference at half of what the level leaves.
#[test]
fn the_exact_interval_is_the_inverse_of_fishers_test() {
    check(100, &(group(), group(), level()), |(one, other, level)| {
        let Some(found) = odds_ratio(one, other, OddsRatioMethod::Exact, level).unwrap() else {
            return;
        };
        let table = [[one.0, one.1 - one.0], [other.0, other.1 - other.0]];
        let p_value = |alternative| fisher_exact(table, alternative).unwrap().unwrap();
        let tail = (1.0 - level) / 2.0;
        for (p_value, is_found) in [
            (p_value(Alternative::Greater), found.low > 1.0),
            (p_value(Alternative::Less), found.high < 1.0),
        ] {
            let is_at_the_limit = (p_value - tail).abs() < 1e-9;
            assert!(is_at_the_limit || (p_value < tail) == is_found, "{p_value} {found:?}");
        }
    });
}

fn assert_p_values(p_value: &dyn Fn(Alternative) -> f64, of_this: f64) {
    let [both, greater, less] =
        [Alternative::TwoSided, Alternative::Greater, Alternative::Less].map(p_value);
    for p_value in [both, greater, less] {
        assert!((0.0..=1.0).contains(&p_value), "{p_value}");
    }
    assert!((greater + less - 1.0 - of_this).abs() < 1e-11, "{greater} {less} {of_this}");
    assert!(both >= greater.min(less) * (1.0 - 1e-12), "{both} {greater} {less}");
}

/// The probability of one outcome, multiplied out.
fn probability(successes: u64, n: u64, target: f64) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "counts are small")]
    let ways = |at: u64| (n - at) as f64 / (successes - at) as f64;
    let ways: f64 = (0..successes).map(ways).product();
    let power = |base: f64, times: u64| base.powi(i32::try_from(times).unwrap());
    ways * power(target, successes) * power(1.0 - target, n - successes)
}

#[test]
fn p_values_of_a_share() {
    let shares = (1..60_u64).prop_flat_map(|n| (0..=n, Just(n)));
    let targets = prop_oneof![Just(0.0), Just(1.0), Just(0.5), 0.0..=1.0_f64];
    check(400, &(shares, targets), |((successes, n), target)| {
        let p_value = |alternative| binomial_test(successes, n, target, alternative);
        let p_value = |alternative| p_value(alternative).unwrap().unwrap();
        assert_p_values(&p_value, probability(successes, n, target));
        let mirrored = binomial_test(n - successes, n, 1.0 - target, Alternative::Less);
        assert!(is_same(p_value(Alternative::Greater), mirrored.unwrap().unwrap()));
        // Of all outcomes that are no likelier, one by one.
        let this = probability(successes, n, target) * (1.0 + 1e-7);
        let each = (0..=n).map(|other| probability(other, n, target));
        let both: f64 = each.filter(|other| *other <= this).sum();
        assert!((p_value(Alternative::TwoSided) - both).abs() < 1e-10, "{both}");
    });
}

#[test]
fn p_values_of_a_table() {
    check(200, &(group(), group()), |(one, other)| {
        let table = [[one.0, one.1 - one.0], [other.0, other.1 - other.0]];
        let of = |table, alternative| fisher_exact(table, alternative).unwrap().unwrap();
        let p_value = |alternative| of(table, alternative);
        let greater = p_value(Alternative::Greater);
        let more = [
            [one.0 + 1, (one.1 - one.0).wrapping_sub(1)],
            [other.0.wrapping_sub(1), other.1 - other.0 + 1],
        ];
        // What is more extreme than this table is all tables further out.
        let beyond =
            if one.0 == one.1 || other.0 == 0 { 0.0 } else { of(more, Alternative::Greater) };
        assert_p_values(&p_value, greater - beyond);
        let swapped = [table[1], table[0]];
        assert!(is_same(of(swapped, Alternative::Less), greater));
        let both = p_value(Alternative::TwoSided);
        assert!(is_same(of(swapped, Alternative::TwoSided), both));
        let turned = [[table[0][0], table[1][0]], [table[0][1], table[1][1]]];
        if let Some(turned) = fisher_exact(turned, Alternative::TwoSided).unwrap() {
            assert!(is_same(turned, both), "{turned} {both}");
        }
    });
}

#[test]
fn evidence_is_where_the_tests_put_it() {
    let asked = (group(), 0.0..=1.0_f64, prop_oneof![Just(0.05), 0.001..=0.5_f64]);
    check(200, &asked, |((successes, n), target, alpha)| {
        let found = process_evidence(successes, n, target, alpha).unwrap().unwrap();
        let expected = match (found.p_achieved <= alpha, found.p_not_achieved <= alpha) {
            (true, false) => Evidence::Achieved,
            (false, true) => Evidence::NotAchieved,
            (false, false) => Evidence::Uncertain,
            (true, true) => panic!("both above and below: {found:?}"),
        };
        assert_eq!(found.evidence, expected);
        let evidence =
            |successes| process_evidence(successes, n, target, alpha).unwrap().unwrap().evidence;
        let above = found.achieved_from.unwrap_or(n + 1);
        assert!(above > n || evidence(above) == Evidence::Achieved);
        assert!(above == 0 || evidence(above - 1) != Evidence::Achieved);
        let below = found.not_achieved_up_to.map_or(0, |most| most + 1);
        assert!(below == 0 || evidence(below - 1) == Evidence::NotAchieved);
        assert!(below > n || evidence(below) != Evidence::NotAchieved);
    });
}

#[test]
fn disparities_are_those_of_all_pairs() {
    let groups = prop::collection::vec(prop_oneof![9 => group(), 1 => Just((0, 0))], 0..8);
    check(200, &(groups, 0..20_u64), |(groups, smallest)| {
        let is_left_out = |group: &Group| group.1 < smallest.max(1);
        let compared: Vec<Group> = groups.iter().copied().filter(|it| !is_left_out(it)).collect();
        let Some(found) = disparity(&groups, smallest, 0.95).unwrap() else {
            return assert!(compared.len() < 2);
        };
        #[allow(clippy::cast_precision_loss, reason = "counts are below 2^53")]
        let share = |(successes, n): Group| successes as f64 / n as f64;
        let pairs =
            compared.iter().flat_map(|one| compared.iter().map(move |other| (*one, *other)));
        let greatest =
            pairs.clone().map(|(one, other)| share(one) - share(other)).fold(0.0, f64::max);
        assert!((found.difference.value - greatest).abs() < 1e-12);
        let is_below = |(one, other): (Group, Group)| {
            5 * u128::from(one.0) * u128::from(other.1)
                < 4 * u128::from(other.0) * u128::from(one.1)
        };
        assert_eq!(found.below_four_fifths, pairs.clone().any(is_below));
        assert_eq!(found.ratio.is_none(), compared.iter().all(|group| group.0 == 0));
        let left_out: Vec<Group> = found.left_out.iter().map(|place| groups[*place]).collect();
        assert_eq!(left_out, groups.iter().copied().filter(is_left_out).collect::<Vec<_>>());
        let furthest = compared.iter().map(|group| (share(*group) - found.overall).abs());
        assert!((furthest.fold(0.0, f64::max) - found.difference_to_overall).abs() < 1e-15);
    });
}

#[test]
fn adjusted_p_values_are_in_order() {
    let p_value = prop_oneof![1 => Just(f64::NAN), 1 => Just(0.0), 1 => Just(1.0), 8 => 0.0..=1.0_f64, 4 => 0.0..0.05_f64];
    check(300, &prop::collection::vec(p_value, 0..12), |p_values| {
        let of = |method| adjust(&p_values, method).unwrap();
        for method in AdjustMethod::ALL {
            let adjusted = of(*method);
            let alone: Vec<f64> =
                p_values.iter().copied().filter(|p_value| !p_value.is_nan()).collect();
            let without: Vec<f64> =
                adjusted.iter().copied().filter(|p_value| !p_value.is_nan()).collect();
            assert_eq!(adjust(&alone, *method).unwrap(), without);
            for (place, p_value) in p_values.iter().enumerate() {
                assert_eq!(p_value.is_nan(), adjusted[place].is_nan());
                assert!(!(adjusted[place] < *p_value || adjusted[place] > 1.0), "{method:?}");
                for (other, other_p_value) in p_values.iter().enumerate() {
                    assert!(!(p_value <= other_p_value && adjusted[place] > adjusted[other]));
                }
            }
        }
        for (cautious, bold) in [
            (AdjustMethod::Bonferroni, AdjustMethod::Holm),
            (AdjustMethod::Holm, AdjustMethod::Hochberg),
            (AdjustMethod::Hochberg, AdjustMethod::BenjaminiHochberg),
            (AdjustMethod::BenjaminiYekutieli, AdjustMethod::BenjaminiHochberg),
        ] {
            for (more, less) in of(cautious).into_iter().zip(of(bold)) {
                let is_less = more < less * (1.0 - 1e-15);
                assert!(!is_less, "{cautious:?} {bold:?}");
            }
        }
    });
}
